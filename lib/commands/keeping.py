"""Backups at the command line: make one, list them, put one back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from lib.store import backup as store
from lib.store import default_path
from lib.store.database import backup_folder

REASONS = {"daily": "每日", "hand": "手工", "migration": "升级前", "restore": "恢复前"}
CHINA = timedelta(hours=8)
Who = Annotated[str, typer.Option(help="经办人")]


def backup(
    to: Annotated[
        Path | None, typer.Option(help="备份到这个文件夹；不写用 DUIBIAO_BACKUPS，或数据库旁边的 backups")
    ] = None,
    user: Who = "命令行",
) -> None:
    """备份数据库：服务运行时也可以做，做完已检查。"""
    made = store.backup(default_path(), to, user=user)
    typer.echo(f"已备份并检查：{made}（{made.stat().st_size / 2**20:.1f} MB）")


def backups(folder: Annotated[Path | None, typer.Option(help="哪个文件夹；不写同 backup")] = None) -> None:
    """列出备份，最近的在前。"""
    found = store.backups(folder or backup_folder(default_path()))
    typer.echo("时间\t原因\t数据版本\tMB\t文件")
    for each in found:
        size = f"{each.path.stat().st_size / 2**20:.1f}"
        moment = f"{each.moment + CHINA:%Y-%m-%d %H:%M:%S}"
        typer.echo("\t".join((moment, REASONS[each.reason], each.version, size, str(each.path))))


def restore(
    file: Annotated[Path, typer.Argument(help="备份文件，或备份文件夹里的文件名")],
    user: Who = "命令行",
) -> None:
    """用备份恢复数据库：服务不用停，恢复前的数据库另存，所有人要重新登录。"""
    path = default_path()
    inside = backup_folder(path) / file
    done = store.restore(path, inside if not file.exists() and inside.exists() else file, user=user)
    typer.echo(f"已恢复：{file.name}，数据版本 {done.version}。账号、密码和接口令牌也回到备份时的样子")
    typer.echo(f"恢复前的数据库存为 {done.aside}" if done.aside else "恢复前没有数据库")


def register(cli: typer.Typer) -> None:
    """Puts the commands under `python -m lib`."""
    for each in (backup, backups, restore):
        cli.command()(each)
