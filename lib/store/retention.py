"""Which copies of the database are kept: pure functions of their moments, that a clock gone wrong cannot empty a folder by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

DAYS, WEEKS, MONTHS = 7, 8, 12
SPECIAL = timedelta(days=90)
LATEST_SPECIAL = 3


def kept(daily: Iterable[datetime], special: Iterable[datetime], now: datetime) -> set[datetime]:
    """The moments whose copies are kept.

    `daily` (also those made by hand): all of the latest 7 days that have one, the last of each of the latest 8 weeks and 12 months
    that have one. `special` (made before a migration or a restore): 90 days, and the latest three whatever their age. Days, weeks and
    months are counted by the copies that are there, not by the calendar: a clock that was ahead for a day costs a place, not the
    folder. What lies after `now` is kept and not counted.
    """
    daily, special = set(daily), set(special)
    ahead = {moment for moment in daily | special if moment > now}
    past = sorted(daily - ahead)
    found = ahead | _last_of(past, DAYS, lambda moment: moment.date(), whole=True)
    found |= _last_of(past, WEEKS, lambda moment: moment.isocalendar()[:2])
    found |= _last_of(past, MONTHS, lambda moment: (moment.year, moment.month))
    old = sorted(special - ahead)
    since = _settled(past, now) - SPECIAL
    return found | {moment for moment in old if moment >= since} | set(old[-LATEST_SPECIAL:])


def _last_of(
    moments: list[datetime], count: int, place: Callable[[datetime], object], *, whole: bool = False
) -> set[datetime]:
    """The last moment (or all, `whole`) of each of the latest `count` places that have one; `moments` in order."""
    places: dict[object, list[datetime]] = {}
    for moment in moments:
        places.setdefault(place(moment), []).append(moment)
    chosen = list(places.values())[-count:]
    return {moment for group in chosen for moment in (group if whole else group[-1:])}


def _settled(daily: list[datetime], now: datetime) -> datetime:
    """The day that age is counted from: the last but one that has a copy, since the last may be a clock's mistake."""
    days = sorted({moment.date() for moment in daily})
    return min(now, next(moment for moment in daily if moment.date() == days[-2])) if len(days) > 1 else now


def due(moments: Iterable[datetime], now: datetime, every: timedelta = timedelta(days=1)) -> bool:
    """Whether it is time for the next daily copy: none of the day before now; one that lies after now does not count."""
    return not any(now - every < moment <= now for moment in moments)
