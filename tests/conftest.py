"""A seeded database, made once a test session and never changed; tests that write take a copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from lib.seed import seed

# No deadline: speed is measured in bench/, and these machines are noisy. Derandomised: a run can be repeated.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the catalogue, the census and the demonstration set. Read only."""
    path = tmp_path_factory.mktemp("seeded") / "duibiao.db"
    seed(path)
    return path


@pytest.fixture
def house(seeded: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The seeded database as the one that the application uses."""
    monkeypatch.setenv("DUIBIAO_DB", str(seeded))
    yield seeded
