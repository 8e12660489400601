"""One county."""

from lib.view import charts

BUILDERS = {
    charts.profile_dots: (300,),
}
LAYERS = {
    charts.profile_dots: [
        ("bar", {"y": "label", "x": "low", "x2": "high"}),
        ("tick", {"y": "label", "x": "median"}),
        ("point", {"y": "label", "x": "score"}),
        ("text", {"y": "label", "text": "shown"}),
    ],
}
