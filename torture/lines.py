"""Every line of the table. A function gives (tried, survived, a note); add it here."""

from __future__ import annotations

from collections.abc import Callable

from torture import clock, disk, door, files, kill, together

Line = Callable[[], tuple[int, int, str]]

LINES: dict[str, Line] = {
    "kill -9 in a publication": kill.publication,
    "kill -9 in a withdrawal": kill.withdrawal,
    "kill -9 in a migration": kill.migration,
    "kill -9 in a backup": kill.backup,
    "kill -9 in a restore, database whole": kill.restore,
    "kill -9 in a restore, database damaged": kill.restore_damaged,
    "processes publishing, withdrawing, copying at once": together.at_once,
    "restores while another process publishes": together.under_restore,
    "several servers, one daily copy": together.daily,
    "disk full in the middle of a publication": disk.publication,
    "disk full in the middle of a restore": disk.restore,
    "read-only disk, and back": disk.read_only,
    "clock forwards and back": clock.jumps,
    "a foreign journal beside the file at restore": files.stale_journals,
    "database file cut off, or pages of zeroes": files.torn,
    "random bytes in the database file": files.overwritten,
    "torn or foreign file as a backup": files.bad_backups,
    "wrong passwords in a row": door.wrong_passwords,
    "forged, foreign, ended and spoilt cookies at the gate": door.bad_cookies,
    "a log-in under a clock that jumps": door.clock,
}
