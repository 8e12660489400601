"""What two places state of the same measures: compared by a stated rule, or refused with the reason."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.core.compare import STATED, about, compare, course, in_unit, of_benchmarks, of_documents, of_values
from lib.model import Direction, Measure, Node, Period
from tests.unit.core.build import HIGHER, LOWER, NAN, leaf, records, scored, tree
from tests.unit.core.facts import CITY, benchmark, fact, frame

MEASURES = {
    measure.code: measure
    for measure in (
        Measure("start_business.time", "企业开办时间", "工作日", LOWER, "start_business"),
        Measure("electricity.procedures", "办电环节", "个", LOWER, "electricity"),
        Measure("electricity.time_low", "低压用户平均接电时长", "工作日", LOWER, "electricity"),
        Measure(
            "electricity.time_unstated",
            "用电时间（口径未写明）",
            "天",
            LOWER,
            "electricity",
            ambiguous_for=("electricity.time_low", "electricity.time_high"),
        ),
        Measure("electricity.pilot_sites", "试点", "个", Direction.NONE, "electricity"),
        Measure("electricity.users", "接电户数", "家", HIGHER, "electricity"),
        Measure("tax.online_rate", "网上办税率", "%", HIGHER, "tax"),
    )
}
UNSTATED = fact(id="F9", code="electricity.time_unstated", value=1.4, unit="天", period="2021-12")
TWO = fact(code="electricity.procedures", value=2.0, unit="个", period="2021-12")
BEIJING = "110000"


def stated(*facts: dict) -> pd.DataFrame:
    return of_documents(frame(*facts), CITY, MEASURES)


def beside(row: dict, *facts: dict, alike: bool = False) -> pd.Series:
    """One national benchmark beside the city."""
    row = {"region": BEIJING, "period": "2019-10", **row}
    return compare(stated(*facts), of_benchmarks(frame(row), BEIJING, MEASURES), MEASURES, alike=alike).iloc[0]


def test_what_was_so_by_a_day_is_not_counted_over_a_time() -> None:
    year = {**TWO, "period": "2020"}
    assert not beside(benchmark(), year)["comparable"]
    assert beside(benchmark(period_basis="不晚于"), year)["comparable"]
    assert beside(benchmark(), {**year, "period_basis": "通报时点"})["comparable"]
    assert beside(benchmark(period=""), year)["comparable"]  # a time that nobody states


def test_two_procedures_are_level_with_beijing() -> None:
    row = beside(benchmark(), TWO)
    assert (row["gap"], row["gap_percent"], row["rule"], bool(row["comparable"])) == (0.0, 0.0, "", True)
    assert (row["ours"], row["ours_unit"], row["ours_op"], row["ours_period"]) == (2.0, "个", "=", "2021-12")
    assert (row["source"], row["ours_source"]) == ("fact:B1", "fact:F1")


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


def test_a_gap_is_in_the_measures_own_unit_by_a_stated_rule() -> None:
    # 7 小时 is 0.875 工作日, 4 小时 is 0.5: 0.375 behind, 75 %.
    row = beside(benchmark(code="start_business.time", value=4.0, unit="小时"), fact())
    assert (row["gap"], row["gap_percent"], row["rule"]) == (0.375, 75.0, "按 8 小时 = 1 工作日折算")
    assert (row["ours_value"], row["theirs_value"]) == (0.875, 0.5)


def test_one_point_four_days_of_unstated_scope_are_never_compared() -> None:
    low = beside(benchmark(code="electricity.time_low", value=25.0, unit="天", op="<="), UNSTATED)
    assert (low["rule"], bool(low["comparable"])) == ("本地现值 1.4 天未写明口径，不作比较", False)
    assert pd.isna(low[["gap", "gap_percent", "ours_value", "theirs_value"]]).all()
    assert (low["ours"], low["ours_unit"]) == (1.4, "天")
    both = beside(benchmark(code="electricity.time_unstated", value=25.0, unit="天"), UNSTATED)
    assert (both["rule"], bool(both["comparable"])) == ("双方都未写明口径，不作比较", False)


@pytest.mark.parametrize(
    ("row", "ours", "rule"),
    [
        (benchmark(value=NAN, text="全免"), {"value": 2.0, "unit": "个"}, "标杆值是文字“全免”，不作比较"),
        (benchmark(), {"kind": "text", "value": NAN, "text": "大幅减少"}, "本地现值是文字“大幅减少”，不作比较"),
        (
            benchmark(),
            {"value": 2.0, "unit": "个", "scope": "市区"},
            "本地现值只指“市区”，标杆值指“全域”，口径不同，不作比较",
        ),
        (benchmark(), {"code": "tax.online_rate"}, "没有本地现值"),
        (
            benchmark(),
            {"value": 2.0, "unit": "个", "period": "2020"},
            "本地现值是2020年整段的数值，不与较短时段的数值比较",
        ),
        (
            benchmark(code="electricity.time_low", value=4.74, unit="天"),
            {"code": "electricity.time_low", "value": 5.0, "unit": "工作日"},
            "标杆值“天”与“工作日”口径不同，不作比较",
        ),
    ],
)
def test_what_is_refused_with_the_reason(row: dict, ours: dict, rule: str) -> None:
    found = beside(row, fact(**{"code": "electricity.procedures", **ours}))
    assert (found["rule"], bool(found["comparable"])) == (rule, False)
    assert pd.isna(found[["gap", "gap_percent"]]).all()


def test_sums_over_a_whole_place_are_compared_only_between_places_of_a_kind() -> None:
    row, ours = benchmark(code="electricity.users", value=5.0, unit="家"), fact(code="electricity.users", unit="家")
    assert beside(row, ours)["rule"] == "是合计数，两地大小不同，不作比较"
    assert beside(row, ours, alike=True)["gap"] == -2.0


def test_a_value_that_is_only_bounded_says_so() -> None:
    row = beside(benchmark(op="<=", value=3.0), {**TWO, "op": ">="})
    assert (row["gap"], row["rule"]) == (-1.0, "本地现值只写明下限；标杆值只写明上限")


def test_only_vertical_benchmarks_on_scored_measures() -> None:
    rows = frame(
        benchmark(id="B1", period="2019-10"),
        benchmark(id="B2", period="2019-10", axis="horizontal"),
        benchmark(id="B3", period="2019-10", code="electricity.pilot_sites"),
        benchmark(id="B4", period="2019-10", code="unknown"),
        benchmark(id="B5", period="2019-10", region="310000"),
    )
    theirs = of_benchmarks(rows, BEIJING, MEASURES)
    assert theirs["source"].tolist() == ["fact:B1", "fact:B3"]
    assert tuple(theirs.columns) == STATED
    assert compare(stated(TWO), theirs, MEASURES)["source"].tolist() == ["fact:B1"]


def test_comparable_ones_come_first_in_their_order() -> None:
    rows = frame(
        benchmark(id="B1", period="2019-10", code="electricity.time_low", unit="天"),
        benchmark(id="B2", period="2019-10"),
        benchmark(id="B3", period="2019-10", code="start_business.time", unit="工作日"),
    )
    ours = stated(UNSTATED, fact(), TWO)
    table = compare(ours, of_benchmarks(rows, BEIJING, MEASURES), MEASURES)
    assert table["source"].tolist() == ["fact:B2", "fact:B3", "fact:B1"]


def test_the_latest_statement_of_each_measure_of_a_place() -> None:
    table = stated(
        fact(id="F1", period="2020-12"), fact(id="F2", period="2021-12"), TWO | {"id": "F3"}, fact(id="F4", code="x")
    )
    assert records(table, ("code", "period", "source")) == [
        ("start_business.time", "2021-12", "fact:F2"),
        ("electricity.procedures", "2021-12", "fact:F3"),
    ]
    assert of_documents(frame(fact()), "411721", MEASURES).empty


def test_a_members_values_are_in_their_measures_units() -> None:
    scores = scored(
        {"electricity.procedures": [2, 4], "tax.online_rate": [None, 90]},
        tree(leaf("electricity.procedures"), leaf("tax.online_rate", HIGHER)),
    )
    assert records(of_values(scores, "A", "2020", MEASURES), ("code", "value", "unit", "source")) == [
        ("electricity.procedures", 2.0, "个", "value:electricity.procedures:A:2020")
    ]
    row = compare(stated(TWO), of_values(scores, "B", "2020", MEASURES), MEASURES).iloc[0]
    assert (row["code"], row["gap"], row["period"]) == ("electricity.procedures", -2.0, "2020")


def test_a_number_in_the_measures_unit() -> None:
    assert in_unit({"value": 4.0, "unit": "小时", "text": ""}, MEASURES["start_business.time"]) == (
        0.5,
        "按 8 小时 = 1 工作日折算",
    )


def test_the_measures_about_a_node() -> None:
    framework = tree(
        Node("utilities", parent="t"),
        Node("electricity", parent="utilities"),
        leaf("electricity.procedures", parent="electricity"),
        leaf("electricity.time_low", parent="electricity"),
        leaf("tax.online_rate", HIGHER),
    )

    def codes(node: str) -> set[str]:
        return set(about(framework, node, MEASURES))

    # What is only counted has no better end: it is about nothing that can be compared.
    counted = {code for code, measure in MEASURES.items() if measure.direction is Direction.NONE}
    power = {code for code in MEASURES if code.startswith("electricity.")} - counted
    assert counted
    assert codes("electricity") == codes("utilities") == power
    assert codes("electricity.time_low") == {"electricity.time_low", "electricity.time_unstated"}
    assert codes("tax.online_rate") == {"tax.online_rate"}
    # What belongs to no indicator of the framework is about none of it.
    assert codes("t") == power | {"tax.online_rate"}


def test_what_is_stated_over_time_in_one_kind_of_period() -> None:
    time = MEASURES["start_business.time"]
    rows = frame(
        fact(period="2021-12", value=4.0),
        fact(period="2020-12", value=1.0, unit="日"),
        fact(period="2020", value=9.0),
        fact(period="2019-12", op="<=", value=9.0),  # only a bound
        fact(period="2018-12", value=9.0, unit="天"),  # no rule
        fact(period="2017-12", value=9.0, scope="市区"),
        fact(period="2016-12", kind="text", value=NAN, text="减少"),
        fact(period="2015-12", region="411721"),
    )
    found = course(rows, CITY, time)
    assert {str(period): value for period, value in found.items()} == {"2020-12": 1.0, "2021-12": 0.5}
    assert list(found) == [Period.parse("2020-12"), Period.parse("2021-12")]
    assert course(rows.head(0), CITY, time) == {}
