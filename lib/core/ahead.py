"""What other regions are taken to do: go on along their own trends, or reach the targets that documents set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lib.core.gap import is_higher
from lib.core.goals import applies
from lib.core.projection import MIN_POINTS, limits, steps_between
from lib.core.score import Scores
from lib.model import Measure, Node, Period, convert

Values = dict[tuple[str, str], float]


def slopes(scores: Scores, periods: Sequence[str]) -> np.ndarray:
    """The Theil–Sen slope per period of every series of values, [region, measure]; NaN with fewer than four values.

    `periods` are of one kind. The same as `projection.trend`, of all series at once (Sen 1968).
    """
    order = sorted(periods, key=Period.parse)
    values = scores.panel.values[[scores.panel.periods.index(period) for period in order]]
    times = np.array([steps_between(Period.parse(order[0]), Period.parse(period)) for period in order], dtype=float)
    first, second = np.triu_indices(len(order), 1)
    pairs = (values[second] - values[first]) / (times[second] - times[first])[:, None, None]
    enough = (~np.isnan(values)).sum(axis=0) >= MIN_POINTS
    found = np.full(enough.shape, np.nan)
    if enough.any():
        found[enough] = np.nanmedian(pairs[:, enough], axis=0)
    return found


def best_pace(scores: Scores, periods: Sequence[str]) -> dict[str, float]:
    """The fastest change for the better per period that any region has kept up on each measure (its `slopes`), by measure; 0 where
    none has got better, and where no series is long enough."""
    return {code: pace for code, (pace, _) in fastest(scores, periods).items()}


def fastest(scores: Scores, periods: Sequence[str]) -> dict[str, tuple[float, str]]:
    """`best_pace` by measure with the region that has kept it up, the first of several; 0 and "" where none has."""
    found = slopes(scores, periods)
    sign = np.array([1.0 if is_higher(scores.framework, code) else -1.0 for code in scores.panel.measures])
    better = np.where(np.isnan(found), 0.0, found * sign)
    first = better.argmax(axis=0)
    rows = zip(scores.panel.measures, better.max(axis=0), sign, first, strict=True)
    return {
        code: (float(pace * way), scores.panel.regions[r]) if pace > 0 else (0.0, "") for code, pace, way, r in rows
    }


def on_trend(
    scores: Scores, periods: Sequence[str], until: str, measures: Mapping[str, Measure], pace: np.ndarray | None = None
) -> Values:
    """Each region's value of each measure in a later period, if every series goes on at its pace from its value in the last of
    `periods`, within what values are possible (`projection.limits`), on the measure's decimals: there is no half a step.

    `pace` [region, measure] is the change a period, by default `slopes`. A series without a pace, or without a value in that
    last period, is left out: it stays as it is.
    """
    last = max(periods, key=Period.parse)
    ahead = steps_between(Period.parse(last), Period.parse(until))
    start = scores.panel.at(last).values[0]
    then = start + ahead * (slopes(scores, periods) if pace is None else pace)
    low, high = possible([scores.framework[code] for code in scores.panel.measures], measures)
    # A value that is beyond already is not pulled back.
    then = np.clip(then, np.minimum(low, start), np.maximum(high, start))
    then = np.where(then == start, start, on_grid(then, scores.panel.measures, measures))
    return {
        (scores.panel.regions[r], scores.panel.measures[m]): float(then[r, m])
        for r, m in np.argwhere(~np.isnan(then) & (then != start))
    }


def on_grid(
    values: np.ndarray, codes: Sequence[str], measures: Mapping[str, Measure], way: np.ndarray | None = None
) -> np.ndarray:
    """Values, measures along the last axis, rounded to the measures' decimals: to the nearest, or by the sign of `way` up or down."""
    size = 10.0 ** np.array([measures[code].decimals if code in measures else np.nan for code in codes])
    # What lies on the grid but for the noise of the arithmetic is on it.
    steps = np.round(values * size, 9)
    whole = np.round(steps) if way is None else np.where(way > 0, np.ceil(steps), np.floor(steps))
    return np.where(np.isnan(size), values, whole / size)


def possible(nodes: Sequence[Node], measures: Mapping[str, Measure]) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest value that each measure can have (`projection.limits`), infinite where there is no limit."""
    ends = [limits(node, measures.get(node.code)) for node in nodes]
    low = np.array([-np.inf if end[0] is None else end[0] for end in ends])
    high = np.array([np.inf if end[1] is None else end[1] for end in ends])
    return low, high


def at_targets(
    scores: Scores,
    period: str,
    targets: pd.DataFrame,
    measures: Mapping[str, Measure],
    names: Mapping[str, str],
    city: str,
) -> Values:
    """The values of a period with each that has not reached a target set to it; others are left out.

    `targets` (code, region, scope, value, unit, level) of the city hold for the counties that their scope means (`goals.applies`, by
    short name), a county's own for it. Of several the most demanding counts. A target without a number, or in a unit that
    cannot be converted, is passed over, and so is a measure without a value, and what is only encouraged (有条件的 …).
    """
    panel, found = scores.panel.at(period), {}
    rows = targets[targets["value"].notna() & targets["code"].isin(panel.measures) & (targets["level"] != "encouraged")]
    for row in rows.to_dict("records"):
        code = row["code"]
        goal = convert(float(row["value"]), row["unit"], measures[code].unit).value
        if goal is None:
            continue
        better = max if is_higher(scores.framework, code) else min
        for region in panel.regions:
            meant = row["region"] == region or (row["region"] == city and applies(row["scope"], names[region]))
            now = found.get((region, code), panel.value(region, code, period))
            if meant and not np.isnan(now) and better(now, goal) != now:
                found[region, code] = goal
    return found
