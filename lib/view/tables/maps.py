"""Maps: a row a place."""

from __future__ import annotations

import pandas as pd

from lib.view import maps, text
from lib.view.tables import cells


def map_rows(
    movement: pd.DataFrame, way: str, classes: maps.Classes, outlines: str, names: cells.Names, focus: str
) -> pd.DataFrame:
    """Chart data for `charts.county_map` from a movement frame: every place of the map once, 缺数 where it has no value.

    `way` is one of `maps.WAYS`: what the classes are of.
    """
    rows = maps.places(outlines).merge(movement, on="region", how="left")
    values = rows[{maps.SCORE: "score", maps.CHANGE: "rank_change"}.get(way, "rank" if way == maps.RANK else "tier")]
    # Best first: the best place is the smallest number.
    sign = -1.0 if way in (maps.RANK, maps.TIER) else 1.0
    found = [classes.of(sign * value) for value in values.astype(float)]
    shown = [_words(way, cells.optional(value)) for value in values]
    label = [names.get(row.region) or str(row.name_) for row in rows.rename(columns={"name": "name_"}).itertuples()]
    colours = [classes.legend[each] for each in found]
    return pd.DataFrame(
        {
            "region": rows["region"],
            "label": label,
            "shown": shown,
            "class": found,
            "colour": colours,
            "focus": (rows["region"] == focus).astype(int),
            "zone": rows["zone"],
            "away": rows["away"],
            "light": [
                int(not away and maps.paper(colour) != maps.INK)
                for away, colour in zip(rows["away"], colours, strict=True)
            ],
            "lon": rows["lon"],
            "lat": rows["lat"],
            "label_lon": rows["label_lon"],
            "label_lat": rows["label_lat"],
            "align": rows["align"],
            "words": [
                f"{name}{'（示意）' if zone else ' ' if away else chr(10)}{value}"
                for name, value, zone, away in zip(label, shown, rows["zone"], rows["away"], strict=True)
            ],
        }
    )


def _words(way: str, value: float | None) -> str:
    if value is None:
        return maps.ABSENT
    if way == maps.SCORE:
        return text.number(value)
    if way == maps.RANK:
        return text.place(value)
    return text.arrow(value) if way == maps.CHANGE else text.tier(value)
