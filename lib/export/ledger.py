"""The table in which problems are listed to be put on the ledger, made so that it is read back without a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from lib.export.sheets import BOX, add_notes, add_sheet, blank_book, put, put_header, saved

ROWS = 200
WIDE, NARROW = 36, 16
WIDE_COLUMNS = {"问题", "依据", "整改措施", "整改步骤"}
NOTES = (
    "一行一个问题。“问题”“责任单位”“整改期限”必填，其余可不填；列的先后、多余的列都不影响读取。",
    "整改期限写全年月日：2020-12-31、2020年12月31日或 2020.12.31。",
    "“地区”写县（市、区）名称，市级的留空或写平顶山市。“指标”写指标或测度的名称，没有对应的留空。",
    "“整改步骤”一行一步，期限写在后面，如：梳理流程 2020-12-31（单元格里用 Alt+回车换行）。",
)


def ledger_template(headers: Sequence[str], options: Mapping[str, Sequence[str]]) -> bytes:
    """An empty table with these columns, and drop-down lists for some of them; a last sheet says how it is filled in."""
    book = blank_book()
    sheet = add_sheet(book, "整改事项")
    put_header(sheet, 1, headers)
    lists = add_sheet(book, "选项")
    lists.sheet_state = "hidden"
    for at, name in enumerate(headers, 1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = WIDE if name in WIDE_COLUMNS else NARROW
        for row in range(2, ROWS + 2):
            cell = sheet.cell(row, at)
            # Text, or Excel turns a day into its own idea of it.
            cell.number_format, cell.border = "@", BOX
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        if name in options:
            _restrict(sheet, lists, letter, at, options[name])
    add_notes(book, NOTES)
    return saved(book)


def _restrict(sheet: Worksheet, lists: Worksheet, letter: str, at: int, options: Sequence[str]) -> None:
    """A drop-down list; other words are allowed."""
    for row, option in enumerate(options, 1):
        put(lists.cell(row, at), option)
    rule = DataValidation("list", formula1=f"'{lists.title}'!${letter}$1:${letter}${len(options)}", allow_blank=True)
    rule.add(f"{letter}2:{letter}{ROWS + 1}")
    sheet.add_data_validation(rule)
