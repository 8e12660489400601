"""创标进展: the sentence, the board, who has reported, the quarterly report, a new campaign."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.model import source
from lib.model.declaration import Baseline, Declaration, Goal
from lib.store import declarations as store
from lib.store.campaigns import campaigns
from tests.pages.conftest import conclusion, drawn_tables, text_of

PAGE = "act/progress.py"
DAY = "2020-04-01"
PLAN = "xdc-2019"


@pytest.fixture
def at_moment(monkeypatch: pytest.MonkeyPatch) -> Iterator:
    """Sets the clock of the declarations' store."""

    def set_clock(moment: str) -> None:
        monkeypatch.setattr(store, "now", lambda: f"{moment}T02:00:00Z")

    yield set_clock


@pytest.fixture
def filled(house: Path, at_moment) -> dict[str, int]:
    """Four departments in the campaign of 2019: one half-way, one there but late, one that has not reported, one with a draft."""
    numbers = {}
    for unit, subject, measure, before, goal in (
        ("市税务局", "tax", "tax.time", 40.0, 20.0),
        ("市市场监管局", "start_business", "start_business.time", 3.0, 1.0),
        ("平顶山供电公司", "electricity", "electricity.procedures", 6.0, 2.0),
    ):
        at_moment("2019-11-18")
        goals = (Goal(measure, goal),)
        content = Declaration(unit, subject=subject, vertical="北京市", vertical_goals=goals, contact="王某", phone="1")
        numbers[unit] = store.create(house, PLAN, content, user="张三")
        at = source.value("410421", measure, "2020-Q4")
        baseline = [Baseline(measure, before, "2020-Q4", at, unit == "市市场监管局")]
        store.submit(house, numbers[unit], baseline, seen=content, user="张三")
        at_moment("2019-12-01")
        store.publish(house, numbers[unit], user="李四")
    store.create(house, PLAN, Declaration("市商务局"), user="赵六")
    at_moment("2019-12-30")
    store.add_report(house, numbers["市税务局"], "2019-12-31", values(**{"tax.time": 36.0}), user="张三")
    store.add_report(house, numbers["市市场监管局"], "2019-12-31", values(), user="张三")
    at_moment("2020-03-30")
    store.add_report(house, numbers["市税务局"], "2020-03-31", values(**{"tax.time": 30.0}), user="张三")
    at_moment("2020-04-03")
    store.add_report(house, numbers["市市场监管局"], "2020-03-31", values(**{"start_business.time": 1.0}), user="张三")
    return numbers


def values(**found: float) -> dict:
    return {"values": found, "done": "开了专班", "problems": "", "next": ""}


def charts(at) -> dict:
    return {title: chart["datasets"]["rows"] for title, (chart, _) in at.session_state["_outputs"].charts.items()}


def test_without_declarations_the_page_shows_the_timetable_and_says_what_to_do(visit):
    at = visit(PAGE, day=DAY)
    assert conclusion(at) == "## 截至2020年4月1日，还没有单位填申报表。"
    assert (
        "处在实施阶段：逐步推动、逐项落实，每季度末报送进展。下一个应报日：2020年6月30日，报季度进展，还有 90 天。"
        in text_of(at)
    )
    assert at.info[0].value.startswith("还没有申报表")
    (rows,) = charts(at).values()
    phases = rows[rows["role"] == "phase"]
    assert list(phases["label"]) == ["准备阶段", "实施阶段", "总结阶段"]
    assert phases["shown"].iloc[1] == "2019年11月21日—2020年11月30日"
    assert list(rows.loc[rows["role"] == "due", "shown"]) == [
        "11月20日", "12月31日", "3月31日", "6月30日", "9月30日",
    ]  # fmt: skip
    assert list(rows.loc[rows["role"] == "today", "shown"]) == ["截至 4月1日"]


