"""典型做法: the order, the filters, one case in full, what it begins, and cases that people add."""

from __future__ import annotations

import pytest

from lib.model.declaration import Declaration
from lib.store.catalog import table
from lib.ui import declaring
from lib.view import text
from tests.pages.conftest import conclusion, drawn_tables, text_of

PAGE = "benchmark/practices.py"
POWER = "22　获得电力便利化改革"
OURS, CITYS, ORDER = "所选地区的短板", "平顶山市的短板", "文件的顺序"


def listed(at) -> list[str]:
    return list(at.radio(key="case").options)


def captions(at) -> list[str]:
    return list(at.radio(key="case").proto.captions)


def test_the_thirty_cases_by_what_bears_on_the_countys_losses(visit):
    at = visit(PAGE, region="宝丰县")
    assert len(listed(at)) == 30
    said = conclusion(at)
    assert said.startswith("## 30 项典型做法中 ")
    assert "对着宝丰县失分的测度" in said
    first = captions(at)[0]
    assert ":blue[对着：" in first
    assert "失 " in first
    # Another county loses elsewhere.
    assert captions(visit(PAGE, region="石龙区")) != captions(at)


def test_the_points_named_are_the_countys_own(visit):
    at = visit(PAGE, region="宝丰县", case=POWER)
    rows = drawn_tables(at)["宝丰县在这些测度上（2020年四季度）"].set_index("测度")
    losses = rows["总分失分"]
    assert set(losses.index) == {"办电环节（个）", "低压用户平均接电时长（工作日）"}
    why = next(part.value for part in at.markdown if part.value.startswith(":blue[对着宝丰县失分的"))
    for name, lost in losses.items():
        assert lost >= 0.1
        assert f"{name.partition('（')[0]}（失 {text.number(lost, 1)} 分）" in why


def test_the_city_is_served_by_its_ten_weak_indicators(visit):
    at = visit(PAGE, basis=CITYS)
    assert "点名的 10 个短板指标" in conclusion(at)
    at = visit(PAGE, basis=CITYS, case=POWER)
    assert ":blue[对着通报点名的短板：获得电力]" in text_of(at)


def test_the_order_of_the_document_gives_no_reasons(visit):
    at = visit(PAGE, basis=ORDER)
    assert [each.partition("　")[0] for each in listed(at)] == [str(number) for number in range(1, 31)]
    assert conclusion(at) == "## 30 项典型做法，按文件的顺序排列。"
    assert "对着" not in "".join(captions(at))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"word": "电力"}, {"21", "22"}),
        ({"word": "北京 验收"}, {"6", "21"}),
        ({"word": "ＡＢＣ不存在"}, None),
        ({"group": "提升贸易便利化水平"}, {"12", "13", "14"}),
        ({"about": "信用环境"}, {"15", "17"}),
        ({"group": "提供优质公共服务", "about": "政务服务"}, {"20"}),
    ],
)
def test_words_group_and_indicator_narrow_the_list(visit, query, expected):
    at = visit(PAGE, **query)
    if expected is None:
        assert at.info[0].value.startswith("没有符合条件的做法")
        assert not at.radio
    else:
        assert {each.partition("　")[0] for each in listed(at)} == expected


def test_what_was_chosen_and_is_filtered_out_gives_way(visit):
    at = visit(PAGE, case=POWER)
    assert at.radio(key="case").value == POWER
    at.selectbox(key="group").set_value("提升贸易便利化水平").run()
    assert not at.exception
    assert at.radio(key="case").value == listed(at)[0]


def test_a_case_shows_its_figures_with_their_sources(visit):
    at = visit(PAGE, case=POWER)
    shown = at.session_state["_outputs"].tables["做到了什么"][0]
    row = shown.values.set_index("测度").loc["办电环节"]
    assert (row["原来"], row["做到"], row["地区"]) == ("6 个", "2 个", "北京")
    position = list(shown.values["测度"]).index("办电环节")
    assert shown.source(position, "做到") == "fact:F263"
    alone = list(shown.values["测度"]).index("低压小微企业接电户数")
    assert (shown.values["原来"].iloc[alone], shown.source(alone, "原来")) == ("—", "")
    assert "> “办电环节由原来的6个减少到2个”" in text_of(at)
    # Nothing was stated of what was before: no empty column.
    assert list(drawn_tables(visit(PAGE, case="25　集成套餐服务"))["做到了什么"]) == ["测度", "做到", "地区"]


@pytest.mark.parametrize(("basis", "region"), [(OURS, "410421"), (CITYS, "410400")])
def test_a_case_begins_a_declaration_of_the_county_or_of_the_city(visit, monkeypatch, basis, region):
    begun = []
    monkeypatch.setattr(declaring, "begin", begun.append)
    at = visit(PAGE, region="宝丰县", case=POWER, basis=basis)
    at.button(key="begin").click().run()
    unit = "市城管局"
    assert begun == [Declaration(unit, region=region, subject="electricity", vertical="北京市", practices=("P22",))]


def test_the_gap_page_opens_on_the_cases_indicator(visit):
    at = visit(PAGE, case=POWER)
    at.button(key="open-gap").click().run()
    assert not at.exception
    assert at.session_state["subject"] == "electricity"


def fill(at, **values):
    turn = 0
    for name, value in values.items():
        widget = next(
            each
            for kind in (at.text_input, at.text_area, at.multiselect, at.selectbox)
            for each in kind
            if each.key == f"practice_{name}-{turn}"
        )
        widget.set_value(value)
    return at.run()


def test_what_is_not_filled_in_is_listed_and_what_was_typed_stays(visit, house):
    at = visit(PAGE)
    fill(at, title="办照“一日结”").button(key="add-case").click().run()
    assert at.error[0].value.startswith("没有补充：要写内容提要；要写出处标题")
    assert next(each for each in at.text_input if each.key == "practice_title-0").value == "办照“一日结”"
    assert len(table(house, "practice")) == 30


def test_a_case_is_added_found_and_removed_again(visit, house):
    at = visit(PAGE)
    at.text_input(key="user").set_value("张三").run()
    words = {
        "title": "办照*一日结*",
        "summary": "窗口当天发照。",
        "source": "见成效",
        "issuer": "某报",
        "day": "2020-12",
    }
    fill(at, **words, quote="一日办结", indicators=["start_business"], places=["宝丰县"], group="本市经验")
    at.button(key="add-case").click().run()
    assert not at.exception
    assert at.success[0].value == r"已补充“办照\*一日结\*”。"
    row = table(house, "practice").set_index("id").loc["U1"]
    assert (row["group"], row["places"], row["indicators"]) == ("本市经验", "410421", "start_business")
    at = visit(PAGE, group="本市经验")
    assert listed(at) == ["补1　办照\\*一日结\\*"]
    at.text_input(key="user").set_value("李四").run()
    at.button(key="remove-case").click().run()
    assert at.success[0].value == "已移除。"
    assert len(table(house, "practice")) == 30


def test_a_framework_of_conditions_says_that_nothing_bears_on_it(visit):
    at = visit(PAGE, framework="context-census")
    assert "没有一项直接对着" in conclusion(at)
    assert len(listed(at)) == 30
