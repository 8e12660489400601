"""Screens in short words, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.model import UserError
from lib.model.screen import (
    LABELS,
    MEETING,
    MOST_SCREENS,
    TIES,
    WALL,
    Kind,
    Screen,
    read_screen,
    read_screens,
    say_screens,
)

CODES = st.text("abcdefgh._0123456789", min_size=1, max_size=12)


@st.composite
def screens(draw: st.DrawFn) -> Screen:
    """Any screen, tied or not."""
    kind = draw(st.sampled_from(list(Kind)))
    ties = {name: draw(CODES) for name in TIES.get(kind, ()) if draw(st.booleans())}
    return Screen(kind, ties)


@given(st.lists(screens(), min_size=1, max_size=MOST_SCREENS))
def test_what_is_said_is_read_back(found: list[Screen]) -> None:
    assert read_screens(say_screens(tuple(found))) == tuple(found)
    assert [read_screen(each.plain()) for each in found] == found


def test_a_person_may_write_names_and_chinese_marks() -> None:
    assert read_screens("总分排名，county：鲁山县, indicator::鲁山县 ,indicator:tax") == (
        Screen(Kind.OVERVIEW),
        Screen(Kind.COUNTY, {"region": "鲁山县"}),
        Screen(Kind.INDICATOR, {"region": "鲁山县"}),
        Screen(Kind.INDICATOR, {"subject": "tax"}),
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nothing", "没有“nothing”这种屏"),
        ("overview:410421", "写多了"),
        (",".join(["map"] * (MOST_SCREENS + 1)), f"现在是 {MOST_SCREENS + 1} 屏"),
    ],
)
def test_what_is_none_is_refused_by_name(words: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_screens(words)


def test_every_kind_has_a_name_and_both_decks_are_of_kinds_tied_to_nothing() -> None:
    assert set(LABELS) == set(Kind)
    for deck in (MEETING, WALL):
        assert len({each.kind for each in deck.screens}) == len(deck.screens)
        assert not any(each.ties for each in deck.screens)
