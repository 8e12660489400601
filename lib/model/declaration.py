"""申报表: what a department declares in the campaign's annex 2, and the states that the declaration goes through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any


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
    cases that it learns from.
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
        for name in ("vertical_goals", "horizontal_goals", "create_goals"):
            known[name] = tuple(Goal(str(goal["measure"]), float(goal["value"])) for goal in known.get(name, ()))
        known["practices"] = tuple(known.get("practices", ()))
        return cls(**known)

    def with_field(self, name: str, value: object) -> Declaration:
        """The same with one field changed; TypeError names a field that is not there."""
        return replace(self, **{name: value})
