"""The page that a browser gets first, before any script has run: with the places that things will have, so that nothing jumps."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# As the sheet of lib/ui and the shell have them: the margins of a page, and the sidebar's width until it is there.
FIRST = b"""<style>
.stApp .stMainBlockContainer { max-width: 105rem; padding: 4.1rem 2.5rem 2rem; }
@media screen and (min-width: 768px) {
  .stApp:not(:has([data-testid="stSidebar"], .bare)) [data-testid="stAppViewContainer"] { padding-left: 232px; }
}
@media screen and (min-width: 2500px) {
  html { font-size: 28px !important; }
  .stApp .stMainBlockContainer { max-width: none; }
  .stApp:not(:has([data-testid="stSidebar"], .bare)) [data-testid="stAppViewContainer"] { padding-left: 406px; }
}
</style>"""
# What would let a browser keep the page of an earlier version, or take it in a form that cannot be added to.
_CONDITIONS = (b"if-none-match", b"if-modified-since", b"range", b"accept-encoding")
_KEPT = ("etag", "last-modified", "accept-ranges")


class FirstPaint:
    """Puts FIRST into the head of every page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on but pages, which are held until they are whole."""
        if (
            scope["type"] != "http"
            or scope["method"] != "GET"
            or "text/html" not in Headers(scope=scope).get("accept", "")
        ):
            await self.app(scope, receive, send)
            return
        asked = {**scope, "headers": [each for each in scope["headers"] if each[0] not in _CONDITIONS]}
        await self.app(asked, receive, _Page(send).take)


class _Page:
    """One answer: changed where it is a page."""

    def __init__(self, send: Send) -> None:
        self.send, self.start, self.body = send, None, b""

    async def take(self, message: Message) -> None:
        """Takes one message of the answer."""
        if message["type"] == "http.response.start" and Headers(raw=message["headers"]).get(
            "content-type", ""
        ).startswith("text/html"):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send(self.start)

    async def _send(self, start: Message) -> None:
        body = self.body.replace(b"</head>", FIRST + b"</head>", 1)
        headers = MutableHeaders(raw=list(start["headers"]))
        for name in _KEPT:
            del headers[name]
        headers["content-length"] = str(len(body))
        await self.send({**start, "headers": headers.raw})
        await self.send({"type": "http.response.body", "body": body})
