"""The least effort to an aim, against every plan there is on small grids, and by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from lib.core.aim import Aim
from lib.core.goalseek import Answer, seek
from lib.core.panel import Panel
from lib.core.plan import Limits, bar
from lib.core.rank import TIE
from lib.core.score import Scores, score_panel
from lib.core.stretch import MOST_POINTS, by_pace, pieces, shares
from lib.core.whatif import levers, what_if
from lib.model import Aggregate, Direction, Framework, Node, Normalise, ScoreOptions, UserError
from tests.unit.core.build import HIGHER, LOWER, leaf, scored, tree

WHOLE = dict.fromkeys(("m", "n", "o", "m1", "m2", "m3", "m4"), 0)
FINE = 1e-6
# t = (3·m + 1·n) / 4. m: (9 − x)/8; n: x/100.
TREE = tree(leaf("m", LOWER, best=1, worst=9, weight=3), leaf("n", HIGHER, best=100, worst=0, weight=1))


def sought(scores: Scores, aim: Aim, limits: Limits | None = None, region: str = "A") -> Answer:
    return seek(scores.at("2020"), region, aim, limits or Limits(), WHOLE, same=FINE)


def first(answer: Answer) -> tuple[dict[str, float], float]:
    return dict(answer.plans[0].values), answer.plans[0].effort


# --- by hand


def test_a_score_at_the_least_effort() -> None:
    # A: m 5 (50), n 60 (60): (150 + 60)/4 = 52.5. A step of m is 12.5 of its points, 1.25 份力, 9.375 of the total: 7.5 of the
    # total a 份力; n gives 2.5. To 70 are missing 17.5: two steps of m (18.75) for 2.5.
    answer = sought(scored({"m": [5, 3], "n": [60, 80]}, TREE), Aim("t", score=70))
    assert first(answer) == ({"m": 3.0}, 2.5)
    assert answer.plans[0].after[0] == 71.25


def test_the_rest_is_made_up_where_it_costs_least() -> None:
    # To 62 are missing 9.5: a step of m (9.375) and one of n (0.25) for 1.25 + 0.1, or two of m for 2.5, or 38 of n for 3.8.
    answer = sought(scored({"m": [5, 3], "n": [60, 80]}, TREE), Aim("t", score=62))
    assert first(answer) == ({"m": 4.0, "n": 61.0}, pytest.approx(1.35))


def test_a_tie_shares_the_place() -> None:
    # B has (225 + 80)/4 = 76.25. Half of the way A can go two steps of m (18.75) and 20 of n (5.0): just level.
    answer = sought(scored({"m": [5, 3], "n": [60, 80]}, TREE), Aim("t", place=1), Limits(part=0.5))
    assert first(answer) == ({"m": 3.0, "n": 80.0}, pytest.approx(4.5))
    assert answer.plans[0].after == (76.25, 1.0, 1.0)


def test_of_the_same_effort_the_fewest_measures() -> None:
    # Two measures of equal weight; 5 of the total are 10 points of one, 1 份力, however they are shared out.
    framework = tree(leaf("m", HIGHER, best=100, worst=0), leaf("n", HIGHER, best=100, worst=0))
    answer = sought(scored({"m": [50, 0], "n": [50, 0]}, framework), Aim("t", score=55))
    assert len(answer.plans[0].values) == 1
    assert answer.plans[0].effort == pytest.approx(1)


def test_effort_can_weigh_more_on_a_measure() -> None:
    answer = sought(
        scored({"m": [5, 3], "n": [60, 80]}, TREE), Aim("t", score=60), Limits(factors=(("m", 4.0),))
    )  # 7.5 are missing: 30 of n for 3; a step of m would be 5
    assert first(answer) == ({"n": 90.0}, pytest.approx(3))


def test_holding_the_worst_value_alone_drags_the_scale_along() -> None:
    # m: A 9, B 5, C 3 on the cohort's own ends 9 and 3. A is 0 until it is past 5; with A at 4 the ends are 5 and 3: A 50, B 0.
    # A is second then, for 5/6 of the scale, 8.33 份力; with A at 5 both are at 0 and share the second place, for 6.67.
    scores = scored({"m": [9, 5, 3]}, tree(leaf("m", LOWER)))
    assert first(sought(scores, Aim("t", place=2))) == ({"m": 5.0}, pytest.approx(20 / 3))
    assert first(sought(scores, Aim("t", score=40))) == ({"m": 4.0}, pytest.approx(25 / 3))


def test_a_plan_says_that_it_only_drags_others_down() -> None:
    scores = scored({"m": [9, 5, 3]}, tree(leaf("m", LOWER)))
    tie, ahead = (sought(scores, aim).plans[0] for aim in (Aim("t", place=2), Aim("t", score=40)))
    assert (tie.after[:2], tie.shared, tie.drags) == ((0.0, 2.0), True, True)
    assert (ahead.after[:2], ahead.shared, ahead.drags) == ((50.0, 2.0), False, True)
    fixed = sought(scored({"m": [5, 3], "n": [60, 80]}, TREE), Aim("t", score=70)).plans[0]
    assert (fixed.shared, fixed.drags) == (False, False)


def test_pulling_another_down_can_be_the_least_effort() -> None:
    # m alone makes B's lead over A: A 0 and B (10 − 8)/10 = 20 there; n gives A 10 of 100 against B's 0: totals 5 and 10.
    # With A at 9 the ends are 9 and 0: B (9 − 8)/9 = 11.1, 5.56 in all; at 8 B has 0: A is ahead with 5 for 2 份力.
    # n would have to rise by 10 to 20 for 1 份力.
    framework = tree(leaf("m", LOWER), leaf("n", HIGHER, best=100, worst=0))
    scores = scored({"m": [10, 8, 0], "n": [10, 0, 0]}, framework)
    assert first(sought(scores, Aim("t", place=2))) == ({"n": 20.0}, pytest.approx(1))
    assert first(sought(scores, Aim("t", place=2), Limits(barred=("n",)))) == ({"m": 8.0}, pytest.approx(2))
    both = sought(scores, Aim("t", place=2), Limits(factors=(("n", 10.0),)))
    # m 9 and n 11 or 12: 5.5 short of B's 5.56, 6 enough: 1 + 2 份力; m 8 alone 2.
    assert first(both) == ({"m": 8.0}, pytest.approx(2))


def test_the_better_end_may_lie_off_the_grid() -> None:
    framework = tree(leaf("m", LOWER, best=1.5, worst=9))
    answer = sought(scored({"m": [5, 3]}, framework), Aim("t", score=100))
    assert first(answer)[0] == {"m": 1.5}


def test_a_limit_that_is_no_end_stays_on_the_grid() -> None:
    # Half of the way from 5 to 1.5 is 3.25: a step to 4 is the last.
    framework = tree(leaf("m", LOWER, best=1.5, worst=9))
    answer = sought(scored({"m": [5, 3]}, framework), Aim("t", score=100), Limits(part=0.5))
    assert answer.best is not None
    assert answer.best.values == {"m": 4.0}


def test_what_adds_what_adds_up() -> None:
    plan = sought(scored({"m": [5, 3], "n": [60, 80]}, TREE), Aim("t", place=1), Limits(part=0.5)).plans[0]
    assert plan.table.to_dict("list") == {
        "code": ["m", "n"],
        "value": [5.0, 60.0],
        "reach": [3.0, 80.0],
        "score": [50.0, 60.0],
        "score_if": [75.0, 80.0],
        "points": [18.75, 5.0],
        "effort": [2.5, 2.0],
    }
    assert plan.bar == 76.25


def test_an_indicator_can_be_aimed_at() -> None:
    framework = tree(
        Node("i", parent="t"), leaf("m", LOWER, "i", best=1, worst=9), leaf("n", HIGHER, best=100, worst=0)
    )
    answer = sought(scored({"m": [5, 3], "n": [60, 80]}, framework), Aim("i", score=75))
    assert first(answer) == ({"m": 3.0}, 2.5)


def test_alternatives_each_leave_something_out() -> None:
    framework = tree(*(leaf(code, HIGHER, best=10, worst=0) for code in ("m", "n", "o")))
    plans = sought(scored({"m": [5, 9], "n": [5, 9], "o": [5, 9]}, framework), Aim("t", score=60)).plans
    assert [set(plan.values) for plan in plans[:3]] != [set(plans[0].values)] * 3
    for i, plan in enumerate(plans):
        assert plan.aim.reached(plan.then, "A")
        for before in plans[:i]:
            assert not set(before.values) <= set(plan.values)
    assert [plan.effort for plan in plans] == sorted(plan.effort for plan in plans)


def test_reached_already() -> None:
    answer = sought(scored({"m": [5, 3], "n": [60, 80]}, TREE), Aim("t", score=52.5))
    assert (answer.reached, answer.plans) == (True, ())


def test_what_stands_in_the_way() -> None:
    # With n alone A comes to (150 + 100)/4 = 62.5, B has 76.25.
    scores = scored({"m": [5, 3], "n": [60, 80]}, TREE)
    answer = sought(scores, Aim("t", place=1), Limits(barred=("m",)))
    assert answer.best is not None
    assert (answer.plans, answer.lifts) == ((), ("barred",))
    assert (answer.best.after[:2], answer.best.bar) == ((62.5, 2.0), 76.25)
    assert sought(scores, Aim("t", place=1), Limits(part=0.25)).lifts == ("reach",)
    # With n barred and a quarter of the way to go m comes to 4 (61.9); with n at 70 too that is 64.4, with m alone at 1 90.
    assert sought(scores, Aim("t", place=1), Limits(barred=("n",), part=0.25)).lifts == ("reach",)
    assert sought(scores, Aim("t", place=1), Limits(barred=("m",), part=0.25)).lifts == ("all",)
    framework = tree(leaf("m", HIGHER, best=10, worst=0), leaf("n", HIGHER, best=10, worst=0))
    flat = scored({"m": [0, 8], "n": [0, 8]}, framework)
    assert sought(flat, Aim("t", score=80), Limits(measures=1)).lifts == ("measures",)
    assert sought(flat, Aim("t", score=80), Limits(indicators=1)).lifts == ("indicators",)


def test_the_best_place_counts_those_that_only_come_down() -> None:
    # m: A alone holds the worst value. Half of the way it goes from 9 to 6 and shares it with C: both have 0 and the third place,
    # from which neither B (5: 33) nor D can be reached.
    scores = scored({"m": [9, 5, 6, 3]}, tree(leaf("m", LOWER)))
    answer = sought(scores, Aim("t", place=1), Limits(part=0.5))
    assert answer.best is not None
    assert (answer.best.values, answer.best.after[:2]) == ({"m": 6.0}, (0.0, 3.0))


def test_the_furthest_leaves_out_what_brings_nothing() -> None:
    # Down to 6 A alone still holds the worst value of n: 0 for A, 100 for B, as before.
    framework = tree(leaf("m", HIGHER, best=10, worst=0), leaf("n", LOWER))
    scores = scored({"m": [5, 10], "n": [9, 0]}, framework)
    answer = sought(scores, Aim("t", place=1), Limits(change=(("m", 3.0), ("n", 3.0))))
    assert answer.best is not None
    assert answer.best.values == {"m": 8.0}


def test_what_brings_nothing_is_no_way_at_all() -> None:
    answer = sought(scored({"m": [5, 3], "n": [60, 80]}, TREE), Aim("t", place=1), Limits(barred=("m", "n")))
    assert answer.best is None


def test_no_limit_stands_in_the_way_of_what_is_beyond_every_end() -> None:
    framework = tree(leaf("m", HIGHER, best=10, worst=0))
    answer = sought(scored({"m": [12, 4]}, framework), Aim("t", score=101), region="B")
    assert answer.plans == ()
    assert answer.lifts == ()
    assert answer.best is not None and answer.best.after[0] == 100


def test_at_most_so_many_measures_and_indicators() -> None:
    framework = tree(
        Node("i", parent="t"),
        Node("j", parent="t"),
        leaf("m", HIGHER, "i", best=10, worst=0),
        leaf("n", HIGHER, "i", best=10, worst=0),
        leaf("o", HIGHER, "j", best=10, worst=0, weight=1),
    )
    # shares ¼, ¼, ½; o has no room.
    scores = scored({"m": [2, 9], "n": [2, 9], "o": [10, 9]}, framework)
    assert len(first(sought(scores, Aim("t", score=81)))[0]) == 2
    assert sought(scores, Aim("t", score=81), Limits(measures=1)).plans == ()
    assert len(first(sought(scores, Aim("t", score=81), Limits(indicators=1)))[0]) == 2
    o_too = scored({"m": [2, 9], "n": [2, 9], "o": [5, 9]}, framework)
    touched = first(sought(o_too, Aim("t", score=60), Limits(indicators=1)))[0]
    assert touched == {"o": 10.0}


def test_the_bar_is_the_other_who_must_be_reached() -> None:
    scores = scored({"m": [5, 3, 1, 9], "n": [60, 80, 40, 20]}, TREE).at("2020")
    # B 76.25, C (300 + 40)/4 = 85, D 5
    assert [bar(scores, "A", Aim("t", place=place)) for place in (1, 2, 3, 4)] == [85, 76.25, 5, -np.inf]
    assert bar(scores, "A", Aim("t", score=60)) == 60


def test_a_pace_limits_what_can_be_reached() -> None:
    limits = Limits(change=by_pace({"m": -0.5, "n": 3.0}, 4))
    answer = sought(scored({"m": [5, 3], "n": [60, 80]}, TREE), Aim("t", place=1), limits)
    assert answer.best is not None
    assert answer.best.values == {"m": 3.0, "n": 72.0}
    assert answer.lifts == ("reach",)


def test_a_measure_without_a_pace_stays() -> None:
    answer = sought(scored({"m": [5, 3], "n": [60, 80]}, TREE), Aim("t", place=1), Limits(change=(("n", 5.0),)))
    assert answer.best is not None
    assert answer.best.values == {"n": 65.0}


def test_fine_grids_are_thinned_where_scores_bend() -> None:
    scores = scored({"m": [1.0, 0.0, 0.5]}, tree(leaf("m", LOWER, power=2))).at("2020")
    (lever,) = levers(scores, "A", "2020")
    found = pieces(scores, "A", lever, lever.best, 6, shares(scores, "t")[:, 0])
    assert MOST_POINTS - 1 <= len(found) <= MOST_POINTS
    assert found[-1].start == pytest.approx(0.0, abs=1e-6)


def test_shares_add_up_to_the_score() -> None:
    framework = tree(
        Node("i", parent="t", weight=2),
        leaf("m", LOWER, "i", best=1, worst=9, weight=0.3),
        leaf("n", HIGHER, "i", best=100, worst=0),
        leaf("o", HIGHER, best=10, worst=0),
    )
    scores = scored({"m": [5, None, 2], "n": [60, 80, None], "o": [None, 4, 5]}, framework).at("2020")
    for code in ("t", "i", "m"):
        summed = np.nansum(shares(scores, code) * scores.normalised.scores[0], axis=1)
        node = scores.score[0, :, framework.index[code]]
        assert summed == pytest.approx(np.nan_to_num(node))


@pytest.mark.parametrize(
    "options",
    [ScoreOptions(Normalise.RANK), ScoreOptions(Normalise.ZSCORE), ScoreOptions(aggregate=Aggregate.GEOMETRIC)],
)
def test_other_ways_of_scoring_are_refused(options: ScoreOptions) -> None:
    with pytest.raises(UserError, match="升档反推只用于"):
        sought(scored({"m": [5, 3, 4], "n": [60, 80, 10]}, TREE, options), Aim("t", place=1))


def test_without_a_score_there_is_no_way() -> None:
    with pytest.raises(UserError, match="没有得分"):
        sought(scored({"m": [None, 3], "n": [None, 80]}, TREE), Aim("t", place=1))


# --- against every plan there is

LEAVES = ("m1", "m2", "m3", "m4")


@dataclass(frozen=True)
class Case:
    scores: Scores
    aim: Aim
    limits: Limits


@st.composite
def nodes(draw: st.DrawFn, code: str, parent: str) -> Node:
    direction = draw(st.sampled_from([HIGHER, LOWER]))
    low, high = (0, 4) if direction is HIGHER else (4, 0)
    return Node(
        code,
        parent=parent,
        direction=direction,
        weight=draw(st.sampled_from([0.0, 1.0, 1.0, 2.0, 3.5])),
        worst=draw(st.sampled_from([None, None, float(low)])),
        best=draw(st.sampled_from([None, None, float(high), high + (0.5 if direction is HIGHER else -0.5)])),
        power=draw(st.sampled_from([1.0, 1.0, 1.0, 2.0])),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    codes = LEAVES[: draw(st.integers(2, 4))]
    inner = [Node("t"), Node("i", parent="t", weight=draw(st.sampled_from([0.5, 1.0]))), Node("j", parent="t")]
    leaves = [draw(nodes(code, "ij"[n % 2])) for n, code in enumerate(codes)]
    for parent in ("i", "j"):
        under = [n for n, node in enumerate(leaves) if node.parent == parent]
        if not any(leaves[n].weight for n in under):
            leaves[under[0]] = replace(leaves[under[0]], weight=1.0)
    size = draw(st.integers(3, 5))
    value = st.one_of(st.none(), st.integers(-1, 6), st.integers(0, 5), st.integers(0, 4).map(lambda x: x + 0.5))
    # Ours is seldom missing.
    table = {
        code: [
            draw(value.filter(lambda x: x is not None)) if n == 0 and draw(st.integers(0, 5)) else draw(value)
            for n in range(size)
        ]
        for code in codes
    }
    values = np.array([[np.nan if x is None else float(x) for x in table[code]] for code in codes]).T[None]
    regions = tuple("ABCDE"[:size])
    panel = Panel(("2020",), regions, codes, values, np.ones((1, size), dtype=bool))
    options = ScoreOptions(
        draw(st.sampled_from([Normalise.FRONTIER, Normalise.FRONTIER, Normalise.MINMAX])),
        min_coverage=draw(st.sampled_from([0.0, 0.0, 0.6])),
    )
    code = draw(st.sampled_from(["t", "t", "t", "i", "m1"]))
    aim = draw(
        st.one_of(
            st.integers(1, size - 1).map(lambda place: Aim(code, place=place)),
            st.integers(20, 100).map(lambda points: Aim(code, score=float(points))),
        )
    )
    limits = Limits(
        barred=draw(st.sampled_from([(), (), (), ("m2",)])),
        part=draw(st.sampled_from([1.0, 1.0, 0.5])),
        change=draw(st.sampled_from([None, None, tuple((c, 2.0) for c in codes)])),
        measures=draw(st.sampled_from([None, None, 1, 2])),
        indicators=draw(st.sampled_from([None, None, 1])),
        factors=draw(st.sampled_from([(), (("m1", 2.0), ("m3", 0.7))])),
    )
    return Case(score_panel(panel, Framework((*inner, *leaves)), options), aim, limits)


def reachable(case: Case) -> dict[str, list[float]]:
    """By measure every value that it may take, today's first."""
    found = {}
    for lever in levers(case.scores, "A", "2020"):
        way = 1 if lever.best > lever.value else -1
        far = abs(lever.best - lever.value) * case.limits.part
        if case.limits.change is not None:
            far = min(far, dict(case.limits.change).get(lever.code, 0.0))
        if lever.code in case.limits.barred:
            far = 0.0
        steps = [float(x) for x in range(-10, 20) if 0 < way * (x - lever.value) <= far]
        if far and far == abs(lever.best - lever.value) and lever.best not in steps:
            steps.append(lever.best)
        found[lever.code] = [lever.value, *steps]
    return found


