"""When a target would be reached, worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from lib.core.attainment import attainment
from tests.unit.core.build import NAN
from tests.unit.core.facts import fact, target

GOAL = target(value=5.0, unit="工作日", deadline="2020-12-31")
DAY = date(2020, 7, 1)


def values(*pairs: tuple[str, float], **more: object) -> list[dict]:
    return [fact(period=period, value=value, unit="工作日", **more) for period, value in pairs]


def test_on_the_straight_line_from_the_first_value_to_the_latest() -> None:
    # From 10 on 31 March to 7 on 30 June: 3 in 91 days; 2 more take 60.67, so 61 days after 30 June.
    found = attainment(GOAL, values(("2020-Q1", 10.0), ("2020-Q2", 7.0)), DAY)
    assert (found.day, found.late) == (date(2020, 8, 30), -123)
    assert found.words == "按直线推算，预计2020年8月30日达到，早于期限 123 天"


def test_the_line_begins_with_a_dated_baseline() -> None:
    goal = {**GOAL, "baseline": 9.0, "baseline_basis": "2019年"}
    # From 9 at the end of 2019 to 7 on 30 June: 2 in 182 days, and 2 more.
    assert attainment(goal, values(("2020-Q2", 7.0)), DAY).day == date(2020, 12, 29)
    assert attainment({**goal, "deadline": "2020-12-29"}, values(("2020-Q2", 7.0)), DAY).late == 0
    undated = {**goal, "baseline_basis": "法定时限"}
    assert attainment(undated, values(("2020-Q2", 7.0)), DAY).words == "只有一个数，推不出速度"


def test_four_values_of_one_kind_go_by_the_theil_sen_slope() -> None:
    # Slopes of pairs: −1 each step but for one outlier; the median is −1 a quarter, 3 more quarters after 2020-Q2.
    course = values(("2019-Q2", 11.0), ("2019-Q3", 10.0), ("2019-Q4", 9.0), ("2020-Q1", 9.0), ("2020-Q2", 7.0))
    found = attainment({**GOAL, "deadline": ""}, course, DAY)
    assert found.day == date(2020, 12, 31)
    assert found.late is None
    assert found.words == "按泰尔—森斜率推算，预计2020年12月31日达到"


@pytest.mark.parametrize(
    ("goal", "facts", "words"),
    [
        (target(value=NAN, text="开关"), values(("2020-Q2", 7.0)), "目标没有数字，不作推算"),
        (GOAL, values(("2020-Q1", 7.0), ("2020-Q2", 8.0)), "按直线推算，没有朝目标变化"),
        (GOAL, values(("2020-Q1", 7.0), ("2020-Q2", 7.0)), "按直线推算，没有朝目标变化"),
        (GOAL, values(("2020-Q1", 7.0), ("2020-Q2", 6.999)), "按直线推算，十年内达不到"),
        (GOAL, values(("2020-Q2", 72.0), op="<="), "没有能作推算的现值"),
        (GOAL, [fact(value=1.4, unit="天")], "没有能作推算的现值"),
        (GOAL, values(("2019-Q1", 10.0), ("2019-Q2", 6.0)), "按直线推算，2019年7月23日就该达到，要有新的数才知道"),
    ],
)
def test_no_day_and_why(goal: dict, facts: list[dict], words: str) -> None:
    found = attainment(goal, facts, DAY)
    assert (found.day, found.words) == (None, words)


def test_what_is_reached_is_not_projected() -> None:
    assert attainment(GOAL, values(("2020-Q1", 6.0), ("2020-Q2", 4.0)), DAY, reached=True).words == "已达标"
