"""稳不稳: what is said of places, and what is drawn."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.view import stability as words
from lib.view import tables

NAMES = {"a": "甲县", "b": "乙县", "c": "丙县"}
LABELS = {"tax": "纳税", "credit": "信贷", "trade": "跨境"}
FRAME = pd.DataFrame(
    {
        "region": ["a", "b", "c"],
        "score": [80.0, 60.0, 59.0],
        "rank": [1, 2, 3],
        "tier": [1, 1, 2],
        "low": [1, 2, 2],
        "high": [1, 3, 3],
        "best": [1, 1, 2],
        "worst": [2, 3, 3],
        "kept": [1.0, 0.62, 0.996],
        "firm": [True, False, True],
    }
)
PAIRS = pd.DataFrame({"ahead": ["a", "b"], "behind": ["b", "c"], "share": [0.004, 0.38], "close": [False, True]})
SHARES = pd.DataFrame([[1.0, 0.0], [0.62, 0.38], [0.004, 0.996]], index=["a", "b", "c"], columns=[1, 2])
SWING = "权重上下浮动 25% 的 1 万次里"


def moved(**gained: float | None) -> pd.DataFrame:
    """A region's rows with each indicator left out, now at place 5."""
    rows = [(code, None if by is None else 5.0 - by, 2.0, by) for code, by in gained.items()]
    return pd.DataFrame(rows, columns=["code", "rank", "tier", "gained"]).astype({"rank": float, "gained": float})


@pytest.mark.parametrize(
    ("value", "said"),
    [(1.0, "100%"), (0.9999, "超过 99%"), (0.99, "99%"), (0.776, "78%"), (0.01, "1%"), (0.0001, "不到 1%"), (0, "0%")],
)
def test_a_share_never_rounds_to_all_or_none(value, said):
    assert words.share(value) == said


@pytest.mark.parametrize(
    ("focus", "said"),
    [
        ("a", "甲县现在列第 1（第一方阵，稳）：SWING，90% 的情形仍是第 1，全部留在第一方阵；与相邻名次拉得开。"),
        (
            "b",
            "乙县现在列第 2（第一方阵，不稳）：SWING，90% 的情形在第 2–3，62% 的情形留在第一方阵；与丙县接近，名次差异不显著。",
        ),
        (
            "c",
            "丙县现在列第 3（第二方阵，稳）：SWING，90% 的情形在第 2–3，超过 99% 的情形留在第二方阵；与乙县接近，名次差异不显著。",
        ),
    ],
)
def test_the_conclusion(focus, said):
    assert words.conclusion(FRAME, PAIRS, NAMES, focus, SWING, "现在") == said.replace("SWING", SWING)


def test_without_a_place_there_is_nothing_to_say():
    assert (
        words.conclusion(FRAME, PAIRS, {**NAMES, "d": "丁县"}, "d", SWING, "现在") == "丁县现在没有名次，说不上稳不稳。"
    )


def test_tiers_and_neighbours():
    assert words.tiers(FRAME, NAMES) == "◆ 1 个地区不稳：乙县（第一方阵，留住 62%）；其余 2 个都稳"
    assert words.tiers(FRAME[FRAME["firm"]], NAMES) == "● 2 个地区都稳，留住最少的：超过 99%"
    assert words.tiers(FRAME.head(1), NAMES) == "● 1 个地区都稳，全部留在本方阵"
    assert words.close(PAIRS, NAMES) == "≈ 差异不显著：乙县与丙县（38%）；括号内为后一位持平或反超的情形"
    assert words.close(PAIRS.head(1), NAMES) == "相邻两位都拉得开，没有名次接近的"


def test_the_note_beside_a_ranking():
    assert (
        words.note(FRAME, PAIRS, NAMES, "25%")
        == "权重上下浮动 25%：≈ 乙县与丙县名次接近、差异不显著；◆ 方阵不稳：乙县。"
    )
    firm = words.note(FRAME[FRAME["firm"]], PAIRS.head(1), NAMES, "25%")
    assert firm == "权重上下浮动 25%：相邻名次都拉得开；各地方阵都稳。"
    assert words.note(FRAME.head(1), PAIRS.head(0), NAMES, "25%") == ""


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (moved(tax=0, credit=0), "不变"),
        (moved(tax=-1, credit=-2, trade=-2), "▼2（信贷等 2 项）"),
        (moved(tax=-1, credit=3, trade=0), "▼1（纳税）　▲3（信贷）"),
        (moved(tax=None, credit=1), "▲1（信贷）"),
        (moved(tax=None), "—"),
        (moved(), "—"),
    ],
)
def test_what_leaving_one_out_does(rows, said):
    assert words.without(rows, LABELS) == said


