"""Accounts: made, changed, disabled; the last administrator stays; everything is in the trail, no password ever."""

from __future__ import annotations

import sqlite3

import pytest

from lib.model import UserError
from lib.model.access import Action, Role
from lib.store import accounts, logins, migrate, passwords
from lib.store.database import connect, writing
from lib.store.events import events

GOOD, OTHER = "五彩-Wuyuntu-27", "别的-Wuyuntu-28"


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setattr(passwords, "COST", (2**4, 8, 1))


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "d.db"
    migrate(path)
    with writing(path, Action.MAINTAIN) as db:
        db["department"].insert({"code": "tax", "name": "税务局", "kind": "", "aliases": ""})
    return path


def made(path, name="admin", role=Role.ADMIN, **more):
    accounts.create(path, name, f"{name}的人", role, password=GOOD, by="甲", **more)


def trail(path):
    return [
        tuple(row) for row in events(path)[["user", "action", "subject", "before", "after"]].itertuples(index=False)
    ]


def row(path, name):
    return accounts.accounts(path).set_index("name").loc[name]


def test_an_empty_house_has_no_account(path, tmp_path):
    assert not accounts.any_account(tmp_path / "none.db")
    assert not accounts.any_account(path)
    made(path)
    assert accounts.any_account(path)


def test_a_house_from_before_there_were_accounts_has_none(tmp_path):
    old = tmp_path / "old.db"
    with sqlite3.connect(old) as db:
        db.execute("CREATE TABLE meta (key TEXT)")
    assert not accounts.any_account(old)


def test_an_account_is_made_once_and_must_change_its_password(path):
    accounts.create(path, " Admin＠Pds ", " 王 ", Role.ADMIN, password=GOOD, by="甲")
    assert row(path, "admin@pds").must_change == 1
    assert row(path, "admin@pds").single == 0
    with pytest.raises(UserError, match="已经有了"):
        made(path, "ADMIN@pds")
    assert trail(path) == [("甲", "新建账号", "admin@pds", "", "王、管理员")]


@pytest.mark.parametrize("name", ["", "a", "a b", "a/b", "<b>", "x" * 65, "a\nb"])
def test_names_that_are_none(path, name):
    with pytest.raises(UserError, match="不能用"):
        made(path, name)


def test_a_department_is_there_and_named_for_its_role(path):
    with pytest.raises(UserError, match="要写明是哪个单位"):
        made(path, "dep", Role.DEPARTMENT)
    with pytest.raises(UserError, match="没有代码为“none”的单位"):
        made(path, "dep", Role.DEPARTMENT, department="none")
    made(path, "dep", Role.DEPARTMENT, department="tax")
    assert row(path, "dep").department == "tax"


def test_a_person_has_a_name(path):
    with pytest.raises(UserError, match="请填写姓名"):
        accounts.create(path, "admin", "  ", Role.ADMIN, password=GOOD, by="甲")


def test_changes_say_what_was_before(path):
    made(path)
    made(path, "bb", Role.VIEWER)
    accounts.change(path, "bb", person="乙", role=Role.ANALYST, by="甲")
    assert trail(path)[0] == ("甲", "修改账号", "bb", "bb的人、查看", "乙、分析员")
    lines = len(trail(path))
    accounts.change(path, "bb", person="乙", role=Role.ANALYST, by="甲")
    assert len(trail(path)) == lines


def test_the_last_administrator_stays(path):
    made(path)
    made(path, "bb", Role.ADMIN)
    accounts.disable(path, "bb", by="甲")
    for deed in (
        lambda: accounts.disable(path, "admin", by="甲"),
        lambda: accounts.change(path, "admin", person="甲", role=Role.ANALYST, by="甲"),
    ):
        with pytest.raises(UserError, match="唯一能用的管理员"):
            deed()
    accounts.enable(path, "bb", by="甲")
    accounts.change(path, "admin", person="甲", role=Role.ANALYST, by="甲")
    assert row(path, "admin").role == "analyst"
    with pytest.raises(UserError, match="唯一能用的管理员"):
        accounts.disable(path, "bb", by="甲")


def test_disabling_ends_the_log_ins(path):
    made(path)
    made(path, "bb", Role.ANALYST)
    key = logins.kept(logins.log_in(path, "bb", GOOD, address="10.0.0.1"))
    accounts.disable(path, "bb", by="甲")
    assert logins.standing(path, key) is None
    with pytest.raises(UserError, match="账号或密码不对，或者账号已停用"):
        logins.log_in(path, "bb", GOOD, address="10.0.0.1")
    assert ("甲", "停用账号", "bb", "启用", "停用") in trail(path)
    accounts.disable(path, "bb", by="甲")
    assert trail(path).count(("甲", "停用账号", "bb", "启用", "停用")) == 1
    accounts.enable(path, "bb", by="甲")
    assert logins.standing(path, key) is None


def test_an_own_new_password_ends_the_other_log_ins(path):
    made(path)
    here, there = (logins.kept(logins.log_in(path, "admin", GOOD, address="10.0.0.1")) for _ in range(2))
    with pytest.raises(UserError, match="上一个"):
        accounts.set_password(path, "admin", GOOD, keep=here)
    accounts.set_password(path, "admin", OTHER, keep=here)
    assert logins.person_of(path, here).account == "admin"
    assert logins.standing(path, there) is None
    logins.log_in(path, "admin", OTHER, address="10.0.0.1")


def test_a_reset_ends_everything_and_asks_for_a_new_one(path):
    made(path)
    key = logins.kept(logins.log_in(path, "admin", GOOD, address="10.0.0.1"))
    accounts.set_password(path, "admin", OTHER, keep=key)
    accounts.reset(path, "admin", "重设-Wuyuntu-29", by="乙")
    assert logins.standing(path, key) is None
    assert row(path, "admin").must_change == 1


def test_without_a_password_only_single_sign_on_opens_it(path):
    accounts.create(path, "wang@pds.gov.cn", "王", Role.VIEWER, by="甲")
    assert (row(path, "wang@pds.gov.cn").single, row(path, "wang@pds.gov.cn").must_change) == (1, 0)
    with pytest.raises(UserError, match="账号或密码不对"):
        logins.log_in(path, "wang@pds.gov.cn", "", address="10.0.0.1")
    key = logins.kept(logins.open_login(path, ["none", "Wang@PDS.gov.cn"], address="10.0.0.1"))
    assert logins.person_of(path, key).name == "王"


def test_nobody_is_changed_who_is_not_there(path):
    with pytest.raises(UserError, match="没有账号“nobody”"):
        accounts.reset(path, "nobody", GOOD, by="甲")


def test_no_password_is_in_the_trail(path):
    made(path)
    with pytest.raises(UserError):
        logins.log_in(path, OTHER, GOOD, address="10.0.0.1")
    with pytest.raises(UserError):
        logins.log_in(path, "admin", OTHER, address="10.0.0.1")
    accounts.reset(path, "admin", OTHER, by="甲")
    logins.log_in(path, "admin", OTHER, address="10.0.0.1")
    with connect(path) as db:
        dump = str({name: list(db[name].rows) for name in db.table_names()})
    assert GOOD not in dump
    assert OTHER not in dump
    assert passwords.plain(OTHER).lower() not in dump
