"""Whose address and which scheme a request really has, where it comes through a proxy; and nothing that only this server may say."""

from __future__ import annotations

import os
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from lib.model import UserError

SETTING = "DUIBIAO_PROXIES"
# Headers that this server adds for its pages: none is taken from outside.
OURS = b"x-duibiao-"
Address = IPv4Address | IPv6Address


class Proxies:
    """Puts the client's own address and scheme into the scope, as trusted proxies tell them, and drops the headers that are ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on, with the scope put right."""
        if scope["type"] in ("http", "websocket"):
            scope = as_it_is(scope, trusted(os.environ.get(SETTING, "")))
        await self.app(scope, receive, send)


@lru_cache(maxsize=4)
def trusted(setting: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks of a setting, addresses with commas between them; UserError for what is none."""
    try:
        return tuple(ip_network(part.strip()) for part in setting.split(",") if part.strip())
    except ValueError as error:
        raise UserError(f'{SETTING} "{setting}" 看不懂（期望：代理的地址，如 127.0.0.1,10.1.0.0/16）') from error


def as_it_is(scope: Scope, networks: tuple[IPv4Network | IPv6Network, ...]) -> Scope:
    """A scope with the client's own address and scheme, without headers that are ours."""
    scope = {**scope, "headers": [each for each in scope["headers"] if not each[0].lower().startswith(OURS)]}
    client = scope.get("client")
    peer = address(client[0]) if client else None
    if peer is None or not _among(peer, networks):
        return scope
    headers = Headers(scope=scope)
    named = reversed(",".join(headers.getlist("x-forwarded-for")).split(","))
    for each in map(address, named):
        if each is None:
            break
        peer = each
        if not _among(each, networks):
            break
    if headers.get("x-forwarded-proto", "").strip().lower() == "https":
        scope["scheme"] = "wss" if scope["type"] == "websocket" else "https"
    return {**scope, "client": (str(peer), client[1])}


def address(text: str) -> Address | None:
    """An address, with or without a port, IPv4 also where it is written as IPv6; None for anything else."""
    text = text.strip()
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    try:
        found = ip_address(bare.partition(":")[0] if bare.count(":") == 1 else bare)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def is_local(scope: Scope) -> bool:
    """Whether a request comes from this machine itself, and through no proxy."""
    client = scope.get("client")
    found = address(client[0]) if client else None
    headers = Headers(scope=scope)
    return found is not None and found.is_loopback and "x-forwarded-for" not in headers and "forwarded" not in headers


def _among(found: Address, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    return any(found in network for network in networks)
