"""One specification a shape, shared and never changed; rows travel beside it."""

from __future__ import annotations

import copy
from collections.abc import Callable

import altair as alt
import pandas as pd
import pytest

from lib.view import charts
from lib.view.spec import ROWS, spec, with_rows
from tests.unit.view.encodings import BUILDERS

ROWS_OF_TWO = pd.DataFrame({"label": ["乙", "甲"], "score": [2.0, 1.0]})


@pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.__name__)
def test_a_shape_is_built_once(builder: Callable) -> None:
    assert spec(builder, *BUILDERS[builder]) is spec(builder, *BUILDERS[builder])


def test_another_shape_is_another_specification() -> None:
    assert spec(charts.dumbbell, 100) is not spec(charts.dumbbell, 101)
    assert spec(charts.dumbbell, 100)["height"] != spec(charts.dumbbell, 101)["height"]


@pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.__name__)
def test_rows_do_not_change_the_shared_specification(builder: Callable) -> None:
    shared = spec(builder, *BUILDERS[builder])
    before = copy.deepcopy(shared)
    sent = with_rows(shared, ROWS_OF_TWO)
    assert shared == before
    assert sent is not shared
    assert {**sent, "datasets": None} == {**shared, "datasets": None}
    assert list(sent["datasets"]) == [ROWS]


def test_the_rows_are_numbered_in_the_order_on_screen() -> None:
    rows = ROWS_OF_TWO.copy()
    sent = with_rows(spec(charts.dumbbell, 100), rows)["datasets"][ROWS]
    assert sent[["label", "order"]].values.tolist() == [["乙", 0], ["甲", 1]]
    pd.testing.assert_frame_equal(rows, ROWS_OF_TWO)


def test_an_order_of_their_own_is_kept() -> None:
    rows = ROWS_OF_TWO.assign(order=[5, 3])
    assert with_rows(spec(charts.dumbbell, 100), rows)["datasets"][ROWS]["order"].tolist() == [5, 3]


def test_no_rows_are_sent_as_no_rows() -> None:
    sent = with_rows(spec(charts.dumbbell, 100), ROWS_OF_TWO.head(0))["datasets"][ROWS]
    assert sent.empty
    assert list(sent.columns) == ["label", "score", "order"]


def test_only_the_empty_data_set_is_dropped() -> None:
    def with_data_of_its_own() -> alt.LayerChart:
        own = alt.Chart(alt.NamedData("other")).mark_bar().encode(x="a:Q")
        return alt.layer(own, alt.Chart().mark_bar().encode(x="b:Q"))

    layers = spec(with_data_of_its_own)["layer"]
    assert [layer.get("data") for layer in layers] == [{"name": "other"}, None]
