"""How long a least-effort plan takes, as a ratio to scoring the same cohort once in the same run."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from time import perf_counter

import numpy as np

from lib.core.aim import Aim
from lib.core.goalseek import seek
from lib.core.panel import Panel
from lib.core.plan import Limits
from lib.core.score import Scores, score_panel
from lib.model import Direction, Framework, Node, ScoreOptions

ROUNDS, UNDER = 5, 7
SIZES = ((12, 28), (12, 200), (157, 28), (157, 200))


def run() -> Iterator[tuple[str, float, float, bool]]:
    """Rows of (what, median in s, ratio to scoring once, whether every plan was proven)."""
    for regions, measures in SIZES:
        base = _cohort(regions, measures)
        floor, _ = _timed(lambda base=base: score_panel(base.panel, base.framework, base.options))
        # From the middle into the first third: a tier up.
        ours = base.panel.regions[int(np.argsort(-base.score[0, :, 0])[regions // 2])]
        decimals = dict.fromkeys(base.panel.measures, 1)
        for name, most in (("one plan", 1), ("and three other ways", 4)):
            taken, answer = _timed(
                lambda base=base, ours=ours, decimals=decimals, most=most: seek(
                    base, ours, Aim("t", place=-(-len(base.panel.regions) // 3)), Limits(), decimals, most, seconds=30.0
                )
            )
            proven = bool(answer.plans) and all(plan.proven for plan in answer.plans)
            yield f"{regions} regions, {measures} measures: {name}", taken, taken / floor, proven


def _timed(do: Callable) -> tuple[float, object]:
    samples, found = [], None
    for _ in range(ROUNDS):
        start = perf_counter()
        found = do()
        samples.append(perf_counter() - start)
    return statistics.median(samples), found


def _cohort(regions: int, measures: int) -> Scores:
    """A made-up cohort, indicators of seven measures each; a third of the scales have fixed ends."""
    dealt = np.random.default_rng(7)
    inner = [Node("t")] + [Node(f"i{i}", parent="t") for i in range(-(-measures // UNDER))]
    leaves = [
        Node(
            f"m{m}",
            parent=f"i{m // UNDER}",
            direction=Direction.HIGHER,
            **({"best": 100.0, "worst": 0.0} if m % 3 == 0 else {}),
        )
        for m in range(measures)
    ]
    values = np.round(dealt.normal(60, 12, (1, regions, measures)) + dealt.normal(0, 5, (1, regions, 1)), 1)
    names = tuple(f"r{r}" for r in range(regions))
    panel = Panel(
        ("2020",), names, tuple(leaf.code for leaf in leaves), values.clip(0, 100), np.ones((1, regions), dtype=bool)
    )
    return score_panel(panel, Framework((*inner, *leaves)), ScoreOptions())
