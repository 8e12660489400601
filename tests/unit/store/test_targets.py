"""Targets, present values and milestones that people add: all or nothing, numbered once, kept by a new seeding."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lib.model import UserError
from lib.model.access import Action
from lib.seed import seed
from lib.store import catalog, data_version
from lib.store.benchmarks import add_benchmark, remove_benchmark
from lib.store.events import events
from lib.store.targets import (
    Goal,
    Paper,
    Present,
    add_present,
    add_target,
    add_targets,
    milestones,
    remove_present,
    remove_target,
    set_milestones,
)
from tests.unit.store.test_benchmarks import SHENZHEN

PAPER = Paper("2026年工作方案", "市营商办", "2026-03-01", "公文", " 接电时间不超过3个工作日 ")
GOAL = Goal(
    code="electricity.time_low",
    region="410421",
    scope="",
    level="binding",
    op="<=",
    value=3.0,
    text="",
    unit="工作日",
    baseline=5.0,
    baseline_period="2025",
    deadline="2026-12-31",
    owners=("power_supply", "urban_management"),
    paper=PAPER,
)
SAID = "不超过 3 工作日，基线 5（2025年），期限 2026-12-31，平顶山供电公司、市城管局：“接电时间不超过3个工作日”"
NOW = Present("F039", "=", 1.5, "", "工作日", "2021", replace(PAPER, quote="普通注销1.5个工作日"))


@pytest.fixture
def house(seeded: Path, tmp_path: Path) -> Path:
    """A seeded database of this test's own."""
    return Path(shutil.copy(seeded, tmp_path / "duibiao.db"))


def row(path: Path, table: str, number: str) -> pd.Series:
    return catalog.table(path, table).set_index("id").loc[number]


def codes(caught: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [issue.code for issue in caught.value.issues]


def test_a_target_is_kept_with_its_document_owners_and_words(house: Path) -> None:
    before = data_version(house)
    assert add_target(house, GOAL, user="李敏") == "U1"
    found = row(house, "target", "U1")
    assert (found["op"], found["value"], found["unit"], found["baseline"], found["baseline_basis"]) == (
        "<=",
        3.0,
        "工作日",
        5.0,
        "2025",
    )
    assert (found["owner"], found["quote"], found["note"]) == (
        "power_supply;urban_management",
        "接电时间不超过3个工作日",
        "李敏补充",
    )
    assert catalog.table(house, "document").set_index("code").at[found["document"], "title"] == "2026年工作方案"
    (line,) = events(house, "U1")[["action", "detail", "before", "after"]].to_numpy().tolist()
    assert line == ["新增目标", "宝丰县 低压用户平均接电时长", "", SAID]
    assert data_version(house) != before


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "nothing"}, "measure-unknown"),
        ({"region": "999999"}, "region-unknown"),
        ({"level": "x"}, "level-unknown"),
        ({"op": "<"}, "op-unknown"),
        ({"value": float("nan")}, "value-unfit"),
        ({"value": -1.0}, "value-unfit"),
        ({"value": None}, "value-missing"),
        ({"unit": "天"}, "unit-unfit"),
        ({"baseline_period": ""}, "period-unknown"),
        ({"baseline": -5.0}, "baseline-unfit"),
        ({"deadline": "2026-13-01"}, "deadline-unknown"),
        ({"owners": ()}, "owner-missing"),
        ({"owners": ("counties",)}, "owner-unknown"),
        ({"op": "cut", "value": 30.0, "baseline": None}, "baseline-missing"),
        ({"op": "cut", "value": 130.0}, "value-unfit"),
        ({"op": "cut", "value": 100.0}, "value-unfit"),
        ({"op": "cut", "value": 0.0}, "value-unfit"),
        ({"op": "cut", "value": 30.0, "baseline": 0.0}, "goal-met"),
        ({"value": 15.0, "baseline": 10.0}, "goal-met"),
        ({"value": 5.0}, "goal-met"),
        ({"op": "=", "value": 6.0}, "goal-met"),
        ({"op": ">=", "value": 90.0, "baseline": 95.0, "code": "tax.online_rate", "unit": "%"}, "goal-met"),
        ({"deadline": "1999-12-31"}, "deadline-unfit"),
        ({"deadline": "2101-01-01"}, "deadline-unfit"),
        ({"deadline": "2026-02-28"}, "deadline-early"),
        ({"deadline": "2026-12-30", "baseline_period": "2026"}, "deadline-early"),
        ({"op": "cut", "value": 30.0, "code": "tax.online_rate", "unit": "%"}, "direction-unfit"),
        ({"paper": replace(PAPER, quote=" ")}, "quote-missing"),
        ({"paper": replace(PAPER, day="２０２７")}, "deadline-early"),
    ],
)
def test_what_is_wrong_with_a_target_is_said_and_nothing_is_written(house: Path, change: dict, code: str) -> None:
    before = data_version(house)
    with pytest.raises(UserError) as caught:
        add_target(house, replace(GOAL, **change), user="李敏")
    assert codes(caught) == [code]
    assert data_version(house) == before
    assert "U1" not in set(catalog.table(house, "target")["id"])


