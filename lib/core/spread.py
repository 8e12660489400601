"""How a cohort spreads on each node of the tree."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from lib.core.gap import best_of_cohort, median_of_cohort
from lib.core.score import Scores


def spread(scores: Scores, period: str) -> pd.DataFrame:
    """Per node in one period: code (index), mean, median, low, high of the scores, and the first and last regions' codes.

    `first` is the region with the highest score, `last` the one with the lowest (the first in order among equals).
    Nodes without scores, and all of them in a period that has none, are left out.
    """
    panel = scores.panel
    none = np.full((1, len(scores.framework.nodes)), np.nan)
    values = scores.score[panel.periods.index(period)] if period in panel.periods else none
    some = ~np.isnan(values).all(axis=0)
    values = values[:, some]
    codes = np.array([node.code for node in scores.framework.nodes], dtype=object)[some]
    names = np.array(panel.regions, dtype=object)
    columns = {
        "mean": np.nanmean(values, axis=0),
        "median": np.nanmedian(values, axis=0),
        "low": np.nanmin(values, axis=0),
        "high": np.nanmax(values, axis=0),
        "first": names[np.nanargmax(values, axis=0)],
        "last": names[np.nanargmin(values, axis=0)],
    }
    return pd.DataFrame(columns, index=pd.Index(codes, name="code"))


def weakest(scores: Scores, codes: Collection[str], period: str, count: int = 5) -> pd.DataFrame:
    """The nodes on which the cohort scores lowest on average, lowest first.

    Out: code, mean, median, low, high, first, last, gap (the best region's score over the mean).
    """
    now = spread(scores, period)
    table = now[now.index.isin(codes)].nsmallest(count, "mean").reset_index()
    return table.assign(gap=table["high"] - table["mean"])


def filled(scores: Scores, code: str, period: str) -> dict[str, tuple[int, int]]:
    """By region, how many of the measures under a node have a value in the period, and how many there are."""
    panel = scores.panel.at(period)
    at = [panel.measures.index(leaf) for leaf in scores.framework.below(code)]
    counts = (~np.isnan(panel.values[0][:, at])).sum(axis=1)
    return {region: (int(count), len(at)) for region, count in zip(panel.regions, counts, strict=True)}


def measures_of(scores: Scores, region: str, period: str) -> pd.DataFrame:
    """A region's measures in a period beside the cohort, weakest score first.

    Out: code, value, score, rank, best and median (the cohort's values).
    """
    best, median = best_of_cohort(scores, period), median_of_cohort(scores, period)
    rows = []
    for code in scores.framework.leaves:
        score, rank, _ = scores.of(region, code, period)
        rows.append(
            {
                "code": code,
                "value": scores.panel.value(region, code, period),
                "score": score,
                "rank": rank,
                "best": best.get(code, float("nan")),
                "median": median.get(code, float("nan")),
            }
        )
    return pd.DataFrame(rows).sort_values(["score", "code"], na_position="last").reset_index(drop=True)
