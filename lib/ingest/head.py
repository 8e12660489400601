"""The top of a sheet: where its header ends and its records begin, and the header's levels with merged cells written out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from lib.ingest.grid import Grid
from lib.ingest.headers import FORM_LINE, unit_alone
from lib.ingest.vocabulary import (
    MEASURE_HEADERS,
    REGION_CODE_HEADERS,
    REGION_NAME_HEADERS,
    Match,
    Vocabulary,
    as_period,
    header_index,
    plain,
)
from lib.model import Region

HEADER_WITHIN = 15
HEADER_LEVELS = 3
BODY_WITHIN = 60


class Head:
    """The head of a grid with merged headers written out, and what the vocabulary says of its cells."""

    def __init__(self, grid: Grid, vocabulary: Vocabulary, period: str | None) -> None:
        self.grid, self.words, self.asked = grid, vocabulary, period
        self.rows = [[str(cell) for cell in row] for row in grid.cells.head(BODY_WITHIN).itertuples(index=False)]
        self.width = grid.cells.shape[1]
        self.length = len(self.rows)
        self._places: dict[str, Region | None] = {}
        self._matches: dict[str, Match | None] = {}

    def place(self, text: str) -> Region | None:
        if text not in self._places:
            self._places[text] = self.words.region(text) if text.strip() else None
        return self._places[text]

    def match(self, text: str) -> Match | None:
        if text not in self._matches:
            self._matches[text] = self.words.match(text) if text.strip() else None
        return self._matches[text]

    def column(self, at: int, first: int) -> list[str]:
        return [row[at] for row in self.rows[first:]]

    @cached_property
    def titles(self) -> tuple[tuple[str, str], ...]:
        """Texts that may speak for the whole sheet, with the words for where each stands."""
        file = self.grid.file.rsplit(".", 1)[0]
        return (("文件名", file), ("工作表名", self.grid.sheet))


def firsts(sheet: Head) -> Iterator[int]:
    """Candidates for the first record's row, likeliest first."""
    down = _first_place_row(sheet)
    if down is not None:
        yield down
    for at in range(min(sheet.length, HEADER_WITHIN)):
        if len({place.code for cell in sheet.rows[at] if (place := sheet.place(cell))}) > 1:
            yield _below(sheet, at)
            break
    for at in range(min(sheet.length, HEADER_WITHIN)):
        row = sheet.rows[at]
        if at and any(sheet.match(cell) for cell in row[:3]) and has_number(row):
            yield at
            break
    for at in range(1, min(sheet.length, HEADER_WITHIN)):
        if as_period(sheet.rows[at][0]) is not None and has_number(sheet.rows[at][1:]):
            yield at
            break


def _first_place_row(sheet: Head) -> int | None:
    """The first row in which a cell names a county, a total, or (below a region header) any place at all."""
    for at in range(min(sheet.length, HEADER_WITHIN)):
        row = sheet.rows[at]
        places = {place.code for cell in row if (place := sheet.place(cell)) is not None}
        if len(places) == 1:
            return _after_totals(sheet, at)
        if header_index(row, (*REGION_CODE_HEADERS, *REGION_NAME_HEADERS)) is not None and not places:
            return _below(sheet, at)
    return None


def _after_totals(sheet: Head, at: int) -> int:
    """Totals, and records of places that nobody knows, may stand before the first county: the table begins with them."""

    def belongs(above: int) -> bool:
        row = sheet.rows[above]
        total = any(sheet.words.total(cell) for cell in row if cell.strip())
        blank = not any(cell.strip() for cell in row)
        return total or (_is_record(row) and not is_numbering(row)) or (blank and above > 0 and belongs(above - 1))

    while at > 0 and belongs(at - 1):
        at -= 1
    return at


def _below(sheet: Head, at: int) -> int:
    """The first record under a header row: further header rows leave the label's cell empty, being merged with it."""
    named = header_index(sheet.rows[at], (*REGION_CODE_HEADERS, *REGION_NAME_HEADERS, *MEASURE_HEADERS)) or 0
    below = at + 1
    while below < sheet.length and (
        (not sheet.rows[below][named].strip() and not _is_record(sheet.rows[below])) or _states_units(sheet.rows[below])
    ):
        below += 1
    return below


def _states_units(row: Sequence[str]) -> bool:
    """Whether a row gives the unit of every column: 单位 | 万元 | 小时."""
    texts = [cell for cell in row if cell.strip() and plain(cell) not in ("单位", "计量单位")]
    return bool(texts) and all(unit_alone(text) for text in texts)


def _is_record(row: Sequence[str]) -> bool:
    """Whether a row holds a bare number that is no year, so is no further header row."""
    texts = [plain(cell) for cell in row]
    return any(
        any(mark.isdigit() for mark in text) and not any(mark.isalpha() for mark in text) and as_period(text) is None
        for text in texts
    )


def has_number(row: Sequence[str]) -> bool:
    """Whether a row holds a bare number, a year or not."""
    return any(re.fullmatch(r"-?[\d.,]+%?", plain(cell)) for cell in row)


def is_numbering(row: Sequence[str]) -> bool:
    """Whether a row numbers the columns: 甲 | 1 | 2 | 3."""
    texts = [plain(cell) for cell in row if cell.strip()]
    numbers = [text for text in texts if text.isdigit()]
    return len(numbers) > 1 and numbers == [str(i + 1) for i in range(len(numbers))] and len(texts) - len(numbers) < 3


def levels_above(sheet: Head, first: int) -> tuple[list[list[str]], int]:
    """The header rows above the first record, nearest last, and the row of the topmost; merged cells are written out."""
    levels: list[list[str]] = []
    top = first
    for at in range(first - 1, -1, -1):
        row = [" ".join(cell.split()) for cell in sheet.rows[at]]
        filled = [cell for cell in row if cell]
        if not levels and (not filled or is_numbering(row)):
            continue
        form = any(FORM_LINE.search(cell) for cell in filled) and not any(sheet.match(c) for c in filled)
        above = len([cell for cell in sheet.rows[at - 1] if cell.strip()]) if at else 0
        says = any(sheet.place(cell) or sheet.match(cell) or as_period(cell) for cell in filled)
        lowest = not levels and (above > 1 or says)
        if len(filled) < (1 if lowest else 2) or form or len(levels) == HEADER_LEVELS:
            break
        levels.insert(0, row)
        top = at
    for i, level in enumerate(levels):
        merged = [area for area in sheet.grid.merged if area[0] == top + i and area[3] > area[1]]
        if merged:
            _write_out(level, merged)
        elif i < len(levels) - 1:
            _carry(level)
    return levels or [[""] * sheet.width], top


def _write_out(level: list[str], merged: Sequence[tuple[int, int, int, int]]) -> None:
    for _, left, _, right in merged:
        for i in range(left, min(right + 1, len(level))):
            level[i] = level[left]


def _carry(level: list[str]) -> None:
    """A merged cell's text goes on to the right until the next text."""
    carried = ""
    for i, cell in enumerate(level):
        carried = cell or carried
        level[i] = carried
