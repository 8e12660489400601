"""Each status of a target, from facts like those of the documents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.progress import MADE_UP, STATUS_ORDER, Status, assess, judge, of_files, progress_of
from lib.model import Direction, Measure, Period
from tests.unit.core.build import NAN
from tests.unit.core.facts import fact, frame, target

HOURS = "按 8 小时 = 1 工作日折算；“日”按 1 工作日计"


def assessed(
    goal: dict,
    *facts: dict,
    ambiguous: dict[str, tuple[str, ...]] | None = None,
    day: date | None = None,
    milestones: pd.DataFrame | None = None,
) -> pd.Series:
    """One target as it stands at the end of a day, or of the latest period that a fact is of."""
    day = day or max(Period.parse(str(each["period"])).end for each in facts)
    return assess(frame(goal), frame(*facts), ambiguous or {}, day=day, milestones=milestones).iloc[0]


def verdict(goal: dict, *facts: dict, **more: Any) -> tuple[str, str]:
    """Status and reason of one target."""
    row = assessed(goal, *facts, **more)
    return row["status"], row["reason"]


def test_reached_seven_hours_against_one_day() -> None:
    row = assessed(target(), fact())
    assert (row["status"], row["reason"]) == ("已达标", HOURS)
    assert row["now"] == 0.875  # 7 / 8 工作日
    assert (row["now_value"], row["now_unit"], row["now_period"], row["now_op"], row["fact"]) == (
        7.0,
        "小时",
        "2020-12",
        "=",
        "F1",
    )
    assert row["share"] == 1.0


def test_reached_within_seventytwo_days_stated_as_within_seventytwo_days() -> None:
    goal = target(code="construction.time", value=72.0, unit="工作日")
    row = assessed(goal, fact(code="construction.time", op="<=", value=72.0, unit="工作日"))
    assert (row["status"], row["reason"], row["now_op"], row["now_value"]) == ("已达标", "", "<=", 72.0)


def test_reached_late_says_when_it_was_first_seen() -> None:
    goal = target(deadline="2020-06-30")
    late = "达标数据晚于期限（首见于2020年12月）"
    assert verdict(goal, fact(period="2020-12")) == ("已达标", f"{HOURS}；{late}")
    # The latest value is judged, the first one that reached it is named.
    assert verdict(goal, fact(id="F2", period="2021-12"), fact(period="2020-12")) == ("已达标", f"{HOURS}；{late}")
    # Without a rule of conversion the word stands alone.
    assert verdict(goal, fact(value=1.0, unit="日")) == ("已达标", late)


@pytest.mark.parametrize("period", ["2020-06", "2020-Q2", "2020-H1", "2020"])
def test_reached_in_a_period_that_starts_before_the_deadline_is_in_time(period: str) -> None:
    assert verdict(target(deadline="2020-06-30"), fact(period=period)) == ("已达标", HOURS)


def test_the_very_day_is_in_time() -> None:
    assert verdict(target(deadline="2020-12-01"), fact(period="2020-12")) == ("已达标", HOURS)


@pytest.mark.parametrize(
    ("direction", "goal", "now", "status"),
    [
        ("lower", 5.0, 4.0, "已达标"),
        ("lower", 5.0, 6.0, "逾期未达标"),
        ("higher", 40.0, 41.0, "已达标"),
        ("higher", 40.0, 39.9, "逾期未达标"),
        ("higher", 40.0, 40.0, "已达标"),
    ],
)
def test_a_plain_number_is_met_by_the_measures_direction(direction: str, goal: float, now: float, status: str) -> None:
    plain = target(op="=", value=goal, unit="项", direction=direction)
    assert verdict(plain, fact(value=now, unit="项"))[0] == status


def test_an_early_value_that_reached_it_is_enough_for_being_in_time() -> None:
    early, now = fact(id="F1", period="2020-05"), fact(id="F2", period="2020-12", value=6.0)
    assert verdict(target(deadline="2020-06-30"), now, early) == ("已达标", HOURS)


def test_reached_without_a_deadline() -> None:
    assert verdict(target(deadline=""), fact(period="2023")) == ("已达标", HOURS)


def test_no_value() -> None:
    nothing = ("有目标无现值", "各文件中没有这项指标的现值")
    elsewhere = fact(region="411721")
    other = fact(code="start_business.procedures")
    place = fact(kind="rank")
    assert verdict(target(), elsewhere, other, place) == nothing


def test_not_comparable_by_scope() -> None:
    assert verdict(target(scope="市本级"), fact()) == ("口径不一致", "目标是“市本级”，现值是“全市”，口径不同")
    assert verdict(target(), fact(scope="市区")) == ("口径不一致", "目标是“全市”，现值是“市区”，口径不同")


def test_a_value_of_the_same_scope_is_taken() -> None:
    facts = (fact(id="F1", scope="市区", value=99.0), fact(id="F2", scope="市本级", value=4.0))
    assert verdict(target(scope="市本级"), *facts) == ("已达标", HOURS)


def test_not_comparable_by_unit() -> None:
    days = fact(value=1.4, unit="天")
    assert verdict(target(unit="工作日"), days) == ("口径不一致", "“天”与“工作日”口径不同，不作比较")
    assert verdict(target(), fact(unit="公里")) == ("口径不一致", "单位“公里”与“日”没有换算规则")


def test_not_comparable_because_the_value_does_not_say_what_it_is_about() -> None:
    goal = target(code="electricity.time_low", value=5.0, unit="工作日")
    unclear = fact(code="electricity.time_unstated", value=1.4, unit="天")
    ambiguous = {"electricity.time_unstated": ("electricity.time_low", "electricity.time_high")}
    assert verdict(goal, unclear, ambiguous=ambiguous) == (
        "口径不一致",
        "现值“1.4 天”未写明是否同一口径，不作比较",
    )
    assert verdict(goal, unclear, ambiguous={})[0] == "有目标无现值"
    assert verdict(goal, unclear, ambiguous={"electricity.time_unstated": ("other",)})[0] == "有目标无现值"
    assert verdict(goal, fact(), ambiguous=ambiguous)[0] == "有目标无现值"
    clear = fact(id="F2", code="electricity.time_low", value=4.0, unit="工作日")
    assert verdict(goal, unclear, clear, ambiguous=ambiguous) == ("已达标", "")


def test_not_comparable_words_against_a_number() -> None:
    words = fact(kind="text", value=NAN, text="大幅压缩", unit="")
    assert verdict(target(), words) == ("口径不一致", "现值是文字“大幅压缩”，不作比较")


@pytest.mark.parametrize("period", ["2020-12", "2020", "2021-Q1"])
def test_overdue_once_the_value_is_of_the_deadline_or_later(period: str) -> None:
    assert verdict(target(), fact(value=16.0, period=period)) == ("逾期未达标", f"{HOURS}；期限已到，仍未达到")


def test_overdue_even_with_most_of_the_way_behind() -> None:
    goal = target(unit="工作日", baseline=10.0, baseline_basis="2019")
    assert verdict(goal, fact(value=1.1, unit="工作日")) == ("逾期未达标", "期限已到，仍未达到")


# From 10 at the end of 2019 to 5 at the end of 2020: 366 days, of which 182 have gone at the end of June: 49.7 %.
PACED = target(value=5.0, unit="工作日", baseline=10.0, baseline_basis="2019年")


@pytest.mark.parametrize(
    ("now", "status", "share"),
    [
        (7.5, "正常推进", "50%"),  # 0.5 / 0.497 = 1.005
        (7.0, "正常推进", "60%"),
        (7.6, "有风险", "48%"),  # 0.48 / 0.497 = 0.965
        (8.0, "有风险", "40%"),  # 0.4 / 0.497 = 0.804
        (8.1, "滞后", "38%"),  # 0.38 / 0.497 = 0.764
    ],
)
def test_pace_against_the_time_gone(now: float, status: str, share: str) -> None:
    half_way = fact(value=now, unit="工作日", period="2020-06")
    assert verdict(PACED, half_way) == (status, f"从基线到目标已走 {share}，按时间应走 50%")
    assert judge(PACED, half_way, date(2020, 6, 30)).share == pytest.approx((10 - now) / 5)


def test_pace_where_higher_is_better() -> None:
    goal = target(op=">=", value=100.0, unit="%", baseline=60.0, baseline_basis="2019", direction="higher")
    # 10 of 40 gone by March: 91 of 366 days, 24.9 %.
    assert verdict(goal, fact(value=70.0, unit="%", period="2020-Q1")) == (
        "正常推进",
        "从基线到目标已走 25%，按时间应走 25%",
    )
    assert verdict(goal, fact(value=67.0, unit="%", period="2020-Q1"))[0] == "滞后"  # 0.175 / 0.249 = 0.704


def test_exactly_on_pace_is_on_track_and_exactly_four_fifths_is_a_risk() -> None:
    # One a day from 0 at the end of 2019 to 366: after 182 days 182.
    daily = target(op=">=", value=366.0, unit="项", baseline=0.0, baseline_basis="2019", direction="higher")
    assert verdict(daily, fact(value=182.0, unit="项", period="2020-06"))[0] == "正常推进"
    timeless = {**PACED, "baseline_basis": ""}
    assert verdict(timeless, fact(value=6.0, unit="工作日", period="2020-06"))[0] == "有风险"  # 4 of 5


def test_when_no_time_has_gone_nothing_is_late() -> None:
    goal = target(op=">=", value=100.0, unit="%", baseline=60.0, baseline_basis="2019", direction="higher")
    assert verdict(goal, fact(value=60.0, unit="%", period="2019-12")) == (
        "正常推进",
        "从基线到目标已走 0%，按时间应走 0%",
    )


@pytest.mark.parametrize(
    ("period", "basis", "words"),
    [
        ("2020-06", "2019", "已走 -40%，按时间应走 50%"),
        ("2019-12", "2019", "已走 -40%，按时间应走 0%"),
        ("2019-06", "2019", "已走 -40%，按时间应走 -50%"),
        ("2020-06", "", "已走 -40%"),
    ],
)
def test_worse_than_the_baseline_lags_whatever_the_time(period: str, basis: str, words: str) -> None:
    goal = {**PACED, "baseline_basis": basis}
    now = fact(value=12.0, unit="工作日", period=period)
    assert verdict(goal, now) == ("滞后", f"比基线还差：从基线到目标{words}")


@pytest.mark.parametrize("basis", ["2020", "2021"])
def test_a_baseline_on_or_after_the_deadline_gives_no_time_to_go_by(basis: str) -> None:
    goal = {**PACED, "baseline_basis": basis}
    assert verdict(goal, fact(value=5.9, unit="工作日", period="2020-06")) == ("有风险", "从基线到目标已走 82%")


@pytest.mark.parametrize(("basis", "deadline"), [("", "2020-12-31"), ("法定时限", "2020-12-31"), ("2019", "")])
def test_without_a_time_to_go_by_the_share_alone_decides(basis: str, deadline: str) -> None:
    goal = {**PACED, "baseline_basis": basis, "deadline": deadline}
    assert verdict(goal, fact(value=5.9, unit="工作日", period="2020-06")) == ("有风险", "从基线到目标已走 82%")
    assert verdict(goal, fact(value=6.1, unit="工作日", period="2020-06")) == ("滞后", "从基线到目标已走 78%")


def test_without_a_baseline_it_is_a_risk() -> None:
    assert verdict(target(), fact(value=16.0, period="2020-06")) == (
        "有风险",
        f"{HOURS}；尚未达到，没有基线，无法判断进度",
    )


def test_no_deadline_is_never_overdue() -> None:
    assert verdict(target(deadline=""), fact(value=16.0, period="2023"))[0] == "有风险"


def test_the_latest_value_is_judged_wherever_it_stands_in_the_file() -> None:
    facts = (fact(id="F2", period="2021-12", value=16.0), fact(id="F1", period="2020-12", value=7.0))
    row = assessed(target(), *facts)
    assert (row["status"], row["fact"], row["now"]) == ("逾期未达标", "F2", 2.0)


MILESTONE = target(code="trade.customs_opening", op="", value=NAN, text="年内开关运营", unit="", direction="none")


def test_a_milestone_is_reached_when_a_document_says_so() -> None:
    done = fact(code="trade.customs_opening", kind="text", value=NAN, text="开关运营", quote="海关已开关运营", unit="")
    assert verdict(MILESTONE, done) == ("已达标", "文件写明“海关已开关运营”")
    assert judge(MILESTONE, done, date(2020, 12, 31)).share == 1.0


@pytest.mark.parametrize("given", [{"text": "开工建设", "value": NAN}, {"text": "", "value": 1.0}])
def test_a_milestone_is_not_guessed(given: dict[str, object]) -> None:
    other = fact(code="trade.customs_opening", **given)
    assert verdict(MILESTONE, other) == ("口径不一致", "目标没有数字，不能自动判断")


def test_every_target_gets_a_row_with_its_own_columns_and_the_verdict() -> None:
    goals = frame(target(id="T1"), target(id="T2", code="x"), target(id="T3", scope="市本级"))
    table = assess(goals, frame(fact()), {}, day=date(2020, 12, 31))
    assert table["id"].tolist() == ["T1", "T3", "T2"]
    assert table["status"].tolist() == ["已达标", "口径不一致", "有目标无现值"]
    added = {"now", "now_text", "now_op", "now_unit", "now_value", "now_period", "fact", "status", "reason", "share"}
    added |= {"order", "source", "made_up", "past", "last_due", "last_value", "last_met", "next_due", "next_value"}
    added |= {"attain", "attain_late", "attain_words"}
    assert set(table.columns) == set(goals.columns) | added
    assert table["fact"].tolist() == ["F1", "F1", ""]
    assert table["now_unit"].tolist() == ["小时", "小时", ""]


def test_every_status_has_its_place_in_the_order() -> None:
    assert sorted(STATUS_ORDER) == sorted(Status)
    assert STATUS_ORDER[0] is Status.OVERDUE


def marks(*entries: tuple[str, float]) -> pd.DataFrame:
    """Milestones of T1 as they were entered."""
    rows = [(i, "T1", due, value) for i, (due, value) in enumerate(entries)]
    return pd.DataFrame(rows, columns=["id", "target", "due", "value"])


def test_past_the_deadline_with_only_an_older_value_it_is_overdue_and_says_so() -> None:
    found = verdict(PACED, fact(value=6.0, unit="工作日", period="2020-06"), day=date(2021, 1, 31))
    assert found == ("逾期未达标", "期限已过 31 天；最近的数是2020年6月的")
    # On the last day itself an older value is not yet late.
    assert verdict(PACED, fact(value=6.0, unit="工作日", period="2020-06"), day=date(2020, 12, 31))[0] == "正常推进"


def test_before_the_deadline_nothing_is_overdue_though_the_values_period_ends_with_it() -> None:
    assert verdict(target(), fact(value=16.0), day=date(2020, 12, 5))[0] == "有风险"


@pytest.mark.parametrize(
    ("day", "period"), [(date(2020, 12, 30), "2020"), (date(2020, 12, 30), "2020-Q4"), (date(2020, 11, 30), "2020-12")]
)
def test_a_value_that_is_not_known_yet_does_not_count(day: date, period: str) -> None:
    late = fact(id="F2", period=period, value=4.0)
    assert assessed(target(), fact(period="2020-03", value=16.0), late, day=day)["fact"] == "F1"


@pytest.mark.parametrize(
    ("now", "status", "word"), [(7.0, "正常推进", "已到"), (7.01, "滞后", "没有到"), (5.0, "已达标", "")]
)
def test_a_milestone_that_was_due_decides(now: float, status: str, word: str) -> None:
    # By the straight line 7.0 of 2020-06 would be on track as well, 7.01 too (60 % against 50 %): the milestone stands above it.
    half_way = fact(value=now, unit="工作日", period="2020-06")
    set_ = marks(("2020-06-30", 7.0), ("2020-09-30", 6.0))
    row = assessed(PACED, half_way, milestones=set_, day=date(2020, 7, 15))
    assert row["status"] == status
    assert row["reason"] == (f"里程碑 2020-06-30 应到 7 工作日，{word}" if word else "")
    assert (row["last_due"], row["last_value"], row["next_due"], row["next_value"]) == (
        "2020-06-30",
        7,
        "2020-09-30",
        6,
    )
    assert bool(row["last_met"]) is (now <= 7)


def test_the_latest_entry_of_a_day_stands_and_one_without_a_value_takes_it_back() -> None:
    half_way = fact(value=8.1, unit="工作日", period="2020-06")
    day = date(2020, 7, 1)
    set_ = marks(("2020-06-30", 7.0), ("2020-06-30", 9.0))
    assert assessed(PACED, half_way, milestones=set_, day=day)["last_value"] == 9.0
    taken = marks(("2020-06-30", 7.0), ("2020-06-30", NAN))
    row = assessed(PACED, half_way, milestones=taken, day=day)
    assert (row["last_due"], row["status"]) == ("", "滞后")


def test_a_milestone_after_the_deadline_does_not_save_it() -> None:
    late = fact(value=7.0, unit="工作日", period="2020-06")
    assert verdict(PACED, late, milestones=marks(("2020-06-30", 7.0)), day=date(2021, 1, 1))[0] == "逾期未达标"


FREE = target(op="<=", value=0.0, unit="元", baseline=200.0, baseline_basis="2019")


@pytest.mark.parametrize(
    ("now", "status", "share"), [(0.0, "已达标", 1.0), (50.0, "正常推进", 0.75), (150.0, "滞后", 0.25)]
)
def test_a_goal_of_nothing(now: float, status: str, share: float) -> None:
    row = assessed(FREE, fact(value=now, unit="元", period="2020-06"))
    assert (row["status"], row["share"]) == (status, share)


def test_a_goal_of_nothing_that_was_met_at_the_start_does_not_divide() -> None:
    row = assessed({**FREE, "baseline": 0.0}, fact(value=5.0, unit="元", period="2020-06"))
    assert (row["status"], row["reason"]) == ("滞后", "基线已经达到目标，现在反而没有达到")
    assert progress_of(frame(row.to_dict()))["T1"][0] == 0.0


def test_a_plain_goal_without_a_direction_is_met_only_by_the_number_itself() -> None:
    plain = target(op="=", value=5.0, unit="项", direction="none", baseline=1.0)
    assert verdict(plain, fact(value=5.0, unit="项"))[0] == "已达标"
    assert verdict(plain, fact(value=9.0, unit="项"))[0] == "逾期未达标"


def test_a_countys_value_comes_from_the_files_and_a_made_up_one_says_so() -> None:
    measures = {"start_business.time": Measure("start_business.time", "企业开办时间", "工作日", Direction.LOWER)}
    columns = ["region", "measure", "period", "value", "kind"]
    rows = pd.DataFrame(
        [
            ("410421", "start_business.time", "2020-Q3", 2.0, "real"),
            ("410421", "start_business.time", "2020-Q4", 0.5, "demo"),
            ("410422", "start_business.time", "2020-Q4", 0.1, "real"),
        ],
        columns=columns,
    )
    goals = frame(target(region="410421"), target(id="T2", region="410423"))
    table = assess(goals, frame(fact()), {}, day=date(2020, 12, 31), values=of_files(rows, measures)).set_index("id")
    row = table.loc["T1"]
    assert (row["status"], row["fact"], row["made_up"], row["now"]) == ("已达标", "", True, 0.5)
    assert row["source"] == "value:start_business.time:410421:2020-Q4"
    assert row["reason"] == f"“日”按 1 工作日计；{MADE_UP}"
    assert table.at["T2", "reason"] == "没有报过这项指标的现值"
    earlier = assess(goals, frame(fact()), {}, day=date(2020, 12, 30), values=of_files(rows, measures)).set_index("id")
    assert (earlier.at["T1", "now"], earlier.at["T1", "made_up"]) == (2.0, False)


def filed(*rows: tuple[str, float, str]) -> pd.DataFrame:
    """A county's values of the files: period, value in 工作日, kind."""
    measures = {"start_business.time": Measure("start_business.time", "企业开办时间", "工作日", Direction.LOWER)}
    columns = ["region", "measure", "period", "value", "kind"]
    return of_files(pd.DataFrame([("410421", "start_business.time", *row) for row in rows], columns=columns), measures)


