"""A fresh database for each test: migrated, with two measures and three counties, and nothing published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lib.model.access import Action
from lib.store import migrate, writing
from lib.store.batches import Receipt, current, publish

Values = dict[tuple[str, str, str], float]


def add_vocabulary(path: Path) -> None:
    """The places and measures that the values of these tests refer to."""
    words = {"definition": "", "scope": "", "frequency": "", "numerator": "", "denominator": "", "aliases": ""}
    words |= {"ambiguous_for": "", "document": "", "note": "", "indicator": "i", "unit": "", "direction": "higher"}
    with writing(path, Action.MAINTAIN) as db:
        for code in ("r1", "r2", "r3"):
            db["region"].insert(
                {"code": code, "name": code}
                | dict.fromkeys(("short_name", "level", "parent"), "")
                | {"aliases": "", "note": ""}
            )
        for code in ("a", "b"):
            db["measure"].insert({"code": code, "name": code, "per": None, "decimals": None, **words})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "db" / "duibiao.db"
    migrate(path)
    add_vocabulary(path)
    return path


@pytest.fixture
def put(path: Path) -> Callable[..., Receipt]:
    """Publishes {(region, measure, period): value}; the file's name serves as its hash."""

    def publisher(values: Values, file: str = "a.csv", **more: str) -> Receipt:
        rows = pd.DataFrame(
            [(*key, value) for key, value in values.items()], columns=["region", "measure", "period", "value"]
        )
        return publish(path, rows, file=file, sha256=more.pop("sha256", file), user=more.pop("user", "甲"), **more)

    return publisher


@pytest.fixture
def standing(path: Path) -> Callable[[], Values]:
    """The values that stand, by region, measure and period."""

    def stands() -> Values:
        rows = current(path)
        assert not rows.duplicated(["region", "measure", "period"]).any()
        return dict(zip(zip(rows["region"], rows["measure"], rows["period"], strict=True), rows["value"], strict=True))

    return stands
