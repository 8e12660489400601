"""What was said with a value."""

from __future__ import annotations

import pandas as pd

from lib.core.remarks import provisional_counts, with_values
from lib.core.score import score
from tests.unit.core.build import HIGHER, leaf, records, tree

ROWS = pd.DataFrame(
    [
        ("A", "m", "2020", 10.0, "口径有调整", 0),
        ("B", "m", "2020", 20.0, "", 1),
        ("B", "n", "2020", 5.0, "", 1),
        ("B", "m", "2019", 15.0, "旧", 1),
    ],
    columns=["region", "measure", "period", "value", "note", "provisional"],
)
SCORES = score(
    ROWS, tree(leaf("m", HIGHER, best=100, worst=0), leaf("n", HIGHER, best=100, worst=0)), regions=tuple("ABC")
)


def test_provisional_values_are_counted_in_the_period_and_measures_asked_for() -> None:
    assert provisional_counts(ROWS, ["m", "n"], "2020") == {"B": 2}
    assert provisional_counts(ROWS, ["m"], "2020") == {"B": 1}
    assert provisional_counts(ROWS, ["n"], "2019") == {}


def test_values_come_with_what_was_said_and_missing_stays_missing() -> None:
    standing = SCORES.at("2020").standing("m")
    table = with_values(standing, SCORES, "m", "2020", ROWS)
    assert records(table, ("region", "value", "note", "provisional")) == [
        ("A", 10.0, "口径有调整", False),
        ("B", 20.0, "", True),
        ("C", None, "", False),
    ]
