"""The office's door: a file is opened, understood in a department's words, and published; pages, command line and seed alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath

import pandas as pd

from lib.export.template import template
from lib.ingest.grid import Grid
from lib.ingest.intake import Reading, merge, read_table
from lib.ingest.table import read_grids
from lib.ingest.vocabulary import Vocabulary, Word
from lib.model import Issue, Period, Severity, UserError
from lib.store import batches, catalog
from lib.store import words as memory
from lib.store.events import today
from lib.store.files import digest

COUNTY_COHORT = "pds-12"
Said = Mapping[tuple[str, str], Word]


@dataclass(frozen=True)
class OfficeFile:
    """A file as it came and as it was opened: sheets of text cells, or the issues for which it was refused."""

    name: str
    data: bytes
    sha256: str
    grids: tuple[Grid, ...] = ()
    refused: tuple[Issue, ...] = ()


def open_file(data: bytes, name: str, sheet: str | None = None) -> OfficeFile:
    """Opens a file; what cannot be opened has its reasons in `refused`."""
    # A name that is no UTF-8 comes with marks that no database and no terminal takes.
    name = name.encode("utf-8", "replace").decode("utf-8")
    opened = OfficeFile(PurePath(name).name, data, digest(data))
    try:
        return replace(opened, grids=tuple(read_grids(data, name, sheet)))
    except UserError as error:
        return replace(opened, refused=tuple(error.issues))


def vocabulary(path: Path, department: str = "", said: Said | None = None) -> Vocabulary:
    """What an intake for the county cohort recognises: the catalogue, what was remembered for a department (before what was
    remembered for everyone), and what is said now."""
    regions = catalog.regions(path)
    members = catalog.cohorts(path)[COUNTY_COHORT].members
    wider = tuple(region for region in regions.values() if region.level in {"nation", "province", "city"})
    remembered = {(row.kind, row.text): Word(row.code, row.unit) for row in memory.words(path, department).itertuples()}
    return Vocabulary(
        tuple(regions[code] for code in members),
        wider,
        tuple(catalog.measures(path).values()),
        {**remembered, **(said or {})},
    )


def understand(
    opened: OfficeFile, words: Vocabulary, period: str | None = None, sheets: Sequence[str] | None = None
) -> Reading:
    """What the chosen sheets of an opened file say; none chosen: all that the workbook shows."""
    if opened.refused:
        return Reading(merge([]).rows, opened.refused)
    shown = [grid for grid in opened.grids if not grid.hidden]
    grids = [g for g in opened.grids if g.sheet in sheets] if sheets else shown or list(opened.grids)
    reading = merge([read_table(grid, words, period) for grid in grids])
    passed = [grid for grid in opened.grids if grid.hidden and grid not in grids] if not sheets else []
    remark = Issue("sheet-hidden", "是隐藏的工作表，没有读；要读请选中它", severity=Severity.INFO)
    more = (*(grid.issue(remark) for grid in passed), *_ahead(reading, opened.name))
    return replace(reading, issues=(*reading.issues, *more))


def _ahead(reading: Reading, file: str) -> Iterator[Issue]:
    """Periods that have not begun: no value of one is known yet; and those that have not ended."""
    now = date.fromisoformat(today())
    for code in reading.rows["period"].unique():
        period = Period.parse(str(code))
        if period.start > now:
            said, wanted = (
                f"评价期 {period.label}还没有开始（今天是 {now}）",
                "已经开始的评价期；要定的数请到“目标进度”添加",
            )
            yield Issue("period-ahead", said, file=file, expected=wanted)
        elif period.end >= now:
            said = f"评价期 {period.label}还没有结束，数值以后还会变"
            yield Issue("period-running", said, file=file, severity=Severity.WARNING)


def upload(opened: OfficeFile, reading: Reading, *, department: str = "", note: str = "") -> batches.Upload:
    """A file that was understood, ready for `batches.publish_all`."""
    return batches.Upload(reading.rows, opened.name, opened.sha256, opened.data, department, note)


def form(path: Path, framework: str, period: str, *, prefilled: bool) -> bytes:
    """The XLSX form of a framework and period, with the real values that stand if wanted. UserError for an unknown framework."""
    known = catalog.table(path, "framework").set_index("code")
    if framework not in known.index:
        raise UserError(f'没有指标体系 "{framework}"（期望：{"、".join(known.index)}）')
    about, regions = known.loc[framework], catalog.regions(path)
    members = [regions[code] for code in catalog.cohorts(path)[str(about["cohort"])].members]
    rows = (
        batches.current(path) if prefilled else pd.DataFrame(columns=["region", "measure", "period", "value", "kind"])
    )
    rows = rows[(rows["period"] == period) & (rows["kind"] == "real")]
    present = dict(zip(zip(rows["region"], rows["measure"], strict=True), rows["value"], strict=True))
    when = Period.parse(period)
    title = f"{about['name']}填报表（{when.label}）"
    tree, measures = catalog.framework(path, framework), catalog.measures(path)
    return template(tree, measures, members, when, title=title, present=present)


def remember(path: Path, department: str, said: Said, *, user: str) -> None:
    """Keeps what was said of single words for a department's next file."""
    memory.remember(path, department, {key: (word.code, word.unit) for key, word in said.items()}, user=user)
