"""Display tables and chart data: names for codes, words for numbers, in the order that matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from lib.model import Measure, Period
from lib.view import text

Names = Mapping[str, str]


def ranking_rows(movement: pd.DataFrame, names: Names, focus: str) -> pd.DataFrame:
    """Chart data for `charts.ranking_bars` from a movement frame; regions without a place are left out."""
    ranked = movement[movement["rank"].notna()]
    return pd.DataFrame(
        {
            "label": [f"{int(row.rank)}  {names[row.region]}" for row in ranked.itertuples()],
            "score": ranked["score"].astype(float),
            "tier": [text.tier(value) for value in ranked["tier"]],
            "shown": [
                f"{text.number(row.score)}  {text.arrow(_float(row.rank_change))}".rstrip()
                for row in ranked.itertuples()
            ],
            "focus": (ranked["region"] == focus).astype(int),
        }
    )


def ranking_table(movement: pd.DataFrame, names: Names, filled: Mapping[str, tuple[int, int]]) -> pd.DataFrame:
    """名次, 地区, 得分, 方阵, 名次变化, 得分变化, 有数测度."""
    return pd.DataFrame(
        {
            "名次": [_rank(value) for value in movement["rank"]],
            "地区": movement["region"].map(names),
            "得分": [text.number(value, 2) for value in movement["score"]],
            "方阵": [text.tier(_float(value)) for value in movement["tier"]],
            "名次变化": [text.arrow(_float(value)) or text.MISSING for value in movement["rank_change"]],
            "得分变化": [text.signed(_float(value), 2) for value in movement["score_change"]],
            "有数测度": ["{}/{}".format(*filled[region]) for region in movement["region"]],
        }
    )


def profile_rows(losses: pd.DataFrame, spread: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Chart data for `charts.profile_dots` from contributions and the cohort's spread."""
    rows = losses[losses["score"].notna()].merge(spread, left_on="code", right_index=True)
    return pd.DataFrame(
        {
            "label": rows["code"].map(names),
            "score": rows["score"],
            "median": rows["median"],
            "low": rows["low"],
            "high": rows["high"],
            "shown": [f"{text.number(row.score)} 分，{text.place(row.rank)}" for row in rows.itertuples()],
        }
    )


def profile_table(losses: pd.DataFrame, names: Names, owner: Callable[[str], str]) -> pd.DataFrame:
    """指标, 得分, 名次, 失分, 牵头单位."""
    return pd.DataFrame(
        {
            "指标": losses["code"].map(names),
            "得分": [text.number(value) for value in losses["score"]],
            "名次": [_rank(value) for value in losses["rank"]],
            "失分（总分中）": [text.number(value, 2) for value in losses["lost"]],
            "牵头单位": [owner(code) for code in losses["code"]],
        }
    )


def trend_rows(scores: pd.DataFrame, code: str, labels: Names, names: Names, focus: str) -> pd.DataFrame:
    """Chart data for `charts.trend`: one node's scores over periods in time order."""
    rows = scores[(scores["code"] == code) & scores["period"].isin(list(labels)) & scores["score"].notna()]
    rows = rows.assign(order=rows["period"].map({period: i for i, period in enumerate(labels)})).sort_values("order")
    return pd.DataFrame(
        {
            "period": rows["period"].map(labels),
            "region": rows["region"].map(names),
            "score": rows["score"],
            "focus": (rows["region"] == focus).astype(int),
            "shown": _at_changes(rows["region"], rows["rank"]),
        }
    )


def _at_changes(regions: pd.Series, ranks: pd.Series) -> list[str]:
    """The place in words where it changes (and at the start): a label on every point would cover the line."""
    before = ranks.groupby(regions).shift()
    same = (ranks == before).fillna(False)
    return ["" if kept else text.place(_float(rank)) for rank, kept in zip(ranks, same, strict=True)]


