"""Moved values, scored again by the same functions."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.core.score import score
from lib.core.whatif import levers, play, reweighted, what_if
from lib.model import Aggregate, Node, Normalise, ScoreOptions, UserError
from tests.unit.core.build import HIGHER, LOWER, leaf, records, rows, scored, tree

# t = (3·m + 1·n) / 4. m: (9 − x)/8; n: x/100.
TREE = tree(leaf("m", LOWER, best=1, worst=9, weight=3), leaf("n", HIGHER, best=100, worst=0, weight=1))
#         A   B   C       t: A (150 + 60)/4 = 52.5, B 76.25, C (0 + 40)/4 = 10
VALUES = {"m": [5, 3, 9], "n": [60, 80, 40]}


def test_a_change_by_hand() -> None:
    # A at m 1 and n 80: (300 + 80)/4 = 95, first; three members in thirds: each place its own tier.
    outcome = what_if(scored(VALUES, TREE), "A", "2020", {"m": 1, "n": 80})
    assert (outcome.before, outcome.after) == ((52.5, 2.0, 2.0), (95.0, 1.0, 1.0))
    assert (outcome.points, outcome.places) == (42.5, 1.0)


def test_going_down_is_negative() -> None:
    outcome = what_if(scored(VALUES, TREE), "B", "2020", {"m": 9})  # (0 + 80)/4 = 20, second after A's 52.5
    assert (outcome.points, outcome.places) == (-56.25, -1.0)


def test_places_are_places_not_tiers() -> None:
    scores = scored({"m": [6, 5, 4, 3, 2, 1]}, tree(leaf("m", best=0, worst=10)))
    outcome = what_if(scores, "A", "2020", {"m": 2.5})  # past 5, 4 and 3; behind 2 and 1
    assert (outcome.before[1:], outcome.after[1:], outcome.places) == ((6.0, 3.0), (3.0, 2.0), 3.0)


def test_the_scores_it_starts_from_stay_as_they_are() -> None:
    scores = scored(VALUES, TREE)
    before = scores.frame.copy()
    what_if(scores, "A", "2020", {"m": 1})
    pd.testing.assert_frame_equal(scores.frame, before)
    assert scores.panel.value("A", "m", "2020") == 5


def test_only_the_one_period_is_changed_and_shown() -> None:
    frame = pd.concat([rows(VALUES, "2019"), rows(VALUES, "2020")], ignore_index=True)
    outcome = what_if(score(frame, TREE), "A", "2019", {"m": 1})
    assert outcome.now.panel.periods == outcome.then.panel.periods == ("2019",)


def test_everyones_standing_after_the_change() -> None:
    table = what_if(scored(VALUES, TREE), "C", "2020", {"m": 1, "n": 100}).movement
    assert records(table, ("region", "rank", "rank_before", "rank_change", "score_change")) == [
        ("C", 1, 3, 2, 90.0),
        ("B", 2, 1, -1, 0.0),
        ("A", 3, 2, -1, 0.0),
    ]


def test_the_others_move_too_where_the_cohort_makes_the_scale() -> None:
    # m without bounds: ends 3 and 9, A (9 − 5)/6 = 66.7. With B at 1 the best end is 1: A (9 − 5)/8 = 50.
    outcome = what_if(scored({"m": [5, 3, 9]}, tree(leaf("m"))), "B", "2020", {"m": 1})
    assert outcome.now.of("A", "m", "2020")[0] == pytest.approx(200 / 3)
    assert outcome.then.of("A", "m", "2020")[0] == 50


@pytest.mark.parametrize(
    ("region", "period", "changes", "named"),
    [("A", "2020", {"x": 1.0}, "x"), ("Z", "2020", {"m": 1.0}, "Z"), ("A", "2021", {"m": 1.0}, "2021")],
)
def test_what_is_not_there_is_named(region: str, period: str, changes: dict[str, float], named: str) -> None:
    with pytest.raises(KeyError, match=named):
        what_if(scored(VALUES, TREE), region, period, changes)


def test_each_measure_moved_and_what_it_adds_alone() -> None:
    outcome = what_if(scored(VALUES, TREE), "A", "2020", {"m": 3, "n": 80})
    table = outcome.moved(["m", "n"])
    assert records(table, ("code", "value", "value_if", "score", "score_if", "total")) == [
        ("m", 5.0, 3.0, 50.0, 75.0, 18.75),
        ("n", 60.0, 80.0, 60.0, 80.0, 5.0),
    ]


def test_the_parts_add_up_to_the_whole_for_the_arithmetic_mean() -> None:
    outcome = what_if(scored(VALUES, TREE), "A", "2020", {"m": 2.7, "n": 91.3})
    assert outcome.moved(["m", "n"])["total"].sum() == pytest.approx(outcome.points, abs=1e-12)


def test_with_another_mean_each_part_is_still_scored_alone() -> None:
    scores = scored(VALUES, TREE, ScoreOptions(aggregate=Aggregate.GEOMETRIC))
    table = what_if(scores, "A", "2020", {"m": 3, "n": 80}).moved(["m", "n"])
    before = 50**0.75 * 60**0.25
    assert table["total"].tolist() == pytest.approx([75**0.75 * 60**0.25 - before, 50**0.75 * 80**0.25 - before])


def test_a_measure_left_alone_adds_nothing() -> None:
    outcome = what_if(scored(VALUES, TREE), "A", "2020", {"m": 3})
    assert records(outcome.moved(["n"]), ("value", "value_if", "total")) == [(60.0, 60.0, 0.0)]
    assert outcome.moved([]).empty


def test_levers_by_what_they_promise() -> None:
    # A: m from 50 to 100 adds 3/4 of 50 = 37.5; n from 60 to 100 adds 1/4 of 40 = 10.
    found = levers(scored(VALUES, TREE), "A", "2020")
    assert [(each.code, each.value, each.worst, each.best, each.fixed) for each in found] == [
        ("m", 5.0, 9.0, 1.0, True),
        ("n", 60.0, 0.0, 100.0, True),
    ]
    assert [each.headroom for each in found] == pytest.approx([37.5, 10])


def test_the_most_promising_lever_comes_first_whatever_the_order_of_the_tree() -> None:
    # A with m at 2 (87.5) and n at 0: m promises 9.375, n 25.
    found = levers(scored({"m": [2, 3], "n": [0, 80]}, TREE), "A", "2020")
    assert [each.code for each in found] == ["n", "m"]
    assert [each.headroom for each in found] == pytest.approx([25, 9.375])


def test_levers_without_bounds_end_where_the_cohort_ends() -> None:
    # ends 3 and 9; A from (9 − 5)/6 = 66.7 to 100
    (lever,) = levers(scored({"m": [5, 3, 9]}, tree(leaf("m", LOWER))), "A", "2020")
    assert (lever.worst, lever.best, lever.fixed) == (9.0, 3.0, False)
    assert lever.headroom == pytest.approx(100 / 3)


@pytest.mark.parametrize(
    ("node", "value", "ends"),
    [
        (leaf("m", LOWER, best=2, worst=8), 11.0, (11.0, 2.0)),
        (leaf("m", LOWER, best=2, worst=8), 0.5, (8.0, 0.5)),
        (leaf("m", HIGHER, best=90, worst=10), 4.0, (4.0, 90.0)),
        (leaf("m", HIGHER, best=90, worst=10), 95.0, (10.0, 95.0)),
    ],
)
def test_ends_are_widened_to_todays_value(node: Node, value: float, ends: tuple[float, float]) -> None:
    (lever,) = levers(scored({"m": [value, 5]}, tree(node)), "A", "2020")
    assert (lever.worst, lever.best) == ends


def test_what_has_no_value_or_no_scale_is_no_lever() -> None:
    framework = tree(leaf("flat"), leaf("gone", best=1, worst=9), leaf("m", best=1, worst=9))
    values = {"flat": [4, 4], "gone": [None, 3], "m": [5, 5]}
    assert [each.code for each in levers(scored(values, framework), "A", "2020")] == ["m"]


def test_a_lever_beside_a_missing_measure_carries_its_weight() -> None:
    # A has only n: its total is n's score, so n at 100 adds 40, not 10.
    (lever,) = levers(scored({"m": [None, 3], "n": [60, 80]}, TREE), "A", "2020")
    assert (lever.code, lever.headroom) == ("n", pytest.approx(40))


@pytest.mark.parametrize("method", list(Normalise))
def test_headroom_is_what_the_what_if_gives(method: Normalise) -> None:
    framework = tree(leaf("m", LOWER, weight=3), leaf("n", HIGHER))
    scores = scored({"m": [5, 3, 9, 4], "n": [60, 80, 40, 10]}, framework, ScoreOptions(method))
    for lever in levers(scores, "A", "2020"):
        assert lever.headroom == what_if(scores, "A", "2020", {lever.code: lever.best}).points


def test_others_move_first_and_what_is_tried_comes_on_top() -> None:
    # B falls to m 7 (25) and n 40: (75 + 40)/4 = 28.75. A at m 1: (300 + 60)/4 = 90.
    outcome = play(
        scored(VALUES, TREE),
        "A",
        "2020",
        {("A", "m"): 1.0},
        others={("B", "m"): 7.0, ("B", "n"): 40.0, ("A", "m"): 9.0},
    )
    root = outcome.now.framework.root.code
    assert outcome.before == (52.5, 2.0, 2.0)
    # What others are taken to do is played as it is said, also of the region itself: A at m 9 has (0 + 60)/4.
    assert outcome.otherwise == (15.0, 2.0, 2.0)
    assert outcome.base.of("B", root, "2020")[0] == 28.75
    assert outcome.after == (90.0, 1.0, 1.0)
    assert outcome.then.of("B", root, "2020")[0] == 28.75
    assert outcome.standing("C") == ((10.0, 3.0, 3.0), (10.0, 3.0, 3.0))


def test_where_others_hold_still_the_base_is_the_present() -> None:
    for others in (None, {}):
        outcome = play(scored(VALUES, TREE), "A", "2020", {("B", "m"): 9.0}, others=others)
        assert outcome.base is outcome.now
        assert outcome.otherwise == outcome.before
    # B at m 9 has (0 + 80)/4 = 20: A is first though nothing of its own has changed.
    assert (outcome.points, outcome.places) == (0.0, 1.0)


def test_weights_change_the_total_and_nothing_else() -> None:
    # With weights 1 and 3: A (50 + 180)/4 = 57.5, B (75 + 240)/4 = 78.75.
    outcome = play(scored(VALUES, TREE), "A", "2020", {}, {"m": 1.0, "n": 3.0})
    assert (outcome.before[0], outcome.after[0]) == (52.5, 57.5)
    assert outcome.then.of("A", "m", "2020") == outcome.now.of("A", "m", "2020")
    assert (outcome.now.framework["m"].weight, outcome.then.framework["m"].weight) == (3.0, 1.0)
    # The others' part is reckoned with the weights in force.
    assert outcome.base.framework is outcome.now.framework


def test_reweighting_leaves_the_rest_and_names_what_is_wrong() -> None:
    assert reweighted(TREE, {}) is TREE
    assert [node.weight for node in reweighted(TREE, {"n": 0.0}).nodes] == [1.0, 3.0, 0.0]
    with pytest.raises(KeyError, match="x"):
        reweighted(TREE, {"x": 1.0})
    with pytest.raises(UserError):
        reweighted(TREE, {"m": 0.0, "n": 0.0})
    with pytest.raises(UserError):
        reweighted(TREE, {"m": -1.0})


@pytest.mark.parametrize("others", [{("Z", "m"): 1.0}, {("A", "x"): 1.0}])
def test_who_is_not_there_cannot_move(others: dict[tuple[str, str], float]) -> None:
    with pytest.raises(KeyError, match=next(name for name in next(iter(others)) if name in "Zx")):
        play(scored(VALUES, TREE), "A", "2020", {}, others=others)


SIX = scored({"m": [60, 50, 40, 40, 20, 10]}, tree(leaf("m", HIGHER, best=100, worst=0)))


@pytest.mark.parametrize(
    ("region", "value", "passed"),
    [
        ("E", 45, "CD"),
        ("E", 70, "ABCD"),
        # Level with C and D: one place with them, nobody overtaken.
        ("E", 40, ""),
        # C and D were level: who moves on leaves the other behind.
        ("C", 41, "D"),
        ("E", 20, ""),
        ("E", 5, ""),
    ],
)
def test_whom_a_change_overtakes(region: str, value: float, passed: str) -> None:
    assert "".join(what_if(SIX, region, "2020", {"m": value}).overtaken) == passed


def test_the_best_of_those_overtaken_comes_first_by_where_they_are_afterwards() -> None:
    outcome = play(SIX, "E", "2020", {("E", "m"): 70.0, ("A", "m"): 30.0})
    assert outcome.overtaken == ("B", "C", "D", "A")


def test_a_region_without_a_place_overtakes_nobody_and_is_not_overtaken() -> None:
    scores = scored({"m": [None, 50, 40]}, tree(leaf("m", HIGHER, best=100, worst=0)))
    assert what_if(scores, "B", "2020", {"m": 30}).overtaken == ()
    assert what_if(scores, "C", "2020", {"m": 60}).overtaken == ("B",)
    assert what_if(scores, "A", "2020", {}).overtaken == ()
