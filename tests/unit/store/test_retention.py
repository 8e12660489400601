"""Which copies are kept: by hand for a calendar, and for any moments and any clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lib.store.retention import due, kept

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
DAY = timedelta(days=1)
moments = st.sets(st.integers(-900, 400).map(lambda hours: NOON + timedelta(hours=hours * 7)), max_size=60)


def back(*days: float) -> set[datetime]:
    return {NOON - day * DAY for day in days}


def test_a_year_of_days_leaves_seven_days_eight_weeks_and_twelve_months() -> None:
    daily = {datetime(2025, 4, 1, 12, tzinfo=UTC) + i * DAY for i in range(365)}
    days = {datetime(2026, 3, day, 12, tzinfo=UTC) for day in range(25, 32)}
    # Sundays, 2026-03-29 the last; the week of the 31st has that day.
    weeks = {
        datetime(2026, month, day, 12, tzinfo=UTC)
        for month, day in ((2, 15), (2, 22), (3, 1), (3, 8), (3, 15), (3, 22), (3, 29))
    }
    ends = [(2025, 4, 30), (2025, 5, 31), (2025, 6, 30), (2025, 7, 31), (2025, 8, 31), (2025, 9, 30), (2025, 10, 31)]
    ends += [(2025, 11, 30), (2025, 12, 31), (2026, 1, 31), (2026, 2, 28), (2026, 3, 31)]
    assert kept(daily, (), NOON) == days | weeks | {datetime(*end, 12, tzinfo=UTC) for end in ends}


def test_every_copy_of_the_latest_seven_days_that_have_one_is_kept() -> None:
    # Six days in February, with two copies each, then none until today.
    old = {datetime(2026, 2, day, hour, tzinfo=UTC) for day in range(1, 7) for hour in (1, 13)}
    assert kept(old | {NOON}, (), NOON) == old | {NOON}


def test_copies_before_a_migration_stay_ninety_days_and_the_latest_three_for_ever() -> None:
    daily = back(0, 1)
    assert kept(daily, back(10, 80, 90, 91.5, 400), NOON) == daily | back(10, 80, 90)
    assert kept(daily, back(200, 300, 400, 500), NOON) == daily | back(200, 300, 400)


def test_a_clock_that_was_years_ahead_for_a_day_does_not_end_the_ninety_days() -> None:
    ahead = NOON + 3650 * DAY
    special = back(5, 6, 7, 8)
    assert kept(back(0, 1) | {ahead}, special, ahead) >= special


def test_what_lies_after_now_is_kept_and_takes_nobodys_place() -> None:
    days = back(*range(7))
    ahead = {NOON + i * DAY for i in range(1, 30)}
    assert kept(days | ahead, (), NOON) == days | ahead


@given(moments, moments)
def test_the_latest_is_kept_nothing_is_invented_and_a_second_time_changes_nothing(daily, special):
    found = kept(daily, special, NOON)
    assert found <= daily | special
    assert not daily or max(daily) in found
    assert not special or max(special) in found
    assert kept(daily & found, special & found, NOON) == found


@given(st.lists(st.integers(0, 3), min_size=1, max_size=200))
def test_a_copy_a_day_with_gaps_never_leaves_less_than_there_could_be(gaps):
    """Kept day by day: as many days as there were, up to seven, and as many weeks and months, up to eight and twelve."""
    moment, held, made = NOON, set(), set()
    for gap in gaps:
        moment += (gap + 1) * DAY
        made.add(moment)
        held = kept(held | {moment}, (), moment)
    for most, place in (
        (7, datetime.date),
        (8, lambda each: each.isocalendar()[:2]),
        (12, lambda each: (each.year, each.month)),
    ):
        assert {*sorted({place(each) for each in made})[-most:]} <= {place(each) for each in held}


def test_a_copy_is_due_after_a_day_and_a_copy_of_the_future_does_not_count() -> None:
    assert due((), NOON)
    assert due(back(1), NOON)
    assert not due(back(0.999), NOON)
    assert not due({NOON}, NOON)
    assert due({NOON + DAY}, NOON)
