"""What a sheet is: where its header ends, and what every column stands for.

A value needs a place, a measure and a period. Each of the three may stand in the row, in the column's header, or
once for the whole sheet (title, sheet's or file's name): long, wide and turned tables, and tables with a column a
period, are the same thing with the three in different places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from lib.ingest.grid import Grid
from lib.ingest.head import HEADER_WITHIN, Head, firsts, levels_above
from lib.ingest.headers import (
    FORM_LINE,
    OTHER_FIGURES,
    SEQUENCE_HEADERS,
    SIGNED_LINE,
    VALUE_WORDS,
    Mention,
    Stated,
    agreed,
    contains,
    meaning,
    mention,
    stated_units,
    without_unit,
)
from lib.ingest.labels import labels_of
from lib.ingest.shape import Column, Layout, NoTable, Role
from lib.ingest.vocabulary import Vocabulary, plain
from lib.model import Issue, Measure, Region, Severity

LISTED = 5


def find_layout(grid: Grid, vocabulary: Vocabulary, period: str | None = None) -> Layout | NoTable:
    """The layout of a sheet, or why it is not an indicator table; `period` is the user's choice."""
    sheet = Head(grid, vocabulary, period)
    problems: list[NoTable] = []
    for first in dict.fromkeys(firsts(sheet)):
        found = _layout(sheet, first)
        if isinstance(found, Layout):
            return found
        problems.append(found)
    return problems[0] if problems else NoTable(_no_places(sheet))


def _layout(sheet: Head, first: int) -> Layout | NoTable:
    """The layout if the records begin at a row, or why that makes no table."""
    levels, top = levels_above(sheet, first)
    names = ["_".join(dict.fromkeys(level[i] for level in levels if level[i])) for i in range(sheet.width)]
    header = max(first - 1, 0)
    labels = labels_of(sheet, first, names)
    columns = tuple(_column(sheet, at, names[at], levels, labels, first) for at in range(sheet.width))
    columns = tuple(column for column in columns if column.name or column.role is not Role.IGNORED)
    layout = Layout(header, first, columns, unit=_stated(sheet, top, first), turned=any(c.region for c in columns))
    beside = _side_by_side(sheet, layout)
    return NoTable(beside, layout) if beside else _completed(sheet, layout, top)


def _completed(sheet: Head, layout: Layout, top: int) -> Layout | NoTable:
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
    valued = [c.at for c in layout.of(Role.UNKNOWN) if without_unit(c.name)[0] in VALUE_WORDS]
    if layout.of(Role.VALUE) or len(valued) != 1:
        return layout
    (at,) = valued
    return replace(
        layout,
        columns=tuple(
            replace(c, role=Role.VALUE, unit=without_unit(c.name)[1]) if c.at == at else c for c in layout.columns
        ),
    )


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
    sheet: Head, titles: Sequence[tuple[str, str]], layout: Layout
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
        return ("", left[0]), [
            Issue("period-conflict", message, expected="在“评价期”框（命令行 --period）写明，或改成一致")
        ]
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


def _stated(sheet: Head, top: int, first: int) -> Stated:
    """What the lines above the header, and those that open with 单位 below the table, state of the units."""
    above = [cell for row in sheet.rows[:top] for cell in row if cell.strip()]
    body = sheet.grid.cells.iloc[first:, :1]
    below = [
        str(cell) for column in body for cell in body[column][body[column].str.match(r"\s*[（(]?(?:计量)?单位[:：]")]
    ]
    return stated_units([*above, *below])


def _side_by_side(sheet: Head, layout: Layout) -> Issue | None:
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


def _column(sheet: Head, at: int, name: str, levels: list[list[str]], labels: dict[int, Role], first: int) -> Column:
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
        if plain(parts[-1] if parts else "") in OTHER_FIGURES:
            return Column(at, name, Role.OTHER)
        blank = first < len(sheet.grid.cells) and _blank(sheet, at, first)
        return Column(at, name, Role.IGNORED if blank else Role.UNKNOWN)
    return Column(at, name, Role.VALUE, found.region, found.measure, found.period, found.unit, found.cumulative)


def _double(sheet: Head, layout: Layout) -> Issue | None:
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


def _blank(sheet: Head, at: int, first: int) -> bool:
    """Whether a column holds nothing: the second half of a merged header."""
    return not sheet.grid.cells.iloc[first:, at].str.strip().any()


def _said(sheet: Head, key: tuple[str, str, str]) -> str:
    region, measure, period = key
    found = sheet.words.by_code.get(measure)
    return " ".join(part for part in (region, found.name if found else "", period) if part) or "数值"


def _no_measures(layout: Layout) -> Issue:
    filled = [c.name for c in layout.of(Role.UNKNOWN, Role.OTHER) if c.name]
    return Issue(
        "measure-columns-missing",
        "表头里没有指标目录中的测度",
        row=layout.header + 1,
        value="、".join(filled[:LISTED]) or None,
        expected="测度的名称、别名或代码作列名，或“指标”“数值”两列",
    )


def _no_places(sheet: Head) -> Issue:
    return Issue(
        "header-missing",
        f"前 {min(sheet.length, HEADER_WITHIN)} 行里找不到县（市、区）",
        expected="一列（或一行）县（市、区）的名称或代码，上面（或左边）有测度名称",
    )
