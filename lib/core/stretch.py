"""How a region's values can move and what each way of moving does to everybody's score on a node: the pieces of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, inf

import numpy as np

from lib.core.normalise import normalise
from lib.core.panel import Panel
from lib.core.score import Scores
from lib.core.whatif import Ends
from lib.model import Node, Normalise

# 1 份力 is so many points of a measure's own scale.
POINTS = 10.0
# A measure that has more values than this where scores do not move in a straight line is tried at this many of them, evenly
# spread, its ends among them; and where they do, in steps so long that there are no more than this.
MOST_POINTS, MOST_STEPS = 400, 100_000


@dataclass(frozen=True)
class Piece:
    """Values of a measure that lie in equal steps and over which our score on the node moves in a straight line: `start`, then
    `count` further ones `step` apart; a single value has none.

    `gain` [region] is what everybody's score on the node gains at the start, `slope` what ours gains a step; `effort` and
    `effort_step` in 份力.
    """

    code: str
    start: float
    step: float
    count: int
    decimals: int
    gain: np.ndarray
    slope: float
    effort: float
    effort_step: float

    def value(self, steps: int) -> float:
        """The value so many steps from the start."""
        return round(self.start + steps * self.step, self.decimals) if steps else self.start

    def effort_at(self, steps: int) -> float:
        """What reaching it takes."""
        return self.effort + steps * self.effort_step


def shares(scores: Scores, code: str) -> np.ndarray:
    """What a point of each measure's score is worth to each region's score on a node, [region, measure]; 0 for a region without one.

    For the arithmetic mean the score is the sum of share times measure's score, weights renormalised at every level over the
    children that have a score, as `aggregate` does.
    """
    framework, present = scores.framework, ~np.isnan(scores.score[0])
    found = np.zeros(present.shape)
    found[:, framework.index[code]] = present[:, framework.index[code]]
    for i in reversed(framework.bottom_up):
        children = list(framework.children[framework.nodes[i].code])
        weight = np.array([framework.nodes[c].weight for c in children]) * present[:, children]
        total = weight.sum(axis=1, keepdims=True)
        found[:, children] += found[:, [i]] * np.divide(weight, total, out=np.zeros(weight.shape), where=total > 0)
    return found[:, [framework.index[leaf] for leaf in framework.leaves]]


def pieces(
    base: Scores, region: str, lever: Ends, furthest: float, decimals: int, share: np.ndarray, factor: float = 1.0
) -> list[Piece]:
    """The ways in which one measure of a region can move towards a furthest value, `share` [region] being its worth to the node.

    Values lie on the measure's grid of 10^−decimals; the better end of the scale may lie off it. Effort is `factor` times the way on
    the measure's own 0–100 scale of `base`, in tens of points. Where the region alone holds the worst value of a scale without a fixed
    worst end, the end moves with it: up to the second worst its own score stays 0 and the others' fall, not in a straight line, so
    those values stand one by one; likewise on a bent scale. A value at which nobody could be told apart is left out, and so is
    one that changes no place and no score.
    """
    way = 1.0 if lever.best > lever.value else -1.0
    single, steps = _values(base, region, lever, furthest, decimals, way)
    first, stride, count = steps
    tried = [*single, *([first, first + count * stride] if count >= 0 else [])]
    if not tried:
        return []
    gains = _gains(base, region, lever.code, tried, share)
    ours, m = base.panel.regions.index(region), base.panel.measures.index(lever.code)
    span = abs(float(base.normalised.best[0, m] - base.normalised.worst[0, m]))
    effort = [factor * 100 / POINTS * abs(value - lever.value) / span for value in tried]
    whole = range(len(single))
    found = [Piece(lever.code, single[i], 0.0, 0, decimals, gains[i], 0.0, effort[i], 0.0) for i in whole]
    if count >= 0:
        slope, work = ((each[-1] - each[-2]) / max(count, 1) for each in (gains[:, ours], effort))
        found.append(
            Piece(lever.code, first, stride, count, decimals, gains[-2], float(slope), effort[-2], float(work))
        )
    return [piece for piece in found if _counts(piece, ours)]


def _values(
    base: Scores, region: str, lever: Ends, furthest: float, decimals: int, way: float
) -> tuple[list[float], tuple[float, float, int]]:
    """The values that stand one by one, and the straight stretch: its first value, step and number of further steps (−1: none)."""
    scale = 10.0**decimals
    first, last = _floor(way * lever.value * scale) + 1, _floor(way * furthest * scale)
    hinge = _hinge(base, region, lever, way)
    # The first number of the grid that is not short of where the straight stretch begins.
    straight = last + 1 if hinge == inf else max(first, -_floor(-hinge * scale))
    bent = np.arange(first, min(straight, last + 1))
    if len(bent) > MOST_POINTS:
        bent = bent[np.unique(np.linspace(0, len(bent) - 1, MOST_POINTS).round().astype(int))]
    single = [way * float(number) / scale for number in bent]
    stride = max(1, -(-(last - straight) // MOST_STEPS))
    count = (last - straight) // stride if straight <= last else -1
    reached = max(way * single[-1] if single else -inf, (straight + count * stride) / scale if count >= 0 else -inf)
    end = last / scale if furthest != lever.best else way * furthest
    if end > reached and end > way * lever.value:
        single.append(way * end)
    return single, (way * straight / scale, way * stride / scale, count)


def _floor(number: float) -> int:
    """The whole number not above, what is a hair below the next one counting as that."""
    return floor(number + 1e-9 * max(1.0, abs(number)))


def _hinge(base: Scores, region: str, lever: Ends, way: float) -> float:
    """From which value on (times `way`) our score moves in a straight line and the ends stay as they are; inf where it never does."""
    node: Node = base.framework[lever.code]
    if node.power != 1.0:
        return inf
    if base.options.normalise is Normalise.FRONTIER and node.worst is not None:
        return max(way * lever.value, way * node.worst)
    m, ours = base.panel.measures.index(lever.code), base.panel.regions.index(region)
    values = way * base.panel.values[0, base.panel.member[0], m]
    others = np.delete(values, int(base.panel.member[0, :ours].sum()))
    others = others[~np.isnan(others)]
    return max(way * lever.value, float(others.min())) if len(others) else inf


def _gains(base: Scores, region: str, code: str, tried: list[float], share: np.ndarray) -> np.ndarray:
    """What everybody's score on the node gains at each value, [value, region]; NaN for us where the measure cannot be scored."""
    panel, m = base.panel, base.panel.measures.index(code)
    values = np.repeat(panel.values[:, :, [m]], len(tried), axis=0)
    ours = panel.regions.index(region)
    values[:, ours, 0] = tried
    member = np.repeat(panel.member, len(tried), axis=0)
    alone = Panel(tuple(map(str, range(len(tried)))), panel.regions, (code,), values, member)
    moved = normalise(alone, base.framework, base.options.normalise).scores[:, :, 0] - base.normalised.scores[0, :, m]
    gains = np.where(share > 0, share * moved, 0.0)
    gains[np.isnan(moved[:, ours])] = np.nan
    return gains


def _counts(piece: Piece, ours: int) -> bool:
    return bool(not np.isnan(piece.gain[ours]) and ((piece.gain != 0).any() or piece.slope))


def by_pace(pace: Mapping[str, float], periods: int) -> tuple[tuple[str, float], ...]:
    """How far each measure can change at most in so many periods at a pace, in its unit, as `goalseek.Limits.change`."""
    return tuple((code, abs(each) * periods) for code, each in pace.items())
