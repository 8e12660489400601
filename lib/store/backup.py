"""Copies of the database: made while it is written, kept for so long, put back in one step under a running server."""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlite_utils
from sqlite_utils.db import sqlite3

from lib.model import UserError
from lib.model.access import Action
from lib.store.condition import refuse_barrier, room_for, whole
from lib.store.copying import Copy, check, copy_to, keep_names, read_name, sealed_address, sweep
from lib.store.database import (
    BUSY_SECONDS,
    backup_folder,
    bump,
    connect,
    data_version,
    is_damage,
    journal,
    schema_version,
    upgrade,
    writing,
)
from lib.store.events import record
from lib.store.retention import due, kept

SYSTEM = "系统"
SPECIAL = ("migration", "restore")
_LOG = logging.getLogger("duibiao")
_BESIDE = ("-wal", "-journal", "-shm")


@dataclass(frozen=True)
class Restored:
    """What a restore did: where the database of before is kept, and the data version from now on."""

    aside: Path | None
    version: str


def backup(path: Path, folder: Path | None = None, *, user: str = SYSTEM, reason: str = "hand") -> Path:
    """A checked copy of the database as it stands at one moment, also while others write; its path. A database that can only be read
    is copied too. UserError when it cannot be done or the database is not whole."""
    folder = folder or backup_folder(path)
    with connect(path) as db:
        made = copy_to(db.conn, path, folder, reason).path
    sweep(folder)
    try:
        with writing(path, Action.MAINTAIN) as db:
            record(db, user, "备份", made.name)
    except UserError as error:
        _LOG.warning("backup %s is not in the trail: %s", made.name, error)
    return made


def backups(folder: Path) -> list[Copy]:
    """The copies in a folder, latest first; other files are left out."""
    found = [read_name(path) for path in folder.glob("*.db")] if folder.is_dir() else []
    return sorted(filter(None, found), key=lambda copy: copy.moment, reverse=True)


def latest(path: Path) -> str:
    """The moment (UTC) of this database's last copy in its folder that was made by the day or by hand; "" for none."""
    moments = [copy.moment for copy in _own(path, backup_folder(path)) if copy.reason not in SPECIAL]
    return f"{max(moments):%Y-%m-%dT%H:%M:%SZ}" if moments else ""


def daily(path: Path) -> Path | None:
    """The day's copy, where there is none of the last 24 hours and no other server makes it; then takes away what need not be kept.
    Returns the copy, None when it was not its time."""
    folder = backup_folder(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"建不了备份文件夹 {folder}（{error.strerror}）：请检查权限，或用 DUIBIAO_BACKUPS 另指一个文件夹"
        ) from error
    with _alone(folder) as alone:
        moments = [copy.moment for copy in _own(path, folder) if copy.reason not in SPECIAL]
        if not alone or not due(moments, datetime.now(UTC)):
            return None
        made = backup(path, folder, reason="daily")
        prune(path, folder)
    return made


def prune(path: Path, folder: Path) -> list[Path]:
    """Takes away the copies of this database that need not be kept, provided that the latest one is whole; returns them."""
    copies = _own(path, folder)
    if not copies:
        return []
    check(copies[0].path)
    special = {copy.moment for copy in copies if copy.reason in SPECIAL}
    keep = kept({copy.moment for copy in copies} - special, special, datetime.now(UTC))
    gone = [copy.path for copy in copies[1:] if copy.moment not in keep]
    for each in gone:
        each.unlink(missing_ok=True)
    return gone


def restore(path: Path, source: Path, *, user: str = SYSTEM) -> Restored:
    """Puts a backup in the database's place, brought up to date, with everybody logged out; wholly or not at all.

    A server goes on with the restored data by itself. What stood before is kept in the backup folder: as a backup where it is whole, else
    the file as it is. UserError, and nothing has changed, when the backup is damaged or of a newer schema, or there is no room.
    """
    refuse_barrier(path)
    check(source)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
        room_for(path.parent, 2 * source.stat().st_size)
        done = _in_place(path, source, user) if _sound(path) else _anew(path, source, user)
    except OSError as error:
        raise UserError(f"没有恢复，数据库没有改变（{error.strerror}）：请检查磁盘空间和权限") from error
    except sqlite3.Error as error:
        raise UserError(f"没有恢复，数据库没有改变（{error}）：可能有人正在发布，或磁盘满了，请稍后再试") from error
    whole(path)
    return done


