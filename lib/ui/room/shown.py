"""What one screen shows, and the drawing of it: a slide of fixed proportions that the style sheet scales to any window or sheet."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

import altair as alt
import pandas as pd
import streamlit as st

from lib.ui import go, show
from lib.view import text
from lib.view.alt import described
from lib.view.spec import PICK, fitted, screen_spec, with_rows

# The picture's canvas in the units of its letters: scaled to a laptop's window its smallest words are 22 pixels high.
WIDTH, HEIGHT = 720, 272
# A conclusion of more characters than two lines hold is set smaller.
LONG = 66
# One of more than two such lines leaves the picture so much less.
LONGER, LINE = 84, 24


@dataclass(frozen=True)
class Picture:
    """A chart builder, what it is called with, and its rows; `picks` says what a click on a row chooses: a region, or nothing."""

    builder: Callable[..., alt.TopLevelMixin]
    rows: pd.DataFrame
    shape: tuple[Hashable, ...] = ()
    picks: bool = False
    height: int = HEIGHT


@dataclass(frozen=True)
class Shown:
    """One screen: its name, its conclusion, the title of its picture or table, the lines below, where it is read on with which
    choices; `empty` where there is nothing to draw; `background` where it is about conditions, not performance; `partial`: that its
    scores rest on some of the measures alone."""

    name: str
    conclusion: str
    title: str
    source: str
    made_up: bool = False
    real: bool = False
    picture: Picture | None = None
    table: pd.DataFrame | None = None
    remarks: tuple[str, ...] = ()
    page: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    empty: bool = False
    background: bool = False
    partial: str = ""


def draw(shown: Shown, key: str, click: go.Click | None = None, foot: str = "") -> None:
    """The screen in a container of the key `slide-…`; `click` is called with the region that was clicked on, `foot` stands
    in the last line."""
    with st.container(key=f"slide-{key}", gap=None):
        with st.container(key=f"inslide-head-{key}", horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"##### {show.plain(shown.name)}", width="content")
            if shown.real:
                st.badge("文件原文数据", color="green")
            elif shown.made_up:
                st.badge(text.MADE_UP, icon=":material/warning:", color="orange")
            if shown.partial:
                st.badge(shown.partial, icon=":material/warning:", color="orange")
            if shown.background:
                st.badge(text.BACKGROUND, icon=":material/info:", color="gray")
        with st.container(key=f"inslide-{'long' if len(shown.conclusion) > LONG else 'short'}-{key}", gap=None):
            st.markdown(f"## {show.plain(shown.conclusion)}")
        if shown.title:
            st.markdown(f"**{show.plain(shown.title)}**")
        if shown.picture is not None:
            high = shown.picture.height - (LINE if len(shown.conclusion) > LONGER else 0)
            _picture(shown.picture, high, shown.title, key, click)
        if shown.table is not None:
            st.table(shown.table.map(show.plain), border="horizontal", hide_index=True, alt=shown.title)
        st.caption(show.plain("　".join(filter(None, ("。".join((shown.source, *shown.remarks)), foot)))))


def _picture(picture: Picture, height: int, title: str, key: str, click: go.Click | None) -> None:
    alt_text = described(title, picture.rows, picture.builder, *picture.shape)
    drawn = with_rows(fitted(screen_spec(picture.builder, *picture.shape), WIDTH, height), picture.rows)
    if click is None or not picture.picks:
        st.vega_lite_chart(drawn, width="content", theme=None, alt=alt_text)
        return
    name = f"screen:{key}"
    st.vega_lite_chart(
        drawn,
        width="content",
        theme=None,
        alt=alt_text,
        key=name,
        selection_mode=PICK,
        on_select=lambda: show.picked(name, click),
    )
