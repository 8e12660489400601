"""`python -m lib account …`: who may come in, from the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from lib.model import UserError
from lib.model.access import Role
from lib.store import accounts, default_path, logins, migrate
from lib.store.events import COMMAND_LINE

group = typer.Typer(help="账号：新建、查看、改密码、停用、启用、解锁、全部退出", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="账号")]


@group.command()
def add(
    name: Name,
    person: Annotated[str, typer.Option(help="姓名，写进操作记录")],
    role: Annotated[Role, typer.Option(help="viewer 查看，department 责任单位，analyst 分析员，admin 管理员")],
    department: Annotated[str, typer.Option(help="单位的代码；责任单位必填")] = "",
    single: Annotated[
        bool, typer.Option("--single-sign-on", help="不设密码，只能用统一身份登录；账号写成那边的邮箱")
    ] = False,
) -> None:
    """新建账号：密码当场输入（不显示），或从标准输入读一行；第一次登录要改。"""
    path = _ready()
    password = "" if single else _password()
    accounts.create(path, name, person, role, password=password, department=department, by=COMMAND_LINE)
    later = "用统一身份登录" if single else "第一次登录要改密码"
    typer.echo(f"已新建账号 {accounts.named(name)}（{person}，{role.label}），{later}")


@group.command(name="list")
def list_accounts() -> None:
    """列出全部账号。"""
    path = _ready()
    typer.echo("账号\t姓名\t角色\t单位\t状态\t现有登录\t最近活动")
    for row in accounts.accounts(path).itertuples():
        locked = logins.locked_until(path, row.name)
        states = [
            "停用" if row.disabled else "",
            f"锁定至 {locked}" if locked else "",
            "待改密码" if row.must_change else "",
        ]
        state = "、".join(filter(None, states)) or "正常"
        fields = (row.name, row.person, Role(row.role).label, row.department, state, row.logins, row.seen_at)
        typer.echo("\t".join(str(field) for field in fields))


@group.command()
def password(name: Name) -> None:
    """重置密码（不显示地输入，或从标准输入读一行）：原来的登录全部退出，下次登录要改。"""
    accounts.reset(_ready(), name, _password(), by=COMMAND_LINE)
    typer.echo(f"已重置 {accounts.named(name)} 的密码，下次登录要改")


@group.command()
def disable(name: Name) -> None:
    """停用账号：马上退出，不能再登录；记录都留着。"""
    accounts.disable(_ready(), name, by=COMMAND_LINE)
    typer.echo(f"已停用账号 {accounts.named(name)}")


@group.command()
def enable(name: Name) -> None:
    """启用停用了的账号。"""
    accounts.enable(_ready(), name, by=COMMAND_LINE)
    typer.echo(f"已启用账号 {accounts.named(name)}")


@group.command()
def unlock(name: Name) -> None:
    """解锁因多次输错密码而锁定的账号。"""
    accounts.unlock(_ready(), name, by=COMMAND_LINE)
    typer.echo(f"已解锁账号 {accounts.named(name)}")


@group.command()
def logout(name: Name) -> None:
    """让一个账号在所有电脑上退出。"""
    ended = logins.close_all(_ready(), name, by=COMMAND_LINE)
    typer.echo(f"{accounts.named(name)} 已全部退出（{ended} 处）")


def _ready() -> Path:
    path = default_path()
    migrate(path)
    return path


def _password() -> str:
    """A password that is not shown, typed twice; from a pipe its first line."""
    if sys.stdin.isatty():
        return typer.prompt("密码", hide_input=True, confirmation_prompt="再输入一次")
    given = sys.stdin.readline().rstrip("\r\n")
    if not given:
        raise UserError("没有读到密码：请在终端里输入，或从标准输入给一行")
    return given
