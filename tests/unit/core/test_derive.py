"""Measures that follow from two others."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.core.derive import with_derived
from lib.model import Measure
from tests.unit.core.build import HIGHER, records, rows

SHARE = Measure("s", "占比", "%", HIGHER, numerator="p", denominator="q", per=100.0)
KEY = ["region", "measure", "period", "value"]


def derived(frame: pd.DataFrame, *measures: Measure) -> list[tuple]:
    """The rows that were added, as (region, period, value) by measure code."""
    added = with_derived(frame, measures or (SHARE,)).iloc[len(frame) :]
    return records(added, ("region", "measure", "period", "value"))


def test_a_share_is_numerator_by_denominator_times_per() -> None:
    # 3 of 4, 1 of 8
    assert derived(rows({"p": [3, 1], "q": [4, 8]})) == [("A", "s", "2020", 75.0), ("B", "s", "2020", 12.5)]


def test_per_thousand_or_as_it_is() -> None:
    frame = rows({"p": [3], "q": [4]})
    assert derived(frame, Measure("r", "", "", HIGHER, numerator="p", denominator="q", per=1000.0))[0][3] == 750
    assert derived(frame, Measure("r", "", "", HIGHER, numerator="p", denominator="q"))[0][3] == 0.75


def test_parts_meet_by_place_and_period() -> None:
    frame = pd.concat([rows({"p": [3, 5], "q": [4, None]}, "2019"), rows({"p": [1], "q": [2, 9]}, "2020")])
    # B has no q in 2019 and no p in 2020
    assert derived(frame) == [("A", "s", "2019", 75.0), ("A", "s", "2020", 50.0)]


@pytest.mark.parametrize("parts", [{"p": [3]}, {"q": [4]}, {"p": [3], "q": [0]}, {"x": [1]}])
def test_a_missing_part_or_a_zero_denominator_gives_no_row(parts: dict[str, list[float]]) -> None:
    frame = rows(parts)
    pd.testing.assert_frame_equal(with_derived(frame, [SHARE]), frame)


def test_a_zero_numerator_is_a_value() -> None:
    assert derived(rows({"p": [0], "q": [4]})) == [("A", "s", "2020", 0.0)]


def test_what_a_file_states_wins() -> None:
    frame = rows({"p": [3, 1], "q": [4, 8], "s": [74.9]})
    assert derived(frame) == [("B", "s", "2020", 12.5)]
    assert with_derived(frame, [SHARE]).query("region == 'A' and measure == 's'")["value"].tolist() == [74.9]


def test_a_stated_value_wins_in_its_own_period_only() -> None:
    frame = pd.concat([rows({"p": [3], "q": [4], "s": [70]}, "2019"), rows({"p": [3], "q": [4]}, "2020")])
    assert derived(frame) == [("A", "s", "2020", 75.0)]


def test_a_derived_value_rests_on_both_batches_and_is_made_up_when_either_part_is() -> None:
    frame = rows({"p": [3, 3], "q": [4, 4]}).assign(batch=[1, 1, 2, 3], kind=["real", "real", "real", "demo"])
    found = with_derived(frame, [SHARE])
    assert records(found.iloc[-2:], ("region", "batch", "other_batch", "kind")) == [
        ("A", 1, 2.0, "real"),
        ("B", 1, 3.0, "demo"),
    ]
    assert found["other_batch"].iloc[:-2].isna().all()


def test_the_row_says_what_it_is_made_of_and_keeps_its_numerators_origin() -> None:
    frame = rows({"p": [3], "q": [4]}).assign(batch=[7, 8], note=["", "原注"])
    row = with_derived(frame, [SHARE]).iloc[-1]
    assert (row["batch"], row["note"]) == (7, "由 p ÷ q × 100 计算")
    assert list(with_derived(frame, [SHARE]).columns) == [*KEY, "batch", "note", "other_batch"]


def test_the_given_rows_stay_first_and_unchanged() -> None:
    frame = rows({"p": [3, 1], "q": [4, 8]})
    copy = frame.copy()
    result = with_derived(frame, [SHARE])
    assert list(result.index) == [0, 1, 2, 3, 4, 5]
    pd.testing.assert_frame_equal(result.head(4), copy)
    pd.testing.assert_frame_equal(frame, copy)


def test_measures_that_are_not_derived_add_nothing() -> None:
    frame = rows({"p": [3], "q": [4]})
    assert with_derived(frame, [Measure("p", "", "", HIGHER), Measure("h", "", "", HIGHER, numerator="p")]) is frame
