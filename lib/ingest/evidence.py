"""Which files may prove a value: told by their content, not by their name."""

from __future__ import annotations

from pathlib import PurePath

from lib.ingest.grid import Limits
from lib.model import Issue, UserError

KINDS = {"pdf": "PDF", "png": "PNG 图片", "jpg": "JPG 图片", "docx": "Word", "xlsx": "Excel", "ofd": "OFD"}
MAX_NAME = 200
# No whole file of any kind is smaller.
MIN_BYTES = 100


def checked(data: bytes, name: str) -> str:
    """The kind of a file that is offered as proof; UserError when it is empty, broken off, too large, or none of KINDS."""
    file = PurePath(name.replace("\\", "/")).name
    most = Limits.from_environment().proof_bytes
    if not data:
        raise UserError(Issue("file-empty", "文件是空的", file=file, expected="有内容的佐证材料"))
    if len(file) > MAX_NAME:
        raise UserError(Issue("name-long", f"文件名有 {len(file)} 个字，太长", expected=f"不超过 {MAX_NAME} 个字"))
    if len(data) > most:
        message = f"文件有 {len(data) / 2**20:.1f} MB，太大"
        raise UserError(Issue("file-large", message, file=file, expected=f"不超过 {most / 2**20:g} MB"))
    kind = _kind(data)
    if kind is None:
        raise UserError(Issue("file-kind", "不是可以作佐证的文件", file=file, expected="、".join(KINDS.values())))
    if len(data) < MIN_BYTES:
        message = f"文件只有 {len(data)} 个字节，是空的或不完整"
        raise UserError(Issue("file-broken", message, file=file, expected="能打开、有内容的佐证材料"))
    return kind


def _kind(data: bytes) -> str | None:
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"PK\x03\x04"):
        # Office packages name their parts near the start or in the directory at the end; macros are not taken.
        parts = {"docx": b"word/document.xml", "xlsx": b"xl/workbook.xml", "ofd": b"OFD.xml"}
        return None if b"vbaProject.bin" in data else next((k for k, part in parts.items() if part in data), None)
    return None
