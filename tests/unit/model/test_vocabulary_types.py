"""Measures, cohorts and score options: the small types of the vocabulary."""

from __future__ import annotations

import re

import pytest

from lib.model import Aggregate, Cohort, Direction, Measure, Normalise, ScoreOptions, thirds


@pytest.mark.parametrize(
    ("direction", "label"),
    [(Direction.HIGHER, "越高越好"), (Direction.LOWER, "越低越好"), (Direction.NONE, "只计数")],
)
def test_a_direction_has_a_chinese_label(direction: Direction, label: str) -> None:
    assert direction.label == label


@pytest.mark.parametrize(
    ("numerator", "denominator", "derived"),
    [("urban", "population", True), ("urban", "", False), ("", "population", False), ("", "", False)],
)
def test_a_measure_is_derived_when_it_has_both_parts(numerator: str, denominator: str, derived: bool) -> None:
    measure = Measure("share", "城镇化率", "%", Direction.HIGHER, numerator=numerator, denominator=denominator)
    assert measure.derived is derived


@pytest.mark.parametrize(
    ("size", "cuts"), [(1, (1, 1)), (2, (1, 2)), (3, (1, 2)), (4, (2, 3)), (10, (4, 7)), (12, (4, 8)), (18, (6, 12))]
)
def test_thirds_are_the_last_ranks_of_the_first_and_second_tier(size: int, cuts: tuple[int, int]) -> None:
    assert thirds(size) == cuts


@pytest.mark.parametrize("cuts", [(9, 5), (5, 5), (0, 5), (-1, 5)])
def test_tier_cuts_that_are_not_increasing_places_are_refused(cuts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=re.escape(f"方阵界限应为递增的名次：{cuts}")):
        Cohort("c", "参评范围", ("a", "b"), cuts)


def test_a_cohort_may_have_any_number_of_tiers() -> None:
    assert Cohort("c", "参评范围", ("a",), ()).cuts == ()
    assert Cohort("c", "参评范围", ("a",), (1, 2, 3)).cuts == (1, 2, 3)


def test_the_default_options_are_the_method_of_the_house() -> None:
    options = ScoreOptions()
    assert (options.normalise, options.aggregate) == (Normalise.FRONTIER, Aggregate.ARITHMETIC)
    assert (options.min_coverage, options.cuts) == (0.0, None)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_coverage_floor_is_a_share(share: float) -> None:
    assert ScoreOptions(min_coverage=share).min_coverage == share


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_coverage_floor_beyond_0_and_1_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="最低覆盖率应在 0 与 1 之间"):
        ScoreOptions(min_coverage=share)
