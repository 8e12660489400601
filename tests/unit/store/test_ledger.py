"""The rectification ledger in the store: steps, rounds, proofs, and what nobody may change."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils.db import sqlite3

from lib.model import UserError, access
from lib.model.ledger import Action, Reading, State, Task
from lib.store import connect, data_version, ledger, writing
from lib.store.events import events

TASK = Task(
    "开办企业要跑三趟", owner="市市场监管局", deadline="2021-03-31", actions=(Action("合并表单", "2021-02-01"),)
)
THEN, NOW = Reading(3.0, "个", "2020-Q4", "value:a:r1:2020-Q4"), Reading(2.0, "个", "2021-Q1", "value:a:r1:2021-Q1")


@pytest.fixture
def number(path: Path) -> int:
    (opened,) = ledger.open_items(path, [(TASK, THEN)], user="甲")
    return opened


def move(path: Path, number: int, step: str, reading: Reading = THEN, comment: str = "说明", **more: str) -> None:
    seen = ledger.item(path, number)
    ledger.move(path, number, step, comment, reading, seen=seen, user="乙", **more)


def hand_in(path: Path, number: int, proof: bytes = b"%PDF-1") -> None:
    move(path, number, "start")
    ledger.attach(path, number, proof, "纪要.pdf", "", user="乙")
    move(path, number, "submit")


def test_an_item_goes_its_way_and_every_step_is_on_record(path: Path, number: int) -> None:
    hand_in(path, number)
    move(path, number, "close", NOW)
    found = ledger.item(path, number)
    assert (found.state, found.round, found.opened, found.closed) == (State.CLOSED, 1, THEN, NOW)
    assert found.closed_at != ""
    rows = ledger.history(path, number)
    assert list(rows["action"]) == ["复评通过，销号", "报请复评", "上传佐证", "开始整改", "列入台账"]
    assert list(rows["state"]) == ["closed", "review", "doing", "doing", "open"]
    assert list(rows["user"]) == ["乙", "乙", "乙", "乙", "甲"]
    assert rows["reading"].iloc[0] == NOW
    assert rows["reading"].iloc[2] is None
    assert set(rows["task"]) == {TASK}
    assert events(path, f"台账 {number}")["action"].iloc[0] == "台账复评通过，销号"


def test_writing_the_ledger_leaves_the_data_version(path: Path) -> None:
    before = data_version(path)
    (number,) = ledger.open_items(path, [(TASK, THEN)], user="甲")
    hand_in(path, number)
    assert data_version(path) == before


def test_a_reopened_item_begins_its_next_round_with_the_value_then_and_a_new_deadline(path: Path, number: int) -> None:
    hand_in(path, number)
    move(path, number, "close", THEN)
    move(path, number, "reopen", NOW, deadline="2021-09-30")
    found = ledger.item(path, number)
    assert (found.round, found.state, found.opened, found.closed, found.closed_at) == (2, State.OPEN, NOW, None, "")
    assert found.task == TASK.with_field("deadline", "2021-09-30")
    assert list(ledger.history(path, number)["round"]) == [2, 1, 1, 1, 1, 1]


def test_a_returned_item_needs_proof_of_its_new_round(path: Path, number: int) -> None:
    hand_in(path, number)
    move(path, number, "send_back", NOW, "数没有动")
    assert (ledger.item(path, number).round, ledger.item(path, number).opened) == (2, NOW)
    move(path, number, "start")
    with pytest.raises(UserError, match="这一轮的佐证材料"):
        move(path, number, "submit")
    # The same file may prove another round, but not the same one twice.
    ledger.attach(path, number, b"%PDF-1", "纪要.pdf", "", user="乙")
    with pytest.raises(UserError, match="已经有同样的佐证材料"):
        ledger.attach(path, number, b"%PDF-1", "又一份.pdf", "", user="乙")
    move(path, number, "submit")
    assert list(ledger.proofs(path)["round"]) == [1, 2]


@pytest.mark.parametrize(
    ("step", "words"),
    [("submit", "现在是“待整改”，不能“报请复评”"), ("close", "不能“复评通过，销号”"), ("reopen", "不能“再开一轮”")],
)
def test_a_step_that_the_state_does_not_allow_is_refused(path: Path, number: int, step: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        move(path, number, step)
    assert ledger.item(path, number).state is State.OPEN


def test_two_who_press_at_the_same_time_do_not_both_succeed(path: Path, number: int) -> None:
    seen = ledger.item(path, number)
    ledger.move(path, number, "start", "", THEN, seen=seen, user="甲")
    with pytest.raises(UserError, match="可能别人刚办理过"):
        ledger.move(path, number, "start", "", THEN, seen=seen, user="乙")
    assert len(ledger.history(path, number)) == 2


def test_who_has_not_seen_what_an_item_says_now_takes_no_step(path: Path, number: int) -> None:
    seen = ledger.item(path, number)
    ledger.edit(path, number, TASK.with_field("leader", "王市长"), seen=TASK, user="甲")
    with pytest.raises(UserError, match="没有办理：别人刚改过第 1 号"):
        ledger.move(path, number, "start", "", THEN, seen=seen, user="乙")
    assert ledger.item(path, number).state is State.OPEN


def test_a_step_seen_in_an_earlier_round_is_not_taken_in_the_next(path: Path, number: int) -> None:
    seen = ledger.item(path, number)
    hand_in(path, number)
    move(path, number, "close")
    move(path, number, "reopen")
    with pytest.raises(UserError, match="可能别人刚办理过"):
        ledger.move(path, number, "start", "", THEN, seen=seen, user="乙")


@pytest.mark.parametrize(("field", "value"), [("subject", "b"), ("region", "r2")])
def test_another_indicator_starts_from_its_own_value(path: Path, number: int, field: str, value: str) -> None:
    other = TASK.with_field(field, value)
    with pytest.raises(ValueError, match="needs its value"):
        ledger.edit(path, number, other, seen=TASK, user="甲")
    ledger.edit(path, number, other, NOW, seen=TASK, user="甲")
    assert (ledger.item(path, number).task, ledger.item(path, number).opened) == (other, NOW)
    assert list(ledger.history(path, number)["reading"]) == [NOW, THEN]


def test_other_words_leave_the_value_at_the_opening(path: Path, number: int) -> None:
    ledger.edit(path, number, TASK.with_field("leader", "王"), NOW, seen=TASK, user="甲")
    assert ledger.item(path, number).opened == THEN
    assert list(ledger.history(path, number)["reading"]) == [None, THEN]


def test_what_a_step_asks_for_must_be_there(path: Path, number: int) -> None:
    move(path, number, "start", comment="")
    with pytest.raises(UserError, match="“报请复评”要写说明"):
        move(path, number, "submit", comment="  ")
    with pytest.raises(UserError, match="佐证材料"):
        move(path, number, "submit")
    with pytest.raises(UserError, match="经办人"):
        ledger.attach(path, number, b"%PDF-1", "纪要.pdf", "", user=" ")
    assert ledger.proofs(path).empty


def test_an_edit_of_what_another_has_changed_is_refused(path: Path, number: int) -> None:
    mine, theirs = TASK.with_field("leader", "王市长"), TASK.with_field("helpers", "市税务局")
    ledger.edit(path, number, theirs, seen=TASK, user="甲")
    with pytest.raises(UserError, match="别人刚改过"):
        ledger.edit(path, number, mine, seen=TASK, user="乙")
    assert ledger.item(path, number).task == theirs
    ledger.edit(path, number, theirs, seen=theirs, user="乙")
    assert list(ledger.history(path, number)["action"]) == ["修改", "列入台账"]


def test_a_closed_item_stays_as_it_is(path: Path, number: int) -> None:
    hand_in(path, number)
    move(path, number, "close")
    with pytest.raises(UserError, match="已销号"):
        ledger.edit(path, number, TASK.with_field("leader", "王"), seen=TASK, user="甲")
    with pytest.raises(UserError, match="已销号"):
        ledger.attach(path, number, b"%PDF-2", "b.pdf", "", user="甲")


def test_items_are_opened_all_or_none(path: Path) -> None:
    bad = TASK.with_field("deadline", "2021-02-30")
    with pytest.raises(UserError, match="整改期限“2021-02-30”不是日期"):
        ledger.open_items(path, [(TASK, THEN), (bad, THEN)], user="甲")
    assert ledger.items(path) == []


def test_what_is_on_the_ledger_already_is_left_out(path: Path, number: int) -> None:
    same, other = TASK.with_field("problem", "开办企业 要跑三趟"), TASK.with_field("owner", "市税务局")
    assert ledger.open_items(path, [(same, THEN), (other, THEN), (other, THEN)], user="乙") == [None, 2, None]
    assert [each.task for each in ledger.items(path)] == [TASK, other]
    hand_in(path, number)
    move(path, number, "close")
    # What is closed may come up again.
    assert ledger.open_items(path, [(same, THEN)], user="乙") == [3]


@pytest.mark.parametrize("table", ["item_event", "item_file"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET user = '丙'", "DELETE FROM {}"])
def test_history_and_proofs_cannot_be_changed(path: Path, number: int, table: str, sql: str) -> None:
    ledger.attach(path, number, b"%PDF-1", "纪要.pdf", "", user="乙")
    with (
        pytest.raises(sqlite3.IntegrityError, match="台账的历史和佐证不能改"),
        writing(path, access.Action.MAINTAIN) as db,
    ):
        db.conn.execute(sql.format(table))
    assert len(ledger.history(path, number)) == 2
    assert list(ledger.proofs(path)["user"]) == ["乙"]


@pytest.mark.parametrize("table", ["item_event", "item_file"])
def test_history_and_proofs_cannot_be_replaced(path: Path, number: int, table: str) -> None:
    ledger.attach(path, number, b"%PDF-1", "纪要.pdf", "", user="乙")
    with connect(path) as db:
        before = db.conn.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
    marks = ", ".join("?" * len(before[0]))
    # Another program's connection fires no trigger for the row that is replaced.
    with pytest.raises(sqlite3.IntegrityError, match="台账的历史和佐证不能改"), sqlite3.connect(path) as db:
        db.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", tuple(before[0]))
    with connect(path) as db:
        assert db.conn.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() == before


def test_there_is_no_item_of_another_number(path: Path) -> None:
    with pytest.raises(UserError, match="台账里没有第 99 号"):
        ledger.item(path, 99)
