"""Two processes may publish at the same time, and reading does not wait for writing."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pandas as pd

from lib.store import writing
from lib.store.batches import Receipt, batches, current, publish

ROUNDS = 10


def publish_many(path: Path, who: str, start: Barrier) -> None:
    """What each process does: a batch a round, as fast as it can."""
    start.wait(timeout=30)
    for i in range(ROUNDS):
        rows = pd.DataFrame([("r1", "a", str(2000 + i), float(i))], columns=["region", "measure", "period", "value"])
        publish(path, rows, file=f"{who}-{i}.csv", sha256=f"{who}-{i}", user=who)


def test_two_processes_publishing_at_the_same_time_both_succeed(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    workers = [context.Process(target=publish_many, args=(path, who, start)) for who in ("甲", "乙")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=50)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert batches(path).groupby("user").size().to_dict() == {"甲": ROUNDS, "乙": ROUNDS}
    assert sorted(current(path)["value"]) == [float(i) for i in range(ROUNDS)]


def test_a_thread_reads_what_stood_while_another_writes(path: Path, put: Callable[..., Receipt]) -> None:
    put({("r1", "a", "2020"): 1.0})
    wrote, release = threading.Event(), threading.Event()

    def write() -> None:
        with writing(path) as db:
            db.conn.execute("UPDATE batch SET status = 'withdrawn'")
            wrote.set()
            release.wait(timeout=30)

    writer = threading.Thread(target=write)
    writer.start()
    assert wrote.wait(timeout=30)
    try:
        assert list(current(path)["value"]) == [1.0]
    finally:
        release.set()
        writer.join(timeout=30)
    assert current(path).empty


def test_threads_publishing_at_the_same_time_all_succeed(path: Path, put: Callable[..., Receipt]) -> None:
    receipts: list[Receipt] = []
    threads = [
        threading.Thread(target=lambda i=i: receipts.append(put({("r1", "a", str(2000 + i)): 1.0}, f"{i}.csv")))
        for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(receipt.batch for receipt in receipts) == list(range(1, 9))
