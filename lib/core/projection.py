"""Where a series is heading: a robust straight line, and when it meets a goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.stats import theilslopes

from lib.model import Direction, Period

MIN_POINTS = 4
HORIZON = 40


class Outlook(StrEnum):
    """What the trend says about a goal."""

    MET = "已达到"
    EXPECTED = "预计可达"
    NEVER = "按现有速度赶不上"
    TOO_FEW = "数据不足"


@dataclass(frozen=True)
class Projection:
    """The outlook, the period expected, and the change of value per period with its 95 % range."""

    outlook: Outlook
    period: Period | None = None
    slope: float = float("nan")
    slope_low: float = float("nan")
    slope_high: float = float("nan")


def project(periods: Sequence[Period], values: Sequence[float], goal: float, direction: Direction) -> Projection:
    """When a series of one kind of period meets a goal at its Theil–Sen pace (Sen 1968), others staying as they are.

    The line starts from the latest value. Fewer than four values are too few; a pace that does not reach the goal
    within 40 periods counts as never.
    """
    points = [(period, value) for period, value in zip(periods, values, strict=True) if not np.isnan(value)]
    if not points:
        return Projection(Outlook.TOO_FEW)
    last, now = points[-1]
    sign = 1.0 if direction is Direction.HIGHER else -1.0
    missing = sign * (goal - now)
    if missing <= 0:
        return Projection(Outlook.MET, last)
    if len(points) < MIN_POINTS:
        return Projection(Outlook.TOO_FEW)
    times = [_steps(points[0][0], period) for period, _ in points]
    slope, _, low, high = theilslopes([value for _, value in points], times, 0.95)
    pace = sign * slope
    if pace <= 0 or missing / pace > HORIZON:
        return Projection(Outlook.NEVER, None, slope, low, high)
    return Projection(Outlook.EXPECTED, last.shift(int(np.ceil(missing / pace - 1e-9))), slope, low, high)


def _steps(first: Period, other: Period) -> int:
    months = {"year": 12, "half": 6, "quarter": 3, "month": 1}[first.kind]
    if first.kind != other.kind:
        raise ValueError("一个序列只能有一种评价期")
    return ((other.year - first.year) * 12 + (other.start.month - first.start.month)) // months
