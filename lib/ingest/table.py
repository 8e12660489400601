"""A file's bytes become a grid of text cells, with the file's own row numbers kept."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import PurePath

import openpyxl
import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

from lib.ingest.grid import Grid, Limits
from lib.ingest.html import read_html
from lib.model import Issue, UserError

DELIMITER_WITHIN = 20
DELIMITERS = ("\t", ",", ";", "|", "，")


def read_grids(data: bytes, name: str, sheet: str | None = None, limits: Limits | None = None) -> list[Grid]:
    """Every sheet of a CSV, TSV or XLSX file, told by its content; UserError says why a file is refused."""
    limits = limits or Limits()
    file = PurePath(name).name
    if len(data) > limits.bytes:
        raise _refused(
            file, "file-large", f"文件有 {len(data) / 2**20:.1f} MB，太大", f"不超过 {limits.bytes // 2**20} MB"
        )
    if not data.strip():
        raise _refused(file, "file-empty", "文件是空的", "有表头和数据的 CSV 或 XLSX 文件")
    if data[:4] == b"PK\x03\x04":
        return _xlsx(data, file, sheet, limits)
    if re.match(rb"\s*(?:<!doctype html|<html|<table)", data[:200], re.IGNORECASE):
        return [Grid(file, "", read_html(_declared(data, file)))]
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise _refused(
            file, "file-kind", "是旧版 Excel（.xls）或加密文件，尚不能读取", "在 WPS 或 Excel 中另存为 .xlsx 后再导入"
        )
    return [_csv(decode(data, file), file, limits)]


def decode(data: bytes, file: str = "") -> str:
    """Text by a fixed ladder: BOM, then NUL bytes (UTF-16), then strict UTF-8, then strict GB18030."""
    for bom, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(bom):
            return _strict(data, file, encoding)
    head = data[:2000]
    if b"\x00" in head:
        little = head[1::2].count(0) >= head[0::2].count(0)
        return _strict(data, file, "utf-16-le" if little else "utf-16-be")
    return _strict(data, file, "utf-8", "gb18030")


def _declared(data: bytes, file: str) -> str:
    """A web page's text: by the character set it declares, GB2312 meaning GB18030, else by the ladder."""
    found = re.search(rb"charset=[\"']?([\w-]+)", data[:1000])
    name = found[1].decode().lower() if found else ""
    return _strict(data, file, "gb18030") if name in ("gb2312", "gbk", "gb18030") else decode(data, file)


def _strict(data: bytes, file: str, *encodings: str) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused(file, "encoding", "文字编码无法识别", "UTF-8、GBK/GB18030 或 UTF-16 编码的文本，或 XLSX 文件")


def _csv(text: str, file: str, limits: Limits) -> Grid:
    lines = text.splitlines()
    head = [line for line in lines if line.strip()][:DELIMITER_WITHIN]
    delimiter = max(DELIMITERS, key=lambda mark: (max(line.count(mark) for line in head), -DELIMITERS.index(mark)))
    width = _width(text, lines, delimiter)
    if width > limits.columns:
        raise _refused(file, "columns-many", f"有 {width} 列，太多", f"不超过 {limits.columns} 列")
    try:
        cells = pd.read_csv(
            io.StringIO(text),
            sep=delimiter,
            header=None,
            names=range(width),
            index_col=False,
            dtype=str,
            na_filter=False,
            skip_blank_lines=False,
            engine="c" if delimiter.isascii() else "python",
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise _refused(file, "csv-broken", f"不是完整的表格文本（{error}）", "每行一条记录、引号成对的 CSV") from error
    return Grid(file, "", cells.fillna(""))


def _width(text: str, lines: list[str], delimiter: str) -> int:
    """The most cells that a record has; with quotes in the text, records are not lines."""
    if '"' not in text:
        return max((line.count(delimiter) for line in lines), default=0) + 1
    try:
        return max((len(record) for record in csv.reader(io.StringIO(text), delimiter=delimiter)), default=1)
    except csv.Error:
        # Left to the parser proper, which says where the text is broken.
        return max((line.count(delimiter) for line in lines), default=0) + 1


def _xlsx(data: bytes, file: str, sheet: str | None, limits: Limits) -> list[Grid]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            inside = set(archive.namelist())
            formulas = unpacked <= limits.unpacked_bytes and any(
                re.search(rb"<(?:\w+:)?f[ >/]", archive.read(part))
                for part in inside
                if part.startswith("xl/worksheets/")
            )
        if unpacked > limits.unpacked_bytes:
            raise _refused(file, "file-unpacked", f"解压后有 {unpacked / 2**20:.0f} MB，太大", "普通大小的工作簿")
        if not any(part.startswith("xl/") for part in inside):
            raise _refused(
                file, "file-kind", "是压缩包或别的格式，不是 Excel 工作簿", "先解压，或在 WPS、Excel 中另存为 .xlsx"
            )
        written = openpyxl.load_workbook(io.BytesIO(data), read_only=True) if formulas else None
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise _refused(file, "xlsx-broken", "不是完整的 XLSX 文件", "能在 WPS 或 Excel 中打开的 .xlsx 文件") from error
    try:
        names = book.sheetnames if sheet is None else [sheet]
        missing = [name for name in names if name not in book.sheetnames]
        if missing:
            raise _refused(file, "sheet-unknown", f"没有工作表「{missing[0]}」", "、".join(book.sheetnames))
        return [_sheet(book[name], written[name] if written else None, file, limits) for name in names]
    finally:
        book.close()


def _sheet(sheet: Worksheet, written: Worksheet | None, file: str, limits: Limits) -> Grid:
    """One sheet's values; a formula that was saved without its result keeps its text, so that it is not taken as missing."""
    most = limits.columns + 1
    formulas = None if written is None else written.iter_rows(values_only=True, max_col=most)
    rows: list[list[str]] = []
    blank = 0
    for values in sheet.iter_rows(values_only=True, max_col=most):
        behind = next(formulas, ()) if formulas is not None else ()
        row = [_text(value) for value in values]
        for i, formula in enumerate(behind):
            if i < len(row) and not row[i] and isinstance(formula, str) and formula.startswith("="):
                row[i] = formula
        while row and not row[-1]:
            row.pop()
        if len(row) > limits.columns:
            raise _refused(
                file, "columns-many", f"工作表「{sheet.title}」超过 {limits.columns} 列", f"不超过 {limits.columns} 列"
            )
        blank = 0 if row else blank + 1
        if blank > limits.blank_rows:
            raise _refused(file, "rows-blank", f"工作表「{sheet.title}」有 {blank} 个连续的空行", "数据连在一起的表")
        if len(rows) >= limits.rows:
            raise _refused(
                file, "rows-many", f"工作表「{sheet.title}」超过 {limits.rows} 行", f"不超过 {limits.rows} 行"
            )
        rows.append(row)
    width = max(map(len, rows), default=0)
    return Grid(file, sheet.title, pd.DataFrame([row + [""] * (width - len(row)) for row in rows], dtype=str))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)


def _refused(file: str, code: str, message: str, expected: str) -> UserError:
    return UserError(Issue(code, message, file=file, expected=expected))
