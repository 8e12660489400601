"""An office's table, long or wide, upright or turned, becomes observations with their addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from lib.ingest.grid import Grid
from lib.ingest.layout import LISTED, Layout, find_layout
from lib.ingest.values import read_value
from lib.ingest.vocabulary import Vocabulary, as_period, is_code, period_in, plain
from lib.model import Issue, Measure, Severity

# A sheet with one of these holds no indicator table: a contents page, a cover.
NOT_A_TABLE = {"header-missing", "measure-columns-missing"}
COLUMNS = ["region", "measure", "period", "value", "sheet", "row", "column", "note"]


@dataclass(frozen=True)
class Reading:
    """What was understood: rows (region, measure, period, value, sheet, row, column, note) and every issue, in file order."""

    rows: pd.DataFrame
    issues: tuple[Issue, ...]

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that stop a publication."""
        return tuple(issue for issue in self.issues if issue.severity is Severity.ERROR)


@dataclass(frozen=True)
class _Cell:
    """One value cell: where it stands (0-based) and what it is about."""

    index: int
    at: int
    measure: Measure
    region: str
    period: str


def read_table(grid: Grid, vocabulary: Vocabulary, period: str | None = None) -> Reading:
    """Reads one sheet; `period` (or the one that the file, sheet or title mentions) holds where no column gives it."""
    layout = find_layout(grid.cells, vocabulary)
    if isinstance(layout, Issue):
        return Reading(_frame([]), (grid.issue(layout),))
    issues: list[Issue] = []
    named = period or _named_period(grid, layout)
    if layout.period < 0:
        if named is None:
            issue = Issue(
                "period-missing", "没有评价期列，文件名也看不出评价期", expected="--period 2020-Q3，或加一列“评价期”"
            )
            return Reading(_frame([]), (grid.issue(issue),))
        if period is None:
            issues.append(grid.issue(Issue("period-from-name", f"评价期取自文件名：{named}", severity=Severity.INFO)))
    if layout.unknown:
        listed = "、".join(layout.unknown[:LISTED]) + ("…" if len(layout.unknown) > LISTED else "")
        message = f"{len(layout.unknown)} 列不在指标目录中，未导入：{listed}"
        issues.append(grid.issue(Issue("column-unknown", message, severity=Severity.WARNING), layout.header))
    rows: list[dict[str, object]] = []
    for item in _cells(grid, layout, vocabulary, named):
        if isinstance(item, Issue):
            issues.append(item)
        else:
            _read_cell(grid, layout, item, rows, issues)
    frame = _frame(rows)
    issues += [*_double(frame, grid.file), *_notes(grid, frame), *_fractions(grid, frame, vocabulary)]
    if frame.empty and not any(issue.severity is Severity.ERROR for issue in issues):
        issues.append(
            grid.issue(Issue("values-missing", "没有读到任何数值", expected="至少一个县（市、区）的一个数值"))
        )
    return Reading(frame, tuple(issues))


def merge(readings: Sequence[Reading]) -> Reading:
    """Several sheets as one reading; a workbook's sheets that hold no table do not spoil the one that does."""
    tables = [reading for reading in readings if not {issue.code for issue in reading.errors} & NOT_A_TABLE]
    useful = tables if any(not reading.rows.empty for reading in tables) else list(readings)
    rows = pd.concat([reading.rows for reading in useful], ignore_index=True)
    issues = [issue for reading in useful for issue in reading.issues]
    files = {issue.file for issue in issues}
    seen = {(issue.sheet, issue.row, issue.column) for issue in issues if issue.code == "duplicate"}
    twice = [
        issue for issue in _double(rows, next(iter(files), "")) if (issue.sheet, issue.row, issue.column) not in seen
    ]
    return Reading(rows, (*issues, *twice))


def _named_period(grid: Grid, layout: Layout) -> str | None:
    """The period that the file's name, the sheet's name or a title row mentions, in that order."""
    titles = [str(cell) for at in range(layout.header) for cell in grid.cells.iloc[at] if str(cell).strip()]
    texts = (grid.file.rsplit(".", 1)[0], grid.sheet, *titles)
    return next((period for period in map(period_in, texts) if period is not None), None)


def _cells(grid: Grid, layout: Layout, vocabulary: Vocabulary, named: str | None) -> Iterator[_Cell | Issue]:
    """Every value cell, and an issue for every row that is left out."""
    for index, cells in enumerate(grid.cells.iloc[layout.first :].itertuples(index=False), layout.first):
        texts = [str(cell).strip() for cell in cells]
        if not any(texts):
            continue
        if layout.transposed:
            yield from _turned_cells(grid, layout, vocabulary, named, index, texts)
            continue
        place = _place(grid, layout, vocabulary, texts, index)
        if isinstance(place, Issue):
            yield place
            continue
        period = named if layout.period < 0 else as_period(texts[layout.period])
        if period is None:
            yield _period_issue(grid, layout, texts, index)
            continue
        for at, measure in _measures(layout, vocabulary, texts):
            if isinstance(measure, Measure):
                yield _Cell(index, at, measure, place, period)
            else:
                yield _measure_issue(grid, layout.names[at], measure, index)


