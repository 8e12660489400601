"""Goals worked out, milestones on a line, the wall of quarters, whom to call, the city's targets by county."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from lib.core.calls import calls, due_group
from lib.core.county_goals import by_county
from lib.core.goals import applies, resolved
from lib.core.milestones import Milestone, proposed, typed
from lib.core.progress import assess
from lib.core.wall import calendar, shown, spans
from lib.model import Direction, Measure, UserError
from tests.unit.core.build import NAN
from tests.unit.core.facts import fact, frame, target


def test_a_cut_is_reckoned_from_the_base_year_and_shown_with_its_formula() -> None:
    cut = target(op="cut", value=30.0, unit="工作日", baseline=5.0, baseline_basis="2019")
    row = resolved(frame(cut)).iloc[0]
    assert (row["op"], row["value"]) == ("<=", 3.5)
    assert row["formula"] == "比2019下降 30%：5 ×（1 − 30%）= 3.5 工作日"
    # In decimals: 0.7 × 0.9 is 0.63, not 0.6299999999999999.
    assert resolved(frame({**cut, "baseline": 0.7, "value": 10.0})).at[0, "value"] == 0.63


def test_a_cut_without_the_base_years_value_has_no_number_and_is_not_judged() -> None:
    cut = resolved(frame(target(op="cut", value=30.0, unit="工作日", baseline_basis="2019年")))
    assert cut["value"].isna().all()
    row = assess(cut, frame(fact()), {}, day=date(2020, 12, 31)).iloc[0]
    assert (row["status"], row["reason"]) == ("口径不一致", "目标是比2019年下降 30%，没有基期的值，算不出目标值")


def test_every_other_goal_stays_as_it_is() -> None:
    row = resolved(frame(target())).iloc[0]
    assert (row["op"], row["value"], row["formula"]) == ("<=", 1.0, "")


@pytest.mark.parametrize(
    ("scope", "name", "expected"),
    [
        ("", "新华区", True),
        ("市本级", "舞钢市", False),
        ("有条件的县（市）", "叶县", True),
        ("有条件的县（市）", "舞钢市", True),
        ("有条件的县（市）", "新华区", False),
    ],
)
def test_to_whom_a_level_applies(scope: str, name: str, expected: bool) -> None:
    assert applies(scope, name) is expected


def test_the_straight_line_by_quarter() -> None:
    goal = target(value=0.0, baseline=366.0, baseline_basis="2019年", now=NAN, now_period="")
    # One a day through 2020: 91, 182 and 274 days have gone at the quarters' ends.
    assert proposed(goal, date(2020, 1, 1)) == [
        Milestone("2020-03-31", 275.0),
        Milestone("2020-06-30", 184.0),
        Milestone("2020-09-30", 92.0),
    ]
    assert [each.due for each in proposed(goal, date(2020, 7, 1))] == ["2020-09-30"]
    undated = {**goal, "baseline_basis": "", "now": 184.0, "now_period": "2020-06"}
    assert proposed(undated, date(2020, 7, 1)) == [Milestone("2020-09-30", 92.0)]
    for gap in ({"value": NAN}, {"deadline": ""}, {"baseline": NAN}):
        assert proposed({**goal, **gap}, date(2020, 1, 1)) == []


def test_no_line_is_proposed_from_a_present_value_that_is_better_than_the_goal() -> None:
    goal = target(value=5.0, now=3.0, now_period="2020-06")
    assert proposed(goal, date(2020, 7, 1)) == []
    assert len(proposed({**goal, "now": 6.0}, date(2020, 7, 1))) == 1


def edited(*rows: tuple[object, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["due", "value"])


KEPT = (Milestone("2026-06-30", 4.0), Milestone("2026-09-30", 3.5))


def test_what_is_typed_for_milestones_and_what_is_taken_back() -> None:
    day = pd.Timestamp("2026-03-31")
    rows = edited((day, 4.5), (pd.Timestamp("2026-06-30"), None), (None, None))
    # One is new, one emptied, one's row is gone; a row with nothing in it is none.
    assert typed(rows, KEPT, KEPT) == {"2026-03-31": 4.5, "2026-06-30": None, "2026-09-30": None}
    # An emptied proposal is not wanted, and was typed by nobody.
    assert typed(edited((day, None)), (Milestone("2026-03-31", 4.5),), ()) == {"2026-03-31": None}


def test_nothing_that_was_typed_for_milestones_is_lost() -> None:
    first, second = pd.Timestamp("2026-06-30"), pd.Timestamp("2026-08-31")
    with pytest.raises(UserError) as caught:
        typed(edited((first, 4.0), (pd.NaT, 3.0), (first, 2.0), (second, None)), KEPT, KEPT)
    assert [str(issue) for issue in caught.value.issues] == [
        '"3" 第 2 行有数，没有日期（期望：2026-09-30）',
        '"2026-06-30" 第 3 行的日期前面已有（期望：一个日期只写一行）',
        '"2026-08-31" 第 4 行有日期，没有数（期望：填上数，或删掉这一行）',
    ]


MARKS = pd.DataFrame(
    [(1, "T1", "2020-09-30", 3.0), (2, "T1", "2021-03-31", 2.0)], columns=["id", "target", "due", "value"]
)


def test_the_calendar_has_goals_and_milestones_in_their_quarters() -> None:
    goals = frame(
        target(unit="工作日", deadline="2021-06-30"),
        target(id="T2", code="x", deadline="2020-02-01"),
        target(id="T3", deadline=""),
    )
    day = date(2020, 12, 31)
    found = calendar(assess(goals, frame(fact(value=3.0, unit="工作日")), {}, day=day, milestones=MARKS), MARKS, day)
    rows = {(row.id, row.quarter): (row.kind, row.state) for row in found.itertuples()}
    assert rows == {
        ("T1", "2020-Q3"): ("milestone", "已到位"),
        ("T1", "2021-Q1"): ("milestone", "未到期"),
        ("T1", "2021-Q2"): ("goal", "正常推进"),
        ("T2", "2020-Q1"): ("goal", "有目标无现值"),
    }
    assert spans(found) == [[f"{year}-Q{number}" for year in (2020, 2021) for number in (1, 2, 3, 4)]]
    # T2 owes nothing in 2021; T3 has no day at all and is always there.
    assert shown(goals, found, ["2021-Q1", "2021-Q2"])["id"].tolist() == ["T1", "T3"]


def test_only_years_with_something_due_stand_side_by_side_three_at_most_the_latest_first() -> None:
    due = pd.DataFrame({"quarter": ["2019-Q4", "2020-Q2", "2021-Q4", "2026-Q3", "2027-Q2"]})
    assert [sorted({quarter[:4] for quarter in span}) for span in spans(due)] == [
        ["2021", "2026", "2027"],
        ["2019", "2020"],
    ]
    assert all(len(span) % 4 == 0 for span in spans(due))
    assert spans(due.iloc[:0]) == []


def test_whom_to_call_the_most_urgent_first() -> None:
    goals = frame(
        target(id="T1", owner="a;b", deadline="2020-12-31"),
        target(id="T2", owner="b", code="x", deadline="2021-01-20"),
        target(id="T3", owner="c", code="x", deadline="2021-06-30"),
        target(id="T4", owner="d", code="done", deadline="2020-12-31"),
    )
    facts = frame(fact(value=80.0), fact(id="F2", code="done"))
    day = date(2021, 1, 10)
    found = calls(assess(goals, facts, {}, day=day), day).set_index("owner")
    assert found.index.tolist() == ["b", "a", "c"]
    assert found.loc["b"].to_dict() == {"overdue": 1, "behind": 0, "soon": 1, "missing": 1, "urgent": "T1", "days": 10}
    assert found.loc["c"].to_dict() == {
        "overdue": 0,
        "behind": 0,
        "soon": 0,
        "missing": 1,
        "urgent": "T3",
        "days": -171,
    }


def test_nobody_to_call() -> None:
    day = date(2020, 12, 31)
    assert calls(assess(frame(target(owner="a")), frame(fact()), {}, day=day), day).empty


@pytest.mark.parametrize(
    ("deadline", "group"),
    [
        ("", "未写"),
        ("2020-05-31", "已过期"),
        ("2020-06-01", "30 天内"),
        ("2020-07-01", "30 天内"),
        ("2020-07-02", "今年内"),
        ("2021-01-01", "更晚"),
    ],
)
def test_the_groups_of_deadlines(deadline: str, group: str) -> None:
    assert due_group(deadline, date(2020, 6, 1)) == group


def test_counties_beside_the_citys_targets() -> None:
    measures = {"start_business.time": Measure("start_business.time", "企业开办时间", "工作日", Direction.LOWER)}
    rows = [("r1", "2020-Q3", 3.0, "real"), ("r1", "2020-Q4", 1.0, "demo"), ("r2", "2020-Q4", 1.5, "demo")]
    values = pd.DataFrame(
        [(region, "start_business.time", *rest) for region, *rest in rows],
        columns=["region", "measure", "period", "value", "kind"],
    )
    goals = frame(
        target(), target(id="T2", scope="有条件的县（市）"), target(id="T3", unit="天"), target(id="T4", value=NAN)
    )
    names = {"r1": "叶县", "r2": "新华区", "r3": "郏县"}
    found = by_county(goals, values, measures, names, list(names), date(2020, 12, 31))
    shown = [tuple(row) for row in found[["id", "region", "value", "period", "made_up", "met"]].to_numpy()]
    assert shown == [
        ("T1", "r1", 1.0, "2020-Q4", True, True),
        ("T1", "r2", 1.5, "2020-Q4", True, False),
        ("T2", "r1", 1.0, "2020-Q4", True, True),
    ]
    then = by_county(goals, values, measures, names, list(names), date(2020, 10, 1))
    assert then[["id", "region", "value", "met"]].to_numpy().tolist() == [
        ["T1", "r1", 3.0, False],
        ["T2", "r1", 3.0, False],
    ]
