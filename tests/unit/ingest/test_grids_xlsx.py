"""Workbooks become one grid a sheet; broken, huge and misnamed ones are refused with a reason."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest

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
