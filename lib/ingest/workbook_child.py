"""Reads one workbook in a process of its own: options and bytes come in on standard input, JSON goes out.

Run by its path and importing nothing of this project, so that it starts fast and a crash stays here.
"""

from __future__ import annotations

import gc
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache
from types import ModuleType, SimpleNamespace
from xml.etree.ElementTree import Element

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TOO_LARGE = {"code": "workbook-memory", "message": "太大，内存不够", "expected": "较小的工作簿，或另存为 CSV 后再导入"}
SAVE_AS = "在 WPS 或 Excel 中另存为 .xlsx 后再导入"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NAME_LENGTH = 255
# Below this size a high compression ratio is no danger: an empty sheet packs well.
RATIO_FROM = 2**20
FORBIDDEN = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
XLS_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
Area = tuple[int, int, int, int]


class Refusal(Exception):
    """A workbook that is not read, with its code, what is wrong and what was expected."""

    def __init__(self, code: str, message: str, expected: str) -> None:
        super().__init__(code, message, expected)
        self.answer = {"code": code, "message": message, "expected": expected}


@dataclass(frozen=True)
class Options:
    """What is asked for, and what it may cost."""

    sheet: str | None
    rows: int
    columns: int
    cells: int
    blank_rows: int
    unpacked_bytes: int
    entries: int
    ratio: int
    seconds: int
    memory: int


@dataclass
class Rows:
    """The rows of one sheet, gathered under the limits; blank rows at the end are left out."""

    title: str
    options: Options
    rows: list[list[str]] = field(default_factory=list)
    blank: int = 0
    width: int = 0
    letters: int = 0

    def add(self, row: list[str]) -> None:
        """Takes the next row."""
        while row and not row[-1]:
            row.pop()
        if not row:
            self.blank += 1
            self._check_rows(self.blank)
            return
        if self.blank > self.options.blank_rows:
            self._refuse("rows-blank", f"有 {self.blank} 个连续的空行", "数据连在一起的表")
        self.rows += [[] for _ in range(self.blank)]
        self.blank = 0
        self._check_rows(1)
        self.rows.append(row)
        self.width = max(self.width, len(row))
        self.letters += sum(map(len, row))
        self._check()

    def _check(self) -> None:
        most = self.options
        if self.width > most.columns:
            self._refuse("columns-many", f"超过 {most.columns} 列", f"不超过 {most.columns} 列")
        if self.width * len(self.rows) > most.cells:
            self._refuse("cells-many", "行数乘列数太多", f"不超过 {most.cells} 个单元格")
        if self.letters > most.unpacked_bytes:
            self._refuse("text-much", "文字太多", f"不超过 {most.unpacked_bytes} 个字")

    def _check_rows(self, more: int) -> None:
        if len(self.rows) + more > self.options.rows:
            too_many_rows(self.title, self.options)

    def _refuse(self, code: str, message: str, expected: str) -> None:
        raise Refusal(code, f"工作表「{short(self.title)}」{message}", expected)


def too_many_rows(title: str, options: Options) -> None:
    """Refuses a sheet for its number of rows."""
    raise Refusal("rows-many", f"工作表「{short(title)}」超过 {options.rows} 行", f"不超过 {options.rows} 行")


def short(text: str) -> str:
    """A name that fits into a message."""
    return text if len(text) <= 40 else text[:39] + "…"


# --- XLSX


def read_xlsx(data: bytes, options: Options) -> list[dict]:
    """Every sheet of an XLSX workbook, or the one asked for."""
    check_package(data, options)
    openpyxl = load_openpyxl()
    kept = {"read_only": True, "keep_links": False}
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, **kept)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    written = None
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for title in chosen(list(sheets), options):
            sheet = sheets[title]
            # The part's name is known to openpyxl only; it is needed for what read-only mode leaves out.
            part = archive.read(sheet._worksheet_path)
            check_declarations(part)
            raw = RawSheet(part)
            if raw.rows() > options.rows:
                too_many_rows(title, options)
            formulas: Iterable[tuple] | None = None
            if raw.has_unfinished_formula():
                written = written or openpyxl.load_workbook(io.BytesIO(data), **kept)
                formulas = written[title].iter_rows(values_only=True)
            areas = raw.merged()
            del raw, part
            rows = Rows(title, options)
            for row in xlsx_rows(sheet.iter_rows(), formulas):
                rows.add(row)
            found.append(as_answer(rows, areas, sheet.sheet_state != "visible"))
    return found


