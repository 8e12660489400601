"""The trail: from where, what before and after, and that nothing in it is changed or taken away."""

from __future__ import annotations

import pytest
from sqlite_utils.db import sqlite3

from lib.model.access import Action
from lib.store import events
from lib.store.database import writing


@pytest.fixture
def from_afar(monkeypatch):
    monkeypatch.setattr(events, "_origin", events._origin)
    events.come_from(lambda: ("10.1.2.3", ""))


def test_a_line_says_from_where_and_what_changed(house, from_afar):
    with writing(house, Action.MAINTAIN) as db:
        events.record(db, "李明", "改标杆", "g-1", "依据：通报", before="5", after="3")
    line = events.events(house, "g-1").iloc[0]
    assert tuple(line[["user", "action", "detail", "address", "before", "after"]]) == (
        "李明",
        "改标杆",
        "依据：通报",
        "10.1.2.3",
        "5",
        "3",
    )


def test_whoever_is_logged_in_is_named(house, monkeypatch):
    monkeypatch.setattr(events, "_origin", lambda: ("10.1.2.3", "王芳"))
    with writing(house, Action.MAINTAIN) as db:
        events.record(db, "李明", "改标杆", "g-4")
    assert events.events(house, "g-4").at[0, "user"] == "王芳"


def test_the_machine_itself_is_named(house, monkeypatch):
    monkeypatch.setattr(events, "_origin", events._nobody)
    with writing(house, Action.MAINTAIN) as db:
        events.record(db, "李明", "改标杆", "g-2")
    assert events.events(house, "g-2").at[0, "address"] == "本机"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET user = '别人'",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event (id, at, user, action, subject, detail) SELECT id, at, '别人', action, subject, detail FROM event",
    ],
)
def test_nothing_in_it_is_changed(house, statement):
    with writing(house, Action.MAINTAIN) as db:
        events.record(db, "李明", "改标杆", "g-3")
    before = events.events(house)
    with pytest.raises(sqlite3.IntegrityError, match="操作记录只能增加"), writing(house, Action.MAINTAIN) as db:
        db.conn.execute(statement)
    assert events.events(house).equals(before)
