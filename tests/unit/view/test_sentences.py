"""The conclusions, word for word."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.view import sentences
from lib.view.subject import Subject

NAN = float("nan")
NAMES = {"A": "宝丰县", "B": "郏县", "C": "鲁山县", "D": "叶县", "E": "舞钢市"}
PERIOD = "2020年三季度"


def standings(*rows: tuple[str, float, float, float]) -> pd.DataFrame:
    """A movement frame: region, rank, score, rank_change."""
    return pd.DataFrame(list(rows), columns=["region", "rank", "score", "rank_change"])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            standings(("A", 1, 87.46, 1), ("B", 2, 80, -1), ("C", 3, 40.4, 0)),
            "2020年三季度，宝丰县总分列第 1（87.5 分），首尾相差 47.1 分；与上期相比，宝丰县上升 1 位最多，郏县下降 1 位最多。",
        ),
        (  # two share the first place, two rose alike, nobody else moved
            standings(("A", 1, 80, 2), ("B", 1, 80, 2), ("C", 3, 60, 0)),
            "2020年三季度，宝丰县、郏县总分列第 1（80.0 分），首尾相差 20.0 分；与上期相比，宝丰县、郏县上升 2 位最多。",
        ),
        (  # more than three alike are counted
            standings(("A", 1, 80, 0), *((region, 2, 60, -1) for region in "BCDE")),
            "2020年三季度，宝丰县总分列第 1（80.0 分），首尾相差 20.0 分；与上期相比，郏县、鲁山县、叶县等 4 地下降 1 位最多。",
        ),
        (  # three are still named
            standings(("A", 1, 80, 0), *((region, 2, 60, -1) for region in "BCD")),
            "2020年三季度，宝丰县总分列第 1（80.0 分），首尾相差 20.0 分；与上期相比，郏县、鲁山县、叶县下降 1 位最多。",
        ),
        (
            standings(("A", 1, 80, 0), ("B", 2, 60, 0)),
            "2020年三季度，宝丰县总分列第 1（80.0 分），首尾相差 20.0 分；各地名次与上期相同。",
        ),
        (  # nothing to compare with
            standings(("A", 1, 80, NAN), ("B", 2, 60, NAN), ("C", NAN, NAN, NAN)),
            "2020年三季度，宝丰县总分列第 1（80.0 分），首尾相差 20.0 分。",
        ),
        (standings(("A", NAN, NAN, NAN)), "2020年三季度，总分没有可排名的数据。"),
        (standings(), "2020年三季度，总分没有可排名的数据。"),
    ],
)
def test_ranking(rows: pd.DataFrame, expected: str) -> None:
    assert sentences.ranking(rows, NAMES, PERIOD, "总分") == expected


LABELS = {"a": "开办企业", "b": "获得电力", "c": "纳税", "d": "获得信贷"}
LOSSES = pd.DataFrame({"code": list("dabc"), "lost": [3.14, 2.0, 0.25, 0.1]})


def standing(rank: float, change: float) -> pd.Series:
    return pd.Series({"rank": rank, "tier": 1.0, "score": 80.25, "rank_change": change})


@pytest.mark.parametrize(
    ("row", "losses", "expected"),
    [
        (
            standing(3.0, 2.0),
            LOSSES,
            "宝丰县 2020年三季度列第 3（第一方阵，80.3 分），比上期上升 2 位；"
            "失分最多的是获得信贷（失 3.1 分）、开办企业（失 2.0 分）、获得电力（失 0.3 分）。",
        ),
        (
            standing(3.0, NAN),
            LOSSES.head(1),
            "宝丰县 2020年三季度列第 3（第一方阵，80.3 分）；失分最多的是获得信贷（失 3.1 分）。",
        ),
        (standing(3.0, 0.0), LOSSES.head(0), "宝丰县 2020年三季度列第 3（第一方阵，80.3 分），与上期持平。"),
        (standing(NAN, NAN), LOSSES, "宝丰县 2020年三季度数据不足，没有名次。"),
    ],
)
def test_county(row: pd.Series, losses: pd.DataFrame, expected: str) -> None:
    assert sentences.county(row, losses, LABELS, "宝丰县", PERIOD) == expected


def test_county_leaves_out_what_is_missing() -> None:
    losses = pd.DataFrame({"code": ["a", "b"], "lost": [1.0, NAN]})
    assert sentences.county(standing(3.0, -1.0), losses, LABELS, "宝丰县", PERIOD) == (
        "宝丰县 2020年三季度列第 3（第一方阵，80.3 分），比上期下降 1 位；失分最多的是开办企业（失 1.0 分）。"
    )


def test_a_county_that_loses_nothing_is_not_said_to_lose() -> None:
    losses = pd.DataFrame({"code": ["a", "b"], "lost": [0.04, 0.0]})
    assert sentences.county(standing(3.0, -1.0), losses, LABELS, "宝丰县", PERIOD) == (
        "宝丰县 2020年三季度列第 3（第一方阵，80.3 分），比上期下降 1 位。"
    )


def parts(*rows: tuple[str, float]) -> pd.DataFrame:
    """The parts of a gap, the largest first, with their share of all that is behind."""
    table = pd.DataFrame(list(rows), columns=["code", "part"])
    behind = table["part"].where(table["part"] > 0)
    return table.assign(share=behind / behind.sum())


BOTH = ("宝丰县", "郏县")


@pytest.mark.parametrize(
    ("scores", "places", "rows", "when", "of", "expected"),
    [
        (
            (40.0, 52.34),
            (5.0, 2.0),
            parts(("a", 9.0), ("b", 3.0)),
            "按现有速度赶不上",
            2,
            "宝丰县总分比郏县低 12.3 分，名次差 3 位；差得最多的是开办企业（占落后分的 75%）；按现有速度赶不上。",
        ),
        (
            (52.0, 42.0),
            (2.0, 5.0),
            parts(("a", 1.0), ("d", -11.0)),
            "",
            53,
            "宝丰县总分比郏县高 10.0 分（只算可比的 2 项，共 53 项），名次前 3 位；仍落后最多的是开办企业（占落后分的 100%）。",
        ),
        ((50.0, 50.0), (2.0, 2.0), parts(("d", 0.0)), "", 1, "宝丰县总分与郏县持平。"),
        (
            (50.0, 60.0),
            (2.0, NAN),
            parts(("a", 10.0)),
            "",
            1,
            "宝丰县总分比郏县低 10.0 分；差得最多的是开办企业（占落后分的 100%）。",
        ),
        ((NAN, NAN), (NAN, NAN), parts(), "", 1, "宝丰县与郏县没有可以比较的测度。"),
    ],
)
def test_a_benchmark_in_one_breath(
    scores: tuple, places: tuple, rows: pd.DataFrame, when: str, of: int, expected: str
) -> None:
    said = sentences.benchmarked("总分", BOTH, scores, places, rows, LABELS, PERIOD, when, of)
    assert said == f"2020年三季度，{expected}"


def test_what_the_benchmark_does_better() -> None:
    rows = pd.DataFrame({"code": ["m", "r", "m"], "gap": [2.0, 1.5, 1.0]})
    about = {
        "m": Subject("m", "办电环节", "个", 0, False, True),
        "r": Subject("r", "网上办税率", "%", 1, True, True),
    }
    assert (
        sentences.better(rows, about, "郏县")
        == "郏县有 3 项更好，最突出的是办电环节（好 2 个）、网上办税率（好 1.5 个百分点）"
    )
    assert sentences.better(rows.head(0), about, "郏县") == "郏县没有一项比我们好"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            parts(("a", 5.0), ("b", 3.0), ("c", 1.0), ("d", 1.0), ("e", -2.5)),
            "4 项落后，共 10.00 分，前 3 项占 90%；1 项领先，找回 2.50 分",
        ),
        (parts(("a", 5.0)), "1 项落后，共 5.00 分"),
        (parts(("a", -5.0)), "没有落后的测度"),
    ],
)
def test_what_explains_a_gap(rows: pd.DataFrame, expected: str) -> None:
    assert sentences.explained(rows) == expected


def test_a_small_share_keeps_a_decimal() -> None:
    assert "占落后分的 5.0%" in sentences.benchmarked(
        "总分", BOTH, (1.0, 2.0), (1.0, 1.0), parts(*[("a", 1.0)] * 20), LABELS, PERIOD, "", 20
    )


def test_how_many_lagging_measures_have_which_outlook() -> None:
    found = ["按现有速度赶不上", "推算值超出可能范围，不作预测", "按现有速度赶不上"]
    assert sentences.outlooks(found) == "3 项落后里，按现有速度赶不上 2 项，推算值超出可能范围 1 项"
    assert sentences.outlooks([]) == "没有落后的测度"


def test_how_statements_compare() -> None:
    rows = pd.DataFrame({"comparable": [True, True, True, False], "gap": [1.0, 0.0, 2.0, NAN]})
    assert sentences.compared(rows, "平顶山市", "北京") == (
        "平顶山市与北京有 3 个数值能直接比较：落后 2 项，持平 1 项；另有 1 个不作比较"
    )
    assert sentences.compared(rows.tail(1), "平顶山市", "北京") == "平顶山市与北京没有一个数值能直接比较"


def test_city() -> None:
    places = pd.DataFrame({"period": ["2019", "2020"], "value": [9.0, 10.0]})
    weak = pd.DataFrame({"code": list("abcdefghij")})
    assert sentences.city(places, weak) == (
        "平顶山市在全省营商环境评价中：2019 年第 9，2020 年第 10；第37期通报点名 10 个短板指标。"
    )


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (
            ["已达标", "逾期未达标", "滞后", "有风险", "正常推进", "有目标无现值", "有目标无现值", "口径不一致"],
            "8 项目标中，已达标 1 项，逾期、滞后或有风险 3 项，正常推进 1 项；"
            "还有 2 项没有现值、1 项口径不一致，无法判断。",
        ),
        (["已达标", "已达标"], "2 项目标中，已达标 2 项。"),
        ([], "0 项目标中，已达标 0 项。"),
    ],
)
def test_targets(statuses: list[str], expected: str) -> None:
    assert sentences.targets(pd.DataFrame({"status": statuses}, dtype=object)) == expected


@pytest.mark.parametrize(
    ("before", "after", "moved", "expected"),
    [
        (
            (52.5, 6.0, 2.0),
            (95.0, 1.0, 1.0),
            2,
            "改动 2 项后，宝丰县总分 52.50 → 95.00（+42.50），名次第 6 → 第 1（▲5），由第二方阵升入第一方阵。",
        ),
        (
            (52.5, 4.0, 1.0),
            (40.25, 7.0, 2.0),
            1,
            "改动 1 项后，宝丰县总分 52.50 → 40.25（\N{MINUS SIGN}12.25），名次第 4 → 第 7（▼3），由第一方阵落到第二方阵。",
        ),
        (
            (52.5, 4.0, 1.0),
            (53.0, 4.0, 1.0),
            1,
            "改动 1 项后，宝丰县总分 52.50 → 53.00（+0.50），名次第 4 → 第 4（不变），仍在第一方阵。",
        ),
        (
            (52.5, 4.0, 1.0),
            (52.5, 4.0, 1.0),
            0,
            "宝丰县现在 52.50 分，列第 4（第一方阵）。拖动下面的滑块，看名次怎么变。",
        ),
    ],
)
def test_what_if(before: tuple, after: tuple, moved: int, expected: str) -> None:
    assert sentences.what_if(before, after, "宝丰县", moved) == expected


@pytest.mark.parametrize("moved", [0, 1])
def test_without_a_total_there_is_nothing_to_move(moved: int) -> None:
    nothing = (NAN, NAN, NAN)
    assert sentences.what_if(nothing, (50.0, 3.0, 1.0), "宝丰县", moved) == "宝丰县本期没有得分，无法推演。"


def test_unranked_says_who_and_why() -> None:
    rows = standings(("A", 1, 87, 1), ("B", NAN, NAN, NAN), ("C", NAN, NAN, NAN))
    assert sentences.unranked(rows, NAMES, {"A": (3, 3), "B": (0, 3), "C": (1, 3)}) == (
        "无名次，没有画出：郏县（3 项测度都没有数值）、鲁山县（3 项测度只报了 1 项，不够计分）。缺数不按 0 分算。"
    )
    assert sentences.unranked(rows.head(1), NAMES, {"A": (3, 3)}) == ""


def test_shared_names_the_counties_whose_change_leaves_measures_out() -> None:
    rows = pd.DataFrame({"region": ["A", "B"], "shared": [False, True]})
    assert sentences.shared(rows, NAMES) == "变化按两期都有的测度计算，只有一期有数的测度不计入：郏县。"
    assert sentences.shared(rows.head(1), NAMES) == ""


HEADS = {"m": "企业开办", "n": "纳税", "2019": "2019年", "2020": "2020年"}


def grid(*cells: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(list(cells), columns=["region", "column", "score"])


def test_heat_names_the_weakest_and_the_widest() -> None:
    cells = grid(("A", "m", 50), ("B", "m", 40), ("A", "n", 90), ("B", "n", 20))
    assert sentences.heat(cells, HEADS, NAMES, PERIOD, "总分") == (
        "2020年三季度，总分下的 2 项里，平均得分最低的是企业开办（45.0 分），各地差得最多的是纳税（宝丰县 90.0，郏县 20.0）。"
    )
    holed = grid(("A", "m", 50), ("B", "m", NAN))
    assert sentences.heat(holed, HEADS, NAMES, PERIOD, "总分").endswith("；缺 1 格。")
    assert sentences.heat(holed.tail(1), HEADS, NAMES, PERIOD, "总分") == "2020年三季度，总分没有得分。"


def test_heat_over_time_names_who_has_gained_and_lost_most() -> None:
    cells = grid(("A", "2019", 50), ("A", "2020", 62), ("B", "2019", 40), ("B", "2020", 30))
    assert sentences.heat_over_time(cells, HEADS, NAMES, "总分") == (
        "2019年 到 2020年，总分宝丰县升得最多（+12.0 分），郏县降得最多（\N{MINUS SIGN}10.0 分）。"
    )
    assert (
        sentences.heat_over_time(cells[cells["column"] == "2020"], HEADS, NAMES, "总分") == "总分只有 2020年 一期可看。"
    )


def test_the_focus_region_is_named_unless_it_leads() -> None:
    rows = pd.DataFrame(
        {"region": ["A", "B"], "score": [90.0, 60.0], "rank": [1, 2], "rank_change": [float("nan")] * 2}
    )
    said = sentences.ranking(rows, {"A": "宝丰县", "B": "郏县"}, "2020年", "总分", "B")
    assert said == "2020年，宝丰县总分列第 1（90.0 分），郏县列第 2（60.0 分），首尾相差 30.0 分。"
    assert "郏县" not in sentences.ranking(rows, {"A": "宝丰县", "B": "郏县"}, "2020年", "总分", "A")
