"""A campaign."""

from lib.view import charts

BUILDERS = {
    charts.phases: (160,),
    charts.progress_bars: (200,),
    charts.report_matrix: (200,),
}
LAYERS = {
    charts.phases: [
        ("bar", {"y": "label", "x": "starts", "x2": "ends"}),
        ("text", {"y": "label", "text": "shown"}),
        ("point", {"y": "label", "x": "starts"}),
        ("text", {"y": "label", "x": "starts", "text": "shown"}),
        ("rule", {"x": "starts"}),
        ("text", {"x": "starts", "text": "shown"}),
    ],
    charts.progress_bars: [
        ("bar", {"y": "label"}),
        ("bar", {"y": "label", "x": "value"}),
        ("text", {"y": "label", "text": "shown"}),
    ],
    charts.report_matrix: [
        ("rect", {"y": "label", "x": "period", "color": "state"}),
        ("text", {"y": "label", "x": "period", "text": "words"}),
    ],
}
