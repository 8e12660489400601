"""Coming in: waits that double, a lock, log-ins that end, and a clock that jumps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from lib.model import UserError
from lib.model.access import Action, Role
from lib.store import accounts, logins, migrate, passwords
from lib.store.database import connect, writing
from lib.store.events import events

GOOD, HERE = "五彩-Wuyuntu-27", "10.0.0.1"


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, 0, 0, 500_000, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def on(self, **more: float) -> None:
        self.at += timedelta(**more)


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr(passwords, "COST", (2**4, 8, 1))
    clock = Clock()
    monkeypatch.setattr(logins, "_now", clock)
    return clock


@pytest.fixture
def path(tmp_path, clock):
    path = tmp_path / "d.db"
    migrate(path)
    accounts.create(path, "admin", "王", Role.ADMIN, password=GOOD, by="甲")
    return path


def enter(path, password=GOOD, name="admin", address=HERE):
    return logins.kept(logins.log_in(path, name, password, address=address))


def fail(path, name="admin", address=HERE):
    with pytest.raises(UserError, match="不对") as caught:
        enter(path, "wrong", name, address)
    assert not isinstance(caught.value, logins.TooSoon)


def wait(path, name="admin", address=HERE):
    """What is said to a try with the right password that comes too soon."""
    with pytest.raises(logins.TooSoon) as caught:
        enter(path, GOOD, name, address)
    return str(caught.value)


def test_the_key_is_not_what_is_kept(path):
    key = logins.log_in(path, "ADMIN", GOOD, address=HERE, agent="x" * 999)
    with connect(path) as db:
        (row,) = db["login"].rows
    assert (row["key"], row["address"], len(row["agent"])) == (logins.kept(key), HERE, 200)
    assert key not in str(row)
    assert len(key) == 43


def test_waits_double_after_three_failures_and_are_said_in_seconds(path, clock):
    for _ in range(3):
        fail(path)
    assert wait(path) == "失败次数较多，请 2 秒后再试"
    clock.on(seconds=1.2)
    assert wait(path) == "失败次数较多，请 1 秒后再试"
    clock.on(seconds=0.9)
    for seconds in (4, 8, 16):
        fail(path)
        assert f" {seconds} 秒" in wait(path)
        clock.on(seconds=seconds)
    assert enter(path)


def test_a_try_that_comes_too_soon_is_not_counted(path, clock):
    for _ in range(3):
        fail(path)
    for _ in range(20):
        wait(path)
    clock.on(seconds=2)
    assert enter(path)


def test_an_address_is_slowed_down_whatever_the_account(path, clock):
    for name in ("a1", "a2", "a3"):
        fail(path, name)
    assert " 2 秒" in wait(path)
    assert enter(path, address="10.0.0.2")


def test_an_account_that_is_not_there_is_treated_alike(path, clock):
    for number in range(10):
        fail(path, "admin", f"10.1.0.{number}")
        fail(path, "nobody", f"10.2.0.{number}")
        clock.on(seconds=2 ** max(number - 1, 0))
    words = wait(path, "admin", "10.9.0.1"), wait(path, "nobody", "10.9.0.2")
    assert words[0] == words[1]
    assert "锁定" in words[0]


def test_every_try_hashes_once_whoever_it_is(path, monkeypatch):
    accounts.create(path, "gone", "丙", Role.VIEWER, password=GOOD, by="甲")
    accounts.disable(path, "gone", by="甲")
    accounts.create(path, "single", "丁", Role.VIEWER, by="甲")
    passwords._nobodys()
    hashes, scrypt = [], passwords._scrypt
    monkeypatch.setattr(passwords, "_scrypt", lambda *a: hashes.append(a[0]) or scrypt(*a))
    for number, name in enumerate(("admin", "nobody", "gone", "single")):
        fail(path, name, f"10.3.0.{number}")
    assert hashes == ["wrong"] * 4


def test_ten_failures_lock_for_a_quarter_of_an_hour_and_an_administrator_unlocks(path, clock):
    for number in range(10):
        fail(path, address=f"10.1.0.{number}")
        clock.on(seconds=2 ** max(number - 1, 0))
    assert "请 15 分钟后再试，或请管理员解锁" in wait(path, address="10.9.0.1") or "请 11 分钟" in wait(
        path, address="10.9.0.1"
    )
    assert logins.locked_until(path, "admin")
    accounts.unlock(path, "admin", by="乙")
    assert logins.locked_until(path, "admin") == ""
    assert enter(path, address="10.9.0.1")
    actions = list(events(path)["action"])
    assert actions.count("账号锁定") == 1
    assert actions.count("登录失败") == 10
    assert "解锁账号" in actions


def test_a_lock_ends_by_itself(path, clock):
    for number in range(10):
        fail(path, address=f"10.1.0.{number}")
        clock.on(seconds=2 ** max(number - 1, 0))
    clock.on(minutes=15)
    assert enter(path, address="10.9.0.1")


def test_coming_in_forgets_the_failures(path, clock):
    for _ in range(2):
        fail(path)
    enter(path)
    for _ in range(2):
        fail(path)
    assert enter(path)


def test_a_clock_put_back_does_not_lengthen_a_wait(path, clock):
    for _ in range(3):
        fail(path)
    clock.on(days=-30)
    assert " 2 秒" in wait(path)


def test_a_log_in_ends_after_twelve_hours(path, clock):
    key = enter(path)
    for _ in range(11):
        clock.on(hours=1)
        assert logins.person_of(path, key) is None
        assert logins.standing(path, key).must_change
    clock.on(minutes=59, seconds=58)
    assert logins.standing(path, key)
    clock.on(seconds=3)
    assert logins.standing(path, key) is None


def test_a_log_in_ends_after_two_hours_without_anything_done(path, clock):
    key = enter(path)
    clock.on(hours=1, minutes=59)
    assert logins.standing(path, key, active=False)
    clock.on(minutes=2)
    assert logins.standing(path, key) is None


def test_what_is_done_is_noted_once_a_minute(path, clock):
    def seen():
        with connect(path) as db:
            return next(db["login"].rows)["seen_at"]

    key, first = enter(path), "2026-03-02T09:00:00Z"
    clock.on(seconds=58)
    logins.standing(path, key)
    assert seen() == first
    clock.on(seconds=2)
    logins.standing(path, key, active=False)
    assert seen() == first
    logins.standing(path, key)
    assert seen() == "2026-03-02T09:01:00Z"


def test_a_visit_does_not_wait_for_whoever_is_writing(path, clock):
    key = enter(path)
    clock.on(minutes=5)
    with writing(path, Action.MAINTAIN):
        assert logins.standing(path, key)


def test_a_change_of_role_counts_at_once(path, clock):
    key = enter(path)
    accounts.set_password(path, "admin", "别的-Wuyuntu-28", keep=key)
    accounts.create(path, "bb", "乙", Role.ADMIN, password=GOOD, by="甲")
    accounts.change(path, "admin", person="王", role=Role.VIEWER, by="甲")
    assert logins.person_of(path, key).role is Role.VIEWER


def test_logging_out_ends_one_and_everywhere_ends_all(path, clock):
    first, second, third = enter(path), enter(path), enter(path)
    logins.close(path, first)
    logins.close(path, first)
    assert logins.standing(path, first) is None
    assert sorted(logins.logins(path, "admin")["key"]) == sorted([second, third])
    assert logins.close_all(path, "admin", by="王") == 2
    assert logins.standing(path, second) is None
    assert list(events(path)["action"][:2]) == ["退出全部登录", "退出登录"]


@pytest.mark.parametrize("key", ["", "guest", "local", "x" * 64, "' OR 1=1 --"])
def test_a_key_that_is_none_is_nobodys(path, key):
    assert logins.standing(path, key) is None


def test_single_sign_on_needs_an_account_that_is_not_disabled(path):
    with pytest.raises(UserError, match="没有对应的账号"):
        logins.open_login(path, ["x@y.cn", ""], address=HERE)
    accounts.create(path, "x@y.cn", "乙", Role.VIEWER, by="甲")
    accounts.disable(path, "x@y.cn", by="甲")
    with pytest.raises(UserError, match="已停用"):
        logins.open_login(path, ["X@y.cn"], address=HERE)


def test_the_seal_is_made_once_and_differs_between_houses(path, tmp_path):
    other = tmp_path / "other.db"
    migrate(other)
    assert logins.seal(path) == logins.seal(path)
    assert logins.seal(path) != logins.seal(other)
    assert len(logins.seal(path)) == 32
