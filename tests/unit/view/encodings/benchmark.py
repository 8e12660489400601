"""Gaps, targets and what-if."""

from lib.view import charts

BUILDERS = {
    charts.dumbbell: (300,),
    charts.status_bars: (200,),
    charts.levers: (200,),
}
LAYERS = {
    charts.dumbbell: [
        ("rule", {"y": "label", "x": "score", "x2": "score_if"}),
        ("point", {"y": "label", "x": "score"}),
        ("point", {"y": "label", "x": "score_if"}),
        ("text", {"y": "label", "text": "shown"}),
    ],
    charts.status_bars: [
        ("bar", {"y": "status", "x": "count", "color": "status"}),
        ("text", {"y": "status", "x": "count", "text": "count"}),
    ],
    charts.levers: [
        ("rule", {"y": "label"}),
        ("rule", {"y": "label", "x": "score", "x2": "score_if"}),
        ("point", {"y": "label", "x": "score"}),
        ("point", {"y": "label", "x": "score_if"}),
        ("text", {"y": "label", "text": "shown"}),
    ],
}
