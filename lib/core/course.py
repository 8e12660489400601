"""何时到: where a region is heading period by period, along its own trend and at the best pace seen, and when an aim is met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lib.core import ahead
from lib.core.ahead import Values
from lib.core.aim import Aim
from lib.core.gap import is_higher
from lib.core.panel import Panel
from lib.core.projection import MIN_POINTS, steps_between
from lib.core.score import Scores, score_panel
from lib.model import Measure, Period

# How many periods are looked ahead.
HORIZON = 20
# How many periods the method is tried back from.
BACK = 4


@dataclass(frozen=True)
class Course:
    """The next periods, each scored by itself, while others do what they are taken to do: `still` with our values as they are now,
    `trend` with ours along their own trend, `best` with ours at the best pace seen."""

    still: Scores
    trend: Scores
    best: Scores


@dataclass(frozen=True)
class Arrival:
    """The first period in which an aim is met; the first one later in which it is not any more; the one from which on it stays met
    to the last. None where there is none."""

    period: str | None = None
    lost: str | None = None
    held: str | None = None


@dataclass(frozen=True)
class Hindsight:
    """The method tried on the past: from the period `origin` to the last one; by how many places it was off in the mean over all
    regions, and where it put the region (`expected`) that is at `actual`."""

    origin: str
    off: float
    expected: float
    actual: float


def upcoming(period: str, count: int = HORIZON) -> tuple[str, ...]:
    """The periods after one, of its kind, the next one first."""
    return tuple(str(Period.parse(period).shift(step)) for step in range(1, count + 1))


def course(
    scores: Scores,
    region: str,
    history: Sequence[str],
    others: Mapping[str, Values],
    ours: Mapping[str, Values],
    measures: Mapping[str, Measure],
) -> Course:
    """Where a region is heading from the last period of `history`.

    `others` and `ours` are the values that are not what they are now, by later period in time order: of the others what they are
    taken to do, of the region its own trend. Entries of other regions in `ours`, and of the region in `others`, do not count.
    """
    start, count = scores.panel.at(history[-1]), len(others)
    now = replace(
        start,
        periods=tuple(others),
        values=np.tile(start.values, (count, 1, 1)),
        member=np.tile(start.member, (count, 1)),
    )
    panel = _moved(now, others, region, False)
    still = score_panel(panel, scores.framework, scores.options)
    trend = _moved(panel, ours, region, True)
    r = panel.regions.index(region)
    best = trend.values.copy()
    best[:, r] = _at_best_pace(still, trend, r, ahead.best_pace(scores, history), history[-1], measures)
    ends = [score_panel(each, scores.framework, scores.options) for each in (trend, replace(trend, values=best))]
    return Course(still, *ends)


def _moved(panel: Panel, values: Mapping[str, Values], region: str, own: bool) -> Panel:
    """A panel with other values in each period, only the region's own or only all others'."""
    for period in panel.periods:
        changes = {key: value for key, value in values[period].items() if (key[0] == region) is own}
        panel = panel.with_values(changes, [period])
    return panel


def _at_best_pace(
    still: Scores, trend: Panel, r: int, pace: Mapping[str, float], now: str, measures: Mapping[str, Measure]
) -> np.ndarray:
    """[period, measure] of a region: today's values changed at a pace, in every period no further than the better end of the scale
    of then (as `whatif.ends`) and what is possible, in whole steps of the measure, but never behind its own trend; without a value
    or a scale as that."""
    panel, framework = still.panel, still.framework
    steps = np.array([steps_between(Period.parse(now), Period.parse(period)) for period in panel.periods])
    sign = np.array([1.0 if is_higher(framework, code) else -1.0 for code in panel.measures])
    start = panel.values[:, r]
    then = start + steps[:, None] * np.array([pace[code] for code in panel.measures])
    end = np.clip(still.normalised.best, *ahead.possible([framework[code] for code in panel.measures], measures))
    # A value that is beyond the end already is not pulled back; where there is no end, its own trend is all there is.
    furthest = np.maximum(sign * end, sign * start)
    # Short of the end only whole steps of the measure are gone.
    whole = ahead.on_grid(then, panel.measures, measures, way=-sign)
    moved = np.where(sign * then >= furthest, furthest, np.fmax(sign * whole, sign * start))
    return np.where(np.isnan(start), np.nan, sign * np.fmax(moved, sign * trend.values[:, r]))


def arrival(scores: Scores, aim: Aim, region: str) -> Arrival:
    """When an aim is met in the periods of some scores, in time order."""
    periods = scores.panel.periods
    met = [aim.reached(scores.at(period), region) for period in periods]
    if not any(met):
        return Arrival()
    first, last_miss = met.index(True), max((i for i, there in enumerate(met) if not there), default=-1)
    lost = met.index(False, first) if last_miss > first else None
    return Arrival(
        periods[first],
        None if lost is None else periods[lost],
        periods[last_miss + 1] if last_miss + 1 < len(periods) else None,
    )


def along(scores: Scores, aim: Aim, region: str, periods: Sequence[str] = ()) -> pd.DataFrame:
    """A region period by period beside what is aimed at: period, score, rank, tier, threshold, holder; NaN where missing.

    The threshold of a place is the score of the other region that a region must be level with to have it (NaN where so many others
    have no score), and holder is that region; of a score it is that score, held by nobody ("").
    """
    n, r = scores.framework.index[aim.code], scores.panel.regions.index(region)
    rows = []
    for period in periods or scores.panel.periods:
        p = scores.panel.periods.index(period)
        standing = scores.of(region, aim.code, period)
        rows.append((period, *standing, *_threshold(scores.score[p, :, n], r, scores.panel.regions, aim)))
    return pd.DataFrame(rows, columns=["period", "score", "rank", "tier", "threshold", "holder"])


def _threshold(score: np.ndarray, ours: int, regions: Sequence[str], aim: Aim) -> tuple[float, str]:
    if aim.place is None:
        assert aim.score is not None
        return aim.score, ""
    others = [(score[r], region) for r, region in enumerate(regions) if r != ours and not np.isnan(score[r])]
    if len(others) < aim.place:
        return float("nan"), ""
    value, holder = sorted(others, key=lambda other: -other[0])[aim.place - 1]
    return float(value), holder


def effects(scores: Scores, found: Course, region: str, history: Sequence[str], code: str) -> pd.DataFrame:
    """What the measures under a node that have a value do to a region's score on it in the next period, the most helpful trend first.

    Out: code, value (now), pace (its own change a period, NaN without a trend), fastest (the best pace seen, 0 for none), leader
    (whose), trend and best (points that this measure alone adds on the one way and on the other).
    """
    period, still = found.still.panel.periods[0], found.still
    own = dict(
        zip(scores.panel.measures, ahead.slopes(scores, history)[scores.panel.regions.index(region)], strict=True)
    )
    leaders = ahead.fastest(scores, history)
    values = {each: scores.panel.value(region, each, history[-1]) for each in scores.framework.below(code)}
    rows = [(each, value, own[each], *leaders[each]) for each, value in values.items() if not np.isnan(value)]
    table = pd.DataFrame(rows, columns=["code", "value", "pace", "fastest", "leader"])
    for name, way in (("trend", found.trend), ("best", found.best)):
        then = {each: way.panel.value(region, each, period) for each in table["code"]}
        table[name] = _alone(still.at(period), region, code, then)
    return table.sort_values("trend", ascending=False, kind="stable", ignore_index=True)


def _alone(still: Scores, region: str, code: str, changes: Mapping[str, float]) -> list[float]:
    """What a node's score gains if only one measure has another value, for each; `totals_if` for any node."""
    if not changes:
        return []
    now = still.of(region, code, still.panel.periods[0])[0]
    then = score_panel(still.panel.alternatives(region, changes), still.framework, still.options)
    return [then.of(region, code, measure)[0] - now for measure in changes]


def hindsight(
    scores: Scores, history: Sequence[str], region: str, code: str, measures: Mapping[str, Measure], back: int = BACK
) -> Hindsight | None:
    """The trends of all as they were `back` periods ago, followed to the last period, beside what has come; None where fewer than
    four periods came before, or nobody has a place in both."""
    before, last = history[: len(history) - back], history[-1]
    if len(before) < MIN_POINTS:
        return None
    values = ahead.on_trend(scores, before, last, measures)
    then = score_panel(scores.panel.at(before[-1]).with_values(values), scores.framework, scores.options)
    n, r = scores.framework.index[code], scores.panel.regions.index(region)
    expected, actual = then.rank[0, :, n], scores.at(last).rank[0, :, n]
    both = ~np.isnan(expected) & ~np.isnan(actual)
    if not both[r]:
        return None
    off = float(np.abs(expected - actual)[both].mean())
    return Hindsight(before[-1], off, float(expected[r]), float(actual[r]))
