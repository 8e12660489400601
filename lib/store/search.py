"""Looking for words in the catalogue: names, definitions, places, departments, practices, documents, and their sentences.

A trigram index finds no word of two Chinese characters, and the catalogue is small: plain LIKE reads all of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import sqlite_utils

from lib.store.database import connect, frame

COLUMNS = ("kind", "code", "title", "where", "excerpt", "start", "length", "quality")
# What is looked for at most: words, and characters in all.
MOST_WORDS, MOST_CHARACTERS = 6, 40
# How a row was found, best first.
EXACT, PREFIX, IN_NAME, IN_TEXT = range(4)
# Characters of a long text that are shown before and after the first word found in it.
BEFORE, AFTER = 16, 48


@dataclass(frozen=True)
class _Kind:
    """One kind of row. The SQL gives code, title and the columns named: `names` (";" between several) and `texts`."""

    sql: str
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


_STATED = """SELECT s.id AS code, s.quote AS 原文, COALESCE((SELECT m.name FROM measure m WHERE m.code = s.code),
    (SELECT i.name FROM indicator i WHERE i.code = s.code), s.code) AS title FROM {} s ORDER BY s.rowid"""
_KINDS: dict[str, _Kind] = {
    "indicator": _Kind(
        """SELECT code, name AS title, aliases AS 别名, note AS 说明 FROM indicator
        UNION ALL SELECT DISTINCT code, name, '', '' FROM framework_node
        WHERE parent <> '' AND code NOT IN (SELECT code FROM indicator) AND code NOT IN (SELECT code FROM measure)""",
        ("别名",),
        ("说明",),
    ),
    "measure": _Kind(
        "SELECT code, name AS title, aliases AS 别名, definition AS 定义, scope AS 口径 FROM measure ORDER BY rowid",
        ("别名",),
        ("定义", "口径"),
    ),
    "region": _Kind(
        "SELECT code, name AS title, short_name AS 简称, aliases AS 别名 FROM region ORDER BY rowid", ("简称", "别名")
    ),
    "department": _Kind("SELECT code, name AS title, aliases AS 别名 FROM department ORDER BY rowid", ("别名",)),
    "practice": _Kind(
        """SELECT p.id AS code, p.title, p.summary AS 摘要, p.quote AS 原文,
        COALESCE((SELECT group_concat(r.name, '、') FROM region r
            WHERE instr(';' || p.places || ';', ';' || r.code || ';') > 0), '') AS 地区
        FROM practice p ORDER BY p.rowid""",
        (),
        ("摘要", "原文", "地区"),
    ),
    "document": _Kind(
        "SELECT code, title, doc_no AS 文号, issuer AS 发文机关 FROM document ORDER BY rowid", ("文号",), ("发文机关",)
    ),
    "target": _Kind(_STATED.format("target"), (), ("原文",)),
    "fact": _Kind(_STATED.format("fact"), (), ("原文",)),
    "benchmark": _Kind(_STATED.format("benchmark"), (), ("原文",)),
}
KINDS = tuple(_KINDS)


def plain(text: str) -> str:
    """Text as it is compared: full-width forms as half-width (NFKC), without case."""
    return unicodedata.normalize("NFKC", text).casefold()


def words(query: str) -> tuple[str, ...]:
    """The words that are looked for: at most MOST_WORDS of the query's first MOST_CHARACTERS characters, each once."""
    return tuple(dict.fromkeys(plain(query)[:MOST_CHARACTERS].split()))[:MOST_WORDS]


def search(path: Path, query: str) -> pd.DataFrame:
    """Every row of the catalogue in which all words of the query are found; nothing for an empty query.

    Out: COLUMNS. `kind` is one of KINDS, in their order; within a kind the best come first, then in catalogue order.
    `where` names the column that a word was found in. `excerpt` is cut from it, or is the start of the row's first text
    where the title itself has the word; the word stands in the excerpt at `start`, `length` long (0: it is not there).
    `quality` is EXACT, PREFIX, IN_NAME or IN_TEXT.
    """
    wanted = words(query)
    if not wanted:
        return pd.DataFrame(columns=list(COLUMNS))
    with connect(path) as db:
        db.register_function(plain, deterministic=True)
        parts = [_found(db, name, kind, wanted) for name, kind in _KINDS.items()]
    return pd.DataFrame([row for rows in parts for row in rows], columns=list(COLUMNS))


def _found(db: sqlite_utils.Database, name: str, kind: _Kind, wanted: tuple[str, ...]) -> list[dict[str, str | int]]:
    columns = " || char(10) || ".join(["title", *kind.names, *kind.texts])
    fits = " AND ".join([f"plain({columns}) LIKE ? ESCAPE '!'"] * len(wanted))
    rows = frame(db, f"SELECT * FROM ({kind.sql}) WHERE {fits}", [f"%{_escaped(word)}%" for word in wanted])
    found: list[dict[str, str | int]] = []
    for row in rows.to_dict("records"):
        names = [part for column in ("title", *kind.names) for part in plain(row[column]).split(";") if part]
        found.append(
            {
                "kind": name,
                "code": row["code"],
                "title": row["title"],
                "quality": _quality(names, wanted),
                **_excerpt(row, kind, wanted),
            }
        )
    return sorted(found, key=lambda row: row["quality"])


def _escaped(word: str) -> str:
    for special in "!%_":
        word = word.replace(special, f"!{special}")
    return word


def _quality(names: list[str], wanted: tuple[str, ...]) -> int:
    if " ".join(wanted) in names:
        return EXACT
    with_all = [name for name in names if all(word in name for word in wanted)]
    if any(name.startswith(wanted[0]) for name in with_all):
        return PREFIX
    return IN_NAME if with_all else IN_TEXT


def _excerpt(row: Mapping[str, str], kind: _Kind, wanted: tuple[str, ...]) -> dict[str, str | int]:
    """Where a word was found: in the title, else in a name, else in a text."""
    if any(word in plain(row["title"]) for word in wanted):
        return {"where": "名称", **_cut(row[kind.texts[0]] if kind.texts else "", 0, 0)}
    for where in (*kind.names, *kind.texts):
        for text in row[where].split(";") if where in kind.names else [row[where]]:
            for word in wanted:
                start, end = _position(text, word)
                if end:
                    return {"where": where, **_cut(text, start, end)}
    return {"where": "", **_cut("", 0, 0)}


def _cut(text: str, start: int, end: int) -> dict[str, str | int]:
    """A text around the characters from `start` to before `end`."""
    first = max(start - BEFORE, 0) if end > BEFORE + AFTER else 0
    last = max(first + BEFORE + AFTER, end)
    lead = "…" if first else ""
    excerpt = f"{lead}{text[first:last]}{'…' if last < len(text) else ''}"
    return {"excerpt": excerpt, "start": len(lead) + start - first, "length": end - start}


def _position(text: str, word: str) -> tuple[int, int]:
    """Where a word stands in a text as it is written: its first character and past its last; (0, 0) when it does not."""
    pieces = [plain(character) for character in text]
    at = "".join(pieces).find(word)
    if at < 0:
        return 0, 0
    origin = [i for i, piece in enumerate(pieces) for _ in piece]
    return origin[at], origin[at + len(word) - 1] + 1
