"""Text files of any encoding and delimiter become the same grid, with the file's own row numbers."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.ingest.grid import Limits
from lib.ingest.table import decode, read_grids
from lib.model import Issue, UserError

TEXT = "区县,企业开办时间\n宝丰县,3\n叶县,2.5\n"
CELLS = [["区县", "企业开办时间"], ["宝丰县", "3"], ["叶县", "2.5"]]


def cells(data: bytes, name: str = "表.csv", limits: Limits | None = None) -> list[list[str]]:
    (grid,) = read_grids(data, name, limits=limits)
    return grid.cells.to_numpy().tolist()


def refusal(data: bytes, name: str = "表.csv", limits: Limits | None = None) -> str:
    with pytest.raises(UserError) as caught:
        read_grids(data, name, limits=limits)
    (issue,) = caught.value.issues
    return f"{issue.code}|{issue}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_of_the_offices_reads_alike(encoding: str) -> None:
    assert cells(TEXT.encode(encoding)) == CELLS


def test_utf16_is_read_with_either_byte_order_mark() -> None:
    assert cells(b"\xff\xfe" + TEXT.encode("utf-16-le")) == CELLS
    assert cells(b"\xfe\xff" + TEXT.encode("utf-16-be")) == CELLS


def test_a_few_bytes_of_gbk_are_not_taken_for_another_language() -> None:
    # 15 bytes that charset detectors call Korean.
    assert decode("平顶山市宝丰县1".encode("gbk")) == "平顶山市宝丰县1"


def test_a_rare_character_outside_gbk_is_read_as_gb18030() -> None:
    assert cells("区县,𠮷\n郏县,1\n".encode("gb18030")) == [["区县", "𠮷"], ["郏县", "1"]]


@pytest.mark.parametrize("mark", ["\t", ",", ";", "|", "，"])
def test_the_delimiter_is_told_from_the_first_line(mark: str) -> None:
    assert cells(TEXT.replace(",", mark).encode()) == CELLS


def test_a_delimiter_inside_quotes_or_a_later_row_does_not_mislead() -> None:
    found = cells('区县;说明\n宝丰县;"一,二;三"\n'.encode())
    assert [row[:2] for row in found] == [["区县", "说明"], ["宝丰县", "一,二;三"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(end: str) -> None:
    assert cells(TEXT.replace("\n", end).encode()) == CELLS


def test_blank_lines_keep_their_row_numbers_and_short_rows_are_filled() -> None:
    assert cells(b"\na,b\n\n1\n2,3,4\n") == [["", "", ""], ["a", "b", ""], ["", "", ""], ["1", "", ""], ["2", "3", "4"]]


def test_cells_stay_text_as_they_are() -> None:
    assert cells(b"NA,null,007\n1e5, x ,TRUE\n") == [["NA", "null", "007"], ["1e5", " x ", "TRUE"]]


def test_a_quoted_header_over_two_lines_is_one_row() -> None:
    assert cells('地区,"性别比\n（女=100）"\n宝丰县,102.06\n'.encode()) == [
        ["地区", "性别比\n（女=100）"],
        ["宝丰县", "102.06"],
    ]


def test_the_grid_knows_its_file_without_the_folder() -> None:
    (grid,) = read_grids(TEXT.encode(), "上报/2020/指标.csv")
    assert (grid.file, grid.sheet) == ("指标.csv", "")
    issue = grid.issue(Issue("code", "说明"), 4)
    assert (issue.file, issue.row) == ("指标.csv", 5)
    assert grid.issue(Issue("code", "说明", row=9)).row == 9


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refusal(data) == "file-empty|表.csv：文件是空的（期望：有表头和数据的 CSV 或 XLSX 文件）"


@pytest.mark.parametrize("data", [b"\xff\xff\xff", b"\xff\xfea\x00b", "区县".encode("gbk")[:3]])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    assert refusal(data) == (
        "encoding|表.csv：文字编码无法识别（期望：UTF-8、GBK/GB18030 或 UTF-16 编码的文本，或 XLSX 文件）"
    )


def test_an_open_quote_is_refused() -> None:
    code, line = refusal(b'a,b\n"1,2\n').split("|")
    assert code == "csv-broken"
    assert line.startswith("表.csv：不是完整的表格文本（")
    assert line.endswith("（期望：每行一条记录、引号成对的 CSV）")


def test_too_many_columns_are_refused() -> None:
    limits = Limits(columns=3)
    assert cells(b"a,b,c\n1,2,3\n", limits=limits) == [["a", "b", "c"], ["1", "2", "3"]]
    assert refusal(b"a,b,c\n1,2,3,4\n", limits=limits) == "columns-many|表.csv：有 4 列，太多（期望：不超过 3 列）"


def test_two_thousand_columns_pass_and_one_more_does_not() -> None:
    assert read_grids(b"a" + b"," * 1999, "w.csv")[0].cells.shape == (1, 2000)
    assert refusal(b"a" + b"," * 2000, "w.csv") == "columns-many|w.csv：有 2001 列，太多（期望：不超过 2000 列）"


def test_too_large_a_file_is_refused_unread() -> None:
    data = b"x" * (3 * 2**20)
    assert (
        refusal(data, limits=Limits(bytes=2 * 2**20)) == "file-large|表.csv：文件有 3.0 MB，太大（期望：不超过 2 MB）"
    )


@pytest.mark.parametrize("data", [b"a,b\n1,\x002\n", b"a,b\n" * 2000 + b"\x00", b"\x01\x02\x03\x04" * 9])
def test_binary_bytes_are_no_text_table(data: bytes) -> None:
    assert refusal(data) == "not-text|表.csv：不是文本表格（期望：CSV、XLSX 或 XLS 表格文件）"


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"MZ\x90\x00\x03\x00", "Windows 程序"),
        (b"\x7fELF\x02\x01", "Linux 程序"),
        (b"%PDF-1.7\n", "PDF 文件"),
        (b"\x89PNG\r\n\x1a\n", "PNG 图片"),
        (b"\xff\xd8\xff\xe0", "JPEG 图片"),
        (b"GIF89a", "GIF 图片"),
        (b"\x1f\x8b\x08", "gzip 压缩文件"),
        (b"Rar!\x1a\x07\x00", "RAR 压缩文件"),
        (b"7z\xbc\xaf\x27\x1c", "7z 压缩文件"),
        (b"{\\rtf1\\ansi", "RTF 文档"),
    ],
)
def test_other_kinds_of_file_are_refused_by_name(start: bytes, kind: str) -> None:
    assert (
        refusal(start + b"\x00\x01 rest") == f"file-kind|表.csv：是{kind}，不是表格（期望：CSV、XLSX 或 XLS 表格文件）"
    )


def test_a_header_that_looks_like_a_program_is_text() -> None:
    assert cells(b"MZ,code\n1,2\n") == [["MZ", "code"], ["1", "2"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>', "XML 格式的旧版表格"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related", "单文件网页（MHTML）"),
    ],
)
def test_old_exchange_formats_are_refused_with_what_to_do(text: str, said: str) -> None:
    assert refusal(text.encode()) == (
        f"file-kind|表.csv：是{said}，不能直接读取（期望：在 WPS 或 Excel 中另存为 .xlsx 后再导入）".replace(
            "是XML", "是 XML"
        )
    )


def test_full_width_commas_inside_quotes_stay() -> None:
    assert cells('区县，"说，明"\n宝丰县，1\n'.encode()) == [["区县", "说，明"], ["宝丰县", "1"]]


def test_line_ends_may_be_mixed() -> None:
    assert cells(b"a,b\r1,2\n3,4\r\n5,6") == [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]


def test_quoted_line_breaks_count_as_one_record_and_blank_lines_as_one_each() -> None:
    found = cells(b'a,b\n"1\n\n1",2\n\n3,"4\r\n4"\n')
    assert found == [["a", "b"], ["1\n\n1", "2"], ["", ""], ["3", "4\r\n4"]]


def test_a_quote_inside_a_cell_is_a_character() -> None:
    assert cells(b'size,n\n5" pipe,1\n6" pipe,2\n') == [["size", "n"], ['5" pipe', "1"], ['6" pipe', "2"]]


def test_the_record_with_the_open_quote_is_named() -> None:
    assert refusal(b'a,b\n"1,2\n3,4\n') == (
        "csv-broken|表.csv：不是完整的表格文本（第 2 条记录起引号不成对）（期望：每行一条记录、引号成对的 CSV）"
    )


CELL = st.text(st.sampled_from('a1，,"\n\r ;县'), max_size=4)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_a_csv_writer_writes_is_read_back(table: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["表", "头", "；", "，"], *table])
    width = 4
    assert cells(text.getvalue().encode())[1:] == [row + [""] * (width - len(row)) for row in table]
