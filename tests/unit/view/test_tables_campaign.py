"""A campaign in words: the sentence, the board, the cells of the matrix, the reminders."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from lib.model import Direction, Measure
from lib.model.campaign import Campaign, Phase, Stage
from lib.view import sentences, tables
from tests.unit.core.build import NAN

CAMPAIGN = Campaign(
    "c",
    "活动",
    (
        Phase(Stage.PREPARE, "准备阶段", date(2020, 1, 1), date(2020, 1, 31)),
        Phase(Stage.ACT, "实施阶段", date(2020, 2, 1), date(2020, 6, 30), "每季度末报进展"),
        Phase(Stage.SUM_UP, "总结阶段", date(2020, 8, 1), date(2020, 8, 31)),
    ),
)
MEASURES = {"m": Measure("m", "办理时间", "工作日", Direction.LOWER)}


def board(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["unit", "progress", "rank", "reached", "goals", "counted"])


@pytest.mark.parametrize(
    ("units", "filed", "counts", "rows", "expected"),
    [
        (0, 0, {}, (), "截至4月1日，还没有单位填申报表。"),
        (2, 0, {}, (), "截至4月1日，2 个单位中 0 个已公示申报表。"),
        (
            2,
            1,
            {"未到期": 2},
            (("甲", NAN, NAN, 0, 1, 0),),
            "截至4月1日，2 个单位中 1 个已公示申报表；还没有进展数据。",
        ),
        (
            3,
            3,
            {"按时": 4, "迟报": 1, "逾期未报": 1, "未到期": 3},
            (("甲", 0.855, 1, 1, 2, 2), ("乙", 0.855, 1, 1, 2, 2), ("丙", 0.2, 3, 0, 1, 1)),
            "截至4月1日，3 个单位中 3 个已公示申报表，应报 6 份进展，已报 5 份（1 份迟报），逾期未报 1 份；"
            "走在最前的是甲、乙（目标完成 86%）。",
        ),
        (
            3,
            3,
            {"按时": 3},
            (("甲", 1.0, 1, 1, 1, 1), ("乙", 1.0, 1, 1, 1, 1), ("丙", 1.0, 1, 1, 1, 1)),
            "截至4月1日，3 个单位中 3 个已公示申报表，应报 3 份进展，已报 3 份；走在最前的是甲、乙等 3 个单位（目标完成 100%）。",
        ),
    ],
)
def test_the_sentence(units, filed, counts, rows, expected):
    assert sentences.campaign("4月1日", units, filed, counts, 0, board(*rows)) == expected


def test_what_came_early_is_not_called_due():
    rows = board(("甲", NAN, NAN, 0, 1, 0))
    assert sentences.campaign("4月1日", 1, 1, {}, 1, rows) == (
        "截至4月1日，1 个单位中 1 个已公示申报表，提前报送 1 份；报来的数还算不出进展（缺原值或缺数）。"
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 12, 1), "活动还没有开始。下一个应报日：2020年1月31日，报申报表，还有 61 天。"),
        (date(2020, 1, 31), "处在准备阶段。下一个应报日：2020年1月31日，报申报表，就是今天。"),
        (date(2020, 2, 1), "处在实施阶段：每季度末报进展。下一个应报日：2020年3月31日，报季度进展，还有 59 天。"),
        (date(2020, 7, 1), "在两个阶段之间。没有还要报送的了。"),
        (date(2020, 9, 1), "活动已经结束。没有还要报送的了。"),
    ],
)
def test_where_a_day_lies(day, expected):
    assert sentences.phase(CAMPAIGN, day) == expected


def test_the_board_says_what_could_not_be_counted():
    rows = tables.board_rows(board(("甲", 0.855, 1, 1, 3, 2), ("乙", NAN, NAN, 0, 2, 0)))
    assert rows["label"].tolist() == ["1　甲", "乙"]
    assert rows["shown"].tolist() == ["86%（1/3 个目标已达到，1 个缺数未计）", "○ 无进展数据"]
    assert rows["value"].iloc[0] == 85.5
    assert rows["value"].isna().tolist() == [False, True]


def test_the_rule_of_the_day_is_drawn_within_the_campaign_only():
    assert "today" in set(tables.phase_rows(CAMPAIGN, date(2020, 8, 31))["role"])
    assert "today" not in set(tables.phase_rows(CAMPAIGN, date(2020, 9, 1))["role"])


def test_goals_in_words():
    goals = pd.DataFrame(
        [
            ("甲", "m", 3.0, "纵向", 5.0, "2020-Q4", False, "value:m:r:2020-Q4", "lower", 3.0, 1.0, True),
            ("甲", "m", 2.0, "创标", 5.0, "2020-12-04", True, "", "lower", 6.0, 0.0, False),
            ("乙", "m", 2.0, "横向", NAN, "", False, "", "lower", 4.0, NAN, False),
            ("丙", "m", 2.0, "横向", 4.0, "2020", False, "", "lower", NAN, NAN, False),
        ],
        columns=[
            "unit", "measure", "goal", "roles", "baseline", "period", "made_up", "source", "direction", "now", "share",
            "reached",
        ],
    )  # fmt: skip
    table = tables.goal_table(goals, MEASURES)
    assert table.values[["原来", "目标", "现在", "情况"]].values.tolist() == [
        ["5 工作日（2020年四季度）", "≤ 3 工作日", "3 工作日", "● 已达到"],
        ["5 工作日（2020-12-04，演示数据）", "≤ 2 工作日", "6 工作日", "◆ 没有前进"],
        ["没有原值", "≤ 2 工作日", "4 工作日", "○ 没有原值，未计"],
        ["4 工作日（2020年）", "≤ 2 工作日", "没有报", "○ 无进展数据"],
    ]
    assert [table.source(row, "原来") for row in range(4)] == ["value:m:r:2020-Q4", "", "", ""]


def test_reminders_say_how_urgent_they_are():
    rows = pd.DataFrame(
        [("甲", "申报表", date(2020, 1, 31), late, "王某", "1") for late in (3, 0, -9)],
        columns=["unit", "what", "due", "late", "contact", "phone"],
    )
    assert tables.reminder_table(rows)["情况"].tolist() == ["◆ 逾期 3 天", "○ 今天到期", "○ 还有 9 天"]


def test_what_no_phase_says_has_no_column():
    table = tables.phase_table(CAMPAIGN)
    assert list(table.columns) == ["阶段", "起止", "做什么"]
    assert table["做什么"].tolist() == ["", "每季度末报进展", ""]
