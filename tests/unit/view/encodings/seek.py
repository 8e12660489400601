"""寻标."""

from lib.view import charts

BUILDERS = {charts.courses: (300,)}
_LINE = {"x": "period", "y": "value", "detail": "region"}
LAYERS = {
    charts.courses: [
        ("line", _LINE),
        ("line", {**_LINE, "color": "role", "strokeDash": "role"}),
        ("point", {**_LINE, "color": "role"}),
        ("point", {**_LINE, "color": "role"}),
        ("text", {"x": "period", "y": "at", "text": "end", "color": "role"}),
        ("point", _LINE),
    ],
}
