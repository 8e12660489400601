"""对标: what two places state of the same measures, side by side; what may not be compared is refused with the reason."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.core.cityfacts import STATEMENTS, unclear_about
from lib.core.gap import values_of
from lib.core.reference import SUMMED_UNITS, whole_of
from lib.core.score import Scores
from lib.model import Direction, Framework, Measure, Period, convert, source

# What a place states of a measure; `basis` says how the period is known, `source` is the address of the statement or value.
STATED = ("code", "region", "scope", "period", "basis", "op", "value", "text", "unit", "source")
_OURS = ("ours", "ours_op", "ours_text", "ours_unit", "ours_scope", "ours_period", "ours_basis", "ours_source")
# A period so known is the moment at which something was said to be so, not the time over which it was counted.
_MOMENTS = frozenset({"通报时点", "不晚于"})
_AT_MOST, _AT_LEAST = ("<=", "<"), (">=", ">")


def of_documents(facts: pd.DataFrame, region: str, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """The latest statement of the documents about each measure of a place: STATED."""
    here = (facts["region"] == region) & facts["kind"].isin(STATEMENTS) & facts["code"].isin(measures)
    found: dict[str, dict] = {}
    for row in facts[here].to_dict("records"):
        known = found.get(row["code"])
        if known is None or Period.parse(row["period"]) > Period.parse(known["period"]):
            found[row["code"]] = row
    return _stated(pd.DataFrame(list(found.values()), columns=facts.columns))


def of_benchmarks(benchmarks: pd.DataFrame, region: str, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """Every statement about a national benchmark's measures, several of one measure where there are: STATED."""
    rows = benchmarks[(benchmarks["axis"] == "vertical") & (benchmarks["region"] == region)]
    return _stated(rows[rows["code"].isin(measures)].assign(scope=""))


