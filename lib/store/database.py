"""Opening the database: one file, one connection a call, one BEGIN IMMEDIATE transaction a change."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path

import pandas as pd
import sqlite_utils
from sqlite_utils.db import sqlite3

from lib.model import UserError
from lib.model.access import Action
from lib.store.condition import condition, damaged, refuse
from lib.store.copying import copy_to
from lib.store.schema import MIGRATIONS

ROOT = Path(__file__).resolve().parents[2]
BUSY_SECONDS = 30
FETCH = 100_000
# Before this release a reset of the write-ahead log could corrupt the file.
WAL_SAFE_FROM = (3, 51, 3)


def _anything(asked: str) -> None:
    """Nobody is asked."""


_permit: Callable[[Action], None] = _anything
_own: Callable[[str], None] = _anything


def default_path() -> Path:
    """DUIBIAO_DB, or var/duibiao.db in the project's folder."""
    return Path(os.environ.get("DUIBIAO_DB") or ROOT / "var" / "duibiao.db")


def backup_folder(path: Path) -> Path:
    """DUIBIAO_BACKUPS, or backups beside the database."""
    return Path(os.environ.get("DUIBIAO_BACKUPS") or path.parent / "backups")


@contextmanager
def connect(path: Path) -> Iterator[sqlite_utils.Database]:
    """A connection for one task in one thread; UserError when the database has not been made."""
    if not path.exists():
        raise UserError(f"还没有数据库 {path}：请先运行 python -m lib seed")
    with _open(path) as db:
        yield db


def permit_by(ask: Callable[[Action], None], ask_own: Callable[[str], None]) -> None:
    """From now on `ask` is asked before every change, and `ask_own` about the names of the units that what changes belongs to; they
    raise UserError where it is not allowed. The pages set them; at the machine itself, by the command line, everything is."""
    global _permit, _own
    _permit, _own = ask, ask_own


def of_own(units: str) -> None:
    """UserError where whoever changes something works for a unit, and it belongs to others; asked inside a writing transaction about
    every change that is open to those who work for one. In: the units' names as they stand there."""
    _own(units)


@contextmanager
def writing(path: Path, action: Action) -> Iterator[sqlite_utils.Database]:
    """One all-or-nothing change, of a kind that the one who does it must be allowed: BEGIN IMMEDIATE, then COMMIT, or ROLLBACK on
    any error; refused while the database cannot be written."""
    _permit(action)
    refuse(path)
    with connect(path) as db, _immediate(db):
        yield db


@contextmanager
def rehearsing(path: Path) -> Iterator[sqlite_utils.Database]:
    """A change that is made to see what it would do, and always undone; on a copy in memory where the database can only be read."""
    with connect(path) as db, nullcontext(db) if condition(path).writable else _in_memory(db) as tried:
        _begin(tried)
        try:
            yield tried
        finally:
            tried.conn.rollback()


def _in_memory(db: sqlite_utils.Database) -> AbstractContextManager[sqlite_utils.Database]:
    copy = sqlite_utils.Database(memory=True)
    db.conn.backup(copy.conn)
    return closing(copy)


