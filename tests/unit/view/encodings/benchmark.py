"""Gaps and targets."""

from lib.view import charts

BUILDERS = {
    charts.dumbbell: (300,),
    charts.waterfall: (300,),
    charts.catching_up: (320, "数值（个）", True),
}
LAYERS = {
    charts.dumbbell: [
        ("rule", {"y": "label", "x": "score", "x2": "score_if"}),
        ("point", {"y": "label", "x": "score"}),
        ("point", {"y": "label", "x": "score_if"}),
        ("text", {"y": "label", "text": "shown"}),
    ],
    charts.waterfall: [
        ("rect", {"y": "label", "detail": "code"}),
        ("rule", {"x": "left"}),
        ("bar", {"y": "label", "x": "left", "x2": "right", "color": "role"}),
        ("point", {"y": "label", "x": "left", "color": "role", "shape": "role"}),
        ("text", {"y": "label", "text": "shown"}),
    ],
    charts.catching_up: [
        ("point", {"x": "period"}),
        ("rule", {"x": "period", "x2": "second", "y": "value"}),
        ("line", {"x": "period", "y": "value", "detail": "part", "color": "role", "strokeDash": "part"}),
        ("point", {"x": "period", "y": "value", "color": "role"}),
        ("text", {"x": "period", "y": "value", "text": "label", "color": "role"}),
        ("point", {"x": "period", "y": "value", "color": "role"}),
        ("text", {"x": "period", "y": "value", "text": "label"}),
    ],
}
