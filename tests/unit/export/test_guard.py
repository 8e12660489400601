"""Tables to take away: no text acts as a formula, no number loses a digit."""

from __future__ import annotations

import csv
import io

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from lib.export.guard import guarded, table_csv, table_xlsx
from lib.export.sheets import clean, sheet_name, text_width

INJECTIONS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+SUM(A1)",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "＋A1",
    "－A1",
    "＠SUM",
    "  =1+1",
    "\u3000=1+1",
    "\xa0=1+1",
    "\ufeff=1+1",
    "\n=1+1",
    "\tA1",
    "\rA1",
    "-e5",
    "-",
    "+86 375",
    "-5-3",
    "=5",
]
HARMLESS = [
    "",
    "宝丰县",
    "a=b",
    "3",
    "-5",
    "-3.2%",
    "+1",
    "-1,234.5",
    "-.5",
    "+1e5",
    " -5 ",
    "－３．２％",
    "—",
    "1-2",
    "'=1",
]


def read_csv(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def cells(sheet: Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_command_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_text_stays(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-5, "-5"),
        (-0.1, "-0.1"),
        (0.1 + 0.2, "0.30000000000000004"),
        (np.float64(-2.5), "-2.5"),
        (np.int64(-7), "-7"),
        (float("-inf"), "'-inf"),
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (True, "是"),
        (np.False_, "否"),
    ],
)
def test_what_is_no_text(value: object, shown: str) -> None:
    assert guarded(value) == shown


@given(st.text())
def test_a_guarded_text_is_harmless(text: str) -> None:
    once = guarded(text)
    assert once in (clean(text), f"'{clean(text)}")
    assert guarded(once) == once


def test_csv_is_what_excel_opens_rightly() -> None:
    frame = pd.DataFrame({"县（市、区）": ["宝丰县", "=1,2"], "=数值": [0.1, None], "数": [1, -2]})
    assert table_csv(frame) == "\ufeff县（市、区）,'=数值,数\r\n宝丰县,0.1,1\r\n\"'=1,2\",,-2\r\n".encode()


def test_csv_of_nothing_is_its_header() -> None:
    assert table_csv(pd.DataFrame(columns=["甲", "乙"])) == "\ufeff甲,乙\r\n".encode()


VALUES = st.one_of(st.text(), st.floats(allow_nan=False, allow_infinity=False), st.integers(), st.none())


@given(st.lists(st.tuples(VALUES, VALUES), max_size=8))
def test_csv_reads_back_as_it_was(rows: list[tuple[object, object]]) -> None:
    frame = pd.DataFrame(rows, columns=["甲", "乙"], dtype=object)
    header, *records = read_csv(table_csv(frame))
    assert header == ["甲", "乙"]
    assert records == [[guarded(value) for value in row] for row in rows]
    for row, record in zip(rows, records, strict=True):
        for value, text in zip(row, record, strict=True):
            if isinstance(value, float):
                assert float(text) == value


@settings(max_examples=40)
@given(st.lists(st.tuples(st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False)), max_size=8))
def test_xlsx_keeps_texts_and_every_digit(rows: list[tuple[str, float]]) -> None:
    frame = pd.DataFrame(rows, columns=["文", "数"])
    sheet = opened(table_xlsx({"表": frame}))["表"]
    expected = [[clean(text).replace("\r\n", "\n").replace("\r", "\n") or None, number] for text, number in rows]
    assert cells(sheet)[1:] == expected


@pytest.mark.parametrize("text", [*INJECTIONS, "#N/A", "2020-09", "TRUE", "1e5"])
def test_xlsx_texts_are_never_formulas(text: str) -> None:
    sheet = opened(table_xlsx({"表": pd.DataFrame({text: [text]})}))["表"]
    for cell in (sheet["A1"], sheet["A2"]):
        assert (cell.data_type, cell.value) == ("s", text.replace("\r", "\n"))
        assert bool(cell.quotePrefix) is text.lstrip().startswith(tuple("=+-@＝＋－＠"))


def test_xlsx_has_a_sheet_a_frame_and_the_notes_last() -> None:
    frames = {"得分": pd.DataFrame({"县": ["叶县"], "得分": [87.5]}), "名次": pd.DataFrame({"名次": [1, 2]})}
    book = opened(table_xlsx(frames, ["演示数据", "=1+1"]))
    assert {sheet.title: cells(sheet) for sheet in book} == {
        "得分": [["县", "得分"], ["叶县", 87.5]],
        "名次": [["名次"], [1], [2]],
        "说明": [["说明"], ["演示数据"], ["=1+1"]],
    }
    assert book["说明"]["A3"].data_type == "s"
    header = book["得分"]["A1"]
    assert header.font.b and header.fill.fgColor.rgb == "00DCE6F2" and book["得分"].freeze_panes == "A2"


def test_xlsx_without_notes_has_no_such_sheet() -> None:
    assert opened(table_xlsx({"甲": pd.DataFrame({"x": [1]})})).sheetnames == ["甲"]
    assert opened(table_xlsx({})).sheetnames == ["说明"]


def test_xlsx_missing_values_are_empty_cells() -> None:
    frame = pd.DataFrame({"数": [None, 1.5], "文": ["", None]})
    assert cells(opened(table_xlsx({"表": frame}))["表"])[1:] == [[None, None], [1.5, None]]


def test_xlsx_widths_count_a_chinese_character_twice() -> None:
    frame = pd.DataFrame({"县": ["宝丰县", "平顶山市城乡一体化示范区"], "note": ["abc", "x" * 500], "n": [1, 2]})
    sheet = opened(table_xlsx({"表": frame}))["表"]
    assert [sheet.column_dimensions[at].width for at in "ABC"] == [26, 60, 6]
    assert sheet["B3"].alignment.wrap_text and not sheet["B2"].alignment.wrap_text


def test_xlsx_refuses_what_a_sheet_cannot_hold() -> None:
    with pytest.raises(ValueError, match="放不下"):
        table_xlsx({"大": pd.DataFrame({"x": range(1_048_576)})})


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("宝丰县", 6), ("（％）", 6), ("ab县", 4), ("长行\n短", 4), ("", 0), ("ｱ", 1)]
)
def test_text_width(text: str, width: int) -> None:
    assert text_width(text) == width


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("得分", [], "得分"),
        ("a/b\\c?d*e:f[g]", [], "a_b_c_d_e_f_g_"),
        ("得分", ["得分"], "得分 (2)"),
        ("Score", ["score", "SCORE (2)"], "Score (3)"),
        ("长" * 40, [], "长" * 31),
        ("长" * 40, ["长" * 31], "长" * 27 + " (2)"),
        ("", [], "表"),
        ("''", [], "表"),
        ("'甲'", [], "甲"),
        ("History", [], "History (2)"),
        ("甲\x00\n乙", [], "甲_乙"),
    ],
)
def test_sheet_names_that_excel_allows(wanted: str, taken: list[str], name: str) -> None:
    assert sheet_name(wanted, taken) == name
