"""A region beside its cohort, worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from lib.core.profile import ahead_on, benchmark_scores, spine, standouts
from lib.model import Node, Normalise, ScoreOptions
from tests.unit.core.build import HIGHER, LOWER, NAN, leaf, records, scored, tree

TREE = tree(
    Node("a", parent="t"),
    Node("b", parent="t"),
    leaf("a1", HIGHER, parent="a", best=100, worst=0),
    leaf("a2", LOWER, parent="a", best=0, worst=10),
    leaf("b1", HIGHER, parent="b"),
)
#                        A    B   C   D   E
SCORES = scored({"a1": [10, 20, 30, 40, 90], "a2": [5, 5, 5, 5, None], "b1": [None, 7, 7, 7, 7]}, TREE)


def nothing(scores) -> np.ndarray:
    return np.full(len(scores.framework.nodes), NAN)


def test_spine_has_the_quartiles_of_each_node() -> None:
    table = spine(SCORES, "B", "2020", nothing(SCORES))
    assert list(table.index) == ["t", "a", "b", "a1", "a2", "b1"]
    assert list(table.columns) == ["score", "rank", "of", "low", "q1", "median", "q3", "high", "benchmark"]
    assert table.loc["a1"].tolist()[:-1] == [20, 4, 5, 10, 20, 30, 40, 90]
    assert table.loc["a2"].tolist()[:-1] == [50, 1, 4, 50, 50, 50, 50, 50]
    # a: 30, 35, 40, 45, 90
    assert table.loc["a"].tolist()[:-1] == [35, 4, 5, 30, 35, 40, 45, 90]


def test_a_flat_measure_and_a_missing_value_are_missing_not_zero() -> None:
    table = spine(SCORES, "A", "2020", nothing(SCORES))
    assert table.loc["b1"].drop("of").isna().all()
    assert table.at["b1", "of"] == 0
    missing = spine(SCORES, "E", "2020", nothing(SCORES)).loc["a2"]
    assert math.isnan(missing["score"])
    assert missing["median"] == 50


def test_a_benchmark_is_put_on_the_scale_and_goes_up_the_tree_only_where_it_is_whole() -> None:
    index = SCORES.framework.index
    found = benchmark_scores(SCORES, "2020", {"a1": 60.0, "a2": 2.5})
    assert [found[index[code]] for code in ("a1", "a2", "a", "t")] == [60, 75, 67.5, 67.5]
    # b1 has no score for anyone: it is not what is lacking.
    half = benchmark_scores(SCORES, "2020", {"a1": 60.0})
    assert half[index["a1"]] == 60
    assert np.isnan([half[index[code]] for code in ("a2", "a", "t")]).all()
    # Better than the best end is the best score.
    assert benchmark_scores(SCORES, "2020", {"a1": 170.0})[index["a1"]] == 100


def test_a_member_has_the_scores_that_it_has() -> None:
    found = benchmark_scores(SCORES, "2020", {}, "E")
    assert found[SCORES.framework.index["a"]] == 90
    assert math.isnan(found[SCORES.framework.index["a2"]])


def test_an_outsider_has_no_place_on_a_percentile() -> None:
    scores = scored({"m": [1, 2, 3]}, tree(leaf("m")), ScoreOptions(Normalise.RANK))
    assert np.isnan(benchmark_scores(scores, "2020", {"m": 2.0})).all()


def rows_of(*rows: tuple[str, float, float, int, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["code", "score", "rank", "of", "median"]).set_index("code")


def test_what_stands_out_is_in_an_outer_quarter_and_beyond_the_median() -> None:
    rows = rows_of(
        ("first", 90, 1, 12, 50),
        ("third", 60, 3, 12, 50),
        ("fourth", 99, 4, 12, 50),  # not in the first quarter
        ("shared", 50, 1, 12, 50),  # first with most of them: no better than the median
        ("ninth", 1, 9, 12, 50),  # not in the last quarter
        ("tenth", 20, 10, 12, 50),
        ("last", 0, 12, 12, 10),
        ("missing", NAN, NAN, 12, 50),
    )
    strong, weak = standouts(rows)
    assert strong["distance"].to_dict() == {"first": 40, "third": 10}
    assert weak["distance"].to_dict() == {"tenth": -30, "last": -10}


def test_at_most_five_of_each() -> None:
    strong, weak = standouts(rows_of(*((f"m{i}", 60.0 + i, 1.0, 12, 50.0) for i in range(7))))
    assert list(strong.index) == ["m6", "m5", "m4", "m3", "m2"]
    assert weak.empty


def test_where_another_is_ahead() -> None:
    found = ahead_on(SCORES, "B", "E", "2020", ["a", "b", "a1"])
    assert records(found, ("code", "ours", "theirs", "lead")) == [("a1", 20, 90, 70), ("a", 35, 90, 55)]
    assert ahead_on(SCORES, "E", "B", "2020", ["a", "b", "a1"]).empty


def test_an_unknown_region_is_an_error() -> None:
    with pytest.raises(ValueError):
        spine(SCORES, "Z", "2020", nothing(SCORES))
