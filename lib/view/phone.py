"""How much room a chart asks for: in a narrow window one that needs more scrolls sideways in its own box."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt

from lib.view import charts

# In pixels: as wide as a phone is enough; room for long labels and words on both sides; a matrix of many columns.
ANY, USUAL, WIDE = 0, 600, 980
_ANY = {
    charts.standings,
    charts.weakest_dots,
    charts.status_bars,
    charts.class_bars,
    charts.composition,
    charts.differences,
    charts.distribution,
    charts.focus_bars,
}
_WIDE = {charts.heatmap, charts.report_matrix, charts.completeness, charts.phases}


def room(builder: Callable[..., alt.TopLevelMixin]) -> int:
    """The least width in pixels at which a chart can be read: ANY, USUAL or WIDE."""
    return ANY if builder in _ANY else WIDE if builder in _WIDE else USUAL
