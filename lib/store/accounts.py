"""The accounts of those who may come in: made, changed, disabled; never deleted, since the trail names them."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import sqlite_utils

from lib.model import UserError
from lib.model.access import Action, Role
from lib.store import passwords
from lib.store.database import connect, frame, writing
from lib.store.events import now, record

# A mail address fits: with single sign-on it is the name of the account.
_NAME = re.compile(r"[\w.@+\-]{2,64}")
LONGEST_PERSON = 40


def named(text: str) -> str:
    """The one way of writing an account's name: small letters, no full-width ones, nothing around it."""
    return passwords.plain(text).strip().lower()


def any_account(path: Path) -> bool:
    """Whether anybody has an account, disabled ones too; False also before the database has been made or brought up to date."""
    if not path.exists():
        return False
    with connect(path) as db:
        return "account" in db.table_names() and bool(db.conn.execute("SELECT 1 FROM account LIMIT 1").fetchone())


def accounts(path: Path) -> pd.DataFrame:
    """Every account by name: name, person, role, department, must_change and disabled (0/1), single (1 for one that comes in by
    single sign-on only), created_at, changed_at, logins (open now), seen_at ("" for none)."""
    sql = """SELECT a.name, a.person, a.role, a.department, a.must_change, a.disabled, a.secret = '' AS single,
            a.created_at, a.changed_at, count(l.key) AS logins, coalesce(max(l.seen_at), '') AS seen_at
        FROM account a LEFT JOIN login l ON l.account = a.name AND l.expires_at > ? GROUP BY a.name ORDER BY a.name"""
    with connect(path) as db:
        return frame(db, sql, (now(),))


def create(
    path: Path, name: str, person: str, role: Role, *, password: str = "", department: str = "", by: str
) -> None:
    """Makes an account whose password must be changed at the first log-in; without a password only single sign-on opens it."""
    name, person = named(name), person.strip()
    if not _NAME.fullmatch(name):
        raise UserError(f"账号“{name}”不能用：要 2 到 64 个字符，只用字母、数字、汉字和 . _ - @ +")
    if password:
        passwords.check(password, name, person)
    secret = passwords.hashed(password) if password else ""
    with writing(path, Action.ACCOUNTS) as db:
        _check_person(db, person, role, department)
        if _found(db, name) is not None:
            raise UserError(f"账号“{name}”已经有了，请换一个名称")
        db["account"].insert(
            {"name": name, "person": person, "department": department, "secret": secret, "role": str(role)}
            | {"must_change": int(bool(password)), "disabled": 0, "created_at": now(), "changed_at": now()}
        )
        record(db, by, "新建账号", name, after=_said(person, role, department))


def change(path: Path, name: str, *, person: str, role: Role, department: str = "", by: str) -> None:
    """Gives an account another person's name, role or department; counts at once, also for who is logged in."""
    person = person.strip()
    with writing(path, Action.ACCOUNTS) as db:
        row = found(db, name)
        _check_person(db, person, role, department)
        if role is not Role.ADMIN:
            _keep_an_admin(db, row)
        before, after = _said(row["person"], Role(row["role"]), row["department"]), _said(person, role, department)
        if before != after:
            _set(db, row["name"], person=person, role=str(role), department=department)
            record(db, by, "修改账号", row["name"], before=before, after=after)


def disable(path: Path, name: str, *, by: str) -> None:
    """Nobody comes in with it any more, and who is in is out."""
    with writing(path, Action.ACCOUNTS) as db:
        row = found(db, name)
        _keep_an_admin(db, row)
        _switch(db, row, 1, by)
        forget_logins(db, row["name"])


def enable(path: Path, name: str, *, by: str) -> None:
    """Takes back `disable`."""
    with writing(path, Action.ACCOUNTS) as db:
        _switch(db, found(db, name), 0, by)


