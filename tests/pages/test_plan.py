"""假设推演：升档反推, driven without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lib.ui.lab.tuning import Tuning
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


@pytest.mark.parametrize("said", ["1e400", "inf", "nan", "-1", "abc"])
@pytest.mark.parametrize(
    ("kind", "key", "first"),
    [("达到多少分", "aim_score", 56), ("前进几位", "aim_by", 1), ("达到第几位", "aim_place", 7)],
)
def test_a_number_that_an_address_cannot_mean_gives_way_to_the_first_suggestion(visit, kind, key, first, said) -> None:
    at = opened(visit, aim=kind, **{key: said})
    assert at.number_input(key=key).value == first
    assert "鲁山县总分" in conclusion(at)


def test_half_points_and_whole_places(visit) -> None:
    at = opened(visit, aim="达到多少分", aim_score="62.5")
    assert "总分达到 62.5 分，要改" in conclusion(at)
    at.selectbox(key="aim").set_value("达到第几位").run()
    at.number_input(key="aim_place").set_value(5.5).run()
    assert "总分升到第 5，" in conclusion(at)
    assert at.number_input(key="aim_place").value == 5


def test_a_tie_at_nothing_is_no_gain(visit) -> None:
    only = "\u3000即时办结业务"
    at = opened(visit, SHILONG, subject=only, aim="达到第几位", aim_place="7")
    assert "得分没有变（仍是 0.00），只是独占的最差值改好以后，别处的得分降下来，并列第 7。" in conclusion(at)
    best = opened(visit, SHILONG, subject=only, aim="进入第一方阵", plan_reach="差距补一半")
    assert "做不到：改到限度，即时办结业务 0.00 分，列第 7，" in conclusion(best)


def test_ones_own_trend_stands_beside(visit) -> None:
    at = opened(visit, others="按各自走势")
    assert "鲁山县自己也照走势，到那时 51.65 分、第 8。" in text_of(at)
    assert "自己也照走势" not in text_of(opened(visit, others="都达到目标"))


@pytest.mark.parametrize("when", [{"period": "2018年一季度"}, {"framework": "普查背景（2020）"}])
def test_without_periods_enough_there_is_neither_pace_nor_trend(visit, when) -> None:
    assert "不足 4 期，没有速度可依" in conclusion(opened(visit, plan_reach="最快速度走到", **when))
    at = opened(visit, others="按各自走势", **when)
    assert "不足 4 期，没有走势可依，其他地区等于保持不变" in text_of(at)
    assert "自己不动" not in text_of(at)


# --- 细调

BARRED = "注册商标增幅"
BAR, FACTOR = "ip.trademark_growth", "investment.approval_items~4.0"


def moved(at: AppTest) -> str:
    return "、".join(drawn_tables(at)[TABLE]["测度"])


def test_what_is_barred_stays_so_until_it_is_lifted(visit) -> None:
    assert BARRED in moved(opened(visit))
    at = opened(visit, plan_bar=BAR, plan_factor=FACTOR)
    assert BARRED not in moved(at)
    assert "细调：1 项不动，1 项费力 4 倍。" in text_of(at)
    for key, value in (("others", "targets"), ("others", "hold"), ("period", "2020-Q3"), ("period", "2020-Q4")):
        at.selectbox(key=key).set_value(value).run()
        assert "细调：1 项不动，1 项费力 4 倍。" in text_of(at), value
        assert BARRED not in moved(at)
    for view in ("改数值", "升档反推"):
        at.button_group(key="lab").set_value(view).run()
    at.selectbox(key="subject").set_value("tax").run()
    assert "细调" not in text_of(at)
    at.selectbox(key="subject").set_value("pds-2020").run()
    assert BARRED not in moved(at)
    at.switch_page("see/ranking.py").run()
    at.switch_page("benchmark/whatif.py").run()
    assert BARRED not in moved(at)
    assert (at.query_params["plan_bar"], at.query_params["plan_factor"]) == (BAR, FACTOR)
    at.button(key="plan_lift").click().run()
    assert BARRED in moved(at)
    assert not {"plan_bar", "plan_factor"} & set(at.query_params)
    assert at.button(key="plan_lift").disabled


def test_bars_are_the_regions_own(visit) -> None:
    at = opened(visit, plan_bar=BAR)
    at.selectbox(key="region").set_value(SHILONG).run()
    assert "细调" not in text_of(at)
    at.button_group(key="lab").set_value("改数值").run()
    assert "plan_bar" not in at.query_params
    at.selectbox(key="region").set_value(LUSHAN).run()
    assert at.query_params["plan_bar"] == BAR
    at.button_group(key="lab").set_value("升档反推").run()
    assert "细调：1 项不动。" in text_of(at)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ({"plan_bar": f"{BAR}~gone"}, "细调：1 项不动。"),
        ({"plan_bar": BAR, "plan_factor": "tax.time~11"}, "细调：1 项不动。"),
        ({"plan_factor": "tax.time~0.05~tax.payments~2"}, "细调：1 项费力 2 倍。"),
        ({"plan_factor": "tax.time~nan"}, ""),
        ({"plan_factor": "tax.time~1e400~gone~2"}, ""),
        ({"plan_factor": "tax.time"}, ""),
    ],
)
def test_what_an_address_says_of_no_measure_is_told_and_left_out(visit, query, kept) -> None:
    at = opened(visit, **query)
    assert [box.value for box in at.warning] == ["地址里的细调有认不出的测度，或不在 0.1–10 之间的倍数，已略去。"]
    assert kept in text_of(at) if kept else "细调：" not in text_of(at)
    at.selectbox(key="others").set_value("targets").run()
    assert not at.warning


def test_an_edited_grid_is_taken_up_by_measure() -> None:
    kept = Tuning(frozenset("a"), {"b": 2.0}, (frozenset("a"), {"b": 2.0}), 1, ("a", "b", "c"))
    # All edits since the grid was made come every time.
    kept.edit({0: {"可以动": True}})
    assert (kept.barred, kept.factors) == (frozenset(), {"b": 2.0})
    kept.edit({0: {"可以动": True}, 2: {"可以动": False, "费力倍数": 0.5}})
    assert (kept.barred, kept.factors) == (frozenset("c"), {"b": 2.0, "c": 0.5})
    kept.edit({1: {"费力倍数": None}, 2: {"费力倍数": 1}})
    assert (kept.barred, kept.factors) == (frozenset("a"), {})
