"""Numbers, changes and lists as a Chinese government paper writes them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

MISSING = "—"
DEMO = "演示数据"
MADE_UP = f"{DEMO}：程序生成，不是真实情况"
BACKGROUND = "背景条件：不是营商环境成绩，不用于考核"
TIERS = {1: "第一方阵", 2: "第二方阵", 3: "第三方阵"}
_HANGING = "，、。；：）"
UP, DOWN, SAME = "▲", "▼", "＝"
_TURNING = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_DIGITS = 20
# China has one time zone.
_BEIJING = timedelta(hours=8)


def number(value: float | None, decimals: int = 1) -> str:
    """A number with fixed decimals, a half rounded up (四舍五入); "—" when missing. Only for showing: nothing is compared after this."""
    if value is None or math.isnan(value):
        return MISSING
    exact = Decimal(repr(float(value)))
    places = Decimal(1).scaleb(-decimals)
    # Beyond the digits that a decimal holds there is nothing to round.
    whole = exact.is_finite() and exact.adjusted() < _DIGITS
    shown = f"{exact.quantize(places, ROUND_HALF_UP) if whole else value:,.{decimals}f}"
    return shown.removeprefix("-") if float(shown.replace(",", "")) == 0 else shown


def trimmed(value: float | None, decimals: int = 4) -> str:
    """A number without trailing zeros: 3, 0.5, 87.5."""
    if value is None or math.isnan(value):
        return MISSING
    shown = number(value, decimals)
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def quantity(value: float | None, unit: str, decimals: int = 4) -> str:
    """A number with its unit: 2.5 工作日, 98.4%."""
    text = trimmed(value, decimals)
    return text if text == MISSING or not unit else f"{text}%" if unit == "%" else f"{text} {unit}"


def signed(value: float | None, decimals: int = 1) -> str:
    """A change with its sign: +1.2, −0.4, 0."""
    if value is None or math.isnan(value):
        return MISSING
    shown = number(abs(value), decimals)
    return shown if float(shown.replace(",", "")) == 0 else f"{'+' if value > 0 else '−'}{shown}"


def place(rank: float | None) -> str:
    """第 3; "无名次" when missing."""
    return "无名次" if rank is None or math.isnan(rank) else f"第 {int(rank)}"


def partial(filled: int, measures: int) -> str:
    """That a period's scores and places rest on some of the measures alone; "" where each has a value, or none."""
    return f"{measures} 项测度中 {filled} 项有数" if 0 < filled < measures else ""


def tier(value: float | None) -> str:
    """第一方阵 …; "—" when missing."""
    return MISSING if value is None or math.isnan(value) else TIERS.get(int(value), f"第 {int(value)} 方阵")


def places_moved(change: float | None, before: str = "上期") -> str:
    """上升 2 位 / 下降 1 位 / 持平, said against the period before; "" when there is none."""
    if change is None or math.isnan(change):
        return ""
    if change == 0:
        return f"与{before}持平"
    return f"比{before}{'上升' if change > 0 else '下降'} {abs(int(change))} 位"


def arrow(change: float | None) -> str:
    """▲2, ▼1, ＝; "" when missing."""
    if change is None or math.isnan(change):
        return ""
    return SAME if change == 0 else f"{UP if change > 0 else DOWN}{abs(int(change))}"


def folded(words: str, length: int) -> str:
    """Words broken into lines of about the same length, at most `length` full-width characters each (a half-width one counts half).

    A line never begins with a punctuation mark: it hangs on the line before.
    """
    widths = [0.5 if character.isascii() else 1.0 for character in words]
    total = sum(widths)
    lines = max(math.ceil(total / length), 1)
    cuts = [math.floor(i * total / lines + 0.5) for i in range(1, lines)]
    out, start = [""], 0.0
    for character, width in zip(words, widths, strict=True):
        if len(out) <= len(cuts) and start >= cuts[len(out) - 1] and character not in _HANGING:
            out.append("")
        out[-1] += character
        start += width
    return "\n".join(out)


def straight(words: str) -> str:
    """A text without the marks that turn the direction of what follows."""
    return words.translate(_TURNING)


def listed(parts: Iterable[str]) -> str:
    """甲、乙、丙."""
    return "、".join(part for part in parts if part)


def first(names: str) -> str:
    """市税务局等 3 家 for a list of three; one or two stay."""
    known = names.split("、")
    return names if len(known) < 3 else f"{known[0]}等 {len(known)} 家"


def date_words(day: date) -> str:
    """2020年12月4日."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment(stamp: str) -> str:
    """A UTC stamp in Beijing time: 2020-12-04 09:30."""
    return (datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ") + _BEIJING).strftime("%Y-%m-%d %H:%M")


def day(stamp: str) -> str:
    """The day of a UTC stamp in Beijing: 2020-12-04."""
    return moment(stamp)[:10]
