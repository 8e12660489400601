"""What moved between two periods, and what each indicator gives and costs."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.core.movement import (
    all_contributions,
    compare_standings,
    contributions,
    movement,
    ranks_in,
    shares_in,
    standouts,
)
from lib.core.score import score
from lib.model import SCORE_COLUMNS, Node
from tests.unit.core.build import HIGHER, leaf, records, rows, scored, tree

COLUMNS = ["region", "score", "coverage", "rank", "tier", "score_before", "rank_before", "tier_before"]
COLUMNS += ["score_change", "rank_change"]
ONE = tree(leaf("m", HIGHER, best=100, worst=0))
#                     A   B   C   D     E
BEFORE = rows({"m": [90, 80, 70, None, 10]}, "2019")
NOW = rows({"m": [60, 80, 95, 50, None]}, "2020")
SCORES = score(pd.concat([BEFORE, NOW], ignore_index=True), ONE, regions=tuple("ABCDE"))
FRAME = SCORES.frame


def test_places_and_points_gained_best_place_first() -> None:
    # 2019: A 1, B 2, C 3, E 4. 2020: C 1, B 2, A 3, D 4, E none. Thirds of five: 1–2, 3–4, 5.
    assert records(movement(SCORES, "m", "2020", "2019"), COLUMNS) == [
        ("C", 95.0, 1.0, 1, 1, 70.0, 3, 2, 25.0, 2),
        ("B", 80.0, 1.0, 2, 1, 80.0, 2, 1, 0.0, 0),
        ("A", 60.0, 1.0, 3, 2, 90.0, 1, 1, -30.0, -2),
        ("D", 50.0, 1.0, 4, 2, None, None, None, None, None),
        ("E", None, 0.0, None, None, 10.0, 4, 2, None, None),
    ]


@pytest.mark.parametrize("before", [None, "2018"])
def test_without_a_period_before_nothing_has_moved(before: str | None) -> None:
    table = movement(SCORES, "t", "2020", before)
    assert table["region"].tolist() == ["C", "B", "A", "D", "E"]
    for column in ("score_before", "rank_before", "tier_before", "score_change", "rank_change"):
        assert table[column].isna().all()


def test_a_shared_place_is_shown_in_the_order_of_codes() -> None:
    found = scored({"m": [50, 80, 80, 50]}, ONE)
    assert records(movement(found, "t", "2020", None), ("region", "rank")) == [("B", 1), ("C", 1), ("A", 3), ("D", 3)]


def test_a_region_that_has_left_is_not_listed_and_a_new_one_has_no_change() -> None:
    found = score(pd.concat([BEFORE, NOW], ignore_index=True), ONE)
    table = movement(found, "t", "2020", "2019")
    assert table["region"].tolist() == ["C", "B", "A", "D"]
    assert table.set_index("region")["rank_change"].isna().to_dict() == {"C": False, "B": False, "A": False, "D": True}


def test_columns_are_those_of_the_docstring() -> None:
    table = compare_standings(FRAME[FRAME["period"] == "2020"], FRAME[FRAME["period"] == "2019"])
    assert sorted(table.columns) == sorted(COLUMNS)


def test_changes_are_on_measures_that_both_periods_have() -> None:
    pair = tree(leaf("m", HIGHER, best=100, worst=0), leaf("n", HIGHER, best=100, worst=0))
    # A lacks n before: only m counts for its change, 40 → 60; on all it has it would be 40 → 75 and no place gained.
    before, now = rows({"m": [40, 50], "n": [None, 50]}, "2019"), rows({"m": [60, 50], "n": [90, 50]}, "2020")
    found = score(pd.concat([before, now], ignore_index=True), pair)
    columns = ("region", "score", "score_change", "rank", "rank_change", "shared")
    assert records(movement(found, "t", "2020", "2019"), columns) == [
        ("A", 75.0, 20.0, 1, 1, True),
        ("B", 50.0, 0.0, 2, -1, False),
    ]
    # Below the indicator that lost nothing, nothing is rebased.
    assert not movement(found, "m", "2020", "2019")["shared"].any()


# t = (2·a + 1·b + 1·c) / 4 over three indicators of one measure each.
THREE = tree(
    Node("a", parent="t", weight=2),
    Node("b", parent="t", weight=1),
    Node("c", parent="t", weight=1),
    *(leaf(f"{code}1", HIGHER, parent=code, best=100, worst=0) for code in "abc"),
)
SHARES = {node.code: THREE.share(node.code) for node in THREE.indicators}


def test_it_is_the_asked_for_node_that_moves() -> None:
    values = {"a1": [80, 1], "b1": [20, 30], "c1": [70, 1]}
    found = scored(values, THREE)
    assert records(movement(found, "b", "2020", None), ("region", "score", "rank")) == [("B", 30.0, 1), ("A", 20.0, 2)]
    assert records(movement(found, "t", "2020", None), ("region", "score")) == [("A", 62.5), ("B", 8.25)]


def test_contributions_by_hand() -> None:
    frame = scored({"a1": [80, 1], "b1": [20, 1], "c1": [70, 1]}, THREE).frame
    # a gives 0.5·80 = 40 and costs 0.5·20 = 10; b 5 and 20; c 17.5 and 7.5. The total is 62.5.
    table = contributions(frame, SHARES, "A", "2020")
    assert list(table.columns) == ["code", "score", "rank", "tier", "points", "lost"]
    assert records(table, ("code", "score", "points", "lost", "rank")) == [
        ("b", 20.0, 5.0, 20.0, 1),
        ("a", 80.0, 40.0, 10.0, 1),
        ("c", 70.0, 17.5, 7.5, 1),
    ]
    assert table["points"].sum() == frame.loc[0, "score"] == 62.5


def test_what_is_given_and_lost_is_the_whole_weight() -> None:
    frame = scored({"a1": [81.3, 1], "b1": [17.9, 1], "c1": [66.6, 1]}, THREE).frame
    table = contributions(frame, SHARES, "A", "2020")
    assert (table["points"] + table["lost"]).tolist() == pytest.approx([100 * SHARES[code] for code in table["code"]])
    assert (table["points"] + table["lost"]).sum() == pytest.approx(100)


def test_a_missing_indicator_leaves_its_weight_to_the_others() -> None:
    # Without b the total is (2·80 + 1·70) / 3: a gives 160/3 and costs 40/3, c gives 70/3 and costs 10.
    frame = scored({"a1": [80, 1], "b1": [None, 1], "c1": [70, 1]}, THREE).frame
    table = contributions(frame, SHARES, "A", "2020")
    assert table["code"].tolist() == ["a", "c", "b"]
    assert table["points"].tolist()[:2] == pytest.approx([160 / 3, 70 / 3])
    assert table["lost"].tolist()[:2] == pytest.approx([40 / 3, 10])
    assert table.loc[2, ["score", "rank", "tier", "points", "lost"]].isna().all()
    assert table["points"].sum() == pytest.approx(frame.loc[0, "score"])


def test_contributions_leave_the_scores_as_they_were() -> None:
    frame = scored({"a1": [80, 1], "b1": [20, 1], "c1": [70, 1]}, THREE).frame
    copy = frame.copy()
    contributions(frame, SHARES, "A", "2020")
    pd.testing.assert_frame_equal(frame, copy)
    assert tuple(frame.columns) == SCORE_COLUMNS


def test_shares_are_the_weights_of_the_children() -> None:
    assert shares_in(THREE, "t") == {"a": 0.5, "b": 0.25, "c": 0.25} == SHARES
    assert shares_in(THREE, "a") == {"a1": 1.0}
    assert shares_in(THREE, "a1") == {}


def test_contributions_of_all_add_up_region_by_region() -> None:
    # A gives a 40, b 5, c 17.5. B has no b: a and c share its weight 2 to 1, so a gives 2/3·60 = 40 and c 1/3·30 = 10.
    frame = scored({"a1": [80, 60], "b1": [20, None], "c1": [70, 30]}, THREE).frame
    table = all_contributions(frame, SHARES, "2020")
    assert records(table, ("region", "code", "points", "over")) == [
        ("A", "a", 40.0, 0.0),
        ("A", "b", 5.0, 0.0),
        ("A", "c", 17.5, 3.75),
        ("B", "a", 40.0, 0.0),
        ("B", "b", None, None),
        ("B", "c", 10.0, -3.75),
    ]
    totals = frame[frame["code"] == "t"].set_index("region")["score"]
    assert table.groupby("region")["points"].sum().tolist() == pytest.approx(totals.tolist())


def test_one_region_is_its_rows_of_all() -> None:
    frame = scored({"a1": [80, 60, 10], "b1": [20, None, 5], "c1": [70, 30, 90]}, THREE).frame
    every = all_contributions(frame, SHARES, "2020")
    for region in "ABC":
        own = contributions(frame, SHARES, region, "2020").sort_values("code", ignore_index=True)
        pd.testing.assert_frame_equal(own, every[every["region"] == region][own.columns].reset_index(drop=True))


def test_standouts_are_furthest_from_the_median_first() -> None:
    parts = pd.DataFrame(
        {"region": ["A"] * 5 + ["B"], "code": list("abcdea"), "over": [1.0, 3.0, -2.0, 0.0, float("nan"), 9.0]}
    )
    assert standouts(parts, "A") == (["b", "a"], ["c"])
    assert standouts(parts, "A", 1) == (["b"], ["c"])
    assert standouts(parts, "C") == ([], [])


def test_places_in_two_periods() -> None:
    assert records(ranks_in(FRAME, "m", "2019", "2020"), ("region", "before", "after")) == [
        ("A", 1, 3),
        ("B", 2, 2),
        ("C", 3, 1),
        ("D", None, 4),
        ("E", 4, None),
    ]
    # Nobody has a place where there is no such period.
    assert ranks_in(FRAME, "m", "2018", "2020")["before"].isna().all()
