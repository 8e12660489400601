"""One indicator."""

from lib.view import charts

BUILDERS = {
    charts.distribution: (300,),
    charts.history: (300,),
    charts.scatter: (300,),
    charts.parts_dots: (300,),
}
_LINE = {"x": "period", "y": "value"}
_POINT = {"x": "value", "y": "second"}
LAYERS = {
    charts.distribution: [
        ("rect", {"y": "label", "detail": "region"}),
        ("rule", {"y": "label", "x": "value", "x2": "middle"}),
        ("rule", {"x": "value", "color": "role", "strokeDash": "role"}),
        ("point", {"y": "label", "x": "value"}),
        ("text", {"y": "label", "text": "shown"}),
        ("text", {"x": "value", "text": "shown", "color": "role"}),
    ],
    charts.history: [
        ("point", {"x": "period"}),
        ("line", {**_LINE, "detail": "series"}),
        ("point", _LINE),
        ("rule", {"y": "value", "color": "role", "strokeDash": "role"}),
        ("line", {**_LINE, "color": "role", "detail": "series", "strokeDash": "role"}),
        ("point", {**_LINE, "color": "role"}),
        ("text", {"x": "period", "y": "at", "text": "label", "color": "role"}),
        ("text", {"y": "at", "text": "label", "color": "role"}),
        ("point", _LINE),
        ("text", {**_LINE, "text": "label"}),
    ],
    charts.scatter: [
        ("rule", {"x": "value"}),
        ("rule", {"y": "second"}),
        ("point", {**_POINT, "detail": "region"}),
        ("text", {**_POINT, "text": "label"}),
        ("text", {"x": "value"}),
        ("text", {"y": "second"}),
    ],
    charts.parts_dots: [
        ("rect", {"y": "label", "detail": "code"}),
        ("bar", {"y": "label", "x": "low", "x2": "high"}),
        ("tick", {"y": "label", "x": "middle"}),
        ("point", {"y": "label", "x": "value"}),
        ("text", {"y": "label", "text": "shown"}),
    ],
}
