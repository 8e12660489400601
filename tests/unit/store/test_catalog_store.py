"""The catalogue in and out of the database: brought up to date by key, all or nothing, and read back as it was."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from sqlite_utils.db import sqlite3

from lib.model import Cohort, Direction, Framework, Measure, Node, Region
from lib.model.access import Action
from lib.store import catalog, data_version, migrate, writing

TREE = Framework(
    (
        Node("f", name="总分"),
        Node("a", "f", "开办", 0.0, lead=("tax",), helpers=("x", "y")),
        Node("a.time", "a", "时间", 1.0, Direction.LOWER, 0.5, 20.0, "工作日", 0.8, bounds_basis="定义域"),
        Node("b", "f", "乙", 0.1 + 0.2, Direction.HIGHER),
        Node("c", "f", "丙", 1.0, None, 100.0, 0.0),
    )
)


def tables(**changed: list[dict[str, str]]) -> dict[str, pd.DataFrame]:
    """The smallest catalogue that the foreign keys allow, with some tables replaced."""
    small = {
        "region": [
            {"code": "r1", "name": "宝丰县", "short_name": "宝丰", "level": "county", "parent": "410400"}
            | {"aliases": "宝丰;平顶山市宝丰县", "note": ""}
        ],
        "cohort": [
            {"code": "c1", "name": "甲组", "members": "r1;r2", "first_to": "5", "third_from": "10", "basis": "通报"}
        ],
        "measure": [
            dict.fromkeys(("indicator", "definition", "scope", "frequency", "document", "note"), "")
            | {
                "code": "share",
                "name": "占比",
                "unit": "%",
                "direction": "higher",
                "numerator": "n",
                "denominator": "d",
            }
            | {"per": "100", "decimals": "1", "aliases": "比重", "ambiguous_for": "x;y"}
        ],
        "framework": [
            {"code": "f", "cohort": "c1"}
            | dict.fromkeys(("name", "short_name", "year", "document", "weights_basis", "note"), "")
        ],
    }
    return {name: pd.DataFrame({**small, **changed}.get(name, [])) for name in catalog.TABLES}


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    path = tmp_path / "d.db"
    migrate(path)
    return path


@pytest.fixture
def loaded(fresh: Path) -> Path:
    catalog.save_catalog(fresh, tables(), {"f": TREE})
    return fresh


def test_a_framework_reads_back_as_it_was_saved(loaded: Path) -> None:
    assert catalog.framework(loaded, "f") == TREE


def test_places_cohorts_and_measures_read_back_as_objects(loaded: Path) -> None:
    assert catalog.regions(loaded) == {
        "r1": Region("r1", "宝丰县", "宝丰", "county", "410400", ("宝丰", "平顶山市宝丰县"))
    }
    # The third tier from 10 on: the second ends with 9.
    assert catalog.cohorts(loaded) == {"c1": Cohort("c1", "甲组", ("r1", "r2"), (5, 9), "通报")}
    assert catalog.measures(loaded) == {
        "share": Measure(
            *("share", "占比", "%", Direction.HIGHER),
            numerator="n",
            denominator="d",
            per=100.0,
            decimals=1,
            aliases=("比重",),
            ambiguous_for=("x", "y"),
        )
    }


def test_empty_numbers_of_a_measure_have_defaults(fresh: Path) -> None:
    (measure,) = tables()["measure"].to_dict("records")
    catalog.save_catalog(fresh, tables(measure=[measure | {"per": "", "decimals": ""}]), {})
    found = catalog.measures(fresh)["share"]
    assert (found.per, found.decimals) == (1.0, 2)


def test_loading_again_changes_nothing_but_the_data_version(loaded: Path) -> None:
    before, version = {name: catalog.table(loaded, name) for name in catalog.TABLES}, data_version(loaded)
    catalog.save_catalog(loaded, tables(), {"f": TREE})
    for name, rows in before.items():
        pd.testing.assert_frame_equal(catalog.table(loaded, name), rows)
    assert catalog.framework(loaded, "f") == TREE
    assert data_version(loaded) != version


def test_rows_are_changed_by_their_key_and_rows_of_people_stay(loaded: Path) -> None:
    with writing(loaded, Action.MAINTAIN) as db:
        db["department"].insert({"code": "mine", "name": "本单位", "kind": "", "aliases": ""})
    (region,) = tables()["region"].to_dict("records")
    catalog.save_catalog(loaded, tables(region=[region | {"name": "宝丰"}, region | {"code": "r2"}]), {})
    assert {code: place.name for code, place in catalog.regions(loaded).items()} == {"r1": "宝丰", "r2": "宝丰县"}
    assert list(catalog.table(loaded, "department")["code"]) == ["mine"]


def test_a_framework_is_replaced_whole(loaded: Path) -> None:
    smaller = Framework(tuple(node for node in TREE.nodes if node.code != "c"))
    catalog.save_catalog(loaded, tables(), {"f": smaller})
    assert catalog.framework(loaded, "f") == smaller


def test_a_catalogue_that_refers_to_nothing_is_not_saved_at_all(loaded: Path) -> None:
    (framework,) = tables()["framework"].to_dict("records")
    (region,) = tables()["region"].to_dict("records")
    version = data_version(loaded)
    bad = tables(region=[region | {"name": "新名"}], framework=[framework | {"cohort": "none"}])
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        catalog.save_catalog(loaded, bad, {"f": TREE})
    assert catalog.regions(loaded)["r1"].name == "宝丰县"
    assert data_version(loaded) == version


def test_what_is_not_there_is_named(loaded: Path) -> None:
    with pytest.raises(KeyError, match="没有这个指标体系：henan-2019"):
        catalog.framework(loaded, "henan-2019")
    with pytest.raises(ValueError, match="no such catalogue table: batch"):
        catalog.table(loaded, "batch")


def test_a_table_is_a_frame_with_columns_even_when_empty(fresh: Path) -> None:
    found = catalog.table(fresh, "department")
    assert found.empty
    assert list(found.columns) == ["code", "name", "kind", "aliases"]


def test_a_database_is_empty_until_a_framework_is_loaded(fresh: Path) -> None:
    assert catalog.empty(fresh)
    catalog.save_catalog(fresh, tables(), {"f": TREE})
    assert not catalog.empty(fresh)
