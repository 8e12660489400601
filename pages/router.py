"""Every page by section; the shell draws what all of them share."""

import streamlit as st

from lib.ui import shell

SECTIONS = {
    "看": [
        st.Page("see/overview.py", title="总览", icon=":material/dashboard:", default=True),
        st.Page("see/ranking.py", title="排名", icon=":material/leaderboard:"),
        st.Page("see/county.py", title="县区画像", icon=":material/location_city:"),
    ],
    "标": [
        st.Page("benchmark/gap.py", title="对标差距", icon=":material/compare_arrows:"),
        st.Page("benchmark/targets.py", title="目标进度", icon=":material/flag:"),
        st.Page("benchmark/whatif.py", title="假设推演", icon=":material/tune:"),
    ],
}

shell.frame()
page = st.navigation(SECTIONS)
shell.controls()
page.run()
