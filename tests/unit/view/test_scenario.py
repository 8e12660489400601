"""Scenarios in words and side by side."""

from __future__ import annotations

import pytest

from lib.model import Direction, Measure
from lib.view import charts, scenario, tables
from tests.unit.core.build import NAN, records
from tests.unit.view.promise import columns_of

MEASURES = {
    "m": Measure("m", "开办时间", "工作日", Direction.LOWER, decimals=1),
    "r": Measure("r", "网上办理率", "%", Direction.HIGHER, decimals=2),
}
LABELS, REGIONS = {"m": "开办时间", "r": "网上办理率"}, {"A": "甲县", "B": "乙县"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((50.0, 8.0, 2.0), (62.5, 4.0, 1.0), "总分 50.00 → 62.50（+12.50），第 8 → 第 4（▲4），第二方阵 → 第一方阵"),
        ((50.0, 8.0, 2.0), (50.4, 8.0, 2.0), "总分 50.00 → 50.40（+0.40），名次不变，第 8（第二方阵）"),
        ((50.0, 8.0, 2.0), (49.0, 9.0, 2.0), "总分 50.00 → 49.00（−1.00），第 8 → 第 9（▼1），仍在第二方阵"),
        ((NAN, NAN, NAN), (NAN, NAN, NAN), "没有得分"),
    ],
)
def test_what_came_of_it(before: tuple, after: tuple, expected: str) -> None:
    assert scenario.came_of(before, after) == expected


def test_what_is_changed() -> None:
    assert scenario.changed({"甲县": 3, "乙县": 1}, 2) == "甲县 3 项测度、乙县 1 项测度、2 个权重"
    assert scenario.changed({}, 0) == "没有改动"


def test_a_kept_scenario_says_when_the_data_has_moved_under_it() -> None:
    kept = {"before": [50.0, 8.0, 2.0], "after": [62.5, 4.0, 1.0]}
    before, after = (50.0, 8.0, 2.0), (62.5, 4.0, 1.0)
    assert scenario.drifted(kept, before, (62.504, 4.0, 1.0)) == ""
    nothing = {"before": [None] * 3, "after": [None] * 3}
    assert scenario.drifted(nothing, (NAN, NAN, NAN), (NAN, NAN, NAN)) == ""
    # What it starts from is part of what it says: a gain may have become a loss.
    assert scenario.drifted(kept, (63.0, 4.0, 1.0), after) == (
        "数据或计分口径在保存后变了：保存时是 50.00 → 62.50 分、第 8 → 第 4，按现在的数据是 63.00 → 62.50 分、第 4 → 第 4。"
    )
    assert "61.00 分、第 8 → 第 5" in scenario.drifted(kept, before, (61.0, 5.0, 2.0))


def test_what_standing_still_would_mean() -> None:
    assert scenario.standing_still((19.78, 11.0, 3.0)) == "自己不动就是 19.78 分、第 11。"


def test_scenarios_side_by_side() -> None:
    results = [
        ("一", "甲县", "2020年四季度", "保持不变", (50.0, 8.0, 2.0), (62.5, 4.0, 1.0)),
        ("二", "甲县", "2020年四季度", "都达到目标", (50.0, 8.0, 2.0), (40.0, 9.0, 3.0)),
    ]
    table = tables.scenario_comparison(
        results,
        [{("A", "m"): (2.0, 1.0)}, {("A", "m"): (2.0, 1.5), ("B", "r"): (80.0, 90.0)}],
        [{}, {"m": 1.5}],
        REGIONS,
        LABELS,
        MEASURES,
    )
    assert records(table, ("", "一", "二")) == [
        ("关注地区", "甲县", "甲县"),
        ("评价期", "2020年四季度", "2020年四季度"),
        ("其他地区", "保持不变", "都达到目标"),
        ("总分", "50.00 → 62.50（+12.50）", "50.00 → 40.00（−10.00）"),
        ("名次", "第 8 → 第 4 ▲4", "第 8 → 第 9 ▼1"),
        ("方阵", "第二方阵 → 第一方阵", "第二方阵 → 第三方阵"),
        ("改动", "1 项测度", "2 项测度、1 个权重"),
        ("权重：开办时间", "原定", "1.5"),
        ("甲县 开办时间", "2.0 → 1.0", "2.0 → 1.5"),
        ("乙县 网上办理率", "不改", "80.00 → 90.00"),
    ]


def test_their_totals_are_drawn_as_dumbbells() -> None:
    rows = tables.scenario_totals(
        [("一", (50.0, 8.0, 2.0), (62.5, 4.0, 1.0)), ("二", (50.0, 8.0, 2.0), (40.0, 9.0, 3.0))]
    )
    assert records(rows, ("label", "score", "score_if", "shown", "behind")) == [
        ("一", 50.0, 62.5, "62.5 分，第 4 ▲4", 0),
        ("二", 50.0, 40.0, "40.0 分，第 9 ▼1", 1),
    ]
    assert set(rows.columns) == columns_of(charts.dumbbell)


def test_changed_weights() -> None:
    table = tables.weight_change_table([("m", 1.0, 0.0)], LABELS)
    assert table.shown.to_numpy().tolist() == [["开办时间", "1.00", "0.00"]]
