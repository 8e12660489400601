"""Chart data and display tables of the scored cohort, cell by cell."""

from __future__ import annotations

import pandas as pd

from lib.model import Measure
from lib.view import charts, tables
from lib.view.table import Table
from tests.unit.core.build import HIGHER, LOWER, NAN
from tests.unit.view.promise import columns_of

NAMES = {"A": "宝丰县", "B": "郏县", "C": "鲁山县"}
LABELS = {"m": "企业开办时间", "n": "网上办税率", "t": "总分"}
MEASURES = {
    "m": Measure("m", "企业开办时间", "工作日", LOWER, decimals=1),
    "n": Measure("n", "网上办税率", "%", HIGHER, decimals=0),
}
MINUS = "\N{MINUS SIGN}"
MOVED = pd.DataFrame(
    {
        "region": ["B", "A", "C"],
        "score": [87.456, 60.0, NAN],
        "coverage": [1.0, 0.666, 0.0],
        "rank": [1.0, 2.0, NAN],
        "tier": [1.0, 2.0, NAN],
        "rank_change": [2.0, NAN, NAN],
        "score_change": [-1.005, NAN, NAN],
    }
)


def cells(table: pd.DataFrame) -> dict[str, list]:
    return {str(name): column.tolist() for name, column in table.items()}


def test_ranking_rows() -> None:
    table = tables.ranking_rows(MOVED, NAMES, "A")
    assert cells(table) == {
        "label": ["1  郏县", "2  宝丰县"],
        "score": [87.456, 60.0],
        "tier": ["第一方阵", "第二方阵"],
        "shown": ["87.5  ▲2", "60.0"],
        "focus": [0, 1],
    }
    assert set(table.columns) == columns_of(charts.ranking_bars)


def test_nobody_ranked_gives_empty_rows() -> None:
    assert tables.ranking_rows(MOVED.tail(1), NAMES, "A").empty


GAPS = pd.DataFrame(
    {
        "code": ["m", "n", "m"],
        "ours": [5.0, 60.0, NAN],
        "theirs": [3.0, 50.0, 3.0],
        "gap": [2.0, -10.0, NAN],
        "gap_percent": [200 / 3, -20.0, NAN],
        "points": [25.0, -10.0, NAN],
        "places": [1.0, 0.0, NAN],
        "score": [50.0, 60.0, NAN],
        "score_if": [75.0, 50.0, 75.0],
        "rank": [2.0, 1.0, NAN],
        "rank_if": [1.0, 1.0, 1.0],
        "total": [18.75, -2.5, NAN],
    }
)


def test_gap_rows() -> None:
    table = tables.gap_rows(GAPS, LABELS)
    assert cells(table) == {
        "label": ["企业开办时间", "网上办税率"],
        "score": [50.0, 60.0],
        "score_if": [75.0, 50.0],
        "shown": ["+25.0", f"{MINUS}10.0"],
        "behind": [1, 0],
    }
    assert set(table.columns) == columns_of(charts.dumbbell)


def test_a_gap_of_nothing_is_level() -> None:
    level = GAPS.head(1).assign(gap=0.0, gap_percent=0.0, points=0.0, places=0.0, total=0.0, score_if=50.0)
    assert tables.gap_rows(level, LABELS)["shown"].tolist() == ["持平"]
    assert gap_table(level).values["差距"].tolist() == ["持平"]


def gap_table(gaps: pd.DataFrame) -> Table:
    return tables.gap_table(gaps, LABELS, MEASURES, "郏县", lambda code: f"ours:{code}", {"m": "theirs:m"})


def test_gap_table() -> None:
    table = gap_table(GAPS)
    assert cells(table.shown) == {
        "测度": ["企业开办时间", "网上办税率", "企业开办时间"],
        "单位": ["工作日", "%", "工作日"],
        "本地": ["5.0", "60", "—"],
        "郏县": ["3.0", "50", "3.0"],
        "差距": ["落后 2.0", "领先 10", "—"],
        "差距（%）": ["+66.7", f"{MINUS}20.0", "—"],
        "测度得分差": ["+25.0", f"{MINUS}10.0", "—"],
        "可加总分": ["+18.75", f"{MINUS}2.50", "—"],
        "该项名次可进": ["+1", "0", "—"],
    }
    assert table.values["可加总分"].tolist()[:2] == [18.75, -2.5]
    assert cells(table.sources) == {"本地": ["ours:m", "ours:n", "ours:m"], "郏县": ["theirs:m", "", "theirs:m"]}
