"""What is counted by month."""

from lib.view import charts

BUILDERS = {charts.counters: (360,)}
LAYERS = {
    charts.counters: [
        ("rect", {"y": "label", "x": "period", "opacity": "level"}),
        ("text", {"y": "label", "x": "period", "text": "shown"}),
    ],
}