def _own(path: Path, folder: Path) -> list[Copy]:
    return [copy for copy in backups(folder) if copy.stem == path.stem]


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else is at this folder's daily work; ends with the process, however that ends."""
    with closing(sqlite3.connect(folder / ".lock", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
            return
        yield True


def _sound(path: Path) -> bool:
    """Whether the database is there and whole, so that its content can be changed by a transaction."""
    if not path.exists():
        return False
    try:
        with closing(_opened(path)) as db:
            torn = db.conn.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok"
            return (
                not torn and db.conn.execute("PRAGMA foreign_key_check").fetchone() is None and schema_version(db) > 0
            )
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return False
        raise


def _opened(path: Path) -> sqlite_utils.Database:
    conn = sqlite3.connect(path.resolve().as_uri(), uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    return sqlite_utils.Database(conn)


def _in_place(path: Path, source: Path, user: str) -> Restored:
    """Changes the content in one transaction; the copy of what stood before is made while nobody else can write."""
    with closing(_opened(path)) as db:
        with _filling(db, source):
            with connect(path) as present:
                aside = copy_to(present.conn, path, backup_folder(path), "restore").path
            _fill(db)
            _close_and_record(db, source, aside, user, data_version(path))
        return Restored(aside, data_version(path))


def _anew(path: Path, source: Path, user: str) -> Restored:
    """Puts a new file in the place of one that is damaged or gone; nothing that lies beside the old one is left to be mixed in."""
    aside = _set_aside(path)
    part = path.parent / f".{path.stem}-{os.getpid()}-{time.monotonic_ns()}.part"
    try:
        with closing(_opened(part)) as db:
            journal(db)
            with _filling(db, source):
                _fill(db)
                _close_and_record(db, source, aside, user, "")
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        for end in _BESIDE:
            path.with_name(path.name + end).unlink(missing_ok=True)
        part.replace(path)
        keep_names(path.parent)
    finally:
        for left in (part, *(part.with_name(part.name + end) for end in _BESIDE)):
            left.unlink(missing_ok=True)
    return Restored(aside, data_version(path))


def _set_aside(path: Path) -> Path | None:
    """Copies the damaged file with what lies beside it, as they are, into a folder of their own; None when there is no file."""
    if not path.exists():
        return None
    folder = backup_folder(path) / f"damaged_{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
    found = [each for each in (path, *(path.with_name(path.name + end) for end in _BESIDE)) if each.exists()]
    folder.mkdir(parents=True)
    room_for(folder, sum(each.stat().st_size for each in found))
    for each in found:
        shutil.copy2(each, folder)
    return folder


@contextmanager
def _filling(db: sqlite_utils.Database, source: Path) -> Iterator[None]:
    """One transaction with the backup attached; nobody else writes meanwhile."""
    db.conn.execute("ATTACH ? AS kept", (sealed_address(source),))
    db.conn.execute("PRAGMA foreign_keys = OFF")
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.rollback()
        raise


def _fill(db: sqlite_utils.Database) -> None:
    """Takes everything out and puts everything of the backup in, brought up to date."""
    for kind in ("trigger", "view", "index", "table"):
        for name, _ in _objects(db, "main", kind):
            db.conn.execute(f'DROP {kind} main."{name}"')
    for name, sql in _objects(db, "kept", "table"):
        db.conn.execute(sql)
        db.conn.execute(f'INSERT INTO main."{name}" SELECT * FROM kept."{name}"')
    if db.conn.execute("SELECT 1 FROM kept.sqlite_schema WHERE name = 'sqlite_sequence'").fetchone():
        db.conn.execute("DELETE FROM main.sqlite_sequence")
        db.conn.execute("INSERT INTO main.sqlite_sequence SELECT * FROM kept.sqlite_sequence")
    for kind in ("index", "view", "trigger"):
        for _, sql in _objects(db, "kept", kind):
            db.conn.execute(sql)
    at = db.conn.execute("PRAGMA kept.user_version").fetchone()[0]
    db.conn.execute(f"PRAGMA main.user_version = {at}")
    upgrade(db)
    if db.conn.execute("PRAGMA main.foreign_key_check").fetchone() is not None:
        raise UserError("备份里有引用不到的记录，没有恢复：请换一个备份")


def _objects(db: sqlite_utils.Database, place: str, kind: str) -> list[tuple[str, str]]:
    """Name and definition of a database's own tables, indexes, views or triggers, in the order in which they were made."""
    sql = (
        f"SELECT name, sql FROM {place}.sqlite_schema "
        "WHERE type = ? AND sql IS NOT NULL AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY rowid"
    )
    return db.conn.execute(sql, (kind,)).fetchall()


def _close_and_record(db: sqlite_utils.Database, source: Path, aside: Path | None, user: str, before: str) -> None:
    """Nobody stays logged in, no cache lives on, and the trail says what was done."""
    db.conn.execute("DELETE FROM login")
    bump(db)
    after = str(db.conn.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()[0])
    detail = f"恢复前的数据库存为 {aside.name}" if aside else "恢复前没有数据库"
    record(db, user, "恢复备份", source.name, detail, before=before, after=after)
