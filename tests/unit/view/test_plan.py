"""What 升档反推 says and draws."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.model import Direction, Measure
from lib.view import plan, tables

NAN = float("nan")
NAMES = {"a": "办电环节", "b": "纳税时间", "c": "人才"}
MEASURES = {
    "a": Measure("a", "办电环节", "个", Direction.LOWER, decimals=0),
    "b": Measure("b", "纳税时间", "小时", Direction.LOWER, decimals=1),
    "c": Measure("c", "人才", "", Direction.HIGHER, decimals=0),
}
MOVES = pd.DataFrame(
    {
        "code": ["a", "b", "c"],
        "value": [3.0, 113.0, 70.0],
        "reach": [2.0, 96.5, 71.0],
        "score": [0.0, 10.0, 50.0],
        "score_if": [100.0, 96.25, 52.0],
        "points": [3.0, 2.0, 0.5],
        "effort": [10.0, 8.625, 0.2],
    }
)


@pytest.mark.parametrize(
    ("aim", "words"),
    [
        ((4, None, "总分", True), "进入第一方阵"),
        ((8, None, "总分", True), "脱离第三方阵"),
        ((3, None, "总分", True), "总分升到第 3"),
        ((4, None, "纳税", False), "“纳税”升到第 4"),
        ((None, 60.0, "总分", True), "总分达到 60 分"),
        ((None, 62.5, "纳税", False), "“纳税”达到 62.5 分"),
    ],
)
def test_what_is_aimed_at(aim: tuple, words: str) -> None:
    assert plan.goal(*aim, (4, 8)) == words


def test_the_answer_names_three_moves_at_most() -> None:
    stands = "总分 50.50 → 56.00，列第 4"
    said = plan.found("鲁山县", "进入第一方阵", MOVES, stands, NAMES, MEASURES)
    assert said == (
        "鲁山县进入第一方阵，要改 3 项、用 18.8 份力：办电环节 3 → 2、纳税时间 113.0 → 96.5、人才 70 → 71；"
        "总分 50.50 → 56.00，列第 4。"
    )
    longer = pd.concat([MOVES, MOVES.tail(1)])
    assert "要改 4 项" in plan.found("鲁山县", "进入第一方阵", longer, stands, NAMES, MEASURES)
    assert "人才 70 → 71 等；" in plan.found("鲁山县", "进入第一方阵", longer, stands, NAMES, MEASURES)


@pytest.mark.parametrize(
    ("before", "after", "alike", "dragged", "words"),
    [
        (50.5, (56.0, 4.0), False, True, "总分 50.50 → 56.00，列第 4"),
        (0.0, (0.0, 7.0), True, True, "得分没有变（仍是 0.00），只是独占的最差值改好以后，别处的得分降下来，并列第 7"),
        (0.0, (0.004, 7.0), False, True, "得分没有变（仍是 0.00），只是独占的最差值改好以后，别处的得分降下来，列第 7"),
        (62.0, (62.004, 7.0), False, False, "得分没有变（仍是 62.00），列第 7"),
        (62.0, (62.006, 7.0), False, False, "总分 62.00 → 62.01，列第 7"),
    ],
)
def test_a_score_that_does_not_rise_is_said_not_to(before, after, alike: bool, dragged: bool, words: str) -> None:
    ends = ((before, 8.0, 2.0), (*after, 2.0))
    assert plan.standing(ends, "总分", alike=alike, dragged=dragged) == words


def test_what_is_barred_and_weighed_is_counted() -> None:
    assert plan.tuned((), ()) == ""
    assert plan.tuned(("a", "b"), (("c", 2.0),)) == "细调：2 项不动，1 项费力 2 倍。"
    assert plan.tuned((), (("c", 2.0), ("d", 0.5), ("e", 2.0))) == "细调：1 项费力 0.5 倍，2 项费力 2 倍。"


def test_ones_own_trend_is_set_beside() -> None:
    assert plan.own_trend("鲁山县", (53.6, 8.0, 2.0), True) == "鲁山县自己也照走势，到那时 53.60 分、第 8。"
    assert plan.own_trend("鲁山县", (53.6, 8.0, 2.0), False) == "鲁山县自己没有走势可依。"
    assert plan.no_trend(1) == "同一类的评价期只有 1 期，不足 4 期，没有走势可依，其他地区等于保持不变"


def test_nothing_above_the_first() -> None:
    assert "上面没有名次了" in plan.reached("新华区", "总分升到第 1", (82.0, 1.0, 1.0), "总分")
    assert plan.reached("新华区", "总分达到 60 分", (82.0, 2.0, 1.0), "总分").endswith(
        "列第 2：总分达到 60 分已经做到。"
    )


def test_what_is_missing_is_said() -> None:
    said = plan.impossible("鲁山县", "进入第一方阵", (65.2, 5.0, 2.0), 68.4, "总分", False)
    assert said == "鲁山县进入第一方阵做不到：改到限度，总分 65.20 分，列第 5，还差 3.20 分。"
    assert "没有一项测度改了能加分、进位" in plan.impossible("鲁山县", "进入第一方阵", None, NAN, "总分", False)
    few = plan.impossible("鲁山县", "进入第一方阵", None, NAN, "总分", False, few=1)
    assert few == "鲁山县进入第一方阵做不到：同一类的评价期只有 1 期，不足 4 期，没有速度可依。"
    assert "没有算出来" in plan.impossible("鲁山县", "进入第一方阵", None, NAN, "总分", True)


def test_limits_that_stand_in_the_way() -> None:
    assert plan.lifts(("reach", "measures")) == "这样就能做到：改得更远；或者多改几项。"
    assert plan.lifts(()).startswith("把限制都放开也做不到")


def test_another_way_is_told_by_what_differs() -> None:
    assert plan.other_way(["a", "b"], ["b", "c"], 9.25, NAMES) == "不改办电环节，改人才（共 2 项，9.3 份力）"
    assert plan.other_way(["a", "b"], ["b"], 9.25, NAMES) == "不改办电环节（共 1 项，9.3 份力）"


def test_the_bars_go_from_before_to_after_and_the_rest_is_one() -> None:
    rows = tables.way_up_rows(MOVES, (50.5, 56.0), ("现在", "改后，第 4"), (55.9, "追平叶县 55.90 分"), NAMES, 2)
    assert list(rows["label"]) == ["现在", "办电环节", "其余 2 项", "改后，第 4", ""]
    assert list(rows["role"]) == ["now", "move", "rest", "then", "bar"]
    assert list(rows["left"]) == [50.5, 50.5, 53.5, 56.0, 55.9]
    assert list(rows["right"]) == [50.5, 53.5, 56.0, 56.0, 55.9]
    assert list(rows["shown"])[1:3] == ["+3.00 分　10.0 份力", "+2.50 分　8.8 份力"]
    assert list(rows["code"]) == ["", "a", "", "", ""]


def test_all_moves_are_shown_where_there_is_room_and_no_line_where_there_is_none() -> None:
    rows = tables.way_up_rows(MOVES, (50.5, 56.0), ("现在", "改后"), (NAN, ""), NAMES, 3)
    assert list(rows["label"]) == ["现在", "办电环节", "纳税时间", "人才", "改后"]


def test_the_table_keeps_numbers_and_opens_todays_value() -> None:
    offices = ({"a": "市供电公司", "b": "市税务局", "c": "—"}, dict.fromkeys("abc", "—"))
    table = tables.plan_table(MOVES, NAMES, MEASURES, offices, lambda code: f"value:{code}:410423:2020-Q4")
    assert list(table.values["测度"]) == ["办电环节（个）", "纳税时间（小时）", "人才"]
    assert list(table.values["份力"]) == [10.0, 8.625, 0.2]
    assert list(table.shown["改到"]) == ["2", "96.5", "71"]
    assert list(table.shown["加分"]) == ["+3.00", "+2.00", "+0.50"]
    assert table.source(1, "现值") == "value:b:410423:2020-Q4"
    assert list(table.values["牵头单位"]) == ["市供电公司", "市税务局", "—"]


@pytest.mark.parametrize(
    ("lead", "said"), [(0.0, "刚好追平"), (0.004, "刚好追平"), (0.31, "只高出 0.31 分"), (0.5, ""), (3.0, "")]
)
def test_a_narrow_lead_is_said(lead: float, said: str) -> None:
    assert (said in plan.narrow(lead)) if said else (plan.narrow(lead) == "")


def test_the_line_says_what_its_holder_has_now_where_that_is_another() -> None:
    # one who holds the worst value of a scale and leaves it pulls the others' scores down: 73.9 now, 72.15 to be drawn level with
    assert plan.bar(4, 72.15, "卫东区", 73.9) == "追平卫东区 72.15 分（现 73.90）"
    assert plan.bar(4, 62.3, "叶县", 62.304) == "追平叶县 62.30 分"
    assert plan.bar(None, 60.0, "", 60.0) == "要达到 60 分"
