"""Sentences of 改数值 and 改权重, and the marks under a slider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from lib.view import sentences, text

# How many regions a sentence names.
FEW = 3
ELSEWHERE = "别处按假定变化"
# The marks under a slider: today's value, the target (which stands above it), the benchmark.
TODAY, TARGET, BENCHMARK = "●", "▼", "◆"
ZERO = "现值为 0"
Standing = tuple[float, float, float]


def opening(
    standings: tuple[Standing, Standing],
    name: str,
    changes: int,
    others: bool,
    overtaken: Sequence[str],
    ahead: tuple[str, float],
) -> str:
    """From a region's standing (score, rank, tier) before and after: what the changes bring and whom it overtakes; without
    changes what `others` bring, if they do not hold still, or how far the next place is (`ahead`: who is there, and the points)."""
    before = standings[0]
    if changes:
        words = _changed(standings, name, changes, others)
        return f"{words}，超过{_named(overtaken)}。" if overtaken else f"{words}。"
    if others:
        return f"{_still(standings, name)}。"
    return (
        f"{_now(before, name)}，离前一名{ahead[0]}还差 {text.number(ahead[1], 2)} 分。"
        if ahead[0]
        else f"{_now(before, name)}。"
    )


def weighing(standings: tuple[Standing, Standing], name: str, changes: int, others: bool, movers: str) -> str:
    """The same of weights: what they bring the region, then who gains and who loses most (`movers`)."""
    if not changes:
        stands = _still(standings, name) if others else _now(standings[0], name)
        return f"{stands}。拖动滑块改权重，看名次怎么变。"
    return f"{_changed(standings, name, changes, others)}；{movers}。"


def _still(standings: tuple[Standing, Standing], name: str) -> str:
    """What the others bring a region that does nothing."""
    before, after = standings
    moved = text.arrow(before[1] - after[1]) if before[1] != after[1] else "不变"
    return (
        f"{name}不动、{ELSEWHERE}：总分 {text.number(before[0], 2)} → {text.number(after[0], 2)}，"
        f"名次{text.place(before[1])} → {text.place(after[1])}（{moved}）"
    )


def _now(standing: Standing, name: str) -> str:
    return f"{name}现在 {text.number(standing[0], 2)} 分，列{text.place(standing[1])}（{text.tier(standing[2])}）"


def _changed(standings: tuple[Standing, Standing], name: str, changes: int, others: bool) -> str:
    words = sentences.what_if(*standings, name, changes).removesuffix("。")
    return f"{ELSEWHERE}，{words}" if others else words


def movers(movement: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Which regions gain and lose most places, from `Outcome.movement`."""
    change = movement["rank_change"].fillna(0)
    if not change.any():
        return "各地名次都不变"
    parts = []
    for word, sign in (("上升", 1), ("下降", -1)):
        most = (sign * change).max()
        if most > 0:
            who = [names[region] for region in movement.loc[sign * change == most, "region"]]
            parts.append(f"{word}最多的是{_named(who)}（{text.arrow(sign * most)}）")
    return "，".join(parts)


def _named(who: Sequence[str]) -> str:
    """甲、乙、丙等 5 地."""
    listed = text.listed(who[:FEW])
    return listed if len(who) <= FEW else f"{listed}等 {len(who)} 地"


def lever_label(name: str, falling: bool, headroom: float) -> str:
    """A slider's name with the side on which it gets better, and what the best end of the scale would bring."""
    better = "← 越低越好" if falling else "越高越好 →"
    return f"{name}（{better}）　{f'到最优 **{text.signed(headroom, 2)} 分**' if headroom > 0 else '已是最优'}"


def marks(stands: Sequence[tuple[str, str, float]], ends: tuple[float, float], decimals: int) -> str:
    """Marks under a slider from its low to its high end, as HTML: each (sign, words, value) at its place, and below them what they
    are; a missing value has none."""
    known = [(sign, words, value) for sign, words, value in stands if value == value]
    signs = "".join(
        f'<i class="{_side(sign)}" style="left:{_percent(value, ends)}">{escape(sign)}</i>' for sign, _, value in known
    )
    said = "".join(
        f"<span>{escape(sign)} {escape(words)} {text.number(value, decimals)}</span>" for sign, words, value in known
    )
    return f'<div class="lever-marks">{signs}</div><div class="lever-words">{said}</div>'


def _side(sign: str) -> str:
    return "above" if sign == TARGET else "below"


def _percent(value: float, ends: tuple[float, float]) -> str:
    return f"{100 * (value - ends[0]) / (ends[1] - ends[0]):.2f}%"


def stuck(reasons: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """Which measures cannot be moved and why: 没有数值，不能推演：甲、乙。; "" when all can."""
    by_reason: dict[str, list[str]] = {}
    for code, reason in reasons.items():
        by_reason.setdefault(reason, []).append(labels[code])
    return "".join(f"{reason}，不能推演：{text.listed(names)}。" for reason, names in by_reason.items())


def share(before: float, after: float) -> str:
    """A weight's share: 6.3%, or 6.3% → 16.7% where it is another."""
    now, then = (f"{text.number(100 * each)}%" for each in (before, after))
    return now if now == then else f"{now} → **{then}**"


def times(weight: float) -> str:
    """How many times the original weight: 3×; "" for once."""
    return "" if weight == 1 else f"**{text.trimmed(weight, 2)}×** "
