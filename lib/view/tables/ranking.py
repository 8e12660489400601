"""Places: chart data and tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.model import Measure
from lib.view import text
from lib.view.tables import cells


def ranking_rows(movement: pd.DataFrame, names: cells.Names, focus: str) -> pd.DataFrame:
    """Chart data for `charts.ranking_bars` from a movement frame; regions without a place are left out."""
    ranked = movement[movement["rank"].notna()]
    return pd.DataFrame(
        {
            "label": [f"{int(row.rank)}  {names[row.region]}" for row in ranked.itertuples()],
            "score": ranked["score"].astype(float),
            "tier": [text.tier(value) for value in ranked["tier"]],
            "shown": [
                f"{text.number(row.score)}  {text.arrow(cells.optional(row.rank_change))}".rstrip()
                for row in ranked.itertuples()
            ],
            "focus": (ranked["region"] == focus).astype(int),
        }
    )


def ranking_table(movement: pd.DataFrame, names: cells.Names, filled: Mapping[str, tuple[int, int]]) -> pd.DataFrame:
    """名次, 地区, 得分, 方阵, 名次变化, 得分变化, 有数测度."""
    return pd.DataFrame(
        {
            "名次": [cells.rank(value) for value in movement["rank"]],
            "地区": movement["region"].map(names),
            "得分": [text.number(value, 2) for value in movement["score"]],
            "方阵": [text.tier(cells.optional(value)) for value in movement["tier"]],
            "名次变化": [text.arrow(cells.optional(value)) or text.MISSING for value in movement["rank_change"]],
            "得分变化": [text.signed(cells.optional(value), 2) for value in movement["score_change"]],
            "有数测度": ["{}/{}".format(*filled[region]) for region in movement["region"]],
        }
    )


def trend_rows(scores: pd.DataFrame, code: str, labels: cells.Names, names: cells.Names, focus: str) -> pd.DataFrame:
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
    return ["" if kept else text.place(cells.optional(rank)) for rank, kept in zip(ranks, same, strict=True)]


def value_table(rows: pd.DataFrame, names: cells.Names, measure: Measure) -> pd.DataFrame:
    """One measure's raw values in the cohort. In: region, value, score, rank. Out: 名次, 地区, 数值, 得分."""
    return pd.DataFrame(
        {
            "名次": [cells.rank(value) for value in rows["rank"]],
            "地区": rows["region"].map(names),
            f"数值（{measure.unit}）" if measure.unit else "数值": [
                text.number(value, measure.decimals) for value in rows["value"]
            ],
            "得分": [text.number(value, 2) for value in rows["score"]],
        }
    )
