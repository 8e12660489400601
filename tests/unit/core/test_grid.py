"""Cells of a heat map agree with the ranking and its movement."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.core.grid import by_node, by_period, changes, weakest_first
from lib.core.movement import movement
from lib.core.score import score
from tests.unit.core.build import HIGHER, leaf, records, rows, tree

PAIR = tree(leaf("m", HIGHER, best=100, worst=0), leaf("n", HIGHER, best=100, worst=0))
# A has no n in 2019: its change rests on m alone. C has nothing in 2020.
FRAME = pd.concat(
    [rows({"m": [40, 50, 10], "n": [None, 50, 20]}, "2019"), rows({"m": [60, 50], "n": [90, 70]}, "2020")],
    ignore_index=True,
)
SCORES = score(FRAME, PAIR, regions=tuple("ABC"))
CHANGE = changes(SCORES, "2020", "2019")


def test_changes_are_those_of_the_movement_on_every_node() -> None:
    for code in ("t", "m", "n"):
        moved = movement(SCORES, code, "2020", "2019").set_index("region")["score_change"]
        found = dict(zip(SCORES.panel.regions, CHANGE[:, PAIR.index[code]], strict=True))
        np.testing.assert_array_equal([found[region] for region in moved.index], moved.to_numpy())


def test_without_a_period_before_there_is_no_change() -> None:
    for before in (None, "2018"):
        assert np.isnan(changes(SCORES, "2019", before)).all()


def test_by_node_is_region_by_region() -> None:
    table = by_node(SCORES, ["t", "n"], "2020", CHANGE)
    assert records(table, ("region", "code", "period", "column", "score", "rank", "change")) == [
        ("A", "t", "2020", "t", 75.0, 1, 20.0),
        ("A", "n", "2020", "n", 90.0, 1, None),
        ("B", "t", "2020", "t", 60.0, 2, 10.0),
        ("B", "n", "2020", "n", 70.0, 2, 20.0),
        ("C", "t", "2020", "t", None, None, None),
        ("C", "n", "2020", "n", None, None, None),
    ]


def test_by_period_is_region_by_region() -> None:
    none = changes(SCORES, "2019", None)
    table = by_period(SCORES, "t", ["2019", "2020"], {"2019": none, "2020": CHANGE})
    assert records(table, ("region", "code", "period", "column", "score", "change")) == [
        ("A", "t", "2019", "2019", 40.0, None),
        ("A", "t", "2020", "2020", 75.0, 20.0),
        ("B", "t", "2019", "2019", 50.0, None),
        ("B", "t", "2020", "2020", 60.0, 10.0),
        ("C", "t", "2019", "2019", 15.0, None),
        ("C", "t", "2020", "2020", None, None),
    ]


def test_a_region_that_takes_no_part_is_left_out() -> None:
    loose = score(FRAME, PAIR)
    assert list(dict.fromkeys(by_node(loose, ["t"], "2020", changes(loose, "2020", None))["region"])) == ["A", "B"]


def test_weakest_first_and_those_without_a_score_last() -> None:
    cells = pd.DataFrame({"column": list("abc") * 2, "score": [50.0, 10.0, np.nan, 50.0, 60.0, np.nan]})
    assert weakest_first(cells, ["c", "a", "b"]) == ["b", "a", "c"]
