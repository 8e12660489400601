"""The form that departments fill in and send back, made so that the intake reads it without a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from lib.export.sheets import BOX, add_sheet, blank_book, filled, fit, put, put_header, put_row, saved
from lib.model import Framework, Measure, Period, Region
from lib.view.theme import QUIET

HEADER = ("区划代码", "县（市、区）", "指标代码", "指标", "单位", "评价期", "数值", "暂定", "备注")
HEADER_ROW = 3
INPUTS = ("数值", "暂定", "备注")
HOW_TO = (
    "只填黄色的三栏；数值按“单位”栏的单位填；缺失请留空，不要填 0；"
    "尚未核定的数，“暂定”选“是”；请不要改动灰色各栏、表头和工作表名称。"
)
DEFINITIONS = ("指标代码", "指标", "单位", "方向", "口径/定义")
YES_NO = ("是", "否")
WIDTHS = {"数值": 14, "暂定": 8, "备注": 30}
_INPUT_FILL, _FIXED_FILL = filled("#FFF9DB"), filled("#F0F1F3")
_A4 = 9


def template(
    framework: Framework,
    measures: Mapping[str, Measure],
    regions: Sequence[Region],
    period: Period,
    *,
    title: str,
    present: Mapping[tuple[str, str], float] | None = None,
) -> bytes:
    """The XLSX form of one period: a row for each measure of the framework that is reported, and each region.

    Derived measures have no rows, since their values follow. `present` prefills values in the measure's unit, by
    (region code, measure code). The title stands in row 1; it must say more than the name of a place. The sheets 选项
    (hidden: what the drop-down lists offer) and 指标说明 hold no table that an intake could read.
    KeyError names a measure of the framework that `measures` lacks.
    """
    reported = [measures[code] for code in framework.leaves if not measures[code].derived]
    book = blank_book()
    form = add_sheet(book, "填报")
    _fill_form(form, reported, regions, period, title, present or {})
    ranges = _fill_options(
        add_sheet(book, "选项"),
        {
            "县（市、区）": [region.name for region in regions],
            "指标": [measure.name for measure in reported],
            "评价期": [str(period)],
            "暂定": YES_NO,
        },
    )
    _restrict(form, ranges)
    _fill_definitions(add_sheet(book, "指标说明"), reported)
    return saved(book)


def _fill_form(
    sheet: Worksheet,
    measures: Sequence[Measure],
    regions: Sequence[Region],
    period: Period,
    title: str,
    present: Mapping[tuple[str, str], float],
) -> None:
    # Neither is merged over the columns: the texts run over the empty cells anyway, and merged cells hinder sorting.
    put(sheet["A1"], title).font = Font(bold=True, size=16)
    put(sheet["A2"], HOW_TO).font = Font(color=QUIET.removeprefix("#"))
    put_header(sheet, HEADER_ROW, HEADER)
    rows = [
        (region.code, region.name, measure.code, measure.name, measure.unit, str(period), present.get(key), None, None)
        for measure in measures
        for region in regions
        for key in [(region.code, measure.code)]
    ]
    for row, values in enumerate(rows, HEADER_ROW + 1):
        put_row(sheet, row, values)
        for at, name in enumerate(HEADER, 1):
            cell = sheet.cell(row, at)
            cell.border = BOX
            cell.fill = _INPUT_FILL if name in INPUTS else _FIXED_FILL
            cell.alignment = Alignment(vertical="center", wrap_text=name in ("指标", "备注"))
            if name in ("区划代码", "评价期", "备注"):
                # Text, or Excel makes a date of a month and a number of a year that is typed again.
                cell.number_format = "@"
    shown = {
        at: [name, *(values[at - 1] for values in rows)] for at, name in enumerate(HEADER, 1) if name not in WIDTHS
    }
    fit(sheet, shown, widest=44)
    for name, width in WIDTHS.items():
        sheet.column_dimensions[_letter(name)].width = width
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{_letter(HEADER[-1])}{sheet.max_row}"
    _set_up_print(sheet, HEADER_ROW)


def _set_up_print(sheet: Worksheet, header: int) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{header}:{header}"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _fill_options(sheet: Worksheet, lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Writes the lists one below the other and returns their ranges.

    In a single column no place has a measure or a value beside it, so that no intake can take the sheet for a table.
    """
    sheet.sheet_state = "hidden"
    ranges: dict[str, str] = {}
    row = 1
    for name, options in lists.items():
        put(sheet.cell(row, 1), f"{name}（下拉选项）").font = Font(bold=True)
        for at, option in enumerate(options, row + 1):
            put(sheet.cell(at, 1), option)
        if options:
            ranges[name] = f"'{sheet.title}'!$A${row + 1}:$A${row + len(options)}"
        row += len(options) + 2
    fit(sheet, {1: [cell.value or "" for cell in sheet["A"]]})
    return ranges


def _restrict(sheet: Worksheet, ranges: Mapping[str, str]) -> None:
    """Drop-down lists, and a warning (not a refusal, words such as 暂无 are allowed) where a value is no number."""
    last = sheet.max_row
    if last == HEADER_ROW:
        return
    for name, options in ranges.items():
        rule = DataValidation("list", formula1=options, allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = "请从列表中选择", f"“{name}”请从下拉列表中选择。"
        _apply(sheet, rule, name, last)
    rule = DataValidation(
        "decimal", operator="between", formula1="-1000000000000000", formula2="1000000000000000", allow_blank=True
    )
    rule.errorStyle, rule.showErrorMessage = "warning", True
    rule.errorTitle, rule.error = "不是数字", "这里应填数字；缺失请留空，也可以填“暂无”。仍要保留吗？"
    _apply(sheet, rule, "数值", last)


def _apply(sheet: Worksheet, rule: DataValidation, name: str, last: int) -> None:
    rule.add(f"{_letter(name)}{HEADER_ROW + 1}:{_letter(name)}{last}")
    sheet.add_data_validation(rule)


def _fill_definitions(sheet: Worksheet, measures: Sequence[Measure]) -> None:
    put_header(sheet, 1, DEFINITIONS)
    for row, measure in enumerate(measures, 2):
        scope = f"口径：{measure.scope}" if measure.scope else ""
        meaning = "\n".join(part for part in (measure.definition, scope) if part)
        put_row(sheet, row, (measure.code, measure.name, measure.unit, measure.direction.label, meaning))
        for cell in sheet[row]:
            cell.alignment, cell.border = Alignment(vertical="top", wrap_text=True), BOX
    fit(
        sheet,
        {at: [cell.value or "" for cell in sheet[get_column_letter(at)]] for at in range(1, len(DEFINITIONS) + 1)},
    )
    _set_up_print(sheet, 1)


def _letter(name: str) -> str:
    return get_column_letter(HEADER.index(name) + 1)
