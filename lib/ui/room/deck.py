"""Which screens a page of the room or the wall shows: those that its address lists, a deck that is kept, or one of the two that come with the house."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from lib.model import UserError
from lib.model.screen import MEETING, WALL, Deck, Screen, read_screens
from lib.store import decks as store
from lib.store import default_path

SCREENS, DECK = "screens", "deck"
READY = {"meeting": MEETING, "wall": WALL}


def asked(otherwise: str) -> Deck:
    """The deck that the address asks for, `otherwise` one of READY; UserError where there is none such."""
    words, number = st.query_params.get(SCREENS, ""), st.query_params.get(DECK, otherwise)
    if words:
        screens = read_screens(words)
        if not screens:
            raise UserError("地址里的 screens 一屏也没有写")
        return Deck("临时屏单", screens)
    return kept(number)


def kept(number: str) -> Deck:
    """A deck by what an address calls it; UserError where there is none such."""
    if number in READY:
        return READY[number]
    if not (number.isdecimal() and len(number) < 10):
        raise UserError(f"没有“{number}”号屏单（期望：屏单的号，或 {'、'.join(READY)}）")
    return store.deck(default_path(), int(number)).deck


def known() -> dict[str, Deck]:
    """Every deck by what an address calls it."""
    return READY | {str(each.id): each.deck for each in store.decks(default_path())}


def tie_words(screen: Screen, names: Mapping[str, str]) -> str:
    """What a screen is tied to, in names."""
    return "、".join(names.get(each, each) for each in screen.ties.values())
