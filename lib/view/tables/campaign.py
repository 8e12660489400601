"""A campaign: chart data and tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pandas as pd

from lib.model import Measure, Period
from lib.model.campaign import Campaign
from lib.view import text
from lib.view.charts.campaign import DUE, PHASE, TODAY
from lib.view.table import Number, Table

MARKS = {"按时": "●", "迟报": "▲", "逾期未报": "◆", "未到期": "○"}
BEFORE, HIDDEN = "公示前", "未公示"
FORM = "申报表"


def short(day: date) -> str:
    """3月31日."""
    return f"{day.month}月{day.day}日"


def _at(day: date) -> float:
    """A day for an axis of time, in milliseconds."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000


def phase_rows(campaign: Campaign, day: date) -> pd.DataFrame:
    """Chart data for `charts.phases`: a bar a phase, a mark a day when something is due, the day looked at (within the campaign)."""
    spans = [
        (each.name, PHASE, each.start, each.end, f"{text.date_words(each.start)}—{text.date_words(each.end)}")
        for each in campaign.phases
    ]
    dues = [
        (phase.name, DUE, due, due, short(due))
        for due in (campaign.filing_due, *campaign.reports_due)
        if (phase := campaign.phase(due)) is not None
    ]
    inside = campaign.phases[0].start <= day <= campaign.end
    now = [(campaign.phases[0].name, TODAY, day, day, f"截至 {short(day)}")] if inside else []
    table = pd.DataFrame(spans + dues + now, columns=["label", "role", "starts", "ends", "shown"])
    return table.assign(starts=table["starts"].map(_at), ends=table["ends"].map(_at))


def phase_table(campaign: Campaign) -> pd.DataFrame:
    """阶段, 起止, 做什么, 原文; what no phase says is left out."""
    table = pd.DataFrame(
        {
            "阶段": [each.name for each in campaign.phases],
            "起止": [f"{text.date_words(each.start)}—{text.date_words(each.end)}" for each in campaign.phases],
            "做什么": [each.task for each in campaign.phases],
            "原文": [each.quote for each in campaign.phases],
        }
    )
    return table.loc[:, (table != "").any()]


def board_rows(board: pd.DataFrame) -> pd.DataFrame:
    """Chart data for `charts.progress_bars` from `campaign.board`."""
    return pd.DataFrame(
        {
            "label": [_placed(row) for row in board.itertuples()],
            "value": board["progress"] * 100,
            "shown": [_come(row) for row in board.itertuples()],
        }
    )


def _placed(row: object) -> str:
    return row.unit if pd.isna(row.rank) else f"{int(row.rank)}　{row.unit}"  # type: ignore[attr-defined]


def _come(row: object) -> str:
    """85%（2/3 个目标已达到）; says when some goals could not be counted."""
    if pd.isna(row.progress):  # type: ignore[attr-defined]
        return "○ 无进展数据"
    whole = f"{row.reached}/{row.goals} 个目标已达到"  # type: ignore[attr-defined]
    left = row.goals - row.counted  # type: ignore[attr-defined]
    missing = f"，{left} 个缺数未计" if left else ""
    return f"{text.number(row.progress * 100, 0)}%（{whole}{missing}）"  # type: ignore[attr-defined]


def matrix_rows(
    filed: pd.DataFrame, reported: pd.DataFrame, campaign: Campaign, labels: Mapping[int, str]
) -> pd.DataFrame:
    """Chart data for `charts.report_matrix`: the form, then every report, a row a declaration in the order of `labels`."""
    heads = {due: f"{short(due)}进展" for due in campaign.reports_due}
    stands = {(row.id, f"{FORM}（{short(row.due)}前）"): row for row in filed.itertuples()}
    stands |= {(row.id, heads[row.due]): row for row in reported.itertuples()}
    public = set(reported["id"])
    columns = [f"{FORM}（{short(campaign.filing_due)}前）", *heads.values()]
    rows = [
        (label, column, *_cell(stands.get((number, column)), BEFORE if number in public else HIDDEN))
        for number, label in labels.items()
        for column in columns
    ]
    return pd.DataFrame(rows, columns=["label", "period", "state", "words"])


