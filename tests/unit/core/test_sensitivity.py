"""What moves a total most: worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.sensitivity import (
    course,
    even_weights,
    goals_of,
    other_weights,
    own_weights,
    swings,
    unit_weights,
    unmoved,
)
from lib.core.whatif import play
from lib.model import Measure
from lib.model.scenario import Move, Others, Scenario
from tests.unit.core.build import HIGHER, LOWER, leaf, records, scored, tree

# t = (3·m + 1·n) / 4. m: (9 − x)/8; n: x/100.
TREE = tree(leaf("m", LOWER, best=1, worst=9, weight=3), leaf("n", HIGHER, best=100, worst=0, weight=1))
#         A   B   C       t: A (150 + 60)/4 = 52.5, B 76.25, C (0 + 40)/4 = 10
VALUES = {"m": [5, 3, 9], "n": [60, 80, 40]}


def test_a_tenth_of_each_value_either_way() -> None:
    # A's m 5 ± 0.5: 0.5/8 · 100 · 3/4 = 4.6875; n 60 ± 6: 6/4 = 1.5.
    table = swings(scored(VALUES, TREE), "A", "2020")
    assert records(table, ("code", "value", "better", "worse", "gain", "loss")) == [
        ("m", 5.0, 4.5, 5.5, 4.6875, -4.6875),
        ("n", 60.0, 66.0, 54.0, 1.5, -1.5),
    ]


def test_a_tenth_ends_where_the_scale_ends() -> None:
    # A's m at 1 cannot get better, n at 95 only 5 better: 5/4; C's m at 9 cannot get worse.
    scores = scored({"m": [1, 3, 9], "n": [95, 80, 40]}, TREE)
    table = swings(scores, "A", "2020").set_index("code")
    assert (table.at["m", "better"], table.at["m", "gain"]) == (1.0, 0.0)
    assert (table.at["n", "better"], table.at["n", "gain"]) == (100.0, pytest.approx(1.25))
    assert swings(scores, "C", "2020").set_index("code").at["m", "loss"] == 0.0


def test_a_negative_value_gets_better_upwards_too() -> None:
    framework = tree(leaf("m", HIGHER, best=10, worst=-10))
    (row,) = records(swings(scored({"m": [-5, 3]}, framework), "A", "2020"), ("better", "worse"))
    assert row == (-4.5, -5.5)


def test_nothing_and_what_has_no_value_have_no_tenth() -> None:
    scores = scored({"m": [None, 3, 9], "n": [0, 80, 40]}, TREE)
    assert swings(scores, "A", "2020").empty


def test_why_a_measure_cannot_be_moved() -> None:
    framework = tree(leaf("flat"), leaf("gone", best=1, worst=9), leaf("m", best=1, worst=9))
    scores = scored({"flat": [4, 4], "gone": [None, 3], "m": [5, 5]}, framework)
    assert unmoved(scores, "A", "2020") == {"flat": "各地区数值相同，无法区分", "gone": "没有数值"}


TARGETS = pd.DataFrame(
    [("m", "P", "", 4.0, "日"), ("m", "P", "", 2.0, "日"), ("n", "P", "市本级", 90.0, "%"), ("n", "A", "", 50.0, "%")],
    columns=["code", "region", "scope", "value", "unit"],
).assign(level="binding")


def test_targets_stand_whether_reached_or_not() -> None:
    measures = {"m": Measure("m", "时间", "日", LOWER), "n": Measure("n", "比率", "%", HIGHER)}
    found = goals_of(scored(VALUES, TREE), "2020", TARGETS, measures, {each: f"{each}县" for each in "ABC"}, "P")
    # The most demanding of two for everybody; A's own on n, which it has reached; the city level's for none.
    assert found == {("A", "m"): 2.0, ("B", "m"): 2.0, ("C", "m"): 2.0, ("A", "n"): 50.0}


def scenario(*moves: Move, weights: dict[str, float] | None = None, others: Others = Others.HOLD) -> Scenario:
    return Scenario("t", "2020", "A", moves, tuple((weights or {}).items()), others)


def test_the_way_is_scored_one_change_after_another() -> None:
    tried = scenario(Move("A", "m", 3), Move("B", "n", 100), Move("A", "n", 80), weights={"m": 1.0})
    outcome = play(scored(VALUES, TREE), "A", "2020", tried.values, dict(tried.weights))
    # 52.5; B's change moves nobody else's score; m at 3: (225 + 60)/4; n at 80: (225 + 80)/4; equal weights: (75 + 80)/2.
    assert records(course(outcome, tried), ("kind", "code", "left", "right")) == [
        ("elsewhere", "", 52.5, 52.5),
        ("moved", "m", 52.5, 71.25),
        ("moved", "n", 71.25, 76.25),
        ("weighted", "", 76.25, 77.5),
    ]


def test_what_the_others_are_taken_to_do_comes_first() -> None:
    # m without bounds: A (9 − 5)/6 · 100; with B at 1 the best end is 1: (9 − 5)/8; then A at 1 is the best, too.
    scores = scored({"m": [5, 3, 9]}, tree(leaf("m")))
    tried = scenario(Move("A", "m", 1), others=Others.TARGETS)
    outcome = play(scores, "A", "2020", tried.values, others={("B", "m"): 1.0})
    first, second = records(course(outcome, tried), ("kind", "left", "right"))
    assert first == ("assumed", pytest.approx(200 / 3), 50.0)
    assert second == ("moved", 50.0, 100.0)


def test_nothing_tried_is_no_way() -> None:
    assert course(play(scored(VALUES, TREE), "A", "2020", {}), scenario()).empty


@given(
    moves=st.lists(
        st.builds(Move, st.sampled_from("ABC"), st.sampled_from("mn"), st.floats(0, 100)),
        max_size=6,
        unique_by=lambda move: (move.region, move.measure),
    ),
    weight=st.floats(0, 5),
)
def test_the_parts_are_the_whole_whatever_is_tried(moves: list[Move], weight: float) -> None:
    # No bounds on m: what one region does moves all scores.
    scores = scored(VALUES, tree(leaf("m", LOWER, weight=3), leaf("n", HIGHER, best=100, worst=0)))
    tried = scenario(*moves, weights={"m": weight})
    outcome = play(scores, "A", "2020", tried.values, dict(tried.weights))
    way = course(outcome, tried)
    assert way["left"].iloc[0] == outcome.before[0]
    assert way["left"].tolist()[1:] == way["right"].tolist()[:-1]
    assert way["right"].iloc[-1] == outcome.after[0]


def test_weights_of_a_node() -> None:
    framework = tree(leaf("m", weight=3), leaf("n", weight=0), leaf("o", weight=6))
    assert own_weights(framework, "t") == {"m": 3, "n": 0, "o": 6}
    assert even_weights(framework, "t") == {"m": 3, "n": 3, "o": 3}
    assert unit_weights(framework, "t") == {"m": 3, "n": 3, "o": 6}
    assert other_weights(framework, {"m": 5, "o": 1}, {"m": 3, "n": 2}) == {"o": 1, "n": 2}
