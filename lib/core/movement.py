"""What moved between two periods."""

from __future__ import annotations

import numpy as np
import pandas as pd


def movement(scores: pd.DataFrame, code: str, period: str, before: str | None) -> pd.DataFrame:
    """One node's standing in a period beside the period before, best place first; columns as `compare_standings`.

    In: scores (region, period, code, score, coverage, rank, tier).
    """
    of_node = scores[scores["code"] == code]
    return compare_standings(of_node[of_node["period"] == period], of_node[of_node["period"] == before])


def compare_standings(now: pd.DataFrame, then: pd.DataFrame) -> pd.DataFrame:
    """Two standings of one node, region by region, best place now first.

    In: region, score, rank, tier (and coverage in `now`). Out: region, score, coverage, rank, tier, score_before,
    rank_before, tier_before, score_change, rank_change (positive: places gained).
    """
    earlier = then.set_index("region").reindex(now["region"])
    columns: dict[str, object] = {"region": now["region"].to_numpy(), "coverage": now["coverage"].to_numpy()}
    for name in ("score", "rank", "tier"):
        columns[name] = now[name].to_numpy(dtype=float, na_value=np.nan)
        columns[f"{name}_before"] = earlier[name].to_numpy(dtype=float, na_value=np.nan)
    columns["score_change"] = columns["score"] - columns["score_before"]
    columns["rank_change"] = columns["rank_before"] - columns["rank"]
    rows = pd.DataFrame(columns)
    return rows.sort_values(["rank", "region"], na_position="last", ignore_index=True)


def contributions(scores: pd.DataFrame, shares: dict[str, float], region: str, period: str) -> pd.DataFrame:
    """What each first-level indicator gives and costs a region's total, largest loss first.

    `shares` are the indicators' weights in the total (0–1); they are renormalised over the indicators present, as the
    total does. Out: code, score, rank, tier, points (given to the total), lost (points still to win, at a score of
    100). Missing scores stay missing. For the arithmetic mean the points add up to the total.
    """
    rows = scores[
        (scores["region"] == region) & (scores["period"] == period) & scores["code"].isin(list(shares))
    ].copy()
    share = rows["code"].map(shares)
    share = share / share[rows["score"].notna()].sum()
    rows["points"] = rows["score"] * share
    rows["lost"] = (100.0 - rows["score"]) * share
    columns = ["code", "score", "rank", "tier", "points", "lost"]
    return rows.sort_values("lost", ascending=False, na_position="last")[columns].reset_index(drop=True)
