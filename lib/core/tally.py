"""What is counted by month, over a year and beside what documents state as totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from lib.core.cityfacts import CITY
from lib.model import Period
from lib.model.tally import STATED, Kind

# What is closed cannot be more than what has come in.
_CLOSED = {Kind.COMPLAINTS_CLOSED: Kind.COMPLAINTS, Kind.APPEALS_CLOSED: Kind.APPEALS}


def with_issued(rows: pd.DataFrame, days: Iterable[str]) -> pd.DataFrame:
    """Entries (month, kind, value), and the bulletins that were issued here counted by the month of their day (ISO)."""
    counts = pd.Series([day[:7] for day in days], dtype=str).value_counts(sort=False).sort_index()
    issued = pd.DataFrame({"month": counts.index, "kind": Kind.BULLETINS.value, "value": counts.to_numpy()})
    parts = [part for part in (rows[["month", "kind", "value"]], issued) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else rows[["month", "kind", "value"]]


def months(year: int) -> list[str]:
    """The months of a year: 2020-01 …"""
    return [str(Period(year, "month", number)) for number in range(1, 13)]


def grid(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """A row a kind (its code), a column a month; missing where nobody has entered anything."""
    table = rows.pivot(index="kind", columns="month", values="value")
    return table.reindex(index=[kind.value for kind in Kind], columns=list(columns)).astype(float)


def totals(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """By kind: kind, total (missing where no month has a count), filled (how many months have one)."""
    table = grid(rows, columns)
    return pd.DataFrame(
        {
            "kind": table.index,
            "total": table.sum(axis=1, min_count=1).to_numpy(),
            "filled": table.notna().sum(axis=1).to_numpy(),
        }
    )


def stated(facts: pd.DataFrame) -> dict[Kind, dict]:
    """By kind, the latest total that a document states for the city, as a row of facts."""
    found = {}
    for kind, code in STATED.items():
        here = facts[(facts["code"] == code) & (facts["region"] == CITY) & facts["value"].notna()]
        if len(here):
            found[kind] = max(here.to_dict("records"), key=lambda fact: Period.parse(fact["period"]))
    return found


def remarks(rows: pd.DataFrame) -> list[tuple[Kind, int, int]]:
    """Where more was closed than has come in over all months that are entered: the kind, closed, received."""
    sums = rows.groupby("kind")["value"].sum()
    return [
        (closed, int(sums[closed.value]), int(sums.get(received.value, 0)))
        for closed, received in _CLOSED.items()
        if closed.value in sums.index and sums[closed.value] > sums.get(received.value, 0)
    ]
