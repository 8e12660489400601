"""Scores go up the tree by a weighted mean over the children that are present."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lib.model import Aggregate, Framework


def aggregate(
    leaf_scores: np.ndarray, framework: Framework, mean: Aggregate, min_coverage: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Scores and coverage of every node, [..., node], from leaf scores [..., leaf] in the framework's order.

    A node's coverage is the share of its children's weight that is present; below `min_coverage`, or with
    nothing present, the node is missing. Weights are renormalised over what is present.
    """
    shape = (*leaf_scores.shape[:-1], len(framework.nodes))
    scores, coverage = np.full(shape, np.nan), np.zeros(shape)
    at = [framework.index[code] for code in framework.leaves]
    scores[..., at] = leaf_scores
    coverage[..., at] = ~np.isnan(leaf_scores)
    for i in framework.bottom_up:
        children = framework.children[framework.nodes[i].code]
        weights = [framework.nodes[c].weight for c in children]
        scores[..., i], coverage[..., i] = weighted_mean([scores[..., c] for c in children], weights, mean)
        # The slack forgives the rounding of the weights' sum, as in 0.1 + 0.2 against 0.3.
        short = coverage[..., i] < min_coverage - 1e-12
        scores[..., i] = np.where(short, np.nan, scores[..., i])
    return scores, coverage


def weighted_mean(
    parts: Sequence[np.ndarray], weights: Sequence[float], mean: Aggregate
) -> tuple[np.ndarray, np.ndarray]:
    """Weighted mean of same-shaped arrays over those present, and the share of weight present.

    Zero in a geometric or harmonic mean makes the mean zero, its limit. Elementwise and in the order of
    `parts`, so that equal inputs give equal results to the last bit, wherever they stand.
    """
    used = [(part, weight) for part, weight in zip(parts, weights, strict=True) if weight > 0]
    total = float(sum(weight for _, weight in used))
    present_weight, weighted_sum = np.zeros(parts[0].shape), np.zeros(parts[0].shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        for part, weight in used:
            present = ~np.isnan(part)
            present_weight += np.where(present, weight, 0.0)
            weighted_sum += np.where(present, weight * forward(part, mean), 0.0)
        result = backward(weighted_sum / present_weight, mean)
    return np.where(present_weight > 0, result, np.nan), present_weight / total


def forward(part: np.ndarray, mean: Aggregate) -> np.ndarray:
    """Scores as the mean adds them up: as they are, their logarithms, their reciprocals."""
    if mean is Aggregate.GEOMETRIC:
        return np.log(part)
    return 1.0 / part if mean is Aggregate.HARMONIC else part


def backward(value: np.ndarray, mean: Aggregate) -> np.ndarray:
    """The inverse of `forward`."""
    if mean is Aggregate.GEOMETRIC:
        return np.exp(value)
    return 1.0 / value if mean is Aggregate.HARMONIC else value
