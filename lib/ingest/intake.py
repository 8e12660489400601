"""An office's table, long (a row a value) or wide (a column a measure), becomes observations with their addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from lib.ingest.table import Grid
from lib.ingest.vocabulary import (
    MEASURE_HEADERS,
    PERIOD_HEADERS,
    REGION_CODE_HEADERS,
    REGION_NAME_HEADERS,
    VALUE_HEADERS,
    Vocabulary,
    as_period,
    header_index,
    period_in,
)
from lib.model import Issue, Measure, Severity

HEADER_WITHIN = 10


@dataclass(frozen=True)
class Reading:
    """What was understood: rows (region, measure, period, value, sheet, row, column) and every issue, in file order."""

    rows: pd.DataFrame
    issues: tuple[Issue, ...]

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that stop a publication."""
        return tuple(issue for issue in self.issues if issue.severity is Severity.ERROR)


@dataclass(frozen=True)
class _Columns:
    header_row: int
    code: int | None
    name: int | None
    period: int | None
    measure: int | None
    value: int | None
    measures: dict[int, Measure]
    unknown: tuple[str, ...]


def read_table(grid: Grid, vocabulary: Vocabulary, period: str | None = None) -> Reading:
    """Reads one sheet; `period` (or the one that the file or sheet name mentions) holds where no column gives it."""
    columns = _columns(grid, vocabulary)
    if isinstance(columns, Issue):
        return Reading(_frame([]), (grid.issue(columns),))
    issues: list[Issue] = []
    named = period or period_in(grid.file.rsplit(".", 1)[0]) or period_in(grid.sheet)
    if columns.period is None:
        if named is None:
            issue = Issue(
                "period-missing", "没有评价期列，文件名也看不出评价期", expected="--period 2020-Q3，或加一列“评价期”"
            )
            return Reading(_frame([]), (grid.issue(issue),))
        if period is None:
            issues.append(grid.issue(Issue("period-from-name", f"评价期取自文件名：{named}", severity=Severity.INFO)))
    if columns.unknown:
        listed = "、".join(columns.unknown[:5]) + ("…" if len(columns.unknown) > 5 else "")
        issue = Issue(
            "column-unknown",
            f"{len(columns.unknown)} 列不在指标目录中，未导入：{listed}",
            severity=Severity.WARNING,
        )
        issues.append(grid.issue(issue, columns.header_row))
    found = list(_values(grid, columns, vocabulary, named))
    issues += [item for item in found if isinstance(item, Issue)]
    rows = _frame([item for item in found if not isinstance(item, Issue)])
    issues += _double(grid, rows)
    if rows.empty and not any(issue.severity is Severity.ERROR for issue in issues):
        issues.append(
            grid.issue(Issue("values-missing", "没有读到任何数值", expected="至少一个县（市、区）的一个数值"))
        )
    return Reading(rows, tuple(issues))


def merge(readings: Sequence[Reading]) -> Reading:
    """Several sheets as one reading; a workbook's sheets that hold no table do not spoil the one that does."""
    useful = [reading for reading in readings if not reading.rows.empty] or list(readings)
    rows = pd.concat([reading.rows for reading in useful], ignore_index=True)
    return Reading(rows, tuple(issue for reading in useful for issue in reading.issues))


def _columns(grid: Grid, vocabulary: Vocabulary) -> _Columns | Issue:
    """Finds the header row and what each column is."""
    for at in range(min(HEADER_WITHIN, len(grid.cells))):
        header = [str(cell) for cell in grid.cells.iloc[at]]
        code, name = header_index(header, REGION_CODE_HEADERS), header_index(header, REGION_NAME_HEADERS)
        if code is None and name is None:
            continue
        period, measure, value = (
            header_index(header, words) for words in (PERIOD_HEADERS, MEASURE_HEADERS, VALUE_HEADERS)
        )
        if measure is not None and value is not None:
            return _Columns(at, code, name, period, measure, value, {}, ())
        roles = {code, name, period}
        matched = {i: vocabulary.measure(cell) for i, cell in enumerate(header) if i not in roles}
        measures = {i: found for i, found in matched.items() if found is not None}
        unknown = tuple(header[i].strip() for i, found in matched.items() if found is None and header[i].strip())
        if measures:
            double = sorted({m.name for m in measures.values() if list(measures.values()).count(m) > 1})
            if double:
                return Issue(
                    "column-duplicate", f"同一测度有两列：{'、'.join(double)}", row=at + 1, expected="每个测度一列"
                )
            return _Columns(at, code, name, period, None, None, measures, unknown)
        return Issue(
            "measure-columns-missing",
            "表头里没有指标目录中的测度",
            row=at + 1,
            value="、".join(unknown[:5]),
            expected="测度的名称或代码作列名，或“指标”“数值”两列",
        )
    return Issue(
        "header-missing",
        f"前 {HEADER_WITHIN} 行里找不到表头",
        expected="一行列名，其中有“区划代码”或“区县”一类的地区列",
    )


