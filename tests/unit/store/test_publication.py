"""Publishing several files at once, waiting for a date, coming back after a withdrawal, rehearsing, and being killed."""

from __future__ import annotations

import math
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
from sqlite_utils.db import sqlite3

from lib.model import UserError
from lib.store import connect, data_version, migrate
from lib.store.batches import (
    Receipt,
    Upload,
    Withdrawal,
    batches,
    changes_if_republished,
    changes_if_withdrawn,
    compare,
    current,
    current_if_published,
    publish_all,
    release_due,
    republish,
    values,
    withdraw,
)
from lib.store.database import damage
from lib.store.events import events
from lib.store.files import content, digest
from lib.store.schema import MIGRATIONS
from tests.unit.store.conftest import add_vocabulary

Put = Callable[..., Receipt]
Stands = Callable[[], dict]
ONE, TWO, THREE = ("r1", "a", "2020"), ("r2", "a", "2020"), ("r1", "b", "2020")
ROOT = Path(__file__).resolve().parents[3]


def upload(values: dict, file: str, **more: object) -> Upload:
    rows = pd.DataFrame([(*key, value) for key, value in values.items()])
    rows.columns = pd.Index(["region", "measure", "period", "value"])
    return Upload(rows, file, more.pop("sha256", file), **more)


def test_several_files_are_several_batches_in_one_change(path: Path, standing: Stands) -> None:
    version = data_version(path)
    receipts = publish_all(path, [upload({ONE: 1.0}, "a.csv"), upload({ONE: 2.0, TWO: 3.0}, "b.csv")], user="甲")
    assert receipts == [Receipt(1, added=1), Receipt(2, added=1, changed=1)]
    assert standing() == {ONE: 2.0, TWO: 3.0}
    assert data_version(path) != version


def test_if_one_of_several_files_fails_none_is_published(path: Path, standing: Stands) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        publish_all(path, [upload({ONE: 1.0}, "a.csv"), upload({("nowhere", "a", "2020"): 2.0}, "b.csv")], user="甲")
    assert standing() == {}
    assert batches(path).empty


def test_the_original_file_is_kept_with_its_batch(path: Path) -> None:
    data = "区县,甲\n".encode("gbk")
    publish_all(path, [upload({ONE: 1.0}, "a.csv", content=data, sha256=digest(data), department="tax")], user="甲")
    (batch,) = batches(path).to_dict("records")
    assert (batch["kept"], batch["department"]) == (1, "tax")
    assert content(path, batch["sha256"]) == data


def test_a_kept_file_that_changed_is_not_handed_out(path: Path) -> None:
    publish_all(path, [upload({ONE: 1.0}, "a.csv", content=b"x", sha256=digest(b"x"))], user="甲")
    with connect(path) as db:
        db.conn.execute("UPDATE file SET content = x'00'")
        db.conn.commit()
    with pytest.raises(UserError, match="可能已经损坏"):
        content(path, digest(b"x"))
    with pytest.raises(UserError, match="没有保存"):
        content(path, "0")


def test_a_publication_may_wait_for_its_day(path: Path, put: Put, standing: Stands) -> None:
    put({ONE: 1.0}, "old")
    assert put({ONE: 2.0}, "new", due="2020-12-01") == Receipt(2, changed=1)
    assert standing() == {ONE: 1.0}
    assert release_due(path, "2020-11-30") == []
    put({ONE: 3.0}, "between")
    version = data_version(path)
    assert release_due(path, "2020-12-01") == [2]
    assert standing() == {ONE: 2.0}
    assert data_version(path) != version
    assert release_due(path, "2020-12-02") == []
    assert [tuple(row) for row in events(path, "批次 2")[["user", "action"]].to_numpy()] == [
        ("系统", "到期发布"),
        ("甲", "定时发布"),
    ]


def test_a_waiting_publication_can_be_called_off(path: Path, put: Put, standing: Stands) -> None:
    put({ONE: 2.0}, "new", due="2020-12-01")
    assert withdraw(path, 1, user="甲") == Withdrawal(rows=1)
    assert release_due(path, "2030-01-01") == []
    assert standing() == {}
    assert list(events(path, "批次 1")["action"]) == ["取消定时", "定时发布"]


