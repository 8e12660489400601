"""A bulletin as a Word file by GB/T 9704-2012: 红头, 期号, title, body of 22 lines a page, page numbers, 版记; made of styles, so that it
can be edited in WPS."""

from __future__ import annotations

import io
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from lib.export.official import BODY, BOLD, HEADING, KAI, SONG, element, page, typeface
from lib.export.sheets import plain_text
from lib.model.bulletin import Figure, Paper
from lib.view import text
from lib.view.bulletin import notes, title_lines

# 版心 156 × 225 mm holds 22 lines of 28 characters of 三号 (16 pt): in twentieths of a point, rounded down.
LINES, CHARACTERS, WIDTH, HEIGHT = 22, 28, 156, 225
PITCH = int(HEIGHT / 25.4 * 1440 / LINES)
# How much closer than their own 16 pt the characters stand: in twentieths of a point, rounded down.
CLOSER = int((16 - WIDTH / 25.4 * 72 / CHARACTERS) * -20) - 1
RED = RGBColor(0xC0, 0x00, 0x00)
CENTRE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY
MASTHEAD, ISSUE, FROM, TITLE = "公文红头", "公文期号", "公文发文单位", "公文标题"
TEXT, FIRST, NOTED, END, NUMBER = "公文正文", "公文一级标题", "公文注", "公文版记", "公文页码"
CELL = "公文表格"
SECOND = "公文二级标题"
LAST = "公文文末"
# Name: font, points, alignment, first line indented by so many characters.
STYLES: dict[str, tuple[str, float, Any, int]] = {
    MASTHEAD: (HEADING, 42, CENTRE, 0),
    ISSUE: (BODY, 16, CENTRE, 0),
    FROM: (BODY, 16, LEFT, 0),
    TITLE: (HEADING, 22, CENTRE, 0),
    TEXT: (BODY, 16, JUSTIFIED, 2),
    FIRST: (BOLD, 16, JUSTIFIED, 2),
    NOTED: (BODY, 12, JUSTIFIED, 0),
    END: (BODY, 14, LEFT, 0),
    NUMBER: (SONG, 14, RIGHT, 0),
    CELL: (BODY, 10.5, LEFT, 0),
    # What Word puts behind a table at the end of a text; it takes no room.
    LAST: (BODY, 1, LEFT, 0),
}
_AFTER_SNAP = ("w:spacing", "w:ind", "w:jc", "w:outlineLvl")
APPENDIX = "数据出处"
COLUMNS = {"序号": 12, "数": 24, "是什么": 44, "时间": 36, "出处": 40}


def render(paper: Paper) -> bytes:
    """The Word file of a paper; paragraphs without words are left out."""
    document = page(paper.title)
    _styles(document)
    _grid(document)
    _head(document, paper)
    for section in paper.sections:
        written = [each for each in section.paragraphs if each.text.strip()]
        if written:
            _put(document, FIRST, section.title)
        for each in written:
            _body(document, each.lead, each.text)
    for words in notes(paper):
        _put(document, NOTED, words)
    if paper.appendix and paper.standing:
        _put(document, TEXT, f"附件：{APPENDIX}").paragraph_format.space_before = Pt(PITCH / 20)
        _appendix(document, paper.standing)
    _end(document, paper)
    _page_numbers(document)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _styles(document: Document) -> None:
    normal = document.styles["Normal"]
    typeface(normal, BODY, 16)
    for name, (font, size, align, indent) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = normal, True
        typeface(style, font, size)
        form = style.paragraph_format
        form.alignment, form.space_before, form.space_after = align, Pt(0), Pt(0)
        form.widow_control = False
        if indent:
            # In characters, so that it follows the size; in points for readers that do not know them.
            form.first_line_indent = Pt(indent * size)
            style.element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), str(indent * 100))
        if size == 16:
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(PITCH / 20)
            style.element.rPr.insert_element_before(element("w:spacing", val=CLOSER), "w:kern", "w:sz", "w:szCs")
        else:
            style.element.pPr.insert_element_before(element("w:snapToGrid", val=0), *_AFTER_SNAP)
    lead = document.styles.add_style(SECOND, WD_STYLE_TYPE.CHARACTER)
    lead.quick_style = True
    typeface(lead, KAI, 16)
    document.styles[MASTHEAD].font.color.rgb = RED
    document.styles[FIRST].paragraph_format.keep_with_next = True


def _grid(document: Document) -> None:
    section = document.sections[0]._sectPr
    for old in section.findall(qn("w:docGrid")):
        section.remove(old)
    section.append(element("w:docGrid", type="lines", linePitch=PITCH))


def _put(document: Document, style: str, words: str) -> Paragraph:
    return document.add_paragraph(plain_text(words), style=style)


