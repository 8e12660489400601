"""Fills an empty house: migrations, the committed catalogue, the real tables, the labelled demonstration set."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.demo.generate import generate
from lib.ingest.tidy import read_framework
from lib.model import Framework
from lib.office import COUNTY_COHORT, open_file, understand, upload, vocabulary
from lib.store import batches, catalog
from lib.store.database import ROOT, migrate
from lib.store.files import digest

CATALOG = ROOT / "data" / "catalog"
REAL = ROOT / "data" / "real"
DEMO_FRAMEWORK = "pds-2020"


def seed(path: Path, *, demo: bool = True) -> list[str]:
    """Makes or updates the database; returns a line for each thing done. Running it again adds nothing."""
    migrate(path)
    catalog.save_catalog(path, read_catalog(), read_frameworks())
    done = ["已载入目录"]
    known = set(batches.batches(path)["sha256"])
    for file in sorted(REAL.glob("*.csv")):
        opened = open_file(file.read_bytes(), file.name)
        if opened.sha256 in known:
            done.append(f"{file.name}：已有，未重复导入")
            continue
        reading = understand(opened, vocabulary(path))
        if reading.rows.empty and not [i for i in reading.errors if i.code != "values-missing"]:
            done.append(f"{file.name}：没有县（市、区）的数值，只作存档")
            continue
        if reading.errors:
            done += [f"未导入：{issue}" for issue in reading.errors]
            continue
        batches.publish_all(path, [upload(opened, reading)], user="系统")
        done.append(f"{file.name}：{len(reading.rows)} 个数值")
    if demo:
        rows = generate(catalog.framework(path, DEMO_FRAMEWORK), catalog.cohorts(path)[COUNTY_COHORT].members)
        made = digest(rows.to_csv(index=False).encode())
        if made in known:
            done.append("演示数据：已有，未重复生成")
        else:
            note = "程序生成的演示数据，不是真实情况"
            batches.publish(path, rows, file="演示数据", sha256=made, user="系统", kind="demo", note=note)
            done.append(f"演示数据：{len(rows)} 个数值")
    return done


def read_catalog() -> dict[str, pd.DataFrame]:
    """The committed catalogue tables as text frames; a table may be spread over several files (measures_*.csv)."""
    found = {}
    for name in catalog.TABLES:
        files = sorted([*CATALOG.glob(f"{name}s.csv"), *CATALOG.glob(f"{name}s_*.csv")])
        parts = [pd.read_csv(file, dtype=str, keep_default_na=False) for file in files]
        found[name] = pd.concat(parts, ignore_index=True).fillna("")
    return found


def read_frameworks() -> dict[str, Framework]:
    """The committed framework trees by code."""
    files = sorted((CATALOG / "frameworks").glob("*.csv"))
    return {file.stem: read_framework(file.read_bytes(), file.name)[0] for file in files}
