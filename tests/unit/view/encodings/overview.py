"""The first page."""

from lib.view import charts
from tests.unit.view.encodings import ranking

BUILDERS = {
    charts.standings: (200,),
    charts.weakest_dots: (200,),
}
LAYERS = {
    charts.standings: ranking.LAYERS[charts.ranking_bars],
    charts.weakest_dots: [
        ("bar", {"y": "label"}),
        ("rule", {"y": "label"}),
        ("rule", {"y": "label", "x": "low", "x2": "high"}),
        ("point", {"y": "label", "x": "mean"}),
        ("text", {"y": "label", "text": "label"}),
        ("text", {"y": "label", "text": "shown"}),
        ("text", {"y": "label", "text": "owner"}),
        ("text", {"y": "label", "text": "gap"}),
    ],
}
