"""What each chart is expected to draw, a module a family: BUILDERS (builder → arguments to build it with) and LAYERS
(from back to front: the mark and the column behind each channel)."""

from __future__ import annotations

from collections.abc import Callable

from tests.unit.view.encodings import benchmark, county, manage, maps, ranking

FAMILIES = (ranking, county, benchmark, manage, maps)
BUILDERS: dict[Callable, tuple] = {builder: shape for family in FAMILIES for builder, shape in family.BUILDERS.items()}
LAYERS: dict[Callable, list[tuple[str, dict[str, str]]]] = {
    builder: layers for family in FAMILIES for builder, layers in family.LAYERS.items()
}
N, Q = "nominal", "quantitative"
TYPES = {
    **dict.fromkeys(
        ("label", "tier", "shown", "period", "region", "status", "place", "state", "mark", "class", "words"), N
    ),
    **dict.fromkeys(("score", "score_if", "median", "low", "high", "count", "lon", "lat", "label_lon", "label_lat"), Q),
}
