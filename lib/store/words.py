"""What departments call things: a word of their files and the code and unit that it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
import sqlite_utils

from lib.model.access import Action
from lib.store.database import bump, connect, frame, writing
from lib.store.documents import named
from lib.store.events import differing, now, record

EVERYONE = ""


def words(path: Path, department: str | None = None) -> pd.DataFrame:
    """Remembered words: department, kind, text, code, unit, user, created_at; a department's own and everyone's, or all."""
    sql = "SELECT * FROM word WHERE ? IS NULL OR department IN (?, '') ORDER BY department, kind, text"
    with connect(path) as db:
        return frame(db, sql, (department, department))


def remember(path: Path, department: str, said: Mapping[tuple[str, str], tuple[str, str]], *, user: str) -> None:
    """Keeps what was said of words, {(kind, text): (code, unit)}, for a department; a word said again is said anew."""
    if not said:
        return
    sql = (
        "INSERT INTO word (department, kind, text, code, unit, user, created_at) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (department, kind, text) DO UPDATE SET code = excluded.code, unit = excluded.unit, "
        "user = excluded.user, created_at = excluded.created_at"
    )
    with writing(path, Action.PUBLISH) as db:
        before = _said(db, department, said)
        db.conn.executemany(
            sql, [(department, kind, text, code, unit, user, now()) for (kind, text), (code, unit) in said.items()]
        )
        after = _said(db, department, said)
        record(db, user, "记住列名", _whose(db, department), f"{len(said)} 个", **differing(before, after))
        bump(db)


def forget(path: Path, department: str, kind: str, text: str, *, user: str) -> None:
    """Drops a remembered word."""
    with writing(path, Action.PUBLISH) as db:
        before = _said(db, department, [(kind, text)])
        db.conn.execute("DELETE FROM word WHERE department = ? AND kind = ? AND text = ?", (department, kind, text))
        record(db, user, "忘记列名", _whose(db, department), **differing(before, {}))
        bump(db)


def _whose(db: sqlite_utils.Database, department: str) -> str:
    return named(db, "department", department) if department else "全部单位"


def _said(db: sqlite_utils.Database, department: str, asked: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What words stand for, in words, by their text."""
    sql = "SELECT code, unit FROM word WHERE department = ? AND kind = ? AND text = ?"
    found = {}
    for kind, text in asked:
        row = db.conn.execute(sql, (department, kind, text)).fetchone()
        if row is not None:
            # The kinds are called as the tables that have what they stand for.
            found[text] = (named(db, kind, row[0]) if row[0] else "不读") + (f"（{row[1]}）" if row[1] else "")
    return found
