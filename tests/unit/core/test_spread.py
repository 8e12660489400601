"""How a cohort spreads, where it is weakest, and a region's measures beside it."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.core.score import score
from lib.core.spread import filled, measures_of, spread, weakest
from lib.model import Node
from tests.unit.core.build import HIGHER, LOWER, leaf, records, rows, scored, tree

TREE = tree(
    Node("a", parent="t"),
    Node("b", parent="t"),
    Node("c", parent="t"),
    *(leaf(f"{code}1", HIGHER, parent=code, best=100, worst=0) for code in "abc"),
)
#                       A   B   C
NOW = rows({"a1": [10, 60, 80], "b1": [90, 20, 20], "c1": [None, 30, None]}, "2020")
BEFORE = rows({"a1": [40, 40, 40], "b1": [50, 10, 30]}, "2019")
SCORES = score(pd.concat([NOW, BEFORE], ignore_index=True), TREE, regions=("A", "B", "C"))


def test_spread_of_each_node() -> None:
    table = spread(SCORES, "2020")
    assert table.index.tolist() == ["t", "a", "b", "c", "a1", "b1", "c1"]  # in the framework's order
    assert list(table.columns) == ["mean", "median", "low", "high", "first", "last"]
    assert table.loc["a"].tolist() == [50, 60, 10, 80, "C", "A"]
    # B and C are last: B is first in order
    assert table.loc["b"].tolist() == [pytest.approx(130 / 3), 20, 20, 90, "A", "B"]
    assert table.loc["c"].tolist() == [30, 30, 30, 30, "B", "B"]
    # totals: A (10 + 90)/2 = 50, B (60 + 20 + 30)/3 = 36.67, C (80 + 20)/2 = 50; A and C lead: A is first in order
    assert table.loc["t"].tolist() == pytest.approx([(100 + 110 / 3) / 3, 50, 110 / 3, 50, "A", "B"])


def test_nodes_without_scores_are_left_out() -> None:
    assert set(spread(SCORES, "2019").index) == {"t", "a", "b", "a1", "b1"}
    assert spread(SCORES, "2018").empty


def test_the_weakest_come_first_with_what_they_lack_to_the_best() -> None:
    # means: c 30, b 43.33, a 50; the best of each: B 30, A 90, C 80
    table = weakest(SCORES, ["a", "b", "c"], "2020")
    assert list(table.columns) == ["code", "mean", "median", "low", "high", "first", "last", "gap"]
    assert records(table, ("code", "first", "last")) == [("c", "B", "B"), ("b", "A", "B"), ("a", "C", "A")]
    assert table["mean"].tolist() == pytest.approx([30, 130 / 3, 50])
    assert table["gap"].tolist() == pytest.approx([0, 90 - 130 / 3, 30])


def test_the_weakest_are_as_many_as_asked_for_of_those_named() -> None:
    assert weakest(SCORES, ["a", "b", "c"], "2020", count=1)["code"].tolist() == ["c"]
    assert weakest(SCORES, ["a", "b"], "2020", count=1)["code"].tolist() == ["b"]


def test_five_of_them_unless_told() -> None:
    scores = scored(
        {code: [i] for i, code in enumerate("uvwxyz")}, tree(*(leaf(c, best=0, worst=10) for c in "uvwxyz"))
    )
    assert weakest(scores, list("uvwxyz"), "2020")["code"].tolist() == list("zyxwv")


def test_a_cohort_without_scores_has_no_weakest() -> None:
    table = weakest(SCORES, ["a", "b"], "2018")
    assert table.empty
    assert list(table.columns) == ["code", "mean", "median", "low", "high", "first", "last", "gap"]


def test_how_many_measures_have_a_value() -> None:
    scores = scored({"a1": [1, None], "b1": [None, None], "c1": [3, 4]}, TREE)
    assert filled(scores, "t", "2020") == {"A": (2, 3), "B": (1, 3)}
    assert filled(scores, "a", "2020") == {"A": (1, 1), "B": (0, 1)}


def test_a_regions_measures_weakest_first_beside_the_cohort() -> None:
    framework = tree(
        leaf("m", LOWER, best=1, worst=9, weight=3),
        leaf("n", HIGHER, best=100, worst=0),
        leaf("o", HIGHER, best=100, worst=0),
        leaf("k", HIGHER, best=100, worst=0),
    )
    scores = scored({"m": [5, 3, 9], "n": [60, 80, 40], "o": [None, 10, 20], "k": [50, 50, 50]}, framework)
    table = measures_of(scores, "A", "2020")
    assert list(table.columns) == ["code", "value", "score", "rank", "best", "median"]
    # m and k both score 50: by code. o is missing and comes last.
    assert records(table, ("code", "value", "score", "rank", "best", "median")) == [
        ("k", 50.0, 50.0, 1.0, 50.0, 50.0),
        ("m", 5.0, 50.0, 2.0, 3.0, 5.0),
        ("n", 60.0, 60.0, 2.0, 80.0, 60.0),
        ("o", None, None, None, 20.0, 15.0),
    ]
