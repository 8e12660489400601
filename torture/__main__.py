"""`make torture`: prints each line, tried and survived; exit code 1 when something did not survive."""

from __future__ import annotations

import sys
import time

from torture.lines import LINES


def main() -> int:
    """Runs every line, or those whose name has a word given as an argument in it."""
    chosen = {name: line for name, line in LINES.items() if all(word in name for word in sys.argv[1:])}
    print(f"{'':<64}{'tried':>7}{'survived':>10}{'s':>7}")
    lost = 0
    for name, line in chosen.items():
        begun = time.monotonic()
        tried, survived, note = line()
        lost += tried - survived
        print(f"{name:<64}{tried:>7}{survived:>10}{time.monotonic() - begun:>7.1f}  {note}", flush=True)
    print("everything survived" if not lost else f"{lost} did not survive")
    return 1 if lost or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
