"""Publications: only ever added, the latest stands, a withdrawn one gives back what stood before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlite_utils.db import sqlite3

from lib.model import UserError
from lib.store import connect, data_version
from lib.store.batches import Receipt, Withdrawal, batches, current, history, publish, withdraw

Put = Callable[..., Receipt]
Stands = Callable[[], dict]
ONE, TWO = ("r1", "a", "2020"), ("r2", "a", "2020")


def stored(path: Path) -> int:
    with connect(path) as db:
        return db["observation"].count


def test_a_batch_records_who_when_which_file_and_how_many(path: Path, put: Put) -> None:
    receipt = put({ONE: 1.0, TWO: 2.0}, "指标.csv", sha256="f00", user="分析员", note="三季度")
    assert receipt == Receipt(1, added=2)
    (batch,) = batches(path).to_dict("records")
    at = datetime.fromisoformat(batch.pop("created_at"))
    assert abs((datetime.now(UTC) - at).total_seconds()) < 60
    assert batch == {
        **{"id": 1, "kind": "real", "status": "published", "turn": 1, "file": "指标.csv", "sha256": "f00"},
        **{"department": "", "user": "分析员", "due": "", "rows": 2, "note": "三季度"},
        **{"withdrawn_at": None, "withdrawn_by": None, "kept": 0},
    }


def test_a_value_keeps_its_address_in_the_file(path: Path) -> None:
    rows = pd.DataFrame([("r1", "a", "2020", 1.5, "表1", 7, "开办时间")])
    rows.columns = pd.Index(["region", "measure", "period", "value", "sheet", "row", "column"])
    publish(path, rows, file="x.xlsx", sha256="x", user="甲")
    assert current(path).to_dict("records") == [
        {
            **{"region": "r1", "measure": "a", "period": "2020", "value": 1.5, "batch": 1, "kind": "real"},
            **{"file_sheet": "表1", "file_row": 7, "file_column": "开办时间", "note": "", "provisional": 0},
        }
    ]


def test_the_latest_batch_stands_and_the_earlier_is_kept(path: Path, put: Put, standing: Stands) -> None:
    put({ONE: 1.0, TWO: 2.0}, "first")
    receipt = put({ONE: 5.0, TWO: 2.0, ("r3", "a", "2020"): 3.0}, "second")
    assert receipt == Receipt(2, added=1, changed=1, unchanged=1)
    assert standing() == {ONE: 5.0, TWO: 2.0, ("r3", "a", "2020"): 3.0}
    assert stored(path) == 5
    assert list(batches(path)["id"]) == [2, 1]


def test_the_history_of_a_value_begins_with_the_one_that_stands(path: Path, put: Put) -> None:
    put({ONE: 0.5}, "演示", sha256="d", kind="demo")
    put({ONE: 1.0, TWO: 9.0}, "一.csv", sha256="1", user="甲")
    put({ONE: 2.0}, "二.csv", sha256="2", user="乙")
    put({ONE: 3.0}, "三.csv", sha256="3")
    withdraw(path, 4, user="丙")
    found = history(path, "a", "2020", "r1")
    assert found[["value", "batch", "status", "kind"]].values.tolist() == [
        [2.0, 3, "published", "real"],
        [1.0, 2, "published", "real"],
        [0.5, 1, "published", "demo"],
        [3.0, 4, "withdrawn", "real"],
    ]
    assert found.loc[0, ["file", "user"]].tolist() == ["二.csv", "乙"]
    assert history(path, "a", "2019", "r1").empty


def test_a_batch_replaces_only_the_values_that_it_has(put: Put, standing: Stands) -> None:
    put({ONE: 1.0, TWO: 2.0, ("r1", "a", "2021"): 9.0, ("r1", "b", "2020"): 8.0}, "first")
    put({ONE: 0.0}, "second")
    assert standing() == {ONE: 0.0, TWO: 2.0, ("r1", "a", "2021"): 9.0, ("r1", "b", "2020"): 8.0}


def test_withdrawing_gives_back_what_stood_before(path: Path, put: Put, standing: Stands) -> None:
    put({ONE: 1.0}, "first")
    put({ONE: 5.0, TWO: 6.0}, "second")
    assert withdraw(path, 2, user="乙") == Withdrawal(rows=2, restored=1, gone=1)
    assert standing() == {ONE: 1.0}
    assert stored(path) == 3
    second = batches(path).iloc[0]
    assert (second["status"], second["withdrawn_by"]) == ("withdrawn", "乙")
    assert second["withdrawn_at"] >= second["created_at"]


def test_withdrawing_the_earlier_batch_leaves_the_later_standing(path: Path, put: Put, standing: Stands) -> None:
    put({ONE: 1.0, TWO: 2.0}, "first")
    put({ONE: 5.0}, "second")
    withdraw(path, 1, user="乙")
    assert standing() == {ONE: 5.0}
    withdraw(path, 2, user="乙")
    assert standing() == {}


@pytest.mark.parametrize(("batch", "message"), [(1, "批次 1 已经撤回"), (7, "没有批次 7"), (0, "没有批次 0")])
def test_what_cannot_be_withdrawn_is_named(path: Path, put: Put, batch: int, message: str) -> None:
    put({ONE: 1.0})
    withdraw(path, 1, user="乙")
    version = data_version(path)
    with pytest.raises(UserError) as caught:
        withdraw(path, batch, user="丙")
    assert str(caught.value) == message
    assert data_version(path) == version
    assert list(batches(path)["withdrawn_by"]) == ["乙"]


def test_the_same_file_adds_nothing_and_says_which_batch(path: Path, put: Put) -> None:
    put({TWO: 1.0}, "other")
    put({ONE: 1.0}, "a.csv", sha256="same")
    version = data_version(path)
    assert put({ONE: 1.0}, "renamed.csv", sha256="same") == Receipt(None, same_as=2)
    assert len(batches(path)) == 2
    assert data_version(path) == version


def test_the_same_file_for_another_period_is_another_batch(put: Put, standing: Stands) -> None:
    put({ONE: 1.0})
    assert put({("r1", "a", "2021"): 1.0}) == Receipt(2, added=1)
    assert standing() == {ONE: 1.0, ("r1", "a", "2021"): 1.0}


def test_a_withdrawn_file_can_be_published_again(path: Path, put: Put, standing: Stands) -> None:
    put({ONE: 1.0})
    withdraw(path, 1, user="乙")
    assert put({ONE: 1.0}) == Receipt(2, added=1)
    assert standing() == {ONE: 1.0}
    assert list(batches(path)["status"]) == ["published", "withdrawn"]


def test_numbers_of_batches_are_never_used_twice(path: Path, put: Put) -> None:
    put({ONE: 1.0})
    withdraw(path, 1, user="乙")
    put({ONE: 2.0}, "b.csv")
    assert list(batches(path)["id"]) == [2, 1]


def test_nothing_to_publish_is_refused(path: Path, put: Put) -> None:
    with pytest.raises(UserError) as caught:
        put({}, "空.csv")
    assert str(caught.value) == "空.csv：没有可发布的数值"
    assert batches(path).empty


@pytest.mark.parametrize("key", [("r1", "no.such", "2020"), ("411721", "a", "2020")])
def test_a_measure_or_place_outside_the_catalogue_leaves_nothing_of_the_batch(
    path: Path, put: Put, standing: Stands, key: tuple[str, str, str]
) -> None:
    put({ONE: 1.0}, "good")
    version = data_version(path)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        put({ONE: 9.0, TWO: 9.0, key: 9.0}, "bad")
    assert standing() == {ONE: 1.0}
    assert (len(batches(path)), stored(path), data_version(path)) == (1, 1, version)


def test_one_value_twice_leaves_nothing_of_the_batch(path: Path) -> None:
    rows = pd.DataFrame([(*ONE, 1.0), (*TWO, 1.0), (*ONE, 2.0)], columns=["region", "measure", "period", "value"])
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        publish(path, rows, file="a", sha256="a", user="甲")
    assert batches(path).empty
    assert stored(path) == 0


def test_the_data_version_rises_with_every_change_and_only_then(path: Path, put: Put) -> None:
    seen = [data_version(path)]
    for change in (lambda: put({ONE: 1.0}), lambda: put({ONE: 2.0}, "b"), lambda: withdraw(path, 2, user="乙")):
        change()
        seen.append(data_version(path))
    batches(path), current(path), put({ONE: 1.0})
    assert data_version(path) == seen[-1]
    counts = [int(version.partition("-")[0]) for version in seen]
    assert counts == [counts[0] + i for i in range(4)]


def test_a_restored_backup_never_repeats_a_data_version(path: Path, put: Put) -> None:
    backup = path.with_name("backup.db")
    put({ONE: 1.0})
    with connect(path) as db:
        db.conn.execute("VACUUM INTO ?", (str(backup),))
    assert data_version(backup) == data_version(path)
    put({ONE: 2.0}, "after")
    publish(backup, current(path)[["region", "measure", "period", "value"]], file="b", sha256="b", user="甲")
    assert data_version(backup) != data_version(path)


def test_no_batches_and_no_values_are_empty_frames_with_columns(path: Path) -> None:
    assert batches(path).empty
    assert list(batches(path).columns)[:4] == ["id", "kind", "status", "turn"]
    assert list(current(path).columns)[:6] == ["region", "measure", "period", "value", "batch", "kind"]
