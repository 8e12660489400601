"""A child process is killed (SIGKILL) at a random moment of its work; afterwards the database is whole, and as before or as after."""

from __future__ import annotations

import multiprocessing
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lib.model import UserError
from lib.store import backup as backups
from lib.store import batches, migrate
from lib.store.copying import check
from lib.store.database import sqlite3
from lib.store.schema import MIGRATIONS
from torture.house import content, house, is_whole, publish, rows

Result = tuple[int, int, str]
SIZE = 6_000
context = multiprocessing.get_context("forkserver" if sys.platform != "win32" else "spawn")
context.set_forkserver_preload(["torture.kill"])


def killed(work: Callable[..., object], *args: object, after: float) -> bool:
    """Runs work in a child and kills it so many seconds after it has begun; whether it was still at work."""
    child = _begun(work, *args)
    time.sleep(after)
    alive = child.is_alive()
    child.kill()
    child.join()
    return alive


def _run(ready: object, work: Callable[..., object], *args: object) -> None:
    ready.set()  # type: ignore[attr-defined]
    work(*args)


def took(work: Callable[..., object], *args: object) -> float:
    """How long work takes in a child that nobody kills."""
    child = _begun(work, *args)
    begun = time.monotonic()
    child.join()
    if child.exitcode:
        raise AssertionError(f"the work itself fails: {work.__name__}")
    return time.monotonic() - begun


def _begun(work: Callable[..., object], *args: object) -> Any:
    """A child that is at its work; an error when it has not begun: nothing would be tried."""
    ready = context.Event()
    child = context.Process(target=_run, args=(ready, work, *args))
    child.start()
    for _ in range(600):
        if ready.wait(0.1):
            return child
        if not child.is_alive():
            break
    child.kill()
    raise AssertionError(f"the child did not begin with {work.__name__}")


def _moments(times: int, span: float, seed: int) -> list[float]:
    """When to kill: spread over the whole of the work and a little more, each at random within its part."""
    chance = random.Random(seed)
    return [1.25 * span * (i + chance.random()) / times for i in range(times)]


def _told(alive: int, before: int, after: int) -> str:
    return f"{alive} killed at work: {before} left nothing, {after} were done"


def publication(times: int = 40) -> Result:
    """A publication of 6,000 values: all of them, or nothing."""
    survived = alive = done = 0
    with house() as path:
        span = took(publish, path, 0, SIZE)
    for number, moment in enumerate(_moments(times, span, 1), start=1):
        with house() as path:
            before = content(path)
            alive += killed(publish, path, number, SIZE, after=moment)
            found = batches.batches(path).set_index("file")
            name = f"{number}.csv"
            if name in found.index:
                done += 1
                values = batches.values(path, int(found.at[name, "id"]))["value"]
                good = sorted(values) == sorted(rows(path, number, SIZE)["value"])
                good = good and len(content(path)["event"]) == len(before["event"]) + 1
            else:
                good = content(path) == before
            survived += good and is_whole(path)
    return times, survived, _told(alive, times - done, done)


def withdrawal(times: int = 25) -> Result:
    """A withdrawal of 6,000 values: it stands wholly, or not at all."""
    survived = alive = done = 0
    with house() as path:
        first = batches.current(path)
        batch = publish(path, 1, SIZE)
        second = batches.current(path)
        span = took(_withdraw, path, batch)
        for moment in _moments(times, span, 2):
            if len(batches.current(path)) == len(first):
                batches.republish(path, batch, user="甲")
            alive += killed(_withdraw, path, batch, after=moment)
            state = batches.batches(path).set_index("id").at[batch, "status"]
            done += state == "withdrawn"
            wanted = first if state == "withdrawn" else second
            survived += batches.current(path).equals(wanted) and is_whole(path)
    return times, survived, _told(alive, times - done, done)


def _withdraw(path: Path, batch: int) -> None:
    batches.withdraw(path, batch, user="甲")


