"""Filling an empty house: what comes in, that it comes in once, that the demonstration is made up well, that all agrees."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.demo.generate import LEVELS, generate
from lib import check
from lib.model import Framework
from lib.model.access import Action
from lib.office import COUNTY_COHORT, vocabulary
from lib.seed import CATALOG, DEMO_FRAMEWORK, read_catalog, read_frameworks, seed
from lib.store import batches, catalog, connect, data_version, writing
from lib.store.database import ROOT

COUNTIES = 12
LEAVES = 53
QUARTERS = [f"{year}-Q{quarter}" for year in (2018, 2019, 2020) for quarter in (1, 2, 3, 4)]


@pytest.fixture
def copy(seeded: Path, tmp_path: Path) -> Path:
    """A seeded database that may be changed."""
    path = tmp_path / "copy.db"
    with connect(seeded) as db:
        db.conn.execute("VACUUM INTO ?", (str(path),))
    return path


@pytest.fixture(scope="module")
def tree() -> Framework:
    return read_frameworks()[DEMO_FRAMEWORK]


@pytest.fixture(scope="module")
def members() -> list[str]:
    cohorts = read_catalog()["cohort"].set_index("code")
    return cohorts.at[COUNTY_COHORT, "members"].split(";")


@pytest.fixture(scope="module")
def demo(tree: Framework, members: list[str]) -> pd.DataFrame:
    return generate(tree, members)


def counts(path: Path) -> dict[str, int]:
    with connect(path) as db:
        return {name: db[name].count for name in db.table_names()}


def test_an_empty_house_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "new" / "d.db"
    done = seed(path, demo=False)
    assert "census-2020.csv：972 个数值" in done  # 81 columns × 12 counties
    assert [(b.kind, b.file, b.rows) for b in batches.batches(path).itertuples()] == [("real", "census-2020.csv", 972)]
    assert set(catalog.table(path, "framework")["code"]) == set(read_frameworks())


def test_seeding_again_adds_nothing(copy: Path) -> None:
    before, stood = counts(copy), batches.current(copy)
    done = seed(copy)
    assert "census-2020.csv：已有，未重复导入" in done
    assert done[-1] == "演示数据：已有，未重复生成"
    assert counts(copy) == before
    pd.testing.assert_frame_equal(batches.current(copy), stood)


def test_seeding_without_the_demonstration_leaves_the_one_that_is_there(copy: Path) -> None:
    before = counts(copy)
    seed(copy, demo=False)
    assert counts(copy) == before


def test_every_row_of_the_catalogue_is_in_the_database(seeded: Path) -> None:
    rows = read_catalog()
    assert {name: len(table) for name, table in rows.items()} == {name: counts(seeded)[name] for name in rows}
    assert len(rows["measure"]) == sum(len(pd.read_csv(file)) for file in CATALOG.glob("measures*.csv"))


def test_frameworks_come_back_from_the_database_as_they_are_committed(seeded: Path) -> None:
    for code, framework in read_frameworks().items():
        assert catalog.framework(seeded, code) == framework


def test_an_intake_knows_the_twelve_and_the_wider_places(seeded: Path) -> None:
    words = vocabulary(seeded)
    assert len(words.members) == COUNTIES
    assert {"410400", "410000", "100000"} <= {region.code for region in words.wider}
    assert not {region.code for region in words.members} & {region.code for region in words.wider}


def test_what_stands_is_the_census_of_2020_and_the_labelled_demonstration(seeded: Path) -> None:
    stood = batches.current(seeded)
    census, made = stood[stood["kind"] == "real"], stood[stood["kind"] == "demo"]
    assert (len(census), set(census["period"])) == (972, {"2020"})
    assert sorted(made["period"].unique()) == QUARTERS
    assert set(batches.batches(seeded).query("kind == 'demo'")["note"]) == {"程序生成的演示数据，不是真实情况"}


def test_the_demonstration_is_twelve_counties_by_53_measures_by_twelve_quarters_less_its_gaps(
    demo: pd.DataFrame, tree: Framework, members: list[str]
) -> None:
    assert (len(members), len(tree.leaves)) == (COUNTIES, LEAVES)
    assert not demo.duplicated(["region", "measure", "period"]).any()
    assert sorted(demo["region"].unique()) == sorted(members)
    assert sorted(demo["measure"].unique()) == sorted(tree.leaves)
    assert sorted(demo["period"].unique()) == QUARTERS
    assert demo["value"].notna().all()
    missing = 1 - len(demo) / (COUNTIES * LEAVES * len(QUARTERS))
    assert 0.005 < missing < 0.015


def test_one_county_lacks_an_indicator_for_two_quarters(
    demo: pd.DataFrame, tree: Framework, members: list[str]
) -> None:
    gap = demo[(demo["region"] == members[2]) & demo["measure"].isin(tree.below("trade"))]
    assert sorted(set(QUARTERS) - set(gap["period"])) == ["2019-Q1", "2019-Q2"]


def test_the_demonstration_has_ties(demo: pd.DataFrame) -> None:
    last = demo[demo["period"] == "2020-Q4"]
    tied = last[last.duplicated(["measure", "value"], keep=False)]["measure"].nunique()
    assert tied >= 10


def test_every_made_up_value_lies_within_its_floor_and_ceiling_on_its_step(demo: pd.DataFrame) -> None:
    levels = pd.read_csv(LEVELS)
    rows = demo.merge(levels, on="measure", how="left")
    assert ((rows["value"] >= rows["floor"]) & (rows["value"] <= rows["ceiling"])).all()
    steps = rows["value"] / rows["step"]
    on_step = np.isclose(steps, steps.round(), atol=1e-6)
    assert (on_step | rows["value"].isin(rows["floor"]) | rows["value"].isin(rows["ceiling"])).all()


def test_levels_describe_the_measures_of_the_framework_and_no_other(tree: Framework) -> None:
    levels = pd.read_csv(LEVELS)
    assert sorted(levels["measure"]) == sorted(tree.leaves)
    assert (levels["floor"] < levels["ceiling"]).all()
    assert levels[["first", "last"]].apply(lambda end: end.between(levels["floor"], levels["ceiling"])).all(axis=None)


def test_the_demonstration_is_the_same_in_another_process(demo: pd.DataFrame) -> None:
    code = (
        "import hashlib; from lib.seed import *; tree = read_frameworks()[DEMO_FRAMEWORK]\n"
        "members = read_catalog()['cohort'].set_index('code').at[COUNTY_COHORT, 'members'].split(';')\n"
        "print(hashlib.sha256(generate(tree, members).to_csv(index=False).encode()).hexdigest())"
    )
    environment = {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    other = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == hashlib.sha256(demo.to_csv(index=False).encode()).hexdigest()


def test_real_values_of_a_quarter_retire_its_demonstration(copy: Path) -> None:
    value = {"region": "410421", "measure": "start_business.time", "period": "2020-Q4", "value": 0.875}
    batch = batches.publish(copy, pd.DataFrame([value]), file="真实", sha256="x", user="甲").batch
    stood = batches.current(copy).groupby(["period", "kind"]).size()
    assert stood["2020-Q4"].to_dict() == {"real": 1}
    assert set(stood["2020-Q3"].index) == {"demo"}
    batches.withdraw(copy, batch, user="甲")
    assert set(batches.current(copy).query("period == '2020-Q4'")["kind"]) == {"demo"}


def test_the_check_finds_nothing_in_a_seeded_house(seeded: Path) -> None:
    version = data_version(seeded)
    assert list(check.problems(seeded)) == []
    assert data_version(seeded) == version


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("UPDATE fact SET code = 'no.such' WHERE id = 'F017'", 'fact「code」："F017 no.such" 代码不在目录中'),
        ("UPDATE fact SET region = '999999' WHERE id = 'F017'", 'fact「region」："F017 999999" 地区不在目录中'),
        ("UPDATE fact SET owner = 'tax;nobody' WHERE id = 'F017'", 'fact「owner」："F017 nobody" 单位不在目录中'),
        ("UPDATE target SET code = 'no.such' WHERE id = 'F038'", 'target「code」："F038 no.such" 代码不在目录中'),
        ("UPDATE benchmark SET region = 'x' WHERE id = 'F263'", 'benchmark「region」："F263 x" 地区不在目录中'),
        (
            "UPDATE measure SET unit = '天' WHERE code = 'construction.items_cut'",
            'pds-2020「unit」："construction.items_cut" 与测度目录不一致：% / 天',
        ),
        (
            "UPDATE measure SET name = '别名' WHERE code = 'investment.cycle_cut'",
            'pds-2020「name」："investment.cycle_cut" 与测度目录不一致：项目落地周期缩短幅度 / 别名',
        ),
        (
            "UPDATE framework_node SET code = 'heat.none' WHERE code = 'heat.time' AND framework = 'pds-2020'",
            'pds-2020："heat.none" 末级指标不在测度目录中',
        ),
    ],
)
def test_the_check_names_what_does_not_agree(copy: Path, change: str, line: str) -> None:
    with writing(copy, Action.MAINTAIN) as db:
        assert db.conn.execute(change).rowcount > 0
    assert line in [str(issue) for issue in check.problems(copy)]


def test_the_check_finds_a_broken_reference(copy: Path) -> None:
    with connect(copy) as db:
        db.conn.execute("PRAGMA foreign_keys = OFF")
        db.conn.execute("UPDATE fact SET document = 'lost' WHERE id = 'F017'")
        db.conn.commit()
    (issue,) = check.problems(copy)
    assert (issue.code, issue.file, issue.message) == ("reference-broken", "fact", "引用了不存在的 document")
