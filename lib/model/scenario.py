"""推演方案: some values and weights that are not (yet) so, what all others are taken to do meanwhile, and how that is written in an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite
from typing import Any

# No value and no weight that makes sense is greater.
MOST, MOST_WEIGHT = 1e12, 1e3
# Between the parts of what an address says; no code has it.
BETWEEN = "~"


class Others(StrEnum):
    """What the other regions are taken to do while one changes."""

    HOLD = "hold"
    TREND = "trend"
    TARGETS = "targets"

    @property
    def label(self) -> str:
        """As the choice is named."""
        return {"hold": "保持不变", "trend": "按各自走势", "targets": "都达到目标"}[self.value]

    def sentence(self, until: str) -> str:
        """The assumption in words, until a period (2021年四季度)."""
        return {
            "hold": "其他县（市、区）保持不变",
            "trend": f"其他县（市、区）的各项测度按各自以往的走势变到{until}",
            "targets": "其他县（市、区）都达到文件定的目标（鼓励性的不算），已经达到和没有目标的测度保持不变",
        }[self.value]


@dataclass(frozen=True)
class Move:
    """A measure of a region with another value, in the measure's unit."""

    region: str
    measure: str
    value: float


@dataclass(frozen=True)
class Scenario:
    """What is tried in a framework and period, looked at from a region. `weights` are those that differ from the framework's, by
    node; `until` is the period that the others' trends are followed to, "" where they hold still."""

    framework: str
    period: str
    region: str
    moves: tuple[Move, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    others: Others = Others.HOLD
    until: str = ""

    @property
    def values(self) -> dict[tuple[str, str], float]:
        """The changed values by region and measure."""
        return {(move.region, move.measure): move.value for move in self.moves}

    def of(self, region: str) -> dict[str, float]:
        """A region's changed values by measure."""
        return {move.measure: move.value for move in self.moves if move.region == region}

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that are changed, in the order in which they first were."""
        return tuple(dict.fromkeys(move.region for move in self.moves))

    @property
    def changed(self) -> bool:
        """Whether a value or a weight is another."""
        return bool(self.moves or self.weights)

    def with_values(self, region: str, values: Mapping[str, float | None]) -> Scenario:
        """The same with some values of a region; None puts one back to what it is."""
        kept = {**self.values, **{(region, measure): value for measure, value in values.items()}}
        moves = tuple(Move(*key, value) for key, value in kept.items() if value is not None)
        return replace(self, moves=moves)

    def with_weights(self, weights: Mapping[str, float]) -> Scenario:
        """The same with these weights instead of any that differed before."""
        return replace(self, weights=tuple(weights.items()))

    @property
    def moves_text(self) -> str:
        """The moves as an address says them: 410422~tax.time~120, one after another."""
        return BETWEEN.join(f"{move.region}{BETWEEN}{move.measure}{BETWEEN}{move.value!r}" for move in self.moves)

    @property
    def weights_text(self) -> str:
        """The weights as an address says them: tax~2.0, one after another."""
        return BETWEEN.join(f"{code}{BETWEEN}{weight!r}" for code, weight in self.weights)

    def plain(self) -> dict[str, Any]:
        """As plain data, to be kept."""
        return {
            "framework": self.framework,
            "period": self.period,
            "region": self.region,
            "moves": [[move.region, move.measure, move.value] for move in self.moves],
            "weights": [list(each) for each in self.weights],
            "others": self.others.value,
            "until": self.until,
        }

    @classmethod
    def of_plain(cls, data: Mapping[str, Any]) -> Scenario:
        """From plain data."""
        return cls(
            data["framework"],
            data["period"],
            data["region"],
            tuple(Move(*each) for each in data["moves"]),
            tuple((code, float(weight)) for code, weight in data["weights"]),
            Others(data["others"]),
            data["until"],
        )


def read_moves(text: str, regions: Iterable[str], measures: Iterable[str]) -> tuple[tuple[Move, ...], bool]:
    """Moves from an address, the last of each value; and whether all of it was understood: a place and measure that there is,
    and a number."""
    regions, measures = set(regions), set(measures)
    found = {}
    for region, measure, value in _parts(text, 3):
        number = _number(value)
        if number is not None and region in regions and measure in measures:
            found[region, measure] = Move(region, measure, number)
    return tuple(found.values()), len(found) == _count(text, 3)


def read_weights(text: str, codes: Iterable[str]) -> tuple[tuple[tuple[str, float], ...], bool]:
    """Weights from an address, from 0 to MOST_WEIGHT; and whether all of it was understood."""
    codes = set(codes)
    found = {}
    for code, value in _parts(text, 2):
        number = _number(value)
        if number is not None and 0 <= number <= MOST_WEIGHT and code in codes:
            found[code] = number
    return tuple(found.items()), len(found) == _count(text, 2)


def _parts(text: str, size: int) -> Iterator[tuple[str, ...]]:
    words = text.split(BETWEEN)
    for at in range(0, len(words) - size + 1, size):
        yield tuple(words[at : at + size])


def _count(text: str, size: int) -> int:
    """How many entries a text would have, one begun counting as a whole."""
    return -(-len(text.split(BETWEEN)) // size) if text else 0


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) and abs(number) <= MOST else None
