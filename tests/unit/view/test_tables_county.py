"""县区画像: chart data and tables, cell by cell."""

from __future__ import annotations

import pandas as pd

from lib.core.profile import benchmark_scores, spine
from lib.core.score import score
from lib.core.spread import measures_of
from lib.model import Measure, Node
from lib.view import charts, sentences, tables
from tests.unit.core.build import HIGHER, LOWER, NAN, leaf, rows, tree
from tests.unit.view.promise import columns_of

NAMES = {"A": "宝丰县", "B": "郏县", "C": "鲁山县"}
MEASURES = {
    "m": Measure("m", "企业开办时间", "工作日", LOWER, decimals=1),
    "n": Measure("n", "网上办税率", "%", HIGHER, decimals=0),
    "o": Measure("o", "办税次数", "次", LOWER, decimals=0),
}
LABELS = {"i": "开办企业", "j": "纳税", **{code: measure.name for code, measure in MEASURES.items()}}
OWNERS = {"i": "市市场监管局", "j": "市税务局", "m": "市市场监管局", "n": "市税务局", "o": "市税务局"}
TREE = tree(
    Node("i", parent="t", name="开办企业"),
    Node("j", parent="t", name="纳税"),
    leaf("m", LOWER, parent="i", best=0, worst=10, name="企业开办时间"),
    leaf("n", HIGHER, parent="j", best=100, worst=0, name="网上办税率"),
    leaf("o", LOWER, parent="j", name="办税次数"),
)
#                                   A     B   C; the third measure is flat
SCORES = score(rows({"m": [2.5, 5, 9], "n": [None, 60, 80], "o": [3, 3, 3]}), TREE, regions=("A", "B", "C"))
SPINE = spine(SCORES, "A", "2020", benchmark_scores(SCORES, "2020", {"m": 1.0}))


def cells(table: pd.DataFrame) -> dict[str, list]:
    return {str(name): column.tolist() for name, column in table.items()}


def test_spine_rows_of_indicators() -> None:
    table = tables.spine_rows(SPINE, TREE, MEASURES, {"m": 2.5}, deep=False)
    assert table["label"].tolist() == ["总分", "　开办企业", "　纳税"]
    assert table["code"].tolist() == ["t", "i", "j"]
    # Totals: A 75 (网上办税率 is missing), B (50 + 60)/2 = 55, C (10 + 80)/2 = 45.
    assert table["shown"].tolist() == ["75.0 分，第 1", "75.0 分，第 1", "缺数"]
    assert table["side"].tolist() == [1, 1, 0]
    assert table["ours"].tolist() == ["75.0", "75.0", "—"]
    assert table["theirs"].tolist() == ["—", "90.0", "—"]
    assert table[["low", "median", "high"]].to_numpy().tolist() == [[45, 55, 75], [10, 50, 75], [60, 70, 80]]
    assert table["benchmark"].tolist()[1] == 90
    assert table["benchmark"].isna().tolist() == [True, False, True]
    assert set(table.columns) == columns_of(charts.spine) | {"code"}


def test_spine_rows_of_measures_stand_under_their_indicator_without_those_that_nobody_has() -> None:
    table = tables.spine_rows(SPINE, TREE, MEASURES, {"m": 2.5}, deep=True)
    assert table["label"].tolist() == ["总分", "开办企业", "　企业开办时间", "纳税", "　网上办税率"]
    assert table["shown"].tolist()[2:] == ["2.5 工作日，第 1", "缺数", "缺数"]


def test_a_label_that_stands_twice_says_whose_it_is() -> None:
    framework = tree(
        Node("i", parent="t", name="甲"),
        Node("j", parent="t", name="乙"),
        leaf("m", LOWER, parent="i", best=0, worst=10, name="时间"),
        leaf("n", LOWER, parent="j", best=0, worst=10, name="时间"),
    )
    scores = score(rows({"m": [1, 2], "n": [1, 2]}), framework, regions=("A", "B"))
    marks = spine(scores, "A", "2020", benchmark_scores(scores, "2020", {}))
    table = tables.spine_rows(marks, framework, MEASURES, {}, deep=True)
    assert table["label"].tolist() == ["总分", "甲", "　时间（甲）", "乙", "　时间（乙）"]