def test_everything_that_is_wrong_is_said_at_once(house: Path) -> None:
    with pytest.raises(UserError) as caught:
        add_target(house, replace(GOAL, value=None, owners=(), paper=Paper("", "", "", "", "")), user=" ")
    assert {"user-missing", "owner-missing", "value-missing", "quote-missing"} <= set(codes(caught))
    assert "要写明出处" in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        {"value": 4.999},
        {"op": "cut", "value": 99.9},
        {"op": ">=", "value": 95.1, "baseline": 95.0, "code": "tax.online_rate", "unit": "%"},
        {"deadline": "2026-03-01"},
        {"deadline": "2100-12-31"},
        {"deadline": "2026-12-31", "baseline_period": "2026-12"},
    ],
)
def test_a_target_at_the_very_bound_is_taken(house: Path, change: dict) -> None:
    assert add_target(house, replace(GOAL, **change), user="李敏") == "U1"


def test_a_goal_that_the_baseline_meets_says_what_was_expected(house: Path) -> None:
    with pytest.raises(UserError) as caught:
        add_target(house, replace(GOAL, value=15.0, baseline=10.0), user="李敏")
    assert str(caught.value.issues[0]) == '"15" 目标要比基线好（期望：低于基线 10）'


def test_a_one_off_goal_has_words_and_no_number(house: Path) -> None:
    goal = replace(GOAL, op="", value=None, text="开通运营", baseline=None, baseline_period="")
    found = row(house, "target", add_target(house, goal, user="李敏"))
    assert (found["op"], found["text"], found["unit"]) == ("", "开通运营", "")
    assert pd.isna(found["value"])


def test_facts_targets_and_benchmarks_share_one_row_of_numbers_and_none_comes_twice(house: Path) -> None:
    assert add_target(house, GOAL, user="甲") == "U1"
    assert add_benchmark(house, SHENZHEN, user="甲") == "U2"
    assert add_present(house, NOW, user="甲") == "U3"
    remove_present(house, "U3", user="甲")
    remove_benchmark(house, "U2", user="甲")
    assert add_target(house, GOAL, user="甲") == "U4"


def test_the_day_of_a_document_is_kept_as_a_date_is_written_and_one_document_stays_one(house: Path) -> None:
    goal = row(
        house, "target", add_target(house, replace(GOAL, paper=replace(PAPER, day="２０２６-３-１ ")), user="甲")
    )
    value = row(house, "fact", add_present(house, replace(NOW, paper=replace(PAPER, day="2026-03-01")), user="甲"))
    assert goal["document"] == value["document"]
    assert catalog.table(house, "document").set_index("code").at[goal["document"], "date"] == "2026-03-01"


