"""Names and codes of places and measures, and the periods that offices write, as they are recognised."""

from __future__ import annotations

import pytest

from lib.ingest.headers import mention
from lib.ingest.vocabulary import MEASURE_HEADERS, Vocabulary, as_period, header_index, plain
from lib.model import Direction, Measure


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("宝　丰　县", "宝丰县"),
        (" 宝丰县\n", "宝丰县"),
        ("４１０４２１", "410421"),
        ("县（市、区）", "县(市、区)"),
        ("Region", "region"),
    ],
)
def test_names_are_compared_without_white_space_width_and_case(text: str, wanted: str) -> None:
    assert plain(text) == wanted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("宝丰县", "410421"),
        ("宝丰", "410421"),
        ("宝　丰　县", "410421"),
        ("平顶山市宝丰县", "410421"),
        ("410421", "410421"),
        ("410421000000", "410421"),
        ("410421.0", "410421"),
        ("４１０４２１", "410421"),
        ("叶县", "410422"),
        ("高新", "410471"),
        ("平顶山高新技术产业开发区", "410471"),
    ],
)
def test_a_place_is_known_by_its_codes_and_names(words: Vocabulary, text: str, code: str) -> None:
    found = words.region(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text", ["", "西平县", "411721", "41042", "4104210", "410421000001", "410421.5", "平顶山市", "合计"]
)
def test_other_places_are_not_members(words: Vocabulary, text: str) -> None:
    assert words.region(text) is None


@pytest.mark.parametrize(
    "text", ["合计", "合　计", "总计", "全市", "全市合计", "小计", "平均", "平顶山市", "410400", "410400000000", "河南"]
)
def test_totals_and_wider_places_are_known(words: Vocabulary, text: str) -> None:
    assert words.total(text)


@pytest.mark.parametrize("text", ["", "宝丰县", "西平县", "备注"])
def test_other_rows_are_no_totals(words: Vocabulary, text: str) -> None:
    assert not words.total(text)


@pytest.mark.parametrize("text", ["start.time", "START.TIME", "企业开办时间", "企业 开办 时间", "开办时间"])
def test_a_measure_is_known_by_code_name_and_alias(words: Vocabulary, text: str) -> None:
    assert words.measure(text) is words.measures[0]


def test_brackets_and_percent_signs_of_either_width_are_the_same(words: Vocabulary) -> None:
    assert words.measure("网上办税率(%)") is words.measure("网上办税率（％）") is words.measures[1]


def test_a_name_that_stands_for_two_measures_stands_for_neither() -> None:
    first = Measure("a", "办理时间", "天", Direction.LOWER, aliases=("甲",))
    second = Measure("b", "乙", "天", Direction.LOWER, aliases=("办理时间",))
    both = Vocabulary((), (), (first, second))
    assert both.measure("办理时间") is None
    assert (both.measure("甲"), both.measure("乙")) == (first, second)


def test_the_first_header_that_fits_is_taken() -> None:
    assert header_index(["序号", " 指标名称 ", "指标"], MEASURE_HEADERS) == 1
    assert header_index(["序号", "Measure"], MEASURE_HEADERS) == 1
    assert header_index(["序号"], MEASURE_HEADERS) is None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2020", "2020"),
        ("census-2020", "2020"),
        ("county_census2020_gbk", "2020"),
        ("２０２０年指标", "2020"),
        ("平顶山市2020年三季度指标", "2020-Q3"),
        ("2020年第三季度", "2020-Q3"),
        ("2020年3季度", "2020-Q3"),
        ("2020Q3", "2020-Q3"),
        ("2020-q3 上报", "2020-Q3"),
        ("2020年上半年", "2020-H1"),
        ("2020下半年", "2020-H2"),
        ("2020-H1", "2020-H1"),
        ("2020年9月", "2020-09"),
        ("2020年09月", "2020-09"),
        ("2020年12月", "2020-12"),
        ("2020-09", "2020-09"),
        ("2020-09-30 上报", "2020-09"),
        ("2020-Q3 与 2020年三季度", "2020-Q3"),
        ("2020年（三季度）", "2020-Q3"),
        ("2020年度三季度", "2020-Q3"),
        ("好评率2020_Q3", "2020-Q3"),
        ("2020年7-9月", "2020-Q3"),
        ("2020年1—6月", "2020-H1"),
        ("2020.09", "2020-09"),
        ("2020_09", "2020-09"),
        ("豫政〔2020〕37号 2021年情况", "2021"),
    ],
)
def test_a_file_name_or_title_may_tell_the_period(text: str, period: str) -> None:
    found = mention(text)
    assert found is not None
    assert (found.period, found.cumulative) == (period, False)


@pytest.mark.parametrize(
    "text",
    [
        "2020年9月-12月",
        "2020年季度",
        "豫政〔2020〕37号",
        "",
        "指标",
        "三季度",
        "2019与2020",
        "2020-Q3 和 2020-Q4",
        "20200930",
        "1899",
        "12020",
    ],
)
def test_none_or_more_than_one_period_tells_nothing(text: str) -> None:
    assert mention(text) is None


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("2020-Q3", "2020-Q3"),
        (" 2020 ", "2020"),
        ("2020.0", "2020"),
        ("2020年三季度", "2020-Q3"),
        ("2020-09-30", "2020-09"),
        ("2020-09-30 00:00:00", "2020-09"),
        ("2020-9", "2020-09"),
        ("2020年1月份", "2020-01"),
        ("2020年下半年", "2020-H2"),
    ],
)
def test_a_cell_of_the_period_column_is_read(cell: str, period: str) -> None:
    assert as_period(cell) == period


@pytest.mark.parametrize(
    "cell",
    ["", "三季度", "今年", "2020年1—9月", "2020.1", "2020-13", "2020-Q5", "9999", "2020年三季度平顶山市营商环境"],
)
def test_a_cell_that_is_no_period_is_none(cell: str) -> None:
    assert as_period(cell) is None
