"""Score, place and change of many nodes, or of many periods, at once: a cell a region and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lib.core.movement import on_shared
from lib.core.score import Scores


def changes(scores: Scores, period: str, before: str | None) -> np.ndarray:
    """What every node's score has gained since the period before, [region, node], as `movement` says it.

    On the measures that a region has in both periods; NaN where a score is missing, and everywhere without a period before.
    """
    if before is None or before not in scores.panel.periods:
        return np.full(scores.score.shape[1:], np.nan)
    both, _ = on_shared(scores, period, before)
    return both.at(period).score[0] - both.at(before).score[0]


def by_node(scores: Scores, codes: Sequence[str], period: str, change: np.ndarray) -> pd.DataFrame:
    """One period: region, code, period, column (the code), score, rank, tier, change; region by region, codes as given.

    `change` as `changes` gives it.
    """
    now = scores.at(period)
    at = [scores.framework.index[code] for code in codes]
    return _cells(
        now.panel.regions,
        codes,
        now.panel.member[0],
        score=now.score[0][:, at],
        rank=now.rank[0][:, at],
        tier=now.tier[0][:, at],
        change=change[:, at],
    ).assign(code=lambda cells: cells["column"], period=period)


def by_period(scores: Scores, code: str, periods: Sequence[str], change: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """One node: region, code, period, column (the period), score, rank, tier, change; region by region, periods as given.

    `change` as `changes` gives it, by period. A region that takes part in none of the periods is left out.
    """
    at, n = [scores.panel.periods.index(period) for period in periods], scores.framework.index[code]
    return _cells(
        scores.panel.regions,
        periods,
        scores.panel.member[at].any(axis=0),
        score=scores.score[at, :, n].T,
        rank=scores.rank[at, :, n].T,
        tier=scores.tier[at, :, n].T,
        change=np.stack([change[period][:, n] for period in periods], axis=1),
    ).assign(code=code, period=lambda cells: cells["column"])


def weakest_first(cells: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """The columns from the lowest mean score to the highest; those without a score last."""
    mean = cells.groupby("column")["score"].mean().reindex(list(columns))
    return list(mean.sort_values(kind="stable").index)


def _cells(regions: Sequence[str], columns: Sequence[str], member: np.ndarray, **values: np.ndarray) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "region": np.repeat(np.array(regions, dtype=object), len(columns)),
            "column": np.tile(np.array(columns, dtype=object), len(regions)),
            **{name: array.ravel() for name, array in values.items()},
        }
    )
    return table[np.repeat(member, len(columns))].reset_index(drop=True)
