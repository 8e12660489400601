"""整改台账: what has moved, what is late, how things stood on a day, and who is to be reminded."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core import ledger as core
from lib.model import Direction, Measure, Period
from lib.model.ledger import Action, Item, Reading, State, Task

DAY = date(2021, 3, 31)
NOTHING = Reading()


def reading(value: float | None, period: str = "2020-Q4", unit: str = "个", made_up: bool = False) -> Reading:
    return Reading(value, unit, period, f"value:m:r:{period}", made_up)


def item(number: int, state: State = State.DOING, deadline: str = "2021-03-31", **more) -> Item:
    opened = more.pop("opened", reading(3.0))
    task = Task(f"问题{number}", deadline=deadline, **{"owner": "甲局", "subject": "m", **more})
    stamp = "2021-01-01T02:00:00Z"
    return Item(number, 1, state, task, opened, None, stamp, stamp, "张三", "")


@pytest.mark.parametrize(
    ("before", "after", "lower", "expected"),
    [
        (reading(3), reading(2, "2021-Q1"), True, core.BETTER),
        (reading(3), reading(2, "2021-Q1"), False, core.WORSE),
        (reading(3), reading(3, "2021-Q1"), True, core.SAME),
        (reading(3), reading(3 + 1e-9, "2021-Q1"), False, core.BETTER),
        (reading(3), reading(3), True, core.STALE),
        # A correction of the same period, and a later period that was withdrawn, are no movement.
        (reading(3), reading(2), True, core.STALE),
        (reading(3, "2021-Q1"), reading(2, "2020-Q4"), True, core.STALE),
        # A year and a quarter, days and pieces, a real value and a made-up one are not set side by side.
        (reading(3), reading(2, "2021"), True, core.UNKNOWN),
        (reading(3), reading(2, "2021-Q1", "天"), True, core.UNKNOWN),
        (reading(3), reading(2, "2021-Q1", made_up=True), True, core.UNKNOWN),
        (reading(None), reading(2, "2021-Q1"), True, core.UNKNOWN),
        (reading(3), NOTHING, True, core.UNKNOWN),
    ],
)
def test_how_an_indicator_has_moved(before, after, lower, expected):
    assert core.moved(before, after, lower) == expected


values = st.floats(-1e6, 1e6)
quarters = st.integers(0, 40).map(lambda steps: str(Period.parse("2015-Q1").shift(steps)))


@given(values, values, quarters, quarters, st.booleans())
def test_moving_is_seen_the_other_way_round_from_the_other_side(a, b, first, second, lower):
    there = core.moved(reading(a, first), reading(b, second), lower)
    mirrored = core.moved(reading(a, first), reading(b, second), not lower)
    swapped = {core.BETTER: core.WORSE, core.WORSE: core.BETTER}
    assert mirrored == swapped.get(there, there)
    assert (there == core.STALE) == (Period.parse(second) <= Period.parse(first))
    if there == core.SAME:
        assert a == b
    if there in swapped:
        assert (there == core.BETTER) == ((b < a) == lower)
        assert a != b


def measure(direction: Direction) -> Measure:
    return Measure("m", "环节", "个", direction)


LOWER = {"m": measure(Direction.LOWER)}


def listed(items, now, day: date = DAY) -> pd.DataFrame:
    return core.listing(items, now, LOWER, day).set_index("id")


def test_late_soon_and_flag_of_every_state():
    after = {
        1: reading(2.0, "2021-Q1"),
        2: reading(3.0, "2021-Q1"),
        3: reading(3.0),
        4: reading(4.0, "2021-Q1"),
        5: NOTHING,
    }
    items = [
        item(1, State.CLOSED, "2021-01-31"),
        item(2, State.CLOSED),
        item(3, State.REVIEW, "2021-01-31"),
        item(4, State.DOING, "2021-03-19"),
        item(5, State.CLOSED),
        item(6, State.OPEN, "2021-04-14"),
        item(7, State.RETURNED, "2021-04-15"),
        item(8, State.OPEN, ""),
        item(9, State.OPEN, "2021-03-31"),
    ]
    rows = core.listing(items, after, LOWER, DAY)
    assert list(rows["id"]) == [4, 9, 6, 7, 1, 2, 3, 5, 8]
    assert list(rows.columns) == core.LISTING
    rows = rows.set_index("id")
    assert rows["late"].dropna().to_dict() == {4: 12, 9: 0, 6: -14, 7: -15}
    assert list(rows.index[rows["soon"]]) == [9, 6]
    assert rows["moved"].to_dict() == {
        1: "已好转", 2: "未变", 3: "没有新的数", 4: "变差", 5: "没有数可比", **dict.fromkeys((6, 7, 8, 9), "没有数可比"),
    }  # fmt: skip
    # Handed in or closed, and not better; where nothing can be compared nothing is claimed.
    assert set(rows.index[rows["flag"]]) == {2, 3}
    assert core.summary(rows) == core.Summary(active=6, overdue=1, soon=2, review=1, closed=3, still=1, stale=0)


def test_a_ledger_without_items_has_its_columns():
    rows = core.listing([], {}, LOWER, DAY)
    assert list(rows.columns) == core.LISTING
    assert core.summary(rows) == core.Summary(0, 0, 0, 0, 0, 0, 0)
    assert core.chasing(rows).empty


def test_a_score_is_better_when_higher_whatever_the_measures():
    rows = listed(
        [item(1, State.CLOSED, subject="tax", opened=reading(60, unit="分"))], {1: reading(61, "2021-Q1", "分")}
    )
    assert rows.at[1, "moved"] == "已好转"


def test_who_is_to_be_reminded_the_most_urgent_first():
    items = [
        item(1, deadline="2021-03-30", owner="甲局"),
        item(2, deadline="2021-03-01", owner="乙局"),
        item(3, State.REVIEW, owner="丙局"),
        item(4, deadline="2021-04-10", owner="甲局"),
        item(5, deadline="2021-12-31", owner="丁局"),
        item(6, State.CLOSED, owner="戊局"),
        item(7, deadline="2021-03-28", owner="甲局"),
    ]
    rows = core.chasing(core.listing(items, {}, LOWER, DAY))
    assert rows[["owner", "overdue", "soon", "review"]].values.tolist() == [
        ["甲局", 2, 1, 0],
        ["乙局", 1, 0, 0],
        ["丙局", 0, 0, 1],
    ]
    assert rows["late"].iloc[:2].tolist() == [3, 30]


def event(
    number: int,
    day: str,
    state: State,
    turn: int = 1,
    found: Reading | None = None,
    task: Task | None = None,
    action: str = "",
) -> dict:
    at = f"{day}T02:00:00Z"
    return {
        "item": number, "round": turn, "at": at, "user": "李四", "action": action, "state": state.value, "comment": "",
        "task": task or Task("问题1"), "reading": found,
    }  # fmt: skip


def test_items_as_they_stood_on_a_day():
    first, then = reading(3.0), reading(2.0, "2021-Q1")
    happened = [
        event(1, "2021-05-01", State.OPEN, 2, then),
        event(1, "2021-04-01", State.CLOSED, 1, then),
        event(1, "2021-03-20", State.DOING, 1, None),
        event(2, "2021-03-15", State.OPEN, 1, first),
        event(1, "2021-03-10", State.DOING, 1, reading(9.0)),
        event(1, "2021-03-01", State.OPEN, 1, first),
    ]
    history, items = pd.DataFrame(happened), [item(1, State.OPEN), item(2, State.OPEN)]
    (only,) = core.standing(items, history, date(2021, 3, 14))
    assert (only.id, only.state, only.round, only.opened, only.closed) == (1, State.DOING, 1, first, None)
    one, two = core.standing(items, history, date(2021, 4, 1))
    assert (one.state, one.opened, one.closed, one.closed_at) == (State.CLOSED, first, then, "2021-04-01T02:00:00Z")
    assert two.state is State.OPEN
    one, _ = core.standing(items, history, date(2021, 5, 1))
    assert (one.state, one.round, one.opened, one.closed) == (State.OPEN, 2, then, None)
    assert core.standing(items, history, date(2021, 2, 28)) == ()


def test_an_item_given_another_indicator_stands_from_that_ones_value_on():
    first, other = reading(20.0), reading(5.0, unit="趟")
    happened = [
        event(1, "2021-03-25", State.DOING, 1, None, action="修改"),
        event(1, "2021-03-20", State.DOING, 1, other, action="修改"),
        event(1, "2021-03-10", State.DOING, 1, reading(9.0), action="开始整改"),
        event(1, "2021-03-01", State.OPEN, 1, first, action="列入台账"),
    ]
    history, items = pd.DataFrame(happened), [item(1)]
    opened = [core.standing(items, history, date(2021, 3, day))[0].opened for day in (19, 20, 31)]
    assert opened == [first, other, other]


def test_what_is_on_the_ledger_already():
    on = [item(1), item(2, State.CLOSED)]
    same, closed = Task("问 题１", owner=" 甲局"), Task("问题2", owner="甲局")
    fresh = Task("问题3", owner="甲局")
    elsewhere = Task("问题1", owner="甲局", region="410421")
    assert core.already([same, closed, fresh, elsewhere, fresh], on) == [True, False, False, False, True]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # Of two alike each keeps its own day, in order.
        ("甲:1 甲:2", "甲 甲", "甲:1 甲:2"),
        ("甲:1 甲", "甲 甲 甲", "甲:1 甲 甲"),
        # Reworded at its place; moved; reworded while another is moved.
        ("甲:1 乙", "丙 乙", "丙:1 乙"),
        ("甲:1 乙:2", "乙 甲", "乙:2 甲:1"),
        ("甲:1 乙:2 丙:3", "乙 甲 丁", "乙:2 甲:1 丁:3"),
        # With more or fewer steps another one has no day.
        ("甲:1", "乙 丙", "乙 丙"),
        ("甲:1 乙:2", "乙", "乙:2"),
        ("甲:1 乙:2", "丙", "丙"),
        # Of two alike the deadline tells which one is left; a new deadline is still the same step.
        ("甲/9:1 甲/8", "甲/8", "甲/8"),
        ("甲/9:1 乙", "甲/7 乙", "甲/7:1 乙"),
        ("", "甲", "甲"),
    ],
)
def test_steps_keep_the_day_on_which_they_were_done(before, after, expected):
    assert core.carried(steps(before), steps(after)) == steps(expected)


def steps(text: str) -> tuple[Action, ...]:
    """甲/9:1 is the step 甲, due on the 9th and done on the 1st."""
    found = [re.fullmatch(r"(.)(?:/(.))?(?::(.))?", each) for each in text.split()]
    return tuple(Action(*(part or "" for part in each.groups())) for each in found)


def facts(**row) -> pd.DataFrame:
    base = {
        "id": "F1", "region": "410400", "kind": "observation", "code": "m", "scope": "", "period": "2020-06",
        "period_basis": "", "op": "=", "value": 2.0, "text": "", "unit": "个", "document": "d",
    }  # fmt: skip
    return pd.DataFrame([{**base, **row}])


NO_VALUES = pd.DataFrame(columns=["region", "measure", "period", "value", "kind"])


def values_of(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "measure", "period", "value", "kind"])


def test_what_a_measure_of_a_place_is_now():
    known = values_of(
        ("r", "m", "2020-Q4", 3.0, "demo"), ("r", "m", "2020-Q3", 4.0, "real"), ("s", "m", "2021-Q1", 9.0, "real")
    )
    found = core.look("m", "r", facts(), known, None, LOWER)
    assert found == Reading(3.0, "个", "2020-Q4", "value:m:r:2020-Q4", True)
    # Without a value of the files, what a document states of that very place.
    stated = core.look("m", "410400", facts(), known, None, LOWER)
    assert stated == Reading(2.0, "个", "2020-06", "fact:F1")
    # What is only bounded is no number to move from, and a part of the place says that it is one.
    assert core.look("m", "410400", facts(op="<="), known, None, LOWER) == Reading(
        None, "个", "2020-06", "fact:F1", words="≤ 2 个"
    )
    part = core.look("m", "410400", facts(scope="市区"), known, None, LOWER)
    assert (part.value, part.words) == (2.0, "市区")
    assert core.moved(stated, Reading(1.0, "个", "2020-12", "fact:F2", words="市区"), True) == core.UNKNOWN
    assert core.look("m", "410400", facts(region="410421"), NO_VALUES, None, LOWER) == Reading(words="没有数")
    assert core.look("", "r", facts(), known, None, LOWER) == Reading(words="没有对应的指标")
    assert core.look("tax", "r", facts(), known, None, LOWER) == Reading(words="没有数")


@given(st.integers(-60, 60))
def test_days_late_are_counted_from_the_deadline(days):
    on = DAY - timedelta(days=days)
    assert core.days_late(item(1, State.RETURNED, on.isoformat()), DAY) == days
    assert core.days_late(item(1, State.REVIEW, on.isoformat()), DAY) is None
