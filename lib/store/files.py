"""Files that people brought, by the hash of their content, and which values they prove.

They lie in the database and nowhere else: no folder serves them, a backup has them, and a publication keeps its
file in its own transaction.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import sqlite_utils

from lib.model import UserError
from lib.model.access import Action
from lib.store.database import bump, connect, frame, writing
from lib.store.events import now, record


def digest(data: bytes) -> str:
    """A file's SHA-256: what makes it the same file."""
    return hashlib.sha256(data).hexdigest()


def keep(db: sqlite_utils.Database, sha256: str, content: bytes) -> None:
    """Keeps a content once; called inside a writing transaction."""
    sql = "INSERT OR IGNORE INTO file (sha256, size, created_at, content) VALUES (?, ?, ?, ?)"
    db.conn.execute(sql, (sha256, len(content), now(), content))


def content(path: Path, sha256: str) -> bytes:
    """A kept file's content; UserError when it was not kept or has changed."""
    with connect(path) as db:
        found = db.conn.execute("SELECT content FROM file WHERE sha256 = ?", (sha256,)).fetchone()
    if found is None:
        raise UserError("没有保存这个文件的原件")
    if digest(found[0]) != sha256:
        raise UserError("保存的原件与登记的不一致，可能已经损坏：请用备份恢复")
    return bytes(found[0])


def attach(
    path: Path, region: str, measure: str, period: str, *, data: bytes, name: str, user: str, note: str = ""
) -> int:
    """Attaches a file to a value as its proof; returns the proof's number."""
    sha256 = digest(data)
    with writing(path, Action.PUBLISH) as db:
        same = "SELECT 1 FROM evidence WHERE measure = ? AND period = ? AND region = ? AND sha256 = ? AND removed_at IS NULL"
        if db.conn.execute(same, (measure, period, region, sha256)).fetchone() is not None:
            raise UserError(f"{name}：这个数值已经有同样的佐证材料")
        keep(db, sha256, data)
        sql = (
            "INSERT INTO evidence (measure, period, region, sha256, name, note, user, created_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        number = db.conn.execute(sql, (measure, period, region, sha256, name, note, user, now())).lastrowid
        record(db, user, "上传佐证", f"{region} {measure} {period}", note, after=name)
        bump(db)
    return int(number or 0)


def detach(path: Path, number: int, *, user: str) -> None:
    """Takes a proof off its value; it stays on record. UserError when there is no such proof."""
    with writing(path, Action.PUBLISH) as db:
        sql = "SELECT name, region, measure, period FROM evidence WHERE id = ? AND removed_at IS NULL"
        found = db.conn.execute(sql, (number,)).fetchone()
        if found is None:
            raise UserError(f"没有佐证材料 {number}")
        db.conn.execute("UPDATE evidence SET removed_at = ?, removed_by = ? WHERE id = ?", (now(), user, number))
        record(db, user, "移除佐证", f"佐证 {number}", " ".join(found[1:]), before=found[0])
        bump(db)


def evidence(path: Path) -> pd.DataFrame:
    """The proofs in force: id, measure, period, region, sha256, name, note, user, created_at, size."""
    sql = (
        "SELECT e.id, e.measure, e.period, e.region, e.sha256, e.name, e.note, e.user, e.created_at, f.size "
        "FROM evidence e JOIN file f ON f.sha256 = e.sha256 WHERE e.removed_at IS NULL ORDER BY e.id"
    )
    with connect(path) as db:
        return frame(db, sql)
