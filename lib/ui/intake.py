"""What the pages of the way in work with: files opened and understood, questions and answers, what would change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from lib import office
from lib.core.derive import with_derived
from lib.core.difference import kept, no_longer, with_last
from lib.core.movement import compare_standings
from lib.core.score import Scores
from lib.ingest.grid import Grid
from lib.ingest.headers import without_unit
from lib.ingest.intake import Reading
from lib.ingest.shape import Column, Role
from lib.ingest.vocabulary import Vocabulary, Word, as_period, plain
from lib.model import FRACTION, Issue, Period
from lib.office import OfficeFile
from lib.snapshot import score_rows, sort_periods
from lib.store import batches, default_path
from lib.ui import loaders
from lib.view import text

COHORT = office.COUNTY_COHORT
KEY = batches.KEY
IGNORE = "不导入"
KINDS = {"measure": "列名或指标", "region": "地区"}
UNIT_CHOICES = [
    "",
    "%",
    FRACTION,
    "‰",
    "工作日",
    "小时",
    "日",
    "天",
    "元",
    "万元",
    "亿元",
    "个",
    "万个",
    "人",
    "万人",
    "件",
    "万件",
]
ROLES = {
    Role.PLACE: "地区",
    Role.MEASURE: "测度",
    Role.PERIOD: "评价期",
    Role.UNIT: "单位",
    Role.NOTE: "备注",
    Role.PROVISIONAL: "暂定",
    Role.VALUE: "数值",
    Role.IGNORED: IGNORE,
    Role.OTHER: "不是本期数",
    Role.UNKNOWN: "未识别",
}
HEAD_ROWS, HEAD_COLUMNS = 8, 40


@dataclass(frozen=True)
class Draft:
    """A file on its way in: as it was opened, as the remembered words read it, and as the answers given now read it."""

    opened: OfficeFile
    remembered: Reading
    reading: Reading


@st.cache_resource(max_entries=16, show_spinner=False)
def open_file(sha256: str, _data: bytes, name: str) -> OfficeFile:
    """A file opened once for a session's many reruns; the hash stands for the content."""
    return office.open_file(_data, name)


@st.cache_resource(max_entries=32, show_spinner=False)
def _understood(
    version: str,
    sha256: str,
    name: str,
    department: str,
    period: str,
    sheets: tuple[str, ...],
    said: tuple,
    _file: OfficeFile,
) -> Reading:
    words = office.vocabulary(default_path(), department, {key: Word(*word) for key, word in said})
    return office.understand(_file, words, period or None, sheets or None)


def draft(
    version: str, opened: OfficeFile, department: str, period: str, sheets: Sequence[str], said: office.Said
) -> Draft:
    """A file as it is understood, with and without the answers given on the page."""
    given = tuple(sorted((key, (word.code, word.unit)) for key, word in said.items()))
    key = (version, opened.sha256, opened.name, department, period, tuple(sheets))
    before = _understood(*key, (), opened)
    return Draft(opened, before, _understood(*key, given, opened) if given else before)


def opened_files(files: Iterable[object], progress: Callable[[float, str], object]) -> list[OfficeFile]:
    """The uploaded files, opened one after the other with a word on the progress; of the same content the first only."""
    files = list(files)
    found: dict[str, OfficeFile] = {}
    for i, file in enumerate(files):
        name, data = file.name, file.getvalue()  # type: ignore[attr-defined]
        progress(i / len(files), f"正在读 {name}（{i + 1}/{len(files)}）")
        sha256 = office.digest(data)
        found.setdefault(sha256, open_file(sha256, data, name))
    return list(found.values())


def asked_period(text: str) -> str | None:
    """A period as an office writes it; None when it is none."""
    return as_period(text)


@st.cache_resource(max_entries=4, show_spinner=False)
def _words(version: str, department: str) -> Vocabulary:
    return office.vocabulary(default_path(), department)


def measure_labels(version: str) -> dict[str, str]:
    """What a measure is called in a list, by code: its name and unit; the code too where two share a name."""
    measures = loaders.load_catalog(version).measures.values()
    names = pd.Series([measure.name for measure in measures]).value_counts()
    return {m.code: f"{m.name}（{m.unit or '无单位'}）" + (f" {m.code}" if names[m.name] > 1 else "") for m in measures}


