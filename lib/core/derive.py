"""Measures that follow from two others: a share is numerator / denominator × per, place by place and period by period."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lib.model import Measure

_KEY = ["region", "period"]


def with_derived(observations: pd.DataFrame, measures: Iterable[Measure]) -> pd.DataFrame:
    """Observations with a row for every derived value that no file states itself.

    Columns in and out alike; a derived row carries its numerator's batch, kind and address, and `note` says what it
    is made of. A missing part or a denominator of zero gives no row.
    """
    parts = [observations]
    for measure in measures:
        if not measure.derived:
            continue
        above = observations[observations["measure"] == measure.numerator]
        below = observations.loc[observations["measure"] == measure.denominator, [*_KEY, "value"]]
        stated = observations.loc[observations["measure"] == measure.code, _KEY]
        rows = above.merge(below, on=_KEY, suffixes=("", "_below"))
        rows = rows[rows["value"].notna() & rows["value_below"].notna() & (rows["value_below"] != 0)]
        rows = rows.merge(stated.assign(stated=True), on=_KEY, how="left")
        rows = rows[rows["stated"].isna()]
        if rows.empty:
            continue
        note = f"由 {measure.numerator} ÷ {measure.denominator} × {measure.per:g} 计算"
        value = rows["value"] / rows["value_below"] * measure.per
        parts.append(rows.assign(measure=measure.code, value=value, note=note)[list(observations.columns)])
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else observations
