"""The trail: who did what when, written in the same transaction as the deed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import sqlite_utils

from lib.store.database import connect, frame


def now() -> str:
    """The moment, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_china(stamp: str) -> str:
    """A moment as `now` writes it, by the clock of China: 2020-12-04 16:30."""
    return f"{datetime.fromisoformat(stamp) + timedelta(hours=8):%Y-%m-%d %H:%M}"


def today() -> str:
    """Today in China, which has one time zone, ISO."""
    return (datetime.now(UTC) + timedelta(hours=8)).date().isoformat()


def record(db: sqlite_utils.Database, user: str, action: str, subject: str, detail: str = "") -> None:
    """Writes one line of the trail; called inside a writing transaction."""
    sql = "INSERT INTO event (at, user, action, subject, detail) VALUES (?, ?, ?, ?, ?)"
    db.conn.execute(sql, (now(), user, action, subject, detail))


def events(path: Path, subject: str | None = None) -> pd.DataFrame:
    """The trail, latest first: id, at, user, action, subject, detail; of one subject or of all."""
    sql = "SELECT * FROM event WHERE ? IS NULL OR subject = ? ORDER BY id DESC"
    with connect(path) as db:
        return frame(db, sql, (subject, subject))
