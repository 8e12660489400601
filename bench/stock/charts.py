"""The floor of a first page: a sentence, charts and tables that a stock page is given ready, and nothing around them."""

import os
import pickle
from pathlib import Path

import streamlit as st

sentence, charts, tables = pickle.loads(Path(os.environ["STOCK_CHARTS"]).read_bytes())
st.set_page_config(layout="wide")
st.markdown(f"## {sentence}")
for chart in charts:
    st.vega_lite_chart(chart, width="stretch", theme=None)
for table in tables:
    st.table(table)
