"""Sockets are opened by the application's own pages only; a page of another site is refused here and at once."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

_POLICY = 1008


class OwnPages:
    """Refuses a websocket whose page is of another host. Streamlit would refuse it too, but asks outside services for its own address first."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on everything else; what is no browser says no origin."""
        if scope["type"] == "websocket" and not _is_own(Headers(scope=scope)):
            # Closed before it is accepted: the browser gets a 403.
            await send({"type": "websocket.close", "code": _POLICY})
            return
        await self.app(scope, receive, send)


def _is_own(headers: Headers) -> bool:
    said, host = headers.getlist("origin"), headers.get("host", "")
    if not said:
        return True
    try:
        return len(said) == 1 and bool(host) and urlsplit(said[0]).netloc.lower() == host.lower()
    except ValueError:
        return False
