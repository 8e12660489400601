"""Coming in: tries that are slowed down, and log-ins, of which only the SHA-256 of the browser's key is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path

import pandas as pd
import sqlite_utils
from sqlite_utils.db import sqlite3

from lib.model import UserError
from lib.model.access import Action, Person, Role
from lib.store import passwords
from lib.store.accounts import forget_attempts, forget_logins, found, named
from lib.store.database import connect, frame, writing
from lib.store.events import record

# A log-in ends after so long, and after so long without anything done.
LASTS, IDLE = timedelta(hours=12), timedelta(hours=2)
SEEN_EVERY = timedelta(minutes=1)
# From so many failures of an account or an address on, each makes the next try wait twice as long; so many of an account lock it.
WINDOW, SLOW_FROM, LOCK_FROM = timedelta(minutes=15), 3, 10
KEY_BYTES, _LONGEST_AGENT = 32, 200
# In the trail: whoever has not come in.
NOBODY = "未登录"
WRONG = "账号或密码不对，或者账号已停用"


class TooSoon(UserError):
    """A try before the wait after the failures before it is over."""


@dataclass(frozen=True)
class Standing:
    """A log-in that is good now: whose, and whether the password must be changed before anything else."""

    person: Person
    must_change: bool


def log_in(path: Path, name: str, password: str, *, address: str, agent: str = "") -> str:
    """Opens a log-in by password and returns its key; UserError where the password is wrong (as long and in the same words for an
    account that is not there), TooSoon after too many failures."""
    name = named(name)
    _try(path, name, password, address, WRONG)
    with writing(path, Action.SEE) as db:
        forget_attempts(db, name)
        return _open(db, name, address, agent, "登录")


def check_password(path: Path, name: str, password: str, *, address: str) -> None:
    """UserError where this is not the password of an account now; slowed down like logging in."""
    _try(path, named(name), password, address, "现在的密码不对")
    with writing(path, Action.SEE) as db:
        forget_attempts(db, named(name))


def open_login(path: Path, names: list[str], *, address: str, agent: str = "") -> str:
    """Opens a log-in for somebody whom single sign-on knows by these names, the first that is an account; UserError for none."""
    with writing(path, Action.SEE) as db:
        rows = [row for name in names if name and (row := _account(db, named(name)))]
        if not rows or rows[0]["disabled"]:
            raise UserError("统一身份登录成功，但这里没有对应的账号，或者账号已停用：请联系管理员开通")
        return _open(db, rows[0]["name"], address, agent, "统一身份登录")


def kept(key: str) -> str:
    """What is kept of a browser's key: its SHA-256, hexadecimal."""
    return hashlib.sha256(key.encode()).hexdigest()


def person_of(path: Path, kept: str) -> Person | None:
    """Whose a log-in is that is good for everything now."""
    found = standing(path, kept)
    return found.person if found and not found.must_change else None


def standing(path: Path, kept: str, *, active: bool = True) -> Standing | None:
    """Whose a log-in is, if it is good: not ended, not too old, not idle for too long, the account not disabled. What is `active` is
    noted, at most once a minute."""
    sql = """SELECT l.seen_at, l.expires_at, a.name, a.person, a.role, a.department, a.must_change FROM login l
        JOIN account a ON a.name = l.account WHERE l.key = ? AND a.disabled = 0"""
    with connect(path) as db:
        row = db.conn.execute(sql, (kept,)).fetchone()
        if row is None:
            return None
        seen, expires, account, person, role, department, must_change = row
        moment = _now()
        if moment >= datetime.fromisoformat(expires) or moment - datetime.fromisoformat(seen) >= IDLE:
            return None
        if active and abs(moment - datetime.fromisoformat(seen)) >= SEEN_EVERY:
            _seen(db, kept, moment)
    return Standing(Person(account, person, Role(role), department), bool(must_change))


def close(path: Path, kept: str) -> None:
    """Ends a log-in."""
    with writing(path, Action.SEE) as db:
        row = db.conn.execute("SELECT account FROM login WHERE key = ?", (kept,)).fetchone()
        if row is not None:
            db["login"].delete(kept)
            record(db, found(db, row[0])["person"], "退出登录", row[0])


def close_all(path: Path, account: str, *, by: str) -> int:
    """Ends every log-in of an account; how many that were."""
    with writing(path, Action.SEE) as db:
        row = found(db, account)
        ended = forget_logins(db, row["name"])
        record(db, by, "退出全部登录", row["name"], detail=f"{ended} 处")
    return ended


def logins(path: Path, account: str) -> pd.DataFrame:
    """The open log-ins of an account, latest first: key (as kept), created_at, seen_at, expires_at, address, agent."""
    sql = """SELECT key, created_at, seen_at, expires_at, address, agent FROM login
        WHERE account = ? AND expires_at > ? AND seen_at > ? ORDER BY created_at DESC, key"""
    with connect(path) as db:
        return frame(db, sql, (named(account), _written(_now()), _written(_now() - IDLE)))


