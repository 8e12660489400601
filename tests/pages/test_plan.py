"""假设推演：升档反推, driven without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import conclusion, drawn_tables, text_of

LUSHAN, XINHUA, SHILONG = "410423", "410402", "410404"
TABLE = "改哪些、改到多少、谁来办"


def opened(visit, region: str = LUSHAN, **query: str) -> AppTest:
    return visit("benchmark/whatif.py", region=region, lab="升档反推", **query)


def test_the_answer_opens_the_view_and_adds_up(visit) -> None:
    at = opened(visit)
    said = conclusion(at)
    moves = drawn_tables(at)[TABLE]
    assert "鲁山县进入第一方阵" in said and said.endswith("列第 4。")
    assert f"要改 {len(moves)} 项" in said
    before, after = said.split("总分 ")[1].split("，")[0].split(" → ")
    assert moves["加分"].sum() == pytest.approx(float(after) - float(before), abs=0.011)
    assert "其他县（市、区）保持不变" in text_of(at)
    assert "1 份力" in text_of(at)
    assert not at.warning


def test_the_plan_is_tried_with_one_click(visit) -> None:
    at = opened(visit)
    after = conclusion(at).split("总分 ")[1].split("，")[0].split(" → ")[1]
    moved = len(drawn_tables(at)[TABLE])
    next(button for button in at.button if button.label == "这样试试").click().run()
    assert not at.exception
    assert f"改动 {moved} 项后" in conclusion(at)
    assert f"→ {after}" in conclusion(at)
    assert "升入第一方阵" in conclusion(at)


def test_another_way_is_one_click_away_and_in_the_address(visit) -> None:
    first = opened(visit)
    other = opened(visit, plan_way="换法一")
    ways = [set(drawn_tables(at)[TABLE]["测度"]) for at in (first, other)]
    assert ways[0] - ways[1]
    assert f"要改 {len(ways[1])} 项" in conclusion(other)
    first.button_group(key="plan_way").set_value("换法一").run()
    assert set(drawn_tables(first)[TABLE]["测度"]) == ways[1]


def test_a_limit_that_stands_in_the_way_is_named(visit) -> None:
    at = opened(visit, SHILONG, plan_most="3")
    assert "石龙区脱离第三方阵做不到" in conclusion(at)
    assert "还差" in conclusion(at)
    assert "多改几项" in text_of(at)
    assert len(drawn_tables(at)[TABLE]) == 3
    at.selectbox(key="plan_most").set_value("不限").run()
    assert "石龙区脱离第三方阵，要改" in conclusion(at)


def test_the_last_tier_is_left_before_the_first_is_entered(visit) -> None:
    at = opened(visit, SHILONG)
    assert at.selectbox(key="aim").options[:2] == ["脱离第三方阵", "进入第一方阵"]
    at.selectbox(key="aim").set_value("前进几位").run()
    at.number_input(key="aim_by").set_value(2).run()
    assert "总分升到第 10" in conclusion(at)


def test_a_score_on_an_indicator(visit) -> None:
    at = opened(visit, subject="tax", aim="达到多少分", aim_score="90")
    assert "“纳税”达到 90 分" in conclusion(at)
    assert at.number_input(key="aim_score").value == 90
    assert 1 <= len(drawn_tables(at)[TABLE]) <= 4
    assert not at.warning


def test_half_of_the_way_goes_no_further(visit) -> None:
    whole, half = drawn_tables(opened(visit))[TABLE], drawn_tables(opened(visit, plan_reach="差距补一半"))[TABLE]
    both = whole.merge(half, on="测度")
    assert len(both)
    for row in both.itertuples():
        assert abs(row.改到_y - row.现值_y) <= abs(row.改到_x - row.现值_x)
    assert len(half) > len(whole)


def test_at_the_best_pace_until_a_period(visit) -> None:
    near = opened(visit, plan_reach="最快速度走到")
    assert "做不到" in conclusion(near)
    assert "改得更远" in text_of(near)
    far = opened(visit, plan_reach="最快速度走到", plan_until="2022年四季度")
    assert "要改" in conclusion(far)


def test_what_the_others_do_counts(visit) -> None:
    at = opened(visit, others="都达到目标")
    assert "鲁山县自己不动，会从 50.52 分、第 8 变为" in text_of(at)
    trend = opened(visit, others="按各自走势", until="2021年二季度", plan_reach="最快速度走到")
    assert "2021年二季度" in text_of(trend)
    assert not [box for box in trend.selectbox if box.key == "plan_until"]


def test_the_first_has_nothing_above(visit) -> None:
    at = opened(visit, XINHUA)
    assert "已列第 1，上面没有名次了" in conclusion(at)
    next(button for button in at.button if button.label == "看这个名次稳不稳").click().run()
    assert at.session_state["lab"] == "稳不稳"


def test_a_node_without_a_score_says_what_to_do(visit) -> None:
    at = opened(visit, "410411", subject="property.time_mortgage")
    assert "湛河区本期在这个指标上没有得分，无法反推" in conclusion(at)
    assert [link.proto.label for link in at.get("page_link")] == ["看缺哪些数"]
    assert TABLE not in drawn_tables(at)