def reset(path: Path, name: str, password: str, *, by: str) -> None:
    """Gives an account a new password that must be changed at the next log-in, and ends its log-ins and its lock."""
    with writing(path, Action.ACCOUNTS) as db:
        row = found(db, name)
        passwords.check(password, row["name"], row["person"], row["secret"])
        _set(db, row["name"], secret=passwords.hashed(password), must_change=1)
        forget_logins(db, row["name"])
        forget_attempts(db, row["name"])
        record(db, by, "重置密码", row["name"], after="新密码，下次登录要改")


def set_password(path: Path, name: str, new: str, *, keep: str) -> None:
    """A person's own new password; ends all log-ins but the one of this key."""
    with writing(path, Action.SEE) as db:
        row = found(db, name)
        passwords.check(new, row["name"], row["person"], row["secret"])
        _set(db, row["name"], secret=passwords.hashed(new), must_change=0)
        forget_logins(db, row["name"], keep)
        record(db, row["person"], "修改密码", row["name"])


def unlock(path: Path, name: str, *, by: str) -> None:
    """Forgets the failed tries of an account."""
    with writing(path, Action.ACCOUNTS) as db:
        row = found(db, name)
        if failures := forget_attempts(db, row["name"]):
            record(db, by, "解锁账号", row["name"], before=f"{failures} 次登录失败", after="没有登录失败")


def found(db: sqlite_utils.Database, name: str) -> dict:
    """The row of an account; UserError when there is none."""
    row = _found(db, named(name))
    if row is None:
        raise UserError(f"没有账号“{named(name)}”")
    return row


def forget_logins(db: sqlite_utils.Database, name: str, keep: str = "") -> int:
    """Ends the log-ins of an account but one; how many that were. Called inside a writing transaction."""
    return db.conn.execute("DELETE FROM login WHERE account = ? AND key <> ?", (name, keep)).rowcount


def forget_attempts(db: sqlite_utils.Database, name: str) -> int:
    """Forgets the failed tries of an account; how many that were. Called inside a writing transaction."""
    return db.conn.execute("DELETE FROM attempt WHERE account = ?", (name,)).rowcount


def _found(db: sqlite_utils.Database, name: str) -> dict | None:
    return next(db["account"].rows_where("name = ?", (name,)), None)


def _set(db: sqlite_utils.Database, name: str, **values: object) -> None:
    db["account"].update(name, {**values, "changed_at": now()})


def _switch(db: sqlite_utils.Database, row: dict, disabled: int, by: str) -> None:
    words = ("启用", "停用")
    if row["disabled"] != disabled:
        _set(db, row["name"], disabled=disabled)
        record(db, by, f"{words[disabled]}账号", row["name"], before=words[row["disabled"]], after=words[disabled])


def _check_person(db: sqlite_utils.Database, person: str, role: Role, department: str) -> None:
    if not 1 <= len(person) <= LONGEST_PERSON:
        raise UserError(f"请填写姓名（最多 {LONGEST_PERSON} 个字）")
    if role is Role.DEPARTMENT and not department:
        raise UserError("“责任单位”的账号要写明是哪个单位")
    if department and not db.conn.execute("SELECT 1 FROM department WHERE code = ?", (department,)).fetchone():
        raise UserError(f"没有代码为“{department}”的单位")


def _keep_an_admin(db: sqlite_utils.Database, row: dict) -> None:
    """UserError where this is the only administrator that can come in."""
    sql = "SELECT 1 FROM account WHERE role = 'admin' AND disabled = 0 AND name <> ?"
    last = row["role"] == Role.ADMIN and not row["disabled"]
    if last and db.conn.execute(sql, (row["name"],)).fetchone() is None:
        raise UserError(f"“{row['name']}”是唯一能用的管理员，不能停用，也不能改成别的角色：请先另设一名管理员")


def _said(person: str, role: Role, department: str) -> str:
    return "、".join(part for part in (person, role.label, department) if part)