def measure_table(
    rows: pd.DataFrame, names: Names, measures: Mapping[str, Measure], indicator: Callable[[str], str]
) -> pd.DataFrame:
    """A county's measures. In: code, value, score, rank, best, median. Out: 指标, 测度, 单位, 现值, 得分, 名次, 全市最优, 全市中位."""
    return pd.DataFrame(
        {
            "指标": [indicator(code) for code in rows["code"]],
            "测度": rows["code"].map(names),
            "单位": [measures[code].unit for code in rows["code"]],
            "现值": [_value(measures, row.code, row.value) for row in rows.itertuples()],
            "得分": [text.number(value) for value in rows["score"]],
            "名次": [_rank(value) for value in rows["rank"]],
            "全市最优": [_value(measures, row.code, row.best) for row in rows.itertuples()],
            "全市中位": [_value(measures, row.code, row.median) for row in rows.itertuples()],
        }
    )


def gap_rows(table: pd.DataFrame, names: Names) -> pd.DataFrame:
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


def gap_table(table: pd.DataFrame, names: Names, measures: Mapping[str, Measure], theirs: str) -> pd.DataFrame:
    """测度, 单位, 本地, 标杆, 差距 in the unit, in percent, in points of the measure and of the total, and in places."""

    def gap(code: str, value: float) -> str:
        if pd.isna(value):
            return text.MISSING
        return "持平" if value == 0 else f"{'落后' if value > 0 else '领先'} {_value(measures, code, abs(value))}"

    return pd.DataFrame(
        {
            "测度": table["code"].map(names),
            "单位": [measures[code].unit for code in table["code"]],
            "本地": [_value(measures, row.code, row.ours) for row in table.itertuples()],
            theirs: [_value(measures, row.code, row.theirs) for row in table.itertuples()],
            "差距": [gap(row.code, row.gap) for row in table.itertuples()],
            "差距（%）": [text.signed(value) for value in table["gap_percent"]],
            "测度得分差": [text.signed(value) for value in table["points"]],
            "可加总分": [text.signed(value, 2) for value in table["total"]],
            "该项名次可进": [text.arrow(_float(value)) or text.MISSING for value in table["places"]],
        }
    )


def vertical_table(
    rows: pd.DataFrame, measures: Mapping[str, Measure], places: Names, documents: Names
) -> pd.DataFrame:
    """National benchmarks with the city's value beside them, from `cityfacts.vertical`."""

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

    return pd.DataFrame(
        {
            "测度": [measures[code].name for code in rows["code"]],
            "标杆地区": rows["region"].map(places),
            "标杆值": [
                (
                    ""
                    if pd.isna(row.before) and not row.before_text
                    else f"{_stated('=', row.before, row.before_text, row.unit)} → "
                )
                + _stated(row.op, row.value, row.text, row.unit)
                for row in rows.itertuples()
            ],
            "平顶山市现值": [
                _stated(row.ours_op, row.ours, row.ours_words, row.ours_unit)
                + f"（{Period.parse(row.ours_period).label}）"
                for row in rows.itertuples()
            ],
            "比较": [verdict(row) for row in rows.itertuples()],
            "原文": rows["quote"],
            "出处": rows["document"].map(documents),
        }
    )


def target_table(rows: pd.DataFrame, names: Names, owners: Callable[[str], str], documents: Names) -> pd.DataFrame:
    """状态, 目标事项, 基线, 目标, 现值, 期限, 责任单位, 说明, 原文, 出处."""
    return pd.DataFrame(
        {
            "状态": rows["status"],
            "目标事项": [names[row.code] + (f"（{row.scope}）" if row.scope else "") for row in rows.itertuples()],
            "基线": [_stated("=", row.baseline, row.baseline_basis or "未写明", row.unit) for row in rows.itertuples()],
            "目标": [_stated(row.op, row.value, row.text, row.unit) for row in rows.itertuples()],
            "现值": [_now(row) for row in rows.itertuples()],
            "期限": [row.deadline.replace("-", ".") or "未写明" for row in rows.itertuples()],
            "责任单位": [owners(row.owner) for row in rows.itertuples()],
            "说明": rows["reason"],
            "原文": rows["quote"],
            "出处": rows["document"].map(documents),
        }
    )


