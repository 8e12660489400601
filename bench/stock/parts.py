"""The floor of a page: its own texts, charts, tables and boxes by Streamlit's plain calls, one under another, with nothing prepared;
STOCK_PARTS has them by page, once for each of two choices of its first box."""

import os
import pickle
from pathlib import Path

import altair as alt
import streamlit as st


@st.cache_resource
def load(page):
    """The parts of a page, twice."""
    states = pickle.loads(Path(os.environ["STOCK_PARTS"]).read_bytes())[page]
    return [[(kind, chart(*what) if kind == "chart" else what) for kind, what in each] for each in states]


def chart(specification, rows):
    """A chart as whoever writes it with Altair has it."""
    made = alt.Chart.from_dict({**specification, "data": {"values": []}})
    made.data = rows
    return made


def draw(i, kind, what):
    """Shows one part; gives what is chosen in it."""
    key = f"{i}"
    if kind in ("selectbox", "segmented_control", "slider"):
        return getattr(st, kind)(*what, key=key)
    if kind in ("button", "text_input", "number_input", "checkbox", "dataframe"):
        return getattr(st, kind)(what, key=key)
    if kind == "chart":
        return st.altair_chart(what, width="stretch", key=key)
    return st.metric(*what) if kind == "metric" else getattr(st, kind)(what)


st.set_page_config(layout="wide")
states = load(st.query_params["page"])
first = states[0]
at = next((i for i, (kind, _) in enumerate(first) if kind == "selectbox"), None)
turn = 0
if at is not None:
    with st.sidebar:
        chosen = draw(at, *first[at])
    turn = first[at][1][1].index(chosen) % 2
for i, part in enumerate(states[turn]):
    if i != at:
        draw(i, *part)
