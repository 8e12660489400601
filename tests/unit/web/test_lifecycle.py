"""The running server brings the database up to date and publishes what has waited for its day."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pandas as pd
import pytest

from lib.store.batches import batches, publish
from lib.web.lifecycle import lifespan
from tests.unit.store.conftest import add_vocabulary


def test_a_running_server_releases_what_is_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "db" / "duibiao.db"
    monkeypatch.setenv("DUIBIAO_DB", str(path))
    rows = pd.DataFrame([("r1", "a", "2020", 1.0)], columns=["region", "measure", "period", "value"])

    async def run() -> list[str]:
        async with lifespan(None):
            # The start has made the database; the next start finds the waiting batch.
            assert path.exists()
        add_vocabulary(path)
        publish(path, rows, file="a.csv", sha256="a", user="甲", due="2020-01-01")
        publish(path, rows, file="b.csv", sha256="b", user="甲", due="2999-01-01")
        async with lifespan(None):
            for _ in range(100):
                states = list(batches(path).sort_values("id")["status"])
                if states[0] == "published":
                    break
                await asyncio.sleep(0.05)
        return states

    assert asyncio.run(run()) == ["published", "scheduled"]
