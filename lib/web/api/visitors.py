"""Who may read the interface, and how often: a key, a log-in that the gate has found, or whoever sits at a house without accounts."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from starlette.requests import Request

from lib.model import UserError
from lib.store.tokens import known
from lib.web.api.problem import Problem

# Set by the gate alone, which takes it off whatever comes in: "local" for a house without accounts, "guest" where a setting lets visitors look
# on, else what the store keeps of a log-in that holds.
LOGIN = "x-duibiao-login"
VARIABLE = "DUIBIAO_API_PER_MINUTE"
USUAL_PER_MINUTE = 120
_LOGIN = re.compile(r"local|guest|[0-9a-f]{64}")
_BEARER = re.compile(r"bearer +([^\s]{1,200})", re.IGNORECASE)
_MOST_VISITORS = 10_000


def per_minute() -> int:
    """How many questions a key or address may ask in a minute: DUIBIAO_API_PER_MINUTE, or 120. UserError where that is no whole number."""
    text = os.environ.get(VARIABLE, "").strip() or str(USUAL_PER_MINUTE)
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) < 1:
        raise UserError(f"{VARIABLE}={text} 不行（期望：1 以上的整数，每分钟最多读取几次）")
    return int(text)


class Pace:
    """A bucket for each visitor, filled at an even pace up to a minute's worth; each question takes one out."""

    def __init__(self, each_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.full, self.clock = float(each_minute), clock
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def wait(self, visitor: str) -> float:
        """Takes one out; 0, or the seconds until there is one again."""
        with self._lock:
            now = self.clock()
            left = self._filled(visitor, now)
            if left >= 1:
                self._left[visitor] = (left - 1, now)
                self._forget(now)
                return 0.0
            return (1 - left) * 60 / self.full

    def _filled(self, visitor: str, now: float) -> float:
        left, then = self._left.get(visitor, (self.full, now))
        return min(self.full, left + (now - then) * self.full / 60)

    def _forget(self, now: float) -> None:
        """Full buckets are as new ones; when all are in use the fullest half goes."""
        if len(self._left) <= _MOST_VISITORS:
            return
        kept = sorted(self._left, key=lambda visitor: self._filled(visitor, now))[: _MOST_VISITORS // 2]
        self._left = {visitor: self._left[visitor] for visitor in kept if self._filled(visitor, now) < self.full}


def admit(request: Request, path: Path, pace: Pace) -> None:
    """Lets a question pass. Problem 401 without a key or log-in that holds, 429 where it is one too many."""
    said = request.headers.get("authorization")
    login = request.headers.get(LOGIN, "")
    address = f"address {request.client.host if request.client else ''}"
    bearer = _BEARER.fullmatch(said.strip()) if said else None
    token = known(path, bearer.group(1)) if bearer else None
    wait = pace.wait(f"token {token.key}" if token else address)
    if wait:
        seconds = max(1, int(wait + 0.999))
        raise Problem(
            429,
            f"每分钟最多读取 {pace.full:.0f} 次，请 {seconds} 秒后再试",
            headers={"retry-after": str(seconds)},
        )
    # A key that is given must hold, also where none is needed: who is refused elsewhere learns it here.
    if token is None and (said is not None or not _LOGIN.fullmatch(login)):
        why = "密钥不对，或者已经过期、作废" if said is not None else "没有密钥"
        raise Problem(
            401,
            f"{why}：请在请求头写 Authorization: Bearer 密钥（由管理员用 python -m lib token add 发放），或者先登录",
            headers={"www-authenticate": 'Bearer realm="duibiao"'},
        )
