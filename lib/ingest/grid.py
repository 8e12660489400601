"""What a file is before it is understood: sheets of text cells, and how large a file may be."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace

import pandas as pd

from lib.model import Issue, UserError

VARIABLE = "DUIBIAO_LIMIT_"


@dataclass(frozen=True)
class Limits:
    """How large a file may be, and what reading it may cost; `bytes` is for text, `cells` counts rows times columns."""

    bytes: int = 200 * 2**20
    workbook_bytes: int = 20 * 2**20
    unpacked_bytes: int = 200 * 2**20
    rows: int = 2_000_000
    columns: int = 2_000
    cells: int = 25_000_000
    blank_rows: int = 1_000
    entries: int = 2_000
    ratio: int = 200
    seconds: int = 20
    memory: int = 2**30
    proof_bytes: int = 10 * 2**20

    @classmethod
    def from_environment(cls) -> Limits:
        """The defaults, each replaced by its variable DUIBIAO_LIMIT_<NAME> where that is set."""
        names = [field.name for field in fields(cls)]
        chosen = {name: text for name in names if (text := os.environ.get(VARIABLE + name.upper(), "").strip())}
        wrong = [_wrong(name, text) for name, text in chosen.items() if not _is_count(text)]
        if wrong:
            raise UserError(wrong)
        return cls(**{name: int(text) for name, text in chosen.items()})


@dataclass(frozen=True)
class Grid:
    """Text cells of one sheet: `cells` has a row per file row (row 1 is index 0) and a column per file column.

    `merged` are the merged areas as 0-based (first row, first column, last row, last column), both ends included;
    only their first cell holds text. `hidden` says that the workbook does not show the sheet.
    """

    file: str
    sheet: str
    cells: pd.DataFrame
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False

    def issue(self, issue: Issue, index: int | None = None, at: int | None = None) -> Issue:
        """The issue with this file's address; `index` and `at` are 0-based positions of its row and column."""
        return replace(
            issue,
            file=self.file,
            sheet=self.sheet,
            row=issue.row if index is None else index + 1,
            position=issue.position if at is None else at + 1,
        )


def refusal(file: str, code: str, message: str, expected: str) -> UserError:
    """The error that says why a file as a whole is not read."""
    return UserError(Issue(code, message, file=file, expected=expected))


def text_frame(rows: list[list[str]]) -> pd.DataFrame:
    """Rows of unequal length as a frame of text, filled up with empty cells."""
    width = max(map(len, rows), default=0)
    return pd.DataFrame([row + [""] * (width - len(row)) for row in rows], dtype=str)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18 and int(text) > 0


def _wrong(name: str, text: str) -> Issue:
    default = getattr(Limits, name)
    message = f"环境变量 {VARIABLE}{name.upper()} 的值不对"
    return Issue("limit-invalid", message, value=text, expected=f"正整数，如 {default}")
