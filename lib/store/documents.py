"""What all that people add have in common: a document as its source, a number of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlite_utils

from lib.model import Period, UserError
from lib.model.goal import CUT
from lib.model.source import ADDED as U

ADDED = "added-"
# How a document states a number.
STATED = {"=": "等于", "<=": "不超过", ">=": "不低于"}
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


def add_document(
    db: sqlite_utils.Database, title: str, issuer: str, day: str, origin: str, region: str, *, user: str
) -> str:
    """The code of a document: the one of that title and issuer, or a new one; called inside a writing transaction.

    `day` is a year, a month or a date, kept as `iso_day`; `origin` says where it was found. UserError without a title or a date.
    """
    # A title is cited in 《》: those that it was typed with would stand there twice.
    title = title.strip().removeprefix("《").removesuffix("》") if title.strip()[:1] == "《" else title.strip()
    if not title:
        raise UserError("要写明出处：文件、报道或网页的标题")
    day = iso_day(day)
    same = "SELECT code FROM document WHERE title = ? AND issuer = ? AND date = ?"
    found = db.conn.execute(same, (title, issuer.strip(), day)).fetchone()
    if found is not None:
        return str(found[0])
    count = db.conn.execute("SELECT COUNT(*) FROM document WHERE code LIKE 'added-%'").fetchone()[0]
    code = f"{ADDED}{count + 1}"
    sql = (
        "INSERT INTO document (code, title, doc_no, issuer, date, region, kind, origin, licence) "
        "VALUES (?, ?, '', ?, ?, ?, '补充出处', ?, '')"
    )
    db.conn.execute(sql, (code, title, issuer.strip(), day, region, f"{origin.strip()}（{user}补充）"))
    return code


def next_number(db: sqlite_utils.Database) -> str:
    """A number for a fact, target or benchmark that a person adds (U1, U2 …), which none of the three has had, also none taken out."""
    sql = "SELECT MAX(CAST(SUBSTR(subject, 2) AS INTEGER)) FROM event WHERE subject GLOB ?"
    last = db.conn.execute(sql, (f"{U}[0-9]*",)).fetchone()[0]
    return f"{U}{(last or 0) + 1}"


def named(db: sqlite_utils.Database, table: str, code: str) -> str:
    """What the catalogue calls something of one of its tables; the code where it has none of it."""
    found = db.conn.execute(f"SELECT name FROM {table} WHERE code = ?", (code,)).fetchone()
    return str(found[0]) if found else code


def about(db: sqlite_utils.Database, row: Mapping[str, Any]) -> str:
    """What a fact, target or benchmark is about, in words, by its columns: the place, its part where it has one, the measure."""
    parts = (named(db, "region", row["region"]), row.get("scope"), named(db, "measure", row["code"]))
    return " ".join(part for part in parts if part)


def worded(db: sqlite_utils.Database, row: Mapping[str, Any]) -> str:
    """What a fact, target or benchmark says, in words, by its columns."""
    parts = [_stated(row)]
    if row.get("baseline") is not None:
        parts.append(f"基线 {row['baseline']:.15g}（{Period.parse(row['baseline_basis']).label}）")
    if row.get("period"):
        parts.append(Period.parse(row["period"]).label)
    if row.get("deadline"):
        parts.append(f"期限 {row['deadline']}")
    if row.get("owner"):
        parts.append("、".join(named(db, "department", code) for code in row["owner"].split(";")))
    return f"{'，'.join(parts)}：“{row['quote']}”"


def _stated(row: Mapping[str, Any]) -> str:
    if row["value"] is None:
        return str(row["text"])
    number = f"{row['value']:.15g}"
    return f"比基期下降 {number}%" if row["op"] == CUT else f"{STATED[row['op']]} {number} {row['unit']}".strip()


def iso_day(text: str) -> str:
    """A document's day as it is kept: 2020, 2020-12 or 2020-12-04, also of full-width digits or without the zeros; else UserError."""
    if not text.strip():
        raise UserError("要写出处的发布日期（期望：2020、2020-12 或 2020-12-04）")
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    parts = [part.zfill(2) for part in found.groups() if part] if found else []
    try:
        date.fromisoformat("-".join(parts) + "-01" * (3 - len(parts)))
    except ValueError:
        raise UserError(f"“{text}”不是日期（期望：2020、2020-12 或 2020-12-04）") from None
    return "-".join(parts)
