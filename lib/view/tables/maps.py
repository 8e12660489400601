"""Maps: a row a place."""

from __future__ import annotations

import pandas as pd

from lib.model import source
from lib.view import maps, text
from lib.view.table import Number, Table
from lib.view.tables import cells
from lib.view.theme import INK

_COLUMN = {maps.SCORE: "score", maps.RANK: "rank", maps.CHANGE: "rank_change", maps.TIER: "tier"}


def map_rows(
    movement: pd.DataFrame, way: str, classes: maps.Classes, outlines: str, names: cells.Names, focus: str
) -> pd.DataFrame:
    """Chart data for `charts.county_map` from a movement frame: every place of the map once, 缺数 where it has no value.

    `way` is one of `maps.WAYS`: what the classes are of.
    """
    rows = maps.places(outlines).merge(movement, on="region", how="left")
    values = rows[_COLUMN[way]].astype(float)
    # Best first: the best place is the smallest number.
    found = [classes.of(-value if way in (maps.RANK, maps.TIER) else value) for value in values]
    shown = [_words(way, value) for value in values]
    drawn = _drawn(rows, names, focus, classes, found, shown)
    if way == maps.TIER:
        # The colour says the tier: the place is shorter, and says more.
        places = [_words(maps.RANK, value) for value in rows["rank"]]
        return drawn.assign(words=_written(rows, names, places), brief=_written(rows, names, places, brief=True))
    return drawn


def province_rows(facts: pd.DataFrame, names: cells.Names) -> pd.DataFrame:
    """Chart data for `charts.county_map` of the province with `maps.STATED`: the latest place that documents give a city.

    In: facts (region, period, value), earliest first. The others have no value and no words.
    """
    latest = facts.groupby("region").tail(1).set_index("region")
    rows = maps.places(maps.PROVINCE)
    values = rows["region"].map(latest["value"])
    places = ["" if pd.isna(value) else text.place(value) for value in values]
    shown = [
        f"{place}（{latest.at[region, 'period']}）" if place else maps.STATED.absent
        for region, place in zip(rows["region"], places, strict=True)
    ]
    found = [maps.STATED.of(None if pd.isna(value) else 1.0) for value in values]
    return _drawn(rows, names, "", maps.STATED, found, shown).assign(
        words=_written(rows, names, places), brief=_written(rows, names, places, brief=True)
    )


def province_sources(facts: pd.DataFrame) -> dict[str, str]:
    """By city, the address of the source of its latest place."""
    latest = facts.groupby("region").tail(1)
    return {row.region: source.fact(row.id) for row in latest.itertuples()}


def province_table(facts: pd.DataFrame, names: cells.Names) -> Table:
    """城市, 年度, 全省名次 (with its source), from facts (id, region, period, value)."""
    values = pd.DataFrame(
        {"城市": facts["region"].map(names), "年度": facts["period"], "全省名次": facts["value"]}
    ).reset_index(drop=True)
    sources = pd.DataFrame({"全省名次": [source.fact(each) for each in facts["id"]]})
    return Table(values, {"全省名次": Number()}, sources)


def class_rows(rows: pd.DataFrame, classes: maps.Classes) -> pd.DataFrame:
    """Chart data for `charts.class_bars` from map rows: every class, also an empty one; 缺数 where there is any."""
    counts = rows["class"].value_counts()
    wanted = [each for each in classes.legend if each != classes.absent or each in counts]
    count = [int(counts.get(each, 0)) for each in wanted]
    return pd.DataFrame({"class": wanted, "count": count, "shown": [f"{each} 地" for each in count]})


def _drawn(
    rows: pd.DataFrame, names: cells.Names, focus: str, classes: maps.Classes, found: list[str], shown: list[str]
) -> pd.DataFrame:
    """Places (rows of `maps.places`) with their class and words, and how these are written on the map."""
    colours = [classes.legend[each] for each in found]
    return pd.DataFrame(
        {
            "region": rows["region"],
            "label": _labels(rows, names),
            "shown": shown,
            "class": found,
            "colour": colours,
            "focus": (rows["region"] == focus).astype(int),
            "zone": rows["zone"],
            "away": rows["away"],
            "light": [
                int(not away and maps.paper(colour) != INK) for away, colour in zip(rows["away"], colours, strict=True)
            ],
            "lon": rows["lon"],
            "lat": rows["lat"],
            "label_lon": rows["label_lon"],
            "label_lat": rows["label_lat"],
            "align": rows["align"],
            "words": _written(rows, names, shown),
            "brief": _written(rows, names, shown, brief=True),
        }
    )


def _labels(rows: pd.DataFrame, names: cells.Names) -> list[str]:
    return [names.get(region, name) for region, name in zip(rows["region"], rows["name"], strict=True)]


def _written(rows: pd.DataFrame, names: cells.Names, shown: list[str], *, brief: bool = False) -> list[str]:
    """Name and value, one below the other inside an area, on one line beside the map; brief: names without what they are,
    新华 for 新华区, and no mark on a zone, of which the remark below the map speaks."""
    between = [
        "（示意）" if zone and not brief else " " if away else "\n"
        for zone, away in zip(rows["zone"], rows["away"], strict=True)
    ]
    labels = [_bare(each) if brief else each for each in _labels(rows, names)]
    return [(a + b + c).strip() for a, b, c in zip(labels, between, shown, strict=True)]


def _bare(name: str) -> str:
    """A name of three characters or more without 市, 县 or 区 at its end."""
    return name[:-1] if len(name) > 2 and name[-1] in "市县区" else name


def _words(way: str, value: float) -> str:
    if pd.isna(value):
        return maps.ABSENT
    if way == maps.SCORE:
        return text.number(value)
    if way == maps.RANK:
        return text.place(value)
    return text.arrow(value) if way == maps.CHANGE else text.tier(value)
