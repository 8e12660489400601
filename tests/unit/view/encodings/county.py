"""One county."""

from lib.view import charts

BUILDERS = {
    charts.spine: (300,),
    charts.standing_over_time: (240,),
}
LAYERS = {
    charts.spine: [
        ("bar", {"y": "label", "x": "low", "x2": "high"}),
        ("bar", {"y": "label", "x": "q1", "x2": "q3"}),
        ("tick", {"y": "label", "x": "median"}),
        ("point", {"y": "label", "x": "benchmark"}),
        ("point", {"y": "label", "x": "score"}),
        ("text", {"y": "label", "text": "shown"}),
        ("bar", {"y": "label"}),
    ],
    charts.standing_over_time: [
        ("line", {"x": "period", "y": "score", "detail": "region"}),
        ("point", {"x": "period", "y": "score"}),
        ("line", {"x": "period", "y": "score"}),
        ("text", {"x": "period", "y": "score", "text": "shown"}),
        ("point", {"x": "period", "y": "score"}),
    ],
}
