"""申报表 and 季度进展: drafts that are kept with every change, versions and reports that are only added.

Their content is no indicator value: writing it leaves the data version, and with it every cache, as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import sqlite_utils

from lib.model import UserError
from lib.model.access import Action
from lib.model.declaration import FIELDS, Baseline, Declaration, Goal, State
from lib.store.database import connect, frame, of_own, writing
from lib.store.documents import named
from lib.store.events import differing, now, record

OVERWRITTEN = "被他人修改前的内容"
# What the texts of a quarterly report are called.
_REPORT = {"done": "做了什么", "problems": "问题", "next": "下一步"}


@dataclass(frozen=True)
class Filed:
    """A declaration as it is kept: its content, where it stands, what it starts from, the reviewer's last comment; moments in UTC."""

    id: int
    campaign: str
    state: State
    content: Declaration
    baseline: tuple[Baseline, ...]
    comment: str
    created_at: str
    created_by: str
    changed_at: str
    submitted_at: str
    published_at: str


def create(path: Path, campaign: str, content: Declaration, *, user: str) -> int:
    """A new draft; returns its number."""
    with writing(path, Action.DECLARE) as db:
        of_own(content.unit)
        sql = (
            "INSERT INTO declaration (campaign, state, content, baseline, comment, created_at, created_by, changed_at) "
            "VALUES (?, 'draft', ?, '[]', '', ?, ?, ?)"
        )
        stamp = now()
        number = int(db.conn.execute(sql, (campaign, _json(content.plain()), stamp, user, stamp)).lastrowid or 0)
        _note(db, number, user, "新建", "", content, **differing({}, _said(db, content)))
    return number


def declarations(path: Path) -> list[Filed]:
    """Every declaration, the one changed last first."""
    with connect(path) as db:
        rows = frame(db, "SELECT * FROM declaration ORDER BY changed_at DESC, id DESC")
    # A moment that has not come is missing in the frame, not None.
    return [_filed(row) for row in rows.fillna("").to_dict("records")]


def declaration(path: Path, number: int) -> Filed:
    """One declaration; UserError when there is none of that number."""
    with connect(path) as db:
        return _read(db, number)


def save(path: Path, number: int, changes: Mapping[str, object], seen: Declaration, *, user: str) -> Filed:
    """Changes some fields of an open declaration; returns it as it is now.

    `seen` is the content that the change was made on: where another has changed one of the fields since, what
    they wrote is kept as a version before it is overwritten; goals are one each measure, so that two who set goals on
    different measures both keep theirs. UserError when it is not open any more.
    """
    with writing(path, Action.DECLARE) as db:
        found = _read(db, number)
        if not found.state.open:
            raise UserError(f"申报表 {number} {found.state.label}，不能再改；要改请先退回")
        content, told = found.content, False
        for name, value in changes.items():
            merged, overwrites = _merged(getattr(found.content, name), getattr(seen, name), value)
            if overwrites and not told:
                _note(db, number, user, OVERWRITTEN, "", found.content)
            told = told or overwrites
            content = content.with_field(name, merged)
        _of_named(found.content, content)
        sql = "UPDATE declaration SET content = ?, changed_at = ? WHERE id = ?"
        db.conn.execute(sql, (_json(content.plain()), now(), number))
        if content != found.content:
            told = differing(_said(db, found.content), _said(db, content))
            record(db, user, "修改申报表", f"申报表 {number}", **told)
        return _read(db, number)


def _merged(stored: object, seen: object, value: object) -> tuple[object, bool]:
    """What a field becomes, and whether something is overwritten that the change was not made on."""
    goals = [each for each in (stored, seen, value) if isinstance(each, tuple)]
    if not (len(goals) == 3 and all(isinstance(goal, Goal) for each in goals for goal in each)):
        return value, stored not in (seen, value)
    theirs, before, mine = ({goal.measure: goal.value for goal in each} for each in goals)
    changed = [code for code in {**before, **mine} if mine.get(code) != before.get(code)]
    overwrites = any(theirs.get(code) not in (before.get(code), mine.get(code)) for code in changed)
    found = {code: each for code, each in theirs.items() if code not in changed or code in mine}
    found |= {code: mine[code] for code in changed if code in mine}
    return tuple(Goal(*each) for each in found.items()), overwrites


