"""The first page has the places of what comes; everything else passes unchanged."""

from __future__ import annotations

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from lib.ui import shell
from lib.web.paint import FIRST, FirstPaint

PAGE = "<html><head></head><body>" + "平顶山" * 1000 + "</body></html>"


def page(request):
    if request.headers.get("if-none-match"):
        return PlainTextResponse("", 304)
    return HTMLResponse(PAGE, headers={"etag": "old", "x-other": "kept"})


def data(request):
    return PlainTextResponse("</head>", headers={"etag": "kept"})


APP = Starlette(
    routes=[Route("/", page), Route("/data", data)], middleware=[Middleware(FirstPaint), Middleware(GZipMiddleware)]
)


def get(path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    named = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": named}
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    asyncio.run(APP(scope, receive, send))
    told = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return sent[0]["status"], told, b"".join(each.get("body", b"") for each in sent[1:])


@pytest.mark.parametrize("extra", [{}, {"accept_encoding": "gzip"}, {"if_none_match": "old"}])
def test_a_page_gets_the_first_sheet_also_where_it_would_be_packed_or_kept(extra):
    status, headers, body = get("/", accept="text/html,*/*", **extra)
    assert status == 200
    assert body == PAGE.encode().replace(b"</head>", FIRST + b"</head>")
    assert headers["content-length"] == str(len(body))
    assert "etag" not in headers
    assert headers["x-other"] == "kept"


def test_everything_else_passes():
    assert get("/data", accept="text/html")[1:][1] == b"</head>"
    assert get("/data", accept="text/html")[1]["etag"] == "kept"
    assert get("/", accept="*/*")[2] == PAGE.encode()
    assert get("/", accept="*/*", if_none_match="old")[0] == 304


def test_the_places_are_those_of_the_sheet_and_the_shell():
    sheet, margins = shell._rules(), "max-width: 105rem"
    assert f"padding-left: {shell.SIDEBAR_WIDTH}px" in FIRST.decode()
    assert f"{margins}; padding: 4.1rem 2.5rem 2rem;" in FIRST.decode()
    assert f"padding-top: 4.1rem; padding-bottom: 2rem; padding-left: 2.5rem; padding-right: 2.5rem; {margins}" in sheet
