"""工作通报, 周通报 and 日调度: the papers that go out, the figures that they stand on, and what a person has written over them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from lib.model.ledger import Action
from lib.model.period import Period

# The greatest number of a bulletin.
MOST = 9999


class Paperwork(StrEnum):
    """The kinds of papers: the numbered bulletin, the week's and the day's short form."""

    WORK = "work"
    WEEK = "week"
    DAY = "day"

    @property
    def label(self) -> str:
        """Chinese name."""
        return {"work": "工作通报", "week": "周通报", "day": "日调度"}[self.value]

    @property
    def masthead(self) -> str:
        """The red words at the head."""
        return f"优化营商环境{self.label}"

    def numbered(self, number: int | None) -> str:
        """第 38 期, 2026 年第 47 周 (kept as 202647), 2026 年 11 月 22 日 (kept as 20261122); room for it where it is not known."""
        if number is None:
            return "第　期"
        if self is Paperwork.WORK:
            return f"第{number}期"
        if self is Paperwork.WEEK:
            return f"{number // 100}年第{number % 100}周"
        return f"{number // 10000}年{number // 100 % 100}月{number % 100}日"


def normal(words: str) -> str:
    """A text in which full-width digits and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", words).split())


def as_whole(words: str) -> re.Pattern[str]:
    """A figure in a `normal` text where it is written as a whole, and not as a part of another number."""
    return re.compile(rf"(?<![0-9])(?<![0-9][.,]){re.escape(normal(words))}(?![0-9%]|\.[0-9])")


@dataclass(frozen=True)
class Figure:
    """A number as a paper writes it: `text` with its unit, unrounded `value` (None for words), what it is, when it was so, where it
    is from, the address of its source ("" where it has none), and the keys of the paragraphs that the data wrote it in."""

    text: str
    value: float | None
    unit: str
    what: str
    when: str
    origin: str
    address: str = ""
    made_up: bool = False
    at: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: `key` names it for good, `lead` is the numbered heading that it begins with, `text` the words that are in force,
    `draft` those that the data gives."""

    key: str
    label: str
    draft: str
    lead: str = ""
    written: str | None = None

    @property
    def text(self) -> str:
        """What the paper says: a person's words, or else the data's."""
        return self.draft if self.written is None else self.written

    def says(self, figure: Figure) -> bool:
        """Whether a figure that the data wrote here still stands."""
        return self.written is None or as_whole(figure.text).search(normal(self.written)) is not None


@dataclass(frozen=True)
class Section:
    """一、总体情况 …"""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Paper:
    """A paper as it can be read and printed; `number` None: not known yet; `period`: what a numbered bulletin reports; `partial`: that its scores rest on some of the measures alone; `names` are the names of indicators and measures in it that contain digits."""

    kind: Paperwork
    number: int | None
    day: date
    issuer: str
    title: str
    sections: tuple[Section, ...]
    report_to: str
    copy_to: str
    figures: tuple[Figure, ...] = ()
    names: tuple[str, ...] = ()
    appendix: bool = True
    period: str = ""
    partial: str = ""

    @property
    def early(self) -> bool:
        """Whether it is dated before the period that it reports has ended."""
        return bool(self.period) and Period.parse(self.period).end > self.day

    @property
    def made_up(self) -> bool:
        """Whether a figure rests on made-up data."""
        return any(figure.made_up for figure in self.figures)

    @property
    def draft(self) -> str:
        """The text of a paper as the data makes it: its day, title and paragraphs, a line each."""
        day = f"{self.day.year}年{self.day.month}月{self.day.day}日"
        return "\n".join([day, self.title, *(each.draft for each in self.paragraphs)])

    @property
    def standing(self) -> tuple[Figure, ...]:
        """The figures whose words still stand in one of the paragraphs that the data wrote them in."""
        known = {each.key: each for each in self.paragraphs}
        return tuple(
            figure for figure in self.figures if any(known[key].says(figure) for key in figure.at if key in known)
        )

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs in their order."""
        return (each for section in self.sections for each in section.paragraphs)

    def plain(self) -> dict[str, Any]:
        """As plain data, to be kept."""
        return {**asdict(self), "kind": self.kind.value, "day": self.day.isoformat()}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Paper:
        """From plain data."""
        sections = tuple(
            Section(each["title"], tuple(Paragraph(**one) for one in each["paragraphs"])) for each in data["sections"]
        )
        figures = tuple(Figure(**{**each, "at": tuple(each.get("at", ()))}) for each in data["figures"])
        found = {"kind": Paperwork(data["kind"]), "day": date.fromisoformat(data["day"]), "names": tuple(data["names"])}
        return cls(**{**data, **found, "sections": sections, "figures": figures})


# The fields of a paper's head and end that a person may write over, in the order of the form.
HEAD = {"title": "标题", "issuer": "发文单位", "report_to": "报送", "copy_to": "抄送"}


