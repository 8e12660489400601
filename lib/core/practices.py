"""典型做法: which cases bear on which measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from lib.model import Measure

# A case that names a measure counts in full, one that only names its indicator half: its effect on the measure is not stated.
NAMED, NEAR = 1.0, 0.5


def bearing_on(practices: pd.DataFrame, weights: Mapping[str, float], measures: Mapping[str, Measure]) -> pd.DataFrame:
    """The cases that bear on some measures, the one whose named measures weigh most first; of those, by the whole weight.

    In: the catalogue's practices; `weights` says how much each measure matters (points lost, share of a gap). Out: the
    practices' columns, named and near (tuples of measures that the case names, and whose indicator alone it names,
    the weightiest first) and weight (the sum of what it bears on; a measure of which it only names the indicator counts half).
    """
    order = sorted((code for code, weight in weights.items() if weight > 0), key=lambda code: -weights[code])
    rows = []
    for row in practices.to_dict("records"):
        codes, indicators = set(row["measures"].split(";")), set(row["indicators"].split(";"))
        named = tuple(code for code in order if code in codes)
        near = tuple(
            code for code in order if code not in codes and code in measures and measures[code].indicator in indicators
        )
        weight = NAMED * sum(weights[code] for code in named) + NEAR * sum(weights[code] for code in near)
        if weight:
            direct = sum(weights[code] for code in named)
            rows.append({**row, "named": named, "near": near, "weight": weight, "direct": direct})
    table = pd.DataFrame(rows, columns=[*practices.columns, "named", "near", "weight", "direct"])
    ordered = table.sort_values(["direct", "weight"], ascending=False, kind="stable").reset_index(drop=True)
    return ordered.drop(columns="direct")


def even_weights(indicators: Iterable[str], measures: Mapping[str, Measure]) -> dict[str, float]:
    """Weights by which some indicators matter equally: 1 an indicator, spread evenly over the catalogue's measures of it."""
    wanted = set(indicators)
    under = pd.Series(
        {code: each.indicator for code, each in measures.items() if each.indicator in wanted}, dtype=object
    )
    counts = under.value_counts()
    return {code: 1.0 / counts[indicator] for code, indicator in under.items()}


def ranked(practices: pd.DataFrame, weights: Mapping[str, float], measures: Mapping[str, Measure]) -> pd.DataFrame:
    """Every case: those of `bearing_on`, then the others in their own order with weight 0 and nothing named."""
    bearing = bearing_on(practices, weights, measures)
    rest = practices[~practices["id"].isin(bearing["id"])]
    nothing = pd.Series([()] * len(rest), index=rest.index, dtype=object)
    return pd.concat([bearing, rest.assign(named=nothing, near=nothing, weight=0.0)], ignore_index=True)
