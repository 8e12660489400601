"""Which screens a page of the room or the wall shows: those that its address lists, a deck that is kept, or one of the two that come with the house."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from lib.model import UserError
from lib.model.screen import READY, Deck, Screen, read_screens
from lib.store import decks as store
from lib.store import default_path

SCREENS, DECK = "screens", "deck"


def asked(otherwise: str) -> Deck:
    """The deck that the address asks for, `otherwise` one of READY; UserError where there is none such."""
    words = st.query_params.get(SCREENS, "")
    return Deck("临时屏单", listed(words)) if words else kept(st.query_params.get(DECK, otherwise))


def listed(words: str) -> tuple[Screen, ...]:
    """The screens that an address lists; UserError where there is none or not such."""
    screens = read_screens(words)
    if not screens:
        raise UserError("地址里的 screens 一屏也没有写")
    return screens


def kept(said: str) -> Deck:
    """A deck by its number, `meeting` or `wall`, or by its name; UserError where there is none such."""
    return known()[code(said)]


def code(said: str) -> str:
    """What a deck is called in `known`, by that or by its name; UserError where there is none such."""
    for number, deck in known().items():
        if said in (number, deck.name):
            return number
    raise UserError(f"没有屏单“{said}”，或者已经删除（期望：屏单的号或名称，或 {'、'.join(READY)}）")


def known() -> dict[str, Deck]:
    """Every deck by its number, those that come with the house by their words."""
    return READY | {str(each.id): each.deck for each in store.decks(default_path())}


def tie_words(screen: Screen, names: Mapping[str, str]) -> str:
    """What a screen is tied to, in names."""
    return "、".join(names.get(each, each) for each in screen.ties.values())
