"""Values become 0–100, worked out by hand; direction is applied here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
import pytest

from lib.core.normalise import FLAT, NO_VALUES, Normalised, normalise, scale
from lib.core.panel import Panel
from lib.model import Direction, Node, Normalise
from tests.unit.core.build import HIGHER, LOWER, NAN, leaf, tree

KEY = ("2020", "m")
METHODS = list(Normalise)


def judged(values: Sequence[float | None], node: Node, method: Normalise = Normalise.FRONTIER) -> Normalised:
    """One measure of a cohort as large as the list."""
    column = np.array([NAN if value is None else value for value in values]).reshape(1, -1, 1)
    panel = Panel(("2020",), tuple("ABCDEFGHIJ"[: len(values)]), ("m",), column, np.full((1, len(values)), True))
    return normalise(panel, tree(node), method)


def scores(values: Sequence[float | None], node: Node, method: Normalise = Normalise.FRONTIER) -> list[float]:
    return judged(values, node, method).scores[0, :, 0].tolist()


@pytest.mark.parametrize(
    ("node", "value", "expected"),
    [
        # lower is better, 1 … 9: 100·(9 − x)/(9 − 1)
        (leaf("m", LOWER, best=1, worst=9), 3, 75.0),
        (leaf("m", LOWER, best=1, worst=9), 1, 100.0),
        (leaf("m", LOWER, best=1, worst=9), 9, 0.0),
        (leaf("m", LOWER, best=1, worst=9), 0.5, 100.0),  # clipped: better than the frontier
        (leaf("m", LOWER, best=1, worst=9), 12, 0.0),  # clipped: worse than the worst
        # higher is better, 20 … 100: 100·(20 − x)/(20 − 100)
        (leaf("m", HIGHER, best=100, worst=20), 60, 50.0),
        (leaf("m", HIGHER, best=100, worst=20), 100, 100.0),
        (leaf("m", HIGHER, best=100, worst=20), 20, 0.0),
        (leaf("m", HIGHER, best=100, worst=20), 120, 100.0),
        (leaf("m", HIGHER, best=100, worst=20), 10, 0.0),
        # ends below zero: 100·(−10 − x)/(−10 − 10) at 5 is 75
        (leaf("m", HIGHER, best=10, worst=-10), 5, 75.0),
        # the ends say the direction when it is left empty
        (Node("m", parent="t", best=1, worst=9), 3, 75.0),
        (Node("m", parent="t", best=100, worst=20), 60, 50.0),
        # power bends the share: 0.75² = 0.5625, √0.25 = 0.5; the ends stay
        (leaf("m", LOWER, best=1, worst=9, power=2.0), 3, 56.25),
        (leaf("m", LOWER, best=1, worst=9, power=0.5), 7, 50.0),
        (leaf("m", LOWER, best=1, worst=9, power=0.5), 12, 0.0),
        (leaf("m", LOWER, best=1, worst=9, power=2.0), 0, 100.0),
    ],
)
def test_frontier(node: Node, value: float, expected: float) -> None:
    assert scores([value], node) == [pytest.approx(expected, abs=1e-12)]


def test_doing_business_paying_taxes_example() -> None:
    # Total tax and contribution rate: best 26.1, worst 84, power 0.8; at 55.05, the middle: 100·0.5^0.8 = 57.4349…
    assert scores([55.05], leaf("m", LOWER, best=26.1, worst=84, power=0.8)) == [pytest.approx(57.43491774985174)]


@pytest.mark.parametrize(
    ("node", "values", "expected"),
    [
        (leaf("m", LOWER), [4, 6, 8, 5], [100, 50, 0, 75]),
        (leaf("m", HIGHER), [4, 6, 8, 5], [0, 50, 100, 25]),
        (leaf("m", HIGHER, best=100, worst=0), [4, 6, 8, 5], [0, 50, 100, 25]),  # bounds are not used
        (Node("m", parent="t", best=0, worst=100), [4, 6, 8, 5], [100, 50, 0, 75]),  # but say the direction
        (leaf("m", LOWER, power=2.0), [4, 6, 8, 5], [100, 25, 0, 56.25]),
    ],
)
def test_minmax(node: Node, values: list[float], expected: list[float]) -> None:
    assert scores(values, node, Normalise.MINMAX) == pytest.approx(expected, abs=1e-12)


def test_a_frontier_left_empty_falls_back_on_the_cohort() -> None:
    assert scores([4, 6, 8], leaf("m", LOWER)) == pytest.approx([100, 50, 0])


@pytest.mark.parametrize(
    ("direction", "values", "expected"),
    [
        (HIGHER, [1, 2, 3], [-1, 0, 1]),  # mean 2, sample sd √((1+0+1)/2) = 1
        (LOWER, [1, 2, 3], [1, 0, -1]),
        (HIGHER, [1, None, 2, 3], [-1, NAN, 0, 1]),
        # mean 5, squares sum to 9+1+1+1+0+0+4+16 = 32, sample variance 32/7
        (HIGHER, [2, 4, 4, 4, 5, 5, 7, 9], [(x - 5) / sqrt(32 / 7) for x in (2, 4, 4, 4, 5, 5, 7, 9)]),
        (LOWER, [10, 20], [1 / sqrt(2), -1 / sqrt(2)]),  # mean 15, sd √(50/1)
    ],
)
def test_zscore(direction: Direction, values: list[float | None], expected: list[float]) -> None:
    assert scores(values, leaf("m", direction), Normalise.ZSCORE) == pytest.approx(expected, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize(
    ("direction", "values", "expected"),
    [
        # 100 · (how many are strictly worse) / (n − 1); ties share the lower place
        (HIGHER, [10, 20, 20, 40], [0, 100 / 3, 100 / 3, 100]),
        (LOWER, [10, 20, 20, 40], [100, 100 / 3, 100 / 3, 0]),
        (HIGHER, [10, None, 30], [0, NAN, 100]),
        (LOWER, [5, 5, 9], [50, 50, 0]),
        (HIGHER, [-5, 0, 5, 10, 15], [0, 25, 50, 75, 100]),
    ],
)
def test_rank_percentile(direction: Direction, values: list[float | None], expected: list[float]) -> None:
    assert scores(values, leaf("m", direction), Normalise.RANK) == pytest.approx(expected, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("node", [leaf("m", LOWER, best=0, worst=9), leaf("m", HIGHER, best=9, worst=0), leaf("m")])
def test_missing_stays_missing(method: Normalise, node: Node) -> None:
    assert [np.isnan(score) for score in scores([1, None, 5, NAN], node, method)] == [False, True, False, True]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("values", [[7, 7, 7], [7, None, 7], [7], [0, 0]])
def test_a_flat_cohort_scores_nothing_and_says_why(method: Normalise, values: list[float | None]) -> None:
    result = judged(values, leaf("m"), method)
    assert np.isnan(result.scores).all()
    assert result.reasons == {KEY: FLAT}


@pytest.mark.parametrize("method", METHODS)
def test_no_values_is_another_reason(method: Normalise) -> None:
    assert judged([None, None], leaf("m", best=1, worst=9), method).reasons == {KEY: NO_VALUES}


def test_a_flat_cohort_on_a_given_frontier_is_scored() -> None:
    result = judged([5, 5], leaf("m", LOWER, best=1, worst=9))
    assert result.scores[0, :, 0].tolist() == [50, 50]
    assert result.reasons == {}


@pytest.mark.parametrize(
    ("node", "values", "ends", "expected"),
    [
        # best given, worst from the cohort (5): (5 − x)/(5 − 2), clipped above
        (leaf("m", LOWER, best=2), [1, 3, 5], (2, 5), [100, 200 / 3, 0]),
        # worst given, best from the cohort (1): (9 − x)/(9 − 1), clipped below
        (leaf("m", LOWER, worst=9), [1, 5, 11], (1, 9), [100, 50, 0]),
        # best given, worst from the cohort (50): (50 − x)/(50 − 90)
        (leaf("m", HIGHER, best=90), [50, 80, 95], (90, 50), [0, 75, 100]),
        # worst given, best from the cohort (80): (40 − x)/(40 − 80)
        (leaf("m", HIGHER, worst=40), [30, 60, 80], (80, 40), [0, 50, 100]),
        # one value is enough when it is not the given end: it is the cohort's worst
        (leaf("m", LOWER, best=2), [6], (2, 6), [0]),
    ],
)
def test_the_missing_end_comes_from_the_cohort(
    node: Node, values: list[float], ends: tuple[float, float], expected: list[float]
) -> None:
    result = judged(values, node)
    assert (result.best[0, 0], result.worst[0, 0]) == ends
    assert not result.fixed[0]
    assert result.scores[0, :, 0] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("node", "values"),
    [
        (leaf("m", LOWER, best=10), [5, 6, 7]),
        (leaf("m", LOWER, worst=3), [5, 6, 7]),
        (leaf("m", HIGHER, best=3), [5, 6, 7]),
        (leaf("m", HIGHER, worst=10), [5, 6, 7]),
    ],
)
def test_a_cohort_wholly_beyond_the_only_bound_has_no_scale(node: Node, values: list[float]) -> None:
    # The scale would be turned round: its worst end better than its best.
    result = judged(values, node)
    assert np.isnan(result.scores).all()
    assert np.isnan([result.best[0, 0], result.worst[0, 0]]).all()
    assert KEY in result.reasons


def test_the_ends_that_were_used_are_told() -> None:
    both, none = judged([4, 8], leaf("m", best=1, worst=9)), judged([4, 8], leaf("m"))
    assert (both.best[0, 0], both.worst[0, 0], bool(both.fixed[0])) == (1, 9, True)
    assert (none.best[0, 0], none.worst[0, 0], bool(none.fixed[0])) == (4, 8, False)


def test_each_period_and_measure_has_its_own_scale() -> None:
    framework = tree(leaf("m", LOWER), leaf("n", HIGHER))
    values = np.array([[[1.0, 10.0], [3.0, 30.0], [2.0, 15.0]], [[5.0, 0.0], [5.0, 8.0], [5.0, 2.0]]])
    panel = Panel(("2019", "2020"), ("A", "B", "C"), ("m", "n"), values, np.full((2, 3), True))
    result = normalise(panel, framework, Normalise.MINMAX)
    assert result.scores[0].tolist() == [[100, 0], [0, 100], [50, 25]]
    assert result.scores[1, :, 1].tolist() == [0, 100, 25]
    assert result.reasons == {("2020", "m"): FLAT}


def test_regions_that_do_not_take_part_do_not_stretch_the_scale() -> None:
    values = np.array([[[1.0], [3.0], [100.0]]])
    panel = Panel(("2020",), ("A", "B", "C"), ("m",), values, np.array([[True, True, False]]))
    assert normalise(panel, tree(leaf("m")), Normalise.MINMAX).scores[0, :, 0] == pytest.approx(
        [100, 0, NAN], nan_ok=True
    )


def test_a_scale_whose_ends_meet_gives_no_score() -> None:
    assert np.isnan(scale(np.array([4.0, 5.0]), np.array(5.0), np.array(5.0))).all()


@pytest.mark.parametrize(("ends", "free"), [({"best": 1, "worst": 9}, 0), ({"best": 1}, 1), ({"worst": 9}, 1), ({}, 1)])
def test_a_measure_without_both_ends_is_free(ends: dict[str, float], free: int) -> None:
    assert judged([2, 5], leaf("m", LOWER, **ends)).free == free
