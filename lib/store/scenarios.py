"""Saved scenarios: what they say never changes, so that an address always shows the same; names and notes do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlite_utils

from lib.model import Period, UserError
from lib.model.access import Action
from lib.model.scenario import Scenario
from lib.store.database import connect, frame, writing
from lib.store.events import differing, now, record

LONGEST_NAME, LONGEST_NOTE = 60, 1000


@dataclass(frozen=True)
class Saved:
    """A scenario as it is kept; `standing` is what came of it then (total, place, tier before and after); moments in UTC."""

    id: int
    name: str
    note: str
    scenario: Scenario
    standing: Mapping[str, list[float | None]]
    created_at: str
    created_by: str


def save(
    path: Path, name: str, scenario: Scenario, standing: Mapping[str, list[float | None]], *, note: str = "", user: str
) -> int:
    """Keeps a scenario; returns its number. UserError where nobody, no name or a name in use is given."""
    if not user.strip():
        raise UserError("要写明经办人")
    with writing(path, Action.KEEP) as db:
        words = _words(db, name, note)
        sql = (
            "INSERT INTO scenario (name, note, content, standing, created_at, created_by, removed_at, removed_by) "
            "VALUES (?, ?, ?, ?, ?, ?, '', '')"
        )
        content, stood = (json.dumps(each, ensure_ascii=False) for each in (scenario.plain(), dict(standing)))
        number = int(db.conn.execute(sql, (*words, content, stood, now(), user.strip())).lastrowid or 0)
        record(db, user, "保存推演方案", str(number), after=_said(*words, scenario))
    return number


def rename(path: Path, number: int, name: str, *, note: str, user: str) -> None:
    """Gives a scenario another name and note; UserError where there is none of the number, or another has the name."""
    if not user.strip():
        raise UserError("要写明经办人")
    with writing(path, Action.KEEP) as db:
        before = _read(db, number)
        words = _words(db, name, note, number)
        db.conn.execute("UPDATE scenario SET name = ?, note = ? WHERE id = ?", (*words, number))
        was, is_ = ({"名字": each[0], "说明": each[1]} for each in ((before.name, before.note), words))
        record(db, user, "修改推演方案", str(number), **differing(was, is_))


def remove(path: Path, number: int, *, user: str) -> None:
    """Takes a scenario off the list; its row stays."""
    if not user.strip():
        raise UserError("要写明经办人")
    with writing(path, Action.KEEP) as db:
        found = _read(db, number)
        sql = "UPDATE scenario SET removed_at = ?, removed_by = ? WHERE id = ?"
        db.conn.execute(sql, (now(), user.strip(), number))
        record(db, user, "删除推演方案", str(number), before=_said(found.name, found.note, found.scenario))


def scenarios(path: Path) -> list[Saved]:
    """Every scenario on the list, the latest first."""
    with connect(path) as db:
        rows = frame(db, "SELECT * FROM scenario WHERE removed_at = '' ORDER BY id DESC")
    return [_saved(row) for row in rows.to_dict("records")]


def scenario(path: Path, number: int) -> Saved:
    """One scenario; UserError where there is none of that number, or it was removed."""
    with connect(path) as db:
        return _read(db, number)


def _words(db: sqlite_utils.Database, name: str, note: str, number: int = 0) -> tuple[str, str]:
    """Name and note as they are kept."""
    name, note = name.strip(), note.strip()
    if not name:
        raise UserError("要给方案起个名字")
    for what, said, most in (("名字", name, LONGEST_NAME), ("说明", note, LONGEST_NOTE)):
        if len(said) > most:
            raise UserError(f"{what}有 {len(said)} 个字，太长（期望：不超过 {most} 个字）")
    sql = "SELECT id FROM scenario WHERE name = ? AND removed_at = '' AND id <> ?"
    if len(frame(db, sql, (name, number))):
        raise UserError(f"已经有叫“{name}”的方案，请换个名字")
    return name, note


def _said(name: str, note: str, scenario: Scenario) -> str:
    """What a scenario says, in short: its row keeps the whole."""
    size = f"改 {len(scenario.moves)} 个数值、{len(scenario.weights)} 个权重，其他县（市、区）{scenario.others.label}"
    return f"{name}（{Period.parse(scenario.period).label}）：{size}" + (f"；{note}" if note else "")


def _read(db: sqlite_utils.Database, number: int) -> Saved:
    rows = frame(db, "SELECT * FROM scenario WHERE id = ? AND removed_at = ''", (number,))
    if rows.empty:
        raise UserError(f"没有第 {number} 号方案，或者已经删除")
    return _saved(rows.iloc[0].to_dict())


def _saved(row: Mapping[str, object]) -> Saved:
    return Saved(
        int(row["id"]),  # type: ignore[call-overload]
        str(row["name"]),
        str(row["note"]),
        Scenario.of_plain(json.loads(str(row["content"]))),
        json.loads(str(row["standing"])),
        str(row["created_at"]),
        str(row["created_by"]),
    )
