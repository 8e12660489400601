"""What the pages of the way in say, word for word."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from lib.model import Direction, Issue, Measure, Severity
from lib.store.batches import Receipt
from lib.view import intake

NAMES = {"r1": "宝丰县", "r2": "叶县"}
MEASURES = {"a": Measure("a", "企业开办时间", "工作日", Direction.LOWER)}


def rows(*values: tuple[str, float, float, float, float, str]) -> pd.DataFrame:
    frame = pd.DataFrame(values, columns=["region", "value", "before", "last", "jump", "state"])
    return frame.assign(measure="a", period="2020-Q3")


def test_issues_lose_the_columns_that_say_nothing() -> None:
    issues = [Issue("x", "不是数字", file="a.csv", row=3, column="甲", value="三天", expected="数字")]
    assert intake.issue_table(issues).to_dict("records") == [
        {"文件": "a.csv", "行": "3", "列": "甲", "值": "三天", "问题": "不是数字", "期望": "数字"}
    ]
    assert list(intake.issue_table([Issue("x", "坏了")])) == ["问题"]


def test_issues_are_counted_by_level() -> None:
    issues = [Issue("x", ""), Issue("y", "", severity=Severity.INFO), Issue("z", "")]
    assert intake.counted(issues) == {"错误": 2, "提醒": 0, "说明": 1}


@pytest.mark.parametrize(
    ("periods", "errors", "said"),
    [
        (["2020-Q3"], 0, "读到 1 个数值：1 个县（市、区）、1 项测度，2020年三季度；可以发布。"),
        (["2020-Q3"], 2, "读到 1 个数值：1 个县（市、区）、1 项测度，2020年三季度；有 2 处错误，改正后才能发布。"),
        (["2019", "2018"], 0, "读到 2 个数值：1 个县（市、区）、1 项测度，2018年、2019年；可以发布。"),
        (
            ["2018", "2019", "2020", "2021"],
            0,
            "读到 4 个数值：1 个县（市、区）、1 项测度，2018年至2021年 4 期；可以发布。",
        ),
        ([], 0, "1 个文件里没有读到可以发布的数值。"),
    ],
)
def test_what_was_read(periods: list[str], errors: int, said: str) -> None:
    frame = pd.DataFrame({"region": "r1", "measure": "a", "period": periods})
    assert intake.reading(1, frame, errors) == said


def test_changes_show_old_new_and_how_much() -> None:
    frame = rows(("r1", 2.5, 2.0, 1.0, 0.25, "changed"), ("r2", 3.0, math.nan, math.nan, math.nan, "new"))
    table = intake.change_table(frame, NAMES, MEASURES)
    assert table[["地区", "现值", "上期", "新值", "变化"]].to_numpy().tolist() == [
        ["宝丰县", "2", "1", "2.5", "+25.0%"],
        ["叶县", "—", "—", "3", "—"],
    ]


@pytest.mark.parametrize(
    ("value", "before", "said"),
    [
        (945.9, 9.4, "约为原来的 100 倍，单位可能不同"),
        (0.9459, 94.1, "约为原来的 100 分之一，单位可能不同"),
        (3e8, 3.1e4, "约为原来的 10,000 倍，单位可能不同"),
        (30.0, 10.0, ""),
        (0.0, 10.0, ""),
        (5.0, 0.0, ""),
    ],
)
def test_a_jump_that_looks_like_another_unit(value: float, before: float, said: str) -> None:
    frame = rows(("r1", value, before, math.nan, 1.0, "changed"))
    assert intake.change_table(frame, NAMES, MEASURES)["提示"].tolist() == [said]


@pytest.mark.parametrize(
    ("jump", "said"), [(0.354, "+35.4%"), (-0.5, "−50.0%"), (math.inf, "从 0 起"), (math.nan, "—"), (0.0, "0.0%")]
)
def test_a_jump_in_words(jump: float, said: str) -> None:
    assert intake.jump(jump) == said


def test_the_difference_in_a_sentence() -> None:
    assert intake.difference({"new": 3, "unchanged": 1}, 0, 0) == "与现有真实数值相比：新增 3、变更 0、不变 1。"
    assert intake.difference({"changed": 2}, 1, 4) == (
        "与现有真实数值相比：新增 0、变更 2、不变 0；其中 1 个变化较大，4 个上期有、这次没有。"
    )


def test_the_effect_names_who_moves() -> None:
    frame = pd.DataFrame(
        {
            "region": ["r1", "r2"],
            "rank": [1.0, 2.0],
            "rank_before": [2.0, 1.0],
            "rank_change": [1.0, -1.0],
            "tier": [1.0, 1.0],
            "tier_before": [1.0, 1.0],
            "score": [80.0, 70.5],
            "score_before": [60.0, 70.5],
        }
    )
    assert intake.effect(frame, NAMES) == "2 地名次有变：宝丰县 ▲1，叶县 ▼1。"
    assert intake.effect_table(frame, NAMES).to_numpy().tolist() == [
        ["宝丰县", "第 2 → 第 1", "▲1", "第一方阵", "60.00 → 80.00"],
        ["叶县", "第 1 → 第 2", "▼1", "第一方阵", "70.50"],
    ]
    assert intake.effect(frame.assign(rank_change=0.0), NAMES) == "各地名次不变。"


@pytest.mark.parametrize(
    ("after", "kinds", "said"),
    [
        ([], [], "撤回不改变任何现值：这个批次的数值与现有相同，或已被后来的批次替换。"),
        (
            [1.0, math.nan, 5.0],
            ["real", None, "demo"],
            "撤回会改变 3 处：1 个恢复为此前的数值，1 个不再有数值，1 个重新显示演示数据。",
        ),
    ],
)
def test_a_withdrawal_in_a_sentence(after: list[float], kinds: list[str | None], said: str) -> None:
    assert intake.withdrawal(pd.DataFrame({"after": after, "kind_after": kinds})) == said


def test_receipts_in_words() -> None:
    assert intake.receipt("a.csv", Receipt(3, 1, 2, 4)) == "《a.csv》：已发布为批次 3（新增 1、变更 2、不变 4）。"
    assert intake.receipt("a.csv", Receipt(None, same_as=2)) == "《a.csv》：同一文件已在批次 2 发布，没有新增。"
    assert intake.receipt("a.csv", Receipt(3, 1), "2020-12-01") == (
        "《a.csv》：已存为批次 3，将在 2020-12-01 发布（新增 1、变更 0、不变 0）。"
    )


def test_completeness_in_a_sentence() -> None:
    frame = pd.DataFrame({"state": ["present", "provisional", "demo", "missing", "missing"]})
    assert intake.completeness(frame, "2020年") == (
        "2020年应有 5 个数值：真实数值 2 个，其中暂定 1 个，演示数据 1 个，缺 2 个。"
    )


def test_who_is_late_lists_a_few_measures() -> None:
    labels = {code: code.upper() for code in "abcde"}
    frame = pd.DataFrame(
        [("tax", 60, 0, 60, tuple("abcde")), ("", 12, 12, 0, ())],
        columns=["owner", "due", "present", "missing", "measures"],
    )
    table = intake.late_table(frame, {"tax": "市税务局"}, labels)
    assert table["牵头单位"].tolist() == ["市税务局", "未定牵头单位"]
    assert table["未报齐的测度"].tolist() == ["A、B、C、D 等 5 项", "—"]
