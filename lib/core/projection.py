"""何时赶上: where two series are heading: robust straight lines, when they meet, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, hypot, isnan

from scipy.stats import theilslopes

from lib.core.gap import is_higher
from lib.core.score import Scores
from lib.model import Direction, Measure, Node, Period

MIN_POINTS = 4
HORIZON = 40
# Below the noise of floating-point arithmetic.
SLACK = 1e-9
NAN = float("nan")


class Outlook(StrEnum):
    """What the trends say."""

    AHEAD = "已经领先"
    MET = "已达到"
    EXPECTED = "预计可达"
    NEVER = "按现有速度赶不上"
    IMPOSSIBLE = "推算值超出可能范围，不作预测"
    TOO_FEW = "数据不足"


@dataclass(frozen=True)
class Trend:
    """A straight line through a series: its latest period and value, the change per period with its 95 % range, how many values."""

    at: Period
    now: float
    slope: float
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Projection:
    """The outlook of ours against theirs: both values in the period that the lines start from (None: nothing in common)
    and their changes per period; when they are expected to meet, at what value, at the earliest and at the latest.

    `latest` is None where the slow end of the range never closes the gap. Periods are those in which it is done.
    """

    outlook: Outlook
    start: Period | None = None
    ours: float = NAN
    theirs: float = NAN
    ours_slope: float = NAN
    theirs_slope: float = NAN
    period: Period | None = None
    value: float = NAN
    earliest: Period | None = None
    latest: Period | None = None


def trend(periods: Sequence[Period], values: Sequence[float]) -> Trend | None:
    """The Theil–Sen slope of a series per period (Sen 1968, Journal of the American Statistical Association 63: 1379–1389)
    with Sen's 95 % range; None with fewer than four values. Missing values (NaN) are left out.

    ValueError when the periods are of several kinds.
    """
    points = [(period, value) for period, value in zip(periods, values, strict=True) if not isnan(value)]
    times = [steps_between(points[0][0], period) for period, _ in points]
    if len(points) < MIN_POINTS:
        return None
    slope, _, low, high = theilslopes([value for _, value in points], times, 0.95)
    at, now = points[-1]
    return Trend(at, now, float(slope), float(low), float(high), len(points))


def catch_up(
    periods: Sequence[Period],
    ours: Sequence[float],
    theirs: Sequence[float] | float,
    direction: Direction,
    floor: float | None = None,
    ceiling: float | None = None,
) -> Projection:
    """When ours meets theirs if both go on at their pace; a single number for theirs stands still.

    Both lines start from the latest period in which both have a value; a meeting that is not later than the newest value of
    either is 数据不足. Where theirs rises to `ceiling` before they meet it stays there. A meeting more than 40 periods off counts as never;
    one at a value below `floor` or above `ceiling` is no forecast. The range is that of the difference of the two slopes
    by MOVER (Zou and Donner 2008, Statistics in Medicine 27: 1693–1702).
    """
    still = isinstance(theirs, (int, float))
    others = [float(theirs)] * len(periods) if still else list(theirs)  # type: ignore[arg-type]
    common = [row for row in zip(periods, ours, others, strict=True) if not any(map(isnan, row[1:]))]
    if not common:
        return Projection(Outlook.TOO_FEW)
    start, here, there = common[-1]
    sign = 1.0 if direction is Direction.HIGHER else -1.0
    missing = sign * (there - here)
    mine = trend(periods, ours)
    other = Trend(start, there, 0.0, 0.0, 0.0, len(periods)) if still else trend(periods, others)
    slopes = (mine.slope if mine else NAN, other.slope if other else NAN)
    found = Projection(Outlook.TOO_FEW, start, here, there, *slopes)
    if missing <= 0:
        return replace(found, outlook=Outlook.AHEAD if missing < 0 else Outlook.MET)
    if mine is None or other is None:
        return found
    met = _meeting(found, missing, _closing(mine, other, sign), floor, ceiling)
    if met.outlook in (Outlook.NEVER, Outlook.IMPOSSIBLE) and direction is Direction.HIGHER and ceiling is not None:
        met = _at_the_top(met, mine, ceiling) if other.slope > 0 else met
    newest = max(period for period, *row in zip(periods, ours, others, strict=True) if not all(map(isnan, row)))
    # Where one has not reported for long, what the lines foretell may be past: it is no forecast.
    return found if met.period is not None and met.period <= newest else met


def _meeting(
    found: Projection,
    missing: float,
    paces: tuple[float, float, float],
    floor: float | None,
    ceiling: float | None,
) -> Projection:
    """When and where the lines meet that close what is missing at a pace with a slow and a fast end."""
    steps, latest, earliest = (_needed(missing, pace) for pace in paces)
    if steps is None:
        return replace(found, outlook=Outlook.NEVER)
    value = found.ours + found.ours_slope * missing / paces[0]
    if (floor is not None and value < floor - SLACK) or (ceiling is not None and value > ceiling + SLACK):
        return replace(found, outlook=Outlook.IMPOSSIBLE)
    return _met(found, value, steps, earliest, latest)


def _met(found: Projection, value: float, steps: int, earliest: int | None, latest: int | None) -> Projection:
    """The same, meeting at a value that many periods on; a fast end that never arrives is no earlier than the meeting itself."""
    assert found.start is not None
    return replace(
        found,
        outlook=Outlook.EXPECTED,
        period=found.start.shift(steps),
        value=value,
        earliest=found.start.shift(steps if earliest is None else earliest),
        latest=None if latest is None else found.start.shift(latest),
    )


def _at_the_top(found: Projection, ours: Trend, ceiling: float) -> Projection:
    """Where theirs cannot rise any further, ours meets it at the ceiling, in its own time and with its own range."""
    steps, latest, earliest = (_needed(ceiling - found.ours, pace) for pace in (ours.slope, ours.low, ours.high))
    if steps is None:
        return replace(found, outlook=Outlook.NEVER)
    return _met(found, ceiling, steps, earliest, latest)


def outlooks(
    scores: Scores,
    region: str,
    periods: Sequence[str],
    theirs: Mapping[str, Sequence[float] | float],
    measures: Mapping[str, Measure],
) -> dict[str, Projection]:
    """`catch_up` of a region's values (of an indicator: its scores) on some nodes with those of a benchmark, by node.

    `theirs` has a value a period of `periods` for each node, or one number.
    """
    times = [Period.parse(period) for period in periods]
    found = {}
    for code, others in theirs.items():
        higher = code in scores.framework.children or is_higher(scores.framework, code)
        direction = Direction.HIGHER if higher else Direction.LOWER
        ends = limits(scores.framework[code], measures.get(code))
        found[code] = catch_up(times, course_of(scores, region, code, periods), others, direction, *ends)
    return found


def course_of(scores: Scores, region: str, code: str, periods: Sequence[str]) -> list[float]:
    """A region's values of a measure, or scores of an indicator, period by period; NaN where missing."""
    if code in scores.framework.children:
        return [scores.of(region, code, period)[0] for period in periods]
    return [scores.panel.value(region, code, period) for period in periods]