def test_a_batch_published_again_is_the_latest(path: Path, put: Put, standing: Stands) -> None:
    put({ONE: 1.0}, "first")
    withdraw(path, 1, user="甲")
    put({ONE: 2.0}, "second")
    republish(path, 1, user="乙")
    assert standing() == {ONE: 1.0}
    assert list(batches(path)["status"]) == ["published", "published"]
    assert batches(path).iloc[1][["withdrawn_at", "withdrawn_by"]].isna().all()
    with pytest.raises(UserError, match="没有撤回"):
        republish(path, 1, user="乙")
    with pytest.raises(UserError, match="没有批次 9"):
        republish(path, 9, user="乙")


def test_what_a_publication_would_do_is_seen_and_not_done(path: Path, put: Put, standing: Stands) -> None:
    put({ONE: 1.0}, "demo", kind="demo")
    version = data_version(path)
    after = current_if_published(path, [upload({ONE: 5.0, THREE: 6.0}, "new")])
    assert after.set_index(["region", "measure", "period"])["value"].to_dict() == {ONE: 5.0, THREE: 6.0}
    assert set(after["kind"]) == {"real"}
    assert standing() == {ONE: 1.0}
    assert len(batches(path)) == 1
    assert data_version(path) == version


def test_rows_are_compared_with_the_real_values_that_stand(path: Path, put: Put) -> None:
    put({ONE: 9.0, ("r3", "a", "2020"): 9.0}, "demo", kind="demo")
    put({ONE: 1.0, TWO: 2.0}, "real")
    rows = upload({ONE: 1.0, TWO: 4.0, ("r3", "a", "2020"): 5.0}, "new").rows
    found = compare(path, rows).set_index("region")
    assert found["state"].to_dict() == {"r1": "unchanged", "r2": "changed", "r3": "new"}
    assert found["before"].fillna(-1).to_dict() == {"r1": 1.0, "r2": 2.0, "r3": -1}
    assert found["batch"].fillna(0).to_dict() == {"r1": 2, "r2": 2, "r3": 0}


def test_what_a_withdrawal_would_change(path: Path, put: Put) -> None:
    put({ONE: 9.0}, "demo", kind="demo")
    put({TWO: 2.0}, "first")
    put({ONE: 1.0, TWO: 4.0, THREE: 7.0}, "second")
    found = changes_if_withdrawn(path, 3).set_index(["region", "measure", "period"])
    assert found["value"].to_dict() == {ONE: 1.0, TWO: 4.0, THREE: 7.0}
    after = found["after"].to_dict()
    assert after[TWO] == 2.0
    assert math.isnan(after[THREE])
    # The real value of another county still keeps the demonstration of that period away.
    assert math.isnan(after[ONE])
    assert batches(path)["status"].eq("published").all()


def test_a_batch_lists_its_values_in_file_order(path: Path) -> None:
    rows = upload({ONE: 1.0, TWO: 2.0}, "x").rows.assign(sheet="表", row=[9, 4], column="甲", note=["", "口径"])
    publish_all(path, [Upload(rows.assign(provisional=[True, False]), "x.xlsx", "x")], user="甲")
    found = values(path, 1)
    assert list(found["region"]) == ["r2", "r1"]
    assert list(found["note"]) == ["口径", ""]
    assert list(found["provisional"]) == [0, 1]


