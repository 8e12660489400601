"""The floor of a changed choice: a stock Streamlit page with one box and one line of text."""

import streamlit as st

value = st.selectbox("value", [f"choice {i}" for i in range(12)])
st.markdown(f"## {value}")
