"""A big number with its label above and its change in words below; the number is a button that leads on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

# Of several that tie, as many are named; words longer than so many characters are wrapped.
MOST, NARROWEST, WIDEST = 2, 5, 12


@dataclass(frozen=True)
class Pick:
    """Something to click on: its words (Markdown) and what is called before the next run."""

    label: str
    click: Callable[..., None]
    arguments: tuple[Any, ...] = field(default=())
    help: str | None = None


@dataclass(frozen=True)
class Tile:
    """One number: its label, unique on a page, the picks in large type, and words below."""

    label: str
    picks: Sequence[Pick]
    words: str = ""


def row(tiles: Sequence[Tile]) -> None:
    """Tiles side by side, each about as wide as its words ask for; those with nothing to pick are left out."""
    shown = [tile for tile in tiles if tile.picks]
    widths = [min(max(len(tile.label), len(tile.words), NARROWEST), WIDEST) for tile in shown]
    for column, tile in zip(st.columns(widths, gap="small"), shown, strict=True):
        with column.container(key=f"tile-{tile.label}", gap=None):
            st.caption(tile.label)
            with st.container(horizontal=True, gap="xsmall"):
                for i, pick in enumerate(tile.picks):
                    press(pick, f"tile-{tile.label}-{i}")
            st.caption(tile.words)


def press(pick: Pick, key: str) -> None:
    """The words as a link-like button."""
    st.button(pick.label, key=key, type="tertiary", on_click=pick.click, args=pick.arguments, help=pick.help)
