"""Copies: whole and of one moment, put back by value, refused when they are none; a migration is preceded by one."""

from __future__ import annotations

import shutil
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils.db import sqlite3

from lib.model import UserError
from lib.model.access import Action
from lib.store import connect, copying, data_version, database, migrate, writing
from lib.store.backup import backup, backups, daily, prune, restore
from lib.store.batches import batches, current
from lib.store.copying import check, read_name
from lib.store.events import events
from lib.store.integrity import misshapen
from lib.store.schema import MIGRATIONS

ONE = {("r1", "a", "2020"): 1.0}
TWO = {("r1", "a", "2020"): 2.0, ("r2", "b", "2021"): 3.0}


def files(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def test_a_backup_has_everything_and_says_so_in_its_name_and_in_the_trail(path, put, standing):
    put(TWO)
    made = backup(path, user="张三")
    copy = read_name(made)
    assert (copy.stem, copy.version, copy.reason) == ("duibiao", data_version(path), "hand")
    assert abs(copy.moment - datetime.now(UTC)) < timedelta(minutes=1)
    assert made.parent == path.parent / "backups"
    assert current(made).equals(current(path))
    last = events(path).iloc[0]
    assert (last["user"], last["action"], last["subject"]) == ("张三", "备份", made.name)
    # One file, without a journal of its own beside it.
    assert [each.path for each in backups(made.parent)] == [made]


def test_the_folder_is_beside_the_database_or_where_the_environment_says(path, tmp_path, monkeypatch):
    monkeypatch.setenv("DUIBIAO_BACKUPS", str(tmp_path / "elsewhere"))
    assert backup(path).parent == tmp_path / "elsewhere"
    assert backup(path, tmp_path / "third").parent == tmp_path / "third"


def test_a_copy_made_while_others_write_is_of_one_moment(path, put):
    stop = threading.Event()

    def write() -> None:
        for i in range(10_000):
            if stop.is_set():
                return
            put({("r1", "a", str(1000 + i)): 1.0, ("r2", "b", str(1000 + i)): 1.0}, f"{i}.csv")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup(path) for _ in range(8)]
    finally:
        stop.set()
        writer.join()
    sizes = []
    for each in made:
        check(each)
        found, values = batches(each), current(each)
        assert len(values) == found["rows"].sum() == 2 * len(found)
        sizes.append(len(found))
    assert sizes == sorted(sizes)


def test_a_copy_that_lacks_rows_is_not_kept(path, put, monkeypatch):
    put(ONE)
    counted = copying.counts
    calls = iter((1, 0))
    monkeypatch.setattr(
        copying, "counts", lambda db: {**counted(db), "observation": counted(db)["observation"] + next(calls)}
    )
    with pytest.raises(UserError, match="行数不一致"):
        backup(path)
    assert files(path.parent / "backups") == set()


def test_a_backup_without_room_is_refused_and_leaves_nothing(path, monkeypatch):
    monkeypatch.setattr("lib.store.condition.shutil.disk_usage", lambda folder: shutil._ntuple_diskusage(1, 1, 2**20))
    with pytest.raises(UserError, match=r"磁盘空间不够：.* 需要 8 MB，只剩 1 MB"):
        backup(path)
    assert files(path.parent / "backups") == set()


def test_restoring_brings_back_every_value_closes_sessions_and_keeps_what_stood(path, put, standing):
    put(ONE)
    with writing(path, Action.MAINTAIN) as db:
        account = {
            "name": "a",
            "person": "甲",
            "department": "",
            "secret": "s",
            "role": "admin",
            "must_change": 0,
            "disabled": 0,
        }
        db["account"].insert(account | {"created_at": "t", "changed_at": "t"})
        times = dict.fromkeys(("created_at", "seen_at", "expires_at", "address", "agent"), "")
        db["login"].insert({"key": "k", "account": "a", **times})
    source, old = backup(path), data_version(path)
    put(TWO, "b.csv")
    before, later = data_version(path), current(path)
    done = restore(path, source, user="张三")
    assert standing() == ONE
    assert done.version == data_version(path) not in (old, before)
    assert current(done.aside).equals(later)
    assert read_name(done.aside).reason == "restore"
    last = events(path).iloc[0]
    assert last[["user", "action", "subject", "before", "after"]].tolist() == [
        "张三",
        "恢复备份",
        source.name,
        before,
        done.version,
    ]
    with connect(path) as db:
        assert (db["login"].count, db["account"].count) == (0, 1)
    put(TWO, "b.csv")
    assert standing() == TWO
    # Numbers that were given go on where the backup left off.
    assert batches(path)["id"].tolist() == [2, 1]


def test_a_reader_of_before_and_a_writer_after_meet_a_whole_database(path, put, standing):
    put(ONE)
    source = backup(path)
    put(TWO, "b.csv")
    with connect(path) as reader:
        reader.conn.execute("BEGIN")
        assert reader.conn.execute("SELECT count(*) FROM observation").fetchone()[0] == 3
        restore(path, source)
        assert reader.conn.execute("SELECT count(*) FROM observation").fetchone()[0] == 3
    assert standing() == ONE


