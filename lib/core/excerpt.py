"""The ends of a ranking and the members around one of them."""

from __future__ import annotations

import pandas as pd


def excerpt(standing: pd.DataFrame, focus: str, ends: int = 3, near: int = 5) -> pd.DataFrame:
    """The first and last `ends` rows of a standing (best place first) and the `near` rows around the focus region.

    In: region, score, rank; rows without a place are left out. Near an end the rows around the focus reach further on
    its other side, so that they stay `near`; without a place for the focus there are only the ends. Out: the same
    columns, with `skipped` (rows left out just before) and `over` (score minus the focus region's, NaN without one).
    """
    ranked = standing[standing["rank"].notna()].reset_index(drop=True)
    size = len(ranked)
    kept = {*range(min(ends, size)), *range(max(size - ends, 0), size)}
    at = ranked.index[ranked["region"] == focus]
    ours = float("nan")
    if len(at):
        start = max(min(int(at[0]) - near // 2, size - near), 0)
        kept |= set(range(start, min(start + near, size)))
        ours = float(ranked.at[at[0], "score"])
    order = sorted(kept)
    rows = ranked.iloc[order].copy()
    rows["skipped"] = [now - last - 1 for last, now in zip([-1, *order], order, strict=False)]
    rows["over"] = rows["score"] - ours
    return rows.reset_index(drop=True)