def test_a_present_value_is_a_fact_of_the_targets_measure_place_and_scope(house: Path) -> None:
    found = row(house, "fact", add_present(house, NOW, user="王强"))
    assert (found["kind"], found["code"], found["region"], found["scope"], found["period"], found["value"]) == (
        "observation",
        "start_business.deregister_time",
        "410400",
        "",
        "2021",
        1.5,
    )
    assert (found["note"], found["quote"]) == ("王强补报", "普通注销1.5个工作日")
    said = "等于 1.5 工作日，2021年：“普通注销1.5个工作日”"
    assert tuple(events(house, "U1").loc[0, ["action", "before", "after"]]) == ("补报现值", "", said)
    remove_present(house, "U1", user="王强")
    assert tuple(events(house, "U1").loc[0, ["action", "before", "after"]]) == ("删除补报的现值", said, "")
    done = Present("F023", "", None, "年底前完成清偿", "", "2020-12", PAPER)
    found = row(house, "fact", add_present(house, done, user="王强"))
    assert (found["kind"], found["text"], found["op"], found["unit"]) == ("text", "年底前完成清偿", "", "")
    assert events(house, "U2").at[0, "after"] == "年底前完成清偿，2020年12月：“接电时间不超过3个工作日”"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": None}, "value-missing"),
        ({"unit": "天"}, "unit-unfit"),
        ({"op": "cut"}, "op-unknown"),
        ({"period": "去年"}, "period-unknown"),
        ({"period": "2199"}, "period-ahead"),
        ({"target": "F023", "text": " "}, "text-missing"),
    ],
)
def test_what_is_wrong_with_a_present_value(house: Path, change: dict, code: str) -> None:
    with pytest.raises(UserError) as caught:
        add_present(house, replace(NOW, **change), user="王强")
    assert codes(caught) == [code]


def test_only_what_people_added_can_be_taken_out(house: Path) -> None:
    number = add_target(house, GOAL, user="甲")
    set_milestones(house, number, {"2026-09-30": 3.5}, user="甲")
    remove_target(house, number, user="乙")
    assert milestones(house).empty
    assert number not in set(catalog.table(house, "target")["id"])
    line = events(house, number).iloc[0]
    assert tuple(line[["detail", "before", "after"]]) == ("宝丰县 低压用户平均接电时长", SAID, "")
    for table in (remove_target, remove_present):
        with pytest.raises(UserError, match="文件里原有的不能删"):
            table(house, "F038", user="乙")
    with pytest.raises(UserError, match="经办人"):
        remove_target(house, number, user="")


def test_milestones_are_only_added_and_what_is_unchanged_is_not_entered_again(house: Path) -> None:
    number = add_target(house, GOAL, user="甲")
    assert set_milestones(house, number, {"2026-06-30": 4.0, "2026-09-30": 3.5}, user="甲") == 2
    before = data_version(house)
    assert set_milestones(house, number, {"2026-06-30": 4.0}, user="甲") == 0
    assert data_version(house) == before
    assert set_milestones(house, number, {"2026-06-30": None}, user="乙") == 1
    lines = events(house, number)[["action", "before", "after"]].to_numpy().tolist()
    assert lines[:2] == [
        ["设里程碑", "2026-06-30：4", ""],
        ["设里程碑", "", "2026-06-30：4；2026-09-30：3.5"],
    ]
    kept = milestones(house)
    assert kept["due"].tolist() == ["2026-06-30", "2026-09-30", "2026-06-30"]
    assert kept["value"].fillna(-1).tolist() == [4.0, 3.5, -1]


@pytest.mark.parametrize(
    ("target", "wanted", "code"),
    [
        ("F999", {"2026-06-30": 1.0}, "target-unknown"),
        ("F023", {"2020-06-30": 1.0}, "target-worded"),
        ("F039", {"2020-12-31": 1.0}, "due-late"),
        ("F039", {"六月": 1.0}, "due-unknown"),
        ("F039", {"2020-06-30": float("inf")}, "value-unfit"),
    ],
)
def test_what_is_wrong_with_a_milestone(house: Path, target: str, wanted: dict, code: str) -> None:
    with pytest.raises(UserError) as caught:
        set_milestones(house, target, wanted, user="甲")
    assert codes(caught) == [code]
    assert milestones(house).empty


