"""Display tables of what the documents say, cell by cell."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from lib.core.compare import compare, of_benchmarks, of_documents
from lib.core.goals import resolved
from lib.core.progress import STATUS_ORDER
from lib.core.progress import assess as assess_on
from lib.model import Measure
from lib.view import charts, tables
from tests.unit.core.build import HIGHER, LOWER, NAN
from tests.unit.core.facts import CITY, benchmark, fact, frame, target
from tests.unit.view.promise import columns_of

MEASURES = {
    measure.code: measure
    for measure in (
        Measure("start_business.time", "企业开办时间", "工作日", LOWER),
        Measure("electricity.procedures", "办电环节", "个", LOWER),
        Measure("tax.online_rate", "网上办税率", "%", HIGHER),
    )
}
NAMES = {code: measure.name for code, measure in MEASURES.items()} | {"trade.customs_opening": "海关开关"}
PLACES = {"110000": "北京市"}


def assess(targets: pd.DataFrame, facts: pd.DataFrame, ambiguous: dict) -> pd.DataFrame:
    """As on the last day of 2021."""
    return assess_on(resolved(targets), facts, ambiguous, day=date(2021, 12, 31))


DOCUMENTS = {"campaign-2019": "平营商办〔2019〕1号", "plan-2020": "平政办〔2020〕7号", "bulletin-37": "第37期"}
TWO = fact(code="electricity.procedures", value=2.0, unit="个", period="2021-12")


def statements(row: dict, *facts: dict) -> pd.DataFrame:
    """One national benchmark beside the city, with the benchmark's words."""
    row = {"period": "2019-10", **row}
    ours = of_documents(frame(*facts), CITY, MEASURES)
    found = compare(ours, of_benchmarks(frame(row), "110000", MEASURES), MEASURES)
    return found.assign(**{name: row[name] for name in ("before", "before_text", "quote", "document")})


def compared(row: dict, *facts: dict) -> dict[str, str]:
    """The display row of one national benchmark."""
    return tables.compared_table(statements(row, *facts), MEASURES, PLACES, DOCUMENTS).values.iloc[0].to_dict()


def test_level_with_beijing() -> None:
    row = compared(benchmark(), TWO)
    assert (row["测度"], row["标杆地区"], row["比较"]) == ("办电环节", "北京市", "持平")
    assert row["平顶山市现值"] == "2 个（2021年12月）"
    assert row["出处"] == "平营商办〔2019〕1号"


def test_both_numbers_of_a_comparison_open_their_quotes() -> None:
    found = statements(benchmark(id="B7"), {**TWO, "id": "F9"})
    table = tables.compared_table(found, MEASURES, PLACES, DOCUMENTS)
    assert (table.source(0, "标杆值"), table.source(0, "平顶山市现值")) == ("fact:B7", "fact:F9")


def test_a_target_opens_its_quote_and_its_present_value_opens_another() -> None:
    assessed = assess(frame(target(id="T1")), frame(fact(id="F2")), {})
    table = tables.target_table(assessed, NAMES, str, DOCUMENTS)
    assert [table.source(0, name) for name in ("目标", "期限", "现值", "基线")] == ["fact:T1", "fact:T1", "fact:F2", ""]
    nothing = assess(frame(target(id="T1", baseline=9.0)), frame(fact(code="tax.online_rate")), {})
    table = tables.target_table(nothing, NAMES, str, DOCUMENTS)
    assert (table.source(0, "现值"), table.source(0, "基线")) == ("", "fact:T1")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"op": "<=", "value": 25.0}, "6 个 → ≤ 25 个"),
        ({"op": ">", "value": 300.0}, "6 个 → > 300 个"),
        ({"op": "≈", "value": 8916.0}, "6 个 → 约 8,916 个"),
        ({"value": NAN, "text": "全免"}, "6 个 → 全免"),
        ({"before": NAN, "before_text": "数月"}, "数月 → 2 个"),
        ({"before": NAN}, "2 个"),
    ],
)
def test_the_benchmark_as_it_is_stated_with_its_time(row: dict, said: str) -> None:
    assert compared(benchmark(**row), TWO)["标杆值"] == f"{said}（2019年10月）"
    assert compared(benchmark(**row, period_basis="不晚于"), TWO)["标杆值"] == f"{said}（不晚于2019年10月）"
    assert compared(benchmark(**row, period=""), TWO)["标杆值"] == said


