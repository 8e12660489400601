"""What every workbook of ours shares: texts that stay texts, exact numbers, sheet names, widths and looks."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from numbers import Integral, Real

import openpyxl
import pandas as pd
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lib.view.theme import LINE

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
NAME_LENGTH = 31
TEXT_LENGTH = 32_767
NARROWEST, WIDEST = 6, 60
# What a spreadsheet takes for the beginning of a formula or a command, half-width and full-width.
FORMULA_MARKS = tuple("=+-@＝＋－＠")
EXCEL_RESERVED = frozenset({"history"})
_FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_IN_NAME = re.compile(r"[\\/?*:\[\]\t\n\r]")


def filled(colour: str) -> PatternFill:
    """A solid fill in the colour (#RRGGBB)."""
    return PatternFill("solid", fgColor=colour.removeprefix("#"))


HEADER_FILL = filled("#DCE6F2")
HEADER_FONT = Font(bold=True)
_SIDE = Side("thin", LINE.removeprefix("#"))
BOX = Border(_SIDE, _SIDE, _SIDE, _SIDE)


def clean(text: object) -> str:
    """A text without the characters that XML forbids."""
    return _FORBIDDEN_IN_XML.sub("", str(text))


def missing(value: object) -> bool:
    """Whether a frame's cell holds nothing: None, NaN, NaT, NA."""
    return value is None or bool(pd.api.types.is_scalar(value) and pd.isna(value))


def exact(value: object) -> str | None:
    """A finite number in as many digits as it takes to read it back unchanged; None for anything else, a bool too."""
    if pd.api.types.is_bool(value) or not isinstance(value, Real):
        return None
    if isinstance(value, Integral):
        return str(int(value))
    number = float(value)
    return repr(number).removesuffix(".0") if abs(number) < float("inf") else None


def plain_text(value: object) -> str:
    """What is no number, in words: "" when missing, 是 and 否 for true and false."""
    if missing(value):
        return ""
    return ("是" if value else "否") if pd.api.types.is_bool(value) else clean(value)


def put(cell: Cell, value: object) -> Cell:
    """Writes a number exactly, anything else as text that Excel never takes for a formula; missing leaves it empty."""
    number = exact(value)
    if number is not None:
        # Given as text with a number's type, or openpyxl keeps 16 digits, one too few.
        cell.value, cell.data_type = number, "n"
        return cell
    text = re.sub(r"\r\n?", "\n", plain_text(value))[:TEXT_LENGTH]
    if text:
        cell.value, cell.data_type = text, "s"
        # Or editing the cell without a change would make it a formula.
        cell.quotePrefix = text.lstrip().startswith(FORMULA_MARKS)
    return cell


def put_row(sheet: Worksheet, row: int, values: Iterable[object], first: int = 1) -> None:
    """Writes values into a row (counted from 1), beginning at column `first`."""
    for at, value in enumerate(values, first):
        put(sheet.cell(row, at), value)


def put_header(sheet: Worksheet, row: int, names: Iterable[object]) -> None:
    """Writes a header: bold, filled, frozen above what scrolls."""
    for at, name in enumerate(names, 1):
        cell = put(sheet.cell(row, at), name)
        cell.font, cell.fill, cell.border = HEADER_FONT, HEADER_FILL, BOX
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.freeze_panes = f"A{row + 1}"


def text_width(text: object) -> int:
    """Columns that the longest line takes, a Chinese character two."""
    lines = str(text).splitlines() or [""]
    if all(line.isascii() for line in lines):
        return max(map(len, lines))
    return max(sum(2 if unicodedata.east_asian_width(mark) in "WFA" else 1 for mark in line) for line in lines)


def fit(sheet: Worksheet, columns: Mapping[int, Iterable[object]], widest: int = WIDEST) -> None:
    """Sets the widths of columns (counted from 1), in Excel's characters, by the texts that they show."""
    for at, texts in columns.items():
        width = max((text_width(text) for text in texts), default=0) + 2
        sheet.column_dimensions[get_column_letter(at)].width = min(max(width, NARROWEST), widest)


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """The nearest name that Excel allows (31 characters, none of \\ / ? * : [ ], unique whatever the case)."""
    name = _FORBIDDEN_IN_NAME.sub("_", clean(wanted)).strip().strip("'")[:NAME_LENGTH].rstrip(" '") or "表"
    used = {*(other.casefold() for other in taken), *EXCEL_RESERVED}
    tails = ("", *(f" ({number})" for number in range(2, len(used) + 3)))
    candidates = (f"{name[: NAME_LENGTH - len(tail)]}{tail}" for tail in tails)
    return next(candidate for candidate in candidates if candidate.casefold() not in used)


def blank_book() -> openpyxl.Workbook:
    """A workbook without any sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    return book


def add_sheet(book: openpyxl.Workbook, wanted: str) -> Worksheet:
    """A new last sheet, named as wanted as far as Excel allows."""
    return book.create_sheet(sheet_name(wanted, book.sheetnames))


def add_notes(book: openpyxl.Workbook, notes: Sequence[str]) -> None:
    """A last sheet 说明 with a line a note."""
    sheet = add_sheet(book, "说明")
    put_header(sheet, 1, ["说明"])
    sheet.column_dimensions["A"].width = 100
    for row, note in enumerate(notes, 2):
        put(sheet.cell(row, 1), note).alignment = Alignment(wrap_text=True, vertical="top")


def saved(book: openpyxl.Workbook) -> bytes:
    """The workbook's bytes."""
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
