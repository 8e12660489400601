"""寻标: whom in the cohort to learn from on an indicator or measure, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np
import pandas as pd

from lib.core.compare import of_nation
from lib.core.distribution import higher_is_better, history
from lib.core.projection import MIN_POINTS, trend
from lib.core.rank import TIE, rank
from lib.core.score import Scores
from lib.model import Framework, Measure, Period

COLUMNS = ("region", "value", "place", "lead", "slope", "pace", "start", "start_ours", "start_period", "apart")


class Why(StrEnum):
    """For what a member is worth learning from."""

    BEST = "最优"
    NEAREST = "最近的领先者"
    FASTEST = "进步最快"
    ALIKE = "起点最像"


class Lack(StrEnum):
    """Why nobody is worth it, said of the region."""

    EMPTY = "本期各地都没有数值"
    NO_VALUE = "本期缺数，比不出谁领先"
    LEADING = "已列第 1，没有领先的地方"
    SHORT = f"领先的各地数据都不足 {MIN_POINTS} 期"
    NOT_RISING = "领先的各地近来都没有变好"
    NO_START = "与领先的各地没有更早的共同评价期"
    NOT_ALIKE = "领先的各地现在领先的，一半以上在起点就有了，没有起点相近的"


def contenders(scores: Scores, code: str, region: str, periods: Sequence[str]) -> pd.DataFrame:
    """Every member on a node in the last of some periods, beside a region, best first, those without a value last.

    A measure is looked at by its values in its unit, an indicator by its scores. In: `periods` of one kind in time order.
    Out: region; value; place (by unrounded values, ties share the better one); lead (positive: ahead of the region); slope
    (Theil–Sen, Sen 1968, a period; NaN below four values) and pace (the same, positive: for the better); start, start_ours and
    start_period (the first period in which both have a value, never the last; of the region itself its own) and apart
    (how far the two starts are from each other). Missing stays missing.
    """
    known = history(scores, code, periods).pivot(index="period", columns="region", values="value")
    levels = known.reindex(index=periods, columns=scores.panel.regions).to_numpy(dtype=float)
    sign = 1.0 if higher_is_better(scores, code) else -1.0
    now, us = levels[-1], scores.panel.regions.index(region)
    slopes = _slopes(levels, periods)
    columns = {
        "region": scores.panel.regions,
        "value": now,
        "place": rank(sign * now),
        "lead": sign * (now - now[us]) + 0.0,
        "slope": slopes,
        "pace": sign * slopes,
        **_starts(levels, us, periods),
    }
    table = pd.DataFrame(columns)
    table["apart"] = (table["start"] - table["start_ours"]).abs()
    return table[list(COLUMNS)].sort_values("place", na_position="last", kind="stable", ignore_index=True)


def recommend(rows: pd.DataFrame, region: str) -> dict[Why, tuple[str, ...] | Lack]:
    """For each reason the members that it speaks for, ties all, or why there is none; from `contenders`."""
    ours = rows.set_index("region").loc[region]
    if rows["value"].isna().all():
        return dict.fromkeys(Why, Lack.EMPTY)
    best = tuple(rows.loc[rows["place"] == 1, "region"])
    if np.isnan(ours["value"]):
        return {**dict.fromkeys(Why, Lack.NO_VALUE), Why.BEST: best}
    ahead = rows[rows["place"] < ours["place"]]
    if ahead.empty:
        return dict.fromkeys(Why, Lack.LEADING)
    rising = ahead[ahead["pace"] > TIE]
    # Who had more than half of the lead at the start did not start like the region.
    alike = ahead[ahead["apart"] <= ahead["lead"] / 2 + TIE]
    short = Lack.SHORT if ahead["pace"].isna().all() else Lack.NOT_RISING
    return {
        Why.BEST: best,
        Why.NEAREST: _least(ahead, ahead["lead"]),
        Why.FASTEST: _least(rising, -rising["pace"]) or short,
        Why.ALIKE: _least(alike, alike["apart"]) or (Lack.NO_START if ahead["apart"].isna().all() else Lack.NOT_ALIKE),
    }


def merged(found: Mapping[Why, tuple[str, ...] | Lack]) -> dict[str, tuple[Why, ...]]:
    """The recommended members with all that speaks for each: for every reason in turn one, of several that tie the one for which
    most speaks; then the others."""
    picked = {why: regions for why, regions in found.items() if not isinstance(regions, Lack)}
    count = Counter(region for regions in picked.values() for region in regions)
    order = dict.fromkeys([max(regions, key=count.__getitem__) for regions in picked.values()] + list(count))
    return {region: tuple(why for why, regions in picked.items() if region in regions) for region in order}


def led(framework: Framework, unit: str) -> tuple[str, ...]:
    """The nodes that a department leads, with all that is under them, in framework order."""
    return tuple(
        node.code for node in framework.nodes if any(unit in framework[step].lead for step in framework.path(node.code))
    )


def leaders(framework: Framework) -> tuple[str, ...]:
    """The departments that lead an indicator, in framework order."""
    return tuple(dict.fromkeys(unit for node in framework.nodes for unit in node.lead))


def stated(benchmarks: pd.DataFrame, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """What the nation's places state of some measures, place by place: columns as `compare.STATED`."""
    return of_nation(benchmarks, measures)


def _slopes(levels: np.ndarray, periods: Sequence[str]) -> np.ndarray:
    """The change a period of every member; NaN where its series is too short."""
    when = [Period.parse(period) for period in periods]
    trends = [trend(when, series.tolist()) for series in levels.T]
    return np.array([np.nan if found is None else found.slope for found in trends], dtype=float)


def _starts(levels: np.ndarray, us: int, periods: Sequence[str]) -> dict[str, list[object]]:
    both = ~np.isnan(levels[:-1]) & ~np.isnan(levels[:-1, [us]])
    first = [int(column.argmax()) if column.any() else None for column in both.T]
    return {
        "start": [np.nan if p is None else levels[p, r] for r, p in enumerate(first)],
        "start_ours": [np.nan if p is None else levels[p, us] for p in first],
        "start_period": ["" if p is None else periods[p] for p in first],
    }


def _least(rows: pd.DataFrame, amount: pd.Series) -> tuple[str, ...]:
    """The members with the least amount, ties all; none where no amount is known."""
    return tuple(rows.loc[amount <= amount.min() + TIE, "region"])