def test_the_sentence_and_the_board_of_a_day(visit, filled):
    at = visit(PAGE, day=DAY)
    # On 1 April: three owe two reports each; the late one of the market office has not come yet.
    assert conclusion(at) == (
        "## 截至2020年4月1日，4 个单位中 3 个已公示申报表，应报 6 份进展，已报 3 份，逾期未报 3 份；"
        "走在最前的是市税务局（目标完成 50%）。"
    )
    rows = charts(at)["各单位目标走完了多少（有的原值是演示数据）"]
    assert list(rows["label"]) == ["1　市税务局", "市市场监管局", "平顶山供电公司"]
    assert list(rows["shown"]) == ["50%（0/1 个目标已达到）", "○ 无进展数据", "○ 无进展数据"]
    assert rows["value"].iloc[0] == 50
    assert rows["value"].isna().tolist() == [False, True, True]


def test_a_few_days_later_another_is_ahead(visit, filled):
    at = visit(PAGE, day="2020-04-05")
    assert "已报 4 份（1 份迟报），逾期未报 2 份；走在最前的是市市场监管局（目标完成 100%）。" in conclusion(at)
    table = at.session_state["_outputs"].tables["每个目标：原来 → 现在（有的原值是演示数据）"][0]
    assert table.values[["单位", "原来", "目标", "现在", "情况"]].values.tolist() == [
        ["市市场监管局", "3 工作日（2020年四季度，演示数据）", "≤ 1 工作日", "1 工作日", "● 已达到"],
        ["市税务局", "40 小时（2020年四季度）", "≤ 20 小时", "30 小时", "▲ 在路上"],
        ["平顶山供电公司", "6 个（2020年四季度）", "≤ 2 个", "没有报", "○ 无进展数据"],
    ]
    assert table.values["走完（%）"].tolist()[:2] == [100, 50]
    assert table.source(0, "原来") == "value:start_business.time:410421:2020-Q4"


def test_who_has_reported_and_who_is_to_be_reminded(visit, filled):
    at = visit(PAGE, day="2020-04-05", progress="报送情况")
    rows = charts(at)["报送情况（● 按时　▲ 迟报　◆ 逾期未报　○ 未到期）"]
    words = rows.pivot(index="label", columns="period", values="words")
    assert words.loc["市市场监管局"].to_dict() == {
        "申报表（11月20日前）": "● 按时",
        "12月31日进展": "● 按时",
        "3月31日进展": "▲ 迟报 3 天",
        "6月30日进展": "○ 未到期",
        "9月30日进展": "○ 未到期",
    }
    assert words.at["平顶山供电公司", "12月31日进展"] == "◆ 逾期未报 96 天"
    assert words.at["市商务局", "申报表（11月20日前）"] == "◆ 逾期未报 137 天"
    assert words.at["市商务局", "3月31日进展"] == "— 未公示"
    todo = drawn_tables(at)["今天该提醒谁"]
    assert todo[["单位", "该报什么", "情况"]].values.tolist() == [
        ["市商务局", "申报表", "◆ 逾期 137 天"],
        ["平顶山供电公司", "12月底进展", "◆ 逾期 96 天"],
        ["平顶山供电公司", "3月底进展", "◆ 逾期 5 天"],
    ]


def report(at, number: int, due: str, **typed):
    at.selectbox(key="report_of").set_value(number).run()
    at.selectbox(key=f"report_due-{number}").set_value(due).run()
    for name, value in typed.items():
        key = f"report-{number}-{due}-0-{name.replace('__', '.')}"
        next(w for kind in (at.number_input, at.text_area) for w in kind if w.key == key).set_value(value)
    return at.run()


def send(at):
    next(each for each in at.button if each.label == "报送").click().run()
    assert not at.exception
    return at