def check_package(data: bytes, options: Options) -> None:
    """Refuses what is no plain workbook, or would grow too large, before any of it is parsed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        check_entries(entries, options)
        names = [entry.filename for entry in entries]
        if "mimetype" in names and archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument"):
            raise Refusal("file-kind", "是 OpenDocument 文件（.ods），不能直接读取", SAVE_AS)
        check_parts([name.lower() for name in names])
        for entry in entries:
            if entry.flag_bits & 1:
                raise Refusal("file-locked", "文件有打开密码", "先在 WPS 或 Excel 中取消打开密码")
            # A drawing in a picture's place may well have a document type.
            if not entry.filename.lower().startswith("xl/media/"):
                check_declarations(archive.read(entry))


def check_entries(entries: list[zipfile.ZipInfo], options: Options) -> None:
    """Number, names, sizes and ratios of a zip's entries, off its directory."""
    if len(entries) > options.entries:
        raise Refusal("zip-entries", f"压缩包里有 {len(entries)} 个文件，太多", f"不超过 {options.entries} 个")
    if any(len(entry.filename) > NAME_LENGTH for entry in entries):
        raise Refusal("zip-names", f"压缩包里有超过 {NAME_LENGTH} 个字的文件名", "普通的工作簿")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > options.unpacked_bytes:
        raise Refusal("file-unpacked", f"解压后有 {unpacked / 2**20:.0f} MB，太大", "普通大小的工作簿")
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > options.ratio * max(entry.compress_size, 1):
            raise Refusal("zip-ratio", f"压缩包里有压缩超过 {options.ratio} 倍的文件，可能是压缩炸弹", "普通的工作簿")


def check_parts(names: list[str]) -> None:
    """Macros, the binary form and packages of other programs, told by the names of the parts."""
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        raise Refusal("file-macros", "含有宏，不读取", "在 WPS 或 Excel 中另存为不含宏的 .xlsx 后再导入")
    if "xl/workbook.bin" in names:
        raise Refusal("file-kind", "是二进制工作簿（.xlsb），不能直接读取", SAVE_AS)
    if not any(name.startswith("xl/") for name in names):
        raise Refusal("file-kind", "是压缩包或别的格式，不是 Excel 工作簿", "先解压，或在 WPS、Excel 中另存为 .xlsx")


def check_declarations(part: bytes) -> None:
    """No office program writes a document type; entities that multiply do need one."""
    if any(mark in part for mark in FORBIDDEN):
        raise Refusal("xml-entities", "含有 XML 实体声明，可能是恶意文件", SAVE_AS)


def chosen(titles: list[str], options: Options) -> list[str]:
    """The sheets to read."""
    if not titles:
        raise Refusal("sheets-missing", "没有可读的工作表", "至少一张有单元格的工作表")
    if options.sheet is None:
        return titles
    if options.sheet not in titles:
        raise Refusal("sheet-unknown", f"没有工作表「{short(options.sheet)}」", "、".join(map(short, titles[:50])))
    return [options.sheet]


