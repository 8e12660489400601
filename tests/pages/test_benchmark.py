"""对标差距: exact figures, and every control."""

from __future__ import annotations

import re

import pytest

from tests.pages.conftest import conclusion, drawn_tables, text_of
from tests.pages.reckon import totals, values

PERIOD, BAOFENG = "2020-Q4", "410421"


def test_gap_to_the_best_has_unit_percent_points_and_places(visit, seeded):
    at = visit("benchmark/gap.py", region="宝丰县")
    known = values(seeded, PERIOD)
    ours = known[BAOFENG, "electricity.procedures"]
    best = min(value for (_, measure), value in known.items() if measure == "electricity.procedures")
    row = at.dataframe[0].value.set_index("测度").loc["办电环节"]
    assert (row["本地"], row["各项最优"]) == (f"{ours:.0f}", f"{best:.0f}")
    assert row["差距"] == f"落后 {ours - best:.0f}"
    assert row["差距（%）"] == pytest.approx(100 * (ours - best) / best)
    # One measure among those of 获得电力 that have a score, in one of four utilities, in one of sixteen indicators.
    changed = {**known, (BAOFENG, "electricity.procedures"): best}
    points = totals(changed)["宝丰县"] - totals(known)["宝丰县"]
    assert row["可加总分"] == pytest.approx(points)


CITY = "平顶山市（市级，据文件）"


def test_gap_to_another_county_counts_both_ways(visit, seeded):
    at = visit("benchmark/gap.py", region="宝丰县", compare="石龙区")
    known, placed = values(seeded, PERIOD), totals(values(seeded, PERIOD))
    rows = drawn_tables(at)
    table = next(frame for title, frame in rows.items() if "项差距" in title)
    ahead = int(table["差距"].str.startswith("领先").sum())
    assert ahead > 0
    assert f"我们领先的 {ahead} 项" in text_of(at)
    row = table.set_index("测度").loc["优良天数"]
    assert (row["本地"], row["石龙区"]) == (
        f"{known[BAOFENG, 'inclusive.good_air_days']:.0f}",
        f"{known['410404', 'inclusive.good_air_days']:.0f}",
    )
    better = "高" if placed["宝丰县"] > placed["石龙区"] else "低"
    assert f"宝丰县总分比石龙区{better}" in conclusion(at)


def heads(at):
    """What the sections say, by question."""
    found = [re.fullmatch(r"### :primary\[(.+?)\]　(.*)", part.value) for part in at.markdown]
    return {match[1]: match[2] for match in found if match}


def test_four_questions_are_answered_in_order(visit):
    at = visit("benchmark/gap.py", region="宝丰县", compare="石龙区")
    assert list(heads(at)) == ["好在哪", "差在哪", "如何赶上", "何时赶上"]
    assert "项落后，共" in heads(at)["差在哪"]
    assert "项落后里" in heads(at)["何时赶上"]


def test_the_parts_of_the_gap_lead_from_one_score_to_the_other(visit):
    at = visit("benchmark/gap.py", region="宝丰县", compare="石龙区")
    chart = next(chart for title, (chart, _) in at.session_state["_outputs"].charts.items() if "由哪几项组成" in title)
    bars = chart["datasets"]["rows"]
    assert bars["right"].iloc[-2] == pytest.approx(bars["left"].iloc[-1])
    assert bars["left"].iloc[1:-1].to_numpy() == pytest.approx(bars["right"].iloc[:-2].to_numpy())
    # Both lack values, and the page says how the shared scores differ from the published ones.
    assert "因为缺数，这里的得分与公布的不同" in text_of(at)


def test_the_scores_side_by_side_are_a_view_of_their_own(visit):
    at = visit("benchmark/gap.py", region="宝丰县")
    at.button_group(key="gaps").set_value("得分对照").run()
    titles = list(at.session_state["_outputs"].charts)
    assert any(title.startswith("补齐后最能加分的 15 项") for title in titles)
    assert not any("由哪几项组成" in title for title in titles)


