"""Distance to a benchmark on a case small enough to do by hand."""

from __future__ import annotations

import numpy as np
import pytest

from lib.core.gap import COLUMNS, best_of_cohort, gaps, holders, is_higher, median_of_cohort, values_of
from lib.core.score import Scores
from lib.core.whatif import what_if
from lib.model import Node
from tests.unit.core.build import HIGHER, LOWER, NAN, leaf, records, scored, tree

# t = (3·m + 1·n) / 4. m: (9 − x)/8; n: x/100.
TREE = tree(leaf("m", LOWER, best=1, worst=9, weight=3), leaf("n", HIGHER, best=100, worst=0, weight=1))
#        A   B   C     D        m: 50 75  0  –; places 2 1 3 –
VALUES = {"m": [5, 3, 9, None], "n": [60, 80, 40, 90]}  # n: 60 80 40 90; places 3 2 4 1


@pytest.fixture
def scores() -> Scores:
    return scored(VALUES, TREE)


def test_behind_on_both_in_units_percent_points_and_places(scores: Scores) -> None:
    table = gaps(scores, "A", "2020", {"n": 80, "m": 3})
    assert tuple(table.columns) == COLUMNS
    assert table["code"].tolist() == ["m", "n"]  # the one that gives the total most comes first
    # m, lower is better: 5 against 3 is 2 behind, 2/3 of theirs; 50 → 75; shares place 1 with B: one place up.
    # n, higher is better: 60 against 80 is 20 behind, 20/80 of theirs; 60 → 80; shares place 2 with B: one place up.
    expected = {
        "ours": [5, 60],
        "theirs": [3, 80],
        "gap": [2, 20],
        "gap_percent": [100 * 2 / 3, 25],
        "score": [50, 60],
        "score_if": [75, 80],
        "points": [25, 20],
        "rank": [2, 3],
        "rank_if": [1, 2],
        "places": [1, 1],
        "total": [18.75, 5],  # 3/4 of 25 and 1/4 of 20
    }
    for column, values in expected.items():
        assert table[column].tolist() == pytest.approx(values, abs=1e-12), column


def test_ahead_is_a_negative_gap(scores: Scores) -> None:
    # Against C's 9 and 40: m −4 of 9, 50 → 0, place 2 either way (C and A share it); n −20 of 40, 60 → 40, shares 3.
    table = gaps(scores, "A", "2020", {"m": 9, "n": 40})
    assert table["code"].tolist() == ["n", "m"]  # loses 5, loses 37.5
    assert table["gap"].tolist() == [-20, -4]
    assert table["gap_percent"].tolist() == pytest.approx([-50, -400 / 9])
    assert table["points"].tolist() == [-20, -50]
    assert table["places"].tolist() == [0, 0]
    assert table["total"].tolist() == pytest.approx([-5, -37.5])


def test_level_is_a_gap_of_nothing(scores: Scores) -> None:
    row = gaps(scores, "A", "2020", {"m": 5}).iloc[0]
    assert row[["gap", "gap_percent", "points", "places", "total"]].tolist() == [0, 0, 0, 0, 0]


def test_a_benchmark_of_zero_has_no_percent(scores: Scores) -> None:
    table = gaps(scores, "A", "2020", {"m": 0, "n": 0}).set_index("code")
    assert table["gap"].to_dict() == {"m": 5, "n": -60}
    assert table["gap_percent"].isna().all()
    assert table["points"].to_dict() == {"m": 50, "n": -60}  # beyond the best end it is 100 and no more


def test_a_negative_benchmark_keeps_the_sign_of_the_gap() -> None:
    growth = scored({"g": [-6, 2]}, tree(leaf("g", HIGHER, best=10, worst=-10)))
    row = gaps(growth, "A", "2020", {"g": -4}).iloc[0]
    assert (row["gap"], row["gap_percent"]) == (2, 50)  # −6 against −4: 2 behind, half of 4


