"""Keys of the interface: shown once, kept as a hash, ended by time or by hand, their use noted now and then."""

from __future__ import annotations

import sqlite3

import pytest

from lib.model import UserError
from lib.model.access import Action
from lib.store import migrate, tokens
from lib.store.database import writing
from lib.store.events import events


@pytest.fixture
def house(tmp_path):
    """A database of the test's own, with nothing in it."""
    path = tmp_path / "duibiao.db"
    migrate(path)
    return path


@pytest.fixture
def clock(monkeypatch):
    """What the time is; may be moved."""
    moment = ["2026-03-01T08:00:00Z"]
    monkeypatch.setattr(tokens, "now", lambda: moment[0])
    return moment


def use(house) -> str:
    return tokens.tokens(house).at[0, "used_at"]


def test_a_key_is_known_and_only_its_hash_is_kept(house, clock):
    text = tokens.issue(house, " 统计局 ", 30, user="李明")
    found = tokens.known(house, text)
    assert found is not None and found.name == "统计局"
    assert text.encode() not in b"".join(each.read_bytes() for each in house.parent.glob(f"{house.name}*"))
    assert "key" not in tokens.tokens(house).columns
    assert tokens.issue(house, "审计局", 30, user="李明") != text


@pytest.mark.parametrize(
    "wrong", ["", "duibiao_", "duibiao_" + "a" * 43, "x" * 51, "duibiao_" + "一" * 43, "duibiao_' OR 1=1 --"]
)
def test_what_was_never_issued_is_not_known(house, wrong):
    text = tokens.issue(house, "统计局", 30, user="李明")
    assert tokens.known(house, wrong) is None
    assert tokens.known(house, text[:-1]) is None
    assert tokens.known(house, text + "\n") is None


def test_the_hash_itself_is_no_key(house):
    found = tokens.known(house, tokens.issue(house, "统计局", 30, user="李明"))
    assert found is not None
    assert tokens.known(house, found.key) is None
    assert tokens.known(house, tokens.MARK + found.key[:43]) is None


def test_a_key_ends_with_its_last_day(house, clock):
    text = tokens.issue(house, "统计局", 1, user="李明")
    clock[0] = "2026-03-02T07:59:59Z"
    assert tokens.known(house, text)
    clock[0] = "2026-03-02T08:00:00Z"
    assert tokens.known(house, text) is None
    assert tokens.tokens(house).at[0, "state"] == "过期"
    tokens.issue(house, "统计局", 1, user="李明")


def test_a_revoked_key_ends_at_once_and_its_name_is_free(house):
    text = tokens.issue(house, "统计局", 365, user="李明")
    with pytest.raises(UserError, match="已有名为"):
        tokens.issue(house, "统计局", 365, user="李明")
    tokens.revoke(house, "统计局", user="王芳")
    assert tokens.known(house, text) is None
    assert tuple(tokens.tokens(house).loc[0, ["state", "revoked_by"]]) == ("作废", "王芳")
    with pytest.raises(UserError, match="没有名为"):
        tokens.revoke(house, "统计局", user="王芳")
    again = tokens.issue(house, "统计局", 365, user="李明")
    assert tokens.known(house, again) and tokens.known(house, text) is None


@pytest.mark.parametrize(
    ("name", "days", "user"),
    [
        ("", 1, "李明"),
        ("长" * 41, 1, "李明"),
        ("a\tb", 1, "李明"),
        ("\u202eabc", 1, "李明"),
        ("好", 0, "李明"),
        ("好", 366, "李明"),
        ("好", -1, "李明"),
        ("好", 1, " "),
    ],
)
def test_what_cannot_be_issued(house, name, days, user):
    with pytest.raises(UserError):
        tokens.issue(house, name, days, user=user)
    assert tokens.tokens(house).empty


def test_use_is_noted_at_most_once_a_minute_also_when_the_clock_goes_back(house, clock):
    text = tokens.issue(house, "统计局", 30, user="李明")
    assert use(house) == ""
    for moment, noted in [
        ("2026-03-01T08:00:10Z", "2026-03-01T08:00:10Z"),
        ("2026-03-01T08:01:09Z", "2026-03-01T08:00:10Z"),
        ("2026-03-01T08:01:10Z", "2026-03-01T08:01:10Z"),
        ("2026-03-01T08:01:00Z", "2026-03-01T08:01:00Z"),
    ]:
        clock[0] = moment
        assert tokens.known(house, text)
        assert use(house) == noted


def test_who_reads_does_not_wait_for_who_writes(house):
    text = tokens.issue(house, "统计局", 30, user="李明")
    with writing(house, Action.MAINTAIN):
        assert tokens.known(house, text)
    assert use(house) == ""
    assert tokens.known(house, text)
    assert use(house) != ""


def test_the_trail_tells_and_has_no_key(house, clock):
    text = tokens.issue(house, "统计局", 30, user="李明")
    tokens.revoke(house, "统计局", user="王芳")
    lines = events(house, "统计局")
    assert [*zip(lines["user"], lines["action"], lines["before"], lines["after"], strict=True)] == [
        ("王芳", "作废接口密钥", "有效期到 2026-03-31T08:00:00Z", "2026-03-01T08:00:00Z 作废"),
        ("李明", "发放接口密钥", "", "有效期到 2026-03-31T08:00:00Z"),
    ]
    with sqlite3.connect(house) as db:
        assert not any(text in line for line in db.iterdump())