@pytest.mark.parametrize("ruin", ["torn", "text", "empty", "gone"])
def test_a_damaged_database_is_replaced_and_kept_as_it_is(path, put, standing, ruin):
    put(ONE)
    source = backup(path)
    if ruin == "gone":
        path.unlink()
    else:
        whole = path.read_bytes()
        spoilt = {"torn": whole[:4096] + bytes(len(whole) - 4096), "text": b"text" * 5000, "empty": b""}[ruin]
        path.write_bytes(spoilt)
    Path(f"{path}-journal").write_bytes(b"journal of another")
    done = restore(path, source)
    assert standing() == ONE
    assert files(path.parent) == {"duibiao.db", "backups"}
    if ruin == "gone":
        assert done.aside is None
    else:
        assert (done.aside / "duibiao.db").read_bytes() == spoilt


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")


def _other(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE other (a)")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.unlink(), "没有备份文件"),
        (lambda path: path.write_text("不是" * 3000), "不是数据库"),
        (lambda path: path.write_bytes(path.read_bytes()[:40_000]), "损坏"),
        (_newer, f"数据库版本 99 比本软件（{len(MIGRATIONS)}）新"),
        (_other, "不是对标台的数据库"),
    ],
)
def test_what_is_no_good_backup_is_refused_and_nothing_changes(path, put, standing, spoil, said):
    put(ONE)
    source = backup(path)
    before = data_version(path)
    spoil(source)
    with pytest.raises(UserError, match=said):
        restore(path, source)
    assert (standing(), data_version(path)) == (ONE, before)


def old_database(path: Path) -> None:
    """A database of the first version, with a measure and a county."""
    with closing(sqlite3.connect(path)) as db, db:
        for statement in MIGRATIONS[0]:
            db.execute(statement)
        db.execute("PRAGMA user_version = 1")
        db.execute("INSERT INTO region VALUES ('old', 'old', 'old', '', '', '', '')")


def test_a_backup_of_an_older_version_is_brought_up_to_date(path, tmp_path):
    old = tmp_path / "old.db"
    old_database(old)
    restore(path, old)
    assert migrate(path) == len(MIGRATIONS)
    with connect(path) as db:
        assert [row[0] for row in db.conn.execute("SELECT code FROM region")] == ["old"]
    assert misshapen(path) == []


def test_a_migration_is_preceded_by_a_copy(tmp_path):
    path = tmp_path / "duibiao.db"
    old_database(path)
    migrate(path)
    (made,) = backups(tmp_path / "backups")
    assert (made.reason, check(made.path)) == ("migration", 1)
    migrate(path)
    assert len(backups(tmp_path / "backups")) == 1


def test_a_new_database_needs_no_copy(path):
    assert not (path.parent / "backups").exists()


def test_a_migration_without_a_copy_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "duibiao.db"
    old_database(path)
    (tmp_path / "occupied").write_text("")
    monkeypatch.setenv("DUIBIAO_BACKUPS", str(tmp_path / "occupied"))
    with pytest.raises(
        UserError, match=r"要从第 1 版升级到第 \d+ 版，升级前备份不成，没有升级：备份写不进 .*DUIBIAO_BACKUPS"
    ):
        migrate(path)
    assert check(path) == 1


def test_the_daily_copy_is_made_once_a_day_and_the_latest_good_one_is_never_taken_away(path, monkeypatch):
    made = daily(path)
    assert read_name(made).reason == "daily"
    assert daily(path) is None
    folder = made.parent
    # Twenty days of three months ago: the days, weeks and months that have none do not count.
    for day in range(1, 21):
        shutil.copy(made, folder / f"duibiao_202601{day:02d}T000000.000000Z_1_daily.db")
    shutil.copy(made, folder / "other_20260101T000000.000000Z_1_daily.db")
    (folder / "note.txt").write_text("")
    latest = folder / "duibiao_20260301T000000.000000Z_1_daily.db"
    latest.write_bytes(made.read_bytes())
    made.write_bytes(b"torn")
    with pytest.raises(UserError, match="损坏"):
        prune(path, folder)
    assert len(backups(folder)) == 23
    made.unlink()
    assert latest not in prune(path, folder)
    left = {each.path.name[8:16] for each in backups(folder) if each.stem == "duibiao"}
    # Seven days with a copy (March 1st, January 15th to 20th), the last of each week: 4th, 11th, 18th, 20th.
    assert left == {"20260301", "20260104", "20260111", *(f"202601{day}" for day in range(15, 21))}
    assert (folder / "other_20260101T000000.000000Z_1_daily.db").exists()


def test_a_copy_that_was_killed_is_swept_away_later(path, monkeypatch):
    folder = path.parent / "backups"
    folder.mkdir()
    part = folder / ".duibiao-1-1.part"
    part.write_bytes(b"half")
    backup(path)
    assert part.exists()
    monkeypatch.setattr(copying, "LEFT_OVER_SECONDS", -1)
    backup(path)
    assert not part.exists()


def test_a_backup_gives_up_on_a_database_that_stays_locked(path, monkeypatch):
    monkeypatch.setattr(copying, "WAIT_SECONDS", 0)
    look = copying.patience()
    look(sqlite3.SQLITE_OK, 1, 1)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        look(sqlite3.SQLITE_BUSY, 1, 1)


def test_the_journal_is_the_safe_one(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "WAL_SAFE_FROM", (99, 0, 0))
    migrate(tmp_path / "d.db")
    backup(tmp_path / "d.db")
    restore(tmp_path / "d.db", backups(tmp_path / "backups")[0].path)
    with connect(tmp_path / "d.db") as db:
        assert db.conn.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
