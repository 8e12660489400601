"""搜索: from the box of any page to the page of what was found."""

from __future__ import annotations

import pytest

from lib.store.search import KINDS, MOST_CHARACTERS
from lib.ui.search import EXAMPLES, FEW, NAMES
from tests.pages.conftest import conclusion, text_of

SEARCH = "see/search.py"


def ask(at, words):
    at.text_input(key="_search").set_value(words).run()
    assert not at.exception, at.exception
    return at


def results(at, kind):
    return [each.label for each in at.button if each.key.startswith(f"open-{kind}-")]


def press(at, label):
    next(each for each in at.button if each.label == label).click().run()
    assert not at.exception, at.exception
    return at


def test_every_kind_has_a_name():
    assert tuple(NAMES) == KINDS


@pytest.mark.parametrize("page", ["", "see/ranking.py", "benchmark/targets.py", "manage/upload.py", SEARCH])
def test_the_box_is_on_every_page_and_opens_the_results(visit, page):
    at = ask(visit(page), "用电")
    assert conclusion(at) == "## “用电”找到 13 条：指标 1，测度 8，目标 1，原文记录 2，标杆值 1。"
    assert at.text_input(key="q").value == "用电"
    assert at.text_input(key="_search").value == ""


def test_the_selection_travels_along(visit):
    at = ask(visit("see/county.py", region="舞钢市", period="2019年二季度"), "用电")
    assert (at.selectbox(key="region").value, at.selectbox(key="period").value) == ("410481", "2019-Q2")


def test_a_link_reopens_the_results(visit):
    at = visit(SEARCH, q="办电", kind="测度")
    assert conclusion(at).startswith("## “办电”找到 6 条")
    assert results(at, "measure")[0] == "办电环节"
    assert results(at, "fact") == []


def test_a_kind_with_many_is_cut_and_can_be_seen_alone(visit):
    at = visit(SEARCH, q="企业")
    assert len(results(at, "fact")) == FEW
    more = next(each for each in at.button if each.key == "more-fact")
    hidden = int(more.label.split()[1])
    more.click().run()
    assert len(results(at, "fact")) == FEW + hidden
    assert results(at, "measure") == []


def test_a_county_opens_its_profile(visit):
    at = press(visit(SEARCH, q="宝丰"), "宝丰县")
    assert conclusion(at).startswith("## 宝丰县 2020年四季度列第")


def test_a_department_opens_its_targets(visit):
    at = press(visit(SEARCH, q="税务局"), "市税务局")
    assert at.selectbox(key="owner").value == "市税务局"


def test_a_measure_takes_its_framework_along(visit):
    at = visit(SEARCH, q="市场监管")
    next(each for each in at.button if each.key == "open-indicator-market_regulation").click().run()
    assert (at.session_state["framework"], at.session_state["subject"]) == ("national-18", "market_regulation")
    at = visit(SEARCH, q="办电环节")
    next(each for each in at.button if each.key == "open-measure-electricity.procedures").click().run()
    assert (at.session_state["framework"], at.session_state["subject"]) == ("pds-2020", "electricity.procedures")


@pytest.mark.parametrize(
    ("query", "key", "address"),
    [
        ("排名第9", "open-fact-F187", "fact:F187"),
        ("海关", "open-target-F019", "fact:F019"),
        ("第37期", "open-document-bulletin-37", "fact:F001"),
        ("用电时间", "open-measure-electricity.time_unstated", "fact:F109"),
    ],
)
def test_what_a_document_says_opens_its_quote(visit, query, key, address):
    at = visit(SEARCH, q=query)
    next(each for each in at.button if each.key == key).click().run()
    assert at.query_params["source"] == address


def test_a_practice_opens_in_the_list_of_practices(visit):
    at = visit(SEARCH, q="标准地")
    next(each for each in at.button if each.key == "open-practice-P05").click().run()
    assert conclusion(at).startswith("## 30 项典型做法")
    assert at.session_state["case"].startswith("5　")


def test_places_outside_the_ranking_are_named_without_a_page(visit):
    at = visit(SEARCH, q="鹤壁")
    assert results(at, "region") == []
    assert "不参加平顶山市12个县（市、区）的排名" in text_of(at)


def test_a_document_says_what_it_is(visit):
    said = text_of(visit(SEARCH, q="第37期"))
    assert "平顶山市优化营商环境工作领导小组办公室、2020-12-04" in said
    assert "条原文记录" in said


def test_an_empty_search_says_what_can_be_found(visit):
    at = visit(SEARCH)
    assert conclusion(at) == f"## 写两个字就能搜：{'、'.join(NAMES.values())}。"
    for word in EXAMPLES:
        assert "找到" in conclusion(press(visit(SEARCH), word)), word


def test_nothing_found_offers_shorter_words(visit):
    at = visit(SEARCH, q="企业开办得真快")
    assert conclusion(at) == "## 没有找到“企业开办得真快”。"
    assert "换短一点的词" in text_of(at)
    assert "“企业”找到" in conclusion(press(at, "企业"))


@pytest.mark.parametrize("query", ["<img src=x>", "**粗**", "[a](b)", ":red[x]", "$x$", "' OR 1=1 --", "%%%"])
def test_markup_in_a_query_is_shown_as_it_is(visit, query):
    said = conclusion(visit(SEARCH, q=query))
    assert said.startswith("## 没有找到“")
    assert said.replace("\\", "") == f"## 没有找到“{query}”。"
    assert query == "' OR 1=1 --" or query == "%%%" or query not in said


def test_a_long_query_is_cut_and_said_so(visit):
    at = visit(SEARCH, q="长" * 300)
    assert conclusion(at) == f"## 没有找到“{'长' * MOST_CHARACTERS}”。"
    assert any("写得太长" in part.value for part in at.caption)
