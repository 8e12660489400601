"""申报表: its gaps in words, its table, and the lists that declarations stand in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from lib.model import Issue, Measure, Severity
from lib.model.declaration import HEAD, ROWS, Declaration
from lib.view import text
from lib.view.table import Table
from lib.view.tables import cells

GOALS = {"vertical_goals": "纵向", "horizontal_goals": "横向", "create_goals": "创标"}
FORM_COLUMNS = ("部分", "项目", "标杆", "内容")
MARKS = {Severity.ERROR: "◆", Severity.WARNING: "▲"}


def gaps(
    table: pd.DataFrame, measures: Mapping[str, Measure], own: str, names: Mapping[str, str], made_up: Collection[str]
) -> str:
    """From `core.compare`: a line a measure with both values, their times, and the gap or why there is none."""
    rows = [row for row in table.itertuples() if _present(row)]
    return "\n".join(_gap(row, measures[row.code], own, names, made_up) for row in rows)


def _gap(row: object, measure: Measure, own: str, names: Mapping[str, str], made_up: Collection[str]) -> str:
    ours = cells.stated(row.ours_op, row.ours, row.ours_text, row.ours_unit)  # type: ignore[attr-defined]
    theirs = cells.stated(row.op, row.value, row.text, row.unit)  # type: ignore[attr-defined]
    mine = _when(row.ours_period, row.ours_basis, row.ours_source, made_up)  # type: ignore[attr-defined]
    other = _when(row.period, row.basis, row.source, made_up)  # type: ignore[attr-defined]
    said = f"{measure.name}：{own} {ours}{mine}，{names.get(row.region, row.region)} {theirs}{other}，"  # type: ignore[attr-defined]
    verdict = _verdict(row, measure)
    if not row.comparable:  # type: ignore[attr-defined]
        verdict = f"不作比较：{verdict.removesuffix('，不作比较')}"
    return f"{said}{verdict}。"


def _present(row: object) -> bool:
    """Whether there is something of ours to look at."""
    return bool(row.ours_text) or not pd.isna(row.ours)  # type: ignore[attr-defined]


def _when(period: str, basis: str, source: str, made_up: Collection[str]) -> str:
    """（不晚于2019年10月）: when a value was so, and whether it is made up."""
    demo = any(f":{region}:" in source for region in made_up)
    said = "，".join(part for part in (cells.when(period, basis), text.DEMO if demo else "") if part)
    return f"（{said}）" if said else ""


def compared(
    table: pd.DataFrame, measures: Mapping[str, Measure], names: Mapping[str, str], made_up: Collection[str]
) -> Table:
    """From `core.compare`: 测度, 现值, 标杆, 标杆值, 比较; numbers open their source."""
    rows = list(table.itertuples())
    values = pd.DataFrame(
        {
            "测度": [measures[row.code].name for row in rows],
            "现值": [
                cells.stated(row.ours_op, row.ours, row.ours_text, row.ours_unit)
                + _when(row.ours_period, row.ours_basis, row.ours_source, made_up)
                if _present(row)
                else text.MISSING
                for row in rows
            ],
            "标杆": [names.get(row.region, row.region) for row in rows],
            "标杆值": [
                cells.stated(row.op, row.value, row.text, row.unit) + _when(row.period, row.basis, row.source, made_up)
                for row in rows
            ],
            "比较": [_verdict(row, measures[row.code]) for row in rows],
        }
    )
    sources = pd.DataFrame({"现值": [row.ours_source for row in rows], "标杆值": [row.source for row in rows]})
    return Table(values, sources=sources)


def _verdict(row: object, measure: Measure) -> str:
    """持平, 落后 1 个（50%）, or why there is no comparison; with the rule of a conversion."""
    if not row.comparable:  # type: ignore[attr-defined]
        return row.rule  # type: ignore[attr-defined]
    gap, percent = row.gap, row.gap_percent  # type: ignore[attr-defined]
    rule = f"；{row.rule}" if row.rule else ""  # type: ignore[attr-defined]
    if gap == 0:
        return f"持平{rule}"
    share = f"（{text.number(abs(percent))}%）" if percent == percent else ""
    return f"{'落后' if gap > 0 else '领先'} {text.quantity(abs(gap), measure.unit)}{share}{rule}"


def form_table(found: Mapping[str, str]) -> pd.DataFrame:
    """The form's table as it is printed: FORM_COLUMNS."""
    rows = [(row.section, row.item or row.who, row.who if row.item else "", found[row.field]) for row in ROWS]
    table = pd.DataFrame(rows, columns=list(FORM_COLUMNS))
    # A cell that stands for several rows is written once.
    pairs = table["部分"] + table["项目"]
    items = table["项目"].where(pairs != pairs.shift(), "")
    return table.assign(部分=table["部分"].where(table["部分"] != table["部分"].shift(), ""), 项目=items)


def head_line(found: Mapping[str, str]) -> str:
    """What stands above the table."""
    return "　".join(f"{label}：{found[name] or '＿＿'}" for name, label in HEAD.items())


@dataclass(frozen=True)
class Public:
    """A published declaration: its content, its indicator's name, the form's cells, the day, whether it starts from a made-up value."""

    content: Declaration
    subject: str
    cells: Mapping[str, str]
    day: str
    made_up: bool


def public_table(rows: Sequence[Public]) -> pd.DataFrame:
    """The public list: 单位, 指标, 纵向标杆, 横向标杆, 目标, 时限, 公示日."""
    return pd.DataFrame(
        {
            "单位": [row.content.unit for row in rows],
            "指标": [row.subject or text.MISSING for row in rows],
            "纵向标杆": [row.content.vertical for row in rows],
            "横向标杆": [row.content.horizontal for row in rows],
            "目标": [(f"（{text.DEMO}）" if row.made_up else "") + "；".join(_goal_lines(row.cells)) for row in rows],
            "时限": [row.cells["due"] for row in rows],
            # Dots, not hyphens: a narrow column breaks a day at its hyphens.
            "公示日": [row.day.replace("-", ".") for row in rows],
        }
    )


def _goal_lines(found: Mapping[str, str]) -> list[str]:
    """Every goal with what it is for, those for both benchmarks once."""
    lines: dict[str, list[str]] = {}
    for name, role in GOALS.items():
        for line in filter(None, found[name].splitlines()):
            lines.setdefault(line, []).append(role)
    return [f"{line}（{text.listed(roles)}）" for line, roles in lines.items()]


def version_table(rows: pd.DataFrame) -> pd.DataFrame:
    """What happened to a declaration, latest first: 版本, 时间, 经办人, 经过, 意见."""
    return pd.DataFrame(
        {
            "版本": rows["id"].astype(str),
            "时间": rows["at"].map(text.moment),
            "经办人": rows["user"],
            "经过": rows["action"],
            "意见": rows["comment"],
        }
    )


def issue_line(issue: Issue) -> str:
    """One refusal or remark in a line: ◆ 对标时限：目标没有完成日期."""
    return f"{MARKS[issue.severity]} {issue.column}：{issue.message}"