def load_openpyxl() -> ModuleType:
    """The library, made quick to start and to parse."""
    # It runs without them, and starts in half the time.
    sys.modules.update(dict.fromkeys(("numpy", "PIL", "lxml")))
    # Parts that declare entities have been refused, and the safer parser is three times slower.
    os.environ["OPENPYXL_DEFUSEDXML"] = "False"
    import openpyxl
    from openpyxl.reader import strings
    from openpyxl.worksheet import _reader
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    # What it keeps of a text's looks takes ten times as long to read as the characters.
    strings.Text = _reader.Text = SimpleNamespace(from_tree=Characters)

    # The stated size may be wrong, pads every row to it, and is looked for through the whole sheet where it is missing.
    ReadOnlyWorksheet._get_size = lambda sheet: None
    padded = ReadOnlyWorksheet._get_row
    # Rows are often formatted far beyond their last value.
    ReadOnlyWorksheet._get_row = lambda sheet, cells, *size: padded(sheet, without_end(cells), *size)
    return openpyxl


def without_end(cells: list[dict]) -> list[dict]:
    """A row's cells up to the last one with a value."""
    while cells and cells[-1]["value"] is None:
        cells.pop()
    return cells


class Characters:
    """A text without its looks and without the reading aids beside it."""

    def __init__(self, node: Element) -> None:
        parts = [part.text or "" for part in node.findall(f"{{{MAIN}}}t")]
        parts += [mark(run) + (run.findtext(f"{{{MAIN}}}t") or "") for run in node.findall(f"{{{MAIN}}}r")]
        self.content = "".join(parts)


def mark(run: Element) -> str:
    """What is put before raised, lowered or struck-out characters: glued to a number they would make another number."""
    looks = run.find(f"{{{MAIN}}}rPr")
    if looks is None:
        return ""
    aligned = looks.find(f"{{{MAIN}}}vertAlign")
    struck = looks.find(f"{{{MAIN}}}strike")
    if struck is not None and struck.get("val", "1") not in ("0", "false"):
        return "[删去]"
    return {"superscript": "^", "subscript": "_"}.get(aligned.get("val", ""), "") if aligned is not None else ""


class RawSheet:
    """What openpyxl's read-only mode does not tell, looked up in the sheet's XML."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        root = re.search(rb"<(\w[\w.-]*:)?worksheet[\s>]", xml)
        self._prefix = re.escape(root[1] or b"") if root else b""

    def _pattern(self, source: str) -> re.Pattern[bytes]:
        """The pattern with `~` standing for the namespace prefix."""
        return re.compile(source.encode().replace(b"~", self._prefix))

    def rows(self) -> int:
        """How many rows the sheet has written down."""
        return sum(1 for _ in self._pattern(r"<~row[\s/>]").finditer(self._xml))

    def merged(self) -> list[Area]:
        """The merged areas."""
        references = self._pattern(
            r"<~mergeCell\s[^>]*?\bref\s*=\s*[\"']\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})[\"']"
        )
        found = (match.groups() for match in references.finditer(self._xml))
        return [(int(top) - 1, column(left), int(bottom) - 1, column(right)) for left, top, right, bottom in found]

    def has_unfinished_formula(self) -> bool:
        """Whether a formula was saved without its result; an empty text is a result."""
        formula = r"<~f(?:\s[^>]*)?(?:/>|>[^<]*</~f>)"
        empty = r"(?:<~v\s*/>|<~v>\s*</~v>)?"
        cells = self._pattern(rf"<~c(\s[^>]*)?>\s*{formula}\s*{empty}\s*</~c>")
        return any(not re.search(rb"\bt=[\"']str[\"']", cell[1] or b"") for cell in cells.finditer(self._xml))


def column(letters: bytes) -> int:
    """The 0-based number of a column's letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def xlsx_rows(rows: Iterable[tuple], formulas: Iterable[tuple] | None) -> Iterator[list[str]]:
    """Rows of text; a formula that was saved without its result keeps its text, so that it is not taken as missing."""
    behind = iter(formulas) if formulas is not None else None
    for row in rows:
        texts = [xlsx_text(cell) for cell in row]
        if behind is not None:
            sources = next(behind, ())
            texts += [""] * (len(sources) - len(texts))
            for at, formula in enumerate(sources):
                source = getattr(formula, "text", formula)
                if not texts[at] and isinstance(source, str) and source.startswith("="):
                    texts[at] = source
        yield texts


