"""What is counted by month: chart data and tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.model import Period, source
from lib.model.tally import Kind
from lib.view import text
from lib.view.table import Number, Table
from lib.view.tables import cells


def counter_rows(grid: pd.DataFrame) -> pd.DataFrame:
    """Chart data for `charts.counters` from `core.tally.grid`."""
    most = grid.max(axis=1)
    found = []
    for kind, values in grid.iterrows():
        for at, (month, value) in enumerate(values.items()):
            known = value == value
            level = value / most[kind] if known and most[kind] > 0 else 0.0
            label = f"{Kind(kind).label}（{Kind(kind).unit}）"
            shown = str(int(value)) if known else text.MISSING
            order = list(grid.index).index(kind) * 12 + at
            found.append((label, f"{Period.parse(str(month)).number}月", level, shown, order))
    return pd.DataFrame(found, columns=["label", "period", "level", "shown", "order"])


def counter_table(totals: pd.DataFrame, stated: Mapping[Kind, Mapping], documents: cells.Names) -> Table:
    """项目, 本年合计, 单位, 已填月数, 文件写明的累计, 出处; a document's total opens its sentence."""
    kinds = [Kind(code) for code in totals["kind"]]
    facts = [stated.get(kind) for kind in kinds]
    values = pd.DataFrame(
        {
            "项目": [kind.label for kind in kinds],
            "本年合计": totals["total"].astype(float),
            "单位": [kind.unit for kind in kinds],
            "已填月数": [f"{count} / 12" for count in totals["filled"]],
            "文件写明的累计": [
                text.MISSING
                if fact is None
                else cells.dated(cells.stated(fact["op"], fact["value"], fact["text"], fact["unit"]), fact["period"])
                for fact in facts
            ],
            "出处": [text.MISSING if fact is None else documents[fact["document"]] for fact in facts],
        }
    )
    addresses = pd.DataFrame({"文件写明的累计": ["" if fact is None else source.fact(fact["id"]) for fact in facts]})
    return Table(values, {"本年合计": Number()}, addresses)


def entry_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Every entry, the latest first: 时间, 月份, 项目, 数, 经办人, 备注."""
    return pd.DataFrame(
        {
            "时间": [text.moment(each) for each in rows["at"]],
            "月份": [Period.parse(each).label for each in rows["month"]],
            "项目": [Kind(each).label for each in rows["kind"]],
            "数": ["撤回" if pd.isna(each) else str(int(each)) for each in rows["value"]],
            "经办人": rows["user"],
            "备注": rows["note"],
        }
    )