def _cell(row: object | None, otherwise: str) -> tuple[str, str]:
    if row is None:
        return otherwise, f"— {otherwise}"
    state = str(row.status)  # type: ignore[attr-defined]
    days = f" {row.late} 天" if row.late else ""  # type: ignore[attr-defined]
    return state, f"{MARKS[state]} {state}{days}"


def goal_table(goals: pd.DataFrame, measures: Mapping[str, Measure]) -> Table:
    """单位, 测度, 目标来自, 原来, 目标, 现在, 走完（%）, 情况 from `campaign.advance`; the value before opens its source.

    In also: unit, roles (words), period (words), made_up, source.
    """

    def value(row: object, number: float) -> str:
        measure = measures[row.measure]  # type: ignore[attr-defined]
        return text.quantity(number, measure.unit)

    def goal(row: object) -> str:
        sign = "≤" if row.direction == "lower" else "≥"  # type: ignore[attr-defined]
        return f"{sign} {value(row, row.goal)}"  # type: ignore[attr-defined]

    def before(row: object) -> str:
        if pd.isna(row.baseline):  # type: ignore[attr-defined]
            return "没有原值"
        kind = f"，{text.DEMO}" if row.made_up else ""  # type: ignore[attr-defined]
        return f"{value(row, row.baseline)}（{_when(row.period)}{kind}）"  # type: ignore[attr-defined]

    rows = list(goals.itertuples())
    values = pd.DataFrame(
        {
            "单位": [row.unit for row in rows],
            "测度": [measures[row.measure].name for row in rows],
            "目标来自": [row.roles for row in rows],
            "原来": [before(row) for row in rows],
            "目标": [goal(row) for row in rows],
            "现在": [value(row, row.now) if pd.notna(row.now) else "没有报" for row in rows],
            "走完（%）": [row.share * 100 for row in rows],
            "情况": [_verdict(row) for row in rows],
        }
    )
    return Table(values, {"走完（%）": Number(0)}, pd.DataFrame({"原来": goals["source"].to_numpy()}))


def _when(period: str) -> str:
    return Period.parse(period).label if Period.is_code(period) else period


def _verdict(row: object) -> str:
    if row.reached:  # type: ignore[attr-defined]
        return "● 已达到"
    if pd.isna(row.now):  # type: ignore[attr-defined]
        return "○ 无进展数据"
    if pd.isna(row.baseline):  # type: ignore[attr-defined]
        return "○ 没有原值，未计"
    return "▲ 在路上" if row.share > 0 else "◆ 没有前进"  # type: ignore[attr-defined]


def reminder_table(rows: pd.DataFrame) -> pd.DataFrame:
    """单位, 该报什么, 应报日, 情况, 联系人, 电话 from unit, what, due, late (negative: days left), contact, phone."""
    return pd.DataFrame(
        {
            "单位": rows["unit"],
            "该报什么": rows["what"],
            "应报日": rows["due"].map(text.date_words),
            "情况": [_urgency(late) for late in rows["late"]],
            "联系人": rows["contact"],
            "电话": rows["phone"],
        }
    )


def _urgency(late: int) -> str:
    return f"◆ 逾期 {late} 天" if late > 0 else "○ 今天到期" if late == 0 else f"○ 还有 {-late} 天"


def report_table(rows: pd.DataFrame, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """应报日, 报送, 经办人, 数值, 做了什么, 问题, 下一步 from the store's reports, the latest first."""
    newest = rows.sort_values("id", ascending=False)
    said_values = [
        text.listed(
            f"{measures[code].name} {text.quantity(value, measures[code].unit)}"
            for code, value in each["values"].items()
        )
        for each in newest["content"]
    ]
    return pd.DataFrame(
        {
            "应报日": [text.date_words(date.fromisoformat(due)) for due in newest["due"]],
            "报送": newest["at"].map(text.moment),
            "经办人": newest["user"],
            "数值": said_values,
            **{
                name: [each[key] for each in newest["content"]]
                for name, key in (("做了什么", "done"), ("问题", "problems"), ("下一步", "next"))
            },
        }
    )
