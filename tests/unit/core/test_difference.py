"""Jumps, values that are no longer there, and completeness, worked out by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from lib.core.difference import by_gaps, completeness, jumps, late, no_longer, with_last

STANDING = pd.DataFrame(
    [
        ("r1", "a", "2020-Q2", 10.0, "real", 0),
        ("r2", "a", "2020-Q2", 20.0, "real", 0),
        ("r3", "a", "2020-Q2", 30.0, "demo", 0),
        ("r1", "a", "2020-Q3", 8.0, "real", 1),
        ("r1", "b", "2020-Q2", 1.0, "real", 0),
    ],
    columns=["region", "measure", "period", "value", "kind", "provisional"],
)


def compared(*rows: tuple[str, float, float | None]) -> pd.DataFrame:
    """Rows of measure a in 2020-Q3: region, value, before."""
    frame = pd.DataFrame(rows, columns=["region", "value", "before"]).assign(measure="a", period="2020-Q3")
    frame["before"] = frame["before"].astype(float)
    same = frame["value"] == frame["before"]
    return frame.assign(
        state=[
            "new" if math.isnan(b) else "unchanged" if s else "changed"
            for b, s in zip(frame["before"], same, strict=True)
        ]
    )


def test_a_change_is_related_to_what_stood_else_to_the_period_before() -> None:
    found = with_last(compared(("r1", 12.0, 8.0), ("r2", 30.0, None), ("r3", 1.0, None)), STANDING)
    assert found["last"].fillna(-1).tolist() == [10.0, 20.0, -1]
    # (12 − 8) / 8, (30 − 20) / 20; the demonstration value of r3 is no past.
    assert found["jump"].fillna(-9).tolist() == [0.5, 0.5, -9]


def test_a_change_from_zero_is_infinite_and_from_zero_to_zero_none() -> None:
    zero = STANDING.assign(value=0.0)
    found = with_last(compared(("r1", 5.0, None), ("r2", 0.0, None)), zero)
    assert found["jump"].tolist() == [math.inf, 0.0]


@pytest.mark.parametrize(("threshold", "regions"), [(0.49, ["r2", "r1"]), (0.5, ["r2"]), (1.0, [])])
def test_jumps_exceed_the_threshold_and_come_largest_first(threshold: float, regions: list[str]) -> None:
    found = with_last(compared(("r1", 4.0, 8.0), ("r2", 40.0, None), ("r3", 9.0, 9.0)), STANDING)
    assert list(jumps(found, threshold)["region"]) == regions


def test_a_place_that_had_a_value_and_has_none_now_is_named() -> None:
    found = no_longer(compared(("r3", 5.0, None), ("r4", 1.0, None)), STANDING)
    # r1 has its value of the third quarter already; r3 never had a real one.
    assert found.to_dict("records") == [{"measure": "a", "region": "r2", "period": "2020-Q3", "last": 20.0}]


def test_a_file_about_one_place_says_nothing_of_the_others() -> None:
    assert no_longer(compared(("r3", 5.0, None)), STANDING).empty


def test_nothing_is_missing_when_every_place_is_in_the_file() -> None:
    assert no_longer(compared(("r1", 5.0, 8.0), ("r2", 1.0, None)), STANDING).empty


def test_completeness_tells_four_states_apart() -> None:
    found = completeness(STANDING, ["a", "b"], ["r1", "r2", "r3"], "2020-Q2")
    assert found["state"].tolist() == ["present", "present", "demo", "present", "missing", "missing"]
    assert completeness(STANDING, ["a"], ["r1"], "2020-Q3")["state"].tolist() == ["provisional"]
    assert completeness(STANDING, ["a"], ["r1"], "2019")["state"].tolist() == ["missing"]


def test_the_measure_with_most_gaps_comes_first() -> None:
    complete = completeness(STANDING, ["b", "a"], ["r1", "r2", "r3"], "2020-Q2")
    found = by_gaps(complete)
    # a lacks r3 (a demonstration), b lacks r2 and r3.
    assert found["measure"].tolist() == ["b"] * 3 + ["a"] * 3
    assert found["gaps"].tolist() == [2] * 3 + [1] * 3


def test_who_is_late_counts_demonstration_values_as_missing() -> None:
    complete = completeness(STANDING, ["a", "b"], ["r1", "r2", "r3"], "2020-Q2")
    found = late(complete, {"a": ("tax",), "b": ("tax", "court")}).to_dict("records")
    assert found == [
        {"owner": "tax", "due": 6, "present": 3, "missing": 3, "measures": ("a", "b")},
        {"owner": "court", "due": 3, "present": 1, "missing": 2, "measures": ("b",)},
    ]


def test_a_measure_without_an_owner_is_nobodys() -> None:
    complete = completeness(STANDING, ["b"], ["r2"], "2020-Q2")
    assert late(complete, {})["owner"].tolist() == [""]
