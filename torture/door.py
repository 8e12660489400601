"""Who is not to come in: wrong passwords, bad cookies, log-ins under a clock that jumps."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from starlette.types import Message, Scope

from lib.model import UserError
from lib.model.access import Role
from lib.store import accounts, logins
from lib.web import visits
from lib.web.gate import Gate
from torture.house import house
from torture.kill import Result

START = datetime(2026, 3, 1, 4, tzinfo=UTC)
# Hours from the start at which the clock stands, one after the other, and whether a log-in of the start that is used in
# each step is still good: it ends after 12 hours, and after two without use.
JUMPS = ((0.0, True), (1.9, True), (1.0, True), (2.9, True), (4.8, True), (2.0, True), (5.7, False), (0.5, False))
PATHS = (
    "/",
    "/ranking",
    "/static/js/index.js",
    "/media/1.png",
    "/_stcore/upload_file/a/b",
    "/_stcore/stream",
    "/kiosk",
)
_PASSWORDS = ("五彩-Wuyuntu-27", "别的-Wuyuntu-28")


def wrong_passwords(tries: int = 40) -> Result:
    """Tries in a row with wrong passwords, a second apart: hardly any is looked at, and the right one is refused while it is locked."""
    with _inhabited() as (path, password):
        looked_at = 0
        for second in range(tries):
            with _clock(START + timedelta(seconds=second)):
                try:
                    logins.log_in(path, "zhao", f"{password}{second}", address="10.0.0.9")
                except logins.TooSoon:
                    continue
                except UserError:
                    looked_at += 1
        with _clock(START + timedelta(seconds=tries)):
            refused = _refused(path, password)
        with _clock(START + timedelta(minutes=16)):
            comes_in = not _refused(path, password)
    good = [looked_at < 10, refused, comes_in]
    return tries, tries if all(good) else tries - good.count(False), f"{looked_at} passwords were looked at"


def bad_cookies(tries: int = 300) -> Result:
    """Cookies that are forged, cut off, of another database, of a log-in that has ended, or have a letter changed: none is let in."""
    chance, let_in = random.Random(7), 0
    with _inhabited() as (path, password), _inhabited() as (other, _), patch.dict("os.environ", DUIBIAO_DB=str(path)):
        key = logins.log_in(path, "zhao", password, address="10.0.0.9")
        good = visits.signed(key, logins.seal(path))
        foreign = visits.signed(logins.log_in(other, "zhao", password, address="10.0.0.9"), logins.seal(other))
        ended = visits.signed(logins.log_in(path, "zhao", password, address="10.0.0.9"), logins.seal(path))
        logins.close(path, logins.kept(visits.read(ended, logins.seal(path))))
        if not all(_passes(each, good) for each in PATHS if each != "/_stcore/stream"):
            raise AssertionError("the good cookie is not let in: nothing was tried")
        for number in range(tries):
            bad = _spoilt(good, chance) if number % 3 == 0 else (foreign, ended, key, "", good[:-3])[number % 5]
            let_in += bad != good and _passes(PATHS[number % len(PATHS)], bad)
    return tries, tries - let_in, f"on {len(PATHS)} addresses, the socket among them"


def clock() -> Result:
    """A log-in under a clock that jumps: good as long as it should be and not a moment longer; one that has ended never comes back."""
    with _inhabited() as (path, password):
        with _clock(START):
            kept = logins.kept(logins.log_in(path, "zhao", password, address="10.0.0.9"))
        ended, right = False, 0
        for hours, good in JUMPS:
            with _clock(START + timedelta(hours=hours)):
                there = logins.standing(path, kept) is not None
                right += there == good or (not there and ended)
                if not there:
                    logins.close(path, kept)
                    ended = True
        with _clock(START + timedelta(hours=1)):
            right += logins.standing(path, kept) is None
    return len(JUMPS) + 1, right, "hours forwards and back"


@contextmanager
def _inhabited() -> Iterator[tuple[Path, str]]:
    """A house with one account, and its password."""
    first, second = _PASSWORDS
    with house() as path:
        accounts.create(path, "zhao", "赵敏", Role.ADMIN, password=first, by="甲")
        accounts.set_password(path, "zhao", second, keep="")
        visits.forget()
        yield path, second


@contextmanager
def _clock(moment: datetime) -> Iterator[None]:
    with patch("lib.store.logins._now", lambda: moment):
        yield


def _refused(path: Path, password: str) -> bool:
    with suppress(UserError):
        logins.log_in(path, "zhao", password, address="10.0.0.9")
        return False
    return True


def _spoilt(cookie: str, chance: random.Random) -> str:
    """The cookie with one character changed."""
    at = chance.randrange(len(cookie))
    return cookie[:at] + chance.choice("ABCabc012-_.=") + cookie[at + 1 :]


def _passes(path: str, cookie: str) -> bool:
    """Whether a request or socket with this cookie reaches what is behind the gate."""
    reached: list[str] = []

    async def behind(scope: Scope, receive: object, send: object) -> None:
        reached.append(scope["path"])

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        """What is answered does not matter."""

    kind = "websocket" if path.endswith("stream") else "http"
    headers = [(b"host", b"127.0.0.1"), (b"cookie", f"{visits.COOKIE}={cookie}".encode())]
    scope = {"type": kind, "path": path, "method": "GET", "query_string": b"", "headers": headers, "scheme": "http"}
    visits.forget()
    asyncio.run(Gate(behind)({**scope, "client": ("10.0.0.9", 1)}, receive, send))
    return bool(reached)
