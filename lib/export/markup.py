"""The file as it was read, with every finding marked at its cell and listed on a first sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import pandas as pd
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from lib.export.sheets import (
    MOST_ROWS,
    add_sheet,
    blank_book,
    clean,
    filled,
    fit,
    plain_text,
    put_header,
    put_row,
    saved,
)
from lib.model import Issue, Severity
from lib.view.theme import BLUE

LIST = "问题清单"
HEADER = ("级别", "工作表", "行", "列", "单元格", "值", "问题", "期望")
UNNAMED = "数据"
ORIGINAL_ROW = "原行号"
SHOWN_ROWS = 5_000
COMMENTS = 2_000
# Excel repairs a file with more than 65,530 links on a sheet by taking all of them away.
LINKS = 65_000
COMMENT_LENGTH = 2_000
AUTHOR = "对标台"
LEVELS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "说明"}
_ORDER = list(LEVELS)
_FILLS = {Severity.ERROR: filled("#F4B0A9"), Severity.WARNING: filled("#FFE08A")}
_LINK = Font(color=BLUE.removeprefix("#"), underline="single")


def marked_up(sheets: Mapping[str, pd.DataFrame], issues: Sequence[Issue]) -> bytes:
    """An XLSX workbook: the list of issues, then the sheets as they were read, with the cells at fault marked.

    `sheets` are the text cells by sheet name, a frame row a file row, without header; the one without a name becomes
    数据. A cell is red for an error, amber for a warning; a comment says what is wrong (the first 2,000 issues of the
    list). An issue with a row but no position marks the row's first cell. Only the first 5,000 rows of a sheet and
    those with an issue are shown; where rows are left out, a first row gives the file's column letters and a first
    column, 原行号, the file's row numbers. The list has every issue (as many as a sheet holds), errors first, and in
    单元格 the address in the file, linked to the cell in this workbook. Nothing is written as a formula.
    """
    order = {name: at for at, name in enumerate(sheets)}
    ranked = sorted(
        issues,
        key=lambda issue: (
            _ORDER.index(issue.severity),
            order.get(issue.sheet, len(order)),
            issue.row or 0,
            issue.position or 0,
        ),
    )
    book = blank_book()
    listing = add_sheet(book, LIST)
    targets: dict[int, str] = {}
    for name, cells in sheets.items():
        own = [(at, issue) for at, issue in enumerate(ranked) if issue.sheet == name and _within(issue, cells)]
        sheet = add_sheet(book, name or UNNAMED)
        targets |= _fill_sheet(sheet, cells, own)
    _fill_list(listing, ranked, targets)
    return saved(book)


def _within(issue: Issue, cells: pd.DataFrame) -> bool:
    """Whether an issue points at a row of the sheet, and at no column beyond it."""
    return issue.row is not None and 1 <= issue.row <= len(cells) and 1 <= (issue.position or 1) <= cells.shape[1]


def _fill_sheet(sheet: Worksheet, cells: pd.DataFrame, own: Sequence[tuple[int, Issue]]) -> dict[int, str]:
    """Writes a sheet and marks its cells; returns where in the workbook each issue (by its place in the list) is."""
    kept = sorted({*range(min(len(cells), SHOWN_ROWS)), *(issue.row - 1 for _, issue in own if issue.row)})
    cut = len(kept) < len(cells)
    shift = 1 if cut else 0
    kept = kept[: MOST_ROWS - shift]
    if cut:
        put_header(sheet, 1, [ORIGINAL_ROW, *(get_column_letter(at) for at in range(1, cells.shape[1] + 1))])
    for row, (index, values) in enumerate(zip(kept, _rows(cells, kept), strict=True), 1 + shift):
        put_row(sheet, row, [index + 1, *values] if cut else values)
    fit(sheet, dict(enumerate(_columns(cells, kept), 1 + shift)), widest=40)
    rows = {index + 1: row for row, index in enumerate(kept, 1 + shift)}
    placed = [(rows[issue.row], (issue.position or 1) + shift, at, issue) for at, issue in own if issue.row in rows]
    placed.sort(key=lambda found: found[:3])
    for (row, column), found in groupby(placed, key=lambda found: found[:2]):
        _mark(sheet, row, column, [(at, issue) for _, _, at, issue in found])
    return {at: f"'{_quoted(sheet.title)}'!{get_column_letter(column)}{row}" for row, column, at, _ in placed}


def _rows(cells: pd.DataFrame, kept: Sequence[int]) -> Iterable[tuple[object, ...]]:
    return cells.iloc[list(kept)].itertuples(index=False, name=None)


def _columns(cells: pd.DataFrame, kept: Sequence[int]) -> Iterable[Sequence[object]]:
    """The texts by which a column's width is set: a title in the first column may run over its neighbours."""
    shown = cells.iloc[list(kept)]
    alone = (shown != "").sum(axis=1) == 1
    return [list(shown.loc[~alone].iloc[:, at]) for at in range(cells.shape[1])]


def _mark(sheet: Worksheet, row: int, column: int, found: Sequence[tuple[int, Issue]]) -> None:
    """Fills a cell by its worst issue and writes the comments of those that are early enough in the list."""
    cell = sheet.cell(row, column)
    worst = min((issue.severity for _, issue in found), key=_ORDER.index)
    if worst in _FILLS:
        cell.fill = _FILLS[worst]
    texts = [_said(issue) for at, issue in found if at < COMMENTS]
    if texts:
        comment = Comment("\n".join(dict.fromkeys(texts))[:COMMENT_LENGTH], AUTHOR)
        comment.width, comment.height = 320, 40 + 22 * sum(1 + len(text) // 22 for text in texts[:8])
        cell.comment = comment


def _said(issue: Issue) -> str:
    return clean(f"{issue.message}（期望：{issue.expected}）" if issue.expected else issue.message)


def _fill_list(sheet: Worksheet, ranked: Sequence[Issue], targets: Mapping[int, str]) -> None:
    put_header(sheet, 1, HEADER)
    listed = ranked[: MOST_ROWS - 1]
    links = 0
    for row, issue in enumerate(listed, 2):
        put_row(sheet, row, _entry(issue))
        level = sheet.cell(row, 1)
        if issue.severity in _FILLS:
            level.fill = _FILLS[issue.severity]
        for column in (6, 7, 8):
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
        target = targets.get(row - 2)
        if target is not None and links < LINKS:
            cell = sheet.cell(row, HEADER.index("单元格") + 1)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
            cell.font = _LINK
            links += 1
    shown = pd.DataFrame([HEADER, *map(_entry, listed)]).astype(object)
    fit(sheet, {at + 1: map(plain_text, shown[at]) for at in range(len(HEADER))}, widest=50)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADER))}{len(listed) + 1}"


def _entry(issue: Issue) -> tuple[object, ...]:
    """One line of the list: columns as in HEADER."""
    sheet = issue.sheet or (UNNAMED if issue.row is not None else None)
    cell = f"{get_column_letter(issue.position or 1)}{issue.row}" if issue.row else None
    return (LEVELS[issue.severity], sheet, issue.row, issue.column, cell, issue.value, issue.message, issue.expected)


def _quoted(title: str) -> str:
    return title.replace("'", "''")
