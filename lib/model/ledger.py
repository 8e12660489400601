"""整改台账: a problem that somebody must put right by a day, the states it goes through, and the value it is to move."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Where an item stands: 待整改 → 整改中 → 待复评 → 已销号 or 退回."""

    OPEN = "open"
    DOING = "doing"
    REVIEW = "review"
    CLOSED = "closed"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """As the ledger writes it."""
        return {"open": "待整改", "doing": "整改中", "review": "待复评", "closed": "已销号", "returned": "退回"}[
            self.value
        ]

    @property
    def owed(self) -> bool:
        """Whether the owner still has to do something: a deadline can be missed."""
        return self in (State.OPEN, State.DOING, State.RETURNED)


@dataclass(frozen=True)
class Step:
    """What is done to an item: `action` as the ledger and its history name it, the states it is allowed in, where it leads, and whether
    it is for those who judge, not for whoever puts things right."""

    action: str
    allowed: frozenset[State]
    to: State
    needs_comment: bool = False
    needs_proof: bool = False
    next_round: bool = False
    verdict: bool = False


# The re-evaluation's verdict closes an item, or returns it into its next round; so does a closed one that did not help.
STEPS: Mapping[str, Step] = {
    "start": Step("开始整改", frozenset({State.OPEN, State.RETURNED}), State.DOING),
    "submit": Step("报请复评", frozenset({State.DOING}), State.REVIEW, needs_comment=True, needs_proof=True),
    "close": Step("复评通过，销号", frozenset({State.REVIEW}), State.CLOSED, needs_comment=True, verdict=True),
    "send_back": Step(
        "复评不通过，退回", frozenset({State.REVIEW}), State.RETURNED, True, next_round=True, verdict=True
    ),
    "reopen": Step("再开一轮", frozenset({State.CLOSED}), State.OPEN, True, next_round=True, verdict=True),
}


# What else the ledger's history names.
OPENED, CHANGED, PROVED = "列入台账", "修改", "上传佐证"


class Origin(StrEnum):
    """What an item comes from."""

    WEAK = "短板指标"
    REPORT = "评价报告"
    INSPECTION = "督查检查"
    COMPLAINT = "投诉举报"
    OTHER = "其他"


# What the ledger calls the fields of an item, in the order of its table.
FIELDS: Mapping[str, str] = {
    "problem": "问题",
    "origin": "来源",
    "basis": "依据",
    "subject": "指标",
    "region": "地区",
    "owner": "责任单位",
    "helpers": "配合单位",
    "leader": "责任领导",
    "deadline": "整改期限",
    "measures": "整改措施",
    "actions": "整改步骤",
}
# By field, the most characters that it may have (of the steps: all together).
LONGEST: Mapping[str, int] = {
    "problem": 500,
    "basis": 2000,
    "owner": 100,
    "helpers": 100,
    "leader": 100,
    "measures": 2000,
    "actions": 2000,
}


@dataclass(frozen=True)
class Action:
    """One step of the work: what, by when, and since when it is done ("" for not yet); days are ISO."""

    what: str
    due: str = ""
    done: str = ""


@dataclass(frozen=True)
class Task:
    """What an item says. `subject` is a measure's or indicator's code ("" for none), `region` whose value it is about;
    `basis` are the words that it rests on (document, inspection, complaint), `deadline` is ISO."""

    problem: str
    origin: str = Origin.OTHER.value
    basis: str = ""
    subject: str = ""
    region: str = "410400"
    owner: str = ""
    helpers: str = ""
    leader: str = ""
    deadline: str = ""
    measures: str = ""
    actions: tuple[Action, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As plain data, to be kept."""
        return asdict(self)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Task:
        """From plain data; what an older version did not have stays at its default."""
        known = {field.name for field in fields(cls)}
        kept = {name: value for name, value in data.items() if name in known}
        return cls(**{**kept, "actions": tuple(Action(**each) for each in kept.get("actions", ()))})

    @property
    def too_long(self) -> dict[str, int]:
        """The fields that are longer than LONGEST, with their characters."""
        said = {name: getattr(self, name) for name in LONGEST} | {
            "actions": "".join(each.what for each in self.actions)
        }
        return {name: len(text) for name, text in said.items() if len(text) > LONGEST[name]}

    @property
    def wrong(self) -> list[str]:
        """Why it may not be kept, in words: no problem, a day that is none, a text that is too long."""
        days = [("整改期限", self.deadline), *((f"步骤“{each.what}”的期限", each.due) for each in self.actions)]
        unread = [f"{label}“{day}”不是日期（期望：2020-12-31）" for label, day in days if day and not _is_day(day)]
        long = [
            f"{FIELDS[name]}有 {count} 个字，太长（期望：不超过 {LONGEST[name]} 个字）"
            for name, count in self.too_long.items()
        ]
        return [*([] if self.problem.strip() else ["要写明问题：哪里不行"]), *unread, *long]

    @property
    def lacking(self) -> list[str]:
        """The same, and what a new item must say besides: who puts it right, by when."""
        missing = [("责任单位：谁来改", self.owner), ("整改期限：哪天前改好", self.deadline)]
        return [*self.wrong, *(f"要写明{label}" for label, said in missing if not said.strip())]

    @property
    def about(self) -> tuple[str, str]:
        """Whose value an item is to move: indicator and place."""
        return self.subject, self.region

    @property
    def key(self) -> tuple[str, str, str]:
        """What two tasks for the same thing have in common: problem, owner (whatever the blanks and widths) and place."""
        problem, owner = (
            re.sub(r"\s+", "", unicodedata.normalize("NFKC", each)) for each in (self.problem, self.owner)
        )
        return problem, owner, self.region

    def with_field(self, name: str, value: object) -> Task:
        """The same with one field changed."""
        return replace(self, **{name: value})


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass(frozen=True)
class Reading:
    """What the item's indicator was when somebody looked: a value in its unit with its period and the address of its source.

    `value` is None where there is none, and `words` say why, or what a document says instead of a number; the words of a value are
    the part of the place that it is about ("" for the whole).
    """

    value: float | None = None
    unit: str = ""
    period: str = ""
    source: str = ""
    made_up: bool = False
    words: str = ""


@dataclass(frozen=True)
class Item:
    """An item as it is kept: its number, round (from 1), state and task, the indicator's value when its round was opened (or when it was
    given another indicator) and, of one closed, when it was closed; moments are in UTC."""

    id: int
    round: int
    state: State
    task: Task
    opened: Reading
    closed: Reading | None
    opened_at: str
    changed_at: str
    changed_by: str
    closed_at: str
