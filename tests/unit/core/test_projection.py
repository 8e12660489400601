"""Where two series are heading, on series whose Theil–Sen slopes can be read off."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan, sqrt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.projection import HORIZON, Outlook, Projection, catch_up, course_of, limits, outlooks, trend
from lib.core.score import score
from lib.model import Direction, Measure, Node, Period
from tests.unit.core.build import HIGHER, LOWER, NAN, leaf, rows, tree


def periods(start: str, steps: Sequence[int]) -> list[Period]:
    first = Period.parse(start)
    return [first.shift(step) for step in steps]


def run(
    ours: Sequence[float],
    theirs: Sequence[float] | float,
    direction: Direction = HIGHER,
    start: str = "2016",
    steps: Sequence[int] | None = None,
    **ends: float,
) -> Projection:
    """Two series from a first period on, one value a period unless `steps` says which."""
    return catch_up(periods(start, steps or range(len(ours))), ours, theirs, direction, **ends)


def test_a_trend_is_its_slope_per_period_from_the_latest_value() -> None:
    # 2016 1, 2018 5, 2019 7, 2021 9: slopes 2, 2, 1.6, 2, 4/3, 1; the median of 1, 4/3, 1.6, 2, 2, 2 is 1.8.
    found = trend(periods("2016", [0, 1, 2, 3, 5]), [1, NAN, 5, 7, 9])
    assert found is not None
    assert (str(found.at), found.now, found.count) == ("2021", 9, 4)
    assert found.slope == pytest.approx(1.8)
    # With four values Sen's range is that of all slopes.
    assert (found.low, found.high) == pytest.approx((1, 2))


@pytest.mark.parametrize("start", ["2016", "2016-H2", "2016-Q3", "2016-11"])
def test_every_kind_of_period_counts_by_ones(start: str) -> None:
    # Nine values on a line over several turns of the year: every pair has the slope of 2 a period.
    found = trend(periods(start, range(9)), [2 * step for step in range(9)])
    assert found is not None
    assert (found.slope, found.low, found.high) == pytest.approx((2, 2, 2))


@pytest.mark.parametrize("values", [[], [NAN, NAN], [1, 2, 3], [1, NAN, 2, NAN, 3]])
def test_fewer_than_four_values_have_no_trend(values: list[float]) -> None:
    assert trend(periods("2016", range(len(values))), values) is None


def test_kinds_of_periods_do_not_mix() -> None:
    mixed = [Period.parse(text) for text in ("2016", "2017", "2018", "2019-Q1")]
    with pytest.raises(ValueError, match="一种评价期"):
        trend(mixed, [1, 2, 3, 4])


def test_as_many_values_as_periods() -> None:
    with pytest.raises(ValueError, match="zip"):
        catch_up([Period.parse("2016")], [1.0, 2.0], [1.0, 2.0], HIGHER)


@pytest.mark.parametrize(
    ("start", "ours", "goal", "direction", "expected", "value"),
    [
        ("2016", [1, 2, 3, 4], 6, HIGHER, "2021", 6),  # slope 1, 2 to go from 2019
        ("2016", [1, 2, 3, 4], 5.5, HIGHER, "2021", 5.5),  # 1.5 to go: within the second year
        ("2016", [10, 8, 6, 4], 1, LOWER, "2021", 1),  # slope −2, 3 to go: 1.5 years
        ("2019-Q1", [10, 8, 6, 4], 0, LOWER, "2020-Q2", 0),  # from 2019-Q4, 2 quarters
        ("2018-H1", [10, 20, 30, 40], 70, HIGHER, "2021-H1", 70),  # from 2019-H2, 3 half-years
        ("2020-09", [1, 2, 3, 4], 6, HIGHER, "2021-02", 6),  # from 2020-12, 2 months
        ("2016", [0.1, 0.2, 0.3, 0.4], 0.7, HIGHER, "2022", 0.7),  # 0.3 / 0.1 is three steps, whatever the last bit
        ("2016", [1, 2, 90, 4, 5], 7, HIGHER, "2022", 7),  # ten slopes: 1 six times, 44.5, 88, −86, −42.5
    ],
)
def test_when_a_line_meets_what_stands_still(
    start: str, ours: list[float], goal: float, direction: Direction, expected: str, value: float
) -> None:
    found = run(ours, goal, direction, start)
    assert (found.outlook, str(found.period)) == (Outlook.EXPECTED, expected)
    assert found.value == pytest.approx(value)
    assert found.theirs_slope == 0


def test_when_both_move() -> None:
    # 2 a year against 1 a year, 3 apart in 2019: three years, at 7 + 2·3 = 10 + 1·3.
    found = run([1, 3, 5, 7], [7, 8, 9, 10])
    assert (found.outlook, str(found.period), str(found.start)) == (Outlook.EXPECTED, "2022", "2019")
    assert found.value == pytest.approx(13)
    assert (found.ours, found.theirs, found.ours_slope, found.theirs_slope) == pytest.approx((7, 10, 2, 1))
    # Straight lines have no doubt.
    assert (str(found.earliest), str(found.latest)) == ("2022", "2022")


def test_where_lower_is_better_and_both_fall() -> None:
    # −3 against −1, 6 apart in 2019: three years, at 11 − 9 = 5 − 3 = 2.
    found = run([20, 17, 14, 11], [8, 7, 6, 5], LOWER)
    assert (str(found.period), found.value) == ("2022", pytest.approx(2))


@pytest.mark.parametrize(
    ("ours", "theirs", "direction"),
    [
        ([4, 3, 2, 1], 6, HIGHER),  # away from it
        ([1, 2, 3, 4], 0.5, LOWER),
        ([5, 5, 5, 5], 6, HIGHER),  # nowhere
        ([1, 2, 3, 4], [5, 6, 7, 8], HIGHER),  # as fast as the other
        ([1, 2, 3, 4], [5, 7, 9, 11], HIGHER),  # slower than the other
        ([9, 8, 7, 6], [5, 3, 1, -1], LOWER),
        ([1, 2, 3, 4], 4 + HORIZON + 1, HIGHER),  # too far
    ],
)
def test_never(ours: list[float], theirs: list[float] | float, direction: Direction) -> None:
    found = run(ours, theirs, direction)
    assert (found.outlook, found.period, found.earliest, found.latest) == (Outlook.NEVER, None, None, None)
    assert not isnan(found.ours_slope)


def test_the_horizon_itself_still_counts() -> None:
    assert HORIZON == 40  # as docs/method.md says
    assert str(run([1, 2, 3, 4], 4 + HORIZON).period) == str(2019 + HORIZON)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ([], []),
        ([1, 2, 3], [9, 9, 9]),
        ([1, 2, 3, 4], [NAN, 9, 9, 9]),
        ([NAN, 2, 3, 4], [9, 9, 9, 9]),
        ([1, 2, NAN, NAN], [NAN, NAN, 9, 9]),  # nothing in common
        ([1, 2, 3], 9),
        ([1, 2, 3, 4], NAN),
    ],
)
def test_too_few(ours: list[float], theirs: list[float] | float) -> None:
    found = run(ours, theirs)
    assert (found.outlook, found.period) == (Outlook.TOO_FEW, None)


@pytest.mark.parametrize(
    ("ours", "theirs", "direction", "outlook"),
    [
        ([1, 2, 3, 6], 6, HIGHER, Outlook.MET),
        ([9, 7, 5, 4], [1, 1, 1, 4], LOWER, Outlook.MET),
        ([9, 7, 5, 3], 4, LOWER, Outlook.AHEAD),
        ([6], [5], HIGHER, Outlook.AHEAD),  # one value is enough to see that
        ([1, 7, NAN], [9, 6, 9], HIGHER, Outlook.AHEAD),  # in the last period that both have
        ([9, 9, 9, 1], [5, 5, 5, NAN], HIGHER, Outlook.AHEAD),
    ],
)
def test_level_or_ahead(ours: list[float], theirs: list[float] | float, direction: Direction, outlook: Outlook) -> None:
    assert run(ours, theirs, direction).outlook is outlook


def test_both_lines_start_where_both_have_a_value_with_the_slopes_of_all() -> None:
    # Ours goes on to 2020, theirs ends in 2019: 5 and 8 there, 1 a year against 0.
    found = run([2, 3, 4, 5, 6], [8, 8, 8, 8, NAN])
    assert (str(found.start), found.ours, found.theirs, str(found.period)) == ("2019", 5, 8, "2022")


def test_gaps_in_the_series_keep_their_length() -> None:
    # 2015 1, 2017 3, 2019 5, 2020 6: slope 1 a year throughout, 2 to go.
    assert str(run([1, 3, 5, 6], 8, start="2015", steps=[0, 2, 4, 5]).period) == "2022"


def test_the_range_is_that_of_the_difference_of_both_slopes() -> None:
    # Ours 0, 1, 3, 6: slopes 1, 2, 3, 1.5, 2.5, 2: median 2, range 1 to 3 (all of four values).
    # Theirs 20, 20.5, 21.5, 23: slopes .5, 1, 1.5, .75, 1.25, 1: median 1, range .5 to 1.5.
    # Difference 1; MOVER: 1 ± √(1² + .5²) = 1 ± 1.118; 17 to go.
    found = run([0, 1, 3, 6], [20, 20.5, 21.5, 23])
    assert (str(found.period), str(found.earliest), found.latest) == ("2036", str(2019 + 9), None)
    assert 17 / (1 + sqrt(1.25)) == pytest.approx(8.03, abs=0.01)


def test_the_slow_end_is_told_where_it_still_arrives() -> None:
    # Ours 0, 2, 5, 7: slopes 2, 2.5, 7/3, 3, 2.5, 2: median 2.416…, range 2 to 3; 12 to go: 5 years, 4 to 6.
    found = run([0, 2, 5, 7], 19)
    assert (str(found.period), str(found.earliest), str(found.latest)) == ("2024", "2023", "2025")


def test_an_uneven_range_goes_by_direction() -> None:
    # The same fall seen from above: −(0, 2, 5, 7).
    down = run([0, -2, -5, -7], -19, LOWER)
    assert (str(down.period), str(down.earliest), str(down.latest)) == ("2024", "2023", "2025")
    # Slopes of 0, 1, 2, 6: 1, 1, 4, 1, 2.5, 2: median 1.5, range 1 to 4; 6 to go: 4, 1.5 and 6 years.
    up = run([0, 1, 2, 6], 12)
    mirrored = run([0, -1, -2, -6], -12, LOWER)
    ends = ("2023", "2021", "2025")
    assert tuple(map(str, (up.period, up.earliest, up.latest))) == ends
    assert tuple(map(str, (mirrored.period, mirrored.earliest, mirrored.latest))) == ends


def test_a_meeting_at_an_impossible_value_is_no_forecast() -> None:
    # −2 against −1, 3 apart in 2019 (5 and 2): they meet three years on at −1.
    assert run([11, 9, 7, 5], [5, 4, 3, 2], LOWER, floor=0.0).outlook is Outlook.IMPOSSIBLE
    assert run([11, 9, 7, 5], [5, 4, 3, 2], LOWER).value == pytest.approx(-1)
    found = run([11, 9, 7, 5], [5, 4, 3, 2], LOWER, floor=0.0)
    assert (found.outlook, found.period) == (Outlook.IMPOSSIBLE, None)
    # On the limit itself it is possible, whatever the last bit.
    assert run([0.6, 0.5, 0.4, 0.3], 0.0, LOWER, floor=0.0).outlook is Outlook.EXPECTED
    assert run([80, 85, 90, 95], 100.0, ceiling=100.0).outlook is Outlook.EXPECTED


def test_what_cannot_rise_any_further_is_met_at_the_top() -> None:
    # Ours 91 + 3 a year, theirs 98 + 4: the lines part, but theirs stops at 100; 9 to go at 3 a year is 3 years.
    ours, theirs = [82, 85, 88, 91], [86, 90, 94, 98]
    found = run(ours, theirs, ceiling=100)
    assert (found.outlook, str(found.period), found.value) == (Outlook.EXPECTED, "2022", 100)
    assert (str(found.earliest), str(found.latest)) == ("2022", "2022")
    assert run(ours, theirs).outlook is Outlook.NEVER
    # Who falls, or stands still below the top, is another matter.
    assert run(ours, [86, 90, 94, 98], Direction.LOWER, ceiling=100).outlook is Outlook.AHEAD
    assert run([91, 88, 85, 82], theirs, ceiling=100).outlook is Outlook.NEVER
    # They would meet at 101, after the top: 100 is reached when 4 are gone at 2 a year.
    assert (found := run([90, 92, 94, 96], [95.5, 96.5, 97.5, 98.5], ceiling=100)).outlook is Outlook.EXPECTED
    assert (str(found.period), found.value) == ("2021", 100)


@given(
    st.lists(st.integers(-50, 50), min_size=4, max_size=8),
    st.lists(st.integers(-50, 50), min_size=8, max_size=8),
)
def test_turned_upside_down_nothing_changes(ours: list[int], theirs: list[int]) -> None:
    theirs = theirs[: len(ours)]
    up = run(ours, theirs)
    down = run([-value for value in ours], [-value for value in theirs], LOWER)
    assert (up.outlook, up.period, up.earliest, up.latest) == (down.outlook, down.period, down.earliest, down.latest)
    if up.period is not None:
        assert up.earliest is not None
        assert up.start < up.period
        assert up.earliest <= up.period <= (up.latest or up.period)


@pytest.mark.parametrize(
    ("node", "measure", "expected"),
    [
        (Node("t"), None, (0.0, 100.0)),
        (leaf("m", HIGHER, best=100, worst=0), Measure("m", "率", "%", HIGHER), (0.0, 100.0)),
        (leaf("m", HIGHER), Measure("m", "增幅", "%", HIGHER), (None, None)),
        (leaf("m"), Measure("m", "时间", "工作日", LOWER), (0.0, None)),
    ],
)
def test_what_values_are_possible(node: Node, measure: Measure | None, expected: tuple) -> None:
    assert limits(node, measure) == expected


def test_the_outlook_of_each_node_by_its_direction_and_limits() -> None:
    framework = tree(leaf("m", LOWER), leaf("n", HIGHER))
    measures = {"m": Measure("m", "时间", "工作日", LOWER), "n": Measure("n", "数量", "个", HIGHER)}
    years = ["2016", "2017", "2018", "2019"]
    observations = [
        rows({"m": [m, 9], "n": [n, 20]}, year, "AB")
        for year, m, n in zip(years, [10, 8, 6, 4], [1, 2, 3, NAN], strict=True)
    ]
    scores = score(pd.concat(observations).dropna(), framework, None, ("A", "B"))
    assert course_of(scores, "A", "m", years) == [10, 8, 6, 4]
    assert isnan(course_of(scores, "A", "n", years)[3])
    # n is missing in 2019; m of 10 against 9 is the worse, then the better.
    assert course_of(scores, "A", "t", years) == [0, 50, 50, 100]
    found = outlooks(scores, "A", years, {"m": 2.0, "n": [5, 5, 5, 5], "t": [60, 60, 60, 60]}, measures)
    assert (found["m"].outlook, str(found["m"].period)) == (Outlook.EXPECTED, "2020")
    assert found["n"].outlook is Outlook.TOO_FEW
    assert found["t"].outlook is Outlook.AHEAD
    assert outlooks(scores, "A", years, {"m": [9, 7, 5, 1]}, measures)["m"].outlook is Outlook.NEVER
