"""What a sheet is: where its header ends, and what every column stands for.

A value needs a place, a measure and a period. Each of the three may stand in the row, in the column's header, or
once for the whole sheet (title, sheet's or file's name): long, wide and turned tables, and tables with a column a
period, are the same thing with the three in different places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from lib.ingest.grid import Grid
from lib.ingest.headers import (
    FORM_LINE,
    SEQUENCE_HEADERS,
    SIGNED_LINE,
    Mention,
    Stated,
    agreed,
    contains,
    meaning,
    mention,
    stated_units,
    unit_alone,
    without_unit,
)
from lib.ingest.vocabulary import (
    MEASURE_HEADERS,
    NOTE_HEADERS,
    PERIOD_HEADERS,
    PROVISIONAL_HEADERS,
    REGION_CODE_HEADERS,
    REGION_NAME_HEADERS,
    SUBPERIOD_HEADERS,
    UNIT_HEADERS,
    VALUE_HEADERS,
    Match,
    Vocabulary,
    as_period,
    header_index,
    is_code,
    plain,
)
from lib.model import UNITS, Issue, Measure, Region, Severity

HEADER_WITHIN = 15
HEADER_LEVELS = 3
BODY_WITHIN = 60
LISTED = 5
NOTHING_STATED = Stated()


class Role(StrEnum):
    """What a column does; `label` is the word for it on screen."""

    PLACE = "place"
    MEASURE = "measure"
    PERIOD = "period"
    UNIT = "unit"
    NOTE = "note"
    PROVISIONAL = "provisional"
    VALUE = "value"
    IGNORED = "ignored"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Column:
    """One column: its 0-based position, its header (levels joined by "_"), its role, and what the header says of its values."""

    at: int
    name: str
    role: Role
    region: str = ""
    measure: str = ""
    period: str = ""
    unit: str = ""
    cumulative: bool = False


@dataclass(frozen=True)
class Layout:
    """How to read a sheet: 0-based rows of the header's last line and of the first record, and the columns.

    `region`, `measure` and `period` hold for the whole sheet where neither rows nor headers give them; `named`
    says of each where it was found. `unit` is what lines around the table state for all values; `doubts` are issues
    about the sheet as a whole.
    """

    header: int
    first: int
    columns: tuple[Column, ...]
    region: str = ""
    measure: str = ""
    period: str = ""
    cumulative: bool = False
    unit: Stated = NOTHING_STATED
    named: tuple[tuple[str, str], ...] = ()
    turned: bool = False
    doubts: tuple[Issue, ...] = ()

    def of(self, *roles: Role) -> tuple[Column, ...]:
        """The columns that have one of the roles."""
        return tuple(column for column in self.columns if column.role in roles)

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """Headers of columns that are not read because nobody knows what they are."""
        return tuple(column.name for column in self.of(Role.UNKNOWN) if column.name)


@dataclass(frozen=True)
class NoTable:
    """Why a sheet is not an indicator table, with as much of a layout as was found."""

    issue: Issue
    layout: Layout | None = None


def find_layout(grid: Grid, vocabulary: Vocabulary, period: str | None = None) -> Layout | NoTable:
    """The layout of a sheet, or why it is not an indicator table; `period` is the user's choice."""
    sheet = _Sheet(grid, vocabulary, period)
    problems: list[NoTable] = []
    for first in dict.fromkeys(_firsts(sheet)):
        found = _layout(sheet, first)
        if isinstance(found, Layout):
            return found
        problems.append(found)
    return problems[0] if problems else NoTable(_no_places(sheet))


class _Sheet:
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


def _firsts(sheet: _Sheet) -> Iterator[int]:
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
        if at and any(sheet.match(cell) for cell in row[:3]) and _has_number(row):
            yield at
            break
    for at in range(1, min(sheet.length, HEADER_WITHIN)):
        if as_period(sheet.rows[at][0]) is not None and _has_number(sheet.rows[at][1:]):
            yield at
            break


def _first_place_row(sheet: _Sheet) -> int | None:
    """The first row in which a cell names a county, a total, or (below a region header) any place at all."""
    for at in range(min(sheet.length, HEADER_WITHIN)):
        row = sheet.rows[at]
        places = {place.code for cell in row if (place := sheet.place(cell)) is not None}
        if len(places) == 1:
            return _after_totals(sheet, at)
        if header_index(row, (*REGION_CODE_HEADERS, *REGION_NAME_HEADERS)) is not None and not places:
            return _below(sheet, at)
    return None


