"""Children that are to be killed begin in a clean house."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest


@pytest.fixture(autouse=True)
def no_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that was tested before in this process counts as its main script: a child would begin by running it."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
