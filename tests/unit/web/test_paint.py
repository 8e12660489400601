"""The first page has the places of what comes; everything else passes unchanged."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from lib.ui import shell
from lib.web.paint import EARLY, FirstPaint, early

INDEX = Path(streamlit.__file__).with_name("static") / "index.html"
PAGE = '<html><head></head><body><div id="root"></div>' + "平顶山" * 1000 + "</body></html>"
FORM = "<html><head></head><body><form></form></body></html>"


def page(request):
    if request.headers.get("if-none-match"):
        return PlainTextResponse("", 304)
    return HTMLResponse(PAGE, headers={"etag": "old", "x-other": "kept"})


def form(request):
    return HTMLResponse(FORM)


def data(request):
    return PlainTextResponse("</head>", headers={"etag": "kept"})


APP = Starlette(
    routes=[Route("/", page), Route("/data", data), Route("/login", form)],
    middleware=[Middleware(FirstPaint, page=INDEX, sheet="p {}"), Middleware(GZipMiddleware)],
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
    head, sheet = early(INDEX) + b"</head>", b"<style>p {}</style></body>"
    assert body == PAGE.encode().replace(b"</head>", head).replace(b"</body>", sheet)
    assert headers["content-length"] == str(len(body))
    assert "etag" not in headers
    assert headers["x-other"] == "kept"


def test_a_form_of_the_way_in_gets_nothing_that_its_own_policy_forbids():
    assert get("/login", accept="text/html")[2] == FORM.encode()


def test_everything_else_passes():
    assert get("/data", accept="text/html")[1:][1] == b"</head>"
    assert get("/data", accept="text/html")[1]["etag"] == "kept"
    assert get("/", accept="*/*")[2] == PAGE.encode()
    assert get("/", accept="*/*", if_none_match="old")[0] == 304


def test_what_every_page_shows_is_fetched_ahead_and_nothing_twice():
    links = re.findall(rb'href="\./static/js/([^"]+)"', early(INDEX))
    names = {name.split(b".")[0].decode() for name in links}
    assert set(EARLY) <= names
    assert len(links) == len(set(links))
    assert all((INDEX.parent / "static/js" / name.decode()).is_file() for name in links)
    assert not any(name in INDEX.read_bytes() for name in links)


def test_the_sheet_keeps_the_sidebars_room():
    assert f"padding-left: {shell.SIDEBAR_WIDTH}px" in shell.sheet()
    assert f"width: {round(shell.SIDEBAR_WIDTH * 1.75)}px" in shell.sheet()