def test_history_rows() -> None:
    quarters = {"2020-Q1": [3, 5], "2019-Q4": [4, 4], "2020": [1, 2]}
    frame = pd.concat([rows({"m": values}, period) for period, values in quarters.items()], ignore_index=True)
    scores = score(frame, tree(leaf("m", LOWER, best=0, worst=10)))
    labels = {"2019-Q4": "2019Q4", "2020-Q1": "2020Q1"}
    table = tables.standing_over_time_rows(scores.frame, "t", labels, NAMES, "B", by_place=False)
    assert cells(table) == {
        "period": ["2019Q4", "2019Q4", "2020Q1", "2020Q1"],
        "region": ["宝丰县", "郏县", "宝丰县", "郏县"],
        "score": [60, 60, 70, 50],
        "rank": [1, 1, 1, 2],
        "focus": [0, 1, 0, 1],
        "shown": ["", "60.0", "", "50.0"],
        "address": ["score:t:A:2019-Q4", "score:t:B:2019-Q4", "score:t:A:2020-Q1", "score:t:B:2020-Q1"],
    }
    assert set(table.columns) == columns_of(charts.standing_over_time) | {"address"}
    by_place = tables.standing_over_time_rows(scores.frame, "t", labels, NAMES, "B", by_place=True)
    assert by_place["shown"].tolist() == ["", "1", "", "2"]


def test_profile_table() -> None:
    losses = pd.DataFrame(
        {"code": ["i", "j"], "score": [75.0, NAN], "rank": pd.array([1, None], dtype="Int64"), "lost": [12.5, NAN]}
    )
    table = tables.profile_table(losses, SPINE, LABELS, OWNERS.__getitem__, "A", "2020")
    assert cells(table.shown) == {
        "指标": ["开办企业", "纳税"],
        "得分": ["75.0", "—"],
        "名次": ["1", "—"],
        "全市最高": ["75.0", "80.0"],
        "全市中位": ["50.0", "70.0"],
        "全市最低": ["10.0", "60.0"],
        "失分（总分中）": ["12.50", "—"],
        "牵头单位": ["市市场监管局", "市税务局"],
    }
    assert table.source(0, "名次") == "score:i:A:2020"


def test_measure_table_with_the_source_of_each_number() -> None:
    table = tables.measure_table(
        measures_of(SCORES, "A", "2020"),
        TREE,
        MEASURES,
        {"m": "暂定"},
        {"m": "value:m:A:2020"},
        {"m": 1.0},
        {"m": "fact:F1"},
        "全国标杆",
        "A",
        "2020",
    )
    assert cells(table.shown) == {
        "指标": ["开办企业", "纳税", "纳税"],
        "测度": ["企业开办时间", "网上办税率", "办税次数"],
        "单位": ["工作日", "%", "次"],
        "现值": ["2.5", "—", "3"],
        "得分": ["75.0", "—", "—"],
        "名次": ["1", "—", "—"],
        "全市最优": ["2.5", "80", "3"],
        "全市中位": ["5.0", "70", "3"],
        "对标：全国标杆": ["1.0", "—", "—"],
        "备注": ["暂定", "", ""],
    }
    assert table.values["现值"].tolist()[0] == 2.5
    found = {name: table.source(0, name) for name in ("现值", "得分", "名次", "全市最优", "对标：全国标杆", "全市中位")}
    assert found == {
        "现值": "value:m:A:2020",
        "得分": "score:m:A:2020",
        "名次": "score:m:A:2020",
        "全市最优": "value:m:A:2020",
        "对标：全国标杆": "fact:F1",
        "全市中位": "",
    }


def test_without_marks_there_is_no_column_for_them() -> None:
    rows_of = measures_of(SCORES, "A", "2020")
    table = tables.measure_table(rows_of, TREE, MEASURES, {}, {}, {}, {}, "全市中位", "A", "2020")
    assert "备注" not in table.values
    assert table.source(0, "对标：全市中位") == ""