def keep_version(path: Path, number: int, action: str, *, user: str) -> None:
    """Keeps a declaration's content as a version, before something else takes its place."""
    with writing(path, Action.DECLARE) as db:
        found = _read(db, number)
        of_own(found.content.unit)
        _note(db, number, user, action, "", found.content)


def submit(path: Path, number: int, baseline: Iterable[Baseline], *, seen: Declaration, user: str) -> None:
    """Hands an open declaration in, with the values that it starts from; UserError when it is not any more as it was `seen`
    and checked."""
    with writing(path, Action.DECLARE) as db:
        if _read(db, number).content != seen:
            raise UserError("没有报送：别人刚改过这份申报表，请看过最新内容再报送")
        found = _step(db, number, {State.DRAFT, State.RETURNED}, State.SUBMITTED)
        of_own(found.content.unit)
        sql = "UPDATE declaration SET baseline = ?, submitted_at = COALESCE(submitted_at, ?) WHERE id = ?"
        db.conn.execute(sql, (_json([asdict(each) for each in baseline]), now(), number))
        _note(db, number, user, "报送", "", found.content, before=found.state.label, after=State.SUBMITTED.label)


def send_back(path: Path, number: int, comment: str, *, user: str) -> None:
    """Returns a declaration that was handed in or published, with what is to be mended; UserError without a comment."""
    if not comment.strip():
        raise UserError("退回要写明意见，填报单位才知道改什么")
    with writing(path, Action.JUDGE) as db:
        found = _step(db, number, {State.SUBMITTED, State.PUBLISHED}, State.RETURNED)
        db.conn.execute("UPDATE declaration SET comment = ? WHERE id = ?", (comment.strip(), number))
        states = {"before": found.state.label, "after": State.RETURNED.label}
        _note(db, number, user, "退回", comment.strip(), found.content, **states)


def publish(path: Path, number: int, *, user: str) -> None:
    """Puts a declaration that was handed in on the public list."""
    with writing(path, Action.JUDGE) as db:
        found = _step(db, number, {State.SUBMITTED}, State.PUBLISHED)
        db.conn.execute("UPDATE declaration SET published_at = ?, comment = '' WHERE id = ?", (now(), number))
        _note(db, number, user, "公示", "", found.content, before=found.state.label, after=State.PUBLISHED.label)


def drop(path: Path, number: int, *, user: str) -> None:
    """Takes an open declaration out of use; it stays on record."""
    with writing(path, Action.DECLARE) as db:
        found = _step(db, number, {State.DRAFT, State.RETURNED}, State.DROPPED)
        of_own(found.content.unit)
        _note(db, number, user, "作废", "", found.content, before=found.state.label, after=State.DROPPED.label)


def restore(path: Path, number: int, version: int, *, user: str) -> Filed:
    """Brings an open or dropped declaration back to one of its versions; what stood before is kept as a version."""
    with writing(path, Action.DECLARE) as db:
        found = _read(db, number)
        if not found.state.open and found.state is not State.DROPPED:
            raise UserError(f"申报表 {number} {found.state.label}，不能再改；要改请先退回")
        sql = "SELECT content FROM declaration_version WHERE id = ? AND declaration = ?"
        row = db.conn.execute(sql, (version, number)).fetchone()
        if row is None:
            raise UserError(f"申报表 {number} 没有版本 {version}")
        content = Declaration.of(json.loads(row[0]))
        _of_named(found.content, content)
        _note(db, number, user, "恢复旧版前的内容", "", found.content)
        state = State.DRAFT if found.state is State.DROPPED else found.state
        sql = "UPDATE declaration SET content = ?, state = ?, changed_at = ? WHERE id = ?"
        db.conn.execute(sql, (row[0], state.value, now(), number))
        was, is_ = (
            {"状态": each[0].label, **_said(db, each[1])} for each in ((found.state, found.content), (state, content))
        )
        _note(db, number, user, "恢复旧版", f"版本 {version}", content, **differing(was, is_))
        return _read(db, number)


def versions(path: Path, number: int) -> pd.DataFrame:
    """What happened to a declaration, latest first: id, at, user, action, comment, content (a Declaration)."""
    sql = (
        "SELECT id, at, user, action, comment, content FROM declaration_version WHERE declaration = ? ORDER BY id DESC"
    )
    with connect(path) as db:
        rows = frame(db, sql, (number,))
    return rows.assign(content=[Declaration.of(json.loads(each)) for each in rows["content"]])


