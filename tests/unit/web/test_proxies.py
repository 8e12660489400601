"""Whose address a request has: what a trusted proxy says, and nobody else."""

from __future__ import annotations

import pytest

from lib.model import UserError
from lib.web.proxies import address, as_it_is, is_local, trusted
from tests.unit.web.asgi import scope

TRUSTED = "10.0.0.1, 10.1.0.0/16,::1"


def seen(client, kind="http", **headers):
    """Address and scheme of a request through proxies."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    made = as_it_is(scope(kind, "/", named, client=client), trusted(TRUSTED))
    return made["client"][0], made["scheme"]


@pytest.mark.parametrize(
    ("client", "said", "found"),
    [
        ("10.0.0.1", "192.168.1.5", "192.168.1.5"),
        ("10.0.0.1", "1.2.3.4, 192.168.1.5", "192.168.1.5"),
        ("10.0.0.1", "1.2.3.4, 192.168.1.5, 10.1.2.3", "192.168.1.5"),
        ("10.0.0.1", "10.1.2.3", "10.1.2.3"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "1.2.3.4, unknown, 10.1.2.3", "10.1.2.3"),
        ("10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        ("10.0.0.1", "192.168.1.5:5123", "192.168.1.5"),
        ("::1", "192.168.1.5", "192.168.1.5"),
        ("::ffff:10.0.0.1", "192.168.1.5", "192.168.1.5"),
        ("192.168.1.9", "127.0.0.1", "192.168.1.9"),
    ],
)
def test_the_address_is_the_last_that_is_no_proxy(client, said, found):
    assert seen(client, x_forwarded_for=said)[0] == found


def test_the_scheme_is_the_proxys_word_only():
    assert seen("10.0.0.1", x_forwarded_proto="https")[1] == "https"
    assert seen("10.0.0.1", "websocket", x_forwarded_proto="https")[1] == "wss"
    assert seen("192.168.1.9", x_forwarded_proto="https")[1] == "http"


def test_headers_of_ours_are_taken_away():
    made = as_it_is(scope("http", "/", {"X-Duibiao-Login": "local", "x-duibiao-any": "1", "x-other": "2"}), ())
    assert [name for name, _ in made["headers"]] == [b"host", b"x-other"]


@pytest.mark.parametrize("text", ["10.0.0", "a", "10.0.0.1/33", "10.0.0.1 10.0.0.2"])
def test_a_setting_that_is_no_address_is_refused(text):
    with pytest.raises(UserError, match="DUIBIAO_PROXIES"):
        trusted(text)


@pytest.mark.parametrize("text", ["", "x", "1.2.3", "[::1", "1.2.3.4.5", "::g", "%"])
def test_what_is_no_address(text):
    found = address(text)
    assert found is None or text == "[::1"


@pytest.mark.parametrize(
    ("client", "local"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("::ffff:127.0.0.1", True), ("10.0.0.1", False)],
)
def test_this_machine_is_loopback(client, local):
    assert is_local(scope("http", "/", {}, client=client)) is local
    assert not is_local(scope("http", "/", {"x-forwarded-for": "127.0.0.1"}, client=client))


def test_without_a_client_nobody_is_local():
    assert not is_local({**scope("http", "/", {}), "client": None})
