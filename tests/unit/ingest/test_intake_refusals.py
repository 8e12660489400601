"""Every rule of the intake with a small bad file, and the exact file, row, column, value and expectation it reports."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lib.ingest.intake import Reading

Read = Callable[..., Reading]


def lines(reading: Reading) -> list[str]:
    return [f"{issue.code}|{issue}" for issue in reading.errors]


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (",西平县,3", "西平县"),
        ("411721,,3", "411721"),
        ("411721,西平县,3", "411721 西平县"),
        ("41042,,3", "41042"),
        (",,3", ""),
    ],
)
def test_a_place_outside_the_cohort(read: Read, row: str, value: str) -> None:
    reading = read(f"区划代码,区县,企业开办时间\n410421,宝丰县,1\n{row}\n")
    assert lines(reading) == [
        f'region-unknown|2020-Q3.csv 第 3 行「区划代码」："{value}" 不是参评的县（市、区）'
        "（期望：参评范围内的名称或代码）"
    ]
    assert list(reading.rows["region"]) == ["410421"]


def test_a_name_like_a_county_is_a_suggestion_and_never_taken(read: Read) -> None:
    reading = read("区县,企业开办时间\n宝丰县,1\n宝丰镇,3\n")
    assert lines(reading) == [
        'region-unknown|2020-Q3.csv 第 3 行「区县」："宝丰镇" 不是参评的县（市、区）'
        "（期望：参评范围内的名称或代码；是不是“宝丰县”）"
    ]
    assert list(reading.rows["region"]) == ["410421"]


def test_a_code_and_a_name_of_two_places(read: Read) -> None:
    assert lines(read("区划代码,区县,企业开办时间\n410421,叶县,3\n")) == [
        'region-conflict|2020-Q3.csv 第 2 行「区划代码」："410421 叶县" 代码与名称不是同一地区（期望：二者一致）'
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("三天", "不是数字"),
        ("半天", "“天”与“工作日”口径不同，不作比较"),
        ("2.5天", "“天”与“工作日”口径不同，不作比较"),
        ("98%", "带百分号，但这项测度的单位是“工作日”"),
        ("约3", "不是确切的数值"),
        ("1_000", "不是数字"),
        ("(3)", "不应为负数"),
        ("-3", "不应为负数"),
        ("inf", "不是数字"),
        ("1e999", "数字太大"),
        ("3元", "“元”与“工作日”口径不同，不作比较"),
        ("3头", "单位“头”与“工作日”没有换算规则"),
        ("#DIV/0!", "是公式错误"),
        ("=B2/C2", "是没有结果的公式"),
    ],
)
def test_text_in_a_number_says_the_unit_that_was_expected(read: Read, text: str, problem: str) -> None:
    reading = read(f"区县,网上办税率,企业开办时间\n叶县,90,1\n宝丰县,91,{text}\n")
    assert lines(reading) == [
        f'value-not-number|2020-Q3.csv 第 3 行「企业开办时间」："{text}" {problem}（期望：数字（工作日），缺失请留空）'
    ]
    assert list(reading.rows["value"]) == [90.0, 1.0, 91.0]


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("1 000", 1000.0, ""),
        ("1,234.5", 1234.5, ""),
        ("１２．５", 12.5, ""),
        ("3个工作日", 3.0, ""),
        ("半个工作日", 0.5, ""),
        ("4小时", 0.5, "按 8 小时 = 1 工作日折算"),
        ("1.2万", 12000.0, "“万”按 10,000 计"),
    ],
)
def test_a_number_in_office_writing(read: Read, text: str, value: float, note: str) -> None:
    reading = read(f'区县,企业开办时间\n宝丰县,"{text}"\n')
    assert lines(reading) == []
    assert list(reading.rows["value"]) == [value]
    assert list(reading.rows["note"]) == [note]
    assert [issue.code for issue in reading.issues if issue.code == "converted"] == (["converted"] if note else [])


@pytest.mark.parametrize("text", ["-", "—", "/", "…", "暂无", "不适用", "N/A", "nan", " "])
def test_words_for_missing_are_missing_and_never_zero(read: Read, text: str) -> None:
    reading = read(f"区县,企业开办时间\n宝丰县,{text}\n叶县,2\n")
    assert lines(reading) == []
    assert list(reading.rows["region"]) == ["410422"]


def test_a_share_written_with_its_sign_and_one_that_looks_like_a_fraction(read: Read) -> None:
    assert list(read("区县,网上办税率\n宝丰县,94.59%\n").rows["value"]) == [94.59]
    assert list(read("区县,网上办税率\n宝丰县,(3)\n").rows["value"]) == [-3.0]
    table = "区县,网上办税率\n宝丰县,0.94\n叶县,0.9\n高新区,0.5\n"
    assert lines(read(table)) == [
        "unit-question|2020-Q3.csv「网上办税率」：“网上办税率”的数值都在 0 与 1 左右，单位却是 %：不知道是百分数还是小数"
        "（期望：说明单位：小数 或 %，或给每个数写上 %）"
    ]


def test_text_in_a_number_of_a_long_table_stands_in_its_value_column(read: Read) -> None:
    assert lines(read("区县,指标,现值\n宝丰县,网上办税率,约九成\n")) == [
        'value-not-number|2020-Q3.csv 第 2 行「现值」："约九成" 不是数字（期望：数字（%），缺失请留空）'
    ]


def test_a_measure_without_a_unit_expects_a_number(read: Read) -> None:
    assert lines(read("区县,信用等级\n宝丰县,A\n")) == [
        'value-not-number|2020-Q3.csv 第 2 行「信用等级」："A" 不是数字（期望：数字，缺失请留空）'
    ]


def test_no_period_anywhere(read: Read) -> None:
    reading = read("区县,企业开办时间\n宝丰县,3\n", "指标.csv")
    assert lines(reading) == [
        "period-missing|指标.csv：没有评价期列，文件名也看不出评价期（期望：在“评价期”框（命令行 --period）写明，或加一列“评价期”）"
    ]
    assert reading.rows.empty


@pytest.mark.parametrize("period", ["", "三季度", "今年", "20200930"])
def test_a_cell_that_is_no_period(read: Read, period: str) -> None:
    assert lines(read(f"区县,评价期,企业开办时间\n宝丰县,{period},3\n")) == [
        f'period-invalid|2020-Q3.csv 第 2 行「评价期」："{period}" 不是评价期（期望：2020、2020-H1、2020-Q3 或 2020-09）'
    ]


def test_a_measure_that_is_not_in_the_catalogue(read: Read) -> None:
    assert lines(read("区县,指标,数值\n宝丰县,企业满意度,3\n")) == [
        'measure-unknown|2020-Q3.csv 第 2 行「指标」："企业满意度" 不在指标目录中（期望：测度的名称或代码）'
    ]


def test_the_same_measure_in_two_columns(read: Read) -> None:
    assert lines(read("表题,,\n区县,企业开办时间,start.time\n宝丰县,3,4\n")) == [
        "column-duplicate|2020-Q3.csv 第 2 行：同一测度有两列：企业开办时间（期望：每个测度一列）"
    ]


def test_the_same_place_in_two_rows(read: Read) -> None:
    reading = read("区县,企业开办时间,网上办税率\n宝丰县,3,90\n叶县,1,\n宝丰,4,\n410421,5,91\n")
    line = 'duplicate|2020-Q3.csv 第 {} 行「{}」："{}" 同一地区、测度、评价期重复（期望：只出现一次）'
    assert lines(reading) == [
        line.format(4, "企业开办时间", "4"),
        line.format(5, "企业开办时间", "5"),
        line.format(5, "网上办税率", "91"),
    ]


def test_no_county_in_the_first_fifteen_rows(read: Read) -> None:
    wanted = (
        "header-missing|2020-Q3.csv：前 {} 行里找不到县（市、区）"
        "（期望：一列（或一行）县（市、区）的名称或代码，上面（或左边）有测度名称）"
    )
    assert lines(read("甲,乙\n1,2\n")) == [wanted.format(2)]
    assert lines(read("表题,\n" * 15 + "区县,企业开办时间\n宝丰县,3\n")) == [wanted.format(15)]
    assert lines(read("表题,\n" * 14 + "区县,企业开办时间\n宝丰县,3\n")) == []


def test_a_header_without_a_measure(read: Read) -> None:
    assert lines(read("区县,满意度,负责人\n宝丰县,3,张\n")) == [
        'measure-columns-missing|2020-Q3.csv 第 1 行："满意度、负责人" 表头里没有指标目录中的测度'
        "（期望：测度的名称、别名或代码作列名，或“指标”“数值”两列）"
    ]


@pytest.mark.parametrize(
    "table", ["区县,企业开办时间\n", "区县,企业开办时间\n宝丰县,\n", "区县,企业开办时间\n全市,3\n"]
)
def test_a_table_without_a_value(read: Read, table: str) -> None:
    assert lines(read(table)) == [
        "values-missing|2020-Q3.csv：没有读到任何数值（期望：至少一个县（市、区）的一个数值）"
    ]


def test_all_problems_are_told_not_the_first(read: Read) -> None:
    reading = read("区县,评价期,企业开办时间,网上办税率\n西平县,2020,1,1\n宝丰县,2020,半天,九成\n叶县,,1,1\n")
    assert [(issue.code, issue.row, issue.column, issue.value) for issue in reading.errors] == [
        ("region-unknown", 2, "区县", "西平县"),
        ("value-not-number", 3, "企业开办时间", "半天"),
        ("value-not-number", 3, "网上办税率", "九成"),
        ("period-invalid", 4, "评价期", ""),
    ]


def test_an_error_in_a_workbook_names_its_sheet(read: Read, workbook: Callable) -> None:
    data = workbook({"三季度": [["区县", "企业开办时间"], ["宝丰县", 3], ["叶县", "三天"]]})
    assert lines(read(data, "2020.xlsx")) == [
        'value-not-number|2020.xlsx 工作表「三季度」 第 3 行「企业开办时间」："三天" 不是数字（期望：数字（工作日），缺失请留空）'
    ]


def test_a_workbook_without_a_table_says_so_of_every_sheet(read: Read, workbook: Callable) -> None:
    reading = read(workbook({"封面": [["平顶山市"]], "说明": []}), "2020.xlsx")
    assert [(issue.code, issue.sheet) for issue in reading.errors] == [
        ("header-missing", "封面"),
        ("header-missing", "说明"),
    ]
    assert reading.rows.empty
