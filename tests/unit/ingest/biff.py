"""Old workbooks (BIFF8) written record by record, bare or in an OLE container: no library writes them any more."""

from __future__ import annotations

import struct
from collections.abc import Sequence

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def record(code: int, payload: bytes = b"") -> bytes:
    """One record."""
    return struct.pack("<HH", code, len(payload)) + payload


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    """A numeric cell."""
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def label(row: int, column: int, text: str) -> bytes:
    """A text cell."""
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def truth(row: int, column: int, value: bool) -> bytes:
    """A cell that is true or false."""
    return record(0x205, struct.pack("<HHHBB", row, column, 0, value, 0))


def error(row: int, column: int, code: int) -> bytes:
    """A cell with an error."""
    return record(0x205, struct.pack("<HHHBB", row, column, 0, code, 1))


def merged(*areas: tuple[int, int, int, int]) -> bytes:
    """Merged areas as first row, last row, first column, last column."""
    return record(0xE5, struct.pack("<H", len(areas)) + b"".join(struct.pack("<4H", *area) for area in areas))


def book(
    sheets: Sequence[tuple[str, bytes, bool]], formats: Sequence[str] = (), extra: bytes = b"", mode: int = 0
) -> bytes:
    """A bare stream: sheets are a name, cell records and whether it is hidden; cell style n has format n."""
    names = ["General", *formats]
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6)) + extra
    begin += record(0x42, struct.pack("<H", 1200)) + record(0x22, struct.pack("<H", mode))
    begin += record(0x31, struct.pack("<5H5BB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 1, 0) + b"A") * 5
    for at, name in enumerate(names):
        text = name.encode("utf-16-le")
        begin += record(0x41E, struct.pack("<HHB", 164 + at, len(name), 1) + text)
    for at in range(len(names)):
        begin += record(0xE0, struct.pack("<3H14x", 0, 164 + at, 0))
    bodies = [
        record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6)) + cells + record(0x0A)
        for _, cells, _ in sheets
    ]
    place = len(begin) + sum(4 + 8 + 2 * len(name) for name, _, _ in sheets) + 4
    for (name, _, hidden), body in zip(sheets, bodies, strict=True):
        begin += record(0x85, struct.pack("<IBBBB", place, hidden, 0, len(name), 1) + name.encode("utf-16-le"))
        place += len(body)
    return begin + record(0x0A) + b"".join(bodies)


def container(stream: bytes, name: str = "Workbook", other: str = "") -> bytes:
    """The stream in an OLE container of one FAT sector, with the name of another stream beside it."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % 512)
    sectors = len(stream) // 512
    header = (
        OLE + bytes(16) + struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    )
    header += struct.pack("<108I", *[FREE] * 108)
    chain = [FAT, END, *range(3, 2 + sectors), END]
    fat = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    entries = [_entry("Root Entry", 5, END, 0, 1), _entry(name, 2, 2, len(stream), FREE)]
    entries.append(_entry(other, 2, END, 0, FREE) if other else bytes(128))
    return header + fat + b"".join(entries).ljust(512, b"\0") + stream


def _entry(name: str, kind: int, first: int, size: int, child: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<III", first, size, 0)
