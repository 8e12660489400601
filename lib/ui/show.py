"""Ways of showing: the opening sentence, a chart, a table, the line that says where numbers come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

import altair as alt
import pandas as pd
import pydeck as pdk
import streamlit as st

from lib.ui import go, how, outputs
from lib.ui.context import Context
from lib.view import paper, text
from lib.view.alt import described
from lib.view.phone import room, tall, tall_of, tight
from lib.view.spec import PICK, screen_spec, spec, with_rows
from lib.view.table import Number, Table

# As high as Streamlit makes a row at the usual size of type; a long table scrolls after so many.
ROW_HEIGHT, LONG_ROWS = 35, 16
_ADDRESS = re.compile(r"(?<=www)(?=\.)|(?<=:)(?=//)|(?=@)|(?<=@)", re.IGNORECASE)
_plain: WeakKeyDictionary[Table, pd.DataFrame] = WeakKeyDictionary()
_MARKDOWN = re.compile(r"([\\`*_\[\]<>$:~#|!])")


def opening(title: str, conclusion: str, context: Context, *, real: bool = False) -> None:
    """A page's head: its name, what kind of data it shows, and the conclusion. `real`: only facts from documents."""
    with _head(title, conclusion):
        if real:
            st.badge("文件原文数据", color="green")
        elif context.demo:
            st.badge(text.MADE_UP, icon=":material/warning:", color="orange")
        else:
            st.badge("真实数据", color="green")
        if context.partial and not real:
            st.badge(context.partial, icon=":material/warning:", color="orange")
        if context.background and not real:
            st.badge(text.BACKGROUND, icon=":material/info:", color="gray")


def heading(title: str, conclusion: str) -> None:
    """The head of a page that shows no indicator: its name and the conclusion."""
    with _head(title, plain(conclusion)):
        pass


@contextmanager
def _head(title: str, conclusion: str) -> Iterator[None]:
    """A page's name, what stands beside it, how it is read, and below that its conclusion."""
    with st.container(key="head", gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"##### {title}", width="content")
            yield
            how.button()
        st.markdown(f"## {conclusion}")


def chart(
    builder: Callable[..., alt.TopLevelMixin],
    data: pd.DataFrame,
    *shape: Hashable,
    title: str,
    context: Context,
    real: str = "",
    click: go.Click | None = None,
    remarks: tuple[str, ...] = (),
) -> None:
    """A chart with its title, and its source below; `real` is the source when it is not the context's data.

    `click` is called with the row's value of the field that the builder lets be picked. `remarks` stand below, and on
    the picture that is taken away.
    """
    outputs.drawn().charts[title] = (with_rows(spec(builder, *shape), data), (*_notes(context, real), *remarks))
    drawn, said = tight(builder, with_rows(screen_spec(builder, *shape), data)), described(title, data, builder, *shape)
    with st.container(key=f"figure-{room(builder)}-{tall(drawn)}:{title}"):
        _title(title, context, real)
        if click is None:
            st.vega_lite_chart(drawn, width="stretch", theme=None, alt=said)
        else:
            key = f"chart:{title}"
            st.vega_lite_chart(
                drawn,
                width="stretch",
                theme=None,
                alt=said,
                key=key,
                selection_mode=PICK,
                on_select=lambda: picked(key, click),
            )
        source(context, real, remarks)


def deck(
    made: Callable[[int], pdk.Deck],
    builder: Callable[..., alt.TopLevelMixin],
    data: pd.DataFrame,
    *shape: Hashable,
    title: str,
    context: Context,
    height: int,
    click: go.Click,
    remarks: tuple[str, ...] = (),
) -> None:
    """A map drawn with WebGL, with its title, and its source below; the picture to take away is the chart that
    `builder` makes.

    `made` makes the map from the number of clicks so far, which belongs in the names of its layers; `click` is called
    with the region that was clicked on.
    """
    outputs.drawn().charts[title] = (with_rows(spec(builder, *shape), data), (*_notes(context, ""), *remarks))
    key = f"deck:{title}"
    with st.container(key=f"figure-0-{tall_of(height)}:{title}"):
        _title(title, context, "")
        st.pydeck_chart(
            made(st.session_state.get(f"{key}:turn", 0)),
            height=height,
            key=key,
            on_select=lambda: _touched(key, click),
            alt=described(title, data, builder, *shape),
        )
        source(context, "", remarks)


