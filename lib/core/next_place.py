"""再进一位: how far the next better place is, and which single measure alone would bring a region there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lib.core.gap import is_higher
from lib.core.score import Scores, score_panel
from lib.core.whatif import levers

# Halvings of the way from today's value to the end of the scale: the value needed is found to 10⁻¹² of the way.
HALVINGS = 40
COLUMNS = ("code", "value", "needed", "reach", "best", "share")


def next_better(scores: Scores, region: str, period: str) -> tuple[tuple[str, ...], float]:
    """The regions in the next better place and how many points of the total they are ahead; none, NaN when there are none."""
    root, p = scores.framework.index[scores.framework.root.code], scores.panel.periods.index(period)
    r = scores.panel.regions.index(region)
    rank, total = scores.rank[p, :, root], scores.score[p, :, root]
    before = rank[rank < rank[r]]
    if not len(before):
        return (), float("nan")
    at = np.nonzero(rank == before.max())[0]
    return tuple(scores.panel.regions[i] for i in at), float(total[at].min() - total[r])


def single_steps(scores: Scores, region: str, period: str, decimals: Mapping[str, int]) -> pd.DataFrame:
    """The measures that alone, all other values of all regions as they are, would bring a region a better place.

    Each is scored again at every step of a bisection between today's value and the better end of its scale
    (`whatif.levers`). Out: code, value, needed (the least change that is enough), reach (the first value enough on
    the measure's grid of `decimals`, or the end of the scale), best (that end), share (of the way to it, 0–1),
    the shortest way first. Between the ends of a scale a better value never costs a place under `frontier`, `minmax` and
    `rank`, so the least change is exact; under `zscore` it is a change that is enough.
    """
    now = scores.at(period)
    place = now.of(region, now.framework.root.code, period)[1]
    if not place > 1:
        return pd.DataFrame(columns=list(COLUMNS))
    ways = {
        lever.code: (lever.value, lever.best) for lever in levers(scores, region, period) if lever.value != lever.best
    }
    enough = _gains(now, region, place, {code: best for code, (_, best) in ways.items()})
    ways = {code: way for code, way in ways.items() if enough[code]}
    short, far = {code: way[0] for code, way in ways.items()}, {code: way[1] for code, way in ways.items()}
    for _ in range(HALVINGS):
        middle = {code: (short[code] + far[code]) / 2 for code in ways}
        for code, is_enough in _gains(now, region, place, middle).items():
            (far if is_enough else short)[code] = middle[code]
    nearest = {code: round(far[code], decimals[code]) for code in ways}
    exact = _gains(now, region, place, nearest)
    rows = []
    for code, (value, best) in ways.items():
        way = 1.0 if is_higher(scores.framework, code) else -1.0
        # A rounding that falls short is one step of the grid short; no step goes past the end of the scale.
        step = nearest[code] if exact[code] else round(nearest[code] + way * 10.0 ** -decimals[code], decimals[code])
        reach = best if way * (step - best) > 0 else step
        rows.append((code, value, far[code], reach, best, abs(far[code] - value) / abs(best - value)))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values("share", kind="stable").reset_index(drop=True)


def _gains(now: Scores, region: str, place: float, changes: Mapping[str, float]) -> dict[str, bool]:
    """By measure, whether that one value alone brings a better place."""
    if not changes:
        return {}
    then = score_panel(now.panel.alternatives(region, changes), now.framework, now.options)
    r, root = then.panel.regions.index(region), then.framework.index[then.framework.root.code]
    return {code: bool(then.rank[i, r, root] < place) for i, code in enumerate(changes)}
