"""A filled-in form that comes back as a Word file: bytes → the text of its cells.

Only the document's own part is read, as XML without entities: a form is small, and whatever else is in the file does not matter.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from lzma import LZMAError
from xml.etree.ElementTree import Element, ParseError
from zlib import error as ZlibError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from lib.ingest.grid import Limits, refusal
from lib.model import Issue, UserError
from lib.model.declaration import HEAD, ROWS, TITLE, Row

EXPECTED = "附件2的申报表，Word 格式（.docx）"
PART = "word/document.xml"
# A form is a page or two; fifty thousand characters of text take a tenth of this.
MOST_XML = 2 * 2**20
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLANKS = re.compile(r"\s+")
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}


def read_form(data: bytes, file: str) -> dict[str, str]:
    """The text of every cell of the form, by the names in HEAD and ROWS; UserError names everything that is not there."""
    body = _body(data, file)
    found = {**_head("\n".join(map(_text, body.findall(f"{_W}p")))), **_cells(body, file)}
    wanted = {**HEAD, **{row.field: _named(row) for row in ROWS}}
    lacking = [label for name, label in wanted.items() if name not in found]
    if lacking:
        message = f"不是完整的申报表，找不到：{'、'.join(lacking)}"
        raise UserError(Issue("form-incomplete", message, file=file, expected=f"《{TITLE}》的表格"))
    return found


def _body(data: bytes, file: str) -> Element:
    """The document's body, once it is known to be small and free of entities."""
    if len(data) > Limits.from_environment().proof_bytes:
        raise refusal(file, "form-large", f"文件有 {len(data) / 2**20:.1f} MB，太大", EXPECTED)
    broken = refusal(file, "form-broken", "读不出内容，不是 Word 文件（.docx）、加了密码或已经损坏", EXPECTED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(PART) as part:
            xml = part.read(MOST_XML + 1)
        if len(xml) > MOST_XML:
            raise refusal(file, "form-large", "内容太多，不像一张申报表", EXPECTED)
        body = fromstring(xml, forbid_dtd=True).find(f"{_W}body")
    except DefusedXmlException as error:
        raise refusal(file, "form-unsafe", "文件里有实体定义，为安全起见不读", EXPECTED) from error
    # An encrypted part is a RuntimeError, a way of packing that is not known a NotImplementedError, no such part a KeyError.
    except (zipfile.BadZipFile, ZlibError, LZMAError, EOFError, OSError, KeyError, RuntimeError, ValueError) as error:
        raise broken from error
    except ParseError as error:
        raise broken from error
    if body is None:
        raise broken
    return body


def _text(element: Element) -> str:
    """What stands in a paragraph: its runs' texts, with breaks and tabs."""
    pieces = (each.text or "" if each.tag == f"{_W}t" else _BREAKS.get(each.tag, "") for each in element.iter())
    return "".join(pieces)


def _head(text: str) -> dict[str, str]:
    """What stands behind each label above the table, up to the next one."""
    labels = "|".join(HEAD.values())
    names = {label: name for name, label in HEAD.items()}
    pieces = re.split(rf"({labels})\s*[：:]", text)
    found: dict[str, str] = {}
    for label, said in zip(pieces[1::2], pieces[2::2], strict=True):
        found.setdefault(names[label], said.split("\n")[0].strip())
    return found


def _cells(body: Element, file: str) -> dict[str, str]:
    """The last cell of every row whose labels are a row's of the form."""
    found: dict[str, str] = {}
    for table in body.iter(f"{_W}tbl"):
        for labels, said, joined in _rows(table):
            row = _row(labels)
            if row is None:
                continue
            if joined:
                message = f"“{_named(row)}”一格和上面一格合并了，分不清各写什么"
                raise UserError(Issue("form-merged", message, file=file, expected="两格分开填写"))
            found.setdefault(row.field, said)
    return found


def _rows(table: Element) -> Iterator[tuple[list[str], str, bool]]:
    """Each row's labels (without blanks, what a merged cell above says included), what stands in its last cell, and whether that
    cell is one with the one above."""
    above: dict[int, str] = {}
    for row in table.findall(f"{_W}tr"):
        column, cells = 0, []
        for cell in row.findall(f"{_W}tc"):
            joined = _continues(cell)
            said = above.get(column, "") if joined else "\n".join(map(_text, cell.findall(f"{_W}p")))
            above[column] = said
            cells.append((said, joined))
            column += _span(cell)
        if len(cells) > 1:
            yield [_BLANKS.sub("", said) for said, _ in cells[:-1]], cells[-1][0].strip(), cells[-1][1]


def _continues(cell: Element) -> bool:
    """Whether a cell is one with the cell above it."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _span(cell: Element) -> int:
    """How many columns a cell takes."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    said = "" if span is None else span.get(f"{_W}val", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else 1


def _row(labels: list[str]) -> Row | None:
    return next(
        (row for row in ROWS if labels and labels[0] == row.section and {row.item, row.who} - {""} == set(labels[1:])),
        None,
    )


def _named(row: Row) -> str:
    return f"{row.section}{row.item}" + (f"（{row.who}）" if row.who else "")
