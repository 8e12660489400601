"""Heat maps: what a cell says and how it is coloured."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.view import charts, tables, theme
from lib.view.charts.heatmap import BANDS
from tests.unit.core.build import NAN
from tests.unit.view.promise import columns_of

NAMES = {"A": "宝丰县", "B": "郏县"}
HEADS = {"m": "企业开办、注销", "n": "纳税"}
GRID = pd.DataFrame(
    {
        "region": ["A", "A", "B", "B"],
        "column": ["m", "n", "m", "n"],
        "code": ["m", "n", "m", "n"],
        "period": "2020",
        "score": [20.0, 19.999, 80.0, NAN],
        "rank": [2.0, 1.0, 1.0, NAN],
        "tier": [2.0, 1.0, 1.0, NAN],
        "change": [-1.0, 0.99, 10.0, NAN],
    }
)
MINUS = "\N{MINUS SIGN}"


def drawn(kind: str, regions: tuple = ("B", "A"), columns: tuple = ("n", "m")) -> pd.DataFrame:
    return tables.heatmap_rows(GRID, kind, NAMES, HEADS, regions, columns, "A")


def test_cells_come_row_by_row_in_the_order_asked_for() -> None:
    table = drawn("score")
    assert table["cell"].tolist() == ["B|n", "B|m", "A|n", "A|m"]
    assert table["label"].tolist() == ["郏县", "郏县", "▶ 宝丰县", "▶ 宝丰县"]
    assert table["focus"].tolist() == [0, 0, 1, 1]
    assert set(table.columns) == columns_of(charts.heatmap)


def test_a_band_begins_at_its_edge_and_is_found_before_rounding() -> None:
    table = drawn("score")
    assert table["band"].tolist() == ["▨ 缺数", "80–100", "0–20", "20–40"]
    assert table["shown"].tolist() == ["", "80.0", "20.0", "20.0"]
    assert table["missing"].tolist() == [1, 0, 0, 0]
    assert table["light"].tolist() == [0, 1, 0, 0]


def test_places_are_coloured_by_tier() -> None:
    table = drawn("rank")
    assert table["band"].tolist() == ["▨ 缺数", "第一方阵", "第一方阵", "第二方阵"]
    assert table["shown"].tolist() == ["", "1", "1", "2"]


def test_changes_are_banded_by_their_size_both_ways() -> None:
    table = drawn("change")
    assert table["band"].tolist() == ["▨ 缺数或没有上期", "上升 10 分以上", "升降不到 1", "下降 1–5"]
    assert table["shown"].tolist() == ["", "+10.0", "+1.0", f"{MINUS}1.0"]
    assert table["detail"].tolist()[0] == "郏县，纳税：缺数，没有得分"
    assert table["detail"].tolist()[3] == f"宝丰县，企业开办、注销：20.0 分，第 2，比上期 {MINUS}1.0"


def test_heads_have_all_as_many_lines() -> None:
    heads = {f"{i}": "知识产权" for i in range(15)} | {"m": "企业开办、注销"}
    grid = pd.DataFrame(
        [{"region": "A", "column": c, "score": 1.0, "rank": 1.0, "tier": 1.0, "change": 0.0} for c in heads]
    )
    table = tables.heatmap_rows(grid, "score", NAMES, heads, ["A"], list(heads), "A")
    assert table["place"].iloc[-1] == "企业\n开办、\n注销"
    assert table["place"].iloc[0] == "\u200b\n知识\n产权"
    assert tables.head_lines(table) == 3


def test_the_table_has_the_same_cells_and_their_sources() -> None:
    table = tables.heatmap_table(GRID, "score", NAMES, HEADS, ["B", "A"], ["n", "m"])
    assert table.shown.to_dict("list") == {
        "地区": ["郏县", "宝丰县"],
        "纳税": ["—", "20.0"],
        "企业开办、注销": ["80.0", "20.0"],
    }
    assert table.values["纳税"].iloc[1] == 19.999
    assert table.source(0, "企业开办、注销") == "score:m:B:2020"


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("band", "colour"), [each for bands in BANDS.values() for each in bands.items()])
def test_the_words_of_every_band_can_be_read(band: str, colour: str) -> None:
    words = theme.GROUND if band in theme.LIGHT_BANDS else theme.INK
    low, high = sorted((luminance(colour), luminance(words)))
    assert (high + 0.05) / (low + 0.05) >= 4.5  # WCAG 2, level AA
