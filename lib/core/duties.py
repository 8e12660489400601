"""Who owes what: targets and items of the ledger by owner, so that one call settles both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from lib.core.calls import calls
from lib.core.ledger import chasing

ITEM, TARGET = "整改", "目标"
COLUMNS = [
    *("owner", "item_late", "item_soon", "target_late", "target_soon", "missing", "kind", "what", "deadline", "late"),
]


def duties(
    targets: pd.DataFrame, ledger: pd.DataFrame, day: date, name: Callable[[str], str], title: Callable[[object], str]
) -> pd.DataFrame:
    """Owners with something late, due within two weeks or missing, the most urgent first: COLUMNS.

    In: targets as `core.progress.assess`, `core.ledger.listing`; `name` of a department's code, `title` of a target's row. Counts as
    `calls` (target_late: 逾期未达标 and 滞后; missing: no present value) and `chasing`. Out: what, its kind, deadline and late (days past
    it, negative: left, missing without one) are of the most urgent: an item that is owed before a target.
    """
    called, chased = calls(targets, day), chasing(ledger)
    found: dict[str, dict] = {}
    goals = {row.id: row for row in targets.itertuples()}
    for row in called.itertuples():
        goal = goals[row.urgent]
        found[name(row.owner)] = {
            "target_late": row.overdue + row.behind,
            "target_soon": row.soon,
            "missing": row.missing,
            "kind": TARGET,
            "what": title(goal),
            "deadline": goal.deadline,
            "late": row.days,
        }
    owed = ledger[ledger["late"].notna()].drop_duplicates("owner").set_index("owner")
    for row in chased.itertuples():
        if not (row.overdue or row.soon):
            continue
        first = owed.loc[row.owner]
        item = {"kind": ITEM, "what": first["problem"], "deadline": first["deadline"], "late": first["late"]}
        found[row.owner] = {**found.get(row.owner, {}), "item_late": row.overdue, "item_soon": row.soon, **item}
    table = pd.DataFrame([{"owner": owner, **row} for owner, row in found.items()], columns=COLUMNS)
    counts = COLUMNS[1:6]
    table = table.fillna(dict.fromkeys(counts, 0)).astype(dict.fromkeys(counts, int))
    return table.sort_values(
        ["item_late", "target_late", "item_soon", "target_soon", "missing"], ascending=False, kind="stable"
    ).reset_index(drop=True)
