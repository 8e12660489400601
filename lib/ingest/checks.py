"""What is wrong or doubtful about the rows of a sheet as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from lib.ingest.cells import CUMULATIVE, NOTE_WORDS
from lib.ingest.grid import Grid
from lib.ingest.shape import Layout, Role
from lib.ingest.vocabulary import Vocabulary, plain
from lib.model import FRACTION, Issue, Severity

# Of one kind of problem so many are listed; the rest are counted.
MOST_OF_A_KIND = 1_000
# Of at least so many places, so many times the value in the middle.
FEWEST, FAR = 5, 100


def without_header(grid: Grid, layout: Layout) -> Iterator[Issue]:
    """Columns that hold something under no header; behind the last header of a text, often an unquoted thousands comma."""
    last = max((column.at for column in layout.columns if column.name), default=-1)
    for column in layout.of(Role.UNKNOWN):
        if column.name:
            continue
        body = grid.cells.iloc[layout.first :, column.at].str.strip()
        noted = body.str.startswith(NOTE_WORDS)
        filled = np.flatnonzero((body != "") & ~noted)
        if not len(filled):
            continue
        row = layout.first + int(filled[0])
        value = str(body.iloc[filled[0]])
        message = f"第 {column.at + 1} 列没有表头却有内容（{len(filled)} 处）"
        expected = "每列都有表头；数值里的千位逗号要加引号或去掉"
        severity = Severity.WARNING if grid.sheet or column.at < last else Severity.ERROR
        issue = Issue("column-unnamed", message, value=value, expected=expected, severity=severity)
        yield grid.issue(issue, row, column.at)


def double(rows: pd.DataFrame, grid: Grid) -> list[Issue]:
    """The rows that state a region, measure and period a second time."""
    if rows.empty:
        return []
    key = np.zeros(len(rows), dtype=np.int64)
    for name in ("region", "measure", "period"):
        codes = rows[name].cat.codes.to_numpy(dtype=np.int64)
        key = key * (len(rows[name].cat.categories) + 1) + codes
    repeated = rows[pd.Series(key, index=rows.index).duplicated()]
    return [
        Issue(
            "duplicate",
            "同一地区、测度、评价期重复",
            file=grid.file,
            sheet=str(row.sheet),
            row=int(row.row),
            column=str(row.column),
            value=repr(row.value).removesuffix(".0"),
            expected="只出现一次",
            position=int(row.at) + 1 if row.at >= 0 else None,
        )
        for row in repeated.itertuples()
    ]


def converted(rows: pd.DataFrame, grid: Grid) -> Iterator[Issue]:
    """What was converted or is cumulative, a line a column and rule; notes that the file itself gives are not told."""
    told = rows[rows["note"] != ""] if len(rows) else rows
    for (column, note), part in told.groupby(["column", "note"], sort=False, observed=True):
        for rule in str(note).split("；"):
            if rule == CUMULATIVE:
                message, severity = f"{len(part)} 个数值{CUMULATIVE}，与单季、单月的数不可直接比较", Severity.WARNING
            elif _is_rule(rule):
                message, severity = f"{len(part)} 个数值{rule}", Severity.INFO
            else:
                continue
            yield grid.issue(Issue("converted", message, column=str(column), severity=severity))


def _is_rule(note: str) -> bool:
    return (any(word in note for word in ("换算", "折算", "日计", "个数计", " 计")) and "“" in note) or "折算" in note


def fractions(rows: pd.DataFrame, grid: Grid, layout: Layout, vocabulary: Vocabulary) -> Iterator[Issue]:
    """Measures in percent with values that may be fractions: a question to be answered."""
    if rows.empty:
        return
    stated = {column.name for column in layout.of(Role.VALUE) if column.unit or _says_percent(column.name, vocabulary)}
    for code, part in rows.groupby("measure", sort=False, observed=True):
        measure, name = vocabulary.by_code[str(code)], str(part["column"].iloc[0])
        if measure.unit != "%" or name in stated:
            continue
        signed, bare = part.loc[part["percent"], "value"], part.loc[~part["percent"], "value"]
        if not _like_fractions(bare, signed):
            continue
        where = part.loc[bare.index[0]]
        mixed = f"有 {len(signed)} 个带 %，{len(bare)} 个不带 % 且不大于 1" if len(signed) else "的数值都在 0 与 1 左右"
        message = f"“{measure.name}”{mixed}，单位却是 %：不知道是百分数还是小数"
        issue = Issue("unit-question", message, column=name, expected=f"说明单位：{FRACTION} 或 %，或给每个数写上 %")
        yield grid.issue(issue, int(where["row"]) - 1 if len(signed) else None, int(where["at"]))


def _like_fractions(bare: pd.Series, signed: pd.Series) -> bool:
    """Whether values without a % sign may be fractions: all about 0 to 1, not whole, and beside signed ones that are larger."""
    if bare.empty or not (bare.abs() % 1 > 0).any():
        return False
    if len(signed):
        return bool((bare.abs() <= 1).all() and signed.abs().median() > 1)
    return len(bare) > 1 and bool(bare.between(0, 1.5).all() and (bare <= 1).mean() > 0.5)


def _says_percent(name: str, vocabulary: Vocabulary) -> bool:
    said = vocabulary.word("measure", name)
    return (said is not None and said.unit == "%") or plain(name).endswith(("(%)", "[%]"))


def apart(rows: pd.DataFrame, grid: Grid, vocabulary: Vocabulary) -> Iterator[Issue]:
    """Values beyond anything that the other places of a measure and period have, as of a wrong unit or a slipped digit."""
    if rows.empty:
        return
    groups = rows.groupby(["measure", "period"], sort=False, observed=True)["value"]
    middle = groups.transform("median")
    far = (groups.transform("count") >= FEWEST) & (middle > 0) & (rows["value"] > FAR * middle)
    for row, usual in zip(rows[far].itertuples(), middle[far], strict=True):
        name = vocabulary.by_code[str(row.measure)].name
        message = f"“{name}”的这个数是表里各地中位数（{usual:g}）的 {row.value / usual:.0f} 倍"
        expected = "请核对单位和小数点；一个地方的极端值会压低其他地方之间的差别"
        issue = Issue(
            "value-apart",
            message,
            column=str(row.column),
            value=f"{row.value:.12g}",
            expected=expected,
            severity=Severity.WARNING,
        )
        yield grid.issue(issue, int(row.row) - 1, int(row.at) if row.at >= 0 else None)


def shortened(issues: Sequence[Issue]) -> list[Issue]:
    """At most so many of one kind, then one that counts the rest."""
    shown: dict[str, int] = {}
    kept: list[Issue] = []
    last: dict[str, Issue] = {}
    for issue in issues:
        shown[issue.code] = shown.get(issue.code, 0) + 1
        if shown[issue.code] <= MOST_OF_A_KIND:
            kept.append(issue)
        last[issue.code] = issue
    for code, count in shown.items():
        if count > MOST_OF_A_KIND:
            rest = replace(last[code], row=None, column="", value=None, expected="", position=None)
            kept.append(replace(rest, message=f"另有 {count - MOST_OF_A_KIND} 处同样的问题（{last[code].message}）"))
    return kept
