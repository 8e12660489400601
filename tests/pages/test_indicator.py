"""指标: the total, an indicator, a measure; how one looks at it; what documents say beside it."""

from __future__ import annotations

import shutil
import statistics
from pathlib import Path

import pandas as pd
import pytest

from lib.store import batches
from tests.pages.conftest import conclusion, drawn_tables, text_of
from tests.pages.reckon import SHORT, totals, values

PAGE, PERIOD, BEFORE = "see/indicator.py", "2020-Q4", "2020-Q3"
DISTRIBUTION, TREND, OTHER = "分布和地图", "走势", "与另一指标"


@pytest.fixture
def look(visit):
    """The page on a node, looked at in one of three ways."""

    def open_page(code: str = "", way: str = DISTRIBUTION, **query: str):
        at = visit(PAGE, **query)
        if code:
            at.selectbox(key="subject").set_value(code).run()
        if way != DISTRIBUTION:
            at.button_group(key="look").set_value(way).run()
        assert not at.exception, at.exception
        return at

    return open_page


def table_with(at, column: str) -> pd.DataFrame:
    """The first table of the page that has a column."""
    return next(each for each in drawn_tables(at).values() if column in each)


def charts_of(at) -> list[list[str]]:
    """What each chart on the page is called."""
    return [part.value.split("**")[1] for part in at.markdown if part.value.startswith("**")]


def test_the_total_is_the_plain_calculation(look, seeded):
    at = look(region="宝丰县")
    found = totals(values(seeded, PERIOD))
    mean, best, worst = statistics.mean(found.values()), max(found.values()), min(found.values())
    leader, last = max(found, key=found.__getitem__), min(found, key=found.__getitem__)
    place = sorted(found.values(), reverse=True).index(found["宝丰县"]) + 1
    said = conclusion(at)
    assert f"总分 2020年四季度 12 地平均 {mean:.1f} 分，最好{leader} {best:.1f}，最差{last} {worst:.1f}" in said
    assert f"相差 {best - worst:.1f} 分" in said
    assert said.endswith(f"宝丰县 {found['宝丰县']:.1f} 分，列第 {place}。")
    table = table_with(at, "出处")
    assert dict(zip(table["地区"], table["得分"], strict=True)) == pytest.approx(found)
    assert "总分的 16 个下级指标" in text_of(at)


def test_a_measure_shows_its_values_in_its_unit(look, seeded):
    at = look("credit.sme_borrowers")
    now, before = (
        {SHORT[r]: v for (r, m), v in values(seeded, p).items() if m == "credit.sme_borrowers"}
        for p in (PERIOD, BEFORE)
    )
    table = table_with(at, "出处")
    assert dict(zip(table["地区"], table["数值（户）"], strict=True)) == now
    assert list(table["数值（户）"]) == sorted(now.values(), reverse=True)
    assert dict(zip(table["地区"], table["数值变化"], strict=True)) == {
        place: now[place] - before[place] for place in now
    }
    mean, change = statistics.mean(now.values()), statistics.mean(now[place] - before[place] for place in now)
    assert f"平均 {mean:.1f} 户" in conclusion(at)
    assert f"平均比上期 {change:+.1f} 户（{'变好' if change > 0 else '变差'}）" in conclusion(at).replace(
        "\N{MINUS SIGN}", "-"
    )
    assert "获得信贷的 3 个下级指标" in text_of(at)


def test_the_facts_card_of_a_measure(look):
    said = text_of(look("construction.online_rate"))
    for words in (
        "工程建设审批事项中能在网上办理的占比。",
        "%，越高越好",
        "最优 100%，最差 0%（定义域）",
        "市住房城乡建设局",
        "演示数据（批次",
    ):
        assert words in said
    assert "没有前沿值，按本期各地最优、最差值计分" in text_of(look("start_business.time"))


def test_the_facts_card_of_an_indicator_says_what_it_is_made_of(look):
    said = text_of(look("credit"))
    assert "3 项等权平均：小微企业贷款平均利率、小微企业贷款户数、银企对接签约金额" in said
    assert "市金融工作局" in said


def test_what_documents_say_is_converted_or_refused_and_never_a_countys(look):
    table = table_with(look("start_business.time"), "文件写的数")
    assert list(zip(table["类别"], table["文件写的数"], table["折合（工作日）"], strict=True)) == [
        ("市级目标", "≤ 1 日", 1.0),
        ("平顶山市（文件）", "7 小时", 0.875),
        ("平顶山市（文件）", "7 小时", 0.875),
    ]
    assert set(table["说明"]) == {"“日”按 1 工作日计", "按 8 小时 = 1 工作日折算"}
    sums = table_with(look("credit.sme_borrowers"), "文件写的数")
    assert sums["折合（户）"].isna().all()
    assert set(sums["说明"]) == {"是全市（全省）合计，不与单个县（市、区）比较"}
    days = table_with(look("electricity.time_low"), "文件写的数")
    assert "“天”与“工作日”口径不同，不作比较" in set(days["说明"])
    years = table_with(look("inclusive.good_air_days"), "文件写的数")
    assert list(years["说明"]) == ["是2020年整段的数值，不与较短时段的数值比较"]


