"""What the documents say of the city, beside the nation's benchmarks."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.core.cityfacts import (
    benchmark_values,
    best_benchmarks,
    latest,
    province_places,
    unclear_about,
    vertical,
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
UNSTATED = fact(id="F9", code="electricity.time_unstated", value=1.4, unit="天", period="2021-12")


def beside(row: dict, *facts: dict) -> pd.Series:
    """One benchmark with the city's value."""
    return vertical(frame(row), frame(*facts), MEASURES, CITY).iloc[0]


def test_two_procedures_are_level_with_beijing() -> None:
    row = beside(benchmark(), fact(code="electricity.procedures", value=2.0, unit="个", period="2021-12"))
    assert (row["gap"], row["gap_percent"], row["rule"], bool(row["comparable"])) == (0.0, 0.0, "", True)
    assert (row["ours"], row["ours_unit"], row["ours_op"], row["ours_period"]) == (2.0, "个", "=", "2021-12")
    assert row["ours_id"] == "F1"


@pytest.mark.parametrize(
    ("row", "ours", "gap", "percent"),
    [
        # lower is better: 6 against 4 is 2 behind, half of theirs; 3 is one ahead, a quarter
        (benchmark(value=4.0), fact(code="electricity.procedures", value=6.0, unit="个"), 2.0, 50.0),
        (benchmark(value=4.0), fact(code="electricity.procedures", value=3.0, unit="个"), -1.0, -25.0),
        # higher is better: 95 against 99 is 4 behind
        (
            benchmark(code="tax.online_rate", value=99.0, unit="%"),
            fact(code="tax.online_rate", value=95.0, unit="%"),
            4.0,
            400 / 99,
        ),
        (benchmark(value=0.0), fact(code="electricity.procedures", value=3.0, unit="个"), 3.0, NAN),
    ],
)
def test_gap_and_percent(row: dict, ours: dict, gap: float, percent: float) -> None:
    found = beside(row, ours)
    assert found["gap"] == gap
    assert found["gap_percent"] == pytest.approx(percent, nan_ok=True)


def test_a_gap_is_in_the_benchmarks_unit_by_a_stated_rule() -> None:
    # 7 小时 is 0.875 工作日; against 0.5 that is 0.375 behind, 75 %.
    row = beside(benchmark(code="start_business.time", value=0.5, unit="工作日"), fact())
    assert (row["gap"], row["gap_percent"], row["rule"]) == (0.375, 75.0, "按 8 小时 = 1 工作日折算")


def test_one_point_four_days_of_unstated_scope_are_never_compared() -> None:
    low = beside(benchmark(code="electricity.time_low", value=25.0, unit="天", op="<="), UNSTATED)
    assert (low["rule"], bool(low["comparable"])) == ("本市现值 1.4 天未写明口径，不作比较", False)
    assert pd.isna(low[["gap", "gap_percent"]]).all()
    assert (low["ours"], low["ours_unit"]) == (1.4, "天")
    both = beside(benchmark(code="electricity.time_unstated", value=25.0, unit="天"), UNSTATED)
    assert (both["rule"], bool(both["comparable"])) == ("双方都未写明口径，不作比较", False)


def test_a_unit_without_a_rule_is_refused_with_the_reason() -> None:
    row = beside(
        benchmark(code="electricity.time_low", value=4.74, unit="天"),
        fact(code="electricity.time_low", value=5.0, unit="工作日"),
    )
    assert (row["rule"], bool(row["comparable"])) == ("“工作日”与“天”口径不同，不作比较", False)


@pytest.mark.parametrize(
    ("row", "ours", "rule"),
    [
        (benchmark(value=NAN, text="全免"), {"value": 2.0, "unit": "个"}, "标杆值是文字“全免”，不作比较"),
        (benchmark(), {"kind": "text", "value": NAN, "text": "大幅减少"}, "本市现值是文字“大幅减少”，不作比较"),
    ],
)
def test_words_are_not_compared(row: dict, ours: dict, rule: str) -> None:
    found = beside(row, fact(code="electricity.procedures", **ours))
    assert (found["rule"], bool(found["comparable"])) == (rule, False)


def test_only_vertical_benchmarks_on_scored_measures_that_the_city_has() -> None:
    rows = frame(
        benchmark(id="B1"),
        benchmark(id="B2", axis="horizontal"),
        benchmark(id="B3", code="electricity.pilot_sites"),
        benchmark(id="B4", code="unknown"),
        benchmark(id="B5", code="tax.online_rate"),
    )
    facts = frame(
        fact(code="electricity.procedures", value=2.0, unit="个"),
        fact(code="electricity.pilot_sites", value=2.0, unit="个"),
        fact(code="tax.online_rate", region="411721"),
    )
    assert vertical(rows, facts, MEASURES, CITY)["id"].tolist() == ["B1"]


def test_comparable_ones_come_first_in_their_order() -> None:
    rows = frame(
        benchmark(id="B1", code="electricity.time_low", unit="天"),
        benchmark(id="B2"),
        benchmark(id="B3", code="start_business.time", unit="工作日"),
    )
    facts = frame(UNSTATED, fact(), fact(code="electricity.procedures", value=2.0, unit="个"))
    table = vertical(rows, facts, MEASURES, CITY)
    assert table["id"].tolist() == ["B2", "B3", "B1"]
    added = {
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
    }
    assert set(table.columns) == set(rows.columns) | added


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
