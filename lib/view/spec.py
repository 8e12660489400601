"""One specification per chart shape, built and validated by Altair once, then reused as a plain dictionary."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

import altair as alt


@lru_cache(maxsize=256)
def spec(builder: Callable[..., alt.TopLevelMixin], *arguments: Hashable) -> dict[str, Any]:
    """The Vega-Lite specification of a chart builder with these arguments, without data. Not to be changed."""
    return builder(*arguments).to_dict()
