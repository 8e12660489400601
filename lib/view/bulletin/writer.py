"""A writer of official sentences: how numbers, names and documents are put, and where every figure is from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from lib.model import Measure, Period, Region
from lib.model.bulletin import Brief, Figure
from lib.model.source import fact as fact_address
from lib.model.source import score as score_address
from lib.view import text

LEDGER, TARGETS = "整改台账", "各方案确定的目标"
LATE_TARGETS, MISSING_TARGET = ("逾期未达标", "滞后"), "有目标无现值"
# Names of one kind are written out up to so many, targets and items up to so many.
NAMED, ITEMS = 3, 5
_BOUNDS = {"<=": "不超过", ">=": "不少于", "<": "不到", ">": "超过", "≈": "约"}
_SPOKEN = {"工作日": "个工作日", "百分点": "个百分点"}


# What a section is made of: key, label in the editor, lead, words; no words, no paragraph.
Part = tuple[str, str, str, str]


@dataclass(frozen=True)
class Names:
    """What codes are called: places, measures and indicators, departments; and how documents are cited."""

    regions: Mapping[str, Region]
    subjects: Mapping[str, str]
    measures: Mapping[str, Measure]
    departments: Mapping[str, str]
    documents: Mapping[str, str]
    city: str


class Writer:
    """Writes sentences and keeps every figure in them with where it is from."""

    def __init__(self, brief: Brief, names: Names) -> None:
        self.brief, self.names = brief, names
        self.written: dict[Figure, list[str]] = {}
        self.key = ""
        self.spelled: list[str] = []
        self.city = names.city
        self.today = f"截至{text.date_words(brief.day)}"
        self.period = Period.parse(brief.period).label

    def put(
        self,
        value: float | None,
        unit: str,
        what: str,
        when: str,
        origin: str,
        address: str = "",
        *,
        words: str = "",
        made_up: bool = False,
    ) -> str:
        """A figure's text: the words given, or the value with its unit."""
        written = words or amount("=", value, unit)
        at = self.written.setdefault(Figure(written, value, unit, what, when, origin, address, made_up), [])
        if self.key not in at:
            at.append(self.key)
        return written

    def part(self, key: str, label: str, lead: str, words: Callable[[], str]) -> Part:
        """A paragraph; the figures that its `words` put are kept as standing in it."""
        self.key = key
        return key, label, lead, words()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure in the order of the text, with the paragraphs that it stands in."""
        return tuple(replace(figure, at=tuple(at)) for figure, at in self.written.items())

    def scored(
        self, value: float, unit: str, what: str, code: str, region: str = "", words: str = "", when: str = ""
    ) -> str:
        """A figure of the counties' scores."""
        demo = self.brief.made_up
        address = score_address(region, code, self.brief.period) if region else ""
        origin = text.DEMO if demo else "县（市、区）评价得分"
        return self.put(value, unit, what, when or self.period, origin, address, words=words, made_up=demo)

    def counted(self, value: int, unit: str, what: str, origin: str = LEDGER) -> str:
        """A count as of the day; what is counted of the targets is made up where one of them rests on such a value."""
        rows = self.brief.targets
        made_up = origin == TARGETS and "made_up" in rows and bool(rows["made_up"].any())
        return self.put(value, unit, what, self.today, origin, made_up=made_up)

    def name(self, code: str) -> str:
        """A measure's or indicator's name; one with digits in it is no figure."""
        found = self.names.subjects.get(code, code)
        if any(character.isdigit() for character in found):
            self.spelled.append(found)
        return found

    def typed(self, words: str, origin: str, what: str = "台账原文") -> str:
        """Words that are not ours, a person's in the ledger or a rule's: numbers in them are theirs."""
        words = " ".join(words.split()).rstrip("。；;，,")
        if any(character.isdigit() for character in words):
            self.put(None, "", what, self.today, origin, words=words)
        return words

    def places(self, codes: Sequence[str]) -> str:
        """新华区、卫东区; of many that share a place the first ones and how many."""
        named = text.listed(self.names.regions[code].short_name for code in codes[:NAMED])
        return (
            named if len(codes) <= NAMED else f"{named}等{self.counted(len(codes), '个', '并列的县（市、区）', '排名')}"
        )

    def departments(self, codes: str) -> str:
        """市市场监管局、市税务局 for market_regulation;tax."""
        return text.listed(self.names.departments.get(code, code) for code in codes.split(";"))

    def when(self, row: Mapping[str, Any]) -> str:
        """When a statement was so."""
        return Period.parse(row["period"]).label if row["period"] else ""


def amount(op: str, value: float | None, unit: str) -> str:
    """A value as an official paper writes it: 7小时, 不超过72个工作日, 约7000家, 79%."""
    number = text.trimmed(value).replace(",", "")
    written = f"{number}%" if unit == "%" else f"{number}{_SPOKEN.get(unit, unit)}"
    return f"{_BOUNDS.get(op, '')}{written}"


def cited(document: Mapping[str, Any]) -> str:
    """How a text names a document: 优化营商环境工作通报第37期, or its title with its number or date."""
    number = str(document["doc_no"])
    if "期" in number:
        return number
    said = number or _dated(str(document["date"]))
    return f"《{document['title']}》{f'（{said}）' if said else ''}"


def _dated(day: str) -> str:
    """2021年12月17日, 2020年12月, 2020年; what is no date as it stands."""
    if Period.is_code(day):
        return Period.parse(day).label
    try:
        return text.date_words(date.fromisoformat(day))
    except ValueError:
        return day


def short(day: date) -> str:
    """11月22日."""
    return f"{day.month}月{day.day}日"


def stated_fact(writer: Writer, row: Mapping[str, Any], what: str, words: str, when: str = "") -> str:
    """A figure that a document states, in a row of facts or targets; `when` where its time is not the row's period."""
    address = fact_address(str(row["id"]))
    value = None if pd.isna(row["value"]) else float(row["value"])
    cited = writer.names.documents.get(row["document"], "")
    return writer.put(value, str(row["unit"]), what, when or writer.when(row), cited, address, words=words)