def locked_until(path: Path, account: str) -> str:
    """Until when nobody can log in to an account, ISO in UTC; "" when it is open."""
    with connect(path) as db:
        tries = _tries(db, "account", named(account))
    return _written(tries[-1] + WINDOW) if len(tries) >= LOCK_FROM else ""


def seal(path: Path) -> bytes:
    """The key that the server signs cookies and forms with; made once for a database."""
    sql = "SELECT value FROM meta WHERE key = 'seal'"
    with connect(path) as db:
        row = db.conn.execute(sql).fetchone()
    if row is None:
        with writing(path, Action.SEE) as db:
            db.conn.execute(
                "INSERT OR IGNORE INTO meta (key, value) VALUES ('seal', ?)", (secrets.token_hex(KEY_BYTES),)
            )
            row = db.conn.execute(sql).fetchone()
    return bytes.fromhex(row[0])


def _account(db: sqlite_utils.Database, name: str) -> dict | None:
    return next(db["account"].rows_where("name = ?", (name,)), None)


def _open(db: sqlite_utils.Database, name: str, address: str, agent: str, deed: str) -> str:
    moment, key = _now(), secrets.token_urlsafe(KEY_BYTES)
    db.conn.execute("DELETE FROM login WHERE expires_at <= ?", (_written(moment),))
    db["login"].insert(
        {"key": kept(key), "account": name, "created_at": _written(moment), "seen_at": _written(moment)}
        | {"expires_at": _written(moment + LASTS), "address": address, "agent": agent[:_LONGEST_AGENT]}
    )
    record(db, found(db, name)["person"], deed, name)
    return key


def _try(path: Path, name: str, password: str, address: str, wrong: str) -> None:
    """One try of a password."""
    with writing(path, Action.SEE) as db:
        row = _account(db, name)
        # What is no account may be a password in the wrong box: it is kept so that nobody reads it.
        tried = name if row else f"?{hashlib.sha256(name.encode()).hexdigest()[:16]}"
        _wait(db, tried, address)
        # Counted before it is looked at: of many tries at once none is for nothing.
        db["attempt"].insert({"account": tried, "address": address, "at": _written(_now(), "%f")})
    if not passwords.fits(password, row["secret"] if row else "") or row["disabled"]:
        _failed(path, tried, row)
        raise UserError(wrong)


def _wait(db: sqlite_utils.Database, tried: str, address: str) -> None:
    """TooSoon while the account is locked or the wait after the last failure of account or address is not over."""
    moment = _now()
    db.conn.execute("DELETE FROM attempt WHERE at < ?", (_written(moment - timedelta(days=1)),))
    of_account, of_address = _tries(db, "account", tried), _tries(db, "address", address)
    if len(of_account) >= LOCK_FROM and (left := _left(of_account[-1], WINDOW, moment)) > 0:
        raise TooSoon(f"失败次数太多，账号已锁定，请 {ceil(left / 60)} 分钟后再试，或请管理员解锁")
    left = max((_left(tries[-1], _pause(len(tries)), moment) for tries in (of_account, of_address) if tries), default=0)
    if left > 0:
        raise TooSoon(f"失败次数较多，请 {left} 秒后再试")


def _tries(db: sqlite_utils.Database, column: str, value: str) -> list[datetime]:
    """When an account or an address failed of late, in order."""
    sql = f"SELECT at FROM attempt WHERE {column} = ? AND at > ? ORDER BY at"
    return [datetime.fromisoformat(row[0]) for row in db.conn.execute(sql, (value, _written(_now() - WINDOW)))]


def _pause(failures: int) -> timedelta:
    """How long after so many failures the next try waits: 2, 4, 8 … seconds."""
    return timedelta(seconds=2 ** (failures - SLOW_FROM + 1)) if failures >= SLOW_FROM else timedelta(0)


def _left(last: datetime, pause: timedelta, moment: datetime) -> int:
    """Seconds until a pause after `last` is over; never more than the pause, also where the clock was put back."""
    return ceil(min(last + pause - moment, pause).total_seconds())


def _failed(path: Path, tried: str, row: dict | None) -> None:
    name = row["name"] if row else "（没有的账号）"
    with writing(path, Action.SEE) as db:
        record(db, NOBODY, "登录失败", name)
        if len(_tries(db, "account", tried)) == LOCK_FROM:
            record(db, NOBODY, "账号锁定", name, detail=f"{LOCK_FROM} 次失败")


def _seen(db: sqlite_utils.Database, kept: str, moment: datetime) -> None:
    """Notes that a log-in is in use; where the database is being written or cannot be, another time will do."""
    db.conn.execute("PRAGMA busy_timeout = 0")
    try:
        with db.conn:
            db.conn.execute("UPDATE login SET seen_at = ? WHERE key = ?", (_written(moment), kept))
    except sqlite3.OperationalError:
        return


def _now() -> datetime:
    return datetime.now(UTC)


def _written(moment: datetime, fraction: str = "") -> str:
    return moment.strftime(f"%Y-%m-%dT%H:%M:%S{fraction and '.' + fraction}Z")
