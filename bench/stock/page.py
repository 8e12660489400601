"""The floor: a stock Streamlit page with one slider and one line of text."""

import streamlit as st

value = st.slider("value", 0, 100, 50)
st.markdown(f"## {value}")
