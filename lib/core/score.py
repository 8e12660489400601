"""The one way from values to scores, ranks and tiers; everything that scores calls this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from lib.core.aggregate import aggregate
from lib.core.normalise import Normalised, normalise
from lib.core.panel import Panel
from lib.core.rank import rank, tier
from lib.model import SCORE_COLUMNS, Aggregate, Framework, Normalise, ScoreOptions, UserError, thirds

METHOD_VERSION = "1"


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores, coverage, ranks and tiers of every node: arrays [period, region, node], nodes in framework order.

    Two are the same when they are one object: comparing arrays would cost more than what is kept by them.
    """

    panel: Panel
    framework: Framework
    options: ScoreOptions
    normalised: Normalised
    score: np.ndarray
    coverage: np.ndarray
    rank: np.ndarray
    tier: np.ndarray

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Tidy scores: region, period, code, score, coverage, rank, tier; one row a member, period and node."""
        p, r = np.nonzero(self.panel.member)
        count = len(self.framework.nodes)
        codes = np.array([node.code for node in self.framework.nodes], dtype=object)
        columns = {
            "region": np.repeat(np.array(self.panel.regions, dtype=object)[r], count),
            "period": np.repeat(np.array(self.panel.periods, dtype=object)[p], count),
            "code": np.tile(codes, len(p)),
            "score": self.score[p, r].ravel(),
            "coverage": self.coverage[p, r].ravel(),
            "rank": pd.array(self.rank[p, r].ravel(), dtype="Int64"),
            "tier": pd.array(self.tier[p, r].ravel(), dtype="Int64"),
        }
        return pd.DataFrame(columns)[list(SCORE_COLUMNS)]

    def of(self, region: str, code: str, period: str) -> tuple[float, float, float]:
        """Score, rank and tier of one node; NaN when missing; KeyError or ValueError names what is not there."""
        p, r = self.panel.periods.index(period), self.panel.regions.index(region)
        n = self.framework.index[code]
        return float(self.score[p, r, n]), float(self.rank[p, r, n]), float(self.tier[p, r, n])

    def at(self, period: str) -> Scores:
        """The scores of one period, nothing computed again; KeyError names a period that is not there."""
        panel = self.panel.at(period)
        p = self.panel.periods.index(period)
        cut = slice(p, p + 1)
        normalised = replace(
            self.normalised,
            scores=self.normalised.scores[cut],
            best=self.normalised.best[cut],
            worst=self.normalised.worst[cut],
            reasons={key: reason for key, reason in self.normalised.reasons.items() if key[0] == period},
        )
        arrays = {name: getattr(self, name)[cut] for name in ("score", "coverage", "rank", "tier")}
        return replace(self, panel=panel, normalised=normalised, **arrays)

    def standing(self, code: str) -> pd.DataFrame:
        """One node in the only period: region, score, coverage, rank, tier. ValueError when there are several periods."""
        if len(self.panel.periods) != 1:
            raise ValueError("standing() is for the scores of one period: use at() first")
        n = self.framework.index[code]
        columns = {name: getattr(self, name)[0, :, n] for name in ("score", "coverage")}
        places = {name: pd.array(getattr(self, name)[0, :, n], dtype="Int64") for name in ("rank", "tier")}
        table = pd.DataFrame({"region": self.panel.regions, **columns, **places})
        return table[self.panel.member[0]].reset_index(drop=True)

    @property
    def reasons(self) -> dict[tuple[str, str], str]:
        """Why a measure has no score in a period."""
        return self.normalised.reasons


def score(
    observations: pd.DataFrame,
    framework: Framework,
    options: ScoreOptions | None = None,
    regions: tuple[str, ...] | None = None,
) -> Scores:
    """Scores tidy observations (region, measure, period, value) on a framework, each period by itself."""
    return score_panel(Panel.from_frame(observations, framework.leaves, regions), framework, options or ScoreOptions())


def score_panel(panel: Panel, framework: Framework, options: ScoreOptions) -> Scores:
    """Scores a panel whose measures are the framework's leaves, in order."""
    if options.normalise is Normalise.ZSCORE and options.aggregate is not Aggregate.ARITHMETIC:
        raise UserError("标准分（zscore）有负值，只能用算术平均汇总；请改用 arithmetic，或改用别的标准化方法")
    normalised = normalise(panel, framework, options.normalise)
    scores, coverage = aggregate(normalised.scores, framework, options.aggregate, options.min_coverage)
    ranks = rank(scores, axis=1)
    tiers = (
        np.stack([tier(ranks[p], cuts_in(panel, options, p)) for p in range(len(panel.periods))])
        if len(ranks)
        else ranks
    )
    return Scores(panel, framework, options, normalised, scores, coverage, ranks, tiers)


def totals_if(scores: Scores, region: str, period: str, changes: Mapping[str, float]) -> dict[str, float]:
    """By measure, what the region's total would gain if only that measure had the given value; NaN without a total."""
    alternatives = score_panel(scores.panel.at(period).alternatives(region, changes), scores.framework, scores.options)
    root = scores.framework.root.code
    now = scores.of(region, root, period)[0]
    return {measure: alternatives.of(region, root, measure)[0] - now for measure in changes}


def cuts_in(panel: Panel, options: ScoreOptions, p: int) -> tuple[int, ...]:
    """Last places of the tiers in a period: the options', or thirds of its members."""
    return thirds(int(panel.member[p].sum())) if options.cuts is None else options.cuts
