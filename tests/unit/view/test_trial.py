"""Chart data, tables and sentences of what is tried."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.model import Direction, Measure
from lib.view import charts, tables
from lib.view import trial as words
from lib.view.charts import trial as chart
from tests.unit.view.promise import columns_of

MEASURES = {
    "m": Measure("m", "企业开办时间", "工作日", Direction.LOWER, decimals=1),
    "n": Measure("n", "网上办税率", "%", Direction.HIGHER, decimals=1),
    "o": Measure("o", "审批事项", "项", Direction.LOWER, decimals=0),
}
LABELS = {code: measure.name for code, measure in MEASURES.items()}
NAMES = {"A": "甲县", "B": "乙县", "C": "丙县", "D": "丁县"}
BEFORE, AFTER = (50.0, 8.0, 2.0), (52.5, 7.0, 2.0)
MINUS = "−"


def course(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kind", "code", "left", "right"])


def test_step_rows() -> None:
    way = course(("assumed", "", 50.0, 48.0), ("moved", "m", 48.0, 52.5), ("weighted", "", 52.5, 52.5))
    rows = tables.step_rows(way, (50.0, 52.5), LABELS, {"assumed": "别处", "weighted": "权重"})
    assert rows.to_numpy().tolist() == [
        ["现在", chart.BEFORE, 50.0, 50.0, "50.00"],
        ["别处", chart.LOSS, 50.0, 48.0, f"{MINUS}2.00"],
        ["企业开办时间", chart.GAIN, 48.0, 52.5, "+4.50"],
        ["权重", chart.NONE, 52.5, 52.5, "0.00"],
        ["推演后", chart.AFTER, 52.5, 52.5, "52.50"],
    ]
    assert set(rows.columns) == columns_of(charts.steps)


def test_many_steps_end_in_one() -> None:
    way = course(*[("moved", f"c{i}", float(i), i + 1.0) for i in range(10)], ("weighted", "", 10.0, 9.0))
    rows = tables.step_rows(way, (0.0, 9.0), {f"c{i}": f"第{i}项" for i in range(10)}, {"weighted": "权重"})
    assert rows["label"].tolist() == ["现在", *(f"第{i}项" for i in range(7)), "其余 3 项", "权重", "推演后"]
    assert rows.loc[8, ["left", "right", "shown"]].tolist() == [7.0, 10.0, "+3.00"]


def test_swing_rows() -> None:
    swings = pd.DataFrame(
        [("o", 33.0, 29.7, 36.3, 1.4, 0.0), ("m", 2.0, 1.8, 2.2, 0.4, -0.4), ("n", 100.0, 100.0, 90.0, 0.0, -1.0)],
        columns=["code", "value", "better", "worse", "gain", "loss"],
    )
    rows = tables.swing_rows(swings, LABELS, MEASURES, 5)
    assert rows["shown"].tolist() == ["+1.40（33.0 → 29.7 项）", "+0.40（2.0 → 1.8 工作日）"]
    assert rows["lost"].tolist() == ["已是最差", f"{MINUS}0.40"]
    assert rows["code"].tolist() == ["o", "m"]
    assert len(tables.swing_rows(swings, LABELS, MEASURES, 1)) == 1
    assert set(rows.columns) == columns_of(charts.swings)


def test_move_table() -> None:
    moves = pd.DataFrame(
        [("A", "m", 2.04, 1.0, 50.0, 75.0, 1.25), ("B", "n", 90.0, 80.0, 90.0, 80.0, -0.5)],
        columns=["region", "code", "value", "value_if", "score", "score_if", "total"],
    )
    table = tables.move_table(moves, NAMES, LABELS, MEASURES, lambda code: f"{code}局", "2020-Q4")
    assert table.shown.to_numpy().tolist() == [
        ["甲县", "企业开办时间", "工作日", "2.0", "1.0", "50.0 → 75.0", "+1.25", "m局"],
        ["乙县", "网上办税率", "%", "90.0", "80.0", "90.0 → 80.0", f"{MINUS}0.50", "n局"],
    ]
    assert table.values["现值"].tolist() == [2.04, 90.0]
    assert table.source(1, "现值") == "value:n:B:2020-Q4"
    assert table.source(1, "改到") == ""


MOVEMENT = pd.DataFrame(
    {
        "region": ["B", "A", "C"],
        "score": [60.0, 55.0, 40.0],
        "rank": [1.0, 2.0, 3.0],
        "tier": [1.0, 2.0, 3.0],
        "score_before": [50.0, 58.0, 40.0],
        "rank_before": [2.0, 1.0, 3.0],
        "tier_before": [2.0, 1.0, 3.0],
        "score_change": [10.0, -3.0, 0.0],
        "rank_change": [1.0, -1.0, 0.0],
    }
)


def test_counties_table() -> None:
    table = tables.counties_table(MOVEMENT, ("A", "C"), NAMES, {"A": 2, "C": 1})
    assert table.shown.to_numpy().tolist() == [
        ["甲县", "2 项", "58.00", "55.00", f"{MINUS}3.00", "1 → 2（▼1）", "第二方阵"],
        ["丙县", "1 项", "40.00", "40.00", "0.00", "3 → 3", "第三方阵"],
    ]


def test_place_labels() -> None:
    assert tables.place_labels(MOVEMENT, NAMES, "A") == {"B": "2→1  乙县", "A": "▶ 1→2  甲县", "C": "3  丙县"}


def test_weight_table() -> None:
    parts = pd.DataFrame(
        {
            "code": ["m", "n"],
            "share": [0.5, 0.5],
            "share_if": [0.55, 0.25],
            "score": [40.0, 60.0],
            "published": [40.0, 59.0],
            "median": [50.0, 55.0],
        }
    )
    table = tables.weight_table(parts, LABELS, "2020-Q4", "A", "甲县")
    assert table.shown.to_numpy().tolist() == [
        ["网上办税率", "50.0", "25.0", f"{MINUS}25.0", "60.0", "+5.0"],
        ["企业开办时间", "50.0", "55.0", "+5.0", "40.0", f"{MINUS}10.0"],
    ]
    # A score that is not the published one has no source.
    assert [table.source(row, "甲县得分") for row in (0, 1)] == ["", "score:m:A:2020-Q4"]


@pytest.mark.parametrize(
    ("after", "changes", "others", "overtaken", "ahead", "said"),
    [
        (BEFORE, 0, False, [], ("乙县", 2.09), "甲县现在 50.00 分，列第 8（第二方阵），离前一名乙县还差 2.09 分。"),
        (BEFORE, 0, False, [], ("", float("nan")), "甲县现在 50.00 分，列第 8（第二方阵）。"),
        (
            (47.0, 9.0, 3.0),
            0,
            True,
            [],
            ("乙县", 2.0),
            "甲县不动、别处按假定变化：总分 50.00 → 47.00，名次第 8 → 第 9（▼1）。",
        ),
        (
            AFTER,
            2,
            False,
            ["乙县"],
            ("乙县", 2.0),
            "改动 2 项后，甲县总分 50.00 → 52.50（+2.50），名次第 8 → 第 7（▲1），仍在第二方阵，超过乙县。",
        ),
        (
            AFTER,
            1,
            True,
            ["乙县", "丙县", "丁县", "戊县"],
            ("乙县", 2.0),
            "别处按假定变化，改动 1 项后，甲县总分 50.00 → 52.50（+2.50），名次第 8 → 第 7（▲1），仍在第二方阵，超过乙县、丙县、丁县等 4 地。",
        ),
    ],
)
def test_opening(after: tuple, changes: int, others: bool, overtaken: list, ahead: tuple, said: str) -> None:
    assert words.opening((BEFORE, after), "甲县", changes, others, overtaken, ahead) == said


def test_weighing() -> None:
    said = words.weighing((BEFORE, AFTER), "甲县", 1, False, "各地名次都不变")
    assert said == "改动 1 项后，甲县总分 50.00 → 52.50（+2.50），名次第 8 → 第 7（▲1），仍在第二方阵；各地名次都不变。"
    assert words.weighing((BEFORE, BEFORE), "甲县", 0, False, "").endswith("拖动滑块改权重，看名次怎么变。")


def test_movers() -> None:
    assert words.movers(MOVEMENT, NAMES) == "上升最多的是乙县（▲1），下降最多的是甲县（▼1）"
    assert words.movers(MOVEMENT.assign(rank_change=0.0), NAMES) == "各地名次都不变"


def test_marks_stand_at_their_values() -> None:
    nothing = float("nan")
    html = words.marks([("●", "现值", 2.0), ("▼", "目标", 1.0), ("◆", "<各项最优>", nothing)], (1.0, 3.0), 1)
    assert '<i class="below" style="left:50.00%">●</i><i class="above" style="left:0.00%">▼</i>' in html
    assert "<span>● 现值 2.0</span><span>▼ 目标 1.0</span></div>" in html
    assert "◆" not in html
    assert "&lt;各项最优&gt; 3.0" in words.marks([("◆", "<各项最优>", 3.0)], (1.0, 3.0), 1)


def test_lever_label_says_which_way_is_better_and_what_it_brings() -> None:
    assert words.lever_label("用水报装时间", True, 1.234) == "用水报装时间（← 越低越好）　到最优 **+1.23 分**"
    assert words.lever_label("网上办税率", False, 0.0) == "网上办税率（越高越好 →）　已是最优"


def test_stuck_groups_by_reason() -> None:
    reasons = {"m": "没有数值", "n": "现值为 0", "o": "没有数值"}
    assert (
        words.stuck(reasons, LABELS) == "没有数值，不能推演：企业开办时间、审批事项。现值为 0，不能推演：网上办税率。"
    )
    assert words.stuck({}, LABELS) == ""


def test_a_share_and_a_weight() -> None:
    assert words.share(0.0625, 0.0625) == "6.3%"
    assert words.share(0.0625, 3 / 18) == "6.3% → **16.7%**"
    assert (words.times(1.0), words.times(0.0), words.times(2.25)) == ("", "**0×** ", "**2.25×** ")
