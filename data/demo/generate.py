"""The demonstration set: plausible, made up, the same on every machine. None of its values is a fact.

Each measure of the framework moves over twelve quarters from `first` to `last` of levels.csv. A county lies above or
below that path by a lasting strength of its own, by its standing in the measure, and by a quarter's chance, each in
units of `spread` (a share of the level). Values are rounded to `step`, which makes ties, and kept within `floor` and
`ceiling`. About one value in a hundred is left out, and one county lacks an indicator for two quarters.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from lib.model import Direction, Framework, Period

SEED = 20191021
FIRST = Period(2018, "quarter", 1)
QUARTERS = 12
MISSING_SHARE = 0.01
LEVELS = Path(__file__).with_name("levels.csv")


def generate(framework: Framework, regions: Sequence[str]) -> pd.DataFrame:
    """Made-up observations (region, measure, period, value) for every region, leaf and quarter.

    KeyError names a leaf that levels.csv does not describe.
    """
    levels = pd.read_csv(LEVELS).set_index("measure")
    random = np.random.default_rng(SEED)
    strength = random.permutation(np.linspace(-1.2, 1.2, len(regions)))
    ambition = random.normal(0, 0.5, len(regions))
    progress = np.linspace(0, 1, QUARTERS)[:, None]
    periods = [str(FIRST.shift(i)) for i in range(QUARTERS)]
    parts = []
    for code in framework.leaves:
        level = levels.loc[code]
        better = 1.0 if framework[code].direction is Direction.HIGHER else -1.0
        path = level["first"] + (level["last"] - level["first"]) * progress
        standing = random.normal(0, 0.7, len(regions))
        chance = random.normal(0, 0.15, (QUARTERS, len(regions)))
        lead = 0.55 * strength + standing + ambition * progress + chance
        value = path * (1 + better * level["spread"] * 0.5 * lead)
        value = np.clip(np.round(value / level["step"]) * level["step"], level["floor"], level["ceiling"])
        # Rounding to a step of 0.1 leaves binary dust such as 98.10000000000001.
        value = np.round(value, 6)
        value[random.random(value.shape) < MISSING_SHARE] = np.nan
        parts.append(
            pd.DataFrame(
                {
                    "region": np.tile(np.array(regions, dtype=object), QUARTERS),
                    "measure": code,
                    "period": np.repeat(periods, len(regions)),
                    "value": value.ravel(),
                }
            )
        )
    rows = pd.concat(parts, ignore_index=True)
    absent = (
        (rows["region"] == regions[2])
        & rows["measure"].isin(framework.below("trade"))
        & rows["period"].isin(periods[4:6])
    )
    return rows[~absent].dropna(subset=["value"]).reset_index(drop=True)
