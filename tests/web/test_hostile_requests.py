"""Requests made to do harm, against the application as it runs: each is refused or answered harmlessly, and it lives on."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import websockets.exceptions
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.browser.server import serving

PATIENCE = 20
# What must never come out: a system's accounts, the database, this program's own text.
SECRETS = (b"root:x:0", b"SQLite format 3", b"from lib", b"import streamlit", b"cookieSecret", b"Traceback")


@pytest.fixture(scope="module")
def address(seeded: Path) -> Iterator[str]:
    """The application on the seeded database."""
    with serving(seeded) as started:
        yield started


def raw(address: str, request: bytes, *, hangs_up: bool = True) -> bytes:
    """What the server answers to these very bytes; empty where it closes without a word, as it may to one who hangs up at once."""
    place = urlsplit(address)
    with socket.create_connection((str(place.hostname), int(place.port or 0)), PATIENCE) as line:
        try:
            line.sendall(request)
            if hangs_up:
                line.shutdown(socket.SHUT_WR)
            answer = b""
            while part := line.recv(65536):
                answer += part
        except ConnectionError:
            return b""
    return answer


def get(address: str, path: str, *headers: str, host: str = "", method: str = "GET") -> tuple[int, bytes]:
    """Status (0 for none) and all that came, for a path that no library puts right."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host or urlsplit(address).netloc}", "Connection: close", *headers]
    answer = raw(address, ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"), hangs_up=False)
    return (int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0), answer


def lives(address: str) -> bool:
    """Whether the server says that it is well."""
    return get(address, "/health")[0] == 200


def harmless(address: str, status: int, answer: bytes) -> None:
    """Not a fault of the server, nothing told, and it lives on."""
    assert status < 500
    assert not [secret for secret in SECRETS if secret in answer]
    assert lives(address)


# --- paths

TRAVELS = [
    f"/{root}{way}"
    for root in ("", "media/", "static/", "component/", "_stcore/", "_stcore/upload_file/", "app/static/", "api/v1/")
    for way in (
        "../../../../../../etc/passwd",
        "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "..%2f..%2f..%2f..%2fetc%2fpasswd",
        "..%5c..%5c..%5cetc%5cpasswd",
        "....//....//....//etc/passwd",
        "%252e%252e%252f%252e%252e%252fetc%252fpasswd",
        "..%c0%af..%c0%afetc%c0%afpasswd",
    )
]
ODD_PATHS = [
    "//etc/passwd",
    "///etc/passwd",
    "/\\\\evil.example\\share\\x",
    "/static/%00",
    "/media/x%00.png",
    "/var/duibiao.db",
    "/static/../../../../app.py",
    "/.streamlit/secrets.toml",
    "/.streamlit/config.toml",
    "/app.py",
    "/lib/store/schema.py",
    "/.git/config",
    "/static/CON",
    "/%FF%FE",
    "/" + "a/" * 2000,
    "/?" + "a=1&" * 3000,
    "/ranking?framework=" + "%F0%9F%92%A9" * 500,
    "http://evil.example/",
    "*",
    "/_stcore/metrics",
    "/_stcore/agent/",
    "/_stcore/script-health-check",
]


@pytest.mark.parametrize("path", [*TRAVELS, *ODD_PATHS], ids=lambda path: path[:60])
def test_no_path_leads_out(address: str, path: str) -> None:
    harmless(address, *get(address, path))


@pytest.mark.parametrize("path", ["/", "/health", "/api/v1/regions", "/media/x"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "A" * 5000])
def test_other_methods(address: str, path: str, method: str) -> None:
    harmless(address, *get(address, path, method=method))


# --- headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8501",
        "127.0.0.1@evil.example",
        "[::1",
        "a" * 3000,
    ],
)
@pytest.mark.parametrize("path", ["/", "/health", "/api/v1/", "/_stcore/health"])
def test_another_host_gets_nothing(address: str, path: str, host: str) -> None:
    assert get(address, path, host=host)[0] == 400


@pytest.mark.parametrize(
    "header",
    [
        "X: " + "a" * 100_000,
        "Cookie: " + "a=b; " * 10_000,
        "Cookie: duibiao_login=" + "é" * 50 + "; _streamlit_session=x.y.z",
        "Accept: " + ",".join(f"a/{n};q=0.5" for n in range(2000)),
        "Range: bytes=0-" + ",0-" * 1000,
        "Range: bytes=999999999999999999999-",
        "If-None-Match: " + '"a",' * 2000,
        "Authorization: Bearer " + "é" * 100,
        "Authorization: " + "Bearer " * 1000,
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked, chunked",
        "Accept-Encoding: " + "gzip;q=" * 500,
        "X-Forwarded-For: " + "1.2.3.4, " * 2000,
        "X-Forwarded-Proto: javascript",
        "X-Forwarded-Host: evil.example",
    ],
    ids=lambda header: header[:40],
)
@pytest.mark.parametrize("path", ["/", "/api/v1/scores"])
def test_odd_headers(address: str, path: str, header: str) -> None:
    status, answer = get(address, path, header)
    harmless(address, status, answer)
    assert b"evil.example" not in answer


@pytest.mark.parametrize(
    "text",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET\r\n\r\n",
        b"\r\n" * 1000,
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        bytes(range(256)) * 40,
    ],
    ids=range(8),
)
def test_what_is_no_request(address: str, text: bytes) -> None:
    assert not [secret for secret in SECRETS if secret in raw(address, text)]
    assert lives(address)


# --- sockets


def opened(address: str, origin: str | None = "") -> ClientConnection:
    """A socket as a page opens it."""
    return connect(
        address.replace("http", "ws", 1) + "/_stcore/stream",
        origin=address if origin == "" else origin,  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        proxy=None,
        max_size=None,
        open_timeout=PATIENCE,
    )


