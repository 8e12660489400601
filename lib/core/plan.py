"""A plan to an aim: how far it may go, what it moves and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from lib.core.aim import Aim
from lib.core.rank import TIE
from lib.core.score import Scores, score_panel
from lib.core.whatif import Ends


@dataclass(frozen=True)
class Limits:
    """How far a plan may go. `barred` measures stay as they are; `part` of the way to the better end of a measure's scale at most;
    `change` is the most that each measure may change, in its unit (None: as far as one likes, else a measure that is not named
    stays); at most so many `measures` and first-level `indicators`; `factors` weigh a measure's effort (1 where not named)."""

    barred: tuple[str, ...] = ()
    part: float = 1.0
    change: tuple[tuple[str, float], ...] | None = None
    measures: int | None = None
    indicators: int | None = None
    factors: tuple[tuple[str, float], ...] = ()

    def furthest(self, lever: Ends) -> float:
        """How far a measure may go."""
        if lever.code in self.barred:
            return lever.value
        way = self.part * (lever.best - lever.value)
        most = abs(way) if self.change is None else dict(self.change).get(lever.code, 0.0)
        return lever.best if self.part == 1 and most >= abs(way) else lever.value + float(np.clip(way, -most, most))

    @property
    def lifted(self) -> dict[str, Limits]:
        """By name of the limit, the same without that one, of those that bind at all; "all" without any."""
        freer = {
            "barred": replace(self, barred=()),
            "reach": replace(self, part=1.0, change=None),
            "measures": replace(self, measures=None),
            "indicators": replace(self, indicators=None),
        }
        found = {name: limits for name, limits in freer.items() if limits != self}
        return {**found, "all": Limits(factors=self.factors)} if len(found) > 1 else found


@dataclass(frozen=True)
class Plan:
    """New values of some measures and what comes of them: `then` is everybody scored again. `proven`: no other takes less effort,
    but for what counts as the same; else another might save up to `spare`. On `levelled` measures it draws level with all others, and
    they drop out of the score."""

    region: str
    aim: Aim
    base: Scores
    then: Scores
    values: Mapping[str, float]
    effort: float
    spare: float
    proven: bool
    efforts: Mapping[str, float]
    levelled: tuple[str, ...] = ()

    @property
    def before(self) -> tuple[float, float, float]:
        """The region's score, place and tier on the node before."""
        return self.base.of(self.region, self.aim.code, self.base.panel.periods[0])

    @property
    def after(self) -> tuple[float, float, float]:
        """The same after."""
        return self.then.of(self.region, self.aim.code, self.then.panel.periods[0])

    @property
    def bar(self) -> float:
        """The score that the aim asks for once the plan is carried out, as `bar`."""
        return bar(self.then, self.region, self.aim)

    @property
    def shared(self) -> bool:
        """Whether others have the same place after."""
        rank = self.then.rank[0, :, self.then.framework.index[self.aim.code]]
        return int((rank == self.after[1]).sum()) > 1

    @property
    def drags(self) -> bool:
        """Whether scores of others on the node come down with it: where the region alone held the worst value of a scale."""
        node = self.base.framework.index[self.aim.code]
        return bool((self.then.score[0, :, node] < self.base.score[0, :, node] - TIE).any())

    @cached_property
    def table(self) -> pd.DataFrame:
        """What it moves: code, value, reach, score, score_if, points (what each adds to the node's score, one after another; they add up
        to the whole), effort (份力), those that add the most first."""
        period, node = self.base.panel.periods[0], self.aim.code
        alone = score_panel(
            self.base.panel.alternatives(self.region, self.values), self.base.framework, self.base.options
        )
        order = sorted(self.values, key=lambda code: (-alone.of(self.region, node, code)[0], code))
        # One after another: where a measure drops out of the score, what each adds by itself does not add up.
        steps = self.base.panel.alternatives(self.region, {code: self.values[code] for code in order})
        r = steps.regions.index(self.region)
        for i, code in enumerate(order):
            steps.values[i:, r, steps.measures.index(code)] = self.values[code]
        way = score_panel(steps, self.base.framework, self.base.options)
        totals = [self.before[0], *(way.of(self.region, node, code)[0] for code in order)]
        rows = [
            (
                code,
                self.base.panel.value(self.region, code, period),
                self.values[code],
                self.base.of(self.region, code, period)[0],
                self.then.of(self.region, code, period)[0],
                totals[i + 1] - totals[i],
                self.efforts[code],
            )
            for i, code in enumerate(order)
        ]
        return pd.DataFrame(rows, columns=["code", "value", "reach", "score", "score_if", "points", "effort"])


def bar(scores: Scores, region: str, aim: Aim) -> float:
    """The score that an aim asks for: the aim's own, or that of the other region that must be drawn level with; −inf where there
    are too few others."""
    if aim.score is not None:
        return aim.score
    node, ours = scores.framework.index[aim.code], scores.panel.regions.index(region)
    others = np.delete(scores.score[0, :, node], ours)
    others = np.sort(others[~np.isnan(others)])[::-1]
    return float(others[aim.place - 1]) if aim.place <= len(others) else -np.inf  # type: ignore[operator]
