"""申报表: what a department declares in the campaign's annex 2, and the states that the declaration goes through."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any


def listed(names: str) -> list[str]:
    """The names of a list as a person writes it: 北京、上海."""
    return [name.strip() for name in re.split(r"[、，,；;\n]", names) if name.strip()]


class State(StrEnum):
    """Where a declaration stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """Chinese wording."""
        return {
            "draft": "草稿",
            "submitted": "已报送",
            "returned": "已退回",
            "published": "已公示",
            "dropped": "已作废",
        }[self.value]

    @property
    def open(self) -> bool:
        """Whether its content may be changed."""
        return self in (State.DRAFT, State.RETURNED)


@dataclass(frozen=True)
class Goal:
    """A value to be reached in a measure's own unit, or bettered: at most where lower is better, else at least."""

    measure: str
    value: float


@dataclass(frozen=True)
class Baseline:
    """The value that a declaration starts from, frozen when it is handed in: in the measure's unit, with its period and source."""

    measure: str
    value: float
    period: str
    source: str
    made_up: bool = False


@dataclass(frozen=True)
class Declaration:
    """The content of the form. `region` is the place whose values it starts from, `subject` the indicator it is about.

    The first four fields stand above the form's table; days are ISO dates, "" when not filled in. `practices` are the
    cases that it learns from; `own` are present values that the unit states itself where no document has one, `own_source` says
    where they are from.
    """

    unit: str = ""
    filled: str = ""
    contact: str = ""
    phone: str = ""
    region: str = ""
    subject: str = ""
    vertical: str = ""
    horizontal: str = ""
    vertical_goals: tuple[Goal, ...] = ()
    vertical_words: str = ""
    horizontal_goals: tuple[Goal, ...] = ()
    horizontal_words: str = ""
    vertical_gap: str = ""
    horizontal_gap: str = ""
    steps: str = ""
    due: str = ""
    create_goals: tuple[Goal, ...] = ()
    create_words: str = ""
    highlight: str = ""
    create_steps: str = ""
    create_due: str = ""
    practices: tuple[str, ...] = ()
    own: tuple[Goal, ...] = ()
    own_source: str = ""

    @property
    def goals(self) -> tuple[Goal, ...]:
        """Every goal in numbers, each once."""
        return tuple(dict.fromkeys((*self.vertical_goals, *self.horizontal_goals, *self.create_goals)))

    def plain(self) -> dict[str, Any]:
        """As plain data, to be kept."""
        return asdict(self)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Declaration:
        """From plain data; what is not there stays empty."""
        known = {each.name: data[each.name] for each in fields(cls) if each.name in data}
        for name in ("vertical_goals", "horizontal_goals", "create_goals", "own"):
            known[name] = tuple(Goal(str(goal["measure"]), float(goal["value"])) for goal in known.get(name, ()))
        known["practices"] = tuple(known.get("practices", ()))
        return cls(**known)

    def with_field(self, name: str, value: object) -> Declaration:
        """The same with one field changed; TypeError names a field that is not there."""
        return replace(self, **{name: value})


@dataclass(frozen=True)
class Row:
    """One row of the annex's table: its section, item and whose benchmark it is about (may be empty), and what stands in it."""

    section: str
    item: str
    who: str
    field: str


VERTICAL, HORIZONTAL = "纵向标杆单位", "横向标杆单位"
TITLE = "营商环境“寻标、对标、创标”活动申报表"
NOTE = "说明：目标应尽可能量化、细化；举措应具体明确，具有可操作性。"
# What stands above the table, and the rows of the table, as in annex 2 of the campaign's plan (campaign-2019).
HEAD = {"unit": "填报单位", "filled": "填报时间", "contact": "联系人", "phone": "联系电话"}
ROWS = (
    Row("寻标对象", "", VERTICAL, "vertical"),
    Row("寻标对象", "", HORIZONTAL, "horizontal"),
    Row("对标方向", "目标", VERTICAL, "vertical_goals"),
    Row("对标方向", "目标", HORIZONTAL, "horizontal_goals"),
    Row("对标方向", "差距", VERTICAL, "vertical_gap"),
    Row("对标方向", "差距", HORIZONTAL, "horizontal_gap"),
    Row("对标方向", "举措", "", "steps"),
    Row("对标方向", "时限", "", "due"),
    Row("创标意向", "目标", "", "create_goals"),
    Row("创标意向", "亮点", "", "highlight"),
    Row("创标意向", "举措", "", "create_steps"),
    Row("创标意向", "时限", "", "create_due"),
)
# The words that stand beside the goals in numbers in the same cell.
WORDS = {"vertical_goals": "vertical_words", "horizontal_goals": "horizontal_words", "create_goals": "create_words"}
DAYS = ("due", "create_due")
# What the fields are called, in their order.
FIELDS: Mapping[str, str] = {
    **HEAD,
    "region": "地区",
    "subject": "指标",
    **{row.field: f"{row.section}{row.item}{f'（{row.who[:2]}）' if row.who else ''}" for row in ROWS},
    **{
        WORDS[row.field]: f"{row.section}目标的文字{f'（{row.who[:2]}）' if row.who else ''}"
        for row in ROWS
        if row.field in WORDS
    },
    "practices": "学习的做法",
    "own": "自报的现值",
    "own_source": "自报现值的出处",
}
# Days that a form may name.
FIRST_YEAR, LAST_YEAR = 2000, 2100