def test_a_database_of_the_first_version_is_brought_up_with_its_batches(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as old:
        for statement in MIGRATIONS[0]:
            old.execute(statement)
        old.execute("PRAGMA user_version = 1")
    old.close()
    add_vocabulary(path)
    with sqlite3.connect(path) as old:
        for batch, status, value in ((1, "published", 1.0), (2, "withdrawn", 2.0)):
            old.execute(
                "INSERT INTO batch VALUES (?, 'real', ?, 'a.csv', 'x', '甲', '2020-12-01T00:00:00Z', 1, '', NULL, NULL)",
                (batch, status),
            )
            old.execute("INSERT INTO observation VALUES ('a', '2020', 'r1', ?, ?, '', 2, '甲', '', 0)", (batch, value))
    old.close()
    assert migrate(path) == len(MIGRATIONS)
    assert list(current(path)["value"]) == [1.0]
    assert list(batches(path)[["id", "status", "turn"]].itertuples(index=False, name=None)) == [
        (2, "withdrawn", 2),
        (1, "published", 1),
    ]
    assert damage(path) == []
    republish(path, 2, user="甲")
    assert list(current(path)["value"]) == [2.0]


# Publishes 100,000 rows when told to; says so just before, so that the kill falls into the publication.
KILLED = """
import sys
from pathlib import Path
import pandas as pd
from lib.store.batches import publish
path = Path(sys.argv[1])
rows = pd.DataFrame({"region": "r1", "measure": "a", "value": range(100_000)})
rows["period"] = [f"p{i:06d}" for i in range(100_000)]
sys.stdin.readline()
print("publishing", flush=True)
publish(path, rows, file="big.csv", sha256=sys.argv[2], user="甲", content=b"0" * 1_000_000)
print("published", flush=True)
"""


def test_a_publication_that_is_killed_leaves_all_or_nothing(path: Path) -> None:
    pipe = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    chance, took, landed, before = random.Random(20), 0.0, 0, 0
    for attempt in range(21):
        worker = subprocess.Popen([sys.executable, "-c", KILLED, str(path), f"{attempt}"], **pipe)
        worker.stdin.write("go\n")
        worker.stdin.flush()
        assert worker.stdout.readline() == "publishing\n"
        began = time.monotonic()
        if attempt == 0:
            assert worker.stdout.readline() == "published\n"
            took = time.monotonic() - began
        else:
            time.sleep(chance.uniform(0, took))
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(timeout=30)
        with connect(path) as db:
            counts = dict(db.conn.execute("SELECT batch, count(*) FROM observation GROUP BY batch").fetchall())
            known = {row[0] for row in db.conn.execute("SELECT id FROM batch").fetchall()}
        assert set(counts) == known
        assert set(counts.values()) == {100_000}
        assert damage(path) == []
        landed, before = landed + (len(known) == before), len(known)
    # Most kills fell before the commit, else the test shows nothing.
    assert landed >= 10


def test_the_sentence_before_and_the_receipt_after_count_alike(path: Path, put: Put) -> None:
    demo = {ONE: 9.0, TWO: 8.0, ("r3", "a", "2020"): 7.0}
    put(demo, "demo", kind="demo")
    put({ONE: 1.0, TWO: 8.0}, "real")
    # One real value gives way to the demonstration's, one has the same number but is real no more, one comes back.
    seen = changes_if_withdrawn(path, 2)
    assert withdraw(path, 2, user="甲") == Withdrawal(rows=2, restored=0, gone=0, back=3)
    assert (len(seen), (seen["kind_after"] == "demo").sum()) == (3, 3)
    again = changes_if_republished(path, 2)
    assert len(again) == 3
    assert ((again["kind"] == "demo") & (again["kind_after"] != "demo")).sum() == 3
    republish(path, 2, user="甲")
    assert current(path).set_index(["region", "measure", "period"])["value"].to_dict() == {ONE: 1.0, TWO: 8.0}


def test_a_withdrawal_that_changes_nothing_says_so(path: Path, put: Put) -> None:
    put({ONE: 1.0}, "first")
    put({ONE: 1.0, TWO: 2.0}, "second")
    put({TWO: 2.0}, "third")
    assert changes_if_withdrawn(path, 2).empty
    assert withdraw(path, 2, user="甲") == Withdrawal(rows=2)


def test_a_full_disk_is_told_and_changes_nothing(path: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    with connect(path) as db:
        pages = db.conn.execute("PRAGMA page_count").fetchone()[0]
    limited = f"PRAGMA max_page_count = {pages + 2}"
    rows = pd.DataFrame({"region": "r1", "measure": "a", "value": range(50_000)})
    rows["period"] = [f"p{i:06d}" for i in range(50_000)]
    original = connect.__wrapped__

    @contextmanager
    def small(place: Path):
        with contextmanager(original)(place) as db:
            db.conn.execute(limited)
            yield db

    monkeypatch.setattr("lib.store.database.connect", small)
    with pytest.raises(UserError, match="没有写进数据库，什么都没有改变"):
        publish_all(path, [Upload(rows, "big.csv", "big")], user="甲")
    monkeypatch.undo()
    assert batches(path).empty
    assert damage(path) == []
