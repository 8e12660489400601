"""整改台账: what an item's indicator is now, whether it has moved since the item was opened, and what is late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from lib.core.compare import of_documents
from lib.core.score import Scores
from lib.model import Direction, Measure, Period, source
from lib.model.ledger import Item, Reading, State

# So many days before the deadline an item is due soon.
SOON = 14
BETTER, SAME, WORSE, STALE, UNKNOWN = "已好转", "未变", "变差", "没有新的数", "没有数可比"
LISTING = [
    "id",
    "round",
    "state",
    "label",
    "problem",
    "origin",
    "subject",
    "region",
    "owner",
    "helpers",
    "leader",
    "deadline",
    "late",
    "soon",
    "opened",
    "closed",
    "now",
    "moved",
    "flag",
]


def look(
    subject: str,
    region: str,
    facts: pd.DataFrame,
    values: pd.DataFrame,
    scores: Scores | None,
    measures: Mapping[str, Measure],
) -> Reading:
    """What a measure or indicator of a place is now: of a measure the latest value of the files (`values`: region, measure, period,
    value, kind) or else the latest statement of the documents (`facts`), of an indicator the latest score (0–100)."""
    if subject in measures:
        return _value(subject, region, values, measures) or _stated(subject, region, facts, measures)
    if scores is None or subject not in scores.framework.index or region not in scores.panel.regions:
        return Reading(words="没有数" if subject else "没有对应的指标")
    for period in sorted(scores.panel.periods, key=Period.parse, reverse=True):
        score = scores.of(region, subject, period)[0]
        if score == score:
            below = scores.framework.below(subject)
            here = values[
                (values["region"] == region) & (values["period"] == period) & values["measure"].isin(list(below))
            ]
            made_up = bool((here["kind"] == "demo").any())
            return Reading(float(score), "分", period, source.score(region, subject, period), made_up)
    return Reading(words="没有得分")


def _value(subject: str, region: str, values: pd.DataFrame, measures: Mapping[str, Measure]) -> Reading | None:
    here = values[(values["region"] == region) & (values["measure"] == subject)]
    if here.empty:
        return None
    last = max(here.to_dict("records"), key=lambda row: Period.parse(row["period"]))
    address = source.value(region, subject, last["period"])
    return Reading(float(last["value"]), measures[subject].unit, last["period"], address, last["kind"] == "demo")


def _stated(subject: str, region: str, facts: pd.DataFrame, measures: Mapping[str, Measure]) -> Reading:
    found = of_documents(facts, region, {subject: measures[subject]})
    if found.empty:
        return Reading(words="没有数")
    row = found.iloc[0]
    number = None if pd.isna(row["value"]) else float(row["value"])
    return Reading(number, str(row["unit"]), str(row["period"]), str(row["source"]), words=str(row["text"]))


def moved(before: Reading, after: Reading, lower: bool) -> str:
    """How an indicator has moved between two readings, unrounded: BETTER, SAME, WORSE, STALE (no newer period), UNKNOWN.

    Only values in the same unit, both real or both made up, are compared.
    """
    if before.value is None or after.value is None or before.unit != after.unit or before.made_up != after.made_up:
        return UNKNOWN
    if before.value == after.value:
        return STALE if before.period == after.period else SAME
    return BETTER if (after.value < before.value) == lower else WORSE


def is_lower(subject: str, measures: Mapping[str, Measure]) -> bool:
    """Whether less is better; a score is always better when it is higher."""
    measure = measures.get(subject)
    return measure is not None and measure.direction is Direction.LOWER


def days_late(item: Item, day: date) -> int | None:
    """Days past the deadline (negative: days left) of an item that its owner still owes; None where nothing is due."""
    if not item.task.deadline or not item.state.owed:
        return None
    return (day - date.fromisoformat(item.task.deadline)).days


def listing(
    items: Iterable[Item], now: Mapping[int, Reading], measures: Mapping[str, Measure], day: date
) -> pd.DataFrame:
    """Every item with how it stands at the end of a day, the latest ones first: LISTING.

    In: `now`, by item its indicator's present value. Out: label (the state's name), late (days past the deadline, negative: left;
    missing where nothing is due), soon (0–SOON days left), opened, closed and now (Reading; closed None), moved (as `moved`, from the
    round's opening to now), flag: 已整改但指标未动, an item closed or handed in for re-evaluation whose indicator is not better.
    """
    rows = []
    for item in items:
        task, late = item.task, days_late(item, day)
        reading = now.get(item.id, Reading())
        change = moved(item.opened, reading, is_lower(task.subject, measures))
        settled = item.state in (State.REVIEW, State.CLOSED)
        rows.append(
            {
                **{name: getattr(task, name) for name in _OF_TASK},
                "id": item.id,
                "round": item.round,
                "state": item.state.value,
                "label": item.state.label,
                "late": late,
                "soon": late is not None and -SOON <= late <= 0,
                "opened": item.opened,
                "closed": item.closed,
                "now": reading,
                "moved": change,
                "flag": settled and change in (SAME, WORSE, STALE),
            }
        )
    table = pd.DataFrame(rows, columns=LISTING).astype({"late": "float64"})
    return table.sort_values(["late", "id"], ascending=[False, True], na_position="last", kind="stable").reset_index(
        drop=True
    )


_OF_TASK = ("problem", "origin", "subject", "region", "owner", "helpers", "leader", "deadline")
