"""What moved between two periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from lib.core.score import Scores, score_panel
from lib.model import Framework


def movement(scores: Scores, code: str, period: str, before: str | None) -> pd.DataFrame:
    """One node's standing in a period beside the period before, best place first; columns as `compare_standings`, and
    `shared`.

    The change is on shared measures: what a region has a value for in only one of the two periods is left out of both, and
    they are scored again. `shared` says for which regions something under the node was left out; score and rank of the
    period itself are always those of all its values. KeyError or ValueError names a period that is not there.
    """
    now = scores.at(period).standing(code)
    if before is None or before not in scores.panel.periods:
        return compare_standings(now, now.iloc[:0]).assign(shared=False)
    both, left_out = on_shared(scores, period, before)
    then, again = both.at(before).standing(code), both.at(period).standing(code)
    table = compare_standings(now, then)
    if left_out:
        change = compare_standings(again, then).set_index("region")[["score_change", "rank_change"]]
        table[["score_change", "rank_change"]] = change.reindex(table["region"]).to_numpy()
    under = set(scores.framework.below(code))
    rebased = {region for region, measure in left_out if measure in under}
    return table.assign(shared=table["region"].isin(rebased))


def on_shared(scores: Scores, period: str, before: str) -> tuple[Scores, frozenset[tuple[str, str]]]:
    """Two periods scored on the values that a region has in both, and the (region, measure) pairs left out.

    A region with nothing at all in one of them keeps what it has: it has no change, and the others' places still count it.
    """
    panel = scores.panel
    at = [panel.periods.index(before), panel.periods.index(period)]
    values = panel.values[at]
    there = ~np.isnan(values)
    alone = (there[0] != there[1]) & there.any(axis=2).all(axis=0)[:, None]
    if not alone.any():
        return scores, frozenset()
    pair = replace(
        panel, periods=(before, period), values=np.where(alone[None], np.nan, values), member=panel.member[at]
    )
    left_out = frozenset((panel.regions[r], panel.measures[m]) for r, m in np.argwhere(alone))
    return score_panel(pair, scores.framework, scores.options), left_out


def compare_standings(now: pd.DataFrame, then: pd.DataFrame) -> pd.DataFrame:
    """Two standings of one node, region by region, best place now first.

    In: region, score, rank, tier (and coverage in `now`). Out: region, score, coverage, rank, tier, score_before,
    rank_before, tier_before, score_change, rank_change (positive: places gained).
    """
    earlier = then.set_index("region").reindex(now["region"])
    columns: dict[str, object] = {"region": now["region"].to_numpy(), "coverage": now["coverage"].to_numpy()}
    for name in ("score", "rank", "tier"):
        columns[name] = now[name].to_numpy(dtype=float, na_value=np.nan)
        columns[f"{name}_before"] = earlier[name].to_numpy(dtype=float, na_value=np.nan)
    columns["score_change"] = columns["score"] - columns["score_before"]
    columns["rank_change"] = columns["rank_before"] - columns["rank"]
    rows = pd.DataFrame(columns)
    return rows.sort_values(["rank", "region"], na_position="last", ignore_index=True)


def shares_in(framework: Framework, code: str) -> dict[str, float]:
    """Weights of a node's children in it when all are present, 0–1, by code; none for a measure."""
    children = [framework.nodes[i] for i in framework.children.get(code, ())]
    total = sum(child.weight for child in children)
    return {child.code: child.weight / total for child in children}


def all_contributions(scores: pd.DataFrame, shares: Mapping[str, float], period: str) -> pd.DataFrame:
    """What each part of a node gives and costs it, region by region, in the order of `scores`.

    `shares` are the parts' weights in the node (0–1); in each region they are renormalised over the parts present, as the
    node does. Out: region, code, score, rank, tier, points (given to the node), lost (points still to win, at a
    score of 100), over (points more than the cohort's median on that part). Missing scores stay missing. For the
    arithmetic mean a region's points add up to the node's score.
    """
    rows = scores[(scores["period"] == period) & scores["code"].isin(list(shares))].copy()
    share = rows["code"].map(shares).astype(float).where(rows["score"].notna())
    share = share / share.groupby(rows["region"]).transform("sum")
    rows["points"] = rows["score"] * share
    rows["lost"] = (100.0 - rows["score"]) * share
    rows["over"] = rows["points"] - rows.groupby("code")["points"].transform("median")
    columns = ["region", "code", "score", "rank", "tier", "points", "lost", "over"]
    return rows[columns].reset_index(drop=True)


def contributions(scores: pd.DataFrame, shares: Mapping[str, float], region: str, period: str) -> pd.DataFrame:
    """One region's rows of `all_contributions` without region and over, largest loss first."""
    rows = all_contributions(scores[scores["region"] == region], shares, period)
    rows = rows.sort_values("lost", ascending=False, na_position="last", kind="stable")
    return rows.drop(columns=["region", "over"]).reset_index(drop=True)


def standouts(parts: pd.DataFrame, region: str, count: int = 3) -> tuple[list[str], list[str]]:
    """The parts on which a region is furthest above and furthest below the cohort's median, in points of the node.

    `parts` as `all_contributions`. Out: at most `count` codes above, and below, the furthest first.
    """
    rows = parts[parts["region"] == region]
    above, below = rows[rows["over"] > 0], rows[rows["over"] < 0]
    return list(above.nlargest(count, "over")["code"]), list(below.nsmallest(count, "over")["code"])


def ranks_in(frame: pd.DataFrame, code: str, before: str, after: str) -> pd.DataFrame:
    """A node's places in two periods, each by what stands in its own: region, before, after; NaN where there is none.

    In: `Scores.frame`. A region is listed when it is in either period.
    """
    rows = frame[(frame["code"] == code) & frame["period"].isin([before, after])]
    ranks = rows.pivot(index="region", columns="period", values="rank").reindex(columns=[before, after])
    return ranks.set_axis(["before", "after"], axis="columns").rename_axis(columns=None).reset_index()
