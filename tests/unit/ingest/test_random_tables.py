"""Random office tables in every layout, with junk around and between: what is read is true, or the file is refused."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import openpyxl
import pytest

from lib import office
from lib.ingest.vocabulary import Vocabulary

MEASURES = [
    ("企业开办时间", "start_business.time", "工作日"),
    ("网上可办率", "government_services.online_rate", "%"),
    ("签约金额", "credit.signed_amount", "亿元"),
    ("小微企业贷款户数", "credit.sme_borrowers", "户"),
    ("有效发明专利", "ip.patents_total", "件"),
    ("好评率", "government_services.praise_rate", "%"),
]
PLACES = [
    ("新华区", "410402"),
    ("石龙区", "410404"),
    ("宝丰县", "410421"),
    ("叶县", "410422"),
    ("高新区", "410471"),
    ("汝州市", "410482"),
]
LAYOUTS = ("wide", "turned", "long", "periods", "measure over period", "county over period")
JUNK = ("排名", "同比增长", "较上年", "目标值", "全省平均", "得分", "上年同期", "联系电话")
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
Truth = dict[tuple[str, str, str], float]


@pytest.fixture(scope="module")
def known(seeded: Path) -> Vocabulary:
    """The catalogue's own words."""
    return office.vocabulary(seeded)


