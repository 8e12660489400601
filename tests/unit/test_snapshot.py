"""What a snapshot keeps: reckoned once for everybody, and not kept where it failed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from lib.snapshot import Snapshot


def test_those_who_ask_at_once_wait_for_one_reckoning():
    begun, go_on, calls = Event(), Event(), []

    def slow(number: int) -> int:
        calls.append(number)
        begun.set()
        go_on.wait(30)
        return number * 2

    snapshot = Snapshot(Path("none.db"), "1")
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(snapshot.seen, slow, 21) for _ in range(4)]
        assert begun.wait(30)
        go_on.set()
        assert [each.result(30) for each in asked] == [42] * 4
    assert calls == [21]


def test_one_view_does_not_wait_for_another():
    begun, go_on = Event(), Event()

    def slow() -> str:
        begun.set()
        go_on.wait(30)
        return "slow"

    snapshot = Snapshot(Path("none.db"), "1")
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(snapshot.seen, slow)
        assert begun.wait(30)
        assert snapshot.seen(len, "abc") == 3
        go_on.set()
        assert asked.result(30) == "slow"


def test_a_view_may_rest_on_another():
    snapshot = Snapshot(Path("none.db"), "1")
    assert snapshot.seen(lambda: snapshot.seen(len, "ab") + 1) == 3


def test_an_error_is_not_kept():
    calls = []

    def fails_once() -> str:
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("first")
        return "then"

    snapshot = Snapshot(Path("none.db"), "1")
    with pytest.raises(ValueError, match="first"):
        snapshot.seen(fails_once)
    assert snapshot.seen(fails_once) == "then"
    assert snapshot.seen(fails_once) == "then"
    assert len(calls) == 2
