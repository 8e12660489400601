"""Papers that go out: drafts that are kept with every change, and issued ones that never change.

What a paper says is no indicator value: writing it leaves the data version, and with it every cache, as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import sqlite_utils

from lib.model import Period, UserError
from lib.model.access import Action
from lib.model.bulletin import HEAD, Content, Paper, Paperwork
from lib.store.database import connect, frame, writing
from lib.store.documents import named
from lib.store.events import differing, now, record
from lib.store.files import digest, keep


@dataclass(frozen=True)
class Draft:
    """A draft as it is kept; moments are in UTC."""

    id: int
    kind: Paperwork
    content: Content
    created_at: str
    created_by: str
    changed_at: str


def create(path: Path, kind: Paperwork, content: Content, *, user: str) -> int:
    """A new draft; returns its id."""
    with writing(path, Action.BULLETIN) as db:
        sql = (
            "INSERT INTO bulletin (kind, state, number, day, content, created_at, created_by, changed_at, issued_at, "
            "issued_by, sha256) VALUES (?, 'draft', ?, ?, ?, ?, ?, ?, '', '', '')"
        )
        stamp, kept = now(), _json({"content": content.plain()})
        values = (kind.value, content.number, content.day, kept, stamp, user, stamp)
        number = int(db.conn.execute(sql, values).lastrowid or 0)
        record(db, user, f"起草{kind.label}", f"通报稿 {number}", **differing({}, _said(db, kind, content)))
    return number


def drafts(path: Path) -> list[Draft]:
    """Every draft, the one changed last first."""
    with connect(path) as db:
        rows = frame(db, "SELECT * FROM bulletin WHERE state = 'draft' ORDER BY changed_at DESC, id DESC")
    return [_draft(row) for row in rows.to_dict("records")]


def save(path: Path, number: int, changes: Mapping[str, object], seen: Content, *, user: str) -> None:
    """Changes some of a draft's `Content.fields`; UserError, and nothing changes, when another has changed one of them since it was
    `seen`. Others' changes elsewhere in the draft stay."""
    with writing(path, Action.BULLETIN) as db:
        found = _read(db, number)
        stored, before = found.content.fields(), seen.fields()
        if any(stored.get(name) not in (before.get(name), value) for name, value in changes.items()):
            raise UserError("没有保存：别人刚改过同一处，下面是最新内容")
        content = found.content.with_fields(changes)
        sql = "UPDATE bulletin SET content = ?, number = ?, day = ?, changed_at = ? WHERE id = ?"
        kept = _json({"content": content.plain()})
        db.conn.execute(sql, (kept, content.number, content.day, now(), number))
        if content != found.content:
            told = differing(*(_said(db, found.kind, each) for each in (found.content, content)))
            record(db, user, f"修改{found.kind.label}", f"通报稿 {number}", **told)


def issue(path: Path, number: int, paper: Paper, data: bytes, *, seen: Content, user: str) -> None:
    """Freezes a draft as the paper that goes out, with its file; UserError without a name or number, when the draft is not any more as it was
    `seen`, or when the number has been issued."""
    sha256 = digest(data)
    with writing(path, Action.BULLETIN) as db:
        _named(user)
        if paper.number is None:
            raise UserError("没有印发：要写明期号")
        found = _read(db, number)
        if found.content != seen:
            raise UserError("没有印发：别人刚改过这份稿子，请看过最新内容再印发")
        same = "SELECT issued_by, issued_at FROM bulletin WHERE state = 'issued' AND kind = ? AND number = ?"
        known = db.conn.execute(same, (paper.kind.value, paper.number)).fetchone()
        if known is not None:
            said = paper.kind.numbered(paper.number)
            raise UserError(f"没有印发：{paper.kind.label}{said}已经由{known[0]}印发，请换一个期号")
        keep(db, sha256, data)
        sql = (
            "UPDATE bulletin SET state = 'issued', number = ?, day = ?, content = ?, changed_at = ?, issued_at = ?, "
            "issued_by = ?, sha256 = ? WHERE id = ?"
        )
        stamp, kept = now(), _json({"content": found.content.plain(), "paper": paper.plain()})
        day = paper.day.isoformat()
        db.conn.execute(sql, (paper.number, day, kept, stamp, stamp, user.strip(), sha256, number))
        after = f"已印发：{paper.kind.numbered(paper.number)}，{day}"
        record(db, user, f"印发{paper.kind.label}", f"通报稿 {number}", paper.title, before=_DRAFT, after=after)


