"""Units: converted only by a stated rule, refused where the scope differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.model import Conversion, convert

WORKDAY = "按 8 小时 = 1 工作日折算"
DAY = "“日”按 1 工作日计"
ITEM = "“项”与“个”同按个数计"


@pytest.mark.parametrize(
    ("value", "unit", "to", "converted", "rule"),
    [
        (7.0, "小时", "工作日", 0.875, WORKDAY),  # 7 / 8
        (3.0, "小时", "工作日", 0.375, WORKDAY),  # 3 / 8
        (0.5, "工作日", "小时", 4.0, WORKDAY),  # 0.5 × 8
        (1.0, "日", "工作日", 1.0, DAY),
        (2.0, "工作日", "日", 2.0, DAY),
        (4.0, "小时", "日", 0.5, f"{WORKDAY}；{DAY}"),
        (1.5, "日", "小时", 12.0, f"{DAY}；{WORKDAY}"),
        (100.0, "项", "个", 100.0, ITEM),
        (100.0, "个", "项", 100.0, ITEM),
        (1.1, "万个", "个", 11000.0, ""),
        (10.4, "亿元", "万元", 104000.0, ""),
        (350.0, "元", "万元", 0.035, ""),
        (17.9, "万人", "人", 179000.0, ""),
        (3.2, "万件", "件", 32000.0, ""),
    ],
)
def test_a_value_is_converted_and_says_by_which_rule(
    value: float, unit: str, to: str, converted: float, rule: str
) -> None:
    result = convert(value, unit, to)
    assert result.value == pytest.approx(converted, rel=1e-15)
    assert result.rule == rule
    assert not result.refused


@pytest.mark.parametrize("unit", ["工作日", "天", "分", "%", "女=100", ""])
def test_the_same_unit_needs_no_rule_even_if_it_is_unknown(unit: str) -> None:
    assert convert(2.5, unit, unit) == Conversion(2.5, "")


@pytest.mark.parametrize(
    ("unit", "to"),
    [
        ("天", "工作日"),  # 用电 1.4 天 against the 25 / 5 工作日 targets
        ("工作日", "天"),
        ("小时", "天"),
        ("天", "日"),
        ("个", "件"),
        ("项", "件"),
        ("人", "个"),
        ("元", "工作日"),
    ],
)
def test_units_of_different_scope_are_refused(unit: str, to: str) -> None:
    result = convert(1.4, unit, to)
    assert result == Conversion(None, f"“{unit}”与“{to}”口径不同，不作比较")
    assert result.refused


@pytest.mark.parametrize(("unit", "to"), [("名", ""), ("%", "百分点"), ("比例", "%"), ("工作日", "年")])
def test_units_without_a_rule_are_refused(unit: str, to: str) -> None:
    assert convert(1.0, unit, to) == Conversion(None, f"单位“{unit}”与“{to}”没有换算规则")


@given(st.floats(-1e9, 1e9), st.sampled_from([("小时", "工作日"), ("日", "小时"), ("项", "个"), ("万元", "亿元")]))
def test_there_and_back_is_a_round_trip(value: float, units: tuple[str, str]) -> None:
    unit, to = units
    there = convert(value, unit, to).value
    assert there is not None
    assert convert(there, to, unit).value == pytest.approx(value, rel=1e-12, abs=1e-300)
