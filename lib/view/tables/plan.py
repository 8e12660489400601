"""Plans to an aim: chart data and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from lib.model import Measure
from lib.view import text
from lib.view.charts import plan as chart
from lib.view.table import Number, Table
from lib.view.tables import cells


def way_up_rows(
    moves: pd.DataFrame,
    scores: tuple[float, float],
    words: tuple[str, str],
    bar: tuple[float, str],
    names: cells.Names,
    most: int,
) -> pd.DataFrame:
    """Chart data for `charts.way_up` from `Plan.table`: the score before, the `most` measures that add the most, the rest in one, the
    score after, and the line to be reached. `words` name both ends, `bar` is the line (NaN: none) with its name."""
    shown, rest = (moves, moves.iloc[:0]) if len(moves) <= most else (moves.head(most - 1), moves.iloc[most - 1 :])
    steps = [(names[row.code], chart.MOVE, row.points, row.effort, row.code) for row in shown.itertuples()]
    if len(rest):
        steps.append((f"其余 {len(rest)} 项", chart.REST, rest["points"].sum(), rest["effort"].sum(), ""))
    out, at = [(words[0], chart.NOW, scores[0], scores[0], f"{text.number(scores[0], 2)} 分", "")], scores[0]
    for label, role, points, effort, code in steps:
        said = f"{text.signed(points, 2)} 分　{text.number(effort)} 份力"
        out.append((label, role, at, at + points, said, code))
        at += points
    out.append((words[1], chart.THEN, scores[1], scores[1], f"{text.number(scores[1], 2)} 分", ""))
    if bar[0] == bar[0]:
        out.append(("", chart.BAR, bar[0], bar[0], bar[1], ""))
    return pd.DataFrame(out, columns=["label", "role", "left", "right", "shown", "code"])


def plan_table(
    moves: pd.DataFrame,
    names: cells.Names,
    measures: Mapping[str, Measure],
    offices: tuple[cells.Names, cells.Names],
    value_from: Callable[[str], str],
) -> Table:
    """测度 with its unit, 现值 → 改到, 测度得分, 份力, 加分, 牵头单位 and 配合单位 (`offices`), from `Plan.table`; today's value opens
    its source."""
    decimals = tuple(measures[code].decimals for code in moves["code"])
    values = pd.DataFrame(
        {
            "测度": [
                f"{names[code]}（{measures[code].unit}）" if measures[code].unit else names[code]
                for code in moves["code"]
            ],
            "现值": moves["value"],
            "改到": moves["reach"],
            "测度得分": [f"{text.number(row.score)} → {text.number(row.score_if)}" for row in moves.itertuples()],
            "份力": moves["effort"],
            "加分": moves["points"],
            "牵头单位": moves["code"].map(offices[0]),
            "配合单位": moves["code"].map(offices[1]),
        }
    )
    numbers = {
        "现值": Number(each=decimals),
        "改到": Number(each=decimals),
        "份力": Number(1),
        "加分": Number(2, signed=True),
    }
    return Table(values, numbers, pd.DataFrame({"现值": [value_from(code) for code in moves["code"]]}))
