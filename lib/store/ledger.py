"""整改台账: items, their states, and a history and proofs that are only ever added.

What an item says is no indicator value: writing it leaves the data version, and with it every cache, as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd
import sqlite_utils

from lib.model import UserError
from lib.model.access import Action
from lib.model.ledger import CHANGED, FIELDS, OPENED, PROVED, STEPS, Item, Reading, State, Task
from lib.store.database import connect, frame, of_own, writing
from lib.store.documents import named
from lib.store.events import differing, now, record
from lib.store.files import digest, keep


def open_items(path: Path, tasks: Sequence[tuple[Task, Reading]], *, user: str) -> list[int | None]:
    """Puts items on the ledger, each with its indicator's value now, or none where one of them is wrong.

    Returns their numbers in order; None for one left out, as an item that is not closed has the same `Task.key`.
    """
    with writing(path, Action.EDIT) as db:
        _named(user)
        for task, _ in tasks:
            _check(task)
        kept = db.conn.execute("SELECT task FROM item WHERE state <> 'closed'").fetchall()
        known = {Task.of(json.loads(each)).key for (each,) in kept}
        numbers: list[int | None] = []
        for task, reading in tasks:
            numbers.append(None if task.key in known else _open(db, task, reading, user))
            known.add(task.key)
        return numbers


def edit(path: Path, number: int, task: Task, opened: Reading | None = None, *, seen: Task, user: str) -> None:
    """Changes what an item says; one about another indicator or place needs that one's value now, `opened`, to start from.

    UserError when it is closed, or not any more as it was `seen`.
    """
    with writing(path, Action.RECTIFY if _only_ticked(seen, task) else Action.EDIT) as db:
        _named(user)
        _check(task)
        found = _to_change(db, number)
        if found.state is State.CLOSED:
            raise UserError(f"第 {number} 号已销号，不能再改；要接着办请再开一轮")
        _unchanged(found, seen)
        if task.about == found.task.about:
            opened = None
        elif opened is None:
            raise ValueError("another indicator needs its value now")
        else:
            db.conn.execute("UPDATE item SET opened = ? WHERE id = ?", (_json(asdict(opened)), number))
        if task != found.task:
            _write(db, found, found.state, task, CHANGED, "", user, opened)


def move(
    path: Path, number: int, step: str, comment: str, reading: Reading, *, seen: Item, user: str, deadline: str = ""
) -> None:
    """Takes an item one step on (STEPS), with the indicator's value now, and a new deadline where one is given.

    UserError when it is not any more as it was `seen`, where the step does not begin in its state, or when the comment or the proof
    of this round that the step asks for is missing. Closing keeps the value as the closing one; returning and reopening begin
    the next round with it.
    """
    rule = STEPS[step]
    with writing(path, Action.JUDGE if rule.verdict else Action.RECTIFY) as db:
        _named(user)
        found = _to_change(db, number)
        if (found.state, found.round) != (seen.state, seen.round) or found.state not in rule.allowed:
            raise UserError(
                f"第 {number} 号现在是“{found.state.label}”，不能“{rule.action}”：可能别人刚办理过，请刷新看看"
            )
        if found.task != seen.task:
            raise UserError(f"没有办理：别人刚改过第 {number} 号，请看过最新内容再办")
        if rule.needs_comment and not comment.strip():
            raise UserError(f"“{rule.action}”要写说明：做了什么、凭什么")
        if rule.needs_proof and not _proofs(db, found):
            raise UserError("报请复评要先上传这一轮的佐证材料：没有佐证的整改不能复评")
        task = found.task.with_field("deadline", deadline) if deadline else found.task
        _check(task)
        if rule.next_round:
            found = replace(found, round=found.round + 1)
            sql = "UPDATE item SET round = ?, opened = ?, opened_at = ?, closed = '', closed_at = '' WHERE id = ?"
            db.conn.execute(sql, (found.round, _json(asdict(reading)), now(), number))
        elif rule.to is State.CLOSED:
            sql = "UPDATE item SET closed = ?, closed_at = ? WHERE id = ?"
            db.conn.execute(sql, (_json(asdict(reading)), now(), number))
        _write(db, found, rule.to, task, rule.action, comment.strip(), user, reading)


def attach(path: Path, number: int, data: bytes, name: str, note: str, *, user: str) -> None:
    """Keeps a file as the proof of an item's round; UserError when it is closed or has the same file already."""
    sha256 = digest(data)
    with writing(path, Action.RECTIFY) as db:
        _named(user)
        found = _to_change(db, number)
        if found.state is State.CLOSED:
            raise UserError(f"第 {number} 号已销号，不能再加佐证；要接着办请再开一轮")
        same = "SELECT 1 FROM item_file WHERE item = ? AND round = ? AND sha256 = ?"
        if db.conn.execute(same, (number, found.round, sha256)).fetchone() is not None:
            raise UserError(f"{name}：这一轮已经有同样的佐证材料")
        keep(db, sha256, data)
        sql = "INSERT INTO item_file (item, round, sha256, name, note, user, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
        db.conn.execute(sql, (number, found.round, sha256, name, note, user, now()))
        _write(db, found, found.state, found.task, PROVED, name, user)


def items(path: Path) -> list[Item]:
    """Every item, in the order of their numbers."""
    with connect(path) as db:
        rows = frame(db, "SELECT * FROM item ORDER BY id")
    return [_item(row) for row in rows.to_dict("records")]


def item(path: Path, number: int) -> Item:
    """One item; UserError when there is none of that number."""
    with connect(path) as db:
        return _read(db, number)


