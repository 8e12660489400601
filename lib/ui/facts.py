"""What the documents say, ready for a page: chosen here once, drawn from the catalogue, never mixed with scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from lib.core import cityfacts
from lib.core.progress import Status
from lib.store.events import today
from lib.ui import go
from lib.ui.context import Context, kept
from lib.view import tables, text
from lib.view.table import Table
from lib.view.tables import cells

CITY = cityfacts.CITY
ALL_OWNERS = "全部"
# What a leader asks of all targets at once; the others are on their page.
GROUPS: dict[str, tuple[Status, ...]] = {
    "已达标": (Status.REACHED,),
    "正常推进": (Status.ON_TRACK,),
    "有风险": (Status.AT_RISK,),
    "滞后、逾期": (Status.BEHIND, Status.OVERDUE),
    "有目标无现值": (Status.NO_VALUE,),
    "口径不一致": (Status.NOT_COMPARABLE,),
}


@kept
def places(context: Context) -> pd.DataFrame:
    """The city's place in the province by year."""
    return cityfacts.province_places(context.book.facts, CITY)


def places_of_cities(context: Context, cities: Iterable[str]) -> pd.DataFrame:
    """The same for several cities, one below the other; those that no document places are not there."""
    return pd.concat([cityfacts.province_places(context.book.facts, city) for city in cities], ignore_index=True)


@kept
def weak_indicators(context: Context) -> pd.DataFrame:
    """The indicators that the bulletin lists as weak."""
    return cityfacts.weak_indicators(context.book.facts, CITY)


@kept
def bulletin_values(context: Context, document: str) -> dict[str, str]:
    """By indicator, the values that one document gives for the city, in words."""
    facts = context.book.facts
    rows = facts[
        (facts["document"] == document) & (facts["region"] == CITY) & facts["kind"].isin(["observation", "text"])
    ]
    found: dict[str, list[str]] = {}
    for row in rows.itertuples():
        measure = context.book.measures.get(row.code)
        if measure is None:
            continue
        value = row.text if pd.isna(row.value) else text.quantity(row.value, row.unit)
        found.setdefault(measure.indicator, []).append(f"{measure.name} {value}")
    return {indicator: "；".join(parts) for indicator, parts in found.items()}


def assessed_targets(context: Context) -> pd.DataFrame:
    """Every target with its status today, the most urgent first."""
    return context.snapshot.targets(date.fromisoformat(today()))


def filter_targets(context: Context, assessed: pd.DataFrame, statuses: Sequence[str], owner: str) -> pd.DataFrame:
    """Targets of some statuses (none: all) and one owner ("全部": all)."""
    rows = assessed[assessed["status"].isin(statuses)] if statuses else assessed
    if owner == ALL_OWNERS:
        return rows
    return rows[[owner in context.departments(codes).split("、") for codes in rows["owner"]]]


def group_counts(assessed: pd.DataFrame) -> dict[str, int]:
    """How many targets are in each of GROUPS."""
    found = Counter(assessed["status"])
    return {name: sum(found[status] for status in statuses) for name, statuses in GROUPS.items()}


def open_targets(group: str = "", owner: str = ALL_OWNERS) -> None:
    """Opens the targets of a group ("": all) and an owner; called before a run."""
    statuses = [status.value for status in GROUPS.get(group, ())]
    st.session_state["status"], st.session_state["owner"] = statuses, owner
    go.page("benchmark/targets.py", status=statuses, owner=owner)


def owners(context: Context, assessed: pd.DataFrame) -> list[str]:
    """Departments that own a target, the one with most targets first."""
    each = assessed["owner"].map(lambda codes: context.departments(codes).split("、")).explode()
    return [name for name in each.value_counts().index if name]


def stated(row: Mapping[str, Any]) -> str:
    """What a document states in a row of facts, targets or benchmarks: 6 个 → 2 个, ≤ 1 日."""
    now = cells.stated(row["op"], row["value"], row["text"], row["unit"])
    before = row.get("before")
    if before is None or pd.isna(before):
        return now
    return f"{cells.stated('=', before, row['before_text'], row['unit'])} → {now}"


def cited(context: Context, *tables: pd.DataFrame) -> str:
    """The documents behind some catalogue rows (and behind the facts that assessed targets rest on), in words."""
    titles = context.cited
    codes = [code for rows in tables for code in rows["document"]]
    used = {fact for rows in tables if "fact" in rows for fact in rows["fact"]}
    facts = context.book.facts
    codes += list(facts.loc[facts["id"].isin(used), "document"])
    return text.listed(titles[code] for code in dict.fromkeys(codes))


def target_table(context: Context, rows: pd.DataFrame) -> Table:
    """Assessed targets with names for all codes."""
    return tables.target_table(rows, context.named, context.departments, context.cited)
