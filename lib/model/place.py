"""Regions and the cohorts (参评范围) in which they are ranked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Region:
    """A place with its GB/T 2260 code."""

    code: str
    name: str
    short_name: str
    level: str
    parent: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cohort:
    """The regions ranked together, and where the tiers are cut.

    `cuts` are the last ranks of the first and the second tier: (5, 9) of 18 makes 10–18 the third tier.
    """

    code: str
    name: str
    members: tuple[str, ...]
    cuts: tuple[int, ...]
    basis: str = ""

    def __post_init__(self) -> None:
        if list(self.cuts) != sorted(set(self.cuts)) or any(cut < 1 for cut in self.cuts):
            raise ValueError(f"方阵界限应为递增的名次：{self.cuts}")
