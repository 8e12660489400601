"""How much of a gap each measure explains, worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.explain import better_at, effective_weights, explain, places_of
from lib.model import Aggregate, Node
from tests.unit.core.build import HIGHER, NAN, leaf, records, scored, tree

# t: a (weight 3: a1 weight 1, a2 weight 3), b (weight 1: b1), c (weight 0: c1)
TREE = tree(
    Node("a", parent="t", weight=3),
    Node("b", parent="t"),
    Node("c", parent="t", weight=0),
    leaf("a1", HIGHER, parent="a"),
    leaf("a2", HIGHER, parent="a", weight=3),
    leaf("b1", HIGHER, parent="b"),
    leaf("c1", HIGHER, parent="c"),
)
CODES = [node.code for node in TREE.nodes]


def marks(**leaves: float) -> np.ndarray:
    """A score a node; only the measures count."""
    return np.array([leaves.get(code, NAN) for code in CODES])


def test_parts_add_up_to_the_gap_with_the_effective_weights() -> None:
    found = explain(TREE, "t", marks(a1=40, a2=60, b1=80), marks(a1=80, a2=70, b1=40))
    # weights: a1 3/4·1/4, a2 3/4·3/4, b1 1/4
    assert records(found.parts, ("code", "weight", "part")) == [
        ("a1", 0.1875, 7.5),
        ("a2", 0.5625, 5.625),
        ("b1", 0.25, -10.0),
    ]
    assert found.parts["share"].tolist()[:2] == [7.5 / 13.125, 5.625 / 13.125]
    assert math.isnan(found.parts["share"].iloc[2])
    assert (found.ours, found.theirs, found.gap) == (61.25, 64.375, 3.125)


def test_what_only_one_of_both_has_is_left_out_of_both() -> None:
    found = explain(TREE, "t", marks(a1=40, b1=80), marks(a1=80, a2=70, b1=40))
    # a1 has all of a's 3/4
    assert records(found.parts, ("code", "weight", "part")) == [("a1", 0.75, 30.0), ("b1", 0.25, -10.0)]
    assert (found.ours, found.theirs) == (50.0, 70.0)


def test_a_branch_without_anything_shared_gives_its_weight_to_the_others() -> None:
    found = explain(TREE, "t", marks(a1=40, a2=60), marks(a1=80, a2=70, b1=40))
    assert dict(zip(found.parts["code"], found.parts["weight"], strict=True)) == {"a1": 0.25, "a2": 0.75}


def test_an_indicator_and_a_measure_by_themselves() -> None:
    ours, theirs = marks(a1=40, a2=60, b1=80), marks(a1=80, a2=70, b1=40)
    assert explain(TREE, "a", ours, theirs).gap == pytest.approx(0.25 * 40 + 0.75 * 10)
    assert records(explain(TREE, "b1", ours, theirs).parts, ("code", "weight", "part")) == [("b1", 1.0, -40.0)]


def test_nothing_shared_explains_nothing() -> None:
    found = explain(TREE, "t", marks(a1=40), marks(b1=40))
    assert found.parts.empty
    assert math.isnan(found.gap)
    # A measure that weighs nothing explains nothing either.
    assert explain(TREE, "t", marks(c1=1), marks(c1=2)).parts.empty


@pytest.mark.parametrize("mean", [Aggregate.GEOMETRIC, Aggregate.HARMONIC])
def test_only_a_sum_has_parts(mean: Aggregate) -> None:
    with pytest.raises(ValueError, match="arithmetic"):
        explain(TREE, "t", marks(a1=1), marks(a1=2), mean)


SCORE = st.one_of(st.just(NAN), st.floats(0, 100))


@given(st.lists(SCORE, min_size=4, max_size=4), st.lists(SCORE, min_size=4, max_size=4))
def test_parts_always_add_up_and_shares_to_one(ours: list[float], theirs: list[float]) -> None:
    leaves = ("a1", "a2", "b1", "c1")
    found = explain(TREE, "t", *(marks(**dict(zip(leaves, each, strict=True))) for each in (ours, theirs)))
    if found.parts.empty:
        return
    assert found.parts["weight"].sum() == pytest.approx(1)
    assert found.parts["part"].sum() == pytest.approx(found.gap, abs=1e-9)
    assert found.parts["part"].is_monotonic_decreasing
    shares = found.parts["share"].dropna()
    assert shares.empty or shares.sum() == pytest.approx(1)
    assert (found.parts["share"].notna() == (found.parts["part"] > 0)).all()


def test_with_everything_shared_both_scores_are_the_published_ones() -> None:
    scores = scored({"a1": [1, 2, 3], "a2": [3, 1, 2], "b1": [1, 3, 2], "c1": [1, 2, 3]}, TREE)
    found = explain(TREE, "t", scores.score[0, 0], scores.score[0, 1])
    assert (found.ours, found.theirs) == pytest.approx((scores.of("A", "t", "2020")[0], scores.of("B", "t", "2020")[0]))


def test_weights_of_a_measure_that_is_not_there() -> None:
    assert effective_weights(TREE, "a1", []) == {}
    assert effective_weights(TREE, "t", ["b1"]) == {"b1": 1.0}


def test_what_the_benchmark_does_better_widest_lead_first() -> None:
    gaps = pd.DataFrame({"code": ["a1", "a2", "b1", "c1"], "gap": [1.0, 2.0, -1.0, 3.0]})
    found = better_at(gaps, TREE, marks(a1=40, a2=60, b1=50), marks(a1=50, a2=90, b1=20))
    assert records(found, ("code", "lead")) == [("a2", 30.0), ("a1", 10.0), ("c1", None)]


def test_the_place_that_a_score_would_have() -> None:
    scores = scored({"a1": [10, 20, 30, 30], "a2": [1, 2, 3, None], "b1": [1, 2, 3, 4], "c1": [1, 2, 3, 4]}, TREE)
    # a1 scores: 0, 50, 100, 100; a2: 0, 50, 100
    found = dict(zip(CODES, places_of(scores, "2020", marks(a1=100, a2=49, b1=100)), strict=True))
    assert (found["a1"], found["a2"], found["b1"]) == (1, 3, 1)
    assert math.isnan(found["c1"])
    assert places_of(scores, "2020", marks(a1=50 - 1e-12))[CODES.index("a1")] == 3