def _after_totals(sheet: _Sheet, at: int) -> int:
    """Totals, and records of places that nobody knows, may stand before the first county: the table begins with them."""

    def belongs(above: int) -> bool:
        row = sheet.rows[above]
        total = any(sheet.words.total(cell) for cell in row if cell.strip())
        blank = not any(cell.strip() for cell in row)
        return total or (_is_record(row) and not is_numbering(row)) or (blank and above > 0 and belongs(above - 1))

    while at > 0 and belongs(at - 1):
        at -= 1
    return at


def _below(sheet: _Sheet, at: int) -> int:
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


def _has_number(row: Sequence[str]) -> bool:
    """Whether a row holds a bare number, a year or not."""
    return any(re.fullmatch(r"-?[\d.,]+%?", plain(cell)) for cell in row)


def is_numbering(row: Sequence[str]) -> bool:
    """Whether a row numbers the columns: 甲 | 1 | 2 | 3."""
    texts = [plain(cell) for cell in row if cell.strip()]
    numbers = [text for text in texts if text.isdigit()]
    return len(numbers) > 1 and numbers == [str(i + 1) for i in range(len(numbers))] and len(texts) - len(numbers) < 3


def _layout(sheet: _Sheet, first: int) -> Layout | NoTable:
    """The layout if the records begin at a row, or why that makes no table."""
    levels, top = _levels(sheet, first)
    names = ["_".join(dict.fromkeys(level[i] for level in levels if level[i])) for i in range(sheet.width)]
    header = max(first - 1, 0)
    labels = _labels(sheet, first, names)
    columns = tuple(_column(sheet, at, names[at], levels, labels, first) for at in range(sheet.width))
    columns = tuple(column for column in columns if column.name or column.role is not Role.IGNORED)
    layout = Layout(header, first, columns, unit=_stated(sheet, top, first), turned=any(c.region for c in columns))
    beside = _side_by_side(sheet, layout)
    return NoTable(beside, layout) if beside else _completed(sheet, layout, top)


def _completed(sheet: _Sheet, layout: Layout, top: int) -> Layout | NoTable:
    """The layout with what the titles say of the whole sheet; why it is none where a place or a measure is nowhere."""
    found = layout
    above = [row for row in sheet.rows[:top] if not any(SIGNED_LINE.search(cell) for cell in row)]
    titles = [*sheet.titles, *(("标题", cell) for row in above for cell in row if cell.strip())]
    named: list[tuple[str, str]] = []
    measure = ""
    if not layout.of(Role.MEASURE) and not any(column.measure for column in layout.of(Role.VALUE)):
        measure = _from_titles(titles, sheet.words.measure_in, named)
        layout = _with_value_column(layout) if measure else layout
    placed = bool(layout.of(Role.PLACE)) or any(column.region for column in layout.of(Role.VALUE))
    region = "" if placed else _from_titles(titles, sheet.words.region_in, named)
    layout = _whole(layout, measure, region)
    if not layout.of(Role.VALUE):
        return NoTable(_no_measures(found), found)
    if doubles := _double(sheet, layout):
        return NoTable(doubles, found)
    if not (placed or region):
        return NoTable(_no_places(sheet))
    told, doubts = _whole_period(sheet, titles, layout)
    layout = replace(layout, region=region, measure=measure, doubts=tuple(doubts))
    if told is not None:
        where, period = told
        named += [(where, period.period)] if where else []
        layout = replace(layout, period=period.period, cumulative=period.cumulative)
    return replace(layout, named=tuple(named))


def _with_value_column(layout: Layout) -> Layout:
    """Where the measure is in the title, the one column that is headed as values: 区县 | 完成情况."""
    valued = [c.at for c in layout.of(Role.UNKNOWN) if without_unit(c.name)[0] in _VALUE_WORDS]
    if layout.of(Role.VALUE) or len(valued) != 1:
        return layout
    (at,) = valued
    return replace(
        layout,
        columns=tuple(
            replace(c, role=Role.VALUE, unit=without_unit(c.name)[1]) if c.at == at else c for c in layout.columns
        ),
    )


_VALUE_WORDS = frozenset(plain(word) for word in VALUE_HEADERS)


def _whole(layout: Layout, measure: str, region: str) -> Layout:
    """The layout in which a column counts as values only if place and measure of each are known from somewhere."""
    rows_measure, rows_place = bool(layout.of(Role.MEASURE)), bool(layout.of(Role.PLACE))
    columns = tuple(
        replace(c, role=Role.UNKNOWN, measure="", region="", period="", unit="")
        if c.role is Role.VALUE and not ((c.measure or rows_measure or measure) and (c.region or rows_place or region))
        else c
        for c in layout.columns
    )
    return replace(layout, columns=columns)


