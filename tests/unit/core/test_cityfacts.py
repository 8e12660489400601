"""What the documents say of the city, beside the nation's benchmarks."""

from __future__ import annotations

from lib.core.cityfacts import (
    benchmark_values,
    best_benchmarks,
    latest,
    province_places,
    unclear_about,
    weak_indicators,
)
from lib.model import Direction, Measure
from tests.unit.core.build import HIGHER, LOWER, NAN
from tests.unit.core.facts import CITY, benchmark, fact, frame

MEASURES = {
    measure.code: measure
    for measure in (
        Measure("start_business.time", "企业开办时间", "工作日", LOWER),
        Measure("electricity.procedures", "办电环节", "个", LOWER),
        Measure("electricity.time_low", "低压用户平均接电时长", "工作日", LOWER),
        Measure(
            "electricity.time_unstated",
            "用电时间（口径未写明）",
            "天",
            LOWER,
            ambiguous_for=("electricity.time_low", "electricity.time_high"),
        ),
        Measure("electricity.pilot_sites", "试点", "个", Direction.NONE),
        Measure("tax.online_rate", "网上办税率", "%", HIGHER),
    )
}


def test_the_latest_statement_by_its_period() -> None:
    facts = frame(
        fact(id="F1", period="2021-12"),
        fact(id="F2", period="2020"),
        fact(id="F3", period="2021-Q3"),
        fact(id="F4", period="2022", kind="rank"),
        fact(id="F5", period="2022", region="411721"),
    )
    found = latest(facts, CITY, "start_business.time")
    assert found is not None
    assert found["id"] == "F1"
    assert latest(facts, CITY, "overall") is None


def test_places_in_the_province_by_year() -> None:
    facts = frame(
        fact(id="F2", kind="rank", code="overall", value=10.0, period="2020"),
        fact(id="F1", kind="rank", code="overall", value=9.0, period="2019"),
        fact(id="F3", kind="rank", code="overall", value=NAN, text="第一方阵", period="2021"),
        fact(id="F4", kind="rank", code="investors", value=3.0, period="2020"),
        fact(id="F5", kind="rank", code="overall", value=1.0, period="2020", region="410100"),
    )
    places = province_places(facts, CITY)
    assert list(zip(places["period"], places["value"], strict=True)) == [("2019", 9.0), ("2020", 10.0)]


def test_weak_indicators_in_the_bulletins_order() -> None:
    facts = frame(
        fact(kind="rank", code="trade", text="短板指标"),
        fact(kind="rank", code="investors", text="第一方阵"),
        fact(kind="rank", code="contracts", text="短板指标"),
        fact(kind="text", code="credit", text="短板指标"),
        fact(kind="rank", code="labour", text="短板指标", region="410100"),
    )
    assert weak_indicators(facts, CITY)["code"].tolist() == ["trade", "contracts"]


def test_the_best_national_benchmark_in_the_measures_own_unit() -> None:
    rows = frame(
        benchmark(code="start_business.time", value=4.0, unit="小时"),  # 0.5 工作日
        benchmark(code="start_business.time", value=1.0, unit="工作日"),
        benchmark(code="start_business.time", value=0.1, unit="天"),  # no rule: left out
        benchmark(code="start_business.time", value=0.2, unit="工作日", axis="horizontal"),
        benchmark(code="start_business.time", value=NAN, text="即办", unit="工作日"),
        benchmark(code="tax.online_rate", value=98.0, unit="%"),
        benchmark(code="tax.online_rate", value=99.0, unit="%"),
        benchmark(code="electricity.time_unstated", value=25.0, unit="天"),
        benchmark(code="electricity.pilot_sites", value=9.0),
        benchmark(code="unknown", value=9.0),
    )
    assert benchmark_values(rows, MEASURES) == {"start_business.time": 0.5, "tax.online_rate": 99.0}


def test_measures_that_do_not_say_what_they_are_about() -> None:
    assert unclear_about(MEASURES) == {"electricity.time_unstated": ("electricity.time_low", "electricity.time_high")}


def test_the_best_benchmark_of_a_measure_with_its_statement_and_its_rule() -> None:
    rows = frame(
        benchmark(id="B1", code="start_business.time", value=2.0, unit="工作日"),
        benchmark(id="B2", code="start_business.time", value=8.0, unit="小时"),
        benchmark(id="B3", code="electricity.procedures", axis="horizontal"),
        benchmark(id="B4", code="electricity.procedures", value=float("nan")),
        benchmark(id="B5", code="tax.online_rate", unit="公里"),
        benchmark(id="B6", code="unknown"),
    )
    found = best_benchmarks(rows, MEASURES)
    assert found.index.tolist() == ["start_business.time"]
    assert found.loc["start_business.time", ["value", "id"]].tolist() == [1.0, "B2"]
    assert "8 小时 = 1 工作日" in found.loc["start_business.time", "rule"]