def drop(path: Path, number: int, *, user: str) -> None:
    """Takes a draft out of use; it stays on record."""
    with writing(path, Action.BULLETIN) as db:
        _named(user)
        _read(db, number)
        db.conn.execute("UPDATE bulletin SET state = 'dropped', changed_at = ? WHERE id = ?", (now(), number))
        record(db, user, "作废通报稿", f"通报稿 {number}", before=_DRAFT, after="已作废")


def issued(path: Path) -> pd.DataFrame:
    """Every paper that went out, the latest first: id, kind, number, day, title, issued_at, issued_by, sha256."""
    with connect(path) as db:
        rows = frame(db, f"SELECT {', '.join(_ISSUED)} FROM bulletin WHERE state = 'issued' {_LATEST}")
    titles = [json.loads(each)["paper"]["title"] for each in rows["content"]]
    rows.insert(4, "title", titles)
    return rows.drop(columns="content")


def issued_days(path: Path) -> list[str]:
    """The days (ISO) of the numbered bulletins that went out; weekly and daily papers are not counted among them."""
    with connect(path) as db:
        rows = db.conn.execute(
            "SELECT day FROM bulletin WHERE state = 'issued' AND kind = 'work' ORDER BY day"
        ).fetchall()
    return [str(row[0]) for row in rows]


def issued_paper(path: Path, number: int) -> Paper:
    """A paper as it went out, by its id; UserError when there is none."""
    with connect(path) as db:
        sql = "SELECT content FROM bulletin WHERE id = ? AND state = 'issued'"
        found = db.conn.execute(sql, (number,)).fetchone()
    if found is None:
        raise UserError(f"没有印发过通报稿 {number}")
    return Paper.of(json.loads(found[0])["paper"])


_ISSUED = ("id", "kind", "number", "day", "issued_at", "issued_by", "sha256", "content")
_LATEST = "ORDER BY day DESC, id DESC"
_DRAFT = "草稿"


def _said(db: sqlite_utils.Database, kind: Paperwork, content: Content) -> dict[str, str]:
    """What a draft is made of and what a person has written over it, by their names."""
    own = {
        "日期": content.day,
        "期号": "" if content.number is None else kind.numbered(content.number),
        "指标体系": named(db, "framework", content.framework),
        "评价期": Period.parse(content.period).label if content.period else "",
        "点名的指标": "、".join(named(db, "indicator", code) for code in content.weak),
        "附表": "有" if content.appendix else "",
        "推演方案": f"第 {content.scenario} 号" if content.scenario else "",
    }
    return own | {HEAD.get(key, f"段落 {key}"): edit.text for key, edit in content.edits.items()}


def _named(user: str) -> None:
    if not user.strip():
        raise UserError("要写明经办人")


def _read(db: sqlite_utils.Database, number: int) -> Draft:
    rows = frame(db, "SELECT * FROM bulletin WHERE id = ? AND state = 'draft'", (number,))
    if rows.empty:
        raise UserError(f"没有通报稿 {number}：可能已经印发或者作废")
    return _draft(rows.to_dict("records")[0])


def _draft(row: Mapping[str, Any]) -> Draft:
    content = Content.of(json.loads(row["content"])["content"])
    return Draft(
        int(row["id"]), Paperwork(row["kind"]), content, row["created_at"], row["created_by"], row["changed_at"]
    )


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)
