"""Nearest in background."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.peers import nearest
from tests.unit.core.build import records, rows


def test_distances_by_hand() -> None:
    # u: mean 2, sd 1; v: mean 20, sd 10. z of A (−1, −1), B (0, 0), C (1, 1).
    frame = rows({"u": [1, 2, 3], "v": [10, 20, 30], "flat": [5, 5, 5]})
    table = nearest(frame, "A", ("A", "B", "C"), ("u", "v", "flat"))
    assert records(table, ("region", "distance")) == [("B", pytest.approx(2**0.5)), ("C", pytest.approx(8**0.5))]


def test_who_lacks_a_measure_is_left_out() -> None:
    frame = rows({"u": [1, 2, 3, 9], "v": [10, 20, 30, None]})
    assert nearest(frame, "A", tuple("ABCD"), ("u", "v"))["region"].tolist() == ["B", "C"]
    assert nearest(frame, "D", tuple("ABCD"), ("u", "v")).empty
    assert nearest(frame, "A", tuple("ABCD"), ("u", "unknown")).empty


def test_only_the_regions_and_measures_asked_for_count() -> None:
    frame = rows({"u": [1, 2, 3, 900], "w": [5, 900, -3, 0]})
    # u of A, B, C: sd 1.
    assert records(nearest(frame, "A", tuple("ABC"), ("u",)), ("region", "distance")) == [("B", 1.0), ("C", 2.0)]


@given(st.lists(st.lists(st.integers(-50, 50), min_size=5, max_size=5), min_size=1, max_size=4), st.integers(1, 9))
def test_units_do_not_matter_and_the_distance_is_mutual(columns: list[list[int]], factor: int) -> None:
    names = tuple(f"m{i}" for i in range(len(columns)))
    frame = rows(dict(zip(names, columns, strict=True)))
    scaled = frame.assign(value=np.where(frame["measure"] == "m0", factor * frame["value"] + 7, frame["value"]))
    ours, theirs = (
        nearest(each, "A", tuple("ABCDE"), names).set_index("region")["distance"] for each in (frame, scaled)
    )
    pd.testing.assert_series_equal(ours.sort_index(), theirs.sort_index(), atol=1e-9)
    for other, distance in ours.items():
        back = nearest(frame, other, tuple("ABCDE"), names).set_index("region").at["A", "distance"]
        assert back == pytest.approx(distance)
