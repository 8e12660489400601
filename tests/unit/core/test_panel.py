"""Tidy rows become periods × regions × measures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lib.core.panel import Panel
from tests.unit.core.build import NAN, rows

BOTH = pd.concat([rows({"m": [1, 2], "n": [3, None]}, "2020"), rows({"m": [None, 5]}, "2019-Q4")], ignore_index=True)


def test_values_stand_by_period_region_and_measure() -> None:
    panel = Panel.from_frame(BOTH, ["m", "n"])
    assert (panel.periods, panel.regions, panel.measures) == (("2019-Q4", "2020"), ("A", "B"), ("m", "n"))
    np.testing.assert_array_equal(panel.values, [[[NAN, NAN], [5, NAN]], [[1, 3], [2, NAN]]])


def test_without_a_cohort_a_region_takes_part_where_it_has_a_row() -> None:
    np.testing.assert_array_equal(Panel.from_frame(BOTH, ["m", "n"]).member, [[False, True], [True, True]])


def test_a_fixed_cohort_takes_part_in_every_period_in_its_own_order() -> None:
    panel = Panel.from_frame(BOTH, ["m"], ("C", "B"))
    assert panel.regions == ("C", "B")
    assert panel.member.all()
    np.testing.assert_array_equal(panel.values[:, :, 0], [[NAN, 5], [NAN, 2]])


def test_a_measure_without_rows_is_a_column_of_missing_values() -> None:
    assert np.isnan(Panel.from_frame(BOTH, ["x", "m", "n"]).values[:, :, 0]).all()


def test_missing_values_are_counted_of_those_who_take_part() -> None:
    panel = Panel.from_frame(BOTH, ["m", "n"])
    # 2019-Q4: only B takes part, without n; 2020: B has no n.
    assert [panel.missing(period) for period in ("2019-Q4", "2020")] == [1, 1]
    assert Panel.from_frame(BOTH, ["m", "n"], ("A", "B", "C")).missing("2019-Q4") == 5
    with pytest.raises(KeyError, match="2018"):
        panel.missing("2018")


def test_measures_with_a_value_of_anybody_are_counted() -> None:
    panel = Panel.from_frame(BOTH, ["m", "n", "x"])
    # 2019-Q4: m of B; 2020: m, and n of A; nobody has x.
    assert [panel.filled(period) for period in ("2019-Q4", "2020")] == [1, 2]
    with pytest.raises(KeyError, match="2018"):
        panel.filled("2018")


def test_the_same_value_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="多个值"):
        Panel.from_frame(pd.concat([BOTH, BOTH.head(1)]), ["m", "n"])


def test_with_values_changes_a_copy_in_the_given_periods() -> None:
    panel = Panel.from_frame(BOTH, ["m", "n"])
    changed = panel.with_values({("B", "m"): 9.0}, ["2020"])
    assert [changed.value("B", "m", period) for period in panel.periods] == [5.0, 9.0]
    assert panel.value("B", "m", "2020") == 2.0
    assert changed.value("A", "n", "2020") == 3.0


def test_with_values_changes_all_periods_unless_told() -> None:
    changed = Panel.from_frame(BOTH, ["m", "n"]).with_values({("B", "m"): 9.0})
    assert [changed.value("B", "m", period) for period in changed.periods] == [9.0, 9.0]


@pytest.mark.parametrize(
    ("address", "named"),
    [(("Z", "m", "2020"), "地区：Z"), (("A", "x", "2020"), "测度：x"), (("A", "m", "2021"), "评价期：2021")],
)
def test_what_is_not_there_is_named(address: tuple[str, str, str], named: str) -> None:
    with pytest.raises(KeyError, match=named):
        Panel.from_frame(BOTH, ["m", "n"]).value(*address)


def test_alternatives_change_one_value_each() -> None:
    one = Panel.from_frame(BOTH, ["m", "n"]).at("2020").alternatives("A", {"m": 7.0, "n": 8.0})
    assert one.periods == ("m", "n")
    np.testing.assert_array_equal(one.values, [[[7, 3], [2, NAN]], [[1, 8], [2, NAN]]])
    assert one.member.shape == (2, 2)


def test_alternatives_are_of_one_period_and_known_measures() -> None:
    panel = Panel.from_frame(BOTH, ["m", "n"])
    with pytest.raises(ValueError, match="one period"):
        panel.alternatives("A", {"m": 1.0})
    with pytest.raises(KeyError, match="测度：x"):
        panel.at("2020").alternatives("A", {"x": 1.0})
