"""A goal in numbers: which way it goes from its baseline, and what its deadline and milestones must keep to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import isfinite

from lib.model.errors import Issue
from lib.model.period import Period

CUT = "cut"
YEARS = (2000, 2100)
_SENSE = {"<=": -1, "<": -1, CUT: -1, ">=": 1, ">": 1}
_BY_DIRECTION = {"lower": -1, "higher": 1}


def after_cut(baseline: float, percent: float) -> float:
    """What is left of a baseline that is cut by so many percent, in decimals, as a person would reckon."""
    return float(Decimal(repr(baseline)) * (1 - Decimal(repr(percent)) / 100))


def baseline_day(basis: str) -> date | None:
    """The day that a baseline is of: the end of its period (2019, 2019年, 2019-Q4); None when it is not dated."""
    code = basis.removesuffix("年")
    return Period.parse(code).end if Period.is_code(code) else None


@dataclass(frozen=True)
class Way:
    """From a baseline (None: none given, `basis` its period) to a goal in the same unit (of `op` cut: percent off the baseline),
    by a deadline (ISO or ""); `direction` is the measure's."""

    op: str
    value: float
    baseline: float | None
    basis: str
    deadline: str
    direction: str

    @property
    def goal(self) -> float | None:
        """The value to be reached; None where a cut has no baseline."""
        if self.op != CUT:
            return self.value
        return None if self.baseline is None else after_cut(self.baseline, self.value)

    @property
    def sense(self) -> int:
        """1 where the goal asks for more, -1 for less, 0 where only the number itself will do and no baseline tells."""
        sense = _SENSE.get(self.op) or _BY_DIRECTION.get(self.direction, 0)
        if sense or self.baseline is None or self.goal is None:
            return sense
        return (self.goal > self.baseline) - (self.goal < self.baseline)

    def goal_problems(self) -> Iterator[Issue]:
        """A goal that the baseline already meets."""
        goal, start = self.goal, self.baseline
        if goal is None or start is None or not (isfinite(goal) and isfinite(start)):
            return
        if (goal - start) * self.sense <= 0:
            expected = {1: f"高于基线 {start:g}", -1: f"低于基线 {start:g}", 0: f"不等于基线 {start:g}"}[self.sense]
            yield Issue("goal-met", "目标要比基线好", value=f"{goal:g}", expected=expected)

    def deadline_problems(self, document: str) -> Iterator[Issue]:
        """A deadline outside the years, before the baseline, or before its document (2020, 2020-12, 2020-12-04 or "")."""
        if not YEARS[0] <= int(self.deadline[:4]) <= YEARS[1]:
            yield Issue("deadline-unfit", "期限的年份不对", value=self.deadline, expected=_years())
            return
        start = None if self.baseline is None else baseline_day(self.basis)
        if start is not None and self.deadline < start.isoformat():
            yield Issue("deadline-early", "期限早于基线的时间", value=self.deadline, expected=f"不早于 {start}")
        if self.deadline < document:
            yield Issue("deadline-early", "期限早于文件的发布日期", value=self.deadline, expected=f"不早于 {document}")

    def milestone_problems(self, due: str, value: float) -> Iterator[Issue]:
        """A milestone outside the time from the baseline to the deadline, or outside the way from the baseline to the goal."""
        start = None if self.baseline is None else baseline_day(self.basis)
        if not YEARS[0] <= int(due[:4]) <= YEARS[1]:
            yield Issue("due-unfit", "里程碑的年份不对", value=due, expected=_years())
        elif self.deadline and due >= self.deadline:
            yield Issue("due-late", "里程碑要早于目标的期限", value=due, expected=f"早于 {self.deadline}")
        elif start is not None and due < start.isoformat():
            yield Issue("due-early", "里程碑早于基线的时间", value=due, expected=f"不早于 {start}")
        if not isfinite(value) or value < 0:
            yield Issue("value-unfit", "里程碑要是不小于 0 的数", value=f"{value:g}")
            return
        most, least = ("不高于", "不低于") if self.sense > 0 else ("不低于", "不高于")
        if self.goal is not None and (value - self.goal) * self.sense > 0:
            expected = f"{most}目标 {self.goal:g}"
            yield Issue("value-beyond", f"{due} 的里程碑超过了目标", value=f"{value:g}", expected=expected)
        if self.baseline is not None and (value - self.baseline) * self.sense < 0:
            expected = f"{least}基线 {self.baseline:g}"
            yield Issue("value-worse", f"{due} 的里程碑比基线还差", value=f"{value:g}", expected=expected)


def _years() -> str:
    return f"{YEARS[0]} 年到 {YEARS[1]} 年"
