"""典型做法 that people add to those of the catalogue, with the source that they found them in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlite_utils

from lib.model import UserError
from lib.model.access import Action
from lib.model.declaration import Declaration
from lib.model.source import ADDED, is_added
from lib.store.database import bump, writing
from lib.store.documents import add_document, named
from lib.store.events import record

# Cases of the catalogue are P01 …; those that people add have a letter of their own, and are all that can be removed.
_ACTION = "新增做法"


@dataclass(frozen=True)
class Found:
    """A case that somebody has found: places are codes of the catalogue or names, `day` is a year or an ISO date."""

    group: str
    title: str
    places: tuple[str, ...]
    summary: str
    indicators: tuple[str, ...]
    measures: tuple[str, ...]
    source: str
    issuer: str
    day: str
    origin: str
    quote: str

    @property
    def problems(self) -> list[str]:
        """What is not filled in, in words."""
        texts = {
            "做法名称": self.title,
            "内容提要": self.summary,
            "出处标题": self.source,
            "发布单位": self.issuer,
            "日期": self.day,
            "原文": self.quote,
        }
        found = [f"要写{name}" for name, text in texts.items() if not text.strip()]
        found += [] if self.places else ["要选地区"]
        return found + ([] if self.indicators or self.measures else ["要选对应的指标或测度"])


def add_practice(path: Path, case: Found, *, user: str) -> str:
    """Adds a case with the document that it is from; returns its number. UserError lists every problem."""
    problems = [*case.problems, *([] if user.strip() else ["要写经办人"])]
    if problems:
        raise UserError("；".join(problems))
    with writing(path, Action.EDIT) as db:
        if db.conn.execute("SELECT 1 FROM practice WHERE title = ?", (case.title.strip(),)).fetchone() is not None:
            raise UserError(f"已经有做法“{case.title.strip()}”：请换一个名称")
        place = case.places[0] if case.places[0].isdigit() else ""
        document = add_document(db, case.source, case.issuer, case.day, case.origin, place, user=user)
        identifier = _next(db)
        columns = {
            "group": case.group,
            **{name: getattr(case, name).strip() for name in ("title", "summary", "quote")},
            **{name: _joined(getattr(case, name)) for name in ("places", "indicators", "measures")},
            "facts": "",
            "document": document,
        }
        db["practice"].insert({"id": identifier, **columns})
        record(db, user, _ACTION, identifier, after=_said(db, columns))
        bump(db)
    return identifier


def remove_practice(path: Path, identifier: str, *, user: str) -> None:
    """Takes out a case that a person added; its document stays. UserError for any other, and while a declaration learns from it."""
    with writing(path, Action.EDIT) as db:
        row = next(db["practice"].rows_where("id = ?", (identifier,)), None)
        if row is None or not is_added(identifier):
            raise UserError(f"{identifier} 不是补充的做法，不能移除")
        used = db.conn.execute("SELECT id, content FROM declaration WHERE state <> 'dropped' ORDER BY id").fetchall()
        holding = [
            str(number) for number, content in used if identifier in Declaration.of(json.loads(content)).practices
        ]
        if holding:
            raise UserError(f"申报表 {'、'.join(holding)} 在学这个做法，不能移除")
        db.conn.execute("DELETE FROM practice WHERE id = ?", (identifier,))
        record(db, user, "移除做法", identifier, before=_said(db, row))
        bump(db)


def _joined(parts: Iterable[str]) -> str:
    return ";".join(part.strip().replace(";", "；") for part in parts)


def _said(db: sqlite_utils.Database, row: Mapping[str, Any]) -> str:
    places = "、".join(named(db, "region", place) for place in row["places"].split(";"))
    return f"{row['title']}（{places}）：{row['summary'].rstrip('。')}；原文：“{row['quote']}”"


def _next(db: sqlite_utils.Database) -> str:
    """The next number by the trail: that of a removed case is not given again."""
    count = db.conn.execute("SELECT COUNT(*) FROM event WHERE action = ?", (_ACTION,)).fetchone()[0]
    return f"{ADDED}{count + 1}"
