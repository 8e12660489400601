"""A cell's text becomes a number in the measure's unit, a missing value, or the reason why it is neither."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lib.model import FRACTION, Measure, convert

MISSING = frozenset(
    {"", "-", "--", "—", "——", "–", "/", "\\", "…", "...", "……", "暂无", "无", "无数据", "暂缺", "缺", "缺失", "不适用"}
    | {"未统计", "未报", "n/a", "na", "null", "none", "nan"}
)
# Times and counts; a rate of change in % may well be negative.
NEVER_NEGATIVE = frozenset({"工作日", "小时", "日", "天", "个", "项", "件", "家", "人", "户", "次", "环节", "年"})
# What read_value takes as it stands, whatever the measure: no sign, no unit.
PLAIN_NUMBER = r"[0-9]{1,15}(?:\.[0-9]{1,15})?"
# A share said to be a fraction and larger than this (1000 %) is none.
MOST_AS_FRACTION = 10.0
YES = frozenset({"是", "1", "true", "√", "y", "yes", "暂定"})
# Full-width forms only: further equivalences would make 96² a 962 and 98.5① a 98.51.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x2212: "-"}
_SPACED_THOUSANDS = re.compile(r"[-+(]?\d{1,3}(?: \d{3})+(?![\d ])")
_SCALES = {"万": 1e4, "亿": 1e8, "千": 1e3, "百万": 1e6}
_ABOUT = re.compile(r"^(约|近|超|超过|大于|小于|不低于|不超过|不少于|≥|≤|>|<|>=|<=)|(左右|余|以上|以内|以下|多)$")
_PROVISIONAL = re.compile(r"\((?:暂定|暂定数|初步|初步数|快报数?|预计|预计数)\)$")
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?P<power>e[-+]?\d{1,3})?(?P<tail>.*)"
)


@dataclass(frozen=True)
class Value:
    """What a cell says: a number (None when missing), with the note on how it was read, or the problem."""

    number: float | None = None
    note: str = ""
    problem: str = ""
    percent: bool = False
    provisional: bool = False


def read_value(text: str, measure: Measure, unit: str = "") -> Value:
    """Reads one cell for a measure; `unit` is what the header or a unit column states, where the cell states none.

    Full-width digits, thousands commas, brackets for negatives, %, 万 and 亿, a unit behind the number and a mark
    such as （暂定） are understood; another unit is converted by the stated rule or refused. Missing words are
    missing, never 0.
    """
    plain = text.translate(_HALF_WIDTH).strip()
    compact = re.sub(r"\s+", "", plain).lower()
    if compact in MISSING or plain in MISSING:
        return Value()
    if re.search(r"[\d.]\s+[\d.]", plain) and not _SPACED_THOUSANDS.match(plain):
        return Value(problem="一格里有两个数")
    if compact.startswith("#"):
        return Value(problem="是公式错误")
    if compact.startswith("="):
        return Value(problem="是没有结果的公式")
    marked = _PROVISIONAL.search(compact)
    if marked and marked.start() > 0:
        return replace(_signed(compact[: marked.start()], measure, unit), provisional=True)
    return _signed(compact, measure, unit)


def _signed(text: str, measure: Measure, unit: str) -> Value:
    negative = re.fullmatch(r"\((.+)\)", text)
    return _read(negative[1] if negative else text, measure, -1.0 if negative else 1.0, unit)


def _read(text: str, measure: Measure, sign: float, unit: str) -> Value:
    about = _ABOUT.search(text)
    bare = _ABOUT.sub("", text) if about else text
    bare = re.sub(r"^半(?=个?[工小天日])", "0.5", bare)
    match = _NUMBER.fullmatch(bare)
    if match is None or re.search(r"[\d_]", match["tail"]):
        return Value(problem="不是数字")
    # No negative zero.
    number = sign * float(match["sign"] + match["digits"].replace(",", "") + (match["power"] or "")) + 0.0
    if number < 0 and measure.unit in NEVER_NEGATIVE:
        return Value(problem="不应为负数")
    if not abs(number) < float("inf"):
        return Value(problem="数字太大")
    if about:
        return Value(problem="不是确切的数值")
    tail = match["tail"]
    return _in_unit(
        number, unit if not tail else tail + unit if tail in _SCALES and unit not in _SCALES else tail, measure
    )


def _in_unit(number: float, tail: str, measure: Measure) -> Value:
    """The number in the measure's unit, from the words behind it."""
    own = measure.unit.lower()
    unit = tail.removeprefix("个") if tail != "个" else tail
    if not tail or own in (tail, unit):
        return Value(number, percent=tail == "%")
    if tail in _SCALES:
        return _scaled(number, tail, measure)
    if unit == FRACTION and abs(number) > MOST_AS_FRACTION:
        return Value(problem=f"说明是小数，按小数是 {number * 100:g}%")
    converted = convert(number, unit, measure.unit)
    if converted.value is None:
        if tail in ("%", "‰"):
            return Value(problem=f"带百分号，但这项测度的单位是“{measure.unit or '无'}”")
        return _scaled_unit(number, unit, own) or Value(problem=converted.rule)
    note = converted.rule or f"由“{unit}”换算为“{measure.unit}”"
    return Value(converted.value, note, percent=tail in ("%", "‰", FRACTION))


def _scaled(number: float, tail: str, measure: Measure) -> Value:
    """1.2万 by itself: ten thousands of the measure's unit, or, where that is scaled too (亿元), of its base unit."""
    if measure.unit[:1] in _SCALES and len(measure.unit) > 1:
        return _in_unit(number, tail + measure.unit[1:], measure)
    return Value(number * _SCALES[tail], f"“{tail}”按 {_SCALES[tail]:,.0f} 计")


def _scaled_unit(number: float, unit: str, own: str) -> Value | None:
    """1.2万篇 for a measure in 篇, which has no unit of its own for ten thousands."""
    scale = unit.removesuffix(own) if own else ""
    return Value(number * _SCALES[scale], f"“{unit}”按 {_SCALES[scale]:,.0f} 计") if scale in _SCALES else None