def limits(node: Node, measure: Measure | None) -> tuple[float | None, float | None]:
    """What values are possible: a score and a share that is scored from 0 to 100 lie within 0–100; counts, durations and
    money are not below 0; other shares (a growth, a cut) have no limit."""
    if measure is None or {node.best, node.worst} == {0.0, 100.0}:
        return 0.0, 100.0
    return (None, None) if measure.unit == "%" else (0.0, None)


def _closing(ours: Trend, theirs: Trend, sign: float) -> tuple[float, float, float]:
    """How much of the gap closes per period, with the slow and the fast end of its 95 % range (MOVER)."""
    pace = ours.slope - theirs.slope
    low = pace - hypot(ours.slope - ours.low, theirs.high - theirs.slope)
    high = pace + hypot(ours.high - ours.slope, theirs.slope - theirs.low)
    return (pace, low, high) if sign > 0 else (-pace, -high, -low)


def _needed(missing: float, pace: float) -> int | None:
    """Whole periods until a gap is closed; None where it never is, or only after the horizon."""
    if pace <= 0 or missing / pace > HORIZON + SLACK:
        return None
    return ceil(missing / pace - SLACK)


def steps_between(first: Period, other: Period) -> int:
    """How many periods one lies after another of its kind; ValueError when they are of two kinds."""
    months = {"year": 12, "half": 6, "quarter": 3, "month": 1}[first.kind]
    if first.kind != other.kind:
        raise ValueError("一个序列只能有一种评价期")
    return ((other.year - first.year) * 12 + (other.start.month - first.start.month)) // months
