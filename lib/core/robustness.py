"""How firm places and tiers of the total are: other weights, an indicator left out, another method."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from lib.core.aggregate import backward, forward
from lib.core.rank import rank, tier
from lib.core.score import Scores, cuts_in, score_panel
from lib.core.whatif import reweighted
from lib.model import Aggregate, Framework, Normalise, ScoreOptions

# So many times every weight is multiplied by a factor of its own, uniform within so much of 1, from this seed.
DRAWS, WIDTH, SEED = 10_000, 0.25, 20_200_825
# So many at once, which bounds the memory.
CHUNK = 500
# Neighbours are close where the lower is level or ahead in this share of draws; a tier is firm that this share keeps.
CLOSE, FIRM = 0.05, 0.95
# The usual places are those between these shares of draws, in twentieths: 5 % and 95 %.
TWENTIETHS = 20


@dataclass(frozen=True)
class Stability:
    """What other weights would do to the total's places in one period.

    `places[region, place − 1]` counts the draws that gave a region a place; `order` are the positions of the regions that have a
    place now, best first, and `caught` counts, for each of them but the first, the draws in which it was level with the one
    before it or ahead. A draw in which a region has no total (coverage) is none of its.
    """

    scores: Scores
    places: np.ndarray
    order: np.ndarray
    caught: np.ndarray
    draws: int
    seed: int

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row a region that has a place, best first: region, score, rank, tier as they are; low and high, the places that 90 %
        of its draws lie within; best and worst, of all draws; kept, the share of draws in its tier of now; firm, whether it is."""
        now = self.scores.standing(self.scores.framework.root.code).set_index("region")
        now = now.loc[[self.scores.panel.regions[r] for r in self.order]].reset_index()
        counted = self.places[self.order].cumsum(axis=1)
        of = counted[:, -1:]
        # Whole numbers: a share of exactly 5 % is not lost to rounding.
        ends = {
            "low": counted * TWENTIETHS >= of,
            "high": counted * TWENTIETHS >= of * (TWENTIETHS - 1),
            "best": counted > 0,
            "worst": counted == of,
        }
        reached = {name: found.argmax(axis=1) + 1 for name, found in ends.items()}
        kept = self.shares.to_numpy()[np.arange(len(now)), now["tier"].to_numpy(dtype=int) - 1]
        return now[["region", "score", "rank", "tier"]].assign(**reached, kept=kept, firm=kept >= FIRM)

    @cached_property
    def shares(self) -> pd.DataFrame:
        """The share of a region's draws in each tier: columns 1, 2 …; index the regions of `frame`, in its order."""
        places, cuts = self.places[self.order], cuts_in(self.scores.panel, self.scores.options, 0)
        tiers = tier(np.arange(1.0, places.shape[1] + 1), cuts)
        within = tiers[:, None] == np.arange(1, len(cuts) + 2)
        found = (places @ within) / places.sum(axis=1, keepdims=True)
        regions = pd.Index([self.scores.panel.regions[r] for r in self.order], name="region")
        return pd.DataFrame(found, regions, range(1, len(cuts) + 2))

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Neighbours of now, best first: ahead, behind, share (of draws in which the lower is level or ahead), close. Who are level
        now are close whatever the draws say."""
        regions, ranks = self.frame["region"].to_numpy(), self.frame["rank"].to_numpy(dtype=int)
        share = self.caught / self.draws
        close = (share >= CLOSE) | (ranks[1:] == ranks[:-1])
        return pd.DataFrame({"ahead": regions[:-1], "behind": regions[1:], "share": share, "close": close})


def stability(scores: Scores, draws: int = DRAWS, seed: int = SEED) -> Stability:
    """Places of the total in the scores' only period under drawn weights; the same draws for the same seed (PCG64)."""
    root = scores.framework.index[scores.framework.root.code]
    now, size = scores.rank[0, :, root], len(scores.panel.regions)
    order = np.argsort(now, kind="stable")[: int((~np.isnan(now)).sum())]
    places, caught = np.zeros((size, size), dtype=int), np.zeros(max(len(order) - 1, 0), dtype=int)
    for weights in drawn_weights(scores.framework, draws, seed):
        ranks = rank(drawn_totals(scores, weights))
        # A missing place is counted in a column of its own, which is left off.
        column = np.where(np.isnan(ranks), size, ranks - 1).astype(int) + np.arange(size)[:, None] * (size + 1)
        places += np.bincount(column.ravel(), minlength=size * (size + 1)).reshape(size, size + 1)[:, :size]
        caught += (ranks[order[1:]] <= ranks[order[:-1]]).sum(axis=1)
    return Stability(scores, places, order, caught, draws, seed)


