"""A clock that jumps forwards and back: nothing is lost and nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from unittest.mock import patch

from lib.store import backup as backups
from lib.store import batches, events
from torture.house import house, is_whole, rows
from torture.kill import Result

START = datetime(2026, 3, 1, 4, tzinfo=UTC)
# Days from the start at which the clock stands, one after the other.
JUMPS = (0, 0, 1.5, 1.4, 0, 2.6, 400, 400, 3.7, 3650, 4.8, -400, 5.9, 7, 8.1, 9.2, 1000, 10.3, -3650, 11.4, 12.5)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """The clock of the store says this moment."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return moment.astimezone(tz)

    with ExitStack() as stack:
        for module in ("events", "copying", "backup"):
            stack.enter_context(patch(f"lib.store.{module}.datetime", Clock))
        yield


def jumps(days: tuple[float, ...] = JUMPS) -> Result:
    """Publications, waiting batches and daily copies at every jump: a batch is released once and stays, a day has one copy, the trail
    only grows, and the copy of the first day is there at the end."""
    good: list[bool] = []
    with house() as path:
        waiting = (START + timedelta(days=2)).date().isoformat()
        batches.publish(path, rows(path, 9, 100), file="w.csv", sha256="w", user="甲", due=waiting)
        first = None
        released: list[int] = []
        for number, day in enumerate(days):
            with standing_at(START + timedelta(days=day)):
                seen = set(events.events(path)["id"])
                made, again = backups.daily(path), backups.daily(path)
                first = first or made
                released += batches.release_due(path, events.today()) + batches.release_due(path, events.today())
                name = f"{number}.csv"
                batch = batches.publish(path, rows(path, number, 50), file=name, sha256=name, user="甲").batch
                good.append(again is None and seen < set(events.events(path)["id"]))
                good.append(batches.current(path)["batch"].eq(batch).sum() == 50)
        assert first is not None
        good += [first.exists(), released == [3], is_whole(path)]
        good.append(batches.batches(path).set_index("id").at[3, "status"] == "published")
        copies = backups.backups(path.parent / "backups")
    return len(good), sum(good), f"{len(days)} jumps of up to ten years, {len(copies)} copies kept"