@dataclass(frozen=True)
class Edit:
    """What a person wrote in place of the words that the data gave then."""

    text: str
    basis: str


@dataclass(frozen=True)
class Content:
    """What makes a draft: its day and number (None: the next one, where it is known), the data that it looks at, the indicators it names (none: the
    weakest), the number of the scenario that it asks to be followed (0: none), and what a person has written, by HEAD or by the paragraphs' keys."""

    day: str
    number: int | None = None
    framework: str = ""
    period: str = ""
    weak: tuple[str, ...] = ()
    appendix: bool = True
    scenario: int = 0
    edits: Mapping[str, Edit] = field(default_factory=dict)

    def fields(self) -> dict[str, object]:
        """Everything that can be changed by itself, by name; edits as edit:key."""
        names = ("day", "number", "framework", "period", "weak", "appendix", "scenario")
        own = {name: getattr(self, name) for name in names}
        return {**own, **{f"edit:{key}": edit for key, edit in self.edits.items()}}

    def with_fields(self, changes: Mapping[str, object]) -> Content:
        """The same with some of `fields` changed; an edit of None is taken away."""
        edits = dict(self.edits)
        for name, value in changes.items():
            if name.startswith("edit:"):
                edits.pop(name[5:], None)
                if isinstance(value, Edit):
                    edits[name[5:]] = value
        own = {name: value for name, value in changes.items() if not name.startswith("edit:")}
        return replace(self, edits=edits, **own)  # type: ignore[arg-type]

    def plain(self) -> dict[str, Any]:
        """As plain data, to be kept."""
        return asdict(self)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Content:
        """From plain data."""
        edits = {key: Edit(**each) for key, each in data["edits"].items()}
        return cls(**{**data, "weak": tuple(data["weak"]), "edits": edits})


def worded(paper: Paper, edits: Mapping[str, Edit]) -> Paper:
    """A paper with what a person has written in place of what the data says."""
    head = {name: edits[name].text for name in HEAD if name in edits}
    sections = tuple(
        replace(section, paragraphs=tuple(_written(each, edits) for each in section.paragraphs))
        for section in paper.sections
    )
    return replace(paper, sections=sections, **head)


def _written(paragraph: Paragraph, edits: Mapping[str, Edit]) -> Paragraph:
    found = edits.get(paragraph.key)
    return paragraph if found is None else replace(paragraph, written=found.text)


@dataclass(frozen=True)
class Standing:
    """How the members stand on a node in a period: how many have a score, of how many, their mean and its change since the period
    before (NaN where there is none), who is first and who is last with what score, and the last place."""

    code: str
    count: int
    members: int
    mean: float
    change: float
    first: tuple[str, ...]
    high: float
    last: tuple[str, ...]
    low: float
    bottom: int


@dataclass(frozen=True)
class Weak:
    """A weak indicator: who leads it, how the members stand, the document that names it weak, what documents state of the city (rows
    as `core.compare.of_documents`), the best benchmarks beside it (as `core.compare.compare`), and its targets and items."""

    code: str
    owner: str
    standing: Standing | None
    named: str
    stated: pd.DataFrame
    compared: pd.DataFrame
    targets: pd.DataFrame
    items: pd.DataFrame


@dataclass(frozen=True)
class Done:
    """What was done on an item in the time that a paper looks at: "opened", "closed" or "step", on which day."""

    item: int
    what: str
    day: date
    action: Action | None = None


@dataclass(frozen=True)
class Proposal:
    """A scenario as a paper asks for it: its name, the period whose data it stands on, what others are taken to do (in words), whether
    the data is made up, the place that it is about with total and rank before and after, its changes as (region, measure, value,
    value if), and how many weights it changes."""

    name: str
    period: str
    assumed: str
    made_up: bool
    region: str
    before: tuple[float, float]
    after: tuple[float, float]
    moves: tuple[tuple[str, str, float, float], ...]
    weights: int


@dataclass(frozen=True)
class Brief:
    """Everything that a paper may say, in figures: frames as their core functions give them, `since` the day after which things are
    new (None: from the beginning); counts by month as (months, kind, value); `chosen`: the weak indicators were named by a person."""

    kind: Paperwork
    day: date
    since: date | None
    period: str
    before: str | None
    made_up: bool
    places: pd.DataFrame
    named: pd.DataFrame
    total: Standing | None
    risen: tuple[tuple[str, ...], int]
    fallen: tuple[tuple[str, ...], int]
    targets: pd.DataFrame
    ledger: pd.DataFrame
    done: tuple[Done, ...]
    counts: tuple[tuple[tuple[str, ...], str, int], ...]
    totals: pd.DataFrame
    weak: tuple[Weak, ...]
    chosen: bool
    proposal: Proposal | None = None
    partial: str = ""
