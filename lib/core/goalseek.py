"""升档反推: the least effort with which a region reaches an aim, all others as they are taken to be, and what else would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from time import monotonic

import numpy as np

from lib.core.aim import Aim
from lib.core.least_effort import Programme, Rivals, Solution
from lib.core.plan import Limits, Plan
from lib.core.rank import TIE
from lib.core.score import Scores, score_panel
from lib.core.stretch import Piece, pieces, shares
from lib.core.whatif import ends
from lib.model import Aggregate, Normalise, UserError

ALTERNATIVES = 3
# A plan is looked for so many seconds, the alternatives to it as long again.
SECONDS = 3.0
# Two plans within this of each other take the same effort: a tenth of a point of one measure's scale.
SAME = 0.01
# What the solver's tolerance can add to an effort.
SMALL = 1e-6
_MARGINS = (0.0, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3)


@dataclass(frozen=True)
class Answer:
    """What was found: whether the aim is reached as things are; else the plans, the one of least effort first, then the next best that
    each leave out at least one measure of every plan before. Without a plan `best` goes as far as the limits allow: the best place,
    then the best score (an aim of a score turns that round), None where no move brings either; `lifts` names the limits
    (`Limits.lifted`) that alone stand in the way; `late` when no plan was found in the time there was."""

    region: str
    aim: Aim
    base: Scores
    reached: bool
    plans: tuple[Plan, ...] = ()
    best: Plan | None = None
    lifts: tuple[str, ...] = ()
    late: bool = False


def seek(
    base: Scores,
    region: str,
    aim: Aim,
    limits: Limits,
    decimals: Mapping[str, int],
    most: int = 1 + ALTERNATIVES,
    seconds: float = SECONDS,
    same: float = SAME,
) -> Answer:
    """The least effort with which a region reaches an aim in the only period of `base`, at most so many plans.

    Every plan is scored again by `score_panel` and reaches the aim. The first takes the least effort to `same` (份力), and of those that do
    the fewest measures; `Plan.proven` says whether there was time to prove it. Measures move on their grid of
    `decimals` as `stretch.pieces`. UserError for scores that are not a weighted arithmetic mean of distances to a frontier or
    between the cohort's ends, and for a region without a score on the node.
    """
    _check(base, region, aim)
    if aim.reached(base, region):
        return Answer(region, aim, base, reached=True)
    search = _Search(base, region, aim, limits, decimals, monotonic() + seconds, same)
    plans, late = search.plans(most, seconds)
    if plans:
        return Answer(region, aim, base, reached=False, plans=plans)
    lifts = [
        name
        for name, freer in limits.lifted.items()
        if _Search(base, region, aim, freer, decimals, monotonic() + seconds, same).possible
    ]
    # What one limit does alone is the answer; all of them together only where none does.
    alone = tuple(name for name in lifts if name != "all") or tuple(lifts)
    return Answer(region, aim, base, reached=False, best=search.best, lifts=alone, late=late)


def _check(base: Scores, region: str, aim: Aim) -> None:
    if (
        base.options.normalise not in (Normalise.FRONTIER, Normalise.MINMAX)
        or base.options.aggregate is not Aggregate.ARITHMETIC
    ):
        raise UserError("升档反推只用于前沿距离法（或最优最差法）计分、算术平均汇总的得分")
    if np.isnan(base.of(region, aim.code, base.panel.periods[0])[0]):
        raise UserError("这个地区在所选指标上没有得分，无法反推")


@dataclass
class _Search:
    """One region's way to one aim under some limits, until a moment of the clock."""

    base: Scores
    region: str
    aim: Aim
    limits: Limits
    decimals: Mapping[str, int]
    until: float
    same: float = SAME

    @cached_property
    def ours(self) -> int:
        return self.base.panel.regions.index(self.region)

    @cached_property
    def now(self) -> np.ndarray:
        return self.base.score[0, :, self.base.framework.index[self.aim.code]]

    @cached_property
    def pieces(self) -> list[Piece]:
        """Every way in which a measure can move and somebody's score on the node with it."""
        share, factors = shares(self.base, self.aim.code), dict(self.limits.factors)
        found: list[Piece] = []
        for lever in ends(self.base, self.region, self.base.panel.periods[0]):
            furthest, worth = self.limits.furthest(lever), share[:, self.base.panel.measures.index(lever.code)]
            if furthest != lever.value and worth.any():
                decimals, factor = self.decimals[lever.code], factors.get(lever.code, 1.0)
                found += pieces(self.base, self.region, lever, furthest, decimals, worth, factor)
        return found

    @cached_property
    def lowest(self) -> np.ndarray:
        """How low our moves can bring every other region's score."""
        low = self.now.copy()
        for code in {piece.code for piece in self.pieces}:
            low += np.min([piece.gain for piece in self.pieces if piece.code == code], axis=0)
        return low

    @cached_property
    def bars(self) -> tuple[float, float]:
        """The least and the most that our score must be: between them it depends on how far others' scores come down."""
        if self.aim.score is not None:
            return self.aim.score, self.aim.score
        return tuple(  # type: ignore[return-value]
            float(np.sort(self._others(scores))[::-1][self.aim.place - 1]) for scores in (self.lowest, self.now)
        )

    def _others(self, scores: np.ndarray) -> np.ndarray:
        others = np.delete(scores, self.ours)
        return others[~np.isnan(others)]

    @cached_property
    def rivals(self) -> Rivals | None:
        """Those of whom it depends on the plan whether they must be passed; None where the score that is needed is known."""
        least, most = self.bars
        if least == most:
            return None
        # Who can only be below the least bar is passed with it; who stays above the most need not be.
        open_ = [
            r
            for r in range(len(self.now))
            if r != self.ours and self.now[r] > least + TIE and self.lowest[r] <= most + TIE
        ]
        above = sum(self.lowest[r] > most + TIE for r in range(len(self.now)) if r != self.ours)
        lead = tuple(float(self.now[r] - self.now[self.ours]) for r in open_)
        return Rivals(tuple(open_), lead, int(self.aim.place - 1 - above))  # type: ignore[operator]

    @cached_property
    def useful(self) -> list[Piece]:
        """The pieces that can help to reach the aim."""
        return self._that_matter(self.rivals)

    def _that_matter(self, rivals: Rivals | None) -> list[Piece]:
        """The pieces that change our score, or a rival's."""
        who = [self.ours, *(rivals.at if rivals else ())]
        return [piece for piece in self.pieces if piece.slope or (piece.gain[who] != 0).any()]

    def _programme(self, useful: list[Piece], rivals: Rivals | None) -> Programme:
        """A programme under the limits."""
        owner = [self.base.framework.indicator_of(piece.code).code for piece in useful]
        made = Programme(useful, owner, self.ours, rivals)
        made.at_most(self.limits.measures, self.limits.indicators)
        return made

    def programme(self, margin: float = 0.0) -> Programme:
        """The programme whose plans reach the aim by a margin."""
        made = self._programme(self.useful, self.rivals)
        made.gain(self.bars[0] - self.now[self.ours] + margin)
        if self.rivals is not None:
            made.overtake(margin)
            made.pass_enough()
        return made

    @property
    def left(self) -> float:
        return self.until - monotonic()

    def plans(self, most: int, seconds: float) -> tuple[tuple[Plan, ...], bool]:
        """The plan of least effort and the next best ones; and whether time ran out before there was one."""
        found: list[Plan] = []
        while len(found) < most and self.left > 0:
            plan = self._next(found)
            if plan is None:
                break
            if not found:
                self.until = monotonic() + seconds
            found.append(plan)
        return tuple(found), not found and self.left <= 0

    def _next(self, before: list[Plan]) -> Plan | None:
        """The least effort that leaves out a measure of every plan before."""
        return self._first(lambda margin: self._least(before, margin))

    def _first(self, solve: Callable[[float], Solution | None]) -> Plan | None:
        """What is solved with the smallest margin that makes up for the solver's tolerance."""
        if not self.useful:
            return None
        for margin in _MARGINS:
            found = solve(margin)
            if found is None:
                return None
            plan = self._plan(found)
            if self.aim.reached(plan.then, self.region):
                return plan
        return None

    def _least(self, before: list[Plan], margin: float) -> Solution | None:
        programme = self.programme(margin)
        for plan in before:
            programme.not_all_of(tuple(plan.values))
        least = programme.least_effort(self.same, self.left)
        if least is None or least.gap > self.same or len(least.taken) < 2:
            return least
        most = least.effort - least.gap + self.same
        programme.effort_at_most(most)
        fewer = programme.fewest(min(self.left, 1.0))
        if fewer is None or len(fewer.taken) >= len(least.taken) or fewer.effort > most + SMALL:
            return least
        return replace(fewer, gap=max(fewer.effort - least.effort + least.gap, 0.0))

    def _plan(self, found: Solution) -> Plan:
        values = found.values
        panel = self.base.panel.with_values({(self.region, code): value for code, value in values.items()})
        then = score_panel(panel, self.base.framework, self.base.options)
        efforts = {piece.code: piece.effort_at(steps) for piece, steps in found.taken}
        proven = found.gap <= self.same + SMALL
        return Plan(self.region, self.aim, self.base, then, values, found.effort, found.gap, proven, efforts)

    @cached_property
    def best(self) -> Plan | None:
        """As far as the limits allow: of what each margin gives the best, since a place may be held by less than the solver can tell."""
        rivals = self._ahead
        useful, found = self._that_matter(rivals), []
        for margin in _MARGINS if useful else ():
            made = self._programme(useful, rivals)
            made.overtake(margin)
            solved = made.furthest(max(self.left, 1.0), score_first=self.aim.score is not None)
            if solved is None or not solved.taken:
                break
            found.append(self._plan(solved))
            if found[-1].after[1] <= found[0].before[1] - solved.passed:
                break
        return min(found, key=self._rated, default=None)

    @property
    def _ahead(self) -> Rivals:
        """All who are ahead now: nobody else comes to be, since no score but ours rises and ours never falls."""
        behind = self.now <= self.now[self.ours] + TIE
        at = tuple(int(r) for r in np.nonzero(~behind & ~np.isnan(self.now))[0])
        return Rivals(at, tuple(float(self.now[r] - self.now[self.ours]) for r in at), len(at))

    def _rated(self, plan: Plan) -> tuple[float, float]:
        score, place, _ = plan.after
        return (place, -score) if self.aim.score is None else (-score, place)

    @property
    def possible(self) -> bool:
        """Whether any plan reaches the aim."""
        return self._first(lambda margin: self.programme(margin).any(max(self.left, 1.0))) is not None