def _turned_cells(
    grid: Grid, layout: Layout, vocabulary: Vocabulary, named: str | None, index: int, texts: list[str]
) -> Iterator[_Cell | Issue]:
    """One row of a turned table: a measure, then a county a column."""
    measure = vocabulary.measure(texts[layout.measure])
    if measure is None:
        if any(texts[at] for at in layout.regions):
            issue = Issue(
                "row-unknown", "不在指标目录中，未导入", value=texts[layout.measure], severity=Severity.WARNING
            )
            yield grid.issue(issue, index)
        return
    assert named is not None
    for at in layout.regions:
        region = vocabulary.region(layout.names[at])
        if region is not None:
            yield _Cell(index, at, measure, region.code, named)


def _place(grid: Grid, layout: Layout, vocabulary: Vocabulary, texts: list[str], index: int) -> str | Issue:
    """The region code of a row, or the issue that says why the row is left out."""
    named = [texts[at] for at in layout.regions]
    found = [region for region in map(vocabulary.region, named) if region is not None]
    column = layout.names[layout.regions[0]] if layout.regions else ""
    shown = " ".join(text for text in named if text)
    strangers = [text for text in named if is_code(text) and vocabulary.region(text) is None]
    if len({region.code for region in found}) == 1 and not strangers:
        return found[0].code
    if found:
        return grid.issue(
            Issue("region-conflict", "代码与名称不是同一地区", column=column, value=shown, expected="二者一致"), index
        )
    if any(vocabulary.total(text) for text in named):
        issue = Issue(
            "total-row", "是合计行，不是县（市、区），未导入", column=column, value=shown, severity=Severity.INFO
        )
        return grid.issue(issue, index)
    if sum(bool(text) for text in texts) == 1 and plain(texts[0]).startswith(
        ("注", "说明", "备注", "资料来源", "数据来源", "单位", "填表")
    ):
        return grid.issue(Issue("note-row", "是表注，未导入", value=texts[0], severity=Severity.INFO), index)
    issue = Issue(
        "region-unknown", "不是参评的县（市、区）", column=column, value=shown, expected="参评范围内的名称或代码"
    )
    return grid.issue(issue, index)


def _measures(layout: Layout, vocabulary: Vocabulary, texts: list[str]) -> Iterator[tuple[int, Measure | str]]:
    """The value cells of a row with their measures; the text itself where the measure is unknown."""
    if layout.value < 0:
        yield from layout.measures
    else:
        text = texts[layout.measure]
        measure = vocabulary.measure(text)
        yield (layout.measure, text) if measure is None else (layout.value, measure)


def _read_cell(grid: Grid, layout: Layout, cell: _Cell, rows: list[dict[str, object]], issues: list[Issue]) -> None:
    """Adds the cell's value to the rows, or its problem to the issues; a missing value adds nothing."""
    text = str(grid.cells.iat[cell.index, cell.at]).strip()
    unit = "" if layout.unit < 0 else str(grid.cells.iat[cell.index, layout.unit]).strip()
    value = read_value(text + unit if text[-1:].isdigit() else text, cell.measure)
    column = layout.names[cell.at]
    if value.problem:
        unit = f"（{cell.measure.unit}）" if cell.measure.unit else ""
        expected = f"数字{unit}，缺失请留空"
        issue = Issue("value-not-number", value.problem, column=column, value=text, expected=expected)
        issues.append(grid.issue(issue, cell.index))
    elif value.number is not None:
        address = {"sheet": grid.sheet, "row": cell.index + 1, "column": column, "note": value.note}
        key = {"region": cell.region, "measure": cell.measure.code, "period": cell.period}
        rows.append({**key, "value": value.number, **address})


def _period_issue(grid: Grid, layout: Layout, texts: list[str], index: int) -> Issue:
    expected = "2020、2020-H1、2020-Q3 或 2020-09"
    column, value = layout.names[layout.period], texts[layout.period]
    return grid.issue(Issue("period-invalid", "不是评价期", column=column, value=value, expected=expected), index)


def _measure_issue(grid: Grid, column: str, text: str, index: int) -> Issue:
    issue = Issue("measure-unknown", "不在指标目录中", column=column, value=text, expected="测度的名称或代码")
    return grid.issue(issue, index)


def _double(rows: pd.DataFrame, file: str) -> list[Issue]:
    """The rows that state a region, measure and period a second time."""
    repeated = rows[rows.duplicated(["region", "measure", "period"])]
    return [
        Issue(
            "duplicate",
            "同一地区、测度、评价期重复",
            file=file,
            sheet=str(row.sheet),
            row=int(row.row),
            column=str(row.column),
            value=repr(row.value).removesuffix(".0"),
            expected="只出现一次",
        )
        for row in repeated.itertuples()
    ]


def _notes(grid: Grid, rows: pd.DataFrame) -> Iterator[Issue]:
    """What was converted, a line a column and rule."""
    counted = Counter((row.column, row.note) for row in rows.itertuples() if row.note)
    for (column, note), count in counted.items():
        yield grid.issue(Issue("converted", f"{count} 个数值{note}", column=str(column), severity=Severity.INFO))


def _fractions(grid: Grid, rows: pd.DataFrame, vocabulary: Vocabulary) -> Iterator[Issue]:
    """Measures in percent whose every value lies within 0 and 1: probably fractions."""
    units = {measure.code: measure for measure in vocabulary.measures}
    for code, values in rows.groupby("measure", sort=False)["value"]:
        suspect = (
            units[str(code)].unit == "%" and len(values) > 2 and values.between(0, 1).all() and (values % 1 > 0).any()
        )
        if suspect:
            message = f"“{units[str(code)].name}”的数值都在 0 与 1 之间，单位却是 %：请核对是不是小数"
            yield grid.issue(Issue("fraction-suspected", message, severity=Severity.WARNING))


def _frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)
