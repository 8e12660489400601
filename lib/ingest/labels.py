"""Which columns label a row: its place, measure, period, unit, note and mark."""

from __future__ import annotations

from collections.abc import Sequence

from lib.ingest.head import HEADER_LEVELS, Head, has_number
from lib.ingest.shape import Role
from lib.ingest.vocabulary import (
    MEASURE_HEADERS,
    NOTE_HEADERS,
    PERIOD_HEADERS,
    PROVISIONAL_HEADERS,
    REGION_CODE_HEADERS,
    REGION_NAME_HEADERS,
    SUBPERIOD_HEADERS,
    UNIT_HEADERS,
    as_period,
    header_index,
    is_code,
    plain,
)
from lib.model import UNITS


def labels_of(sheet: Head, first: int, names: Sequence[str]) -> dict[int, Role]:
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


def _place_columns(sheet: Head, first: int, names: Sequence[str]) -> tuple[int, ...]:
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


def _names_units(sheet: Head, first: int, at: int) -> bool:
    texts = [plain(cell) for cell in sheet.column(at, first) if cell.strip()]
    return bool(texts) and sum(text in UNITS for text in texts) * 2 > len(texts)


def _measure_column(sheet: Head, first: int, labels: dict[int, Role]) -> int | None:
    """The column whose cells name measures, where no header says so: a turned table's first column."""
    hits = {
        i: len({match.measure.code for cell in sheet.column(i, first) if (match := sheet.match(cell))})
        for i in range(min(sheet.width, 4))
        if i not in labels
    }
    best = max(hits, key=lambda i: hits[i], default=None)
    headers = _header_matches(sheet, first)
    return best if best is not None and hits[best] > (1 if headers else 0) else None


def _header_matches(sheet: Head, first: int) -> bool:
    return any(
        sheet.match(" ".join(cell.split())) for row in sheet.rows[max(first - HEADER_LEVELS, 0) : first] for cell in row
    )


def _period_column(sheet: Head, first: int, labels: dict[int, Role]) -> int | None:
    """The column without a header in which every filled cell is a period; a bare number is none."""
    for i in range(min(sheet.width, 4)):
        texts = [cell for cell in sheet.column(i, first) if cell.strip()]
        headed = any(row[i].strip() for row in sheet.rows[max(first - HEADER_LEVELS, 0) : first])
        if i not in labels and not headed and texts and all(as_period(c) and not has_number([c]) for c in texts):
            return i
    return None
