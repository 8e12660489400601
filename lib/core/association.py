"""Whether two indicators go together over a cohort: rank correlation, and nothing said of causes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

LEAST = 4


@dataclass(frozen=True)
class Association:
    """Spearman's rank correlation of the members with both values: `rho` and two-sided `p`, NaN when there is none."""

    count: int
    rho: float
    p: float


def pairs(x: pd.DataFrame, y: pd.DataFrame) -> pd.DataFrame:
    """Two distributions (region, value) side by side in the order of the first: region, x, y; missing is NaN."""
    other = y.set_index("region")["value"]
    return pd.DataFrame({"region": x["region"], "x": x["value"], "y": x["region"].map(other)})


def associate(rows: pd.DataFrame) -> Association:
    """Rank correlation of `pairs` (Spearman 1904, `scipy.stats.spearmanr`), ties at their mean rank.

    Fewer than four members with both values, or one side the same for all, has no correlation.
    """
    both = rows.dropna(subset=["x", "y"])
    if len(both) < LEAST or both["x"].nunique() == 1 or both["y"].nunique() == 1:
        return Association(len(both), float("nan"), float("nan"))
    found = stats.spearmanr(both["x"].to_numpy(), both["y"].to_numpy())
    return Association(len(both), float(np.clip(found.statistic, -1.0, 1.0)), float(found.pvalue))
