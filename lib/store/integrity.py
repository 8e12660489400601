"""Whether the database's file is whole: pages, references, and the tables and triggers that its version should have."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path

import sqlite_utils
from sqlite_utils.db import sqlite3

from lib.model import UserError
from lib.store.condition import Fault, amiss, condition, damaged, whole
from lib.store.database import connect, schema_version
from lib.store.schema import MIGRATIONS

# From this size on the daily look leaves out the comparison of each index with its table, which takes most of the time.
LARGE_BYTES = 256 * 2**20
_KINDS = {"table": "表", "index": "索引", "view": "视图", "trigger": "触发器"}


def examine(path: Path) -> list[str]:
    """What is wrong in the file; from now on the database counts as damaged, as not in order, or as whole again. UserError when it
    cannot be read for another reason."""
    try:
        torn, other = _examined(path)
    except UserError:
        # Whoever opens the file and finds it broken notes it.
        now = condition(path)
        if now.fault is not Fault.DAMAGED:
            raise
        return [now.reason]
    if torn:
        damaged(path, torn[0])
    elif other:
        amiss(path, other[0])
    else:
        whole(path)
    return torn + other


def _examined(path: Path) -> tuple[list[str], list[str]]:
    """Torn pages, and whatever else is wrong."""
    look = "quick_check" if path.is_file() and path.stat().st_size > LARGE_BYTES else "integrity_check"
    with connect(path) as db:
        said = [row[0] for row in db.conn.execute(f"PRAGMA {look}(5)").fetchall()]
        torn = [" ".join(each.replace("*** in database main ***", "").split()) for each in said if each != "ok"]
        lost = db.conn.execute("PRAGMA foreign_key_check").fetchall()
        return torn, [f"{table} 第 {row} 行引用了不存在的 {other}" for table, row, other, _ in lost[:5]] + _misshapen(
            db
        )


def spoiled(path: Path) -> list[str]:
    """The kept files whose content is not what their hash says: the pages of a long content have no other check."""
    with connect(path) as db:
        rows = db.conn.execute("SELECT sha256, content FROM file")
        return [
            f"文件 {sha256[:12]} 的内容与存入时不同"
            for sha256, content in rows
            if hashlib.sha256(content).hexdigest() != sha256
        ]


def misshapen(path: Path) -> list[str]:
    """What the database's version should have and it has not or otherwise: tables with their columns, views, indexes, triggers; also
    a version that is not that of this software."""
    with connect(path) as db:
        return _misshapen(db)


def _misshapen(db: sqlite_utils.Database) -> list[str]:
    at = schema_version(db)
    if not 0 < at <= len(MIGRATIONS):
        return [f"数据库版本 {at} 不是本软件的版本（1–{len(MIGRATIONS)}）"]
    with closing(sqlite3.connect(":memory:")) as model:
        for statements in MIGRATIONS[:at]:
            for statement in statements:
                model.execute(statement)
        should, has = _shape(model), _shape(db.conn)
    lacks = [f"缺少{_KINDS[kind]} {name}" for kind, name in should if (kind, name) not in has]
    other = [
        f"{_KINDS[kind]} {name} 被改过"
        for kind, name in should
        if should[kind, name] != has.get((kind, name), should[kind, name])
    ]
    return (
        lacks + other + ([f"数据库版本 {at} 旧，本软件是 {len(MIGRATIONS)}，要先升级"] if at < len(MIGRATIONS) else [])
    )


def _shape(db: sqlite3.Connection) -> dict[tuple[str, str], object]:
    """By kind and name: a table's columns, else the definition."""
    sql = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    return {
        (kind, name): db.execute(f'PRAGMA table_info("{name}")').fetchall()
        if kind == "table"
        else " ".join(text.split())
        for kind, name, text in db.execute(sql).fetchall()
    }