def test_what_other_methods_say():
    rows = pd.DataFrame({"rank": [7.0, 8, None], "score": [50.0, 40, 0]})
    zero = "；几何、调和平均下有一项得 0 分，总分就是 0，分不出名次"
    assert words.methods(rows, "甲县") == "2 种方法下甲县在第 7–8" + zero
    assert words.methods(rows.head(1), "甲县") == "1 种方法下甲县都列第 7"
    assert words.methods(rows.tail(1), "甲县") == "甲县都没有名次"


def test_chart_rows():
    rows = tables.place_range_rows(FRAME, PAIRS, NAMES, "b")
    assert rows["label"].tolist() == ["1  甲县", "▶ 2  乙县", "3  丙县"]
    assert rows["shown"].tolist() == [
        "第 1　● 稳",
        "第 2–3　◆ 留住 62%",
        "第 2–3　● 稳　≈ 上一位",
    ]
    assert rows[["low", "high"]].to_numpy().tolist() == [[1, 2], [1, 3], [2, 3]]
    assert rows["left"].tolist() == pytest.approx([0.66, 1.66, 1.66])
    assert rows["right"].tolist() == pytest.approx([1.34, 3.34, 3.34])
    assert rows[["focus", "firm", "first"]].to_numpy().tolist() == [[0, 1, 1], [1, 0, 0], [0, 1, 0]]
    assert rows["detail"][1] == "乙县现在第 2，90% 的情形在第 2–3，全部在第 1–3，62% 的情形留在第一方阵"


@pytest.mark.parametrize(
    ("cuts", "last", "bounds"),
    [
        ((4, 8), 12, (("第一方阵", 1, 4), ("第二方阵", 5, 8), ("第三方阵", 9, 12))),
        ((4, 8), 7, (("第一方阵", 1, 4), ("第二方阵", 5, 7))),
        ((4, 8), 3, (("第一方阵", 1, 3),)),
    ],
)
def test_tiers_end_where_places_end(cuts, last, bounds):
    assert tables.tier_bounds(cuts, last) == bounds


def test_the_table():
    dropped = pd.concat(moved(tax=by, credit=0).assign(region=region) for region, by in (("a", 0), ("b", -1), ("c", 1)))
    swapped = pd.DataFrame({"region": ["a", "b", "b", "c"], "rank": [1.0, 2, 3, None]})
    table = tables.stability_table(FRAME, SHARES, dropped, swapped, NAMES, LABELS, ["score:a", "score:b", ""])
    assert list(table.values) == [
        "名次",
        "地区",
        "第一方阵（%）",
        "第二方阵（%）",
        "方阵",
        "去掉一项指标",
        "换计分方法",
    ]
    assert table.values["第二方阵（%）"].tolist() == pytest.approx([0, 38, 99.6])
    assert table.values["方阵"].tolist() == ["● 稳", "◆ 不稳", "● 稳"]
    assert table.values["去掉一项指标"].tolist() == ["不变", "▼1（纳税）", "▲1（纳税）"]
    assert table.values["换计分方法"].tolist() == ["第 1", "第 2–3", "—"]
    assert (table.source(0, "名次"), table.source(2, "名次")) == ("score:a", "")


def test_only_what_changes_the_place_is_listed_the_dearest_first():
    table = tables.dropped_table(moved(tax=1, credit=0, trade=-3), LABELS)
    assert table.values.to_dict("list") == {
        "去掉的指标": ["跨境", "纳税"],
        "名次": [8.0, 4.0],
        "名次变化": ["▼3", "▲1"],
        "方阵": ["第二方阵", "第二方阵"],
    }
    assert len(tables.dropped_table(moved(tax=None, credit=0), LABELS)) == 0


def test_every_method_has_its_cell():
    rows = pd.DataFrame(
        {
            "code": ["frontier/arithmetic", "frontier/geometric", "rank/harmonic"],
            "score": [50.0, 0.0, float("nan")],
            "rank": [8.0, None, None],
        }
    )
    table = tables.method_table(rows).values.set_index("标准化")
    assert table.loc["前沿距离（现用）"].tolist() == ["第 8", "0 分，分不出", "不适用"]
    assert table.loc["名次百分位", "调和平均"] == "—"
    assert table.loc["标准分", "几何平均"] == "不适用"
