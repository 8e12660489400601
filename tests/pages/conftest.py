"""Driving the pages without a browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def house(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The seeded database, copied: a test may write to it."""
    path = tmp_path / "duibiao.db"
    shutil.copy(seeded, path)
    monkeypatch.setenv("DUIBIAO_DB", str(path))
    return path


@pytest.fixture
def visit(house: Path) -> Callable[..., AppTest]:
    """Opens a page ("" is the overview) with a query, as a link would."""

    def open_page(page: str = "", **query: str) -> AppTest:
        at = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=60)
        for key, value in query.items():
            at.query_params[key] = value
        if page:
            at.switch_page(page)
        at.run()
        assert not at.exception, at.exception
        return at

    return open_page


def text_of(at: AppTest) -> str:
    """Everything written on the page in Markdown, captions and tables."""
    tables = [table.value.to_string() for table in at.table] + [frame.value.to_string() for frame in at.dataframe]
    return "\n".join([*(part.value for part in at.markdown), *(part.value for part in at.caption), *tables])


def drawn_tables(at: AppTest) -> dict[str, pd.DataFrame]:
    """The values of every table on the page, unrounded, by title."""
    return {title: table.values for title, (table, _) in at.session_state["_outputs"].tables.items()}


def conclusion(at: AppTest) -> str:
    """The sentence that opens the page."""
    return next(part.value for part in at.markdown if part.value.startswith("## "))
