"""Who moved most between two periods, and who entered or left a tier."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lib.core.grid import changes
from lib.core.rank import tier
from lib.core.score import Scores


def furthest(changes: pd.Series) -> tuple[list[str], list[str]]:
    """Who gained most and who lost most, all that tie, in the series' order; nobody where nothing rose or fell.

    In: changes by code, positive for better; missing ones do not count.
    """
    most, least = changes.max(), changes.min()
    risen = list(changes.index[changes == most]) if most > 0 else []
    fallen = list(changes.index[changes == least]) if least < 0 else []
    return risen, fallen


def tier_moves(rows: pd.DataFrame, cuts: Sequence[int]) -> pd.DataFrame:
    """How many regions are in each tier, and who came into it and who left it since the period before.

    In: a movement frame, and the last places of all tiers but the last one. Out: tier (1 …), count, entered and left
    (tuples of regions). Like every change of place, coming and going is on shared measures; a region without a place in
    one of the periods does neither.
    """
    compared = rows[rows["rank_change"].notna()]
    before = tier(compared["rank_before"].to_numpy(dtype=float), cuts)
    now = tier((compared["rank_before"] - compared["rank_change"]).to_numpy(dtype=float), cuts)
    present = tier(rows["rank"].to_numpy(dtype=float), cuts)
    bands = range(1, len(cuts) + 2)
    return pd.DataFrame(
        {
            "tier": list(bands),
            "count": [int((present == band).sum()) for band in bands],
            "entered": [tuple(compared["region"][(now == band) & (before != band)]) for band in bands],
            "left": [tuple(compared["region"][(before == band) & (now != band)]) for band in bands],
        }
    )


def mean_changes(scores: Scores, codes: Sequence[str], period: str, before: str | None) -> pd.Series:
    """By code, how much the regions' score on a node changed on average since the period before; NaN where it cannot be said.

    Only regions with a score in both periods count, on the measures that they have in both.
    """
    each = changes(scores, period, before)[:, [scores.framework.index[code] for code in codes]]
    return pd.DataFrame(each, columns=list(codes)).mean()
