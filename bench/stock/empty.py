"""The floor of a first look: a stock Streamlit page with nothing on it."""
