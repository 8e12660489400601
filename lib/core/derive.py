"""Measures that follow from two others: a share is numerator / denominator × per, place by place and period by period."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lib.model import Measure

_KEY = ["region", "period"]


def with_derived(observations: pd.DataFrame, measures: Iterable[Measure]) -> pd.DataFrame:
    """Observations with a row for every derived value that no file states itself.

    Columns in and out alike, and `other_batch`, the denominator's, where the rows have a batch; a derived row carries its
    numerator's batch and address, is made up (kind "demo") when either part is, and `note` says what it is made of. A
    missing part or a denominator of zero gives no row.
    """
    known = observations.assign(other_batch=float("nan")) if "batch" in observations else observations
    carried = [name for name in ("value", "batch", "kind") if name in observations]
    parts = [known]
    for measure in measures:
        if not measure.derived:
            continue
        above = known[known["measure"] == measure.numerator]
        below = known.loc[known["measure"] == measure.denominator, [*_KEY, *carried]]
        stated = known.loc[known["measure"] == measure.code, _KEY]
        rows = above.merge(below, on=_KEY, suffixes=("", "_below"))
        rows = rows[rows["value"].notna() & rows["value_below"].notna() & (rows["value_below"] != 0)]
        rows = rows.merge(stated.assign(stated=True), on=_KEY, how="left")
        rows = rows[rows["stated"].isna()]
        if rows.empty:
            continue
        made = rows.assign(
            measure=measure.code,
            value=rows["value"] / rows["value_below"] * measure.per,
            note=f"由 {measure.numerator} ÷ {measure.denominator} × {measure.per:g} 计算",
        )
        if "batch" in carried:
            made["other_batch"] = made["batch_below"].astype(float)
        if "kind" in carried:
            made["kind"] = made["kind"].where(made["kind_below"] != "demo", "demo")
        parts.append(made[list(known.columns)])
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else known
