"""Whose visit a request is: anybody's in an open house, a guest's, or somebody's who has logged in."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import os
import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Protocol, TypeVar

from starlette.requests import HTTPConnection
from starlette.types import Scope

from lib.model.access import GUEST, LOCAL, Person
from lib.store import default_path
from lib.store.accounts import any_account
from lib.store.logins import Standing, kept, seal, standing
from lib.web.proxies import is_local

COOKIE = "duibiao_login"
LOGIN, LOGOUT, PASSWORD, SINGLE = "/login", "/logout", "/password", "/login/single"
# In the scope, for the routes behind the gate: whose visit it is, and single sign-on, if there is any.
VISIT, SIGN_ON = "duibiao.visit", "duibiao.single"
LOCAL_LOGIN, GUEST_LOGIN = "local", "guest"
LOOK, FREE = "DUIBIAO_LOOK", "free"
# What is known of a log-in or of the house is looked up again after so many seconds.
LOOK_AGAIN = 2.0
_MOST = 10_000
# From which address what is being done now comes, for the trail.
ADDRESS: ContextVar[str] = ContextVar("address", default="")
T = TypeVar("T")


class SingleSignOn(Protocol):
    """Single sign-on as it is set up: by whom, where it begins, and who has come back from it."""

    @property
    def providers(self) -> Mapping[str, str]:
        """Names of the providers and what stands on their buttons; empty where it is set up but cannot be used."""

    def begin(self, provider: str) -> str:
        """The local address that leads to a provider."""

    def names(self, cookies: Mapping[str, str]) -> list[str]:
        """The names of whom the cookies that were set on the way back identify."""


@dataclass(frozen=True)
class Visit:
    """Whose a request is: the log-in as pages see it ("local", "guest", the key as it is kept, "" for nobody's), the person, and
    whether a password must be changed before anything else."""

    login: str = ""
    person: Person | None = None
    must_change: bool = False


_looked: dict[tuple[str, ...], tuple[float, object]] = {}


async def visit_of(scope: Scope, *, single: bool, active: bool = True) -> Visit:
    """Whose a request or a socket is now; UserError when the database cannot be read."""
    path = default_path()
    if not single and not await _known(("house", str(path)), lambda: any_account(path)):
        return Visit(LOCAL_LOGIN, LOCAL) if is_local(scope) else Visit()
    cookie = HTTPConnection(scope).cookies.get(COOKIE, "")
    if cookie:
        key = read(cookie, await _known(("seal", str(path)), lambda: seal(path)))
        found = key and await _known((kept(key), str(path), str(active)), lambda: _standing(path, key, active))
        if found:
            return Visit(kept(key), found.person, found.must_change)
    return Visit(GUEST_LOGIN, GUEST) if os.environ.get(LOOK) == FREE else Visit()


def forget() -> None:
    """What changes here counts at once: everything is looked up again."""
    _looked.clear()


def signed(text: str, key: bytes) -> str:
    """A text with its signature."""
    mac = hmac.new(key, text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def read(text: str, key: bytes) -> str:
    """The text that was signed; "" for one that was not, or not with this key."""
    body, _, _ = text.rpartition(".")
    return body if hmac.compare_digest(signed(body, key).encode(), text.encode()) else ""


def _standing(path: Path, key: str, active: bool) -> Standing | None:
    return standing(path, kept(key), active=active)


async def _known(about: tuple[str, ...], ask: Callable[[], T]) -> T:
    """What was last heard, if that is not too long ago, else asked in a thread."""
    at, found = _looked.get(about, (-inf, None))
    now = time.monotonic()
    if now - at < LOOK_AGAIN:
        return found  # type: ignore[return-value]
    found = await asyncio.to_thread(ask)
    if len(_looked) >= _MOST:
        _looked.clear()
    _looked[about] = (now, found)
    return found
