"""A whole copy of a database: taken from one moment, compared with it by value, and in its place only when it is on the disk."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils.db import sqlite3

from lib.model import UserError
from lib.store.condition import room_for
from lib.store.schema import MIGRATIONS

STEP_PAGES = 2_000
WAIT_SECONDS = 30
LEFT_OVER_SECONDS = 3600
_MOMENT = "%Y%m%dT%H%M%S.%fZ"
_NAME = re.compile(
    r"(?P<stem>.+)_(?P<moment>\d{8}T\d{6}\.\d{6}Z)_(?P<version>[\w-]+)_(?P<reason>daily|hand|migration|restore)\.db"
)


@dataclass(frozen=True)
class Copy:
    """A backup by its name: of which database, from which moment (UTC), with which data version, and what it was made for
    (daily, hand, migration, restore)."""

    path: Path
    stem: str
    moment: datetime
    version: str
    reason: str


def read_name(path: Path) -> Copy | None:
    """What a file's name says; None for a file that is no backup."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    moment = datetime.strptime(found["moment"], _MOMENT).replace(tzinfo=UTC)
    return Copy(path, found["stem"], moment, found["version"], found["reason"])


def copy_to(db: sqlite3.Connection, path: Path, folder: Path, reason: str) -> Copy:
    """Copies what is committed in the database at `path`, through this connection, into the folder. UserError when it cannot be
    done or when the copy is not whole: then there is no new file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _copied(db, path, folder, reason)
    except OSError as error:
        raise UserError(
            f"备份写不进 {folder}（{error.strerror}）：请检查磁盘空间和权限，或用 DUIBIAO_BACKUPS 另指一个文件夹"
        ) from error
    except sqlite3.Error as error:
        raise UserError(f"备份做不了（{error}）：请检查 {folder} 的磁盘空间，再运行 python -m lib check") from error


def _copied(db: sqlite3.Connection, path: Path, folder: Path, reason: str) -> Copy:
    part = folder / f".{path.stem}-{os.getpid()}-{time.monotonic_ns()}.part"
    db.execute("BEGIN")
    try:
        counted = counts(db)
        room_for(folder, db.execute("PRAGMA page_count").fetchone()[0] * db.execute("PRAGMA page_size").fetchone()[0])
        with closing(sqlite3.connect(part)) as made:
            db.backup(made, pages=STEP_PAGES, progress=patience(), sleep=0.05)
            made.execute("PRAGMA journal_mode = DELETE")
        check(part, counted)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        moment = datetime.now(UTC)
        target = folder / f"{path.stem}_{moment.strftime(_MOMENT)}_{version_of(part)}_{reason}.db"
        part.replace(target)
        keep_names(folder)
    finally:
        db.rollback()
        for left in (part, part.with_name(f"{part.name}-journal")):
            left.unlink(missing_ok=True)
    return Copy(target, path.stem, moment, version_of(target), reason)


def patience() -> Callable[[int, int, int], None]:
    """For a copy's progress: gives up when it has met a locked database for too long."""
    until = time.monotonic() + WAIT_SECONDS

    def look(status: int, remaining: int, total: int) -> None:
        nonlocal until
        if status == sqlite3.SQLITE_OK:
            until = time.monotonic() + WAIT_SECONDS
        elif time.monotonic() > until:
            raise sqlite3.OperationalError("database is locked")

    return look


def sealed_address(path: Path) -> str:
    """The address by which a file that nobody writes is opened without a trace beside it; what lies in a journal beside it counts."""
    beside = any(path.with_name(path.name + end).exists() for end in ("-wal", "-journal"))
    return f"{path.resolve().as_uri()}?{'mode=ro' if beside else 'immutable=1'}"


def _sealed(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(sealed_address(path), uri=True)


def version_of(path: Path) -> str:
    """The data version in a file; 0 where it has none."""
    with closing(_sealed(path)) as db:
        if "meta" not in tables(db):
            return "0"
        return str(db.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()[0])


def tables(db: sqlite3.Connection) -> list[str]:
    """The names of all tables."""
    return [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables(db)}


def check(path: Path, counted: dict[str, int] | None = None) -> int:
    """The schema version of a backup that is whole. UserError when it is no database of ours, damaged, of a newer schema, or has
    other numbers of rows than were counted."""
    if not path.is_file():
        raise UserError(f"没有备份文件 {path}：请运行 python -m lib backups 查看有哪些")
    try:
        with closing(_sealed(path)) as db:
            torn = [row[0] for row in db.execute("PRAGMA integrity_check(5)").fetchall() if row[0] != "ok"]
            lost = db.execute("PRAGMA foreign_key_check").fetchone()
            at = db.execute("PRAGMA user_version").fetchone()[0]
            found = counts(db)
    except sqlite3.Error as error:
        raise UserError(f"{path} 不是数据库，或者已经损坏（{error}）：请换一个备份") from error
    if torn or lost:
        raise UserError(
            f"{path} 已经损坏（{torn[0] if torn else f'{lost[0]} 引用了不存在的 {lost[2]}'}）：请换一个备份"
        )
    if at > len(MIGRATIONS):
        raise UserError(f"{path} 的数据库版本 {at} 比本软件（{len(MIGRATIONS)}）新：请升级软件，或换一个旧备份")
    if counted is None and (at < 1 or "meta" not in found):
        raise UserError(f"{path} 不是对标台的数据库：请换一个备份")
    if counted is not None and found != counted:
        raise UserError(f"{path} 与原数据库的行数不一致，备份没有完成：请再试一次")
    return int(at)


def keep_names(folder: Path) -> None:
    """Puts a folder's new names on the disk, where the system can."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def sweep(folder: Path) -> None:
    """Takes away what a copy that was killed has left: parts that nobody has written to for an hour."""
    for part in folder.glob(".*.part*"):
        if abs(time.time() - part.stat().st_mtime) > LEFT_OVER_SECONDS:
            part.unlink(missing_ok=True)
