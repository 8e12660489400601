"""The cells of one sheet become rows: labels once per distinct text, then the values of each value column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from lib.ingest.grid import Grid
from lib.ingest.head import is_numbering
from lib.ingest.headers import QUALIFIER
from lib.ingest.shape import Column, Layout, Role
from lib.ingest.values import PLAIN_NUMBER, YES, Value, read_value
from lib.ingest.vocabulary import Vocabulary, as_cumulative, as_period, is_code, plain
from lib.model import Issue, Measure, Severity

COLUMNS = ["region", "measure", "period", "value", "sheet", "row", "column", "note", "provisional"]
# Likenesses are looked for in so many texts a sheet: each look costs milliseconds.
MOST_SUGGESTIONS = 50
_GUARD = r"^'(?=\s*[=+\-@＝＋－＠])"
CUMULATIVE = "自年初累计，记在截止的那一期"
NOTE_WORDS = ("注", "说明", "备注", "资料来源", "数据来源", "单位", "填表", "制表", "审核", "负责人", "联系")


class Reader:
    """One sheet on its way to rows: labels once per distinct text, then the values of each value column."""

    def __init__(self, grid: Grid, layout: Layout, vocabulary: Vocabulary) -> None:
        self.grid, self.layout, self.words = grid, layout, vocabulary
        self.cells = _with_merged_labels(grid, layout)
        self.issues: list[tuple[int, int, Issue]] = []
        self.measures = list(vocabulary.measures)
        self.members = [region.code for region in vocabulary.members]
        self.periods: list[str] = []
        self.suggestions = 0

    def read(self) -> tuple[pd.DataFrame, list[Issue]]:
        """The rows (with the columns percent and at for the checks) and the issues in file order."""
        values = self.layout.of(Role.VALUE)
        if self.cells.empty:
            return nothing(), []
        filled = self._filled()
        alive = np.logical_or.reduce([filled[column.at] for column in self.layout.columns])
        region = self._regions(alive, filled)
        alive = alive & (region >= 0) if self.layout.of(Role.PLACE) else alive
        period, since = self._periods(alive)
        alive = alive & (period >= 0) if self.layout.of(Role.PERIOD) else alive
        has_value = np.logical_or.reduce([filled[column.at] for column in values])
        measure = self._measures(alive & has_value)
        alive = alive & (measure >= 0) if self.layout.of(Role.MEASURE) else alive
        fitting = [column for column in values if not self._in_another_unit(column)]
        parts = [self._column(c, alive & filled[c.at], region, measure, period, since) for c in fitting]
        if not parts:
            return nothing(), [issue for _, _, issue in self.issues]
        frame = self._ordered(parts)
        self.issues.sort(key=lambda found: found[:2])
        return frame, [issue for _, _, issue in self.issues]

    def _in_another_unit(self, column: Column) -> bool:
        """Whether the header states a unit that may not be compared with the measure's; said once, not for every value."""
        measure = self.words.by_code.get(column.measure or self.layout.measure)
        if measure is None or not column.unit or read_value("1", measure, column.unit).problem == "":
            return False
        problem = read_value("1", measure, column.unit).problem
        expected = f"单位“{measure.unit}”，或说明这一列就是“{measure.unit}”"
        issue = Issue("unit-conflict", problem, column=column.name, value=column.unit, expected=expected)
        self.issues.append((-1, column.at, self.grid.issue(issue, self.layout.header, column.at)))
        return True

    def _filled(self) -> dict[int, np.ndarray]:
        """By column, the rows whose cell is not blank."""
        return {
            column.at: (self.cells.iloc[:, column.at].str.strip() != "").to_numpy(dtype=bool)
            for column in self.layout.columns
        }

    def _report(self, issue: Issue, row: int, at: int) -> None:
        """Keeps an issue with its address; `row` counts the records from 0."""
        self.issues.append((row, at, self.grid.issue(issue, row + self.layout.first, max(at, 0))))

    def _texts(self, column: Column, at: np.ndarray) -> tuple[np.ndarray, list[str]]:
        """The rows' texts of a column as positions in a list of distinct texts; -1 outside `at`."""
        codes = np.full(len(self.cells), -1, dtype=np.int64)
        found, texts = pd.factorize(self.cells.iloc[:, column.at].to_numpy(dtype=object)[at])
        codes[at] = found
        return codes, [str(text).strip() for text in texts]

    def _regions(self, alive: np.ndarray, filled: dict[int, np.ndarray]) -> np.ndarray:
        """Each row's place as a position among the members; -1 where there is none, which is reported."""
        columns = self.layout.of(Role.PLACE)
        if not columns:
            return np.full(len(self.cells), -1)
        coded = [self._texts(column, alive) for column in columns]
        keys = np.zeros(len(self.cells), dtype=np.int64)
        for codes, texts in coded:
            keys = keys * (len(texts) + 1) + codes
        found = np.full(len(self.cells), -1)
        for rows in _groups(keys, alive):
            named = [texts[codes[rows[0]]] for codes, texts in coded]
            place = self._place(named, columns)
            if isinstance(place, int):
                found[rows] = place
                continue
            for row in rows.tolist():
                self._report(self._why_not(place, row, filled), row, columns[0].at)
        return found

    def _place(self, named: list[str], columns: Sequence[Column]) -> int | Issue:
        """A member's position, or the issue that says why the row is left out."""
        regions = [region for region in map(self.words.region, named) if region is not None]
        shown = " ".join(text for text in named if text)
        strangers = [text for text in named if is_code(text) and self.words.region(text) is None]
        if len({region.code for region in regions}) == 1 and not strangers:
            return self.members.index(regions[0].code)
        column = columns[0].name
        if regions:
            message = "代码与名称不是同一地区"
            return Issue("region-conflict", message, column=column, value=shown, expected="二者一致")
        said = next((word for text in named if (word := self.words.word("region", text))), None)
        if said is not None and not said.code:
            return Issue("region-ignored", "按约定不导入", column=column, value=shown, severity=Severity.INFO)
        if any(self.words.total(text) for text in named):
            message = "是合计行，不是县（市、区），未导入"
            return Issue("total-row", message, column=column, value=shown, severity=Severity.INFO)
        names = [text for text in named if text and not text[0].isdigit()]
        similar = next((near for text in names if (near := self._similar(self.words.similar_region, text))), None)
        expected = f"参评范围内的名称或代码{f'；是不是“{similar.name}”' if similar else ''}"
        return Issue("region-unknown", "不是参评的县（市、区）", column=column, value=shown, expected=expected)

    @cached_property
    def _rows(self) -> np.ndarray:
        """The records as an array, for looking at single rows."""
        return self.cells.to_numpy(dtype=object)

    def _why_not(self, issue: Issue, row: int, filled: dict[int, np.ndarray]) -> Issue:
        """A row without a known place may be a total, a note, a repeated header or a heading within the table: no error."""
        if issue.code != "region-unknown":
            return issue
        texts = [str(cell).strip() for cell in self._rows[row]]
        values = [column.at for column in self.layout.of(Role.VALUE)]
        first = next((text for text in texts if text), "")
        empty = not any(filled[at][row] for at in values)
        total = next((text for text in texts[: min(values)] if text and self.words.total(text)), None)
        same = [texts[column.at] == column.name for column in self.layout.columns if texts[column.at]]
        if total is not None:
            found = Issue("total-row", "是合计行，不是县（市、区），未导入", column=issue.column, value=total)
        elif plain(first).startswith(NOTE_WORDS) and not any(_is_number(texts[at]) for at in values):
            found = Issue("note-row", "是表注，未导入", value=first)
        elif len(same) > 1 and all(same):
            found = Issue("header-again", "是重复的表头，未导入", value=first)
        elif sum(same) > 1 or (empty and QUALIFIER.search(first)):
            message = "像是另一张表或另起的一段，下面各行不知道属于什么"
            return Issue("second-table", message, value=first, expected="只有本期数的一张表，或分成两个工作表")
        elif empty or is_numbering(texts):
            found = Issue("heading-row", "没有数值，未导入", value=first)
        else:
            return issue
        return replace(found, severity=Severity.INFO)

    def _measures(self, at: np.ndarray) -> np.ndarray:
        """Each row's measure as a position, by its code or its name; -1 where there is none, which is reported."""
        found = np.full(len(self.cells), -1)
        columns = self.layout.of(Role.MEASURE)
        for column in columns:
            codes, texts = self._texts(column, at)
            told = np.array([self._measure_code(text) for text in texts] or [-1])[codes]
            told[~at] = -1
            for row in np.flatnonzero((told >= 0) & (found >= 0) & (told != found)):
                message, shown = "代码与名称不是同一测度", texts[codes[row]]
                issue = Issue("measure-conflict", message, column=column.name, value=shown, expected="二者一致")
                self._report(issue, int(row), column.at)
            found = np.where(found < 0, told, found)
        if columns:
            self._report_measures(columns, at & (found < 0))
        return found

    def _report_measures(self, columns: Sequence[Column], at: np.ndarray) -> None:
        """The rows whose measure nobody knows; what is said of one text is made once."""
        texts = [self.cells.iloc[:, column.at].str.strip().to_numpy(dtype=object) for column in columns]
        made: dict[str, Issue | None] = {}
        for row in np.flatnonzero(at):
            text = next((str(each[row]) for each in texts if each[row]), "")
            if text not in made:
                made[text] = self._measure_issue(columns[0], text)
            problem = made[text]
            if problem is not None:
                self._report(problem, int(row), columns[0].at)

    def _similar(self, find: Callable[[str], object], text: str) -> object:
        """A likeness, while there are not too many texts to look for one."""
        self.suggestions += 1
        return find(text) if text and self.suggestions <= MOST_SUGGESTIONS else None

    def _periods(self, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Each row's period as a position, -1 where there is none, which is reported; and whether it runs since January."""
        found, since = np.full(len(self.cells), -1), np.zeros(len(self.cells), dtype=bool)
        columns = self.layout.of(Role.PERIOD)
        if not columns:
            return found, since
        codes, texts = self._period_texts(columns, at)
        found[at] = np.array([self._period_code(text) for text in texts] or [-1])[codes[at]]
        since[at] = np.array([as_cumulative(text) is not None for text in texts] or [False])[codes[at]]
        for row in np.flatnonzero(at & (found < 0)):
            self._report(self._period_issue(columns[0], texts[codes[row]]), int(row), columns[0].at)
        return found, since

    def _period_texts(self, columns: Sequence[Column], at: np.ndarray) -> tuple[np.ndarray, list[str]]:
        """The texts of the period column; of two, year and part, what they say together."""
        codes, texts = self._texts(columns[0], at)
        if len(columns) == 1:
            return codes, texts
        more, parts = self._texts(columns[1], at)
        ending = (
            "季度" if plain(columns[1].name) == "季度" else "月" if plain(columns[1].name) in ("月", "月份") else ""
        )
        joined = [f"{_year(year)}{_part(part, ending)}" for year in texts for part in parts]
        return np.where(at, codes * len(parts) + more, -1), joined

    def _period_code(self, text: str) -> int:
        period = as_period(text) or as_cumulative(text)
        return -1 if period is None else self._period(period)

    def _period(self, period: str) -> int:
        if period not in self.periods:
            self.periods.append(period)
        return self.periods.index(period)

    def _period_issue(self, column: Column, text: str) -> Issue:
        expected = "2020、2020-H1、2020-Q3 或 2020-09"
        return Issue("period-invalid", "不是评价期", column=column.name, value=text, expected=expected)

    def _measure_code(self, text: str) -> int:
        match = self.words.match(text)
        return -1 if match is None else self.measures.index(match.measure)

    def _measure_issue(self, column: Column, text: str) -> Issue | None:
        said = self.words.word("measure", text)
        if said is not None and not said.code:
            return None
        if self.layout.turned or not self.layout.of(Role.PLACE):
            return Issue("row-unknown", "不在指标目录中，未导入", value=text, severity=Severity.WARNING)
        near = self._similar(self.words.similar_measures, text) or ()
        expected = f"测度的名称或代码{f'；是不是“{near[0].name}”' if near else ''}"
        return Issue("measure-unknown", "不在指标目录中", column=column.name, value=text, expected=expected)

    def _column(
        self,
        column: Column,
        at: np.ndarray,
        region: np.ndarray,
        measure: np.ndarray,
        period: np.ndarray,
        since: np.ndarray,
    ) -> pd.DataFrame:
        """The values of one column with everything about them, as positions."""
        rows = np.flatnonzero(at)
        measures = self._fixed(column.measure, self.layout.measure, self._measure_at, measure)[rows]
        values = self._values(column, rows, measures)
        whole = self.layout.cumulative and not column.period and not self.layout.of(Role.PERIOD)
        cumulative = np.full(len(rows), column.cumulative or whole) | since[rows]
        notes = self._notes(values, cumulative, rows)
        return pd.DataFrame(
            {
                "region": self._fixed(column.region, self.layout.region, self.members.index, region)[rows],
                "measure": measures,
                "period": self._fixed(column.period, self.layout.period, self._period, period)[rows],
                "value": values.number,
                "row": rows,
                "at": column.at,
                "note": notes,
                "provisional": values.provisional | self._said_provisional(rows),
                "percent": values.percent,
            }
        )[values.present]

    def _fixed(self, header: str, sheet: str, position: Callable[[str], int], of_rows: np.ndarray) -> np.ndarray:
        """What the header says, else what each row says, else what the sheet says, as positions."""
        name = header or ("" if (of_rows >= 0).any() else sheet)
        return np.full(len(self.cells), position(name)) if name else of_rows

    def _measure_at(self, code: str) -> int:
        return self.measures.index(self.words.by_code[code])

    def _values(self, column: Column, rows: np.ndarray, measures: np.ndarray) -> _Values:
        """The numbers of one column: plain ones at once, the others once per distinct text, measure and unit."""
        texts = self.cells.iloc[:, column.at].iloc[rows]
        units = self._units(column, rows, measures)
        found = _Values.of(len(rows))
        found.percent[units == "%"] = True
        own = np.array([plain(measure.unit) for measure in self.measures], dtype=object)
        units[units == own[measures]] = ""
        plainly = texts.str.fullmatch(PLAIN_NUMBER).to_numpy(dtype=bool) & (units == "")
        words = texts.to_numpy(dtype=object)
        found.number[plainly] = words[plainly].astype(float)
        found.present[plainly] = True
        known: dict[tuple[str, int, str], Value] = {}
        for i in np.flatnonzero(~plainly):
            key = (words[i], int(measures[i]), units[i])
            value = known.get(key)
            if value is None:
                value = known[key] = read_value(key[0], self.measures[key[1]], key[2])
            found.put(i, value)
            if value.problem:
                self._report(
                    self._not_a_number(column, words[i], value, self.measures[key[1]]), int(rows[i]), column.at
                )
        return found

    def _not_a_number(self, column: Column, text: str, value: Value, measure: Measure) -> Issue:
        unit = f"（{measure.unit}）" if measure.unit else ""
        expected = f"数字{unit}，缺失请留空"
        return Issue("value-not-number", value.problem, column=column.name, value=text.strip(), expected=expected)

    def _units(self, column: Column, rows: np.ndarray, measures: np.ndarray) -> np.ndarray:
        """The unit stated for each value outside its own cell; "" where none is."""
        units = np.full(len(rows), column.unit, dtype=object)
        stated = self.layout.of(Role.UNIT)
        if stated and not column.unit:
            units[:] = [plain(text) for text in self.cells.iloc[:, stated[0].at].iloc[rows]]
        elif self.layout.unit.units and not column.unit:
            stated_for = np.array([self.layout.unit.of(measure.unit) for measure in self.measures], dtype=object)
            units[:] = stated_for[measures]
        if self.layout.of(Role.MEASURE) and not column.unit:
            self._units_of_labels(units, rows)
        return units

    def _units_of_labels(self, units: np.ndarray, rows: np.ndarray) -> None:
        """A turned table states the unit with the measure's name: 企业开办时间（小时）."""
        for column in self.layout.of(Role.MEASURE):
            texts = self.cells.iloc[:, column.at].iloc[rows].to_numpy(dtype=object)
            matches = {text: self.words.match(str(text).strip()) for text in set(texts)}
            stated = {text: match.unit for text, match in matches.items() if match and match.unit}
            if stated:
                units[:] = [stated.get(text, unit) for text, unit in zip(texts, units, strict=True)]

    def _notes(self, values: _Values, cumulative: np.ndarray, rows: np.ndarray) -> np.ndarray:
        notes = values.note
        written = self.layout.of(Role.NOTE)
        if written:
            column = self.cells.iloc[:, written[0].at].iloc[rows].str.strip()
            # The quote that our own exports put before such a sign is no part of the note.
            texts = column.str.replace(_GUARD, "", regex=True).to_numpy(dtype=object)
            notes = np.array([_joined(*pair) for pair in zip(notes, texts, strict=True)], dtype=object)
        for i in np.flatnonzero(cumulative):
            notes[i] = _joined(notes[i], CUMULATIVE)
        return notes

    def _said_provisional(self, rows: np.ndarray) -> np.ndarray:
        columns = self.layout.of(Role.PROVISIONAL)
        if not columns:
            return np.zeros(len(rows), dtype=bool)
        return np.array([plain(text) in YES for text in self.cells.iloc[:, columns[0].at].iloc[rows]], dtype=bool)

    def _ordered(self, parts: list[pd.DataFrame]) -> pd.DataFrame:
        """All values in file order, names as categories."""
        frame = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
        if (frame[["region", "measure", "period"]] < 0).any(axis=None):
            raise ValueError("a value without a place, measure or period")
        if len(parts) > 1:
            frame = frame.iloc[np.lexsort((frame["at"], frame["row"]))]
        names = {column.at: column.name for column in self.layout.of(Role.VALUE)}
        headers, positions = np.unique(frame["at"].to_numpy(), return_inverse=True)
        return pd.DataFrame(
            {
                "region": pd.Categorical.from_codes(frame["region"].to_numpy(), self.members),
                "measure": pd.Categorical.from_codes(frame["measure"].to_numpy(), [m.code for m in self.measures]),
                "period": pd.Categorical.from_codes(frame["period"].to_numpy(), self.periods or [""]),
                "value": frame["value"].to_numpy(dtype=float),
                "sheet": pd.Categorical.from_codes(np.zeros(len(frame), dtype=int), [self.grid.sheet]),
                "row": frame["row"].to_numpy() + self.layout.first + 1,
                "column": _named(positions, [names[int(at)] for at in headers]),
                "note": pd.Categorical(frame["note"].to_numpy(dtype=object)),
                "provisional": frame["provisional"].to_numpy(dtype=bool),
                "percent": frame["percent"].to_numpy(dtype=bool),
                "at": frame["at"].to_numpy(),
            }
        )


@dataclass(frozen=True)
class _Values:
    """Arrays over the cells of one column."""

    number: np.ndarray
    present: np.ndarray
    note: np.ndarray
    percent: np.ndarray
    provisional: np.ndarray

    @classmethod
    def of(cls, size: int) -> _Values:
        flags = [np.zeros(size, dtype=bool) for _ in range(3)]
        return cls(np.full(size, np.nan), flags[0], np.full(size, "", dtype=object), flags[1], flags[2])

    def put(self, i: int, value: Value) -> None:
        if value.number is not None and not value.problem:
            self.number[i], self.present[i], self.note[i] = value.number, True, value.note
            self.percent[i] |= value.percent
            self.provisional[i] = value.provisional


def _groups(keys: np.ndarray, at: np.ndarray) -> Iterator[np.ndarray]:
    """The positions at which each distinct key stands, of those in `at`, in order of first appearance."""
    positions = np.flatnonzero(at)
    groups, distinct = pd.factorize(keys[positions])
    order = np.argsort(groups, kind="stable")
    yield from np.split(positions[order], np.searchsorted(groups[order], np.arange(1, len(distinct))))


def _with_merged_labels(grid: Grid, layout: Layout) -> pd.DataFrame:
    """The records, with the labels of merged cells written into every row they cover; merged values are left alone."""
    body = grid.cells.iloc[layout.first :]
    labels = {c.at for c in layout.of(Role.PLACE, Role.MEASURE, Role.PERIOD, Role.UNIT)}
    merged = [a for a in grid.merged if a[1] in labels and a[2] > max(a[0], layout.first - 1)]
    if merged:
        body = body.copy()
        for top, left, bottom, _ in merged:
            body.iloc[max(top - layout.first, 0) : bottom + 1 - layout.first, left] = grid.cells.iat[top, left]
    return body.reset_index(drop=True)


def _named(positions: np.ndarray, names: list[str]) -> pd.Categorical:
    """A categorical from positions in a list that may name the same thing twice."""
    distinct = list(dict.fromkeys(names))
    lookup = np.array([distinct.index(name) for name in names] or [0])
    return pd.Categorical.from_codes(lookup[positions], distinct or [""])


def _year(text: str) -> str:
    return f"{text.removesuffix('.0').rstrip('年')}年"


def _part(text: str, ending: str) -> str:
    """A quarter or month as a period has it behind the year: 3, 三, 第三季度, Q3, 9月."""
    flat = plain(text).removesuffix(".0")
    return flat if not ending or flat.endswith(("季度", "月", "半年")) or flat.startswith("q") else flat + ending


def _is_number(text: str) -> bool:
    return any(mark.isdigit() for mark in text) and as_period(text) is None


def _joined(*parts: str) -> str:
    return "；".join(part for part in parts if part)


def nothing() -> pd.DataFrame:
    return pd.DataFrame(columns=[*COLUMNS, "percent", "at"])
