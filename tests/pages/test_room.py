"""The meeting, its print, and the list of screens."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from lib.model.screen import MEETING, Deck, Kind, Screen, say_screens
from lib.store import decks
from tests.pages.conftest import conclusion, text_of

DECKS, MEETING_PAGE, HANDOUT = "screen/decks.py", "screen/meeting.py", "screen/handout.py"
LUSHAN = {"region": "鲁山县"}
# The page that a screen is taken from, and the choices there, say the same sentence.
SAME = {
    Kind.OVERVIEW: ("", {}),
    Kind.COUNTY: ("see/county.py", {}),
    Kind.GAP: ("benchmark/gap.py", {}),
    Kind.STABILITY: ("benchmark/whatif.py", {"lab": "稳不稳"}),
    Kind.TARGETS: ("benchmark/targets.py", {}),
    Kind.LEDGER: ("act/ledger.py", {}),
    Kind.CAMPAIGN: ("act/progress.py", {}),
    Kind.MAP: ("see/map.py", {"map_by": "方阵"}),
}


def press(at: AppTest, words: str) -> AppTest:
    """Clicks the button of that label."""
    return next(each for each in at.button if each.label == words).click().run()


def query(at: AppTest) -> dict[str, str]:
    return {key: values[0] if isinstance(values, list) else values for key, values in at.query_params.items()}


@pytest.mark.parametrize("kind", Kind)
def test_every_screen_has_a_conclusion_its_kind_of_data_and_its_source(visit, kind):
    at = visit(MEETING_PAGE, screens=str(kind), **LUSHAN)
    assert not at.error
    assert len(conclusion(at)) > 10
    assert sum("数据：" in each.value for each in at.caption) == 1
    marks = [each.value for each in at.markdown if "badge" in each.value]
    made_up = kind not in (Kind.CITY, Kind.TARGETS, Kind.LEDGER, Kind.CAMPAIGN)
    assert any("演示数据" in each for each in marks) == made_up
    assert any("文件原文数据" in each for each in marks) == (kind in (Kind.CITY, Kind.TARGETS))


@pytest.mark.parametrize("kind", SAME)
def test_a_screen_says_what_its_page_says(visit, kind):
    page, choices = SAME[kind]
    assert conclusion(visit(MEETING_PAGE, screens=str(kind), **LUSHAN)) == conclusion(visit(page, **LUSHAN, **choices))


def test_the_meeting_turns_points_and_stops_at_its_ends(visit):
    at = visit(MEETING_PAGE, **LUSHAN)
    assert at.button(key="meeting-back").disabled
    at = press(at, "下一屏")
    assert query(at)["screen"] == "2"
    assert "在全省营商环境评价中" in conclusion(at)
    at = at.button(key="jump-13").click().run()
    assert at.button(key="meeting-on").disabled
    at = at.button(key="jump-7").click().run()
    assert conclusion(at).startswith("## 鲁山县 2020年四季度列第 8")
    at = press(at, "石龙区")
    assert conclusion(at).startswith("## 石龙区 2020年四季度列第 12")
    assert query(at) == {"screen": "7", "region": "石龙区"}


def test_an_empty_ledger_says_what_will_stand_here_and_how_to_begin(visit):
    said = text_of(visit(MEETING_PAGE, screens="ledger"))
    assert "这里列出该催办的单位" in said
    assert "请到“整改台账”页列入" in said


def test_a_screen_beyond_the_last_is_the_last(visit):
    assert query(visit(MEETING_PAGE, screen="99")) == {"screen": "99"}
    assert "还没有单位填申报表" in conclusion(visit(MEETING_PAGE, screen="99"))
    assert conclusion(visit(MEETING_PAGE, screen="x")).startswith("## 2020年四季度，新华区总分列第 1")


def test_a_screen_opens_its_page_on_what_the_meeting_looks_at(visit):
    at = press(visit(MEETING_PAGE, screen="7", **LUSHAN), "打开这一页")
    assert conclusion(at).startswith("## 鲁山县 2020年四季度列第 8")
    assert at.selectbox(key="region").value == "410423"
    looked_at, own = at.session_state["_meeting"]
    assert (looked_at["region"], own) == ("410423", {"screen": "7"})


def test_the_way_back_leads_to_the_same_screen_whatever_was_looked_at_meanwhile(visit):
    at = visit("see/county.py", region="石龙区")
    assert "back-to-meeting" not in [each.key for each in at.button]
    at.session_state["_meeting"] = ({"region": "410423"}, {"screen": "7"})
    at = at.run().button(key="back-to-meeting").click().run()
    assert conclusion(at).startswith("## 鲁山县 2020年四季度列第 8")
    assert query(at) == {"screen": "7", "region": "鲁山县"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"deck": "99"}, "没有屏单“99”"),
        ({"deck": "x"}, "没有屏单“x”"),
        ({"screens": "mpa"}, "没有“mpa”这种屏"),
        ({"screens": " , "}, "一屏也没有写"),
        ({"region": "西平县"}, "关注地区“西平县”现在没有"),
        ({"period": "2031-Q1"}, "评价期“2031-Q1”现在没有"),
    ],
)
def test_what_is_not_there_is_said(visit, asked, said):
    at = visit(MEETING_PAGE)
    for key, value in asked.items():
        at.query_params[key] = value
    assert said in at.run().error[0].value


def test_a_screen_that_cannot_be_shown_says_why_and_the_others_go_on(visit):
    at = visit(MEETING_PAGE, screens="county:西平县,overview")
    assert "西平县”没有，可选：新华区" in conclusion(at)
    assert "新华区总分列第 1" in conclusion(press(at, "下一屏"))
    heads = [each.value for each in visit(HANDOUT, screens="county:西平县,overview").markdown if "## " in each.value]
    assert len([head for head in heads if head.startswith("## ")]) == 2


def test_a_screen_tied_to_a_county_opens_that_county(visit):
    at = press(visit(MEETING_PAGE, screens="county:410404", **LUSHAN), "打开这一页")
    assert conclusion(at).startswith("## 石龙区")


def test_conditions_are_no_achievement(visit):
    at = visit(MEETING_PAGE, framework="context-census", screens="overview")
    assert any("背景条件" in each.value for each in at.markdown)
    assert "2020年" in conclusion(at)


def test_codes_and_names_are_read_alike(visit):
    codes = visit(MEETING_PAGE, screens="county", region="410423", period="2020-Q2", compare="410404")
    names = visit(MEETING_PAGE, screens="county", region="鲁山县", period="2020年二季度", compare="石龙区")
    assert conclusion(codes) == conclusion(names)
    assert "2020年二季度" in conclusion(codes)


@pytest.mark.parametrize(
    "asked", [{"screens": "gap", "region": "石龙区"}, {"screens": "gap:石龙区", "region": "鲁山县"}]
)
def test_a_county_is_not_compared_with_itself_on_a_screen(visit, asked):
    at = visit(MEETING_PAGE)
    for key, value in {"compare": "石龙区", **asked}.items():
        at.query_params[key] = value
    at.run()
    assert conclusion(at).startswith("## 2020年四季度，石龙区总分比各项最优低")
    assert "石龙区不跟自己比，改比各项最优" in at.caption[0].value
    # Where nothing is compared nothing is said; another county is compared with it.
    at.query_params["screens"] = "overview,gap"
    assert "不跟自己比" not in text_of(at.run())
    at = press(press(at, "下一屏"), "鲁山县")
    assert conclusion(at).startswith("## 2020年四季度，鲁山县总分比石龙区高")
    assert "不跟自己比" not in at.caption[0].value


def test_the_print_has_every_screen_in_order(visit, house):
    number = decks.save(
        house, Deck("周例会", (Screen(Kind.MAP), Screen(Kind.COUNTY, {"region": "410404"}))), user="张三"
    )
    at = visit(HANDOUT, deck=str(number), **LUSHAN)
    heads = [each.value for each in at.markdown if each.value.startswith("## ")]
    assert [head[:12] for head in heads] == ["## 2020年四季度总", "## 石龙区 2020年"]
    assert [each.value.split("　")[-1] for each in at.caption] == ["1 / 2", "2 / 2"]


def test_a_list_of_screens_is_changed_kept_and_taken_away(visit, house):
    at = visit(DECKS)
    assert f"“例会”{len(MEETING.screens)} 屏：" in conclusion(at)
    # Of the thirteen the city's facts, the targets, the ledger and the campaign are not made up.
    assert sum("orange-badge[演示数据]" in each.value for each in at.markdown) == 9
    at = at.button(key="arrow_downward-0").click().run()
    kinds = [each.kind for each in MEETING.screens]
    assert query(at)["screens"] == ",".join([kinds[1], kinds[0], *kinds[2:]])
    at = at.button(key="drop-12").click().run()
    at = at.selectbox(key="deck_kind").set_value(Kind.COUNTY).run()
    at = at.selectbox(key="deck_region").set_value("410423").run()
    at = press(at, "加到最后")
    assert query(at)["screens"].endswith("ledger,county:410423")
    assert "还没有保存" in conclusion(at)
    at = press(at, "另存为新屏单")
    assert "要写明经办人" in at.error[0].value
    at.text_input(key="deck_name:meeting").set_value("周例会")
    at = next(each for each in at.text_input if each.label == "经办人").set_value("张三").run()
    at = press(at, "另存为新屏单")
    assert "已保存“周例会”，13 屏" in at.success[0].value
    (kept,) = decks.decks(house)
    assert say_screens(kept.deck.screens).startswith("city,overview,course")
    assert "screens" not in query(at)
    assert "“周例会”13 屏：" in conclusion(at)
    at = at.button(key="drop-0").click().run()
    at = press(at, "保存改动")
    assert len(decks.deck(house, kept.id).deck.screens) == 12
    at = press(at, "删除")
    assert decks.decks(house) == []
    assert "“例会”13 屏" in conclusion(at)


def test_a_change_can_be_given_up_and_a_wrong_list_is_said(visit):
    at = visit(DECKS, screens="map,weakest")
    assert "“例会”2 屏（有改动" in conclusion(at)
    at = press(at, "放弃改动")
    assert "“例会”13 屏：" in conclusion(at)
    for words in ("mpa", " , "):
        at = visit(DECKS, screens=words)
        assert "读不了" in at.warning[0].value
        # Nothing was changed: there is nothing to keep or give up, and the meeting is the deck's.
        assert "“例会”13 屏：" in conclusion(at)
        assert "放弃改动" not in [each.label for each in at.button]
        assert "screens" not in query(press(at, "开始会议"))


def test_a_list_that_is_put_back_as_it_was_is_not_changed(visit):
    at = visit(DECKS).button(key="arrow_downward-0").click().run()
    assert "有改动" in conclusion(at)
    assert "有改动" not in conclusion(at.button(key="arrow_upward-1").click().run())


@pytest.mark.parametrize("by", ["number", "name"])
def test_a_deck_is_asked_for_by_number_or_name_on_every_page(visit, house, by):
    number = decks.save(house, Deck("周例会", (Screen(Kind.MAP),)), user="张三")
    asked = {"number": str(number), "name": "周例会"}[by]
    at = visit(DECKS, deck=asked)
    assert "“周例会”1 屏：" in conclusion(at)
    assert not at.warning
    at = press(at, "开始会议")
    assert conclusion(at).startswith("## 2020年四季度总分：第一方阵")
    assert query(at) == {"deck": str(number)}
    assert "“周例会”1 屏：" in conclusion(press(at, "结束"))
    for page in (MEETING_PAGE, HANDOUT):
        assert conclusion(visit(page, deck=asked)).startswith("## 2020年四季度总分：第一方阵")


def test_a_deck_that_is_chosen_is_in_the_address_and_stays_chosen(visit, house):
    number = decks.save(house, Deck("周例会", (Screen(Kind.MAP),)), user="张三")
    at = visit(DECKS)
    at = at.selectbox(key="deck_chosen:meeting").set_value(str(number)).run()
    assert query(at)["deck"] == str(number)
    assert "“周例会”1 屏：" in conclusion(at)
    at = at.switch_page("see/county.py").run().switch_page(DECKS).run()
    assert "“周例会”1 屏：" in conclusion(at)


def test_a_deck_that_is_not_there_is_said_on_the_page_of_decks(visit):
    at = visit()
    at.query_params["deck"] = "99"
    at = at.switch_page(DECKS).run()
    assert "没有屏单“99”" in at.warning[0].value
    assert "“例会”13 屏：" in conclusion(at)


def test_a_meeting_goes_on_when_its_deck_is_taken_away(visit, house):
    number = decks.save(house, Deck("周例会", (Screen(Kind.MAP), Screen(Kind.OVERVIEW))), user="张三")
    at = visit(MEETING_PAGE, deck=str(number))
    decks.remove(house, number, user="李四")
    at = press(at, "下一屏")
    assert not at.error
    assert "新华区总分列第 1" in conclusion(at)
    assert at.caption[0].value.endswith("2 / 2　屏单已删除，照原来的屏开完")
    # Another deck that is not there is still a fault.
    at.query_params["deck"] = "98"
    assert "没有屏单“98”" in at.run().error[0].value


def test_what_another_has_saved_meanwhile_is_not_written_over(visit, house):
    number = decks.save(house, Deck("周例会", (Screen(Kind.MAP), Screen(Kind.OVERVIEW))), user="张三")
    at = visit(DECKS, deck="周例会")
    at = next(each for each in at.text_input if each.label == "经办人").set_value("王五").run()
    at = at.button(key="drop-0").click().run()
    theirs = Deck("周例会", (Screen(Kind.CITY),))
    decks.save(house, theirs, user="李四", seen=decks.deck(house, number))
    # Another run, in which the new deck is read, does not make it one that was seen.
    at = press(at.run(), "保存改动")
    assert re.search(r"“周例会”在您打开以后，\d{4}-\d\d-\d\d \d\d\\?:\d\d 由李四改过，这次没有保存", at.error[0].value)
    assert decks.deck(house, number).deck == theirs
    assert query(at)["screens"] == "overview"
    name = next(each for each in at.text_input if each.label == "名称").set_value("周例会（王五）").run()
    at = press(name, "另存为新屏单")
    assert {each.deck.name for each in decks.decks(house)} == {"周例会", "周例会（王五）"}


def test_a_deck_opened_again_after_another_has_saved_can_be_changed(visit, house):
    number = decks.save(house, Deck("周例会", (Screen(Kind.MAP), Screen(Kind.OVERVIEW))), user="张三")
    at = visit(DECKS, deck="周例会")
    at = next(each for each in at.text_input if each.label == "经办人").set_value("王五").run()
    at = next(each for each in at.text_input if each.label == "名称").set_value("早例会").run()
    decks.save(house, Deck("晨会", (Screen(Kind.CITY),)), user="李四", seen=decks.deck(house, number))
    at = press(at, "保存改动")
    assert "李四改过" in at.error[0].value
    assert next(each for each in at.text_input if each.label == "名称").value == "早例会"
    at = press(at, "放弃改动")
    assert next(each for each in at.text_input if each.label == "名称").value == "晨会"
    at = press(next(each for each in at.text_input if each.label == "名称").set_value("早会").run(), "保存改动")
    assert decks.deck(house, number).deck == Deck("早会", (Screen(Kind.CITY),))


def test_the_meeting_begins_with_what_the_list_says(visit):
    at = press(visit(DECKS, screens="map,weakest", **LUSHAN), "开始会议")
    assert query(at) == {"screens": "map,weakest", "region": "鲁山县"}
    assert conclusion(at).startswith("## 2020年四季度总分：第一方阵")


def test_the_address_of_a_wall_says_how_it_is_set_up(visit):
    at = visit(DECKS)
    at.selectbox(key="wall_every").set_value(60)
    at.selectbox(key="wall_dim").set_value("22-7")
    at = at.selectbox(key="wall_theme").set_value("dark").run()
    assert any("/kiosk?deck=meeting&every=60&dim=22-7&theme=dark" in each.value for each in at.code)
