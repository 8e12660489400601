"""The data workbook: a sheet a table, exact numbers written as the screen writes them, shades and status colours that follow the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lib.export.guard import add_frame
from lib.export.sheets import add_notes, blank_book, saved
from lib.view.table import Number, Table
from lib.view.theme import SCORE_BANDS

# So that a table of many texts can still be read when it is printed.
WIDEST = 32
# A score of 0, 50 and 100: the lightest, the middle and a dark that black digits can still be read on.
SCALE = (SCORE_BANDS["0–20"], SCORE_BANDS["40–60"], "#7FA6D6")


@dataclass(frozen=True)
class Sheet:
    """A table of the workbook; `shaded` are columns of scores (0–100), `coloured` the colours of words in a column."""

    name: str
    table: Table
    shaded: Sequence[str] = ()
    coloured: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def workbook(sheets: Sequence[Sheet], notes: Sequence[str]) -> bytes:
    """The sheets in order, and what is to be known of them on a last one; texts are never formulas."""
    book = blank_book()
    for each in sheets:
        page = add_frame(book, each.name, each.table.values, each.table.shown, WIDEST)
        columns = {name: get_column_letter(at) for at, name in enumerate(each.table.values, 1)}
        last = len(each.table) + 1
        page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
        _numbers(page, each.table.numbers, columns, last)
        if last > 1:
            _shades(page, each, columns, last)
        _paper(page)
    add_notes(book, notes)
    return saved(book)


def _numbers(page: Worksheet, numbers: Mapping[str, Number], columns: Mapping[str, str], last: int) -> None:
    for name, number in numbers.items():
        for row in range(2, last + 1):
            page[f"{columns[name]}{row}"].number_format = _format(number, row - 2)


def _format(number: Number, row: int) -> str:
    decimals = number.each[row] if number.each else number.decimals
    plain = f"0.{'0' * decimals}" if decimals else "0"
    return f"+{plain};-{plain};{plain}" if number.signed else plain


def _shades(page: Worksheet, sheet: Sheet, columns: Mapping[str, str], last: int) -> None:
    low, middle, high = (colour.removeprefix("#") for colour in SCALE)
    for name in sheet.shaded:
        rule = ColorScaleRule("num", 0, low, "num", 50, middle, "num", 100, high)
        page.conditional_formatting.add(f"{columns[name]}2:{columns[name]}{last}", rule)
    for name, colours in sheet.coloured.items():
        for word, colour in colours.items():
            rule = CellIsRule("equal", [f'"{word}"'], font=Font(color=colour.removeprefix("#"), bold=True))
            page.conditional_formatting.add(f"{columns[name]}2:{columns[name]}{last}", rule)


def _paper(page: Worksheet) -> None:
    """Printed across an A4 sheet, the header on every page."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
