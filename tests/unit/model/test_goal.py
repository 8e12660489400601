"""Which way a goal goes, by its operator, else by its measure, else by its baseline."""

from __future__ import annotations

import pytest

from lib.model.goal import Way


@pytest.mark.parametrize(
    ("op", "baseline", "direction", "sense"),
    [
        ("<=", 1.0, "higher", -1),
        (">=", None, "lower", 1),
        ("cut", 10.0, "lower", -1),
        ("=", None, "lower", -1),
        ("≈", None, "higher", 1),
        ("=", 1.0, "none", 1),
        ("=", 9.0, "none", -1),
        ("=", 5.0, "none", 0),
        ("=", None, "none", 0),
    ],
)
def test_which_way_a_goal_goes(op: str, baseline: float | None, direction: str, sense: int) -> None:
    assert Way(op, 5.0, baseline, "2019", "", direction).sense == sense


def test_a_number_that_only_itself_will_do_is_refused_only_where_the_baseline_is_that_number() -> None:
    problems = [list(Way("=", 5.0, start, "2019", "", "none").goal_problems()) for start in (4.0, 6.0, 5.0)]
    assert [[str(each) for each in found] for found in problems] == [
        [],
        [],
        ['"5" 目标要比基线好（期望：不等于基线 5）'],
    ]


def test_a_cut_without_a_baseline_has_no_number_and_bounds_no_milestone() -> None:
    way = Way("cut", 30.0, None, "", "", "lower")
    assert way.goal is None
    assert list(way.milestone_problems("2026-06-30", 99.0)) == []
