"""The form for departments: what stands where, what it offers, and that the intake reads exactly what was filled in."""

from __future__ import annotations

import io
from collections.abc import Mapping

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.export.template import HEADER, HEADER_ROW, HOW_TO, template
from lib.ingest.intake import NOT_A_TABLE, Reading, merge, read_table
from lib.ingest.table import read_grids
from lib.ingest.vocabulary import Vocabulary
from lib.model import Direction, Framework, Measure, Node, Period, Region

TITLE = "平顶山市营商环境指标填报表（2020年三季度）"
PERIOD = Period.parse("2020-Q3")
REGIONS = (
    Region("410421", "宝丰县", "宝丰县", "county", "410400", ("宝丰",)),
    Region("410422", "叶县", "叶县", "county", "410400"),
    Region("410471", "平顶山高新技术产业开发区", "高新区", "zone", "410400", ("高新",)),
)
WIDER = (Region("410400", "平顶山市", "平顶山市", "city", "410000"),)
MEASURES = {
    measure.code: measure
    for measure in (
        Measure("start.time", "企业开办时间", "工作日", Direction.LOWER, definition="办完手续所用的时间。"),
        Measure("tax.online", "网上办税率", "%", Direction.HIGHER, scope="全部税种"),
        Measure("loan.total", "贷款总额", "亿元", Direction.HIGHER),
        Measure("loan.rate", "贷款率", "%", Direction.HIGHER, numerator="loan.total", denominator="start.time"),
        Measure("other", "不在体系内", "个", Direction.HIGHER),
    )
}
FRAMEWORK = Framework(
    (
        Node("total"),
        Node("tax", "total"),
        Node("tax.online", "tax", direction=Direction.HIGHER),
        Node("start", "total"),
        Node("start.time", "start", direction=Direction.LOWER),
        Node("loan.rate", "start", direction=Direction.HIGHER),
        Node("loan.total", "start", direction=Direction.HIGHER),
    )
)
REPORTED = ("tax.online", "start.time", "loan.total")
KEYS = [(region.code, measure) for measure in REPORTED for region in REGIONS]
WORDS = Vocabulary(REGIONS, WIDER, tuple(MEASURES.values()))
VALUE, PROVISIONAL, NOTE = (HEADER.index(name) + 1 for name in ("数值", "暂定", "备注"))


def form(present: Mapping[tuple[str, str], float] | None = None, period: Period = PERIOD) -> bytes:
    return template(FRAMEWORK, MEASURES, REGIONS, period, title=TITLE, present=present)


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def filled_in(book: openpyxl.Workbook, values: Mapping[int, object], column: int = VALUE) -> bytes:
    for at, value in values.items():
        book["填报"].cell(HEADER_ROW + 1 + at, column).value = value
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(data: bytes) -> Reading:
    return merge([read_table(grid, WORDS) for grid in read_grids(data, "填报.xlsx")])


def values(reading: Reading) -> dict[tuple[str, str, str], float]:
    rows = reading.rows[["region", "measure", "period", "value"]].itertuples(index=False, name=None)
    return {(region, measure, period): value for region, measure, period, value in rows}


def test_the_form_has_a_row_a_measure_and_region() -> None:
    book = opened(form({("410422", "tax.online"): 98.5, ("410421", "loan.total"): float("nan")}))
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("填报", "visible"),
        ("选项", "hidden"),
        ("指标说明", "visible"),
    ]
    title, how_to, header, *rows = book["填报"].iter_rows(values_only=True)
    assert title[0] == TITLE and how_to[0] == HOW_TO and {*title[1:], *how_to[1:]} == {None}
    assert header == HEADER
    assert rows[:2] == [
        ("410421", "宝丰县", "tax.online", "网上办税率", "%", "2020-Q3", None, None, None),
        ("410422", "叶县", "tax.online", "网上办税率", "%", "2020-Q3", 98.5, None, None),
    ]
    assert [(row[0], row[2]) for row in rows] == KEYS
    assert {row[6] for row in rows} == {None, 98.5}


def test_only_the_input_cells_look_so_and_nothing_is_locked_away() -> None:
    sheet = opened(form())["填报"]
    colours = [cell.fill.fgColor.rgb for cell in sheet[HEADER_ROW + 1]]
    assert colours == ["00F0F1F3"] * 6 + ["00FFF9DB"] * 3
    assert not sheet.protection.sheet


def test_the_lists_offer_what_is_allowed() -> None:
    book = opened(form())
    sheet = book["填报"]
    last = HEADER_ROW + len(KEYS)
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    offered = {}
    for at, rule in rules.items():
        if rule.type == "list":
            name, area = rule.formula1.split("!")
            assert name == "'选项'"
            offered[at] = [cell.value for (cell,) in book["选项"][area.replace("$", "")]]
            assert rule.errorStyle in (None, "stop") and rule.allow_blank
    assert offered == {
        f"B4:B{last}": [region.name for region in REGIONS],
        f"D4:D{last}": ["网上办税率", "企业开办时间", "贷款总额"],
        f"F4:F{last}": ["2020-Q3"],
        f"H4:H{last}": ["是", "否"],
    }
    number = rules[f"G4:G{last}"]
    assert (number.type, number.errorStyle, number.allow_blank) == ("decimal", "warning", True)


