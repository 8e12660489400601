"""What others are taken to do: on lines whose slopes can be read off, and with targets written by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.ahead import at_targets, best_pace, fastest, on_trend, possible, slopes
from lib.core.projection import trend
from lib.core.score import Scores, score
from lib.model import OBSERVATION_COLUMNS, Direction, Measure, Period
from tests.unit.core.build import HIGHER, LOWER, leaf, scored, tree
from tests.unit.core.series import over

TREE = tree(leaf("days", LOWER), leaf("rate", HIGHER, best=100, worst=0))
YEARS = ("2016", "2017", "2018", "2019")
MEASURES = {
    "days": Measure("days", "天数", "天", Direction.LOWER),
    "rate": Measure("rate", "比例", "%", Direction.HIGHER),
    "growth": Measure("growth", "增幅", "%", Direction.HIGHER),
}
#         A falls by 2 a year, B rises by 1, C stands still, D has three values only.
LINES = {
    "days": [[10, 4, 5, 9], [8, 5, 5, 8], [6, 6, 5, 7], [4, 7, 5, None]],
    #         A rises by 10, B by 20 (past 100 next), C falls by 5, D has no value in the last year.
    "rate": [[10, 30, 40, 10], [20, 50, 35, 20], [30, 70, 30, 30], [40, 90, 25, None]],
}


@pytest.fixture
def lines() -> Scores:
    return over(LINES, TREE)


def test_slopes_of_lines(lines: Scores) -> None:
    expected = [[-2, 10], [1, 20], [0, -5], [np.nan, np.nan]]
    assert np.array_equal(slopes(lines, YEARS), expected, equal_nan=True)


def test_the_order_in_which_periods_are_named_does_not_matter(lines: Scores) -> None:
    assert np.array_equal(slopes(lines, YEARS[::-1]), slopes(lines, YEARS), equal_nan=True)


def test_only_the_periods_named_count(lines: Scores) -> None:
    assert np.isnan(slopes(lines, YEARS[:3])).all()


@st.composite
def quarters(draw: st.DrawFn) -> Scores:
    """Three regions and two measures in some of twelve quarters, with holes, gaps of whole quarters and ties."""
    steps = draw(st.lists(st.integers(0, 11), min_size=1, max_size=12, unique=True))
    first = Period.parse("2018-Q1")
    number = st.one_of(st.none(), st.integers(-5, 5).map(float), st.floats(-1e6, 1e6))
    table = [
        (region, code, str(first.shift(step)), value)
        for step in sorted(steps)
        for region in "ABC"
        for code in ("days", "rate")
        if (value := draw(number)) is not None
    ]
    table = table or [("A", "days", str(first), 1.0)]
    return score(pd.DataFrame(table, columns=list(OBSERVATION_COLUMNS)), TREE, regions=tuple("ABC"))


@given(quarters())
def test_slopes_are_those_of_each_series_by_itself(scores: Scores) -> None:
    periods = scores.panel.periods
    found = slopes(scores, periods)
    for r, m in np.ndindex(found.shape):
        alone = trend([Period.parse(period) for period in periods], scores.panel.values[:, r, m].tolist())
        if alone is None:
            assert np.isnan(found[r, m])
        else:
            assert found[r, m] == pytest.approx(alone.slope, rel=1e-12, abs=1e-9)


def test_the_best_pace_is_the_fastest_for_the_better(lines: Scores) -> None:
    assert best_pace(lines, YEARS) == {"days": -2.0, "rate": 20.0}
    assert fastest(lines, YEARS) == {"days": (-2.0, "A"), "rate": (20.0, "B")}


def test_where_nobody_has_got_better_there_is_no_best_pace() -> None:
    scores = over({"days": [[1, 5], [2, 5], [3, 5], [4, 5]], "rate": [[9, 1], [8, 1], [7, 1], [6, None]]}, TREE)
    assert fastest(scores, YEARS) == {"days": (0.0, ""), "rate": (0.0, "")}


def test_going_on_along_a_trend(lines: Scores) -> None:
    # Two years on: A 4 − 2·2 = 0 days and 40 + 2·10; B 7 + 2 and 90 + 40, which a share cannot be; C stands still on days.
    assert on_trend(lines, YEARS, "2021", MEASURES) == {
        ("A", "days"): 0.0,
        ("A", "rate"): 60.0,
        ("B", "days"): 9.0,
        ("B", "rate"): 100.0,
        ("C", "rate"): 15.0,
    }


def test_no_value_goes_below_what_is_possible(lines: Scores) -> None:
    found = on_trend(lines, YEARS, "2029", MEASURES)
    assert (found["A", "days"], found["C", "rate"]) == (0.0, 0.0)


def test_a_growth_has_no_limit() -> None:
    growth = tree(leaf("growth", HIGHER))
    scores = over({"growth": [[90, 5], [70, 5], [50, 5], [30, 5]]}, growth)
    assert on_trend(scores, YEARS, "2021", MEASURES) == {("A", "growth"): -10.0}


def test_what_is_beyond_already_is_not_pulled_back() -> None:
    scores = over({"rate": [[104, 5], [103, 5], [102, 5], [101, 5]]}, tree(leaf("rate", HIGHER, best=100, worst=0)))
    assert on_trend(scores, YEARS, "2020", MEASURES) == {("A", "rate"): 100.0}
    rising = over({"rate": [[101, 5], [102, 5], [103, 5], [104, 5]]}, tree(leaf("rate", HIGHER, best=100, worst=0)))
    assert on_trend(rising, YEARS, "2020", MEASURES) == {}


def test_another_pace_can_be_given(lines: Scores) -> None:
    pace = np.array([[1.0, np.nan]] * 4)
    # D has no value in the last year: nothing to start from.
    assert on_trend(lines, YEARS, "2020", MEASURES, pace) == {
        ("A", "days"): 5.0,
        ("B", "days"): 8.0,
        ("C", "days"): 6.0,
    }


def test_what_is_possible() -> None:
    nodes = [leaf("days"), leaf("rate", HIGHER, best=100, worst=0), leaf("growth", HIGHER), leaf("unknown")]
    low, high = possible(nodes, MEASURES)
    assert (low.tolist(), high.tolist()) == ([0, 0, -np.inf, 0], [np.inf, 100, np.inf, 100])


def targets(*rows: tuple[str, str, str, float | None, str]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["code", "region", "scope", "value", "unit"]).astype({"value": "float64"})
    return made.assign(level="binding")


NAMES = {"A": "甲县", "B": "乙市", "C": "丙区"}
REACHED = scored({"days": [10, 4, 5], "rate": [50, 90, None]}, TREE)


def reached(*rows: tuple[str, str, str, float | None, str]) -> dict[tuple[str, str], float]:
    return at_targets(REACHED, "2020", targets(*rows), MEASURES, NAMES, "city")


def test_a_target_of_the_city_moves_those_who_have_not_reached_it() -> None:
    assert reached(("days", "city", "", 5, "天")) == {("A", "days"): 5.0}
    # C has no value of it: there is nothing to move.
    assert reached(("rate", "city", "", 80, "%")) == {("A", "rate"): 80.0}


def test_a_target_holds_for_whom_its_scope_means() -> None:
    assert reached(("days", "city", "县（市）", 3, "天")) == {("A", "days"): 3.0, ("B", "days"): 3.0}
    assert reached(("days", "city", "市本级", 3, "天")) == {}
    assert reached(("days", "C", "", 3, "天")) == {("C", "days"): 3.0}
    assert reached(("days", "elsewhere", "", 3, "天")) == {}


def test_of_several_targets_the_most_demanding_counts() -> None:
    for first, second in ((3, 8), (8, 3)):
        assert reached(
            ("days", "A", "", first, "天"), ("days", "city", "市", second, "天"), ("days", "A", "", 9, "天")
        )["A", "days"] == min(first, 9)
    assert reached(("rate", "city", "", 60, "%"), ("rate", "A", "", 70, "%")) == {("A", "rate"): 70.0}


def test_targets_are_converted_or_passed_over() -> None:
    assert reached(("rate", "A", "", 0.8, "小数")) == {("A", "rate"): 80.0}
    assert reached(("days", "A", "", 3, "工作日"), ("days", "A", "", None, "天"), ("other", "A", "", 1, "天")) == {}


def test_what_is_only_encouraged_is_nobodys_target() -> None:
    rows = targets(("days", "A", "", 3, "天"), ("days", "A", "", 8, "天")).assign(level=["encouraged", "binding"])
    assert at_targets(REACHED, "2020", rows, MEASURES, NAMES, "city") == {("A", "days"): 8.0}


def test_a_trend_ends_on_the_measures_decimals() -> None:
    # 10, 9.3, 8.6, 7.9: 0.7 less a period; in a measure of whole numbers 7.2 is 7, and what does not move stays where it is.
    table = [
        (region, "days", f"2020-Q{q}", value)
        for region, line in (("A", (10, 9.3, 8.6, 7.9)), ("B", (4.5,) * 4))
        for q, value in enumerate(line, 1)
    ]
    scores = score(pd.DataFrame(table, columns=list(OBSERVATION_COLUMNS)), TREE, regions=tuple("ABC"))
    whole = {"days": Measure("days", "时间", "天", Direction.LOWER, decimals=0)}
    periods = [f"2020-Q{q}" for q in range(1, 5)]
    assert on_trend(scores, periods, "2021-Q1", whole) == {("A", "days"): 7.0}
    assert on_trend(scores, periods, "2021-Q1", {}) == {("A", "days"): pytest.approx(7.2)}
