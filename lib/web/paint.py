"""The page that a browser gets first, before any script has run: with its style sheet, which knows the places that things will have,
and the parts of Streamlit that they will need on their way already, so that nothing waits or jumps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# What nearly every page shows. Streamlit asks for each only when the first of its kind is to be drawn, and shows a bar of its own
# height in its place until it has come.
EARLY = (
    "Html",
    "TextInput",
    "Selectbox",
    "Button",
    "ButtonGroup",
    "PageLink",
    "BidiComponent",
    "ArrowVegaLiteChart",
    "embed",
    "vega-interpreter",
    "Table",
)
_IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""")
# What would let a browser keep the page of an earlier version, or take it in a form that cannot be added to.
_CONDITIONS = (b"if-none-match", b"if-modified-since", b"range", b"accept-encoding")
_KEPT = ("etag", "last-modified", "accept-ranges")


def early(page: Path) -> bytes:
    """Links by which a browser fetches the parts of EARLY, and what they import, while it still waits for the page's own words."""
    listed = page.read_text(encoding="utf-8")
    names = [name for name in _imported(page.parent / "static" / "js") if name not in listed]
    link = '<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{}">'
    return "".join(map(link.format, names)).encode()


def _imported(folder: Path) -> Iterator[str]:
    """Files of EARLY and of what they import, each once."""
    ahead, met = [next(folder.glob(f"{name}.*.js")).name for name in EARLY], set()
    while ahead:
        name = ahead.pop()
        if name not in met:
            met.add(name)
            yield name
            ahead += _IMPORT.findall((folder / name).read_text(encoding="utf-8"))


# Where Streamlit's page draws.
_ROOT = b'id="root"'


class FirstPaint:
    """Puts the links of `early` into the head of every page of Streamlit's, and `sheet` at its end: rules that come after those that Streamlit
    makes win over them. `page` is Streamlit's own."""

    def __init__(self, app: ASGIApp, *, page: Path, sheet: str) -> None:
        self.app = app
        self.more = {b"</head>": early(page) + b"</head>", b"</body>": f"<style>{sheet}</style></body>".encode()}

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
        await self.app(asked, receive, _Page(send, self.more).take)


class _Page:
    """One answer: changed where it is a page."""

    def __init__(self, send: Send, more: Mapping[bytes, bytes]) -> None:
        self.send, self.more, self.start, self.body = send, more, None, b""

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
        body = self.body
        # The way in has forms of its own, which need nothing of this and may not take it.
        if _ROOT in body:
            for end, more in self.more.items():
                body = body.replace(end, more, 1)
        headers = MutableHeaders(raw=list(start["headers"]))
        for name in _KEPT:
            del headers[name]
        headers["content-length"] = str(len(body))
        await self.send({**start, "headers": headers.raw})
        await self.send({"type": "http.response.body", "body": body})
