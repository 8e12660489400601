"""What is there and what is not."""

from lib.view import charts

BUILDERS = {
    charts.completeness: (200,),
}
LAYERS = {
    charts.completeness: [
        ("rect", {"y": "label", "x": "place", "color": "state"}),
        ("text", {"y": "label", "x": "place", "text": "mark"}),
    ],
}
