"""Chart data and tables of the ranking page, cell by cell."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.core.excerpt import excerpt
from lib.core.movement import all_contributions, shares_in
from lib.core.score import score
from lib.model import Direction, Measure
from lib.view import charts, tables
from tests.unit.core.build import HIGHER, LOWER, NAN, leaf, rows, scored, tree
from tests.unit.view.promise import columns_of

NAMES = {"A": "宝丰县", "B": "郏县", "C": "鲁山县"}
LABELS = {"m": "企业开办时间", "n": "网上办税率", "t": "总分"}
MINUS = "\N{MINUS SIGN}"
MOVED = pd.DataFrame(
    {
        "region": ["B", "A", "C"],
        "score": [87.456, 60.0, NAN],
        "rank": [1.0, 2.0, NAN],
        "tier": [1.0, 2.0, NAN],
        "rank_change": [2.0, NAN, NAN],
        "score_change": [-1.005, NAN, NAN],
    }
)
PAIR = tree(leaf("m", HIGHER, best=100, worst=0), leaf("n", HIGHER, best=100, worst=0))


def cells(table: pd.DataFrame) -> dict[str, list]:
    return {str(name): column.tolist() for name, column in table.items()}


def test_ranking_table_has_numbers_that_sort_and_lead_to_their_source() -> None:
    parts = pd.DataFrame({"region": ["A", "B", "C"], "code": ["m"] * 3, "score": [60.0, 87.456, NAN]})
    filled = {"A": (2, 3), "B": (3, 3), "C": (0, 3)}
    table = tables.ranking_table(MOVED, NAMES, filled, {"A": 2}, parts, LABELS, "t", "2020")
    assert cells(table.shown) == {
        "名次": ["1", "2", "—"],
        "地区": ["郏县", "宝丰县", "鲁山县"],
        "得分": ["87.46", "60.00", "—"],
        "方阵": ["第一方阵", "第二方阵", "—"],
        "名次变化": ["+2", "—", "—"],
        "得分变化": [f"{MINUS}1.01", "—", "—"],  # 1.005 is 1.00499… in binary
        "有数测度": ["3", "2", "0"],
        "应有测度": ["3", "3", "3"],
        "◐ 暂定": ["0", "2", "0"],
        "企业开办时间": ["87.5", "60.0", "—"],
    }
    assert table.values["得分"].tolist()[:2] == [87.456, 60.0]
    assert table.source(1, "得分") == table.source(1, "名次") == "score:t:A:2020"
    assert table.source(0, "企业开办时间") == "score:m:B:2020"
    assert table.source(0, "方阵") == ""


def test_ranking_table_of_a_measure_has_no_columns_for_parts() -> None:
    nothing = pd.DataFrame({"region": [], "code": [], "score": []})
    filled = dict.fromkeys("ABC", (1, 1))
    table = tables.ranking_table(MOVED, NAMES, filled, {}, nothing, LABELS, "m", "2020")
    assert list(table.values.columns)[-1] == "◐ 暂定"


def test_composition_rows_stack_the_picked_parts_first() -> None:
    # t = (m + n) / 2. A: 40/2 + 80/2 = 60; B: m missing, n alone gives 50.
    found = scored({"m": [40, None], "n": [80, 50]}, PAIR)
    parts = all_contributions(found.frame, shares_in(PAIR, "t"), "2020")
    moved = found.standing("t").assign(rank_change=[1.0, NAN])
    table = tables.composition_rows(parts, moved, NAMES, LABELS, ["n"], "其余 1 项", "A")
    assert cells(table.drop(columns="detail")) == {
        "label": ["▶ 1  宝丰县", "▶ 1  宝丰县", "2  郏县"],
        "part": ["网上办税率", "其余 1 项", "网上办税率"],
        "start": [0.0, 40.0, 0.0],
        "end": [40.0, 60.0, 50.0],
        "shown": ["", "60.0  ▲1", "50.0"],
        "total": [60.0, 60.0, 50.0],
        "focus": [1, 1, 0],
        "region": ["A", "A", "B"],
    }
    assert table["detail"].iloc[1] == "宝丰县 企业开办时间 40.0 分，给出 20.00 分"
    assert set(table.columns) == columns_of(charts.composition)


def test_difference_rows_leave_out_what_is_missing() -> None:
    found = scored({"m": [40, 90, 50], "n": [80, 50, None]}, PAIR)
    parts = all_contributions(found.frame, shares_in(PAIR, "t"), "2020")
    # Points: m 20, 45, 50 (alone in C) with median 45; n 40, 25 with median 32.5.
    assert cells(tables.difference_rows(parts, "A", LABELS)) == {
        "label": ["网上办税率", "企业开办时间"],
        "over": [7.5, -25.0],
        "shown": ["+7.50", f"{MINUS}25.00"],
        "code": ["n", "m"],
    }
    assert tables.difference_rows(parts, "C", LABELS)["code"].tolist() == ["m"]
    assert set(tables.difference_rows(parts, "A", LABELS).columns) == columns_of(charts.differences)


def test_excerpt_rows_show_where_places_are_skipped() -> None:
    moved = pd.DataFrame(
        {
            "region": list("ABCDEFGH"),
            "rank": [float(i) for i in range(1, 9)],
            "score": [80.0 - i for i in range(8)],
            "rank_change": 0.0,
        }
    )
    names = {region: f"{region}县" for region in "ABCDEFGH"}
    table = tables.excerpt_rows(excerpt(moved, "A", ends=1, near=3), names, "A")
    assert table["label"].tolist() == ["▶ 1  A县", "2  B县", "3  C县", "⋯ 中间还有 4 地", "8  H县"]
    assert table["amount"].isna().tolist() == [False, False, False, True, False]
    assert table["shown"].tolist()[:2] == ["80.0  ＝", f"79.0  ＝（{MINUS}1.0）"]
    assert set(table.columns) == columns_of(charts.focus_bars)


def test_value_rows_mark_the_provisional_and_leave_out_the_missing() -> None:
    given = MOVED.assign(value=[1234.5, 3.0, NAN], provisional=[False, True, False])
    table = tables.value_rows(given, NAMES, Measure("m", "企业开办时间", "工作日", LOWER, decimals=1), "A")
    assert table["label"].tolist() == ["1  郏县", "▶ 2  宝丰县"]
    assert table["shown"].tolist() == ["1,234.5  ▲2", "3.0  ◐ 暂定"]
    assert set(table.columns) == columns_of(charts.focus_bars)


def test_value_table() -> None:
    given = MOVED.assign(value=[1234.5, 3.0, NAN], note=["", "年底前更新", ""], provisional=[False, True, False])
    table = tables.value_table(given, NAMES, Measure("m", "企业开办时间", "工作日", LOWER, decimals=1), "2020")
    assert cells(table.shown) == {
        "名次": ["1", "2", "—"],
        "地区": ["郏县", "宝丰县", "鲁山县"],
        "数值（工作日）": ["1,234.5", "3.0", "—"],
        "得分": ["87.46", "60.00", "—"],
        "暂定": ["", "◐ 暂定", ""],
        "备注": ["", "年底前更新", ""],
    }
    assert (table.source(0, "数值（工作日）"), table.source(0, "得分")) == ("value:m:B:2020", "score:m:B:2020")
    plain = tables.value_table(given, NAMES, Measure("x", "指数", "", Direction.HIGHER), "2020")
    assert list(plain.values.columns) == ["名次", "地区", "数值", "得分", "暂定", "备注"]


ONE = tree(leaf("m", HIGHER, best=100, worst=0))
YEARS = {"2018": [90, 80, 10], "2019": [70, 80, None], "2020": [60, 60, 10]}
OVER = score(
    pd.concat([rows({"m": values}, period) for period, values in YEARS.items()], ignore_index=True),
    ONE,
    regions=tuple("ABC"),
)
SERIES = {year: f"{year}年" for year in YEARS}


def test_bump_rows_break_where_there_is_no_place_and_name_ties_once() -> None:
    table = tables.bump_rows(OVER.frame, "t", SERIES, NAMES, "B")
    places = {region: rows["rank"].fillna(-1).tolist() for region, rows in table.groupby("region")}
    assert places == {"A": [1, 2, 1], "B": [2, 1, 1], "C": [3, -1, 3]}
    ends = table[table["end"] != ""]
    assert dict(zip(ends["region"], ends["end"], strict=True)) == {"A": "1  宝丰县、郏县", "C": "3  鲁山县"}
    assert ends["named"].tolist() == [1, 0]
    assert set(ends["period"]) == {"2020年"}
    assert table["period"].tolist() == ["2018年"] * 3 + ["2019年"] * 3 + ["2020年"] * 3
    assert set(table.columns) == columns_of(charts.bump) | {"order"}


def test_small_multiple_rows_share_one_scale() -> None:
    moved = pd.DataFrame({"region": ["A", "B", "C"], "rank": [1.0, 1.0, 3.0]})
    table = tables.small_multiple_rows(OVER.frame, moved, "t", SERIES, NAMES, "B")
    first = table[table["region"] == "A"]
    # From 10 to 90 points is a panel's height; the first panel stands at 0.
    assert first["at"].tolist() == [0.0, 0.5, 1.0]
    assert first["level"].tolist() == [1.0, 0.75, 0.625]
    assert first["low"].tolist() == [0.0, 0.75, 0.0]
    assert first["middle"].tolist() == [0.875, 0.8125, 0.625]
    second = table[table["region"] == "B"]
    assert (second["at"] - first["at"].to_numpy()).tolist() == pytest.approx([tables.ranking.PANEL_WIDTH] * 3)
    assert second["focus"].tolist() == [1, 1, 1]
    assert table[table["region"] == "C"]["level"].isna().tolist() == [False, True, False]
    assert first["foot"].tolist() == ["2018年", "", "2020年"]
    assert set(table.columns) == columns_of(charts.small_multiples)
