"""Which cases bear on which measures, worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.practices import bearing_on, even_weights, ranked
from lib.model import Direction, Measure

MEASURES = {
    code: Measure(code, code, "个", Direction.LOWER, indicator)
    for code, indicator in {"a1": "a", "a2": "a", "b1": "b", "c1": "c"}.items()
}
CASES = pd.DataFrame(
    [("P1", "c", "c1"), ("P2", "a", "a1"), ("P3", "a;b", ""), ("P4", "", ""), ("P5", "", "b1;a2")],
    columns=["id", "indicators", "measures"],
)


def test_a_named_measure_counts_in_full_and_one_of_a_named_indicator_half():
    found = bearing_on(CASES, {"a1": 2.0, "a2": 1.0, "b1": 4.0, "c1": 0.0}, MEASURES)
    # P5: 4 + 1; P2: 2 + half of 1; P3 names no measure: half of 4 + 2 + 1. c1 weighs nothing: P1 bears on nothing.
    assert found[["id", "weight"]].values.tolist() == [["P5", 5.0], ["P2", 2.5], ["P3", 3.5]]
    assert found["named"].tolist() == [("b1", "a2"), ("a1",), ()]
    assert found["near"].tolist() == [(), ("a2",), ("b1", "a1", "a2")]


def test_the_others_follow_in_their_own_order_with_no_weight():
    found = ranked(CASES, {"b1": 4.0}, MEASURES)
    assert found["id"].tolist() == ["P5", "P3", "P1", "P2", "P4"]
    assert found["weight"].tolist() == [4.0, 2.0, 0.0, 0.0, 0.0]
    assert found["named"].tolist() == [("b1",), (), (), (), ()]


def test_without_weights_the_order_is_the_documents():
    found = ranked(CASES, {}, MEASURES)
    assert found["id"].tolist() == CASES["id"].tolist()
    assert set(found["weight"]) == {0.0}


def test_every_weak_indicator_matters_the_same_however_many_measures_it_has():
    assert even_weights(["a", "c", "nowhere"], MEASURES) == {"a1": 0.5, "a2": 0.5, "c1": 1.0}
    assert even_weights([], MEASURES) == {}


@given(st.dictionaries(st.sampled_from(sorted(MEASURES)), st.floats(0, 100)), st.floats(0.1, 10))
def test_what_is_named_decides_the_order_and_scale_does_not_matter(weights, factor):
    found = ranked(CASES, weights, MEASURES)
    assert sorted(found["id"]) == sorted(CASES["id"])
    direct = found["named"].map(lambda codes: sum(weights[code] for code in codes))
    assert direct.is_monotonic_decreasing
    for _, ties in found.groupby(direct):
        assert ties["weight"].is_monotonic_decreasing
    scaled = ranked(CASES, {code: weight * factor for code, weight in weights.items()}, MEASURES)
    assert scaled.set_index("id")["weight"].to_dict() == pytest.approx(
        (found.set_index("id")["weight"] * factor).to_dict()
    )
