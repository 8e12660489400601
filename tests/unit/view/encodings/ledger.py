"""The rectification ledger."""

from lib.view import charts

BUILDERS = {charts.chase_bars: (200,)}
LAYERS = {
    charts.chase_bars: [
        ("bar", {"y": "label", "x": "left", "x2": "right", "color": "state"}),
        ("text", {"y": "label", "x": "middle", "text": "count"}),
        ("text", {"y": "label", "text": "shown"}),
    ],
}
