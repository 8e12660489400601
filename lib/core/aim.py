"""What is aimed at: a place or a score on the total or on an indicator."""

from __future__ import annotations

from dataclasses import dataclass

from lib.core.rank import TIE
from lib.core.score import Scores


@dataclass(frozen=True)
class Aim:
    """A node with the place (1 is the best) or the score that is to be reached on it: exactly one of the two."""

    code: str
    place: int | None = None
    score: float | None = None

    def __post_init__(self) -> None:
        if (self.place is None) == (self.score is None):
            raise ValueError("an aim has a place or a score")

    def reached(self, scores: Scores, region: str) -> bool:
        """Whether a region is there in the only period of some scores; a missing score reaches nothing."""
        score, rank, _ = scores.of(region, self.code, scores.panel.periods[0])
        return bool(rank <= self.place) if self.place is not None else bool(score >= self.score - TIE)  # type: ignore[operator]
