"""Each line of the torture, small: what is tried survives."""

from __future__ import annotations

import pytest

from torture import clock, disk, door, files, kill, lines, together

SMALL = {
    kill.publication: 4,
    kill.withdrawal: 3,
    kill.migration: 3,
    kill.backup: 4,
    kill.restore: 3,
    kill.restore_damaged: 3,
    together.at_once: 3,
    together.under_restore: 3,
    together.daily: 3,
    disk.publication: 3,
    disk.restore: 3,
    files.stale_journals: 3,
    files.torn: 6,
    files.overwritten: 6,
    files.bad_backups: 5,
    door.wrong_passwords: 20,
    door.bad_cookies: 30,
}


@pytest.mark.parametrize(
    "line", [*SMALL, disk.read_only, clock.jumps, door.clock], ids=lambda line: f"{line.__module__}.{line.__name__}"
)
def test_what_is_tried_survives(line):
    tried, survived, _ = line(SMALL[line]) if line in SMALL else line()
    assert tried == survived > 0


@pytest.mark.parametrize("line", [disk.publication, disk.restore, disk.read_only])
def test_what_stands_for_a_disk_without_root_works_too(line, monkeypatch):
    monkeypatch.setattr(disk, "REAL", False)
    tried, survived, _ = line()
    assert tried == survived > 0


def test_every_line_of_ours_is_in_the_table():
    assert {*SMALL, disk.read_only, clock.jumps, door.clock} <= set(lines.LINES.values())
