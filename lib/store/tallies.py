"""What is counted by month: entries are only added, the last one of a month and kind stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from lib.model import Period, UserError
from lib.model.tally import Kind
from lib.store.database import connect, frame, writing
from lib.store.events import now, record


def enter(path: Path, counts: Mapping[tuple[str, Kind], int | None], *, user: str, note: str = "") -> int:
    """Enters counts by month (2020-12) and kind, None takes one back; returns how many changed. UserError for anything that
    cannot be one: then nothing is written."""
    if not user.strip():
        raise UserError("要写明经办人")
    for (month, kind), value in counts.items():
        if not Period.is_code(month) or Period.parse(month).kind != "month":
            raise UserError(f"“{month}”不是月份（期望：如 2020-12）")
        if value is not None and value < 0:
            raise UserError(f"{Period.parse(month).label}{kind.label}不应为负数")
    with writing(path) as db:
        rows = frame(db, _STANDING)
        known = {(row.month, row.kind): row.value for row in rows.itertuples()}
        changed = {key: value for key, value in counts.items() if known.get((key[0], key[1].value)) != value}
        sql = "INSERT INTO tally (month, kind, value, note, user, at) VALUES (?, ?, ?, ?, ?, ?)"
        stamp = now()
        for (month, kind), value in changed.items():
            db.conn.execute(sql, (month, kind.value, value, note, user, stamp))
        if changed:
            months = "、".join(sorted({month for month, _ in changed}))
            record(db, user, "填报月度数", months, f"{len(changed)} 个数")
    return len(changed)


def tallies(path: Path) -> pd.DataFrame:
    """The counts that stand: month, kind, value, note, user, at; in order of month and kind."""
    with connect(path) as db:
        return frame(db, _STANDING)


def entries(path: Path) -> pd.DataFrame:
    """Every entry, the latest first: id, month, kind, value (missing: taken back), note, user, at."""
    with connect(path) as db:
        return frame(db, "SELECT * FROM tally ORDER BY id DESC")


_STANDING = (
    "SELECT month, kind, value, note, user, at FROM tally t WHERE value IS NOT NULL AND id = "
    "(SELECT MAX(id) FROM tally u WHERE u.month = t.month AND u.kind = t.kind) ORDER BY month, kind"
)
