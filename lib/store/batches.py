"""Publications: values are added as a batch, all or nothing; a withdrawn batch stays on record and may come back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import sqlite_utils

from lib.model import UserError
from lib.store import files
from lib.store.database import bump, connect, frame, rehearsing, writing
from lib.store.events import now, record

KEY = ["measure", "period", "region"]
STATES = ("new", "changed", "unchanged")
_CHUNK = 20_000
_DEFAULTS = {"sheet": "", "row": None, "column": "", "note": "", "provisional": False}


@dataclass(frozen=True)
class Upload:
    """One file's values (region, measure, period, value [, sheet, row, column, note, provisional]) to be published."""

    rows: pd.DataFrame
    file: str
    sha256: str
    content: bytes | None = None
    department: str = ""
    note: str = ""


@dataclass(frozen=True)
class Receipt:
    """What a publication did; `batch` is None when the same file already stands and nothing was added."""

    batch: int | None
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    same_as: int | None = None


@dataclass(frozen=True)
class Withdrawal:
    """What a withdrawal did: how many values the batch had, how many that stood went back to an earlier value or to none."""

    rows: int
    restored: int = 0
    gone: int = 0


def publish(
    path: Path,
    rows: pd.DataFrame,
    *,
    file: str,
    sha256: str,
    user: str,
    kind: str = "real",
    note: str = "",
    department: str = "",
    content: bytes | None = None,
    due: str = "",
) -> Receipt:
    """Publishes one file's values: `publish_all` with a single upload."""
    upload = Upload(rows, file, sha256, content, department, note)
    return publish_all(path, [upload], user=user, kind=kind, due=due)[0]


def publish_all(
    path: Path, uploads: Sequence[Upload], *, user: str, kind: str = "real", due: str = ""
) -> list[Receipt]:
    """Adds each upload as a batch, all of them in one transaction; with `due` (a date) they wait for that day.

    A file that is published already and whose values all stand adds nothing. UserError when a file has no value.
    """
    for upload in uploads:
        if upload.rows.empty:
            raise UserError(f"{upload.file}：没有可发布的数值")
    with writing(path) as db:
        receipts = [_publish(db, upload, user, kind, due) for upload in uploads]
        if any(receipt.batch is not None for receipt in receipts):
            bump(db)
    return receipts


def current_if_published(path: Path, uploads: Sequence[Upload]) -> pd.DataFrame:
    """What would stand if the uploads were published now, as `current`; nothing is kept."""
    with rehearsing(path) as db:
        for upload in uploads:
            _publish(db, upload, "", "real", "")
        return frame(db, "SELECT * FROM current_observation")


