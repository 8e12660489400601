"""Who owes what by when: items of the ledger and targets that are not met, one list for papers and calls."""

from __future__ import annotations

from datetime import date

import pandas as pd

from lib.core.ledger import SOON
from lib.core.progress import Status

COLUMNS = ("owner", "kind", "id", "what", "deadline", "late", "state")
ITEM, TARGET = "整改", "目标"
# Targets whose owner has something to do.
_OPEN = (Status.OVERDUE, Status.BEHIND, Status.AT_RISK, Status.NO_VALUE)


def duties(ledger: pd.DataFrame, targets: pd.DataFrame, day: date) -> pd.DataFrame:
    """What is past its day or will be within SOON days, the latest first: COLUMNS.

    In: `core.ledger.listing`, and assessed targets with `title` (what each is about) and `owner` as a tuple of names. Out: a row an item,
    and a row a target and owner; late (days past the deadline, negative: left), state (the item's, or the target's status).
    """
    owed = ledger[ledger["late"].notna()]
    items = pd.DataFrame(
        {
            "owner": owed["owner"],
            "kind": ITEM,
            "id": owed["id"].astype(str),
            "what": owed["problem"],
            "deadline": owed["deadline"],
            "late": owed["late"],
            "state": owed["label"],
        },
        columns=list(COLUMNS),
    )
    due = targets[targets["status"].isin([str(each) for each in _OPEN]) & (targets["deadline"] != "")]
    due = due.explode("owner")
    goals = pd.DataFrame(
        {
            "owner": due["owner"],
            "kind": TARGET,
            "id": due["id"],
            "what": due["title"],
            "deadline": due["deadline"],
            "late": [float((day - date.fromisoformat(each)).days) for each in due["deadline"]],
            "state": due["status"],
        },
        columns=list(COLUMNS),
    )
    rows = pd.concat([part for part in (items, goals) if len(part)] or [items], ignore_index=True)
    rows = rows[rows["late"] >= -SOON]
    # Of one day's lateness, an item that somebody has taken on comes before a target.
    return rows.sort_values(["late", "kind"], ascending=[False, True], kind="stable").reset_index(drop=True)


def by_owner(rows: pd.DataFrame) -> pd.DataFrame:
    """From `duties`, a row an owner, the one with the most late items, then items, then targets, first.

    Out: owner, items, targets, blank (targets without a value), kind, what, deadline and late of the most urgent: an item before a target.
    """
    item = rows["kind"] == ITEM
    marked = rows.assign(item=item, behind=item & (rows["late"] > 0), blank=rows["state"] == str(Status.NO_VALUE))
    groups = marked.sort_values(["item", "late"], ascending=False, kind="stable").groupby("owner", sort=False)
    table = pd.DataFrame(
        {
            "behind": groups["behind"].sum(),
            "items": groups["item"].sum(),
            "targets": groups.size() - groups["item"].sum(),
            "blank": groups["blank"].sum(),
            **{name: groups[name].first() for name in ("kind", "what", "deadline", "late")},
        }
    )
    table = table.sort_values(["behind", "items", "targets"], ascending=False, kind="stable")
    return table.drop(columns="behind").rename_axis("owner").reset_index()