@dataclass(frozen=True)
class Every:
    """Every plan that keeps the limits, a period each, scored: the codes it moves and the effort."""

    then: Scores
    codes: list[list[str]]
    efforts: list[float]


def every_plan(case: Case) -> Every:
    ways, scores, limits = reachable(case), case.scores, case.limits
    plans = [dict(zip(ways, values, strict=True)) for values in product(*ways.values())]
    moved = [[code for code, value in plan.items() if value != ways[code][0]] for plan in plans]
    allowed = [
        (limits.measures is None or len(codes) <= limits.measures)
        and (
            limits.indicators is None
            or len({scores.framework.indicator_of(c).code for c in codes}) <= limits.indicators
        )
        for codes in moved
    ]
    plans = [plan for plan, fits in zip(plans, allowed, strict=True) if fits]
    moved = [codes for codes, fits in zip(moved, allowed, strict=True) if fits]
    m = {code: scores.panel.measures.index(code) for code in scores.panel.measures}
    values = np.repeat(scores.panel.values, len(plans), axis=0)
    for p, plan in enumerate(plans):
        for code, value in plan.items():
            values[p, 0, m[code]] = value
    member = np.ones(values.shape[:2], dtype=bool)
    panel = Panel(tuple(map(str, range(len(plans)))), scores.panel.regions, scores.panel.measures, values, member)
    then = score_panel(panel, scores.framework, scores.options)
    factors = dict(limits.factors)
    span = {c: abs(float(scores.normalised.best[0, m[c]] - scores.normalised.worst[0, m[c]])) for c in ways}
    efforts = [
        # A measure that cannot be scored where it is moved to is no way.
        np.inf
        if any(np.isnan(then.normalised.scores[p, 0, m[code]]) for code in codes)
        else sum(factors.get(c, 1.0) * 10 * abs(plan[c] - ways[c][0]) / span[c] for c in codes)
        for p, (plan, codes) in enumerate(zip(plans, moved, strict=True))
    ]
    return Every(then, moved, efforts)


