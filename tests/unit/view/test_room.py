"""What only a screen says."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.view import room, tables
from lib.view.tables.benchmark import NOT_GIVEN

NAMES = {"A": "宝丰县", "B": "郏县", "C": "鲁山县"}
NAN = float("nan")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [("A", 3, 1), ("B", 1, 2), ("C", 2, 3)],
            "从春到冬，宝丰县上升最多（2 位），郏县、鲁山县下降最多（1 位）。",
        ),
        ([("A", 1, 1), ("B", 2, 2)], "从春到冬，各地名次都没有变。"),
        ([("A", 2, 1), ("B", NAN, 2), ("C", 3, NAN)], "从春到冬，宝丰县上升最多（1 位）。"),
        ([("A", NAN, NAN)], "从春到冬，各地名次都没有变。"),
    ],
)
def test_the_course_of_places(rows: list[tuple], said: str) -> None:
    places = pd.DataFrame(rows, columns=["region", "before", "after"])
    assert room.course(places, NAMES, ("春", "冬")) == said


def test_indicators_without_values_share_a_row() -> None:
    values = ["7 小时", NOT_GIVEN, "3 个", NOT_GIVEN]
    table = pd.DataFrame({"序号": list("1234"), "短板指标": list("甲乙丙丁"), "通报所列现值": values})
    short = tables.weak_indicators_in_short(table)
    assert short.to_numpy().tolist() == [
        ["1", "甲", "7 小时"],
        ["3", "丙", "3 个"],
        ["", "其余 2 项", "通报没有给出数值：乙（2）、丁（4）"],
    ]
    assert tables.weak_indicators_in_short(short[:2]).equals(short[:2])
