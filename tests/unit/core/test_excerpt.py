"""The ends of a ranking and what stands around one member."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.excerpt import excerpt
from tests.unit.core.build import records

NAN = float("nan")
TWELVE = pd.DataFrame(
    {"region": list("ABCDEFGHIJKL"), "rank": [float(i) for i in range(1, 13)], "score": [100.0 - i for i in range(12)]}
)


@pytest.mark.parametrize(
    ("focus", "kept", "skipped"),
    [
        ("F", "ABCDEFGHJKL", {"J": 1}),  # 1–3, 4–8, 10–12
        ("A", "ABCDEJKL", {"J": 4}),  # near the top the five reach down
        ("L", "ABCHIJKL", {"H": 4}),
        ("G", "ABCEFGHIJKL", {"E": 1}),
    ],
)
def test_ends_and_neighbours(focus: str, kept: str, skipped: dict[str, int]) -> None:
    table = excerpt(TWELVE, focus)
    assert "".join(table["region"]) == kept
    assert {row.region: row.skipped for row in table.itertuples() if row.skipped} == skipped


def test_over_is_the_distance_to_the_focus_in_points() -> None:
    table = excerpt(TWELVE, "B", ends=1, near=1)
    assert records(table, ("region", "over", "skipped")) == [("A", 1.0, 0), ("B", 0.0, 0), ("L", -10.0, 9)]


def test_without_a_place_the_focus_has_no_neighbours() -> None:
    standing = TWELVE.assign(rank=TWELVE["rank"].where(TWELVE["region"] != "L"))
    table = excerpt(standing, "L")
    assert "".join(table["region"]) == "ABCIJK"
    assert table["over"].isna().all()


@given(size=st.integers(0, 20), at=st.integers(0, 19), ends=st.integers(0, 4), near=st.integers(1, 7))
def test_rows_shown_and_skipped_are_all_rows_up_to_the_last(size: int, at: int, ends: int, near: int) -> None:
    names = [f"r{i}" for i in range(size)]
    standing = pd.DataFrame(
        {"region": names, "rank": [i + 1.0 for i in range(size)], "score": [0.0 - i for i in range(size)]}
    )
    table = excerpt(standing, f"r{at}", ends, near)
    places = [names.index(region) + 1 for region in table["region"]]
    assert places == sorted(set(places))
    assert len(table) + table["skipped"].sum() == (places[-1] if places else 0)
    if at < size:
        assert f"r{at}" in set(table["region"])
        assert len(table) >= min(near, size)
