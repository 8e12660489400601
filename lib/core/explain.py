"""差在哪: how much of a gap in score each measure explains, on the measures that both places have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.core.score import Scores
from lib.model import Aggregate, Framework

# Scores within this count as equal, as in ranks.
TIE = 1e-9


@dataclass(frozen=True)
class Explanation:
    """Two scores on shared measures and their difference measure by measure; NaN and no rows where nothing is shared.

    `parts`: code, weight (effective, they add up to 1), ours, theirs, part (weight × (theirs − ours), positive: we are
    behind), share (of all that we are behind by, 0–1; NaN where we are not behind), the largest part first.
    """

    ours: float
    theirs: float
    parts: pd.DataFrame

    @property
    def gap(self) -> float:
        """theirs − ours: what the parts add up to."""
        return self.theirs - self.ours


def explain(
    framework: Framework,
    code: str,
    ours: np.ndarray,
    theirs: np.ndarray,
    mean: Aggregate = Aggregate.ARITHMETIC,
) -> Explanation:
    """The gap on a node as a sum over the measures under it on which both have a score.

    In: a score a node, in framework order, of each place. Weights are renormalised over the shared measures all the way
    up, so that both scores and the gap are exact sums. ValueError for a mean that is no sum.
    """
    if mean is not Aggregate.ARITHMETIC:
        raise ValueError("explain() is for the arithmetic mean: other means are no sums")
    both = dict(zip((node.code for node in framework.nodes), np.column_stack([ours, theirs]), strict=True))
    shared = [leaf for leaf in framework.below(code) if not np.isnan(both[leaf]).any()]
    weights = effective_weights(framework, code, shared)
    rows = [(leaf, weight, *both[leaf].tolist()) for leaf, weight in weights.items()]
    table = pd.DataFrame(rows, columns=["code", "weight", "ours", "theirs"])
    table["part"] = table["weight"] * (table["theirs"] - table["ours"])
    behind = table["part"].where(table["part"] > 0)
    table["share"] = behind / behind.sum()
    parts = table.sort_values("part", ascending=False, kind="stable", ignore_index=True)
    if parts.empty:
        return Explanation(float("nan"), float("nan"), parts)
    return Explanation(*(float((parts["weight"] * parts[name]).sum()) for name in ("ours", "theirs")), parts)


def better_at(gaps: pd.DataFrame, framework: Framework, ours: np.ndarray, theirs: np.ndarray) -> pd.DataFrame:
    """The measures of a gap frame on which the benchmark is better, the one with the widest lead in points first.

    `ours` and `theirs` are scores a node. Out: the columns of `gaps` and lead (points on the period's own scale).
    """
    lead = pd.Series(theirs - ours, index=[node.code for node in framework.nodes])
    rows = gaps[gaps["gap"] > 0]
    rows = rows.assign(lead=rows["code"].map(lead).astype(float))
    return rows.sort_values("lead", ascending=False, na_position="last", kind="stable", ignore_index=True)


def places_of(scores: Scores, period: str, marks: np.ndarray) -> np.ndarray:
    """The place that each of some scores a node would have among the members in a period; NaN where there is none."""
    cohort = scores.at(period).score[0]
    ahead = (cohort > marks + TIE).sum(axis=0) + 1.0
    return np.where(np.isnan(marks), np.nan, ahead)


def effective_weights(framework: Framework, code: str, present: Sequence[str]) -> dict[str, float]:
    """Each present measure's weight in a node, renormalised over what is present at every level; they add up to 1.

    Measures that weigh nothing are left out.
    """
    if code not in framework.children:
        return {code: 1.0} if code in present else {}
    below = [
        (framework.nodes[i].weight, effective_weights(framework, framework.nodes[i].code, present))
        for i in framework.children[code]
    ]
    total = sum(weight for weight, leaves in below if leaves)
    return {
        leaf: weight / total * part for weight, leaves in below for leaf, part in leaves.items() if total and weight
    }
