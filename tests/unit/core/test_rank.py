"""Places with ties, and the tiers they fall into."""

from __future__ import annotations

import numpy as np
import pytest

from lib.core.rank import rank, tier
from lib.model import thirds
from tests.unit.core.build import NAN


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([90, 80, 80, 70], [1, 2, 2, 4]),  # "1224"
        ([80, 90, 70, 80], [2, 1, 4, 2]),
        ([50, 50, 50], [1, 1, 1]),
        ([90, 90, 80, 80, 80, 10], [1, 1, 3, 3, 3, 6]),
        ([NAN, 60, NAN, 70], [NAN, 2, NAN, 1]),  # the missing take no place
        ([NAN, NAN], [NAN, NAN]),
        ([42], [1]),
        ([0.0, -0.0, -1.5], [1, 1, 3]),
        ([], []),
    ],
)
def test_ties_share_the_better_place(scores: list[float], expected: list[float]) -> None:
    np.testing.assert_array_equal(rank(np.array(scores, dtype=float)), expected)


@pytest.mark.parametrize(
    ("difference", "expected"),
    [(1e-13, [1, 1, 3]), (9e-10, [1, 1, 3]), (2e-9, [1, 2, 3]), (0.0001, [1, 2, 3])],
)
def test_noise_below_a_billionth_is_no_place_and_nothing_is_rounded(difference: float, expected: list[float]) -> None:
    np.testing.assert_array_equal(rank(np.array([80 + difference, 80, 10])), expected)


def test_the_noise_of_adding_up_does_not_part_equals() -> None:
    assert 0.1 + 0.2 != 0.3
    np.testing.assert_array_equal(rank(np.array([0.3, 0.1 + 0.2, 0.2])), [1, 1, 3])


def test_places_are_counted_along_the_axis() -> None:
    scores = np.array([[[9.0, 1.0], [8.0, 3.0], [9.0, NAN]], [[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]])
    np.testing.assert_array_equal(rank(scores, axis=1), [[[1, 2], [3, 1], [1, NAN]], [[3, 3], [2, 2], [1, 1]]])


def test_tiers_of_the_province() -> None:
    # Eighteen cities cut after 5 and 9: 10–18 is the third tier, as the bulletin of 2020-12-04 says.
    tiers = tier(np.arange(1.0, 19.0), (5, 9))
    assert tiers.tolist() == [1.0] * 5 + [2.0] * 4 + [3.0] * 9


def test_tiers_of_twelve_counties_by_thirds() -> None:
    assert tier(np.arange(1.0, 13.0), thirds(12)).tolist() == [1.0] * 4 + [2.0] * 4 + [3.0] * 4


@pytest.mark.parametrize(("size", "cuts"), [(12, (4, 8)), (18, (6, 12)), (10, (4, 7)), (2, (1, 2)), (1, (1, 1))])
def test_thirds(size: int, cuts: tuple[int, int]) -> None:
    assert thirds(size) == cuts


def test_a_tie_on_the_cut_stays_together() -> None:
    # Two share place 4, nobody is 5th: both are in the first tier of (4, 8).
    assert tier(np.array([1.0, 2, 3, 4, 4, 6, NAN]), (4, 8)).tolist()[:6] == [1, 1, 1, 1, 1, 2]


def test_no_place_no_tier() -> None:
    assert np.isnan(tier(np.array([NAN]), (4, 8))).all()


def test_without_cuts_all_are_one_tier() -> None:
    assert tier(np.array([1.0, 7.0]), ()).tolist() == [1, 1]
