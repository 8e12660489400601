"""An office's table, however it lies, becomes observations with their addresses.

Work is done once per distinct text, not once per cell, so that a million rows take seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from pandas.api.types import union_categoricals

from lib.ingest.cells import COLUMNS, Reader, nothing
from lib.ingest.checks import apart, converted, double, fractions, shortened, without_header
from lib.ingest.grid import Grid
from lib.ingest.layout import LISTED, find_layout
from lib.ingest.shape import Layout, NoTable, Role
from lib.ingest.vocabulary import Vocabulary
from lib.model import Issue, Severity

# A sheet with one of these holds no indicator table: a contents page, a cover.
NOT_A_TABLE = {"header-missing", "measure-columns-missing"}
_NAMES = ["region", "measure", "period", "sheet", "column", "note"]


@dataclass(frozen=True)
class Sheet:
    """Where a table was found and how it is read."""

    file: str
    sheet: str
    layout: Layout


@dataclass(frozen=True, eq=False)
class Reading:
    """What was understood, and every issue in file order.

    `rows`: region, measure, period, value, sheet, row, column, note, provisional; names are categories.
    """

    rows: pd.DataFrame
    issues: tuple[Issue, ...]
    sheets: tuple[Sheet, ...] = ()

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that stop a publication."""
        return tuple(issue for issue in self.issues if issue.severity is Severity.ERROR)


def read_table(grid: Grid, vocabulary: Vocabulary, period: str | None = None) -> Reading:
    """Reads one sheet; `period` (or the one that the file, sheet or title mentions) holds where no column gives it."""
    layout = find_layout(grid, vocabulary, period)
    if isinstance(layout, NoTable):
        sheets = (Sheet(grid.file, grid.sheet, layout.layout),) if layout.layout is not None else ()
        return Reading(nothing(), (grid.issue(layout.issue),), sheets)
    sheet = Sheet(grid.file, grid.sheet, layout)
    if not layout.period and not layout.of(Role.PERIOD) and not all(c.period for c in layout.of(Role.VALUE)):
        issue = Issue(
            "period-missing",
            "没有评价期列，文件名也看不出评价期",
            expected="在“评价期”框（命令行 --period）写明，或加一列“评价期”",
        )
        return Reading(nothing(), (grid.issue(issue),), (sheet,))
    about = list(_about_the_sheet(grid, layout, vocabulary))
    frame, issues = Reader(grid, layout, vocabulary).read()
    issues = [*issues, *double(frame, grid), *converted(frame, grid), *fractions(frame, grid, layout, vocabulary)]
    issues += apart(frame, grid, vocabulary)
    if frame.empty and not any(issue.severity is Severity.ERROR for issue in issues):
        missing = Issue("values-missing", "没有读到任何数值", expected="至少一个县（市、区）的一个数值")
        issues.append(grid.issue(missing))
    return Reading(frame.drop(columns=["percent", "at"]), (*about, *shortened(issues)), (sheet,))


def merge(readings: Sequence[Reading]) -> Reading:
    """Several sheets as one reading; a workbook's sheets that hold no table do not spoil the one that does."""
    if not readings:
        return Reading(nothing().drop(columns=["percent", "at"]), ())
    tables = [reading for reading in readings if not {issue.code for issue in reading.errors} & NOT_A_TABLE]
    some = any(not reading.rows.empty for reading in tables)
    useful = (
        [reading if reading in tables else _passed_over(reading) for reading in readings] if some else list(readings)
    )
    if len(useful) == 1:
        return useful[0]
    filled = [reading.rows for reading in useful if not reading.rows.empty]
    rows = _stacked(filled) if filled else nothing().drop(columns=["percent", "at"])
    issues = [issue for reading in useful for issue in reading.issues]
    sheets = tuple(sheet for reading in useful for sheet in reading.sheets)
    file = next((issue.file for issue in issues), sheets[0].file if sheets else "")
    seen = {(issue.sheet, issue.row, issue.column) for issue in issues if issue.code == "duplicate"}
    twice = [
        issue
        for issue in double(rows.assign(at=-1), Grid(file, "", pd.DataFrame()))
        if (issue.sheet, issue.row, issue.column) not in seen
    ]
    return Reading(rows, (*issues, *shortened(twice)), sheets)


def _passed_over(reading: Reading) -> Reading:
    """A sheet beside a table: a cover is a remark, one that has places but no measure that we know deserves a look."""
    issues = [
        replace(issue, severity=Severity.WARNING if issue.code == "measure-columns-missing" else Severity.INFO)
        for issue in reading.issues
    ]
    return replace(reading, issues=tuple(replace(i, message=f"没有读这个工作表：{i.message}") for i in issues))


def _about_the_sheet(grid: Grid, layout: Layout, vocabulary: Vocabulary) -> Iterator[Issue]:
    """What was taken from titles, what is doubtful about the whole, and which columns are not read."""
    yield from (grid.issue(issue) for issue in layout.doubts)
    for column in layout.of(Role.VALUE):
        said = vocabulary.word("measure", column.name)
        if said is not None and said.code:
            measure = vocabulary.by_code[said.code]
            message = f"按说明读作“{measure.name}（{said.unit or column.unit or measure.unit or '无单位'}）”"
            issue = Issue("word-used", message, column=column.name, severity=Severity.INFO)
            yield grid.issue(issue, layout.header, column.at)
    other = [column.name for column in layout.of(Role.OTHER)]
    if other:
        message = f"{len(other)} 列不是本期的数值，未导入：{'、'.join(other[:LISTED])}"
        yield grid.issue(Issue("column-other", message, severity=Severity.INFO), layout.header)
    told = [c for c in layout.of(Role.VALUE) if not c.unit]
    if layout.unit.unknown and told and not layout.of(Role.UNIT):
        message = f"表上方（或下方）写的单位“{'、'.join(layout.unit.unknown)}”不认识，不知道数值是什么单位"
        expected = "目录里的单位，或在列名后写明单位，如“签约金额（万元）”"
        yield grid.issue(Issue("unit-unknown", message, expected=expected))
    yield from without_header(grid, layout)
    for where, what in layout.named:
        kind, code = ("评价期", "period-from-name") if what == layout.period else ("地区或测度", "named-by-title")
        yield grid.issue(Issue(code, f"{kind}取自{where}：{what}", severity=Severity.INFO))
    if layout.unknown:
        listed = "、".join(layout.unknown[:LISTED]) + ("…" if len(layout.unknown) > LISTED else "")
        message = f"{len(layout.unknown)} 列不在指标目录中，未导入：{listed}"
        yield grid.issue(Issue("column-unknown", message, severity=Severity.WARNING), layout.header)


def _stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames below each other, categories united."""
    columns = {
        name: union_categoricals([frame[name] for frame in frames])
        if name in _NAMES
        else pd.concat([f[name] for f in frames], ignore_index=True)
        for name in COLUMNS
    }
    return pd.DataFrame(columns)
