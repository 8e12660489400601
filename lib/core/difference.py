"""What a new table would change: jumps worth a second look, values that the period before had, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from lib.model import Period

_PLACE = ["measure", "region"]
JUMP = 0.5


def with_last(compared: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """Adds `last` (the real value of the period of the same kind just before; NaN: none) and `jump`.

    In: compared (measure, period, region, value, before); standing (measure, period, region, value, kind). `jump` is
    the change relative to `before` where there is one, else to `last`: (value − from) ÷ |from|; infinite from zero.
    """
    earlier = {str(period): str(Period.parse(str(period)).shift(-1)) for period in compared["period"].unique()}
    real = standing.loc[standing["kind"] == "real", [*_PLACE, "period", "value"]]
    wanted = compared.assign(earlier=compared["period"].astype(str).map(earlier))
    last = wanted.merge(
        real.rename(columns={"period": "earlier", "value": "last"}), on=[*_PLACE, "earlier"], how="left"
    )["last"].to_numpy(dtype=float)
    start = np.where(compared["before"].isna(), last, compared["before"].to_numpy(dtype=float))
    change = compared["value"].to_numpy(dtype=float) - start
    with np.errstate(divide="ignore", invalid="ignore"):
        jump = np.where(change == 0, 0.0, change / np.abs(start))
    return compared.assign(last=last, jump=jump)


def jumps(compared: pd.DataFrame, threshold: float = JUMP) -> pd.DataFrame:
    """The new and changed rows of `with_last` whose change is larger than the threshold, the largest first."""
    moved = compared[(compared["state"] != "unchanged") & (compared["jump"].abs() > threshold)]
    return moved.reindex(moved["jump"].abs().sort_values(ascending=False, kind="stable").index)


def no_longer(compared: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """Places of the file's measures that had a real value in the period before and have none now: measure, region, period, last.

    Neither the file nor what stands already has the value.
    """
    real = standing[standing["kind"] == "real"]
    pairs = compared[["measure", "period"]].astype(str).drop_duplicates()
    pairs["earlier"] = [str(Period.parse(period).shift(-1)) for period in pairs["period"]]
    # A file about one place says nothing of the others.
    if compared["region"].nunique() == 1:
        real = real[real["region"] == str(compared["region"].iloc[0])]
    before = pairs.merge(
        real[[*_PLACE, "period", "value"]].rename(columns={"period": "earlier", "value": "last"}),
        on=["measure", "earlier"],
    )
    now = pd.concat([compared[[*_PLACE, "period"]].astype(str), real[[*_PLACE, "period"]].astype(str)])
    both = before.merge(now.drop_duplicates().assign(here=True), on=[*_PLACE, "period"], how="left")
    return both.loc[both["here"].isna(), [*_PLACE, "period", "last"]].reset_index(drop=True)


def kept(compared: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """Real values of the file's measures and periods that stand and that the file does not state: they go on standing.

    Out: measure, region, period, value.
    """
    pairs = compared[["measure", "period"]].astype(str).drop_duplicates()
    real = standing.loc[standing["kind"] == "real", [*_PLACE, "period", "value"]].merge(pairs, on=["measure", "period"])
    stated = compared[[*_PLACE, "period"]].astype(str).assign(here=True)
    both = real.merge(stated, on=[*_PLACE, "period"], how="left")
    return both.loc[both["here"].isna(), [*_PLACE, "period", "value"]].reset_index(drop=True)


STATES = ("present", "provisional", "demo", "missing")


def completeness(standing: pd.DataFrame, measures: Sequence[str], regions: Sequence[str], period: str) -> pd.DataFrame:
    """Every measure × region of one period: measure, region, state (one of STATES).

    In: standing (region, measure, period, kind, provisional).
    """
    grid = pd.MultiIndex.from_product([measures, regions], names=_PLACE).to_frame(index=False)
    rows = standing[standing["period"] == period]
    state = np.where(
        rows["kind"] == "demo", "demo", np.where(rows["provisional"].astype(bool), "provisional", "present")
    )
    found = grid.merge(rows[_PLACE].assign(state=state), on=_PLACE, how="left")
    return found.assign(state=found["state"].fillna("missing"))


def by_gaps(complete: pd.DataFrame) -> pd.DataFrame:
    """`completeness` with `gaps` (places without a real value), the measure with most first, then with most without any."""
    by = complete["measure"]
    gaps = complete["state"].isin(["missing", "demo"]).groupby(by).transform("sum")
    none = complete["state"].eq("missing").groupby(by).transform("sum")
    ordered = complete.assign(gaps=gaps, none=none).sort_values(["gaps", "none"], ascending=False, kind="stable")
    return ordered.drop(columns="none").reset_index(drop=True)


def late(complete: pd.DataFrame, owners: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """By lead department: owner, due (values it answers for), present, missing, measures (codes with a gap), most missing first.

    In: complete as from `completeness`; `owners` are the lead departments of each measure. Demonstration values are missing.
    """
    rows = complete.assign(owner=[list(owners.get(code, ())) or [""] for code in complete["measure"]]).explode("owner")
    rows["lacks"] = rows["state"].isin(["missing", "demo"])
    table = rows.groupby("owner", sort=False).agg(due=("lacks", "size"), missing=("lacks", "sum")).reset_index()
    table["present"] = table["due"] - table["missing"]
    gaps: Mapping[str, Iterable[str]] = rows[rows["lacks"]].groupby("owner")["measure"].unique().to_dict()
    table["measures"] = [tuple(gaps.get(owner, ())) for owner in table["owner"]]
    columns = ["owner", "due", "present", "missing", "measures"]
    return table.sort_values(["missing", "due"], ascending=False, kind="stable", ignore_index=True)[columns]
