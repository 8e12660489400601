"""测度: a leaf that is measured: one number, one unit, one direction."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Which way is better; `none` is counted but never scored."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"

    @property
    def label(self) -> str:
        """Chinese wording."""
        return {"higher": "越高越好", "lower": "越低越好", "none": "只计数"}[self.value]


@dataclass(frozen=True)
class Measure:
    """One measure of the catalogue; `numerator / denominator * per` defines a derived one.

    `ambiguous_for` are the measures that a value of this one may or may not be about, its scope being unstated.
    `document` is the code of the one that it is defined by.
    """

    code: str
    name: str
    unit: str
    direction: Direction
    indicator: str = ""
    definition: str = ""
    scope: str = ""
    numerator: str = ""
    denominator: str = ""
    per: float = 1.0
    decimals: int = 2
    aliases: tuple[str, ...] = ()
    ambiguous_for: tuple[str, ...] = ()
    frequency: str = ""
    document: str = ""
    note: str = ""

    @property
    def derived(self) -> bool:
        """Whether its value follows from two other measures."""
        return bool(self.numerator and self.denominator)
