"""`python -m lib token`: keys with which other programs read the interface."""

from __future__ import annotations

from typing import Annotated

import typer

from lib.store import default_path, migrate, tokens
from lib.store.events import COMMAND_LINE

token = typer.Typer(help="接口密钥：发放、查看、作废", no_args_is_help=True, rich_markup_mode=None)
User = Annotated[str, typer.Option(help="经办人")]


@token.command()
def add(
    name: Annotated[str, typer.Argument(help="给谁用，如 市统计局取数")],
    days: Annotated[int, typer.Option(help=f"有效天数，1 到 {tokens.LONGEST_DAYS}")] = tokens.LONGEST_DAYS,
    user: User = COMMAND_LINE,
) -> None:
    """发放一把密钥：只显示这一次。"""
    migrate(default_path())
    issued = tokens.issue(default_path(), name, days, user=user)
    typer.echo(issued)
    typer.echo(f"已发放给“{name.strip()}”，{days} 天内有效。请现在抄下：密钥只显示这一次，丢了就作废重发。", err=True)


@token.command(name="list")
def list_tokens() -> None:
    """列出发放过的密钥，最近的在前；不显示密钥本身。"""
    migrate(default_path())
    typer.echo("名称\t状态\t发放\t经办人\t有效期到\t最近使用\t作废")
    for row in tokens.tokens(default_path()).itertuples():
        fields = (row.name, row.state, row.created_at, row.created_by, row.expires_at, row.used_at, row.revoked_at)
        typer.echo("\t".join(field or "—" for field in fields))


@token.command()
def revoke(
    name: Annotated[str, typer.Argument(help="密钥的名称")],
    user: User = COMMAND_LINE,
) -> None:
    """作废一把密钥，立即生效。"""
    migrate(default_path())
    tokens.revoke(default_path(), name, user=user)
    typer.echo(f"已作废“{name.strip()}”的密钥")
