"""What is counted by month: entries are only added, the last one of a month and kind stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from lib.model import Period, UserError
from lib.model.access import Action
from lib.model.tally import Kind
from lib.store.database import connect, frame, writing
from lib.store.events import differing, now, record

# Nothing that an office counts in a month is more.
MOST = 1_000_000


def enter(
    path: Path,
    counts: Mapping[tuple[str, Kind], float | None],
    *,
    user: str,
    note: str = "",
    seen: Mapping[tuple[str, Kind], float | None] | None = None,
) -> int:
    """Enters counts by month (2020-12) and kind, None takes one back; returns how many changed.

    UserError for anything that cannot be one, or that stands otherwise than it was `seen`: then nothing is written.
    """
    if not user.strip():
        raise UserError("要写明经办人")
    for (month, kind), value in counts.items():
        if not Period.is_code(month) or Period.parse(month).kind != "month":
            raise UserError(f"“{month}”不是月份（期望：如 2020-12）")
        if value is not None and not (0 <= value <= MOST and value == int(value)):
            raise UserError(f"{_named(month, kind)}填的是 {value:g}（期望：0 到 {MOST:,} 的整数，没有数就留空）")
    with writing(path, Action.EDIT) as db:
        rows = frame(db, _STANDING)
        known = {(row.month, row.kind): row.value for row in rows.itertuples()}
        for key, value in (seen or {}).items():
            stands = known.get((key[0], key[1].value))
            if stands != value and stands != counts.get(key):
                told = "被撤回" if stands is None else f"填成 {int(stands)}"
                raise UserError(f"没有保存：别人刚把{_named(*key)}{told}。请看过再决定填多少")
        changed = {key: value for key, value in counts.items() if known.get((key[0], key[1].value)) != value}
        sql = "INSERT INTO tally (month, kind, value, note, user, at) VALUES (?, ?, ?, ?, ?, ?)"
        stamp = now()
        for (month, kind), value in changed.items():
            db.conn.execute(sql, (month, kind.value, None if value is None else int(value), note, user, stamp))
        if changed:
            months = "、".join(sorted({month for month, _ in changed}))
            before, after = (
                {_named(*key): "" if (value := values.get(key)) is None else f"{value:g}" for key in sorted(changed)}
                for values in ({(month, Kind(kind)): value for (month, kind), value in known.items()}, changed)
            )
            record(db, user, "填报月度数", months, note, **differing(before, after))
    return len(changed)


def _named(month: str, kind: Kind) -> str:
    return f"{Period.parse(month).label}{kind.label}"


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
