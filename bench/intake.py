"""A tidy CSV through reading, validation, difference and publication, beside a bare `executemany` of the same rows.

Every run is a process of its own, so that its peak memory is its own; ours and the floor take turns.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

from lib import office
from lib.model.access import Action
from lib.seed import seed
from lib.store import batches, catalog, writing

SIZES, ROUNDS = (115_200, 1_500_000), 3
INSERT = "INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def run() -> list[tuple[str, float, float, float, float]]:
    """Rows of (what, seconds, rows a second, ratio to the bare rows a second, peak MiB); medians of ROUNDS runs in turn."""
    table = []
    with TemporaryDirectory() as folder:
        base = Path(folder) / "seed.db"
        seed(base)
        for size in SIZES:
            file = Path(folder) / f"{size}.csv"
            _write(file, base, size, 1)
            _write(file.with_suffix(".before.csv"), base, size, 2)
            taken: dict[str, list[dict[str, float]]] = {"floor": [], "import": [], "change": []}
            for _ in range(ROUNDS):
                for way, runs in taken.items():
                    runs.append(_measured(way, file, base, folder))
            bare = statistics.median(each["seconds"] for each in taken["floor"])
            for way, runs in taken.items():
                seconds = statistics.median(each["seconds"] for each in runs)
                peak = max(each["peak"] for each in runs)
                table.append((f"{NAMES[way]}, {size:,} rows", seconds, size / seconds, bare / seconds, peak))
    return table


NAMES = {
    "floor": "bare executemany",
    "import": "read, checked, compared, published",
    "change": "the same over as many standing values",
}


def _write(file: Path, database: Path, size: int, start: int) -> None:
    """A tidy file of real codes: every period, measure and county in turn."""
    chance = random.Random(start)
    measures = [code for code, measure in catalog.measures(database).items() if not measure.derived]
    members = catalog.cohorts(database)[office.COUNTY_COHORT].members
    periods = [f"{year}-{month:02d}" for year in range(1960, 2060) for month in range(1, 13)]
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write("region,measure,period,value\n")
        for period, measure, member in islice(product(periods, measures, members), size):
            out.write(f"{member},{measure},{period},{chance.uniform(0, 100):.3f}\n")


def _measured(way: str, file: Path, base: Path, folder: str) -> dict[str, float]:
    """One run in its own process on its own copy of the seeded database."""
    database = Path(folder) / "run.db"
    for left in Path(folder).glob("run.db*"):
        left.unlink()
    shutil.copy(base, database)
    command = [sys.executable, "-m", "bench.intake", way, str(file), str(database)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _imported(file: Path, database: Path) -> float:
    """Seconds that the file takes as `python -m lib import` takes it, without the start of Python."""
    began = time.perf_counter()
    opened = office.open_file(file.read_bytes(), file.name)
    reading = office.understand(opened, office.vocabulary(database))
    assert not reading.errors
    (receipt,) = batches.publish_all(database, [office.upload(opened, reading)], user="bench")
    assert receipt.batch is not None
    return time.perf_counter() - began


def _bare(file: Path, database: Path) -> float:
    """Seconds that the same rows take as ready tuples in file order, in one transaction, with nothing checked."""
    opened = office.open_file(file.read_bytes(), file.name)
    rows = office.understand(opened, office.vocabulary(database)).rows
    with writing(database, Action.MAINTAIN) as db:
        columns = "id, kind, status, turn, file, sha256, department, user, created_at, due, rows, note"
        values = "9, 'real', 'published', 9, '', '', '', '', '', '', 0, ''"
        db.conn.execute(f"INSERT INTO batch ({columns}) VALUES ({values})")
    names = ["measure", "period", "region", "value", "sheet", "row", "column", "note", "provisional"]
    made = [(*row[:3], 9, *row[3:8], int(row[8])) for row in rows[names].itertuples(index=False, name=None)]
    del rows, opened
    began = time.perf_counter()
    with writing(database, Action.MAINTAIN) as db:
        db.conn.executemany(INSERT, made)
    return time.perf_counter() - began


def _one(way: str, file: Path, database: Path) -> dict[str, float]:
    if way == "floor":
        seconds = _bare(file, database)
    else:
        if way == "change":
            _imported(file.with_suffix(".before.csv"), database)
        seconds = _imported(file, database)
    return {"seconds": seconds, "peak": _peak()}


def _peak() -> float:
    """The most memory that this process has had, MiB. Not from getrusage: that counts what its parent had before it, too."""
    (found,) = re.findall(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(found) / 1024


if __name__ == "__main__":
    print(json.dumps(_one(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
