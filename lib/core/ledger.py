"""整改台账: what an item's indicator is now, whether it has moved since the item was opened, and what is late."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from lib.core.campaign import day_of
from lib.core.compare import of_documents
from lib.core.score import Scores
from lib.model import Direction, Measure, Period, source
from lib.model.ledger import CHANGED, Action, Item, Reading, State, Task

# So many days before the deadline an item is due soon.
SOON = 14
_BOUNDS = {"<=": "≤", "<": "<", ">=": "≥", ">": ">"}
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
    """What a measure or indicator of a place is now: of an indicator the latest score (0–100), of a measure the latest value of the
    files (`values`: region, measure, period, value, kind) or else the latest statement of the documents (`facts`).

    A statement that is only bounded is words, no value; the words of a value are its scope.
    """
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
    number, period, unit = row["value"], str(row["period"]), str(row["unit"])
    if pd.isna(number) or row["op"] in _BOUNDS:
        words = str(row["text"]) if pd.isna(number) else f"{_BOUNDS[row['op']]} {number:g} {unit}"
        return Reading(None, unit, period, str(row["source"]), words=words)
    return Reading(float(number), unit, period, str(row["source"]), words=str(row["scope"]))


def moved(before: Reading, after: Reading, lower: bool) -> str:
    """How an indicator has moved between two readings, unrounded: BETTER, SAME, WORSE, STALE (no newer period) or UNKNOWN.

    Only values in the same unit, of the same scope, both real or both made up, of periods of the same length are compared; another
    value of the same period is a correction, no movement.
    """
    if before.value is None or after.value is None or _kind(before) != _kind(after):
        return UNKNOWN
    if before.period == after.period:
        return STALE
    if before.period and after.period:
        then, later = Period.parse(before.period), Period.parse(after.period)
        if then.kind != later.kind:
            return UNKNOWN
        if later < then:
            return STALE
    if before.value == after.value:
        return SAME
    return BETTER if (after.value < before.value) == lower else WORSE


def _kind(reading: Reading) -> tuple[str, str, bool]:
    return reading.unit, reading.words, reading.made_up


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


def standing(items: Iterable[Item], history: pd.DataFrame, day: date) -> tuple[Item, ...]:
    """The items as they were at the end of a day, those opened later left out.

    In: the items as they are now; `history` as `store.ledger.history`, latest first. The opening value is that of the round's first event,
    or of the change that gave it another indicator.
    """
    past = history[history["at"].map(lambda stamp: day_of(stamp) <= day).astype(bool)]
    events = dict(iter(past.groupby("item")))
    return tuple(_as_of(item, events[item.id]) for item in items if item.id in events)


def _as_of(item: Item, events: pd.DataFrame) -> Item:
    last = events.iloc[0]
    turn = events[events["round"] == last["round"]]
    first, anew = turn.iloc[-1], turn[(turn["action"] == CHANGED) & turn["reading"].notna()]
    closed = last["state"] == State.CLOSED.value
    return replace(
        item,
        round=int(last["round"]),
        state=State(last["state"]),
        task=last["task"],
        opened=first["reading"] if anew.empty else anew["reading"].iloc[0],
        closed=last["reading"] if closed else None,
        opened_at=first["at"],
        changed_at=last["at"],
        changed_by=last["user"],
        closed_at=last["at"] if closed else "",
    )


@dataclass(frozen=True)
class Summary:
    """How many items are open, overdue, due within SOON days, waiting for re-evaluation, closed, closed without effect (`still`), and of
    these without a newer value (`stale`)."""

    active: int
    overdue: int
    soon: int
    review: int
    closed: int
    still: int
    stale: int


def summary(rows: pd.DataFrame) -> Summary:
    """The counts of a listing."""
    closed = rows["state"] == State.CLOSED.value
    return Summary(
        active=int((~closed).sum()),
        overdue=int((rows["late"] > 0).sum()),
        soon=int(rows["soon"].sum()),
        review=int((rows["state"] == State.REVIEW.value).sum()),
        closed=int(closed.sum()),
        still=int((closed & rows["flag"]).sum()),
        stale=int((closed & rows["flag"] & (rows["moved"] == STALE)).sum()),
    )


def chasing(rows: pd.DataFrame) -> pd.DataFrame:
    """Who is to be reminded, the most urgent first: owner, overdue, soon, review (items), late (the most days past a deadline; missing
    where none is). In: a listing."""
    found = rows.assign(
        overdue=rows["late"] > 0,
        review=rows["state"] == State.REVIEW.value,
        late=rows["late"].where(rows["late"] > 0),
    )
    table = (
        found.groupby("owner", sort=False)
        .agg({"overdue": "sum", "soon": "sum", "review": "sum", "late": "max"})
        .astype({"overdue": int, "soon": int, "review": int})
        .reset_index()
    )
    table = table[table[["overdue", "soon", "review"]].any(axis=1)]
    order = ["overdue", "late", "soon", "review"]
    return table.sort_values(order, ascending=False, kind="stable").reset_index(drop=True)


def already(tasks: Sequence[Task], items: Iterable[Item]) -> list[bool]:
    """Which tasks are on the ledger: an item that is not closed has the same key; of two alike among the tasks the second one is."""
    seen = {item.task.key for item in items if item.state is not State.CLOSED}
    found = []
    for task in tasks:
        found.append(task.key in seen)
        seen.add(task.key)
    return found


def carried(before: Sequence[Action], after: Sequence[Action]) -> tuple[Action, ...]:
    """The steps `after` with the days on which they were done `before`: a step is the one with the same words and deadline, else with the
    same words, of several the first that is left; where their number has not changed, else what stood at its place."""
    left, days = dict(enumerate(before)), dict[int, str]()

    def match(same: Callable[[int, int], bool]) -> None:
        for at in range(len(after)):
            found = next((i for i in left if same(i, at)), None) if at not in days else None
            if found is not None:
                days[at] = left.pop(found).done

    match(lambda i, at: (before[i].what, before[i].due) == (after[at].what, after[at].due))
    match(lambda i, at: before[i].what == after[at].what)
    if len(before) == len(after):
        match(lambda i, at: i == at)
    return tuple(replace(each, done=days.get(at, "")) for at, each in enumerate(after))


_OF_TASK = ("problem", "origin", "subject", "region", "owner", "helpers", "leader", "deadline")
