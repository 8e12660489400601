"""稳不稳: today's ranking or what is tried, what is said of it, and the line beside a ranking."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.core.robustness import dropped, stability, swapped
from lib.snapshot import Snapshot
from lib.store import batches
from tests.pages.conftest import conclusion, drawn_tables, text_of

PAGE, VIEW, LOOSE = "benchmark/whatif.py", "稳不稳", "2020年二季度"
LUSHAN = "410423"


@pytest.fixture(scope="module")
def scores(seeded):
    """Scores of the second quarter of 2020, in which two tiers are not firm."""
    return Snapshot(seeded, "test").scores("pds-2020").at("2020-Q2")


def places(at):
    """The table of everyone's places."""
    return next(table for title, table in drawn_tables(at).items() if "方阵有多稳" in title)


def test_the_conclusion_and_the_table_are_the_draws(visit, scores):
    at = visit(PAGE, region="鲁山县", period=LOOSE, lab=VIEW)
    found = stability(scores)
    ours = found.frame.set_index("region").loc[LUSHAN]
    assert conclusion(at).startswith(
        f"## 鲁山县现在列第 8（第二方阵，不稳）：权重上下浮动 25% 的 1 万次里，90% 的情形在第 {ours.low}–{ours.high}，"
        f"{100 * ours.kept:.0f}% 的情形留在第二方阵；与湛河区、汝州市接近"
    )
    shown = places(at).set_index("地区")
    assert shown.loc["鲁山县", "第三方阵（%）"] == pytest.approx(100 * found.shares.loc[LUSHAN, 3])
    assert list(shown.index[shown["方阵"] == "◆ 不稳"]) == ["鲁山县", "汝州市"]
    assert "随机种子" in text_of(at)
    assert "演示数据" in text_of(at)


def test_what_is_left_out_and_other_methods(visit, scores):
    at = visit(PAGE, region="鲁山县", period=LOOSE, lab=VIEW)
    tables = drawn_tables(at)
    rows = dropped(scores)
    moved = rows[(rows["region"] == LUSHAN) & (rows["gained"] != 0)]
    listed = tables["去掉哪一项，鲁山县现在的名次会变"]
    assert sorted(listed["名次"]) == sorted(moved["rank"])
    assert set(listed.loc[listed["名次"] == 9, "方阵"]) == {"第三方阵"}
    methods = tables["换计分方法，鲁山县现在列第几"].set_index("标准化")
    rows = swapped(scores).query("region == @LUSHAN").set_index("code")
    assert methods.loc["标准分", "算术平均（现用）"] == f"第 {rows.loc['zscore/arithmetic', 'rank']:.0f}"
    assert methods.loc["名次百分位", "几何平均"] == "0 分，分不出"


def test_a_place_that_nothing_moves_is_said_to_be_so(visit):
    at = visit(PAGE, region="石龙区", lab=VIEW)
    assert "90% 的情形仍是第 12，全部留在第三方阵" in conclusion(at)
    assert "去掉任何一项指标，石龙区现在的名次都不变" in at.success[0].value


def test_a_place_opens_where_it_comes_from(visit):
    at = visit(PAGE, region="石龙区", lab=VIEW)
    table = next(table for title, (table, _) in at.session_state["_outputs"].tables.items() if "有多稳" in title)
    assert table.source(0, "名次") == "score:pds-2020:410402:2020-Q4"


def test_what_is_tried_is_asked_for(visit):
    at = visit(PAGE, region="鲁山县", lab=VIEW)
    assert not [each for each in at.segmented_control if each.key == "stable_of"]
    # Everybody's best value in a framework in which one indicator weighs all: another ranking.
    at = visit(PAGE, region="鲁山县", lab=VIEW, weights="tax~500.0")
    assert "鲁山县现在列第 8" in conclusion(at)
    at.segmented_control(key="stable_of").set_value("推演后").run()
    assert not at.exception
    assert "鲁山县推演后列第" in conclusion(at)
    assert conclusion(at) != conclusion(visit(PAGE, region="鲁山县", lab=VIEW)).replace("现在", "推演后")
    assert "其他县（市、区）保持不变" in text_of(at)
    table = next(table for title, (table, _) in at.session_state["_outputs"].tables.items() if "有多稳" in title)
    assert table.source(0, "名次") == ""


def test_what_others_do_is_a_trial_too(visit):
    at = visit(PAGE, region="鲁山县", lab=VIEW, others="按各自走势", stable_of="推演后")
    assert "鲁山县推演后列第" in conclusion(at)
    assert "按各自以往的走势" in text_of(at)


@pytest.mark.parametrize("page", ["", "see/ranking.py"])
def test_the_line_beside_a_ranking_leads_here(visit, page):
    at = visit(page, period=LOOSE, region="鲁山县")
    (line,) = [part.value for part in at.caption if part.value.startswith("权重上下浮动 25%")]
    assert "鲁山县与汝州市名次接近、差异不显著" in line
    assert line.endswith("◆ 方阵不稳：鲁山县、汝州市。")
    at.button(key="to-stability").click().run()
    assert not at.exception
    assert conclusion(at).startswith("## 鲁山县现在列第 8（第二方阵，不稳）")


def test_the_line_is_about_the_total_alone(visit):
    at = visit("see/ranking.py", subject="纳税")
    assert not [part.value for part in at.caption if part.value.startswith("权重上下浮动")]


@pytest.fixture
def publish(house):
    """Publishes real values of processing times in 2020-Q4, which retire the period's made-up ones."""

    def put(values: dict[str, float]) -> None:
        rows = [(region, "tax.time", "2020-Q4", value) for region, value in values.items()]
        frame = pd.DataFrame(rows, columns=["region", "measure", "period", "value"])
        batches.publish(house, frame, file="上报.csv", sha256="x", user="测试")

    return put


@pytest.mark.parametrize("values", [{LUSHAN: 5.0}, {LUSHAN: 5.0, "410422": 5.0}])
def test_without_any_place_it_says_what_to_do(visit, publish, values):
    publish(values)
    at = visit(PAGE, region="鲁山县", lab=VIEW)
    assert conclusion(at) == "## 鲁山县现在没有名次，说不上稳不稳。"
    assert "数据齐备" in at.info[0].value
    assert not [part.value for part in visit("").caption if part.value.startswith("权重上下浮动")]


def test_a_county_without_a_place_beside_others_that_have_one(visit, publish):
    publish({"410422": 5.0, "410423": 9.0})
    at = visit(PAGE, region="宝丰县", lab=VIEW)
    assert conclusion(at) == "## 宝丰县现在没有名次，说不上稳不稳。"
    assert list(places(at)["地区"]) == ["叶县", "鲁山县"]
    assert "没有可以去掉的" in at.info[0].value
    assert not at.success
    assert not [bad for bad in ("nan", "None") if bad in text_of(at)]


def test_one_indicator_alone_cannot_be_left_out(visit, scores):
    alone = "~".join(f"{node.code}~0.0" for node in scores.framework.indicators if node.code != "tax")
    at = visit(PAGE, region="鲁山县", lab=VIEW, weights=alone, stable_of="推演后")
    assert "没有可以去掉的" in at.info[0].value
    assert set(places(at)["去掉一项指标"]) == {"—"}
