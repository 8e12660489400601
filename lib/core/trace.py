"""溯源: how a score came about, one step down the tree, recomputable by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.core.explain import effective_weights
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


def climb(scores: Scores, region: str, code: str, period: str) -> pd.DataFrame:
    """The way of a node's score up to the total: a row a step, the node first, the total last.

    Out: code, score, rank, share (of the weight present in the step above; 1 for the total), whole (of the total: the product of the
    shares from here up), points (whole × score: what the step gives to the total). For the arithmetic mean; what has no score gives
    nothing and its share is missing.
    """
    framework = scores.framework
    path = list(reversed(framework.path(code)))
    rows = []
    for step, above in zip(path, [*path[1:], ""], strict=True):
        score, rank, _ = scores.of(region, step, period)
        siblings = parts(scores, region, above, period).set_index("code")["share"] if above else {step: 1.0}
        rows.append({"code": step, "score": score, "rank": rank, "share": float(siblings[step])})
    table = pd.DataFrame(rows)
    table["whole"] = table["share"][::-1].cumprod()[::-1]
    return table.assign(points=table["whole"] * table["score"])


def leaves(scores: Scores, region: str, period: str) -> pd.DataFrame:
    """Every measure that a region has a score on, what loses most of the total first: code, score, whole (of the total, over what is
    present), lost (whole × (100 − score): the points still to win). For the arithmetic mean lost adds up to 100 − the total."""
    framework = scores.framework
    found = {code: scores.of(region, code, period)[0] for code in framework.leaves}
    there = [code for code, score in found.items() if not np.isnan(score)]
    weights = effective_weights(framework, framework.root.code, there)
    table = pd.DataFrame({"code": list(weights), "score": [found[code] for code in weights], "whole": weights.values()})
    table["lost"] = table["whole"] * (100 - table["score"])
    return table.sort_values("lost", ascending=False, kind="stable", ignore_index=True)


def between(leaves: pd.DataFrame) -> pd.DataFrame:
    """The measures that lie between the ends of their scale, which show more of the reckoning than one at an end: rows of `leaves` with a
    score above 0 and something lost, in their order."""
    return leaves[(leaves["score"] > 0) & (leaves["lost"] > 0)]
