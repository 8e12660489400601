"""Saved scenarios never change; names and notes do, and what is removed is off the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.model import UserError
from lib.model.scenario import Move, Others, Scenario
from lib.store import data_version
from lib.store import scenarios as store
from lib.store.events import events

MOVES = (Move("410423", "tax.time", 120.0), Move("410421", "tax.time", 0.1))
TRIED = Scenario("pds-2020", "2020-Q4", "410423", MOVES, (("tax", 0.0),), Others.TREND, "2021-Q4")
STANDING = {"before": [50.5, 8.0, 2.0], "after": [None, None, None]}


def test_what_was_saved_is_read_back_whole(path: Path) -> None:
    number = store.save(path, " 进一位 ", TRIED, STANDING, note="试", user="张三")
    found = store.scenario(path, number)
    assert (found.id, found.name, found.note, found.created_by) == (1, "进一位", "试", "张三")
    assert (found.scenario, found.standing) == (TRIED, STANDING)
    assert store.scenarios(path) == [found]


def test_the_latest_comes_first_and_the_data_version_stays(path: Path) -> None:
    before = data_version(path)
    for name in ("甲", "乙"):
        store.save(path, name, TRIED, STANDING, user="张三")
    assert [each.name for each in store.scenarios(path)] == ["乙", "甲"]
    assert data_version(path) == before


def test_a_new_name_leaves_what_was_tried_alone(path: Path) -> None:
    number = store.save(path, "甲", TRIED, STANDING, user="张三")
    store.rename(path, number, "乙", note="改", user="李四")
    found = store.scenario(path, number)
    assert (found.name, found.note, found.scenario, found.created_by) == ("乙", "改", TRIED, "张三")
    store.remove(path, number, user="王五")
    said = "（2020年四季度）：改 2 个数值、1 个权重，其他县（市、区）按各自走势"
    assert events(path, "1")[["user", "action", "before", "after"]].to_numpy().tolist() == [
        ["王五", "删除推演方案", f"乙{said}；改", ""],
        ["李四", "修改推演方案", "名字：甲；说明：没有", "名字：乙；说明：改"],
        ["张三", "保存推演方案", "", f"甲{said}"],
    ]


def test_a_removed_one_is_gone_from_the_list_and_its_name_is_free(path: Path) -> None:
    number = store.save(path, "甲", TRIED, STANDING, user="张三")
    store.remove(path, number, user="李四")
    assert store.scenarios(path) == []
    with pytest.raises(UserError, match="没有第 1 号方案，或者已经删除"):
        store.scenario(path, number)
    assert store.save(path, "甲", TRIED, STANDING, user="张三") == 2


@pytest.mark.parametrize(
    ("name", "note", "user", "refusal"),
    [
        ("甲", "", " ", "要写明经办人"),
        (" ", "", "张三", "要给方案起个名字"),
        ("长" * 61, "", "张三", "名字有 61 个字，太长（期望：不超过 60 个字）"),
        ("甲", "长" * 1001, "张三", "说明有 1001 个字，太长（期望：不超过 1000 个字）"),
        ("有了", "", "张三", "已经有叫“有了”的方案，请换个名字"),
    ],
)
def test_what_is_refused(path: Path, name: str, note: str, user: str, refusal: str) -> None:
    store.save(path, "有了", TRIED, STANDING, user="张三")
    with pytest.raises(UserError) as caught:
        store.save(path, name, TRIED, STANDING, note=note, user=user)
    assert str(caught.value) == refusal
    assert len(store.scenarios(path)) == 1


def test_a_name_may_be_kept_when_only_the_note_changes(path: Path) -> None:
    number = store.save(path, "甲", TRIED, STANDING, user="张三")
    store.rename(path, number, "甲", note="新", user="张三")
    assert store.scenario(path, number).note == "新"


@pytest.mark.parametrize("act", [store.remove, lambda *a, user: store.rename(*a, "甲", note="", user=user)])
def test_nobody_may_change_one_without_a_name_or_one_that_is_not_there(path: Path, act) -> None:
    with pytest.raises(UserError, match="要写明经办人"):
        act(path, 1, user="")
    with pytest.raises(UserError, match="没有第 1 号方案"):
        act(path, 1, user="张三")
