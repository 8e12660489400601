"""One indicator or measure over a cohort: who stands where, what moved, how it went over the periods.

A measure is looked at by its values in its own unit, an indicator by its scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.core.gap import is_higher
from lib.core.movement import movement
from lib.core.movers import mean_changes
from lib.core.score import Scores

NAN = float("nan")


@dataclass(frozen=True)
class Summary:
    """A cohort on one node: how many have a value, their mean and median, the best and the worst value and who has it,
    and the mean change since the period before of those who have both (NaN without any)."""

    count: int
    mean: float
    median: float
    best: float
    worst: float
    leaders: tuple[str, ...]
    last: tuple[str, ...]
    change: float


def higher_is_better(scores: Scores, code: str) -> bool:
    """Whether more is better on a node: scores always, values by the measure's direction."""
    return code in scores.framework.children or is_higher(scores.framework, code)


def distribution(scores: Scores, code: str, period: str, before: str | None) -> pd.DataFrame:
    """Every member on one node, best first, those without a value last, equals in the cohort's order.

    Out: the columns of `movement`, and value (a measure's in its unit, an indicator's score), value_before and
    value_change. KeyError or ValueError: the node or period is not there.
    """
    table = movement(scores, code, period, before)
    if code in scores.framework.children:
        now, then = table["score"], table["score_before"]
        change = table["score_change"]
    else:
        now = table["region"].map(_values(scores, code, period))
        then = table["region"].map(_values(scores, code, before) if before else {}).astype(float)
        change = now - then
    table = table.assign(value=now, value_before=then, value_change=change)
    sign = -1.0 if higher_is_better(scores, code) else 1.0
    order = table["region"].map({region: i for i, region in enumerate(scores.panel.regions)})
    sorted_rows = table.assign(_key=sign * table["value"], _order=order).sort_values(
        ["_key", "_order"], na_position="last", ignore_index=True
    )
    return sorted_rows.drop(columns=["_key", "_order"])


def summary(rows: pd.DataFrame) -> Summary | None:
    """What a `distribution` comes to; None when no member has a value."""
    known = rows[rows["value"].notna()]
    if known.empty:
        return None
    best, worst = float(known["value"].iloc[0]), float(known["value"].iloc[-1])
    changes = known["value_change"].dropna()
    return Summary(
        count=len(known),
        mean=float(known["value"].mean()),
        median=float(known["value"].median()),
        best=best,
        worst=worst,
        leaders=tuple(known.loc[known["value"] == best, "region"]),
        last=tuple(known.loc[known["value"] == worst, "region"]),
        change=float(changes.mean()) if len(changes) else NAN,
    )


def history(scores: Scores, code: str, periods: Sequence[str]) -> pd.DataFrame:
    """A node's values over periods, in their order: region, period, value; members without one are left out."""
    rows = [
        (region, period, value)
        for period in periods
        for region, value in (
            _scores(scores, code, period) if code in scores.framework.children else _values(scores, code, period)
        ).items()
        if not np.isnan(value)
    ]
    return pd.DataFrame(rows, columns=["region", "period", "value"])


def course(rows: pd.DataFrame, higher: bool) -> pd.DataFrame:
    """The cohort's middle and best over a `history`: period, median, best, in the order of the periods."""
    by_period = rows.groupby("period", sort=False)["value"]
    best = by_period.max() if higher else by_period.min()
    return pd.DataFrame({"median": by_period.median(), "best": best}).reset_index()


def family(scores: Scores, code: str) -> tuple[str, ...]:
    """An indicator's children; a measure's parent's children, itself among them."""
    framework = scores.framework
    parent = code if code in framework.children else framework[code].parent
    return tuple(framework.nodes[i].code for i in framework.children[parent])


def members(scores: Scores, codes: Sequence[str], region: str, period: str, before: str | None) -> pd.DataFrame:
    """Some nodes side by side by their scores, the lowest mean first, those without a score last.

    Out: code, mean, median, low, high, leader and last (the first in the cohort's order among equals), score and rank of
    the region, change (mean change on shared measures of those who have a score in both periods). Missing is NaN, "".
    """
    p, r = scores.panel.periods.index(period), scores.panel.regions.index(region)
    changes = mean_changes(scores, codes, period, before)
    rows = []
    for code in codes:
        n = scores.framework.index[code]
        here = scores.score[p, :, n]
        known = here[~np.isnan(here)]
        row: dict[str, object] = dict.fromkeys(("mean", "median", "low", "high"), NAN) | {"leader": "", "last": ""}
        if len(known):
            row = {"mean": known.mean(), "median": np.median(known), "low": known.min(), "high": known.max()}
            row["leader"] = scores.panel.regions[int(np.nanargmax(here))]
            row["last"] = scores.panel.regions[int(np.nanargmin(here))]
        rows.append({"code": code, **row, "score": here[r], "rank": scores.rank[p, r, n], "change": changes[code]})
    columns = ["code", "mean", "median", "low", "high", "leader", "last", "score", "rank", "change"]
    return pd.DataFrame(rows, columns=columns).sort_values("mean", na_position="last", kind="stable", ignore_index=True)


def _values(scores: Scores, code: str, period: str) -> Mapping[str, float]:
    p, m = scores.panel.periods.index(period), scores.panel.measures.index(code)
    return dict(zip(scores.panel.regions, scores.panel.values[p, :, m].tolist(), strict=True))


def _scores(scores: Scores, code: str, period: str) -> Mapping[str, float]:
    p, n = scores.panel.periods.index(period), scores.framework.index[code]
    return dict(zip(scores.panel.regions, scores.score[p, :, n].tolist(), strict=True))
