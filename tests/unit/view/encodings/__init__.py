"""What each chart is expected to draw, a module a family: BUILDERS (builder → arguments to build it with) and LAYERS
(from back to front: the mark and the column behind each channel)."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

FAMILIES = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
BUILDERS: dict[Callable, tuple] = {builder: shape for family in FAMILIES for builder, shape in family.BUILDERS.items()}
LAYERS: dict[Callable, list[tuple[str, dict[str, str]]]] = {
    builder: layers for family in FAMILIES for builder, layers in family.LAYERS.items()
}
N, Q, T = "nominal", "quantitative", "temporal"
TYPES = {
    **dict.fromkeys(
        (
            "band",
            "cell",
            "class",
            "code",
            "detail",
            "end",
            "foot",
            "gap",
            "label",
            "lost",
            "mark",
            "ours",
            "owner",
            "part",
            "period",
            "place",
            "region",
            "role",
            "series",
            "shown",
            "state",
            "status",
            "theirs",
            "tier",
            "words",
        ),
        N,
    ),
    **dict.fromkeys(
        (
            "amount",
            "at",
            "benchmark",
            "count",
            "floor",
            "gain",
            "high",
            "label_lat",
            "label_lon",
            "lat",
            "left",
            "level",
            "lon",
            "loss",
            "low",
            "mean",
            "median",
            "middle",
            "over",
            "q1",
            "q3",
            "rank",
            "right",
            "score",
            "score_if",
            "second",
            "start",
            "top",
            "total",
            "value",
        ),
        Q,
    ),
    "starts": T,
}