def add_report(path: Path, number: int, due: str, content: Mapping[str, Any], *, user: str) -> int:
    """Adds a quarterly report on a published declaration; a later one of the same day stands in its place.

    `content`: values (by measure, in its unit), done, problems, next (texts). Returns its number.
    """
    with writing(path, Action.DECLARE) as db:
        found = _read(db, number)
        if found.state is not State.PUBLISHED:
            raise UserError(f"申报表 {number} {found.state.label}：公示以后才报进展")
        of_own(found.content.unit)
        stood = "SELECT content FROM report WHERE declaration = ? AND due = ? ORDER BY id DESC LIMIT 1"
        before = db.conn.execute(stood, (number, due)).fetchone()
        sql = "INSERT INTO report (declaration, due, at, user, content) VALUES (?, ?, ?, ?, ?)"
        added = db.conn.execute(sql, (number, due, now(), user, _json(dict(content)))).lastrowid
        told = differing(_reported(db, json.loads(before[0])) if before else {}, _reported(db, content))
        record(db, user, "报送进展", f"申报表 {number}", due, **told)
    return int(added or 0)


def reports(path: Path) -> pd.DataFrame:
    """Every report, in the order they came: id, declaration, due, at, user, content (a dictionary)."""
    with connect(path) as db:
        rows = frame(db, "SELECT id, declaration, due, at, user, content FROM report ORDER BY id")
    return rows.assign(content=[json.loads(each) for each in rows["content"]])


def _read(db: sqlite_utils.Database, number: int) -> Filed:
    rows = frame(db, "SELECT * FROM declaration WHERE id = ?", (number,))
    if rows.empty:
        raise UserError(f"没有申报表 {number}")
    return _filed(rows.to_dict("records")[0])


def _filed(row: Mapping[str, Any]) -> Filed:
    return Filed(
        id=int(row["id"]),
        campaign=row["campaign"],
        state=State(row["state"]),
        content=Declaration.of(json.loads(row["content"])),
        baseline=tuple(Baseline(**each) for each in json.loads(row["baseline"])),
        comment=row["comment"],
        created_at=row["created_at"],
        created_by=row["created_by"],
        changed_at=row["changed_at"],
        submitted_at=row["submitted_at"] or "",
        published_at=row["published_at"] or "",
    )


def _step(db: sqlite_utils.Database, number: int, allowed: set[State], to: State) -> Filed:
    """Takes a declaration to its next state; UserError when it does not stand where the step begins."""
    found = _read(db, number)
    if found.state not in allowed:
        raise UserError(f"申报表 {number} {found.state.label}，不能改为{to.label}：可能别人刚办理过，请刷新看看")
    db.conn.execute("UPDATE declaration SET state = ?, changed_at = ? WHERE id = ?", (to.value, now(), number))
    return found


def _of_named(*contents: Declaration) -> None:
    """Asks about the units that a declaration has named and will name; one that names none is anybody's."""
    for unit in dict.fromkeys(each.unit for each in contents if each.unit):
        of_own(unit)


def _said(db: sqlite_utils.Database, content: Declaration) -> dict[str, str]:
    """What a declaration says, by its fields' names."""
    found = {label: _worded(db, getattr(content, name)) for name, label in FIELDS.items()}
    places = {FIELDS["region"]: named(db, "region", content.region)}
    return found | places | {FIELDS["subject"]: named(db, "indicator", content.subject)}


def _worded(db: sqlite_utils.Database, value: object) -> str:
    if not isinstance(value, tuple):
        return str(value)
    return "、".join(
        f"{named(db, 'measure', each.measure)} {each.value:.15g}" if isinstance(each, Goal) else str(each)
        for each in value
    )


def _reported(db: sqlite_utils.Database, content: Mapping[str, Any]) -> dict[str, str]:
    """What a quarterly report says, by its parts' names."""
    values = {named(db, "measure", code): f"{value:.15g}" for code, value in content.get("values", {}).items()}
    return values | {label: content.get(name, "") for name, label in _REPORT.items()}


def _note(
    db: sqlite_utils.Database,
    number: int,
    user: str,
    action: str,
    comment: str,
    content: Declaration,
    *,
    before: str = "",
    after: str = "",
) -> None:
    sql = "INSERT INTO declaration_version (declaration, at, user, action, comment, content) VALUES (?, ?, ?, ?, ?, ?)"
    db.conn.execute(sql, (number, now(), user, action, comment, _json(content.plain())))
    record(db, user, f"申报表{action}", f"申报表 {number}", comment, before=before, after=after)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)
