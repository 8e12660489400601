"""What keeps the database from being written, what is said about it, and that it ends by itself."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils.db import sqlite3

from lib.model import UserError
from lib.model.access import Action
from lib.store import condition as conditions
from lib.store import connect, writing
from lib.store.batches import changes_if_withdrawn
from lib.store.condition import Fault, condition, whole
from lib.store.integrity import examine, misshapen, spoiled

ONE = {("r1", "a", "2020"): 1.0}


@pytest.fixture
def readonly(monkeypatch):
    """Makes the disk look read-only; gives the way back."""
    patch = pytest.MonkeyPatch()
    patch.setattr(conditions.os, "access", lambda path, mode: False)
    yield patch.undo
    patch.undo()


@pytest.fixture
def full():
    patch = pytest.MonkeyPatch()
    patch.setattr(conditions.shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(1, 1, 3 * 2**20))
    yield patch.undo
    patch.undo()


def test_a_whole_database_has_no_fault(path):
    assert (condition(path).fault, condition(path).writable, str(condition(path))) == (None, True, "")


def test_a_read_only_disk_refuses_changes_until_it_is_not(path, put, standing, readonly):
    assert condition(path).fault is Fault.LOCKED
    with pytest.raises(UserError, match=r"现在只能看，不能保存：数据库文件 duibiao.db 是只读的。没有写进任何内容"):
        put(ONE)
    assert standing() == {}
    readonly()
    put(ONE)
    assert standing() == ONE


def test_a_full_disk_refuses_changes_until_there_is_room(path, put, standing, full):
    assert str(condition(path)) == "磁盘满了（只剩 3.0 MB）。请管理员腾出空间，至少 8 MB，腾出后自动恢复"
    with pytest.raises(UserError, match="磁盘满了"):
        put(ONE)
    full()
    put(ONE)
    assert standing() == ONE


def test_what_a_change_would_do_is_shown_all_the_same(path, put, standing, request):
    put(ONE)
    wanted = changes_if_withdrawn(path, 1)
    request.getfixturevalue("readonly")
    assert changes_if_withdrawn(path, 1).equals(wanted)
    assert standing() == ONE


def test_a_torn_page_is_found_told_and_forgotten_once_mended(path, put, standing):
    put(ONE)
    good = path.read_bytes()
    assert examine(path) == []
    path.write_bytes(good[:8192] + bytes(4096) + good[12288:])
    assert examine(path)
    assert condition(path).fault is Fault.DAMAGED
    with pytest.raises(UserError, match=r"数据库文件已损坏（Tree \d+.*python -m lib restore"):
        put(ONE, "b.csv")
    path.write_bytes(good)
    assert examine(path) == []
    put(ONE, "b.csv")


def test_a_page_that_meets_damage_says_so_in_plain_words(path, put):
    put(ONE)
    good = path.read_bytes()
    path.write_bytes(good[:8192] + bytes(len(good) - 8192))
    with pytest.raises(UserError, match="已经损坏"), connect(path) as db:
        for name in db.table_names():
            db.conn.execute(f'SELECT * FROM "{name}"').fetchall()
    assert condition(path).fault is Fault.DAMAGED
    whole(path)


def test_a_missing_trigger_is_told_and_hinders_nobody(path, put, standing):
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER event_no_delete")
        db.execute("DROP TABLE tally")
        db.execute("ALTER TABLE deck ADD COLUMN more TEXT")
    wanted = ["缺少表 tally", "缺少触发器 event_no_delete", "表 deck 被改过"]
    assert misshapen(path) == examine(path) == wanted
    assert (condition(path).fault, condition(path).writable) == (Fault.AMISS, True)
    assert str(condition(path)) == "数据库检查发现问题（缺少表 tally）。请管理员运行 python -m lib check 查看全部"
    put(ONE)
    assert standing() == ONE


def test_a_lost_reference_is_told(path):
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO milestone (target, due, user, at) VALUES ('none', 'd', 'u', 'a')")
    assert examine(path) == ["milestone 第 1 行引用了不存在的 target"]
    assert condition(path).writable


def test_an_older_version_is_told(path):
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    assert misshapen(path)[0].startswith("数据库版本 99 不是本软件的版本")


def test_a_kept_file_that_has_changed_is_told(path):
    with writing(path, Action.MAINTAIN) as db:
        db["file"].insert({"sha256": "0" * 64, "size": 1, "created_at": "t", "content": b"x"})
    assert spoiled(path) == ["文件 000000000000 的内容与存入时不同"]


def test_a_database_that_is_not_there_is_no_damage(tmp_path: Path):
    with pytest.raises(UserError, match="还没有数据库"):
        examine(tmp_path / "none.db")
    assert condition(tmp_path / "none.db").fault is None