@pytest.mark.parametrize(
    ("row", "ours", "expected"),
    [
        (benchmark(value=4.0), {"value": 6.0}, "落后 2 个（50.0%）"),
        (benchmark(value=4.0), {"value": 3.0}, "领先 1 个（25.0%）"),
        (benchmark(value=0.0), {"value": 3.0}, "落后 3 个"),
        (benchmark(), {"unit": "公里"}, "本地现值单位“公里”与“个”没有换算规则"),
        (benchmark(), {"code": "tax.online_rate"}, "没有本地现值"),
        (
            benchmark(code="tax.online_rate", value=90.0, unit="%"),
            {"code": "tax.online_rate", "value": 99.0, "unit": "%"},
            "领先 9 个百分点（10.0%）",
        ),
        (benchmark(), {"unit": "项"}, "持平；“项”与“个”同按个数计"),
    ],
)
def test_the_comparison_in_words(row: dict, ours: dict, expected: str) -> None:
    assert compared(row, {**TWO, **ours})["比较"] == expected


def test_a_converted_comparison_says_by_which_rule() -> None:
    row = compared(benchmark(code="start_business.time", value=0.5, unit="工作日", op="<="), fact())
    assert row["比较"] == "落后 0.375 工作日（75.0%）；按 8 小时 = 1 工作日折算；标杆值只写明上限"
    assert row["平顶山市现值"] == "7 小时（2020年12月）"


def test_nothing_stated_here_is_a_dash_and_leads_nowhere() -> None:
    table = tables.compared_table(statements(benchmark(), fact(code="other")), MEASURES, PLACES, DOCUMENTS, "郏县")
    assert table.values.loc[0, ["郏县", "平顶山市现值"]].tolist() == ["6 个 → 2 个（2019年10月）", "—"]
    assert table.source(0, "平顶山市现值") == ""


def shown(goal: dict, *facts: dict) -> dict[str, str]:
    """The display row of one target."""
    assessed = assess(frame(goal), frame(*facts), {})
    return tables.target_table(assessed, NAMES, lambda codes: f"单位：{codes}", DOCUMENTS).values.iloc[0].to_dict()


def test_a_reached_target() -> None:
    row = shown(target(text="一日办结", owner="market_regulation"), fact())
    assert (row["状态"], row["目标事项"], row["目标"]) == ("已达标", "企业开办时间", "≤ 1 日")
    assert row["现值"].startswith("7 小时")
    assert (row["基线"], row["出处"]) == ("未写明", "平政办〔2020〕7号")
    assert row["责任单位"] == "单位：market_regulation"
    assert row["说明"] == "按 8 小时 = 1 工作日折算；“日”按 1 工作日计"


def test_a_value_is_shown_as_the_document_states_it() -> None:
    assert shown(target(unit="工作日"), fact(op="<=", value=72.0, unit="工作日"))["现值"].startswith("≤ 72 工作日")
    words = shown(target(), fact(kind="text", value=NAN, text="大幅压缩", unit=""))
    assert words["现值"].startswith("大幅压缩")


def test_a_target_without_a_value() -> None:
    row = shown(target(deadline=""), fact(code="tax.online_rate"))
    assert (row["状态"], row["现值"], row["期限"]) == ("有目标无现值", "—", "未写明")


@pytest.mark.parametrize(
    ("baseline", "basis", "expected"),
    [(NAN, "", "未写明"), (NAN, "2017年", "2017年"), (141.0, "", "141 工作日"), (141.0, "2017年", "141 工作日")],
)
def test_the_baseline(baseline: float, basis: str, expected: str) -> None:
    assert shown(target(unit="工作日", baseline=baseline, baseline_basis=basis), fact())["基线"] == expected


def test_a_milestone_is_shown_in_its_words() -> None:
    goal = target(code="trade.customs_opening", op="", value=NAN, text="开关运营", unit="", direction="none")
    assert shown(goal, fact())["目标"] == "开关运营"


def test_weak_indicators_in_the_bulletins_order_with_what_it_states() -> None:
    weak = pd.DataFrame({"code": ["trade", "contracts"], "document": ["bulletin-37"] * 2})
    names = {"trade": "跨境贸易", "contracts": "执行合同"}
    table = tables.weak_indicator_table(weak, names, {"contracts": "解决商业纠纷时间 240 工作日"})
    assert table[["序号", "短板指标", "通报所列现值"]].values.tolist() == [
        ["1", "跨境贸易", "通报没有给出数值"],
        ["2", "执行合同", "解决商业纠纷时间 240 工作日"],
    ]


def test_status_rows_count_every_status_in_its_order() -> None:
    order = [status.value for status in STATUS_ORDER]
    table = tables.status_rows(pd.DataFrame({"status": ["已达标", "有目标无现值", "已达标"]}), order)
    assert dict(zip(table["status"], table["count"], strict=True)) == {
        **dict.fromkeys(order, 0),
        "已达标": 2,
        "有目标无现值": 1,
    }
    assert table["status"].tolist() == order
    assert set(table.columns) == columns_of(charts.status_bars)


def test_nothing_to_count_is_all_zeros() -> None:
    assert tables.status_rows(pd.DataFrame({"status": []}, dtype=object), ["已达标"])["count"].tolist() == [0]
