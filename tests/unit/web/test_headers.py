"""What every answer tells the browser."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
import streamlit

from lib.web.headers import SafeHeaders, inline_hashes
from tests.unit.web.asgi import call


@pytest.mark.parametrize("path", ["/", "/static/x.js", "/health", "/login", "/_stcore/metrics", "/api/v1/x"])
def test_every_answer_has_them(home, app, path):
    headers = call(app, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "camera=()" in headers["permissions-policy"]
    assert "default-src" in headers["content-security-policy"]
    assert "strict-transport-security" not in headers


def test_only_over_https_the_browser_is_to_stay_there(home, app):
    assert call(app, "/", scheme="https").headers["strict-transport-security"] == "max-age=31536000"


def test_the_scripts_of_the_page_are_allowed_by_their_hash(page, app, home):
    (found,) = inline_hashes(page.read_bytes())
    policy = call(app, "/").headers["content-security-policy"]
    assert f"script-src 'self' blob: 'unsafe-eval' {found};" in policy
    assert "'unsafe-inline'" not in policy.partition("style-src")[0]


def test_the_page_that_streamlit_serves_has_a_script_of_its_own():
    assert inline_hashes((Path(streamlit.__file__).parent / "static" / "index.html").read_bytes())


def test_the_hash_is_of_the_script_alone():
    digest = base64.b64encode(hashlib.sha256(b"first()").digest()).decode()
    page = b"<script type=module src=a.js></script><script>first()</script><SCRIPT>no</SCRIPT>"
    assert inline_hashes(page)[0] == f"'sha256-{digest}'"


@pytest.mark.parametrize("host", ["house:8501", "10.0.0.1", "[::1]:8501"])
def test_sockets_to_the_same_host_are_allowed(page, host):
    assert f"connect-src 'self' ws://{host} wss://{host};" in SafeHeaders(None, page).policy(host)


@pytest.mark.parametrize("host", ["", "a; script-src *", "a b", "a,b", "a/b"])
def test_a_host_that_is_none_gets_nothing(page, host):
    assert "connect-src 'self';" in SafeHeaders(None, page).policy(host)
