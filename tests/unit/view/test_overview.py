"""The first page's chart data, table and words."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.view import sentences, tables
from lib.view.tables.overview import points_moved

NAN = float("nan")
NAMES = {"A": "宝丰县", "B": "郏县", "C": "叶县"}
LABELS = {"m": "企业开办", "n": "纳税"}
OWNERS = {"m": "市市场监管局", "n": "—"}
LOW = pd.DataFrame(
    {
        "code": ["m", "n"],
        "mean": [43.26, 50.0],
        "low": [0.0, 12.34],
        "high": [90.0, 81.5],
        "first": ["A", "C"],
        "last": ["B", "A"],
        "gap": [46.74, 31.5],
    }
)
CHANGES = {"m": -1.25, "n": NAN}
MOVEMENT = pd.DataFrame(
    {
        "region": ["B", "A", "C"],
        "rank": [1.0, 2.0, NAN],
        "score": [80.0, 60.5, NAN],
        "tier": [1.0, 2.0, NAN],
        "rank_change": [1.0, -1.0, NAN],
    }
)


def test_standings_carry_the_code_that_a_click_picks():
    rows = tables.standing_rows(MOVEMENT, NAMES, "A")
    assert rows["region"].tolist() == ["B", "A"]
    assert rows["label"].tolist() == ["1  郏县", "2  宝丰县"]
    assert rows["focus"].tolist() == [0, 1]


def test_weakest_rows():
    rows = tables.weakest_rows(LOW, CHANGES, LABELS, OWNERS.__getitem__)
    assert rows["code"].tolist() == ["m", "n"]
    assert rows["shown"].tolist() == ["43.3  ▼1.3", "50.0"]
    assert rows["gap"].tolist() == ["距最优 46.7", "距最优 31.5"]
    assert rows["owner"].tolist() == ["市市场监管局", ""]
    assert rows["mean"].tolist() == [43.26, 50.0]


def test_weakest_table_is_unrounded_and_leads_to_the_best_and_the_last():
    table = tables.weakest_table(LOW, CHANGES, LABELS, NAMES, OWNERS.__getitem__, "2020")
    assert table.shown.iloc[0].to_dict() == {
        "指标": "企业开办",
        "平均得分": "43.3",
        "比上期": "−1.3",
        "最优地区": "宝丰县",
        "最优": "90.0",
        "距最优": "46.7",
        "最低地区": "郏县",
        "最低": "0.0",
        "牵头单位": "市市场监管局",
    }
    assert table.shown.at[1, "比上期"] == "—"
    assert table.values["平均得分"].tolist() == [43.26, 50.0]
    assert (table.source(0, "最优"), table.source(0, "最低")) == ("score:m:A:2020", "score:m:B:2020")


@pytest.mark.parametrize(
    ("change", "said"), [(5.04, "▲5.0"), (-4.0, "▼4.0"), (0.01, "＝"), (0, "＝"), (NAN, ""), (None, "")]
)
def test_points_moved(change, said):
    assert points_moved(change) == said


def test_where_those_that_moved_furthest_are_now():
    assert tables.moved_to(MOVEMENT, ["B"]) == "▲1 位，现列第 1"
    assert tables.moved_to(MOVEMENT.assign(rank_change=-2.0), ["B", "A"]) == "▼2 位，现列第 1、2"
    assert tables.moved_to(MOVEMENT.assign(rank_change=1.0), ["B", "A", "C"]) == "▲1 位，共 3 个"
    assert tables.moved_to(MOVEMENT, []) == "没有"


def test_by_how_much_indicators_moved():
    assert tables.mean_moved({"m": 5.0}, ["m"]) == "平均 ▲5.0 分"
    assert tables.mean_moved({"m": 0.0}, []) == "没有"


def test_the_citys_place_moved():
    places = pd.DataFrame({"period": ["2019", "2020"], "value": [9.0, 10.0]})
    assert tables.province_moved(places) == "▼ 比 2019 年下降 1 位"
    assert tables.province_moved(places.assign(value=[9.0, 6.0])) == "▲ 比 2019 年上升 3 位"
    assert tables.province_moved(places.assign(value=9.0)) == "＝ 与 2019 年持平"
    assert tables.province_moved(places.head(1)) == ""


def test_who_entered_which_tier():
    moves = pd.DataFrame({"tier": [1, 2, 3], "entered": [("A",), (), ("B", "C")]})
    assert tables.tier_words(moves, NAMES, 0, compared=True) == "宝丰县进入第一方阵；郏县、叶县进入第三方阵"
    nobody = moves.assign(entered=[(), (), ()])
    assert tables.tier_words(nobody, NAMES, 0, compared=True) == "各方阵没有进出"
    assert tables.tier_words(nobody, NAMES, 2, compared=False) == "2 个无名次"
    assert tables.tier_words(nobody, NAMES, 0, compared=False) == ""


def test_the_title_says_whether_some_or_all_are_shown():
    assert tables.weakest_title(LOW, ["m", "n", "o"]) == "最弱的 2 个指标"
    assert tables.weakest_title(LOW, ["m", "n"]) == "2 个指标从弱到强"


def test_the_conclusion_is_short():
    said = sentences.overview(MOVEMENT, NAMES, "2020年")
    assert said == "2020年，郏县总分列第 1（80.0 分）；与上期相比，郏县上升 1 位最多，宝丰县下降 1 位最多。"
    assert sentences.overview(MOVEMENT.iloc[2:], NAMES, "2020年") == "2020年，总分没有可排名的数据。"


def test_what_was_found_is_counted_by_kind():
    assert sentences.found("用电", {"指标": 1, "测度": 8}) == "“用电”找到 9 条：指标 1，测度 8。"
    assert sentences.found("用电", {}) == "没有找到“用电”。"
