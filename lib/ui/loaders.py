"""What pages read, cached on the data version: the store is asked once per version, not once per rerun."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from lib.core.derive import with_derived
from lib.core.panel import Panel
from lib.core.score import Scores, score, score_panel
from lib.model import Cohort, Framework, Measure, Normalise, Period, Region, ScoreOptions
from lib.model.campaign import Campaign
from lib.store import batches, campaigns, catalog, data_version, default_path

_KEEP = {"max_entries": 8, "show_spinner": False}


@dataclass(frozen=True)
class Catalog:
    """The catalogue as objects and frames; read-only for everyone."""

    frameworks: pd.DataFrame
    trees: dict[str, Framework]
    measures: dict[str, Measure]
    regions: dict[str, Region]
    cohorts: dict[str, Cohort]
    departments: dict[str, str]
    indicators: dict[str, str]
    documents: pd.DataFrame
    facts: pd.DataFrame
    targets: pd.DataFrame
    benchmarks: pd.DataFrame
    practices: pd.DataFrame


def version() -> str:
    """The data version now."""
    return data_version(default_path())


@st.cache_resource(**_KEEP)
def load_catalog(version: str) -> Catalog:
    """The whole catalogue of a data version."""
    path = default_path()
    frameworks = catalog.table(path, "framework")
    departments = catalog.table(path, "department")
    indicators = catalog.table(path, "indicator")
    return Catalog(
        frameworks=frameworks,
        trees={code: catalog.framework(path, code) for code in frameworks["code"]},
        measures=catalog.measures(path),
        regions=catalog.regions(path),
        cohorts=catalog.cohorts(path),
        departments=dict(zip(departments["code"], departments["name"], strict=True)),
        indicators=dict(zip(indicators["code"], indicators["name"], strict=True)),
        documents=catalog.table(path, "document").set_index("code"),
        facts=catalog.table(path, "fact"),
        targets=catalog.table(path, "target"),
        benchmarks=catalog.table(path, "benchmark"),
        practices=catalog.table(path, "practice"),
    )


@st.cache_resource(**_KEEP)
def load_campaigns(version: str) -> dict[str, Campaign]:
    """Every campaign by its code, the latest first."""
    return campaigns.campaigns(default_path())


@st.cache_resource(**_KEEP)
def load_bodies(version: str) -> dict[str, str]:
    """The departments that are one body, by code; 各县（市、区） and the like stand for several."""
    rows = catalog.table(default_path(), "department")
    rows = rows[rows["kind"] != "集合"]
    return dict(zip(rows["code"], rows["name"], strict=True))


@st.cache_resource(**_KEEP)
def load_observations(version: str) -> pd.DataFrame:
    """The values that stand, derived ones included. Not to be changed."""
    return with_derived(batches.current(default_path()), load_catalog(version).measures.values())


@st.cache_resource(**_KEEP)
def load_batches(version: str) -> pd.DataFrame:
    """Every batch by its id."""
    return batches.batches(default_path()).set_index("id")


@st.cache_resource(max_entries=32, show_spinner=False)
def load_scores(version: str, framework: str, normalise: str = Normalise.FRONTIER.value) -> Scores | None:
    """Scores of a framework's cohort in every period that has values; None when there are none."""
    return score_rows(load_catalog(version), load_observations(version), framework, normalise)


def score_rows(
    book: Catalog, rows: pd.DataFrame, framework: str, normalise: str = Normalise.FRONTIER.value
) -> Scores | None:
    """Scores of values that stand, or would stand, in a framework's cohort; None when there are none."""
    tree = book.trees[framework]
    cohort = _cohort(book, framework)
    rows = rows[rows["measure"].isin(tree.leaves) & rows["region"].isin(cohort.members)]
    if rows.empty:
        return None
    options = ScoreOptions(normalise=Normalise(normalise), cuts=cohort.cuts)
    return score(rows, tree, options, cohort.members)


def _cohort(book: Catalog, framework: str) -> Cohort:
    return book.cohorts[str(book.frameworks.set_index("code").at[framework, "cohort"])]


@st.cache_resource(**_KEEP)
def load_without_values(version: str, framework: str, period: str) -> Scores:
    """A framework's cohort in a period for which nobody has reported anything: no value, no score, no place."""
    book = load_catalog(version)
    tree, cohort = book.trees[framework], _cohort(book, framework)
    shape = (1, len(cohort.members), len(tree.leaves))
    panel = Panel((period,), cohort.members, tree.leaves, np.full(shape, np.nan), np.ones(shape[:2], dtype=bool))
    return score_panel(panel, tree, ScoreOptions(cuts=cohort.cuts))


@st.cache_resource(**_KEEP)
def load_framework_codes(version: str) -> tuple[str, ...]:
    """Frameworks that have values to show, the one with the latest end first in catalogue order."""
    book = load_catalog(version)
    return tuple(code for code in book.frameworks["code"] if load_scores(version, code) is not None)


@st.cache_resource(max_entries=64, show_spinner=False)
def load_sources(version: str, framework: str, period: str) -> tuple[tuple[int, str, str], ...]:
    """The batches behind a framework's values in a period: (id, kind, file)."""
    rows = load_observations(version)
    tree = load_catalog(version).trees[framework]
    used = rows[rows["measure"].isin(tree.leaves) & (rows["period"] == period)]
    known = load_batches(version)
    batches_used = {*used["batch"], *used["other_batch"].dropna()}
    return tuple(
        (int(batch), str(known.at[batch, "kind"]), str(known.at[batch, "file"])) for batch in sorted(batches_used)
    )


def sort_periods(periods: list[str]) -> list[str]:
    """Latest first."""
    return sorted(periods, key=Period.parse, reverse=True)
