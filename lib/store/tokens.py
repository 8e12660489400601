"""Keys with which programs read the interface: the SHA-256 is kept, the key itself is shown once and never again."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
from sqlite_utils.db import sqlite3

from lib.model import UserError
from lib.model.access import Action
from lib.store.database import connect, frame, writing
from lib.store.events import now, record

# Before the random part, so that a key is recognised where it has got into a file by mistake.
MARK = "duibiao_"
RANDOM_BYTES = 32
LONGEST_DAYS = 365
LONGEST_NAME = 40
_KEY = re.compile(MARK + r"[A-Za-z0-9_-]{43}")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_USE_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Token:
    """Who asks with a key: the SHA-256 that is kept of it, and the name it was issued under."""

    key: str
    name: str


def issue(path: Path, name: str, days: int, *, user: str) -> str:
    """Issues a key that holds for a number of days (1 to 365) and returns it: the only time it is seen. UserError where nobody issues it, the
    name is missing, too long or in use, or the days are wrong."""
    name = name.strip()
    if not user.strip():
        raise UserError("要写明经办人")
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise UserError(f"密钥要有名称，写明给谁用（期望：1 到 {LONGEST_NAME} 个字）")
    if not 1 <= days <= LONGEST_DAYS:
        raise UserError(f"有效期 {days} 天不行（期望：1 到 {LONGEST_DAYS} 天）")
    text = MARK + secrets.token_urlsafe(RANDOM_BYTES)
    begun = now()
    until = (datetime.strptime(begun, _MOMENT) + timedelta(days=days)).strftime(_MOMENT)
    with writing(path, Action.ACCOUNTS) as db:
        in_use = "SELECT 1 FROM token WHERE name = ? AND revoked_at = '' AND expires_at > ?"
        if db.conn.execute(in_use, (name, begun)).fetchone():
            raise UserError(f"已有名为“{name}”的密钥在用：请换一个名称，或先作废它")
        sql = (
            "INSERT INTO token (key, name, created_at, created_by, expires_at, used_at, revoked_at, revoked_by) "
            "VALUES (?, ?, ?, ?, ?, '', '', '')"
        )
        db.conn.execute(sql, (_kept(text), name, begun, user.strip(), until))
        record(db, user, "发放接口密钥", name, after=f"有效期到 {until}")
    return text


def revoke(path: Path, name: str, *, user: str) -> None:
    """Ends the key of a name at once; UserError when none of that name holds."""
    if not user.strip():
        raise UserError("要写明经办人")
    with writing(path, Action.ACCOUNTS) as db:
        moment = now()
        held = "name = ? AND revoked_at = '' AND expires_at > ?"
        found = db.conn.execute(f"SELECT expires_at FROM token WHERE {held}", (name.strip(), moment)).fetchone()
        if found is None:
            raise UserError(f"没有名为“{name}”的有效密钥（用 python -m lib token list 查看）")
        sql = f"UPDATE token SET revoked_at = ?, revoked_by = ? WHERE {held}"
        db.conn.execute(sql, (moment, user.strip(), name.strip(), moment))
        record(db, user, "作废接口密钥", name.strip(), before=f"有效期到 {found[0]}", after=f"{moment} 作废")


def tokens(path: Path) -> pd.DataFrame:
    """Every key ever issued, the latest first: name, created_at, created_by, expires_at, used_at ("" for never, at most a minute behind),
    revoked_at, revoked_by, state (有效, 过期 or 作废). Never a key."""
    with connect(path) as db:
        return frame(
            db,
            """SELECT name, created_at, created_by, expires_at, used_at, revoked_at, revoked_by,
            CASE WHEN revoked_at <> '' THEN '作废' WHEN expires_at <= ? THEN '过期' ELSE '有效' END AS state
            FROM token ORDER BY created_at DESC, rowid DESC""",
            (now(),),
        )


def known(path: Path, text: str) -> Token | None:
    """Who holds a key; None when it was never issued, has expired or was revoked. Notes the use at most once a minute."""
    if not _KEY.fullmatch(text):
        return None
    key, moment = _kept(text), now()
    with connect(path) as db:
        sql = "SELECT name, used_at FROM token WHERE key = ? AND revoked_at = '' AND expires_at > ?"
        found = db.conn.execute(sql, (key, moment)).fetchone()
        if found is None:
            return None
        if _is_old(str(found[1]), moment):
            # Who only reads never waits for who writes: the next use is noted instead.
            db.conn.execute("PRAGMA busy_timeout = 0")
            try:
                db.conn.execute("UPDATE token SET used_at = ? WHERE key = ?", (moment, key))
                db.conn.commit()
            except sqlite3.OperationalError as error:
                db.conn.rollback()
                logging.getLogger("duibiao").info("use of a key not noted: %s", error)
    return Token(key, str(found[0]))


def _kept(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _is_old(used: str, moment: str) -> bool:
    """Whether a use was a minute ago or more, or is in the future of a clock that went back."""
    if not used:
        return True
    gone = datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC) - datetime.strptime(used, _MOMENT).replace(tzinfo=UTC)
    return not timedelta(0) <= gone < _USE_EVERY
