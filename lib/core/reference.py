"""What documents say beside a measure: national benchmarks, the city's targets, the city's own values; never scored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from lib.model import Direction, Measure, Period, convert

BENCHMARK, TARGET, FACT = "全国标杆", "市级目标", "平顶山市（文件）"
# What is counted over a whole place adds up over its parts: the city's number is no yardstick for one county.
SUMMED_UNITS = frozenset({"户", "万户", "人", "万人", "家", "万元", "亿元"})
_LENGTHS = ("month", "quarter", "half", "year")
COLUMNS = ("kind", "id", "region", "scope", "period", "op", "stated", "text", "unit", "value", "rule", "document")


def references(
    measure: Measure, benchmarks: pd.DataFrame, targets: pd.DataFrame, facts: pd.DataFrame, city: str
) -> pd.DataFrame:
    """Every national benchmark, target and value of the city on a measure, in the measure's unit where that is allowed.

    Out: kind, id, region, scope, period (of a target the deadline), op, stated, text and unit (as the document has
    it), value (in the measure's unit; NaN when refused), rule (the conversion, or why it is refused), document.
    """
    chosen = (
        (BENCHMARK, benchmarks[(benchmarks["axis"] == "vertical") & (benchmarks["code"] == measure.code)]),
        (TARGET, targets[(targets["region"] == city) & (targets["code"] == measure.code)]),
        (
            FACT,
            facts[(facts["region"] == city) & (facts["code"] == measure.code) & (facts["kind"] == "observation")],
        ),
    )
    rows = [each for kind, found in chosen for each in _rows(kind, found, measure)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def within(references: pd.DataFrame, period: str) -> pd.DataFrame:
    """The same without the values of the city that are about a longer time than a period: a year's is no quarter's.

    What is counted in a year is not what is counted in a quarter, so those are refused with the reason.
    """

    def refused(row: object) -> str:
        return whole_of(row.period, period) if row.kind == FACT else ""  # type: ignore[attr-defined]

    reasons = pd.Series([refused(row) for row in references.itertuples()], index=references.index, dtype=object)
    return references.assign(
        value=references["value"].mask(reasons != ""), rule=references["rule"].mask(reasons != "", reasons)
    )


def whole_of(period: str, shorter: str) -> str:
    """Why a value of a whole period may not stand beside one of a shorter period; "" when it is not longer."""
    about = Period.parse(period)
    if _LENGTHS.index(about.kind) <= _LENGTHS.index(Period.parse(shorter).kind):
        return ""
    return f"是{about.label}整段的数值，不与较短时段的数值比较"


def _rows(kind: str, found: pd.DataFrame, measure: Measure) -> Iterator[dict[str, object]]:
    for row in found.to_dict("records"):
        value, rule = _in_unit(row, measure)
        yield {
            "kind": kind,
            "id": row["id"],
            "region": row["region"],
            "scope": row.get("scope", ""),
            "period": row["deadline"] if kind == TARGET else row["period"],
            "op": row["op"],
            "stated": row["value"],
            "text": row["text"],
            "unit": row["unit"],
            "value": value,
            "rule": rule,
            "document": row["document"],
        }


def _in_unit(row: Mapping[str, object], measure: Measure) -> tuple[float, str]:
    nothing = float("nan")
    if measure.direction is Direction.NONE or measure.ambiguous_for:
        return nothing, "没有写明口径，不作比较"
    if pd.isna(row["value"]):
        return nothing, f"是文字“{row['text']}”，不作比较"
    if measure.unit in SUMMED_UNITS and not measure.derived:
        return nothing, "是全市（全省）合计，不与单个县（市、区）比较"
    found = convert(float(row["value"]), str(row["unit"]), measure.unit)  # type: ignore[arg-type]
    return (nothing if found.value is None else found.value), found.rule
