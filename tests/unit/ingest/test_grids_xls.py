"""Old workbooks are read like new ones; locked ones, macros and other programs' files are refused with what to do."""

from __future__ import annotations

import pytest

from lib.ingest.grid import Grid, Limits
from lib.ingest.table import read_grids
from lib.model import UserError
from tests.unit.ingest import biff

FORMATS = ("0.0%", "yyyy-mm-dd", '0.0"个工作日"', '0!.0,"万"')
CELLS = biff.label(0, 0, "区县") + biff.label(0, 1, "数值") + biff.label(1, 0, "宝丰县") + biff.number(1, 1, 2.5)


def only(cells: bytes, mode: int = 0) -> Grid:
    (grid,) = read_grids(biff.container(biff.book([("表", cells, False)], FORMATS, mode=mode)), "表.xls")
    return grid


def refusal(data: bytes, sheet: str | None = None, limits: Limits | None = None) -> str:
    with pytest.raises(UserError) as caught:
        read_grids(data, "表.xls", sheet, limits)
    (issue,) = caught.value.issues
    return f"{issue.code}|{issue}"


def test_an_old_workbook_is_read_with_its_hidden_sheets() -> None:
    stream = biff.book([("三季度", CELLS, False), ("底稿", CELLS, True)])
    for data in (stream, biff.container(stream)):
        grids = read_grids(data, "报表/表.xls")
        assert [(grid.file, grid.sheet, grid.hidden) for grid in grids] == [
            ("表.xls", "三季度", False),
            ("表.xls", "底稿", True),
        ]
        assert grids[0].cells.to_numpy().tolist() == [["区县", "数值"], ["宝丰县", "2.5"]]


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (3.0, 0, "3"),
        (0.9459, 1, "94.59%"),
        (0.945912345, 1, "94.5912345%"),
        (44104.0, 2, "2020-09-30 00:00:00"),
        (0.5, 2, "12:00:00"),
        (1e12, 2, "#VALUE!"),
        (2.55, 3, "2.55个工作日"),
        (123456.0, 4, "123456"),
    ],
)
def test_a_number_becomes_the_text_that_the_office_sees(value: float, style: int, text: str) -> None:
    assert only(biff.number(0, 0, value, style)).cells.iat[0, 0] == text


def test_a_date_of_the_mac_calendar() -> None:
    assert only(biff.number(0, 0, 42642.0, 2), mode=1).cells.iat[0, 0] == "2020-09-30 00:00:00"


def test_truth_values_and_errors_are_words() -> None:
    cells = biff.truth(0, 0, True) + biff.error(0, 1, 7) + biff.error(0, 2, 42) + biff.error(0, 3, 99)
    assert only(cells).cells.to_numpy().tolist() == [["True", "#DIV/0!", "#N/A", "#VALUE!"]]


def test_merged_areas_and_blank_rows_keep_their_places() -> None:
    cells = biff.label(0, 0, "题") + biff.number(3, 2, 1) + biff.merged((0, 0, 0, 2), (1, 2, 0, 0), (9, 9, 0, 1))
    grid = only(cells)
    assert grid.cells.to_numpy().tolist() == [["题", "", ""], ["", "", ""], ["", "", ""], ["", "", "1"]]
    assert grid.merged == ((0, 0, 0, 2), (1, 0, 2, 0))


def test_one_sheet_can_be_asked_for() -> None:
    data = biff.book([("一季度", CELLS, False), ("三季度", CELLS, False)])
    assert [grid.sheet for grid in read_grids(data, "表.xls", "三季度")] == ["三季度"]
    assert refusal(data, "四季度") == "sheet-unknown|表.xls：没有工作表「四季度」（期望：一季度、三季度）"


def test_limits_hold_for_old_workbooks_too() -> None:
    data = biff.book([("表", CELLS, False)])
    assert refusal(data, limits=Limits(rows=1)) == "rows-many|表.xls：工作表「表」超过 1 行（期望：不超过 1 行）"
    assert refusal(data, limits=Limits(columns=1)).startswith("columns-many|")
    assert refusal(data, limits=Limits(cells=3)).startswith("cells-many|")


def test_a_locked_workbook_is_refused() -> None:
    locked = biff.book([("表", CELLS, False)], extra=biff.record(0x2F, bytes(54)))
    expected = "file-locked|表.xls：文件有打开密码（期望：先在 WPS 或 Excel 中取消打开密码）"
    assert refusal(biff.container(locked)) == expected
    assert refusal(biff.container(b"", "EncryptedPackage", "EncryptionInfo")) == expected


def test_macros_are_refused() -> None:
    data = biff.container(biff.book([("表", CELLS, False)]), other="_VBA_PROJECT_CUR")
    assert (
        refusal(data) == "file-macros|表.xls：含有宏，不读取（期望：在 WPS 或 Excel 中另存为不含宏的 .xlsx 后再导入）"
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("WordDocument", "是Word 文档，不是表格"),
        ("PowerPoint Document", "是演示文稿，不是表格"),
        ("Contents", "是别的程序的文件，不是 Excel 工作簿"),
    ],
)
def test_other_programs_files_are_refused(name: str, said: str) -> None:
    assert refusal(biff.container(b"", name)) == (
        f"file-kind|表.xls：{said}（期望：在 WPS 或 Excel 中另存为 .xlsx 后再导入）"
    )


@pytest.mark.parametrize("keep", [9, 200, 600, 1500])
def test_an_old_workbook_cut_short_is_refused(keep: int) -> None:
    data = biff.container(biff.book([("表", CELLS, False)]))
    assert refusal(data[:keep]).split("|")[0] in ("xls-broken", "file-kind")