def _now(row: object) -> str:
    """A target's present value with the month it was stated: 7 小时（2021年12月）."""
    if not row.fact:  # type: ignore[attr-defined]
        return text.MISSING
    stated = _stated(row.now_op, row.now_value, row.now_text, row.now_unit)  # type: ignore[attr-defined]
    return f"{stated}（{Period.parse(row.now_period).label}）"  # type: ignore[attr-defined]


def weakest_table(rows: pd.DataFrame, names: Names, places: Names, owner: Callable[[str], str]) -> pd.DataFrame:
    """指标, 平均得分, 变化, 最低的地区, 牵头单位, from `spread.weakest`."""
    return pd.DataFrame(
        {
            "指标": rows["code"].map(names),
            "平均得分": [text.number(value) for value in rows["mean"]],
            "比上期": [text.signed(_float(value)) for value in rows["change"]],
            "最低": [f"{places[row.last]} {text.number(row.low)}" for row in rows.itertuples()],
            "牵头单位": [owner(code) for code in rows["code"]],
        }
    )


def weak_indicator_table(rows: pd.DataFrame, indicators: Names, actuals: Mapping[str, str]) -> pd.DataFrame:
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


def value_table(rows: pd.DataFrame, names: Names, measure: Measure) -> pd.DataFrame:
    """One measure's raw values in the cohort. In: region, value, score, rank. Out: 名次, 地区, 数值, 得分."""
    return pd.DataFrame(
        {
            "名次": [_rank(value) for value in rows["rank"]],
            "地区": rows["region"].map(names),
            f"数值（{measure.unit}）" if measure.unit else "数值": [
                text.number(value, measure.decimals) for value in rows["value"]
            ],
            "得分": [text.number(value, 2) for value in rows["score"]],
        }
    )


def lever_rows(moved: pd.DataFrame, names: Names, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """Chart data for `charts.levers` from `Outcome.moved`."""
    return pd.DataFrame(
        {
            "label": moved["code"].map(names),
            "score": moved["score"],
            "score_if": moved["score_if"],
            "shown": [
                _value(measures, row.code, row.value)
                + (f" → {_value(measures, row.code, row.value_if)}" if row.value_if != row.value else "")
                for row in moved.itertuples()
            ],
        }
    )


def change_table(moved: pd.DataFrame, names: Names, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """测度, 单位, 现值, 推演值, 测度得分, 单独改这一项加总分, from `Outcome.moved`."""
    return pd.DataFrame(
        {
            "测度": moved["code"].map(names),
            "单位": [measures[code].unit for code in moved["code"]],
            "现值": [_value(measures, row.code, row.value) for row in moved.itertuples()],
            "推演值": [_value(measures, row.code, row.value_if) for row in moved.itertuples()],
            "测度得分": [f"{text.number(row.score)} → {text.number(row.score_if)}" for row in moved.itertuples()],
            "单改这项，总分": [text.signed(value, 2) for value in moved["total"]],
        }
    )


def _value(measures: Mapping[str, Measure], code: str, value: float) -> str:
    return text.number(value, measures[code].decimals)


def _rank(value: object) -> str:
    return text.MISSING if pd.isna(value) else str(int(value))  # type: ignore[call-overload]


def _stated(op: str, value: float | None, words: str, unit: str) -> str:
    """A value as the document states it: ≤ 25 工作日, 约 7 亿条, or its words."""
    if value is None or pd.isna(value):
        return words or text.MISSING
    sign = {"<=": "≤ ", ">=": "≥ ", "<": "< ", ">": "> ", "≈": "约 "}.get(op, "")
    return f"{sign}{text.quantity(float(value), unit)}"


def _float(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[arg-type]