def test_without_our_value_there_is_no_gap(scores: Scores) -> None:
    row = gaps(scores, "D", "2020", {"m": 3}).iloc[0]
    assert np.isnan(row[["ours", "gap", "gap_percent", "points", "places", "score", "rank"]].astype(float)).all()
    assert (row["theirs"], row["score_if"], row["rank_if"]) == (3, 75, 1)
    assert np.isnan(row["total"])


def test_benchmarks_that_are_missing_or_foreign_are_left_out(scores: Scores) -> None:
    assert gaps(scores, "A", "2020", {"m": NAN, "elsewhere": 4.0, "n": 80})["code"].tolist() == ["n"]


def test_no_benchmark_gives_an_empty_table_with_all_columns(scores: Scores) -> None:
    table = gaps(scores, "A", "2020", {})
    assert table.empty
    assert tuple(table.columns) == COLUMNS


def test_the_total_is_what_a_what_if_of_that_one_measure_gives() -> None:
    # A lacks n, so m carries its whole total: closing m adds all of its 25 points, not three quarters.
    scores = scored({"m": [5, 3, 9], "n": [None, 80, 40]}, TREE)
    table = gaps(scores, "A", "2020", {"m": 3})
    assert table["total"].tolist() == [25.0]
    assert what_if(scores, "A", "2020", {"m": 3}).points == 25.0


def test_a_benchmark_better_than_the_cohort_moves_a_scale_made_by_the_cohort() -> None:
    # Without bounds the ends are 3 and 9. At 1 the region itself is the best end and scores 100, not more.
    free = scored({"m": [5, 3, 9]}, tree(leaf("m", LOWER)))
    row = gaps(free, "A", "2020", {"m": 1}).iloc[0]
    assert (row["score"], row["score_if"]) == (pytest.approx(100 * 4 / 6), 100)
    assert (row["rank"], row["rank_if"], row["places"]) == (2, 1, 1)


def test_largest_gain_in_the_total_first_and_missing_last() -> None:
    framework = tree(*(leaf(code, HIGHER, best=100, worst=0, weight=w) for code, w in (("a", 1), ("b", 9), ("c", 1))))
    scores = scored({"a": [10, 90], "b": [80, 90], "c": [90, 50]}, framework)
    # total gains: a 80/11, b 90/11, c −40/11
    assert records(gaps(scores, "A", "2020", {"a": 90, "b": 90, "c": 50}), ("code", "points")) == [
        ("b", 10.0),
        ("a", 80.0),
        ("c", -40.0),
    ]


def test_the_best_and_the_median_of_the_cohort(scores: Scores) -> None:
    assert best_of_cohort(scores, "2020") == {"m": 3, "n": 90}
    assert median_of_cohort(scores, "2020") == {"m": 5, "n": 70}  # of 3 5 9; of 40 60 80 90


def test_a_measure_nobody_has_is_no_benchmark() -> None:
    scores = scored({"m": [5, 3], "n": [None, None]}, TREE)
    assert best_of_cohort(scores, "2020") == {"m": 3}
    assert median_of_cohort(scores, "2020") == {"m": 4}


def test_another_members_values(scores: Scores) -> None:
    assert values_of(scores, "D", "2020") == pytest.approx({"m": NAN, "n": 90}, nan_ok=True)


def test_who_holds_the_best(scores: Scores) -> None:
    assert holders(scores, "2020", best_of_cohort(scores, "2020")) == {"m": ("B",), "n": ("D",)}
    tied = scored({"m": [3, 3, 9]}, tree(leaf("m")))
    assert holders(tied, "2020", {"m": 3.0}) == {"m": ("A", "B")}


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (leaf("m", HIGHER), True),
        (leaf("m", LOWER), False),
        (Node("m", parent="t", best=9, worst=1), True),
        (Node("m", parent="t", best=1, worst=9), False),
    ],
)
def test_is_higher(node: Node, expected: bool) -> None:
    assert is_higher(tree(node), "m") is expected
