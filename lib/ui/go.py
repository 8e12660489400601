"""Where a click leads: a county, an indicator, the source of a number. All of these are called before a run."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

REGION, SUBJECT, SOURCE = "region", "subject", "source"
_PAGE = "_page"
Click = Callable[[str], None]


def region(code: str) -> None:
    """Looks at another region on the same page."""
    st.session_state[REGION] = code


def county(code: str) -> None:
    """Opens a county's profile."""
    region(code)
    page("see/county.py")


def indicator(code: str) -> None:
    """Opens an indicator's or measure's page."""
    st.session_state[SUBJECT] = code
    page("see/indicator.py")


def source(address: str) -> None:
    """Opens where a number comes from."""
    if address:
        st.query_params[SOURCE] = address


def page(path: str) -> None:
    """Opens a page with the selection as it is."""
    st.session_state[_PAGE] = path


def follow() -> None:
    """Goes where the last click asked to go; called once, before anything is drawn."""
    path = st.session_state.pop(_PAGE, None)
    if path:
        st.switch_page(path)
