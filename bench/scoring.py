"""Scoring a whole cohort beside the least code that gives the same scores: plain numpy for every node, and a query of DuckDB for the
totals alone."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

import duckdb
import numpy as np
import pandas as pd

from lib.core.panel import Panel
from lib.core.score import Scores, score, score_panel
from lib.model import Direction, Framework, Node, ScoreOptions

# Regions × measures × periods.
SIZES, ROUNDS, UNDER, MISSING, CLOSE = ((12, 200, 48), (157, 200, 48), (2850, 200, 24)), 5, 7, 0.03, 1e-9


@dataclass(frozen=True)
class Case:
    """A made-up cohort: its framework, its values as a panel and as tidy rows, and which indicator each measure belongs to."""

    framework: Framework
    panel: Panel
    rows: pd.DataFrame
    best: np.ndarray
    worst: np.ndarray
    of: np.ndarray


def run(sizes: Sequence[tuple[int, int, int]] = SIZES, rounds: int = ROUNDS) -> Iterator[tuple]:
    """Rows of (what, median in ms, ratio to plain numpy, millions of values a second)."""
    for size in sizes:
        case = _case(*size)
        with duckdb.connect() as db:
            db.register("rows", case.rows)
            db.register("scale", _scale(case))
            ways = {
                "plain numpy, from an array": lambda case=case: plain(
                    case.panel.values, case.best, case.worst, case.of
                ),
                "core.score, from an array": lambda case=case: _figures(
                    score_panel(case.panel, case.framework, ScoreOptions())
                ),
                "DuckDB (totals alone), from rows": lambda db=db, case=case: _as_array(
                    db.execute(QUERY).fetchnumpy(), case
                ),
                "core.score, from rows": lambda case=case: _figures(
                    score(case.rows, case.framework, ScoreOptions(), case.panel.regions)
                ),
            }
            medians = _medians(ways, rounds)
        name = " × ".join(f"{each:,}" for each in size)
        for way, took in medians.items():
            rate = case.panel.values.size / took / 1e3
            yield f"{name}: {way}", took, took / next(iter(medians.values())), rate


def plain(values: np.ndarray, best: np.ndarray, worst: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Score, place and tier[figure, period, region, node] of the total, the indicators and the measures: between the ends, means of
    what is there, sorted; no equals, no coverage, no reasons."""
    low, high = np.nanmin(values, axis=1, keepdims=True), np.nanmax(values, axis=1, keepdims=True)
    best, worst = np.where(np.isnan(best), high, best), np.where(np.isnan(worst), low, worst)
    leaves = 100 * np.clip((worst - values) / (worst - best), 0, 1)
    there, member = ~np.isnan(leaves), np.eye(of.max() + 1)[of]
    with np.errstate(invalid="ignore"):
        indicators = (np.where(there, leaves, 0) @ member) / (there @ member)
    scores = np.concatenate([np.nanmean(indicators, axis=2, keepdims=True), indicators, leaves], axis=2)
    places = np.argsort(np.argsort(-scores, axis=1), axis=1) + 1.0
    third = values.shape[1] / 3
    return np.stack([scores, places, 1.0 + (places > np.ceil(third)) + (places > np.ceil(2 * third))])


QUERY = """
WITH ended AS (
    SELECT period, region, indicator, value,
        coalesce(best, max(value) OVER of_measure) AS best, coalesce(worst, min(value) OVER of_measure) AS worst
    FROM rows JOIN scale USING (measure) WHERE NOT isnan(value)
    WINDOW of_measure AS (PARTITION BY period, measure)
), scored AS (
    SELECT period, region, indicator, avg(100 * greatest(0, least(1, (worst - value) / (worst - best)))) AS score
    FROM ended GROUP BY period, region, indicator
), summed AS (
    SELECT period, region, avg(score) AS total FROM scored GROUP BY period, region
)
SELECT period, region, total, rank() OVER (PARTITION BY period ORDER BY total DESC) AS place
FROM summed ORDER BY period, region"""


def _medians(ways: dict[str, Callable[[], np.ndarray]], rounds: int) -> dict[str, float]:
    """Milliseconds of each, taken in turn; all must say the same."""
    floor = next(iter(ways.values()))()
    for name, each in ways.items():
        found = each()
        nodes = found.shape[-1]
        # Plain numpy gives equals different places: only the totals have none.
        same = np.allclose(found[0], floor[0][..., :nodes], rtol=0, atol=CLOSE, equal_nan=True)
        if not same or (found[1:, :, :, 0] != floor[1 : len(found), :, :, 0]).any():
            raise AssertionError(f"{name} differs from plain numpy")
    samples: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, each in ways.items():
            start = perf_counter()
            each()
            samples[name].append(1000 * (perf_counter() - start))
    return {name: statistics.median(taken) for name, taken in samples.items()}


def _case(regions: int, measures: int, periods: int) -> Case:
    """Indicators of seven measures each under one total; a third of the scales have ends of their own, a few values are missing."""
    dealt = np.random.default_rng(7)
    of = np.arange(measures) // UNDER
    best = np.where(np.arange(measures) % 3 == 0, 100.0, np.nan)
    worst = np.where(np.arange(measures) % 3 == 0, 0.0, np.nan)
    leaves = [
        Node(
            f"m{m:03}",
            parent=f"i{of[m]}",
            direction=Direction.HIGHER,
            **({} if np.isnan(best[m]) else {"best": best[m], "worst": worst[m]}),
        )
        for m in range(measures)
    ]
    framework = Framework((Node("t"), *(Node(f"i{i}", parent="t") for i in range(of.max() + 1)), *leaves))
    values = dealt.normal(60, 12, (periods, regions, measures)).clip(0, 100)
    values[dealt.random(values.shape) < MISSING] = np.nan
    names = tuple(f"r{r:04}" for r in range(regions))
    when = tuple(f"{2000 + p // 4}-Q{p % 4 + 1}" for p in range(periods))
    codes = tuple(leaf.code for leaf in leaves)
    panel = Panel(when, names, codes, values, np.ones((periods, regions), dtype=bool))
    return Case(framework, panel, _rows(panel), best, worst, of)


def _rows(panel: Panel) -> pd.DataFrame:
    """The values as the store gives them: one a row, none for what is missing."""
    p, r, m = np.nonzero(~np.isnan(panel.values))
    named = {
        name: np.array(codes, dtype=object)[at]
        for name, codes, at in (
            ("region", panel.regions, r),
            ("measure", panel.measures, m),
            ("period", panel.periods, p),
        )
    }
    return pd.DataFrame({**named, "value": panel.values[p, r, m]})


def _scale(case: Case) -> pd.DataFrame:
    """measure, indicator, best, worst, the ends None where the cohort's own stand in."""
    ends = {name: pd.array(ends, dtype="Float64") for name, ends in (("best", case.best), ("worst", case.worst))}
    return pd.DataFrame({"measure": case.panel.measures, "indicator": case.of, **ends})


def _figures(scores: Scores) -> np.ndarray:
    """Score, place and tier[figure, period, region, node]."""
    return np.stack([scores.score, scores.rank, scores.tier])


def _as_array(found: dict[str, np.ndarray], case: Case) -> np.ndarray:
    """Score and place[figure, period, region, the total] of the query's rows, which are sorted as the panel is."""
    shape = (len(case.panel.periods), len(case.panel.regions), 1)
    return np.stack([np.asarray(found[name], dtype=float).reshape(shape) for name in ("total", "place")])
