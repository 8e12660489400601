"""Who has filed by when, and how far each commitment has come, worked out by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.campaign import (
    Filing,
    advance,
    board,
    day_of,
    filed,
    filing,
    impossible,
    latest,
    meets,
    public,
    refused,
    reported,
    share_of_way,
)
from lib.model import Direction, Measure
from tests.unit.core.build import HIGHER, LOWER, NAN, records

DUE = date(2020, 3, 31)
NUMBERS = st.floats(-1e6, 1e6)


def test_a_day_is_a_day_in_china():
    assert day_of("2020-03-31T15:59:59Z") == date(2020, 3, 31)
    assert day_of("2020-03-31T16:00:00Z") == date(2020, 4, 1)


@pytest.mark.parametrize(
    ("handed_in", "day", "expected"),
    [
        ([], date(2020, 3, 30), (Filing.NOT_DUE, 0)),
        ([], DUE, (Filing.NOT_DUE, 0)),
        ([], date(2020, 4, 1), (Filing.OVERDUE, 1)),
        (["2020-03-31T15:59:59Z"], date(2020, 4, 30), (Filing.ON_TIME, 0)),
        (["2020-03-31T16:00:00Z"], date(2020, 4, 30), (Filing.LATE, 1)),
        # Handed in on the 3rd: on the 2nd nobody knew.
        (["2020-04-02T17:00:00Z"], date(2020, 4, 2), (Filing.OVERDUE, 2)),
        (["2020-04-02T17:00:00Z"], date(2020, 4, 3), (Filing.LATE, 3)),
        # A correction does not make late what was in time.
        (["2020-04-09T01:00:00Z", "2020-03-01T01:00:00Z"], date(2020, 5, 1), (Filing.ON_TIME, 0)),
    ],
)
def test_a_due_date_stands_by_what_came_first(handed_in, day, expected):
    assert filing(DUE, handed_in, day) == expected


DECLARATIONS = pd.DataFrame(
    [
        (1, "税务", "2019-11-19T01:00:00Z", "2019-11-25T01:00:00Z"),
        (2, "供电", "2019-11-22T01:00:00Z", "2020-01-10T01:00:00Z"),
        (3, "商务", "", ""),
    ],
    columns=["id", "unit", "submitted", "published"],
)
REPORTS = pd.DataFrame(
    [
        (1, 1, "2019-12-31", "2019-12-30T01:00:00Z", {"values": {"m": 8.0}}),
        (2, 1, "2020-03-31", "2020-04-02T01:00:00Z", {"values": {"m": 6.0, "k": 1.0}}),
        (3, 1, "2019-12-31", "2020-04-05T01:00:00Z", {"values": {"m": 9.0}}),
    ],
    columns=["id", "declaration", "due", "at", "content"],
)
DUES = (date(2019, 12, 31), DUE, date(2020, 6, 30))


def test_the_forms_by_their_own_due_date():
    found = filed(DECLARATIONS, date(2019, 11, 20), date(2019, 12, 1))
    assert records(found, ["id", "status", "late"]) == [
        (1, Filing.ON_TIME, 0),
        (2, Filing.LATE, 2),
        (3, Filing.OVERDUE, 11),
    ]


def test_a_report_is_owed_from_the_publication_on():
    found = reported(DECLARATIONS, REPORTS, DUES, date(2020, 4, 4))
    # 2 was published after the end of 2019, 3 never.
    assert records(found, ["id", "due", "status", "late"]) == [
        (1, DUES[0], Filing.ON_TIME, 0),
        (1, DUES[1], Filing.LATE, 2),
        (1, DUES[2], Filing.NOT_DUE, 0),
        (2, DUES[1], Filing.OVERDUE, 4),
        (2, DUES[2], Filing.NOT_DUE, 0),
    ]


def test_what_is_published_on_a_day():
    assert public(DECLARATIONS, date(2019, 11, 24))["id"].tolist() == []
    assert public(DECLARATIONS, date(2019, 11, 25))["id"].tolist() == [1]
    assert public(DECLARATIONS, date(2020, 1, 10))["id"].tolist() == [1, 2]


def test_the_value_that_stands_is_of_the_last_due_date_then_the_last_that_came():
    assert latest(REPORTS, date(2020, 4, 1)) == {1: {"m": 8.0}}
    # The correction of an earlier quarter does not stand in the place of a later one.
    assert latest(REPORTS, date(2020, 4, 30)) == {1: {"m": 6.0, "k": 1.0}}
    # Who leaves a measure out says nothing new of it: what was reported before stands.
    again = REPORTS.iloc[[1]].assign(id=4, at="2020-04-03T01:00:00Z", content=[{"values": {"m": 5.0}}])
    assert latest(pd.concat([REPORTS, again]), date(2020, 4, 30)) == {1: {"m": 5.0, "k": 1.0}}
    assert latest(REPORTS.iloc[:0], DUE) == {}


@pytest.mark.parametrize(
    ("baseline", "goal", "now", "direction", "expected"),
    [
        (10, 5, 8, LOWER, 0.4),
        (10, 5, 5, LOWER, 1.0),
        (10, 5, 3, LOWER, 1.0),
        (10, 5, 12, LOWER, 0.0),
        (90, 98, 92, HIGHER, 0.25),
        (90, 98, 89, HIGHER, 0.0),
        # The goal was met from the start: the whole way, unless it is lost again.
        (4, 5, 4, LOWER, 1.0),
        (4, 5, 6, LOWER, 0.0),
        (5, 5, 5, LOWER, 1.0),
        (NAN, 5, 8, LOWER, NAN),
        (NAN, 5, 4, LOWER, 1),
        (10, 5, NAN, LOWER, NAN),
        # At least it where neither way is better.
        (10, 20, 15, Direction.NONE, 0.5),
    ],
)
def test_the_share_of_the_way(baseline, goal, now, direction, expected):
    assert share_of_way(baseline, goal, now, direction) == pytest.approx(expected, nan_ok=True)


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from([LOWER, HIGHER]))
def test_the_share_is_between_0_and_1_and_1_when_the_goal_is_met(baseline, goal, now, direction):
    share = share_of_way(baseline, goal, now, direction)
    assert 0 <= share <= 1
    if meets(now, goal, direction):
        assert share == 1
    mirrored = HIGHER if direction is LOWER else LOWER
    assert share_of_way(-baseline, -goal, -now, mirrored) == share


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_a_better_value_is_never_less_of_the_way(baseline, goal, one, other):
    worse, better = max(one, other), min(one, other)
    assert share_of_way(baseline, goal, better, LOWER) >= share_of_way(baseline, goal, worse, LOWER)


def goals(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["declaration", "measure", "goal", "baseline", "direction"])


def test_goals_with_the_values_of_the_report_that_stands():
    wanted = goals(
        (1, "m", 5.0, 10.0, LOWER), (1, "k", 1.0, NAN, LOWER), (1, "z", 3.0, 4.0, LOWER), (2, "m", 5.0, 10.0, LOWER)
    )
    found = advance(wanted, REPORTS, date(2020, 4, 30))
    assert records(found, ["measure", "now", "share", "reached"]) == [
        ("m", 6.0, 0.8, False),
        # Reached: that nobody knows where it began does not matter.
        ("k", 1.0, 1.0, True),
        ("z", None, None, False),
        ("m", None, None, False),
    ]


def test_the_board_ties_share_a_place_and_nobody_is_0_for_want_of_a_report():
    declarations = pd.DataFrame({"id": [1, 2, 3, 4, 5], "unit": ["甲", "乙", "丙", "甲", "丁"]})
    advanced = pd.DataFrame(
        [
            (1, 1.0, True),
            (1, 0.0, False),
            (2, 0.5, False),
            (3, NAN, False),
            (4, NAN, False),
            (5, 0.9, False),
            (5, NAN, True),
        ],
        columns=["declaration", "share", "reached"],
    )
    found = board(declarations, advanced)
    assert records(found, ["unit", "progress", "rank", "reached", "goals", "counted", "declarations"]) == [
        ("丁", 0.9, 1.0, 1, 2, 1, 1),
        ("甲", 0.5, 2.0, 1, 3, 2, 2),
        ("乙", 0.5, 2.0, 0, 1, 1, 1),
        ("丙", None, None, 0, 1, 0, 1),
    ]


def test_several_declarations_of_a_department_count_the_same():
    declarations = pd.DataFrame({"id": [1, 2], "unit": ["甲", "甲"]})
    advanced = pd.DataFrame(
        [(1, 1.0, True), (1, 1.0, True), (1, 1.0, True), (2, 0.0, False)], columns=["declaration", "share", "reached"]
    )
    assert board(declarations, advanced)["progress"].tolist() == [0.5]


def test_a_declaration_without_goals_in_numbers_is_on_the_board_without_a_value():
    found = board(pd.DataFrame({"id": [1], "unit": ["甲"]}), advance(goals(), REPORTS, DUE))
    assert records(found, ["unit", "progress", "goals"]) == [("甲", None, 0)]
    assert board(pd.DataFrame({"id": [], "unit": []}), advance(goals(), REPORTS, DUE)).empty


def measure(name: str, unit: str) -> Measure:
    return Measure("m", name, unit, LOWER)


@pytest.mark.parametrize(
    ("name", "unit", "value", "problem"),
    [
        ("办理时间", "工作日", -1.0, "办理时间不应为负数"),
        ("办理时间", "工作日", 0.0, ""),
        ("办结率", "%", 100.0, ""),
        ("办结率", "%", 100.5, "办结率按“%”计，不应超过 100"),
        ("办结率", "%", -0.5, "办结率不应为负数"),
        # A rise may be negative, and more than double.
        ("实际吸收外资增速", "%", -3.0, ""),
        ("注册商标增幅", "%", 130.0, ""),
        ("环节", "个", 130.0, ""),
    ],
)
def test_what_a_value_cannot_be(name, unit, value, problem):
    assert impossible(value, measure(name, unit)) == problem


def test_every_problem_of_a_report_is_listed():
    found = refused(
        {"m": -1.0, "k": 101.0, "z": 5.0},
        {"m": measure("时间", "天"), "k": measure("率", "%"), "z": measure("率", "%")},
    )
    assert found == ["时间不应为负数", "率按“%”计，不应超过 100"]
