"""相邻: which areas of a boundary file share a border."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# Areas that meet in one point only have no border in common.
BORDER = 2


def neighbours(areas: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """By area, the areas with which it shares at least two vertices of its border, in the order given.

    In: GeoJSON features whose polygons share their borders vertex by vertex; `region` names each area.
    """
    corners = {area["region"]: set(_vertices(area["geometry"]["coordinates"])) for area in areas}
    return {
        code: tuple(other for other in corners if other != code and len(mine & corners[other]) >= BORDER)
        for code, mine in corners.items()
    }


def _vertices(coordinates: list) -> Iterator[tuple[float, ...]]:
    if isinstance(coordinates[0], int | float):
        yield tuple(coordinates)
    else:
        for part in coordinates:
            yield from _vertices(part)
