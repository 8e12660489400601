"""What a sheet was found to be: the role of every column, and what holds for the whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from lib.ingest.headers import Stated
from lib.model import Issue

NOTHING_STATED = Stated()


class Role(StrEnum):
    """What a column does; OTHER are figures that are plainly not the period's value (上期数, 名次)."""

    PLACE = "place"
    MEASURE = "measure"
    PERIOD = "period"
    UNIT = "unit"
    NOTE = "note"
    PROVISIONAL = "provisional"
    VALUE = "value"
    IGNORED = "ignored"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Column:
    """One column: its 0-based position, its header (levels joined by "_"), its role, and what the header says of its values."""

    at: int
    name: str
    role: Role
    region: str = ""
    measure: str = ""
    period: str = ""
    unit: str = ""
    cumulative: bool = False


@dataclass(frozen=True)
class Layout:
    """How to read a sheet: 0-based rows of the header's last line and of the first record, and the columns.

    `region`, `measure` and `period` hold for the whole sheet where neither rows nor headers give them; `named`
    says of each where it was found. `unit` is what lines around the table state for all values; `doubts` are issues
    about the sheet as a whole.
    """

    header: int
    first: int
    columns: tuple[Column, ...]
    region: str = ""
    measure: str = ""
    period: str = ""
    cumulative: bool = False
    unit: Stated = NOTHING_STATED
    named: tuple[tuple[str, str], ...] = ()
    turned: bool = False
    doubts: tuple[Issue, ...] = ()

    def of(self, *roles: Role) -> tuple[Column, ...]:
        """The columns that have one of the roles."""
        return tuple(column for column in self.columns if column.role in roles)

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """Headers of columns that are not read because nobody knows what they are."""
        return tuple(column.name for column in self.of(Role.UNKNOWN) if column.name)


@dataclass(frozen=True)
class NoTable:
    """Why a sheet is not an indicator table, with as much of a layout as was found."""

    issue: Issue
    layout: Layout | None = None
