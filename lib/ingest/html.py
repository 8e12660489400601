"""A web page's tables, which government systems like to call .xls, as a grid of text cells."""

from __future__ import annotations

import time
from html.parser import HTMLParser

from lib.ingest.grid import Grid, Limits, refusal, text_frame

CHUNK = 2**16
# Footnote marks and struck-out text are marked as such: glued to a number they would make another number.
MARKED = {"sup": "^", "sub": "_", "s": "[删去]", "strike": "[删去]", "del": "[删去]"}
# A tag or comment that never ends is scanned anew with each chunk.
UNFINISHED = 2**17


class _Tables(HTMLParser):
    """Collects the cells of every table with their spans; scripts and links are only ever text."""

    def __init__(self, file: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.spans: list[tuple[int, int, int, int]] = []
        self._file, self._limits = file, limits
        self._text: list[str] | None = None
        self._down, self._right = 1, 1
        self._fresh = True
        self._settled = 0
        self._taken: dict[int, int] = {}
        self._width = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("tr", "table"):
            self._finish_row(tag == "table")
        elif tag in ("td", "th"):
            self._finish_cell()
            self._text = []
            given = dict(attrs)
            self._down = _span(given.get("rowspan"), self._limits.rows)
            self._right = _span(given.get("colspan"), self._limits.columns)
        elif tag == "br":
            self.handle_data("\n")
        elif tag in MARKED:
            self.handle_data(MARKED[tag])

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._finish_cell()
        elif tag in ("tr", "table"):
            self._finish_row(tag == "table")

    def close(self) -> None:
        """Ends the text; a cell that is still open counts."""
        super().close()
        self._finish_row(True)

    def _finish_row(self, table: bool) -> None:
        self._finish_cell()
        self._fresh = True
        if table:
            self._finish_table()

    def _finish_table(self) -> None:
        """No cell reaches below its table."""
        self._taken = {}
        last = len(self.rows) - 1
        for at in range(self._settled, len(self.spans)):
            top, left, bottom, right = self.spans[at]
            self.spans[at] = (top, left, min(bottom, last), right)
        self._settled = len(self.spans)

    def _finish_cell(self) -> None:
        if self._text is None:
            return
        text, self._text = "".join(self._text).strip(), None
        if self._fresh:
            self._begin_row()
        row, index = self.rows[-1], len(self.rows) - 1
        while len(row) in self._taken:
            row.append("")
        first, last = len(row), len(row) + self._right - 1
        row += [text, *[""] * (self._right - 1)]
        if self._down > 1:
            self._taken |= dict.fromkeys(range(first, last + 1), index + self._down - 1)
        if self._down > 1 or self._right > 1:
            self.spans.append((index, first, index + self._down - 1, last))
        self._check(len(row))

    def _begin_row(self) -> None:
        self.rows.append([])
        self._fresh = False
        index = len(self.rows) - 1
        self._taken = {at: last for at, last in self._taken.items() if last >= index}

    def _check(self, width: int) -> None:
        limits = self._limits
        self._width = max(self._width, width)
        if width > limits.columns:
            raise refusal(self._file, "columns-many", f"超过 {limits.columns} 列", f"不超过 {limits.columns} 列")
        if len(self.rows) > limits.rows:
            raise refusal(self._file, "rows-many", f"超过 {limits.rows} 行", f"不超过 {limits.rows} 行")
        if len(self.rows) * self._width > limits.cells:
            raise refusal(self._file, "cells-many", "行数乘列数太多", f"不超过 {limits.cells} 个单元格")


def read_html(text: str, file: str, limits: Limits) -> Grid:
    """The rows of all tables of a page, one below the other."""
    parser = _Tables(file, limits)
    end = time.monotonic() + limits.seconds
    for at in range(0, len(text), CHUNK):
        parser.feed(text[at : at + CHUNK])
        if len(parser.rawdata) > UNFINISHED:
            raise refusal(file, "html-broken", "网页里有没有结束的标签或注释", "完整的网页，或另存为 .xlsx 后再导入")
        if time.monotonic() > end:
            raise refusal(file, "html-slow", f"读取用时超过 {limits.seconds} 秒，已停止", "另存为 .xlsx 后再导入")
    parser.close()
    if not parser.rows:
        raise refusal(file, "html-no-table", "是网页，里面没有表格", "含有表格的网页，或 CSV、XLSX 文件")
    merged = tuple(area for area in parser.spans if area[:2] != area[2:])
    return Grid(file, "", text_frame(parser.rows), merged)


def _span(text: str | None, most: int) -> int:
    """How many rows or columns a cell covers; one more than allowed stands for any more."""
    given = (text or "").strip()
    if not (given.isascii() and given.isdigit()):
        return 1
    return min(max(int(given[:9]), 1), most + 1)
