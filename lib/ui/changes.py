"""What every node's score has gained in a period, kept: a period scored twice on shared measures costs a page's patience."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import streamlit as st

from lib.core import grid
from lib.ui import loaders
from lib.ui.context import Context


@st.cache_resource(max_entries=64, show_spinner=False)
def _changes(version: str, framework: str, period: str, before: str | None) -> np.ndarray:
    scores = loaders.load_scores(version, framework)
    assert scores is not None
    return grid.changes(scores, period, before)


def comparable(context: Context, periods: Iterable[str]) -> list[str]:
    """The periods that have one before them to be compared with; all of them when none has."""
    every = list(periods)
    return [period for period in every if replace(context, period=period).before] or every


def of_period(context: Context, period: str) -> np.ndarray:
    """As `core.grid.changes` for a period of the framework in force. Not to be changed."""
    before = replace(context, period=period).before
    return _changes(context.version, context.framework_code, period, before)
