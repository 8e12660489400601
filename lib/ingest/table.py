"""A file's bytes become a grid of text cells, with the file's own row numbers kept."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import PurePath

import pandas as pd

from lib.ingest.grid import Grid, Limits, refusal
from lib.ingest.html import read_html
from lib.ingest.workbook import read_workbook
from lib.model import UserError

DELIMITER_WITHIN = 20
DELIMITERS = ("\t", ",", ";", "|", "，")
HEAD = 2**18
CHUNK = 2**20
LINE_BYTES = 2**20
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
CONTROLS = bytes([*range(1, 9), 11, 12, *range(14, 32), 127])
# The parser wants a delimiter of one byte; one of these, never found in a table, stands for the full-width comma.
STAND_INS = (b"\x1f", b"\x1e", b"\x1d", b"\x1c")
TABLE_FILE = "CSV、XLSX 或 XLS 表格文件"
SAVE_AS = "在 WPS 或 Excel 中另存为 .xlsx 后再导入"
WORKBOOK = re.compile(
    rb"PK\x03\x04|PK\x05\x06|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\t[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00"
)
NO_TABLES = {
    rb"MZ[^,;\t\r\n]{0,100}\x00": "Windows 程序",
    rb"\x7fELF": "Linux 程序",
    rb"%PDF-": "PDF 文件",
    rb"\x89PNG\r\n": "PNG 图片",
    rb"\xff\xd8\xff": "JPEG 图片",
    rb"GIF8[79]a": "GIF 图片",
    rb"\x1f\x8b": "gzip 压缩文件",
    rb"Rar!\x1a\x07": "RAR 压缩文件",
    rb"7z\xbc\xaf\x27\x1c": "7z 压缩文件",
    rb"\{\\rtf": "RTF 文档",
    rb"SQLite format 3\x00": "数据库文件",
}


def read_grids(data: bytes, name: str, sheet: str | None = None, limits: Limits | None = None) -> list[Grid]:
    """Every sheet of a CSV, TSV, XLSX, XLS or HTML file, told by its content; UserError says why a file is refused."""
    limits = limits or Limits.from_environment()
    file = PurePath(name).name
    if not data or data.isspace():
        raise refusal(file, "file-empty", "文件是空的", "有表头和数据的 CSV 或 XLSX 文件")
    workbook = WORKBOOK.match(data) is not None
    markup = not workbook and _is_markup(data)
    most = limits.workbook_bytes if workbook or markup else limits.bytes
    if len(data) > most:
        raise refusal(file, "file-large", f"文件有 {len(data) / 2**20:.1f} MB，太大", f"不超过 {_megabytes(most)} MB")
    if workbook:
        return read_workbook(data, file, sheet, limits)
    if sheet is not None:
        raise refusal(file, "sheet-unknown", f"不是工作簿，没有工作表「{sheet}」", "不指定工作表")
    _check_kind(data, file)
    if markup:
        return [read_html(_declared(data, file), file, limits)]
    return [_read_text(_as_utf8(data, file), file, limits)]


def decode(data: bytes, file: str = "") -> str:
    """Text by a fixed ladder: BOM, then NUL bytes (UTF-16), then strict UTF-8, then strict GB18030."""
    return _strict(data, file, *_ladder(data))


def _ladder(data: bytes) -> tuple[str, ...]:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return (encoding,)
    head = data[:2000]
    if b"\x00" in head:
        little = head[1::2].count(0) >= head[0::2].count(0)
        return ("utf-16-le" if little else "utf-16-be",)
    return ("utf-8", "gb18030")


def _strict(data: bytes, file: str, *encodings: str) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(data, file)


def _as_utf8(data: bytes, file: str) -> bytes:
    """The text in UTF-8 without a byte order mark; what is UTF-8 already is checked piece by piece and not copied."""
    for encoding in _ladder(data):
        try:
            if encoding.startswith("utf-8"):
                for _ in _decoded(data, "utf-8"):
                    pass
                return data.removeprefix(b"\xef\xbb\xbf")
            out = io.BytesIO()
            for piece in _decoded(data, encoding):
                out.write(piece.encode())
            return out.getvalue()
        except UnicodeError:
            continue
    raise _unreadable(data, file)


def _decoded(data: bytes, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(data)
    for at in range(0, len(data), CHUNK):
        yield decoder.decode(view[at : at + CHUNK])
    yield decoder.decode(b"", final=True)


def _unreadable(data: bytes, file: str) -> UserError:
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _no_text(file)
    expected = "UTF-8、GBK/GB18030 或 UTF-16 编码的文本，或 XLSX 文件"
    return refusal(file, "encoding", "文字编码无法识别", expected)


def _no_text(file: str) -> UserError:
    return refusal(file, "not-text", "不是文本表格", TABLE_FILE)


def _check_kind(data: bytes, file: str) -> None:
    """Refuses by name what is certainly no table, whatever the file is called."""
    for magic, kind in NO_TABLES.items():
        if re.match(magic, data[:200], re.DOTALL):
            raise refusal(file, "file-kind", f"是{kind}，不是表格", TABLE_FILE)
    head = _opening(data)
    if re.match(rb"<\?xml|<workbook", head) and (b"excel.sheet" in head or b"office:spreadsheet" in head):
        raise refusal(file, "file-kind", "是 XML 格式的旧版表格，不能直接读取", SAVE_AS)
    if head.startswith(b"mime-version:"):
        raise refusal(file, "file-kind", "是单文件网页（MHTML），不能直接读取", SAVE_AS)


def _opening(data: bytes) -> bytes:
    """The first characters in small letters, whatever the encoding."""
    head = data[:4000].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return head.replace(b"\x00", b"").lstrip().lower()


def _is_markup(data: bytes) -> bool:
    head = _opening(data)
    if re.match(rb"<!doctype html|<html|<table|<head|<meta", head):
        return True
    return re.match(rb"<[a-z!?]", head) is not None and re.search(rb"<(?:html|table)[\s>]", head) is not None


def _declared(data: bytes, file: str) -> str:
    """A web page's text: by the character set it declares, GB2312 meaning GB18030, else by the ladder."""
    found = re.search(rb"charset=[\"']?([\w-]+)", data[:1000])
    name = found[1].decode().lower() if found else ""
    return _strict(data, file, "gb18030") if name in ("gb2312", "gbk", "gb18030") else decode(data, file)