class Table:
    """One random table: its rows, the merged areas of its header, and the values that it truly states."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.layout = chance.choice(LAYOUTS)
        several = self.layout in ("periods", "measure over period", "county over period")
        self.periods = chance.sample(["2018", "2019", "2020"], 2) if several else ["2020-Q3"]
        self.measures = chance.sample(MEASURES, 1 if self.layout == "periods" else chance.randint(1, 4))
        self.places = chance.sample(PLACES, chance.randint(1, 6))
        self.truth: Truth = {}
        self.rows = getattr(self, "_" + self.layout.replace(" ", "_"))()
        self.header = 2 if " over " in self.layout else 1
        self._decorate()

    def _cell(self, place: tuple[str, str], measure: tuple[str, str, str], period: str) -> str:
        """A value as an office may write it, or a word for missing."""
        if self.chance.random() < 0.06:
            return self.chance.choice(["", "—", "/", "暂无", "…"])
        value = round(self.chance.uniform(2, 100), 2) if measure[2] == "%" else float(self.chance.randint(1, 9000))
        self.truth[place[1], measure[1], period] = value
        text = repr(value).removesuffix(".0")
        ways = [
            text,
            text,
            f"{value:,.10g}",
            text.translate(FULL_WIDTH),
            text + measure[2],
            f" {text} ",
            text + "（暂定）",
        ]
        return self.chance.choice(ways)

    def _name(self, measure: tuple[str, str, str]) -> str:
        return self.chance.choice([measure[0], f"{measure[0]}（{measure[2]}）"])

    def _place(self, place: tuple[str, str]) -> str:
        return self.chance.choice([place[0], place[0], f"平顶山市{place[0]}", place[1]])

    def _wide(self) -> list[list[str]]:
        header = [self.chance.choice(["区县", "县（市、区）", "地区", ""]), *map(self._name, self.measures)]
        (period,) = self.periods
        return [header, *([self._place(p), *(self._cell(p, m, period) for m in self.measures)] for p in self.places)]

    def _turned(self) -> list[list[str]]:
        header = [self.chance.choice(["指标", "指标名称", ""]), *(place[0] for place in self.places)]
        (period,) = self.periods
        return [header, *([self._name(m), *(self._cell(p, m, period) for p in self.places)] for m in self.measures)]

    def _long(self) -> list[list[str]]:
        (period,) = self.periods
        pairs = [(place, measure) for place in self.places for measure in self.measures]
        return [
            ["区县", "指标", "数值", "计量单位"],
            *([self._place(p), m[0], self._cell(p, m, period), m[2]] for p, m in pairs),
        ]

    def _periods(self) -> list[list[str]]:
        (measure,) = self.measures
        header = ["区县", *(f"{period}年" for period in self.periods)]
        return [
            header,
            *([self._place(p), *(self._cell(p, measure, each) for each in self.periods)] for p in self.places),
        ]

    def _measure_over_period(self) -> list[list[str]]:
        upper = ["区县", *(text for measure in self.measures for text in (self._name(measure), ""))]
        lower = ["", *(f"{period}年" for _ in self.measures for period in self.periods)]
        return [
            upper,
            lower,
            *(
                [self._place(p), *(self._cell(p, m, each) for m in self.measures for each in self.periods)]
                for p in self.places
            ),
        ]

    def _county_over_period(self) -> list[list[str]]:
        upper = ["指标", *(text for place in self.places for text in (place[0], ""))]
        lower = ["", *(f"{period}年" for _ in self.places for period in self.periods)]
        return [
            upper,
            lower,
            *(
                [self._name(m), *(self._cell(p, m, each) for p in self.places for each in self.periods)]
                for m in self.measures
            ),
        ]

    def _decorate(self) -> None:
        """Totals, a column of something else, numbers of rows, titles, forms, notes and blanks, as they come."""
        chance, rows = self.chance, self.rows
        if self.layout in ("wide", "periods", "measure over period"):
            for _ in range(chance.randint(0, 2)):
                total = [
                    chance.choice(["合计", "全市", "小计", "平均"]),
                    *(str(chance.randint(1, 999)) for _ in rows[0][1:]),
                ]
                rows.insert(chance.randint(self.header, len(rows)), total)
        # Under a merged header another column belongs to whatever stands above it: only beside is it plainly something else.
        if self.header == 1 and self.layout != "long" and chance.random() < 0.4:
            at, junk = chance.randint(1, len(rows[0])), chance.choice(JUNK)
            for i, row in enumerate(rows):
                row.insert(at, junk if i == 0 else str(chance.randint(1, 12)))
        if chance.random() < 0.3:
            for i, row in enumerate(rows):
                row.insert(0, "序号" if i == 0 else "" if i < self.header else str(i - self.header + 1))
        width = len(rows[0])
        if self.layout == "periods" or chance.random() < 0.6:
            subject = self.measures[0][0] if self.layout == "periods" else "营商环境"
            rows.insert(0, [f"2020年三季度{subject}情况", *[""] * (width - 1)])
        if chance.random() < 0.3:
            rows.append(["注：数据为初步统计。2020年口径", *[""] * (width - 1)])
        if chance.random() < 0.2:
            rows.append([""] * width)

    def as_file(self) -> tuple[bytes, str]:
        """The table as CSV in some encoding, or as a workbook with most numbers as numbers."""
        if self.chance.random() < 0.7:
            out = io.StringIO()
            csv.writer(out).writerows(self.rows)
            return out.getvalue().encode(self.chance.choice(["utf-8-sig", "gbk", "utf-16"])), "上报.csv"
        book = openpyxl.Workbook()
        for row in self.rows:
            book.active.append(
                [float(cell) if cell.isascii() and cell.replace(".", "", 1).isdigit() else cell for cell in row]
            )
        data = io.BytesIO()
        book.save(data)
        return data.getvalue(), "上报.xlsx"


def test_what_is_read_from_random_tables_is_true(known: Vocabulary) -> None:
    read = 0
    for seed in range(120):
        table = Table(random.Random(seed))
        data, name = table.as_file()
        reading = office.understand(office.open_file(data, name), known, "2020-Q3")
        if reading.errors:
            continue
        rows = reading.rows
        keys = zip(rows["region"].astype(str), rows["measure"].astype(str), rows["period"].astype(str), strict=True)
        found = dict(zip(keys, rows["value"], strict=True))
        assert found == table.truth, (seed, table.layout, table.rows)
        read += 1
    # Few are refused, else the test shows nothing.
    assert read > 110
