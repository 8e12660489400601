"""Place, measure and period may each stand in the rows, in the headers or once for the sheet; units and marks with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from lib.ingest.grid import Grid
from lib.ingest.intake import Reading, merge, read_table
from lib.ingest.table import read_grids
from lib.ingest.vocabulary import Vocabulary, Word, as_cumulative, as_period, plain
from lib.model import Direction, Measure

Read = Callable[..., Reading]


def values(reading: Reading) -> set[tuple[str, str, str, float]]:
    columns = ["region", "measure", "period", "value"]
    return set(reading.rows[columns].astype({"region": str}).itertuples(index=False, name=None))


def told(reading: Reading, code: str) -> list[str]:
    return [str(issue) for issue in reading.issues if issue.code == code]


WANTED = {
    ("410421", "start.time", "2020-Q3", 3.0),
    ("410422", "start.time", "2020-Q3", 2.5),
    ("410421", "start.time", "2020-Q4", 2.0),
    ("410422", "start.time", "2020-Q4", 1.5),
}
LAYOUTS = {
    "a column a period, the measure in the title": "企业开办时间（工作日）,,\n区县,2020年三季度,2020Q4\n宝丰县,3,2\n叶县,2.5,1.5\n",
    "a column a period, a row a county and measure": (
        "区县,指标,2020年三季度,2020年四季度\n宝丰县,企业开办时间,3,2\n叶县,企业开办时间,2.5,1.5\n"
    ),
    "the measure over the periods": "区县,企业开办时间,\n,2020年三季度,2020年四季度\n宝丰县,3,2\n叶县,2.5,1.5\n",
    "the period over the measures": "区县,2020年三季度,2020年四季度\n,企业开办时间,企业开办时间\n宝丰县,3,2\n叶县,2.5,1.5\n",
    "a row a period": "评价期,宝丰县,叶县\n2020年三季度,3,2.5\n2020年四季度,2,1.5\n",
    "a county over the periods": "指标,宝丰县,,叶县,\n,2020Q3,2020Q4,2020Q3,2020Q4\n企业开办时间,3,2,2.5,1.5\n",
    "a row a period and county": "时期,区县,企业开办时间\n2020Q3,宝丰县,3\n2020Q3,叶县,2.5\n2020Q4,宝丰县,2\n2020Q4,叶县,1.5\n",
    "the period in an unnamed first column": (
        ",区县,企业开办时间\n2020年三季度,宝丰县,3\n2020年三季度,叶县,2.5\n2020年四季度,宝丰县,2\n2020年四季度,叶县,1.5\n"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_numbers_in_any_layout(read: Read, layout: str) -> None:
    name = "企业开办时间.csv" if layout == "a row a period" else "上报.csv"
    reading = read(LAYOUTS[layout], name)
    assert reading.errors == ()
    assert values(reading) == WANTED


def test_one_county_with_a_row_a_measure_and_a_column_a_year(read: Read) -> None:
    reading = read("宝丰县主要指标,,\n指标,2019年,2020年\n企业开办时间,3,2\n网上办税率,90,95\n", "上报.csv")
    assert values(reading) == {
        ("410421", "start.time", "2019", 3.0),
        ("410421", "start.time", "2020", 2.0),
        ("410421", "tax.online", "2019", 90.0),
        ("410421", "tax.online", "2020", 95.0),
    }
    assert told(reading, "named-by-title") == ["上报.csv：地区或测度取自标题：宝丰县"]


def test_a_single_column_of_values_takes_the_measure_of_the_title(read: Read) -> None:
    reading = read("2020年三季度网上办税率情况,\n区县,完成情况\n宝丰县,98.5\n叶县,90\n", "上报.csv")
    assert values(reading) == {
        ("410421", "tax.online", "2020-Q3", 98.5),
        ("410422", "tax.online", "2020-Q3", 90.0),
    }


def test_merged_header_and_label_cells_of_a_workbook(words: Vocabulary) -> None:
    cells = pd.DataFrame(
        [
            ["区县", "指标", "2020年三季度"],
            ["", "", "数值"],
            ["宝丰县", "企业开办时间", "3"],
            ["", "网上办税率", "90"],
            ["叶县", "企业开办时间", "2"],
        ],
        dtype=str,
    )
    grid = Grid("表.xlsx", "表", cells, merged=((0, 0, 1, 0), (0, 1, 1, 1), (2, 0, 3, 0)))
    reading = read_table(grid, words)
    assert reading.errors == ()
    assert values(reading) == {
        ("410421", "start.time", "2020-Q3", 3.0),
        ("410421", "tax.online", "2020-Q3", 90.0),
        ("410422", "start.time", "2020-Q3", 2.0),
    }


def test_a_merged_value_stands_for_its_first_row_only(words: Vocabulary) -> None:
    cells = pd.DataFrame([["区县", "企业开办时间"], ["宝丰县", "3"], ["叶县", ""]], dtype=str)
    reading = read_table(Grid("2020.xlsx", "表", cells, merged=((1, 1, 2, 1),)), words)
    assert values(reading) == {("410421", "start.time", "2020", 3.0)}


def test_a_blank_place_outside_a_merged_cell_is_an_error(read: Read) -> None:
    reading = read("区县,指标,数值\n宝丰县,企业开办时间,3\n,网上办税率,90\n")
    assert [(issue.code, issue.row) for issue in reading.errors] == [("region-unknown", 3)]


@pytest.mark.parametrize(
    ("header", "text", "value", "note"),
    [
        ("企业开办时间（小时）", "4", 0.5, "按 8 小时 = 1 工作日折算"),
        ("企业开办时间(单位：小时)", "12", 1.5, "按 8 小时 = 1 工作日折算"),
        ("企业开办时间（小时）", "2个工作日", 2.0, ""),
        ("企业开办时间（日）", "2", 2.0, "“日”按 1 工作日计"),
        ("网上办税率（小数）", "0.57", 57.0, "小数按 ×100 换算为“%”"),
        ("网上办税率（‰）", "985", 98.5, "由“‰”换算为“%”"),
    ],
)
def test_the_unit_in_a_header_holds_for_its_column(read: Read, header: str, text: str, value: float, note: str) -> None:
    reading = read(f"区县,{header}\n宝丰县,{text}\n")
    assert reading.errors == ()
    assert list(reading.rows["value"]) == [value]
    assert list(reading.rows["note"]) == [note]


def test_a_header_in_a_unit_that_may_not_be_compared_is_an_error_of_each_value(read: Read) -> None:
    reading = read("区县,企业开办时间（天）\n宝丰县,3\n")
    assert [issue.message for issue in reading.errors] == ["“天”与“工作日”口径不同，不作比较"]


def test_a_bracket_that_is_no_unit_is_another_measure(read: Read) -> None:
    reading = read("区县,企业开办时间（外资）,网上办税率\n宝丰县,3,90\n")
    assert values(reading) == {("410421", "tax.online", "2020-Q3", 90.0)}
    assert told(reading, "column-unknown") == ["2020-Q3.csv 第 1 行：1 列不在指标目录中，未导入：企业开办时间（外资）"]


MONEY = (
    Measure("gdp", "生产总值", "亿元", Direction.HIGHER),
    Measure("rate", "增速", "%", Direction.HIGHER),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3.0), ("3亿", 3.0), ("3亿元", 3.0), ("25000万", 2.5), ("25000万元", 2.5), ("1.5亿", 1.5)],
)
def test_a_scaled_unit_is_not_scaled_again(words: Vocabulary, text: str, value: float) -> None:
    cells = pd.DataFrame([["区县", "生产总值"], ["宝丰县", text]], dtype=str)
    reading = read_table(Grid("2020.csv", "", cells), replace(words, measures=MONEY))
    assert list(reading.rows["value"]) == [value]


def test_a_unit_above_the_table_holds_for_the_measures_of_its_kind(words: Vocabulary) -> None:
    cells = pd.DataFrame(
        [["各县区情况", "", ""], ["", "", "单位：万元"], ["区县", "生产总值", "增速"], ["宝丰县", "25000", "3.5"]],
        dtype=str,
    )
    reading = read_table(Grid("2020.csv", "", cells), replace(words, measures=MONEY))
    assert values(reading) == {("410421", "gdp", "2020", 2.5), ("410421", "rate", "2020", 3.5)}
    assert list(reading.rows["note"]) == ["由“万元”换算为“亿元”", ""]


def test_what_was_said_of_a_word_is_used(read: Read, words: Vocabulary) -> None:
    said = {
        ("measure", "开办时长"): Word("start.time", "小时"),
        ("measure", "办税率"): Word("tax.online", "小数"),
        ("measure", "名次"): Word(""),
        ("region", "宝丰镇"): Word("410421"),
        ("region", "石漫滩"): Word(""),
    }
    table = "区县,开办时长,办税率,名次\n宝丰镇,4,0.9,1\n石漫滩,9,0.1,2\n"
    grids = read_grids(table.encode(), "2020-Q3.csv")
    reading = merge([read_table(grid, replace(words, words=said)) for grid in grids])
    assert reading.errors == ()
    assert values(reading) == {("410421", "start.time", "2020-Q3", 0.5), ("410421", "tax.online", "2020-Q3", 90.0)}
    assert told(reading, "column-unknown") == []
    assert told(reading, "region-ignored") == ['2020-Q3.csv 第 3 行「区县」："石漫滩" 按约定不导入']


def test_a_share_that_is_said_to_be_percent_is_no_question(words: Vocabulary) -> None:
    table = "区县,网上办税率\n宝丰县,0.94\n叶县,0.9\n高新区,0.5\n"
    said = replace(words, words={("measure", "网上办税率"): Word("tax.online", "%")})
    (grid,) = read_grids(table.encode(), "2020-Q3.csv")
    assert read_table(grid, said).errors == ()
    assert sorted(read_table(grid, said).rows["value"]) == [0.5, 0.9, 0.94]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2020年1—3月", "2020-Q1"),
        ("2020年1-6月", "2020-H1"),
        ("2020年7－9月", "2020-Q3"),
        ("2020年1～12月", "2020"),
        ("2020年9月末", "2020-09"),
        ("2020年9月30日", "2020-09"),
    ],
)
def test_a_span_of_months_that_is_a_period(text: str, period: str) -> None:
    assert as_period(text) == period
    assert as_cumulative(text) is None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2020年1—9月", "2020-Q3"),
        ("2020年前三季度", "2020-Q3"),
        ("2020年1-8月", "2020-08"),
        ("2020年1至11月份", "2020-11"),
    ],
)
def test_a_figure_since_january_is_kept_in_the_period_in_which_it_ends_and_says_so(
    read: Read, text: str, period: str
) -> None:
    assert as_period(text) is None
    assert as_cumulative(text) == period
    reading = read(f"区县,评价期,企业开办时间\n宝丰县,{text},3\n", "上报.csv")
    assert values(reading) == {("410421", "start.time", period, 3.0)}
    assert list(reading.rows["note"]) == ["自年初累计，记在截止的那一期"]
    assert told(reading, "converted") == [
        "上报.csv「企业开办时间」：1 个数值自年初累计，记在截止的那一期，与单季、单月的数不可直接比较"
    ]


def test_notes_and_provisional_marks(read: Read) -> None:
    reading = read(
        "区县,指标,数值,暂定,备注\n宝丰县,企业开办时间,3,是,'-口径调整\n叶县,企业开办时间,2（初步数）,,\n高新区,企业开办时间,1,否,\n"
    )
    columns = ["region", "value", "provisional", "note"]
    assert list(reading.rows[columns].itertuples(index=False, name=None)) == [
        ("410421", 3.0, True, "-口径调整"),
        ("410422", 2.0, True, ""),
        ("410471", 1.0, False, ""),
    ]


def test_the_form_around_a_table_is_no_error(read: Read) -> None:
    reading = read(
        "附件1,,\n2020年三季度营商环境指标,,\n填报单位：市场监管局,,单位：工作日\n区县,企业开办时间,网上办税率\n一、所辖县,,\n"
        "宝丰县,3,90\n区县,企业开办时间,网上办税率\n叶县,2,91\n填表人：张三,审核：李四,2020年10月9日\n"
    )
    assert reading.errors == ()
    assert len(reading.rows) == 4
    assert [(i.code, i.row) for i in reading.issues if i.row and i.row > 4] == [
        ("heading-row", 5),
        ("header-again", 7),
        ("note-row", 9),
    ]


def test_so_many_problems_of_one_kind_are_listed_and_the_rest_counted(read: Read) -> None:
    reading = read("区县,指标,数值\n" + "宝丰县,企业开办时间,三\n" * 1500)
    assert len(reading.errors) == 1001
    assert str(reading.errors[-1]) == "2020-Q3.csv：另有 500 处同样的问题（不是数字）"


def test_a_measure_by_its_code_and_its_name(read: Read) -> None:
    table = (
        "区县,指标代码,指标,数值\n宝丰县,start.time,企业开办时间,3\n叶县,start.time,网上办税率,2\n高新区,,开办时间,1\n"
    )
    reading = read(table)
    assert told(reading, "column-unknown") == []
    assert told(reading, "measure-conflict") == [
        '2020-Q3.csv 第 3 行「指标」："网上办税率" 代码与名称不是同一测度（期望：二者一致）'
    ]
    assert [row[:2] for row in sorted(values(reading))] == [
        ("410421", "start.time"),
        ("410422", "start.time"),
        ("410471", "start.time"),
    ]


def test_a_share_whose_unit_column_says_percent_is_no_question(read: Read) -> None:
    table = "区县,指标,单位,数值\n宝丰县,网上办税率,%,0.9\n叶县,网上办税率,%,0.8\n高新区,网上办税率,%,0.7\n"
    assert read(table).errors == ()


@pytest.mark.parametrize(
    ("header", "word", "expected"),
    [
        ("开办耗时（小时）", Word("start.time"), [0.5]),
        ("开办耗时（小时）", Word("start.time", "工作日"), [4.0]),
        ("开办耗时", Word("start.time", "小时"), [0.5]),
        ("开办耗时（天）", Word("start.time"), []),
        ("企业开办时间（天）", Word("start.time"), []),
        ("企业开办时间（天）", Word("start.time", "工作日"), [4.0]),
    ],
)
def test_a_word_that_was_explained_keeps_the_unit_that_its_header_states(
    words: Vocabulary, header: str, word: Word, expected: list[float]
) -> None:
    said = replace(words, words={("measure", plain(header)): word})
    (grid,) = read_grids(f"区县,{header}\n宝丰县,4\n".encode(), "2020-Q3.csv")
    reading = read_table(grid, said)
    assert list(reading.rows["value"]) == expected
    assert [issue.code for issue in reading.errors] == ([] if expected else ["unit-conflict"])
    (used,) = [issue for issue in reading.issues if issue.code == "word-used"]
    assert used.message.startswith("按说明读作“企业开办时间（")


def test_figures_beside_the_periods_own_are_passed_over_without_a_question(read: Read) -> None:
    reading = read("宝丰县,,,\n序号,指标名称,单位,本期数,上期数\n1,企业开办时间,工作日,3,4\n", "2020-Q3.csv")
    assert values(reading) == {("410421", "start.time", "2020-Q3", 3.0)}
    assert told(reading, "column-other") == ["2020-Q3.csv 第 2 行：1 列不是本期的数值，未导入：上期数"]
    assert told(reading, "column-unknown") == []
