"""A filled-in form that comes back as a Word file: bytes → the text of its cells."""

from __future__ import annotations

import io
import re
import zipfile
from zlib import error as ZlibError

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError

from lib.ingest.grid import Limits, refusal
from lib.model import Issue, UserError
from lib.model.declaration import HEAD, ROWS, TITLE, Row

EXPECTED = "附件2的申报表，Word 格式（.docx）"
# A form is a page or two of text.
MOST_UNPACKED = 20 * 2**20
_BLANKS = re.compile(r"\s+")


def read_form(data: bytes, file: str) -> dict[str, str]:
    """The text of every cell of the form, by the names in HEAD and ROWS; UserError names everything that is not there."""
    document = _opened(data, file)
    found = {**_head("\n".join(paragraph.text for paragraph in document.paragraphs)), **_table(document)}
    wanted = {**HEAD, **{row.field: _named(row) for row in ROWS}}
    lacking = [label for name, label in wanted.items() if name not in found]
    if lacking:
        raise UserError(
            Issue(
                "form-incomplete",
                f"不是完整的申报表，找不到：{'、'.join(lacking)}",
                file=file,
                expected=f"《{TITLE}》的表格",
            )
        )
    return found


def _opened(data: bytes, file: str) -> Document:
    """The document, once it is known to be small and free of entities."""
    if len(data) > Limits.from_environment().proof_bytes:
        raise refusal(file, "form-large", f"文件有 {len(data) / 2**20:.1f} MB，太大", EXPECTED)
    try:
        _inspect(data, file)
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, ZlibError, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise refusal(file, "form-broken", "读不出内容，不是 Word 文件（.docx）或已经损坏", EXPECTED) from error


def _inspect(data: bytes, file: str) -> None:
    limits = Limits.from_environment()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        if len(parts) > limits.entries or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise refusal(file, "form-large", "展开后太大，不像一张申报表", EXPECTED)
        for part in parts:
            # What a part says of its own size is checked when it is read.
            if part.filename.endswith((".xml", ".rels")) and re.search(rb"<!(?:DOCTYPE|ENTITY)", package.read(part)):
                raise refusal(file, "form-unsafe", "文件里有实体定义，为安全起见不读", EXPECTED)


def _head(text: str) -> dict[str, str]:
    """What stands behind each label above the table, up to the next one."""
    labels = "|".join(HEAD.values())
    names = {label: name for name, label in HEAD.items()}
    pieces = re.split(rf"({labels})\s*[：:]", text)
    found = {}
    for label, said in zip(pieces[1::2], pieces[2::2], strict=True):
        found.setdefault(names[label], said.split("\n")[0].strip())
    return found


def _table(document: Document) -> dict[str, str]:
    """The last cell of every row whose labels are a row's of the form."""
    found: dict[str, str] = {}
    for table in document.tables:
        for row in table.rows:
            texts = [cell.text for cell in row.cells]
            fitting = _row([_BLANKS.sub("", text) for text in texts[:-1]])
            if fitting is not None:
                found.setdefault(fitting.field, texts[-1].strip())
    return found


def _row(labels: list[str]) -> Row | None:
    return next(
        (row for row in ROWS if labels and labels[0] == row.section and {row.item, row.who} - {""} == set(labels[1:])),
        None,
    )


def _named(row: Row) -> str:
    return f"{row.section}{row.item}" + (f"（{row.who}）" if row.who else "")