def test_one_indicator_is_explained_by_its_own_measures(visit):
    at = visit("benchmark/gap.py", region="叶县", compare="新华区", subject="electricity")
    table = next(frame for title, frame in drawn_tables(at).items() if "项差距" in title)
    assert set(table["测度"]) == {
        "办电环节",
        "低压用户平均接电时长",
        "高压用户报装平均时长（不含配套施工）",
        "10千伏配电线路停运率降幅",
    }
    assert "叶县获得电力得分比新华区低" in conclusion(at)
    assert "差得最多的是办电环节" in conclusion(at)


def test_when_is_drawn_for_one_measure_and_listed_for_all(visit):
    at = visit("benchmark/gap.py", region="宝丰县", compare="石龙区")
    outlooks = next(frame for title, frame in drawn_tables(at).items() if "各自何时赶上" in title)
    box = at.selectbox(key="when")
    assert len(outlooks) == len(box.options)
    assert outlooks["指标"].iloc[0] == "总分"
    assert outlooks["何时赶上"].iloc[0] == "已经领先"
    dated = outlooks["何时赶上"].str.fullmatch("20..年.季度赶上")
    assert f"预计可达 {int(dated.sum())} 项" in heads(at)["何时赶上"]
    # The soonest first, each with its range.
    assert dated.iloc[1 : 1 + int(dated.sum())].all()
    assert outlooks.loc[dated, "可能范围（95%）"].str.startswith("最早 20").all()
    box.set_value("pds-2020").run()
    assert any(title.startswith("总分：宝丰县与石龙区") for title in at.session_state["_outputs"].charts)
    assert "总分：**已经领先**" in text_of(at)


def test_only_periods_up_to_the_one_on_screen_are_projected(visit):
    at = visit("benchmark/gap.py", region="宝丰县", compare="石龙区", period="2018年三季度")
    outlooks = next(frame for title, frame in drawn_tables(at).items() if "各自何时赶上" in title)
    # Three quarters are too few to say, except where we are ahead or level already.
    assert set(outlooks["何时赶上"]) <= {"数据不足", "已经领先", "已达到"}
    assert set(outlooks["起点"]) == {"2018年三季度"}


def test_a_case_opens_a_declaration_with_what_was_chosen(visit):
    at = visit("benchmark/gap.py", region="叶县", compare="新华区", subject="electricity")
    at.button(key="begin-P22").click().run()
    begun = at.session_state["_begun"]
    assert (begun.region, begun.subject, begun.horizontal, begun.practices) == (
        "410422",
        "electricity",
        "新华区",
        ("P22",),
    )
    assert begun.unit


def test_a_declaration_on_the_total_begins_with_the_worst_indicator(visit):
    at = visit("benchmark/gap.py", region="叶县", compare="各项最优")
    at.button(key="begin").click().run()
    begun = at.session_state["_begun"]
    assert begun.subject not in ("", "pds-2020")
    assert (begun.horizontal, begun.practices) == ("", ())


def said(cell: str) -> str:
    """What a cell says that is a link to its source."""
    return re.fullmatch(r"\[(.*)\]\(.*\)", cell).group(1)


def test_vertical_benchmark_compares_steps_and_refuses_an_unstated_scope(visit):
    at = visit("benchmark/gap.py", whose=CITY)
    table = next(t.value for t in at.table if "标杆地区" in t.value)
    steps = table[table["测度"] == "办电环节"].iloc[0]
    assert (said(steps["标杆值"]), steps["比较"]) == ("6 个 → 2 个（不晚于2019年10月）", "持平")
    assert re.search(r"\(\?.*source=fact%3AF\d+\)", steps["标杆值"])
    days = table[table["测度"] == "低压用户平均接电时长"]
    assert set(days["比较"]) == {"本地现值 1.4 天未写明口径，不作比较"}
    assert "文件原文数据" in text_of(at)


