"""Places under other weights, without an indicator, by other methods."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.core import robustness
from lib.core.robustness import drawn_totals, drawn_weights, dropped, stability, swapped
from lib.core.score import Scores, score_panel
from lib.core.whatif import reweighted
from lib.model import Aggregate, Framework, Node, Normalise, ScoreOptions
from tests.unit.core.build import HIGHER, leaf, records, scored, tree
from tests.unit.core.test_properties import Case, cases, means, methods

SOME = settings(max_examples=40, deadline=None)
# The scores of these measures are their values.
FLAT = tree(leaf("m", HIGHER, best=100, worst=0), leaf("n", HIGHER, best=100, worst=0))
# Two levels: t = (2·i + 1·p) / 3, i = (1·a + 3·b) / 4; c weighs nothing.
DEEP = tree(
    Node("i", parent="t", weight=2),
    leaf("p", HIGHER, best=100, worst=0, weight=1),
    leaf("a", HIGHER, "i", best=100, worst=0, weight=1),
    leaf("b", HIGHER, "i", best=100, worst=0, weight=3),
    leaf("c", HIGHER, "i", best=100, worst=0, weight=0),
)
HOLES = {"p": [50, None, 20, 0], "a": [40, 70, None, 60], "b": [90, 20, None, None], "c": [1, 2, 3, 4]}


def by_score_panel(scores: Scores, weights: np.ndarray) -> np.ndarray:
    """The total under each row of weights, by the functions that score everything else."""
    codes = [node.code for node in scores.framework.nodes]
    rescored = [
        score_panel(
            scores.panel, reweighted(scores.framework, dict(zip(codes, row.tolist(), strict=True))), scores.options
        )
        for row in weights
    ]
    return np.stack([each.score[0, :, codes.index("t")] for each in rescored], axis=1)


def test_the_share_of_draws_is_the_integral() -> None:
    # A is 10 ahead on m and 12 behind on n: it leads where u > 1.2·v, u and v uniform on [0.75, 1.25].
    # ∫ (1.25 − 1.2·v) dv from 0.75 to 1.25/1.2, over 0.5² = 0.6·(1.25/1.2 − 0.75)² / 0.25
    share = 0.6 * (1.25 / 1.2 - 0.75) ** 2 / 0.25
    found = stability(scored({"m": [60, 50], "n": [40, 52]}, FLAT))
    assert found.pairs["share"].tolist() == pytest.approx([share], abs=0.012)  # three standard errors
    assert records(found.pairs, ("ahead", "behind", "close")) == [("B", "A", True)]
    assert found.frame.set_index("region").loc["B", "kept"] == pytest.approx(1 - share, abs=0.012)


def test_a_lead_on_everything_is_firm_and_places_level_now_are_close() -> None:
    found = stability(scored({"m": [60, 50, 50], "n": [60, 50, 50]}, FLAT), draws=500)
    columns = ("region", "rank", "low", "high", "best", "worst", "kept", "firm")
    # Thirds of three: the two on place 2 are in the second tier.
    assert records(found.frame, columns) == [
        ("A", 1, 1, 1, 1, 1, 1.0, True),
        ("B", 2, 2, 2, 2, 2, 1.0, True),
        ("C", 2, 2, 2, 2, 2, 1.0, True),
    ]
    assert records(found.pairs, ("ahead", "behind", "share", "close")) == [
        ("A", "B", 0.0, False),
        ("B", "C", 1.0, True),
    ]


def counted(places: list[list[int]], rank: tuple[float, ...]) -> robustness.Stability:
    """A hundred draws of a two-place cohort with these counts of places."""
    scores = scored({"m": [60, 50], "n": [60, 50]}, FLAT)
    assert scores.rank[0, :, 0].tolist() == list(rank)
    return replace(stability(scores, draws=100), places=np.array(places))


def test_the_usual_places_leave_out_less_than_five_per_cent_at_either_end() -> None:
    # 4 of 100 below the fifth twentieth: place 1 of B is rare; 5 are not.
    rare = counted([[96, 4], [4, 96]], (1, 2)).frame
    assert records(rare, ("region", "low", "high", "best", "worst")) == [("A", 1, 1, 1, 2), ("B", 2, 2, 1, 2)]
    often = counted([[94, 6], [5, 95]], (1, 2)).frame
    assert records(often, ("region", "low", "high")) == [("A", 1, 2), ("B", 1, 2)]


def test_a_tier_is_firm_from_ninety_five_per_cent_on() -> None:
    # Thirds of two: place 1 is the first tier, place 2 the second.
    found = counted([[95, 5], [6, 94]], (1, 2))
    assert records(found.frame, ("region", "tier", "kept", "firm")) == [("A", 1, 0.95, True), ("B", 2, 0.94, False)]
    assert found.shares.loc["A"].tolist() == [0.95, 0.05, 0.0]


def test_neighbours_are_close_from_five_per_cent_on() -> None:
    scores = scored({"m": [60, 50], "n": [60, 50]}, FLAT)
    one_in_twenty = replace(stability(scores, draws=100), caught=np.array([5]))
    assert one_in_twenty.pairs["close"].tolist() == [True]
    assert replace(one_in_twenty, caught=np.array([4])).pairs["close"].tolist() == [False]


@pytest.mark.parametrize("mean", list(Aggregate))
@pytest.mark.parametrize("coverage", [0.0, 0.45, 0.7])
def test_each_draw_is_what_scoring_with_its_weights_gives(mean: Aggregate, coverage: float) -> None:
    scores = scored(HOLES, DEEP, ScoreOptions(aggregate=mean, min_coverage=coverage))
    weights = next(drawn_weights(DEEP, 60, 1))
    np.testing.assert_allclose(drawn_totals(scores, weights), by_score_panel(scores, weights), rtol=0, atol=1e-9)


def test_coverage_depends_on_the_draw() -> None:
    # B has i (2/3 of the weight) without p: at least 0.65 of it in some draws and not in others.
    scores = scored(HOLES, DEEP, ScoreOptions(min_coverage=0.65))
    found = stability(scores, draws=400)
    assert 0 < found.places[1].sum() < 400
    assert found.shares.sum(axis=1).tolist() == pytest.approx([1.0] * len(found.frame))


def test_by_hand_on_two_levels_with_a_hole() -> None:
    # Weights t, i, p, a, b, c = 1, 2, 1, 1, 1, 0: A (2·65 + 50)/3, B (2·45)/2, C 20, D (2·60 + 0)/3.
    weights = np.array([[1.0, 2, 1, 1, 1, 0]])
    assert drawn_totals(scored(HOLES, DEEP), weights)[:, 0].tolist() == pytest.approx([60.0, 45.0, 20.0, 40.0])


def test_weights_are_within_a_quarter_and_zero_stays_zero() -> None:
    chunks = list(drawn_weights(DEEP, 1200, 3))
    assert max(len(chunk) for chunk in chunks) <= robustness.CHUNK
    drawn = np.concatenate(chunks)
    base = np.array([node.weight for node in DEEP.nodes])
    assert drawn.shape == (1200, len(base))
    assert (drawn[:, base == 0] == 0).all()
    factor = drawn[:, base > 0] / base[base > 0]
    assert 0.75 <= factor.min() < 0.752
    assert 1.248 < factor.max() <= 1.25
    assert factor.mean() == pytest.approx(1.0, abs=0.01)


def test_the_same_seed_gives_the_same_and_chunks_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = scored({"m": [60, 50, 55], "n": [40, 52, 46]}, FLAT)
    first = stability(scores, draws=900, seed=7)
    monkeypatch.setattr(robustness, "CHUNK", 37)
    again = stability(scores, draws=900, seed=7)
    assert (first.places == again.places).all()
    assert (first.caught == again.caught).all()
    assert (first.places != stability(scores, draws=900, seed=8).places).any()
    assert (first.draws, first.seed) == (900, 7)


def test_who_has_no_total_has_no_place() -> None:
    found = stability(scored({"m": [60, None, 50], "n": [60, None, 50]}, FLAT), draws=50)
    assert found.frame["region"].tolist() == ["A", "C"]
    assert found.places[1].sum() == 0
    nobody = stability(scored({"m": [5, 5], "n": [None, None]}, tree(leaf("m"), leaf("n"))), draws=50)
    assert nobody.frame.empty
    assert nobody.pairs.empty


def test_each_indicator_left_out_by_hand() -> None:
    # Together A 55, B 52, C 40; without m A 30, B 50, C 80; without n A 80, B 54, C 0.
    scores = scored({"m": [80, 54, 0], "n": [30, 50, 80]}, FLAT)
    assert records(dropped(scores), ("region", "code", "rank", "tier", "gained")) == [
        ("A", "m", 3.0, 3.0, -2.0),
        ("B", "m", 2.0, 2.0, 0.0),
        ("C", "m", 1.0, 1.0, 2.0),
        ("A", "n", 1.0, 1.0, 0.0),
        ("B", "n", 2.0, 2.0, 0.0),
        ("C", "n", 3.0, 3.0, 0.0),
    ]


def test_what_is_all_of_it_is_not_left_out() -> None:
    alone = tree(leaf("m", HIGHER, best=100, worst=0), leaf("n", HIGHER, best=100, worst=0, weight=0))
    assert dropped(scored({"m": [1, 2], "n": [2, 1]}, alone)).empty


def test_left_out_a_region_may_have_nothing() -> None:
    found = dropped(scored({"m": [80, 54], "n": [None, 50]}, FLAT))
    assert records(found[found["code"] == "m"], ("region", "rank", "gained")) == [("A", None, None), ("B", 1.0, 1.0)]


def test_other_methods_by_hand() -> None:
    # Frontier 50, 48, 30; geometric √(90·10) = 30, 48, 30: level.
    scores = scored({"m": [90, 48, 30], "n": [10, 48, 30]}, FLAT)
    places = swapped(scores).set_index(["code", "region"])
    assert places.loc["frontier/arithmetic", "rank"].tolist() == [1.0, 2.0, 3.0]
    assert places.loc["frontier/arithmetic", "gained"].tolist() == [0.0, 0.0, 0.0]
    assert places.loc["frontier/geometric", "score"].tolist() == pytest.approx([30, 48, 30])
    assert places.loc["frontier/geometric", "rank"].tolist() == [2.0, 1.0, 2.0]
    assert places.loc["frontier/geometric", "gained"].tolist() == [-1.0, 1.0, 1.0]
    # 2 / (1/90 + 1/10) = 18
    assert places.loc["frontier/harmonic", "score"].tolist() == pytest.approx([18, 48, 30])
    # Ranks: m 100, 50, 0; n 0, 100, 50.
    assert places.loc["rank/arithmetic", "score"].tolist() == [50, 75, 25]
    assert {code for code, _ in places.index if code.startswith("zscore")} == {"zscore/arithmetic"}
    assert len(places) == 3 * 10


def test_a_total_that_one_zero_makes_zero_has_no_place() -> None:
    places = swapped(scored({"m": [90, 0, 0], "n": [10, 80, 50]}, FLAT)).set_index(["code", "region"])
    geometric = places.loc["frontier/geometric"]
    assert geometric["score"].tolist() == pytest.approx([30, 0, 0])
    assert records(geometric, ("rank", "tier", "gained")) == [(1.0, 1.0, 0.0), (None, None, None), (None, None, None)]
    # An arithmetic zero is a score like any other.
    zero = swapped(scored({"m": [90, 0], "n": [10, 0]}, FLAT)).set_index(["code", "region"])
    assert zero.loc[("frontier/arithmetic", "B"), "rank"] == 2.0


@SOME
@given(cases(), methods, means, st.sampled_from([0.0, 0.3, 0.6]))
def test_any_tree_any_holes_each_draw_is_a_scoring(
    case: Case, method: Normalise, mean: Aggregate, coverage: float
) -> None:
    scores = case.scored(ScoreOptions(method, mean, coverage)).at("2020")
    weights = next(drawn_weights(case.framework, 5, 11))
    np.testing.assert_allclose(drawn_totals(scores, weights), by_score_panel(scores, weights), rtol=0, atol=1e-9)


@SOME
@given(cases(), methods, means)
def test_shares_sum_to_one_and_ranges_hold_each_other(case: Case, method: Normalise, mean: Aggregate) -> None:
    found = stability(case.scored(ScoreOptions(method, mean)).at("2020"), draws=80)
    assert found.shares.sum(axis=1).to_numpy() == pytest.approx(np.ones(len(found.frame)))
    frame = found.frame
    assert (frame["best"] <= frame["low"]).all()
    assert (frame["low"] <= frame["high"]).all()
    assert (frame["high"] <= frame["worst"]).all()
    assert frame["kept"].between(0, 1).all()
    assert found.pairs["share"].between(0, 1).all()
    places = found.places[found.order]
    for row, at in zip(places, frame.itertuples(), strict=True):
        assert row[at.low - 1 : at.high].sum() >= 0.9 * row.sum()
        assert row.sum() == row[at.best - 1 : at.worst].sum() == 80


def test_a_framework_of_one_weight_never_moves() -> None:
    alone = Framework((Node("t"), leaf("m", HIGHER, best=100, worst=0)))
    assert stability(scored({"m": [1, 2]}, alone), draws=20).frame["kept"].tolist() == [1.0, 1.0]
