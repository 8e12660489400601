"""The first page: chart data, tables, and the words under its big numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from lib.model import source
from lib.view import text
from lib.view.table import Number, Table
from lib.view.tables import cells
from lib.view.tables.ranking import ranking_rows


def standing_rows(movement: pd.DataFrame, names: cells.Names, focus: str) -> pd.DataFrame:
    """Chart data for `charts.standings` from a movement frame; regions without a place are left out."""
    ranked = movement.loc[movement["rank"].notna(), "region"]
    return ranking_rows(movement, names, focus).assign(region=ranked.to_numpy())


def weakest_rows(
    low: pd.DataFrame, changes: Mapping[str, float], names: cells.Names, owner: Callable[[str], str]
) -> pd.DataFrame:
    """Chart data for `charts.weakest_dots` from `spread.weakest` and `movers.mean_changes`."""
    return pd.DataFrame(
        {
            "code": low["code"],
            "label": low["code"].map(names),
            "owner": [owner(code).removeprefix(text.MISSING) for code in low["code"]],
            **{name: low[name] for name in ("low", "high", "mean")},
            "shown": [
                f"{text.number(row.mean)}  {points_moved(changes[row.code])}".rstrip() for row in low.itertuples()
            ],
            "gap": [f"距最优 {text.number(gap)}" for gap in low["gap"]],
        }
    )


def weakest_table(
    low: pd.DataFrame,
    changes: Mapping[str, float],
    names: cells.Names,
    places: cells.Names,
    owner: Callable[[str], str],
    period: str,
) -> Table:
    """指标, 平均得分, 比上期, 最优地区, 最优, 距最优, 最低地区, 最低, 牵头单位, from the same two as `weakest_rows`."""
    values = pd.DataFrame(
        {
            "指标": low["code"].map(names),
            "平均得分": low["mean"],
            "比上期": [changes[code] for code in low["code"]],
            "最优地区": low["first"].map(places),
            "最优": low["high"],
            "距最优": low["gap"],
            "最低地区": low["last"].map(places),
            "最低": low["low"],
            "牵头单位": [owner(code) for code in low["code"]],
        }
    )
    numbers = {name: Number(1) for name in ("平均得分", "最优", "距最优", "最低")}
    sources = pd.DataFrame(
        {
            column: [source.score(region, code, period) for region, code in zip(low[who], low["code"], strict=True)]
            for column, who in (("最优", "first"), ("最低", "last"))
        }
    )
    return Table(values, {**numbers, "比上期": Number(1, signed=True)}, sources)


def points_moved(change: float | None) -> str:
    """▲5.0, ▼4.0, ＝; "" when missing."""
    if change is None or pd.isna(change):
        return ""
    shown = text.number(abs(change))
    return text.SAME if float(shown) == 0 else f"{text.UP if change > 0 else text.DOWN}{shown}"


def moved_to(movement: pd.DataFrame, regions: Sequence[str]) -> str:
    """Where the regions that moved furthest are now: ▲2 位，现列第 3."""
    rows = movement.set_index("region").loc[list(regions)]
    if rows.empty:
        return "没有"
    if len(rows) > 2:
        return f"{text.arrow(rows['rank_change'].iloc[0])} 位，共 {len(rows)} 个"
    places = "、".join(str(int(rank)) for rank in rows["rank"])
    return f"{text.arrow(rows['rank_change'].iloc[0])} 位，现列第 {places}"


def mean_moved(changes: Mapping[str, float], codes: Sequence[str]) -> str:
    """By how much the indicators that moved furthest did: 平均 ▲5.0 分."""
    return f"平均 {points_moved(changes[codes[0]])} 分" if codes else "没有"


def province_moved(places: pd.DataFrame) -> str:
    """From the city's places by year, earliest first: how the last differs from the one before; "" for a single one."""
    if len(places) < 2:
        return ""
    before, last = places.iloc[-2], places.iloc[-1]
    change = float(before["value"]) - float(last["value"])
    words = text.places_moved(change, f" {before['period']} 年")
    return f"{text.arrow(change)[0]} {words}"


def tier_words(moves: pd.DataFrame, names: cells.Names, unplaced: int, *, compared: bool) -> str:
    """Who entered which tier, from `movers.tier_moves`, where a period before was `compared`; how many have no place."""
    entered = [
        f"{text.listed(names[region] for region in row.entered)}进入{text.tier(row.tier)}"
        for row in moves.itertuples()
        if row.entered
    ]
    moved = entered or (["各方阵没有进出"] if compared else [])
    return "；".join([*moved, *([f"{unplaced} 个无名次"] if unplaced else [])])


def weakest_title(low: pd.DataFrame, codes: Sequence[str]) -> str:
    """What `spread.weakest` gives of so many indicators: 最弱的 5 个指标, or all of them from weak to strong."""
    return f"最弱的 {len(low)} 个指标" if len(low) < len(codes) else f"{len(low)} 个指标从弱到强"
