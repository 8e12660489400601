"""Decks of screens, kept under a name; a change is written into the trail with what the deck said before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlite_utils

from lib.model import UserError
from lib.model.access import Action
from lib.model.screen import MOST_SCREENS, READY, Deck, Screen, read_screen
from lib.store.database import connect, frame, writing
from lib.store.events import in_china, now, record

LONGEST_NAME = 40


@dataclass(frozen=True)
class Kept:
    """A deck as it is kept; moments in UTC."""

    id: int
    deck: Deck
    changed_at: str
    changed_by: str


def save(path: Path, deck: Deck, *, user: str, seen: Kept | None = None) -> int:
    """Keeps a deck in the place of the one that was seen, or as a new one; returns the number. UserError where nobody, no
    screen, no name or a name in use is given, or what was seen is not there any more or has been changed since."""
    if not user.strip():
        raise UserError("要写明经办人")
    if not 0 < len(deck.screens) <= MOST_SCREENS:
        raise UserError(f"要有 1 到 {MOST_SCREENS} 屏，现在是 {len(deck.screens)} 屏")
    with writing(path, Action.KEEP) as db:
        name = _name(db, deck.name, seen.id if seen else None)
        screens = _plain(deck.screens)
        if seen is None:
            sql = "INSERT INTO deck (name, screens, changed_at, changed_by, removed) VALUES (?, ?, ?, ?, 0)"
            number = int(db.conn.execute(sql, (name, screens, now(), user.strip())).lastrowid or 0)
            record(db, user, "保存屏单", str(number), after=_said(Deck(name, deck.screens)))
            return number
        number, before = seen.id, _read(db, seen.id)
        if before != seen:
            raise UserError(
                f"“{before.deck.name}”在您打开以后，{in_china(before.changed_at)} 由{before.changed_by}改过，这次没有保存；您的改动还在。"
                "请用新名称“另存为新屏单”，或先“放弃改动”重新打开，看改了什么。"
            )
        sql = "UPDATE deck SET name = ?, screens = ?, changed_at = ?, changed_by = ? WHERE id = ?"
        db.conn.execute(sql, (name, screens, now(), user.strip(), number))
        after = _said(Deck(name, deck.screens))
        record(db, user, "修改屏单", str(number), before=_said(before.deck), after=after)
    return number


def remove(path: Path, number: int, *, user: str) -> None:
    """Takes a deck off the list; its row stays."""
    if not user.strip():
        raise UserError("要写明经办人")
    with writing(path, Action.KEEP) as db:
        found = _read(db, number)
        db.conn.execute("UPDATE deck SET removed = 1 WHERE id = ?", (number,))
        record(db, user, "删除屏单", str(number), before=_said(found.deck))


def decks(path: Path) -> list[Kept]:
    """Every deck on the list, by name."""
    with connect(path) as db:
        rows = frame(db, "SELECT * FROM deck WHERE removed = 0 ORDER BY name")
    return [_kept(row) for row in rows.to_dict("records")]


def deck(path: Path, number: int) -> Kept:
    """One deck; UserError where there is none of the number."""
    with connect(path) as db:
        return _read(db, number)


def _read(db: sqlite_utils.Database, number: int) -> Kept:
    rows = frame(db, "SELECT * FROM deck WHERE id = ? AND removed = 0", (number,))
    if rows.empty:
        raise UserError(f"没有第 {number} 号屏单，或者已经删除")
    return _kept(rows.to_dict("records")[0])


def _kept(row: dict) -> Kept:
    screens = tuple(read_screen(each) for each in json.loads(row["screens"]))
    return Kept(int(row["id"]), Deck(row["name"], screens), row["changed_at"], row["changed_by"])


def _plain(screens: Sequence[Screen]) -> str:
    return json.dumps([each.plain() for each in screens], ensure_ascii=False)


def _said(deck: Deck) -> str:
    return f"{deck.name}：{'、'.join(' '.join([each.kind.label, *each.ties.values()]) for each in deck.screens)}"


def _name(db: sqlite_utils.Database, name: str, number: int | None) -> str:
    """The name without blanks around it, free for use."""
    said = name.strip()
    if not 0 < len(said) <= LONGEST_NAME:
        raise UserError(f"屏单要有名称，最多 {LONGEST_NAME} 个字")
    # In an address a deck is called by its number or its name.
    if said.isdecimal() or said in READY or said in {deck.name for deck in READY.values()}:
        raise UserError(f"屏单不能叫“{said}”：这是自带屏单的名称，或只是数字，请换一个名称")
    sql = "SELECT id FROM deck WHERE name = ? AND removed = 0 AND id IS NOT ?"
    if len(frame(db, sql, (said, number))):
        raise UserError(f"已经有叫“{said}”的屏单，请换一个名称")
    return said
