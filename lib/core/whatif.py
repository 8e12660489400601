"""What if: a copied panel with some values changed and scored again by the same functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.core.gap import is_higher
from lib.core.movement import compare_standings
from lib.core.score import Scores, score_panel, totals_if


@dataclass(frozen=True)
class Outcome:
    """The total, rank and tier of a region before and after; NaN where missing."""

    region: str
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    now: Scores
    then: Scores

    @property
    def points(self) -> float:
        """Points gained in the total."""
        return self.after[0] - self.before[0]

    @property
    def places(self) -> float:
        """Places gained."""
        return self.before[1] - self.after[1]

    @property
    def movement(self) -> pd.DataFrame:
        """The total's standing of every region after the change beside today's; columns as `compare_standings`."""
        root = self.then.framework.root.code
        return compare_standings(self.then.standing(root), self.now.standing(root))

    def moved(self, codes: Sequence[str]) -> pd.DataFrame:
        """Measures before and after: code, value, value_if, score, score_if, total (points this measure alone adds)."""
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


def what_if(scores: Scores, region: str, period: str, changes: Mapping[str, float]) -> Outcome:
    """A region's standing in a period if some of its values were others, all other regions' values staying.

    KeyError names a measure that is not in the framework.
    """
    panel = scores.panel.at(period).with_values({(region, code): value for code, value in changes.items()})
    after = score_panel(panel, scores.framework, scores.options)
    root = scores.framework.root.code
    now = scores.at(period)
    return Outcome(region, scores.of(region, root, period), after.of(region, root, period), now, after)


@dataclass(frozen=True)
class Lever:
    """One slider: a measure's value today and the ends between which it may be moved, worst first."""

    code: str
    value: float
    worst: float
    best: float
    fixed: bool
    headroom: float


def levers(scores: Scores, region: str, period: str) -> list[Lever]:
    """The measures of a region that can be moved, by what the best value of the scale would add to the total.

    The ends are those of the scoring scale (the frontier, or the cohort's own best and worst), widened to today's
    value. A measure without a value, or without a scale, cannot be moved and is left out.
    """
    p, r = scores.panel.periods.index(period), scores.panel.regions.index(region)
    ends = {}
    for m, code in enumerate(scores.panel.measures):
        value = float(scores.panel.values[p, r, m])
        best, worst = float(scores.normalised.best[p, m]), float(scores.normalised.worst[p, m])
        if any(np.isnan([value, best, worst])) or best == worst:
            continue
        better, lesser = (max, min) if is_higher(scores.framework, code) else (min, max)
        ends[code] = (value, lesser(worst, value), better(best, value), bool(scores.normalised.fixed[m]))
    gain = totals_if(scores, region, period, {code: best for code, (_, _, best, _) in ends.items()})
    found = [Lever(code, value, worst, best, fixed, gain[code]) for code, (value, worst, best, fixed) in ends.items()]
    return sorted(found, key=lambda lever: -lever.headroom)
