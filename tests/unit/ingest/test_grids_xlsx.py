"""Workbooks become one grid a sheet; broken, huge and misnamed ones are refused with a reason."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from lib.ingest.grid import Limits
from lib.ingest.table import read_grids
from lib.model import UserError

Make = Callable[[dict], bytes]
ROWS = [["区县", "企业开办时间"], ["宝丰县", 3], ["叶县", 2.5]]


def refusal(data: bytes, sheet: str | None = None, limits: Limits | None = None) -> str:
    with pytest.raises(UserError) as caught:
        read_grids(data, "表.xlsx", sheet, limits)
    (issue,) = caught.value.issues
    return f"{issue.code}|{issue}"


def zipped(entries: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_every_sheet_is_a_grid_in_the_order_of_the_book(workbook: Make) -> None:
    grids = read_grids(workbook({"三季度": ROWS, "说明": [["备注"]]}), "报表/表.xlsx")
    assert [(grid.file, grid.sheet) for grid in grids] == [("表.xlsx", "三季度"), ("表.xlsx", "说明")]
    assert grids[0].cells.to_numpy().tolist() == [["区县", "企业开办时间"], ["宝丰县", "3"], ["叶县", "2.5"]]


def test_one_sheet_can_be_asked_for(workbook: Make) -> None:
    (grid,) = read_grids(workbook({"一季度": [["a"]], "三季度": ROWS}), "表.xlsx", "三季度")
    assert grid.sheet == "三季度"


def test_a_sheet_that_is_not_there_is_refused_with_the_names_that_are(workbook: Make) -> None:
    data = workbook({"一季度": ROWS, "三季度": ROWS})
    assert refusal(data, "四季度") == "sheet-unknown|表.xlsx：没有工作表「四季度」（期望：一季度、三季度）"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (3.0, "3"),
        (2.5, "2.5"),
        (410421000000, "410421000000"),
        (-0.1, "-0.1"),
        (True, "True"),
        (None, ""),
        ("NA", "NA"),
        (" 宝丰 ", " 宝丰 "),
        (datetime(2020, 9, 30), "2020-09-30 00:00:00"),
    ],
)
def test_a_cell_becomes_the_text_that_the_office_sees(workbook: Make, value: object, text: str) -> None:
    (grid,) = read_grids(workbook({"表": [["x", value, "y"]]}), "表.xlsx")
    assert grid.cells.to_numpy().tolist() == [["x", text, "y"]]


def test_blank_rows_keep_their_numbers_and_empty_columns_at_the_right_go(workbook: Make) -> None:
    (grid,) = read_grids(workbook({"表": [["a", "b", None], [], [None, 1]]}), "表.xlsx")
    assert grid.cells.to_numpy().tolist() == [["a", "b"], ["", ""], ["", "1"]]


def test_an_empty_sheet_is_an_empty_grid(workbook: Make) -> None:
    (grid,) = read_grids(workbook({"表": []}), "表.xlsx")
    assert grid.cells.shape == (0, 0)


def test_the_content_tells_the_kind_not_the_name(workbook: Make) -> None:
    (grid,) = read_grids(workbook({"表": ROWS}), "表.csv")
    assert (grid.file, grid.sheet) == ("表.csv", "表")


BROKEN = "xlsx-broken|表.xlsx：不是完整的 XLSX 文件（期望：能在 WPS 或 Excel 中打开的 .xlsx 文件）"


def test_a_workbook_cut_short_is_refused(workbook: Make) -> None:
    assert refusal(workbook({"表": ROWS})[:-200]) == BROKEN


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04 not a zip"])
def test_a_zip_that_is_no_workbook_is_refused(data: bytes) -> None:
    assert refusal(data) == BROKEN


def test_another_kind_of_package_is_refused_as_such() -> None:
    assert refusal(zipped({"word/document.xml": b"<w/>"})) == (
        "file-kind|表.xlsx：是压缩包或别的格式，不是 Excel 工作簿（期望：先解压，或在 WPS、Excel 中另存为 .xlsx）"
    )


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_parsed() -> None:
    bomb = zipped({"xl/worksheets/sheet1.xml": b"0" * (3 * 2**20)})
    assert len(bomb) < 10_000
    assert refusal(bomb, limits=Limits(unpacked_bytes=2**20)) == (
        "file-unpacked|表.xlsx：解压后有 3 MB，太大（期望：普通大小的工作簿）"
    )


def test_a_sheet_with_too_many_rows_is_refused(workbook: Make) -> None:
    data = workbook({"表": [["a"], ["b"], ["c"]]})
    assert len(read_grids(data, "表.xlsx", limits=Limits(rows=3))[0].cells) == 3
    assert refusal(data, limits=Limits(rows=2)) == "rows-many|表.xlsx：工作表「表」超过 2 行（期望：不超过 2 行）"


def saved(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def one_cell(value: object, style: str) -> str:
    book = openpyxl.Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = style
    (grid,) = read_grids(saved(book), "表.xlsx")
    return grid.cells.iat[0, 0]


def rewritten(data: bytes, change: Callable[[str], str], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The workbook with the text of one part changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part] != before.encode()
    return zipped(parts)


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (0.9459, "0%", "94.59%"),
        (0.9459, "0.00%", "94.59%"),
        (0.07, "0.0%", "7%"),
        (1, "0%", "100%"),
        (0, "0%", "0%"),
        (-0.125, "0.0%;[Red]-0.0%", "-12.5%"),
        (0.123456789012345, "0%", "12.3456789012345%"),
        (94.59, '0.00"%"', "94.59%"),
        (94.59, "0.00\\%", "94.59%"),
        (5, "0;0%", "5"),
        (-0.05, "0;-0%", "-5%"),
        (0.5, "[<1]0%;0", "0.5"),
    ],
)
def test_a_percentage_is_the_number_that_the_office_sees_in_full(value: float, style: str, text: str) -> None:
    assert one_cell(value, style) == text


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (2.55, '0.0"个工作日"', "2.55个工作日"),
        (3, 'General"天"', "3天"),
        (1234.5, '#,##0.00"元"', "1234.5元"),
        (-2, '0"天";-0"天"', "-2天"),
        (0, '0"天";-0"天";"无"', "0"),
        (3, "0\\天", "3天"),
        (3, '[Red]0.0_ "天"_ ', "3天"),
        (123456, '0!.0,"万"', "123456"),
        (123456, '0.0,"千"', "123456"),
        (123456, '0,"千"', "123456"),
        (5, '"第"0"名"', "5"),
        (5, "[$¥-804]#,##0.00", "5"),
        (5, "0.00_);(0.00)", "5"),
        (12345.678, "0.0E+00", "12345.678"),
    ],
)
def test_a_unit_behind_a_plain_number_is_kept_but_no_scale(value: float, style: str, text: str) -> None:
    assert one_cell(value, style) == text


def test_dates_of_both_calendars_are_the_same_day() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = datetime(2020, 9, 30)
    today = read_grids(saved(book), "表.xlsx")[0].cells.iat[0, 0]
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = datetime(2020, 9, 30)
    assert read_grids(saved(book), "表.xlsx")[0].cells.iat[0, 0] == today == "2020-09-30 00:00:00"


def test_merged_areas_are_kept_and_cut_to_the_cells_there_are(workbook: Make) -> None:
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in ("A1:A2", "B1:C1", "A3:XFD1048576"))
    data = rewritten(
        workbook({"表": [["地区", "人口", None], [None, 1, 2]]}),
        lambda xml: xml.replace("<pageMargins", f"<mergeCells>{areas}</mergeCells><pageMargins"),
    )
    (grid,) = read_grids(data, "表.xlsx")
    assert grid.cells.to_numpy().tolist() == [["地区", "人口", ""], ["", "1", "2"]]
    assert grid.merged == ((0, 0, 1, 0), (0, 1, 0, 2))


def test_merged_areas_that_overlap_are_refused(workbook: Make) -> None:
    areas = "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 3 + "</mergeCells><pageMargins"
    data = rewritten(workbook({"表": ROWS}), lambda xml: xml.replace("<pageMargins", areas))
    assert refusal(data).startswith("merged-overlap|表.xlsx：工作表「表」的合并单元格互相重叠")


def test_hidden_sheets_are_read_and_marked_and_charts_are_not() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a"])
    for title, state in (("底稿", "hidden"), ("深藏", "veryHidden")):
        sheet: Worksheet = book.create_sheet(title)
        sheet.append(["b"])
        sheet.sheet_state = state
    book.create_chartsheet("图").add_chart(BarChart())
    grids = read_grids(saved(book), "表.xlsx")
    assert [(grid.sheet, grid.hidden) for grid in grids] == [("Sheet", False), ("底稿", True), ("深藏", True)]


def test_a_formula_without_result_keeps_its_text_and_one_with_result_gives_it(workbook: Make) -> None:
    data = workbook({"表": [["甲", "乙", "丙"], [1, 2, "=A2+B2"], [1, 2, "=A3+B3"]]})
    # As openpyxl writes it: no result at all.
    assert read_grids(data, "表.xlsx")[0].cells[2].tolist() == ["丙", "=A2+B2", "=A3+B3"]
    done = rewritten(data, lambda xml: xml.replace("<v />", "<v>3</v>").replace("<v></v>", "<v>3</v>"))
    assert read_grids(done, "表.xlsx")[0].cells[2].tolist() == ["丙", "3", "3"]


def test_a_formula_whose_result_is_an_empty_text_is_empty(workbook: Make) -> None:
    data = workbook({"表": [["甲", '=IF(1,"",2)', "x"]]})
    done = rewritten(data, lambda xml: xml.replace('<c r="B1">', '<c r="B1" t="str">'))
    assert read_grids(done, "表.xlsx")[0].cells.to_numpy().tolist() == [["甲", "", "x"]]


def test_shared_formulas_without_results_are_no_gaps(workbook: Make) -> None:
    data = workbook({"表": [[1, "=A1*2"], [2, "=A2*2"]]})

    def share(xml: str) -> str:
        first = xml.replace("<f>A1*2</f>", '<f t="shared" ref="B1:B2" si="0">A1*2</f>')
        return first.replace("<f>A2*2</f>", '<f t="shared" si="0"/>')

    assert read_grids(rewritten(data, share), "表.xlsx")[0].cells[1].tolist() == ["=A1*2", "=A2*2"]


def test_namespace_prefixes_do_not_hide_merged_areas_or_formulas(workbook: Make) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook({"表": [["题", None], [1, "=A2*2"]]})))
    book.active.merge_cells("A1:B1")

    def prefixed(xml: str) -> str:
        tags = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml)
        return tags.replace("<x:worksheet xmlns=", "<x:worksheet xmlns:x=")

    (grid,) = read_grids(rewritten(saved(book), prefixed), "表.xlsx")
    assert grid.cells.to_numpy().tolist() == [["题", ""], ["1", "=A2*2"]]
    assert grid.merged == ((0, 0, 0, 1),)


def test_a_stated_size_that_is_wrong_changes_nothing(workbook: Make) -> None:
    data = rewritten(
        workbook({"表": ROWS}), lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', xml)
    )
    assert read_grids(data, "表.xlsx")[0].cells.shape == (3, 2)


def test_formatted_blank_rows_and_columns_do_not_count(workbook: Make) -> None:
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="XFD{row}" s="0"/></row>' for row in range(4, 1500))
    data = rewritten(workbook({"表": ROWS}), lambda xml: xml.replace("</sheetData>", blank + "</sheetData>"))
    assert read_grids(data, "表.xlsx")[0].cells.shape == (3, 2)


def test_rows_far_below_are_refused(workbook: Make) -> None:
    far = '<row r="5000"><c r="A5000"><v>1</v></c></row></sheetData>'
    data = rewritten(workbook({"表": ROWS}), lambda xml: xml.replace("</sheetData>", far))
    assert refusal(data) == ("rows-blank|表.xlsx：工作表「表」有 4996 个连续的空行（期望：数据连在一起的表）")
    assert len(read_grids(data, "表.xlsx", limits=Limits(blank_rows=5000))[0].cells) == 5000


def test_escaped_characters_are_read_as_what_they_stand_for(workbook: Make) -> None:
    (grid,) = read_grids(workbook({"表": [["一_x000A_二", "a_x_b", "_xD800_"]]}), "表.xlsx")
    assert grid.cells.to_numpy().tolist() == [["一\n二", "a_x_b", "_xD800_"]]


def test_text_with_several_looks_is_one_text_and_reading_aids_are_left_out(workbook: Make) -> None:
    rich = '<is><r><t>企业</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 开办</t></r><rPh sb="0" eb="2"><t>qiye</t></rPh></is>'
    cell = f'<row r="4"><c r="A4" t="inlineStr">{rich}</c></row></sheetData>'
    data = rewritten(workbook({"表": ROWS}), lambda xml: xml.replace("</sheetData>", cell))
    assert read_grids(data, "表.xlsx")[0].cells.iat[3, 0] == "企业 开办"


def test_an_open_document_sheet_is_refused_with_what_to_do() -> None:
    data = zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
    assert refusal(data) == (
        "file-kind|表.xlsx：是 OpenDocument 文件（.ods），不能直接读取（期望：在 WPS 或 Excel 中另存为 .xlsx 后再导入）"
    )


def test_a_binary_workbook_is_refused_with_what_to_do() -> None:
    assert refusal(zipped({"xl/workbook.bin": b"x"})).startswith("file-kind|表.xlsx：是二进制工作簿（.xlsb）")


def test_entity_bombs_are_out_of_reach_of_the_parser_as_well() -> None:
    assert openpyxl.DEFUSEDXML is True


def test_raised_and_struck_out_characters_are_marked_not_glued() -> None:
    book = openpyxl.Workbook()
    raised, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
    book.active.append([CellRichText("98.5", TextBlock(raised, "1")), CellRichText(TextBlock(struck, "9"), "5")])
    data = io.BytesIO()
    book.save(data)
    (grid,) = read_grids(data.getvalue(), "表.xlsx")
    assert grid.cells.to_numpy().tolist() == [["98.5^1", "[删去]95"]]
