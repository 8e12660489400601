"""Gaps, targets and what-if: chart data and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from lib.model import Measure, Period, source
from lib.view import text
from lib.view.table import Number, Table
from lib.view.tables import cells


def gap_rows(table: pd.DataFrame, names: cells.Names) -> pd.DataFrame:
    """Chart data for `charts.dumbbell` from a gap frame; measures without a score are left out."""
    rows = table[table["score"].notna() & table["score_if"].notna()]
    return pd.DataFrame(
        {
            "label": rows["code"].map(names),
            "score": rows["score"],
            "score_if": rows["score_if"],
            "shown": [text.signed(value) if value else "持平" for value in rows["points"]],
            "behind": (rows["gap"] > 0).astype(int),
        }
    )


def gap_table(
    table: pd.DataFrame,
    names: cells.Names,
    measures: Mapping[str, Measure],
    theirs: str,
    ours_from: Callable[[str], str],
    theirs_from: cells.Names,
) -> Table:
    """测度, 单位, 本地, 标杆, 差距 in the unit, in percent, in points of the measure and of the total, and in places.

    `ours_from` and `theirs_from` give the addresses of the two values' sources by measure.
    """

    def gap(code: str, value: float) -> str:
        if pd.isna(value):
            return text.MISSING
        return "持平" if value == 0 else f"{'落后' if value > 0 else '领先'} {cells.value(measures, code, abs(value))}"

    values = pd.DataFrame(
        {
            "测度": table["code"].map(names),
            "单位": [measures[code].unit for code in table["code"]],
            "本地": [cells.value(measures, row.code, row.ours) for row in table.itertuples()],
            theirs: [cells.value(measures, row.code, row.theirs) for row in table.itertuples()],
            "差距": [gap(row.code, row.gap) for row in table.itertuples()],
            "差距（%）": table["gap_percent"],
            "测度得分差": table["points"],
            "可加总分": table["total"],
            "该项名次可进": table["places"],
        }
    )
    numbers = {
        "差距（%）": Number(1, signed=True),
        "测度得分差": Number(1, signed=True),
        "可加总分": Number(2, signed=True),
        "该项名次可进": Number(0, signed=True),
    }
    sources = pd.DataFrame(
        {
            "本地": [ours_from(code) for code in table["code"]],
            theirs: [theirs_from.get(code, "") for code in table["code"]],
        }
    )
    return Table(values, numbers, sources)


def vertical_table(
    rows: pd.DataFrame, measures: Mapping[str, Measure], places: cells.Names, documents: cells.Names
) -> Table:
    """National benchmarks with the city's value beside them, from `cityfacts.vertical`; both numbers open their quote."""

    def verdict(row: object) -> str:
        if not row.comparable:  # type: ignore[attr-defined]
            return row.rule  # type: ignore[attr-defined]
        unit, gap = row.unit, row.gap  # type: ignore[attr-defined]
        if gap == 0:
            words = "持平"
        else:
            words = f"{'落后' if gap > 0 else '领先'} {text.quantity(abs(gap), unit)}"
            words += f"（{text.number(abs(row.gap_percent))}%）" if not pd.isna(row.gap_percent) else ""  # type: ignore[attr-defined]
        return words + (f"；{row.rule}" if row.rule else "")  # type: ignore[attr-defined]

    values = pd.DataFrame(
        {
            "测度": [measures[code].name for code in rows["code"]],
            "标杆地区": rows["region"].map(places),
            "标杆值": [
                (
                    ""
                    if pd.isna(row.before) and not row.before_text
                    else f"{cells.stated('=', row.before, row.before_text, row.unit)} → "
                )
                + cells.stated(row.op, row.value, row.text, row.unit)
                for row in rows.itertuples()
            ],
            "平顶山市现值": [
                cells.stated(row.ours_op, row.ours, row.ours_words, row.ours_unit)
                + f"（{Period.parse(row.ours_period).label}）"
                for row in rows.itertuples()
            ],
            "比较": [verdict(row) for row in rows.itertuples()],
            "原文": rows["quote"],
            "出处": rows["document"].map(documents),
        }
    )
    sources = {"标杆值": rows["id"].map(source.fact), "平顶山市现值": rows["ours_id"].map(source.fact)}
    return Table(values, sources=pd.DataFrame(sources))


