"""创标进展: who has filed and reported by when, and how far each commitment has come. A day is a day in China."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import numpy as np
import pandas as pd

from lib.core.rank import rank
from lib.model import Direction, Measure

# China has one time zone.
_BEIJING = timedelta(hours=8)
# No number that an office counts is so large.
MOST = 1e15
# A rise or fall may be below 0 and a rise above 100 %; what is counted, timed or a share may not.
_CHANGES = ("幅", "幅度", "增速", "改善率")


class Filing(StrEnum):
    """How something that is due on a day stands."""

    ON_TIME = "按时"
    LATE = "迟报"
    OVERDUE = "逾期未报"
    NOT_DUE = "未到期"


def day_of(stamp: str) -> date:
    """The day in China of a moment in UTC (2020-03-31T16:00:00Z is 1 April)."""
    return (datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) + _BEIJING).date()


def filing(due: date, handed_in: Iterable[str], day: date) -> tuple[Filing, int]:
    """How a due date stands at the end of a day, and by how many days it was, or is, missed (0 when it is not).

    In: the moments (UTC stamps) of what was handed in; what came after the day is not known yet. The first counts:
    a correction does not make late what was in time.
    """
    known = sorted(found for stamp in handed_in if (found := day_of(stamp)) <= day)
    late = ((known[0] if known else day) - due).days
    if known:
        return (Filing.LATE, late) if late > 0 else (Filing.ON_TIME, 0)
    return (Filing.OVERDUE, late) if late > 0 else (Filing.NOT_DUE, 0)


def public(declarations: pd.DataFrame, day: date) -> pd.DataFrame:
    """The declarations that are published, and were by the end of a day."""
    return declarations[declarations["published"].map(lambda stamp: bool(stamp) and day_of(stamp) <= day).astype(bool)]


def filed(declarations: pd.DataFrame, due: date, day: date) -> pd.DataFrame:
    """How the form itself stands, a row a declaration: id, unit, due, status (Filing), late (days).

    In: id, unit, submitted (UTC stamp of the first time it was handed in, "" for never).
    """
    rows = [
        (row.id, row.unit, due, *filing(due, [row.submitted] if row.submitted else [], day))
        for row in declarations.itertuples()
    ]
    return pd.DataFrame(rows, columns=["id", "unit", "due", "status", "late"])


def reported(declarations: pd.DataFrame, reports: pd.DataFrame, dues: Sequence[date], day: date) -> pd.DataFrame:
    """How every report stands, a row a published declaration and due date on or after the day of its publication.

    In: declarations (id, unit, published), reports (declaration, due as ISO date, at as UTC stamp). Out: id, unit,
    due, status (Filing), late (days).
    """
    rows = []
    for row in public(declarations, day).itertuples():
        own = reports[reports["declaration"] == row.id]
        for due in dues:
            if due >= day_of(row.published):
                handed_in = own.loc[own["due"] == due.isoformat(), "at"]
                rows.append((row.id, row.unit, due, *filing(due, handed_in, day)))
    return pd.DataFrame(rows, columns=["id", "unit", "due", "status", "late"])


def latest(reports: pd.DataFrame, day: date) -> dict[int, dict[str, float]]:
    """By declaration and measure the value that stands at the end of a day: of the last due date for which one was reported, the last
    that came in. A report that leaves a measure out says nothing new of it."""
    known = reports[reports["at"].map(lambda stamp: day_of(stamp) <= day).astype(bool)].sort_values(["due", "id"])
    found: dict[int, dict[str, float]] = {}
    for row in known.itertuples():
        found.setdefault(row.declaration, {}).update(row.content.get("values", {}))
    return found


def meets(value: float, goal: float, direction: Direction) -> bool:
    """Whether a value reaches a goal: at most it where lower is better, else at least."""
    return value <= goal if direction == Direction.LOWER else value >= goal


def share_of_way(baseline: float, goal: float, now: float, direction: Direction) -> float:
    """How much of the way from the baseline to the goal is behind us, 0–1: (now − baseline)/(goal − baseline), clipped.

    1 when the goal is met; 0 when the baseline met it and the value does not any more; NaN when the value is missing, or the
    baseline of a goal that is not met.
    """
    if not np.isnan(now) and meets(now, goal, direction):
        return 1.0
    if np.isnan(baseline) or np.isnan(now):
        return float("nan")
    if meets(baseline, goal, direction):
        return 0.0
    return float(np.clip((now - baseline) / (goal - baseline), 0.0, 1.0))


def advance(goals: pd.DataFrame, reports: pd.DataFrame, day: date) -> pd.DataFrame:
    """Every goal with the value of the report that stands at the end of a day.

    In: goals (declaration, measure, goal, baseline, direction, and whatever else), reports (id, declaration, due, at,
    content with `values` by measure). Out: goals' columns, now, share (as `share_of_way`), reached (a value that meets it).
    """
    standing = latest(reports, day)
    now = [float(standing.get(row.declaration, {}).get(row.measure, float("nan"))) for row in goals.itertuples()]
    table = goals.assign(now=pd.Series(now, index=goals.index, dtype=float))
    ways = [share_of_way(row.baseline, row.goal, row.now, row.direction) for row in table.itertuples()]
    reached = [not np.isnan(row.now) and meets(row.now, row.goal, row.direction) for row in table.itertuples()]
    return table.assign(
        share=pd.Series(ways, index=goals.index, dtype=float), reached=pd.Series(reached, index=goals.index, dtype=bool)
    )


def board(declarations: pd.DataFrame, advanced: pd.DataFrame) -> pd.DataFrame:
    """比学赶超: departments by how far they have come, the farthest first, without a value last.

    A declaration's progress is the mean share over its goals that have one, a department's the mean of its declarations that
    have one. In: declarations (id, unit), `advance`'s table. Out: unit, progress (0–1, NaN without a value), rank
    (ties share the better place), reached and goals (counts), counted (goals that progress rests on), declarations.
    """
    by = advanced.groupby("declaration")
    each = pd.DataFrame(
        {
            "progress": by["share"].mean(),
            "reached": by["reached"].sum(),
            "goals": by.size(),
            "counted": by["share"].count(),
        }
    )
    each = declarations.set_index("id")[["unit"]].join(each)
    units = each.groupby("unit", sort=False)
    table = pd.DataFrame({"progress": units["progress"].mean(), "declarations": units.size()})
    for name in ("reached", "goals", "counted"):
        table[name] = units[name].sum().astype(int)
    table = table.reset_index().assign(rank=rank(table["progress"].to_numpy(dtype=float)))
    return table.sort_values("rank", kind="stable", na_position="last").reset_index(drop=True)


def impossible(value: float, measure: Measure) -> str:
    """Why a value cannot be one of a measure's; "" when it can."""
    if not abs(value) < MOST:
        return f"{measure.name}的数太大"
    if measure.name.endswith(_CHANGES):
        return ""
    if value < 0:
        return f"{measure.name}不应为负数"
    return f"{measure.name}按“%”计，不应超过 100" if measure.unit == "%" and value > 100 else ""


def refused(values: Mapping[str, float], measures: Mapping[str, Measure]) -> list[str]:
    """What is wrong with the values of a report, by measure; none where all of them can be."""
    return [problem for code, value in values.items() if (problem := impossible(value, measures[code]))]
