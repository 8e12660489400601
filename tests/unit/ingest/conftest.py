"""A small vocabulary, workbooks made in memory, and a reader from text to a reading."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

import openpyxl
import pytest

from lib.ingest.intake import Reading, merge, read_table
from lib.ingest.table import read_grids
from lib.ingest.vocabulary import Vocabulary
from lib.model import Direction, Measure, Region

Sheets = Mapping[str, Sequence[Sequence[object]]]


@pytest.fixture(scope="session")
def words() -> Vocabulary:
    """Three counties, the city and the province above them, three measures with aliases."""
    members = (
        Region("410421", "宝丰县", "宝丰县", "county", "410400", ("宝丰", "平顶山市宝丰县")),
        Region("410422", "叶县", "叶县", "county", "410400"),
        Region("410471", "平顶山高新技术产业开发区", "高新区", "zone", "410400", ("高新", "市高新区")),
    )
    wider = (
        Region("410400", "平顶山市", "平顶山市", "city", "410000", ("平顶山",)),
        Region("410000", "河南省", "河南", "province", "100000"),
    )
    measures = (
        Measure("start.time", "企业开办时间", "工作日", Direction.LOWER, aliases=("开办时间",)),
        Measure("tax.online", "网上办税率", "%", Direction.HIGHER, aliases=("网上办税率（%）",)),
        Measure("credit.grade", "信用等级", "", Direction.HIGHER),
    )
    return Vocabulary(members, wider, measures)


@pytest.fixture(scope="session")
def read(words: Vocabulary) -> Callable[..., Reading]:
    """Reads a table's text (or bytes) under a file name, as `python -m lib import` does."""

    def reader(table: str | bytes, name: str = "2020-Q3.csv", period: str | None = None) -> Reading:
        data = table.encode() if isinstance(table, str) else table
        return merge([read_table(grid, words, period) for grid in read_grids(data, name)])

    return reader


@pytest.fixture(scope="session")
def workbook() -> Callable[[Sheets], bytes]:
    """The bytes of an XLSX file with the given sheets."""

    def make(sheets: Sheets) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        data = io.BytesIO()
        book.save(data)
        return data.getvalue()

    return make
