"""推演方案: what one changes, and several side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lib.model import Measure
from lib.view import text
from lib.view.table import Number, Table
from lib.view.tables import cells

Standing = tuple[float, float, float]


def weight_change_table(weights: Sequence[tuple[str, float, float]], names: cells.Names) -> Table:
    """指标, 原权重, 改为. In: code, weight, weight if."""
    values = pd.DataFrame(
        {
            "指标": [names[code] for code, _, _ in weights],
            "原权重": [before for _, before, _ in weights],
            "改为": [after for _, _, after in weights],
        }
    )
    return Table(values, {"原权重": Number(2), "改为": Number(2)})


def scenario_comparison(
    results: Sequence[tuple[str, str, str, str, Standing, Standing]],
    changes: Sequence[Mapping[tuple[str, str], tuple[float, float]]],
    weights: Sequence[Mapping[str, float]],
    regions: cells.Names,
    names: cells.Names,
    measures: Mapping[str, Measure],
) -> pd.DataFrame:
    """Scenarios side by side, one a column: what they come to, then every measure that any of them changes.

    In: of each its name, place, period, assumption, standing before and after; its changes (value, value if) by region and measure, and its
    weights by node.
    """
    rows: dict[str, list[str]] = {
        "关注地区": [place for _, place, *_ in results],
        "评价期": [period for _, _, period, *_ in results],
        "其他地区": [assumed for *_, assumed, _, _ in results],
        "总分": [
            f"{text.number(b[0], 2)} → {text.number(a[0], 2)}（{text.signed(a[0] - b[0], 2)}）" for *_, b, a in results
        ],
        "名次": [f"{text.place(b[1])} → {text.place(a[1])} {text.arrow(b[1] - a[1])}" for *_, b, a in results],
        "方阵": [f"{text.tier(b[2])} → {text.tier(a[2])}" for *_, b, a in results],
        "改动": [
            f"{len(each)} 项测度" + (f"、{len(own)} 个权重" if own else "")
            for each, own in zip(changes, weights, strict=True)
        ],
    }
    for code in dict.fromkeys(code for each in weights for code in each):
        rows[f"权重：{names[code]}"] = [text.trimmed(each[code]) if code in each else "原定" for each in weights]
    for region, code in dict.fromkeys(key for each in changes for key in each):
        found = [each.get((region, code)) for each in changes]
        rows[f"{regions[region]} {names[code]}"] = [
            "不改" if pair is None else " → ".join(cells.value(measures, code, value) for value in pair)
            for pair in found
        ]
    table = pd.DataFrame(rows, index=[name for name, *_ in results]).T
    return table.rename_axis("").reset_index()


def scenario_totals(results: Sequence[tuple[str, Standing, Standing]]) -> pd.DataFrame:
    """Chart data for `charts.dumbbell`: the total before and after, a row a scenario."""
    return pd.DataFrame(
        {
            "label": [name for name, _, _ in results],
            "score": [before[0] for _, before, _ in results],
            "score_if": [after[0] for _, _, after in results],
            "shown": [
                f"{text.number(after[0])} 分，{text.place(after[1])} {text.arrow(before[1] - after[1])}"
                for _, before, after in results
            ],
            "behind": [int(after[0] < before[0]) for _, before, after in results],
        }
    )
