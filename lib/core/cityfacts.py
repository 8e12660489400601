"""What the documents say of the city itself: its place in the province, its weak indicators, the nation's benchmarks."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.model import Direction, Measure, Period, convert

OVERALL = "overall"
WEAK = "短板指标"
# The kinds of facts that state what a measure is.
STATEMENTS = ("observation", "before_after", "text")


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


def vertical(benchmarks: pd.DataFrame, facts: pd.DataFrame, measures: Mapping[str, Measure], city: str) -> pd.DataFrame:
    """National benchmarks on scored measures beside the city's latest value, comparable ones first.

    Out: benchmarks' columns plus ours, ours_id, ours_unit, ours_words, ours_op, ours_period, gap (in the benchmark's unit,
    positive: the city is behind), gap_percent, rule (the conversion or the reason of a refusal), comparable.
    A value whose scope is unstated, or whose unit has no rule, is never compared.
    """
    rows = [
        {**row, **_beside(row, facts, measures, city)}
        for row in benchmarks.to_dict("records")
        if row["axis"] == "vertical"
        and row["code"] in measures
        and measures[row["code"]].direction is not Direction.NONE
        and _relevant(row["code"], facts, measures, city)
    ]
    added = [
        "ours",
        "ours_id",
        "ours_unit",
        "ours_words",
        "ours_op",
        "ours_period",
        "gap",
        "gap_percent",
        "rule",
        "comparable",
    ]
    table = pd.DataFrame(rows, columns=[*benchmarks.columns, *added])
    return table.sort_values("comparable", ascending=False, kind="stable").reset_index(drop=True)


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


def _relevant(code: str, facts: pd.DataFrame, measures: Mapping[str, Measure], city: str) -> bool:
    unclear = [other for other, about in unclear_about(measures).items() if code in about]
    return any(latest(facts, city, each) is not None for each in [code, *unclear])


def _beside(row: Mapping, facts: pd.DataFrame, measures: Mapping[str, Measure], city: str) -> dict[str, object]:
    measure, fact = measures[row["code"]], latest(facts, city, row["code"])
    unclear = [other for other, about in unclear_about(measures).items() if measure.code in about]
    if fact is None:
        fact = next(found for other in unclear if (found := latest(facts, city, other)) is not None)
        stated = fact["text"] if pd.isna(fact["value"]) else f"{fact['value']:g} {fact['unit']}"
        return _refused(fact, f"本市现值 {stated}未写明口径，不作比较")
    if measure.ambiguous_for:
        return _refused(fact, "双方都未写明口径，不作比较")
    if pd.isna(row["value"]):
        return _refused(fact, f"标杆值是文字“{row['text']}”，不作比较")
    if pd.isna(fact["value"]):
        return _refused(fact, f"本市现值是文字“{fact['text']}”，不作比较")
    ours = convert(float(fact["value"]), fact["unit"], row["unit"])
    if ours.value is None:
        return _refused(fact, ours.rule)
    sign = 1.0 if measure.direction is Direction.HIGHER else -1.0
    gap = sign * (float(row["value"]) - ours.value)
    percent = 100.0 * gap / abs(float(row["value"])) if row["value"] else float("nan")
    return {**_stated(fact), "gap": gap, "gap_percent": percent, "rule": ours.rule, "comparable": True}


def _refused(fact: Mapping, reason: str) -> dict[str, object]:
    return {**_stated(fact), "gap": float("nan"), "gap_percent": float("nan"), "rule": reason, "comparable": False}


def _stated(fact: Mapping) -> dict[str, object]:
    return {
        "ours": fact["value"],
        "ours_id": fact["id"],
        "ours_unit": fact["unit"],
        "ours_words": fact["text"],
        "ours_op": fact["op"],
        "ours_period": fact["period"],
    }