def by_brute_force(case: Case) -> tuple[float, int] | None:
    """The least effort and, of those that take it, the fewest measures; None when no plan at all reaches the aim."""
    every, node = every_plan(case), case.scores.framework.index[case.aim.code]
    place, score = every.then.rank[:, 0, node], every.then.score[:, 0, node]
    there = place <= case.aim.place if case.aim.place is not None else score >= case.aim.score - TIE  # type: ignore[operator]
    found = zip(every.efforts, every.codes, there, strict=True)
    return min(
        ((round(effort, 5), len(codes)) for effort, codes, fits in found if fits and effort < np.inf), default=None
    )


def furthest(case: Case) -> tuple[float, float]:
    """The best place of all plans, and the best score of those that have it; for a score the best score, then the best place."""
    every, node = every_plan(case), case.scores.framework.index[case.aim.code]
    standing = [
        (float(every.then.rank[p, 0, node]), float(every.then.score[p, 0, node]))
        for p, effort in enumerate(every.efforts)
        if effort < np.inf
    ]
    if case.aim.score is None:
        return min(standing, key=lambda each: (each[0], -each[1]))
    top = max(score for _, score in standing)
    return min(each for each in standing if each[1] >= top - TIE)


@settings(max_examples=400, deadline=None)
@given(cases())
def test_no_plan_at_all_is_cheaper(case: Case) -> None:
    if np.isnan(case.scores.of("A", case.aim.code, "2020")[0]):
        with pytest.raises(UserError):
            seek(case.scores, "A", case.aim, case.limits, WHOLE)
        return
    answer = seek(case.scores, "A", case.aim, case.limits, WHOLE, same=FINE)
    least = by_brute_force(case)
    event("reached" if answer.reached else "found" if answer.plans else "impossible")
    if answer.reached:
        assert least == (0, 0)
        return
    assert bool(answer.plans) == (least is not None)
    for plan in answer.plans:
        assert plan.aim.reached(plan.then, "A")
        assert plan.proven
        outcome = what_if(case.scores, "A", "2020", plan.values)
        assert np.array_equal(outcome.then.score, plan.then.score, equal_nan=True)
        assert plan.table["points"].sum() == pytest.approx(plan.after[0] - plan.before[0], abs=1e-9)
        assert plan.table["effort"].sum() == pytest.approx(plan.effort)
    if least is not None:
        plan = answer.plans[0]
        assert (round(plan.effort, 5), len(plan.values)) == (pytest.approx(least[0], abs=2e-5), least[1])
    elif answer.best is not None:
        assert not case.aim.reached(answer.best.then, "A")


