"""Words of charts never cover each other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.view.labels import apart, beside, lifts, width


def test_a_chinese_character_is_a_square() -> None:
    assert width("宝丰", 10) == 20
    assert width("7 ", 10) == pytest.approx(11.2)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([5.0], [5.0]),
        ([1.0, 9.0], [1.0, 9.0]),
        ([5.0, 5.0], [4.0, 6.0]),
        ([6.0, 5.0], [6.5, 4.5]),  # around 5.5, in their own order
        ([0.0, 1.0, 2.0], [-1.0, 1.0, 3.0]),
        ([0.0, 1.0, 3.0, 10.0], [-2 / 3, 4 / 3, 10 / 3, 10.0]),  # the push of two reaches the third
    ],
)
def test_apart_by_hand(values: list[float], expected: list[float]) -> None:
    assert apart(values, 2.0) == pytest.approx(expected)


@given(st.lists(st.floats(-100, 100), max_size=12), st.floats(0.1, 20))
def test_apart_keeps_the_order_the_gap_and_the_middle(values: list[float], gap: float) -> None:
    found = apart(values, gap)
    placed = sorted(found)
    assert all(b - a >= gap - 1e-6 for a, b in pairwise(placed))
    order = sorted(range(len(values)), key=lambda i: values[i])
    assert [found[i] for i in order] == pytest.approx(placed)
    assert sum(found) == pytest.approx(sum(values), abs=1e-6)


def test_words_go_up_a_row_only_where_they_must() -> None:
    assert lifts([(0, 10), (5, 15), (10, 20), (6, 8)]) == [0, 1, 0, 2]
    assert lifts([]) == []


def test_words_stand_where_there_is_room() -> None:
    room = (400.0, 300.0)
    assert beside([(100, 100)], ["宝丰县"], room) == ["right"]
    assert beside([(390, 100)], ["宝丰县"], room) == ["left"]
    assert beside([(100, 100), (125, 100)], ["宝丰县", "郏县"], room) == ["left", "right"]
    # between two neighbours at its sides
    assert beside([(100, 100), (60, 100), (140, 100)], ["宝丰县", "叶县", "郏县"], room)[0] == "above"