def questions(version: str, drafts: Sequence[Draft], department: str) -> pd.DataFrame:
    """What the files say that is not understood or not clear: kind, text, 建议 (a label, never taken by itself), 识别为, 单位."""
    words = _words(version, department)
    labels = measure_labels(version)
    found: dict[tuple[str, str], dict[str, str]] = {}
    for each in drafts:
        for sheet in each.remembered.sheets:
            for column in sheet.layout.of(Role.UNKNOWN):
                near = words.similar_measures(column.name, 1)
                _ask(found, "measure", column.name, labels[near[0].code] if near else "")
        for issue in each.remembered.issues:
            if issue.code in ("measure-unknown", "row-unknown") and issue.value:
                near = words.similar_measures(issue.value, 1)
                _ask(found, "measure", issue.value, labels[near[0].code] if near else "")
            elif issue.code == "unit-question":
                match = words.match(issue.column)
                _ask(found, "measure", issue.column, labels[match.measure.code] if match else "")
            elif issue.code == "unit-conflict":
                bare = words.match(without_unit(issue.column)[0])
                _ask(found, "measure", issue.column, labels[bare.measure.code] if bare else "")
            elif issue.code == "region-unknown" and issue.value:
                text = re.sub(r"^\d{6,12}(\.0)?\s+", "", issue.value)
                region = words.similar_region(text)
                _ask(found, "region", text, region.name if region else "")
    rows = [{"kind": kind, "text": text, **answer} for (kind, text), answer in found.items()]
    return pd.DataFrame(rows, columns=["kind", "text", "建议", "识别为", "单位"])


def _ask(found: dict[tuple[str, str], dict[str, str]], kind: str, text: str, suggestion: str) -> None:
    found.setdefault((kind, text), {"建议": suggestion, "识别为": "", "单位": ""})


def answers(version: str, answered: pd.DataFrame) -> dict[tuple[str, str], Word]:
    """What was said of each word in the table of questions; rows without an answer say nothing."""
    book = loaders.load_catalog(version)
    codes = {
        "measure": {label: code for code, label in measure_labels(version).items()},
        "region": {region.name: code for code, region in book.regions.items()},
    }
    said = {}
    for row in answered.itertuples():
        choice = row.识别为 or ""
        if choice == IGNORE:
            said[row.kind, plain(row.text)] = Word("")
        elif choice in codes[row.kind]:
            said[row.kind, plain(row.text)] = Word(codes[row.kind][choice], row.单位 or "")
    return said


def department_in(version: str, drafts: Sequence[Draft]) -> str:
    """The one department whose name a file's name or its first rows contain; "" where there is none or several."""
    departments = loaders.load_catalog(version).departments
    texts = [each.opened.name for each in drafts]
    texts += [str(c) for d in drafts for g in d.opened.grids for row in g.cells.head(HEAD_ROWS).to_numpy() for c in row]
    found = {code for code, name in departments.items() if any(_bare(name) in text for text in texts)}
    return found.pop() if len(found) == 1 else ""


def _bare(name: str) -> str:
    """市税务局 as others write it: 税务局."""
    return name.removeprefix("市") if len(name) > 3 else name


def head(opened: OfficeFile, reading: Reading, version: str) -> list[tuple[str, pd.DataFrame]]:
    """The first rows of every sheet that is a table, each column under its letter and what it was taken for."""
    labels = measure_labels(version)
    names = loaders.load_catalog(version).short_names
    grids = {grid.sheet: grid for grid in opened.grids}
    shown = []
    for sheet in reading.sheets:
        grid, layout = grids[sheet.sheet], sheet.layout
        columns = [column for column in layout.columns if column.role is not Role.IGNORED][:HEAD_COLUMNS]
        part = grid.cells.iloc[layout.header : layout.first + HEAD_ROWS, [column.at for column in columns]]
        part.columns = pd.Index([f"{letter(column.at)}　{_taken_for(column, labels, names)}" for column in columns])
        part.index = pd.Index([str(i + 1) for i in range(layout.header, layout.header + len(part))], name="行")
        shown.append((sheet.sheet, part))
    return shown


def _taken_for(column: Column, labels: Mapping[str, str], names: Mapping[str, str]) -> str:
    measure = labels.get(column.measure, "")
    if measure and column.unit:
        measure = f"{measure.removesuffix('）')}，原表 {column.unit}）"
    period = Period.parse(column.period).label if column.period else ""
    said = [measure, names.get(column.region, ""), period]
    return " ".join(part for part in said if part) or ROLES[column.role]


