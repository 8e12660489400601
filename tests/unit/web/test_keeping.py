"""The running server copies and looks, starts where it can only show, and says in /health how things stand; a restore needs no restart."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from lib.model import UserError
from lib.store import condition as conditions
from lib.store import connect, data_version, migrate
from lib.store.backup import backup, backups
from lib.store.batches import withdraw
from lib.store.condition import Fault, condition, whole
from lib.web import keeping
from lib.web.keeping import begin, copy, look, told
from tests.browser.server import ROOT, serving


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "kept", keeping.Kept())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "duibiao.db"
    migrate(path)
    return path


def test_a_running_server_makes_the_days_copy_and_looks_at_the_file(path, monkeypatch):
    monkeypatch.setattr(keeping, "START_SECONDS", 0)
    monkeypatch.setattr(keeping, "LOOK_SECONDS", 0.01)

    async def run() -> None:
        chore = asyncio.create_task(keeping.keep(path))
        while not keeping.kept.backup_at:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        chore.cancel()

    asyncio.run(asyncio.wait_for(run(), 30))
    assert len(backups(path.parent / "backups")) == 1
    said, status = told(path)
    assert (status, said["status"], said["reason"], said["check"], said["backup"]) == (200, "ok", "", "", "")
    assert said["data_version"] == data_version(path)
    assert said["checked_at"] and said["backup_at"]


def test_damage_is_found_told_and_over_once_the_file_is_mended(path):
    good = path.read_bytes()
    path.write_bytes(good[:8192] + bytes(4096) + good[12288:])
    look(path)
    said, status = told(path)
    assert (status, said["status"]) == (200, "read-only")
    assert said["reason"].startswith("数据库文件已损坏（")
    assert said["check"]
    path.write_bytes(good)
    look(path)
    assert told(path)[0]["status"] == "ok"


def test_a_copy_that_cannot_be_made_is_told(path, monkeypatch):
    (path.parent / "file").write_text("")
    monkeypatch.setenv("DUIBIAO_BACKUPS", str(path.parent / "file"))
    copy(path)
    assert told(path)[0]["backup"].startswith("建不了备份文件夹")
    monkeypatch.delenv("DUIBIAO_BACKUPS")
    copy(path)
    assert told(path)[0]["backup"] == ""


def test_a_server_starts_with_a_file_that_is_no_database_and_says_what_to_do(path, monkeypatch):
    good = path.read_bytes()
    path.write_bytes(b"no database" * 1000)
    begin(path)
    assert condition(path).fault is Fault.DAMAGED
    said, status = told(path)
    assert status == 503
    assert "不是数据库" in str(said["reason"])
    path.write_bytes(good)
    look(path)
    assert told(path)[1] == 200


def test_a_server_that_could_not_migrate_does_when_the_disk_can_be_written(path, monkeypatch):
    with connect(path) as db:
        db.conn.execute("DROP INDEX event_at")
        for trigger in ("event_no_update", "event_no_delete", "event_no_replace"):
            db.conn.execute(f"DROP TRIGGER {trigger}")
        for table in ("login", "account", "attempt", "token"):
            db.conn.execute(f"DROP TABLE {table}")
        for column in ("address", "before", "after"):
            db.conn.execute(f"ALTER TABLE event DROP COLUMN {column}")
        db.conn.execute("PRAGMA user_version = 6")
    with monkeypatch.context() as patch:
        patch.setattr(conditions.os, "access", lambda path, mode: False)
        begin(path)
        look(path)
    look(path)
    with connect(path) as db:
        assert db["login"].exists()
    whole(path)


def test_a_server_does_not_start_with_a_newer_database(path):
    with connect(path) as db:
        db.conn.execute("PRAGMA user_version = 99")
    with pytest.raises(UserError, match="请升级软件"):
        begin(path)


def _health(address: str) -> dict:
    with urllib.request.urlopen(f"{address}/health", timeout=10) as answer:
        return json.load(answer)


def test_a_restore_by_another_process_reaches_a_server_that_runs(seeded, tmp_path):
    path = tmp_path / "duibiao.db"
    path.write_bytes(seeded.read_bytes())
    source = backup(path)
    withdraw(path, 2, user="张三")
    with serving(path) as address:
        before = _health(address)
        environment = {**os.environ, "DUIBIAO_DB": str(path)}
        command = [sys.executable, "-m", "lib", "restore", source.name]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        after = _health(address)
    assert (before["status"], after["status"]) == ("ok", "ok")
    assert f"数据版本 {after['data_version']}" in done.stdout
    assert before["data_version"] != after["data_version"]
