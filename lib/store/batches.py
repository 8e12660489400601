"""Publications: values are added as a batch, all or nothing; a withdrawn batch stays on record and may come back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import sqlite_utils

from lib.model import UserError
from lib.model.access import Action
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
    """What a withdrawal did: how many values the batch had; how many values went back to an earlier one, how many are
    gone, and how many (of the demonstration set) are back."""

    rows: int
    restored: int = 0
    gone: int = 0
    back: int = 0


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
    with writing(path, Action.PUBLISH) as db:
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
    ordered = _Ordered.of(rows)
    with connect(path) as db:
        parts = list(ordered.before(db))
    found = pd.DataFrame(ordered.columns)
    found["before"] = np.concatenate([before for _, before, _ in parts]) if parts else np.empty(0)
    found["batch"] = np.concatenate([batch for _, _, batch in parts]) if parts else np.empty(0, dtype=object)
    found["state"] = _states(found["value"].to_numpy(dtype=float), found["before"].to_numpy())
    return found


def withdraw(path: Path, batch: int, *, user: str) -> Withdrawal:
    """Takes a published or waiting batch out of the current values. UserError if it cannot be."""
    with writing(path, Action.PUBLISH) as db:
        found = _withdraw(db, batch, user)
        bump(db)
    return found


def changes_if_withdrawn(path: Path, batch: int) -> pd.DataFrame:
    """What withdrawing a batch would change: measure, period, region, value now and after (NaN: none), kind and
    kind_after; values that stay the same are left out, demonstration values that come back are in. Nothing is kept."""
    with rehearsing(path) as db:
        _withdraw(db, batch, "")
        return frame(db, _CHANGES).astype({"value": float, "after": float})


def changes_if_republished(path: Path, batch: int) -> pd.DataFrame:
    """What publishing a withdrawn batch again would change, as `changes_if_withdrawn`."""
    with rehearsing(path) as db:
        _note_standing(db, batch)
        _republish(db, batch, "")
        return frame(db, _CHANGES).astype({"value": float, "after": float})


def republish(path: Path, batch: int, *, user: str) -> None:
    """Publishes a withdrawn batch again: its values are the latest from now on. UserError if it cannot be."""
    with writing(path, Action.PUBLISH) as db:
        _republish(db, batch, user)
        bump(db)


def release_due(path: Path, today: str) -> list[int]:
    """Publishes the batches that wait for this day or an earlier one; returns them."""
    with connect(path) as db:
        sql = "SELECT id, due FROM batch WHERE status = 'scheduled' AND due <= ? ORDER BY due, id"
        if not db.conn.execute(sql, (today,)).fetchall():
            return []
    with writing(path, Action.PUBLISH) as db:
        waiting = {int(batch): due for batch, due in db.conn.execute(sql, (today,)).fetchall()}
        for batch, due in waiting.items():
            update = "UPDATE batch SET status = 'published', turn = ? WHERE id = ?"
            db.conn.execute(update, (_next_turn(db), batch))
            before, after = _said("scheduled", due), _said("published")
            record(db, "系统", "到期发布", f"批次 {batch}", before=before, after=after)
        if waiting:
            bump(db)
    return list(waiting)


def batches(path: Path) -> pd.DataFrame:
    """Every batch, latest first: id, kind, status, turn, file, sha256, department, user, created_at, due, rows, note,
    withdrawn_at, withdrawn_by, kept (whether the file's content is there)."""
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


def history(path: Path, measure: str, period: str, region: str) -> pd.DataFrame:
    """Every value that was ever published for one place, measure and period, the one that counts first: value, batch,
    kind, status, file, user, created_at, file_sheet, file_row, file_column, note, provisional."""
    sql = (
        "SELECT o.value, o.batch, b.kind, b.status, b.file, b.department, b.user, b.created_at, o.file_sheet, o.file_row, "
        "o.file_column, o.note, o.provisional FROM observation o JOIN batch b ON b.id = o.batch "
        "WHERE o.measure = ? AND o.period = ? AND o.region = ? "
        "ORDER BY b.status = 'published' DESC, b.kind = 'real' DESC, b.turn DESC"
    )
    with connect(path) as db:
        return frame(db, sql, (measure, period, region))


def _publish(db: sqlite_utils.Database, upload: Upload, user: str, kind: str, due: str) -> Receipt:
    twin_sql = (
        "SELECT max(id) FROM batch WHERE sha256 = ? AND (status = 'published' OR (status = 'scheduled' AND due = ?))"
    )
    twin = db.conn.execute(twin_sql, (upload.sha256, due)).fetchone()[0]
    if due and twin is not None and _status(db, int(twin)) == "scheduled":
        return Receipt(None, same_as=int(twin))
    ordered = _Ordered.of(upload.rows)
    counts = dict.fromkeys(STATES, 0)
    for rows, before, _ in ordered.before(db):
        for state, size in zip(
            *np.unique(_states(ordered.columns["value"][rows], before), return_counts=True), strict=True
        ):
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
        ordered.records(batch),
    )
    new, changed, unchanged = (counts[state] for state in STATES)
    record(
        db,
        user,
        "定时发布" if due else "发布",
        f"批次 {batch}",
        f"{upload.file}，{len(upload.rows)} 个数值",
        before=f"原有 {changed + unchanged} 个数值" if changed + unchanged else "",
        after=f"{_said('scheduled' if due else 'published', due)}：新增 {new} 个，改动 {changed} 个，不变 {unchanged} 个",
    )
    return Receipt(batch, *(counts[state] for state in STATES))


