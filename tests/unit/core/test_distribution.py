"""One node over a cohort, worked out on paper."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.core.distribution import (
    course,
    distribution,
    family,
    higher_is_better,
    history,
    members,
    summary,
)
from lib.core.score import score
from lib.model import Node
from tests.unit.core.build import HIGHER, LOWER, NAN, leaf, records, rows, tree

TREE = tree(
    Node("a", parent="t"),
    leaf("time", LOWER, parent="a", best=0, worst=10),
    leaf("rate", HIGHER, parent="a", best=100, worst=0),
    leaf("seal", LOWER, best=0, worst=10),
)
#             A   B   C    D
NOW = rows({"time": [4, 2, None, 4], "rate": [60, 80, 50, 100]}, "2020")
BEFORE = rows({"time": [5, None, 3, 4], "rate": [60, 60, 60, 60]}, "2019")
SCORES = score(pd.concat([NOW, BEFORE], ignore_index=True), TREE, regions=("A", "B", "C", "D"))


def test_a_measure_is_its_values_best_first_missing_last() -> None:
    table = distribution(SCORES, "time", "2020", "2019")
    # lower is better; A and D are equal, in the cohort's order; C has no value
    assert records(table, ("region", "value", "value_before", "value_change", "score", "rank")) == [
        ("B", 2.0, None, None, 80.0, 1.0),
        ("A", 4.0, 5.0, -1.0, 60.0, 2.0),
        ("D", 4.0, 4.0, 0.0, 60.0, 2.0),
        ("C", None, 3.0, None, None, None),
    ]


def test_an_indicator_is_its_scores_with_the_change_on_shared_measures() -> None:
    table = distribution(SCORES, "a", "2020", "2019")
    # D (60 + 100)/2, B (80 + 80)/2, A (60 + 60)/2, C 50 alone
    assert records(table, ("region", "value")) == [("B", 80.0), ("D", 80.0), ("A", 60.0), ("C", 50.0)]
    # B and C on the rate alone: 80 − 60 and 50 − 60; A 60 − (50 + 60)/2; D 80 − (60 + 60)/2
    assert dict(records(table, ("region", "value_change"))) == {"B": 20.0, "D": 20.0, "A": 5.0, "C": -10.0}


def test_higher_is_better_turns_the_order() -> None:
    table = distribution(SCORES, "rate", "2020", None)
    assert table["region"].tolist() == ["D", "B", "A", "C"]
    assert table[["value_before", "value_change"]].isna().all(axis=None)


def test_what_it_comes_to() -> None:
    found = summary(distribution(SCORES, "time", "2020", "2019"))
    assert found is not None
    assert (found.count, found.mean, found.median) == (3, pytest.approx(10 / 3), 4.0)
    assert (found.best, found.leaders, found.worst, found.last) == (2.0, ("B",), 4.0, ("A", "D"))
    assert found.change == -0.5  # A −1, D 0; B was not there before


def test_nothing_comes_to_nothing_and_one_period_has_no_change() -> None:
    assert summary(distribution(SCORES, "seal", "2020", "2019")) is None
    alone = summary(distribution(SCORES, "rate", "2020", None))
    assert alone is not None
    assert alone.change != alone.change


def test_over_periods_with_the_middle_and_the_best() -> None:
    table = history(SCORES, "time", ["2019", "2020"])
    assert records(table, ("region", "period", "value")) == [
        ("A", "2019", 5.0),
        ("C", "2019", 3.0),
        ("D", "2019", 4.0),
        ("A", "2020", 4.0),
        ("B", "2020", 2.0),
        ("D", "2020", 4.0),
    ]
    assert records(course(table, higher=False), ("period", "median", "best")) == [
        ("2019", 4.0, 3.0),
        ("2020", 4.0, 2.0),
    ]
    assert course(table, higher=True)["best"].tolist() == [5.0, 4.0]
    assert history(SCORES, "a", ["2020"])["value"].tolist() == [60.0, 80.0, 50.0, 80.0]


def test_more_is_better_for_scores_whatever_they_are_made_of() -> None:
    assert [higher_is_better(SCORES, code) for code in ("t", "a", "time", "rate")] == [True, True, False, True]


def test_the_family_is_the_children_or_the_siblings() -> None:
    assert family(SCORES, "t") == ("a", "seal")
    assert family(SCORES, "a") == ("time", "rate")
    assert family(SCORES, "rate") == ("time", "rate")


def test_the_parts_side_by_side_lowest_mean_first() -> None:
    table = members(SCORES, ("time", "rate", "seal"), "A", "2020", "2019")
    # time 60, 80, –, 60: mean 66.67; rate 60, 80, 50, 100: mean 72.5
    assert table["code"].tolist() == ["time", "rate", "seal"]
    assert table["mean"].tolist() == pytest.approx([200 / 3, 72.5, NAN], nan_ok=True)
    assert records(table[:2], ("median", "low", "high", "leader", "last", "score", "rank")) == [
        (60.0, 60.0, 80.0, "B", "A", 60.0, 2.0),
        (70.0, 50.0, 100.0, "D", "C", 60.0, 3.0),
    ]
    # time: A 50 → 60, D 60 → 60; rate: 0, +20, −10, +40
    assert table["change"].tolist() == pytest.approx([5.0, 12.5, NAN], nan_ok=True)
    assert records(table[2:], ("low", "leader", "last", "score")) == [(None, "", "", None)]


def test_the_parts_without_a_period_before_have_no_change() -> None:
    assert members(SCORES, ("time",), "A", "2020", None)["change"].isna().all()


def test_what_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        distribution(SCORES, "nothing", "2020", None)
    with pytest.raises((KeyError, ValueError)):
        distribution(SCORES, "time", "2021", None)
