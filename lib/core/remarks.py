"""What was said with a value when it was reported: that it is provisional, and a note."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lib.core.score import Scores


def provisional_counts(observations: pd.DataFrame, measures: Sequence[str], period: str) -> dict[str, int]:
    """By region, how many of its values of some measures in a period are provisional; regions with none are left out.

    In: region, measure, period, provisional (0/1).
    """
    rows = observations[(observations["provisional"] == 1) & (observations["period"] == period)]
    return rows.loc[rows["measure"].isin(list(measures)), "region"].value_counts().astype(int).to_dict()


def with_values(
    standing: pd.DataFrame, scores: Scores, measure: str, period: str, observations: pd.DataFrame
) -> pd.DataFrame:
    """A measure's standing with its value (in its unit, NaN when missing), note ("" without) and provisional (bool).

    `standing` has region; `observations` has region, measure, period, note, provisional. KeyError names what is not there.
    """
    panel = scores.panel.at(period)
    rows = observations[(observations["measure"] == measure) & (observations["period"] == period)]
    said = rows.set_index("region")[["note", "provisional"]].reindex(standing["region"])
    return standing.assign(
        value=[panel.value(region, measure, period) for region in standing["region"]],
        note=said["note"].fillna("").to_numpy(),
        provisional=(said["provisional"] == 1).to_numpy(),
    )
