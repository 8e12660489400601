"""`make torture`: prints each line, tried and survived; exit code 1 when something did not survive. With --write FILE the table goes there,
too, in the place of the one that it has."""

from __future__ import annotations

import os
import platform
import sys
import time
from pathlib import Path

from sqlite_utils.db import sqlite3

from torture.lines import LINES

WRITE = "--write"
BEGIN, END = "<!-- table -->", "<!-- end of the table -->"


def main() -> int:
    """Runs every line, or those whose name has each word given as an argument in it."""
    words = sys.argv[1:]
    at = words.index(WRITE) if WRITE in words else None
    written = Path(words.pop(at + 1)) if at is not None else None
    chosen = {name: line for name, line in LINES.items() if all(each in name for each in words if each != WRITE)}
    print(f"{'':<64}{'tried':>7}{'survived':>10}{'s':>7}")
    lost, table = 0, ["| what was done | tried | survived | s | |", "|---|---|---|---|---|"]
    for name, line in chosen.items():
        begun = time.monotonic()
        tried, survived, note = line()
        lost, took = lost + tried - survived, time.monotonic() - begun
        print(f"{name:<64}{tried:>7}{survived:>10}{took:>7.1f}  {note}", flush=True)
        table.append(f"| {name} | {tried} | {survived} | {took:.0f} | {note} |")
    print("everything survived" if not lost else f"{lost} did not survive")
    if written is not None:
        _put(written, [_machine(), "", *table])
    return 1 if lost or not chosen else 0


def _machine() -> str:
    day = time.strftime("%Y-%m-%d", time.gmtime())
    return f"{day}, {platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}."


def _put(path: Path, lines: list[str]) -> None:
    """Puts the lines between the two marks of a file."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text("\n".join([before + BEGIN, *lines, END + after]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
