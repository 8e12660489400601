"""A disk that is full or read-only: nothing is half done, what can be shown is shown, and it ends by itself.

As root on Linux the disk is a real one (tmpfs of its own size). Elsewhere a page limit of SQLite stands for it, and a folder without
permission to write.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from lib.model import UserError
from lib.store import backup as backups
from lib.store import batches, data_version, database
from lib.store import condition as conditions
from lib.store.condition import Fault, condition
from torture.house import content, house, is_whole, publish
from torture.kill import Result

REAL = sys.platform == "linux" and os.geteuid() == 0
SIZE = 90_000
_TOLD = "a real tmpfs" if REAL else "no root: a page limit or permissions stand for the disk"


@contextmanager
def small_disk(megabytes: int = 48) -> Iterator[Path | None]:
    """A folder that is a disk of its own; None where there can be none."""
    if not REAL:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="duibiao-disk-") as place:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", place], check=True)
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", place], check=True)


@contextmanager
def room(path: Path, megabytes: float) -> Iterator[None]:
    """Leaves so much room on the disk that `path` is on."""
    if not REAL:
        with patch.object(database, "_tried", _limited(database._tried, path, megabytes)):
            yield
        return
    filler = path.with_name("filler")
    free = os.statvfs(path.parent)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, int(free.f_bavail * free.f_frsize - megabytes * 2**20)))
    try:
        yield
    finally:
        filler.unlink()


def _limited(opened: Callable, path: Path, megabytes: float) -> Callable:
    """Connections to a database that may grow by so much only."""

    def limited(conn: object) -> object:
        db = opened(conn)
        pages = db.conn.execute("PRAGMA page_count").fetchone()[0]
        db.conn.execute(f"PRAGMA max_page_count = {pages + int(megabytes * 256)}")
        return db

    return limited


def publication(times: int = 12) -> Result:
    """A publication that is larger than what is left: refused in plain words, nothing of it stands, and it goes through when there is
    room."""
    tried = survived = refused = 0
    with small_disk(64) as place:
        for i in range(times):
            with house(place) as path:
                before = content(path)
                with room(path, 4 + i * (12 if REAL else 3) / times):
                    try:
                        publish(path, i, SIZE)
                        good = True
                    except UserError as error:
                        refused += 1
                        good = content(path) == before and ("磁盘" in str(error))
                    good = good and data_version(path) != ""
                good = good and publish(path, 1000 + i, 100) is not None and is_whole(path)
                tried, survived = tried + 1, survived + good
    return tried, survived, f"{refused} refused; {_TOLD}"


def restore(times: int = 6) -> Result:
    """A restore with too little room leaves what stood; with room it goes through."""
    survived = refused = 0
    with small_disk() as place:
        for i in range(times):
            with house(place) as path:
                source = backups.backup(path)
                publish(path, 1, 2_000)
                before = content(path)
                with room(path, 9 + i / 2):
                    try:
                        backups.restore(path, source)
                        good = True
                    except UserError:
                        refused += 1
                        good = content(path) == before
                backups.restore(path, source)
                survived += good and len(batches.batches(path)) == 2 and is_whole(path)
    return times, survived, f"{refused} refused; {_TOLD}"


def read_only() -> Result:
    """While the disk is read-only everything is shown and every change is refused; then all goes on by itself."""
    with small_disk() as place, house(place) as path:
        before = content(path)
        with _sealed(path, place):
            good = [condition(path).fault is Fault.LOCKED, content(path) == before, _refused(path)]
        good += [condition(path).fault is None, publish(path, 2, 100) is not None, is_whole(path)]
    return len(good), sum(good), _TOLD


def _refused(path: Path) -> bool:
    try:
        publish(path, 1, 100)
    except UserError as error:
        return "现在只能看" in str(error)
    return False


@contextmanager
def _sealed(path: Path, place: Path | None) -> Iterator[None]:
    if place is None:
        with patch.object(conditions.os, "access", return_value=False):
            yield
        return
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True)
