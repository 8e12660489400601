"""Cells: regions by indicators, or by periods."""

from __future__ import annotations

from itertools import pairwise

import altair as alt

from lib.view.charts.parts import IN_ORDER, finish, pickable, rows
from lib.view.theme import CHANGE_BANDS, FAINT, GROUND, INK, NO_VALUE, PALE, PLACE_BANDS, SCORE_BANDS

BANDS = {"score": SCORE_BANDS, "rank": PLACE_BANDS, "change": CHANGE_BANDS}
_STRIPES, _LINE = 6, 17


def heatmap(height: int, kind: str = "score", lines: int = 1) -> alt.LayerChart:
    """Cells coloured by the bands of `kind` (score, rank or change), their words inside; missing ones are hatched.

    `lines` is how many lines each column's head has: Vega lets them grow downwards, so room is left above the cells.

    Columns: label, place (the column's head, lines parted by a line break), band, shown, light (0/1: words in white),
    missing (0/1), focus (0/1), cell, detail.
    """
    y = rows()
    x = alt.X(
        "place:N",
        sort=IN_ORDER,
        title=None,
        axis=alt.Axis(
            orient="top",
            labelAngle=0,
            labelExpr="split(datum.label, '\\n')",
            labelLimit=200,
            labelOverlap=False,
            labelLineHeight=_LINE,
            labelPadding=4 + (lines - 1) * _LINE,
            # On a tablet three characters are as wide as a column.
            labelFontSize=alt.ExprRef("bandwidth('x') < 40 ? 11 : 12.5"),
            domain=False,
            ticks=False,
        ),
    )
    colours = {**BANDS[kind], NO_VALUE[kind]: FAINT}
    cells = (
        alt.Chart()
        .mark_rect(stroke=GROUND, strokeWidth=2)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "band:N",
                scale=alt.Scale(domain=list(colours), range=list(colours.values())),
                legend=alt.Legend(
                    title=None,
                    orient="bottom",
                    # A missing value is hatched, not coloured.
                    values=list(BANDS[kind]),
                    symbolType="square",
                    symbolStrokeWidth=1,
                    symbolStrokeColor=PALE,
                ),
            ),
            detail="cell:N",
            tooltip=alt.Tooltip("detail:N", title="这一格"),
        )
        .add_params(pickable("cell"))
    )
    hatch = (
        alt.Chart()
        .transform_filter("datum.missing == 1")
        .mark_rect(fill=_hatching(), stroke=GROUND, strokeWidth=2)
        .encode(x=x, y=y, tooltip=alt.Tooltip("detail:N", title="这一格"))
    )
    frame = (
        alt.Chart()
        .transform_filter("datum.focus == 1")
        .mark_rect(filled=False, stroke=INK, strokeWidth=1.5)
        .encode(x=x, y=y)
    )
    words = (
        alt.Chart()
        .mark_text(fontSize=14)
        .encode(x=x, y=y, text="shown:N", color=alt.condition("datum.light > 0", alt.value(GROUND), alt.value(INK)))
    )
    return finish(alt.layer(cells, hatch, frame, words), height, right=4)


def _hatching() -> dict[str, object]:
    """Stripes from corner to corner: a gradient whose colours change at once."""
    edges = [i / (2 * _STRIPES) for i in range(2 * _STRIPES + 1)]
    stops = [
        {"offset": offset, "color": colour}
        for colour, pair in zip([FAINT, PALE] * _STRIPES, pairwise(edges), strict=True)
        for offset in pair
    ]
    return {"gradient": "linear", "x1": 0, "y1": 0, "x2": 1, "y2": 1, "stops": stops}
