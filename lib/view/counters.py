"""What is said of the counts by month."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lib.model.tally import Kind
from lib.view import text


def conclusion(year: int, totals: pd.DataFrame) -> str:
    """From `core.tally.totals`: what the year's counts come to, those that nobody has entered left out."""
    known = totals[totals["total"].notna()]
    parts = [f"{Kind(row.kind).label} {int(row.total)} {Kind(row.kind).unit}" for row in known.itertuples()]
    return f"{year}年：{'，'.join(parts)}。" if parts else f"{year}年还没有填报月度数。"


def remarks(found: Sequence[tuple[Kind, int, int]]) -> str:
    """Where more was closed than received; "" for nowhere."""
    parts = [
        f"{kind.label}累计 {closed} {kind.unit}，多于收到的 {received} {kind.unit}" for kind, closed, received in found
    ]
    return f"请核对：{text.listed(parts)}。" if parts else ""