def history(path: Path, number: int | None = None) -> pd.DataFrame:
    """What happened to an item or to all, latest first: id, item, round, at, user, action, state (after it), comment, task (a
    Task), reading (a Reading, or None)."""
    sql = "SELECT * FROM item_event WHERE ? IS NULL OR item = ? ORDER BY id DESC"
    with connect(path) as db:
        rows = frame(db, sql, (number, number))
    tasks = [Task.of(json.loads(each)) for each in rows["task"]]
    return rows.assign(task=tasks, reading=[_reading(each) for each in rows["reading"]])


def proofs(path: Path) -> pd.DataFrame:
    """Every proof, in the order they came: id, item, round, sha256, name, note, user, at, size."""
    sql = (
        "SELECT p.id, p.item, p.round, p.sha256, p.name, p.note, p.user, p.at, f.size FROM item_file p "
        "JOIN file f ON f.sha256 = p.sha256 ORDER BY p.id"
    )
    with connect(path) as db:
        return frame(db, sql)


def _open(db: sqlite_utils.Database, task: Task, reading: Reading, user: str) -> int:
    sql = (
        "INSERT INTO item (round, state, task, opened, closed, opened_at, changed_at, changed_by, closed_at) "
        "VALUES (1, 'open', ?, ?, '', ?, ?, ?, '')"
    )
    stamp = now()
    number = db.conn.execute(sql, (_json(task.plain()), _json(asdict(reading)), stamp, stamp, user)).lastrowid
    _tell(db, int(number or 0), 1, State.OPEN, task, OPENED, "", user, reading)
    told = differing({}, _said(db, State.OPEN, task))
    record(db, user, f"台账{OPENED}", f"台账 {number}", **told)
    return int(number or 0)


def _only_ticked(before: Task, after: Task) -> bool:
    """Whether nothing but since when steps are done differs."""
    left, right = (
        replace(each, actions=tuple(replace(one, done="") for one in each.actions)) for each in (before, after)
    )
    return left == right


def _write(
    db: sqlite_utils.Database,
    found: Item,
    state: State,
    task: Task,
    action: str,
    comment: str,
    user: str,
    reading: Reading | None = None,
) -> None:
    sql = "UPDATE item SET state = ?, task = ?, changed_at = ?, changed_by = ? WHERE id = ?"
    db.conn.execute(sql, (state.value, _json(task.plain()), now(), user, found.id))
    _tell(db, found.id, found.round, state, task, action, comment, user, reading)
    if action == PROVED:
        record(db, user, f"台账{action}", f"台账 {found.id}", after=comment)
    else:
        told = differing(_said(db, found.state, found.task), _said(db, state, task))
        record(db, user, f"台账{action}", f"台账 {found.id}", comment, **told)


def _tell(
    db: sqlite_utils.Database,
    number: int,
    turn: int,
    state: State,
    task: Task,
    action: str,
    comment: str,
    user: str,
    reading: Reading | None,
) -> None:
    sql = (
        "INSERT INTO item_event (item, round, at, user, action, state, comment, task, reading) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    kept = "" if reading is None else _json(asdict(reading))
    db.conn.execute(sql, (number, turn, now(), user, action, state.value, comment, _json(task.plain()), kept))


def _said(db: sqlite_utils.Database, state: State, task: Task) -> dict[str, str]:
    """Where an item stands and what it says, by what the ledger calls it."""
    said = {label: str(getattr(task, name)) for name, label in FIELDS.items()}
    steps = (
        each.what + f"，{each.due} 前" * bool(each.due) + f"，{each.done} 完成" * bool(each.done)
        for each in task.actions
    )
    # An item is about an indicator or about a measure.
    subject = named(db, "indicator", named(db, "measure", task.subject))
    found = {"subject": subject, "region": named(db, "region", task.region), "actions": "；".join(steps)}
    return {"状态": state.label, **said, **{FIELDS[name]: text for name, text in found.items()}}


def _check(task: Task) -> None:
    if task.wrong:
        raise UserError("；".join(task.wrong))


def _named(user: str) -> None:
    if not user.strip():
        raise UserError("要写明经办人")


def _unchanged(found: Item, seen: Task) -> None:
    if found.task != seen:
        raise UserError(f"没有保存：别人刚改过第 {found.id} 号，请看过最新内容再改")


def _proofs(db: sqlite_utils.Database, found: Item) -> int:
    sql = "SELECT COUNT(*) FROM item_file WHERE item = ? AND round = ?"
    return int(db.conn.execute(sql, (found.id, found.round)).fetchone()[0])


def _read(db: sqlite_utils.Database, number: int) -> Item:
    rows = frame(db, "SELECT * FROM item WHERE id = ?", (number,))
    if rows.empty:
        raise UserError(f"台账里没有第 {number} 号")
    return _item(rows.to_dict("records")[0])


def _to_change(db: sqlite_utils.Database, number: int) -> Item:
    """An item that the one who asks may change: a department only what it answers for or helps with."""
    found = _read(db, number)
    of_own(f"{found.task.owner}、{found.task.helpers}")
    return found


def _item(row: Mapping[str, Any]) -> Item:
    opened = _reading(row["opened"])
    assert opened is not None
    return Item(
        id=int(row["id"]),
        round=int(row["round"]),
        state=State(row["state"]),
        task=Task.of(json.loads(row["task"])),
        opened=opened,
        closed=_reading(row["closed"]),
        opened_at=row["opened_at"],
        changed_at=row["changed_at"],
        changed_by=row["changed_by"],
        closed_at=row["closed_at"],
    )


def _reading(kept: str) -> Reading | None:
    return Reading(**json.loads(kept)) if kept else None


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)
