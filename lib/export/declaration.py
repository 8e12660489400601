"""The campaign's annex 2 as a Word file: the form's own table, filled in, to be edited, printed and stamped."""

from __future__ import annotations

import io
from collections.abc import Mapping
from itertools import groupby

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from lib.export.official import BODY, BOLD, HEADING, page, typeface
from lib.export.sheets import plain_text
from lib.model.declaration import HEAD, NOTE, ROWS, TITLE
from lib.view.text import DEMO, MADE_UP

# The table takes the whole width.
WIDTHS = (24, 16, 32, 84)

REMARK = f"注：表中县（市、区）的数值是{MADE_UP}。"


def mentions_made_up(cells: Mapping[str, str]) -> bool:
    """Whether the form's own words say that a value is made up."""
    return any(DEMO in said for said in cells.values())


def form(cells: Mapping[str, str], *, made_up: bool = False) -> bytes:
    """The form with its cells filled in, by the names in HEAD and ROWS; `made_up`: that it uses such values stands below."""
    document = page(TITLE)
    _line(document.add_paragraph(), "附件2", BOLD, 16)
    _line(document.add_paragraph(), TITLE, HEADING, 22, WD_ALIGN_PARAGRAPH.CENTER)
    head = "　".join(f"{label}：{plain_text(cells[name])}" for name, label in HEAD.items())
    _line(document.add_paragraph(), head, BODY, 12)
    _fill(document.add_table(len(ROWS), len(WIDTHS), style="Table Grid"), cells)
    _line(document.add_paragraph(), NOTE, BODY, 12)
    if made_up:
        _line(document.add_paragraph(), REMARK, BODY, 12)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _fill(table: Table, cells: Mapping[str, str]) -> None:
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    # Word goes by the cells' widths, WPS and others by the columns'.
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for section, rows in groupby(range(len(ROWS)), key=lambda at: ROWS[at].section):
        _span(table, 0, list(rows), section)
    for (_, item), rows in groupby(range(len(ROWS)), key=lambda at: (ROWS[at].section, ROWS[at].item)):
        found = list(rows)
        if item and ROWS[found[0]].who:
            _span(table, 1, found, item)
    for at, row in enumerate(ROWS):
        whole = not (row.item and row.who)
        label = table.cell(at, 1).merge(table.cell(at, 2)) if whole else table.cell(at, 2)
        _write(label, row.who or row.item, centre=True)
        _write(table.cell(at, 3), cells[row.field])


def _span(table: Table, column: int, rows: list[int], name: str) -> None:
    """Cells of a column that stand for the same thing become one, with its name."""
    _write(table.cell(rows[0], column).merge(table.cell(rows[-1], column)), name, centre=True)


def _write(cell: _Cell, text: str, *, centre: bool = False) -> None:
    """A cell's text, a paragraph a line."""
    lines = plain_text(text).split("\n")
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    for at, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        align = WD_ALIGN_PARAGRAPH.CENTER if centre else WD_ALIGN_PARAGRAPH.LEFT
        _line(paragraph, line, BODY, 12, align)


def _line(paragraph: Paragraph, text: str, font: str, size: float, align: object = None) -> None:
    run = paragraph.add_run(text)
    typeface(run, font, size)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    if align is not None:
        paragraph.alignment = align