def target_table(rows: pd.DataFrame, names: cells.Names, owners: Callable[[str], str], documents: cells.Names) -> Table:
    """状态, 目标事项, 基线, 目标, 现值, 期限, 责任单位, 说明, 原文, 出处; numbers open their quote."""
    values = pd.DataFrame(
        {
            "状态": rows["status"],
            "目标事项": [names[row.code] + (f"（{row.scope}）" if row.scope else "") for row in rows.itertuples()],
            "基线": [
                cells.stated("=", row.baseline, row.baseline_basis or "未写明", row.unit) for row in rows.itertuples()
            ],
            "目标": [cells.stated(row.op, row.value, row.text, row.unit) for row in rows.itertuples()],
            "现值": [_now(row) for row in rows.itertuples()],
            "期限": [row.deadline.replace("-", ".") or "未写明" for row in rows.itertuples()],
            "责任单位": [owners(row.owner) for row in rows.itertuples()],
            "说明": rows["reason"],
            "原文": rows["quote"],
            "出处": rows["document"].map(documents),
        }
    )
    stated = rows["id"].map(source.fact)
    now = rows["fact"].map(source.fact)
    sources = {"基线": stated.where(rows["baseline"].notna(), ""), "目标": stated, "现值": now, "期限": stated}
    return Table(values, sources=pd.DataFrame(sources))


def _now(row: object) -> str:
    """A target's present value with the month it was stated: 7 小时（2021.12）."""
    if not row.fact:  # type: ignore[attr-defined]
        return text.MISSING
    stated = cells.stated(row.now_op, row.now_value, row.now_text, row.now_unit)  # type: ignore[attr-defined]
    return f"{stated}（{Period.parse(row.now_period).short}）"  # type: ignore[attr-defined]


def weak_indicator_table(rows: pd.DataFrame, indicators: cells.Names, actuals: Mapping[str, str]) -> pd.DataFrame:
    """The bulletin's weak indicators with the values that it gives: 序号, 短板指标, 通报所列现值."""
    return pd.DataFrame(
        {
            "序号": [str(i) for i in range(1, len(rows) + 1)],
            "短板指标": rows["code"].map(indicators),
            "通报所列现值": [actuals.get(code, "") or "通报没有给出数值" for code in rows["code"]],
        }
    )


def status_rows(assessed: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """Chart data for `charts.status_bars`: status, count; every status in the given order."""
    counts = assessed["status"].value_counts()
    return pd.DataFrame({"status": order, "count": [int(counts.get(status, 0)) for status in order]})


def lever_rows(moved: pd.DataFrame, names: cells.Names, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """Chart data for `charts.levers` from `Outcome.moved`."""
    return pd.DataFrame(
        {
            "label": moved["code"].map(names),
            "score": moved["score"],
            "score_if": moved["score_if"],
            "shown": [
                cells.value(measures, row.code, row.value)
                + (f" → {cells.value(measures, row.code, row.value_if)}" if row.value_if != row.value else "")
                for row in moved.itertuples()
            ],
        }
    )


def change_table(moved: pd.DataFrame, names: cells.Names, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """测度, 单位, 现值, 推演值, 测度得分, 单独改这一项加总分, from `Outcome.moved`."""
    return pd.DataFrame(
        {
            "测度": moved["code"].map(names),
            "单位": [measures[code].unit for code in moved["code"]],
            "现值": [cells.value(measures, row.code, row.value) for row in moved.itertuples()],
            "推演值": [cells.value(measures, row.code, row.value_if) for row in moved.itertuples()],
            "测度得分": [f"{text.number(row.score)} → {text.number(row.score_if)}" for row in moved.itertuples()],
            "单改这项，总分": [text.signed(value, 2) for value in moved["total"]],
        }
    )