def test_a_report_is_refused_with_every_reason_kept_while_typed_then_sent(visit, house, filled):
    number = filled["平顶山供电公司"]
    at = visit(PAGE, day="2020-04-05", progress="填季度进展")
    report(at, number, "2020-03-31", electricity__procedures=-1.0, done="合并了两个环节")
    assert "原来 6 个（2020年四季度）；目标 ≤ 2 个（纵向）；标杆 北京 6 个 → 2 个" in text_of(at)
    send(at)
    assert at.error[0].value == "没有报送：办电环节不应为负数；要写经办人。"
    assert len(store.reports(house)) == 4
    key = f"report-{number}-2020-03-31-0-"
    assert at.text_area(key=f"{key}done").value == "合并了两个环节"
    at.text_input(key="user").set_value("孙七")
    at.number_input(key=f"{key}electricity.procedures").set_value(3.0).run()
    send(at)
    assert at.success[0].value == "已报送2020年3月31日的进展。"
    last = store.reports(house).iloc[-1]
    assert (last["declaration"], last["due"], last["user"]) == (number, "2020-03-31", "孙七")
    assert last["content"] == {
        "values": {"electricity.procedures": 3.0}, "done": "合并了两个环节", "problems": "", "next": "",
    }  # fmt: skip
    assert drawn_tables(at)["报送记录（最近的在前）"]["数值"].tolist() == ["办电环节 3 个"]


def test_an_empty_report_is_refused(visit, house, filled):
    at = visit(PAGE, day="2020-04-05", progress="填季度进展")
    at.text_input(key="user").set_value("孙七").run()
    send(at)
    assert at.error[0].value == "没有报送：什么都没有填。"
    assert len(store.reports(house)) == 4


def test_the_phases_with_their_quotes(visit):
    at = visit(PAGE, day=DAY, progress="活动安排")
    shown = drawn_tables(at)["各阶段和原文"]
    assert shown["原文"].tolist()[1] == "实施阶段（2019年11月21日－2020年11月30日）"
    assert "平顶山市营商环境" in text_of(at)


def test_a_campaign_is_added_after_every_problem_was_listed(visit, house):
    at = visit(PAGE, day=DAY, progress="活动安排")
    add = lambda: next(each for each in at.button if each.label == "新增活动").click().run()  # noqa: E731
    add()
    assert at.error[0].value == (
        "没有新增：要写活动名称；准备阶段的日期没有填全；实施阶段的日期没有填全；总结阶段的日期没有填全。"
    )
    at.text_input(key="campaign_name-0").set_value("2021年活动")
    days = {
        "prepare": ("2021-01-04", "2021-01-29"),
        "act": ("2021-01-20", "2021-10-31"),
        "sum_up": ("2021-11-01", "2021-12-31"),
    }
    for stage, pair in days.items():
        for end, day in zip(("start", "end"), pair, strict=True):
            at.date_input(key=f"campaign_{stage}_{end}-0").set_value(day)
    at.run()
    add()
    assert at.error[0].value == "没有新增：实施阶段要在准备阶段结束以后开始；要写经办人。"
    at.date_input(key="campaign_act_start-0").set_value("2021-01-30")
    at.text_input(key="user").set_value("张三").run()
    add()
    assert not at.exception
    assert at.success[0].value == "已新增“2021年活动”。"
    assert next(each.name for each in campaigns(house).values()) == "2021年活动"
    assert at.selectbox(key="campaign").value == next(iter(campaigns(house)))


def test_declarations_of_one_department_are_told_apart(visit, house, filled, at_moment):
    at_moment("2020-01-02")
    numbers = [store.create(house, PLAN, Declaration("市商务局", subject="trade"), user="赵六") for _ in range(2)]
    at = visit(PAGE, day="2020-04-05", progress="报送情况")
    (rows, *_) = charts(at).values()
    named = [label for label in dict.fromkeys(rows["label"]) if label.startswith("市商务局")]
    assert named == ["市商务局", *(f"市商务局（跨境贸易）（第 {number} 号）" for number in numbers)]
