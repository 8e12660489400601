"""What is tried."""

from lib.view import charts

BUILDERS = {charts.steps: (200,), charts.swings: (300,)}
LAYERS = {
    charts.steps: [
        ("rule", {"x": "left"}),
        ("bar", {"y": "label", "x": "left", "x2": "right", "color": "role"}),
        ("point", {"y": "label", "x": "left", "color": "role", "shape": "role"}),
        ("text", {"y": "label", "text": "shown"}),
    ],
    charts.swings: [
        ("rect", {"y": "label", "detail": "code"}),
        ("bar", {"y": "label", "x": "gain", "detail": "code"}),
        ("bar", {"y": "label", "x": "loss", "detail": "code"}),
        ("rule", {}),
        ("text", {"y": "label", "x": "gain", "text": "shown"}),
        ("text", {"y": "label", "x": "loss", "text": "lost"}),
    ],
}
