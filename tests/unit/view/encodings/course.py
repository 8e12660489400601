"""By when."""

from lib.view import charts

BUILDERS = {charts.ways: (290,)}
LAYERS = {
    charts.ways: [
        ("point", {"x": "period"}),
        ("area", {"x": "period", "y": "value", "y2": "second"}),
        ("line", {"x": "period", "y": "value", "color": "role"}),
        ("line", {"x": "period", "y": "second", "color": "role"}),
        ("rule", {"x": "period", "color": "role"}),
        ("text", {"x": "period", "text": "label", "color": "role"}),
        ("text", {"x": "period", "text": "label", "color": "role"}),
        ("line", {"x": "period", "y": "value", "color": "role", "strokeDash": "role"}),
        ("point", {"x": "period", "y": "value", "color": "role"}),
        ("text", {"x": "period", "y": "at", "text": "label", "color": "role"}),
        ("point", {"x": "period", "y": "value", "color": "role"}),
    ],
}
