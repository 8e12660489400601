"""What the documents say of the city itself: its place in the province, its weak indicators, the nation's benchmarks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from lib.model import Direction, Measure, Period, convert

# The city whose counties are compared.
CITY = "410400"
OVERALL = "overall"
WEAK = "短板指标"
# The kinds of facts that state what a measure is.
STATEMENTS = ("observation", "before_after", "text")


def known(rows: pd.DataFrame, documents: pd.DataFrame, day: date) -> pd.DataFrame:
    """The rows (facts, targets, benchmarks) of documents that are dated by a day; a document dated by its year counts from its
    beginning, and one without a date always."""
    dates = rows["document"].map(documents["date"]).fillna("").astype(str)
    return rows[dates <= day.isoformat()].reset_index(drop=True)


def province_places(facts: pd.DataFrame, city: str) -> pd.DataFrame:
    """The city's place in the province's evaluation by year: facts' columns, earliest first."""
    ranks = (facts["kind"] == "rank") & (facts["code"] == OVERALL) & facts["value"].notna()
    rows = facts[ranks & (facts["region"] == city)]
    return rows.sort_values("period").reset_index(drop=True)


def weak_indicators(facts: pd.DataFrame, city: str) -> pd.DataFrame:
    """The indicators that the bulletin lists as weak, in its order: facts' columns."""
    return facts[(facts["kind"] == "rank") & (facts["text"] == WEAK) & (facts["region"] == city)].reset_index(drop=True)


def latest(facts: pd.DataFrame, region: str, code: str) -> Mapping[str, object] | None:
    """The latest statement about a region and measure that carries a number or words; None when there is none."""
    rows = facts[(facts["region"] == region) & (facts["code"] == code) & facts["kind"].isin(STATEMENTS)]
    return max(rows.to_dict("records"), key=lambda fact: Period.parse(fact["period"]), default=None)


def best_benchmarks(benchmarks: pd.DataFrame, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """The best national benchmark of each measure: code (index), value (in the measure's own unit), id, region, rule.

    `rule` is the conversion's; a benchmark that cannot be converted, or whose scope is unstated, is left out.
    """
    found: dict[str, dict[str, object]] = {}
    for row in benchmarks[(benchmarks["axis"] == "vertical") & benchmarks["value"].notna()].to_dict("records"):
        measure = measures.get(row["code"])
        if measure is None or measure.direction is Direction.NONE or measure.ambiguous_for:
            continue
        converted = convert(float(row["value"]), row["unit"], measure.unit)
        if converted.value is None:
            continue
        sign = 1.0 if measure.direction is Direction.HIGHER else -1.0
        known = found.get(measure.code)
        if known is None or sign * converted.value > sign * float(known["value"]):  # type: ignore[arg-type]
            found[measure.code] = {
                "value": converted.value,
                "id": row["id"],
                "region": row["region"],
                "rule": converted.rule,
            }
    columns = ["value", "id", "region", "rule"]
    return pd.DataFrame.from_dict(found, orient="index", columns=columns).rename_axis("code")


def benchmark_values(benchmarks: pd.DataFrame, measures: Mapping[str, Measure]) -> dict[str, float]:
    """The values of `best_benchmarks` by measure."""
    return best_benchmarks(benchmarks, measures)["value"].astype(float).to_dict()


def unclear_about(measures: Mapping[str, Measure]) -> dict[str, tuple[str, ...]]:
    """Measures whose values do not say which of several scopes they are about."""
    return {code: measure.ambiguous_for for code, measure in measures.items() if measure.ambiguous_for}
