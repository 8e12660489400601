"""排名: every view of it, and what its tables say, is what a plain calculation gives."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from lib.office import COUNTY_COHORT
from lib.store import batches, catalog
from tests.pages.conftest import conclusion, text_of
from tests.pages.reckon import totals, values

PERIOD = "2020-Q4"
PAGE = "see/ranking.py"


@pytest.fixture(scope="module")
def reckoned(seeded):
    """County → total in the latest quarter, best first."""
    found = totals(values(seeded, PERIOD))
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def titles(at) -> list[str]:
    return [part.value for part in at.markdown if part.value.startswith("**")]


def table(at, place: int = 0):
    return at.dataframe[place].value


def test_the_table_is_the_plain_calculation(visit, reckoned):
    at = visit(PAGE)
    shown = table(at)
    assert list(shown["地区"]) == list(reckoned)
    assert list(shown["得分"]) == pytest.approx(list(reckoned.values()), abs=1e-9)
    assert list(shown["名次"]) == list(range(1, 13))
    assert list(shown["方阵"]) == ["第一方阵"] * 4 + ["第二方阵"] * 4 + ["第三方阵"] * 4
    assert "按三等分的假定，原文未规定县级方阵" in text_of(at)


def test_the_table_has_a_column_for_each_indicator_that_makes_up_the_total(visit, reckoned):
    shown = table(visit(PAGE))
    parts = shown.iloc[:, list(shown.columns).index("◐ 暂定") + 1 :]
    assert parts.shape == (12, 16)
    # Equal weights: the total is the mean of the indicators.
    assert list(parts.mean(axis=1)) == pytest.approx(list(reckoned.values()), abs=1e-9)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("构成", "各地总分的构成"),
        ("名次变化", "总分名次的变化（蓝线：叶县"),
        ("小倍数", "各地总分得分的走势"),
        ("首尾和身边", "前 3、后 3 和叶县身边"),
    ],
)
def test_a_link_opens_each_view(visit, view, said):
    at = visit(PAGE, view=view, region="叶县")
    assert at.button_group(key="view").value == view
    assert any(said in title for title in titles(at))


def test_only_the_chosen_view_is_drawn(visit):
    at = visit(PAGE)
    at.button_group(key="view").set_value("名次变化").run()
    assert not any("构成" in title for title in at.session_state["_outputs"].charts)
    assert "highlight" not in [box.key for box in at.selectbox]


def first_chart(at) -> dict:
    """The specification of the first chart that the page has drawn."""
    return next(iter(at.session_state["_outputs"].charts.values()))[0]


def test_the_indicator_to_stand_out_can_be_chosen(visit):
    at = visit(PAGE, region="叶县")
    domain = first_chart(at)["layer"][0]["encoding"]["color"]["scale"]["domain"]
    assert len(domain) == 7  # three above the median, three below, the rest
    at.selectbox(key="highlight").set_value("tax").run()
    domain = first_chart(at)["layer"][0]["encoding"]["color"]["scale"]["domain"]
    assert domain == ["纳税", "其余 15 项"]


def test_an_indicator_to_stand_out_that_is_no_part_gives_way(visit):
    at = visit(PAGE)
    at.selectbox(key="highlight").set_value("tax").run()
    at.selectbox(key="subject").set_value("utilities").run()
    assert not at.exception
    assert at.selectbox(key="highlight").value == "离中位最远的几项"


def test_whose_change_leaves_measures_out_is_said(visit, seeded):
    now, before = values(seeded, PERIOD), values(seeded, "2020-Q3")
    at = visit(PAGE)
    said = next(part.value for part in at.caption if "变化按两期都有的测度计算" in part.value)
    assert set(now) != set(before)
    named = said.partition("变化按两期都有的测度计算")[2]
    assert "示范区" in named
    assert "新华区" not in named  # has every value in both quarters


def test_one_measure_shows_its_raw_values(visit, seeded):
    at = visit(PAGE)
    at.selectbox(key="subject").set_value("electricity.procedures").run()
    known = values(seeded, PERIOD)
    best = min(value for (_, measure), value in known.items() if measure == "electricity.procedures")
    assert table(at, 1)["数值（个）"].iloc[0] == best
    assert "“办电环节”列第 1" in conclusion(at)


@pytest.mark.parametrize("view", ["构成", "名次变化", "小倍数", "首尾和身边"])
def test_a_real_table_carries_no_demonstration_mark(visit, view):
    at = visit(PAGE, view=view)
    at.selectbox(key="framework").set_value("context-census").run()
    at.selectbox(key="subject").set_value("census.mean_years").run()
    assert "演示数据" not in text_of(at)
    shown = table(at, 1)
    found = dict(zip(shown["地区"], shown["数值（年）"], strict=True))
    # The 2020 census table, column 平均受教育年限_合计.
    assert (found["新华区"], found["叶县"], found["示范区"]) == (10.66, 8.42, 11.54)
    assert len(found) == 12
    if view in ("名次变化", "小倍数"):
        assert "只有2020年一期数据" in at.info[0].value


def test_census_shares_are_the_two_columns_divided(visit):
    at = visit(PAGE)
    at.selectbox(key="framework").set_value("context-census").run()
    at.selectbox(key="subject").set_value("census.urban_share").run()
    shown = dict(zip(table(at, 1)["地区"], table(at, 1)["数值（%）"], strict=True))
    assert shown["宝丰县"] == pytest.approx(231994 / 498157 * 100)
    assert set(table(at, 1)["备注"]) == {"计算得出"}


def test_a_measure_without_a_score_says_why(visit, seeded):
    at = visit(PAGE, period="2018年一季度")
    known = values(seeded, "2018-Q1")
    cohort = {}
    for (_, measure), value in known.items():
        cohort.setdefault(measure, set()).add(value)
    flat = [measure for measure, found in cohort.items() if len(found) == 1]
    for measure in flat:
        at.selectbox(key="subject").set_value(measure).run()
        assert "不计分：各地区数值相同，无法区分" in at.info[0].value


def test_a_county_without_values_has_no_place_and_the_reason_stands_there(visit, seeded):
    at = visit(PAGE, region="石龙区", period="2019年一季度")
    known = {measure for region, measure in values(seeded, "2019-Q1") if region == "410404"}
    everyone = {measure for _, measure in values(seeded, "2019-Q1")}
    absent = sorted(everyone - known)
    assert absent
    at.selectbox(key="subject").set_value(absent[0]).run()
    assert any("石龙区（1 项测度都没有数值）" in part.value for part in at.caption)
    shown = table(at).set_index("地区")
    assert shown.loc["石龙区", ["名次", "得分"]].isna().all()


def test_provisional_values_and_notes_are_marked(visit, seeded, tmp_path, monkeypatch):
    path = Path(shutil.copy(seeded, tmp_path / "copy.db"))
    members = catalog.cohorts(seeded)[COUNTY_COHORT].members
    rows = pd.DataFrame(
        {
            "region": members,
            "measure": "tax.time",
            "period": PERIOD,
            "value": range(100, 112),
            "provisional": 0,
            "note": "",
        }
    )
    rows.loc[rows["region"] == "410422", ["provisional", "note"]] = [1, "年底更新"]
    batches.publish(path, rows, file="上报.csv", sha256="x", user="测试")
    monkeypatch.setenv("DUIBIAO_DB", str(path))
    at = visit(PAGE)
    at.selectbox(key="subject").set_value("tax.time").run()
    counted, reported = (table(at, place).set_index("地区") for place in (0, 1))
    assert counted.loc["叶县", "◐ 暂定"] == counted["◐ 暂定"].sum() == 1
    assert list(reported.loc["叶县", ["暂定", "备注"]]) == ["◐ 暂定", "年底更新"]
    assert set(reported["暂定"]) == {"", "◐ 暂定"}
