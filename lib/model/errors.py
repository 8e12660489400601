"""Problems with an address: which file, sheet, row and column, what stood there and what was expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem stops a publication."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Issue:
    """One finding about one place in a file; `str()` is the line a user reads.

    `row` and `position` count the file's rows and columns from 1; `column` is the header above the cell.
    """

    code: str
    message: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str | None = None
    expected: str = ""
    severity: Severity = Severity.ERROR
    position: int | None = None

    def __str__(self) -> str:
        where = [f"{self.file}" if self.file else "", f"工作表「{self.sheet}」" if self.sheet else ""]
        where.append(f"第 {self.row} 行" if self.row is not None else "")
        address = " ".join(part for part in where if part) + (f"「{self.column}」" if self.column else "")
        shown = "" if self.value is None else f'"{shorten(self.value)}" '
        expected = f"（期望：{self.expected}）" if self.expected else ""
        text = f"{shown}{self.message}{expected}"
        return f"{address}：{text}" if address else text


def shorten(text: str, limit: int = 60) -> str:
    """A value short enough for one line of a message, without line breaks."""
    flat = " ".join(str(text).split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


class DuibiaoError(Exception):
    """Base of every error this project raises on purpose."""


class UserError(DuibiaoError):
    """A request that cannot be met; carries the issues to show, all of them."""

    def __init__(self, issues: Issue | str | Iterable[Issue]) -> None:
        if isinstance(issues, str):
            issues = Issue(code="refused", message=issues)
        self.issues: list[Issue] = [issues] if isinstance(issues, Issue) else list(issues)
        super().__init__("\n".join(str(issue) for issue in self.issues))