@pytest.mark.parametrize(
    ("due", "value", "said"),
    [
        ("2026-06-30", 2.9, '"2.9" 2026-06-30 的里程碑超过了目标（期望：不低于目标 3）'),
        ("2026-06-30", 5.1, '"5.1" 2026-06-30 的里程碑比基线还差（期望：不高于基线 5）'),
        ("2025-12-30", 4.0, '"2025-12-30" 里程碑早于基线的时间（期望：不早于 2025-12-31）'),
        ("2027-01-01", 4.0, '"2027-01-01" 里程碑要早于目标的期限（期望：早于 2026-12-31）'),
        ("1999-12-31", 4.0, '"1999-12-31" 里程碑的年份不对（期望：2000 年到 2100 年）'),
    ],
)
def test_a_milestone_lies_on_the_way_from_the_baseline_to_the_goal(
    house: Path, due: str, value: float, said: str
) -> None:
    number = add_target(house, GOAL, user="甲")
    with pytest.raises(UserError) as caught:
        set_milestones(house, number, {due: value}, user="甲")
    assert [str(issue) for issue in caught.value.issues] == [said]
    assert set_milestones(house, number, {"2025-12-31": 5.0, "2026-12-30": 3.0}, user="甲") == 2


def test_the_milestones_of_a_cut_end_at_what_is_left_and_higher_is_looked_at_from_below(house: Path) -> None:
    cut = add_target(house, replace(GOAL, op="cut", value=30.0), user="甲")
    with pytest.raises(UserError, match=r"不低于目标 3\.5"):
        set_milestones(house, cut, {"2026-06-30": 3.4}, user="甲")
    more = replace(GOAL, op=">=", value=95.0, baseline=60.0, code="tax.online_rate", unit="%")
    higher = add_target(house, more, user="甲")
    with pytest.raises(UserError, match="不高于目标 95"):
        set_milestones(house, higher, {"2026-06-30": 96.0}, user="甲")
    with pytest.raises(UserError, match="不低于基线 60"):
        set_milestones(house, higher, {"2026-06-30": 59.0}, user="甲")


def test_a_milestone_from_before_the_rules_can_be_taken_back_and_stands_in_nobodys_way(house: Path) -> None:
    number = add_target(house, GOAL, user="甲")
    with catalog.writing(house, Action.MAINTAIN) as db:
        db["milestone"].insert({"target": number, "due": "1999-12-31", "value": 1.0, "user": "乙", "at": "2026"})
    assert set_milestones(house, number, {"1999-12-31": 1.0, "2026-06-30": 4.0}, user="甲") == 1
    assert set_milestones(house, number, {"1999-12-31": None}, user="甲") == 1


def test_a_new_seeding_keeps_what_people_added_and_undoes_a_statement_in_two_tables(house: Path) -> None:
    number, value = add_target(house, GOAL, user="甲"), add_present(house, NOW, user="甲")
    set_milestones(house, "F039", {"2020-09-30": 2.0}, user="甲")
    with catalog.writing(house, Action.MAINTAIN) as db:
        goal = dict(db["target"].get("F283"))
        columns = {
            name: goal[name] for name in ("code", "region", "op", "value", "text", "unit", "document", "quote", "note")
        }
        blank = dict.fromkeys(("before_text", "period", "period_basis", "axis", "practice"), "")
        db["benchmark"].insert({"id": "F283", "before": None, **columns, **blank})
    seed(house)
    assert number in set(catalog.table(house, "target")["id"])
    assert value in set(catalog.table(house, "fact")["id"])
    assert milestones(house)["target"].tolist() == ["F039"]
    assert "F283" not in set(catalog.table(house, "benchmark")["id"])


def test_several_targets_are_added_together_or_not_at_all(house: Path) -> None:
    before = len(catalog.table(house, "target"))
    with pytest.raises(UserError):
        add_targets(house, [GOAL, replace(GOAL, owners=())], user="李敏")
    assert len(catalog.table(house, "target")) == before
    assert add_targets(house, [GOAL, replace(GOAL, region="410421")], user="李敏") == ["U1", "U2"]
    assert len(catalog.table(house, "target")) == before + 2
