"""Chart data and tables of one indicator, cell by cell."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from lib.core.association import Association
from lib.core.distribution import Summary
from lib.view import charts, sentences, tables
from lib.view.subject import Subject
from tests.unit.core.build import NAN, records
from tests.unit.view.promise import columns_of

NAMES = {"A": "宝丰县", "B": "郏县", "C": "叶县", "410400": "平顶山市", "110000": "北京"}
MINUS = "\N{MINUS SIGN}"
TIME = Subject("m", "企业开办时间", "工作日", 1, higher=False, measure=True)
COUNT = Subject("n", "办电环节", "个", 0, higher=False, measure=True)
RATE = Subject("r", "网上办税率", "%", 1, higher=True, measure=True)
CREDIT = Subject("credit", "获得信贷", "分", 1, higher=True, measure=False)
ROWS = pd.DataFrame(
    {
        "region": ["B", "A", "C"],
        "value": [1.0, 2.5, NAN],
        "value_change": [-0.5, NAN, NAN],
        "score": [100.0, 25.0, NAN],
        "rank": [1.0, 2.0, NAN],
        "rank_change": [0.0, NAN, NAN],
        "score_change": [0.0, NAN, NAN],
    }
)


def test_how_values_are_said() -> None:
    assert [TIME.say(1.25), COUNT.say(2), RATE.say(98.44), CREDIT.say(57.26), TIME.say(NAN)] == [
        "1.3 工作日",
        "2 个",
        "98.4%",
        "57.3 分",
        "—",
    ]
    assert COUNT.say_middle(2.5) == "2.5 个"
    assert [TIME.say_change(-0.5), RATE.say_change(1.2), RATE.say_gap(1.2)] == [
        f"{MINUS}0.5 工作日",
        "+1.2 个百分点",
        "1.2 个百分点",
    ]
    assert [TIME.verdict(-1), TIME.verdict(1), RATE.verdict(1), CREDIT.verdict(1), TIME.verdict(0.01)] == [
        "（变好）",
        "（变差）",
        "（变好）",
        "",
        "",
    ]


def test_what_an_axis_says() -> None:
    assert (TIME.axis, CREDIT.axis) == ("企业开办时间（工作日，越低越好）", "获得信贷得分（0–100）")
    assert Subject("t", "总分", "分", 1, True, False).axis == "总分（0–100）"
    assert Subject("x", "指数", "", 1, True, True).axis == "指数（越高越好）"
    assert (TIME.quantity, CREDIT.quantity, Subject("x", "指数", "", 1, True, True).quantity) == (
        "数值（工作日）",
        "得分",
        "数值",
    )
    assert (COUNT.whole, TIME.whole, Subject("t", "总分", "分", 0, True, False).whole) == (True, False, False)


def test_distribution_rows() -> None:
    table = tables.distribution_rows(ROWS, [("median", "中位", 1.75), ("benchmark", "全国标杆", 1.0)], NAMES, "A", TIME)
    assert records(table, ("role", "label", "value", "middle", "shown", "region")) == [
        ("other", "郏县", 1.0, 1.75, "1.0 工作日，第 1", "B"),
        ("focus", "宝丰县", 2.5, 1.75, "2.5 工作日，第 2", "A"),
        ("other", "叶县", None, 1.75, "缺数", "C"),
        ("median", None, 1.75, None, "中位 1.8 工作日", None),
        ("benchmark", None, 1.0, None, "全国标杆 1.0 工作日", None),
    ]
    assert set(table.columns) == columns_of(charts.distribution)


def test_words_of_lines_close_to_each_other_stand_in_rows() -> None:
    table = tables.distribution_rows(ROWS, [("median", "中位", 1.75), ("mean", "平均", 1.76)], NAMES, "A", TIME)
    assert table["lift"].tolist()[3:] == [0, 1]


def test_a_distribution_of_nothing_has_no_lines() -> None:
    empty = ROWS.assign(value=NAN, rank=NAN)
    assert tables.distribution_rows(empty, [], NAMES, "A", TIME)["shown"].tolist() == ["缺数"] * 3


REFERENCES = pd.DataFrame(
    {
        "kind": ["全国标杆", "市级目标", "平顶山市（文件）"],
        "id": ["B1", "T1", "F1"],
        "region": ["110000", "410400", "410400"],
        "scope": ["", "", ""],
        "period": ["2019-10", "2020-06-30", "2020-12"],
        "op": ["=", "<=", "="],
        "stated": [2.0, 1.0, 7.0],
        "text": ["", "", ""],
        "unit": ["工作日", "日", "小时"],
        "value": [2.0, 1.0, 0.875],
        "rule": ["", "“日”按 1 工作日计", "按 8 小时 = 1 工作日折算"],
        "document": ["c", "p", "b"],
        "slot": ["", "", "2020-Q2"],
    }
)


def history() -> pd.DataFrame:
    values = pd.DataFrame(
        {"region": ["A", "B", "A", "B"], "period": ["2019-Q4"] * 2 + ["2020-Q1"] * 2, "value": [4.0, 3.0, 2.0, 1.0]}
    )
    course = pd.DataFrame({"period": ["2019-Q4", "2020-Q1"], "median": [3.5, 1.5], "best": [3.0, 1.0]})
    axis = {"2019-Q4": "2019Q4", "2020-Q1": "2020Q1", "2020-Q2": "2020Q2"}
    kinds = {"2019-Q4": "demo", "2020-Q1": "real"}
    alike = REFERENCES[1:2].assign(scope="市本级", unit="工作日", period="")
    references = pd.concat([REFERENCES, alike], ignore_index=True)
    return tables.history_rows(values, course, references, axis, kinds, NAMES, "A", TIME)


def test_history_rows() -> None:
    table = history()
    assert set(table.columns) == columns_of(charts.history) | {"order"}
    assert table.loc[table["role"] == "slot", "period"].tolist() == ["2019Q4", "2020Q1", "2020Q2"]
    assert records(table[table["role"] == "focus"], ("period", "value", "label", "shown")) == [
        ("2019Q4", 4.0, "宝丰县", "4.0 工作日"),
        ("2020Q1", 2.0, "宝丰县", "2.0 工作日"),
    ]
    assert set(table.loc[table["role"] == "other", "label"]) == {"郏县"}
    assert records(table[table["role"].isin(["benchmark", "target", "fact"])], ("period", "value", "label")) == [
        (None, 2.0, "全国标杆 2 工作日（北京）"),
        (None, 1.0, "市级目标 ≤ 1 日（全市，2020.06 前）；≤ 1 工作日（市本级）"),
        ("2020Q2", 0.875, "平顶山市（文件） 7 小时"),
    ]


def test_a_line_is_not_drawn_from_made_up_to_real_periods() -> None:
    table = history()
    assert table.loc[table["role"] == "focus", "series"].tolist() == ["宝丰县demo", "宝丰县real"]


def test_words_of_lines_stand_apart_at_their_last_points() -> None:
    table = history()
    ends = table[table["role"].isin(["focus", "median", "best"]) & table["at"].notna()]
    assert set(ends["period"]) == {"2020Q1"}
    placed = sorted(ends["at"])
    gap = (4.0 - 0.875) * 0.09
    assert [b - a >= gap - 1e-9 for a, b in pairwise(placed)] == [True, True]


def test_scatter_rows() -> None:
    pairs = pd.DataFrame({"region": ["B", "A", "C"], "x": [80.0, 20.0, 50.0], "y": [1.0, 2.0, NAN]})
    table = tables.scatter_rows(pairs, NAMES, "A", CREDIT, TIME)
    assert set(table.columns) == columns_of(charts.scatter)
    assert records(table, ("role", "label", "value", "second", "shown")) == [
        ("other", "郏县", 80.0, 1.0, "80.0 分，1.0 工作日"),
        ("focus", "宝丰县", 20.0, 2.0, "20.0 分，2.0 工作日"),
        ("median", None, 50.0, 1.5, "中位"),
    ]
    assert records(table[:1], ("side", "across", "down")) == [("left", 10.0, 0.0)]
    assert tables.scatter_rows(pairs.assign(y=NAN), NAMES, "A", CREDIT, TIME).empty


PARTS = pd.DataFrame(
    {
        "code": ["m", "n"],
        "mean": [40.0, NAN],
        "median": [42.0, NAN],
        "low": [10.0, NAN],
        "high": [90.0, NAN],
        "leader": ["B", ""],
        "last": ["C", ""],
        "score": [30.25, NAN],
        "rank": [2.0, NAN],
        "change": [-1.5, NAN],
    }
)
LABELS = {"m": "企业开办时间", "n": "办电环节"}


def test_parts() -> None:
    chart = tables.part_rows(PARTS, LABELS, "宝丰县", "m")
    assert set(chart.columns) == columns_of(charts.parts_dots)
    assert records(chart, ("label", "value", "shown", "code")) == [("▸ 企业开办时间", 30.25, "30.3 分，第 2", "m")]
    table = tables.part_table(PARTS, LABELS, NAMES, "A", "2020")
    assert records(table.shown, table.shown.columns) == [
        ("企业开办时间", "40.0", f"{MINUS}1.5", "郏县", "90.0", "叶县", "10.0", "30.3", "2"),
        ("办电环节", "—", "—", "—", "—", "—", "—", "—", "—"),
    ]
    assert table.source(0, "最好得分") == "score:m:B:2020"
    assert table.source(0, "宝丰县名次") == "score:m:A:2020"
    assert table.source(1, "最好得分") == ""
    assert table.source(0, "全市平均") == ""


def test_standing_table_of_a_measure_and_of_an_indicator() -> None:
    remarks = pd.DataFrame({"note": ["暂定"], "file": ["上报.csv（批次 3）"]}, index=["B"])
    table = tables.standing_table(ROWS, remarks, NAMES, "2020", TIME)
    assert list(table.values) == [
        "名次",
        "地区",
        "数值（工作日）",
        "数值变化",
        "得分",
        "名次变化",
        "得分变化",
        "备注",
        "出处",
    ]
    assert records(table.shown, table.shown.columns) == [
        ("1", "郏县", "1.0", f"{MINUS}0.5", "100.00", "0", "0.00", "暂定", "上报.csv（批次 3）"),
        ("2", "宝丰县", "2.5", "—", "25.00", "—", "—", "—", "—"),
        ("—", "叶县", "—", "—", "—", "—", "—", "—", "—"),
    ]
    assert table.source(0, "数值（工作日）") == "value:m:B:2020"
    assert table.source(0, "名次") == "score:m:B:2020"
    scores = tables.standing_table(ROWS, remarks, NAMES, "2020", CREDIT)
    assert list(scores.values) == ["名次", "地区", "得分", "名次变化", "得分变化", "备注", "出处"]


def test_reference_table() -> None:
    table = tables.reference_table(REFERENCES, NAMES, {"c": "活动方案", "p": "4号", "b": "37期"}, TIME)
    assert records(table.shown, ("类别", "地区", "文件写的数", "折合（工作日）", "时间", "出处")) == [
        ("全国标杆", "北京", "2 工作日", "2.000", "2019年10月", "活动方案"),
        ("市级目标", "平顶山市", "≤ 1 日", "1.000", "2020.06.30 前", "4号"),
        ("平顶山市（文件）", "平顶山市", "7 小时", "0.875", "2020年12月", "37期"),
    ]
    assert table.source(2, "文件写的数") == "fact:F1"
    assert tables.reference_table(REFERENCES[:2], NAMES, {}, TIME).shown["折合（工作日）"].tolist() == ["2.0", "1.0"]


def test_practices_with_their_places() -> None:
    table = tables.practice_table(pd.DataFrame({"title": ["一照多址"], "places": ["110000;410400"]}), NAMES)
    assert records(table, ("做法", "地方")) == [("一照多址", "北京、平顶山市")]


def summed(**given: object) -> Summary:
    usual = {
        "count": 2,
        "mean": 1.75,
        "median": 1.75,
        "best": 1.0,
        "worst": 2.5,
        "leaders": ("B",),
        "last": ("A",),
        "change": -0.5,
    }
    return Summary(**{**usual, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "subject", "region", "expected"),
    [
        (
            summed(),
            TIME,
            "A",
            f"企业开办时间 2020年 2 地平均 1.8 工作日，最好郏县 1.0，最差宝丰县 2.5，相差 1.5 工作日；平均比上期 {MINUS}0.5 工作日（变好）；宝丰县 2.5 工作日，列第 2。",
        ),
        (
            summed(change=NAN, leaders=("A", "B", "C")),
            CREDIT,
            "C",
            "获得信贷 2020年 2 地平均 1.8 分，最好的 3 地 1.0，最差宝丰县 2.5，相差 1.5 分；叶县缺数。",
        ),
        (
            summed(worst=1.0, last=("B",), change=NAN),
            TIME,
            "B",
            "企业开办时间 2020年 2 地平均 1.8 工作日，各地相同；郏县 1.0 工作日，列第 1。",
        ),
        (None, TIME, "A", "企业开办时间 2020年没有数值。"),
    ],
)
def test_the_conclusion(found: Summary | None, subject: Subject, region: str, expected: str) -> None:
    assert sentences.indicator(found, ROWS, NAMES, "2020年", subject, region) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            Association(12, 0.9, 0.0001),
            "12 地的等级相关系数（斯皮尔曼）+0.90：获得信贷得分高的地方，企业开办时间往往也高（明显）。",
        ),
        (
            Association(12, -0.4, 0.2),
            f"12 地的等级相关系数（斯皮尔曼）{MINUS}0.40：获得信贷得分高的地方，企业开办时间往往低（有一些）；但只有 12 地，也可能是偶然。",
        ),
        (Association(12, 0.1, 0.8), "12 地的等级相关系数（斯皮尔曼）+0.10：获得信贷得分和企业开办时间几乎没有关系。"),
    ],
)
def test_a_correlation_in_words_proves_no_cause(found: Association, expected: str) -> None:
    assert sentences.association(found, CREDIT, TIME) == f"{expected}一起变化不等于一个引起另一个。"


def test_no_correlation_says_why() -> None:
    assert sentences.association(Association(3, NAN, NAN), CREDIT, TIME) == (
        "获得信贷得分和企业开办时间两项都有数的只有 3 地，或者其中一项各地相同，算不出相关。"
    )
