"""Passwords: what is kept of one, whether one fits, and which are good enough."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata
from functools import cache

from lib.model import UserError

SHORTEST, LONGEST = 10, 200
# Different characters that a password has at least.
FEWEST = 4
# N, r, p of scrypt: 32 MiB and some 80 ms a try. They stand in the hash, so that raising them leaves older hashes valid.
COST = (2**15, 8, 1)
_SALT_BYTES, _HASH_BYTES = 16, 32
# What is tried first everywhere, and is long enough otherwise.
COMMON = frozenset(
    {
        "1234567890",
        "0123456789",
        "0987654321",
        "9876543210",
        "12345678910",
        "123456789a",
        "a123456789",
        "aa123456789",
        "qq123456789",
        "abc123456789",
        "abcd123456",
        "abcdefghij",
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "qwertyuiop",
        "qwerty123456",
        "password123",
        "p@ssword123",
        "admin123456",
        "administrator",
        "woaini1314",
        "5201314520",
        "iloveyou123",
        "welcome123",
        "changeme123",
        "duibiao123",
        "pingdingshan",
    }
)


def plain(text: str) -> str:
    """One way of writing for what an input method may write in several: full-width letters and digits become plain ones."""
    return unicodedata.normalize("NFKC", text)


def hashed(password: str) -> str:
    """What is kept of a password: scrypt$N$r$p$salt$hash."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return "$".join(["scrypt", *map(str, COST), _text(salt), _text(_scrypt(password, salt, *COST))])


def fits(password: str, secret: str) -> bool:
    """Whether a password is the one that was kept; never for an account without one. Takes as long in every case."""
    kept = secret or _nobodys()
    _, n, r, p, salt, digest = kept.split("$")
    found = _scrypt(password, base64.b64decode(salt), int(n), int(r), int(p))
    return hmac.compare_digest(found, base64.b64decode(digest)) and bool(secret)


def check(password: str, account: str, person: str, secret: str = "") -> None:
    """UserError, saying what is asked of it, for a password that is too short, too easy, or the one that was kept last."""
    written = plain(password)
    if not SHORTEST <= len(written) <= LONGEST:
        raise UserError(f"密码要有 {SHORTEST} 到 {LONGEST} 个字符，现在是 {len(written)} 个")
    folded = written.casefold()
    if folded in (plain(account).casefold(), plain(person).casefold()):
        raise UserError("密码不能和账号、姓名相同，请换一个")
    if folded in COMMON or len(set(folded)) < FEWEST:
        raise UserError("这个密码太常见，容易被猜到，请换一个（例如几个不相干的词连在一起）")
    if secret and fits(password, secret):
        raise UserError("新密码不能和上一个密码相同，请换一个")


@cache
def _nobodys() -> str:
    """A hash that no password fits, for the work on an account that is not there."""
    return hashed(secrets.token_hex(_HASH_BYTES))


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    # Half as much again as scrypt needs: OpenSSL refuses otherwise.
    room = 192 * n * r
    return hashlib.scrypt(plain(password).encode(), salt=salt, n=n, r=r, p=p, maxmem=room, dklen=_HASH_BYTES)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
