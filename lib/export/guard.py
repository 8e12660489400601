"""Tables to take away, as CSV and XLSX, in which no text can act as a formula and no number loses a digit."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence

import openpyxl
import pandas as pd
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from lib.export.sheets import (
    FORMULA_MARKS,
    MOST_COLUMNS,
    MOST_ROWS,
    WIDEST,
    add_notes,
    add_sheet,
    blank_book,
    exact,
    fit,
    plain_text,
    put_header,
    put_row,
    saved,
    text_width,
)

BOM = b"\xef\xbb\xbf"
_NUMBER = re.compile(
    r"[-+]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]+)?\s?[%‰]?", re.IGNORECASE
)
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def guarded(text: object) -> str:
    """The text with an apostrophe before it when a spreadsheet would take it for a formula or a command.

    That is one that begins with = + - @ (half-width or full-width, blanks and unseen characters before them or not),
    a tab or a carriage return. A number, or a text that is wholly one (-5, -3.2%, +1), stays as it is.
    """
    number = exact(text)
    if number is not None:
        return number
    plain = plain_text(text)
    if _is_number(plain):
        return plain
    begins = next((i for i, mark in enumerate(plain) if unicodedata.category(mark) not in _UNSEEN), len(plain))
    commands = plain.startswith(FORMULA_MARKS, begins) or plain[:1] in ("\t", "\r")
    return f"'{plain}" if commands else plain


def _is_number(text: str) -> bool:
    bare = unicodedata.normalize("NFKC", text.strip(" \u3000")).strip(" ")
    return _NUMBER.fullmatch(bare) is not None


def table_csv(frame: pd.DataFrame, notes: Sequence[str] = ()) -> bytes:
    """The frame's columns (not its index) as CSV that Excel opens rightly: UTF-8 with BOM, CRLF, texts guarded.

    Numbers keep every digit, missing values are empty, true and false are 是 and 否. Notes stand below, after an empty line.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in frame.columns])
    writer.writerows([guarded(value) for value in row] for row in frame.itertuples(index=False, name=None))
    if notes:
        writer.writerows([[], *([guarded(note)] for note in notes)])
    return BOM + text.getvalue().encode("utf-8")


def table_xlsx(frames: Mapping[str, pd.DataFrame], notes: Sequence[str] = ()) -> bytes:
    """A workbook with a sheet a frame (columns, not index) and, when there are notes, a last sheet 说明.

    Numbers are numbers with every digit, all else is text and never a formula, missing values are empty cells.
    A sheet has at most 1,048,576 rows and 16,384 columns: ValueError for more.
    """
    book = blank_book()
    for name, frame in frames.items():
        add_frame(book, name, frame)
    if notes or not frames:
        add_notes(book, notes)
    return saved(book)


def add_frame(
    book: openpyxl.Workbook, name: str, frame: pd.DataFrame, shown: pd.DataFrame | None = None, widest: int = WIDEST
) -> Worksheet:
    """A last sheet with a frame's columns (not its index) below a frozen header; ValueError when it does not fit on one.

    `shown` is the frame as it is written, where that is shorter than its numbers: columns are as wide as that, at most `widest`.
    """
    if len(frame) >= MOST_ROWS or frame.shape[1] > MOST_COLUMNS:
        raise ValueError(f"表“{name}”有 {len(frame)} 行 {frame.shape[1]} 列，一张工作表放不下")
    sheet = add_sheet(book, name)
    put_header(sheet, 1, frame.columns)
    for row, values in enumerate(frame.itertuples(index=False, name=None), 2):
        put_row(sheet, row, values)
    for at in range(frame.shape[1]):
        words = [frame.columns[at], *map(_shown, (frame if shown is None else shown).iloc[:, at])]
        fit(sheet, {at + 1: words}, widest)
        for row, text in enumerate(words[1:], 2):
            if text_width(text) > widest:
                sheet.cell(row, at + 1).alignment = Alignment(wrap_text=True, vertical="top")
    return sheet


def _shown(value: object) -> str:
    return exact(value) or plain_text(value)
