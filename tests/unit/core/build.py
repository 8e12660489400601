"""Small trees and frames, written as one would write them on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from lib.core.score import Scores, score
from lib.model import OBSERVATION_COLUMNS, Direction, Framework, Node, ScoreOptions

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
NAN = float("nan")
ROOT = Node("t", name="总分")


def tree(*nodes: Node) -> Framework:
    """A framework whose total is "t"."""
    return Framework((ROOT, *nodes))


def leaf(code: str, direction: Direction = LOWER, parent: str = "t", **fields: object) -> Node:
    """A measure straight under the total, unless told otherwise."""
    return Node(code, parent=parent, direction=direction, **fields)  # type: ignore[arg-type]


def rows(
    values: Mapping[str, Sequence[float | None]], period: str = "2020", regions: str = "ABCDEFGHIJ"
) -> pd.DataFrame:
    """Observations from measure → one value a region; None gives no row."""
    return pd.DataFrame(
        [
            (region, measure, period, float(value))
            for measure, column in values.items()
            for region, value in zip(regions, column, strict=False)
            if value is not None
        ],
        columns=list(OBSERVATION_COLUMNS),
    )


def scored(
    values: Mapping[str, Sequence[float | None]], framework: Framework, options: ScoreOptions | None = None
) -> Scores:
    """One period, 2020; as many regions A, B, C … as the columns are long take part."""
    size = max(len(column) for column in values.values())
    return score(rows(values), framework, options, tuple("ABCDEFGHIJ"[:size]))


def records(frame: pd.DataFrame, columns: Iterable[str]) -> list[tuple]:
    """Some columns of a frame, row by row, missing as None."""
    picked = frame[list(columns)].astype(object)
    return list(picked.where(picked.notna(), None).itertuples(index=False, name=None))
