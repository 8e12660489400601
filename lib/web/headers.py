"""What every answer tells the browser: what a page may load and do, and by whom it may be shown."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_HOST = re.compile(r"[\w.\-]+(:\d+)?|\[[0-9a-fA-F:]+\](:\d+)?")
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
        "midi=(), payment=(), usb=(), fullscreen=(self), clipboard-write=(self)"
    ),
}
HTTPS_ONLY = "max-age=31536000"


def inline_hashes(page: bytes) -> list[str]:
    """The hashes of the scripts that stand in a page itself."""
    digests = [hashlib.sha256(script).digest() for script in _INLINE.findall(page)]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


class SafeHeaders:
    """Puts the headers on every answer; `page` is the file of the page that Streamlit serves."""

    def __init__(self, app: ASGIApp, page: Path) -> None:
        self.app = app
        self.scripts = " ".join(["'self'", "blob:", "'unsafe-eval'", *inline_hashes(page.read_bytes())])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on, and adds to what is answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                self._add(headers, scope)
                message = {**message, "headers": headers.raw}
            await send(message)

        await self.app(scope, receive, told)

    def _add(self, headers: MutableHeaders, scope: Scope) -> None:
        for name, value in FIXED.items():
            headers[name] = value
        headers.setdefault("Content-Security-Policy", self.policy(Headers(scope=scope).get("host", "")))
        if scope["scheme"] == "https":
            headers["Strict-Transport-Security"] = HTTPS_ONLY

    def policy(self, host: str) -> str:
        """What a page may load: from here only. Charts are compiled in the browser (unsafe-eval) and styled by it; the scripts of
        our own components come to it as text, of which it makes modules (blob:)."""
        # Browsers before 2022 do not count a socket to the same host as 'self'.
        sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
        return "; ".join(
            (
                "default-src 'self'",
                f"script-src {self.scripts}",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: blob:",
                "font-src 'self' data:",
                f"connect-src 'self'{sockets}",
                "worker-src 'self' blob:",
                "frame-ancestors 'self'",
                "base-uri 'self'",
                "form-action 'self'",
                "object-src 'none'",
            )
        )
