"""Calls an ASGI application as a server does, without one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message

HERE = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Headers
    body: str

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that were set, by name."""
        pairs = (line.partition(";")[0].partition("=") for line in self.headers.getlist("set-cookie"))
        return {name: value for name, _, value in pairs}


def scope(
    kind: str, url: str, headers: dict[str, str], *, method: str = "GET", client: str = HERE, scheme: str = "http"
):
    """The scope of a request or a socket."""
    parts = urlsplit(url)
    named = [
        (key.lower().encode(), value.encode("latin-1")) for key, value in {"host": "house:8501", **headers}.items()
    ]
    made = {"type": kind, "path": parts.path, "query_string": parts.query.encode(), "headers": named, "scheme": scheme}
    return {
        **made,
        "method": method,
        "client": (client, 5000),
        "server": ("house", 8501),
        "root_path": "",
        "http_version": "1.1",
    }


def call(
    app: ASGIApp,
    url: str,
    *,
    method: str = "GET",
    body: str = "",
    client: str = HERE,
    scheme: str = "http",
    **headers: str,
) -> Answer:
    """One request; `_` in a header's name stands for `-`."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    sent: list[Message] = []
    given = [{"type": "http.request", "body": body.encode(), "more_body": False}]

    async def receive() -> Message:
        return given.pop(0) if given else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope("http", url, named, method=method, client=client, scheme=scheme), receive, send))
    text = b"".join(each.get("body", b"") for each in sent[1:]).decode()
    return Answer(sent[0]["status"], Headers(raw=list(sent[0]["headers"])), text)


async def socket(app: ASGIApp, messages: Sequence[Message | float], **headers: str) -> list[Message]:
    """One socket: messages to receive, numbers are seconds to wait before the next; what was sent."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    sent: list[Message] = []
    left = [{"type": "websocket.connect"}, *messages]

    async def receive() -> Message:
        while left and isinstance(left[0], float):
            await asyncio.sleep(left.pop(0))
        if not left:
            await asyncio.sleep(30)
        return left.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    await asyncio.wait_for(app(scope("websocket", "/_stcore/stream", named, scheme="ws"), receive, send), 20)
    return sent
