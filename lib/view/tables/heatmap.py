"""Heat maps: chart data and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from lib.model import source
from lib.view import text
from lib.view.table import Number, Table
from lib.view.tables import cells
from lib.view.theme import CHANGE_BANDS, LIGHT_BANDS, NO_VALUE, PLACE_BANDS, SCORE_BANDS

# Where one band ends and the next, which has the edge itself, begins; changes by their size, upwards and downwards alike.
SCORE_EDGES, CHANGE_EDGES = (20.0, 40.0, 60.0, 80.0), (1.0, 5.0, 10.0)
NUMBERS = {"score": Number(1), "rank": Number(), "change": Number(1, signed=True)}
# Full-width characters that the heads of all columns have room for on one line.
HEADS_WIDTH = 54
# A line with nothing to see in it that is still a line: Vega leaves out those of spaces alone.
BLANK = "\u200b"


def heatmap_rows(
    grid: pd.DataFrame,
    kind: str,
    names: cells.Names,
    heads: cells.Names,
    regions: Sequence[str],
    columns: Sequence[str],
    focus: str,
) -> pd.DataFrame:
    """Chart data for `charts.heatmap` from `core.grid`: regions from top to bottom, columns from left to right, as given.

    `kind` is score, rank or change; `heads` are the columns' names, broken into lines that fit, all into as many.
    """
    rows = _ordered(grid, regions, columns)
    bands = _bands(rows, kind)
    folded = {column: text.folded(heads[column], max(3, HEADS_WIDTH // len(columns))) for column in columns}
    lines = max(head.count("\n") for head in folded.values())
    missing = rows[kind].isna()
    return pd.DataFrame(
        {
            "label": [f"{'▶ ' if region == focus else ''}{names[region]}" for region in rows["region"]],
            "place": rows["column"].map(
                {of: f"{BLANK}\n" * (lines - head.count("\n")) + head for of, head in folded.items()}
            ),
            "band": bands,
            "shown": ["" if pd.isna(value) else NUMBERS[kind].say(value) for value in rows[kind]],
            "light": [int(band in LIGHT_BANDS) for band in bands],
            "missing": missing.astype(int),
            "focus": (rows["region"] == focus).astype(int),
            "cell": rows["region"] + "|" + rows["column"],
            "detail": [
                f"{names[at.region]}，{cells.spelled(at.column, heads)}：{_said(at)}" for at in rows.itertuples()
            ],
        }
    )


def head_lines(rows: pd.DataFrame) -> int:
    """How many lines the heads of the columns have, in rows from `heatmap_rows`."""
    return int(rows["place"].iloc[0].count("\n")) + 1


def heatmap_table(
    grid: pd.DataFrame,
    kind: str,
    names: cells.Names,
    heads: cells.Names,
    regions: Sequence[str],
    columns: Sequence[str],
) -> Table:
    """The same cells as a table: 地区, then a column each; every cell leads to where its score comes from."""
    rows = _ordered(grid, regions, columns)
    rows["source"] = [source.score(at.region, at.code, at.period) for at in rows.itertuples()]
    values, sources = (
        rows.pivot(index="region", columns="column", values=of)
        .reindex(index=list(regions), columns=list(columns))
        .rename(columns=heads)
        .reset_index(drop=True)
        for of in (kind, "source")
    )
    values.insert(0, "地区", [names[region] for region in regions])
    return Table(values, {heads[column]: NUMBERS[kind] for column in columns}, sources)


def _ordered(grid: pd.DataFrame, regions: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    places = [pd.Index(list(wanted)).get_indexer(grid[of]) for wanted, of in ((regions, "region"), (columns, "column"))]
    there = (places[0] >= 0) & (places[1] >= 0)
    order = np.lexsort((places[1][there], places[0][there]))
    return grid[there].iloc[order].reset_index(drop=True)


def _bands(rows: pd.DataFrame, kind: str) -> list[str]:
    values = rows[kind].to_numpy(dtype=float)
    if kind == "rank":
        at, bands = rows["tier"].fillna(1).to_numpy(dtype=int) - 1, list(PLACE_BANDS)
    elif kind == "score":
        at, bands = np.searchsorted(SCORE_EDGES, values, side="right"), list(SCORE_BANDS)
    else:
        size = np.searchsorted(CHANGE_EDGES, np.abs(values), side="right")
        at, bands = len(CHANGE_EDGES) + np.where(values < 0, -size, size), list(CHANGE_BANDS)
    return [NO_VALUE[kind] if np.isnan(value) else bands[i] for i, value in zip(at, values, strict=True)]


def _said(at: Any) -> str:
    """79.4 分，第 3，比上期 −3.0; what is missing is said."""
    if pd.isna(at.score):
        return "缺数，没有得分"
    change = "没有上期可比" if pd.isna(at.change) else f"比上期 {text.signed(at.change)}"
    return f"{text.number(at.score)} 分，{text.place(at.rank)}，{change}"
