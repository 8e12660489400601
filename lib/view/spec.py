"""One specification per chart shape, built and validated by Altair once, then reused as a plain dictionary."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from lib.view.maps import outlines
from lib.view.theme import on_screen

ROWS = "rows"
# The selection that a chart with something to click on carries.
PICK = "pick"
# A data set so named is the outlines of that boundary file.
OUTLINES = "outlines:"


@lru_cache(maxsize=256)
def spec(builder: Callable[..., alt.TopLevelMixin], *arguments: Hashable) -> dict[str, Any]:
    """The Vega-Lite specification of a chart builder with these arguments; its rows come as the data set ROWS.

    Shared by all callers: not to be changed.
    """
    return {**_complete(builder(*arguments).to_dict(), set()), "data": {"name": ROWS}}


@lru_cache(maxsize=256)
def screen_spec(builder: Callable[..., alt.TopLevelMixin], *arguments: Hashable) -> dict[str, Any]:
    """The same in the colours of whatever ground the reader has chosen. Not to be changed."""
    return on_screen(spec(builder, *arguments))


def fitted(specification: dict[str, Any], width: int, height: int) -> dict[str, Any]:
    """The same, axes and words included, in a canvas of so many pixels; one whose height follows its rows keeps that."""
    size: dict[str, Any] = {"width": width, "autosize": {"type": "fit", "contains": "padding"}}
    return {**specification, **size, "height": height}


def with_rows(specification: dict[str, Any], rows: pd.DataFrame) -> dict[str, Any]:
    """A specification with its rows beside it, numbered in the column `order`, ready to be sent."""
    numbered = rows if "order" in rows else rows.assign(order=range(len(rows)))
    return {**specification, "datasets": {ROWS: numbered}}


def _complete(part: Any, carried: set[str]) -> Any:
    """Drops the empty data set that Altair names where a chart has no data (it would be drawn as "undefined"), and gives
    a map its outlines where they are named first: Altair would spend half a second on checking them.
    """
    if isinstance(part, list):
        return [_complete(each, carried) for each in part]
    if not isinstance(part, dict):
        return part
    name = part["data"].get("name", "") if isinstance(part.get("data"), dict) else ""
    made = {
        key: _complete(value, carried) for key, value in part.items() if (key, value) != ("data", {"name": "empty"})
    }
    if name.startswith(OUTLINES) and name not in carried:
        carried.add(name)
        made["data"] = {"name": name, "values": list(outlines(name.removeprefix(OUTLINES)))}
    return made
