"""The controls that live in the URL, on every page."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from lib.seed import read_catalog, read_frameworks
from lib.store import batches, catalog, migrate
from lib.store.events import today
from tests.pages.conftest import conclusion, drawn_tables, text_of

PAGES = [
    "",
    "see/ranking.py",
    "see/heatmap.py",
    "see/map.py",
    "see/county.py",
    "see/indicator.py",
    "benchmark/gap.py",
    "benchmark/seek.py",
    "benchmark/targets.py",
    "benchmark/whatif.py",
]
FRAMEWORKS = ["核心指标（2020）", "国家18项对照", "普查背景（2020）"]


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_a_conclusion_in_every_framework(visit, page, framework):
    at = visit(page, framework=framework)
    assert any(character.isdigit() for character in conclusion(at))
    assert conclusion(at).rstrip().endswith("。")


@pytest.mark.parametrize("page", PAGES)
def test_a_link_reopens_the_view(visit, page):
    at = visit(page, region="舞钢市", period="2019年二季度", compare="汝州市")
    chosen = {box.key: box.value for box in at.selectbox if box.key}
    assert (chosen["region"], chosen["period"], chosen["compare"]) == ("410481", "2019-Q2", "汝州市")


def test_the_selection_survives_a_change_of_page(visit):
    at = visit("see/county.py")
    at.selectbox(key="region").set_value("410422").run()
    at.selectbox(key="period").set_value("2020-Q1").run()
    for page in PAGES[1:]:
        at.switch_page(page).run()
        assert (at.selectbox(key="region").value, at.selectbox(key="period").value) == ("410422", "2020-Q1")


def test_a_period_that_the_new_framework_lacks_falls_back(visit):
    at = visit("", period="2019年二季度")
    at.selectbox(key="framework").set_value("context-census").run()
    assert not at.exception
    assert at.selectbox(key="period").value == "2020"


def test_a_nonsense_link_is_ignored(visit):
    at = visit("see/county.py", region="<b>x</b>", period="1900-Q9", framework="'; DROP TABLE batch; --")
    assert at.selectbox(key="region").value == "410402"
    assert not at.exception


def test_the_compared_county_is_never_the_focus(visit):
    at = visit("benchmark/gap.py", compare="宝丰县")
    at.selectbox(key="region").set_value("410421").run()
    assert not at.exception
    assert "宝丰县" not in at.selectbox(key="compare").options
    assert at.selectbox(key="compare").value == "各项最优"


@pytest.mark.parametrize("page", [page for page in PAGES if page != "benchmark/targets.py"])
def test_demonstration_data_is_marked_on_every_page_that_shows_it(visit, page):
    assert "演示数据：程序生成，不是真实情况" in text_of(visit(page))


def test_no_data_says_what_to_do(tmp_path, monkeypatch, visit):
    path = tmp_path / "empty.db"
    migrate(path)
    catalog.save_catalog(path, read_catalog(), read_frameworks())
    monkeypatch.setenv("DUIBIAO_DB", str(path))
    at = visit()
    assert at.title[0].value == "还没有数据"
    assert "python -m lib seed" in at.info[0].value


def test_what_is_withdrawn_while_it_is_looked_at_is_said(house, visit):
    at = visit("see/ranking.py")
    assert not at.warning
    batches.withdraw(house, 2, user="甲")
    at.run()
    said = "“核心指标（2020）”现在没有数值，可能刚刚撤回了；下面是“普查背景（2020）”的2020年。"
    assert [each.value for each in at.warning] == [said]
    assert conclusion(at).startswith("## 2020年，")
    at.run()
    assert not at.warning  # said once


def test_an_address_may_name_codes(visit):
    at = visit("see/county.py", framework="pds-2020", period="2020-Q3", region="410423")
    assert conclusion(at).startswith("## 鲁山县 2020年三季度")


def test_an_address_that_names_nothing_opens_the_first_choice(visit):
    at = visit("see/county.py", period="1066", region="atlantis")
    assert conclusion(at).startswith("## 新华区 2020年四季度")


@pytest.mark.parametrize("asked", ["electricity.procedures", "办电环节"])
def test_an_address_may_name_a_measure_as_a_person_would(visit, asked):
    at = visit("see/ranking.py", subject=asked)
    assert at.selectbox(key="subject").value == "electricity.procedures"


def test_an_address_that_names_nothing_says_so(visit):
    at = visit("", period="2031年一季度", region="不存在县")
    assert [each.value for each in at.warning] == [
        "地址里的“2031年一季度”、“不存在县”现在没有，显示的是页上所选的内容。"
    ]
    assert not visit("", region="宝丰县").warning


@pytest.mark.parametrize(
    ("page", "key", "known", "unknown"),
    [
        ("see/ranking.py", "view", "名次变化", "名次"),
        ("benchmark/targets.py", "day", "2021-12-31", "去年底"),
        ("benchmark/targets.py", "targets", "分县", "分区"),
        ("manage/batches.py", "batch", "批次 1", "批次 99"),
    ],
)
def test_an_address_that_asks_a_page_for_what_it_does_not_have_says_so(visit, page, key, known, unknown):
    said = f"地址里的“{unknown}”现在没有，显示的是页上所选的内容。"
    assert said in [each.value for each in visit(page, **{key: unknown}).warning]
    assert not [each.value for each in visit(page, **{key: known}).warning if "地址里" in each.value]


def test_a_link_to_keep_spells_out_every_choice(visit):
    at = visit("benchmark/targets.py")
    (link,) = [unquote(box.value) for box in at.code if "framework=" in box.value]
    assert f"day={today()}" in link
    assert "targets=清单" in link
    assert "period=2020年四季度" in link


def test_a_county_is_not_compared_with_itself(visit):
    at = visit("", region="鲁山县", compare="鲁山县")
    assert at.selectbox(key="compare").value == "各项最优"
    assert "鲁山县不跟自己比，对标对象改为“各项最优”" in at.info[0].value
    assert not at.warning
    # Also where the county looked at becomes the one that it was compared with.
    at = at.selectbox(key="compare").set_value("石龙区").run()
    at = at.selectbox(key="region").set_value("410404").run()
    assert at.selectbox(key="compare").value == "各项最优"
    assert "石龙区不跟自己比" in at.info[0].value
    assert not at.run().info


@pytest.mark.parametrize(
    ("page", "choices", "spelled"),
    [
        ("see/heatmap.py", {"by": "评价期"}, "2018年一季度 到 2020年四季度"),
        ("benchmark/gap.py", {"region": "鲁山县"}, "最早 2027年三季度，最晚 2029年三季度"),
        ("benchmark/gap.py", {"whose": "平顶山市（市级，据文件）"}, "2021年12月"),
        ("benchmark/targets.py", {}, "7 小时（2021年12月）"),
        ("see/search.py", {"q": "时间"}, "平顶山市，2021年12月"),
    ],
)
def test_a_period_is_spelled_out_in_sentences_and_tables(visit, page, choices, spelled):
    at = visit(page, **choices)
    said = "\n".join([text_of(at), *(table.to_csv() for table in drawn_tables(at).values())])
    assert spelled in said
    assert (
        re.findall(r"\b20\d\d-?[QH]\d|\b20\d\d[-.](?:0[1-9]|1[0-2])(?![-.\d])", re.sub(r"\]\([^)]*\)", "]", said)) == []
    )
