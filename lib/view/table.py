"""A display table: what each cell is, how its numbers are written, and where each number comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from lib.view import text


@dataclass(frozen=True)
class Number:
    """How a column of numbers is written; only for showing. `each` gives every row decimals of its own, where units differ."""

    decimals: int = 0
    signed: bool = False
    each: tuple[int, ...] = ()

    def say(self, value: float | None, row: int = 0) -> str:
        """One number in words; "—" when missing."""
        if value is None or pd.isna(value):
            return text.MISSING
        decimals = self.each[row] if self.each else self.decimals
        return text.signed(float(value), decimals) if self.signed else text.number(float(value), decimals)


@dataclass(frozen=True, eq=False)
class Table:
    """`values` are texts, and numbers unrounded, so that they sort and are taken away as numbers. One that is kept is also put in
    words only once: not to be changed.

    `numbers` says how the columns of numbers are written. `sources` has the rows of `values` and some of its columns:
    the address (lib.model.source) of each number's source, "" where there is none.
    """

    values: pd.DataFrame
    numbers: Mapping[str, Number] = field(default_factory=dict)
    sources: pd.DataFrame | None = None

    def __len__(self) -> int:
        return len(self.values)

    @cached_property
    def shown(self) -> pd.DataFrame:
        """Every cell in words."""
        columns = {
            name: [self.numbers[name].say(value, row) for row, value in enumerate(column)]
            if name in self.numbers
            else [text.MISSING if pd.isna(value) else str(value) for value in column]
            for name, column in self.values.items()
        }
        return pd.DataFrame(columns, index=self.values.index)

    def only(self, columns: Sequence[str]) -> Table:
        """The same with some columns."""
        sources = None if self.sources is None else self.sources[[name for name in columns if name in self.sources]]
        return Table(self.values[list(columns)], {n: self.numbers[n] for n in columns if n in self.numbers}, sources)

    def source(self, row: int, column: str) -> str:
        """The address of a cell's source; "" where there is none."""
        if self.sources is None or column not in self.sources or not 0 <= row < len(self.sources):
            return ""
        return str(self.sources[column].iloc[row])