def of_nation(benchmarks: pd.DataFrame, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """The same of every national benchmark, place by place in the order in which they are first named: STATED."""
    rows = benchmarks[(benchmarks["axis"] == "vertical") & benchmarks["code"].isin(measures)]
    order = {place: i for i, place in enumerate(rows["region"].unique())}
    return _stated(rows.sort_values("region", key=lambda places: places.map(order), kind="stable").assign(scope=""))


def of_values(scores: Scores, region: str, period: str, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """A member's values of a period, each in its measure's unit, missing ones left out: STATED."""
    rows = [
        (code, region, "", period, "", "=", value, "", measures[code].unit, source.value(region, code, period))
        for code, value in values_of(scores, region, period).items()
        if value == value
    ]
    return pd.DataFrame(rows, columns=list(STATED))


def course(facts: pd.DataFrame, region: str, measure: Measure) -> dict[Period, float]:
    """The numbers that documents state of a whole place on a measure over time, in its own unit, earliest first.

    Only periods of the latest one's kind, and no value that is only bounded or may not be converted.
    """
    rows = facts[(facts["region"] == region) & (facts["code"] == measure.code) & (facts["scope"] == "")]
    exact = rows[rows["kind"].isin(["observation", "before_after"]) & ~rows["op"].isin([*_AT_MOST, *_AT_LEAST])]
    points = {Period.parse(row["period"]): in_unit(row, measure)[0] for row in exact.to_dict("records")}
    known = {period: points[period] for period in sorted(points) if points[period] == points[period]}
    return {period: value for period, value in known.items() if period.kind == max(known).kind}


def about(framework: Framework, code: str, measures: Mapping[str, Measure]) -> dict[str, Measure]:
    """The catalogue's measures that are about a node, by code: those under it, all of the indicators in it, and those that may
    be about one of them without saying so; measures that are only counted are left out."""
    below = set(framework.below(code))
    inside = {node.code for node in framework.nodes if code in framework.path(node.code)}
    return {
        each: measure
        for each, measure in measures.items()
        if measure.direction is not Direction.NONE
        and (each in below or measure.indicator in inside or below & set(measure.ambiguous_for))
    }


def compare(
    ours: pd.DataFrame, theirs: pd.DataFrame, measures: Mapping[str, Measure], *, alike: bool = False
) -> pd.DataFrame:
    """Each statement of a benchmark beside ours on the same measure, comparable ones first.

    In: two STATED frames, ours with one row a measure; `alike`: the places are of one kind, so that sums over a whole
    place may be compared. Out: theirs' columns, ours, ours_op, ours_text, ours_unit, ours_scope, ours_period, ours_basis, ours_source, gap (in
    the measure's own unit, positive: we are behind), gap_percent (of the benchmark's value), ours_value and
    theirs_value (in that unit; NaN when refused), comparable, rule (the conversions, or the reason of the refusal).
    A value whose scope is unstated, of another scope, of a longer period than the benchmark's, or whose unit has no rule is
    never compared.
    """
    here = {row["code"]: row for row in ours.to_dict("records")}
    unclear = unclear_about(measures)
    rows = []
    for row in theirs.to_dict("records"):
        measure = measures[row["code"]]
        if measure.direction is Direction.NONE:
            continue
        known = here.get(measure.code)
        vague = next((here[code] for code, about in unclear.items() if measure.code in about and code in here), None)
        rows.append({**row, **_ours(known or vague), **_verdict(known, vague, row, measure, alike)})
    added = [*_OURS, "ours_value", "theirs_value", "gap", "gap_percent", "comparable", "rule"]
    table = pd.DataFrame(rows, columns=[*STATED, *added])
    return table.sort_values("comparable", ascending=False, kind="stable").reset_index(drop=True)


def in_unit(stated: Mapping[str, object], measure: Measure) -> tuple[float, str]:
    """A statement's number in the measure's own unit with the rule of the conversion; NaN with the reason when refused."""
    nothing = float("nan")
    if measure.ambiguous_for:
        return nothing, "没有写明口径，不作比较"
    if pd.isna(stated["value"]):
        return nothing, f"是文字“{stated['text']}”，不作比较"
    found = convert(float(stated["value"]), str(stated["unit"]), measure.unit)  # type: ignore[arg-type]
    return (nothing if found.value is None else found.value), found.rule


def _stated(rows: pd.DataFrame) -> pd.DataFrame:
    known = rows.assign(source=rows["id"].map(source.fact), basis=rows["period_basis"])
    return known.reindex(columns=list(STATED)).reset_index(drop=True)


def _ours(row: Mapping[str, object] | None) -> dict[str, object]:
    names = ("value", "op", "text", "unit", "scope", "period", "basis", "source")
    if row is None:
        return {**dict.fromkeys(_OURS, ""), "ours": float("nan")}
    return dict(zip(_OURS, (row[name] for name in names), strict=True))


def _verdict(
    known: Mapping[str, object] | None,
    vague: Mapping[str, object] | None,
    theirs: Mapping[str, object],
    measure: Measure,
    alike: bool,
) -> dict[str, object]:
    reason = _reason(known, vague, theirs, measure, alike)
    if reason:
        return _refused(reason)
    assert known is not None
    mine, my_rule = in_unit(known, measure)
    other, their_rule = in_unit(theirs, measure)
    if mine != mine:
        return _refused(f"本地现值{my_rule}")
    if other != other:
        return _refused(f"标杆值{their_rule}")
    sign = 1.0 if measure.direction is Direction.HIGHER else -1.0
    gap = sign * (other - mine) + 0.0
    rules = [my_rule, their_rule, _bound(known, "本地现值"), _bound(theirs, "标杆值")]
    return {
        "ours_value": mine,
        "theirs_value": other,
        "gap": gap,
        "gap_percent": 100.0 * gap / abs(other) if other else float("nan"),
        "comparable": True,
        "rule": "；".join(dict.fromkeys(filter(None, rules))),
    }


def _reason(
    known: Mapping[str, object] | None,
    vague: Mapping[str, object] | None,
    theirs: Mapping[str, object],
    measure: Measure,
    alike: bool,
) -> str:
    """Why the two may not be compared at all; "" when nothing speaks against it."""
    if known is None:
        return _unclear(vague) if vague else "没有本地现值"
    if measure.ambiguous_for:
        return "双方都未写明口径，不作比较"
    if known["scope"] != theirs["scope"]:
        mine, other = known["scope"] or "全域", theirs["scope"] or "全域"
        return f"本地现值只指“{mine}”，标杆值指“{other}”，口径不同，不作比较"
    if measure.unit in SUMMED_UNITS and not measure.derived and not alike:
        return "是合计数，两地大小不同，不作比较"
    return _longer(known, theirs)


def _unclear(vague: Mapping[str, object]) -> str:
    stated = vague["text"] if pd.isna(vague["value"]) else f"{vague['value']:g} {vague['unit']}"
    return f"本地现值 {stated}未写明口径，不作比较"


def _longer(known: Mapping[str, object], theirs: Mapping[str, object]) -> str:
    """Why ours, which was counted over a longer time than theirs, may not be compared; "" where it was not."""
    if not all(row["period"] and row["basis"] not in _MOMENTS for row in (known, theirs)):
        return ""
    longer = whole_of(str(known["period"]), str(theirs["period"]))
    return f"本地现值{longer}" if longer else ""


def _refused(reason: str) -> dict[str, object]:
    nothing = dict.fromkeys(("ours_value", "theirs_value", "gap", "gap_percent"), float("nan"))
    return {**nothing, "comparable": False, "rule": reason}


def _bound(row: Mapping[str, object], whose: str) -> str:
    """What a value that is only bounded says of itself."""
    if row["op"] in _AT_MOST:
        return f"{whose}只写明上限"
    return f"{whose}只写明下限" if row["op"] in _AT_LEAST else ""
