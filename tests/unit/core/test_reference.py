"""Benchmarks, targets and the city's values beside a measure: converted by a stated rule, or refused with the reason."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.core.cityfacts import benchmark_values
from lib.core.reference import BENCHMARK, FACT, TARGET, references, within
from lib.model import Direction, Measure
from lib.store import catalog
from tests.unit.core.build import LOWER, NAN, records
from tests.unit.core.facts import CITY, benchmark, fact, frame, target

TIME = Measure("start_business.time", "企业开办时间", "工作日", LOWER)


def found(measure: Measure = TIME, benchmarks=(), targets=(), facts=()) -> pd.DataFrame:
    return references(
        measure,
        frame(*benchmarks or [benchmark()]),
        frame(*targets or [target(code="other")]),
        frame(*facts or [fact(code="other")]),
        CITY,
    )


def test_each_kind_in_the_measures_unit_with_its_rule() -> None:
    table = found(
        benchmarks=[benchmark(code=TIME.code, value=0.5, unit="工作日", period="2019-10")],
        targets=[target(scope="市本级")],
        facts=[fact(), fact(id="F2", period="2021-12", value=8.0)],
    )
    assert records(table, ("kind", "id", "period", "scope", "value", "rule")) == [
        (BENCHMARK, "B1", "2019-10", "", 0.5, ""),
        (TARGET, "T1", "2020-12-31", "市本级", 1.0, "“日”按 1 工作日计"),
        (FACT, "F1", "2020-12", "", 0.875, "按 8 小时 = 1 工作日折算"),
        (FACT, "F2", "2021-12", "", 1.0, "按 8 小时 = 1 工作日折算"),
    ]
    assert records(table[2:3], ("op", "stated", "unit")) == [("=", 7.0, "小时")]


@pytest.mark.parametrize(
    ("measure", "given", "reason"),
    [
        (TIME, {"unit": "天"}, "“天”与“工作日”口径不同，不作比较"),
        (TIME, {"value": NAN, "text": "由银行承担"}, "是文字“由银行承担”，不作比较"),
        (
            Measure(TIME.code, "贷款户数", "户", Direction.HIGHER),
            {"unit": "户"},
            "是全市（全省）合计，不与单个县（市、区）比较",
        ),
        (Measure(TIME.code, "时间", "工作日", LOWER, ambiguous_for=("x",)), {}, "没有写明口径，不作比较"),
        (Measure(TIME.code, "个数", "小时", Direction.NONE), {}, "没有写明口径，不作比较"),
    ],
)
def test_refused_with_the_reason(measure: Measure, given: dict, reason: str) -> None:
    assert records(found(measure, facts=[fact(**given)]), ("value", "rule")) == [(None, reason)]


def test_a_share_of_a_derived_measure_is_no_sum() -> None:
    measure = Measure(TIME.code, "人均", "人", Direction.HIGHER, numerator="a", denominator="b")
    assert found(measure, facts=[fact(unit="人", value=3.0)])["value"].tolist() == [3.0]


@pytest.mark.parametrize(
    "given", [{"region": "410421"}, {"kind": "before_after"}, {"code": "tax.time"}], ids=lambda given: next(iter(given))
)
def test_only_the_citys_own_values_of_that_measure(given: dict) -> None:
    assert found(facts=[fact(**given)]).empty


def test_horizontal_benchmarks_and_other_places_targets_are_left_out() -> None:
    table = found(
        benchmarks=[benchmark(code=TIME.code, axis="horizontal")], targets=[target(region="410421")], facts=[fact()]
    )
    assert table["kind"].tolist() == [FACT]


def test_the_best_national_benchmark_is_the_one_that_gaps_are_measured_to(seeded) -> None:
    benchmarks, facts, targets = (catalog.table(seeded, name) for name in ("benchmark", "fact", "target"))
    measures = catalog.measures(seeded)
    known = benchmark_values(benchmarks, measures)
    checked = 0
    for code, measure in measures.items():
        table = references(measure, benchmarks, targets, facts, CITY)
        values = table.loc[table["kind"] == BENCHMARK, "value"].dropna()
        if len(values):
            assert known[code] == (values.max() if measure.direction is Direction.HIGHER else values.min())
            checked += 1
    assert checked > 20


@pytest.mark.parametrize(
    ("about", "period", "kept"),
    [
        ("2020", "2020-Q4", False),
        ("2020-H2", "2020-Q4", False),
        ("2020-12", "2020-Q4", True),
        ("2020-Q4", "2020-Q4", True),
        ("2020", "2020", True),
    ],
)
def test_a_years_value_is_no_quarters(about: str, period: str, kept: bool) -> None:
    table = found(facts=[fact(period=about)], targets=[target()])
    assert within(table, period)["value"].notna().tolist() == [True, kept]
    reason = within(table, period)["rule"].iloc[1]
    assert reason.endswith("折算" if kept else "整段的数值，不与较短时段的数值比较")
    assert within(found(), period).empty
