"""挂图作战: what every target owes in each quarter, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from lib.core.milestones import Milestone, quarter_of, standing
from lib.core.progress import meets

GOAL, MARK = "goal", "milestone"
# So many years have room beside one another.
YEARS = 3
MET, MISSED, COMING, UNKNOWN = "已到位", "未到位", "未到期", "无现值"


def calendar(assessed: pd.DataFrame, entered: pd.DataFrame | None, day: date) -> pd.DataFrame:
    """What is due in each quarter: id, quarter (2020-Q4), due, kind (goal, milestone), value, state.

    In: assessed targets with a deadline. A goal's state is the target's status; a milestone's is
    已到位, 未到位 (past, and the present value does not meet it), 未到期 or 无现值.
    """
    marks, rows = standing(entered), []
    for target in assessed.to_dict("records"):
        if target["deadline"]:
            rows.append((target["id"], target["deadline"], GOAL, target["value"], target["status"]))
        for mark in marks.get(target["id"], ()):
            rows.append((target["id"], mark.due, MARK, mark.value, _state(target, mark, day)))
    table = pd.DataFrame(rows, columns=["id", "due", "kind", "value", "state"])
    quarters = [str(quarter_of(date.fromisoformat(due))) for due in table["due"]]
    return table.assign(quarter=pd.Series(quarters, index=table.index, dtype=object))


def spans(calendar: pd.DataFrame) -> list[list[str]]:
    """The quarters of every year in which something is due, at most three years at a time, the latest ones first."""
    years = sorted({int(quarter[:4]) for quarter in calendar["quarter"]})
    parts = [years[max(end - YEARS, 0) : end] for end in range(len(years), 0, -YEARS)]
    return [[f"{year}-Q{number}" for year in part for number in (1, 2, 3, 4)] for part in parts]


def shown(rows: pd.DataFrame, calendar: pd.DataFrame, quarters: Sequence[str]) -> pd.DataFrame:
    """The targets that owe something in some quarters, and those without any day at all."""
    here = calendar.loc[calendar["quarter"].isin(list(quarters)), "id"]
    return rows[rows["id"].isin(here) | ~rows["id"].isin(calendar["id"])]


def _state(target: Mapping[str, Any], mark: Milestone, day: date) -> str:
    if not pd.isna(target["now"]) and meets(float(target["now"]), target, mark.value, target["now_op"]):
        return MET
    if mark.due > day.isoformat():
        return COMING
    return UNKNOWN if pd.isna(target["now"]) else MISSED
