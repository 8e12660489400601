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
    shares = pd.DataFrame(
        [(each.code, each.numerator, each.denominator, each.per) for each in measures if each.derived],
        columns=["share", "above", "below", "per"],
    ).rename_axis("turn")
    # All shares at once: a join for each costs twenty times as much. `known` is looked through for their parts only.
    above = known[known["measure"].isin(shares["above"])].merge(
        shares.reset_index(), left_on="measure", right_on="above"
    )
    below = known.loc[known["measure"].isin(shares["below"]), ["measure", *_KEY, *carried]]
    rows = above.merge(below.rename(columns={"measure": "below"}), on=["below", *_KEY], suffixes=("", "_below"))
    rows = rows[rows["value"].notna() & rows["value_below"].notna() & (rows["value_below"] != 0)]
    stated = known.loc[known["measure"].isin(shares["share"]), ["measure", *_KEY]]
    rows = rows.merge(stated.rename(columns={"measure": "share"}), on=["share", *_KEY], how="left", indicator=True)
    rows = rows[rows["_merge"] == "left_only"].sort_values("turn", kind="stable")
    if rows.empty:
        return known
    made = rows.assign(
        measure=rows["share"],
        value=rows["value"] / rows["value_below"] * rows["per"],
        note=[f"由 {top} ÷ {base} × {per:g} 计算" for top, base, per in rows[["above", "below", "per"]].to_numpy()],
    )
    if "batch" in carried:
        made["other_batch"] = made["batch_below"].astype(float)
    if "kind" in carried:
        made["kind"] = made["kind"].where(made["kind_below"] != "demo", "demo")
    return pd.concat([known, made[list(known.columns)]], ignore_index=True)
