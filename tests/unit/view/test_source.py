"""Where a number comes from, in words."""

from __future__ import annotations

import pandas as pd

from lib.core.trace import parts, scaling
from lib.model import Measure
from lib.view import source
from tests.unit.core.build import HIGHER, LOWER, leaf, scored, tree

TIME = Measure("m", "企业开办时间", "工作日", LOWER, decimals=1)
TREE = tree(leaf("m", LOWER, best=1, worst=5), leaf("n", HIGHER))
FOUND = scored({"m": [2, 5, 9], "n": [30, None, 10]}, TREE)
HISTORY = pd.DataFrame(
    {
        "value": [1.25, 2.0],
        "batch": [3, 2],
        "kind": ["real", "demo"],
        "status": ["published", "withdrawn"],
        "file": ["一季度.xlsx", "演示数据"],
        "department": ["市市场监管局", ""],
        "user": ["王", "系统"],
        "created_at": ["2020-12-04T01:30:00Z", "2020-12-01T00:00:00Z"],
        "file_sheet": ["表1", ""],
        "file_row": [5, None],
        "file_column": ["开办时间", ""],
        "note": ["初步数", ""],
        "provisional": [1, 0],
    }
)


def lines(table) -> dict[str, str]:
    return dict(zip(table.values["项目"], table.values["内容"], strict=True))


def test_a_value_names_its_file_sheet_row_column_batch_person_and_day() -> None:
    assert lines(source.value(next(HISTORY.itertuples()), TIME)) == {
        "数值": "1.25 工作日（暂定）",
        "文件": "一季度.xlsx",
        "位置": "工作表「表1」第 5 行「开办时间」",
        "发布": "批次 3，2020-12-04 09:30，王",
        "报送单位": "市市场监管局",
        "说明": "初步数",
    }


def test_a_made_up_value_says_so_and_nothing_is_invented() -> None:
    made_up = list(HISTORY.itertuples())[1]
    assert lines(source.value(made_up, TIME)) == {
        "数值": "2 工作日（演示数据：程序生成，不是真实情况）",
        "文件": "演示数据",
        "发布": "批次 2，2020-12-01 08:00，系统",
    }


def test_the_history_of_a_value() -> None:
    shown = source.history(HISTORY, 1).shown
    assert shown["数值"].tolist() == ["1.3", "2.0"]
    assert shown["状态"].tolist() == ["已发布", "已撤回（演示）"]


def test_a_statement_of_a_document() -> None:
    row = {"scope": "市本级", "period": "2019", "period_basis": "推断", "note": ""}
    document = {"title": "通报", "doc_no": "", "issuer": "某办公室", "date": "2020-12-04"}
    assert lines(source.fact(row, document, "≤ 1 日", "平顶山市")) == {
        "数值": "≤ 1 日",
        "地区": "平顶山市（市本级）",
        "时点": "2019",
        "时点依据": "推断",
        "文件": "《通报》",
        "发文": "某办公室，2020-12-04",
    }


def test_how_a_score_came_about() -> None:
    said = source.scaling(scaling(FOUND, "A", "m", "2020"), TIME)
    assert said.startswith("100 ×（最差 5 − 现值 2）÷（最差 5 − 最优 1） = **75 分**，第 1（3 地有得分）。")
    assert "最差、最优是指标体系给定的前沿值" in said
    assert "，超出两端的按两端计 = **0 分**" in source.scaling(scaling(FOUND, "C", "m", "2020"), TIME)
    own = source.scaling(scaling(FOUND, "A", "n", "2020"), TIME)
    assert "缺的一端取本期各地的最差、最优值" in own
    assert source.scaling(scaling(FOUND, "B", "n", "2020"), TIME) == "不计分：没有数值。"


def test_the_children_lead_one_step_down() -> None:
    table = source.parts(parts(FOUND, "A", "t", "2020"), {"m": "企业开办时间", "n": "网上办税率"}, "A", "2020")
    assert table.shown.iloc[0].to_dict() == {
        "下级": "企业开办时间",
        "占比（%）": "50.00",
        "得分": "75.0000",
        "名次": "1",
        "贡献": "37.5000",
    }
    assert {table.source(1, column) for column in table.values} == {"score:n:A:2020"}
