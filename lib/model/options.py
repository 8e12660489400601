"""The choices that turn values into scores."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil


class Normalise(StrEnum):
    """How a value becomes 0–100 (docs/method.md, section 1)."""

    FRONTIER = "frontier"
    MINMAX = "minmax"
    ZSCORE = "zscore"
    RANK = "rank"


class Aggregate(StrEnum):
    """Which weighted mean takes scores up the tree (docs/method.md, section 2)."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"


@dataclass(frozen=True)
class ScoreOptions:
    """Normalisation, mean, coverage floor and tier cuts; `cuts=None` means thirds of the regions at hand."""

    normalise: Normalise = Normalise.FRONTIER
    aggregate: Aggregate = Aggregate.ARITHMETIC
    min_coverage: float = 0.0
    cuts: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        if not 0.0 <= self.min_coverage <= 1.0:
            raise ValueError(f"最低覆盖率应在 0 与 1 之间：{self.min_coverage}")


def thirds(size: int) -> tuple[int, int]:
    """Last ranks of the first and second tier when a cohort is cut into thirds: 12 gives (4, 8)."""
    return ceil(size / 3), ceil(2 * size / 3)
