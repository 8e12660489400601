"""What a chart builder's docstring promises."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from lib.view import charts
from lib.view.charts import parts


def public_builders() -> set[Callable]:
    """Every builder that the families of lib/view/charts define, whether the package names it or not."""
    families = [import_module(f"{charts.__name__}.{found.name}") for found in iter_modules(charts.__path__)]
    return {
        function
        for family in families
        for name, function in inspect.getmembers(family, inspect.isfunction)
        if family is not parts and function.__module__ == family.__name__ and not name.startswith("_")
    }


def columns_of(builder: Callable) -> set[str]:
    """The columns that the docstring names after "Columns:", without what stands in brackets."""
    named = (inspect.getdoc(builder) or "").partition("Columns:")[2].partition(".")[0]
    return set(re.findall(r"\w+", re.sub(r"\([^)]*\)", "", named)))
