"""Values of one measure become scores of 0–100: direction is applied here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lib.core.panel import Panel
from lib.model import Direction, Framework, Node, Normalise

FLAT = "各地区数值相同，无法区分"
BEYOND = "各地区数值都超出给定的一端，没有可用的分值区间"
NO_VALUES = "没有数值"


@dataclass(frozen=True)
class Normalised:
    """Scores[period, region, leaf] with the ends of the scale that were used and why a measure has no score.

    `best` and `worst` are [period, leaf]; `fixed[leaf]` is whether both ends come from the framework rather than
    from the cohort; `reasons` maps (period, measure) to a sentence.
    """

    scores: np.ndarray
    best: np.ndarray
    worst: np.ndarray
    fixed: np.ndarray
    reasons: dict[tuple[str, str], str]

    @property
    def free(self) -> int:
        """How many measures have an end that the framework does not give: the cohort's own best or worst value stands in."""
        return int((~self.fixed).sum())


def normalise(panel: Panel, framework: Framework, method: Normalise) -> Normalised:
    """Scores every leaf of the framework; the panel's measures must be the framework's leaves, in order."""
    nodes = [framework[code] for code in panel.measures]
    values = np.where(panel.member[:, :, None], panel.values, np.nan)
    best, worst, fixed = _ends(values, nodes, use_frontier=method is Normalise.FRONTIER)
    if method in (Normalise.FRONTIER, Normalise.MINMAX):
        power = np.array([node.power for node in nodes])
        scores = scale(values, best[:, None, :], worst[:, None, :], power)
    else:
        sign = np.array([1.0 if _higher(node) else -1.0 for node in nodes])
        scores = {Normalise.ZSCORE: zscore, Normalise.RANK: percentile}[method](values * sign)
    has_values = ~np.isnan(values).all(axis=1)
    has_scores = ~np.isnan(scores).all(axis=1)
    reasons = {
        (panel.periods[p], panel.measures[m]): _reason(values[p, :, m], bool(has_values[p, m]))
        for p, m in np.argwhere(~has_scores)
    }
    return Normalised(scores, best, worst, fixed, reasons)


def _reason(values: np.ndarray, has_values: bool) -> str:
    """Why a measure has no score in a period."""
    if not has_values:
        return NO_VALUES
    present = values[~np.isnan(values)]
    return FLAT if (present == present[0]).all() else BEYOND


def scale(values: np.ndarray, best: np.ndarray, worst: np.ndarray, power: np.ndarray | float = 1.0) -> np.ndarray:
    """100 · clip((worst − x) / (worst − best), 0, 1) ^ power: the distance-to-frontier score of Doing Business.

    Missing values stay missing; a scale whose ends meet gives no score.
    """
    span = np.where(worst == best, np.nan, worst - best)
    # Adding zero turns −0.0 (a worst value on a falling scale) into 0.0: their reciprocals differ in a harmonic mean.
    share = np.clip((worst - values) / span, 0.0, 1.0) + 0.0
    return 100.0 * share**power


def zscore(values: np.ndarray) -> np.ndarray:
    """(x − mean) / sample standard deviation over the regions (axis 1); no score when all are equal."""
    present = ~np.isnan(values)
    count = present.sum(axis=1, keepdims=True)
    filled = np.where(present, values, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = filled.sum(axis=1, keepdims=True) / count
        deviation = np.where(present, values - mean, 0.0)
        sd = np.sqrt((deviation**2).sum(axis=1, keepdims=True) / (count - 1))
        return np.where(_flat(values), np.nan, (values - mean) / sd) + 0.0


def percentile(values: np.ndarray) -> np.ndarray:
    """Share of the other regions that a region leaves behind, in percent (axis 1); ties share the lower place.

    100 · (number of strictly smaller values) / (n − 1), as COINr's percentile rank.
    """
    ordered = np.sort(values, axis=1)
    below = np.full(values.shape, np.nan)
    for p in range(values.shape[0]):
        for m in range(values.shape[2]):
            below[p, :, m] = np.searchsorted(ordered[p, :, m], values[p, :, m], side="left")
    others = (~np.isnan(values)).sum(axis=1, keepdims=True) - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        share = 100.0 * below / others
    return np.where(np.isnan(values) | _flat(values), np.nan, share)


def _ends(values: np.ndarray, nodes: list[Node], *, use_frontier: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ends of each scale: the framework's frontier where it has one, else the cohort's own best and worst."""
    low, high = _extremes(values)
    up = np.array([_higher(node) for node in nodes], dtype=bool)
    best, worst = np.where(up, high, low), np.where(up, low, high)
    fixed = np.zeros(len(nodes), dtype=bool)
    if use_frontier:
        given_best = np.array([np.nan if node.best is None else node.best for node in nodes])
        given_worst = np.array([np.nan if node.worst is None else node.worst for node in nodes])
        best = np.where(np.isnan(given_best), best, given_best)
        worst = np.where(np.isnan(given_worst), worst, given_worst)
        fixed = ~np.isnan(given_best) & ~np.isnan(given_worst)
    # One end given and every region beyond it: the scale would be turned round, so it has no ends.
    turned = np.where(up, best < worst, best > worst)
    return np.where(turned, np.nan, best), np.where(turned, np.nan, worst), fixed


def _extremes(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest value over the regions, NaN where there is none."""
    present = ~np.isnan(values)
    none = ~present.any(axis=1)
    low = np.where(present, values, np.inf).min(axis=1, initial=np.inf)
    high = np.where(present, values, -np.inf).max(axis=1, initial=-np.inf)
    return np.where(none, np.nan, low), np.where(none, np.nan, high)


def _flat(values: np.ndarray) -> np.ndarray:
    low, high = _extremes(values)
    return (low == high)[:, None, :]


def _higher(node: Node) -> bool:
    """Whether higher is better; bounds decide when the direction is left empty."""
    if node.direction is not None:
        return node.direction is Direction.HIGHER
    assert node.best is not None and node.worst is not None
    return node.best > node.worst
