"""How much room a chart asks for: in a narrow window one that needs more scrolls sideways in its own box, and its height is kept free
until it has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import altair as alt

from lib.view import charts, maps

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
    charts.county_map,
}
_WIDE = {charts.heatmap, charts.report_matrix, charts.completeness, charts.phases}


def room(builder: Callable[..., alt.TopLevelMixin]) -> int:
    """The least width in pixels at which a chart can be read: ANY, USUAL or WIDE."""
    return ANY if builder in _ANY else WIDE if builder in _WIDE else USUAL


# In pixels, beside the brief words of a narrow map.
_BESIDE = 40


def tight(builder: Callable[..., alt.TopLevelMixin], specification: Mapping[str, Any]) -> Mapping[str, Any]:
    """A specification for the screen, a map with less room beside it where its box is narrow: there its words are brief."""
    if builder is not charts.county_map:
        return specification
    sides = specification["padding"]
    said = ", ".join(
        f"{side}: {f'containerSize()[0] < {maps.NARROW} ? {_BESIDE} : {pixels}' if side == 'right' else pixels}"
        for side, pixels in sides.items()
    )
    return {**specification, "padding": {"expr": f"{{{said}}}"}}


# A chart's height is told in steps of so many pixels, up to so many steps.
STEP, STEPS = 20, 60
# An axis with its title, below the plot.
_AXIS = 16


def tall(specification: Mapping[str, Any]) -> str:
    """What a box of a chart is named by for its height: tall-12 is twelve steps, its axis included."""
    return tall_of(specification["height"] + _AXIS)


def tall_of(pixels: float) -> str:
    """The same for a height in pixels."""
    return f"tall-{min(STEPS, round(pixels / STEP))}"


def kept_free() -> str:
    """Rules of a style sheet by which a box so named has its height before what it shows has come."""
    skeleton, chart = '[data-testid="stSkeleton"]', '[data-testid="stVegaLiteChart"]'
    box = f'> [data-testid="stElementContainer"]:is(:has(> {skeleton}), :has({chart}):not(:has(svg.marks)))'
    return "\n".join(
        f'[class*="-tall-{step}-"] {box} {{ min-height: {step * STEP / 16}rem; }}' for step in range(1, STEPS + 1)
    )
