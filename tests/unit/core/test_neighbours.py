"""Areas with a common border."""

from __future__ import annotations

from lib.core.neighbours import neighbours
from lib.view import maps


def area(code: str, *rings: list[tuple[int, int]], multi: bool = False) -> dict:
    coordinates = [[list(point) for point in (*ring, ring[0])] for ring in rings]
    shape = (
        {"type": "MultiPolygon", "coordinates": [coordinates]}
        if multi
        else {"type": "Polygon", "coordinates": coordinates}
    )
    return {"region": code, "geometry": shape}


def test_a_border_is_shared_and_a_corner_is_not() -> None:
    squares = [
        area("a", [(0, 0), (1, 0), (1, 1), (0, 1)]),
        area("b", [(1, 0), (2, 0), (2, 1), (1, 1)], multi=True),  # a border with a
        area("c", [(1, 1), (2, 1), (2, 2), (1, 2)]),  # a border with b, a corner with a
        area("d", [(5, 5), (6, 5), (6, 6)]),
    ]
    assert neighbours(squares) == {"a": ("b",), "b": ("a", "c"), "c": ("b",), "d": ()}


def test_the_counties_of_the_city() -> None:
    found = neighbours(maps.outlines(maps.CITY))
    assert len(found) == 10
    assert found["410481"] == ("410422",)  # 舞钢市 meets only 叶县
    assert found["410404"] == ("410421", "410423")  # 石龙区 lies between 宝丰县 and 鲁山县
    assert all(code in found[other] for code, others in found.items() for other in others)
