"""What a grid is: where its header ends, which axis holds the counties, and what every row and column stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lib.ingest.vocabulary import (
    MEASURE_HEADERS,
    PERIOD_HEADERS,
    REGION_CODE_HEADERS,
    REGION_NAME_HEADERS,
    VALUE_HEADERS,
    Vocabulary,
    as_period,
    header_index,
    plain,
)
from lib.model import Issue, Measure

UNIT_HEADERS = ("计量单位", "单位", "unit")
HEADER_WITHIN = 15
HEADER_LEVELS = 3
LISTED = 5


@dataclass(frozen=True)
class Layout:
    """How to read a sheet: `header` and `first` are 0-based rows; columns are 0-based, -1 where there is none.

    `names` are the header texts by column, several levels joined. `measures` and `periods` say what a value column
    stands for; in the long form they are empty and `measure`, `value` name the columns instead.
    """

    header: int
    first: int
    names: tuple[str, ...]
    regions: tuple[int, ...]
    period: int = -1
    measure: int = -1
    value: int = -1
    unit: int = -1
    measures: tuple[tuple[int, Measure], ...] = ()
    periods: tuple[tuple[int, str], ...] = ()
    unknown: tuple[str, ...] = ()
    transposed: bool = False


def find_layout(cells: pd.DataFrame, vocabulary: Vocabulary) -> Layout | Issue:
    """The layout of a grid of text cells, or the issue that says why it is not an indicator table."""
    first = _first_place_row(cells, vocabulary)
    if first is None:
        turned = _turned(cells, vocabulary)
        return turned if turned is not None else _no_places(cells)
    header = max(first - 1, 0)
    levels = _levels(cells, first)
    names = _names(levels, cells.shape[1])
    regions = _place_columns(cells, first, vocabulary, names)
    period = _column(names, PERIOD_HEADERS)
    measure, value = _column(names, MEASURE_HEADERS), _column(names, VALUE_HEADERS)
    if measure >= 0 and value >= 0:
        return Layout(header, first, names, regions, period, measure, value, _column(names, UNIT_HEADERS))
    return _wide(cells, header, first, levels, names, regions, period, vocabulary)


def _wide(
    cells: pd.DataFrame,
    header: int,
    first: int,
    levels: list[list[str]],
    names: tuple[str, ...],
    regions: tuple[int, ...],
    period: int,
    vocabulary: Vocabulary,
) -> Layout | Issue:
    taken = {*regions, period}
    body = cells.iloc[first:]
    filled = {i for i in range(cells.shape[1]) if (body.iloc[:, i] != "").any()} or set(range(cells.shape[1]))
    columns = [i for i, name in enumerate(names) if i not in taken and name]
    found = {i: _measure_of([level[i] for level in levels], names[i], vocabulary) for i in columns}
    measures = tuple((i, measure) for i, measure in found.items() if measure is not None)
    unknown = tuple(names[i] for i, measure in found.items() if measure is None and i in filled)
    if not measures:
        return Issue(
            "measure-columns-missing",
            "表头里没有指标目录中的测度",
            row=header + 1,
            value="、".join(unknown[:LISTED]) or None,
            expected="测度的名称、别名或代码作列名，或“指标”“数值”两列",
        )
    repeated = sorted({m.name for _, m in measures if sum(other is m for _, other in measures) > 1})
    if repeated:
        return Issue(
            "column-duplicate", f"同一测度有两列：{'、'.join(repeated)}", row=header + 1, expected="每个测度一列"
        )
    return Layout(header, first, names, regions, period, measures=measures, unknown=unknown)


def _first_place_row(cells: pd.DataFrame, vocabulary: Vocabulary) -> int | None:
    """The first row in which a cell names a county, a total, or (below a region header) any place at all."""
    for at in range(min(len(cells), HEADER_WITHIN)):
        row = [str(cell) for cell in cells.iloc[at]]
        places = [i for i, cell in enumerate(row) if cell.strip() and vocabulary.region(cell) is not None]
        if len({vocabulary.region(row[i]).code for i in places}) == 1:  # type: ignore[union-attr]
            return _after_totals(cells, at, vocabulary)
        if header_index(row, (*REGION_CODE_HEADERS, *REGION_NAME_HEADERS)) is not None:
            return _below_header(cells, at)
    return None


def _after_totals(cells: pd.DataFrame, at: int, vocabulary: Vocabulary) -> int:
    """Total rows stand between the header and the first county: the table begins with them."""
    while at > 0 and any(vocabulary.total(str(cell)) for cell in cells.iloc[at - 1] if str(cell).strip()):
        at -= 1
    return at


def _below_header(cells: pd.DataFrame, at: int) -> int:
    """The first record under a header row: further header rows leave the place's cell empty, being merged with it."""
    named = header_index([str(cell) for cell in cells.iloc[at]], (*REGION_CODE_HEADERS, *REGION_NAME_HEADERS)) or 0
    below = at + 1
    while below < len(cells) and not str(cells.iat[below, named]).strip() and not _is_record(cells, below):
        below += 1
    return below


