"""Tables that look as if they said something else: a wrong number is worse than a refusal."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from lib.ingest.grid import Grid
from lib.ingest.headers import agreed, mention, stated_units, unit_alone
from lib.ingest.intake import Reading, read_table
from lib.ingest.vocabulary import Vocabulary
from lib.model import UserError
from tests.unit.ingest.test_intake_layouts import told, values

Read = Callable[..., Reading]
TIME, ONLINE = "start.time", "tax.online"

# What is not the measure's value of the period is left out, and the rest is read.
LEFT_OUT = {
    "a year column beside a measure": ("区县,网上办税率,2019年\n宝丰县,93,90\n", {("410421", ONLINE, "2020-Q3", 93.0)}),
    "a year column in a turned table": (
        "指标,宝丰县,叶县,2019年\n网上办税率,93,94,77\n",
        {("410421", ONLINE, "2020-Q3", 93.0), ("410422", ONLINE, "2020-Q3", 94.0)},
    ),
    "a rank under a year": ("区县,2020年,\n,网上办税率,排名\n宝丰县,93,1\n", {("410421", ONLINE, "2020", 93.0)}),
    "a change beside a year": (
        "区县,网上办税率,\n,2020年,同比增长\n宝丰县,93,-10.5\n",
        {("410421", ONLINE, "2020", 93.0)},
    ),
    "a change beside a county's year": (
        "指标,宝丰县,\n,2020年,较上年\n网上办税率,93,2\n",
        {("410421", ONLINE, "2020", 93.0)},
    ),
    "last year's under its own title": ("区县,上年同期,\n,网上办税率,企业开办时间\n宝丰县,93,2\n", set()),
    "a target under the measure": ("区县,企业开办时间\n,目标值\n宝丰县,3\n", set()),
    "the number of the row": (
        "企业开办时间情况,,\n序号,区县,完成情况\n1,宝丰县,5个工作日\n",
        {("410421", TIME, "2020-Q3", 5.0)},
    ),
    "a rank alone under a title": ("企业开办时间,\n区县,名次\n宝丰县,1\n", set()),
    "a telephone number under a title": ("企业开办时间,\n区县,电话\n宝丰县,3701234\n", set()),
    "a title with another thing": ("企业开办时间压缩比例,\n区县,完成情况\n宝丰县,30\n", set()),
    "a place with a remark, across": ("指标,宝丰县（目标）\n网上办税率,93\n", set()),
    "a place with a remark, down": ("区县,网上办税率\n宝丰县（上年同期）,93\n", set()),
    "two lists side by side": ("区县,企业开办时间,区县,网上办税率\n宝丰县,2,叶县,98\n叶县,3,宝丰县,97\n", set()),
}


@pytest.mark.parametrize("trap", LEFT_OUT)
def test_what_is_something_else_is_no_value(read: Read, trap: str) -> None:
    table, wanted = LEFT_OUT[trap]
    reading = read(table)
    assert values(reading) == wanted
    assert bool(reading.errors) is (not wanted)


UNITS = {
    "a row of units": "区县,企业开办时间\n,小时\n宝丰县,24\n",
    "a row of units with its name": "区县,企业开办时间\n单位,小时\n宝丰县,24\n",
    "above the table": "单位：小时,\n区县,企业开办时间\n宝丰县,24\n",
    "above the table in brackets": "（单位：小时）,\n区县,企业开办时间\n宝丰县,24\n",
    "one of several": "单位：%、小时,\n区县,企业开办时间\n宝丰县,24\n",
    "below the table": "区县,企业开办时间\n宝丰县,24\n单位：小时,\n",
    "behind the word for values": "企业开办时间,\n区县,数值（小时）\n宝丰县,24\n",
    "in a column of its own": "区县,指标,数值,数值单位\n宝丰县,企业开办时间,24,小时\n",
}


@pytest.mark.parametrize("place", UNITS)
def test_a_unit_is_heeded_wherever_it_stands(read: Read, place: str) -> None:
    reading = read(UNITS[place])
    assert reading.errors == ()
    assert values(reading) == {("410421", TIME, "2020-Q3", 3.0)}


def test_a_unit_for_the_sheet_that_contradicts_is_an_error(read: Read) -> None:
    reading = read("单位：天,\n区县,企业开办时间\n宝丰县,16\n")
    assert [issue.message for issue in reading.errors] == ["“天”与“工作日”口径不同，不作比较"]


def test_a_unit_for_the_sheet_that_nobody_knows_stops_the_publication(read: Read) -> None:
    reading = read("单位：千元,\n区县,企业开办时间\n宝丰县,16\n")
    assert [issue.code for issue in reading.errors] == ["unit-unknown"]
    assert [issue.code for issue in read("单位：千元,\n区县,企业开办时间（小时）\n宝丰县,16\n").errors] == []


@pytest.mark.parametrize(
    ("text", "units", "unknown"),
    [
        ("单位：人民币万元", ("万元",), ()),
        ("（单位：家、万元）", ("万元",), ("家",)),
        ("单位：人、户、%", ("人", "户", "%"), ()),
        ("（万元）", ("万元",), ()),
        ("填报单位：市税务局", (), ()),
        ("单位：见表头", (), ()),
        ("2020年三季度", (), ()),
    ],
)
def test_units_stated_in_a_line(text: str, units: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    found = stated_units([text])
    assert (found.units, found.unknown) == (units, unknown)


@pytest.mark.parametrize(
    ("text", "unit"), [("万元", "万元"), ("（小时）", "小时"), ("单位：%", "%"), ("网上办税率", ""), ("", "")]
)
def test_a_cell_that_is_a_unit_alone(text: str, unit: str) -> None:
    assert unit_alone(text) == unit


@pytest.mark.parametrize("text", ["98.5①", "96²", "3\n5", "3 5", "⒌5", "9^1", "[删去]90 93", "1 2345"])
def test_marks_are_never_glued_to_a_number(read: Read, text: str) -> None:
    reading = read(f'区县,网上办税率\n宝丰县,"{text}"\n')
    assert values(reading) == set()
    assert [issue.code for issue in reading.errors] == ["value-not-number"]


def test_footnotes_and_struck_out_text_of_a_web_page_are_no_digits(read: Read) -> None:
    cells = "<td>98.5<sup>1</sup></td></tr><tr><td>叶县</td><td><s>90</s> 93</td>"
    page = f"<table><tr><td>区县</td><td>网上办税率</td></tr><tr><td>宝丰县</td>{cells}</tr></table>"
    reading = read(page.encode(), "2020-Q3.xls")
    assert [issue.value for issue in reading.errors] == ["98.5^1", "[删去]90 93"]


@pytest.mark.parametrize(
    ("table", "asked"),
    [
        ("区县,网上办税率\n宝丰县,95%\n叶县,0.97\n高新区,0.96\n", True),
        ("区县,网上办税率\n宝丰县,1.02\n叶县,0.97\n高新区,0.96\n", True),
        ("区县,网上办税率\n宝丰县,0.97\n叶县,0.96\n", True),
        ("区县,网上办税率\n宝丰县,95%\n叶县,97\n高新区,0.5\n", False),
        ("区县,网上办税率\n宝丰县,0.4%\n叶县,0.5%\n高新区,0.6\n", False),
        ("区县,网上办税率\n宝丰县,1\n叶县,0\n高新区,1\n", False),
    ],
)
def test_a_share_that_may_be_a_fraction_is_asked_for(read: Read, table: str, asked: bool) -> None:
    assert ("unit-question" in {issue.code for issue in read(table).errors}) is asked


def test_a_fraction_that_would_be_thousands_of_percent_is_none(read: Read) -> None:
    reading = read("区县,网上办税率（小数）\n宝丰县,93\n叶县,0.93\n")
    assert values(reading) == {("410422", ONLINE, "2020-Q3", 93.0)}
    assert [issue.message for issue in reading.errors] == ["说明是小数，按小数是 9300%"]


def test_names_and_titles_that_contradict_each_other_stop_the_publication(read: Read) -> None:
    table = "2020年三季度营商环境指标,\n区县,企业开办时间\n宝丰县,3\n"
    assert [issue.code for issue in read(table, "2019年.csv").errors] == ["period-conflict"]
    assert values(read(table, "2020年.csv")) == {("410421", TIME, "2020-Q3", 3.0)}
    assert values(read(table, "2019年.csv", period="2020-Q3")) == {("410421", TIME, "2020-Q3", 3.0)}


def test_a_title_since_january_is_marked_on_every_value(read: Read) -> None:
    reading = read("区县,企业开办时间\n宝丰县,3\n", "2020年1月至9月.csv")
    assert values(reading) == {("410421", TIME, "2020-Q3", 3.0)}
    assert list(reading.rows["note"]) == ["自年初累计，记在截止的那一期"]


def test_a_full_date_gives_way_to_a_period() -> None:
    found = agreed([mention("2020-10-12 上报"), mention("2020年三季度")])
    assert [each.period for each in found] == ["2020-Q3"]


def test_numbers_and_dates_are_no_periods(read: Read) -> None:
    # A turned table whose first value is like a year, a date of filling in, a form line with a month.
    assert values(read("指标,宝丰县\n企业开办时间,2015\n网上办税率,32\n")) == {
        ("410421", TIME, "2020-Q3", 2015.0),
        ("410421", ONLINE, "2020-Q3", 32.0),
    }
    assert values(read("区县,填报日期,企业开办时间\n宝丰县,2020年10月12日,3\n")) == {("410421", TIME, "2020-Q3", 3.0)}
    form = "填报部门：市行政审批局,,2020年9月\n区县,企业开办时间,网上办税率\n宝丰县,3,94\n"
    assert {row[2] for row in values(read(form))} == {"2020-Q3"}


def test_year_and_quarter_in_two_columns(read: Read) -> None:
    table = "区县,年份,季度,企业开办时间\n宝丰县,2020,三季度,3\n叶县,2021,1,2\n"
    assert values(read(table, "上报.csv")) == {("410421", TIME, "2020-Q3", 3.0), ("410422", TIME, "2021-Q1", 2.0)}


def test_a_city_table_is_not_given_to_a_zone_with_a_like_name(read: Read) -> None:
    reading = read("指标,2020年\n网上办税率,30\n", "平顶山市高新技术企业.csv")
    assert values(reading) == set()
    assert reading.errors


def test_an_unquoted_thousands_comma_is_an_error(read: Read) -> None:
    reading = read("区县,企业开办时间,\n宝丰县,1,234\n叶县,567,\n")
    assert [(issue.code, issue.row, issue.value) for issue in reading.errors] == [("column-unnamed", 2, "234")]


def test_another_citys_place_of_the_same_name_is_no_suggestion(read: Read) -> None:
    (error,) = read("区县,企业开办时间\n石家庄市宝丰县,3\n").errors
    assert (error.value, error.expected) == ("石家庄市宝丰县", "参评范围内的名称或代码")


@pytest.mark.parametrize(
    ("table", "value"),
    [("区县\t企业开办时间\n宝丰县\t1,234,567\n", 1234567.0), ("区县;企业开办时间\n宝丰县;3\n叶县;2,5\n", 3.0)],
)
def test_commas_in_numbers_do_not_part_columns(read: Read, table: str, value: float) -> None:
    assert next(iter(read(table).rows["value"])) == value


def test_numbers_of_rows_without_a_header_are_no_error(read: Read) -> None:
    reading = read(",区县,企业开办时间\n0,宝丰县,3\n1,叶县,2\n")
    assert reading.errors == ()
    assert len(reading.rows) == 2


def test_a_first_row_that_nobody_knows_is_no_header(read: Read) -> None:
    reading = read(",企业开办时间,网上办税率\n宝凤镇,93,12\n叶县,4,13\n")
    assert [(issue.code, issue.value) for issue in reading.errors] == [("region-unknown", "宝凤镇")]
    assert set(reading.rows["column"]) == {"企业开办时间", "网上办税率"}


@pytest.mark.parametrize("middle", ["区县,企业开办时间,差评整改率", "上年同期：,,", "附：去年数据,,"])
def test_a_second_table_below_the_first_is_an_error(read: Read, middle: str) -> None:
    reading = read(f"区县,企业开办时间,网上办税率\n宝丰县,1,81\n{middle}\n叶县,3,71\n")
    assert [(issue.code, issue.row) for issue in reading.errors] == [("second-table", 3)]


@pytest.mark.parametrize("total", ["合计,,9", ",合计,9", "合计,合计,9", "平均,,4.5", "1,全市,9"])
def test_a_total_is_known_in_any_label_cell(read: Read, total: str) -> None:
    reading = read(f"序号,区县,企业开办时间\n1,宝丰县,3\n{total}\n")
    assert reading.errors == ()
    assert len(reading.rows) == 1


def test_numbered_columns_and_blank_rows_below_a_header_are_no_records(read: Read) -> None:
    for row in ("甲,1,2", ",,"):
        reading = read(f"区县,企业开办时间,网上办税率\n{row}\n宝丰县,3,90\n")
        assert reading.errors == ()
        assert len(reading.rows) == 2


def test_a_failed_lookup_is_an_error_not_a_missing_value(read: Read) -> None:
    assert [issue.message for issue in read("区县,企业开办时间\n宝丰县,#N/A\n").errors] == ["是公式错误"]


def test_a_sheet_that_is_passed_over_is_told(words: Vocabulary, read: Read, workbook: Callable) -> None:
    data = workbook(
        {
            "三季度": [["区县", "企业开办时间"], ["宝丰县", 3]],
            "别的": [["区县", "网上可办比率"], ["宝丰县", 90]],
            "封面": [["平顶山市"]],
        }
    )
    reading = read(data, "2020-Q3.xlsx")
    assert reading.errors == ()
    passed = [(issue.sheet, issue.severity.value) for issue in reading.issues if "没有读这个工作表" in issue.message]
    assert passed == [("别的", "warning"), ("封面", "info")]


def test_a_text_has_no_sheets(read: Read) -> None:
    from lib.ingest.table import read_grids

    with pytest.raises(UserError, match="不是工作簿，没有工作表「一」"):
        read_grids("区县,企业开办时间\n".encode(), "a.csv", "一")


def test_no_negative_zero(read: Read) -> None:
    (value,) = read("区县,网上办税率\n宝丰县,-0\n").rows["value"]
    assert str(value) == "0.0"


def test_a_grid_of_nothing_is_no_table(words: Vocabulary) -> None:
    reading = read_table(Grid("a.csv", "", pd.DataFrame()), words)
    assert [issue.code for issue in reading.errors] == ["header-missing"]
    assert told(reading, "header-missing")
