"""How a cohort spreads on each node of the tree."""

from __future__ import annotations

import pandas as pd

from lib.core.gap import best_of_cohort, median_of_cohort
from lib.core.score import Scores


def spread(scores: pd.DataFrame, period: str) -> pd.DataFrame:
    """Per node in one period: code (index), mean, median, low, high of the scores, and the last region's code.

    `last` is the region with the lowest score (the first in order among equals). Nodes without scores are left out.
    """
    rows = scores[(scores["period"] == period) & scores["score"].notna()]
    table = rows.groupby("code", sort=False)["score"].agg(["mean", "median", "min", "max"])
    table = table.rename(columns={"min": "low", "max": "high"})
    lowest = rows.loc[rows.groupby("code", sort=False)["score"].idxmin(), ["code", "region"]]
    return table.join(lowest.set_index("code")["region"].rename("last"))


def weakest(scores: pd.DataFrame, codes: list[str], period: str, before: str | None, count: int = 5) -> pd.DataFrame:
    """The nodes on which the cohort scores lowest on average, lowest first.

    Out: code, mean, median, low, high, last, mean_before, change.
    """
    now = spread(scores, period)
    table = now[now.index.isin(codes)].nsmallest(count, "mean").reset_index()
    then = spread(scores, before)["mean"] if before else pd.Series(dtype=float)
    table["mean_before"] = table["code"].map(then)
    table["change"] = table["mean"] - table["mean_before"]
    return table


def measures_of(scores: Scores, region: str, period: str) -> pd.DataFrame:
    """A region's measures in a period beside the cohort, weakest score first.

    Out: code, value, score, rank, best and median (the cohort's values), share (weight in the total).
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
                "share": scores.framework.share(code),
            }
        )
    return pd.DataFrame(rows).sort_values(["score", "code"], na_position="last").reset_index(drop=True)
