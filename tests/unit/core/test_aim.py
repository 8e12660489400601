"""What is aimed at, and whether it is reached."""

from __future__ import annotations

import pytest

from lib.core.aim import Aim
from tests.unit.core.build import HIGHER, leaf, scored, tree

TREE = tree(leaf("m", HIGHER, best=100, worst=0), leaf("n", HIGHER, best=100, worst=0))
#              A   B   C   D: totals 60, 60, 30 (n alone), none
SCORES = scored({"m": [80, 60, None, None], "n": [40, 60, 30, None]}, TREE)


@pytest.mark.parametrize(
    ("aim", "there"),
    [
        (Aim("t", place=1), "AB"),
        (Aim("t", place=2), "AB"),
        (Aim("t", place=3), "ABC"),
        (Aim("m", place=1), "A"),
        (Aim("n", place=2), "AB"),
        (Aim("t", score=60.0), "AB"),
        (Aim("t", score=60.0 + 1e-10), "AB"),
        (Aim("t", score=60.0 + 1e-8), ""),
        (Aim("n", score=0.0), "ABC"),
    ],
)
def test_who_is_there(aim: Aim, there: str) -> None:
    assert "".join(region for region in "ABCD" if aim.reached(SCORES, region)) == there


@pytest.mark.parametrize("both", [{}, {"place": 1, "score": 50.0}])
def test_an_aim_is_a_place_or_a_score(both: dict) -> None:
    with pytest.raises(ValueError, match="a place or a score"):
        Aim("t", **both)
