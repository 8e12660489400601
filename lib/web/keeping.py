"""What the running server does so that nothing is lost: a copy a day, a look at the file a day, and a try again when either fails."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from lib.model import UserError
from lib.store import data_version, migrate
from lib.store.backup import daily, latest
from lib.store.condition import condition
from lib.store.integrity import examine

# Pages come first after a start.
START_SECONDS = 20
LOOK_SECONDS = 60
EXAMINE_SECONDS = 24 * 3600
_LOG = logging.getLogger("duibiao")


@dataclass
class Kept:
    """What the last copy and the last look came to; moments in UTC, "" for not yet."""

    checked_at: str = ""
    check: str = ""
    backup_at: str = ""
    backup: str = ""


kept = Kept()


def begin(path: Path) -> None:
    """Brings the database up to date; a start goes on where only the disk or the file is at fault, to show what can be shown."""
    try:
        migrate(path)
    except UserError as error:
        if condition(path).writable:
            raise
        _LOG.error("started without being able to write: %s", error)


async def keep(path: Path) -> None:
    """Looks after the database until it is cancelled."""
    await asyncio.sleep(START_SECONDS)
    now = asyncio.get_running_loop().time
    looked, again = now(), True
    while True:
        if again or now() - looked > EXAMINE_SECONDS:
            looked = now()
            await asyncio.to_thread(look, path)
        # Also once more after the cause has gone: a start that could not bring the database up to date has left that to do.
        again = not condition(path).writable
        await asyncio.to_thread(copy, path)
        await asyncio.sleep(LOOK_SECONDS)


def look(path: Path) -> None:
    """Examines the file, and brings it up to date where the start could not."""
    try:
        found = examine(path)
        if condition(path).writable:
            migrate(path)
    except UserError as error:
        found = [str(error)]
    kept.checked_at, kept.check = _now(), "；".join(found)
    if found:
        _LOG.error("the database is not in order: %s", kept.check)
    else:
        _LOG.info("the database is whole")


def copy(path: Path) -> None:
    """Makes the day's copy when it is its time; a failure is told and tried again."""
    try:
        made = daily(path)
    except UserError as error:
        if kept.backup != str(error):
            _LOG.error("no daily backup: %s", error)
        kept.backup = str(error)
        return
    kept.backup, kept.backup_at = "", latest(path)
    if made is not None:
        _LOG.info("daily backup %s", made)


def told(path: Path) -> tuple[dict[str, object], int]:
    """What /health says, and the status of the answer."""
    now = condition(path)
    try:
        version = data_version(path)
    except (UserError, OSError) as error:
        return {"status": "error", "reason": str(error)}, 503
    status = "ok" if now.writable else "read-only"
    return {"status": status, "reason": str(now), "data_version": version, **asdict(kept)}, 200


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
