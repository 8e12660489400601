"""寻标: the opening sentence, the reasons in words, the lines of the chart, and who states what."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.model import Direction, Measure
from lib.view import sentences, tables
from lib.view.subject import Subject
from tests.unit.core.build import NAN
from tests.unit.core.facts import benchmark, frame

DAYS = Subject("days", "接电时长", "工作日", 1, False, True)
SHARE = Subject("share", "网办率", "%", 1, True, True)
NAMES = {"A": "甲县", "B": "乙县", "C": "丙县", "D": "丁县"}


def contender(region: str, value: float, place: float, lead: float, **more: object) -> dict[str, object]:
    usual = {"slope": -0.5, "pace": 0.5, "start": 9.0, "start_ours": 12.0, "start_period": "2018-Q1", "apart": 3.0}
    return {"region": region, "value": value, "place": place, "lead": lead, **usual, **more}


ROWS = pd.DataFrame([contender("B", 4, 1, 6), contender("C", 7.5, 2, 2.5), contender("A", 10, 3, 0)])
PLACES = (["北京", "上海"], (7, 1))


@pytest.mark.parametrize(
    ("worth", "nation", "words"),
    [
        (
            {"B": ("最优",), "C": ("最近的领先者", "进步最快")},
            PLACES,
            "接电时长：甲县 2020年列第 3（10.0 工作日）；横向最优是乙县（领先 6.0 工作日），最近的是丙县（领先 2.5 工作日）；"
            "纵向有北京、上海的 7 个数值，1 个能与平顶山市直接比较。",
        ),
        (
            {"B": ("最优", "最近的领先者")},
            ([], (0, 0)),
            "接电时长：甲县 2020年列第 3（10.0 工作日）；横向最优、也最近的是乙县（领先 6.0 工作日）；纵向还没有收录标杆数值。",
        ),
        (
            {},
            (["北京"], (2, 0)),
            "接电时长：甲县 2020年列第 3（10.0 工作日）；横向没有领先的地方；纵向有北京的 2 个数值，都不能与平顶山市直接比较。",
        ),
    ],
)
def test_the_opening_sentence(worth, nation, words):
    assert sentences.seek(ROWS, worth, NAMES, "2020年", "A", DAYS, *nation) == words


def test_without_our_value_the_best_has_no_lead():
    rows = ROWS.assign(lead=NAN)
    rows.loc[2, ["value", "place"]] = NAN
    said = sentences.seek(rows, {"B": ("最优",)}, NAMES, "2020年", "A", DAYS, [], (0, 0))
    assert said == "接电时长：甲县 2020年缺数；横向最优是乙县；纵向还没有收录标杆数值。"


@pytest.mark.parametrize(
    ("why", "slope", "words"),
    [
        ("最优", -1.0, "本期全市最好。"),
        ("最近的领先者", -1.0, "领先的各地里离甲县最近，只差 6.0 工作日。"),
        ("进步最快", -0.125, "领先的各地里进步最快：每期减少 0.50 工作日；甲县每期减少 0.13 工作日。"),
        ("进步最快", 0.001, "领先的各地里进步最快：每期减少 0.50 工作日；甲县每期不变。"),
        ("进步最快", NAN, "领先的各地里进步最快：每期减少 0.50 工作日。"),
        ("起点最像", -1.0, "起点和甲县相近，领先的一半以上是后来拉开的：2018年一季度 9.0 工作日，甲县 12.0 工作日。"),
    ],
)
def test_a_reason_in_words_with_its_figures(why, slope, words):
    assert sentences.worth(why, ROWS.iloc[0], "甲县", DAYS, slope) == words


def test_a_pace_between_shares_is_in_percentage_points():
    row = pd.Series(contender("B", 90, 1, 6, slope=1.5))
    assert sentences.worth("进步最快", row, "甲县", SHARE, 0.25).endswith(
        "每期提高 1.50 个百分点；甲县每期提高 0.25 个百分点。"
    )


def test_lines_have_roles_names_at_their_ends_and_marked_starts():
    values = pd.DataFrame(
        [(region, period, float(value)) for period, row in {"2020": (10, 4, 4.1, 8), "2019": (12, 9, 9, 9)}.items()
         for region, value in zip("ABCD", row, strict=True)],
        columns=["region", "period", "value"],
    )  # fmt: skip
    periods = {"2019": "2019年", "2020": "2020年"}
    found = tables.course_rows(
        values, periods, NAMES, "A", {"C": "最优", "B": ""}, {"A": ["2019"], "C": ["2019"]}, DAYS
    )
    assert list(found["period"]) == ["2019年"] * 4 + ["2020年"] * 4
    assert list(found["region"]) == ["D", "A", "B", "C"] * 2
    assert dict(zip(found["region"], found["role"], strict=True)) == {
        "A": "focus",
        "B": "second",
        "C": "first",
        "D": "other",
    }
    ends = found[found["at"].notna()]
    assert dict(zip(ends["region"], ends["end"], strict=True)) == {
        "A": "甲县 10.0",
        "B": "乙县 4.0",
        "C": "丙县 4.1（最优）",
    }
    assert set(ends["period"]) == {"2020年"}
    # 4.0 and 4.1 are too near for two lines of words on a plot that is 8 high.
    at = dict(zip(ends["region"], ends["at"], strict=True))
    assert at["C"] - at["B"] == pytest.approx(0.075 * 8)
    assert list(found.loc[found["start"] == 1, ["region", "period"]].itertuples(index=False, name=None)) == [
        ("A", "2019年"),
        ("C", "2019年"),
    ]


def test_everyone_with_unrounded_numbers_and_their_sources():
    rows = pd.concat([ROWS, pd.DataFrame([contender("D", NAN, NAN, NAN, start=NAN, start_ours=NAN, start_period="")])])
    table = tables.contender_table(rows, NAMES, "A", "2020-Q4", DAYS)
    assert list(table.values["地区"]) == ["乙县", "丙县", "● 甲县", "丁县"]
    assert list(table.shown.iloc[0]) == ["1", "乙县", "4.0", "+6.0", "−0.50", "9.0", "12.0", "2018年一季度"]
    assert table.shown.iloc[2]["领先甲县"] == "—"
    assert table.source(0, "数值（工作日）") == "value:days:B:2020-Q4"
    assert table.source(0, "同期甲县") == "value:days:A:2018-Q1"
    assert table.source(3, "起点") == ""


def test_an_indicator_leads_to_scores():
    about = Subject("t", "总分", "分", 1, True, False)
    table = tables.contender_table(ROWS, NAMES, "A", "2020-Q4", about)
    assert (table.source(0, "得分"), table.source(0, "起点")) == ("score:t:B:2020-Q4", "score:t:B:2018-Q1")


def beside(**given: object) -> dict[str, object]:
    usual = {"code": "days", "region": "N", "ours": 3.0, "ours_op": "=", "ours_text": "", "ours_unit": "工作日"}
    usual |= {
        "ours_period": "2020-12",
        "ours_basis": "",
        "ours_source": "fact:F1",
        "comparable": True,
        "gap": 1.0,
        "gap_percent": 50.0,
        "rule": "",
    }
    return {**usual, **given}


def test_statements_with_the_city_and_the_county_beside_them():
    rows = frame(
        benchmark(id="B1", code="days", region="N", unit="工作日", before=NAN, note="", added=False),
        benchmark(id="B2", code="days", region="M", unit="工作日", note="", added=False),
        benchmark(
            id="U1", code="days", region="M", unit="工作日", before_text="数月", before=NAN, note="李补充", added=True
        ),
    )
    city = frame(
        beside(source="fact:B1", comparable=False, rule="口径不同，不作比较"),
        beside(source="fact:B2", region="M", gap=-0.5, gap_percent=-25.0, rule="按 8 小时 = 1 工作日折算"),
        beside(source="fact:U1", region="M", ours_source="", comparable=False, rule="没有本地现值"),
    )
    county = frame(
        *(
            beside(source=each, gap=0.0, gap_percent=0.0, ours_source="value:days:A:2020-Q4", ours_period="2020-Q4")
            for each in ("fact:B1", "fact:B2", "fact:U1")
        )
    )
    measures = {"days": Measure("days", "接电时长", "工作日", Direction.LOWER)}
    documents, names = {"campaign-2019": "《方案》"}, {"N": "北方", "M": "南方"}

    def table(chosen: str = ""):
        return tables.national_table(rows, city, county, measures, names, documents, "甲县", "2020年四季度", chosen)

    found = table()
    assert list(found.values["标杆地区"]) == ["南方", "北方", "南方（补充）"]
    assert list(found.values["标杆值"]) == [
        f"{each}（2019年10月）" for each in ("6 工作日 → 2 工作日", "2 工作日", "数月 → 2 工作日")
    ]
    assert list(found.values["与平顶山市比"]) == [
        "▲ 领先 0.5 工作日（25.0%）；按 8 小时 = 1 工作日折算",
        "口径不同，不作比较",
        "没有本地现值",
    ]
    assert list(found.values["平顶山市（文件）"]) == ["3 工作日（2020年12月）"] * 2 + ["—"]
    assert list(found.values["与甲县比"]) == ["＝ 持平"] * 3
    assert list(found.values["甲县（2020年四季度）"]) == ["3 工作日"] * 3
    assert found.source(2, "标杆值") == "fact:U1"
    assert found.source(2, "平顶山市（文件）") == ""
    assert found.source(2, "甲县（2020年四季度）") == "value:days:A:2020-Q4"
    assert list(table("N").values["标杆地区"]) == ["● 北方", "南方", "南方（补充）"]