def test_the_city_beside_one_place_of_the_nation_and_one_county(visit):
    at = visit("benchmark/gap.py", whose=CITY, subject="electricity", vertical="北京", compare="石龙区")
    assert "平顶山市（市级）与北京有 1 个数值能直接比较：持平 1 项" in conclusion(at)
    assert heads(at)["何时赶上"] == "没有落后的测度"
    assert "文件最多给出平顶山市 1 期，数据不足" in text_of(at)
    nation, county = (t.value for t in at.table if "比较" in t.value)
    level = next(t.value for t in at.table if "何时赶上" in t.value).iloc[0]
    assert (level["指标"], level["何时赶上"], said(level["北京"])) == ("办电环节", "已达到", "2 个")
    assert set(nation["标杆地区"]) == {"北京"}
    low = nation[nation["测度"] == "低压用户平均接电时长"]
    assert [said(cell) for cell in low["标杆值"]] == [
        "141 天 → ≤ 25 天（不晚于2019年10月）",
        "4.74 天（不晚于2019年10月）",
    ]
    assert set(low["比较"]) == {"本地现值 1.4 天未写明口径，不作比较"}
    assert "石龙区（2020年四季度）" in county
    assert county.set_index("测度").loc["办电环节", "比较"].startswith(("领先", "落后", "持平"))
    whole = (
        visit("benchmark/gap.py", whose=CITY, subject="inclusive", compare="石龙区").table[0].value.set_index("测度")
    )
    assert "2020年整段的数值，不与较短时段的数值比较" in whole.loc["优良天数", "比较"]
    title = next(part.value for part in at.markdown if part.value.startswith("**石龙区（2020年四季度）与平顶山市现值"))
    assert "演示数据" in title
    at.button(key="begin").click().run()
    begun = at.session_state["_begun"]
    assert (begun.region, begun.subject, begun.vertical, begun.horizontal) == (
        "410400",
        "electricity",
        "北京",
        "石龙区",
    )


def test_a_place_that_says_nothing_of_another_subject_is_not_kept(visit):
    at = visit("benchmark/gap.py", whose=CITY, subject="electricity", vertical="北京")
    assert at.selectbox(key="vertical").options == ["未选", "北京", "上海"]
    at.selectbox(key="subject").set_value("insolvency").run()
    assert at.selectbox(key="vertical").options == ["未选"]
    assert any("文件没有收录可以对照的数值" in part.value for part in at.info)
    assert heads(at)["何时赶上"] == "数据不足"


def test_national_benchmark_can_be_chosen_for_a_county(visit):
    at = visit("benchmark/gap.py", region="宝丰县", compare="全国标杆")
    table = next(frame for title, frame in drawn_tables(at).items() if "项差距" in title).set_index("测度")
    assert table.loc["办电环节", "全国标杆"] == "2"
    assert "低压用户平均接电时长" not in table.index
    assert "只算可比的 2 项" in conclusion(at)
    # The national benchmark has no total: what is told is when the measure that explains most is caught up with.
    assert "何时赶上数据不足" not in conclusion(at)
    assert re.search(r"；这一项按现有速度20\d\d年.季度赶上", conclusion(at))
    assert "全国标杆只有一个时点的数值，按不再变化推算" in text_of(at)


def test_a_benchmark_without_common_measures_says_so(visit):
    at = visit("benchmark/gap.py", framework="普查背景（2020）", compare="全国标杆")
    assert "没有可以比较的测度" in conclusion(at)
    assert "没有与“总分”同口径的数值" in at.info[0].value


def test_one_period_is_no_trend_and_background_is_nothing_to_declare(visit):
    at = visit("benchmark/gap.py", framework="普查背景（2020）", region="宝丰县")
    assert any("只有 1 期数据，至少要 4 期才能推算" in part.value for part in at.info)
    assert not [button for button in at.button if button.key == "begin"]
