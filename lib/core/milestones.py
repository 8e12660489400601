"""里程碑 of a target: which stand, which was due last, and what a straight line would ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from lib.model import Issue, Period, UserError, goal
from lib.model.goal import Way


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
    """The day that a target's baseline is of; None when it is not dated."""
    return goal.baseline_day(str(target["baseline_basis"]))


def proposed(target: Mapping[str, Any], day: date) -> list[Milestone]:
    """Milestones on a straight line at the quarter ends from `day` to the deadline, from the baseline, or, where that is not dated,
    from the present value (now, now_period) that is short of the goal. None without a number, a deadline or a start."""
    start = baseline_day(target) if not pd.isna(target["baseline"]) else None
    begin = target["baseline"]
    if start is None and target["now_period"] and not pd.isna(target["now"]) and not _met_now(target):
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


def _met_now(target: Mapping[str, Any]) -> bool:
    way = Way(target["op"], float(target["value"]), float(target["now"]), "", "", target["direction"])
    return any(way.goal_problems())


def typed(rows: pd.DataFrame, marks: Sequence[Milestone], kept: Sequence[Milestone]) -> dict[str, float | None]:
    """By due day (ISO) what a table of milestones asks for, None to take a kept one back: also where its row is gone.

    In: rows with columns due, value as edited; `marks` are those that the table began with. UserError with every row of which
    something would be lost: a value without a day, a day of the person's own without a value, a day that stands twice.
    """
    issues, found = [], dict[str, float | None]()
    for number, (due, value) in enumerate(rows[["due", "value"]].itertuples(index=False), start=1):
        day = "" if pd.isna(due) else pd.Timestamp(due).date().isoformat()
        if not day and not pd.isna(value):
            issues.append(
                Issue("due-missing", f"第 {number} 行有数，没有日期", value=f"{value:g}", expected="2026-09-30")
            )
        elif day in found:
            issues.append(Issue("due-twice", f"第 {number} 行的日期前面已有", value=day, expected="一个日期只写一行"))
        elif day:
            found[day] = None if pd.isna(value) else float(value)
            if pd.isna(value) and day not in {each.due for each in marks}:
                said = f"第 {number} 行有日期，没有数"
                issues.append(Issue("value-missing", said, value=day, expected="填上数，或删掉这一行"))
    if issues:
        raise UserError(issues)
    return {each.due: None for each in kept} | found


def quarter_of(day: date) -> Period:
    """The quarter that a day lies in."""
    return Period(day.year, "quarter", (day.month + 2) // 3)
