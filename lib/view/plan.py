"""Sentences of 升档反推."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from lib.model import Measure
from lib.view import text

UNIT = "1 份力：一项测度在最差值与最优值之间走 10 分的路程"
# As many moves are named in the conclusion.
NAMED = 3
# A difference of scores that can be seen, and one that gives a place some room.
SEEN, NARROW = 0.005, 0.5
WAYS = ("最省力", "换法一", "换法二", "换法三")
_LIFTS = {
    "barred": "让不动的测度也动",
    "reach": "改得更远",
    "measures": "多改几项",
    "indicators": "多动几个指标",
    "all": "所有限制一起放开",
}


def goal(place: int | None, score: float | None, node: str, total: bool, cuts: Sequence[int]) -> str:
    """What is aimed at: 进入第一方阵, 脱离第三方阵, 总分升到第 3, “纳税”达到 60 分."""
    if total and place == cuts[0]:
        return f"进入{text.TIERS[1]}"
    if total and place == cuts[-1]:
        return f"脱离{text.TIERS[len(cuts) + 1]}"
    name = node if total else f"“{node}”"
    return f"{name}升到{text.place(place)}" if place is not None else f"{name}达到 {text.trimmed(score, 2)} 分"


def found(
    region: str,
    goal: str,
    moves: pd.DataFrame,
    standing: str,
    names: Mapping[str, str],
    measures: Mapping[str, Measure],
) -> str:
    """The answer: what has to be moved, from `Plan.table`, and the `standing` that it brings."""
    head = moves.head(NAMED)
    named = "、".join(
        f"{names[row.code]} {_value(measures, row.code, row.value)} → {_value(measures, row.code, row.reach)}"
        for row in head.itertuples()
    )
    more = " 等" if len(moves) > len(head) else ""
    return f"{region}{goal}，要改 {len(moves)} 项、用 {text.number(moves['effort'].sum())} 份力：{named}{more}；{standing}。"


def standing(ends: tuple[tuple[float, float, float], ...], node: str, *, alike: bool, dragged: bool) -> str:
    """Score and place before and after; where the score is what it was, that only others' came down (`dragged`) and that the place is
    shared (`alike`)."""
    before, after = ends
    if after[0] - before[0] >= SEEN:
        return f"{node} {text.number(before[0], 2)} → {text.number(after[0], 2)}，列{text.place(after[1])}"
    why = "只是独占的最差值改好以后，别处的得分降下来，" if dragged else ""
    return f"得分没有变（仍是 {text.number(after[0], 2)}），{why}{'并' if alike else ''}列{text.place(after[1])}"


def _value(measures: Mapping[str, Measure], code: str, value: float) -> str:
    return text.number(value, measures[code].decimals)


def reached(region: str, goal: str, standing: tuple[float, float, float], node: str) -> str:
    """Nothing has to be moved."""
    if standing[1] == 1:
        return f"{region}{node} {text.number(standing[0], 2)} 分，已列第 1，上面没有名次了。"
    return f"{region}{node} {text.number(standing[0], 2)} 分，列{text.place(standing[1])}：{goal}已经做到。"


def impossible(
    region: str, goal: str, furthest: tuple[float, float, float] | None, bar: float, node: str, late: bool, few: int = 0
) -> str:
    """How far the limits allow to go, and what is missing. `few`: there is no pace to go at with so few periods."""
    if late:
        return f"{region}{goal}：限定时间内没有算出来，请少放几项测度再试。"
    if furthest is None:
        why = _too_few(few, "速度") if few else "没有一项测度改了能加分、进位"
        return f"{region}{goal}做不到：{why}。"
    missing = f"，还差 {text.number(bar - furthest[0], 2)} 分" if bar > furthest[0] else ""
    return f"{region}{goal}做不到：改到限度，{node} {text.number(furthest[0], 2)} 分，列{text.place(furthest[1])}{missing}。"


def lifts(names: Sequence[str]) -> str:
    """Which limits stand in the way."""
    if not names:
        return "把限制都放开也做不到：请换一个低一些的目标。"
    return f"这样就能做到：{'；或者'.join(_LIFTS[name] for name in names)}。"


def _too_few(periods: int, what: str) -> str:
    return f"同一类的评价期只有 {periods} 期，不足 4 期，没有{what}可依"


def no_trend(periods: int) -> str:
    """The others cannot follow a trend."""
    return f"{_too_few(periods, '走势')}，其他地区等于保持不变"


def own_trend(region: str, standing: tuple[float, float, float], moves: bool) -> str:
    """Where the region comes to if it too goes on as it has."""
    if not moves:
        return f"{region}自己没有走势可依。"
    return f"{region}自己也照走势，到那时 {text.number(standing[0], 2)} 分、{text.place(standing[1])}。"


def tuned(barred: Sequence[str], factors: Sequence[tuple[str, float]]) -> str:
    """What is barred and weighed: 细调：2 项不动，1 项费力 2 倍; "" for nothing."""
    counts = Counter(factor for _, factor in factors)
    parts = [f"{len(barred)} 项不动"] if barred else []
    parts += [f"{count} 项费力 {factor:g} 倍" for factor, count in sorted(counts.items())]
    return f"细调：{'，'.join(parts)}。" if parts else ""


def starting(region: str, now: tuple[float, float, float], base: tuple[float, float, float]) -> str:
    """Where the region stands if it does nothing while the others do what they are taken to do."""
    return f"{region}自己不动，会从 {text.number(now[0], 2)} 分、{text.place(now[1])} 变为 {text.number(base[0], 2)} 分、{text.place(base[1])}"


def other_way(first: Sequence[str], other: Sequence[str], effort: float, names: Mapping[str, str]) -> str:
    """How another plan differs from the first: what it leaves out, what it moves instead."""
    out = [names[code] for code in first if code not in other]
    instead = [names[code] for code in other if code not in first]
    parts = [f"不改{_some(out)}", f"改{_some(instead)}" if instead else ""]
    return f"{'，'.join(filter(None, parts))}（共 {len(other)} 项，{text.number(effort)} 份力）"


def _some(names: Sequence[str]) -> str:
    shown = "、".join(names[:2])
    return shown if len(names) <= 2 else f"{shown}等 {len(names)} 项"


def bar(place: int | None, value: float, holder: str, was: float) -> str:
    """The line that must be reached: 要达到 60 分, 追平叶县 62.30 分; with the score that its holder has now, where that is another."""
    if place is None:
        return f"要达到 {text.trimmed(value, 2)} 分"
    moved = f"（现 {text.number(was, 2)}）" if abs(was - value) >= SEEN else ""
    return f"追平{holder} {text.number(value, 2)} 分{moved}"


def dragged(region: str, before: float, after: float) -> str:
    """The others' scores come down where the region alone held the worst value of a scale."""
    return f"{region}独占最差值的测度改好以后，标尺的最差端跟着变，其他地区的得分会低一些：要追的分数由 {text.number(before, 2)} 降到 {text.number(after, 2)}。"


ROUNDED = "各项分别四舍五入，加起来可能与合计差 0.1。"


def narrow(lead: float) -> str:
    """The least effort brings the least lead: by how little a plan is ahead, where that is less than half a point; else ""."""
    if lead >= NARROW:
        return ""
    ahead = "刚好追平" if lead < SEEN else f"只高出 {text.number(lead, 2)} 分"
    return f"最省力就没有余地：{ahead}，这个名次不稳。要留余地，在“想达到什么”里选“达到多少分”。"


def levelled(names: str) -> str:
    """Measures on which all others are level drop out of the score as soon as the region draws level too."""
    return (
        f"{names}：其他地区数值都一样，追平以后分不出高低，这几项不再计分，别的项占比变大。这样的办法没有证明最省力。"
    )


def unproven(spare: float) -> str:
    """Another plan might take less effort."""
    return f"限定时间内只证明到：别的办法最多再省 {text.number(spare)} 份力。"
