"""The next better place: by hand, and against trying every value."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lib.core.gap import is_higher
from lib.core.next_place import COLUMNS, next_better, single_steps
from lib.core.whatif import levers, what_if
from lib.model import Normalise, ScoreOptions
from tests.unit.core.build import HIGHER, LOWER, leaf, records, scored, tree
from tests.unit.core.test_properties import PERIODS, Case, cases

TREE = tree(
    leaf("m", LOWER, best=0, worst=10), leaf("n", HIGHER, best=100, worst=0), leaf("o", HIGHER, best=100, worst=0)
)
#                        A   B   C   D
SCORES = scored({"m": [8, 5, 5, 0], "n": [20, 50, 50, 90], "o": [95, 65, 65, 90]}, TREE)
WHOLE = {"m": 1, "n": 0, "o": 0}
FINE = dict.fromkeys(("m1", "m2", "m3", "m4"), 1)


def test_the_next_place_may_be_shared() -> None:
    # Totals: A (20 + 20 + 95)/3 = 45, B and C (50 + 50 + 65)/3 = 55, D (100 + 90 + 90)/3.
    ahead, gap = next_better(SCORES, "A", "2020")
    assert ahead == ("B", "C")
    assert gap == pytest.approx(10)
    ahead, gap = next_better(SCORES, "D", "2020")
    assert ahead == ()
    assert math.isnan(gap)


def test_what_alone_would_do() -> None:
    # 30 points of one measure are needed to draw level, which ties for second: m 8 → 5, n 20 → 50; o has only 5 to give.
    table = single_steps(SCORES, "A", "2020", WHOLE)
    assert list(table.columns) == list(COLUMNS)
    assert records(table, ("code", "value", "reach", "best")) == [("m", 8, 5, 0), ("n", 20, 50, 100)]
    assert table["needed"].tolist() == pytest.approx([5, 50])
    assert table["share"].tolist() == pytest.approx([3 / 8, 3 / 8])


def test_a_value_between_two_steps_of_the_grid_is_stated_on_the_better_side() -> None:
    #  A 80 + 20 = 100 of 2; B 50 + 83.3: 33.3 more are needed.
    framework = tree(leaf("m", LOWER, best=0, worst=3), leaf("n", HIGHER, best=300, worst=0))
    scores = scored({"m": [2, 1], "n": [100, 101]}, framework)
    table = single_steps(scores, "A", "2020", {"m": 1, "n": 0})
    # 33.67 points: m 2 → 0.99 (stated 0.9), n 100 → 201.
    assert records(table, ("code", "reach")) == [("m", 0.9), ("n", 201)]
    assert table["needed"].tolist() == pytest.approx([0.99, 201])


def test_no_step_goes_past_the_end_of_the_scale() -> None:
    framework = tree(leaf("m", HIGHER, best=0.5, worst=0))
    scores = scored({"m": [0.1, 0.45]}, framework)
    assert records(single_steps(scores, "A", "2020", {"m": 0}), ("reach", "best")) == [(0.5, 0.5)]


@pytest.mark.parametrize("region", ["D", "E"])
def test_the_first_and_a_region_without_a_place_have_no_steps(region: str) -> None:
    scores = scored({"m": [8, 5, 5, 0, None], "n": [20, 50, 50, 90, None], "o": [95, 65, 65, 90, None]}, TREE)
    assert single_steps(scores, region, "2020", WHOLE).empty
    assert next_better(scores, region, "2020")[0] == ()


def test_none_alone_may_do() -> None:
    scores = scored({"m": [5, 0], "n": [50, 100], "o": [50, 100]}, TREE)
    assert single_steps(scores, "A", "2020", WHOLE).empty
    assert next_better(scores, "A", "2020") == (("B",), pytest.approx(50))


def places_gained(scores, region: str, code: str, value: float) -> bool:
    outcome = what_if(scores, region, PERIODS[1], {code: value})
    return outcome.after[1] < outcome.before[1]


@settings(max_examples=80, deadline=None)
@given(cases(), st.sampled_from([Normalise.FRONTIER, Normalise.MINMAX, Normalise.RANK]))
def test_as_trying_every_value_one_by_one(case: Case, method: Normalise) -> None:
    scores = case.scored(ScoreOptions(method))
    period, region = PERIODS[1], case.regions[0]
    found = single_steps(scores, region, period, FINE).set_index("code")
    place = scores.of(region, scores.framework.root.code, period)[1]
    assume(place > 1)
    for lever in levers(scores, region, period):
        if lever.value == lever.best:
            assert lever.code not in found.index
            continue
        tried = [
            (value, places_gained(scores, region, lever.code, value))
            for value in np.linspace(lever.value, lever.best, 41)
        ]
        enough = [value for value, gained in tried if gained]
        assert (lever.code in found.index) == bool(enough)
        if not enough:
            continue
        step, way = found.loc[lever.code], 1 if is_higher(scores.framework, lever.code) else -1
        # All that is better than what is needed does, nothing short of it.
        slack = 1e-9 * abs(lever.best - lever.value)
        assert all(
            gained == (way * (value - step["needed"]) >= 0)
            for value, gained in tried
            if abs(value - step["needed"]) > slack
        )
        assert places_gained(scores, region, lever.code, step["needed"])
        assert places_gained(scores, region, lever.code, step["reach"])
        assert way * (step["reach"] - lever.best) <= 0
        assert 0 <= step["share"] <= 1


def test_a_place_is_not_gained_by_what_others_lose() -> None:
    # A holds the worst value, the end of the scale: moving it lowers the others' scores too, which is reckoned with.
    scores = scored(
        {"m": [9, 5, 1], "n": [60, 50, 40]}, tree(replace(leaf("m"), weight=1.0), leaf("n", HIGHER, best=100, worst=0))
    )
    # Totals: A (0 + 60)/2 = 30, B (50 + 50)/2 = 50, C (100 + 40)/2 = 70.
    # At x (the worst while x > 5): B gets (x − 5)/(x − 1)·100, A 0; A passes where 60 = B's + 50, x = 5 + 4/9.
    table = single_steps(scores, "A", "2020", {"m": 2, "n": 0})
    assert table.set_index("code").at["m", "needed"] == pytest.approx(5 + 4 / 9)
    assert table.set_index("code").at["m", "reach"] == 5.44