@dataclass(frozen=True)
class _Ordered:
    """Values as plain arrays in the order of the table's key, so that each row goes behind the one before."""

    columns: dict[str, np.ndarray]
    measures: tuple[tuple[str, int, int], ...]

    @classmethod
    def of(cls, rows: pd.DataFrame) -> _Ordered:
        whole = rows.assign(**{name: value for name, value in _DEFAULTS.items() if name not in rows})
        labels, places = zip(*(_sorted_labels(whole[name]) for name in KEY), strict=True)
        order = np.lexsort(places[::-1])
        columns = {name: found[place[order]] for name, found, place in zip(KEY, labels, places, strict=True)}
        columns |= {name: _array(whole[name])[order] for name in ("value", *_DEFAULTS)}
        starts = np.flatnonzero(np.diff(places[0][order], prepend=-1))
        ends = [*starts[1:], len(order)]
        bounds = ((str(columns["measure"][i]), int(i), int(j)) for i, j in zip(starts, ends, strict=True))
        return cls(columns, tuple(bounds))

    def records(self, batch: int | None) -> Iterator[tuple[object, ...]]:
        """The rows as tuples for the table."""
        size = len(self.columns["value"])
        for start in range(0, size, _CHUNK):
            part = {name: column[start : start + _CHUNK].tolist() for name, column in self.columns.items()}
            numbers = [batch] * len(part["value"])
            yield from zip(
                *(part[name] for name in KEY), numbers, part["value"], *(part[n] for n in _DEFAULTS), strict=True
            )

    def before(self, db: sqlite_utils.Database) -> Iterator[tuple[slice, np.ndarray, np.ndarray]]:
        """Measure by measure: which rows, the real values that stand for them (NaN: none), and their batches."""
        for measure, start, end in self.measures:
            standing = _standing(db, measure)
            values, found = np.full(end - start, np.nan), np.full(end - start, None, dtype=object)
            if standing:
                keys = zip(self.columns["period"][start:end], self.columns["region"][start:end], strict=True)
                for i, key in enumerate(keys):
                    if (stands := standing.get(key)) is not None:
                        values[i], found[i] = stands
            yield slice(start, end), values, found


