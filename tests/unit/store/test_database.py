"""Opening the database: migrations, transactions, strict tables, and a version that changes with the data."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from sqlite_utils.db import sqlite3

from lib.model import UserError
from lib.model.access import Action
from lib.store import connect, data_version, database, default_path, migrate, writing
from lib.store.database import ROOT, frame
from lib.store.schema import MIGRATIONS


def schema(path: Path) -> list[tuple[str, str]]:
    with connect(path) as db:
        return db.conn.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def user_version(path: Path) -> int:
    with connect(path) as db:
        return db.conn.execute("PRAGMA user_version").fetchone()[0]


def test_migrating_makes_the_folder_and_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "d.db"
    assert migrate(path) == len(MIGRATIONS) == user_version(path)


def test_migrating_again_changes_nothing(path: Path) -> None:
    before, version = schema(path), data_version(path)
    assert migrate(path) == len(MIGRATIONS)
    assert schema(path) == before
    assert data_version(path) == version


def test_a_newer_database_is_refused_and_left_alone(path: Path) -> None:
    with connect(path) as db:
        db.conn.execute("PRAGMA user_version = 99")
    before = schema(path)
    with pytest.raises(UserError) as caught:
        migrate(path)
    assert str(caught.value) == f"数据库版本 99 比本软件（{len(MIGRATIONS)}）新：请升级软件，或改用旧备份"
    assert (user_version(path), schema(path)) == (99, before)


def changing(path: Path):
    return writing(path, Action.EDIT)


@pytest.mark.parametrize("read", [connect, changing])
def test_a_database_that_has_not_been_made_is_not_made_by_reading(tmp_path: Path, read: object) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(UserError) as caught, read(path):  # type: ignore[operator]
        pass
    assert str(caught.value) == f"还没有数据库 {path}：请先运行 python -m lib seed"
    assert not path.exists()


def test_whoever_writes_is_asked_for_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(action: Action) -> None:
        asked.append(action)
        if action is not Action.KEEP:
            raise UserError(f"不能{action}")

    asked: list[Action] = []
    for name in ("_permit", "_own"):
        monkeypatch.setattr(database, name, getattr(database, name))
    whose: list[str] = []
    database.permit_by(ask, whose.append)
    before = data_version(path)
    with writing(path, Action.KEEP) as db:
        db.conn.execute("UPDATE meta SET value = 'x' WHERE key = 'none'")
    with pytest.raises(UserError, match="不能起草和印发通报"), writing(path, Action.BULLETIN) as db:
        database.bump(db)
    database.of_own("市税务局")
    assert (asked, whose) == ([Action.KEEP, Action.BULLETIN], ["市税务局"])
    assert data_version(path) == before


def test_every_table_is_strict(path: Path) -> None:
    with connect(path) as db:
        tables = db.conn.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").fetchall()
    assert {name: strict for name, strict in tables if not name.startswith("sqlite_")} == dict.fromkeys(
        [
            *(
                "batch",
                "benchmark",
                "cohort",
                "department",
                "document",
                "event",
                "evidence",
                "fact",
                "file",
                "framework",
            ),
            *("framework_node", "indicator", "measure", "meta", "observation", "practice", "region", "target", "word"),
            *("campaign", "declaration", "declaration_version", "phase", "report"),
            *(
                "milestone",
                "item",
                "item_event",
                "item_file",
                "tally",
                "bulletin",
                "scenario",
                "deck",
                "account",
                "login",
                "attempt",
                "token",
            ),
        ],
        1,
    )


@pytest.mark.parametrize(
    ("value", "refusal"),
    [("半天", "cannot store TEXT value in REAL column observation.value"), (None, "NOT NULL constraint failed")],
)
def test_a_value_that_is_no_number_is_refused_by_the_table_itself(path: Path, value: object, refusal: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=refusal), writing(path, Action.MAINTAIN) as db:
        db.conn.execute(
            "INSERT INTO batch (id, kind, status, turn, file, sha256, department, user, created_at, due, rows, note) "
            "VALUES (1, 'real', 'published', 1, 'a', 'a', '', 'u', 't', '', 1, '')"
        )
        db.conn.execute("INSERT INTO observation VALUES ('a', '2020', 'r1', 1, ?, '', 1, '', '', 0)", (value,))


@pytest.mark.parametrize(
    ("column", "value"), [("kind", "guess"), ("status", "deleted"), ("rows", "many"), ("file", None)]
)
def test_a_batch_is_real_or_demo_published_or_withdrawn(path: Path, column: str, value: object) -> None:
    row = {"kind": "real", "status": "published", "file": "a", "sha256": "a", "user": "u", "created_at": "t"}
    row |= {"rows": 1, "note": "", "turn": 1, "department": "", "due": ""}
    with writing(path, Action.MAINTAIN) as db:
        db["batch"].insert(row)
    with pytest.raises(sqlite3.IntegrityError), writing(path, Action.MAINTAIN) as db:
        db["batch"].insert({**row, column: value})


def test_foreign_keys_hold_in_every_connection(path: Path) -> None:
    for _ in range(2):
        with connect(path) as db:
            assert db.conn.execute("PRAGMA foreign_keys").fetchone()[0] == 1


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_change_that_fails_in_the_middle_leaves_nothing(path: Path, error: type[BaseException]) -> None:
    before = data_version(path)
    with pytest.raises(error), writing(path, Action.MAINTAIN) as db:
        db.conn.execute("UPDATE meta SET value = '999' WHERE key = 'data_version'")
        db["department"].insert({"code": "d", "name": "局", "kind": "", "aliases": ""})
        raise error
    assert data_version(path) == before
    with connect(path) as db:
        assert db["department"].count == 0


def test_a_query_without_rows_keeps_its_columns(path: Path) -> None:
    with connect(path) as db:
        found = frame(db, "SELECT code, name FROM region WHERE code = ?", ("none",))
        one = frame(db, "SELECT code, name FROM region WHERE code = ?", ("r2",))
    assert list(found.columns) == ["code", "name"]
    assert found.empty
    pd.testing.assert_frame_equal(one, pd.DataFrame({"code": ["r2"], "name": ["r2"]}), check_dtype=False)


def test_the_database_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DUIBIAO_DB", str(tmp_path / "x.db"))
    assert default_path() == tmp_path / "x.db"
    for unset in ("", None):
        monkeypatch.delenv("DUIBIAO_DB") if unset is None else monkeypatch.setenv("DUIBIAO_DB", unset)
        assert default_path() == ROOT / "var" / "duibiao.db"
