"""When a target would be reached if its values go on at their pace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

import pandas as pd

from lib.core.milestones import baseline_day
from lib.core.projection import HORIZON, MIN_POINTS, trend
from lib.model import Period, convert

# Further off is no forecast.
YEARS = 10
_EXACT = ("=", "≈")


@dataclass(frozen=True)
class Attainment:
    """The day on which a target would be reached, or None; `words` say by which reckoning, or why not; `late` is days after the
    deadline (negative: before)."""

    day: date | None = None
    words: str = ""
    late: int | None = None


def attainment(
    target: Mapping[str, Any], facts: Sequence[Mapping[str, Any]], day: date, *, reached: bool = False
) -> Attainment:
    """The projected day: by the Theil–Sen slope (docs/method.md, section 7) of four values or more in periods of one kind, else on
    the straight line from the dated baseline, or the first value, to the latest one.

    `facts` are the statements of the target's measure, place and scope known at the end of `day`, the earliest first. A value that
    is only bounded (≤ 72) is no point of a line. No day where the goal is reached or no number, where there is no second value or no move
    towards the goal, where the day has gone by already, or lies more than ten years after the latest value.
    """
    if reached or pd.isna(target["value"]):
        return Attainment(words="已达标" if reached else "目标没有数字，不作推算")
    points = _points(target, facts)
    values = [each for each in points if each[0] is not None]
    if not values:
        return Attainment(words="没有能作推算的现值")
    if len(values) >= MIN_POINTS and len({period.kind for period, _, _ in values}) == 1:
        at, how = _by_trend(values, float(target["value"])), "按泰尔—森斜率"
    elif len(points) > 1:
        at, how = _by_line(points[0], points[-1], float(target["value"])), "按直线"
    else:
        return Attainment(words="只有一个数，推不出速度")
    return _said(at, how, target["deadline"], day)


def _points(target: Mapping[str, Any], facts: Sequence[Mapping[str, Any]]) -> list[tuple[Any, date, float]]:
    """(period, its last day, value in the target's unit), the baseline first, without a period of its own; one value a period."""
    found = {}
    for fact in facts:
        if fact["op"] in _EXACT and not pd.isna(fact["value"]):
            now = convert(float(fact["value"]), fact["unit"], target["unit"]).value
            if now is not None:
                period = Period.parse(fact["period"])
                found[period] = (period, period.end, now)
    values = sorted(found.values(), key=lambda point: point[0])
    start = baseline_day(target)
    if values and start is not None and not pd.isna(target["baseline"]) and start < values[0][1]:
        return [(None, start, float(target["baseline"])), *values]
    return list(values)


def _by_trend(values: Sequence[tuple[Period, date, float]], goal: float) -> date | str:
    found = trend([period for period, _, _ in values], [value for _, _, value in values])
    assert found is not None
    missing = goal - found.now
    if found.slope * missing <= 0:
        return "没有朝目标变化"
    steps = missing / found.slope
    return "十年内达不到" if steps > HORIZON else _within(found.at.shift(ceil(steps)).end, found.at.end)


def _by_line(first: tuple[Any, date, float], last: tuple[Any, date, float], goal: float) -> date | str:
    days, moved, missing = (last[1] - first[1]).days, last[2] - first[2], goal - last[2]
    if days <= 0 or moved * missing <= 0:
        return "没有朝目标变化"
    more = days * missing / moved
    return "十年内达不到" if more > 366 * YEARS else last[1] + timedelta(ceil(more))


def _within(reached: date, latest: date) -> date | str:
    return reached if reached.year - latest.year <= YEARS else "十年内达不到"


def _said(at: date | str, how: str, deadline: str, day: date) -> Attainment:
    if isinstance(at, str):
        return Attainment(words=f"{how}推算，{at}")
    said = f"{at.year}年{at.month}月{at.day}日"
    if at <= day:
        return Attainment(words=f"{how}推算，{said}就该达到，要有新的数才知道")
    late = (at - date.fromisoformat(deadline)).days if deadline else None
    when = (
        "" if late is None else "，正好在期限" if late == 0 else f"，{'晚' if late > 0 else '早'}于期限 {abs(late)} 天"
    )
    return Attainment(at, f"{how}推算，预计{said}达到{when}", late)
