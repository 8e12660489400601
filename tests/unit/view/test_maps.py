"""Outlines, places and classes of maps."""

from __future__ import annotations

import math
from itertools import pairwise

import pandas as pd
import pytest

from lib.model import source
from lib.view import deck, labels, maps, sentences, tables
from lib.view.theme import DARK, GROUND, INK

NAN = float("nan")
COUNTIES = ["410402", "410403", "410404", "410411", "410421", "410422", "410423", "410425", "410481", "410482"]
ZONES = ["410471", "410472"]
NAMES = {"410471": "高新区", "410472": "示范区"}
MOVED = pd.DataFrame(
    {
        "region": [*COUNTIES, "410471"],
        "score": [82.0, 73.9, 26.7, 52.6, 34.6, 62.3, 50.5, 80.1, 41.2, 47.3, NAN],
        "rank": [1, 3, 10, 5, 9, 4, 6, 2, 8, 7, NAN],
        "tier": [1, 1, 3, 2, 3, 1, 2, 1, 2, 2, NAN],
        "rank_change": [0, 1, -1, 3, -4, 2, 0, 0, 0, -2, NAN],
    }
)


def area(ring: list[list[float]]) -> float:
    """Twice the signed area; negative: clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def inside(lon: float, lat: float, rings: list[list[list[float]]]) -> bool:
    """Even-odd rule."""
    odd = False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def holding(lon: float, lat: float, name: str) -> list[str]:
    """The areas in which a point lies."""
    return [
        each["region"]
        for each in maps.outlines(name)
        if any(inside(lon, lat, polygon) for polygon in each["geometry"]["coordinates"])
    ]


def rows_of(way: str) -> pd.DataFrame:
    return tables.map_rows(MOVED, way, maps.classes(way, MOVED), maps.CITY, NAMES, "410404")


@pytest.mark.parametrize("name", [maps.CITY, maps.PROVINCE])
def test_rings_are_closed_and_wound_as_vega_wants_them(name):
    for feature in maps.outlines(name):
        for outer, *holes in feature["geometry"]["coordinates"]:
            assert outer[0] == outer[-1]
            assert area(outer) < 0
            assert all(area(hole) > 0 for hole in holes)


def test_there_is_a_hole_to_look_at():
    assert any(len(polygon) > 1 for each in maps.outlines(maps.CITY) for polygon in each["geometry"]["coordinates"])


def test_every_area_is_there_once():
    assert sorted(each["region"] for each in maps.outlines(maps.CITY)) == COUNTIES
    assert len({each["region"] for each in maps.outlines(maps.PROVINCE)}) == len(maps.outlines(maps.PROVINCE)) == 18


def test_every_place_is_there_once_with_a_point_inside_it():
    places = maps.places(maps.CITY)
    assert sorted(places["region"]) == sorted([*COUNTIES, *ZONES])
    for row in places[places["zone"] == 0].itertuples():
        assert holding(row.lon, row.lat, maps.CITY) == [row.region]
    assert sorted(maps.places(maps.PROVINCE)["region"]) == sorted(e["region"] for e in maps.outlines(maps.PROVINCE))
    assert not maps.places(maps.PROVINCE)["zone"].any()


def test_zones_lie_inside_the_city_and_off_the_points_of_the_districts():
    places = maps.places(maps.CITY).set_index("region")
    for zone in ZONES:
        lon, lat = places.loc[zone, ["lon", "lat"]]
        assert len(holding(lon, lat, maps.CITY)) == 1
        for county in COUNTIES:
            assert math.hypot(places.at[county, "lon"] - lon, places.at[county, "lat"] - lat) > 0.03


def test_the_small_districts_and_the_zones_are_named_beside_the_map():
    places = maps.places(maps.CITY).set_index("region")
    away = places[places["away"] == 1]
    assert set(away.index) == {"410402", "410403", "410404", "410411", *ZONES}
    for row in away.itertuples():
        assert holding(row.label_lon, row.label_lat, maps.CITY) == []
        assert row.align in ("left", "right")
    assert set(places.loc[places["away"] == 0, "align"]) == {"center"}


def test_names_beside_the_map_are_further_apart_than_a_line_of_text():
    # At 420 pixels a degree of latitude is 330 pixels, a line 16.
    labels = maps.places(maps.CITY).query("away == 1")
    for _, side in labels.groupby("align"):
        gaps = side["label_lat"].sort_values().diff().dropna()
        assert (gaps * 330 > 20).all()


@pytest.mark.parametrize(
    ("values", "bounds", "words"),
    [
        # 26.7 to 82.0: steps of 10 need seven classes, steps of 20 four.
        ([26.7, 82.0], (100, 80, 60, 40, 20), ("80–100 分", "60–80 分", "40–60 分", "20–40 分")),
        # 51 to 69: steps of 5 from 50 to 70.
        ([51, 69], (70, 65, 60, 55, 50), ("65–70 分", "60–65 分", "55–60 分", "50–55 分")),
        # Five steps of 2 end exactly at the highest value.
        ([50, 60], (60, 58, 56, 54, 52, 50), ("58–60 分", "56–58 分", "54–56 分", "52–54 分", "50–52 分")),
        ([0, 100], (100, 80, 60, 40, 20, 0), ("80–100 分", "60–80 分", "40–60 分", "20–40 分", "0–20 分")),
        ([70.05, 70.15], (70.2, 70.1, 70.0), ("70.1–70.2 分", "70.0–70.1 分")),
        ([70, NAN], (70.1, 70.0), ("70.0–70.1 分",)),
    ],
)
def test_scores_are_cut_at_round_bounds(values, bounds, words):
    made = maps.score_classes(values)
    assert made.bounds == pytest.approx(bounds)
    assert made.words == words
    assert len(made.colours) == len(set(made.colours)) == len(words)


def test_a_bound_belongs_to_the_class_above_it_and_the_highest_to_the_first():
    made = maps.score_classes([0, 100])
    assert [made.of(value) for value in (100.0, 80.0, 79.999999, 20.0, 0.0)] == [
        "80–100 分",
        "80–100 分",
        "60–80 分",
        "20–40 分",
        "0–20 分",
    ]
    assert made.of(NAN) == made.of(None) == "缺数"
    for outside in (100.1, -0.1):
        with pytest.raises(ValueError, match=r"is (above|below)"):
            made.of(outside)


@pytest.mark.parametrize(
    ("count", "words", "sizes"),
    [
        (12, ("第 1–3 名", "第 4–6 名", "第 7–9 名", "第 10–12 名"), (3, 3, 3, 3)),
        (18, ("第 1–5 名", "第 6–10 名", "第 11–15 名", "第 16–18 名"), (5, 5, 5, 3)),
        (3, ("第 1 名", "第 2 名", "第 3 名"), (1, 1, 1)),
    ],
)
def test_places_are_cut_into_groups(count, words, sizes):
    made = maps.rank_classes(count)
    assert made.words == words
    found = [made.of(-float(place)) for place in range(1, count + 1)]
    assert found == [word for word, size in zip(words, sizes, strict=True) for _ in range(size)]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        *[(11, "上升 3 位以上"), (3, "上升 3 位以上"), (2, "上升 1–2 位"), (1, "上升 1–2 位"), (0, "持平")],
        *[(-1, "下降 1–2 位"), (-2, "下降 1–2 位"), (-3, "下降 3 位以上"), (-11, "下降 3 位以上")],
    ],
)
def test_changes_are_cut_by_hand(change, word):
    assert maps.CHANGES.of(float(change)) == word


def test_tiers_are_their_own_classes():
    assert [maps.TIERS.of(-tier) for tier in (1.0, 2.0, 3.0)] == ["第一方阵", "第二方阵", "第三方阵"]


def test_words_on_a_colour_can_be_read():
    assert maps.paper("#000000") == maps.paper(maps.RAMP[0]) == "#FFFFFF"
    assert maps.paper("#FFFFFF") == maps.paper(maps.RAMP[-1]) == maps.paper(maps.ABSENT_COLOUR) == INK


def test_the_map_fits_the_cohort():
    assert maps.for_members([*COUNTIES, *ZONES]) == maps.CITY
    assert maps.for_members(["410100", "410400", "419001"]) == maps.PROVINCE


@pytest.mark.parametrize("way", maps.WAYS)
def test_every_place_has_a_row_and_one_without_a_value_says_so(way):
    rows = rows_of(way).set_index("region")
    assert sorted(rows.index) == sorted([*COUNTIES, *ZONES])
    assert list(rows.loc[ZONES, "class"]) == ["缺数", "缺数"]
    assert list(rows.loc[ZONES, "shown"]) == ["缺数", "缺数"]
    assert "缺数" not in set(rows.loc[COUNTIES, "class"])
    assert list(rows.index[rows["focus"] == 1]) == ["410404"]


def test_words_stand_in_two_lines_inside_and_in_one_beside():
    rows = rows_of(maps.SCORE).set_index("region")
    assert rows.at["410421", "words"] == "宝丰县\n34.6"
    assert rows.at["410403", "words"] == "卫东区 73.9"
    assert rows.at["410471", "words"] == "高新区（示意）缺数"
    assert rows.at["410425", "class"] == "80–100 分"
    # White on the darkest blue, but ink beside the map.
    assert (rows.at["410425", "light"], rows.at["410402", "light"]) == (1, 0)


def test_where_there_is_little_room_words_are_brief():
    rows = rows_of(maps.SCORE).set_index("region")
    assert rows.at["410421", "brief"] == "宝丰\n34.6"
    assert rows.at["410425", "brief"] == "郏县\n80.1"
    assert rows.at["410403", "brief"] == "卫东 73.9"
    assert rows.at["410471", "brief"] == "高新 缺数"
    province = tables.province_rows(FACTS, {"410400": "平顶山市"}).set_index("region")
    assert (province.at["410400", "brief"], province.at["410100", "brief"]) == ("平顶山\n第 10", "郑州")


def test_a_map_of_tiers_writes_the_place():
    rows = rows_of(maps.TIER).set_index("region")
    assert (rows.at["410421", "words"], rows.at["410421", "shown"]) == ("宝丰县\n第 9", "第三方阵")
    assert rows.at["410421", "brief"] == "宝丰\n第 9"


def test_classes_are_counted():
    classes = maps.classes(maps.SCORE, MOVED)
    counted = tables.class_rows(rows_of(maps.SCORE), classes)
    assert dict(zip(counted["class"], counted["count"], strict=True)) == {
        "80–100 分": 2,
        "60–80 分": 2,
        "40–60 分": 4,
        "20–40 分": 2,
        "缺数": 2,
    }


def test_the_sentence_names_the_ends():
    classes = maps.classes(maps.SCORE, MOVED)
    said = sentences.mapped(rows_of(maps.SCORE), classes.words, "总分", "2020年四季度")
    assert said == "2020年四季度总分：80–100 分 2 地（郏县、新华区），20–40 分 2 地（宝丰县、石龙区）；缺数 2 地。"
    none = rows_of(maps.SCORE).assign(**{"class": maps.ABSENT})
    assert sentences.mapped(none, classes.words, "总分", "2020年") == "2020年，总分没有可以画到图上的数。"


FACTS = pd.DataFrame(
    {
        "id": ["F1", "F2"],
        "region": ["410400", "410400"],
        "period": ["2019", "2020"],
        "value": [9.0, 10.0],
    }
)


def test_the_province_says_only_what_documents_say():
    rows = tables.province_rows(FACTS, {"410400": "平顶山市"}).set_index("region")
    assert (rows.at["410400", "words"], rows.at["410400", "shown"]) == ("平顶山市\n第 10", "第 10（2020）")
    others = rows.drop(index="410400")
    assert len(others) == 17
    assert set(others["class"]) == set(others["shown"]) == {"没有数据"}
    assert not others["words"].str.contains(r"\d").any()
    assert tables.province_sources(FACTS) == {"410400": source.fact("F2")}
    assert sentences.city_places(FACTS, {"410400": "平顶山市"}) == (
        "现有文件只写明 1 个市在全省营商环境评价中的名次：平顶山市2019 年第 9，2020 年第 10。"
    )
    assert sentences.city_places(FACTS.head(0), {}).startswith("现有文件没有写明")


def test_every_number_of_the_province_has_its_source():
    table = tables.province_table(FACTS, {"410400": "平顶山市"})
    assert list(table.values["全省名次"]) == [9.0, 10.0]
    assert [table.source(i, "全省名次") for i in (0, 1)] == [source.fact("F1"), source.fact("F2")]


def layers(size: tuple[int, int] = (690, 460), turn: int = 3) -> dict[str, object]:
    made = deck.county_deck(rows_of(maps.SCORE), maps.CITY, size, turn, dark=False)
    return {layer.id: layer for layer in made.layers}


def test_the_deck_draws_the_same_classes_and_only_clickable_layers_have_the_turn():
    found = layers()
    assert [name for name, layer in found.items() if layer.pickable] == ["areas-3", "zones-3", "words-3"]
    areas = {each["properties"]["region"]: each["properties"] for each in found["areas-3"].data["features"]}
    assert sorted(areas) == COUNTIES
    legend = maps.classes(maps.SCORE, MOVED).legend
    for each in areas.values():
        assert "#{:02X}{:02X}{:02X}".format(*each["fill"]) == legend[each["class"]]
    assert [each["properties"]["region"] for each in found["focus"].data["features"]] == ["410404"]
    assert sorted(each["region"] for each in found["zones-3"].data) == ZONES
    assert len(found["words-3"].data) == 12


@pytest.mark.parametrize("size", [(690, 460), (1075, 780), (712, 460)])
def test_the_deck_shows_the_whole_map(size):
    made = deck.county_deck(rows_of(maps.SCORE), maps.CITY, size, 0, dark=False)
    view = made.initial_view_state
    pixels = 512 * 2**view.zoom
    for feature in maps.outlines(maps.CITY):
        for polygon in feature["geometry"]["coordinates"]:
            for lon, lat in polygon[0]:
                x = (lon - view.longitude) / 360 * pixels
                y = (
                    math.asinh(math.tan(math.radians(lat))) - math.asinh(math.tan(math.radians(view.latitude)))
                ) * pixels
                assert abs(x) < size[0] / 2
                assert abs(y / (2 * math.pi)) < size[1] / 2


def test_on_a_phone_the_deck_has_brief_words_that_lie_inside_it_and_apart():
    size = (358, 340)
    found = layers(size)["words-3"]
    assert (found.get_text, found.get_size) == ("@@=brief", 12)
    view = deck.county_deck(rows_of(maps.SCORE), maps.CITY, size, 3, dark=False).initial_view_state
    scale = 512 * 2**view.zoom / 360
    away = maps.places(maps.CITY).query("away == 1")
    for row in away.itertuples():
        x = (row.label_lon - view.longitude) * scale
        reach = labels.width("新华 100.0", 12) + 5
        assert abs(x + (reach if row.align == "left" else -reach)) < size[0] / 2
    for _, side in away.groupby("align"):
        gaps = side["label_lat"].sort_values().diff().dropna()
        assert (gaps * scale / math.cos(math.radians(33.7)) > 12 * 1.15).all()
    assert (layers((500, 420))["words-3"].get_text, layers((500, 420))["words-3"].get_size) == ("@@=words", 14)


def test_the_deck_asks_for_no_map_from_outside():
    made = deck.county_deck(rows_of(maps.SCORE), maps.CITY, (690, 460), 0, dark=False)
    assert made.map_provider is None
    assert "http" not in made.to_json().replace('"http', "")


def test_the_deck_has_the_twins_on_dark_ground():
    made = deck.county_deck(rows_of(maps.SCORE), maps.CITY, (690, 460), 0, dark=True)
    by_name = {layer.id: layer for layer in made.layers}
    assert "#{:02X}{:02X}{:02X}".format(*by_name["lines"].get_color) == DARK[INK]
    legend = maps.classes(maps.SCORE, MOVED).legend
    for each in by_name["areas-0"].data["features"]:
        found = each["properties"]
        assert "#{:02X}{:02X}{:02X}".format(*found["fill"]) == DARK[legend[found["class"]]]
    assert made._tooltip["style"]["backgroundColor"] == DARK[GROUND]
