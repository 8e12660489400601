"""对标: how far a region is from a benchmark, in the measure's unit, in percent, in points and in places."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lib.core.score import Scores, score_panel, totals_if
from lib.model import Direction, Framework

COLUMNS = (
    "code",
    "ours",
    "theirs",
    "gap",
    "gap_percent",
    "points",
    "places",
    "score",
    "score_if",
    "rank",
    "rank_if",
    "total",
)


def gaps(scores: Scores, region: str, period: str, theirs: Mapping[str, float]) -> pd.DataFrame:
    """The gap of a region to benchmark values, measure by measure, largest gap in the total first.

    `theirs` maps measures to the benchmark's value in the measure's unit. Out: code, ours, theirs, gap (in the unit,
    positive: behind), gap_percent (of the benchmark's value), points and places (what the measure's own score and
    place would gain at the benchmark's value, scored by the same functions with all other values as they are),
    score, score_if, rank, rank_if, and total (points that closing this gap alone adds to the total). Missing stays
    missing.
    """
    panel = scores.panel.at(period)
    wanted = {code: value for code, value in theirs.items() if code in panel.measures and not np.isnan(value)}
    then = score_panel(
        panel.with_values({(region, code): value for code, value in wanted.items()}), scores.framework, scores.options
    )
    rows = [
        _row(scores, then, region, period, code, panel.value(region, code, period), value)
        for code, value in wanted.items()
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS[:-1]))
    # A gap from a missing value is no gap: what it would add to the total is not known.
    known = {code: value for code, value in wanted.items() if not np.isnan(panel.value(region, code, period))}
    table["total"] = table["code"].map(totals_if(scores, region, period, known)).astype(float)
    return table.sort_values("total", ascending=False, na_position="last", kind="stable").reset_index(drop=True)


def _row(
    scores: Scores, then: Scores, region: str, period: str, code: str, ours: float, theirs: float
) -> dict[str, object]:
    sign = 1.0 if is_higher(scores.framework, code) else -1.0
    gap = sign * (theirs - ours)
    score, rank, _ = scores.of(region, code, period)
    score_if, rank_if, _ = then.of(region, code, period)
    return {
        "code": code,
        "ours": ours,
        "theirs": theirs,
        "gap": gap,
        "gap_percent": 100.0 * gap / abs(theirs) if theirs else float("nan"),
        "points": score_if - score,
        "places": rank - rank_if,
        "score": score,
        "score_if": score_if,
        "rank": rank,
        "rank_if": rank_if,
    }


def best_of_cohort(scores: Scores, period: str) -> dict[str, float]:
    """For each measure the best value that a member has in the period: the composite horizontal benchmark."""
    return _of_cohort(scores, period, best=True)


def median_of_cohort(scores: Scores, period: str) -> dict[str, float]:
    """For each measure the cohort's median in the period."""
    return _of_cohort(scores, period, best=False)


def values_of(scores: Scores, region: str, period: str) -> dict[str, float]:
    """One member's values in the period, by measure; missing ones are NaN."""
    panel = scores.panel.at(period)
    return dict(zip(panel.measures, panel.values[0, panel.regions.index(region)].tolist(), strict=True))


def holders(scores: Scores, period: str, values: Mapping[str, float]) -> dict[str, tuple[str, ...]]:
    """Which members have exactly the given value of each measure in the period."""
    panel = scores.panel.at(period)
    found = {}
    for m, code in enumerate(panel.measures):
        if code in values:
            at = np.nonzero(panel.values[0, :, m] == values[code])[0]
            found[code] = tuple(panel.regions[r] for r in at)
    return found


def is_higher(framework: Framework, code: str) -> bool:
    """Whether higher is better for a leaf; its bounds say so when the direction is left empty."""
    node = framework[code]
    if node.direction is None:
        return bool(node.best is not None and node.worst is not None and node.best > node.worst)
    return node.direction is Direction.HIGHER


def _of_cohort(scores: Scores, period: str, *, best: bool) -> dict[str, float]:
    panel = scores.panel.at(period)
    found = {}
    for m, code in enumerate(panel.measures):
        values = panel.values[0, :, m]
        present = values[~np.isnan(values)]
        if not len(present):
            continue
        if best:
            found[code] = float(present.max() if is_higher(scores.framework, code) else present.min())
        else:
            found[code] = float(np.median(present))
    return found
