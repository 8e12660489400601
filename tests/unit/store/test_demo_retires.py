"""Demonstration values of a period leave as soon as one of them has a real counterpart, and come back with it gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lib.store.batches import Receipt, current, withdraw

Put = Callable[..., Receipt]
Stands = Callable[[], dict]
DEMO = {
    (region, measure, period): 50.0 for region in ("r1", "r2") for measure in "ab" for period in ("2020-Q3", "2020-Q4")
}
THIRD = {key for key in DEMO if key[2] == "2020-Q3"}
FOURTH = {key: 50.0 for key in DEMO if key[2] == "2020-Q4"}


@pytest.fixture
def demo(put: Put) -> None:
    put(DEMO, "演示数据", kind="demo")


@pytest.mark.usefixtures("demo")
def test_without_real_values_the_demonstration_stands(path: Path, standing: Stands) -> None:
    assert standing() == DEMO
    assert set(current(path)["kind"]) == {"demo"}


@pytest.mark.usefixtures("demo")
def test_one_real_value_retires_the_demonstration_of_its_period_and_only_of_it(
    path: Path, put: Put, standing: Stands
) -> None:
    put({("r1", "a", "2020-Q3"): 7.0}, "真实.csv")
    assert standing() == {("r1", "a", "2020-Q3"): 7.0, **FOURTH}
    kinds = current(path).groupby("period")["kind"].unique().map(list).to_dict()
    assert kinds == {"2020-Q3": ["real"], "2020-Q4": ["demo"]}


@pytest.mark.usefixtures("demo")
def test_withdrawing_the_real_values_brings_the_demonstration_back(path: Path, put: Put, standing: Stands) -> None:
    batch = put({("r1", "a", "2020-Q3"): 7.0}, "真实.csv").batch
    assert batch is not None
    withdraw(path, batch, user="甲")
    assert standing() == DEMO


@pytest.mark.usefixtures("demo")
def test_the_demonstration_returns_only_when_the_last_real_value_of_the_period_is_gone(
    path: Path, put: Put, standing: Stands
) -> None:
    first = put({("r1", "a", "2020-Q3"): 7.0}, "一.csv").batch
    second = put({("r2", "b", "2020-Q3"): 8.0}, "二.csv").batch
    withdraw(path, first, user="甲")  # type: ignore[arg-type]
    assert standing() == {("r2", "b", "2020-Q3"): 8.0, **FOURTH}
    withdraw(path, second, user="甲")  # type: ignore[arg-type]
    assert standing() == DEMO


def test_the_order_of_publication_does_not_matter(put: Put, standing: Stands) -> None:
    put({("r1", "a", "2020-Q3"): 7.0}, "真实.csv")
    put(DEMO, "演示数据", kind="demo")
    assert standing() == {("r1", "a", "2020-Q3"): 7.0, **FOURTH}


@pytest.mark.usefixtures("demo")
def test_real_values_of_a_whole_year_leave_its_quarters_alone(put: Put, standing: Stands) -> None:
    put({("r1", "a", "2020"): 7.0}, "年度.csv")
    assert standing() == {("r1", "a", "2020"): 7.0, **DEMO}


@pytest.mark.usefixtures("demo")
def test_a_withdrawn_demonstration_is_gone(path: Path, standing: Stands) -> None:
    withdraw(path, 1, user="甲")
    assert standing() == {}