def _sorted_labels(column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """A column's distinct texts in order, and each row's position among them."""
    found = column.astype("category").cat
    if (found.codes < 0).any():
        raise ValueError(f"a value without its {column.name}")
    texts = np.array([str(text) for text in found.categories], dtype=object)
    order = np.argsort(texts)
    return texts[order], np.argsort(order)[found.codes.to_numpy()]


def _array(column: pd.Series) -> np.ndarray:
    """A column as the table takes it: texts, whole numbers, 0 and 1, None where there is none."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.array(column.cat.categories, dtype=object)[column.cat.codes.to_numpy()]
    if column.dtype == bool:
        return column.to_numpy(dtype=np.int64)
    if column.dtype.kind in "if" and not column.isna().any():
        return column.to_numpy()
    return column.astype(object).where(column.notna(), None).to_numpy()


def _standing(db: sqlite_utils.Database, measure: str) -> dict[tuple[str, str], tuple[float, int]]:
    """The real values of a measure that stand, with their batches, by period and region."""
    sql = "SELECT period, region, value, batch FROM latest_observation WHERE measure = ? AND kind = 'real'"
    return {(period, region): (value, batch) for period, region, value, batch in db.conn.execute(sql, (measure,))}


def _states(value: np.ndarray, before: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(before), "new", np.where(value == before, "unchanged", "changed"))


def _withdraw(db: sqlite_utils.Database, batch: int, user: str) -> Withdrawal:
    status, rows, due = _expect(db, batch, ("published", "scheduled"), "已经撤回")
    _note_standing(db, batch)
    db.conn.execute(
        "UPDATE batch SET status = 'withdrawn', withdrawn_at = ?, withdrawn_by = ? WHERE id = ?", (now(), user, batch)
    )
    sql = f"SELECT count(*), sum(after IS NULL), sum(kind_after = 'demo') FROM ({_CHANGES})"
    changed, gone, back = (int(count or 0) for count in db.conn.execute(sql).fetchone())
    done = Withdrawal(rows, changed - gone - back, gone, back)
    detail = f"{done.restored} 个恢复为此前的数值，{done.gone} 个不再有数值"
    action, before, after = "取消定时" if status == "scheduled" else "撤回", _said(status, due), _said("withdrawn")
    record(db, user, action, f"批次 {batch}", detail, before=before, after=after)
    return done


def _republish(db: sqlite_utils.Database, batch: int, user: str) -> None:
    _expect(db, batch, ("withdrawn",), "没有撤回，不用重新发布")
    sql = "UPDATE batch SET status = 'published', turn = ?, due = '', withdrawn_at = NULL, withdrawn_by = NULL WHERE id = ?"
    db.conn.execute(sql, (_next_turn(db), batch))
    record(db, user, "重新发布", f"批次 {batch}", before=_said("withdrawn"), after=_said("published"))


# What stood in the periods of a batch beside what stands now; only what differs.
_CHANGES = """
    SELECT measure, period, region, was.value AS value, is_.value AS after, was.kind AS kind, is_.kind AS kind_after
    FROM (SELECT measure, period, region FROM standing UNION
          SELECT measure, period, region FROM current_observation WHERE period IN (SELECT period FROM touched))
    LEFT JOIN standing was USING (measure, period, region)
    LEFT JOIN (SELECT * FROM current_observation WHERE period IN (SELECT period FROM touched)) is_
        USING (measure, period, region)
    WHERE was.value IS NOT is_.value OR was.kind IS NOT is_.kind
    ORDER BY measure, period, region"""


def _note_standing(db: sqlite_utils.Database, batch: int) -> None:
    """Remembers what stands in the periods of a batch, until the connection ends."""
    for name in ("standing", "touched"):
        db.conn.execute(f"DROP TABLE IF EXISTS temp.{name}")
    db.conn.execute("CREATE TEMP TABLE touched AS SELECT DISTINCT period FROM observation WHERE batch = ?", (batch,))
    db.conn.execute(
        "CREATE TEMP TABLE standing AS SELECT measure, period, region, value, kind FROM current_observation "
        "WHERE period IN (SELECT period FROM touched)"
    )
    db.conn.execute("CREATE INDEX temp.standing_key ON standing (measure, period, region)")


def _said(status: str, due: str = "") -> str:
    return {"published": "已发布", "scheduled": f"待 {due} 发布", "withdrawn": "已撤回"}[status]


def _status(db: sqlite_utils.Database, batch: int) -> str:
    return str(db.conn.execute("SELECT status FROM batch WHERE id = ?", (batch,)).fetchone()[0])


def _expect(db: sqlite_utils.Database, batch: int, statuses: Sequence[str], otherwise: str) -> tuple[str, int, str]:
    known = abs(batch) < 2**63
    found = db.conn.execute("SELECT status, rows, due FROM batch WHERE id = ?", (batch,)).fetchone() if known else None
    if found is None:
        raise UserError(f"没有批次 {batch}")
    if found[0] not in statuses:
        raise UserError(f"批次 {batch} {otherwise}")
    return str(found[0]), int(found[1]), str(found[2])


def _next_turn(db: sqlite_utils.Database) -> int:
    return int(db.conn.execute("SELECT coalesce(max(turn), 0) + 1 FROM batch").fetchone()[0])
