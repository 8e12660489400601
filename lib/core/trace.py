"""溯源: how a score came about, one step down the tree, recomputable by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.core.score import Scores


def scaling(scores: Scores, region: str, code: str, period: str) -> dict[str, float | bool | str]:
    """How a measure's value became its score: 100·((worst − value)/(worst − best))^power within 0–100.

    Out: value, worst, best, power, fixed (both ends are the framework's, else an end is the cohort's own), score, rank
    (NaN where missing), of (regions with a place), reason (why there is no score). KeyError or ValueError names
    what is not there.
    """
    p, m = scores.panel.periods.index(period), scores.panel.measures.index(code)
    score, rank, _ = scores.of(region, code, period)
    return {
        "value": scores.panel.value(region, code, period),
        "worst": float(scores.normalised.worst[p, m]),
        "best": float(scores.normalised.best[p, m]),
        "power": scores.framework[code].power,
        "fixed": bool(scores.normalised.fixed[m]),
        "score": score,
        "rank": rank,
        "of": ranked(scores, code, period),
        "reason": scores.reasons.get((period, code), ""),
    }


def parts(scores: Scores, region: str, code: str, period: str) -> pd.DataFrame:
    """The children of an indicator: code, weight, share (of the weight present), score, rank, points (share × score).

    For the arithmetic mean the points add up to the indicator's score. A missing child has neither share nor points.
    """
    framework = scores.framework
    rows = []
    for i in framework.children[code]:
        node = framework.nodes[i]
        score, rank, _ = scores.of(region, node.code, period)
        rows.append({"code": node.code, "weight": node.weight, "score": score, "rank": rank})
    table = pd.DataFrame(rows)
    present = table["weight"].where(table["score"].notna())
    table["share"] = present / present.sum() if present.sum() else np.nan
    return table.assign(points=table["share"] * table["score"])


def ranked(scores: Scores, code: str, period: str) -> int:
    """How many regions have a place on a node in a period."""
    at = scores.rank[scores.panel.periods.index(period), :, scores.framework.index[code]]
    return int((~np.isnan(at)).sum())
