"""县区画像: what it says is what a plain calculation gives, at each of its controls."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.store.targets import add_target
from tests.pages.conftest import conclusion, drawn_tables, text_of
from tests.pages.reckon import totals, values
from tests.unit.store.test_targets import GOAL

PERIOD = "2020-Q4"
PAGE = "see/county.py"


@pytest.fixture(scope="module")
def reckoned(seeded):
    """County → total in the latest quarter, best first."""
    found = totals(values(seeded, PERIOD))
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def rows_of(at, number: int):
    """The rows that a chart was drawn from."""
    specification, _ = list(at.session_state["_outputs"].charts.values())[number]
    return specification["datasets"]["rows"]


def test_the_conclusion_says_place_tier_and_losses(visit, reckoned):
    at = visit(PAGE, region="宝丰县", more="各指标失分")
    place = list(reckoned).index("宝丰县") + 1
    assert conclusion(at).startswith(f"## 宝丰县 2020年四季度列第 {place}（第三方阵，{reckoned['宝丰县']:.1f} 分）")
    losses = at.dataframe[0].value["失分（总分中）"]
    assert losses.is_monotonic_decreasing
    assert losses.sum() == pytest.approx(100 - reckoned["宝丰县"])


def test_every_measure_is_listed_and_missing_is_missing(visit, seeded):
    at = visit(PAGE, region="石龙区", period="2019年一季度")
    known = values(seeded, "2019-Q1")
    table = drawn_tables(at)["石龙区全部测度（从最弱到最强）"]
    assert len(table) == 53
    absent = 53 - sum(region == "410404" for region, _ in known)
    assert absent >= 2
    assert table["现值"].isna().sum() == absent


def test_the_spine_has_the_total_and_the_indicators_or_all_measures_too(visit, reckoned):
    at = visit(PAGE, region="宝丰县")
    spine = rows_of(at, 0)
    assert len(spine) == 17
    total = spine.set_index("code").loc["pds-2020"]
    assert total["score"] == pytest.approx(reckoned["宝丰县"])
    assert (total["low"], total["high"]) == pytest.approx((min(reckoned.values()), max(reckoned.values())))
    at = visit(PAGE, region="宝丰县", level="测度")
    deep = rows_of(at, 0)
    assert len(deep) > 17 + 40
    assert deep["label"].is_unique
    # The sheet of paper keeps the indicators.
    assert len(rows_of(at, 1)) == 17


def test_the_benchmark_follows_the_compared_place(visit, reckoned):
    at = visit(PAGE, region="宝丰县", compare="新华区")
    assert rows_of(at, 0).set_index("code").at["pds-2020", "benchmark"] == pytest.approx(reckoned["新华区"])
    assert "对标：新华区" in drawn_tables(at)["宝丰县全部测度（从最弱到最强）"]


def test_a_national_benchmark_opens_a_statement_of_a_document(visit):
    at = visit(PAGE, compare="全国标杆")
    table, _ = next(value for title, value in at.session_state["_outputs"].tables.items() if "全部测度" in title)
    column = "对标：全国标杆"
    stated = table.values[table.values[column].notna()]
    assert set(stated["测度"]) == {"报建阶段审批事项", "办电环节"}
    for row in stated.index:
        assert table.source(row, column).startswith("fact:F")
        assert table.source(row, "现值").startswith("value:")
        assert table.source(row, "名次").startswith("score:")
    at.query_params["source"] = table.source(stated.index[0], column)
    at.run()
    assert any(part.value.startswith("> ") for part in at.markdown)


def test_strengths_and_weaknesses_have_numbers_and_an_owner(visit):
    words = text_of(visit(PAGE, region="宝丰县"))
    lines = [line for line in words.splitlines() if line.startswith(("▲ **", "▼ **"))]
    assert 1 <= len(lines) <= 10
    for line in lines:
        assert "中位" in line
        assert "，第 " in line
        assert ":gray[市" in line


@pytest.mark.parametrize(("trend", "last"), [("总分", None), ("名次", "11")])
def test_the_trend_shows_totals_or_places(visit, reckoned, trend, last):
    at = visit(PAGE, region="宝丰县", trend=trend)
    line = rows_of(at, 1)
    ours = line[line["focus"] == 1]
    assert len(ours) == 12
    assert ours["shown"].iloc[-1] == (last or f"{reckoned['宝丰县']:.1f}")
    assert ours["address"].iloc[-1] == "score:pds-2020:410421:2020-Q4"
    assert set(line.loc[line["focus"] == 0, "shown"]) == {""}


def test_what_the_next_place_takes(visit, reckoned):
    order = list(reckoned)
    words = text_of(visit(PAGE, region="鲁山县"))
    ahead = order[order.index("鲁山县") - 1]
    assert f"离前一位{ahead}差 {reckoned[ahead] - reckoned['鲁山县']:.2f} 分：有 3 项只改其中一项就能进位" in words
    assert "其他县（市、区）的数值都不变" in words
    assert "没有哪一项单独做得到" in text_of(visit(PAGE, region="宝丰县"))
    assert f"{order[0]}已列第 1，没有更前的名次" in text_of(visit(PAGE, region=order[0]))


def test_peers_and_neighbours(visit):
    at = visit(PAGE, region="叶县", more="同类和邻县")
    words = text_of(at)
    assert "背景条件相近（2020年人口普查）的 4 个" in words
    assert "平均受教育年限" in words
    peers, beside = (table for title, table in drawn_tables(at).items() if "县（市、区）" in title)
    assert peers["背景差异"].is_monotonic_increasing
    assert "叶县" not in set(peers["地区"])
    assert set(beside["地区"]) == {"卫东区", "湛河区", "鲁山县", "舞钢市"}


@pytest.mark.parametrize("zone", ["高新区", "示范区"])
def test_a_zone_has_no_boundary(visit, zone):
    at = visit(PAGE, region=zone, more="同类和邻县")
    assert f"{zone}没有边界数据" in at.info[0].value
    assert [title for title in drawn_tables(at) if "县（市、区）" in title] == [
        "背景条件相近（2020年人口普查）的 4 个县（市、区）"
    ]


def test_the_citys_targets_are_never_the_countys(visit):
    county = text_of(visit(PAGE, region="宝丰县", more="目标和做法"))
    assert "市级目标（全市的目标，不是宝丰县的）" in county
    assert "各文件写明适用于县一级的目标" in county
    assert "有条件的县（市）" in county
    district = visit(PAGE, region="新华区", more="目标和做法")
    assert "各文件没有给新华区单独定目标" in district.info[0].value
    assert "有条件的县（市）" not in text_of(district)


def test_a_target_that_a_person_adds_for_a_county_is_told_as_its_own(visit, house):
    add_target(house, replace(GOAL, scope="县城"), user="甲")
    add_target(house, replace(GOAL, region="410402"), user="甲")
    titles = {
        name: [
            title for title in drawn_tables(visit(PAGE, region=name, more="目标和做法")) if title.startswith("各文件")
        ]
        for name in ("宝丰县", "叶县", "新华区")
    }
    assert titles == {
        "宝丰县": ["各文件专给宝丰县定的和写明适用于县一级的目标"],
        "叶县": ["各文件写明适用于县一级的目标"],
        "新华区": ["各文件专给新华区定的目标"],
    }
    # What one county was set is no other's.
    assert "宝丰县" not in str(
        drawn_tables(visit(PAGE, region="叶县", more="目标和做法"))[titles["叶县"][0]]["目标事项"]
    )


def test_practices_are_matched_to_the_weakest_indicators(visit):
    at = visit(PAGE, region="鲁山县", more="目标和做法")
    practices = at.table[-1].value
    assert "投资项目审批" in set(practices["短板指标"])
    assert practices["原文"].str.len().min() > 0


def test_another_framework_with_one_period(visit):
    at = visit(PAGE)
    at.selectbox(key="framework").set_value("context-census").run()
    assert not at.exception
    assert len(rows_of(at, 0)) == 5
    assert "演示数据" not in text_of(at)
