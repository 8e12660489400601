"""The words of single cells."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.model import Measure, Period
from lib.view import text

Names = Mapping[str, str]
# How the time of a statement is known where a document says no more than that it was so by then.
NOT_AFTER = "不晚于"


def value(measures: Mapping[str, Measure], code: str, value: float) -> str:
    return text.number(value, measures[code].decimals)


def rank(value: object) -> str:
    return text.MISSING if pd.isna(value) else str(int(value))  # type: ignore[call-overload]


def stated(op: str, value: float | None, words: str, unit: str) -> str:
    """A value as the document states it: ≤ 25 工作日, 约 7 亿条, or its words."""
    if value is None or pd.isna(value):
        return words or text.MISSING
    sign = {"<=": "≤ ", ">=": "≥ ", "<": "< ", ">": "> ", "≈": "约 "}.get(op, "")
    return f"{sign}{text.quantity(float(value), unit)}"


def when(period: str, basis: str = "") -> str:
    """When a statement was so: 2021年12月, 不晚于2019年10月; without a period how it is known; "" when nobody says."""
    if not period:
        return basis
    return f"{NOT_AFTER if basis == NOT_AFTER else ''}{Period.parse(period).label}"


def when_or_due(day: str) -> str:
    """A period, or the day of a deadline: 2020年12月, 2020.12.31 前; "" when nobody says."""
    return f"{day.replace('-', '.')} 前" if day.count("-") == 2 else when(day)


def spelled(code: str, heads: Names) -> str:
    """A period in full, where its head on an axis is short; anything else as it is headed."""
    return Period.parse(code).label if Period.is_code(code) else heads[code]


def dated(said: str, period: str, basis: str = "") -> str:
    """A stated value with its time behind it."""
    time = when(period, basis)
    return f"{said}（{time}）" if time else said


def optional(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[arg-type]
