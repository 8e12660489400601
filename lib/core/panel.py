"""A cohort's values as one array: periods × regions × measures, missing as NaN."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lib.model import OBSERVATION_COLUMNS, Period


@dataclass(frozen=True)
class Panel:
    """Values[period, region, measure]; `member[period, region]` says which regions take part in that period."""

    periods: tuple[str, ...]
    regions: tuple[str, ...]
    measures: tuple[str, ...]
    values: np.ndarray
    member: np.ndarray

    @classmethod
    def from_frame(
        cls, observations: pd.DataFrame, measures: Sequence[str], regions: Sequence[str] | None = None
    ) -> Panel:
        """Spreads tidy observations (region, measure, period, value) into a panel.

        With `regions` the cohort is fixed: its regions take part in every period and all others are left out.
        Without, a period's cohort is the regions that have a row in it. Measures outside `measures` are left
        out. ValueError when one region, measure and period stands twice.
        """
        rows = observations.loc[:, list(OBSERVATION_COLUMNS)]
        places, r = _positions(rows["region"], regions)
        if (r < 0).any():
            rows, r = rows[r >= 0], r[r >= 0]
        found, p = _positions(rows["period"])
        order = sorted(range(len(found)), key=lambda i: Period.parse(found[i]))
        periods, p = tuple(found[i] for i in order), np.argsort(order)[p]
        _, m = _positions(rows["measure"], measures)
        member = np.full((len(periods), len(places)), regions is not None)
        member[p, r] = True
        known = m >= 0
        shape = (len(periods), len(places), max(len(measures), 1))
        taken = np.zeros(shape, dtype=bool)
        taken[p[known], r[known], m[known]] = True
        if taken.sum() != known.sum():
            raise ValueError("同一地区、测度、评价期有多个值")
        values = np.full((len(periods), len(places), len(measures)), np.nan)
        values[p[known], r[known], m[known]] = rows["value"].to_numpy(dtype=float, na_value=np.nan)[known]
        return cls(periods, places, tuple(measures), values, member)

    def at(self, period: str) -> Panel:
        """The panel of one period; KeyError names a period that is not there."""
        i = _position(self.periods, period, "评价期")
        return replace(self, periods=(period,), values=self.values[i : i + 1], member=self.member[i : i + 1])

    def value(self, region: str, measure: str, period: str) -> float:
        """One value, NaN when missing; KeyError names what is not there."""
        return float(self.values[self._address(region, measure, period)])

    def missing(self, period: str) -> int:
        """How many values of the regions that take part in a period are missing; KeyError names a period that is not there."""
        one = self.at(period)
        return int(np.isnan(one.values[one.member]).sum())

    def filled(self, period: str) -> int:
        """How many measures have a value of any region in a period; KeyError names a period that is not there."""
        return int((~np.isnan(self.at(period).values[0])).any(axis=0).sum())

    def with_values(self, changes: Mapping[tuple[str, str], float], periods: Iterable[str] | None = None) -> Panel:
        """A copy with some (region, measure) values replaced in all or the given periods; KeyError names the unknown."""
        values = self.values.copy()
        for period in self.periods if periods is None else periods:
            for (region, measure), value in changes.items():
                values[self._address(region, measure, period)] = value
        return replace(self, values=values)

    def alternatives(self, region: str, changes: Mapping[str, float]) -> Panel:
        """The one period of this panel once per change, each with that one measure of the region replaced.

        The result's periods are the changed measures: periods are scored independently of each other, so one
        scoring of it answers every "what if only this" at once. KeyError names a measure that is not there.
        """
        if len(self.periods) != 1:
            raise ValueError("alternatives() is for a panel of one period: use at() first")
        values = np.repeat(self.values, len(changes), axis=0)
        for i, (measure, value) in enumerate(changes.items()):
            _, r, m = self._address(region, measure, self.periods[0])
            values[i, r, m] = value
        return replace(self, periods=tuple(changes), values=values, member=np.repeat(self.member, len(changes), axis=0))

    def _address(self, region: str, measure: str, period: str) -> tuple[int, int, int]:
        return (
            _position(self.periods, period, "评价期"),
            _position(self.regions, region, "地区"),
            _position(self.measures, measure, "测度"),
        )


def _positions(column: pd.Series, names: Sequence[str] | None = None) -> tuple[tuple[str, ...], np.ndarray]:
    """The names, those in the column in its order where none are given, and each row's position among them, −1 for none."""
    # Texts are compared once each, not once a row.
    codes, found = pd.factorize(column, use_na_sentinel=False)
    there = tuple(found) if names is None else tuple(names)
    return there, pd.Index(there, dtype=object).get_indexer(found)[codes]


def _position(names: Sequence[str], name: str, what: str) -> int:
    try:
        return names.index(name)
    except ValueError:
        raise KeyError(f"没有这个{what}：{name}") from None
