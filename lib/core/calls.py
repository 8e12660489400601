"""今天找谁: which owner has what to answer for at the end of a day."""

from __future__ import annotations

from datetime import date

import pandas as pd

from lib.core.ledger import SOON
from lib.core.progress import Status

COUNTS = ("overdue", "behind", "soon", "missing")
DUE_GROUPS = PAST, WITHIN, THIS_YEAR, LATER, UNSTATED = "已过期", "30 天内", "今年内", "更晚", "未写"
_NEAR = 30


def calls(assessed: pd.DataFrame, day: date) -> pd.DataFrame:
    """Owners with something to answer for, the most urgent first; a target of several owners counts for each.

    In: targets as `core.progress.assess` on that day. Out: owner (code), overdue (逾期未达标), behind (滞后), soon (a deadline or
    milestone within 14 days that is not reached), missing (no present value), urgent (the id of the worst of them), days (since its
    deadline, or negative: until its deadline or milestone; missing without one).
    """
    open_ = assessed[~assessed["status"].isin([Status.REACHED.value, Status.NOT_COMPARABLE.value])]
    left = _left(open_, day)
    flagged = open_.assign(
        overdue=open_["status"] == Status.OVERDUE.value,
        behind=open_["status"] == Status.BEHIND.value,
        soon=left.between(0, SOON),
        missing=open_["status"] == Status.NO_VALUE.value,
        days=-left,
    )
    flagged = flagged[flagged[list(COUNTS)].any(axis=1)]
    each = flagged.assign(owner=flagged["owner"].str.split(";")).explode("owner")
    each = each.sort_values([*COUNTS, "days", "id"], ascending=[False] * 4 + [False, True], kind="stable")
    groups = each.groupby("owner", sort=False)
    found = groups[list(COUNTS)].sum().astype(int)
    found = found.assign(urgent=groups["id"].first(), days=groups["days"].first()).reset_index()
    order = [*COUNTS, "days", "owner"]
    return found.sort_values(order, ascending=[False] * 5 + [True], kind="stable").reset_index(drop=True)


def _left(rows: pd.DataFrame, day: date) -> pd.Series:
    """Days to whichever comes next, the deadline or a milestone; negative where the deadline is past."""
    today = pd.Timestamp(day)
    due = pd.to_datetime(rows["deadline"].where(rows["deadline"] != "", None))
    mark = pd.to_datetime(rows["next_due"].where(rows["next_due"] != "", None))
    return (pd.concat([due, mark], axis=1).min(axis=1) - today).dt.days


def due_group(deadline: str, day: date) -> str:
    """In which of DUE_GROUPS a deadline (ISO, "" for none) falls at the end of a day."""
    if not deadline:
        return UNSTATED
    due = date.fromisoformat(deadline)
    left = (due - day).days
    return PAST if left < 0 else WITHIN if left <= _NEAR else THIS_YEAR if due.year == day.year else LATER
