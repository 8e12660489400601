"""Places and tiers within a cohort."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# Scores closer than this are one place: it is below the noise of adding floating-point numbers, and far below
# anything a file can state. Nothing is rounded.
TIE = 1e-9


def rank(scores: np.ndarray, axis: int = 0) -> np.ndarray:
    """Places along an axis, 1 for the highest score; ties share the better place ("1224"); missing stays NaN."""
    moved = np.moveaxis(scores, axis, 0)
    order = np.argsort(-moved, axis=0, kind="stable")
    ordered = np.take_along_axis(moved, order, axis=0)
    starts = np.zeros(ordered.shape, dtype=int)
    positions = np.arange(ordered.shape[0]).reshape((-1,) + (1,) * (ordered.ndim - 1))
    if len(ordered) > 1:
        with np.errstate(invalid="ignore"):
            new_place = ordered[:-1] - ordered[1:] > TIE
        starts[1:] = np.where(new_place, positions[1:], 0)
    places = np.maximum.accumulate(starts, axis=0) + 1.0
    result = np.empty(moved.shape)
    np.put_along_axis(result, order, np.where(np.isnan(ordered), np.nan, places), axis=0)
    return np.moveaxis(result, 0, axis)


def tier(ranks: np.ndarray, cuts: Sequence[int]) -> np.ndarray:
    """方阵 from ranks: 1 up to the first cut, 2 up to the second …; missing stays NaN."""
    bands = 1.0 + sum((ranks > cut).astype(float) for cut in cuts)
    return np.where(np.isnan(ranks), np.nan, bands)
