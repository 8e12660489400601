"""A house with four accounts of known passwords, and what lies behind the gate: an application that says what it was told."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from lib.model.access import Action, Role
from lib.store import accounts, logins, migrate, passwords
from lib.store.database import writing
from lib.web import login, visits
from lib.web.gate import Gate
from lib.web.headers import SafeHeaders
from lib.web.proxies import Proxies
from tests.unit.web.asgi import HERE, Answer, call

GOOD, NEXT = "五彩-Wuyuntu-27", "别的-Wuyuntu-28"
PAGE = b"<html><head><script>first()</script><script src='x.js'></script></head></html>"


async def told(request: Request) -> JSONResponse:
    """What the gate says to what is behind it."""
    ours = {key: value for key, value in request.headers.items() if key.startswith("x-duibiao")}
    return JSONResponse(
        {"headers": ours, "path": request.url.path, "scheme": request.url.scheme, "client": request.client.host}
    )


async def echo(websocket: WebSocket) -> None:
    """Says who it is, then what it hears."""
    await websocket.accept()
    await websocket.send_text(websocket.headers.get("x-duibiao-login", ""))
    async for text in websocket.iter_text():
        await websocket.send_text(text)


def behind(page: Path, single: visits.SingleSignOn | None = None, *more: Route) -> ASGIApp:
    """The application with everything before it."""
    routes = [
        *login.routes,
        *more,
        WebSocketRoute("/{rest:path}", echo),
        Route("/{rest:path}", told, methods=["GET", "POST", "PUT"]),
    ]
    around = [Middleware(Proxies), Middleware(SafeHeaders, page=page), Middleware(Gate, single=single)]
    return Starlette(routes=routes, middleware=around)


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    """Cheap hashes, and nothing left of the test before."""
    monkeypatch.setattr(passwords, "COST", (2**4, 8, 1))
    monkeypatch.delenv(visits.LOOK, raising=False)
    visits.forget()
    yield
    visits.forget()


@pytest.fixture
def page(tmp_path) -> Path:
    """The page that Streamlit serves."""
    path = tmp_path / "index.html"
    path.write_bytes(PAGE)
    return path


@pytest.fixture
def empty(tmp_path, monkeypatch) -> Path:
    """A house where nobody has an account."""
    path = tmp_path / "duibiao.db"
    monkeypatch.setenv("DUIBIAO_DB", str(path))
    migrate(path)
    return path


@pytest.fixture
def home(empty) -> Path:
    """A house with an account for each role, named like it; none must change the password."""
    with writing(empty, Action.MAINTAIN) as db:
        db["department"].insert({"code": "tax", "name": "税务局", "kind": "", "aliases": ""})
    for role in Role:
        department = "tax" if role is Role.DEPARTMENT else ""
        accounts.create(empty, str(role), role.label, role, password=GOOD, department=department, by="甲")
    with writing(empty, Action.MAINTAIN) as db:
        db.conn.execute("UPDATE account SET must_change = 0")
    return empty


@pytest.fixture
def app(page) -> ASGIApp:
    """The application, without single sign-on."""
    return behind(page)


def cookie(path: Path, name: str = "admin") -> str:
    """A new log-in of an account, as its browser sends it."""
    return f"{visits.COOKIE}={visits.signed(logins.log_in(path, name, GOOD, address=HERE), logins.seal(path))}"


def token(answer: Answer) -> str:
    """The token of the form on a page."""
    return answer.body.partition('name="token" value="')[2].partition('"')[0]


def post(app: ASGIApp, url: str, fields: dict[str, str], **headers: str) -> Answer:
    """Sends the form of a page as a browser does."""
    got = call(app, url, cookie=headers.get("cookie", ""))
    fields = {"token": token(got), **fields}
    return call(app, url, method="POST", body=urlencode(fields), **{"origin": "http://house:8501", **headers})
