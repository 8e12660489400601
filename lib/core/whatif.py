"""What if: a copied panel with some values and weights changed and scored again by the same functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from lib.core.gap import is_higher
from lib.core.movement import compare_standings
from lib.core.score import Scores, score_panel, totals_if
from lib.model import Framework


@dataclass(frozen=True)
class Outcome:
    """A period before and after, seen from a region: `now` as it is, `base` with what others are taken to do, `then` with what is
    tried on top of that; where others hold still `base` is `now`."""

    region: str
    now: Scores
    base: Scores
    then: Scores

    @property
    def before(self) -> tuple[float, float, float]:
        """The region's total, place and tier as they are; NaN where missing."""
        return self.standing(self.region)[0]

    @property
    def after(self) -> tuple[float, float, float]:
        """The same after everything."""
        return self.standing(self.region)[1]

    @property
    def otherwise(self) -> tuple[float, float, float]:
        """The same if only the others do what they are taken to do."""
        return self.base.of(self.region, self.base.framework.root.code, self.base.panel.periods[0])

    def standing(self, region: str) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        """Any region's total, place and tier before and after."""
        root, period = self.now.framework.root.code, self.now.panel.periods[0]
        return self.now.of(region, root, period), self.then.of(region, root, period)

    @property
    def points(self) -> float:
        """Points gained in the total."""
        return self.after[0] - self.before[0]

    @property
    def places(self) -> float:
        """Places gained."""
        return self.before[1] - self.after[1]

    @cached_property
    def movement(self) -> pd.DataFrame:
        """The total's standing of every region after the change beside today's; columns as `compare_standings`."""
        root = self.then.framework.root.code
        return compare_standings(self.then.standing(root), self.now.standing(root))

    @property
    def overtaken(self) -> tuple[str, ...]:
        """The regions that were level with the region or ahead and are behind it afterwards, the best of them first."""
        rows = self.movement
        own = rows[rows["region"] == self.region].iloc[0]
        passed = rows[(rows["rank_before"] <= own["rank_before"]) & (rows["rank"] > own["rank"])]
        return tuple(passed.sort_values("rank", kind="stable")["region"])

    def moved(self, codes: Sequence[str]) -> pd.DataFrame:
        """The region's measures before and after: code, value, value_if, score, score_if, total (points this measure alone adds)."""
        period = self.now.panel.periods[0]
        then = {code: self.then.panel.value(self.region, code, period) for code in codes}
        rows = [
            {
                "code": code,
                "value": self.now.panel.value(self.region, code, period),
                "value_if": value_if,
                "score": self.now.of(self.region, code, period)[0],
                "score_if": self.then.of(self.region, code, period)[0],
            }
            for code, value_if in then.items()
        ]
        table = pd.DataFrame(rows, columns=["code", "value", "value_if", "score", "score_if"])
        return table.assign(total=table["code"].map(totals_if(self.now, self.region, period, then)))


def play(
    scores: Scores,
    region: str,
    period: str,
    values: Mapping[tuple[str, str], float],
    weights: Mapping[str, float] | None = None,
    others: Mapping[tuple[str, str], float] | None = None,
) -> Outcome:
    """A period with some values and weights other than they are, scored by the same functions and seen from a region.

    `values` and `others` (what other regions are taken to do meanwhile; the former win) are by region and measure, `weights` by
    node. KeyError names a region, measure or node that there is none of; UserError for weights of which all are 0.
    """
    now = scores.at(period)
    base = score_panel(now.panel.with_values(others), now.framework, now.options) if others else now
    panel = base.panel.with_values(values)
    then = score_panel(panel, reweighted(now.framework, weights or {}), now.options)
    return Outcome(region, now, base, then)


def what_if(scores: Scores, region: str, period: str, changes: Mapping[str, float]) -> Outcome:
    """`play` with changes of one region only, by measure, all others holding still."""
    return play(scores, region, period, {(region, code): value for code, value in changes.items()})


def reweighted(framework: Framework, weights: Mapping[str, float]) -> Framework:
    """A framework with other weights of some nodes; KeyError names a code that is not there, UserError what weights cannot be."""
    for code in weights:
        if code not in framework.index:
            raise KeyError(f"没有这个指标：{code}")
    if not weights:
        return framework
    return Framework(tuple(replace(node, weight=weights.get(node.code, node.weight)) for node in framework.nodes))


@dataclass(frozen=True)
class Ends:
    """A measure's value today and the ends between which it may be moved, worst first."""

    code: str
    value: float
    worst: float
    best: float
    fixed: bool


@dataclass(frozen=True)
class Lever(Ends):
    """One slider: the ends, and what the best value would add to the total."""

    headroom: float


def ends(scores: Scores, region: str, period: str) -> list[Ends]:
    """The measures of a region that can be moved, in the panel's order.

    The ends are those of the scoring scale (the frontier, or the cohort's own best and worst), widened to today's
    value. A measure without a value, or without a scale, cannot be moved and is left out.
    """
    p, r = scores.panel.periods.index(period), scores.panel.regions.index(region)
    found = []
    for m, code in enumerate(scores.panel.measures):
        value = float(scores.panel.values[p, r, m])
        best, worst = float(scores.normalised.best[p, m]), float(scores.normalised.worst[p, m])
        if any(np.isnan([value, best, worst])) or best == worst:
            continue
        better, lesser = (max, min) if is_higher(scores.framework, code) else (min, max)
        found.append(Ends(code, value, lesser(worst, value), better(best, value), bool(scores.normalised.fixed[m])))
    return found


def levers(scores: Scores, region: str, period: str) -> list[Lever]:
    """The measures of a region that can be moved (`ends`), by what the best value of the scale would add to the total."""
    movable = ends(scores, region, period)
    gain = totals_if(scores, region, period, {each.code: each.best for each in movable})
    found = [Lever(**vars(each), headroom=gain[each.code]) for each in movable]
    return sorted(found, key=lambda lever: -lever.headroom)