def letter(at: int) -> str:
    """A column's letters in a spreadsheet: 0 is A, 26 is AA."""
    return letter(at // 26 - 1) + chr(65 + at % 26) if at > 25 else chr(65 + at)


def together(drafts: Sequence[Draft]) -> pd.DataFrame:
    """The rows of all files, each with its file."""
    return pd.concat(
        [each.reading.rows.assign(file=each.opened.name).astype(dict.fromkeys(batches.KEY, str)) for each in drafts],
        ignore_index=True,
    )


def between_files(drafts: Sequence[Draft]) -> list[Issue]:
    """Values that two of the files state differently: nobody can say which one holds."""
    rows = together(drafts)
    first = rows.drop_duplicates(batches.KEY)[[*batches.KEY, "file", "value"]]
    rows = rows.merge(first, on=batches.KEY, how="left", suffixes=("", "_other"))
    twice = rows[(rows["file"] != rows["file_other"]) & (rows["value"] != rows["value_other"])]
    return [
        Issue(
            "duplicate",
            f"同一地区、测度、评价期在《{row.file_other}》里是 {_shown(row.value_other)}",
            file=row.file,
            sheet=str(row.sheet),
            row=int(row.row),
            column=str(row.column),
            value=_shown(row.value),
            expected="两个文件一致，或只留一个",
        )
        for row in twice.itertuples()
    ]


def _shown(value: float) -> str:
    return repr(value).removesuffix(".0")


def sheets_to_mark(opened: OfficeFile) -> dict[str, pd.DataFrame]:
    """The file's text cells by sheet, for the marked-up workbook."""
    return {grid.sheet: grid.cells for grid in opened.grids}


def uploads(drafts: Sequence[Draft], department: str, note: str) -> list[batches.Upload]:
    """The files that bring values, ready to be published."""
    return [
        office.upload(each.opened, each.reading, department=department, note=note)
        for each in drafts
        if not each.reading.rows.empty
    ]


@dataclass(frozen=True)
class Effect:
    """One framework's total in one period: standings after beside those before; `made_up`: those before were a demonstration, which
    retires; `partial`: that those after rest on some of the measures alone."""

    framework: str
    period: str
    rows: pd.DataFrame
    made_up: bool
    partial: str


@dataclass(frozen=True)
class Change:
    """What publishing would do: rows beside what stands, values that the period before had or that go on standing, how many
    demonstration values retire, standings before and after."""

    compared: pd.DataFrame
    gone: pd.DataFrame
    kept: pd.DataFrame
    retired: int
    effects: tuple[Effect, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, unchanged."""
        return {str(state): int(n) for state, n in self.compared["state"].value_counts().items()}


@st.cache_resource(max_entries=4, show_spinner=False)
def change(version: str, key: tuple[object, ...], _uploads: Sequence[batches.Upload]) -> Change:
    """What publishing the uploads would change; `key` stands for them."""
    path = default_path()
    rows = pd.concat([upload.rows.astype(dict.fromkeys(batches.KEY, str)) for upload in _uploads], ignore_index=True)
    standing = loaders.load_observations(version)
    compared = with_last(batches.compare(path, rows), standing)
    after = batches.current_if_published(path, _uploads)
    retired = int((batches.current(path)["kind"] == "demo").sum() - (after["kind"] == "demo").sum())
    gone, stays = no_longer(compared, standing), kept(compared, standing)
    return Change(compared, gone, stays, retired, tuple(_effects(version, after, compared)))


def _effects(version: str, after: pd.DataFrame, compared: pd.DataFrame) -> Iterable[Effect]:
    """Each framework and period whose totals the uploads touch, with the standings after beside those before."""
    book = loaders.load_catalog(version)
    after = with_derived(after, book.measures.values())
    moved = compared[compared["state"] != "unchanged"]
    periods = sort_periods([str(period) for period in moved["period"].unique()])
    for code in book.trees:
        now, then = loaders.load_scores(version, code), score_rows(book, after, code)
        for period in periods:
            if then is None or period not in then.panel.periods:
                continue
            root = then.framework.root.code
            new = then.at(period).standing(root)
            # Made-up values leave only with a value of one of their own measures: a file of others leaves them where they are.
            retires = _made_up(loaders.load_observations(version), then, period) and not _made_up(after, then, period)
            known = now is not None and period in now.panel.periods and not retires
            rows = compare_standings(new, now.at(period).standing(root) if known and now is not None else new.iloc[:0])
            if retires or not rows["score"].equals(rows["score_before"]):
                partial = text.partial(then.panel.filled(period), len(then.panel.measures))
                yield Effect(code, period, rows, retires, partial)


def _made_up(rows: pd.DataFrame, scores: Scores, period: str) -> bool:
    """Whether a value behind a framework's scores in a period is made up."""
    behind = rows["measure"].isin(scores.framework.leaves) & (rows["period"] == period)
    return bool((rows.loc[behind, "kind"] == "demo").any())


def publish(
    drafts: Sequence[Draft], department: str, said: office.Said, *, user: str, note: str, due: str
) -> list[tuple[str, batches.Receipt]]:
    """Publishes the files (now, or on the day `due`) and remembers what was said for the department."""
    path = default_path()
    ready = uploads(drafts, department, note)
    receipts = batches.publish_all(path, ready, user=user, due=due)
    if said and department:
        office.remember(path, department, said, user=user)
    return [(upload.file, receipt) for upload, receipt in zip(ready, receipts, strict=True)]


def first_rows(grid: Grid) -> pd.DataFrame:
    """A sheet's first rows as they are, for a file in which no table was found."""
    part = grid.cells.iloc[:HEAD_ROWS, :HEAD_COLUMNS]
    part.columns = pd.Index([letter(i) for i in range(part.shape[1])])
    part.index = pd.Index([str(i + 1) for i in range(len(part))], name="行")
    return part
