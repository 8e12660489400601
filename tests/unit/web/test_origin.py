"""A socket is opened by the application's own pages, or by what is no browser."""

from __future__ import annotations

import asyncio

import pytest

from lib.web.origin import OwnPages


def passed(kind: str, *headers: tuple[str, str]) -> bool:
    """Whether the application behind is reached; else the socket must have been closed."""
    reached, sent = [], []

    async def behind(scope, receive, send):
        reached.append(scope)

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "headers": [(name.encode(), value.encode()) for name, value in headers]}
    asyncio.run(OwnPages(behind)(scope, None, send))
    assert bool(reached) is not bool(sent)
    assert all(message == {"type": "websocket.close", "code": 1008} for message in sent)
    return bool(reached)


@pytest.mark.parametrize(
    ("host", "origins", "expected"),
    [
        ("127.0.0.1:8501", [], True),
        ("127.0.0.1:8501", ["http://127.0.0.1:8501"], True),
        ("duibiao.example", ["https://DUIBIAO.example"], True),
        ("127.0.0.1:8501", ["http://evil.example"], False),
        ("127.0.0.1:8501", ["http://127.0.0.1:9999"], False),
        ("127.0.0.1:8501", ["http://127.0.0.1:8501.evil.example"], False),
        ("127.0.0.1:8501", ["http://127.0.0.1:8501@evil.example"], False),
        ("127.0.0.1:8501", ["null"], False),
        ("127.0.0.1:8501", [""], False),
        ("127.0.0.1:8501", ["http://[::1"], False),
        ("127.0.0.1:8501", ["http://127.0.0.1:8501", "http://evil.example"], False),
        ("", ["http://"], False),
    ],
)
def test_sockets(host, origins, expected):
    headers = [("host", host), *(("origin", each) for each in origins)]
    assert passed("websocket", *headers) is expected
    assert passed("http", *headers)
