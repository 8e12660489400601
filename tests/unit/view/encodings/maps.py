"""Maps."""

from lib.view import charts, maps

BUILDERS = {
    charts.county_map: (maps.CITY, maps.TIERS, 300),
    charts.class_bars: (maps.TIERS, 100),
}
_LON_LAT = {"longitude": "lon", "latitude": "lat"}
LAYERS = {
    charts.county_map: [
        ("geoshape", {"color": "class", "key": "region"}),
        ("geoshape", {}),
        ("rule", {**_LON_LAT, "longitude2": "label_lon", "latitude2": "label_lat"}),
        ("point", _LON_LAT),
        ("point", {**_LON_LAT, "color": "class"}),
        ("text", {"longitude": "label_lon", "latitude": "label_lat"}),
    ],
    charts.class_bars: [
        ("bar", {"y": "class", "x": "count", "color": "class"}),
        ("text", {"y": "class", "x": "count", "text": "shown"}),
    ],
}