def compare(path: Path, rows: pd.DataFrame) -> pd.DataFrame:
    """Each row beside the real value that stands: measure, period, region, value, before (NaN: none), state, batch, and
    row, column, note, provisional of the file, ordered by measure, period and region."""
    with connect(path) as db:
        parts = []
        for measure, part in _by_measure(rows):
            standing = _standing(db, measure)
            found = [standing.get(key, (np.nan, None)) for key in zip(part["period"], part["region"], strict=True)]
            before = np.array([value for value, _ in found], dtype=float)
            parts.append(part.assign(before=before, batch=[batch for _, batch in found], state=_states(part, before)))
    columns = [*KEY, "value", "before", "state", "batch", "sheet", "row", "column", "note", "provisional"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def withdraw(path: Path, batch: int, *, user: str) -> Withdrawal:
    """Takes a published or waiting batch out of the current values. UserError if it cannot be."""
    with writing(path) as db:
        found = _withdraw(db, batch, user)
        bump(db)
    return found


def changes_if_withdrawn(path: Path, batch: int) -> pd.DataFrame:
    """What withdrawing a batch would change: measure, period, region, value now, after (NaN: none), kind_after;
    nothing is kept."""
    sql = "SELECT measure, period, region, value, kind FROM current_observation"
    with rehearsing(path) as db:
        before = frame(db, f"{sql} WHERE batch = ?", (batch,))
        _withdraw(db, batch, "")
        after = frame(db, sql)
    both = before.drop(columns="kind").merge(after, on=KEY, how="left", suffixes=("", "_after"))
    return both.rename(columns={"value_after": "after", "kind": "kind_after"})


def republish(path: Path, batch: int, *, user: str) -> None:
    """Publishes a withdrawn batch again: its values are the latest from now on. UserError if it cannot be."""
    with writing(path) as db:
        _expect(db, batch, ("withdrawn",), "没有撤回，不用重新发布")
        db.conn.execute(
            "UPDATE batch SET status = 'published', turn = ?, due = '', withdrawn_at = NULL, withdrawn_by = NULL WHERE id = ?",
            (_next_turn(db), batch),
        )
        record(db, user, "重新发布", f"批次 {batch}")
        bump(db)


def release_due(path: Path, today: str) -> list[int]:
    """Publishes the batches that wait for this day or an earlier one; returns them."""
    with connect(path) as db:
        sql = "SELECT id FROM batch WHERE status = 'scheduled' AND due <= ? ORDER BY due, id"
        if not db.conn.execute(sql, (today,)).fetchall():
            return []
    with writing(path) as db:
        waiting = [int(row[0]) for row in db.conn.execute(sql, (today,)).fetchall()]
        for batch in waiting:
            update = "UPDATE batch SET status = 'published', turn = ? WHERE id = ?"
            db.conn.execute(update, (_next_turn(db), batch))
            record(db, "系统", "到期发布", f"批次 {batch}")
        if waiting:
            bump(db)
    return waiting


def batches(path: Path) -> pd.DataFrame:
    """Every batch, latest first: id, kind, status, turn, file, sha256, department, user, created_at, due, rows, note,
    withdrawn_at, withdrawn_by, standing (values of it that stand), kept (whether the file's content is there)."""
    with connect(path) as db:
        return frame(
            db,
            "SELECT b.*, EXISTS (SELECT 1 FROM file f WHERE f.sha256 = b.sha256) AS kept FROM batch b ORDER BY id DESC",
        )


def values(path: Path, batch: int) -> pd.DataFrame:
    """A batch's values: measure, period, region, value, file_sheet, file_row, file_column, note, provisional."""
    sql = (
        "SELECT measure, period, region, value, file_sheet, file_row, file_column, note, provisional "
        "FROM observation WHERE batch = ? ORDER BY file_sheet, file_row, measure, period, region"
    )
    with connect(path) as db:
        return frame(db, sql, (batch,))


def current(path: Path) -> pd.DataFrame:
    """The values that stand: region, measure, period, value, batch, kind, file_sheet, file_row, file_column, note, provisional."""
    with connect(path) as db:
        return frame(db, "SELECT * FROM current_observation")


def _publish(db: sqlite_utils.Database, upload: Upload, user: str, kind: str, due: str) -> Receipt:
    twin_sql = "SELECT max(id) FROM batch WHERE sha256 = ? AND status = 'published'"
    twin = db.conn.execute(twin_sql, (upload.sha256,)).fetchone()[0]
    counts = dict.fromkeys(STATES, 0)
    for measure, part in _by_measure(upload.rows):
        standing = _standing(db, measure)
        if not standing:
            counts["new"] += len(part)
            continue
        found = [standing.get(key, (np.nan, None))[0] for key in zip(part["period"], part["region"], strict=True)]
        states, sizes = np.unique(_states(part, np.array(found, dtype=float)), return_counts=True)
        for state, size in zip(states, sizes, strict=True):
            counts[state] += int(size)
    if twin is not None and counts["unchanged"] == len(upload.rows) and not due:
        return Receipt(None, same_as=int(twin))
    if upload.content is not None:
        files.keep(db, upload.sha256, upload.content)
    batch = db.conn.execute(
        "INSERT INTO batch (kind, status, turn, file, sha256, department, user, created_at, due, rows, note) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            kind,
            "scheduled" if due else "published",
            _next_turn(db),
            upload.file,
            upload.sha256,
            upload.department,
            user,
            now(),
            due,
            len(upload.rows),
            upload.note,
        ),
    ).lastrowid
    db.conn.executemany(
        "INSERT INTO observation (measure, period, region, batch, value, file_sheet, file_row, file_column, note, "
        "provisional) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _records(upload.rows, batch),
    )
    record(db, user, "定时发布" if due else "发布", f"批次 {batch}", f"{upload.file}，{len(upload.rows)} 个数值")
    return Receipt(batch, *(counts[state] for state in STATES))


