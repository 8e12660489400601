"""The form as a Word file: the annex's table cell by cell, and read back to the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from lib.core.declaration import cells, declared
from lib.export.declaration import form
from lib.ingest.declaration import read_form
from lib.model import UserError
from lib.model.declaration import NOTE, ROWS, TITLE, Declaration
from tests.unit.core.test_declaration import MEASURES, WHOLE

SAID = cells(WHOLE, MEASURES)
# Annex 2 as it is printed: section, item, whose benchmark; a label that spans two columns stands in both.
ANNEX = [
    ("寻标对象", "纵向标杆单位", "纵向标杆单位"),
    ("寻标对象", "横向标杆单位", "横向标杆单位"),
    ("对标方向", "目标", "纵向标杆单位"),
    ("对标方向", "目标", "横向标杆单位"),
    ("对标方向", "差距", "纵向标杆单位"),
    ("对标方向", "差距", "横向标杆单位"),
    ("对标方向", "举措", "举措"),
    ("对标方向", "时限", "时限"),
    ("创标意向", "目标", "目标"),
    ("创标意向", "亮点", "亮点"),
    ("创标意向", "举措", "举措"),
    ("创标意向", "时限", "时限"),
]


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def test_the_table_is_the_annexs_cell_by_cell() -> None:
    table = opened(form(SAID)).tables[0]
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert [tuple(row[:3]) for row in texts] == ANNEX
    assert [row[3] for row in texts] == [SAID[row.field] for row in ROWS]
    # The labels are merged as in the annex: one cell down each section, one for each pair of 目标 and 差距.
    column = [row.cells[0]._tc for row in table.rows]
    assert len(set(column)) == 3
    assert table.cell(2, 1)._tc is table.cell(3, 1)._tc
    assert table.cell(0, 1)._tc is table.cell(0, 2)._tc


def test_the_content_has_the_widest_column_for_every_program() -> None:
    table = opened(form(SAID)).tables[0]
    assert [round(column.width.mm) for column in table.columns] == [24, 16, 32, 84]
    assert [round(cell.width.mm) for cell in table.rows[2].cells] == [24, 16, 32, 84]


def test_what_stands_around_the_table() -> None:
    lines = [paragraph.text for paragraph in opened(form(SAID)).paragraphs]
    head = "填报单位：平顶山供电公司　填报时间：2019年11月18日　联系人：李四　联系电话：0375-1234567"
    assert lines == ["附件2", TITLE, head, NOTE]
    assert "演示数据" in opened(form(SAID, made_up=True)).paragraphs[-1].text


def test_a_line_of_the_form_is_a_paragraph_of_its_own() -> None:
    cell = opened(form(SAID)).tables[0].cell(6, 3)
    assert [paragraph.text for paragraph in cell.paragraphs] == ["一、合并环节", "二、并联审批"]


@pytest.mark.parametrize("content", [WHOLE, Declaration()])
def test_written_and_read_back_it_is_the_same(content: Declaration) -> None:
    said = cells(content, MEASURES)
    read = read_form(form(said), "申报表.docx")
    assert read == said
    before = Declaration(region=content.region, subject=content.subject)
    assert declared(read, MEASURES, before) == content


def test_characters_that_word_cannot_hold_do_not_stop_it() -> None:
    said = {**SAID, "steps": "一、A&B <甲>\x0b\x00二"}
    assert read_form(form(said), "申报表.docx")["steps"].replace("\n", "").startswith("一、A&B <甲>")


@pytest.mark.parametrize("span", [b"zz", b"999999", b""])
def test_a_cell_that_claims_to_be_wide_does_no_harm(span: bytes) -> None:
    def change(content: bytes) -> bytes:
        return content.replace(b'<w:gridSpan w:val="2"/>', b'<w:gridSpan w:val="' + span + b'"/>')

    assert read_form(repacked(change), "申报表.docx") == SAID


def test_a_form_whose_labels_were_broken_into_lines_is_read() -> None:
    document = opened(form(SAID))
    document.tables[0].cell(0, 0).paragraphs[0].runs[0].text = "寻标\n对象"
    data = io.BytesIO()
    document.save(data)
    assert read_form(data.getvalue(), "申报表.docx") == SAID


def saved(document: docx.document.Document) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def without_a_row() -> bytes:
    document = opened(form(SAID))
    row = document.tables[0].rows[11]._tr
    row.getparent().remove(row)
    return saved(document)


def repacked(change: Callable[[bytes], bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The form with its document's part changed."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form(SAID))) as old, zipfile.ZipFile(data, "w", compression) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change(content) if part.filename == "word/document.xml" else content)
    return data.getvalue()


def with_entity(content: bytes) -> bytes:
    return content.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY x "y">]>', 1)


def in_utf16(content: bytes) -> bytes:
    text = with_entity(content).decode().replace("UTF-8", "UTF-16")
    return text.encode("utf-16")


def encrypted() -> bytes:
    """With the bits set that say that every part needs a password."""
    data = bytearray(repacked(lambda content: content, zipfile.ZIP_STORED))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        where = data.find(mark)
        while where >= 0:
            data[where + at] |= 1
            where = data.find(mark, where + 4)
    return bytes(data)


def merged() -> bytes:
    """Both benchmarks' cells joined, as Word does it."""
    document = opened(form(SAID))
    document.tables[0].cell(0, 3).merge(document.tables[0].cell(1, 3))
    return saved(document)


W = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "form-broken", "读不出内容"),
        (b"PK\x03\x04abc", "form-broken", "读不出内容"),
        (b"%PDF-1.4", "form-broken", "读不出内容"),
        (saved(docx.Document()), "form-incomplete", "找不到：填报单位、填报时间"),
        (without_a_row(), "form-incomplete", "找不到：创标意向时限"),
        (repacked(with_entity), "form-unsafe", "实体定义"),
        (repacked(in_utf16), "form-unsafe", "实体定义"),
        (repacked(lambda content: content[:-20]), "form-broken", "读不出内容"),
        (repacked(lambda content: W + b"</w:document>"), "form-broken", "读不出内容"),
        (repacked(lambda content: W + b"<w:body>" + b"<w:p/>" * 400_000), "form-large", "内容太多"),
        (repacked(lambda content: b" " * (3 * 2**20)), "form-large", "内容太多"),
        (
            repacked(lambda content: content.replace(b"word/", b""), zipfile.ZIP_LZMA)[:-4000],
            "form-broken",
            "读不出内容",
        ),
        (encrypted(), "form-broken", "加了密码"),
        (merged(), "form-merged", "“寻标对象（横向标杆单位）”一格和上面一格合并了"),
        (b"0" * (10 * 2**20 + 1), "form-large", "太大"),
    ],
)
def test_what_is_no_form_is_refused_with_the_reason(data: bytes, code: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        read_form(data, "别的.docx")
    issue = caught.value.issues[0]
    assert (issue.code, issue.file) == (code, "别的.docx")
    assert words in str(issue)
