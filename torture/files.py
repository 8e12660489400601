"""Files that are torn, foreign, or have a stranger's journal beside them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from lib.model import UserError
from lib.store import backup as backups
from lib.store import batches, connect
from lib.store.database import sqlite3
from lib.store.integrity import examine
from torture.house import content, house, is_whole, publish
from torture.kill import Result

PAGE = 4096


def stale_journals(times: int = 9) -> Result:
    """A database that is gone or damaged leaves the journal of another state beside it: nothing of it gets into what is restored."""
    survived = 0
    with house() as path:
        source = backups.backup(path)
        wanted = batches.current(path)
        with connect(path) as open_one:
            # While a reader is there the journal stays; it is that of a database with other values.
            open_one.conn.execute("SELECT 1 FROM meta").fetchone()
            publish(path, 1, 2_000)
            stale = path.with_name("stale")
            shutil.copyfile(f"{path}-wal", stale)
        for i in range(times):
            for end in ("-wal", "-journal")[: 1 + i % 2]:
                shutil.copyfile(stale, f"{path}{end}")
            _ruin(path, i)
            backups.restore(path, source)
            beside = [end for end in ("-wal", "-journal", "-shm") if Path(f"{path}{end}").exists()]
            survived += batches.current(path).equals(wanted) and not beside and is_whole(path)
    return times, survived, "gone, no database, empty; -wal and -journal"


def _ruin(path: Path, i: int) -> None:
    if i % 3 == 0:
        path.unlink()
    elif i % 3 == 1:
        path.write_bytes(b"no database " * 1000)
    else:
        path.write_bytes(b"")


def torn(times: int = 40) -> Result:
    """The file is cut off or pages of it are zeroes, as after a crash of the machine: found and told in plain words, or no value is
    touched; a restore brings everything back."""
    tried, survived, found, silent = _damage(times, _cut)
    return tried, survived - silent, f"{found} found damaged, {times - found - silent} touched no value"


def overwritten(times: int = 40) -> Result:
    """Random bytes anywhere in the file: no page shows an error of the program, and a restore brings everything back. A change of
    single values cannot be found: SQLite has no checksum for them."""
    tried, survived, found, silent = _damage(times, _scribbled)
    return (
        tried,
        survived,
        f"{found} found damaged, {silent} changed a value unseen, {times - found - silent} touched none",
    )


def _damage(times: int, spoil: Callable[[bytes, int, random.Random], bytes]) -> tuple[int, int, int, int]:
    """Tried, told in plain words and restored, found damaged, and changed without being found."""
    survived = found = silent = 0
    chance = random.Random(7)
    with house() as path:
        source = backups.backup(path)
        whole = path.read_bytes()
        wanted = content(path)
        for i in range(times):
            path.write_bytes(spoil(whole, i, chance))
            seen = bool(examine(path))
            found += seen
            same = None
            with suppress(UserError):
                same = content(path) == wanted
            silent += not seen and not same
            backups.restore(path, source)
            back = content(path)
            good = all(
                back[name] == wanted[name] for name in wanted if name not in ("meta", "event", "sqlite_sequence")
            )
            survived += good and is_whole(path)
    return times, survived, found, silent


def _cut(whole: bytes, i: int, chance: random.Random) -> bytes:
    at = chance.randrange(1, len(whole) // PAGE) * PAGE
    if i % 2:
        return whole[:at]
    many = PAGE * chance.choice((1, 2, 16))
    return (whole[:at] + bytes(many) + whole[at + many :])[: len(whole)]


def _scribbled(whole: bytes, _: int, chance: random.Random) -> bytes:
    at, many = chance.randrange(len(whole)), chance.choice((1, 16, 512, 4096, 65536))
    return (whole[:at] + chance.randbytes(many) + whole[at + many :])[: len(whole)]


def bad_backups(times: int = 20) -> Result:
    """A file that is torn, no database, another program's, or of a newer schema is refused as a backup, and nothing has changed."""
    survived = 0
    chance = random.Random(8)
    with house() as path:
        source = backups.backup(path)
        before, whole, bad = content(path), source.read_bytes(), path.with_name("bad.db")
        for i in range(times):
            _spoil(bad, whole, i, chance)
            try:
                backups.restore(path, bad)
                good = False
            except UserError:
                good = content(path) == before
            survived += good and is_whole(path)
    return times, survived, "half a file, text, empty, another program's, newer schema"


def _spoil(bad: Path, whole: bytes, i: int, chance: random.Random) -> None:
    bad.unlink(missing_ok=True)
    if i % 5 == 0:
        bad.write_bytes(whole[: chance.randrange(1, len(whole) - 4096)])
    elif i % 5 == 1:
        bad.write_text("没有数据库" * 1000, encoding="utf-8")
    elif i % 5 == 2:
        bad.write_bytes(b"")
    else:
        bad.write_bytes(whole if i % 5 == 3 else b"")
        with closing(sqlite3.connect(bad)) as db, db:
            db.execute("PRAGMA user_version = 99" if i % 5 == 3 else "CREATE TABLE other (a)")
