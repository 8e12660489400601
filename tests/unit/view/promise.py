"""What a chart builder's docstring promises."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable

from lib.view import charts

BUILDERS: dict[Callable, tuple] = {
    charts.ranking_bars: (),
    charts.profile_dots: (300,),
    charts.trend: (),
    charts.dumbbell: (300,),
    charts.status_bars: (200,),
    charts.levers: (200,),
    charts.completeness: (200,),
}


def public_builders() -> set[Callable]:
    """Every builder that lib/view/charts.py defines."""
    return {
        function
        for name, function in inspect.getmembers(charts, inspect.isfunction)
        if function.__module__ == charts.__name__ and not name.startswith("_")
    }


def columns_of(builder: Callable) -> set[str]:
    """The columns that the docstring names after "Columns:", without what stands in brackets."""
    named = (inspect.getdoc(builder) or "").partition("Columns:")[2].partition(".")[0]
    return set(re.findall(r"\w+", re.sub(r"\([^)]*\)", "", named)))
