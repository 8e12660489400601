"""The trail: who did what when, written in the same transaction as the deed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import sqlite_utils

from lib.model.access import Action
from lib.store.database import connect, frame, writing

# The machine itself: its command line, and what the server does by itself.
HERE = "本机"
# Who does it there, where no name is given.
COMMAND_LINE = "命令行"
# Of many values that changed at once so many are written out, and so much of each.
_MOST, _LONGEST = 20, 200


def _nobody() -> tuple[str, str]:
    return "", ""


_origin: Callable[[], tuple[str, str]] = _nobody


def now() -> str:
    """The moment, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_china(stamp: str) -> str:
    """A moment as `now` writes it, by the clock of China: 2020-12-04 16:30."""
    return f"{datetime.fromisoformat(stamp) + timedelta(hours=8):%Y-%m-%d %H:%M}"


def today() -> str:
    """Today in China, which has one time zone, ISO."""
    return (datetime.now(UTC) + timedelta(hours=8)).date().isoformat()


def come_from(origin: Callable[[], tuple[str, str]]) -> None:
    """From now on `record` asks this function from which address a deed is done ("" for the machine itself), and for the name of
    whoever is logged in ("" for nobody), which goes before any that is given; the server sets it once, at its start."""
    global _origin
    _origin = origin


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
    address, name = _origin()
    db.conn.execute(sql, (now(), name or user, action, subject, detail, address or HERE, before, after))


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """What differs, as `record` takes `before` and `after`: 名称：内容；名称：内容, "" where nothing was there. In: texts by their names."""
    names = [name for name in {**before, **after} if before.get(name, "") != after.get(name, "")]
    return {"before": _listed(before, names), "after": _listed(after, names)}


def _listed(texts: Mapping[str, str], names: Sequence[str]) -> str:
    if not any(texts.get(name) for name in names):
        return ""
    said = "；".join(f"{name}：{_short(texts.get(name, '')) or '没有'}" for name in names[:_MOST])
    return f"{said}；等 {len(names)} 处" if len(names) > _MOST else said


def _short(words: str) -> str:
    """A long text by its beginning and how long it is: the thing itself is kept elsewhere."""
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}……（共 {len(words)} 字）"


def exported(path: Path, user: str, what: str) -> None:
    """Writes down that something was taken away."""
    with writing(path, Action.EXPORT) as db:
        record(db, user, "导出", what)


def trail(path: Path, *, since: str = "", until: str = "", words: str = "", most: int) -> tuple[pd.DataFrame, int]:
    """The latest lines of the trail that fit, as `events`, and how many fit in all. In: days in China, ISO, both ends included; words
    that stand in any column, each of them somewhere."""
    conditions, values = ["at >= ?", "at < ?"], [_midnight(since or "1970-01-01"), _midnight(until or "9998-12-31", 1)]
    for word in words.split():
        conditions.append(
            "instr(user || ' ' || action || ' ' || subject || ' ' || detail || ' ' || address || ' ' || before || ' ' || after, ?)"
        )
        values.append(word)
    fitting = f"FROM event WHERE {' AND '.join(conditions)}"
    with connect(path) as db:
        count = int(db.conn.execute(f"SELECT count(*) {fitting}", values).fetchone()[0])
        return frame(db, f"SELECT * {fitting} ORDER BY id DESC LIMIT ?", (*values, most)), count


def extent(path: Path) -> tuple[int, str]:
    """How many lines the trail has, and the day of the first, in China, ISO; "" for none."""
    with connect(path) as db:
        count, first = db.conn.execute("SELECT count(*), min(at) FROM event").fetchone()
    return count, in_china(first)[:10] if first else ""


def _midnight(day: str, later: int = 0) -> str:
    """When a day in China begins, or one so many days later, in UTC."""
    begins = datetime.fromisoformat(day) + timedelta(days=later) - timedelta(hours=8)
    return begins.strftime("%Y-%m-%dT%H:%M:%SZ")


def events(path: Path, subject: str | None = None) -> pd.DataFrame:
    """The trail, latest first: id, at, user, action, subject, detail, address (of the computer, "" for the server itself), before,
    after; of one subject or of all."""
    sql = "SELECT * FROM event WHERE ? IS NULL OR subject = ? ORDER BY id DESC"
    with connect(path) as db:
        return frame(db, sql, (subject, subject))
