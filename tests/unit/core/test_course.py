"""Where a region is heading: small cohorts on straight lines, worked out by hand; and what must hold for any."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.core import ahead
from lib.core.ahead import Values
from lib.core.aim import Aim
from lib.core.course import Arrival, Course, along, arrival, course, effects, hindsight, upcoming
from lib.core.score import Scores, score
from lib.model import OBSERVATION_COLUMNS, Direction, Measure
from tests.unit.core.build import HIGHER, LOWER, NAN, leaf, records, tree
from tests.unit.core.series import over

MEASURES = {"m": Measure("m", "分", "分", Direction.HIGHER), "days": Measure("days", "天数", "天", Direction.LOWER)}
FIXED = tree(leaf("m", HIGHER, best=100, worst=0))
YEARS = ("2016", "2017", "2018", "2019")
#                  A: +1 a year, B: +5, C: stands still, D: −3
LINES = {"m": [[17, 35, 60, 79], [18, 40, 60, 76], [19, 45, 60, 73], [20, 50, 60, 70]]}


def heading(scores: Scores, region: str, others: str = "hold", count: int = 20) -> Course:
    """The course of a region whose others hold still or follow their trends."""
    periods = scores.panel.periods
    trends = {until: ahead.on_trend(scores, periods, until, MEASURES) for until in upcoming(periods[-1], count)}
    theirs: dict[str, Values] = {until: {} for until in trends} if others == "hold" else trends
    return course(scores, region, periods, theirs, trends, MEASURES)


def test_the_periods_ahead() -> None:
    assert upcoming("2020-Q3", 3) == ("2020-Q4", "2021-Q1", "2021-Q2")
    assert len(upcoming("2020")) == 20


def test_both_ways_while_others_hold() -> None:
    # A goes on by 1 a year; at B's 5 a year it is at 25, 30 … up to 100, the frontier.
    found = heading(over(LINES, FIXED), "A", count=20)
    assert along(found.trend, Aim("t", place=2), "A")["score"].tolist()[:3] == [21, 22, 23]
    best = along(found.best, Aim("t", place=2), "A")
    assert best["score"].tolist()[:3] == [25, 30, 35]
    assert best["score"].iloc[-1] == 100
    assert along(found.still, Aim("t", place=2), "A")["score"].tolist() == [20] * 20
    # Past B's 50 in 7 years (55), level in 6 (50): level is the same place. Past C's 60 in 8, past D's 70 in 10.
    for place, period in ((3, "2025"), (2, "2027"), (1, "2029")):
        assert arrival(found.best, Aim("t", place=place), "A") == Arrival(period, None, period)
    # 20 + 20 on its own trend: 40, behind everybody.
    assert arrival(found.trend, Aim("t", place=3), "A") == Arrival()
    assert arrival(found.trend, Aim("t", score=40.0), "A") == Arrival("2039", None, "2039")


def test_all_go_on_along_their_trends() -> None:
    # 2020: A 21, B 55, C 60, D 67. B passes C in 2022 (65; level in 2021), D in 2022 (65 to 61).
    found = heading(over(LINES, FIXED), "A", "trend")
    ranks = {period: found.trend.at(period).rank[0, :, 0].tolist() for period in ("2020", "2021", "2022")}
    assert ranks == {"2020": [4, 3, 2, 1], "2021": [4, 2, 2, 1], "2022": [4, 1, 3, 2]}
    # A passes D when 20 + n > 70 − 3n: n = 13 (33 to 31).
    assert arrival(found.trend, Aim("t", place=3), "A") == Arrival("2032", None, "2032")


def test_what_is_reached_can_be_lost_and_won_back() -> None:
    places = {"m": [[3, 1], [1, 3], [3, 1], [1, 3], [3, 1]]}
    scores = over(places, tree(leaf("m", HIGHER, best=9, worst=0)))
    first = Aim("t", place=1)
    assert arrival(scores, first, "A") == Arrival("2016", "2017", "2020")
    assert arrival(scores, first, "B") == Arrival("2017", "2018", None)
    assert arrival(scores, Aim("t", place=2), "B") == Arrival("2016", None, "2016")


def test_the_best_pace_goes_no_further_than_the_best_there_is_then() -> None:
    # No frontier: the best end is the cohort's. B falls by 2 days a year, from 4 today; the best held still is 4.
    scores = over({"days": [[20, 10, 12], [20, 8, 12], [20, 6, 12], [20, 4, 12]]}, tree(leaf("days", LOWER)))
    held = heading(scores, "A", count=10)
    assert held.best.panel.values[:, 0, 0].tolist() == [18, 16, 14, 12, 10, 8, 6, 4, 4, 4]
    # With B on its trend the end is 2, 0, 0 …
    moving = heading(scores, "A", "trend", count=11)
    assert moving.best.panel.values[:, 0, 0].tolist() == [18, 16, 14, 12, 10, 8, 6, 4, 2, 0, 0]
    # B itself leads: it goes on along its own trend, past the end that holds still, down to 0.
    assert heading(scores, "B", count=3).best.panel.values[:, 1, 0].tolist() == [2, 0, 0]


def test_who_has_no_trend_of_its_own_can_still_go_at_the_best_pace_and_what_is_missing_stays_missing() -> None:
    framework = tree(leaf("m", HIGHER, best=100, worst=0), leaf("days", LOWER, best=0, worst=30))
    values = {"m": [[None, 35], [None, 40], [19, 45], [20, 50]], "days": [[9, 9], [8, 8], [7, 7], [None, 6]]}
    found = heading(over(values, framework), "A", count=2)
    assert found.trend.panel.values[:, 0].tolist() == pytest.approx(np.array([[20, NAN], [20, NAN]]), nan_ok=True)
    assert found.best.panel.values[:, 0].tolist() == pytest.approx(np.array([[25, NAN], [30, NAN]]), nan_ok=True)


def test_only_the_region_follows_ours_and_only_the_others_theirs() -> None:
    scores = over(LINES, FIXED)
    every = {("A", "m"): 90.0, ("B", "m"): 80.0}
    found = course(scores, "A", YEARS, {"2020": every}, {"2020": {("A", "m"): 1.0, ("B", "m"): 2.0}}, MEASURES)
    assert found.still.panel.values[0, :, 0].tolist() == [20, 80, 60, 70]
    assert found.trend.panel.values[0, :, 0].tolist() == [1, 80, 60, 70]
    assert found.best.panel.values[0, :, 0].tolist() == [25, 80, 60, 70]


def test_the_threshold_is_whom_one_must_be_level_with() -> None:
    scores = over(LINES, FIXED)
    table = along(scores, Aim("t", place=2), "A", ["2016", "2019"])
    # Of the others: 79, 60, 35, then 70, 60, 50: the second.
    assert records(table, ("period", "score", "rank", "threshold", "holder")) == [
        ("2016", 17.0, 4.0, 60.0, "C"),
        ("2019", 20.0, 4.0, 60.0, "C"),
    ]
    # Seen from C itself the second of the others is B.
    assert records(along(scores, Aim("t", place=2), "C", ["2019"]), ("threshold", "holder")) == [(50.0, "B")]
    assert records(along(scores, Aim("t", score=33.0), "A", ["2019"]), ("threshold", "holder")) == [(33.0, "")]


def test_without_so_many_others_there_is_no_threshold() -> None:
    scores = over({"m": [[5, None, 50]]}, FIXED)
    assert records(along(scores, Aim("t", place=1), "A"), ("threshold", "holder")) == [(50.0, "C")]
    assert records(along(scores, Aim("t", place=2), "A"), ("threshold", "holder")) == [(None, "")]


def test_what_each_measure_does_in_the_next_period() -> None:
    framework = tree(leaf("m", HIGHER, best=100, worst=0, weight=3), leaf("days", LOWER, best=0, worst=10, weight=1))
    # m: A +1 a year, B +5. days: A worse by 1 a year, B has three values: nobody has got better.
    values = {"m": [[17, 35], [18, 40], [19, 45], [20, 50]], "days": [[3, 9], [4, 8], [5, 7], [6, None]]}
    scores = over(values, framework)
    table = effects(scores, heading(scores, "A"), "A", YEARS, "t")
    assert records(table, ("code", "value", "pace", "fastest", "leader")) == [
        ("m", 20.0, 1.0, 5.0, "B"),
        ("days", 6.0, 1.0, 0.0, ""),
    ]
    # m weighs ¾: one point more gives 0.75, five 3.75. A day more takes 10 · ¼; at the best pace it stands still.
    assert table["trend"].tolist() == pytest.approx([0.75, -2.5])
    assert table["best"].tolist() == pytest.approx([3.75, 0])
    # Of an indicator's own score each gives all; what is not under it is left out.
    alone = effects(scores, heading(scores, "A"), "A", YEARS, "days")
    assert records(alone, ("code",)) == [("days",)]
    assert alone["trend"].tolist() == pytest.approx([-10])


def test_a_measure_without_a_trend_says_so_and_one_without_a_value_is_left_out() -> None:
    framework = tree(leaf("m", HIGHER, best=100, worst=0), leaf("days", LOWER, best=0, worst=10))
    scores = over(
        {"m": [[None, 35], [18, 40], [19, 45], [20, 50]], "days": [[3, 9], [4, 8], [5, 7], [None, 6]]}, framework
    )
    table = effects(scores, heading(scores, "A"), "A", YEARS, "t")
    assert records(table, ("code", "value", "pace", "trend", "best")) == [("m", 20.0, None, 0.0, 5.0)]


def test_tried_on_the_past() -> None:
    # Until 2019 A rises by 1 a year and B stands still: for 2023 A is put at 14, behind B's 15. A has come to 20.
    table = {"m": [[7, 15], [8, 15], [9, 15], [10, 15], [12, 15], [14, 15], [17, 15], [20, 15]]}
    scores = over(table, FIXED)
    found = hindsight(scores, scores.panel.periods, "A", "t", MEASURES)
    assert found is not None
    assert (found.origin, found.off, found.expected, found.actual) == ("2019", 1.0, 2.0, 1.0)
    assert hindsight(scores, scores.panel.periods[1:], "A", "t", MEASURES) is None


def test_nobody_is_judged_by_a_place_that_is_missing() -> None:
    table = {"m": [[7, 15], [8, 15], [9, 15], [10, 15], [12, 15], [14, 15], [17, 15], [None, 15]]}
    scores = over(table, FIXED)
    assert hindsight(scores, scores.panel.periods, "A", "t", MEASURES) is None
    other = hindsight(scores, scores.panel.periods, "B", "t", MEASURES)
    assert other is not None
    # Only B's place counts: first, put first of two.
    assert (other.off, other.expected) == (0.0, 1.0)


@st.composite
def cohorts(draw: st.DrawFn) -> Scores:
    """Three regions over five years on two bounded measures, some values missing."""
    table = [
        (region, code, str(year), float(value))
        for year in range(2016, 2021)
        for region in "ABC"
        for code in ("m", "days")
        if (value := draw(st.one_of(st.none(), st.integers(0, 100)))) is not None
    ]
    table += [] if any(row[:3] == ("A", "m", "2020") for row in table) else [("A", "m", "2020", 50.0)]
    framework = tree(leaf("m", HIGHER, best=100, worst=0), leaf("days", LOWER, best=0, worst=100))
    return score(pd.DataFrame(table, columns=list(OBSERVATION_COLUMNS)), framework, regions=tuple("ABC"))


@settings(max_examples=60, deadline=None)
@given(cohorts(), st.sampled_from(["hold", "trend"]), st.integers(1, 3))
def test_the_best_pace_is_never_behind_the_trend(scores: Scores, others: str, place: int) -> None:
    found, aim = heading(scores, "A", others, 6), Aim("t", place=place)
    trend, best, still = (along(way, aim, "A") for way in (found.trend, found.best, found.still))
    assert (best["score"] >= trend["score"] - 1e-9).all()
    assert (best["score"] >= still["score"] - 1e-9).all()
    assert (best["rank"] <= trend["rank"]).all()
    assert ((best["score"] >= best["threshold"] - 1e-9) | best["threshold"].isna()).eq(best["rank"] <= place).all()
    met, soonest = arrival(found.trend, aim, "A").period, arrival(found.best, aim, "A").period
    assert met is None or (soonest is not None and soonest <= met)