def _head(document: Document, paper: Paper) -> None:
    """红头, 期号, issuer and date over the red rule, title."""
    _put(document, MASTHEAD, paper.kind.masthead).paragraph_format.space_after = Pt(12)
    _put(document, ISSUE, paper.kind.numbered(paper.number))
    line = document.add_paragraph(style=FROM)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{plain_text(paper.issuer)}\t{text.date_words(paper.day)}")
    _rule(line, "bottom", 18, "C00000")
    title = _put(document, TITLE, title_lines(paper))
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(PITCH / 20), Pt(PITCH / 20)
    for words in notes(paper):
        _put(document, NOTED, words).alignment = CENTRE


def _body(document: Document, lead: str, words: str) -> None:
    """A paragraph a line; the first begins with its heading in 楷体."""
    for at, line in enumerate(filter(None, (part.strip() for part in plain_text(words).split("\n")))):
        paragraph = document.add_paragraph(style=TEXT)
        if at == 0 and lead:
            paragraph.add_run(plain_text(lead), style=SECOND)
        paragraph.add_run(line)


def _rule(paragraph: Paragraph, side: str, eighths: int, colour: str = "000000") -> None:
    """A line at one side of a paragraph, its width in eighths of a point."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = element("w:pBdr")
        properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    borders.append(element(f"w:{side}", val="single", sz=eighths, space=4, color=colour))


def _appendix(document: Document, figures: tuple[Figure, ...]) -> None:
    """Where every figure is from, on a page of its own."""
    head = _put(document, FIRST, "附件")
    head.paragraph_format.page_break_before = True
    head.paragraph_format.first_line_indent = Pt(0)
    head._p.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), "0")
    title = _put(document, TITLE, APPENDIX)
    title.paragraph_format.space_after = Pt(12)
    cells = [tuple(COLUMNS), *(_line(at, each) for at, each in enumerate(figures, 1))]
    table = document.add_table(len(cells), len(COLUMNS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, COLUMNS.values(), strict=True):
        column.width = Mm(width)
    for at, (row, said_here) in enumerate(zip(table.rows, cells, strict=True)):
        mark = row._tr.get_or_add_trPr()
        mark.append(element("w:cantSplit"))
        if at == 0:
            mark.append(element("w:tblHeader"))
        for cell, words, width in zip(row.cells, said_here, COLUMNS.values(), strict=True):
            cell.width = Mm(width)
            _cell(cell, words)


def _line(at: int, figure: Figure) -> tuple[str, ...]:
    return (str(at), figure.text, figure.what, figure.when, figure.origin)


def _cell(cell: _Cell, words: str, style: str = CELL) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(plain_text(words))


def _end(document: Document, paper: Paper) -> None:
    """版记 between rules: 报送, 抄送, who issues it and when; a table that stands at the foot of the last page."""
    lines = [
        f"{label}：{words}" for label, words in (("报送", paper.report_to), ("抄送", paper.copy_to)) if words.strip()
    ]
    lines.append(f"{plain_text(paper.issuer)}\t{text.date_words(paper.day)}印发")
    # Or it would become one with the table before.
    document.add_paragraph(style=LAST)
    table = document.add_table(len(lines), 1)
    properties = table._tbl.tblPr
    place = element("w:tblpPr", vertAnchor="margin", horzAnchor="margin", tblpXSpec="center", tblpYSpec="bottom")
    properties.insert_element_before(
        place, "w:tblOverlap", "w:tblW", "w:jc", "w:tblBorders", "w:tblLayout", "w:tblLook"
    )
    for at, (row, line) in enumerate(zip(table.rows, lines, strict=True)):
        cell = row.cells[0]
        cell.width = Mm(WIDTH)
        _cell(cell, line, END)
        _rules(cell, top=8 if at == 0 else 4, bottom=8 if at == len(lines) - 1 else 4)
        if "\t" in line:
            cell.paragraphs[0].paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH - 4), WD_TAB_ALIGNMENT.RIGHT)
    document.add_paragraph(style=LAST)


def _rules(cell: _Cell, **eighths: int) -> None:
    """Lines above and below a cell, in eighths of a point."""
    borders = element("w:tcBorders")
    for side, width in eighths.items():
        borders.append(element(f"w:{side}", val="single", sz=width, space=0, color="000000"))
    cell._tc.get_or_add_tcPr().append(borders)


def _page_numbers(document: Document) -> None:
    """— 1 — outside: right on odd pages, left on even ones; 7 mm below the text."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.footer_distance = Mm(23)
    for footer, side in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style, paragraph.alignment = NUMBER, side
        # A character's space from the edge.
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        paragraph.add_run("— ")
        field = element("w:fldSimple", instr="PAGE")
        paragraph._p.append(field)
        paragraph.add_run(" —")
