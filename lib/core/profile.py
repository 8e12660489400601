"""One region beside its cohort on every node of the tree, what stands out, and where a benchmark would stand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lib.core.aggregate import aggregate
from lib.core.normalise import scale
from lib.core.score import Scores
from lib.model import Normalise

# What stands out: the first or the last quarter of the places, so many of each at most.
QUARTER, MOST = 0.25, 5


def spine(scores: Scores, region: str, period: str, benchmark: np.ndarray) -> pd.DataFrame:
    """A region on every node beside its cohort, in framework order: the rows of an area profile's spine chart.

    `benchmark` is a score a node, as `benchmark_scores` gives. Out: code (index), score, rank, of (regions with a
    score), low, q1, median, q3, high (quartiles by linear interpolation), benchmark; NaN where missing. Scores
    are 0–100, higher is better. ValueError names a region or period that is not there.
    """
    p, r = scores.panel.periods.index(period), scores.panel.regions.index(region)
    cohort = scores.score[p][scores.panel.member[p]]
    count = (~np.isnan(cohort)).sum(axis=0)
    known = count > 0
    marks = np.full((5, cohort.shape[1]), np.nan)
    marks[:, known] = np.nanquantile(cohort[:, known], [0, 0.25, 0.5, 0.75, 1], axis=0)
    columns = dict(zip(("low", "q1", "median", "q3", "high"), marks, strict=True))
    index = pd.Index([node.code for node in scores.framework.nodes], name="code")
    ours = {"score": scores.score[p, r], "rank": scores.rank[p, r], "of": count}
    return pd.DataFrame({**ours, **columns, "benchmark": benchmark}, index=index)


def benchmark_scores(scores: Scores, period: str, theirs: Mapping[str, float], member: str = "") -> np.ndarray:
    """The score of a benchmark on every node, in framework order, on the scales of the period as they are.

    A `member` has the scores that it has. Other values are put on each measure's scale, and go up the tree as all
    scores do; an indicator has one only where the benchmark has a value of every measure under it that is scored. Scales
    that look at all places at once (z-scores, percentiles) have no place for an outsider: all NaN.
    """
    p, framework, ends = scores.panel.periods.index(period), scores.framework, scores.normalised
    if member:
        return scores.score[p, scores.panel.regions.index(member)]
    if scores.options.normalise not in (Normalise.FRONTIER, Normalise.MINMAX):
        return np.full(len(framework.nodes), np.nan)
    values = np.array([theirs.get(code, np.nan) for code in framework.leaves])
    power = np.array([framework[code].power for code in framework.leaves])
    leaves = scale(values, ends.best[p], ends.worst[p], power)
    found, _ = aggregate(leaves, framework, scores.options.aggregate, scores.options.min_coverage)
    lacking = np.isnan(leaves) & ~np.isnan(ends.scores[p]).all(axis=0)
    partly = {framework.leaves[i] for i in np.nonzero(lacking)[0]}
    whole = [partly.isdisjoint(framework.below(node.code)) for node in framework.nodes]
    return np.where(whole, found, np.nan)


def standouts(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Strengths and weaknesses among the rows of a spine, each the furthest from the median first, five at most.

    A strength lies in the first quarter of the places and above the median score; a weakness in the last quarter and below
    it. Out: the spine's columns and distance (score − median).
    """
    rows = rows.assign(distance=rows["score"] - rows["median"])
    strong = rows[(rows["rank"] <= QUARTER * rows["of"]) & (rows["distance"] > 0)]
    weak = rows[(rows["rank"] > (1 - QUARTER) * rows["of"]) & (rows["distance"] < 0)]
    return (
        strong.sort_values("distance", ascending=False, kind="stable").head(MOST),
        weak.sort_values("distance", kind="stable").head(MOST),
    )


def ahead_on(scores: Scores, region: str, other: str, period: str, codes: list[str]) -> pd.DataFrame:
    """The nodes on which another region scores higher, by the largest lead first: code, ours, theirs, lead."""
    rows = [(code, scores.of(region, code, period)[0], scores.of(other, code, period)[0]) for code in codes]
    table = pd.DataFrame(rows, columns=["code", "ours", "theirs"])
    table = table.assign(lead=table["theirs"] - table["ours"])
    return table[table["lead"] > 0].sort_values("lead", ascending=False, kind="stable").reset_index(drop=True)
