"""评价期: a year, half-year, quarter or month, written 2020, 2020-H1, 2020-Q3, 2020-09."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

_PATTERN = re.compile(r"((?:19|20|21)[0-9]{2})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?")
_QUARTER = "一二三四"
_PER_YEAR = {"year": 1, "half": 2, "quarter": 4, "month": 12}


@total_ordering
@dataclass(frozen=True)
class Period:
    """An evaluation period; ordered by its end, then by its length (a year after its last quarter)."""

    year: int
    kind: str
    number: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Reads the written form; raises ValueError for anything else."""
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise ValueError(f'"{text}" 不是评价期（期望：2020、2020-H1、2020-Q3 或 2020-09）')
        year, half, quarter, month = match.groups()
        for kind, number in (("half", half), ("quarter", quarter), ("month", month)):
            if number:
                return cls(int(year), kind, int(number))
        return cls(int(year), "year", 1)

    @staticmethod
    def is_code(text: str) -> bool:
        """Whether a text is a period's written form."""
        return _PATTERN.fullmatch(text) is not None

    @property
    def start(self) -> date:
        """First day."""
        months = 12 // _PER_YEAR[self.kind]
        return date(self.year, (self.number - 1) * months + 1, 1)

    @property
    def end(self) -> date:
        """Last day."""
        following = self.shift(1)
        return following.start - timedelta(days=1)

    def shift(self, steps: int) -> Period:
        """The period of the same kind, that many steps later (negative: earlier)."""
        per_year = _PER_YEAR[self.kind]
        index = self.year * per_year + self.number - 1 + steps
        return Period(index // per_year, self.kind, index % per_year + 1)

    @property
    def label(self) -> str:
        """As written in a Chinese government paper: 2020年三季度."""
        if self.kind == "year":
            return f"{self.year}年"
        if self.kind == "half":
            return f"{self.year}年{'上' if self.number == 1 else '下'}半年"
        if self.kind == "quarter":
            return f"{self.year}年{_QUARTER[self.number - 1]}季度"
        return f"{self.year}年{self.number}月"

    @property
    def short(self) -> str:
        """For an axis: 2020Q3."""
        return str(self).replace("-", "" if self.kind in ("quarter", "half") else ".")

    def __str__(self) -> str:
        tail = {"year": "", "half": f"-H{self.number}", "quarter": f"-Q{self.number}", "month": f"-{self.number:02d}"}
        return f"{self.year}{tail[self.kind]}"

    def __lt__(self, other: Period) -> bool:
        return (self.end, -_PER_YEAR[self.kind], self.start) < (other.end, -_PER_YEAR[other.kind], other.start)
