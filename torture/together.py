"""Several processes on one database at the same time: every deed is there once, and the database is whole."""

from __future__ import annotations

from multiprocessing.process import BaseProcess
from pathlib import Path

from lib.store import backup as backups
from lib.store import batches
from lib.store.copying import check
from torture.house import house, is_whole, publish
from torture.kill import Result, context

ROUNDS, SIZE = 15, 200


def at_once(rounds: int = ROUNDS) -> Result:
    """Two processes publish, one withdraws and publishes again, one makes backups: all succeed, and each deed is in the trail once."""
    with house() as path:
        workers = [context.Process(target=_publish, args=(path, who * 1000, rounds)) for who in (1, 2)] + [
            context.Process(target=work, args=(path, rounds)) for work in (_toggle, _copy)
        ]
        codes = _finish(workers)
        found = batches.batches(path)
        published = [len(batches.values(path, batch)) for batch in found.query("user == '甲'")["id"]]
        copies = backups.backups(path.parent / "backups")
        for copy in copies:
            check(copy.path)
        tried = len(codes) + 3
        survived = codes.count(0) + (published == [SIZE] * 2 * rounds) + (len(copies) == rounds) + is_whole(path)
    return tried, survived, f"{2 * rounds} publications, {2 * rounds} changes of state, {rounds} backups"


def _publish(path: Path, first: int, rounds: int) -> None:
    for number in range(first, first + rounds):
        publish(path, number, SIZE)


def _toggle(path: Path, rounds: int) -> None:
    for _ in range(rounds):
        batches.withdraw(path, 1, user="乙")
        batches.republish(path, 1, user="乙")


def _copy(path: Path, rounds: int) -> None:
    for _ in range(rounds):
        backups.backup(path)


def under_restore(rounds: int = 10) -> Result:
    """A restore while another process publishes: what was published before it is in the copy set aside, what came after stands;
    nothing is in neither."""
    with house() as path:
        source = backups.backup(path)
        writer = context.Process(target=_publish, args=(path, 1, 4 * rounds))
        writer.start()
        asides = [backups.restore(path, source).aside for _ in range(rounds)]
        writer.join()
        kept = {file for aside in asides if aside for file in batches.batches(aside)["file"]}
        kept |= set(batches.batches(path)["file"])
        wanted = {f"{number}.csv" for number in range(1, 4 * rounds + 1)}
        survived = len(wanted & kept) + is_whole(path) + (writer.exitcode == 0)
    return len(wanted) + 2, survived, f"{rounds} restores under {4 * rounds} publications"


def daily(servers: int = 6) -> Result:
    """Servers that begin the day at once make one copy between them."""
    with house() as path:
        codes = _finish([context.Process(target=_daily, args=(path,)) for _ in range(servers)])
        copies = len(backups.backups(path.parent / "backups"))
        survived = codes.count(0) + (copies == 1)
    return servers + 1, survived, f"{copies} copy by {servers} processes"


def _daily(path: Path) -> None:
    backups.daily(path)


def _finish(workers: list[BaseProcess]) -> list[int | None]:
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    return [worker.exitcode for worker in workers]
