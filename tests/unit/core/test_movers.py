"""Who moved furthest, who changed tier, and what moved on average: worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.core.movement import movement
from lib.core.movers import furthest, mean_changes, tier_moves
from lib.core.score import score
from lib.model import Node
from tests.unit.core.build import HIGHER, NAN, leaf, records, rows, tree

TREE = tree(
    Node("a", parent="t"),
    Node("b", parent="t"),
    *(leaf(code, HIGHER, parent=code[0], best=100, worst=0) for code in ("a1", "b1")),
)


def scores(now: dict[str, list], then: dict[str, list]):
    frame = pd.concat([rows(now, "2020"), rows(then, "2019")], ignore_index=True)
    return score(frame, TREE, regions=tuple("ABCD"[: len(next(iter(now.values())))]))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"A": 2, "B": -1, "C": 2, "D": 0}, (["A", "C"], ["B"])),
        ({"A": 0, "B": 0}, ([], [])),
        ({"A": NAN, "B": 1.5}, (["B"], [])),
        ({"A": NAN, "B": -0.1}, ([], ["B"])),
        ({"A": NAN}, ([], [])),
        ({}, ([], [])),
    ],
)
def test_who_gained_and_who_lost_most(changes, expected):
    assert furthest(pd.Series(changes, dtype=float)) == expected


def test_tiers_count_the_present_and_name_who_came_and_went():
    # 2019: A 90, B 80, C 70, D 60; 2020: D 95, A 90, B 80, C 70. D enters the first, A and B slip into the second …
    found = scores({"a1": [90, 80, 70, 95]}, {"a1": [90, 80, 70, 60]})
    table = tier_moves(movement(found, "t", "2020", "2019"), (1, 3))
    assert records(table, ("tier", "count", "entered", "left")) == [
        (1, 1, ("D",), ("A",)),
        (2, 2, ("A",), ("C",)),
        (3, 1, ("C",), ("D",)),
    ]


def test_a_place_won_by_a_measure_that_was_not_there_before_is_no_change_of_tier():
    # b1 is new for B alone: it lifts B to the first place, but on shared measures A was and is first.
    found = scores({"a1": [60, 50], "b1": [None, 100]}, {"a1": [60, 50]})
    rows_ = movement(found, "t", "2020", "2019")
    assert rows_["region"].tolist() == ["B", "A"]
    table = tier_moves(rows_, (1,))
    assert records(table, ("tier", "count", "entered", "left")) == [(1, 1, (), ()), (2, 1, (), ())]


def test_without_a_period_before_or_a_place_nobody_comes_or_goes():
    found = scores({"a1": [60, 50, None]}, {"a1": [60, 50, 40]})
    alone = tier_moves(movement(found, "t", "2020", None), (1, 2))
    assert records(alone, ("count", "entered", "left")) == [(1, (), ()), (1, (), ()), (0, (), ())]
    # C has no value now: it has left no tier, it is not compared.
    compared = tier_moves(movement(found, "t", "2020", "2019"), (1, 2))
    assert records(compared, ("count", "entered", "left")) == [(1, (), ()), (1, (), ()), (0, (), ())]


def test_an_indicator_moves_by_the_mean_of_those_who_have_it_in_both_periods():
    found = scores({"a1": [70, 40, 100], "b1": [10, None, None]}, {"a1": [60, 60, None], "b1": [None, 30, None]})
    # a: A +10, B −20, C has no score before; b: nobody has it in both.
    changes = mean_changes(found, ["a", "b"], "2020", "2019")
    assert changes["a"] == pytest.approx(-5)
    assert pd.isna(changes["b"])


def test_without_a_period_before_no_change_is_said():
    found = scores({"a1": [70, 40]}, {"a1": [60, 60]})
    assert mean_changes(found, ["a", "b"], "2020", None).isna().all()
