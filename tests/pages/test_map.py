"""地图: the areas say what the ranking says, in the classes that are named."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.ui.webgl import Window, room
from lib.view import maps, text
from tests.pages.conftest import conclusion, drawn_tables, text_of
from tests.pages.reckon import totals, values

PERIOD = "2020-Q4"


def rows_of(at) -> pd.DataFrame:
    """The rows of the page's map, by place."""
    drawn = at.session_state["_outputs"].charts
    specification, _ = next(drawing for title, drawing in drawn.items() if "点" in title)
    return specification["datasets"]["rows"].set_index("label")


@pytest.fixture(scope="module")
def reckoned(seeded):
    """County → total in the latest quarter, best first."""
    found = totals(values(seeded, PERIOD))
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def test_the_map_says_the_scores_of_a_plain_calculation(visit, reckoned):
    rows = rows_of(visit("see/map.py"))
    assert dict(rows["shown"]) == {name: f"{total:.1f}" for name, total in reckoned.items()}


def test_places_are_coloured_by_place(visit, reckoned):
    at = visit("see/map.py", map_by=maps.RANK)
    rows = rows_of(at)
    for place, name in enumerate(reckoned, 1):
        first = (place - 1) // 3 * 3 + 1
        assert rows.at[name, "class"] == f"第 {first}–{first + 2} 名"
        assert rows.at[name, "shown"] == f"第 {place}"
    assert "名次每 3 名一段" in text_of(at)


def test_tiers_are_those_of_the_ranking(visit, reckoned):
    rows = rows_of(visit("see/map.py", map_by=maps.TIER))
    assert [rows.at[name, "class"] for name in reckoned] == ["第一方阵"] * 4 + ["第二方阵"] * 4 + ["第三方阵"] * 4


def test_changes_of_place_are_those_of_the_ranking(visit):
    table = next(iter(drawn_tables(visit("see/ranking.py")).values()))
    rows = rows_of(visit("see/map.py", map_by=maps.CHANGE))
    changes = dict(zip(table["地区"], table["名次变化"].map(text.arrow), strict=True))
    assert dict(rows["shown"]) == changes
    for name, change in changes.items():
        assert rows.at[name, "class"][:2] == {"▲": "上升", "▼": "下降", "＝": "持平"}[change[0]]


def test_a_choice_of_colour_by_hand_is_followed(visit):
    at = visit("see/map.py")
    assert "分" in conclusion(at)
    at.segmented_control(key="map_by").set_value(maps.TIER).run()
    assert conclusion(at).startswith("## 2020年四季度总分：第一方阵 4 地（")


def test_every_map_says_that_it_is_not_for_publication(visit):
    for query in ({}, {"map_style": "平面"}, {"map_area": "全省各市"}):
        at = visit("see/map.py", **query)
        assert any(maps.REMARK in caption.value for caption in at.caption)
        drawn = at.session_state["_outputs"].charts
        notes = next(notes for title, (_, notes) in drawn.items() if "点" in title)
        assert maps.REMARK in notes
    assert maps.ZONES_REMARK not in text_of(at)
    assert maps.ZONES_REMARK in text_of(visit("see/map.py"))


def test_the_county_looked_at_has_its_card(visit, reckoned):
    at = visit("see/map.py", region="宝丰县")
    place = list(reckoned).index("宝丰县") + 1
    assert [metric.value for metric in at.metric] == [f"{reckoned['宝丰县']:.2f}", f"第 {place}"]
    assert list(rows_of(at).query("focus == 1").index) == ["宝丰县"]


def test_the_map_follows_the_subject(visit, seeded):
    at = visit("see/map.py")
    at.selectbox(key="subject").set_value("electricity.procedures").run()
    assert "办电环节" in conclusion(at)
    assert at.metric[0].label == "办电环节得分"


def test_missing_is_missing(visit, seeded):
    at = visit("see/map.py", period="2019年一季度")
    known = {measure for region, measure in values(seeded, "2019-Q1") if region == "410404"}
    others = {measure for region, measure in values(seeded, "2019-Q1") if region == "410402"}
    absent = next(iter(sorted(others - known)))
    at.selectbox(key="subject").set_value(absent).run()
    row = rows_of(at).loc["石龙区"]
    assert (row["class"], row["shown"]) == ("缺数", "缺数")
    assert "；缺数 " in conclusion(at)


def test_the_province_shows_only_the_places_that_documents_give(visit):
    at = visit("see/map.py", map_area="全省各市")
    assert conclusion(at).endswith("平顶山市2019 年第 9，2020 年第 10。")
    rows = rows_of(at)
    assert len(rows) == 18
    assert list(rows.index[rows["class"] != "没有数据"]) == ["平顶山市"]
    assert list(drawn_tables(at)["文件中的名次"]["全省名次"]) == [9, 10]
    assert "演示数据" not in "".join(part.value for part in at.markdown)


def test_before_the_browser_has_answered_the_plain_map_is_drawn(visit):
    at = visit("see/map.py")
    assert not at.get("deck_gl_json_chart")
    assert len(at.get("vega_lite_chart")) == 2


def test_with_webgl_the_map_is_a_deck_and_the_picture_its_plain_twin(visit):
    at = visit("see/map.py")
    at.session_state["_window"] = Window(webgl=True)
    at.run()
    assert len(at.get("deck_gl_json_chart")) == 1
    assert len(rows_of(at)) == 12
    at.segmented_control(key="map_style").set_value("平面").run()
    assert not at.get("deck_gl_json_chart")


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    # On a phone 32 pixels of margin; on a desk 70 % of what sidebar, margins and gap leave, 300 pixels less high.
    [(390, 844, (358, 340)), (640, 900, (608, 600)), (641, 900, (420, 420)), (1366, 768, (693, 460))],
)
def test_a_map_has_the_room_of_its_window(width, height, expected):
    assert room(Window(True, width, height)) == expected


def test_changes_without_a_period_before_are_explained(visit):
    at = visit("see/map.py", framework="普查背景（2020）", map_by=maps.CHANGE)
    assert "没有可以相比的上一期" in at.info[0].value