def xlsx_text(cell) -> str:
    """A cell as a person sees it, in full precision."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return unescaped(value) if "_x" in value else value
    if cell.data_type == "n" and not isinstance(value, bool):
        return formatted(value, cell.number_format)
    return str(value)


def unescaped(text: str) -> str:
    """The characters that XML cannot hold and workbooks write as _x000D_; halves of a pair stay as they are."""
    return re.sub(r"_x((?!0000|[Dd][89A-Fa-f])[0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text)


# --- XLS


def read_xls(data: bytes, options: Options) -> list[dict]:
    """Every sheet of an old workbook, or the one asked for."""
    check_container(data)
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=sys.stderr
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise Refusal("file-locked", "文件有打开密码", "先在 WPS 或 Excel 中取消打开密码") from error
        raise
    found = []
    for title in chosen(book.sheet_names(), options):
        sheet = book.sheet_by_name(title)
        rows = Rows(title, options)
        for index in range(sheet.nrows):
            rows.add([xls_text(book, sheet.cell(index, at)) for at in range(sheet.row_len(index))])
        areas = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
        found.append(as_answer(rows, areas, sheet.visibility != 0))
        book.unload_sheet(title)
    return found


def check_container(data: bytes) -> None:
    """Locked files, macros and documents of other programs, told by the names in the container."""
    if not data.startswith(OLE):
        return
    if wide("EncryptedPackage") in data:
        raise Refusal("file-locked", "文件有打开密码", "先在 WPS 或 Excel 中取消打开密码")
    if wide("_VBA_PROJECT") in data:
        raise Refusal("file-macros", "含有宏，不读取", "在 WPS 或 Excel 中另存为不含宏的 .xlsx 后再导入")
    for name, kind in (("WordDocument", "Word 文档"), ("PowerPoint Document", "演示文稿")):
        if wide(name) in data:
            raise Refusal("file-kind", f"是{kind}，不是表格", SAVE_AS)
    if not any(wide(name) in data for name in ("Workbook", "WORKBOOK", "Book", "BOOK")):
        raise Refusal("file-kind", "是别的程序的文件，不是 Excel 工作簿", SAVE_AS)


def wide(text: str) -> bytes:
    """A name as an OLE container writes it."""
    return text.encode("utf-16-le")


def xls_text(book, cell) -> str:
    """A cell as a person sees it, in full precision."""
    readers: dict[int, Callable[[], str]] = {
        1: lambda: cell.value,
        2: lambda: formatted(cell.value, book.format_map[book.xf_list[cell.xf_index].format_key].format_str),
        3: lambda: xls_date(cell.value, book.datemode),
        4: lambda: str(bool(cell.value)),
        5: lambda: XLS_ERRORS.get(cell.value, "#VALUE!"),
    }
    read = readers.get(cell.ctype)
    return read() if read else ""


def xls_date(value: float, mode: int) -> str:
    """A date as XLSX gives it, or the error that a program shows for a number outside the calendar."""
    from xlrd.xldate import XLDateError, xldate_as_datetime

    try:
        moment: datetime = xldate_as_datetime(value, mode)
    except (XLDateError, OverflowError, ValueError):
        return "#VALUE!"
    return str(moment.time() if 0 <= value < 1 else moment)


# --- numbers


def formatted(value: float, pattern: str) -> str:
    """A number in full precision, as a percentage or with the unit that its format writes behind it."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    percent, unit = manner(section(pattern or "General", value))
    if percent:
        # A workbook shows fifteen digits: what it shows as 91 % may be stored as 0.9099999999999999.
        return f"{exact(Decimal(f'{value:.15g}') * 100)}%"
    return plain(value) + unit


