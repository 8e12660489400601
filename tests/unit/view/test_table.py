"""A display table: its words, its numbers, the sources of its cells."""

from __future__ import annotations

import pandas as pd

from lib.view.table import Number, Table
from tests.unit.core.build import NAN

TABLE = Table(
    pd.DataFrame({"地区": ["宝丰县", "郏县"], "得分": [1234.5678, NAN], "变化": [-0.25, 0.0]}),
    {"得分": Number(2), "变化": Number(1, signed=True)},
    pd.DataFrame({"得分": ["score:t:B:2020", ""]}),
)


def test_numbers_are_written_and_kept() -> None:
    assert TABLE.shown.to_dict("list") == {
        "地区": ["宝丰县", "郏县"],
        "得分": ["1,234.57", "—"],
        "变化": ["\N{MINUS SIGN}0.3", "0.0"],
    }
    assert TABLE.values["得分"].iloc[0] == 1234.5678
    assert len(TABLE) == 2


def test_rows_of_different_units_have_decimals_of_their_own() -> None:
    table = Table(pd.DataFrame({"现值": [2.0, 94.512]}), {"现值": Number(2, each=(0, 2))})
    assert table.shown["现值"].tolist() == ["2", "94.51"]


def test_a_missing_text_is_a_dash() -> None:
    assert Table(pd.DataFrame({"说明": [None, "有"]})).shown["说明"].tolist() == ["—", "有"]


def test_the_source_of_a_cell() -> None:
    assert TABLE.source(0, "得分") == "score:t:B:2020"
    assert [TABLE.source(*cell) for cell in ((1, "得分"), (0, "地区"), (2, "得分"), (-1, "得分"))] == [""] * 4
    assert Table(TABLE.values).source(0, "得分") == ""


def test_some_columns_keep_their_numbers_and_sources() -> None:
    part = TABLE.only(["变化", "得分"])
    assert list(part.values) == ["变化", "得分"]
    assert part.numbers == TABLE.numbers
    assert part.source(0, "得分") == "score:t:B:2020"
    assert TABLE.only(["地区"]).source(0, "得分") == ""