def _touched(key: str, click: go.Click) -> None:
    """Calls back with what was clicked on in a map; the next turn forgets it."""
    for found in st.session_state[key].selection.objects.values():
        st.session_state[f"{key}:turn"] = st.session_state.get(f"{key}:turn", 0) + 1
        click(str(found[0].get("properties", found[0])["region"]))
        return


def picked(key: str, click: go.Click) -> None:
    """Calls back with what was clicked on in a chart."""
    chosen = st.session_state[key].selection.get(PICK) or []
    if chosen:
        click(str(next(iter(chosen[0].values()))))


def table(
    data: pd.DataFrame | Table, *, title: str, context: Context | None = None, real: str = "", long: bool = False
) -> None:
    """A table with its title, and its source below, the context's or `real`; a click on a number opens its source.

    `long` ones scroll and sort, others wrap and print whole.
    """
    whole = data if isinstance(data, Table) else Table(data)
    outputs.drawn().tables[title] = (whole, _notes(context, real))
    _title(title, context, real)
    (grid if long else listing)(whole, title)
    source(context, real)


def listing(whole: Table, title: str) -> None:
    """A table that wraps and prints whole; its numbers are links to their sources."""
    shown = _escaped(whole).copy(deep=False)
    link = go.links()
    for name in [] if whole.sources is None else whole.sources:
        shown[name] = [
            link(said, address) if address else said
            for said, address in zip(shown[name], whole.sources[name], strict=True)
        ]
    st.table(shown, border="horizontal", hide_index=True, alt=title)


def _escaped(whole: Table) -> pd.DataFrame:
    """Every cell in words that Markdown leaves as they are, line ends kept; made once for a table that is kept."""
    if whole not in _plain:
        _plain[whole] = whole.shown.map(lambda said: plain(said).replace("\n", "  \n"))
    return _plain[whole]


def grid(whole: Table, title: str) -> None:
    """A table that scrolls and sorts; a number that is clicked on opens its source. Paper gets its rows as a plain table."""
    key = f"table:{title}"
    options = (
        {} if whole.sources is None else {"on_select": lambda: _opened(key, whole), "selection_mode": "single-cell"}
    )
    st.dataframe(
        whole.values,
        hide_index=True,
        width="stretch",
        # Streamlit knows how high the head is, which grows with the type of a large screen.
        height="content" if len(whole) < LONG_ROWS else ROW_HEIGHT * LONG_ROWS + 3,
        column_config={name: _column(number) for name, number in whole.numbers.items()},
        placeholder=text.MISSING,
        key=key,
        alt=title,
        **options,
    )
    st.html(paper.table(whole))


def _column(number: Number) -> object:
    return st.column_config.NumberColumn(format=f"%{'+' if number.signed else ''}.{number.decimals}f")


def _opened(key: str, whole: Table) -> None:
    """Opens the source of the number that was clicked on; a second click on it takes the mark off and opens it again."""
    cells = st.session_state[key].selection.cells
    last = f"{key}:last"
    if cells:
        st.session_state[last] = cells[0]
    row, column = st.session_state.get(last, (-1, ""))
    go.source(whole.source(row, column))


def _title(title: str, context: Context | None, real: str) -> None:
    mark = f"　:orange-badge[{text.DEMO}]" if context is not None and context.demo and not real else ""
    st.markdown(f"**{plain(title)}**{mark}")


def _notes(context: Context | None, real: str) -> tuple[str, ...]:
    """The lines under a chart or table that is taken away."""
    if real:
        return (f"数据：{real}",)
    if context is None:
        return ()
    made_up = (text.MADE_UP,) if context.demo else ()
    return (*made_up, context.source_line)


def plain(words: object) -> str:
    """Text that Markdown leaves as it is: a cell shows what it says, leads nowhere and can load nothing."""
    # An escape does not keep a bare address from becoming a link; a mark without width inside it does.
    apart = _ADDRESS.sub("\u2060", text.straight(str(words)).replace("&", "&amp;"))
    return _MARKDOWN.sub(r"\\\1", apart)


def source(context: Context | None, real: str = "", remarks: tuple[str, ...] = ()) -> None:
    """Where the numbers above come from, and remarks; nothing where there is neither a context nor a source."""
    if real:
        st.caption(plain("。".join((f"数据：{real}", *remarks))))
    elif context is not None:
        st.caption(plain("。".join((context.source_line, *remarks))))
