"""`python -m lib account …`: accounts from the command line; a password is read, never an argument."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from lib.cli import cli
from lib.model import UserError
from lib.store import accounts, events, logins, migrate, passwords

GOOD = "五彩-Wuyuntu-27"


@pytest.fixture
def path(tmp_path, monkeypatch) -> Path:
    """A house of its own."""
    path = tmp_path / "d.db"
    monkeypatch.setenv("DUIBIAO_DB", str(path))
    monkeypatch.setattr(passwords, "COST", (2**4, 8, 1))
    migrate(path)
    return path


def run(*words: str, typed: str = "") -> str:
    """What a command says; UserError as `main` gets it."""
    result = CliRunner().invoke(cli, ["account", *words], input=typed)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def add(name: str = "admin", role: str = "admin", typed: str = f"{GOOD}\n", *more: str) -> str:
    return run("add", name, "--person", "王", "--role", role, *more, typed=typed)


def test_an_account_is_made_with_the_password_of_the_first_line(path):
    assert add() == "已新建账号 admin（王，管理员），第一次登录要改密码\n"
    assert logins.log_in(path, "admin", GOOD, address="x")
    assert list(events.events(path)["user"])[-1] == "命令行"


def test_without_a_line_there_is_no_account(path):
    with pytest.raises(UserError, match="没有读到密码"):
        add(typed="")
    with pytest.raises(UserError, match="10 到 200"):
        add(typed="short\n")
    assert not accounts.any_account(path)


def test_for_single_sign_on_no_password_is_asked(path):
    assert "用统一身份登录" in add("wang@pds.gov.cn", "viewer", "", "--single-sign-on")


def test_the_password_is_no_argument(path):
    assert "No such option" in run("add", "admin", "--person", "王", "--role", "admin", "--password", GOOD)


def test_the_list_says_how_each_stands(path):
    add()
    add("analyst", "analyst")
    run("disable", "analyst")
    for number in range(10):
        with pytest.raises(UserError):
            logins.log_in(path, "admin", "x", address=f"10.0.0.{number}")
    lines = run("list").splitlines()
    assert lines[0].split("\t")[:3] == ["账号", "姓名", "角色"]
    assert lines[1].split("\t")[:3] == ["admin", "王", "管理员"]
    assert "待改密码" in lines[1]
    assert lines[2].split("\t")[4] == "停用、待改密码"


def test_what_is_done_to_an_account(path):
    add()
    key = logins.kept(logins.log_in(path, "admin", GOOD, address="x"))
    assert "已全部退出（1 处）" in run("logout", "admin")
    assert logins.standing(path, key) is None
    assert "已重置 admin 的密码" in run("password", "Admin", typed="重设-Wuyuntu-29\n")
    assert "已解锁账号 admin" in run("unlock", "admin")
    with pytest.raises(UserError, match="唯一能用的管理员"):
        run("disable", "admin")
    add("other")
    run("disable", "admin")
    assert "已启用账号 admin" in run("enable", "admin")
    with pytest.raises(UserError, match="没有账号“nobody”"):
        run("unlock", "nobody")
