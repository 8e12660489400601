"""目标进度: where the documents put each target, every view and filter, and what people add."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from lib.store import catalog
from lib.store.targets import add_present, add_target, milestones, set_milestones
from tests.pages.conftest import conclusion, drawn_tables, text_of
from tests.unit.store.test_targets import GOAL, NOW

PAGE = "benchmark/targets.py"


def status_of(at, name, scope):
    table = at.table[0].value
    return table[table["目标事项"] == name + (f"（{scope}）" if scope else "")].iloc[0]


@pytest.mark.parametrize(
    ("name", "scope", "status", "words"),
    [
        ("企业开办时间", "", "已达标", "按 8 小时 = 1 工作日折算"),
        ("工程建设项目审批时限", "", "已达标", ""),
        ("平顶山海关开关运营", "", "已达标", "去年12月,平顶山海关开关运营"),
        ("用水报装时间", "", "已达标", ""),
        ("一张身份证办理事项", "", "已达标", "“项”与“个”同按个数计"),
        ("低压用户平均接电时长", "", "口径不一致", "未写明是否同一口径"),
        ("高压用户报装平均时长（不含配套施工）", "", "口径不一致", "未写明是否同一口径"),
        ("一般登记办理时间", "", "已达标", "按 8 小时 = 1 工作日折算"),
        ("一般登记办理时间", "市本级", "口径不一致", "口径不同"),
    ],
)
def test_targets_stand_where_the_documents_put_them(visit, name, scope, status, words):
    row = status_of(visit("benchmark/targets.py"), name, scope)
    assert row["状态"] == status
    assert words.replace("“", "").replace("”", "") in re.sub(r"[\\“”]", "", row["说明"])


def test_targets_without_a_value_are_listed_openly(visit):
    at = visit("benchmark/targets.py")
    missing = at.dataframe[0].value
    assert f"还有 {len(missing)} 项没有现值" in conclusion(at)
    assert "抵押登记办理时间" in set(missing["目标事项"])
    assert len(missing) + len(at.table[0].value) == 48
    assert "文件原文数据" in text_of(at)
    assert "演示数据" not in text_of(at)


def test_targets_can_be_filtered_by_owner_and_status(visit):
    at = visit("benchmark/targets.py")
    at.selectbox(key="owner").set_value("市税务局").run()
    assert set(at.dataframe[0].value["责任单位"]) == {"市税务局"}
    assert any("没有符合条件" in part.value for part in at.info)
    at.selectbox(key="owner").set_value("全部").run()
    at.button_group(key="status").set_value(["已达标"]).run()
    assert set(at.table[0].value["状态"]) == {"已达标"}
    assert any("都有现值" in part.value for part in at.info)


def charts_of(at):
    return {title: chart["datasets"]["rows"] for title, (chart, _) in at.session_state["_outputs"].charts.items()}


def test_targets_can_be_filtered_by_deadline_and_day(visit):
    at = visit(PAGE, day="2020-12-10")
    at.button_group(key="due").set_value(["30 天内"]).run()
    listed = drawn_tables(at)
    assert set(listed["待补报现值的目标"]["期限"]) == {"2020.12.31"}
    assert "现值和目标（最急的在前）" not in listed
    at.button_group(key="due").set_value(["未写"]).run()
    assert drawn_tables(at)["待补报现值的目标"]["目标事项"].tolist() == ["达到标杆水平期限"]


def test_a_status_left_by_another_page_is_dropped(visit):
    at = visit()
    at.session_state["status"] = ["待整改", "已达标"]
    at.switch_page(PAGE).run()
    assert at.button_group(key="status").value == ["已达标"]


def test_the_goal_of_another_place_is_shown_apart(visit):
    at = visit(PAGE)
    elsewhere = next(t for title, t in drawn_tables(at).items() if title.startswith("外地"))
    assert elsewhere["地方"].tolist() == ["上海"]
    assert "48 项目标中" in conclusion(at)


def test_bullets_have_a_row_for_what_can_be_drawn_under_its_department(visit):
    at = visit(PAGE, targets="子弹图")
    rows = next(iter(charts_of(at).values()))
    bars = rows[rows["role"] == "target"].set_index("label")
    assert len(bars) == 10
    # 1 workday over 7 hours is 8/7; a bar ends at 120; a bound that meets the goal exactly is 100.
    assert bars.at["企业开办时间　≤ 1 日", "value"] == pytest.approx(800 / 7)
    assert (bars.at["用水报装时间　≤ 3 工作日", "value"], bars.at["工程建设项目审批时限　≤ 72 工作日", "value"]) == (
        120,
        100,
    )
    assert rows["label"].iloc[0] == "■ 市市场监管局"
    assert "画不出来的：口径不一致 4 项、有目标无现值 34 项" in text_of(at)


def test_the_wall_has_every_target_once_over_its_screens(visit):
    at = visit(PAGE, targets="作战图")
    seen = []
    for screen in at.button_group(key="screen").options:
        at.button_group(key="screen").set_value(screen).run()
        rows = charts_of(at)["挂图作战：各季度应到的目标（浅色为里程碑）"]
        assert rows["period"].unique().tolist() == [f"{year}Q{n}" for year in (2019, 2020, 2021) for n in (1, 2, 3, 4)]
        names = [label for label in rows["label"].unique() if not label.startswith("■")]
        assert rows["label"].nunique() <= 21
        seen += names
    assert len(seen) == len(set(seen)) == 48


def test_counties_are_marked_as_made_up_and_a_click_opens_the_value(visit, seeded):
    at = visit(PAGE, targets="分县", day="2021-01-01")
    title, rows = next(iter(charts_of(at).items()))
    assert "演示数据" in title
    assert "演示数据，不是真实情况" in conclusion(at)
    cell = rows[rows["label"].str.startswith("企业开办时间") & (rows["place"] == "宝丰县")].iloc[0]
    assert cell["cell"] == "value:start_business.time:410421:2020-Q4"
    only = rows[rows["label"].str.startswith("一般登记办理时间（有条件的县（市））") & (rows["state"] != "")]
    assert set(only["place"]) == {"宝丰县", "叶县", "鲁山县", "郏县", "舞钢市", "汝州市"}
    assert not rows["label"].str.contains("市本级").any()


def test_whom_to_call_counts_every_owner(visit):
    at = visit(PAGE, targets="今天找谁", day="2022-03-01")
    table = next(iter(drawn_tables(at).values())).set_index("责任单位")
    assert (table.at["市税务局", "无现值"], table.at["市税务局", "逾期"]) == ("7", "—")
    assert "已过 425 天" in table.at["市税务局", "最急的一项"]
    assert set(table["联系人"]) == {"没有登记"}
    assert f"要找 {len(table)} 个单位" in conclusion(at)


def test_a_present_value_that_is_added_moves_its_target_and_leaves_again(visit, house):
    number = add_present(house, NOW, user="王强")
    at = visit(PAGE)
    row = status_of(at, "普通注销登记时间", "")
    assert (row["状态"], "期限已到，仍未达到" in row["说明"]) == ("逾期未达标", True)
    at.text_input(key="user").set_value("王强").run()
    at.button(key=f"remove-{number}").click().run()
    assert number not in set(catalog.table(house, "fact")["id"])
    assert "普通注销登记时间" in set(drawn_tables(at)["待补报现值的目标"]["目标事项"])


def test_a_present_value_is_added_by_the_form_after_every_problem_was_told(visit, house):
    at = visit(PAGE)
    at.text_input(key="user").set_value("王强").run()
    at.selectbox(key="present_target").set_value("F039").run()
    press(at, "补报现值")
    assert {"要填一个不小于 0 的数", "要抄下原文"} <= set(re.split("[：\n]", at.error[0].value))
    at.number_input(key="present_value-0").set_value(0.5)
    at.text_input(key="present_period-0").set_value("2021年")
    document(at, "present")
    press(at, "补报现值")
    assert "已补报现值 U1" in at.success[0].value
    assert status_of(at, "普通注销登记时间", "")["状态"] == "已达标"


def press(at, label):
    next(each for each in at.button if each.label == label).click().run()


def document(at, what):
    for name, value in {"title": "工作总结", "issuer": "市营商办", "day": "2022-01-05", "origin": "公文"}.items():
        at.text_input(key=f"{what}_{name}-0").set_value(value)
    at.text_area(key=f"{what}_quote-0").set_value("原文如此")


def test_a_target_with_a_cut_is_added_by_the_form_and_shows_its_formula(visit, house):
    at = visit(PAGE, owner="平顶山供电公司")
    at.text_input(key="user").set_value("李敏").run()
    at.selectbox(key="goal_measure-0").set_value("electricity.time_low")
    at.selectbox(key="goal_op-0").set_value("cut").run()
    at.number_input(key="goal_value-0").set_value(30.0)
    at.number_input(key="goal_baseline-0").set_value(5.0)
    at.text_input(key="goal_base-0").set_value("2025年")
    at.date_input(key="goal_deadline-0").set_value("2030-12-31")
    at.multiselect(key="goal_owners-0").set_value(["power_supply"])
    document(at, "goal")
    press(at, "新增目标")
    assert "已新增目标 U1" in at.success[0].value
    row = next(
        frame
        for frame in drawn_tables(at).values()
        if "说明" in frame and "低压用户平均接电时长" in set(frame["目标事项"])
    )
    row = row[row["期限"] == "2030.12.31"].iloc[0]
    assert row["目标"] == "≤ 3.5 工作日"
    assert "比2025下降 30%：5 ×（1 − 30%）= 3.5 工作日" in row["说明"]


def test_milestones_are_proposed_on_the_straight_line_and_saved(visit, house):
    add_target(house, GOAL, user="甲")
    at = visit(PAGE, day="2026-05-01")
    assert "按直线推算" in text_of(at)
    at.text_input(key="user").set_value("甲").run()
    at.button(key="save_marks").click().run()
    kept = milestones(house)
    assert kept["due"].tolist() == ["2026-06-30", "2026-09-30"]
    # From 5 at the end of 2025 to 3 at the end of 2026: 181 and 273 of 365 days.
    assert kept["value"].tolist() == pytest.approx([5 - 2 * 181 / 365, 5 - 2 * 273 / 365])


def test_a_milestone_without_a_day_is_told_and_nothing_is_saved(visit, house, monkeypatch):
    add_target(house, GOAL, user="甲")
    monkeypatch.setattr("streamlit.data_editor", lambda table, **_: pd.concat([table, table.assign(截至=pd.NaT)[:1]]))
    at = visit(PAGE, day="2026-05-01")
    at.text_input(key="user").set_value("甲").run()
    at.button(key="save_marks").click().run()
    assert "第 3 行有数，没有日期" in at.error[0].value
    assert milestones(house).empty


def test_a_countys_own_target_is_judged_by_its_values_and_says_that_they_are_made_up(visit, house):
    add_target(house, GOAL, user="甲")
    set_milestones(house, "U1", {"2026-06-30": 4.0}, user="甲")
    at = visit(PAGE)
    row = next(t.value for t in at.table if "现值" in t.value)
    row = row[row["目标"].str.contains("3 工作日") & row["期限"].str.contains("2026")].iloc[0]
    assert "演示数据" in row["现值"]
    assert "现值是演示数据，不是真实情况" in row["说明"]
    assert row["目标事项"].startswith("宝丰县")
    assert "49 项目标中" in conclusion(at)