def _is_record(cells: pd.DataFrame, at: int) -> bool:
    """Whether a row holds a bare number, so is no further header row."""
    texts = [plain(str(cell)) for cell in cells.iloc[at]]
    return any(any(mark.isdigit() for mark in text) and not any(mark.isalpha() for mark in text) for text in texts)


def _levels(cells: pd.DataFrame, first: int) -> list[list[str]]:
    """The header rows above the first record, nearest last; a merged cell's text is carried to the right."""
    levels: list[list[str]] = []
    for at in range(first - 1, -1, -1):
        row = [" ".join(str(cell).split()) for cell in cells.iloc[at]]
        filled = [cell for cell in row if cell]
        if len(filled) < 2 or len(levels) == HEADER_LEVELS:
            break
        levels.insert(0, row)
    for level in levels[:-1]:
        carried = ""
        for i, cell in enumerate(level):
            carried = cell or carried
            level[i] = carried
    return levels or [["" for _ in range(cells.shape[1])]]


def _names(levels: list[list[str]], width: int) -> tuple[str, ...]:
    """Each column's header, its levels joined by "_" without repeats."""
    return tuple("_".join(dict.fromkeys(level[i] for level in levels if level[i])) for i in range(width))


def _place_columns(cells: pd.DataFrame, first: int, vocabulary: Vocabulary, names: Sequence[str]) -> tuple[int, ...]:
    """The columns that name the county: those so headed, else those in which most rows name one."""
    headed = [header_index([*names], words) for words in (REGION_CODE_HEADERS, REGION_NAME_HEADERS)]
    named = tuple(i for i in headed if i is not None)
    body = cells.iloc[first : first + 40]
    hits = {i: sum(vocabulary.region(str(cell)) is not None for cell in body.iloc[:, i]) for i in range(cells.shape[1])}
    best = max(hits, key=lambda i: hits[i], default=0)
    return named if any(hits[i] for i in named) or not hits[best] else (best,)


def _column(names: Sequence[str], words: Sequence[str]) -> int:
    found = header_index(names, words)
    return -1 if found is None else found


def _measure_of(parts: Sequence[str], name: str, vocabulary: Vocabulary) -> Measure | None:
    """The measure a column header means: all its levels together, else the lowest level by itself."""
    present = [part for part in dict.fromkeys(parts) if part]
    for candidate in (name, "".join(present), *reversed(present)):
        measure = vocabulary.measure(candidate)
        if measure is not None:
            return measure
    return None


def _turned(cells: pd.DataFrame, vocabulary: Vocabulary) -> Layout | None:
    """Measures in rows, counties in columns: a row that names several counties is the header."""
    for at in range(min(len(cells), HEADER_WITHIN)):
        row = [str(cell).strip() for cell in cells.iloc[at]]
        places = [i for i, cell in enumerate(row) if cell and vocabulary.region(cell) is not None]
        if len(places) > 1 and places[0] > 0:
            return Layout(at, at + 1, tuple(row), tuple(places), measure=0, transposed=True)
    return None


def _no_places(cells: pd.DataFrame) -> Issue:
    return Issue(
        "header-missing",
        f"前 {min(len(cells), HEADER_WITHIN)} 行里找不到县（市、区）",
        expected="一列（或一行）县（市、区）的名称或代码，上面（或左边）有测度名称",
    )


def as_periods(names: Sequence[str]) -> dict[int, str]:
    """Header texts that are periods, by column."""
    return {i: period for i, name in enumerate(names) if (period := as_period(name)) is not None}
