"""Single sign-on (OIDC) as Streamlit does it: set up in the section [auth] of .streamlit/secrets.toml, needs Authlib."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from streamlit import auth_util
from streamlit.web.server.starlette import starlette_server_config, starlette_websocket

_WORDS = "统一身份"
_DEFAULT = "default"


@dataclass(frozen=True)
class StreamlitSignOn:
    """What lib/web/visits.py asks of single sign-on."""

    providers: Mapping[str, str]

    def begin(self, provider: str) -> str:
        """The local address that leads to a provider; good for two minutes."""
        return f"/auth/login?{urlencode({'provider': auth_util.encode_provider_token(provider)})}"

    def names(self, cookies: Mapping[str, str]) -> list[str]:
        """The mail address, unless the provider says that it is not verified, and the subject, of whom Streamlit's cookie
        identifies; none for a cookie that is not Streamlit's."""
        origin = auth_util.get_origin_from_redirect_uri() or ""
        read = starlette_websocket._get_signed_cookie_with_chunks(
            dict(cookies), starlette_server_config.USER_COOKIE_NAME
        )
        said = starlette_websocket._parse_decoded_user_cookie(read, origin) if read else {}
        if not said.get("is_logged_in"):
            return []
        mail = "" if said.get("email_verified") is False else said.get("email")
        return [str(name) for name in (mail, said.get("sub")) if name]


def found() -> StreamlitSignOn | None:
    """Single sign-on as it is set up; without providers where Authlib is missing; None where it is not set up."""
    section = auth_util.get_secrets_auth_section()
    if not section:
        return None
    if not auth_util.is_authlib_installed():
        return StreamlitSignOn({})
    named = {name: name for name, each in section.items() if isinstance(each, Mapping) and "client_id" in each}
    return StreamlitSignOn(named or {_DEFAULT: _WORDS})
