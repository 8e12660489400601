"""Heat maps."""

from lib.view import charts

BUILDERS = {charts.heatmap: (300, "change", 2)}
_CELL = {"x": "place", "y": "label"}
LAYERS = {
    charts.heatmap: [
        ("rect", {**_CELL, "color": "band", "detail": "cell", "tooltip": "detail"}),
        ("rect", {**_CELL, "tooltip": "detail"}),
        ("rect", _CELL),
        ("text", {**_CELL, "text": "shown"}),
    ],
}
