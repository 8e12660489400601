"""How firm the ranking is, reckoned once a data version; and the one line that says so beside a ranking."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib.core.robustness import DRAWS, WIDTH, Stability, dropped, stability, swapped
from lib.core.score import Scores
from lib.model.scenario import Scenario
from lib.ui import go
from lib.ui.context import Context, kept
from lib.ui.tiles import Pick, press
from lib.view import stability as words
from lib.view import text

VIEW = "稳不稳"
SWING = f"权重上下浮动 {WIDTH:.0%} 的 {text.trimmed(DRAWS / 10_000)} 万次里"


def places(context: Context, scores: Scores | None = None, tried: Scenario | None = None) -> Stability:
    """Places under other weights: of today, or of the scores (one period) that a scenario gives."""
    return _places(*_key(context, tried), scores or context.scores.at(context.period))


def alternatives(
    context: Context, scores: Scores | None = None, tried: Scenario | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Places with each indicator left out, and by every method, of the same; as `core.robustness`."""
    return _alternatives(*_key(context, tried), scores or context.scores.at(context.period))


def _key(context: Context, tried: Scenario | None) -> tuple[str, str, str, str, str]:
    said = str(tried.plain()) if tried else ""
    return str(context.snapshot.path), context.version, context.framework_code, context.period, said


@st.cache_resource(max_entries=64, show_spinner=False)
def _places(path: str, version: str, framework: str, period: str, tried: str, _scores: Scores) -> Stability:
    return stability(_scores)


@st.cache_resource(max_entries=64, show_spinner=False)
def _alternatives(
    path: str, version: str, framework: str, period: str, tried: str, _scores: Scores
) -> tuple[pd.DataFrame, pd.DataFrame]:
    return dropped(_scores), swapped(_scores)


def note(context: Context) -> None:
    """The line beside a ranking by the total: whose places are close, whose tiers are not firm, and the way to more; nothing for
    fewer than two places."""
    if said := _note(context):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="stability"):
            st.caption(said, width="content")
            press(Pick(f":primary[看{VIEW}]", _open), "to-stability")


@kept
def _note(context: Context) -> str:
    found = places(context)
    return words.note(found.frame, found.pairs, context.names, f"{WIDTH:.0%}")


def _open() -> None:
    go.page("benchmark/whatif.py", lab=VIEW)
