"""Where a series is heading, on series whose Theil–Sen slope can be read off."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

import pytest

from lib.core.projection import HORIZON, Outlook, Projection, project
from lib.model import Direction, Period
from tests.unit.core.build import HIGHER, LOWER, NAN


def run(
    start: str, values: Sequence[float], goal: float, direction: Direction = HIGHER, steps: Sequence[int] | None = None
) -> Projection:
    """A series from a first period on, one value a period unless `steps` says which."""
    first = Period.parse(start)
    periods = [first.shift(step) for step in (steps or range(len(values)))]
    return project(periods, values, goal, direction)


@pytest.mark.parametrize(
    ("start", "values", "goal", "direction", "expected"),
    [
        ("2016", [1, 2, 3, 4], 6, HIGHER, "2021"),  # slope 1, 2 to go from 2019
        ("2016", [1, 2, 3, 4], 5.5, HIGHER, "2021"),  # 1.5 to go: within the second year
        ("2016", [1, 2, 3, 4], 5, HIGHER, "2020"),
        ("2016", [10, 8, 6, 4], 1, LOWER, "2021"),  # slope −2, 3 to go: 1.5 years
        ("2019-Q1", [10, 8, 6, 4], 0, LOWER, "2020-Q2"),  # from 2019-Q4, 2 quarters
        ("2018-H1", [10, 20, 30, 40], 70, HIGHER, "2021-H1"),  # from 2019-H2, 3 half-years
        ("2020-09", [1, 2, 3, 4], 6, HIGHER, "2021-02"),  # from 2020-12, 2 months
        ("2016", [0.1, 0.2, 0.3, 0.4], 0.7, HIGHER, "2022"),  # 0.3 / 0.1 is three steps, whatever the last bit
        ("2016", [1, 2, 90, 4, 5], 7, HIGHER, "2022"),  # ten slopes: 1 six times, 44.5, 88, −86, −42.5
    ],
)
def test_when_the_line_meets_the_goal(
    start: str, values: list[float], goal: float, direction: Direction, expected: str
) -> None:
    found = run(start, values, goal, direction)
    assert (found.outlook, str(found.period)) == (Outlook.EXPECTED, expected)


def test_slope_and_its_range_are_told() -> None:
    found = run("2016", [1, 2, 3, 4], 6)
    assert (found.slope, found.slope_low, found.slope_high) == pytest.approx((1, 1, 1))
    assert run("2016", [10, 8, 6, 4], 1, LOWER).slope == pytest.approx(-2)


@pytest.mark.parametrize("start", ["2016", "2016-H2", "2016-Q3", "2016-11"])
def test_every_kind_of_period_counts_by_ones(start: str) -> None:
    # Nine values on a line over several turns of the year: every pair has the slope of 2 a period.
    found = run(start, [2 * step for step in range(9)], 99)
    assert (found.slope, found.slope_low, found.slope_high) == pytest.approx((2, 2, 2))


def test_the_line_starts_from_the_latest_value() -> None:
    # Ten slopes: 1 six times, 1.75, 2, 2.5, 4; the median is 1, and 10 is one step from the last value.
    assert str(run("2016", [2, 3, 4, 5, 9], 10).period) == "2021"


@pytest.mark.parametrize(
    ("values", "goal", "direction"),
    [
        ([4, 3, 2, 1], 6, HIGHER),  # away from it
        ([1, 2, 3, 4], 0.5, LOWER),
        ([5, 5, 5, 5], 6, HIGHER),  # nowhere
        ([1, 2, 3, 4], 4 + HORIZON + 1, HIGHER),  # too far
    ],
)
def test_never(values: list[float], goal: float, direction: Direction) -> None:
    found = run("2016", values, goal, direction)
    assert (found.outlook, found.period) == (Outlook.NEVER, None)
    assert not isnan(found.slope)


def test_the_horizon_itself_still_counts() -> None:
    assert HORIZON == 40  # as docs/method.md says
    found = run("2016", [1, 2, 3, 4], 4 + HORIZON)
    assert (found.outlook, str(found.period)) == (Outlook.EXPECTED, str(2019 + HORIZON))


@pytest.mark.parametrize("values", [[], [NAN, NAN], [1], [1, 2, 3], [1, NAN, 2, NAN, 3]])
def test_too_few(values: list[float]) -> None:
    assert run("2016", values, 9).outlook is Outlook.TOO_FEW


@pytest.mark.parametrize(
    ("values", "goal", "direction"),
    [([1, 2, 3, 6], 6, HIGHER), ([9, 7, 5, 3], 4, LOWER), ([6], 6, HIGHER), ([1, 7, NAN], 6, HIGHER)],
)
def test_already_met(values: list[float], goal: float, direction: Direction) -> None:
    found = run("2016", values, goal, direction)
    last = max(i for i, value in enumerate(values) if not isnan(value))
    assert (found.outlook, str(found.period)) == (Outlook.MET, str(2016 + last))


def test_it_is_the_latest_value_that_counts_not_the_best() -> None:
    assert run("2016", [1, 9, 3, 4], 6).outlook is not Outlook.MET


def test_gaps_in_the_series_keep_their_length() -> None:
    # 2015 1, 2017 3, 2019 5, 2020 6: slope 1 a year throughout, 2 to go.
    assert str(run("2015", [1, 3, 5, 6], 8, steps=[0, 2, 4, 5]).period) == "2022"


def test_a_missing_value_is_left_out() -> None:
    # 2016 1, 2018 3, 2019 4, 2020 5, nothing in 2017 and 2021: the line starts in 2020.
    assert str(run("2016", [1, NAN, 3, 4, 5, NAN], 7).period) == "2022"


def test_kinds_of_periods_do_not_mix() -> None:
    periods = [Period.parse(text) for text in ("2016", "2017", "2018", "2019-Q1")]
    with pytest.raises(ValueError, match="一种评价期"):
        project(periods, [1, 2, 3, 4], 9, HIGHER)


def test_as_many_values_as_periods() -> None:
    with pytest.raises(ValueError, match="zip"):
        project([Period.parse("2016")], [1.0, 2.0], 9, HIGHER)
