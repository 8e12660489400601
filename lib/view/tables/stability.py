"""How firm places are: chart data and tables."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lib.view import stability as words
from lib.view import text
from lib.view.table import Number, Table
from lib.view.tables import cells

# How far the end of a bar lies beyond its last place: a bar of one place is seen as well.
END = 0.34


def place_range_rows(frame: pd.DataFrame, pairs: pd.DataFrame, names: cells.Names, focus: str) -> pd.DataFrame:
    """Chart data for `charts.place_ranges` from a stability's `frame` and `pairs`."""
    close = set(pairs.loc[pairs["close"], "behind"])
    return pd.DataFrame(
        {
            "label": [
                f"{'▶ ' if at.region == focus else ''}{at.rank}  {names[at.region]}" for at in frame.itertuples()
            ],
            "rank": frame["rank"].astype(float),
            "left": frame["low"] - END,
            "right": frame["high"] + END,
            "low": frame["best"],
            "high": frame["worst"],
            "shown": [
                f"{words.span(at.low, at.high)}　{words.firmness(True) if at.firm else f'◆ 留住 {words.share(at.kept)}'}"
                + ("　≈ 上一位" if at.region in close else "")
                for at in frame.itertuples()
            ],
            "detail": [
                f"{names[at.region]}现在第 {at.rank}，90% 的情形在{words.span(at.low, at.high)}，"
                f"全部在{words.span(at.best, at.worst)}，{words.stays(at.kept, at.tier)}"
                for at in frame.itertuples()
            ],
            "region": frame["region"],
            "focus": (frame["region"] == focus).astype(int),
            "firm": frame["firm"].astype(int),
            "first": [int(row == 0) for row in range(len(frame))],
        }
    )


def tier_bounds(cuts: Sequence[int], last: int) -> tuple[tuple[str, int, int], ...]:
    """Each tier's name with its first and last place, of those that have one."""
    ends = [0, *cuts, last]
    found = [(text.tier(i + 1), ends[i] + 1, min(end, last)) for i, end in enumerate(ends[1:])]
    return tuple(each for each in found if each[1] <= each[2])


def stability_table(
    frame: pd.DataFrame,
    shares: pd.DataFrame,
    dropped: pd.DataFrame,
    swapped: pd.DataFrame,
    names: cells.Names,
    labels: cells.Names,
    sources: Sequence[str],
) -> Table:
    """名次, 地区, the share of draws in each tier (%), 方阵, 去掉一项指标, 换方法的名次; one row a region, best first.

    `sources` are the addresses of the places, row by row, "" where there is none.
    """
    tiers = {f"{text.tier(tier)}（%）": 100 * shares[tier].to_numpy() for tier in shares}
    values = pd.DataFrame(
        {
            "名次": frame["rank"],
            "地区": frame["region"].map(names),
            **tiers,
            "方阵": [words.firmness(firm) for firm in frame["firm"]],
            "去掉一项指标": [words.without(dropped[dropped["region"] == region], labels) for region in frame["region"]],
            "换计分方法": [_by_method(swapped[swapped["region"] == region]) for region in frame["region"]],
        }
    )
    numbers = {"名次": Number(), **dict.fromkeys(tiers, Number(2))}
    return Table(values, numbers, pd.DataFrame({"名次": list(sources)}))


def _by_method(rows: pd.DataFrame) -> str:
    places = rows["rank"].dropna()
    return words.span(places.min(), places.max()) if len(places) else text.MISSING


def dropped_table(rows: pd.DataFrame, labels: cells.Names) -> Table:
    """One region's places with each indicator left out, of those that change it, the dearest first: 去掉的指标, 名次, 名次变化, 方阵."""
    moved = rows[rows["gained"].notna() & (rows["gained"] != 0)]
    moved = moved.sort_values("gained", key=lambda gained: -gained.abs(), kind="stable")
    values = pd.DataFrame(
        {
            "去掉的指标": moved["code"].map(labels),
            "名次": moved["rank"],
            "名次变化": [text.arrow(gained) for gained in moved["gained"]],
            "方阵": [text.tier(tier) for tier in moved["tier"]],
        }
    ).reset_index(drop=True)
    return Table(values, {"名次": Number()})


def method_table(rows: pd.DataFrame) -> Table:
    """One region's place by every method, a row a normalisation, a column a mean: 标准化, 算术平均, 几何平均, 调和平均."""
    found = {at.code: at for at in rows.itertuples()}
    return Table(
        pd.DataFrame(
            [
                {"标准化": name, **{mean: _cell(found.get(f"{way}/{by}")) for by, mean in words.MEANS.items()}}
                for way, name in words.WAYS.items()
            ]
        )
    )


def _cell(at: object | None) -> str:
    """A place, or why there is none."""
    if at is None:
        return "不适用"
    if pd.notna(at.rank):  # type: ignore[attr-defined]
        return text.place(at.rank)  # type: ignore[attr-defined]
    return text.MISSING if pd.isna(at.score) else "0 分，分不出"  # type: ignore[attr-defined]
