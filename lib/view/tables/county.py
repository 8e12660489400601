"""One county: chart data and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from lib.model import Measure
from lib.view import text
from lib.view.tables import cells


def profile_rows(losses: pd.DataFrame, spread: pd.DataFrame, names: cells.Names) -> pd.DataFrame:
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


def profile_table(losses: pd.DataFrame, names: cells.Names, owner: Callable[[str], str]) -> pd.DataFrame:
    """指标, 得分, 名次, 失分, 牵头单位."""
    return pd.DataFrame(
        {
            "指标": losses["code"].map(names),
            "得分": [text.number(value) for value in losses["score"]],
            "名次": [cells.rank(value) for value in losses["rank"]],
            "失分（总分中）": [text.number(value, 2) for value in losses["lost"]],
            "牵头单位": [owner(code) for code in losses["code"]],
        }
    )


def measure_table(
    rows: pd.DataFrame, names: cells.Names, measures: Mapping[str, Measure], indicator: Callable[[str], str]
) -> pd.DataFrame:
    """A county's measures. In: code, value, score, rank, best, median. Out: 指标, 测度, 单位, 现值, 得分, 名次, 全市最优, 全市中位."""
    return pd.DataFrame(
        {
            "指标": [indicator(code) for code in rows["code"]],
            "测度": rows["code"].map(names),
            "单位": [measures[code].unit for code in rows["code"]],
            "现值": [cells.value(measures, row.code, row.value) for row in rows.itertuples()],
            "得分": [text.number(value) for value in rows["score"]],
            "名次": [cells.rank(value) for value in rows["rank"]],
            "全市最优": [cells.value(measures, row.code, row.best) for row in rows.itertuples()],
            "全市中位": [cells.value(measures, row.code, row.median) for row in rows.itertuples()],
        }
    )
