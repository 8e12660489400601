"""The file as it was read, its faults marked and listed."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from lib.export import markup
from lib.export.markup import marked_up
from lib.ingest.intake import NOT_A_TABLE, merge, read_table
from lib.ingest.table import read_grids
from lib.ingest.vocabulary import Vocabulary
from lib.model import Direction, Issue, Measure, Region, Severity

RED, AMBER, NONE = "00F4B0A9", "00FFE08A", "00000000"
CELLS = pd.DataFrame(
    [
        ["平顶山市营商环境指标（2020年三季度）", "", ""],
        ["县", "开办时间", "=网办率"],
        ["宝丰县", "约3", "98"],
        ["叶县", "2", ""],
    ]
)
ISSUES = [
    Issue("a", "列不在目录中", "f.xlsx", "表一", 2, "=网办率", "=网办率", "测度名称", Severity.WARNING, 3),
    Issue("b", "不是确切的数值", "f.xlsx", "表一", 3, "开办时间", "约3", "数字（工作日）", position=2),
    Issue("c", "换算过", "f.xlsx", "表一", severity=Severity.INFO),
    Issue("d", "请核对", "f.xlsx", "表一", 3, "开办时间", "约3", severity=Severity.WARNING, position=2),
    Issue("e", "不是参评地区", "f.xlsx", "表一", 4, "县", "叶县"),
    Issue("g", "只是说一声", "f.xlsx", "表一", 4, "=网办率", "", severity=Severity.INFO, position=3),
]


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def listed(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def links(sheet: Worksheet) -> list[str | None]:
    return [cell.hyperlink.location if cell.hyperlink else None for cell in sheet["E"][1:]]


def colour(sheet: Worksheet, at: str) -> str:
    return sheet[at].fill.fgColor.rgb


def said(sheet: Worksheet, at: str) -> str | None:
    return sheet[at].comment.text if sheet[at].comment else None


def test_the_list_has_every_issue_errors_first_then_in_file_order() -> None:
    book = opened(marked_up({"表一": CELLS}, ISSUES))
    assert book.sheetnames == ["问题清单", "表一"]
    assert listed(book["问题清单"]) == [
        ("级别", "工作表", "行", "列", "单元格", "值", "问题", "期望"),
        ("错误", "表一", 3, "开办时间", "B3", "约3", "不是确切的数值", "数字（工作日）"),
        ("错误", "表一", 4, "县", "A4", "叶县", "不是参评地区", None),
        ("提醒", "表一", 2, "=网办率", "C2", "=网办率", "列不在目录中", "测度名称"),
        ("提醒", "表一", 3, "开办时间", "B3", "约3", "请核对", None),
        ("说明", "表一", None, None, None, None, "换算过", None),
        ("说明", "表一", 4, "=网办率", "C4", None, "只是说一声", None),
    ]
    assert links(book["问题清单"]) == ["'表一'!B3", "'表一'!A4", "'表一'!C2", "'表一'!B3", None, "'表一'!C4"]


def test_the_cells_are_texts_marked_by_their_worst_issue() -> None:
    sheet = opened(marked_up({"表一": CELLS}, ISSUES))["表一"]
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == CELLS.to_numpy().tolist()
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert sheet["C2"].data_type == "s" and sheet["C2"].quotePrefix
    colours = {cell.coordinate: colour(sheet, cell.coordinate) for row in sheet.iter_rows() for cell in row}
    assert {at: shown for at, shown in colours.items() if shown != NONE} == {"C2": AMBER, "B3": RED, "A4": RED}


def test_the_comments_say_what_is_wrong_and_expected() -> None:
    sheet = opened(marked_up({"表一": CELLS}, ISSUES))["表一"]
    comments = {cell.coordinate: said(sheet, cell.coordinate) for row in sheet.iter_rows() for cell in row}
    assert {at: text for at, text in comments.items() if text} == {
        "C2": "列不在目录中（期望：测度名称）",
        "B3": "不是确切的数值（期望：数字（工作日））\n请核对",
        "A4": "不是参评地区",
        "C4": "只是说一声",
    }


def test_a_sheet_without_a_name_is_called_data_and_odd_names_are_quoted() -> None:
    sheets = {"": CELLS, "O'Neil[1]": CELLS, "问题清单": CELLS}
    issues = [Issue(name or "x", "错了", sheet=name, row=3, position=2) for name in sheets]
    book = opened(marked_up(sheets, issues))
    assert book.sheetnames == ["问题清单", "数据", "O'Neil_1_", "问题清单 (2)"]
    assert links(book["问题清单"]) == ["'数据'!B3", "'O''Neil_1_'!B3", "'问题清单 (2)'!B3"]
    assert [row[1] for row in listed(book["问题清单"])[1:]] == ["数据", "O'Neil[1]", "问题清单"]
    assert [colour(sheet, "B3") for sheet in book.worksheets[1:]] == [RED] * 3


def test_an_address_that_is_not_in_the_file_is_listed_without_a_link() -> None:
    issues = [
        Issue("a", "行不在", sheet="表一", row=99, position=1),
        Issue("b", "列不在", sheet="表一", row=1, position=9),
        Issue("c", "表不在", sheet="别的", row=1, position=1),
        Issue("d", "文件是空的"),
    ]
    book = opened(marked_up({"表一": CELLS}, issues))
    assert [(row[1], row[4], row[6]) for row in listed(book["问题清单"])[1:]] == [
        ("表一", "I1", "列不在"),
        ("表一", "A99", "行不在"),
        (None, None, "文件是空的"),
        ("别的", "A1", "表不在"),
    ]
    assert links(book["问题清单"]) == [None] * 4


def test_a_long_sheet_shows_its_top_and_every_row_with_an_issue() -> None:
    cells = pd.DataFrame({0: [f"行{number}" for number in range(1, 5_101)], 1: ["9"] * 5_100})
    issues = [Issue("a", "错了", sheet="", row=row, position=2) for row in (5_050, 10, 5_050)]
    book = opened(marked_up({"": cells}, issues))
    sheet = book["数据"]
    rows = listed(sheet)
    assert rows[:2] == [("原行号", "A", "B"), (1, "行1", "9")]
    assert rows[-2:] == [(5_000, "行5000", "9"), (5_050, "行5050", "9")]
    assert len(rows) == 5_002 and sheet.freeze_panes == "A2"
    assert [row[4] for row in listed(book["问题清单"])[1:]] == ["B10", "B5050", "B5050"]
    assert links(book["问题清单"]) == ["'数据'!C11", "'数据'!C5002", "'数据'!C5002"]
    assert (colour(sheet, "C11"), colour(sheet, "C5002"), said(sheet, "C5002")) == (RED, RED, "错了")


def test_only_the_first_issues_get_a_comment_but_all_are_marked_and_listed() -> None:
    cells = pd.DataFrame({0: ["x"] * 2_500})
    issues = [Issue("a", f"错误{row}", sheet="", row=row, position=1) for row in range(1, 2_501)]
    book = opened(marked_up({"": cells}, issues))
    sheet = book["数据"]
    assert len(listed(book["问题清单"])) == 2_501
    assert (said(sheet, "A2000"), said(sheet, "A2001"), colour(sheet, "A2500")) == ("错误2000", None, RED)


def test_links_end_before_excel_drops_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "LINKS", 2)
    book = opened(marked_up({"表一": CELLS}, ISSUES))
    assert links(book["问题清单"]) == ["'表一'!B3", "'表一'!A4", None, None, None, None]


def test_texts_that_excel_cannot_hold_or_would_run() -> None:
    cells = pd.DataFrame([["=cmd|' /C calc'!A0", "a\x00b\x1f", "长" * 40_000]])
    issue = Issue("a", "错\x00了", sheet="", row=1, column="=1", value="@x\x07", expected="+1", position=1)
    book = opened(marked_up({"": cells}, [issue]))
    assert [cell.data_type for cell in book["数据"][1]] == ["s", "s", "s"]
    assert [cell.value for cell in book["数据"][1]] == [cells.iat[0, 0], "ab", "长" * 32_767]
    assert listed(book["问题清单"])[1] == ("错误", "数据", 1, "=1", "A1", "@x", "错了", "+1")
    assert {cell.data_type for cell in book["问题清单"][2]} == {"s", "n"}
    assert said(book["数据"], "A1") == "错了（期望：+1）"


def test_nothing_read_still_gives_a_list() -> None:
    book = opened(marked_up({}, [Issue("a", "文件是空的", "f.csv")]))
    assert book.sheetnames == ["问题清单"] and listed(book["问题清单"])[1][6] == "文件是空的"
    assert opened(marked_up({"空": pd.DataFrame()}, [])).sheetnames == ["问题清单", "空"]


def test_a_marked_file_can_be_corrected_and_sent_again() -> None:
    words = Vocabulary(
        (Region("410421", "宝丰县", "宝丰县", "county"), Region("410422", "叶县", "叶县", "county")),
        (),
        (Measure("start.time", "企业开办时间", "工作日", Direction.LOWER),),
    )
    text = "区划代码,区县,企业开办时间\n410421,宝丰县,3.25\n410422,宝丰县,2\n410422,叶县,约2\n"
    grids = read_grids(text.encode(), "2020-Q3.csv")
    before = merge([read_table(grid, words) for grid in grids])
    assert len(before.errors) == 2
    data = marked_up({grid.sheet: grid.cells for grid in grids}, before.issues)
    first, *again = [read_table(grid, words) for grid in read_grids(data, "2020-Q3.xlsx")]
    assert {issue.code for issue in first.errors} <= NOT_A_TABLE and first.rows.empty
    key = ["region", "measure", "period", "value", "row"]
    assert merge([first, *again]).rows[key].equals(before.rows[key])
    assert [issue.code for issue in merge([first, *again]).errors] == [issue.code for issue in before.errors]
