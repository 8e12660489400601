"""How a score came about, recomputed by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.trace import between, climb, leaves, parts, ranked, scaling
from lib.model import Node
from tests.unit.core.build import HIGHER, LOWER, leaf, records, scored, tree

# t = (3·a + 1·b) / 4; a is the mean of m and n.
TREE = tree(
    Node("a", parent="t", weight=3),
    Node("b", parent="t", weight=1),
    leaf("m", LOWER, parent="a", best=1, worst=5),
    leaf("n", HIGHER, parent="a"),
    leaf("k", HIGHER, parent="b", best=100, worst=0, power=2),
)
FOUND = scored({"m": [2, 5, None], "n": [30, 10, 20], "k": [50, None, None]}, TREE)


def test_a_value_between_the_frameworks_ends() -> None:
    found = scaling(FOUND, "A", "m", "2020")
    assert (found["value"], found["worst"], found["best"], found["fixed"]) == (2.0, 5.0, 1.0, True)
    assert (found["score"], found["rank"], found["of"], found["reason"]) == (75.0, 1.0, 2, "")


def test_without_a_frontier_the_ends_are_the_cohorts_own() -> None:
    found = scaling(FOUND, "C", "n", "2020")
    assert (found["worst"], found["best"], found["fixed"], found["score"]) == (10.0, 30.0, False, 50.0)


def test_a_power_bends_the_scale() -> None:
    found = scaling(FOUND, "A", "k", "2020")
    assert (found["power"], found["score"]) == (2.0, 25.0)


def test_a_missing_value_has_neither_score_nor_place() -> None:
    found = scaling(FOUND, "C", "m", "2020")
    assert math.isnan(found["value"]) and math.isnan(found["score"]) and math.isnan(found["rank"])


def test_the_children_of_the_total() -> None:
    # A: a = (75 + 100) / 2 = 87.5, b = 25; t = 0.75·87.5 + 0.25·25.
    columns = ("code", "weight", "share", "score", "rank", "points")
    assert records(parts(FOUND, "A", "t", "2020"), columns) == [
        ("a", 3.0, 0.75, 87.5, 1.0, 65.625),
        ("b", 1.0, 0.25, 25.0, 1.0, 6.25),
    ]
    assert FOUND.of("A", "t", "2020")[0] == 65.625 + 6.25


def test_a_missing_child_gives_its_share_to_the_others() -> None:
    assert records(parts(FOUND, "B", "t", "2020"), ("code", "share", "points")) == [("a", 1.0, 0.0), ("b", None, None)]


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=3, max_size=3))
def test_the_points_add_up_to_the_score(values: list[float | None]) -> None:
    found = scored({"m": [values[0], 1.0], "n": [values[1], 1.0], "k": [values[2], 1.0]}, TREE)
    for code in ("t", "a", "b"):
        score = found.of("A", code, "2020")[0] if "A" in found.panel.regions else float("nan")
        points = parts(found, "A", code, "2020")["points"]
        assert points.sum(min_count=1) == pytest.approx(score, nan_ok=True)


def test_how_many_have_a_place() -> None:
    assert [ranked(FOUND, code, "2020") for code in ("m", "n", "k", "t")] == [2, 3, 1, 3]


def test_the_way_up_to_the_total() -> None:
    # m is half of a, a three quarters of t: 0.375 · 75 = 28.125 of t = 71.875.
    assert records(climb(FOUND, "A", "m", "2020"), ("code", "score", "share", "whole", "points")) == [
        ("m", 75.0, 0.5, 0.375, 28.125),
        ("a", 87.5, 0.75, 0.75, 65.625),
        ("t", 71.875, 1.0, 1.0, 71.875),
    ]


def test_on_the_way_up_the_present_share_the_weight_of_the_missing() -> None:
    rows = climb(FOUND, "C", "n", "2020")
    assert list(rows["share"]) == [1.0, 1.0, 1.0]
    assert list(rows["points"]) == [50.0, 50.0, 50.0]


def test_what_is_missing_gives_nothing_and_has_no_share() -> None:
    assert records(climb(FOUND, "C", "m", "2020"), ("code", "share", "whole", "points")) == [
        ("m", None, None, None),
        ("a", 1.0, 1.0, 50.0),
        ("t", 1.0, 1.0, 50.0),
    ]


def test_what_each_measure_loses() -> None:
    # k: 0.25 · 75, m: 0.375 · 25; together what the total lacks of 100.
    found = leaves(FOUND, "A", "2020")
    assert records(found, ("code", "score", "whole", "lost")) == [
        ("k", 25.0, 0.25, 18.75),
        ("m", 75.0, 0.375, 9.375),
        ("n", 100.0, 0.375, 0.0),
    ]
    assert found["lost"].sum() == pytest.approx(100 - 71.875)
    assert list(leaves(FOUND, "C", "2020")["code"]) == ["n"]


def test_what_lies_between_the_ends() -> None:
    # A's n is at its best, 100; B's m (5) and n (10) are at their worst, 0.
    assert list(between(leaves(FOUND, "A", "2020"))["code"]) == ["k", "m"]
    assert between(leaves(FOUND, "B", "2020")).empty
