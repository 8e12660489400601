"""Ways of showing: the opening sentence, a chart, a table, the line that says where numbers come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable

import altair as alt
import pandas as pd
import streamlit as st

from lib.ui.context import Context
from lib.view.spec import spec, with_rows

DEMO = "演示数据"
ROW_HEIGHT, LONG_ROWS = 36, 16
_MARKDOWN = re.compile(r"([\\`*_\[\]<>$:~#|!])")


def opening(title: str, conclusion: str, context: Context, *, real: bool = False) -> None:
    """A page's head: its name, what kind of data it shows, and the conclusion. `real`: only facts from documents."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"##### {title}")
        if real:
            st.badge("文件原文数据", color="green")
        elif context.demo:
            st.badge(f"{DEMO}：程序生成，不是真实情况", icon=":material/warning:", color="orange")
        else:
            st.badge("真实数据", color="green")
    st.markdown(f"## {conclusion}")


def chart(
    builder: Callable[..., alt.TopLevelMixin],
    data: pd.DataFrame,
    *shape: Hashable,
    title: str,
    context: Context,
    real: str = "",
) -> None:
    """A chart with its title, and its source below; `real` is the source when it is not the context's data."""
    mark = f"　:orange-badge[{DEMO}]" if context.demo and not real else ""
    st.markdown(f"**{title}**{mark}")
    st.vega_lite_chart(with_rows(spec(builder, *shape), data), width="stretch", theme=None, alt=title)
    source(context, real)


def heading(title: str, conclusion: str) -> None:
    """The head of a page that shows no indicator: its name and the conclusion."""
    st.markdown(f"##### {title}")
    st.markdown(f"## {plain(conclusion)}")


def table(
    data: pd.DataFrame, *, title: str, context: Context | None = None, real: str = "", long: bool = False
) -> None:
    """A table with its title, and its source below, the context's or `real`; `long` ones scroll and sort, short ones wrap
    and print whole."""
    mark = f"　:orange-badge[{DEMO}]" if not real and context is not None and context.demo else ""
    st.markdown(f"**{title}**{mark}")
    if long:
        height = ROW_HEIGHT * min(len(data) + 1, LONG_ROWS) + 3
        st.dataframe(data, hide_index=True, width="stretch", height=height, row_height=ROW_HEIGHT, alt=title)
    else:
        st.table(data.map(plain), border="horizontal", hide_index=True, alt=title)
    source(context, real)


def plain(text: object) -> str:
    """Text that Markdown leaves as it is: a cell shows what it says and can load nothing."""
    return _MARKDOWN.sub(r"\\\1", str(text))


def source(context: Context | None, real: str = "") -> None:
    """Where the numbers above come from; nothing where there is neither a context nor a source."""
    if real:
        st.caption(f"数据：{real}")
    elif context is not None:
        st.caption(context.source_line)
