"""Ten thousand drawn weightings of a whole cohort, beside the least that gives places: one plain matrix product and a sort."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from lib.core.panel import Panel
from lib.core.robustness import DRAWS, stability
from lib.core.score import Scores, score_panel
from lib.model import Direction, Framework, Node, ScoreOptions

COHORTS, INDICATORS, MEASURES, ROUNDS = (12, 157), 28, 3, 7


def run() -> list[tuple[str, float, float]]:
    """Rows of (what, median in ms, ratio to the floor of that size)."""
    found = []
    for regions in COHORTS:
        scores, generator = _scores(regions), np.random.default_rng(0)
        weights, parts = generator.random((DRAWS, INDICATORS)), generator.random((INDICATORS, regions))
        floor, ours = _medians(lambda w=weights, p=parts: np.argsort(w @ p, axis=1), lambda s=scores: stability(s))
        size = f"{regions} places × {INDICATORS} indicators"
        found += [
            (f"numpy matmul and argsort, {DRAWS:,} × {INDICATORS} × {regions}", floor, 1.0),
            (f"stability, {size}", ours, ours / floor),
        ]
    return found


def _medians(*runs: Callable[[], object]) -> list[float]:
    """Milliseconds of each, taken in turn."""
    samples: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        for taken, each in zip(samples, runs, strict=True):
            start = time.perf_counter()
            each()
            taken.append(1000 * (time.perf_counter() - start))
    return [statistics.median(taken) for taken in samples]


def _scores(regions: int) -> Scores:
    """Two levels of equal weights over random values, all present."""
    indicators = [Node(f"i{i}", parent="t") for i in range(INDICATORS)]
    leaves = [
        Node(f"{each.code}.{m}", each.code, direction=Direction.HIGHER) for each in indicators for m in range(MEASURES)
    ]
    values = np.random.default_rng(1).random((1, regions, len(leaves)))
    names = tuple(f"r{r}" for r in range(regions))
    panel = Panel(("2020",), names, tuple(each.code for each in leaves), values, np.ones((1, regions), dtype=bool))
    return score_panel(panel, Framework((Node("t"), *indicators, *leaves)), ScoreOptions())