def draws(address: str) -> None:
    """A new visitor gets the first page, whole."""
    first = BackMsg()
    first.rerun_script.query_string = ""
    with opened(address) as line:
        line.send(first.SerializeToString())
        told = []
        while not told or told[-1].WhichOneof("type") != "script_finished":
            told.append(ForwardMsg.FromString(line.recv(timeout=60)))
    assert told[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    assert not [each for each in told if each.delta.new_element.WhichOneof("type") == "exception"]
    assert any("## " in each.delta.new_element.markdown.body for each in told)


def said(**parts: object) -> bytes:
    """A page's message about what was chosen."""
    message = BackMsg()
    for name, value in parts.items():
        setattr(message.rerun_script, name, value)
    message.rerun_script.SetInParent()
    return message.SerializeToString()


def touched(identifier: str, **value: object) -> bytes:
    """A page's message that a box has a value."""
    message = BackMsg()
    state = message.rerun_script.widget_states.widgets.add()
    state.id = identifier
    for name, each in value.items():
        setattr(state, name, each)
    return message.SerializeToString()


def told(**parts: object) -> bytes:
    """Any other message."""
    return BackMsg(**parts).SerializeToString()  # type: ignore[arg-type]


def upload_answer() -> bytes:
    """The answer to an upload that never was."""
    message = BackMsg()
    state = message.rerun_script.widget_states.widgets.add()
    state.id = "$$ID-x-None"
    info = state.file_uploader_state_value.uploaded_file_info.add()
    info.file_id, info.name, info.size = "../../etc/passwd", "../../x", 2**40
    return message.SerializeToString()


CHANCE = random.Random(7)
MESSAGES: dict[str, bytes | str] = {
    "empty": b"",
    "random": CHANCE.randbytes(1000),
    "random, long": CHANCE.randbytes(300_000),
    "text": "hello",
    "cut": said(query_string="a" * 100)[:-20],
    "a field number of no field": b"\xfa\xff\xff\xff\x0f\x00" * 50,
    "nested groups": b"\x0b" * 100_000,
    "unknown page": said(page_script_hash="0" * 32),
    "a page that is no hash": said(page_script_hash="../../etc/passwd"),
    "unknown page name": said(page_name="/../../etc/passwd"),
    "unknown part": said(fragment_id="nobody"),
    "a question of a megabyte": said(query_string="a=" + "b" * 2**20),
    "ten thousand parameters": said(query_string="&".join(f"a{n}=1" for n in range(10_000))),
    "a question that is none": said(query_string="%FF%00&&==&framework=%ED%A0%80"),
    "no such region": said(query_string="region=<script>&period=9999-Q9&framework=' OR 1=1"),
    "unknown box": touched("$$ID-nobody-nothing", string_value="x"),
    "box of another kind": touched("$$WIDGET_ID-x-region", double_value=float("inf")),
    "number that is none": touched("$$ID-x-None", double_value=float("nan")),
    "json that is none": touched("$$ID-x-None", json_value="{" * 10_000),
    "ten megabytes of text": touched("$$ID-x-None", string_value="字" * 3_500_000),
    "a table that is none": touched("$$ID-x-None", bytes_value=CHANCE.randbytes(1000)),
    "upload that never was": upload_answer(),
    "shut down": told(debug_shutdown_runtime=True),
    "disconnect": told(debug_disconnect_websocket=True),
    "about the source": told(load_git_info=True),
    "clear the cache": told(clear_cache=True),
    "run on save": told(set_run_on_save=True),
    "stop": told(stop_script=True),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_socket_that_says_nonsense(address: str, name: str) -> None:
    with opened(address) as line:
        line.send(MESSAGES[name])
        try:
            line.send(MESSAGES[name])
            answer = line.recv(timeout=2)
        except (TimeoutError, websockets.exceptions.ConnectionClosed):
            answer = b""
    assert lives(address)
    assert not [secret for secret in (*SECRETS, b"/lib/ui") if secret in (answer if isinstance(answer, bytes) else b"")]


@pytest.mark.parametrize("name", ["install_skills", "dismiss_skills_nudge"])
def test_operations_that_write_to_the_server_are_refused(address: str, name: str) -> None:
    with opened(address) as line:
        line.send(said())
        session = ""
        while not session:
            session = ForwardMsg.FromString(line.recv(timeout=60)).new_session.initialize.session_id
        message = BackMsg()
        message.backend_operation_request.request_id = "1"
        message.backend_operation_request.session_id = session
        getattr(message.backend_operation_request, name).SetInParent()
        line.send(message.SerializeToString())
        answer = ForwardMsg()
        while answer.WhichOneof("type") != "backend_operation_response":
            answer = ForwardMsg.FromString(line.recv(timeout=20))
    assert answer.backend_operation_response.error_msg


def test_a_message_of_two_hundred_megabytes_is_not_taken(address: str) -> None:
    with opened(address) as line, pytest.raises(websockets.exceptions.ConnectionClosed):
        line.send(os.urandom(2**20) * 201)
        line.recv(timeout=PATIENCE)
    assert lives(address)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "file://", "http://127.0.0.1.evil.example"]
)
def test_a_socket_of_another_site_is_refused(address: str, origin: str) -> None:
    with pytest.raises(websockets.exceptions.InvalidStatus, match="403"), opened(address, origin):
        pass
    assert lives(address)


def test_a_hundred_sockets_that_say_nothing(address: str) -> None:
    with ExitStack() as held:
        for _ in range(100):
            held.enter_context(opened(address))
        assert lives(address)


def test_after_all_that_a_page_is_drawn(address: str) -> None:
    draws(address)
