"""整改台账 in words and tables."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from lib.model.ledger import Action, Item, Reading, State, Task
from lib.view import ledger as words
from lib.view import tables

THEN = Reading(3.0, "个", "2020-Q4", "value:m:r:2020-Q4", True)
LATER = Reading(2.5, "个", "2021-Q1", "value:m:r:2021-Q1", True)
COUNTS = {"active": 5, "overdue": 2, "soon": 1, "review": 1, "closed": 3, "still": 2, "stale": 1}


def test_the_conclusion_of_a_day():
    say = lambda **changed: words.conclusion(date(2021, 3, 31), {**COUNTS, **changed})  # noqa: E731
    begin = "截至2021年3月31日，在办 5 项，逾期 2 项，14 天内到期 1 项，待复评 1 项；"
    assert say() == f"{begin}已销号 3 项，其中指标未动 2 项（1 项还没有新数）。"
    assert say(stale=2) == f"{begin}已销号 3 项，其中指标未动 2 项（都还没有新数）。"
    assert say(still=0, stale=0) == f"{begin}已销号 3 项，其中指标未动 0 项。"
    assert say(closed=0, still=0, stale=0) == f"{begin}已销号 0 项。"
    assert say(active=0, closed=0, still=0, stale=0) == "截至2021年3月31日，台账上还没有整改事项。"


@pytest.mark.parametrize(
    ("late", "said"),
    [(12, "▲ 逾期 12 天"), (0, "○ 今天到期"), (-5, "○ 还有 5 天"), (float("nan"), ""), (None, "")],
)
def test_how_late(late, said):
    assert words.urgency(late) == said


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (THEN, "3 个（2020年四季度，演示数据）"),
        (Reading(57.25, "分", "2020-Q4"), "57.3 分（2020年四季度）"),
        (Reading(2.0, "个", "2020-06", words="市区"), "2 个（2020年6月，市区）"),
        (Reading(None, "个", "2020-06", words="≤ 2 个"), "≤ 2 个（2020年6月）"),
        (Reading(words="没有数"), "没有数"),
        (Reading(98.4, "%"), "98.4%"),
        (None, "—"),
    ],
)
def test_a_value_with_its_period(reading, said):
    assert words.dated(reading) == said


@pytest.mark.parametrize(
    ("after", "moved", "state", "said"),
    [
        (LATER, "已好转", State.CLOSED, "▲ 指标已好转：3 个 → 2.5 个（2021年一季度，演示数据）。"),
        (LATER, "变差", State.CLOSED, "⚑ 已整改但指标未动：指标变差：3 个 → 2.5 个（2021年一季度，演示数据）。"),
        (LATER, "未变", State.DOING, "▼ 指标未变：3 个 → 2.5 个（2021年一季度，演示数据）。"),
        (
            THEN, "没有新的数", State.REVIEW,
            "⚑ 已整改但指标未动：之后没有新一期的数，还看不出整改对指标的作用，现有的还是2020年四季度，演示数据的 3 个。",
        ),
        (Reading(words="没有得分"), "没有数可比", State.CLOSED, "○ 指标有没有动，比不出来：现在没有得分。"),
        (Reading(2.0, "个", "2021-Q1"), "没有数可比", State.OPEN, "○ 指标有没有动，比不出来：一个是演示数据，一个是真实数据。"),
        (Reading(2.0, "天", "2021-Q1", "", True), "没有数可比", State.OPEN, "○ 指标有没有动，比不出来：两个数口径不同。"),
        (Reading(2.0, "个", "2021", "", True), "没有数可比", State.OPEN, "○ 指标有没有动，比不出来：两个数的评价期长短不同。"),
    ],
)  # fmt: skip
def test_whether_it_has_moved_and_why_that_cannot_be_said(after, moved, state, said):
    assert words.movement(THEN, after, moved, state) == said


def test_an_item_in_a_sentence():
    item = Item(7, 2, State.OPEN, Task("办税慢。", owner="市税务局"), THEN, None, "", "", "", "")
    assert words.of_item(item, 12) == "办税慢：市税务局负责，第 2 轮，待整改，逾期 12 天。"


def test_bars_of_those_to_be_reminded_lie_end_to_end():
    chasing = pd.DataFrame(
        [("甲局", 2, 0, 1, 30.0), ("", 0, 3, 0, float("nan")), ("丙局", 0, 0, 1, float("nan"))],
        columns=["owner", "overdue", "soon", "review", "late"],
    )
    rows = tables.chase_rows(chasing, 2)
    assert rows.values.tolist() == [
        ["甲局", "甲局", "▲ 逾期", 0, 2, 1.0, 2, "最长逾期 30 天"],
        ["甲局", "甲局", "◇ 待复评", 2, 3, 2.5, 1, ""],
        ["未写责任单位", "", "○ 14 天内到期", 0, 3, 1.5, 3, ""],
    ]


def test_two_versions_of_an_item_side_by_side():
    mine = Task("甲", subject="m", actions=(Action("一", "2021-01-01"),))
    theirs = Task("甲", region="410421", actions=(Action("一", "2021-01-01", "2021-01-02"),))
    shown = tables.conflict_table(mine, theirs, {"410400": "平顶山市", "410421": "宝丰县"}, {"m": "环节"})
    assert shown.values.tolist() == [
        ["指标", "环节", "—"],
        ["地区", "平顶山市", "宝丰县"],
        ["整改步骤", "一（2021-01-01 前）", "一（2021-01-02 完成）"],
    ]


def test_what_came_of_putting_items_on_the_ledger():
    on = "同一问题、同一责任单位已在台账上，还没有销号"
    assert words.listed([3, 4], []) == "已列入台账 2 项：第 3、4 号。"
    assert words.listed([3], ["办税慢"]) == f"已列入台账 1 项：第 3 号。1 项没有列入：{on}：“办税慢”。"
    assert words.listed([], ["慢"] * 11) == f"11 项没有列入：{on}：{'、'.join(['“慢”'] * 10)}等。"
    assert words.listed(range(1, 12), []) == "已列入台账 11 项：第 1、2、3、4、5、6、7、8、9、10 号等。"
