"""Where no plan reaches an aim, drawing level with all others on a measure may: it then tells nobody apart."""

from __future__ import annotations

import pytest

from lib.core.aim import Aim
from lib.core.goalseek import seek
from lib.core.levelling import levels, seek_or_level
from lib.core.plan import Limits
from lib.core.score import score_panel
from lib.core.whatif import what_if
from tests.unit.core.build import HIGHER, LOWER, leaf, scored, tree

# m has the cohort's ends: B and C level at 1, A alone at 5. n has a frontier of 0 and 100.
TREE = tree(leaf("m", LOWER), leaf("n", HIGHER, best=100, worst=0))
# A (0 + 90)/2 = 45, B (100 + 60)/2 = 80, C (100 + 40)/2 = 70. With n at 100 A is at 50, still last; with m level only n counts: A 90.
SCORES = scored({"m": [5, 1, 1], "n": [90, 60, 40]}, TREE).at("2020")
DECIMALS = {"m": 0, "n": 0}
FIRST = Aim("t", place=1)


def test_what_can_be_drawn_level() -> None:
    assert levels(SCORES, "A", FIRST, Limits()) == {"m": 1.0}
    assert levels(SCORES, "B", FIRST, Limits()) == {}
    assert levels(SCORES, "A", FIRST, Limits(barred=("m",))) == {}
    assert levels(SCORES, "A", FIRST, Limits(part=0.5)) == {}
    assert levels(SCORES, "A", Aim("n", place=1), Limits()) == {}


def test_without_levelling_there_is_no_plan_and_with_it_there_is_one() -> None:
    assert seek(SCORES, "A", FIRST, Limits(), DECIMALS).plans == ()
    (plan,) = seek_or_level(SCORES, "A", FIRST, Limits(), DECIMALS).plans
    assert (dict(plan.values), plan.levelled, plan.proven) == ({"m": 1.0}, ("m",), False)
    # Ten units: the whole scale of one measure.
    assert (plan.before, plan.after, plan.effort) == ((45.0, 3.0, 3.0), (90.0, 1.0, 1.0), 10.0)
    assert what_if(SCORES, "A", "2020", plan.values).after == plan.after


def test_what_is_left_is_planned_as_ever_and_adds_up() -> None:
    scores = scored({"m": [5, 1, 1], "n": [50, 60, 40]}, TREE).at("2020")
    plan = seek_or_level(scores, "A", FIRST, Limits(), DECIMALS).plans[0]
    assert dict(plan.values) == {"m": 1.0, "n": 60.0}
    assert FIRST.reached(plan.then, "A")
    assert plan.effort == pytest.approx(11.0)
    # Level on m: (0 + 50)/2 → 50; n from 50 to 60: → 60.
    assert plan.table["points"].sum() == pytest.approx(plan.after[0] - plan.before[0]) == pytest.approx(35.0)


def test_a_plan_without_levelling_is_left_alone() -> None:
    aim = Aim("t", score=48)
    assert seek_or_level(SCORES, "A", aim, Limits(), DECIMALS).plans[0].levelled == ()


@pytest.mark.parametrize("limits", [Limits(measures=0), Limits(indicators=1), Limits(barred=("m",))])
def test_limits_hold(limits: Limits) -> None:
    assert seek_or_level(SCORES, "A", FIRST, limits, DECIMALS).plans == ()


def test_every_plan_scored_again_reaches_the_aim() -> None:
    for plan in seek_or_level(SCORES, "A", FIRST, Limits(), DECIMALS).plans:
        panel = SCORES.panel.with_values({("A", code): value for code, value in plan.values.items()})
        assert FIRST.reached(score_panel(panel, SCORES.framework, SCORES.options), "A")
