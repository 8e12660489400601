"""A county in short: where it stands on one indicator, and where to read on."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib.ui.context import Context
from lib.view import text


def standing(context: Context, subject: str, moved: pd.DataFrame) -> None:
    """The county looked at, from a movement frame of the subject: score and place with their changes, and two links."""
    row = moved.set_index("region").loc[context.region]
    st.markdown(f"#### {context.names[context.region]}")
    score, place = st.columns(2)
    quiet = {"delta_color": "off", "delta_arrow": "off"}
    change = text.signed(row["score_change"], 2)
    score.metric(
        f"{subject}得分", text.number(row["score"], 2), None if change == text.MISSING else f"比上期 {change}", **quiet
    )
    place.metric("名次", text.place(row["rank"]), text.places_moved(row["rank_change"]) or None, **quiet)
    with st.container(horizontal=True, gap="small"):
        st.page_link("see/county.py", label="看它的画像", icon=":material/location_city:")
        st.page_link("benchmark/gap.py", label="与标杆比差距", icon=":material/compare_arrows:")


def onward(context: Context) -> None:
    """Where to read on from the first page."""
    name = context.names[context.region]
    with st.container(horizontal=True, gap="small"):
        st.page_link("see/ranking.py", label="看完整排名", icon=":material/leaderboard:")
        st.page_link("see/county.py", label=f"看{name}的画像", icon=":material/location_city:")
        st.page_link("benchmark/gap.py", label=f"看{name}的对标差距", icon=":material/compare_arrows:")
        st.page_link("benchmark/targets.py", label="看每项目标", icon=":material/flag:")