def plain(value: float) -> str:
    """A stored number; whole ones without a decimal point."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)


def exact(value: Decimal) -> str:
    """A decimal number without exponent and without zeros at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def section(pattern: str, value: float) -> str:
    """The part of a number format that holds for a value; nothing where it depends on conditions."""
    parts = sections(pattern)
    if len(parts) == 1:
        return parts[0]
    if any(re.search(r"\[[<>=]", part) for part in parts):
        return ""
    if value < 0:
        return parts[1]
    return parts[2] if value == 0 and len(parts) > 2 else parts[0]


# A quoted text, an escaped character, a space as wide as a character, a bracket, a separator, anything else.
TOKEN = re.compile(r'"[^"]*"?|[\\!_*].|\[[^\]]*\]|;|.', re.DOTALL)
NUMBER = re.compile(r"(?:General|G/通用格式|[#0?][#0?,]*(?:\.[#0?]*)?)(?<!,)", re.IGNORECASE)


@cache
def sections(pattern: str) -> tuple[str, ...]:
    """A number format's parts for positive numbers, negative ones and zero."""
    parts = [""]
    for token in TOKEN.findall(pattern):
        if token == ";":
            parts.append("")
        else:
            parts[-1] += token
    return tuple(parts)


@cache
def manner(part: str) -> tuple[bool, str]:
    """Whether a format shows a percentage, and the literal unit behind an otherwise plain number."""
    tokens = TOKEN.findall(part)
    if "%" in tokens:
        return True, ""
    shown = [token for token in tokens if token[0] not in "[_*" or token.startswith("[$")]
    bare = "".join(bare_characters(shown))
    literals = shown[len(bare) :]
    if not NUMBER.fullmatch(bare.removeprefix("-")) or not all(token[0] in '"\\' for token in literals):
        return False, ""
    return False, "".join(token.strip('"') if token[0] == '"' else token[1] for token in literals).strip()


def bare_characters(tokens: list[str]) -> Iterator[str]:
    """The single characters that a format begins with."""
    for token in tokens:
        if len(token) > 1 or token in '"\\ ':
            return
        yield token


# --- the process


def as_answer(rows: Rows, areas: list[Area], hidden: bool) -> dict:
    """One sheet as it goes out; merged areas are cut to the cells there are."""
    last, right = len(rows.rows) - 1, rows.width - 1
    cut = [(a, b, min(c, last), min(d, right)) for a, b, c, d in areas]
    merged = [(a, b, c, d) for a, b, c, d in cut if 0 <= a <= c and 0 <= b <= d and (a, b) != (c, d)]
    # Areas that overlap are no office program's work, and could cost any time to fill.
    if sum((c - a + 1) * (d - b + 1) for a, b, c, d in merged) > len(rows.rows) * rows.width:
        raise Refusal("merged-overlap", f"工作表「{short(rows.title)}」的合并单元格互相重叠", SAVE_AS)
    return {"title": rows.title, "hidden": hidden, "rows": rows.rows, "merged": merged}


def restrict(options: Options) -> None:
    """Caps memory and processor time where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock remains.
        return
    for kind, most in ((resource.RLIMIT_AS, options.memory), (resource.RLIMIT_CPU, options.seconds)):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, hard))


def answer(data: bytes, options: Options) -> bytes:
    """The sheets, or the reason why there are none."""
    try:
        found = {"sheets": read_xlsx(data, options) if data.startswith(b"PK") else read_xls(data, options)}
    except Refusal as refusal:
        found = {"refusal": refusal.answer}
    return json.dumps(found).encode()


def main() -> None:
    """Reads a line of options and then the workbook; writes the answer."""
    options = Options(**json.loads(sys.stdin.buffer.readline()))
    restrict(options)
    # Nothing lives long enough here for a collection to be worth its time.
    gc.disable()
    try:
        out = answer(sys.stdin.buffer.read(), options)
    except MemoryError:
        out = json.dumps({"refusal": TOO_LARGE}).encode()
    sys.stdout.buffer.write(out)


if __name__ == "__main__":
    main()
