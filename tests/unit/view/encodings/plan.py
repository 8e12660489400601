"""A plan to an aim."""

from lib.view import charts

BUILDERS = {charts.way_up: (300,)}
LAYERS = {
    charts.way_up: [
        ("rect", {"y": "label", "detail": "code"}),
        ("rule", {"x": "left"}),
        ("bar", {"y": "label", "x": "left", "x2": "right", "color": "role"}),
        ("point", {"y": "label", "x": "left", "color": "role", "shape": "role"}),
        ("text", {"y": "label", "text": "shown"}),
        ("text", {"x": "left", "text": "shown"}),
    ]
}