def _whole_period(
    sheet: _Sheet, titles: Sequence[tuple[str, str]], layout: Layout
) -> tuple[tuple[str, Mention] | None, list[Issue]]:
    """Where no column gives it: the user's period, or the one that names and titles agree on; and what contradicts it."""
    if layout.of(Role.PERIOD) or all(column.period for column in layout.of(Role.VALUE)):
        return None, []
    mentions = {
        found: where
        for where, text in reversed(titles)
        if not FORM_LINE.search(text) and (found := mention(text)) is not None
    }
    left = agreed(mentions)
    said = "、".join(f"{mentions[each]}是 {each.period}" for each in left)
    if sheet.asked is not None:
        agrees = any(contains(each.period, sheet.asked) or contains(sheet.asked, each.period) for each in left)
        doubt = Issue("period-contradicted", f"按填写的评价期 {sheet.asked} 导入，但{said}", severity=Severity.WARNING)
        return ("", Mention(sheet.asked)), [] if agrees or not left else [doubt]
    if len(left) > 1:
        message = f"评价期说法不一：{said}"
        return ("", left[0]), [Issue("period-conflict", message, expected="写明评价期，或改成一致")]
    return ((mentions[left[0]], left[0]), []) if left else (None, [])


def _from_titles(
    titles: Sequence[tuple[str, str]], find: Callable[[str], Measure | Region | None], named: list[tuple[str, str]]
) -> str:
    for where, text in reversed(titles):
        found = find(text)
        if found is not None:
            named.append((where, found.name))
            return found.code
    return ""


def _stated(sheet: _Sheet, top: int, first: int) -> Stated:
    """What the lines above the header, and those that open with 单位 below the table, state of the units."""
    above = [cell for row in sheet.rows[:top] for cell in row if cell.strip()]
    body = sheet.grid.cells.iloc[first:, :1]
    below = [
        str(cell) for column in body for cell in body[column][body[column].str.match(r"\s*[（(]?(?:计量)?单位[:：]")]
    ]
    return stated_units([*above, *below])


def _side_by_side(sheet: _Sheet, layout: Layout) -> Issue | None:
    """A second list of places beside the first: nobody can tell whose the values are."""
    places = layout.of(Role.PLACE)
    for column in layout.columns:
        if not places or column.role is Role.PLACE:
            continue
        others = [
            (sheet.place(row[places[-1].at]), sheet.place(row[column.at]))
            for row in sheet.rows[layout.first :]
            if sheet.place(row[column.at]) is not None
        ]
        if len(others) > 1 and any(ours is not theirs for ours, theirs in others):
            return Issue(
                "side-by-side",
                f"“{column.name}”列也是地区，像是并排的两张表",
                row=layout.header + 1,
                expected="一行一个县（市、区），上下排列",
            )
    return None


def _levels(sheet: _Sheet, first: int) -> tuple[list[list[str]], int]:
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


def _labels(sheet: _Sheet, first: int, names: Sequence[str]) -> dict[int, Role]:
    """The columns that label a row, by position."""
    labels = dict.fromkeys(_place_columns(sheet, first, names), Role.PLACE)
    spoken = (
        (Role.MEASURE, MEASURE_HEADERS),
        (Role.PERIOD, PERIOD_HEADERS),
        (Role.UNIT, UNIT_HEADERS),
        (Role.NOTE, NOTE_HEADERS),
        (Role.PROVISIONAL, PROVISIONAL_HEADERS),
    )
    for role, words in spoken:
        wanted = {plain(word) for word in words}
        found = [i for i, name in enumerate(names) if plain(name) in wanted and i not in labels]
        # A measure may be named by its code and by its name, as a place may.
        labels |= dict.fromkeys(found if role is Role.MEASURE else found[:1], role)
        if role is Role.PERIOD and found:
            parts = [i for i, name in enumerate(names) if plain(name) in SUBPERIOD_HEADERS and i not in labels]
            labels |= dict.fromkeys(parts[:1], role)
    if Role.MEASURE not in labels.values() and (at := _measure_column(sheet, first, labels)) is not None:
        labels[at] = Role.MEASURE
    if Role.PERIOD not in labels.values() and (at := _period_column(sheet, first, labels)) is not None:
        labels[at] = Role.PERIOD
    return labels


def _place_columns(sheet: _Sheet, first: int, names: Sequence[str]) -> tuple[int, ...]:
    """The columns that name the county: those so headed, else the one in which most rows name one."""
    headed = [header_index(names, words) for words in (REGION_CODE_HEADERS, REGION_NAME_HEADERS)]
    named = tuple(i for i in headed if i is not None)
    hits = {i: sum(sheet.place(cell) is not None for cell in sheet.column(i, first)) for i in range(sheet.width)}
    best = max(hits, key=lambda i: hits[i], default=0)
    if any(hits[i] for i in named):
        return tuple(
            i for i in named if hits[i] or any(is_code(cell) for cell in sheet.column(i, first)) or len(named) == 1
        )
    if hits.get(best):
        return (best,)
    # A column headed 单位 with no county in it states units.
    return tuple(i for i in named if not _names_units(sheet, first, i))


