"""What a meeting's slides say: one conclusion each as its title, with a chart, a table or both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Plot:
    """Bars: a number a category and series, None where missing; `colours` by series, `points` instead by category where given."""

    categories: tuple[str, ...]
    series: Mapping[str, tuple[float | None, ...]]
    colours: tuple[str, ...]
    points: tuple[str, ...] = ()
    decimals: int = 1
    unit: str = ""
    stacked: bool = False


@dataclass(frozen=True)
class Grid:
    """A table of words; `widths` are the columns' shares of its width."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Slide:
    """One slide: its conclusion, what shows it, the line that says where its numbers come from, and whether one is made up."""

    title: str
    source: str
    plot: Plot | None = None
    grid: Grid | None = None
    remarks: tuple[str, ...] = ()
    made_up: bool = False


@dataclass(frozen=True)
class Deck:
    """The whole meeting: a cover and its slides."""

    title: str
    subtitle: str
    slides: tuple[Slide, ...]

    @property
    def made_up(self) -> bool:
        """Whether a number anywhere in it is made up."""
        return any(slide.made_up for slide in self.slides)
