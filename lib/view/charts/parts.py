"""What all charts share: the axis of rows, the colours of tiers, size and look."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from lib.view.labels import width
from lib.view.spec import PICK
from lib.view.theme import CONFIG, TIER_COLOURS

ROW = 28
DENSE_ROW = 24
# Pixels that an entry of a legend takes besides its words, and those that a plot has at least to its right.
_SIGN, _SPARE = 30, 24
# By a column, not by the order of arrival: a chart that is redrawn with new rows keeps the old places otherwise.
IN_ORDER = alt.EncodingSortField("order", op="min")


def rows(field: str = "label") -> alt.Y:
    return alt.Y(f"{field}:N", sort=IN_ORDER, title=None)


def tier_colour() -> alt.Color:
    return alt.Color(
        "tier:N",
        scale=alt.Scale(domain=list(TIER_COLOURS), range=list(TIER_COLOURS.values())),
        legend=alt.Legend(title=None, orient="top", symbolType="square"),
    )


def legend_columns(words: Sequence[str], most: int = 0) -> alt.ExprRef:
    """How many entries of a legend stand side by side: `most` (0: all), fewer where the plot is narrower than they are."""
    widths = [width(each, CONFIG["legend"]["labelFontSize"]) + _SIGN for each in words]
    whole = most * max(widths) if most else sum(widths)
    return alt.ExprRef(f"width < {whole - _SPARE:.0f} ? max(1, floor((width + {_SPARE}) / {max(widths):.0f})) : {most}")


def finish(chart: alt.LayerChart, height: int, right: int = 96) -> alt.LayerChart:
    """Size, and the common look; words to the right of the plot need the padding there."""
    padding = {"left": 4, "top": 4, "bottom": 4, "right": right}
    return chart.properties(width="container", height=height, padding=padding).configure(**CONFIG)


def pickable(field: str) -> alt.Parameter:
    """Lets a row be clicked on: the page is told the row's value of the field."""
    return alt.selection_point(PICK, fields=[field], on="click", clear=False, empty=False)