def _names_units(sheet: _Sheet, first: int, at: int) -> bool:
    texts = [plain(cell) for cell in sheet.column(at, first) if cell.strip()]
    return bool(texts) and sum(text in UNITS for text in texts) * 2 > len(texts)


def _measure_column(sheet: _Sheet, first: int, labels: dict[int, Role]) -> int | None:
    """The column whose cells name measures, where no header says so: a turned table's first column."""
    hits = {
        i: len({match.measure.code for cell in sheet.column(i, first) if (match := sheet.match(cell))})
        for i in range(min(sheet.width, 4))
        if i not in labels
    }
    best = max(hits, key=lambda i: hits[i], default=None)
    headers = _header_matches(sheet, first)
    return best if best is not None and hits[best] > (1 if headers else 0) else None


def _header_matches(sheet: _Sheet, first: int) -> bool:
    return any(
        sheet.match(" ".join(cell.split())) for row in sheet.rows[max(first - HEADER_LEVELS, 0) : first] for cell in row
    )


def _period_column(sheet: _Sheet, first: int, labels: dict[int, Role]) -> int | None:
    """The column without a header in which every filled cell is a period; a bare number is none."""
    for i in range(min(sheet.width, 4)):
        texts = [cell for cell in sheet.column(i, first) if cell.strip()]
        headed = any(row[i].strip() for row in sheet.rows[max(first - HEADER_LEVELS, 0) : first])
        if i not in labels and not headed and texts and all(as_period(c) and not _has_number([c]) for c in texts):
            return i
    return None


def _column(sheet: _Sheet, at: int, name: str, levels: list[list[str]], labels: dict[int, Role], first: int) -> Column:
    """A column by its label role, else by what its header says."""
    if at in labels:
        return Column(at, name, labels[at])
    said = sheet.words.word("measure", name)
    if (said is not None and not said.code) or plain(name) in SEQUENCE_HEADERS:
        return Column(at, name, Role.IGNORED)
    parts = [part for part in dict.fromkeys(level[at] for level in levels) if part]
    found = meaning(parts, name, sheet.words)
    only_value = found is not None and found.value and not (found.region or found.measure or found.period)
    stands_alone = found is not None and bool(found.region or found.measure or found.period or found.value)
    if found is None or not stands_alone or (only_value and Role.MEASURE not in labels.values()):
        blank = first < len(sheet.grid.cells) and _blank(sheet, at, first)
        return Column(at, name, Role.IGNORED if blank else Role.UNKNOWN)
    return Column(at, name, Role.VALUE, found.region, found.measure, found.period, found.unit, found.cumulative)


def _double(sheet: _Sheet, layout: Layout) -> Issue | None:
    """Two columns that say the same of their values."""
    keys = Counter(
        (c.region, c.measure, c.period) for c in layout.of(Role.VALUE) if not _blank(sheet, c.at, layout.first)
    )
    twice = [key for key, count in keys.items() if count > 1]
    if not twice:
        return None
    names = sorted({_said(sheet, key) for key in twice})
    return Issue(
        "column-duplicate", f"同一测度有两列：{'、'.join(names)}", row=layout.header + 1, expected="每个测度一列"
    )


def _blank(sheet: _Sheet, at: int, first: int) -> bool:
    """Whether a column holds nothing: the second half of a merged header."""
    return not sheet.grid.cells.iloc[first:, at].str.strip().any()


def _said(sheet: _Sheet, key: tuple[str, str, str]) -> str:
    region, measure, period = key
    found = sheet.words.by_code.get(measure)
    return " ".join(part for part in (region, found.name if found else "", period) if part) or "数值"


def _no_measures(layout: Layout) -> Issue:
    filled = [c.name for c in layout.of(Role.UNKNOWN) if c.name]
    return Issue(
        "measure-columns-missing",
        "表头里没有指标目录中的测度",
        row=layout.header + 1,
        value="、".join(filled[:LISTED]) or None,
        expected="测度的名称、别名或代码作列名，或“指标”“数值”两列",
    )


def _no_places(sheet: _Sheet) -> Issue:
    return Issue(
        "header-missing",
        f"前 {min(sheet.length, HEADER_WITHIN)} 行里找不到县（市、区）",
        expected="一列（或一行）县（市、区）的名称或代码，上面（或左边）有测度名称",
    )
