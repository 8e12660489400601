"""Where a number comes from, as a short text that fits an address: a fact of a document, a value of a file, a score."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Numbers of what people have added begin so; those of the documents that came with the software do not.
ADDED = "U"


def is_added(identifier: str) -> bool:
    """Whether a benchmark or practice was added by a person."""
    return identifier.startswith(ADDED)


class Origin(StrEnum):
    """What kind of number a source leads to."""

    FACT = "fact"
    VALUE = "value"
    SCORE = "score"


@dataclass(frozen=True)
class Source:
    """A number: `code` is a fact's, target's or benchmark's id, or a measure's or indicator's code with its place and period."""

    origin: Origin
    code: str
    region: str = ""
    period: str = ""

    def __str__(self) -> str:
        parts = [self.origin.value, self.code, self.region, self.period]
        return ":".join(parts if self.origin is not Origin.FACT else parts[:2])

    @classmethod
    def parse(cls, text: str) -> Source | None:
        """The source that a text names; None when it names none."""
        origin, *parts = text.split(":")
        if origin not in set(map(str, Origin)) or len(parts) != (1 if origin == Origin.FACT else 3) or not all(parts):
            return None
        return cls(Origin(origin), *parts)


def fact(identifier: str) -> str:
    """Address of a fact, target or benchmark; "" for none."""
    return str(Source(Origin.FACT, identifier)) if identifier else ""


def value(region: str, measure: str, period: str) -> str:
    """Address of a value."""
    return str(Source(Origin.VALUE, measure, region, period))


def score(region: str, code: str, period: str) -> str:
    """Address of the score (and place) of an indicator or measure."""
    return str(Source(Origin.SCORE, code, region, period))