def migration(times: int = 30) -> Result:
    """A migration from the first version: all steps, or none; the copy made before it is whole, and the next start goes through."""
    survived = alive = done = 0
    with house() as path:
        _old(path.with_name("span.db"))
        span = took(migrate, path.with_name("span.db"))
        for number, moment in enumerate(_moments(times, span, 3)):
            old = path.with_name(f"old{number}.db")
            values = _old(old)
            alive += killed(migrate, old, after=moment)
            at = check(old)
            done += at == len(MIGRATIONS)
            good = at in (1, len(MIGRATIONS)) and _values(old) == values
            migrate(old)
            survived += good and _values(old) == values and is_whole(old)
    return times, survived, _told(alive, times - done, done)


def _old(path: Path) -> list[tuple[object, ...]]:
    """A database of the first version that holds something; its values."""
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode = WAL")
        for statement in MIGRATIONS[0]:
            db.execute(statement)
        db.execute("PRAGMA user_version = 1")
        db.execute("INSERT INTO region VALUES ('r', 'r', 'r', '', '', '', '')")
        db.execute("INSERT INTO measure VALUES ('m', '', 'm', '', 'higher', '', '', '', '', '', 1, 0, '', '', '', '')")
        db.execute("INSERT INTO batch VALUES (1, 'real', 'published', 'a', 'a', '甲', 't', 20000, '', NULL, NULL)")
        many = [("m", str(i), "r", 1, i / 7, "", i, "", "", 0) for i in range(20_000)]
        db.executemany("INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", many)
    db.close()
    return _values(path)


def _values(path: Path) -> list[tuple[object, ...]]:
    db = sqlite3.connect(path)
    try:
        return db.execute("SELECT period, value FROM observation ORDER BY period").fetchall()
    finally:
        db.close()


def backup(times: int = 30) -> Result:
    """A backup: there is a new whole copy, or none; what is called a backup always is one."""
    survived = alive = done = 0
    with house() as path:
        publish(path, 1, SIZE)
        folder = path.parent / "backups"
        span = took(backups.backup, path)
        before = content(path)["observation"]
        for moment in _moments(times, span, 4):
            count = len(backups.backups(folder))
            alive += killed(backups.backup, path, after=moment)
            found = backups.backups(folder)
            done += len(found) > count
            survived += len(found) - count in (0, 1) and content(path)["observation"] == before and is_whole(path)
            for extra in found[2:]:
                extra.path.unlink()
    return times, survived, _told(alive, times - done, done)


def restore(times: int = 30) -> Result:
    """A restore into a database that is whole: the database of before or the backup's, by value."""
    return _restore(times, 5, damage=False)


def restore_damaged(times: int = 20) -> Result:
    """A restore over a damaged file: the damaged file still, or the backup's content; a second restore goes through."""
    return _restore(times, 6, damage=True)


def _restore(times: int, seed: int, *, damage: bool) -> Result:
    survived = alive = done = 0
    with house() as path:
        source = backups.backup(path)
        first = batches.current(path)
        publish(path, 1, SIZE)
        second = batches.current(path)
        later = backups.backup(path)
        if damage:
            tear(path)
        span = took(backups.restore, path, source)
        for moment in _moments(times, span, seed):
            backups.restore(path, later)
            if damage:
                tear(path)
            alive += killed(backups.restore, path, source, after=moment)
            stands = _standing(path)
            done += stands is not None and stands.equals(first)
            good = (stands is None and damage) or (
                stands is not None and (stands.equals(first) or stands.equals(second))
            )
            backups.restore(path, source)
            survived += good and batches.current(path).equals(first) and is_whole(path)
            for extra in backups.backups(path.parent / "backups"):
                if extra.path not in (source, later):
                    extra.path.unlink()
    return times, survived, _told(alive, times - done, done)


def _standing(path: Path) -> object:
    try:
        return batches.current(path)
    except UserError:
        return None


def tear(path: Path) -> None:
    """Overwrites the first page of a database that nobody has open."""
    with path.open("rb+") as file:
        file.write(b"\0" * 4096)
