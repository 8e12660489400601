"""The mixed-integer programme behind a plan: which pieces to take, and how far, at the least effort (scipy's HiGHS)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import coo_array

from lib.core.stretch import Piece

# Points are counted in thousandths, so that the solver's tolerance of 10⁻⁶ is as fine as core.rank.TIE.
FINE = 1000.0
# What a best found before may be short of in the next programme, in thousandths of a point: the solver's tolerance.
SLACK = 1e-6


@dataclass(frozen=True)
class Solution:
    """What to do: (piece, steps) pairs; by how much another's objective might at most be less; and how many rivals are passed."""

    taken: tuple[tuple[Piece, int], ...]
    gap: float
    passed: int

    @property
    def values(self) -> dict[str, float]:
        """The new values by measure."""
        return {piece.code: piece.value(steps) for piece, steps in self.taken}

    @property
    def effort(self) -> float:
        """What it takes in all."""
        return sum(piece.effort_at(steps) for piece, steps in self.taken)


@dataclass(frozen=True)
class Rivals:
    """Those who are ahead of us on the node: their regions' positions, and how many points each is ahead; at most `ahead` may stay so."""

    at: tuple[int, ...]
    lead: tuple[float, ...]
    ahead: int


@dataclass
class Programme:
    """Variables, a block each: whether a piece is taken; the steps on it; whether a rival is passed; whether an indicator is touched.

    `owner` is the first-level indicator of each piece, `ours` our position among the regions.
    """

    pieces: Sequence[Piece]
    owner: Sequence[str]
    ours: int
    rivals: Rivals | None = None
    _rows: list[tuple[list[int], list[float], float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._indicators = tuple(dict.fromkeys(self.owner))
        self._size = len(self.pieces)
        self._passed = 2 * self._size
        self._touched = self._passed + (len(self.rivals.at) if self.rivals else 0)
        self.width = self._touched + len(self._indicators)
        self._at_most_one_each()
        for p, piece in enumerate(self.pieces):
            self._add([p, self._size + p], [piece.count, -1.0], 0.0)

    def _add(self, at: Iterable[int], weight: Iterable[float], least: float) -> None:
        """A row: the weighted sum of some variables is at least so much."""
        self._rows.append((list(at), list(weight), least))

    def _at_most_one_each(self) -> None:
        for code in dict.fromkeys(piece.code for piece in self.pieces):
            taken = self._of([code])
            self._add(taken, [-1.0] * len(taken), -1.0)

    def _of(self, codes: Collection[str]) -> list[int]:
        return [p for p, piece in enumerate(self.pieces) if piece.code in codes]

    def _own(self) -> tuple[list[int], list[float]]:
        """Our gain on the node."""
        weight = [FINE * float(piece.gain[self.ours]) for piece in self.pieces]
        return list(range(2 * self._size)), [*weight, *(FINE * piece.slope for piece in self.pieces)]

    def gain(self, least: float) -> None:
        """We gain at least so many points."""
        self._add(*self._own(), FINE * least)

    def overtake(self, margin: float) -> None:
        """Whether a rival is passed, or drawn level with, by a margin."""
        assert self.rivals is not None
        at, weight = self._own()
        for j, (region, lead) in enumerate(zip(self.rivals.at, self.rivals.lead, strict=True)):
            theirs = [FINE * float(piece.gain[region]) for piece in self.pieces]
            relative = [own - their for own, their in zip(weight[: self._size], theirs, strict=True)]
            # Nobody else's score rises and ours never falls: without passing the row always holds.
            room = FINE * (lead + margin)
            self._add([*at, self._passed + j], [*relative, *weight[self._size :], -room], 0.0)

    def pass_enough(self) -> None:
        """As many rivals are passed as must be for the place."""
        assert self.rivals is not None
        at, weight = self._passing()
        self._add(at, weight, float(len(at) - self.rivals.ahead))

    def _passing(self) -> tuple[list[int], list[float]]:
        """How many rivals are passed."""
        at = list(range(self._passed, self._touched))
        return at, [1.0] * len(at)

    def at_most(self, measures: int | None, indicators: int | None) -> None:
        """No more measures, no more indicators than these."""
        if measures is not None:
            self._add(range(self._size), [-1.0] * self._size, -float(measures))
        if indicators is not None:
            for i, code in enumerate(self._indicators):
                for measure in dict.fromkeys(
                    p.code for p, owner in zip(self.pieces, self.owner, strict=True) if owner == code
                ):
                    taken = self._of([measure])
                    self._add([*taken, self._touched + i], [*[-1.0] * len(taken), 1.0], 0.0)
            touched = range(self._touched, self.width)
            self._add(touched, [-1.0] * len(touched), -float(indicators))

    def not_all_of(self, codes: Collection[str]) -> None:
        """At least one of these measures stays as it is."""
        taken = self._of(codes)
        self._add(taken, [-1.0] * len(taken), 1.0 - len(codes))

    def effort_at_most(self, most: float) -> None:
        """No more effort than this."""
        at, weight = self._effort()
        self._add(at, [-each for each in weight], -most)

    def _effort(self) -> tuple[list[int], list[float]]:
        return list(range(2 * self._size)), [
            *(piece.effort for piece in self.pieces),
            *(piece.effort_step for piece in self.pieces),
        ]

    def least_effort(self, same: float, seconds: float) -> Solution | None:
        """The plan that takes the least effort, to `same`; None when there is none, or none was found in time."""
        relaxed = self._solve(*self._effort(), 0.0, seconds, whole=False)
        if relaxed is None:
            return None
        # The solver knows relative gaps only. Half is left for plans that move fewer.
        return self._solved(*self._effort(), same / 2 / max(float(relaxed.fun), same), seconds)

    def fewest(self, seconds: float) -> Solution | None:
        """The plan that moves the fewest measures."""
        return self._solved(range(self._size), [1.0] * self._size, 0.0, seconds)

    def any(self, seconds: float) -> Solution | None:
        """Some plan."""
        return self._solved([], [], 0.0, seconds)

    def furthest(self, seconds: float, *, score_first: bool) -> Solution | None:
        """The plan that passes the most rivals and among those gains the most points, or the other way round; of those the one that
        moves the fewest measures."""
        goals = [self._own(), self._passing()] if score_first else [self._passing(), self._own()]
        found = None
        for at, weight in goals:
            best = self._solve(at, [-each for each in weight], 0.0, seconds)
            if best is None:
                return found
            found = self._read(best)
            self._add(at, weight, float(np.dot(best.x[at].round(), weight)) - SLACK)
        return self.fewest(min(seconds, 1.0)) or found

    def _solved(self, at: Iterable[int], weight: Iterable[float], gap: float, seconds: float) -> Solution | None:
        found = self._solve(at, weight, gap, seconds)
        return None if found is None else self._read(found)

    def _read(self, found: OptimizeResult) -> Solution:
        chosen = found.x.round().astype(int)
        taken = tuple((self.pieces[p], int(chosen[self._size + p])) for p in np.nonzero(chosen[: self._size])[0])
        passed = int(chosen[self._passed : self._touched].sum())
        return Solution(taken, max(float(found.fun - found.mip_dual_bound), 0.0), passed)

    def _solve(
        self, at: Iterable[int], weight: Iterable[float], gap: float, seconds: float, *, whole: bool = True
    ) -> OptimizeResult | None:
        cost = np.zeros(self.width)
        cost[list(at)] = list(weight)
        highest = np.ones(self.width)
        highest[self._size : 2 * self._size] = [piece.count for piece in self.pieces]
        found = milp(
            cost,
            integrality=np.full(self.width, int(whole)),
            bounds=Bounds(0, highest),
            constraints=self._constraints(),
            options={"mip_rel_gap": gap, "time_limit": max(seconds, 0.05)},
        )
        return None if found.x is None else found

    def _constraints(self) -> LinearConstraint:
        rows = [np.full(len(at), row) for row, (at, _, _) in enumerate(self._rows)]
        at = [np.array(at, dtype=int) for at, _, _ in self._rows]
        weight = [np.array(weight, dtype=float) for _, weight, _ in self._rows]
        matrix = coo_array(
            (np.concatenate(weight), (np.concatenate(rows), np.concatenate(at))), shape=(len(self._rows), self.width)
        )
        return LinearConstraint(matrix.tocsr(), lb=np.array([least for _, _, least in self._rows]))
