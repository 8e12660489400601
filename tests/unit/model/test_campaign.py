"""A campaign's phases and due dates, after the plan of 2019."""

from __future__ import annotations

from datetime import date

import pytest

from lib.model.campaign import Campaign, Phase, Stage

PREPARE = Phase(Stage.PREPARE, "准备阶段", date(2019, 10, 21), date(2019, 11, 20))
ACT = Phase(Stage.ACT, "实施阶段", date(2019, 11, 21), date(2020, 11, 30))
SUM_UP = Phase(Stage.SUM_UP, "总结阶段", date(2020, 12, 1), date(2020, 12, 31))
PLAN = Campaign("c", "活动", (PREPARE, ACT, SUM_UP))


def test_forms_are_due_at_the_end_of_the_preparation_and_reports_at_the_quarters_that_end_while_it_is_carried_out():
    assert PLAN.filing_due == date(2019, 11, 20)
    assert PLAN.reports_due == (date(2019, 12, 31), date(2020, 3, 31), date(2020, 6, 30), date(2020, 9, 30))
    assert PLAN.end == date(2020, 12, 31)


@pytest.mark.parametrize(
    ("day", "stage", "due"),
    [
        (date(2019, 10, 20), None, date(2019, 11, 20)),
        (date(2019, 11, 20), Stage.PREPARE, date(2019, 11, 20)),
        (date(2019, 11, 21), Stage.ACT, date(2019, 12, 31)),
        (date(2020, 9, 30), Stage.ACT, date(2020, 9, 30)),
        (date(2020, 10, 1), Stage.ACT, None),
        (date(2020, 12, 31), Stage.SUM_UP, None),
        (date(2021, 1, 1), None, None),
    ],
)
def test_the_phase_of_a_day_and_what_is_due_next(day, stage, due):
    found = PLAN.phase(day)
    assert (found.stage if found else None, PLAN.next_due(day)) == (stage, due)


def test_nothing_is_wrong_with_the_plan():
    assert PLAN.problems == []


def test_every_problem_is_listed():
    backwards = Phase(Stage.ACT, "实施阶段", date(2020, 11, 30), date(2019, 11, 20))
    assert Campaign("", " ", (PREPARE, backwards, SUM_UP)).problems == [
        "要写活动名称",
        "实施阶段的开始日期晚于结束日期",
    ]
    early = Phase(Stage.ACT, "实施阶段", date(2019, 11, 20), date(2020, 12, 1))
    assert Campaign("", "活动", (PREPARE, early, SUM_UP)).problems == [
        "实施阶段要在准备阶段结束以后开始",
        "总结阶段要在实施阶段结束以后开始",
    ]


def test_a_campaign_too_short_for_a_report_is_refused():
    short = Phase(Stage.ACT, "实施阶段", date(2019, 11, 21), date(2019, 12, 30))
    assert Campaign("", "活动", (PREPARE, short, SUM_UP)).problems == [
        "实施阶段里没有一个季度末，报不了进展：请把实施阶段放长"
    ]
