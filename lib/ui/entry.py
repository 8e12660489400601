"""Values typed in by hand, and the proofs of values: a typed grid becomes a file and goes the same way as any other."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib import office
from lib.export.guard import table_csv
from lib.ingest.evidence import checked
from lib.office import OfficeFile
from lib.store import default_path
from lib.store import files as store
from lib.ui import intake, loaders
from lib.view import text


def measures(version: str, indicator: str) -> list[str]:
    """The measures of an indicator that are reported, not derived."""
    book = loaders.load_catalog(version)
    return [code for code, m in book.measures.items() if m.indicator == indicator and not m.derived]


def grid(version: str, codes: Sequence[str], period: str) -> pd.DataFrame:
    """What is to be filled in: 地区, 测度, 单位, 现值, 新值, 暂定, 备注, a row a measure and member; indexed by (measure, region)."""
    book = loaders.load_catalog(version)
    members = book.cohorts[office.COUNTY_COHORT].members
    rows = loaders.load_observations(version)
    real = rows[(rows["kind"] == "real") & (rows["period"] == period)]
    present = dict(zip(zip(real["measure"], real["region"], strict=True), real["value"], strict=True))
    keys = [(code, region) for code in codes for region in members]
    return pd.DataFrame(
        {
            "地区": [book.short_names[region] for _, region in keys],
            "测度": [book.measures[code].name for code, _ in keys],
            "单位": [book.measures[code].unit for code, _ in keys],
            "现值": [text.trimmed(present[key], 6) if key in present else "" for key in keys],
            "新值": "",
            "暂定": False,
            "备注": "",
        },
        index=pd.MultiIndex.from_tuples(keys, names=["measure", "region"]),
    )


def as_file(filled: pd.DataFrame, period: str, label: str) -> OfficeFile:
    """The filled grid as the file it stands for: every row of it, so that row numbers agree; the time makes it its own file."""
    table = pd.DataFrame(
        {
            "区划代码": [region for _, region in filled.index],
            "县（市、区）": filled["地区"].to_numpy(),
            "指标代码": [code for code, _ in filled.index],
            "评价期": period,
            "数值": filled["新值"].fillna("").astype(str).to_numpy(),
            "暂定": filled["暂定"].map({True: "是"}).fillna("").to_numpy(),
            "备注": filled["备注"].fillna("").astype(str).to_numpy(),
        }
    )
    data = table_csv(table)
    return intake.open_file(office.digest(data), data, f"手工填报-{label}-{period}.csv")


@st.cache_resource(max_entries=8, show_spinner=False)
def proofs(version: str) -> pd.DataFrame:
    """The proofs in force."""
    return store.evidence(default_path())


def attach(file: object, region: str, measure: str, period: str, user: str, note: str) -> None:
    """Attaches an uploaded file to a value; UserError when it is too large or of a kind that is not taken."""
    data, name = file.getvalue(), file.name  # type: ignore[attr-defined]
    checked(data, name)
    store.attach(default_path(), region, measure, period, data=data, name=name, user=user, note=note)


def detach(number: int, user: str) -> None:
    """Takes a proof off its value."""
    store.detach(default_path(), number, user=user)


def content(sha256: str) -> bytes:
    """A proof's content."""
    return store.content(default_path(), sha256)