def _records(rows: pd.DataFrame, batch: int | None) -> Iterator[tuple[object, ...]]:
    """The rows as tuples for the table, in the order of its key, so that each goes behind the one before."""
    for _, part in _by_measure(rows):
        for start in range(0, len(part), _CHUNK):
            chunk = part.iloc[start : start + _CHUNK]
            columns = ["sheet", "row", "column", "note", "provisional"]
            size = len(chunk)
            yield from zip(
                *(chunk[name].tolist() for name in KEY),
                [batch] * size,
                chunk["value"].tolist(),
                *(_plain(chunk[name]) for name in columns),
                strict=True,
            )


def _plain(column: pd.Series) -> list[object]:
    if column.name == "provisional":
        return column.astype(int).tolist()
    return [None if missing else value for value, missing in zip(column.tolist(), column.isna(), strict=True)]


def _by_measure(rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of each measure, ordered by period and region, with every optional column filled in."""
    whole = rows.assign(**{name: value for name, value in _DEFAULTS.items() if name not in rows})
    keys = [whole[name].astype("category").cat.as_ordered() for name in KEY]
    ranks = [np.argsort(np.argsort(np.array(key.cat.categories.astype(str))))[key.cat.codes.to_numpy()] for key in keys]
    order = np.lexsort(ranks[::-1])
    starts = np.flatnonzero(np.diff(ranks[0][order], prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(order)], strict=True):
        part = whole.iloc[order[start:end]]
        yield str(part["measure"].iloc[0]), part


def _standing(db: sqlite_utils.Database, measure: str) -> dict[tuple[str, str], tuple[float, int]]:
    """The real values of a measure that stand, with their batches, by period and region."""
    sql = "SELECT period, region, value, batch FROM latest_observation WHERE measure = ? AND kind = 'real'"
    return {(period, region): (value, batch) for period, region, value, batch in db.conn.execute(sql, (measure,))}


def _states(part: pd.DataFrame, before: np.ndarray) -> np.ndarray:
    value = part["value"].to_numpy(dtype=float)
    return np.where(np.isnan(before), "new", np.where(value == before, "unchanged", "changed"))


def _withdraw(db: sqlite_utils.Database, batch: int, user: str) -> Withdrawal:
    status, rows = _expect(db, batch, ("published", "scheduled"), "已经撤回")
    held = "SELECT measure, period, region FROM latest_observation WHERE batch = ?"
    db.conn.execute(f"CREATE TEMP TABLE held AS {held}", (batch,))
    db.conn.execute(
        "UPDATE batch SET status = 'withdrawn', withdrawn_at = ?, withdrawn_by = ? WHERE id = ?", (now(), user, batch)
    )
    count = "SELECT count(*) FROM held"
    whole = int(db.conn.execute(count).fetchone()[0])
    restored = int(db.conn.execute(f"{count} JOIN latest_observation USING (measure, period, region)").fetchone()[0])
    db.conn.execute("DROP TABLE held")
    record(db, user, "取消定时" if status == "scheduled" else "撤回", f"批次 {batch}", f"{whole} 个数值不再使用")
    return Withdrawal(rows, restored, whole - restored)


def _expect(db: sqlite_utils.Database, batch: int, statuses: Sequence[str], otherwise: str) -> tuple[str, int]:
    found = db.conn.execute("SELECT status, rows FROM batch WHERE id = ?", (batch,)).fetchone()
    if found is None:
        raise UserError(f"没有批次 {batch}")
    if found[0] not in statuses:
        raise UserError(f"批次 {batch} {otherwise}")
    return str(found[0]), int(found[1])


def _next_turn(db: sqlite_utils.Database) -> int:
    return int(db.conn.execute("SELECT coalesce(max(turn), 0) + 1 FROM batch").fetchone()[0])