@pytest.mark.parametrize("code", ["", "credit", "start_business.time"])
@pytest.mark.parametrize(
    ("way", "drawn"),
    [(DISTRIBUTION, ("从好到差", "地图")), (TREND, ("走势",)), (OTHER, ("虚线为中位",))],
)
def test_only_the_chosen_picture_is_drawn(look, code, way, drawn):
    titles = charts_of(look(code, way))
    pictures = [title for title in titles if any(word in title for word in ("从好到差", "地图", "走势", "虚线为中位"))]
    assert len(pictures) == len(drawn)
    assert all(word in title for word, title in zip(drawn, pictures, strict=True))


def test_the_rule_of_a_conversion_stands_under_the_trend(look):
    said = text_of(look("start_business.time", TREND))
    assert (
        "全市数值出自平营商办〔2020〕4号、优化营商环境工作通报第37期、《全市优化营商环境工作情况通报》（2021-12-17）。换算：“日”按 1 工作日计；按 8 小时 = 1 工作日折算。"
        in said
    )
    assert "全市数值出自" not in text_of(look("credit.sme_borrowers", TREND))


def test_beside_itself_the_correlation_is_one(look):
    at = look("credit", OTHER)
    at.selectbox(key="other").set_value("credit").run()
    assert (
        "等级相关系数（斯皮尔曼）+1.00：获得信贷得分高的地方，获得信贷得分往往也高（明显）。一起变化不等于一个引起另一个。"
        in text_of(at)
    )


def test_places_without_both_values_are_listed(look, seeded):
    known = values(seeded, PERIOD)
    gone = [
        SHORT[region] for region in dict.fromkeys(r for r, _ in known) if (region, "construction.time") not in known
    ]
    assert gone == ["叶县"]
    assert "缺数、没有画出：叶县。" in text_of(look("construction.time", OTHER))
    assert "没有画出" not in text_of(look("credit", OTHER))


def test_a_framework_that_lacks_the_node_falls_back_to_the_total(look):
    at = look("credit.sme_rate", OTHER)
    at.selectbox(key="other").set_value("tax.time").run()
    at.selectbox(key="framework").set_value("context-census").run()
    assert not at.exception
    assert (at.selectbox(key="subject").value, at.selectbox(key="other").value) == ("context-census",) * 2
    assert conclusion(at).startswith("## 总分 2020年 12 地平均")
    assert "演示数据" not in text_of(at)


def test_one_period_has_no_trend(look):
    at = look("census.mean_years", TREND, framework="普查背景（2020）")
    assert "只有一期数据" in at.info[0].value
    assert "比上期" not in conclusion(at)


@pytest.mark.parametrize("way", [DISTRIBUTION, TREND, OTHER])
def test_a_measure_without_values_says_so_and_keeps_its_facts_card(look, seeded, tmp_path, monkeypatch, way):
    path = Path(shutil.copy(seeded, tmp_path / "copy.db"))
    monkeypatch.setenv("DUIBIAO_DB", str(path))
    rows = pd.DataFrame([("410421", "tax.time", PERIOD, 100.0)], columns=["region", "measure", "period", "value"])
    batches.publish(path, rows, file="上报.csv", sha256="x", user="测试")
    at = look("start_business.time", way)
    assert conclusion(at) == "## 企业开办时间 2020年四季度没有数值。"
    assert "不计分：没有数值" in at.info[0].value
    assert "企业办完全部开办手续所用的时间。" in text_of(at)
    assert not [bad for bad in ("nan", "None", "undefined") if bad in text_of(at)]
    # One value alone has no score, and is shown.
    alone = look("tax.time", way, region="宝丰县")
    assert "1 地平均 100.0 小时，各地相同；宝丰县 100.0 小时，没有名次。" in conclusion(alone)
    assert table_with(alone, "出处")["出处"].iloc[0] == "上报.csv（批次 3）"


def test_a_provisional_value_is_marked(look, seeded, tmp_path, monkeypatch):
    path = Path(shutil.copy(seeded, tmp_path / "copy.db"))
    monkeypatch.setenv("DUIBIAO_DB", str(path))
    columns = ["region", "measure", "period", "value", "provisional", "note"]
    rows = [("410421", "tax.time", PERIOD, 100.0, True, "待核"), ("410422", "tax.time", PERIOD, 90.0, False, "")]
    batches.publish(path, pd.DataFrame(rows, columns=columns), file="上报.csv", sha256="x", user="测试")
    table = table_with(look("tax.time"), "出处").set_index("地区")
    assert (table.at["宝丰县", "备注"], table.at["叶县", "备注"]) == ("暂定；待核", "")
    assert table_with(look("tax"), "出处").set_index("地区").at["宝丰县", "备注"] == "暂定"


def test_practices_bear_on_the_measure_else_on_its_indicator(look):
    assert "获得电力便利化改革" in text_of(look("electricity.procedures"))
    # No practice names it: those of its indicators stand in.
    assert "获得电力便利化改革" in text_of(look("electricity.outage_cut"))
    assert "可以借鉴的做法" not in text_of(look())


def test_a_link_reopens_the_look(visit):
    at = visit(PAGE, look=TREND, subject="获得信贷")
    assert at.button_group(key="look").value == TREND
    assert conclusion(at).startswith("## 获得信贷")
