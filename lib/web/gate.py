"""The one gate that every request and every socket passes: whoever has not logged in gets the log-in page and nothing else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http.cookies import SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.model import UserError
from lib.model.access import Role
from lib.web import visits
from lib.web.login import enter
from lib.web.visits import LOGIN, LOGOUT, PASSWORD, SIGN_ON, SINGLE, VISIT, SingleSignOn, Visit

LOGIN_HEADER, ADDRESS_HEADER = b"x-duibiao-login", b"x-duibiao-address"
# Answered to anybody: the way in, and whether the server lives. The interface lets in by keys of its own.
HEALTH = frozenset({"/health", "/_stcore/health"})
OPEN = HEALTH | {LOGIN, SINGLE, LOGOUT, PASSWORD}
API = "/api/v1"
# Streamlit's way to the provider of single sign-on and back.
TO_PROVIDER, BACK = "/auth/login", "/oauth2callback"
# What Streamlit serves and no page needs.
_GONE = ("/_stcore/agent", "/_stcore/metrics", "/_stcore/script-health-check", "/auth/logout")
# Parts of pages: whoever asks for one without being let in is no reader to be sent to the log-in page.
_PARTS = ("/_stcore/", "/static/", "/media/", "/component/", "/app/", "/api/")
_UPLOAD = "/_stcore/upload_file/"
_REFUSED, _POLICY = 401, 1008
_UNREADABLE = PlainTextResponse("数据库现在读不到，不知道谁可以进来：请联系管理员，原因在日志里", status_code=503)


class Gate:
    """Lets in by the cookie of a log-in, by a setting for guests, or, where nobody has an account, from this machine alone."""

    def __init__(self, app: ASGIApp, single: SingleSignOn | None = None) -> None:
        self.app, self.single = app, single

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what may come in, with the headers that say whose it is."""
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = scope["client"][0] if scope.get("client") else ""
        visits.ADDRESS.set(address)
        try:
            visit = await self._visit(scope)
            refusal = self._refusal(scope, visit)
        except (UserError, OSError) as error:
            logging.getLogger("duibiao").error("nobody can be let in: %s", error)
            visit, refusal = Visit(), None if scope["path"] in HEALTH else _UNREADABLE
        if refusal is not None:
            await refusal(scope, receive, send)
        elif scope["path"] == BACK:
            await self._come_back(self._told(scope, visit, address), receive, send)
        else:
            await self.app(self._told(scope, visit, address), receive, send)

    async def _visit(self, scope: Scope, *, active: bool = True) -> Visit:
        return await visits.visit_of(scope, single=self.single is not None, active=active)

    def _refusal(self, scope: Scope, visit: Visit) -> Response | None:
        """What is answered instead of passing a request on."""
        path, method = scope["path"], scope["method"]
        if self._is_gone(path):
            return PlainTextResponse("没有这个地址", status_code=404)
        if path in OPEN or path in (TO_PROVIDER, BACK) or _is_of_the_interface(path):
            return None
        if visit.person is None or visit.must_change:
            return _shown_in(scope, visit)
        if visit.person.role is Role.VIEWER and _UPLOAD in path and method not in ("GET", "HEAD", "OPTIONS"):
            return PlainTextResponse("没有上传文件的权限", status_code=403)
        return None

    def _is_gone(self, path: str) -> bool:
        if path in (TO_PROVIDER, BACK):
            return self.single is None or not self.single.providers
        return any(part in path for part in _GONE)

    def _told(self, scope: Scope, visit: Visit, address: str) -> Scope:
        """The scope for what is behind the gate."""
        headers = [*scope["headers"], (ADDRESS_HEADER, address.encode())]
        if visit.login and not visit.must_change:
            headers.append((LOGIN_HEADER, visit.login.encode()))
        return {**scope, "headers": headers, VISIT: visit, SIGN_ON: self.single}

    async def _come_back(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The way back from single sign-on: the identity that Streamlit would give the browser becomes a log-in of ours."""
        answer = _Held()
        await self.app(scope, receive, answer.take)
        assert self.single is not None
        response = await enter(scope, self.single.names(answer.cookies()))
        await response(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = scope["client"][0] if scope.get("client") else ""
        try:
            visit = await self._visit(scope)
        except (UserError, OSError):
            visit = Visit()
        if visit.person is None or visit.must_change or self._is_gone(scope["path"]):
            await receive()
            await send({"type": "websocket.close", "code": _POLICY})
            return

        async def stands(active: bool) -> bool:
            try:
                now = await self._visit(scope, active=active)
            except (UserError, OSError):
                # What was let in stays while the database cannot be read.
                return True
            return now.login == visit.login and not now.must_change

        line = _Line(receive, send, stands)
        try:
            await self.app(self._told(scope, visit, address), line.receive, line.send)
        finally:
            await line.leave()


class _Line:
    """A socket that is closed as soon as its log-in is found to have ended."""

    def __init__(self, receive: Receive, send: Send, stands: Callable[[bool], Awaitable[bool]]) -> None:
        self._receive, self._send, self._stands = receive, send, stands
        self._next: asyncio.Task[Message] | None = None
        self._begun = self._closed = False

    async def receive(self) -> Message:
        """The next message, or that the socket is closed."""
        if not self._begun:
            # That it connects: its log-in has just been looked at, and nothing may come before it.
            self._begun = True
            return await self._receive()
        while True:
            if self._next is None:
                self._next = asyncio.ensure_future(self._receive())
            done, _ = await asyncio.wait({self._next}, timeout=visits.LOOK_AGAIN)
            if not await self._stands(bool(done)):
                return await self._close()
            if done:
                message, self._next = self._next.result(), None
                return message

    async def send(self, message: Message) -> None:
        """Sends, unless the socket has been closed."""
        if not self._closed:
            await self._send(message)

    async def leave(self) -> None:
        """Waits for nothing any more."""
        if self._next is not None:
            self._next.cancel()
            with suppress(asyncio.CancelledError):
                await self._next

    async def _close(self) -> Message:
        self._closed = True
        await self._send({"type": "websocket.close", "code": _POLICY})
        return {"type": "websocket.disconnect", "code": _POLICY}


class _Held:
    """An answer of which only the cookies are wanted."""

    def __init__(self) -> None:
        self._headers = Headers()

    async def take(self, message: Message) -> None:
        """Takes one message of the answer."""
        if message["type"] == "http.response.start":
            self._headers = Headers(raw=list(message["headers"]))

    def cookies(self) -> dict[str, str]:
        """What would have been set, by name; nothing that would have been taken away."""
        jar: SimpleCookie = SimpleCookie()
        for line in self._headers.getlist("set-cookie"):
            jar.load(line)
        return {name: each.value for name, each in jar.items() if each.value}


def _is_of_the_interface(path: str) -> bool:
    """Whether an address is one of the interface, and not one that leads out of it."""
    return path == API or (path.startswith(f"{API}/") and not {"", ".", ".."} & set(path.rstrip("/").split("/")[1:]))


def _shown_in(scope: Scope, visit: Visit) -> Response:
    """A page's reader is sent to where the way in is; everything else is refused."""
    path = scope["path"]
    if scope["method"] not in ("GET", "HEAD") or path.startswith(_PARTS) or "." in path.rpartition("/")[2]:
        return PlainTextResponse("请先登录", status_code=_REFUSED)
    query = scope["query_string"].decode("latin-1")
    wanted = quote(path) + (f"?{query}" if query else "")
    way_in = PASSWORD if visit.must_change else LOGIN
    return RedirectResponse(f"{way_in}?next={quote(wanted, safe='')}", status_code=303)
