"""The city's targets county by county: whether each county's latest value already meets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from lib.core.goals import applies
from lib.core.progress import is_known, meets
from lib.model import Measure, Period, convert

COLUMNS = ["id", "code", "region", "value", "period", "made_up", "met"]


def by_county(
    targets: pd.DataFrame,
    values: pd.DataFrame,
    measures: Mapping[str, Measure],
    names: Mapping[str, str],
    members: Sequence[str],
    day: date,
) -> pd.DataFrame:
    """Each target that applies to a county beside the county's latest value known at the end of the day: COLUMNS.

    In: targets with a number, a direction and a scope; `values` that stand (region, measure, period, value, kind); short names of
    places. Out: value (in the target's unit, unrounded), met (True or False). A target whose measure no county has a value of, or one
    in a unit that cannot be converted, is left out; so is a county to which the target's level does not apply, or without a value.
    """
    known = values[values["measure"].isin(targets["code"]) & values["region"].isin(list(members))]
    known = known[[is_known(period, day) for period in known["period"]]]
    last: dict[tuple[str, str], tuple] = {}
    for row in sorted(known.itertuples(), key=lambda row: Period.parse(str(row.period))):
        last[str(row.region), str(row.measure)] = (float(row.value), str(row.period), row.kind == "demo")  # type: ignore[arg-type]
    rows = []
    for target in targets[targets["value"].notna()].to_dict("records"):
        for region in members:
            found = last.get((region, target["code"]))
            if found is None or not applies(target["scope"], names[region]):
                continue
            now = convert(found[0], measures[target["code"]].unit, target["unit"]).value
            if now is not None:
                met = meets(now, target, float(target["value"]))
                rows.append((target["id"], target["code"], region, now, *found[1:], met))
    return pd.DataFrame(rows, columns=COLUMNS)