def test_the_form_is_ready_to_scroll_filter_and_print() -> None:
    sheet = opened(form())["填报"]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:I12"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$3" and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.column_dimensions["B"].width == 26


def test_the_definitions_say_what_is_measured() -> None:
    rows = list(opened(form())["指标说明"].iter_rows(values_only=True))
    assert rows == [
        ("指标代码", "指标", "单位", "方向", "口径/定义"),
        ("tax.online", "网上办税率", "%", "越高越好", "口径：全部税种"),
        ("start.time", "企业开办时间", "工作日", "越低越好", "办完手续所用的时间。"),
        ("loan.total", "贷款总额", "亿元", "越高越好", None),
    ]


@pytest.mark.parametrize("period", ["2020", "2020-H1", "2020-Q3", "2020-09"])
def test_every_kind_of_period_reads_back(period: str) -> None:
    reading = read(form({KEYS[0]: 3.5}, Period.parse(period)))
    assert values(reading) == {("410421", "tax.online", period): 3.5}
    assert reading.errors == ()


def test_the_other_sheets_are_no_tables() -> None:
    for grid in read_grids(form({KEYS[0]: 1.0}), "填报.xlsx")[1:]:
        reading = read_table(grid, WORDS)
        assert reading.rows.empty and {issue.code for issue in reading.issues} <= NOT_A_TABLE


def test_words_for_missing_and_the_columns_beside_upset_nothing() -> None:
    book = opened(form())
    filled_in(book, {0: "是", 1: "否"}, PROVISIONAL)
    filled_in(book, {0: "=待核", 2: "系统未上线，下季度补报"}, NOTE)
    book["填报"].cell(HEADER_ROW + 1, NOTE).data_type = "s"
    reading = read(filled_in(book, {0: 97.25, 1: "暂无", 2: "—", 3: "2.5工作日"}))
    assert values(reading) == {("410421", "tax.online", "2020-Q3"): 97.25, ("410421", "start.time", "2020-Q3"): 2.5}
    assert reading.errors == ()


# No fractions below 1: an intake may well ask whether shares that are all so small are meant in percent.
NUMBERS = st.one_of(st.integers(0, 10**6).map(float), st.floats(1, 1e12))
TYPED = st.one_of(st.integers(0, 10**6), st.integers(1_000, 10**9).map(lambda thousandths: thousandths / 1000))


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(KEYS), NUMBERS, min_size=1))
def test_prefilled_values_read_back_exactly(present: dict[tuple[str, str], float]) -> None:
    reading = read(form(present))
    assert values(reading) == {(*key, "2020-Q3"): value for key, value in present.items()}
    assert reading.errors == ()


@settings(max_examples=40)
@given(st.dictionaries(st.integers(0, len(KEYS) - 1), TYPED, min_size=1))
def test_filled_values_read_back_exactly(filled: dict[int, float]) -> None:
    reading = read(filled_in(opened(form()), filled))
    assert values(reading) == {(*KEYS[at], "2020-Q3"): float(value) for at, value in filled.items()}
    assert reading.errors == ()


@pytest.mark.parametrize("value", [0.1 + 0.2, 1 / 3, 1e-12, 5e-324, 123456789.12345679, 1e22])
def test_every_digit_of_a_prefilled_value_reads_back(value: float) -> None:
    key = ("410421", "loan.total")
    assert opened(form({key: value}))["填报"].cell(HEADER_ROW + 1 + KEYS.index(key), VALUE).value == value
    assert values(read(form({key: value}))) == {(*key, "2020-Q3"): value}


def test_a_form_of_nothing_is_still_a_form() -> None:
    data = template(FRAMEWORK, MEASURES, (), PERIOD, title=TITLE)
    assert [cell.value for cell in opened(data)["填报"][HEADER_ROW]] == list(HEADER)


def test_a_measure_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match=r"tax\.online"):
        template(FRAMEWORK, {}, REGIONS, PERIOD, title=TITLE)


def test_texts_of_the_catalogue_are_never_formulas() -> None:
    odd = {**MEASURES, "tax.online": Measure("tax.online", "=1+1", "%", Direction.HIGHER, definition="@x")}
    book = opened(template(FRAMEWORK, odd, REGIONS, PERIOD, title="=2"))
    assert book["填报"]["A1"].data_type == book["填报"]["D4"].data_type == book["指标说明"]["E2"].data_type == "s"
