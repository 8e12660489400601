"""The trail: who did what when, written in the same transaction as the deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import sqlite_utils

from lib.store.database import connect, frame

# Whoever works at the machine itself.
COMMAND_LINE = "命令行"
_where: Callable[[], str] = lambda: COMMAND_LINE  # noqa: E731


def now() -> str:
    """The moment, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_china(stamp: str) -> str:
    """A moment as `now` writes it, by the clock of China: 2020-12-04 16:30."""
    return f"{datetime.fromisoformat(stamp) + timedelta(hours=8):%Y-%m-%d %H:%M}"


def today() -> str:
    """Today in China, which has one time zone, ISO."""
    return (datetime.now(UTC) + timedelta(hours=8)).date().isoformat()


def come_from(where: Callable[[], str]) -> None:
    """From now on `record` asks this function from which address a deed is done; the server sets it once, at its start."""
    global _where
    _where = where


def record(
    db: sqlite_utils.Database,
    user: str,
    action: str,
    subject: str,
    detail: str = "",
    *,
    before: str = "",
    after: str = "",
) -> None:
    """Writes one line of the trail: what was there before and after where something was changed; called inside a writing
    transaction."""
    sql = (
        "INSERT INTO event (at, user, action, subject, detail, address, before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    db.conn.execute(sql, (now(), user, action, subject, detail, _where(), before, after))


def events(path: Path, subject: str | None = None) -> pd.DataFrame:
    """The trail, latest first: id, at, user, action, subject, detail, address (of the computer, "" for the server itself), before,
    after; of one subject or of all."""
    sql = "SELECT * FROM event WHERE ? IS NULL OR subject = ? ORDER BY id DESC"
    with connect(path) as db:
        return frame(db, sql, (subject, subject))
