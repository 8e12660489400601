"""The strict tables of the `score` command: a framework file and a tidy observations file."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import pandas as pd

from lib.ingest.grid import Grid
from lib.ingest.table import read_grids
from lib.model import (
    FRAMEWORK_COLUMNS,
    OBSERVATION_COLUMNS,
    Direction,
    Framework,
    Issue,
    Node,
    Period,
    Severity,
    UserError,
)
from lib.model.framework import problems

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_OPTIONAL = {"power", "unit", "name"}


def read_framework(data: bytes, name: str) -> tuple[Framework, list[Issue]]:
    """A framework file (code,parent,name,weight,direction,best,worst,unit[,power]) and its warnings.

    UserError carries every problem with its row and column. An empty weight or power is 1.
    """
    grid = read_grids(data, name)[0]
    rows = _records(grid, required=[c for c in FRAMEWORK_COLUMNS if c not in _OPTIONAL])
    issues: list[Issue] = []
    nodes = [_node(row, grid, index, issues) for index, row in zip(rows.index, rows.to_dict("records"), strict=True)]
    found = [grid.issue(issue, None if issue.row is None else int(rows.index[issue.row])) for issue in problems(nodes)]
    # A cell that could not be read is one problem, not also a missing value.
    unread = {(issue.row, issue.column) for issue in issues}
    issues += [issue for issue in found if (issue.row, issue.column) not in unread]
    _stop_on_errors(issues)
    return Framework(tuple(nodes)), issues


def read_observations(data: bytes, name: str, measures: Sequence[str]) -> pd.DataFrame:
    """A tidy observations file as region, measure, period, value; an empty value is missing (NaN).

    UserError carries every problem with its row and column: an unknown measure, text in a number, a period that
    is none, an empty region, the same region, measure and period twice. `NA` is text like any other.
    """
    grid = read_grids(data, name)[0]
    rows = _records(grid, required=OBSERVATION_COLUMNS).loc[:, list(OBSERVATION_COLUMNS)]
    issues: list[Issue] = []

    def report(at: pd.Series, column: str, code: str, message: str, expected: str) -> None:
        for index in rows.index[at.to_numpy()]:
            issues.append(
                grid.issue(Issue(code, message, column=column, value=rows.at[index, column], expected=expected), index)
            )

    report(rows["region"] == "", "region", "region-missing", "地区代码为空", "地区代码")
    report(
        ~rows["measure"].isin(measures), "measure", "measure-unknown", "不是指标体系中的测度", "指标体系中的末级代码"
    )
    known = {text: _is_period(text) for text in rows["period"].unique()}
    report(~rows["period"].map(known), "period", "period-invalid", "不是评价期", "2020、2020-H1、2020-Q3 或 2020-09")
    value = pd.to_numeric(rows["value"].where(rows["value"] != "", None), errors="coerce")
    finite = value.abs() < math.inf
    report((rows["value"] != "") & ~finite, "value", "value-not-number", "不是数字", "数字，空为缺失")
    double = rows.duplicated(["region", "measure", "period"], keep="first")
    report(double, "region", "duplicate", "同一地区、测度、评价期重复", "每个地区、测度、评价期一行")
    _stop_on_errors(issues)
    return rows.assign(value=value.astype(float)).reset_index(drop=True)


def _records(grid: Grid, required: Sequence[str]) -> pd.DataFrame:
    """The rows under the header, stripped, blank rows dropped; the index is the row's position in the file."""
    cells = grid.cells
    header = [str(cell).strip() for cell in cells.iloc[0]] if len(cells) else []
    missing = [column for column in required if column not in header]
    if missing:
        raise UserError(
            grid.issue(
                Issue("column-missing", f"缺少列 {'、'.join(missing)}", expected=f"第一行为列名：{','.join(required)}"),
                0,
            )
        )
    double = [column for column in set(header) if column and header.count(column) > 1]
    if double:
        raise UserError(
            grid.issue(Issue("column-duplicate", f"列名重复：{'、'.join(double)}", expected="列名各不相同"), 0)
        )
    rows = cells.iloc[1:].copy()
    rows.columns = pd.Index(header)
    rows = rows.apply(lambda column: column.str.strip())
    return rows[(rows != "").any(axis=1)]


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True


def _node(row: dict[str, str], grid: Grid, index: int, issues: list[Issue]) -> Node:
    def number(column: str) -> float | None:
        text = row.get(column, "")
        if text == "":
            return None
        value = float(text) if _NUMBER.fullmatch(text) else math.nan
        if not math.isfinite(value):
            issues.append(
                grid.issue(
                    Issue("value-not-number", "不是数字", column=column, value=text, expected="数字，或留空"), index
                )
            )
            return None
        return value

    direction = None
    if row["direction"]:
        try:
            direction = Direction(row["direction"])
        except ValueError:
            issues.append(
                grid.issue(
                    Issue(
                        "direction-unknown",
                        "不是方向",
                        column="direction",
                        value=row["direction"],
                        expected="higher 或 lower",
                    ),
                    index,
                )
            )
    weight, power = number("weight"), number("power")
    return Node(
        code=row["code"],
        parent=row["parent"],
        name=row.get("name", "") or row["code"],
        weight=1.0 if weight is None else weight,
        direction=direction,
        best=number("best"),
        worst=number("worst"),
        unit=row.get("unit", ""),
        power=1.0 if power is None else power,
        lead=_listed(row.get("lead", "")),
        helpers=_listed(row.get("helpers", "")),
        bounds_basis=row.get("bounds_basis", ""),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def _stop_on_errors(issues: list[Issue]) -> None:
    errors = [issue for issue in issues if issue.severity is Severity.ERROR]
    if errors:
        raise UserError(sorted(errors, key=lambda issue: issue.row or 0))
