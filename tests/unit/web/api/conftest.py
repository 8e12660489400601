"""The interface on the seeded database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from starlette.applications import Starlette

from lib.snapshot import Snapshot
from lib.store import default_path
from lib.web import api
from tests.unit.web.api.asking import Reply, ask

Ask = Callable[..., Reply]
LOCAL = {"x-duibiao-login": "local"}


@lru_cache(maxsize=4)
def snapshot(version: str) -> Snapshot:
    """One for all copies of a database that say the same."""
    return Snapshot(default_path(), version)


def application() -> Starlette:
    """Nothing but the interface, on the database of the test."""
    return Starlette(routes=api.routes(snapshot))


@pytest.fixture
def house(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The seeded database, copied: a test may write to it."""
    path = tmp_path / "duibiao.db"
    shutil.copy(seeded, path)
    monkeypatch.setenv("DUIBIAO_DB", str(path))
    return path


@pytest.fixture
def local(house: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Asks as whoever sits at a house without accounts."""
    monkeypatch.setenv("DUIBIAO_API_PER_MINUTE", "100000")
    app = application()
    return lambda address, headers=None, **more: ask(app, f"/api/v1/{address}", {**LOCAL, **(headers or {})}, **more)
