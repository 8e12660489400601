"""The floor of a first page: a sentence, charts and tables that a stock page is given ready, and nothing around them."""

import os
import pickle

import streamlit as st

with open(os.environ["STOCK_CHARTS"], "rb") as file:
    sentence, charts, tables = pickle.load(file)
st.set_page_config(layout="wide")
st.markdown(f"## {sentence}")
for chart in charts:
    st.vega_lite_chart(chart, width="stretch", theme=None)
for table in tables:
    st.table(table)
