"""Practices: what each has reached, and where the county stands on what it bears on."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.model import Measure, source
from lib.view.table import Number, Table
from lib.view.tables import cells


def figure_table(rows: pd.DataFrame, measures: Mapping[str, Measure], places: cells.Names) -> Table:
    """测度, 原来, 做到, 地区 from a case's benchmarks; the numbers open their quote. 原来 is left out where none is stated."""
    before = [cells.stated("=", row.before, row.before_text, row.unit) for row in rows.itertuples()]
    now = [cells.stated(row.op, row.value, row.text, row.unit) for row in rows.itertuples()]
    address = rows["id"].map(source.fact).to_numpy()
    values = pd.DataFrame(
        {
            "测度": [measures[code].name for code in rows["code"]],
            "原来": before,
            "做到": now,
            "地区": rows["region"].map(places).to_numpy(),
        }
    )
    said = (rows["before"].notna() | (rows["before_text"] != "")).to_numpy()
    then = [where if stated else "" for where, stated in zip(address, said, strict=True)]
    whole = Table(values, sources=pd.DataFrame({"原来": then, "做到": address}))
    return whole if said.any() else whole.only(["测度", "做到", "地区"])


def standing_on_table(rows: pd.DataFrame, measures: Mapping[str, Measure], region: str, period: str) -> Table:
    """测度, 现值, 全市最优, 得分, 失分 of a county. In: code, value, best, score, lost (points of the total); the county's open their sources."""
    codes = list(rows["code"])
    values = pd.DataFrame(
        {
            "测度": [f"{measures[code].name}（{measures[code].unit}）" for code in codes],
            "现值": [cells.value(measures, row.code, row.value) for row in rows.itertuples()],
            "全市最优": [cells.value(measures, row.code, row.best) for row in rows.itertuples()],
            "得分": rows["score"].to_numpy(),
            "总分失分": rows["lost"].to_numpy(),
        }
    )
    at = {"现值": [source.value(region, code, period) for code in codes]}
    at["得分"] = [source.score(region, code, period) for code in codes]
    return Table(values, {"得分": Number(1), "总分失分": Number(2)}, pd.DataFrame(at, dtype=object))