def drawn_weights(framework: Framework, draws: int, seed: int) -> Iterator[np.ndarray]:
    """Drawn weights of all nodes, [draw, node], in chunks: each weight times a factor of its own; a weight of 0 stays 0."""
    generator = np.random.Generator(np.random.PCG64(seed))
    weights = np.array([node.weight for node in framework.nodes])
    for start in range(0, draws, CHUNK):
        size = (min(CHUNK, draws - start), len(weights))
        yield weights * generator.uniform(1 - WIDTH, 1 + WIDTH, size)


def drawn_totals(scores: Scores, weights: np.ndarray) -> np.ndarray:
    """The total under each row of weights [draw, node], [region, draw]: the arithmetic of `aggregate`, all draws at once.

    Scores of measures do not depend on weights and are taken from the scores' only period. A node that weighs nothing in the
    framework weighs nothing in any draw.
    """
    framework, leaves = scores.framework, scores.normalised.scores[0]
    # By draw last: what is worked on side by side lies side by side.
    across = np.ascontiguousarray(weights.T)
    known = {framework.index[code]: leaves[:, [m]] for m, code in enumerate(framework.leaves)}
    for i in framework.bottom_up:
        used = [c for c in framework.children[framework.nodes[i].code] if framework.nodes[c].weight > 0]
        known[i] = _drawn_mean([known[c] for c in used], across[used], scores.options)
    return np.broadcast_to(known[framework.index[framework.root.code]], (len(leaves), len(weights)))


def _drawn_mean(parts: list[np.ndarray], weights: np.ndarray, options: ScoreOptions) -> np.ndarray:
    """The weighted mean over the parts that are present, [region, draw], by weights [part, draw].

    A part is [region, 1] where it is the same in every draw, else [region, draw].
    """
    shares, present = weights / weights.sum(axis=0), [~np.isnan(part) for part in parts]
    with np.errstate(divide="ignore", invalid="ignore"):
        added = [forward(part, options.aggregate) for part in parts]
        if all(there.all() for there in present):
            return backward(_summed(added, shares), options.aggregate)
        total = _summed([np.where(there, part, 0.0) for part, there in zip(added, present, strict=True)], shares)
        coverage = _summed(present, shares)
        result = backward(total / coverage, options.aggregate)
    # The same slack as in `aggregate`.
    return np.where((coverage > 0) & (coverage >= options.min_coverage - 1e-12), result, np.nan)


def _summed(parts: list[np.ndarray], shares: np.ndarray) -> np.ndarray:
    """The sum of parts times shares [part, draw]: of those that are the same in every draw as one matrix product."""
    same = [k for k, part in enumerate(parts) if part.shape[1] == 1]
    total = np.concatenate([np.empty((len(parts[0]), 0)), *(parts[k] for k in same)], axis=1) @ shares[same]
    for k, part in enumerate(parts):
        if part.shape[1] > 1:
            total += shares[k] * part
    return total


def dropped(scores: Scores) -> pd.DataFrame:
    """The total's places in the only period with each first-level indicator left out in turn: region, code, rank, tier, gained
    (places gained by leaving it out). No rows where only one has weight; NaN without a place."""
    weighty = [node.code for node in scores.framework.indicators if node.weight > 0]
    if len(weighty) < 2:
        return _placed(scores, {}).drop(columns="score")
    trees = {code: reweighted(scores.framework, {code: 0.0}) for code in weighty}
    without = {code: score_panel(scores.panel, tree, scores.options) for code, tree in trees.items()}
    return _placed(scores, without).drop(columns="score")


def swapped(scores: Scores) -> pd.DataFrame:
    """The total's places in the only period by every normalisation and mean that go together: region, code (rank/geometric),
    score, rank, tier, gained (against the method in force).

    Standard scores have negative values and go with the arithmetic mean alone. A total that one measure's 0 has made 0
    (geometric, harmonic) tells nobody apart: its place is missing.
    """
    ways = {
        f"{way}/{mean}": replace(scores.options, normalise=way, aggregate=mean)
        for way in (Normalise.FRONTIER, Normalise.MINMAX, Normalise.RANK, Normalise.ZSCORE)
        for mean in Aggregate
        if way is not Normalise.ZSCORE or mean is Aggregate.ARITHMETIC
    }
    return _placed(scores, {code: score_panel(scores.panel, scores.framework, way) for code, way in ways.items()})


def _placed(now: Scores, others: dict[str, Scores]) -> pd.DataFrame:
    """The total's standing in each of some scores: region, code, score, rank, tier, gained."""
    root, columns = now.framework.root.code, ["region", "code", "score", "rank", "tier", "gained"]
    places = now.standing(root).set_index("region")["rank"].astype(float)
    found = []
    for code, scores in others.items():
        rows = scores.standing(root).astype({"rank": float, "tier": float})
        if scores.options.aggregate is not Aggregate.ARITHMETIC:
            rows.loc[rows["score"] == 0, ["rank", "tier"]] = np.nan
        gained = rows["region"].map(places) - rows["rank"]
        found.append(rows.assign(code=code, gained=gained)[columns])
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)
