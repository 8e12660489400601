"""The map drawn with WebGL: the same rows, classes and words as `charts.county_map`."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pydeck as pdk

from lib.view import maps
from lib.view.theme import FONT, GROUND, INK, LINE, twin

# Room for words beside the outlines, in letters, and above them, in pixels.
BESIDE, BESIDE_BRIEF, ABOVE = 9, 4, 16
TILE = 512
Colour = list[int]


def county_deck(rows: pd.DataFrame, outlines: str, size: tuple[int, int], turn: int, dark: bool) -> pdk.Deck:
    """Areas coloured by class, for the rows of `tables.map_rows`; `size` is the room in pixels,
    `dark` the ground.

    Every layer that can be clicked on has `turn` in its name: with another turn nothing is clicked on any more, and no
    area is drawn pale. What is clicked on has the field `region`, in `properties` where it is an area.
    """

    letter, said = _letter(size), "brief" if _narrow(size) else "words"

    def rgb(colour: str) -> Colour:
        shown = twin(colour, dark)
        return [int(shown[i : i + 2], 16) for i in (1, 3, 5)]

    known = rows.assign(
        fill=[rgb(colour) for colour in rows["colour"]],
        edge=[rgb(maps.ABSENT_EDGE if colour == maps.ABSENT_COLOUR else GROUND) for colour in rows["colour"]],
        ink=[rgb(GROUND if light else INK) for light in rows["light"]],
        anchor=rows["align"].map({"left": "start", "right": "end", "center": "middle"}),
        shift=[[{"left": 5, "right": -5}.get(align, 0), 0] for align in rows["align"]],
        at=_points(rows, "lon", "lat"),
        to=_points(rows, "label_lon", "label_lat"),
    ).set_index("region", drop=False)
    areas = [
        {
            "type": "Feature",
            "geometry": each["geometry"],
            "properties": _record(known.loc[each["region"]], "region", "label", "shown", "class", "fill", "edge"),
        }
        for each in maps.outlines(outlines)
        if each["region"] in known.index
    ]
    focus = set(known.index[known["focus"] == 1])
    away = [_record(row, "region", "at", "to") for _, row in known[known["away"] == 1].iterrows()]
    zones = [
        _record(row, "region", "label", "shown", "class", "at", "fill", "focus")
        for _, row in known[known["zone"] == 1].iterrows()
    ]
    words = [
        _record(row, "region", "label", "shown", "class", "to", said, "ink", "anchor", "shift")
        for _, row in known.iterrows()
    ]
    layers = [
        pdk.Layer(
            "GeoJsonLayer",
            _collection(areas),
            id=f"areas-{turn}",
            pickable=True,
            get_fill_color="properties.fill",
            get_line_color="properties.edge",
            line_width_min_pixels=1,
        ),
        pdk.Layer(
            "GeoJsonLayer",
            _collection([each for each in areas if each["properties"]["region"] in focus]),
            id="focus",
            pickable=False,
            filled=False,
            get_line_color=rgb(INK),
            line_width_min_pixels=3,
        ),
        pdk.Layer(
            "LineLayer",
            away,
            id="lines",
            pickable=False,
            get_source_position="at",
            get_target_position="to",
            get_color=rgb(INK),
            get_width=1,
        ),
        pdk.Layer(
            "ScatterplotLayer",
            [each for each in away if each["region"] not in {zone["region"] for zone in zones}],
            id="ends",
            pickable=False,
            get_position="at",
            get_fill_color=rgb(INK),
            radius_units=pdk.types.String("pixels"),
            get_radius=letter / 6,
        ),
        pdk.Layer(
            "ScatterplotLayer",
            zones,
            id=f"zones-{turn}",
            pickable=True,
            stroked=True,
            get_position="at",
            get_fill_color="fill",
            get_line_color=rgb(INK),
            radius_units=pdk.types.String("pixels"),
            line_width_units=pdk.types.String("pixels"),
            get_radius=letter / 2,
            get_line_width="focus * 2 + 1",
        ),
        pdk.Layer(
            "TextLayer",
            words,
            id=f"words-{turn}",
            pickable=True,
            character_set=pdk.types.String("auto"),
            font_family=pdk.types.String(FONT),
            # Drawn twice as large as shown: sharp on a fine screen, and not blurred by much shrinking.
            font_settings={"fontSize": 2 * letter},
            get_position="to",
            get_text=said,
            get_size=letter,
            line_height=1.15,
            # A ground that cannot be seen, so that a click between two strokes hits the name.
            background=True,
            get_background_color=[255, 255, 255, 1],
            background_padding=[4, 3],
            get_color="ink",
            get_text_anchor="anchor",
            get_pixel_offset="shift",
        ),
    ]
    return pdk.Deck(
        layers=layers,
        initial_view_state=_view(rows, outlines, size),
        # The wheel scrolls the page; the map is moved by hand and enlarged by its buttons.
        views=[pdk.View(type="MapView", controller={"scrollZoom": False, "dragRotate": False})],
        map_provider=None,
        tooltip={
            "text": "{label}　{shown}\n{class}",
            "style": {
                "backgroundColor": twin(GROUND, dark),
                "color": twin(INK, dark),
                "border": f"1px solid {twin(LINE, dark)}",
                "fontSize": "14px",
            },
        },
    )


def _view(rows: pd.DataFrame, outlines: str, size: tuple[int, int]) -> pdk.ViewState:
    """The view in which all outlines, and the words beside them, have room (Web Mercator)."""
    points = [
        point for each in maps.outlines(outlines) for polygon in each["geometry"]["coordinates"] for point in polygon[0]
    ]
    lons = [*(lon for lon, _ in points), *rows["label_lon"]]
    lats = [*(lat for _, lat in points), *rows["label_lat"]]
    west, east = min(lons), max(lons)
    south, north = _mercator(min(lats)), _mercator(max(lats))
    beside = (BESIDE_BRIEF if _narrow(size) else BESIDE) * _letter(size)
    across = math.log2((size[0] - 2 * beside) / ((east - west) / 360 * TILE))
    upright = math.log2((size[1] - 2 * ABOVE) / ((north - south) * TILE))
    middle = math.degrees(2 * math.atan(math.exp((south + north) / 2 * 2 * math.pi)) - math.pi / 2)
    return pdk.ViewState(latitude=middle, longitude=(west + east) / 2, zoom=min(across, upright), pitch=0, bearing=0)


def _narrow(size: tuple[int, int]) -> bool:
    return size[0] < maps.NARROW


def _letter(size: tuple[int, int]) -> int:
    """Pixels of the words."""
    return maps.BRIEF_SIZE if _narrow(size) else maps.font_size(size[1])


def _mercator(latitude: float) -> float:
    """Height on a world that is 1 high: ln(tan(π/4 + φ/2)) / 2π."""
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)


def _points(rows: pd.DataFrame, lon: str, lat: str) -> list[list[float]]:
    return [[float(x), float(y)] for x, y in zip(rows[lon], rows[lat], strict=True)]


def _record(row: pd.Series, *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}
