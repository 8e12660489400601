"""The observations file of the `score` command: text stays text, and every refusal has its row, column and value."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from lib.ingest.tidy import read_observations
from lib.model import UserError

HEADER = "region,measure,period,value\n"


def read(text: str, header: str = HEADER) -> list[list[object]]:
    return read_observations((header + text).encode(), "O.csv", ["a", "b"]).to_numpy().tolist()


def refusals(text: str, header: str = HEADER) -> list[str]:
    with pytest.raises(UserError) as caught:
        read(text, header)
    return [f"{issue.code}|{issue}" for issue in caught.value.issues]


@pytest.mark.parametrize(
    "region", ["NA", "nan", "NaN", "null", "None", "N/A", "007", "410421", "宝丰县", "1e5", "TRUE"]
)
def test_a_region_is_text_whatever_it_looks_like(region: str) -> None:
    assert read(f"{region},a,2020,1.5\n") == [[region, "a", "2020", 1.5]]


def test_an_empty_value_is_missing_and_keeps_its_row() -> None:
    rows = read_observations((HEADER + "x,a,2020,\ny,a,2020,0\n").encode(), "O.csv", ["a"])
    assert math.isnan(rows.at[0, "value"])
    assert rows.at[1, "value"] == 0.0
    assert rows["value"].dtype == float


def test_other_columns_and_order_do_not_matter_and_spaces_go() -> None:
    found = read(" 3.5 ,说明, 2020-Q3,b , x\n", "value,note,period,measure,region\n")
    assert found == [["x", "b", "2020-Q3", 3.5]]


def test_a_file_with_a_header_only_is_an_empty_frame() -> None:
    rows = read_observations(HEADER.encode(), "O.csv", ["a"])
    assert list(rows.columns) == ["region", "measure", "period", "value"]
    assert rows.empty


@pytest.mark.parametrize(
    ("text", "value"), [("5", 5.0), ("-0.5", -0.5), ("+5", 5.0), (".5", 0.5), ("1e3", 1000.0), ("0", 0.0)]
)
def test_numbers(text: str, value: float) -> None:
    assert read(f"x,a,2020,{text}\n")[0][3] == value


@pytest.mark.parametrize(
    "text", ["半天", "NA", "nan", "inf", "-inf", "1e999", "12%", "1_000", "0x10", "1 000", "-", "—", "True", "2.5天"]
)
def test_text_in_a_number_is_refused_and_quoted(text: str) -> None:
    assert refusals(f"x,a,2020,1\ny,a,2020,{text}\n") == [
        f'value-not-number|O.csv 第 3 行「value」："{text}" 不是数字（期望：数字，空为缺失）'
    ]


def test_a_number_with_a_thousands_comma_is_refused() -> None:
    assert refusals('x,a,2020,"1,000"\n') == [
        'value-not-number|O.csv 第 2 行「value」："1,000" 不是数字（期望：数字，空为缺失）'
    ]


@pytest.mark.parametrize("period", ["", "20", "2020年", "2020-Q5", "2020-9", "三季度"])
def test_a_period_in_another_form_is_refused(period: str) -> None:
    assert refusals(f"x,a,{period},1\n") == [
        f'period-invalid|O.csv 第 2 行「period」："{period}" 不是评价期（期望：2020、2020-H1、2020-Q3 或 2020-09）'
    ]


@pytest.mark.parametrize("measure", ["", "c", "A", "企业开办时间"])
def test_a_measure_outside_the_framework_is_refused(measure: str) -> None:
    assert refusals(f"x,{measure},2020,1\n") == [
        f'measure-unknown|O.csv 第 2 行「measure」："{measure}" 不是指标体系中的测度（期望：指标体系中的末级代码）'
    ]


def test_an_empty_region_is_refused() -> None:
    assert refusals(" ,a,2020,1\n") == ['region-missing|O.csv 第 2 行「region」："" 地区代码为空（期望：地区代码）']


def test_the_second_and_third_row_of_the_same_thing_are_refused() -> None:
    line = 'duplicate|O.csv 第 {} 行「region」："x" 同一地区、测度、评价期重复（期望：每个地区、测度、评价期一行）'
    text = "x,a,2020,1\nx,b,2020,1\nx,a,2020,2\nx,a,2021,1\nx,a,2020,\n"
    assert refusals(text) == [line.format(4), line.format(6)]


def test_a_missing_column_is_named() -> None:
    assert refusals("x,a,1\n", "region,measure,values\n") == [
        "column-missing|O.csv 第 1 行：缺少列 period、value（期望：第一行为列名：region,measure,period,value）"
    ]


def test_a_column_that_stands_twice_is_named() -> None:
    assert refusals("x,a,2020,1,2\n", "region,measure,period,value,value\n") == [
        "column-duplicate|O.csv 第 1 行：列名重复：value（期望：列名各不相同）"
    ]


def test_rows_are_counted_as_in_the_file_and_problems_told_in_their_order() -> None:
    text = "\nx,c,2020,abc\n,,,\n,a,20,1\ny,a,2020,1\n"
    found = [
        (line.split("|")[0], line.split("「")[0].split("|")[1], line.split("「")[1][:6]) for line in refusals(text)
    ]
    assert found == [
        ("measure-unknown", "O.csv 第 3 行", "measur"),
        ("value-not-number", "O.csv 第 3 行", "value」"),
        ("region-missing", "O.csv 第 5 行", "region"),
        ("period-invalid", "O.csv 第 5 行", "period"),
    ]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_any_encoding_of_the_offices(encoding: str) -> None:
    data = (HEADER + "宝丰县,a,2020,3\n").encode(encoding)
    wanted = pd.DataFrame({"region": ["宝丰县"], "measure": ["a"], "period": ["2020"], "value": [3.0]})
    pd.testing.assert_frame_equal(read_observations(data, "O.csv", ["a"]), wanted, check_dtype=False)
