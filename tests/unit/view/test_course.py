"""何时到 in words, rows and cells."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from lib.model import Direction, Measure, source
from lib.view import course, tables

NAN = float("nan")


@pytest.mark.parametrize(
    ("place", "score", "words"),
    [
        (4, None, "进入第一方阵"),
        (8, None, "脱离第三方阵"),
        (1, None, "列第 1"),
        (5, None, "进入前 5 位"),
        (None, 60.0, "达到 60 分"),
        (None, 60.25, "达到 60.25 分"),
    ],
)
def test_what_is_aimed_at(place: int | None, score: float | None, words: str) -> None:
    assert course.goal(place, score, (4, 8)) == words


def test_where_it_ends_is_said_in_the_terms_of_the_aim() -> None:
    assert course.ends(4, 56.126, 7) == "列第 7"
    assert course.ends(4, NAN, NAN) == "无名次"
    assert course.ends(None, 56.126, 7) == "56.13 分"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("", "", "", "2025年", "列第 7"), "到2025年还做不到（那时列第 7）"),
        (("2022年", "", "2022年", "2025年", "列第 3"), "最早2022年做到"),
        (("2022年", "2023年", "2024年", "2025年", "列第 3"), "最早2022年做到，2023年又掉出来，2024年起才站稳"),
        (("2022年", "2023年", "", "2025年", "列第 6"), "最早2022年做到，2023年又掉出来，到2025年也站不稳"),
    ],
)
def test_when_it_is_reached(said: tuple[str, ...], words: str) -> None:
    assert course.reached(*said) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("", "2021年", "2025年"), "到2025年一直保持"),
        (("2023年", "2024年", "2025年"), "到2023年就保不住，2024年起再站稳"),
        (("2023年", "", "2025年"), "到2023年就保不住"),
    ],
)
def test_how_long_it_lasts(said: tuple[str, ...], words: str) -> None:
    assert course.kept(*said) == words


def test_the_sentence_names_both_ways_and_does_not_say_one_thing_twice() -> None:
    assert course.by_when("甲县", "", "进入第一方阵", False, "一", "二") == (
        "甲县要进入第一方阵：照现在的走势，一；每项都按见过的最快速度，二。"
    )
    assert course.by_when("甲县", "纳税", "列第 1", True, "一", "一") == (
        "甲县在“纳税”上已经列第 1：照现在的走势，一；每项都按见过的最快速度，也一样。"
    )


def test_two_thresholds_are_explained_where_they_are_seen_apart() -> None:
    assert "灰点线是按最快时的" in course.two_bars(0.5)
    assert course.two_bars(0.49) == course.two_bars(NAN) == ""


def test_standing_still_is_said_only_where_it_costs_or_brings_something() -> None:
    assert course.drift("甲县", "总分", 50.5, 36.1) == "甲县如果原地不动，下一期的总分从 50.50 分变成 36.10 分。"
    assert course.drift("甲县", "总分", 50.5, 50.5001) == ""
    assert course.drift("甲县", "总分", 50.5, NAN) == ""


def test_what_helps_and_what_holds_back() -> None:
    assert course.helping(["甲", "乙", "丙", "丁"], [1.5, 0.2, 0.0, -0.4]) == (
        "照走势，下一期最帮忙的是甲（+1.50 分）、乙（+0.20 分）；最拖后腿的是丁（−0.40 分）。"
    )
    assert course.helping(["甲"], [0.0]) == "照走势，下一期没有一项能加分；没有哪项在拖后腿。"
    many = course.helping(list("甲乙丙丁戊己"), [3, 2, 1, -1, -2, -3])
    assert many.index("己") < many.index("戊") < many.index("丁")


def test_honest_words() -> None:
    assert course.tried_back("甲县", "2019年", "2020年", 0.1667, 8.0, 7.0) == (
        "回头验一次：用2019年以前的数推到2020年，各地名次平均差 0.2 位；甲县推为第 8，实际第 7。"
    )
    assert course.unmoved(2, 4) == "有 2 项不足 4 期，没有走势，照走势时按现值不动。"
    assert course.unmoved(0, 4) == ""
    assert "到2020年只有 3 期同类数据，至少要 4 期" in course.too_few(3, 4, "2020年")


def along(*rows: tuple[str, float, float, float, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["period", "score", "rank", "threshold", "holder"])


PAST = along(("2018", 40.0, 3.0, 60.0, "B"), ("2019", 50.0, 2.0, 61.0, "B"))
TREND = along(("2020", 52.0, 2.0, 62.0, "B"), ("2021", 54.0, 2.0, 53.0, "C"))
BEST = along(("2020", 63.0, 1.0, 61.5, "B"), ("2021", 70.0, 1.0, 52.0, "C"))


def ways(trend_met: str = "2021", best_met: str = "2020") -> pd.DataFrame:
    return tables.way_rows(PAST, TREND, BEST, trend_met, best_met, "第 1 位的门槛")


def of(rows: pd.DataFrame, role: str, *columns: str) -> list[tuple]:
    return list(rows.loc[rows["role"] == role, list(columns)].itertuples(index=False, name=None))


def test_each_line_of_the_picture() -> None:
    rows = ways()
    assert of(rows, "slot", "period", "order") == [("2018", 0), ("2019", 1), ("2020", 2), ("2021", 3)]
    assert of(rows, "past", "period", "value") == [("2018", 40.0), ("2019", 50.0)]
    # Both ways begin where the past ends.
    assert of(rows, "trend", "order", "value", "shown")[:2] == [
        (1, 50.0, "50.00 分，第 2"),
        (2, 52.0, "52.00 分，第 2"),
    ]
    assert of(rows, "best", "order", "value") == [(1, 50.0), (2, 63.0), (3, 70.0)]
    assert of(rows, "bar", "value", "second") == [(60.0, 60.0), (61.0, 61.0), (62.0, 61.5), (53.0, 52.0)]
    assert of(rows, "today", "period", "label") == [("2019", "现在")]


def test_words_stand_at_the_ends_apart_from_each_other() -> None:
    rows = ways()
    ends = rows[rows["at"].notna()]
    assert dict(zip(ends["role"], ends["label"], strict=True)) == {
        "bar": "第 1 位的门槛",
        "trend": "照走势 第 2",
        "best": "按最快 第 1",
    }
    assert set(ends["order"]) == {3}
    places = sorted(ends["at"])
    assert min(b - a for a, b in itertools.pairwise(places)) > 1


def test_when_each_way_gets_there_is_marked() -> None:
    marks = of(ways(), "met", "period", "value", "label", "lift")
    assert marks == [("2021", 54.0, "照走势 2021年", 1), ("2020", 63.0, "按最快 2020年", 0)]
    assert of(ways("", "2020"), "met", "label") == [("按最快 2020年",)]
    assert of(ways("", ""), "met", "label") == []


def test_one_period_for_both_ways_is_marked_once() -> None:
    assert of(ways("2021", "2021"), "met", "value", "label") == [(70.0, "2021年做到")]


def test_a_way_without_a_score_has_no_words() -> None:
    gone = TREND.assign(score=NAN, rank=NAN)
    rows = tables.way_rows(PAST, gone, BEST, "", "", "门槛")
    assert set(rows.loc[rows["at"].notna(), "role"]) == {"bar", "best"}


def test_period_by_period_with_the_sources_of_today() -> None:
    table = tables.way_table(PAST.iloc[-1:], TREND, BEST, {"B": "乙市", "C": "丙区"}, "A", "t")
    assert table.shown["评价期"].tolist() == ["现在", "2020年", "2021年"]
    assert table.shown.iloc[1].tolist() == ["2020年", "52.00", "2", "62.00", "乙市", "63.00", "1", "61.50"]
    assert table.source(0, "照走势得分") == source.score("A", "t", "2019")
    assert table.source(0, "最快门槛") == source.score("B", "t", "2019")
    assert table.source(1, "照走势得分") == ""


def test_a_score_that_is_aimed_at_is_nobodys() -> None:
    table = tables.way_table(
        PAST.iloc[-1:].assign(holder=""), TREND.assign(holder=""), BEST.assign(holder=""), {}, "A", "t"
    )
    assert set(table.shown["门槛是谁的"]) == {"—"}
    assert table.source(0, "照走势门槛") == ""


def test_paces_in_the_measures_units() -> None:
    measures = {
        "m": Measure("m", "办电环节", "个", Direction.LOWER, decimals=0),
        "n": Measure("n", "评分", "", Direction.HIGHER, decimals=1),
    }
    rows = pd.DataFrame(
        {
            "code": ["m", "n"],
            "value": [4.0, 7.26],
            "pace": [-0.25, NAN],
            "fastest": [-0.5, 1.0],
            "leader": ["B", ""],
            "trend": [0.1, 0.0],
            "best": [0.2, 0.3],
        }
    )
    table = tables.pace_table(rows, {"m": "办电环节", "n": "评分"}, {"B": "乙市"}, measures, "A", "2020-Q4")
    assert table.shown.iloc[0].tolist() == ["办电环节（个）", "4", "−0.25", "−0.50", "乙市", "+0.10", "+0.20"]
    assert table.shown.iloc[1].tolist() == ["评分", "7.3", "—", "+1.00", "—", "0.00", "+0.30"]
    assert table.source(0, "现值") == source.value("A", "m", "2020-Q4")
