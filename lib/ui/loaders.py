"""What pages read: one `Snapshot` a data version, shared by all sessions; the store is asked once per version, not once per rerun."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from lib.core.score import Scores
from lib.model import Normalise
from lib.model.campaign import Campaign
from lib.snapshot import Catalog, Snapshot
from lib.store import data_version, default_path


def version() -> str:
    """The data version now."""
    return data_version(default_path())


def prepare() -> None:
    """Reads and reckons what every page needs of the data version now, before anybody asks."""
    now = snapshot(version())
    for code in now.framework_codes:
        scores = now.scores(code)
        assert scores is not None
        scores.frame  # noqa: B018


def snapshot(version: str) -> Snapshot:
    """Everything that a data version says."""
    return _snapshot(str(default_path()), version)


@st.cache_resource(max_entries=8, show_spinner=False)
def _snapshot(path: str, version: str) -> Snapshot:
    return Snapshot(Path(path), version)


def load_catalog(version: str) -> Catalog:
    """The whole catalogue of a data version."""
    return snapshot(version).catalog


def load_campaigns(version: str) -> dict[str, Campaign]:
    """Every campaign by its code, the latest first."""
    return snapshot(version).campaigns


def load_bodies(version: str) -> dict[str, str]:
    """The departments that are one body, by code."""
    return snapshot(version).bodies


def load_observations(version: str) -> pd.DataFrame:
    """The values that stand, derived ones included. Not to be changed."""
    return snapshot(version).observations


def load_batches(version: str) -> pd.DataFrame:
    """Every batch by its id."""
    return snapshot(version).batches


def load_scores(version: str, framework: str, normalise: str = Normalise.FRONTIER.value) -> Scores | None:
    """Scores of a framework's cohort in every period that has values; None when there are none."""
    return snapshot(version).scores(framework, normalise)


def load_framework_codes(version: str) -> tuple[str, ...]:
    """Frameworks that have values to show, in catalogue order."""
    return snapshot(version).framework_codes
