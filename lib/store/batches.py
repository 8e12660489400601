"""Publications: values are added as a batch, all or nothing; a withdrawn batch stays on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from lib.model import UserError
from lib.store.database import bump, connect, frame, writing

_KEY = ["region", "measure", "period"]


@dataclass(frozen=True)
class Receipt:
    """What a publication did; `batch` is None when the same file already stands and nothing was added."""

    batch: int | None
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    same_as: int | None = None


def publish(
    path: Path, rows: pd.DataFrame, *, file: str, sha256: str, user: str, kind: str = "real", note: str = ""
) -> Receipt:
    """Adds values (region, measure, period, value [, sheet, row, column, note]) as one batch in one transaction.

    A file that is published already and whose values all stand adds nothing. UserError when there is no value.
    """
    if rows.empty:
        raise UserError(f"{file}：没有可发布的数值")
    with writing(path) as db:
        counts = _compare(frame(db, "SELECT region, measure, period, value FROM current_observation"), rows)
        twin = db.conn.execute(
            "SELECT max(id) FROM batch WHERE sha256 = ? AND status = 'published'", (sha256,)
        ).fetchone()[0]
        if twin is not None and counts[2] == len(rows):
            return Receipt(None, same_as=int(twin))
        batch = db.conn.execute(
            "INSERT INTO batch (kind, status, file, sha256, user, created_at, rows, note) "
            "VALUES (?, 'published', ?, ?, ?, ?, ?, ?)",
            (kind, file, sha256, user, now(), len(rows), note),
        ).lastrowid
        whole = rows.assign(batch=batch)
        for column, default in (("sheet", ""), ("row", None), ("column", ""), ("note", "")):
            if column not in whole:
                whole[column] = default
        db.conn.executemany(
            "INSERT INTO observation (measure, period, region, batch, value, file_sheet, file_row, file_column, note, "
            "provisional) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            whole[["measure", "period", "region", "batch", "value", "sheet", "row", "column", "note"]].itertuples(
                index=False, name=None
            ),
        )
        bump(db)
    return Receipt(batch, *counts)


def withdraw(path: Path, batch: int, *, user: str) -> int:
    """Takes a published batch out of the current values; returns how many values it had. UserError if it cannot be."""
    with writing(path) as db:
        found = db.conn.execute("SELECT status, rows FROM batch WHERE id = ?", (batch,)).fetchone()
        if found is None:
            raise UserError(f"没有批次 {batch}")
        if found[0] != "published":
            raise UserError(f"批次 {batch} 已经撤回")
        db.conn.execute(
            "UPDATE batch SET status = 'withdrawn', withdrawn_at = ?, withdrawn_by = ? WHERE id = ?",
            (now(), user, batch),
        )
        bump(db)
    return int(found[1])


def batches(path: Path) -> pd.DataFrame:
    """Every batch, latest first: id, kind, status, file, sha256, user, created_at, rows, note, withdrawn_at, withdrawn_by."""
    with connect(path) as db:
        return frame(db, "SELECT * FROM batch ORDER BY id DESC")


def current(path: Path) -> pd.DataFrame:
    """The values that stand: region, measure, period, value, batch, kind, file_sheet, file_row, file_column, note, provisional."""
    with connect(path) as db:
        return frame(db, "SELECT * FROM current_observation")


def now() -> str:
    """The moment, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _compare(standing: pd.DataFrame, rows: pd.DataFrame) -> tuple[int, int, int]:
    """How many of the rows are new, changed and unchanged against what stands."""
    both = rows[[*_KEY, "value"]].merge(standing, on=_KEY, how="left", suffixes=("", "_before"))
    new = both["value_before"].isna()
    same = both["value"] == both["value_before"]
    return int(new.sum()), int((~new & ~same).sum()), int(same.sum())