def migrate(path: Path) -> int:
    """Makes the database or brings it up to date; returns its schema version. Refuses a newer one; one that holds something is
    copied first, and left as it is when it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"建不了数据库的文件夹 {path.parent}（{error.strerror}）：请检查路径和权限") from error
    if not path.exists():
        refuse(path)
    with _open(path) as db:
        if schema_version(db) == len(MIGRATIONS):
            return len(MIGRATIONS)
        refuse(path)
        journal(db)
        # A table is rebuilt by dropping it: references are checked once, before the commit.
        db.conn.execute("PRAGMA foreign_keys = OFF")
        with _immediate(db):
            if db.table_names():
                _keep(path, schema_version(db))
            upgrade(db)
            if db.conn.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise UserError(f"数据库 {path} 里有引用不到的记录，没有升级：请先用升级前的版本运行 check")
    return len(MIGRATIONS)


def schema_version(db: sqlite_utils.Database) -> int:
    """How many migrations a database has behind it."""
    return int(db.conn.execute("PRAGMA main.user_version").fetchone()[0])


def journal(db: sqlite_utils.Database) -> None:
    """Sets how a new database writes its changes."""
    db.conn.execute(f"PRAGMA main.journal_mode = {'WAL' if sqlite3.sqlite_version_info >= WAL_SAFE_FROM else 'DELETE'}")


def upgrade(db: sqlite_utils.Database) -> None:
    """Runs the migrations that a database lacks, in the transaction that is open. UserError when it is newer than they are."""
    at = schema_version(db)
    if at > len(MIGRATIONS):
        raise UserError(f"数据库版本 {at} 比本软件（{len(MIGRATIONS)}）新：请升级软件，或改用旧备份")
    for statements in MIGRATIONS[at:]:
        for statement in statements:
            db.conn.execute(statement)
    db.conn.execute(f"PRAGMA main.user_version = {len(MIGRATIONS)}")


def _keep(path: Path, at: int) -> None:
    """The copy before a migration, while nobody else can write."""
    if at >= len(MIGRATIONS):
        return
    try:
        with _open(path) as db:
            copy_to(db.conn, path, backup_folder(path), "migration")
    except UserError as error:
        steps = f"数据库要从第 {at} 版升级到第 {len(MIGRATIONS)} 版，升级前备份不成，没有升级"
        raise UserError(f"{steps}：{error}") from error


def data_version(path: Path) -> str:
    """The key of every cache: a count of changes and a random part, so that a restored backup never repeats one."""
    with connect(path) as db:
        return _version(db)


def damage(path: Path) -> list[tuple[str, int | None, str]]:
    """What the database itself finds broken: (table, row, finding); empty when it is whole."""
    with connect(path) as db:
        torn = [row[0] for row in db.conn.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
        lost = db.conn.execute("PRAGMA foreign_key_check").fetchall()
    return [("", None, finding) for finding in torn] + [(row[0], row[1], f"引用了不存在的 {row[2]}") for row in lost]


def bump(db: sqlite_utils.Database) -> None:
    """Marks the data as changed; called inside every writing transaction."""
    count = int(_version(db).partition("-")[0]) + 1
    db.conn.execute("UPDATE meta SET value = ? WHERE key = 'data_version'", (f"{count}-{secrets.token_hex(4)}",))


def _version(db: sqlite_utils.Database) -> str:
    return str(db.conn.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()[0])


def frame(db: sqlite_utils.Database, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
    """The rows of a query, with its column names even when there are none."""
    cursor = db.conn.execute(sql, tuple(parameters))
    columns = [column[0] for column in cursor.description]
    # In parts: a million rows as Python objects take ten times the room of the frame.
    parts = [pd.DataFrame(cursor.fetchmany(FETCH), columns=columns)]
    while rows := cursor.fetchmany(FETCH):
        parts.append(pd.DataFrame(rows, columns=columns))
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


@contextmanager
def _open(path: Path) -> Iterator[sqlite_utils.Database]:
    with closing(_reached(path)) as db:
        try:
            db.conn.execute("PRAGMA foreign_keys = ON")
            yield db
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            damaged(path, str(error))
            raise UserError(f"{path} 已经损坏（{error}）：请用备份恢复（python -m lib restore）") from error


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file itself is broken; a text that is none was not written by us."""
    return "Could not decode to UTF-8" in str(error) or getattr(error, "sqlite_errorcode", 0) & 0xFF in (
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    )


def _reached(path: Path) -> sqlite_utils.Database:
    """An open database that can be read; UserError when it cannot, or is none."""
    try:
        return _tried(sqlite3.connect(path))
    except sqlite3.OperationalError as error:
        if _needs_no_journal(path, error):
            return _tried(sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True))
        raise UserError(f"打不开数据库 {path}（{error}）：可能是只读的磁盘或文件夹，或没有权限") from error
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            damaged(path, str(error))
        raise UserError(f"{path} 不是数据库，或者已经损坏（{error}）：请换一个路径，或用备份恢复") from error


def _tried(conn: sqlite3.Connection) -> sqlite_utils.Database:
    try:
        conn.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        conn.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error:
        conn.close()
        raise
    return sqlite_utils.Database(conn)


def _needs_no_journal(path: Path, error: sqlite3.Error) -> bool:
    """Whether a file that cannot be opened as it should, as on a disk that is full or read-only, holds everything itself."""
    ahead = path.with_name(f"{path.name}-wal")
    busy = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return not busy and path.is_file() and not (ahead.exists() and ahead.stat().st_size)


@contextmanager
def _immediate(db: sqlite_utils.Database) -> Iterator[None]:
    _begin(db)
    try:
        yield
        db.conn.execute("COMMIT")
    except sqlite3.OperationalError as error:
        db.conn.rollback()
        raise UserError(f"没有写进数据库，什么都没有改变（{error}）：磁盘可能满了，或文件不能写") from error
    except BaseException:
        db.conn.rollback()
        raise


def _begin(db: sqlite_utils.Database) -> None:
    """Takes the right to write; UserError when others hold it for too long or the file cannot be written."""
    try:
        db.conn.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise UserError(f"数据库现在写不进去（{error}）：可能有人正在发布，请稍后再试") from error