def test_steps_and_headroom_in_words() -> None:
    steps = pd.DataFrame({"code": ["m"], "value": [2.5], "reach": [1.0], "best": [0.0], "share": [0.604]})
    assert cells(tables.next_table(steps, LABELS, MEASURES, OWNERS.__getitem__)) == {
        "只改这一项": ["企业开办时间"],
        "现值 → 要达到": ["2.5\N{NO-BREAK SPACE}→\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}工作日"],
        "占到最优值的路": ["60%"],
        "牵头单位": ["市市场监管局"],
    }
    levers = pd.DataFrame({"code": ["n"], "value": [50.0], "best": [80.0], "headroom": [1.005]})
    assert cells(tables.headroom_table(levers, LABELS, MEASURES, OWNERS.__getitem__)) == {
        "只改这一项": ["网上办税率"],
        "现值 → 最优值": ["50\N{NO-BREAK SPACE}→\N{NO-BREAK SPACE}80%"],
        "最多可加总分": ["+1.01"],
        "牵头单位": ["市税务局"],
    }


def test_other_counties_and_what_they_do_better() -> None:
    places = pd.DataFrame({"region": ["B", "C"], "distance": [1.25, 2.0], "score": [55.0, NAN], "rank": [2.0, NAN]})
    lead = pd.DataFrame({"code": ["i", "j", "m", "n"], "lead": [9.0, 5.0, 2.0, 1.0]})
    table = tables.beside_table(places, NAMES, LABELS, {"B": lead, "C": lead.head(0)}, "t", "2020")
    assert cells(table.shown) == {
        "地区": ["郏县", "鲁山县"],
        "背景差异": ["1.25", "2.00"],
        "总分": ["55.00", "—"],
        "名次": ["2", "—"],
        "比本地好的指标（领先分）": ["开办企业 +9.0、纳税 +5.0、企业开办时间 +2.0，共 4 项", "本期没有"],
    }
    assert table.source(0, "名次") == "score:t:B:2020"
    assert "背景差异" not in tables.beside_table(places.drop(columns="distance"), NAMES, LABELS, {}, "t", "2020").values


def test_practices() -> None:
    given = pd.DataFrame(
        {
            "indicators": ["i;j", "j;x"],
            "title": ["一窗办理", "网上办税"],
            "places": ["B;410000", "C"],
            "summary": ["概要", "概要二"],
            "quote": ["原文", "原文二"],
        }
    )
    assert cells(tables.matched_practice_table(given, LABELS, NAMES, ["j", "i"])) == {
        "短板指标": ["开办企业、纳税", "纳税"],
        "做法": ["一窗办理", "网上办税"],
        "地区": ["郏县、410000", "鲁山县"],
        "摘要": ["概要", "概要二"],
        "原文": ["原文", "原文二"],
    }


def standing_out(distance: float) -> object:
    frame = pd.DataFrame({"rank": [10.0], "distance": [distance]}, index=["m"])
    return next(frame.itertuples())


def test_what_stands_out_in_words() -> None:
    weak = sentences.standout(standing_out(-42.04), MEASURES["m"], {"m": 5.0}, 2.5, "市市场监管局")
    assert weak == "▼ **企业开办时间** 5 工作日（中位 2.5 工作日），第 10，得分比中位低 42.0。:gray[市市场监管局]"
    assert sentences.standout(standing_out(3.0), MEASURES["m"], {"m": 1.0}, 2.5, "—").startswith(
        "▲ **企业开办时间** 1 工作日"
    )
    assert "得分比中位高 3.0" in sentences.standout(standing_out(3.0), MEASURES["m"], {"m": 1.0}, 2.5, "—")


def test_the_next_place_in_words() -> None:
    assert (
        sentences.next_place("宝丰县", 3, ["郏县", "叶县"], 1.234, 4)
        == "离前一位郏县、叶县差 1.23 分：有 4 项只改其中一项就能进位。"
    )
    assert sentences.next_place("宝丰县", 3, ["郏县"], 1.0, 0) == (
        "离前一位郏县差 1.00 分：没有哪一项单独做得到，要几项一起提高。单独改一项，加分最多的是下面几项。"
    )
    assert sentences.next_place("宝丰县", 1, [], NAN, 0) == "宝丰县已列第 1，没有更前的名次。"
    assert sentences.next_place("宝丰县", NAN, [], NAN, 0) == "宝丰县本期没有得分，谈不上进位。"
