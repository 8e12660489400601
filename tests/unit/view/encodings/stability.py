"""How firm places are."""

from lib.view import charts

TIERS = (("第一方阵", 1, 4), ("第二方阵", 5, 8), ("第三方阵", 9, 12))
BUILDERS = {charts.place_ranges: (400, 12, TIERS)}
LAYERS = {
    charts.place_ranges: [
        *[("rect", {})] * 3,
        *[("text", {})] * 3,
        ("rule", {"y": "label", "x": "low", "x2": "high"}),
        ("bar", {"y": "label", "x": "left", "x2": "right", "detail": "region", "tooltip": "detail"}),
        ("point", {"y": "label", "x": "rank", "tooltip": "detail"}),
        ("text", {"y": "label", "text": "shown"}),
    ]
}
