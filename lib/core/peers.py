"""最相近: which regions are most like one another in a set of measures."""

from __future__ import annotations

import numpy as np
import pandas as pd


def nearest(
    observations: pd.DataFrame, region: str, regions: tuple[str, ...], measures: tuple[str, ...]
) -> pd.DataFrame:
    """The other regions by their distance to a region, nearest first: region, distance.

    In: tidy observations of one period (region, measure, value). Each measure is standardised over the regions
    (value − mean, over the sample standard deviation); the distance is Euclidean over all measures. Regions
    that lack a measure are left out; when the region itself does, there is no row. A measure on which all are
    equal tells no two apart and is left out.
    """
    rows = observations[observations["measure"].isin(measures) & observations["region"].isin(regions)]
    table = rows.pivot(index="region", columns="measure", values="value").reindex(index=regions, columns=measures)
    table = table.dropna()
    if region not in table.index:
        return pd.DataFrame({"region": pd.Series(dtype=object), "distance": pd.Series(dtype=float)})
    spread = table.std(ddof=1)
    apart = table.loc[:, spread > 0]
    z = (apart - apart.mean()) / spread[apart.columns]
    distance = np.sqrt(((z - z.loc[region]) ** 2).sum(axis=1)).drop(region)
    return distance.sort_values(kind="stable").rename_axis("region").rename("distance").reset_index()
