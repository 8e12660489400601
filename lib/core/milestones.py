"""里程碑 of a target: which stand, which was due last, and what a straight line would ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from lib.model import Period


@dataclass(frozen=True)
class Milestone:
    """What a target asks for on the way: `value` in the target's unit by `due` (ISO)."""

    due: str
    value: float


def standing(entered: pd.DataFrame | None) -> dict[str, tuple[Milestone, ...]]:
    """By target, the milestones that stand, in order of time: of each day the entry made last; one without a value takes it back.

    In: id (in the order of entry), target, due, value.
    """
    if entered is None or entered.empty:
        return {}
    last = entered.sort_values("id").drop_duplicates(["target", "due"], keep="last").dropna(subset="value")
    found: dict[str, list[Milestone]] = {}
    for row in last.sort_values("due").itertuples():
        found.setdefault(str(row.target), []).append(Milestone(str(row.due), float(row.value)))  # type: ignore[arg-type]
    return {target: tuple(marks) for target, marks in found.items()}


def around(marks: Sequence[Milestone], day: date) -> tuple[Milestone | None, Milestone | None]:
    """The milestone last due by the end of a day, and the next one after it."""
    due = [each for each in marks if each.due <= day.isoformat()]
    later = [each for each in marks if each.due > day.isoformat()]
    return (due[-1] if due else None), (later[0] if later else None)


def baseline_day(target: Mapping[str, Any]) -> date | None:
    """The day that a target's baseline is of: the end of its period (2019, 2019年, 2019-Q4); None when it is not dated."""
    basis = str(target["baseline_basis"]).removesuffix("年")
    return Period.parse(basis).end if Period.is_code(basis) else None


def proposed(target: Mapping[str, Any], day: date) -> list[Milestone]:
    """Milestones on a straight line at the quarter ends from `day` to the deadline, from the baseline, or, where that is not dated,
    from the present value (now, now_period). None without a number, a deadline or a start."""
    start = baseline_day(target) if not pd.isna(target["baseline"]) else None
    begin = target["baseline"]
    if start is None and target["now_period"] and not pd.isna(target["now"]):
        start, begin = Period.parse(target["now_period"]).end, target["now"]
    if start is None or pd.isna(target["value"]) or not target["deadline"]:
        return []
    end, whole = date.fromisoformat(target["deadline"]), float(target["value"]) - float(begin)
    quarter, found = quarter_of(max(day, start)), []
    while quarter.end < end:
        gone = (quarter.end - start).days / (end - start).days
        found.append(Milestone(quarter.end.isoformat(), float(begin) + whole * gone))
        quarter = quarter.shift(1)
    return found


def quarter_of(day: date) -> Period:
    """The quarter that a day lies in."""
    return Period(day.year, "quarter", (day.month + 2) // 3)
