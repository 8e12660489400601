"""What Streamlit's identity cookie says, as Streamlit signs it; nobody's provider is asked."""

from __future__ import annotations

import asyncio

import pytest
from starlette.responses import Response
from streamlit import auth_util
from streamlit.runtime.secrets import AttrDict
from streamlit.web.server.starlette import starlette_auth_routes as streamlit_routes

from lib.ui import single_sign_on
from lib.ui.single_sign_on import StreamlitSignOn
from tests.unit.web.asgi import Answer

SECTION = {
    "redirect_uri": "https://house/oauth2callback",
    "cookie_secret": "a secret of some length",
    "client_id": "house",
    "client_secret": "x",
    "server_metadata_url": "https://provider/.well-known/openid-configuration",
}


@pytest.fixture
def section(monkeypatch):
    """Single sign-on as .streamlit/secrets.toml would set it up."""
    said = dict(SECTION)
    for module in (auth_util, streamlit_routes):
        monkeypatch.setattr(module, "get_secrets_auth_section", lambda: AttrDict(said))
    for name in ("streamlit.web.server.starlette.starlette_websocket", streamlit_routes.__name__):
        monkeypatch.setattr(f"{name}.get_cookie_secret", lambda: said["cookie_secret"])
    return said


async def cookies(user: dict) -> dict[str, str]:
    """The cookies that Streamlit sets for a user on the way back."""
    answer = Response()
    await streamlit_routes._set_auth_cookie(
        answer, {"origin": "https://house", "is_logged_in": True, **user}, {"id_token": "t"}
    )
    return Answer(200, answer.headers, "").cookies


def names(user: dict) -> list[str]:
    """Whom single sign-on names."""
    return StreamlitSignOn({}).names(asyncio.run(cookies(user)))


def test_the_mail_address_comes_before_the_subject(section):
    assert names({"email": "wang@pds.gov.cn", "sub": "42", "email_verified": True}) == ["wang@pds.gov.cn", "42"]
    assert names({"email": "wang@pds.gov.cn", "sub": "42"}) == ["wang@pds.gov.cn", "42"]


def test_an_address_that_is_not_verified_does_not_count(section):
    assert names({"email": "wang@pds.gov.cn", "sub": "42", "email_verified": False}) == ["42"]


def test_a_large_cookie_comes_in_parts(section):
    assert names({"email": "wang@pds.gov.cn", "more": "x" * 9000}) == ["wang@pds.gov.cn"]


@pytest.mark.parametrize(
    "user", [{"email": "a@b.cn", "origin": "https://evil"}, {"email": "a@b.cn", "is_logged_in": False}, {}]
)
def test_nobody_is_named(section, user):
    assert names(user) == []


def test_a_cookie_of_another_secret_names_nobody(section):
    made = asyncio.run(cookies({"email": "a@b.cn"}))
    section["cookie_secret"] = "another secret, as long"
    assert StreamlitSignOn({}).names(made) == []
    assert StreamlitSignOn({}).names({"_streamlit_user": "x"}) == []
    assert StreamlitSignOn({}).names({}) == []


@pytest.mark.parametrize("there", [True, False])
def test_it_is_found_with_and_without_what_it_needs(section, monkeypatch, there):
    monkeypatch.setattr(auth_util, "is_authlib_installed", lambda: there)
    assert single_sign_on.found() == StreamlitSignOn({"default": "统一身份"} if there else {})


def test_several_providers_have_their_names(section, monkeypatch):
    monkeypatch.setattr(auth_util, "is_authlib_installed", lambda: True)
    section["政务网"] = {"client_id": "house"}
    assert single_sign_on.found() == StreamlitSignOn({"政务网": "政务网"})


def test_it_is_not_there_where_nobody_set_it_up(monkeypatch):
    monkeypatch.setattr(auth_util, "get_secrets_auth_section", lambda: AttrDict({}))
    assert single_sign_on.found() is None


def test_it_begins_at_streamlits_own_address(section, monkeypatch):
    monkeypatch.setattr(auth_util, "encode_provider_token", lambda provider: f"token of {provider}")
    assert StreamlitSignOn({}).begin("default") == "/auth/login?provider=token+of+default"
