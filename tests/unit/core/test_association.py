"""Rank correlation of pairs."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.association import associate, pairs
from tests.unit.core.build import NAN, records


def made(x: list[float], y: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"region": list("ABCDEFGHIJKL")[: len(x)], "x": x, "y": y})


def test_pairs_keep_the_order_of_the_first_and_miss_what_is_missing() -> None:
    x = pd.DataFrame({"region": ["B", "A", "C"], "value": [3.0, 2.0, 1.0]})
    y = pd.DataFrame({"region": ["A", "B"], "value": [10.0, 20.0]})
    assert records(pairs(x, y), ("region", "x", "y")) == [("B", 3.0, 20.0), ("A", 2.0, 10.0), ("C", 1.0, None)]


def test_by_hand() -> None:
    # ranks of y: 1 3 2 5 4, so d² = 0 1 1 1 1 and rho = 1 − 6·4/(5·24) = 0.8; p from t = 0.8·sqrt(3/0.36) = 2.309, 3 df
    found = associate(made([1, 2, 3, 4, 5], [10, 30, 20, 500, 40]))
    assert (found.count, found.rho, found.p) == (5, pytest.approx(0.8), pytest.approx(0.104088, abs=1e-6))


def test_ties_take_their_mean_rank() -> None:
    # ranks of x: 1.5 1.5 3 4, of y: 1 2 3 4: Pearson of the ranks = 4.5/sqrt(4.5·5)
    assert associate(made([1, 1, 2, 3], [1, 2, 3, 4])).rho == pytest.approx(4.5 / (4.5 * 5) ** 0.5)


@pytest.mark.parametrize(
    ("x", "y", "count"),
    [([1, 2, 3], [1, 2, 3], 3), ([1, 2, 3, 4, 5], [7, 7, 7, 7, 7], 5), ([1, 2, 3, 4], [1, NAN, 3, 4], 3), ([], [], 0)],
)
def test_too_few_or_all_alike_have_none(x: list[float], y: list[float], count: int) -> None:
    found = associate(made(x, y))
    assert found.count == count
    assert found.rho != found.rho
    assert found.p != found.p


@given(st.lists(st.integers(-50, 50), min_size=4, max_size=12, unique=True))
def test_what_rises_together_is_one_and_against_each_other_minus_one(x: list[int]) -> None:
    assert associate(made(x, [value**3 for value in x])).rho == pytest.approx(1.0)
    assert associate(made(x, [-value for value in x])).rho == pytest.approx(-1.0)
