"""Asks a served application through its proxy what a browser would: python check_proxy.py https://duibiao.example [certificate.crt]

Prints a line a question; exits 1 when one is not answered as it must be. Only what Python and the application bring is used.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import websockets


def status(address: str, trust: ssl.SSLContext, **more: object) -> tuple[int, dict[str, str]]:
    """Status and headers of an answer; redirections are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trust), Stay)
    try:
        with opener.open(urllib.request.Request(address, **more), timeout=20) as reply:  # type: ignore[arg-type]
            return reply.status, {key.lower(): value for key, value in reply.headers.items()}
    except urllib.error.HTTPError as error:
        return error.code, {key.lower(): value for key, value in error.headers.items()}


async def socket(address: str, trust: ssl.SSLContext, origin: str) -> str:
    """What becomes of a websocket that says it comes from an origin: "open", or the status of the refusal."""
    try:
        async with websockets.connect(
            address.replace("http", "ws", 1) + "/_stcore/stream",
            ssl=trust,
            origin=origin,  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            proxy=None,
            open_timeout=20,
        ) as connection:
            # Idle for longer than a proxy's usual patience would be too long here: a ping has to come back.
            await asyncio.wait_for(await connection.ping(), 10)
            return "open"
    except websockets.InvalidStatus as error:
        return str(error.response.status_code)


def main() -> int:
    """Every question; the number of those that were not answered as they must be."""
    address = sys.argv[1].rstrip("/")
    trust = ssl.create_default_context(cafile=sys.argv[2] if len(sys.argv) > 2 else None)
    health, headers = status(f"{address}/health", trust)
    large, _ = status(f"{address}/_stcore/upload_file/a/b", trust, data=b"x" * (22 * 2**20), method="PUT")
    plain = f"http://{urlsplit(address).hostname}"
    answers = [
        ("health is 200", health, 200),
        ("the server names no version", "/" in headers.get("server", ""), False),
        ("a page is there", status(address, trust)[0] in (200, 303), True),
        ("a file larger than the limit is 413", large, 413),
        ("the interface without a key is 401", status(f"{address}/api/v1/regions", trust)[0], 401),
        (
            "a forged log-in is 401",
            status(f"{address}/api/v1/regions", trust, headers={"x-duibiao-login": "local"})[0],
            401,
        ),
        ("a websocket of another site is refused", asyncio.run(socket(address, trust, "https://evil.example")), "403"),
    ]
    opened = asyncio.run(socket(address, trust, address))
    answers.append(("a websocket opens, or is refused without a log-in", opened in ("open", "401", "403"), True))
    wrong = [question for question, found, expected in answers if found != expected]
    for question, found, expected in answers:
        print(f"{'ok  ' if found == expected else 'FAIL'} {question}: {found}")  # noqa: T201
    print(f"websocket: {opened}; plain address: {plain}")  # noqa: T201
    return min(1, len(wrong))


if __name__ == "__main__":
    sys.exit(main())
