"""Small cohorts over several years: what trends are read off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lib.core.score import Scores, score
from lib.model import Framework, ScoreOptions
from tests.unit.core.build import rows


def over(values: Mapping[str, Sequence[Sequence[float | None]]], framework: Framework, first: int = 2016) -> Scores:
    """Scores of as many years from the first on as the rows are many: measure → a row a year, a value a region A, B, C …"""
    years = range(max(len(table) for table in values.values()))
    size = max(len(row) for table in values.values() for row in table)
    parts = [rows({code: table[year] for code, table in values.items()}, str(first + year)) for year in years]
    return score(pd.concat(parts, ignore_index=True), framework, ScoreOptions(), tuple("ABCDEFGHIJ"[:size]))
