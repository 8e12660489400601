"""What a chart says to a reader who does not see it: its title, its axes, and what its rows are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from lib.view.spec import spec

AXES = {"y": ("纵轴", "从上到下"), "x": ("横轴", "从左到右")}
MOST = 20


@lru_cache(maxsize=256)
def axes(builder: Callable[..., alt.TopLevelMixin], *shape: Hashable) -> tuple[tuple[str, str, str], ...]:
    """The axes of a chart, the upright one first: (channel, field, title); of each channel the first that has words on it."""
    found = [each for each in _encoded(spec(builder, *shape)) if each[1]]
    return tuple(
        next(titled for titled in [*(e for e in of if e[2]), *of])
        for channel in AXES
        if (of := [each for each in found if each[0] == channel])
    )


def described(title: str, rows: pd.DataFrame, builder: Callable[..., alt.TopLevelMixin], *shape: Hashable) -> str:
    """The title, and a sentence an axis: what it is, or which places, indicators or periods stand along it, in their order."""
    ordered = rows.sort_values("order", kind="stable") if "order" in rows else rows
    said = [title]
    for channel, field, axis in axes(builder, *shape):
        name, direction = AXES[channel]
        if field in ordered and not pd.api.types.is_numeric_dtype(ordered[field]):
            along = list(dict.fromkeys(" ".join(str(each).split()) for each in ordered[field].dropna()))
            rest = f"等 {len(along)} 项" if len(along) > MOST else ""
            said += [f"{direction}：{'、'.join(along[:MOST])}{rest}"] if along else []
        elif axis:
            said.append(f"{name}：{axis}")
    return "。".join(said)


def _encoded(part: Any) -> Iterator[tuple[str, str, str]]:
    """Every encoding of a place along an axis, in the order of the layers."""
    if isinstance(part, list):
        for each in part:
            yield from _encoded(each)
    elif isinstance(part, dict):
        for channel, how in part.get("encoding", {}).items():
            if channel in AXES:
                axis = how.get("axis") or {}
                yield channel, str(how.get("field", "")), str(how.get("title") or axis.get("title") or "")
        for key in ("layer", "hconcat", "vconcat", "spec"):
            yield from _encoded(part.get(key, []))
