"""Places."""

from lib.view import charts

BUILDERS = {
    charts.ranking_bars: (),
    charts.trend: (),
}
LAYERS = {
    charts.ranking_bars: [
        ("bar", {"y": "label", "x": "score", "color": "tier"}),
        ("text", {"y": "label", "x": "score", "text": "shown"}),
    ],
    charts.trend: [
        ("line", {"x": "period", "y": "score", "detail": "region"}),
        ("line", {"x": "period", "y": "score"}),
        ("point", {"x": "period", "y": "score"}),
        ("text", {"x": "period", "y": "score", "text": "shown"}),
    ],
}
