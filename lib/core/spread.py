"""How a cohort spreads on each node of the tree."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.core.gap import best_of_cohort, median_of_cohort
from lib.core.score import Scores


def spread(scores: pd.DataFrame, period: str) -> pd.DataFrame:
    """Per node in one period: code (index), mean, median, low, high of the scores, and the first and last regions' codes.

    `first` is the region with the highest score, `last` the one with the lowest (the first in order among equals).
    Nodes without scores are left out.
    """
    rows = scores[(scores["period"] == period) & scores["score"].notna()]
    if rows.empty:
        nobody = pd.Index([], dtype=rows["code"].dtype, name="code")
        numbers = dict.fromkeys(("mean", "median", "low", "high"), 0.0)
        return pd.DataFrame({**numbers, "first": "", "last": ""}, index=nobody)
    nodes = rows.groupby("code", sort=False)["score"]
    table = nodes.agg(["mean", "median", "min", "max"]).rename(columns={"min": "low", "max": "high"})
    for name, ends in (("first", nodes.idxmax()), ("last", nodes.idxmin())):
        table[name] = rows.loc[ends, ["code", "region"]].set_index("code")["region"]
    return table


def weakest(scores: pd.DataFrame, codes: list[str], period: str, count: int = 5) -> pd.DataFrame:
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
