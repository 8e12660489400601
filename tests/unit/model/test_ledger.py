"""What an item must say."""

from __future__ import annotations

import pytest

from lib.model.ledger import FIELDS, LONGEST, STEPS, Action, State, Task


def test_a_task_comes_back_from_plain_data_and_ignores_what_it_does_not_know():
    task = Task("甲", owner="乙", actions=(Action("一", "2021-01-01", "2021-01-02"),))
    assert Task.of(task.plain()) == task
    assert Task.of({**task.plain(), "later": 1}) == task
    assert Task.of({"problem": "甲"}) == Task("甲")


def test_what_is_wrong_and_what_is_lacking():
    assert Task("甲").wrong == []
    assert Task("甲").lacking == ["要写明责任单位：谁来改", "要写明整改期限：哪天前改好"]
    bad = Task(" ", owner="乙", deadline="2020-13-01", actions=(Action("一", "20210101"),))
    assert bad.wrong == bad.lacking
    assert bad.wrong == [
        "要写明问题：哪里不行",
        "整改期限“2020-13-01”不是日期（期望：2020-12-31）",
        "步骤“一”的期限“20210101”不是日期（期望：2020-12-31）",
    ]


@pytest.mark.parametrize(("field", "most"), LONGEST.items())
def test_a_text_may_be_so_long_and_no_longer(field, most):
    say = lambda count: (Action("长" * 10), Action("长" * (count - 10))) if field == "actions" else "长" * count  # noqa: E731
    assert Task("甲").with_field(field, say(most)).wrong == []
    said = f"{FIELDS[field]}有 {most + 1} 个字，太长（期望：不超过 {most} 个字）"
    assert Task("甲").with_field(field, say(most + 1)).wrong == [said]


def test_a_department_may_have_a_hundred_characters_a_text_two_thousand():
    assert LONGEST == {
        "problem": 500, "basis": 2000, "owner": 100, "helpers": 100, "leader": 100, "measures": 2000, "actions": 2000,
    }  # fmt: skip


def test_every_state_leads_on_and_is_reached():
    assert {state for step in STEPS.values() for state in step.allowed} == set(State)
    assert {step.to for step in STEPS.values()} == set(State)