def _values(
    grid: Grid, columns: _Columns, vocabulary: Vocabulary, named: str | None
) -> Iterator[dict[str, object] | Issue]:
    """Every value and every issue under the header, row by row."""
    header = [str(cell).strip() for cell in grid.cells.iloc[columns.header_row]]
    for index, cells in enumerate(
        grid.cells.iloc[columns.header_row + 1 :].itertuples(index=False), columns.header_row + 1
    ):
        if not any(str(cell).strip() for cell in cells):
            continue
        place = _place(grid, columns, vocabulary, cells, index)
        if isinstance(place, Issue):
            yield place
            continue
        period = named if columns.period is None else as_period(cells[columns.period])
        if period is None:
            column = "" if columns.period is None else header[columns.period]
            text = None if columns.period is None else cells[columns.period]
            issue = Issue(
                "period-invalid", "不是评价期", column=column, value=text, expected="2020、2020-H1、2020-Q3 或 2020-09"
            )
            yield grid.issue(issue, index)
            continue
        for at, measure in _cells(columns, vocabulary, cells):
            if isinstance(measure, str):
                issue = Issue(
                    "measure-unknown", "不在指标目录中", column=header[at], value=measure, expected="测度的名称或代码"
                )
                yield grid.issue(issue, index)
                continue
            yield from _value(grid, measure, cells[at], header[at], place, period, index)


def _place(grid: Grid, columns: _Columns, vocabulary: Vocabulary, cells: tuple, index: int) -> str | Issue:
    """The region code of a row, or the issue that says why the row is left out."""
    texts = [str(cells[at]).strip() for at in (columns.code, columns.name) if at is not None]
    found = [region for region in map(vocabulary.region, texts) if region is not None]
    header = [str(cell).strip() for cell in grid.cells.iloc[columns.header_row]]
    at = columns.code if columns.code is not None else columns.name
    column = header[at] if at is not None else ""
    shown = " ".join(text for text in texts if text)
    if len({region.code for region in found}) == 1:
        return found[0].code
    if len(found) > 1:
        issue = Issue("region-conflict", "代码与名称不是同一地区", column=column, value=shown, expected="二者一致")
        return grid.issue(issue, index)
    if any(vocabulary.total(text) for text in texts):
        issue = Issue(
            "total-row", "是合计行，不是县（市、区），未导入", column=column, value=shown, severity=Severity.INFO
        )
        return grid.issue(issue, index)
    issue = Issue(
        "region-unknown", "不是参评的县（市、区）", column=column, value=shown, expected="参评范围内的名称或代码"
    )
    return grid.issue(issue, index)


def _cells(columns: _Columns, vocabulary: Vocabulary, cells: tuple) -> Iterator[tuple[int, Measure | str]]:
    """The value cells of a row with their measures; the text itself where the measure is unknown."""
    if columns.measure is None or columns.value is None:
        yield from columns.measures.items()
    else:
        text = str(cells[columns.measure])
        measure = vocabulary.measure(text)
        yield (columns.measure, text.strip()) if measure is None else (columns.value, measure)


def _value(
    grid: Grid, measure: Measure, text: str, column: str, region: str, period: str, index: int
) -> Iterator[dict[str, object] | Issue]:
    text = text.strip()
    if not text:
        return
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) < float("inf"):
        expected = f"数字（{measure.unit}），缺失请留空" if measure.unit else "数字，缺失请留空"
        yield grid.issue(Issue("value-not-number", "不是数字", column=column, value=text, expected=expected), index)
        return
    yield {
        "region": region,
        "measure": measure.code,
        "period": period,
        "value": value,
        "sheet": grid.sheet,
        "row": index + 1,
        "column": column,
    }


def _double(grid: Grid, rows: pd.DataFrame) -> list[Issue]:
    repeated = rows[rows.duplicated(["region", "measure", "period"])]
    return [
        replace(
            grid.issue(
                Issue(
                    "duplicate",
                    "同一地区、测度、评价期重复",
                    column=str(row.column),
                    value=f"{row.value:g}",
                    expected="只出现一次",
                )
            ),
            row=int(row.row),
        )
        for row in repeated.itertuples()
    ]


def _frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "measure", "period", "value", "sheet", "row", "column"])
