"""Targets."""

from lib.view import charts

BUILDERS = {
    charts.status_bars: (200,),
    charts.bullets: (300,),
    charts.wall: (600, 14),
    charts.county_goals: (500,),
}
_CELL = {"x": "period", "y": "label"}
_PLACE = {"x": "place", "y": "label"}
LAYERS = {
    charts.status_bars: [
        ("bar", {"y": "status", "x": "count", "color": "status"}),
        ("text", {"y": "status", "x": "count", "text": "count"}),
    ],
    charts.bullets: [
        ("bar", {"y": "label"}),
        ("bar", {"y": "label", "x": "value", "color": "status"}),
        ("tick", {"y": "label"}),
        ("point", {"y": "label", "x": "second"}),
        ("text", {"y": "label", "text": "shown"}),
    ],
    charts.wall: [
        ("rect", _CELL),
        ("rect", {**_CELL, "color": "state"}),
        ("text", {**_CELL, "text": "words"}),
    ],
    charts.county_goals: [
        ("rect", {**_PLACE, "color": "state", "detail": "cell"}),
        ("text", {**_PLACE, "text": "words"}),
    ],
}
