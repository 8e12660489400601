"""标杆值 that people add: a value of a place to learn from, with the document and the words that it stands in."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlite_utils

from lib.model import Issue, Period, UserError, convert
from lib.model.access import Action
from lib.model.quantity import UNITS
from lib.store.database import bump, writing
from lib.store.documents import STATED, about, add_document, next_number, worded
from lib.store.events import record

# Places that may be a national benchmark.
LEVELS = ("nation", "province", "city")
OPERATORS = STATED
_ADDING, _REMOVING = "补充标杆值", "删除补充的标杆值"


@dataclass(frozen=True)
class Statement:
    """What a person adds: `value` in `unit` about a measure (`code`) of a place (`region`); title, issuer, day and origin
    (where it was found) are the document's, `quote` its words."""

    code: str
    region: str
    op: str
    value: float | None
    unit: str
    period: str
    title: str
    issuer: str
    day: str
    origin: str
    quote: str


def add_benchmark(path: Path, added: Statement, *, user: str) -> str:
    """Adds a statement about a place outside the city with its document; returns its number, U1, U2 …, never used twice.

    UserError with everything that is wrong; then nothing is written.
    """
    with writing(path, Action.EDIT) as db:
        issues = list(_problems(db, added, user))
        try:
            document = add_document(
                db, added.title, added.issuer, added.day, added.origin, added.region, user=user.strip()
            )
        except UserError as error:
            issues += error.issues
        if issues:
            raise UserError(issues)
        number = next_number(db)
        columns = {
            **{name: getattr(added, name) for name in ("code", "region", "op", "value", "unit", "period")},
            **dict.fromkeys(("text", "before_text", "period_basis", "practice"), ""),
            "before": None,
            "axis": "vertical",
            "document": document,
            "quote": added.quote.strip(),
            "note": f"{user.strip()}补充",
        }
        db["benchmark"].insert({"id": number, **columns})
        record(db, user.strip(), _ADDING, number, about(db, columns), after=worded(db, columns))
        bump(db)
    return number


def remove_benchmark(path: Path, number: str, *, user: str) -> None:
    """Takes out a statement that a person added; the trail keeps its words. UserError for any other, and without a name."""
    with writing(path, Action.EDIT) as db:
        if not user.strip():
            raise UserError("要写明经办人")
        row = next(db["benchmark"].rows_where("id = ? AND id LIKE 'U%'", (number,)), None)
        if row is None:
            raise UserError(f"没有补充的标杆值 {number}：可能别人刚删过，请刷新看看；文件里原有的标杆值不能删")
        db.conn.execute("DELETE FROM benchmark WHERE id = ?", (number,))
        record(db, user.strip(), _REMOVING, number, about(db, row), before=worded(db, row))
        bump(db)


def _problems(db: sqlite_utils.Database, added: Statement, user: str) -> Iterator[Issue]:
    if not user.strip():
        yield Issue("user-missing", "要写明经办人")
    level = db.conn.execute("SELECT level FROM region WHERE code = ?", (added.region,)).fetchone()
    if level is None or level[0] not in LEVELS:
        yield Issue("region-unknown", "不是目录里的国家、省或市", value=added.region)
    unit = db.conn.execute("SELECT unit FROM measure WHERE code = ?", (added.code,)).fetchone()
    if unit is None:
        yield Issue("measure-unknown", "不是目录里的测度", value=added.code)
    elif added.unit not in (fitting := units_for(str(unit[0]))):
        yield Issue(
            "unit-unfit",
            "单位不能换算成这个测度的单位",
            value=added.unit,
            expected=f"可以用：{'、'.join(fitting) or '无单位'}",
        )
    if added.op not in OPERATORS:
        yield Issue("op-unknown", "不是可用的比较符", value=added.op, expected="、".join(OPERATORS))
    if added.value is None or not math.isfinite(added.value):
        yield Issue("value-missing", "要填一个数值")
    if not Period.is_code(added.period):
        yield Issue("period-unknown", "不是时间", value=added.period, expected="2020年、2020年三季度、2020-09")
    if not added.quote.strip():
        yield Issue("quote-missing", "要抄下原文：写着这个数的那句话")


def units_for(unit: str) -> tuple[str, ...]:
    """The units that a value of a measure in `unit` may be stated in, its own first."""
    return (unit, *sorted(other for other in UNITS - {unit} if not convert(1.0, other, unit).refused))
