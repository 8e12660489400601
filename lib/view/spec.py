"""One specification per chart shape, built and validated by Altair once, then reused as a plain dictionary."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

ROWS = "rows"
# The selection that a chart with something to click on carries.
PICK = "pick"


@lru_cache(maxsize=256)
def spec(builder: Callable[..., alt.TopLevelMixin], *arguments: Hashable) -> dict[str, Any]:
    """The Vega-Lite specification of a chart builder with these arguments; its rows come as the data set ROWS.

    Shared by all callers: not to be changed.
    """
    return {**_without_data(builder(*arguments).to_dict()), "data": {"name": ROWS}}


def with_rows(specification: dict[str, Any], rows: pd.DataFrame) -> dict[str, Any]:
    """A specification with its rows beside it, numbered in the column `order`, ready to be sent."""
    numbered = rows if "order" in rows else rows.assign(order=range(len(rows)))
    return {**specification, "datasets": {ROWS: numbered}}


def _without_data(part: Any) -> Any:
    """Drops the empty data set that Altair names where a chart has no data: it would be drawn as "undefined"."""
    if isinstance(part, list):
        return [_without_data(each) for each in part]
    if isinstance(part, dict):
        return {key: _without_data(value) for key, value in part.items() if (key, value) != ("data", {"name": "empty"})}
    return part
