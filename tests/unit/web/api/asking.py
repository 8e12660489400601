"""Asking an ASGI application without a server."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp


@dataclass(frozen=True)
class Reply:
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read strictly: NaN and Infinity are no JSON."""

        def refuse(text: str) -> None:
            raise AssertionError(text)

        return json.loads(self.body, parse_constant=refuse)


def ask(
    app: ASGIApp,
    address: str,
    headers: dict[str, str] | None = None,
    *,
    method: str = "GET",
    client: str = "127.0.0.1",
) -> Reply:
    """The answer to one question."""
    path, _, query = address.partition("?")
    named = [(key.lower().encode("latin-1"), value.encode("latin-1")) for key, value in (headers or {}).items()]
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode("latin-1"),
        "headers": named,
        "client": (client, 50_000),
        "server": ("127.0.0.1", 8501),
        "scheme": "http",
        "http_version": "1.1",
    }
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    told = {key.decode("latin-1"): value.decode("latin-1") for key, value in sent[0]["headers"]}
    return Reply(sent[0]["status"], told, b"".join(each.get("body", b"") for each in sent[1:]))
