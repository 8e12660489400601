"""Places."""

from lib.view import charts

BUILDERS = {
    charts.ranking_bars: (),
    charts.composition: (300, ("获得信贷",), ("纳税",), "其余 14 项", "总分"),
    charts.differences: (300,),
    charts.focus_bars: (300,),
    charts.bump: (300, (4, 8)),
    charts.small_multiples: (300,),
}
_PLACE = {"x": "period", "y": "rank", "detail": "region"}
_LEVEL = {"x": "at", "y": "level"}
LAYERS = {
    charts.ranking_bars: [
        ("bar", {"y": "label", "x": "score", "color": "tier"}),
        ("text", {"y": "label", "x": "score", "text": "shown"}),
    ],
    charts.composition: [
        ("bar", {"y": "label", "x": "start", "x2": "end", "color": "part", "detail": "region", "tooltip": "detail"}),
        ("text", {"y": "label", "x": "total", "text": "shown"}),
    ],
    charts.differences: [
        ("bar", {"y": "label", "x": "over", "detail": "code"}),
        ("rule", {}),
        ("text", {"y": "label", "x": "over", "text": "shown"}),
        ("text", {"y": "label", "x": "over", "text": "shown"}),
    ],
    charts.focus_bars: [
        ("bar", {"y": "label", "x": "amount", "detail": "region"}),
        ("text", {"y": "label", "x": "amount", "text": "shown"}),
    ],
    charts.bump: [
        ("rule", {}),
        ("rule", {}),
        ("line", _PLACE),
        ("line", _PLACE),
        ("point", {**_PLACE, "tooltip": "detail"}),
        ("line", _PLACE),
        ("point", {**_PLACE, "tooltip": "detail"}),
        ("text", {**_PLACE, "text": "rank"}),
        ("text", {"x": "period", "y": "rank", "text": "end", "tooltip": "detail"}),
    ],
    charts.small_multiples: [
        ("rect", {"x": "left", "x2": "right", "y": "floor", "y2": "top", "detail": "region"}),
        ("area", {"x": "at", "y": "low", "y2": "high", "detail": "region"}),
        ("line", {"x": "at", "y": "middle", "detail": "region"}),
        ("line", {**_LEVEL, "detail": "region"}),
        ("point", {**_LEVEL, "tooltip": "detail"}),
        ("text", {**_LEVEL, "text": "shown"}),
        ("text", {"x": "at", "y": "top", "text": "label"}),
        ("text", {"x": "at", "y": "floor", "text": "foot"}),
    ],
}
