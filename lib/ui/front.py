"""总览: what the first page says and draws of the counties and of the city, reckoned once for everybody who looks at the same."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lib.core.movers import furthest, mean_changes, tier_moves
from lib.core.spread import weakest
from lib.ui import facts, go
from lib.ui.context import Context, kept
from lib.ui.tiles import MOST, Pick, Tile
from lib.view import sentences, tables
from lib.view.table import Table


@dataclass(frozen=True, eq=False)
class Counties:
    """How the counties stand: the sentence, the big numbers, chart data of places and of weak indicators, and the table of these;
    without anybody's place the sentence alone."""

    said: str
    tiles: tuple[Tile, ...] = ()
    bars: pd.DataFrame | None = None
    dots: pd.DataFrame | None = None
    title: str = ""
    table: Table | None = None


@kept
def counties(context: Context) -> Counties:
    """How the counties stand in the period."""
    rows = context.moved(context.root)
    said = sentences.overview(rows, context.names, context.period_label)
    if rows["rank"].isna().all():
        return Counties(said)
    codes = [node.code for node in context.framework.indicators]
    changes = mean_changes(context.scores, codes, context.period, context.before)
    low = weakest(context.scores, codes, context.period)
    table = tables.weakest_table(low, changes, context.labels, context.names, context.owner, context.period)
    return Counties(
        said,
        tuple(_numbers(context, rows, changes)),
        tables.standing_rows(rows, context.names, context.region),
        tables.weakest_rows(low, changes, context.labels, context.owner),
        tables.weakest_title(low, codes),
        table,
    )


def _numbers(context: Context, rows: pd.DataFrame, changes: pd.Series) -> list[Tile]:
    """Tiers, and who and what moved furthest."""
    moves, unplaced = tier_moves(rows, context.cohort.cuts), int(rows["rank"].isna().sum())
    words = tables.tier_words(moves, context.names, unplaced, compared=context.before is not None)
    counts = " / ".join(str(count) for count in moves["count"])
    ranking = Pick(counts, go.page, ("see/ranking.py",), f"方阵界限：{context.cohort.basis}。")
    tiers = Tile("第一/二/三方阵（个）", [ranking], words)
    if context.before is None:
        return [tiers]
    places = furthest(rows.set_index("region")["rank_change"])
    return [
        tiers,
        *(
            Tile(
                label,
                [Pick(context.names[each], go.county, (each,)) for each in found[:MOST]],
                tables.moved_to(rows, found),
            )
            for label, found in zip(("上升最多", "下降最多"), places, strict=True)
        ),
        *(
            Tile(
                label,
                [Pick(context.labels[each], go.indicator, (each,)) for each in found[:MOST]],
                tables.mean_moved(changes, found),
            )
            for label, found in zip(("进步最大的指标", "退步最大的指标"), furthest(changes), strict=True)
        ),
    ]


@kept
def city(context: Context) -> tuple[str, Table, str]:
    """What the documents say of the city: the sentence, the weak indicators that the bulletin names, and where that is said."""
    weak = facts.weak_indicators(context)
    values = facts.bulletin_values(context, "bulletin-37")
    listed = Table(tables.weak_indicator_table(weak, context.book.indicators, values))
    return sentences.city(facts.places(context), weak), listed, facts.cited(context, weak)
