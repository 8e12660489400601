"""From tidy rows to scores, ranks and tiers."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from lib.core.score import Scores, score, totals_if
from lib.model import SCORE_COLUMNS, Aggregate, Node, Normalise, ScoreOptions, UserError
from tests.unit.core.build import HIGHER, LOWER, NAN, leaf, records, rows, scored, tree

# t = (3·m + 1·n) / 4; m: 1 … 9 the lower the better, n: 0 … 100 the higher the better.
TREE = tree(leaf("m", LOWER, best=1, worst=9, weight=3), leaf("n", HIGHER, best=100, worst=0, weight=1))
VALUES = {"m": [5, 3, 9, None], "n": [60, 80, None, None]}


def test_scores_ranks_and_tiers_by_hand() -> None:
    # A: m 50, n 60, t (150 + 60)/4 = 52.5; B: m 75, n 80, t (225 + 80)/4 = 76.25; C: m 0, t 0 on 3/4 of the weight;
    # D: nothing. Four members cut in thirds: places 1–2, 3, 4.
    expected = [
        ("A", "2020", "t", 52.5, 1.0, 2, 1),
        ("A", "2020", "m", 50.0, 1.0, 2, 1),
        ("A", "2020", "n", 60.0, 1.0, 2, 1),
        ("B", "2020", "t", 76.25, 1.0, 1, 1),
        ("B", "2020", "m", 75.0, 1.0, 1, 1),
        ("B", "2020", "n", 80.0, 1.0, 1, 1),
        ("C", "2020", "t", 0.0, 0.75, 3, 2),
        ("C", "2020", "m", 0.0, 1.0, 3, 2),
        ("C", "2020", "n", None, 0.0, None, None),
        ("D", "2020", "t", None, 0.0, None, None),
        ("D", "2020", "m", None, 0.0, None, None),
        ("D", "2020", "n", None, 0.0, None, None),
    ]
    assert records(scored(VALUES, TREE).frame, SCORE_COLUMNS) == expected


def test_the_frame_is_the_one_of_the_design() -> None:
    frame = scored(VALUES, TREE).frame
    assert tuple(frame.columns) == SCORE_COLUMNS
    types = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert {types[name] for name in ("region", "period", "code")} == {"str"}
    assert [types[name] for name in ("score", "coverage", "rank", "tier")] == ["float64", "float64", "Int64", "Int64"]
    assert list(frame.index) == list(range(12))


def test_no_rows_give_an_empty_frame_with_all_columns() -> None:
    for regions in (None, ("A", "B")):
        frame = score(rows({"m": []}), TREE, regions=regions).frame
        assert frame.empty
        assert tuple(frame.columns) == SCORE_COLUMNS


SEVERAL = pd.concat(
    [
        rows({"m": [1, 4, None, 2.5], "n": [10, 30, 60, 5]}, "2019"),
        rows({"m": [8, 3, 7, 3.3], "n": [None, 41, 41, 99]}, "2020-Q1"),
        rows({"m": [0.1, 0.2, 0.3], "n": [7, 7, 7]}, "2020-Q2"),
    ],
    ignore_index=True,
)
# Without bounds, so that every scale depends on the cohort of the period.
FREE = tree(leaf("m", LOWER, weight=3), leaf("n", HIGHER, weight=1))


@pytest.mark.parametrize(
    ("method", "mean"),
    [
        pair
        for pair in product(Normalise, Aggregate)
        if pair[0] is not Normalise.ZSCORE or pair[1] is Aggregate.ARITHMETIC
    ],
)
@pytest.mark.parametrize("regions", [None, ("A", "B", "C", "D", "E")])
def test_periods_are_independent(method: Normalise, mean: Aggregate, regions: tuple[str, ...] | None) -> None:
    options = ScoreOptions(method, mean)
    together = score(SEVERAL, FREE, options, regions)
    for period in ("2019", "2020-Q1", "2020-Q2"):
        alone = score(SEVERAL[SEVERAL["period"] == period], FREE, options, regions).frame
        part = together.frame[together.frame["period"] == period]
        pd.testing.assert_frame_equal(by_region(alone), by_region(part), check_exact=True)
        pd.testing.assert_frame_equal(together.at(period).frame, part.reset_index(drop=True), check_exact=True)


def by_region(frame: pd.DataFrame) -> pd.DataFrame:
    """Without a fixed cohort regions stand in the order in which the rows first name them."""
    return frame.sort_values(["region", "code"], ignore_index=True)


def test_one_period_is_one_slice_of_every_array() -> None:
    one = score(SEVERAL, FREE).at("2019")
    for name in ("score", "coverage", "rank", "tier"):
        assert getattr(one, name).shape == (1, 4, 3)
    assert one.normalised.scores.shape == (1, 4, 2)
    assert one.normalised.best.shape == one.normalised.worst.shape == (1, 2)
    assert (one.panel.values.shape, one.panel.member.shape) == ((1, 4, 2), (1, 4))


def test_one_period_carries_its_own_reasons() -> None:
    both = score(SEVERAL, FREE)
    assert set(both.reasons) == {("2020-Q2", "n")}  # 7, 7, 7
    assert both.at("2019").reasons == {}
    assert both.at("2020-Q2").reasons == both.reasons


def test_a_fixed_cohort_is_all_there_and_nobody_else() -> None:
    fixed = score(rows({"m": [2, 4, 8, 100]}), FREE, regions=("C", "B", "E"))
    assert list(fixed.standing("m").columns) == ["region", "score", "coverage", "rank", "tier"]
    # Of B 4, C 8 and E nothing: B is the best, C the worst; A's 2 and D's 100 are not looked at.
    assert records(fixed.standing("m"), ("region", "score", "rank", "tier")) == [
        ("C", 0.0, 2, 2),
        ("B", 100.0, 1, 1),
        ("E", None, None, None),
    ]


def test_without_a_cohort_it_is_whoever_has_rows_in_the_period() -> None:
    frame = score(SEVERAL, FREE).frame
    assert set(frame.loc[frame["period"] == "2020-Q2", "region"]) == {"A", "B", "C"}
    assert set(frame.loc[frame["period"] == "2019", "region"]) == {"A", "B", "C", "D"}


def test_tiers_follow_the_cuts_or_the_thirds_of_the_members() -> None:
    values = {"m": [1, 2, 3, 4, 5, 6]}
    framework = tree(leaf("m"))
    assert scored(values, framework).standing("t")["tier"].tolist() == [1, 1, 2, 2, 3, 3]
    cut = scored(values, framework, ScoreOptions(cuts=(1, 4)))
    assert cut.standing("t")["tier"].tolist() == [1, 2, 2, 2, 3, 3]
    # Thirds count the members, also those without a value: six regions, (2, 4), though only four are placed.
    assert scored({"m": [1, 2, 3, 4, None, None]}, framework).standing("t")["tier"].tolist()[:4] == [1, 1, 2, 2]


def test_min_coverage_reaches_the_total() -> None:
    values = {"m": [None, 3], "n": [60, 80]}
    assert np.isnan(scored(values, TREE, ScoreOptions(min_coverage=0.3)).of("A", "t", "2020")[0])
    assert scored(values, TREE, ScoreOptions(min_coverage=0.25)).of("A", "t", "2020") == (60.0, 2.0, 2.0)


@pytest.mark.parametrize("mean", [Aggregate.GEOMETRIC, Aggregate.HARMONIC])
def test_standard_scores_are_only_added_up(mean: Aggregate) -> None:
    with pytest.raises(UserError, match="arithmetic"):
        scored(VALUES, TREE, ScoreOptions(Normalise.ZSCORE, mean))


@pytest.fixture
def scores() -> Scores:
    return scored(VALUES, TREE)


def test_of_gives_score_rank_and_tier(scores: Scores) -> None:
    assert scores.of("B", "t", "2020") == (76.25, 1.0, 1.0)
    assert np.isnan(scores.of("C", "n", "2020")).all()


@pytest.mark.parametrize(
    "address", [("Z", "t", "2020"), ("A", "x", "2020"), ("A", "t", "2021")], ids=["region", "code", "period"]
)
def test_unknown_names_raise(scores: Scores, address: tuple[str, str, str]) -> None:
    with pytest.raises((KeyError, ValueError)):
        scores.of(*address)


def test_an_unknown_period_or_node_raises(scores: Scores) -> None:
    with pytest.raises((KeyError, ValueError)):
        scores.at("2021")
    with pytest.raises(KeyError, match="x"):
        scores.standing("x")


def test_standing_is_for_one_period() -> None:
    with pytest.raises(ValueError, match="at\\(\\)"):
        score(SEVERAL, FREE).standing("t")


def test_a_direction_is_applied_once() -> None:
    # The same distances, once lower and once higher is better: the same scores.
    mirrored = tree(leaf("m", LOWER), leaf("n", HIGHER))
    result = scored({"m": [1, 2, 4], "n": [-1, -2, -4]}, mirrored)
    assert result.score[0, :, 1].tolist() == result.score[0, :, 2].tolist() == pytest.approx([100, 200 / 3, 0])


def test_totals_if_change_one_measure_at_a_time(scores: Scores) -> None:
    # A at m 3 (75): (225 + 60)/4 = 71.25, +18.75; at n 80: (150 + 80)/4 = 57.5, +5; both together are not scored.
    assert totals_if(scores, "A", "2020", {"m": 3, "n": 80}) == pytest.approx({"m": 18.75, "n": 5.0})


def test_totals_if_renormalise_what_is_missing(scores: Scores) -> None:
    # C has only m: its total is m's score, so m at 3 gives all of 75; with n at 100 it is (0 + 100)/4 = 25.
    assert totals_if(scores, "C", "2020", {"m": 3, "n": 100}) == pytest.approx({"m": 75.0, "n": 25.0})


def test_totals_if_without_a_total_are_missing(scores: Scores) -> None:
    assert totals_if(scores, "D", "2020", {"m": 3}) == pytest.approx({"m": NAN}, nan_ok=True)
    assert totals_if(scores, "A", "2020", {}) == {}


def test_a_node_with_a_single_measure_scores_as_it() -> None:
    framework = tree(Node("i", parent="t"), leaf("m", parent="i", best=1, worst=9))
    assert scored({"m": [3, 5]}, framework).score[0].tolist() == [[75, 75, 75], [50, 50, 50]]
