"""What a file is before it is understood: sheets of text cells, and how large a file may be."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from lib.model import Issue


@dataclass(frozen=True)
class Limits:
    """How large a file may be before it is refused unread."""

    bytes: int = 20 * 2**20
    unpacked_bytes: int = 200 * 2**20
    rows: int = 2_000_000
    columns: int = 2_000
    blank_rows: int = 1_000


@dataclass(frozen=True)
class Grid:
    """Text cells of one sheet: `cells` has a row per file row (row 1 is index 0) and a column per file column.

    `merged` are the merged areas as 0-based (first row, first column, last row, last column), both ends included;
    only their first cell holds text.
    """

    file: str
    sheet: str
    cells: pd.DataFrame
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def issue(self, issue: Issue, index: int | None = None, at: int | None = None) -> Issue:
        """The issue with this file's address; `index` and `at` are 0-based positions of its row and column."""
        return replace(
            issue,
            file=self.file,
            sheet=self.sheet,
            row=issue.row if index is None else index + 1,
            position=issue.position if at is None else at + 1,
        )
