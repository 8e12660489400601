"""An office's table, long or wide, becomes observations that remember their sheet, row and column."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lib.ingest.intake import Reading
from lib.model import Issue

Read = Callable[..., Reading]
FROM_NAME = "2020-Q3.csv：评价期取自文件名：2020-Q3"


def rows(reading: Reading) -> list[tuple[object, ...]]:
    columns = ["region", "measure", "period", "value", "row", "column"]
    return list(reading.rows[columns].itertuples(index=False, name=None))


def told(reading: Reading) -> list[tuple[str, str, str]]:
    return [(issue.code, issue.severity.value, str(issue)) for issue in reading.issues]


WIDE = "区划代码,区县,企业开办时间,网上办税率（％）\n410421,宝丰县,3,98.5\n410422,叶县,2.5,\n"
LONG = "区县,指标,评价期,数值\n宝丰县,企业开办时间,2020-Q3,3\n宝丰县,tax.online,2020年三季度,98.5\n叶县,开办时间,2020Q3,2.5\n"


def test_a_wide_table_has_a_column_a_measure(read: Read) -> None:
    reading = read(WIDE)
    assert rows(reading) == [
        ("410421", "start.time", "2020-Q3", 3.0, 2, "企业开办时间"),
        ("410421", "tax.online", "2020-Q3", 98.5, 2, "网上办税率（％）"),
        ("410422", "start.time", "2020-Q3", 2.5, 3, "企业开办时间"),
    ]
    assert told(reading) == [("period-from-name", "info", FROM_NAME)]


def test_a_long_table_has_a_row_a_value(read: Read) -> None:
    reading = read(LONG, "指标.csv")
    assert rows(reading) == [
        ("410421", "start.time", "2020-Q3", 3.0, 2, "数值"),
        ("410421", "tax.online", "2020-Q3", 98.5, 3, "数值"),
        ("410422", "start.time", "2020-Q3", 2.5, 4, "数值"),
    ]
    assert told(reading) == []


def test_long_and_wide_say_the_same(read: Read) -> None:
    key = ["region", "measure", "period"]
    long, wide = (read(text).rows.set_index(key)["value"].sort_index() for text in (LONG, WIDE))
    assert long.to_dict() == wide.to_dict()


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_any_encoding_of_the_offices(read: Read, encoding: str) -> None:
    assert rows(read(WIDE.encode(encoding))) == rows(read(WIDE))


@pytest.mark.parametrize(
    "place", ["410421", "410421000000", "410421.0", "宝丰", "宝丰县", "宝　丰　县", " 宝丰县 ", "平顶山市宝丰县"]
)
def test_a_place_by_code_or_name(read: Read, place: str) -> None:
    assert rows(read(f"地区,企业开办时间\n{place},3\n")) == [
        ("410421", "start.time", "2020-Q3", 3.0, 2, "企业开办时间")
    ]


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("410400,平顶山市", "410400 平顶山市"),
        ("410400000000,", "410400000000"),
        (",全市", "全市"),
        (",合　计", "合 计"),
        ("410000,河南省", "410000 河南省"),
    ],
)
def test_a_total_row_is_left_out_and_reported(read: Read, row: str, shown: str) -> None:
    reading = read(f"区划代码,区县,企业开办时间\n{row},9\n410421,宝丰县,3\n")
    assert rows(reading) == [("410421", "start.time", "2020-Q3", 3.0, 3, "企业开办时间")]
    line = f'2020-Q3.csv 第 2 行「区划代码」："{shown}" 是合计行，不是县（市、区），未导入'
    assert told(reading) == [("period-from-name", "info", FROM_NAME), ("total-row", "info", line)]
    assert reading.errors == ()


def test_unknown_columns_are_one_warning(read: Read) -> None:
    reading = read("省,区县,企业开办时间,负责人\n河南省,宝丰县,3,无\n")
    assert rows(reading) == [("410421", "start.time", "2020-Q3", 3.0, 2, "企业开办时间")]
    assert told(reading)[1:] == [
        ("column-unknown", "warning", "2020-Q3.csv 第 1 行：2 列不在指标目录中，未导入：省、负责人")
    ]


def test_many_unknown_columns_are_listed_up_to_five(read: Read) -> None:
    reading = read("区县,企业开办时间,甲,乙,丙,丁,戊,己\n宝丰县,3,1,1,1,1,1,1\n")
    assert told(reading)[1][2] == "2020-Q3.csv 第 1 行：6 列不在指标目录中，未导入：甲、乙、丙、丁、戊…"


@pytest.mark.parametrize(
    ("name", "period"),
    [("平顶山市2020年三季度.csv", "2020-Q3"), ("census-2020.csv", "2020"), ("2020年上半年指标.txt", "2020-H1")],
)
def test_the_file_name_gives_the_period_and_says_so(read: Read, name: str, period: str) -> None:
    reading = read("区县,企业开办时间\n宝丰县,3\n", name)
    assert set(reading.rows["period"]) == {period}
    assert told(reading) == [("period-from-name", "info", f"{name}：评价期取自文件名：{period}")]


def test_a_period_given_goes_before_the_file_name_and_a_column_before_both(read: Read) -> None:
    given = read("区县,企业开办时间\n宝丰县,3\n", period="2021")
    assert set(given.rows["period"]) == {"2021"}
    doubt = "2020-Q3.csv：按填写的评价期 2021 导入，但文件名是 2020-Q3"
    assert told(given) == [("period-contradicted", "warning", doubt)]
    within = read("区县,企业开办时间\n宝丰县,3\n", "2020年.csv", period="2020-Q3")
    assert (set(within.rows["period"]), told(within)) == ({"2020-Q3"}, [])
    column = read("区县,年度,企业开办时间\n宝丰县,2019,3\n", period="2021")
    assert set(column.rows["period"]) == {"2019"}


def test_the_header_may_stand_below_a_title_and_rows_are_counted_from_the_top(read: Read) -> None:
    reading = read("表1 营商环境,,\n单位：工作日,,\n\n序号,区县,企业开办时间\n1,宝丰县,3\n,,\n2,叶县,半天\n")
    assert rows(reading) == [("410421", "start.time", "2020-Q3", 3.0, 5, "企业开办时间")]
    assert [(issue.code, issue.row, issue.value) for issue in reading.errors] == [("value-not-number", 7, "半天")]


def test_an_empty_cell_is_missing_and_zero_is_a_value(read: Read) -> None:
    assert [row[3] for row in rows(read("区县,企业开办时间\n宝丰县,\n叶县,0\n"))] == [0.0]


def test_the_sheets_of_a_workbook_are_read_together_by_their_own_periods(read: Read, workbook: Callable) -> None:
    data = workbook(
        {
            "封面": [["平顶山市营商环境"]],
            "2020年三季度": [["区县", "企业开办时间"], ["宝丰县", 3]],
            "2020年四季度": [["区县", "企业开办时间"], ["宝丰县", 2]],
        }
    )
    reading = read(data, "上报.xlsx")
    assert rows(reading) == [
        ("410421", "start.time", "2020-Q3", 3.0, 2, "企业开办时间"),
        ("410421", "start.time", "2020-Q4", 2.0, 2, "企业开办时间"),
    ]
    assert list(reading.rows["sheet"]) == ["2020年三季度", "2020年四季度"]
    assert reading.errors == ()


def test_numbers_of_a_workbook_are_codes_and_periods_too(read: Read, workbook: Callable) -> None:
    data = workbook({"表": [["区划代码", "年份", "企业开办时间"], [410421, 2020, 3.5], [410422000000, 2020.0, 4]]})
    assert rows(read(data, "上报.xlsx")) == [
        ("410421", "start.time", "2020", 3.5, 2, "企业开办时间"),
        ("410422", "start.time", "2020", 4.0, 3, "企业开办时间"),
    ]


def test_errors_are_the_issues_that_stop_a_publication(read: Read) -> None:
    reading = read("区县,企业开办时间,负责人\n合计,9,张\n宝丰县,半天,\n")
    assert [issue.severity.value for issue in reading.issues] == ["info", "warning", "info", "error"]
    assert [type(issue) for issue in reading.errors] == [Issue]