@settings(max_examples=400, deadline=None)
@given(cases())
def test_nothing_goes_further_than_the_best(case: Case) -> None:
    now = case.scores.of("A", case.aim.code, "2020")
    if np.isnan(now[0]):
        return
    answer = seek(case.scores, "A", case.aim, case.limits, WHOLE, most=1)
    if answer.reached or answer.plans:
        return
    there = answer.best.after[:2] if answer.best is not None else now[:2]
    event("goes further" if there != now[:2] else "stays")
    place, score = furthest(case)
    assert there == (pytest.approx(score, abs=1e-6), place)


@settings(max_examples=100, deadline=None)
@given(cases())
def test_lifting_a_limit_that_is_named_makes_it_possible(case: Case) -> None:
    if np.isnan(case.scores.of("A", case.aim.code, "2020")[0]):
        return
    answer = seek(case.scores, "A", case.aim, case.limits, WHOLE)
    if answer.reached or answer.plans:
        assert answer.lifts == ()
        return
    for name, freer in case.limits.lifted.items():
        possible = by_brute_force(replace(case, limits=freer)) is not None
        alone = any(each in answer.lifts for each in case.limits.lifted if each != "all")
        assert possible == (name in answer.lifts) or (name == "all" and alone)


def test_the_two_directions_are_mirror_images() -> None:
    up = tree(leaf("m", Direction.HIGHER), leaf("n", HIGHER, best=100, worst=0))
    down = tree(leaf("m", Direction.LOWER), leaf("n", HIGHER, best=100, worst=0))
    rest = {"n": [10, 40, 30]}
    ours = sought(scored({"m": [1, 5, 7], **rest}, up), Aim("t", place=2))
    theirs = sought(scored({"m": [-1, -5, -7], **rest}, down), Aim("t", place=2))
    assert [plan.effort for plan in ours.plans] == pytest.approx([plan.effort for plan in theirs.plans])
    assert [plan.values.get("m") for plan in ours.plans] == [
        None if plan.values.get("m") is None else -plan.values["m"] for plan in theirs.plans
    ]


def test_pairs_of_measures_are_all_tried() -> None:
    # Five equal measures with room 1…5 of 10 points each; the total needs 1.8: two measures that together move 9 of 10.
    codes = ("m", "n", "o", "m1", "m2")
    framework = tree(*(leaf(code, HIGHER, best=10, worst=0) for code in codes))
    values = {code: [10 - room, 0] for room, code in enumerate(codes, 1)}
    scores = scored(values, framework)
    aim = Aim("t", score=scores.of("A", "t", "2020")[0] + 18)
    found = set(first(sought(scores, aim, Limits(measures=2)))[0])
    pairs = [set(pair) for pair in combinations(codes, 2) if sum(codes.index(c) + 1 for c in pair) >= 9]
    assert found in pairs