def _read_text(data: bytes, file: str, limits: Limits) -> Grid:
    """The records of a delimited text in UTF-8."""
    _check_characters(data, file)
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
    delimiter = _delimiter(data)
    mark = delimiter.encode()
    if len(mark) > 1:
        mark = next((stand_in for stand_in in STAND_INS if stand_in not in data), b"")
        if not mark:
            raise _no_text(file)
        data = data.replace(delimiter.encode(), mark)
    width = _check_shape(data, mark, file, limits)
    cells = _parse(data, mark.decode(), width, file)
    if len(delimiter.encode()) > 1 and b'"' in data:
        cells = cells.replace(mark.decode(), delimiter, regex=True)
    return Grid(file, "", cells)


def _check_characters(data: bytes, file: str) -> None:
    """A table has no NUL and hardly any other control characters."""
    if b"\x00" in data:
        raise _no_text(file)
    pieces = (data[at : at + CHUNK] for at in range(0, len(data), CHUNK))
    controls = sum(len(piece) - len(piece.translate(None, CONTROLS)) for piece in pieces)
    if controls > 10 and controls * 100 > len(data):
        raise _no_text(file)


def _delimiter(data: bytes) -> str:
    """The mark that stands in most of the first lines; a tab, which nobody types by accident, before others; else the
    most frequent in one line. 1,234 between tabs and 3,5 between semicolons are numbers.
    """
    lines = [line for line in data[:HEAD].splitlines() if line.strip()][:DELIMITER_WITHIN]
    counts = {mark: [line.count(mark.encode()) for line in lines] for mark in DELIMITERS}

    def rank(mark: str) -> tuple[int, bool, int, int]:
        found = counts[mark]
        return sum(map(bool, found)), mark == "\t", max(found, default=0), -DELIMITERS.index(mark)

    return max(DELIMITERS, key=rank)


def _check_shape(data: bytes, mark: bytes, file: str, limits: Limits) -> int:
    """The most cells that a record has, having refused what has too many rows, columns or cells."""
    widths = _quoted_widths(data, mark, file) if b'"' in data else _line_widths(data, mark, file)
    widest, rows = 1, 0
    for width in widths:
        rows += 1
        if width > widest:
            widest = width
            if width > limits.columns:
                raise refusal(file, "columns-many", f"有 {width} 列，太多", f"不超过 {limits.columns} 列")
        if rows > limits.rows:
            raise refusal(file, "rows-many", f"超过 {limits.rows} 行", f"不超过 {limits.rows} 行")
    if rows * widest > limits.cells:
        message = f"有 {rows} 行、{widest} 列，太多"
        raise refusal(file, "cells-many", message, f"行数乘列数不超过 {limits.cells}")
    return widest


def _line_widths(data: bytes, mark: bytes, file: str) -> Iterator[int]:
    """Cells a line; without quotes in the text, records are lines."""
    mixed = b"\r" in data
    for number, line in enumerate(io.BytesIO(data), 1):
        if len(line) > LINE_BYTES:
            message = f"第 {number} 行有 {len(line) / 2**20:.1f} MB，太长"
            raise refusal(file, "line-long", message, "每行一条记录的表格文本")
        if mixed and b"\r" in line[:-2]:
            yield from (part.count(mark) + 1 for part in line.splitlines())
        else:
            yield line.count(mark) + 1


def _quoted_widths(data: bytes, mark: bytes, file: str) -> Iterator[int]:
    """Cells a record, where quotes may hide delimiters and line ends."""
    text = io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="")
    try:
        yield from map(len, csv.reader(text, delimiter=mark.decode()))
    except csv.Error as error:
        message = f"不是完整的表格文本（有超过 {csv.field_size_limit()} 个字的单元格，引号可能不成对）"
        raise refusal(file, "csv-broken", message, "每行一条记录、引号成对的 CSV") from error


def _parse(data: bytes, mark: str, width: int, file: str) -> pd.DataFrame:
    try:
        return pd.read_csv(
            io.BytesIO(data),
            sep=mark,
            header=None,
            names=range(width),
            index_col=False,
            dtype=str,
            na_filter=False,
            skip_blank_lines=False,
            encoding="utf-8",
            engine="c",
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        message = f"不是完整的表格文本（{_explained(str(error))}）"
        raise refusal(file, "csv-broken", message, "每行一条记录、引号成对的 CSV") from error


def _explained(error: str) -> str:
    """The parser's complaint in plain words."""
    found = re.search(r"EOF inside string starting at row (\d+)", error)
    return f"第 {int(found[1]) + 1} 条记录起引号不成对" if found else error.strip()


def _megabytes(count: int) -> str:
    return f"{count / 2**20:.1f}".removesuffix(".0")
