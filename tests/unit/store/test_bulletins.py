"""Papers in the store: drafts that two people write in, numbers that go out once, issued ones that never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils.db import sqlite3

from lib.model import UserError
from lib.model.access import Action
from lib.model.bulletin import Content, Edit, Figure, Paper, Paperwork, Paragraph, Section, worded
from lib.store import bulletins as store
from lib.store import connect, data_version, events, files, writing

START = Content("2026-11-23", framework="pds-2020", period="2020-Q4")
PAPER = Paper(
    Paperwork.WORK,
    63,
    date(2026, 11, 23),
    "监督局",
    "关于整改的通报",
    (Section("一、总体情况", (Paragraph("city", "位次", "第9名。"), Paragraph("more-0", "补充", ""))),),
    "甲",
    "乙",
    (Figure("9名", 9.0, "名", "位次", "2019年", "文件", "fact:F1"),),
    ("10千伏",),
)


def begin(path: Path, kind: Paperwork = Paperwork.WORK) -> int:
    return store.create(path, kind, START, user="张三")


def content(path: Path, number: int) -> Content:
    return next(each.content for each in store.drafts(path) if each.id == number)


def test_a_draft_comes_back_as_it_was_kept(path: Path) -> None:
    version = data_version(path)
    number = begin(path)
    changes = {"number": 70, "weak": ("tax",), "appendix": False, "edit:city": Edit("第10名。", "第9名。")}
    store.save(path, number, changes, START, user="张三")
    (draft,) = store.drafts(path)
    assert (draft.id, draft.kind, draft.created_by) == (number, Paperwork.WORK, "张三")
    assert draft.content == replace(
        START, number=70, weak=("tax",), appendix=False, edits={"city": Edit("第10名。", "第9名。")}
    )
    assert data_version(path) == version


def test_two_people_in_different_paragraphs_both_keep_theirs(path: Path) -> None:
    number = begin(path)
    store.save(path, number, {"edit:city": Edit("甲写的", "")}, START, user="甲")
    store.save(path, number, {"edit:ledger": Edit("乙写的", "")}, START, user="乙")
    assert {key: edit.text for key, edit in content(path, number).edits.items()} == {
        "city": "甲写的",
        "ledger": "乙写的",
    }


def test_two_people_in_the_same_paragraph_the_second_is_refused_and_nothing_is_lost(path: Path) -> None:
    number = begin(path)
    store.save(path, number, {"edit:city": Edit("甲写的", "")}, START, user="甲")
    with pytest.raises(UserError, match="别人刚改过"):
        store.save(path, number, {"edit:city": Edit("乙写的", ""), "number": 99}, START, user="乙")
    assert content(path, number).edits["city"].text == "甲写的"
    assert content(path, number).number is None
    # What stands is taken away again by who has seen it.
    store.save(path, number, {"edit:city": None}, content(path, number), user="乙")
    assert content(path, number).edits == {}


def test_nothing_goes_out_without_a_number(path: Path) -> None:
    number = begin(path)
    with pytest.raises(UserError, match="没有印发：要写明期号"):
        store.issue(path, number, replace(PAPER, number=None), b"docx", seen=START, user="李四")
    assert store.issued(path).empty and len(store.drafts(path)) == 1


def test_what_is_issued_is_frozen_with_its_file(path: Path) -> None:
    number = begin(path)
    written = worded(PAPER, {"city": Edit("第10名。", "第9名。"), "title": Edit("新题", "")})
    store.issue(path, number, written, b"docx", seen=START, user="李四")
    row = store.issued(path).iloc[0]
    assert list(store.issued(path).columns) == [
        "id",
        "kind",
        "number",
        "day",
        "title",
        "issued_at",
        "issued_by",
        "sha256",
    ]
    assert (row["kind"], row["number"], row["day"], row["title"], row["issued_by"]) == (
        "work",
        63,
        "2026-11-23",
        "新题",
        "李四",
    )
    assert store.issued_paper(path, number) == written
    assert files.content(path, row["sha256"]) == b"docx"
    assert store.drafts(path) == []
    for change in (
        lambda: store.save(path, number, {"number": 1}, START, user="张三"),
        lambda: store.drop(path, number, user="张三"),
        lambda: store.issue(path, number, written, b"x", seen=START, user="张三"),
    ):
        with pytest.raises(UserError, match="可能已经印发或者作废"):
            change()
    assert "印发工作通报" in set(events.events(path)["action"])


def test_a_number_goes_out_once_in_its_series(path: Path) -> None:
    first, second, week = begin(path), begin(path), begin(path, Paperwork.WEEK)
    store.issue(path, first, PAPER, b"1", seen=START, user="李四")
    with pytest.raises(UserError, match="第63期已经由李四印发，请换一个期号"):
        store.issue(path, second, PAPER, b"2", seen=START, user="张三")
    store.issue(path, week, replace(PAPER, kind=Paperwork.WEEK), b"3", seen=START, user="张三")
    store.issue(path, second, replace(PAPER, number=64), b"2", seen=START, user="张三")
    assert sorted(store.issued(path)["number"]) == [63, 63, 64]


def test_issuing_asks_for_a_name_and_for_the_latest_content(path: Path) -> None:
    number = begin(path)
    with pytest.raises(UserError, match="经办人"):
        store.issue(path, number, PAPER, b"1", seen=START, user=" ")
    store.save(path, number, {"number": 70}, START, user="甲")
    with pytest.raises(UserError, match="请看过最新内容再印发"):
        store.issue(path, number, PAPER, b"1", seen=START, user="乙")
    assert store.issued(path).empty


def test_a_dropped_draft_is_out_of_use(path: Path) -> None:
    number = begin(path)
    with pytest.raises(UserError, match="经办人"):
        store.drop(path, number, user="")
    store.drop(path, number, user="张三")
    assert store.drafts(path) == []
    with pytest.raises(UserError):
        store.issued_paper(path, number)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE bulletin SET content = '{}' WHERE state = 'issued'",
        "UPDATE bulletin SET state = 'draft'",
        "UPDATE OR REPLACE bulletin SET id = 1 WHERE id = 2",
        "DELETE FROM bulletin",
        "INSERT OR REPLACE INTO bulletin SELECT 1, kind, state, number, day, content, created_at, created_by, changed_at, "
        "issued_at, issued_by, sha256 FROM bulletin WHERE id = 2",
    ],
)
def test_what_was_issued_cannot_be_changed_in_the_database(path: Path, sql: str) -> None:
    number, other = begin(path), begin(path)
    assert (number, other) == (1, 2)
    store.issue(path, number, PAPER, b"docx", seen=START, user="张三")
    with pytest.raises(sqlite3.IntegrityError, match="印发的通报不能改"), sqlite3.connect(path) as db:
        db.execute(sql)
    with connect(path) as db:
        assert db.conn.execute("SELECT id, state FROM bulletin ORDER BY id").fetchall() == [(1, "issued"), (2, "draft")]
    assert store.issued_paper(path, number) == PAPER
    # A draft beside it may still be changed, dropped and deleted.
    store.drop(path, other, user="张三")
    with writing(path, Action.MAINTAIN) as db:
        db.conn.execute("DELETE FROM bulletin WHERE id = 2")
