"""`python -m bench [NAME…] [--write FILE]`: prints the tables, all of them or some, and writes them into a document."""

from __future__ import annotations

import argparse
import platform
import re
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from time import perf_counter

from bench import first_page, intake, load, pages, plan, publication, redraw, reruns, scoring, stability, wall
from bench.table import Table, written

PACKAGES = ("streamlit", "pandas", "numpy", "altair", "duckdb", "playwright")
MS = {"ms": ".1f", "ratio": ".2f"}
MACHINE = "machine"


def _wall() -> Table:
    kept = wall.run()
    parts = ("heap", "nodes", "listeners", "server")
    rows = [(each.turns, *(getattr(each, part) for part in parts)) for each in (kept[0], kept[-1])]
    rows.append(("last quarter over the first", *(wall.growth(kept, part) for part in parts)))
    columns = {"heap MiB": ".1f", "nodes": ",.1f", "listeners": ",.1f", "server MiB": ".1f"}
    return Table("a wall left alone, a turn a second: after turns", columns, rows)


TABLES: dict[str, Callable[[], Table]] = {
    "pages": lambda: Table(
        "a page: coming back to it, and changing a choice",
        {
            "load ms": ".0f",
            "load / empty": ".2f",
            "load / same": ".2f",
            "change ms": ".0f",
            "change / box": ".2f",
            "change / same": ".2f",
        },
        [*pages.run()],
    ),
    "redraw": lambda: Table("slider to screen, in Chromium", MS, redraw.run()),
    "first_page": lambda: Table(
        "first page in a fresh browser", {"ms": ".0f", "ratio": ".2f", "jumps": ".3f"}, first_page.run()
    ),
    "load": lambda: Table(
        "sessions, each acting every 10 s",
        {"p50 ms": ".0f", "p95 ms": ".0f", "ratio": ".2f", "reruns/s": ".1f", "MiB each": ".2f"},
        [*load.acting()],
    ),
    "rush": lambda: Table(
        "sessions opening at once", {"half s": ".1f", "last s": ".1f", "ratio": ".2f"}, [*load.opening()]
    ),
    "publication": lambda: Table("a batch until every open page shows it", MS, [*publication.run()]),
    "scoring": lambda: Table(
        "scoring: regions × measures × periods", {**MS, "million values/s": ".1f"}, [*scoring.run()]
    ),
    "stability": lambda: Table("places under ten thousand weightings", MS, stability.run()),
    "plan": lambda: Table(
        "a least-effort plan (floor: scoring once)", {"s": ".3f", "ratio": ".0f", "proven": ""}, [*plan.run()]
    ),
    "intake": lambda: Table(
        "a tidy CSV into the database", {"s": ".2f", "rows/s": ",.0f", "ratio": ".2f", "peak MiB": ".0f"}, intake.run()
    ),
    "reruns": lambda: Table(
        f"memory over {reruns.RERUNS:,} reruns of one session", {"MiB": ".1f", "ratio": ".3f"}, [*reruns.run()]
    ),
    "wall": _wall,
}


def machine() -> Iterator[str]:
    """What it was measured on."""
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    yield f"{date.today()}: {cpu_count()} cores, {int(memory[1]) / 2**20 if memory else 0:.0f} GiB, Linux {platform.release()}"
    yield ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)])


def main() -> None:
    """Runs what was asked for; every table is written as soon as it is there."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(TABLES))
    parser.add_argument("--write", type=Path, metavar="FILE", help="also into this document, between its marks")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(TABLES):
        parser.error(f"no such table: {', '.join(sorted(unknown))}; there are {', '.join(TABLES)}")
    print("\n".join(machine()))
    for name in asked.names or TABLES:
        start = perf_counter()
        table = TABLES[name]()
        took = f"medians, taken in turn; {perf_counter() - start:.0f} s"
        print(f"\n{table.text()}\n({took})", flush=True)
        if asked.write:
            old = asked.write.read_text(encoding="utf-8")
            new = written(written(old, MACHINE, "\n".join(f"- {each}" for each in machine())), name, table.markdown())
            asked.write.write_text(new, encoding="utf-8")


main()