def test_a_made_up_value_in_time_does_not_make_a_real_one_timely() -> None:
    values = filed(("2020-Q1", 0.5, "demo"), ("2020-Q3", 0.5, "real"))
    goal = frame(target(region="410421", unit="工作日", deadline="2020-06-30"))
    row = assess(goal, frame(fact()), {}, day=date(2020, 9, 30), values=values).iloc[0]
    assert (row["status"], row["reason"]) == ("已达标", "达标数据晚于期限（首见于2020年三季度）")


@pytest.mark.parametrize(("first", "second"), [("demo", "real"), ("real", "demo")])
def test_a_projection_never_joins_a_real_and_a_made_up_value(first: str, second: str) -> None:
    goal = frame(target(region="410421", unit="工作日"))
    for kind, words in (
        (first, "只有一个数，推不出速度"),
        (second, "按直线推算，预计2020年11月15日达到，早于期限 46 天"),
    ):
        # From 4 on 30 June to 2 on 30 September: 92 days for 2, so 46 more for the last one.
        values = filed(("2020-Q2", 4.0, kind), ("2020-Q3", 2.0, second))
        row = assess(goal, frame(fact()), {}, day=date(2020, 9, 30), values=values).iloc[0]
        assert row["attain_words"] == words


def test_how_far_without_a_baseline_is_the_present_value_over_the_goal() -> None:
    lower = assessed(target(unit="工作日", value=2.0), fact(value=4.0, unit="工作日"))
    higher = assessed(target(value=50.0, op=">=", unit="%", direction="higher"), fact(value=40.0, unit="%"))
    paced = assessed(PACED, fact(value=7.5, unit="工作日", period="2020-06"), milestones=marks(("2020-12-01", 6.0)))
    shares = [progress_of(frame(row.to_dict()))["T1"] for row in (lower, higher, paced)]
    assert [share[0] for share in shares] == [0.5, 0.8, 0.5]
    assert shares[2][1] == 0.8


@given(baseline=st.integers(1, 100), goal=st.integers(0, 100), now=st.integers(0, 120), due=st.integers(0, 100))
def test_a_target_that_is_met_is_reached_whatever_else_is_set(baseline: int, goal: int, now: int, due: int) -> None:
    row = assessed(
        target(value=float(goal), unit="工作日", baseline=float(baseline), baseline_basis="2019"),
        fact(value=float(now), unit="工作日", period="2020-06"),
        milestones=marks(("2020-06-30", float(due))),
    )
    assert (row["status"] == "已达标") is (now <= goal)
    assert row["status"] in ("已达标", "正常推进", "滞后")
