"""方案: saved, opened by its address, tried again, compared, and turned into items of the ledger and targets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lib.model.scenario import Move, Others, Scenario
from lib.store import bulletins, ledger, scenarios
from lib.store.catalog import table
from tests.pages.conftest import conclusion, drawn_tables, text_of

PAGE, VIEW = "benchmark/whatif.py", "方案"
LUSHAN = "410423"
MOVES = (Move(LUSHAN, "start_business.time", 1.0), Move(LUSHAN, "investment.approval_items", 30.0))
TRIED = Scenario("pds-2020", "2020-Q4", LUSHAN, MOVES)
ADDRESS = {"region": "鲁山县", "lab": VIEW, "moves": TRIED.moves_text}
STANDING = {"before": [50.5, 8.0, 2.0], "after": [53.8, 7.0, 2.0]}


def keep(house: Path, name: str = "进一位", tried: Scenario = TRIED) -> int:
    return scenarios.save(house, name, tried, STANDING, user="张三")


def press(at, label: str):
    found = next(button for button in at.button if button.label == label)
    return found.click().run()


def place(sentence: str) -> str:
    return re.findall(r"第 \d+ → 第 \d+", sentence)[0]


def test_nothing_tried_and_nothing_saved_says_how_to_begin(visit) -> None:
    at = visit(PAGE, region="鲁山县", lab=VIEW)
    assert conclusion(at) == "## 还没有保存过推演方案。先在“改数值”“改权重”或“升档反推”里试，再到这里保存。"
    assert not drawn_tables(at)


def test_what_is_tried_is_saved_and_opened(visit, house: Path) -> None:
    at = visit(PAGE, **ADDRESS)
    before = place(conclusion(at))
    assert next(button for button in at.button if button.label == "保存方案").disabled
    at.text_input(key="user").set_value("张三").run()
    at.text_input(key="scenario-0-name").set_value("进一位")
    press(at, "保存方案")
    assert [each.value for each in at.success] == ["已保存“进一位”。"]
    assert place(conclusion(at)) == before and conclusion(at).startswith("## 方案“进一位”：鲁山县")
    (saved,) = scenarios.scenarios(house)
    assert saved.scenario == TRIED
    assert (saved.name, saved.created_by, saved.standing["before"][1]) == ("进一位", "张三", 8.0)


def test_a_name_that_is_taken_is_refused_and_what_was_typed_stays(visit, house: Path) -> None:
    keep(house, tried=Scenario("pds-2020", "2020-Q4", LUSHAN, MOVES[:1]))
    at = visit(PAGE, **ADDRESS)
    at.text_input(key="user").set_value("张三").run()
    at.text_input(key="scenario-0-name").set_value("进一位")
    press(at, "保存方案")
    assert [each.value for each in at.error] == ["没有做成：已经有叫“进一位”的方案，请换个名字。"]
    assert at.text_input(key="scenario-0-name").value == "进一位"
    assert len(scenarios.scenarios(house)) == 1


def test_an_address_opens_a_scenario_wherever_one_looks(visit, house: Path) -> None:
    number = keep(house)
    at = visit(PAGE, scenario=str(number), region="宝丰县", period="2020年三季度")
    assert conclusion(at).startswith("## 方案“进一位”：鲁山县总分 ")
    shown = drawn_tables(at)["改了什么（点现值看来历）"]
    assert shown["改到"].tolist() == [1.0, 30.0] and shown["地区"].tolist() == ["鲁山县", "鲁山县"]
    assert "评价期：2020年四季度" in text_of(at)


def test_it_says_that_the_data_has_moved_since(visit, house: Path) -> None:
    number = scenarios.save(house, "旧的", TRIED, {**STANDING, "after": [99.0, 1.0, 1.0]}, user="张三")
    at = visit(PAGE, scenario=str(number))
    assert next(each.value for each in at.warning).startswith(
        "数据或计分口径在保存后变了：保存时是 50.50 → 99.00 分、第 8 → 第 1，"
    )


@pytest.mark.parametrize("asked", ["9", "²", "x", "99999999999"])
def test_an_address_of_none_says_so_and_shows_the_list(visit, house: Path, asked: str) -> None:
    keep(house)
    at = visit(PAGE, scenario=asked)
    assert len(at.error) == 1 and "没有" in at.error[0].value
    assert conclusion(at).startswith("## 已保存 1 个推演方案")


def test_one_that_does_not_fit_the_catalogue_any_more_is_told(visit, house: Path) -> None:
    gone = keep(house, "过时", Scenario("pds-2020", "2020-Q4", LUSHAN, (Move(LUSHAN, "no.such", 1.0),)))
    keep(house, "还行")
    at = visit(PAGE, lab=VIEW)
    assert any("方案“过时”不能推演：方案里的“no.such”现在的指标体系里没有" in each.value for each in at.error)
    assert "现在不能推演" in text_of(at)
    at = visit(PAGE, scenario=str(gone))
    assert "现在不能推演" in conclusion(at)


def test_trying_again_takes_up_place_period_and_assumption(visit, house: Path) -> None:
    keep(house, tried=Scenario("pds-2020", "2020-Q3", LUSHAN, MOVES, (), Others.TREND, "2021-Q1"))
    at = visit(PAGE, lab=VIEW, region="宝丰县")
    press(at, "接着试")
    assert at.session_state["region"] == LUSHAN and at.session_state["period"] == "2020-Q3"
    assert (at.session_state["others"], at.session_state["until"]) == ("trend", "2021-Q1")
    assert "改动 2 项后" in conclusion(at) and "2021年一季度" in text_of(at)


def test_two_are_set_side_by_side(visit, house: Path) -> None:
    keep(house, "少", Scenario("pds-2020", "2020-Q4", LUSHAN, MOVES[:1]))
    keep(house, "多")
    at = visit(PAGE, lab=VIEW)
    shown = drawn_tables(at)["各方案并排"]
    assert shown.columns.tolist() == ["", "2 多", "1 少"]
    rows = shown.set_index("")
    assert rows.loc["改动"].tolist() == ["2 项测度", "1 项测度"]
    assert rows.loc["鲁山县 报建阶段审批事项"].tolist() == ["33 → 30", "不改"]


def test_renaming_and_removing(visit, house: Path) -> None:
    number = keep(house)
    at = visit(PAGE, scenario=str(number))
    at.text_input(key="user").set_value("李四").run()
    at.text_input(key=f"scenario-{number}-0-name").set_value("新名")
    press(at, "保存名字和说明")
    assert scenarios.scenario(house, number).name == "新名" and "“新名”" in conclusion(at)
    press(at, "删除这个方案")
    assert scenarios.scenarios(house) == [] and [each.value for each in at.success] == ["已删除“新名”。"]


def test_its_changes_become_items_of_the_ledger(visit, house: Path) -> None:
    number = keep(house)
    at = visit(PAGE, scenario=str(number))
    at.text_input(key="user").set_value("李四").run()
    press(at, "列入整改台账")
    items = {item.task.subject: item for item in ledger.items(house)}
    assert set(items) == {"start_business.time", "investment.approval_items"}
    task = items["start_business.time"].task
    assert task.problem == "鲁山县企业开办时间现为 2 工作日，按推演方案“进一位”要改到 1 工作日"
    assert (task.owner, task.region, task.basis) == ("市市场监管局", LUSHAN, "推演方案“进一位”（2020年四季度）")
    assert items["start_business.time"].opened.value == 2.0
    press(at, "列入整改台账")
    assert len(ledger.items(house)) == 2


def test_its_changes_become_targets_with_the_scenario_as_their_document(visit, house: Path) -> None:
    number = keep(house)
    at = visit(PAGE, scenario=str(number))
    at.text_input(key="user").set_value("李四").run()
    press(at, "定为目标")
    assert [each.value for each in at.success] == ["已定为目标 2 项，在“目标进度”里看。"]
    rows = table(house, "target")
    found = rows[rows["id"].str.startswith("U")].set_index("code")
    assert found.loc["start_business.time", ["region", "op", "value", "baseline"]].tolist() == [LUSHAN, "<=", 1.0, 2.0]
    quote = found.loc["investment.approval_items", "quote"]
    assert (
        quote
        == f"鲁山县报建阶段审批事项由 33 项（2020年四季度，演示数据）改到 30 项，期限 {found.loc['investment.approval_items', 'deadline']}"
    )


def test_what_adds_no_points_is_not_ticked(visit, house: Path) -> None:
    worse = (MOVES[0], Move(LUSHAN, "investment.approval_items", 40.0))
    number = keep(house, tried=Scenario("pds-2020", "2020-Q4", LUSHAN, worse))
    at = visit(PAGE, scenario=str(number))
    at.text_input(key="user").set_value("李四").run()
    press(at, "定为目标")
    rows = table(house, "target")
    assert rows.loc[rows["id"].str.startswith("U"), "code"].tolist() == ["start_business.time"]


def test_the_slides_show_what_is_tried_and_what_was_kept(visit, house: Path) -> None:
    keep(house)
    at = visit("act/bulletin.py", region="鲁山县", paper="汇报PPT")
    # Until one is chosen: the least that brings a place.
    least = next(line for line in text_of(at).splitlines() if "改动 2 项后" in line)
    assert "第 8 → 第 7（▲1）" in least and "53.85" not in least
    at.multiselect(key="slides_scenarios").set_value([1]).run()
    assert "改动 2 项后，鲁山县总分 50.52 → 53.85（+3.33）" in text_of(at)


def test_a_bulletin_asks_for_a_scenario_to_be_followed(visit, house: Path) -> None:
    number = keep(house)
    at = visit("act/bulletin.py", paper="工作通报")
    assert "按推演方案推进" not in "\n".join(each.label for each in at.text_area)
    at.selectbox(key="bulletin-0-scenario-0").set_value(number).run()
    words = next(each.value for each in at.text_area if each.label.endswith("按推演方案推进"))
    assert words.startswith(
        "推演方案“进一位”以2020年四季度数据测算，其他县（市、区）保持不变：鲁山县企业开办时间由2个工作日改到1个工作日，"
    )
    assert words.endswith("这是推演，不是实绩。")
    assert bulletins.drafts(house)[0].content.scenario == number
    scenarios.remove(house, number, user="张三")
    at.run()
    assert any("已经删除" in each.value for each in at.warning)
    assert not [each for each in at.text_area if each.label.endswith("按推演方案推进")]
