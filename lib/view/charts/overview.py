"""The first page: who stands where, and what is weakest."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import IN_ORDER, finish, pickable
from lib.view.charts.ranking import ranking_bars
from lib.view.theme import BLUE, GROUND, INK, QUIET, SOFT, TRACK

# A row of `weakest_dots`: a line of words, the track, a line of words.
TALL_ROW = 60


def standings(height: int) -> alt.LayerChart:
    """Bars by region in data order; a click picks the region. Columns: label, score, tier (words), shown, focus (0/1)."""
    return ranking_bars("总分", height).add_params(pickable("region"))


def weakest_dots(height: int) -> alt.LayerChart:
    """From the lowest to the best score on each indicator, the mean marked; a click anywhere in a row picks the code.

    Columns: label, owner, low, high, mean, shown, gap (words).
    """
    y = alt.Y("label:N", sort=IN_ORDER, axis=None)
    scale = alt.Scale(domain=[0, 100])
    zero = alt.XDatum(0, axis=None, scale=scale)
    tooltip = [
        alt.Tooltip("label:N", title="指标"),
        alt.Tooltip("mean:Q", title="平均得分", format=".1f"),
        alt.Tooltip("low:Q", title="最低", format=".1f"),
        alt.Tooltip("high:Q", title="最高", format=".1f"),
        alt.Tooltip("owner:N", title="牵头单位"),
    ]
    row = (
        alt.Chart()
        .mark_bar(height={"band": 1}, color=GROUND, opacity=0, cursor="pointer")
        .encode(y=y, x=zero, x2=alt.datum(100), tooltip=tooltip)
    )
    track = alt.Chart().mark_rule(strokeWidth=6, color=TRACK).encode(y=y, x=zero, x2=alt.datum(100))
    span = (
        alt.Chart()
        .mark_rule(strokeWidth=6, color=SOFT)
        .encode(y=y, x=alt.X("low:Q", axis=None, scale=scale), x2="high:Q")
    )
    mean = (
        alt.Chart()
        .mark_point(filled=True, size=130, shape="diamond", opacity=1, color=BLUE)
        .encode(y=y, x=alt.X("mean:Q", axis=None, scale=scale), tooltip=tooltip)
    )

    def words(field: str, above: bool, right: bool) -> alt.Chart:
        mark = alt.Chart().mark_text(
            align="right" if right else "left",
            baseline="bottom" if above else "top",
            dy=-8 if above else 8,
            fontSize=14 if above else 12.5,
            fontWeight=600 if above else 400,
            color=INK if above else QUIET,
            limit=0,
        )
        return mark.encode(y=y, x=alt.value("width" if right else 0), text=f"{field}:N")

    named = words("label", above=True, right=False), words("shown", above=True, right=True)
    below = words("owner", above=False, right=False), words("gap", above=False, right=True)
    whole = alt.layer(row, track, span, mean, *named, *below).add_params(pickable("code"))
    return finish(whole, height, right=4)
