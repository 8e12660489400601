"""Databases to be tortured, and what they hold, to be compared by value."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pandas as pd

from lib.seed import seed
from lib.store import batches, connect
from lib.store.copying import check
from lib.store.integrity import examine

PERIODS = 400


@cache
def _seeded() -> tuple[Path, tempfile.TemporaryDirectory]:
    """A seeded database, and the folder that is gone with the process."""
    folder = tempfile.TemporaryDirectory(prefix="duibiao-torture-")
    path = Path(folder.name) / "house.db"
    seed(path)
    return path, folder


@contextmanager
def house(folder: Path | None = None) -> Iterator[Path]:
    """A seeded database of one's own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="duibiao-torture-", dir=folder) as made:
        path = Path(made) / "house.db"
        shutil.copyfile(_seeded()[0], path)
        yield path


def rows(path: Path, number: int, size: int) -> pd.DataFrame:
    """Values to publish (region, measure, period, value): of months from 1900 on, which nobody else has; each its own."""
    with connect(path) as db:
        regions = [row[0] for row in db.conn.execute("SELECT code FROM region ORDER BY code LIMIT 12")]
        measures = [row[0] for row in db.conn.execute("SELECT code FROM measure ORDER BY code LIMIT 20")]
    keys = [
        (region, measure, f"{1900 + month // 12}-{month % 12 + 1:02d}")
        for month in range(PERIODS)
        for measure in measures
        for region in regions
    ][:size]
    found = pd.DataFrame(keys, columns=["region", "measure", "period"])
    return found.assign(value=[number + i / 1000 for i in range(len(found))])


def publish(path: Path, number: int, size: int) -> int | None:
    """Publishes that many values as a file of that number; the batch."""
    name = f"{number}.csv"
    return batches.publish(path, rows(path, number, size), file=name, sha256=name, user="甲").batch


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table; what identifies the state of a database by value."""
    with connect(path) as db:
        return {name: db.conn.execute(f'SELECT * FROM "{name}"').fetchall() for name in db.table_names()}


def is_whole(path: Path) -> bool:
    """Whether the database has no fault, and every file in its backup folder that is called a backup is one."""
    for copy in (path.parent / "backups").glob("*.db"):
        check(copy)
    return examine(path) == []
