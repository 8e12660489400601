"""Two processes may publish at the same time, and reading does not wait for writing."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from lib.model.access import Action
from lib.store import writing
from lib.store.batches import Receipt, batches, current

ROUNDS = 10
ROOT = Path(__file__).resolve().parents[3]
# What each process does once told to go: a batch a round, as fast as it can.
PUBLISHER = """
import sys
from pathlib import Path
import pandas as pd
from lib.store.batches import publish
path, who, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
for i in range(rounds):
    rows = pd.DataFrame([("r1", "a", str(2000 + i), float(i))], columns=["region", "measure", "period", "value"])
    publish(path, rows, file=f"{who}-{i}.csv", sha256=f"{who}-{i}", user=who)
"""


def test_two_processes_publishing_at_the_same_time_both_succeed(path: Path) -> None:
    pipe = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    workers = [
        subprocess.Popen([sys.executable, "-c", PUBLISHER, str(path), who, str(ROUNDS)], **pipe) for who in ("甲", "乙")
    ]
    assert [worker.stdout.readline() for worker in workers] == ["ready\n", "ready\n"]
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0]
    assert batches(path).groupby("user").size().to_dict() == {"甲": ROUNDS, "乙": ROUNDS}
    assert sorted(current(path)["value"]) == [float(i) for i in range(ROUNDS)]


def test_a_thread_reads_what_stood_while_another_writes(path: Path, put: Callable[..., Receipt]) -> None:
    put({("r1", "a", "2020"): 1.0})
    wrote, release = threading.Event(), threading.Event()

    def write() -> None:
        with writing(path, Action.MAINTAIN) as db:
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
