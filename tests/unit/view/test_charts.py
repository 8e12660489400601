"""Charts are tested on what they encode; their data is sent beside them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest

from lib.core.progress import Status
from lib.view import charts, maps, text, theme
from lib.view.spec import OUTLINES, ROWS, spec, with_rows
from tests.unit.view.encodings import BUILDERS, LAYERS, TYPES
from tests.unit.view.promise import columns_of, public_builders

MAPS = {charts.county_map}
every_builder = pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.__name__)


def made(builder: Callable) -> dict[str, Any]:
    return spec(builder, *BUILDERS[builder])


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every dictionary inside a specification, itself included."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from parts(each)


def channels(builder: Callable) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every channel of every layer; a tooltip is several."""
    for layer in made(builder)["layer"]:
        for name, channel in layer["encoding"].items():
            for each in channel if isinstance(channel, list) else [channel]:
                yield name, each


def test_every_builder_is_tested() -> None:
    assert public_builders() == set(BUILDERS) == set(LAYERS)


@every_builder
def test_layers_marks_and_columns(builder: Callable) -> None:
    found = [
        (
            layer["mark"]["type"],
            {
                name: part["field"]
                for name, part in layer["encoding"].items()
                if isinstance(part, dict) and "field" in part
            },
        )
        for layer in made(builder)["layer"]
    ]
    assert found == LAYERS[builder]


@every_builder
def test_the_columns_used_are_the_columns_promised(builder: Callable) -> None:
    fields = {channel["field"] for _, channel in channels(builder) if "field" in channel}
    conditions = re.findall(r"datum\.(\w+)", " ".join(str(part) for part in parts(made(builder))))
    sorted_by = {channel["sort"]["field"] for _, channel in channels(builder) if isinstance(channel.get("sort"), dict)}
    assert fields | set(conditions) == columns_of(builder)
    assert sorted_by <= {"order"}


@every_builder
def test_each_column_has_its_type(builder: Callable) -> None:
    for name, channel in channels(builder):
        # x2 takes the type of x, as the other ends of a line do.
        if "field" in channel and not name.endswith("2"):
            assert channel["type"] == TYPES[channel["field"]], (name, channel)


@every_builder
def test_chinese_categories_are_never_sorted_by_code_points(builder: Callable) -> None:
    axes = [channel for name, channel in channels(builder) if name in ("x", "y") and channel.get("type") == "nominal"]
    # Small multiples are laid out by numbers in the data alone.
    assert axes or builder in MAPS | {charts.scatter, charts.small_multiples}
    for channel in axes:
        assert "sort" in channel, channel
        assert channel["sort"] in (None, {"field": "order", "op": "min"})


@every_builder
def test_colours_of_categories_are_fixed_not_dealt_out(builder: Callable) -> None:
    for name, channel in channels(builder):
        if name == "color" and channel.get("type") == "nominal":
            assert len(channel["scale"]["domain"]) == len(channel["scale"]["range"]) >= 3


@every_builder
def test_a_chart_as_sent_has_no_data_but_the_named_rows(builder: Callable) -> None:
    sent = with_rows(made(builder), pd.DataFrame({"label": ["甲"]}))
    data = [part["data"] for part in parts(sent) if "data" in part and part["data"] != {"name": ROWS}]
    if builder in MAPS:
        city = OUTLINES + maps.CITY
        carried, *named = [each for each in data if each["name"] == city]
        assert carried == {"name": city, "values": list(maps.outlines(maps.CITY))}
        assert data == [carried, *named]
        assert all(each == {"name": city} for each in named)
        carried_by = sent["layer"][0]["data"]
        sent = {**sent, "layer": [{**sent["layer"][0], "data": {"name": city}}, *sent["layer"][1:]]}
        assert carried_by == carried
    else:
        assert data == []
    assert sent["data"] == {"name": ROWS}
    assert [list(part["datasets"]) for part in parts(sent) if "datasets" in part] == [[ROWS]]
    for key in ("values", "url"):
        # A legend may say which of its entries it shows.
        assert not [part for part in parts(sent) if key in part and "symbolType" not in part]
    assert "empty" not in {part.get("name") for part in parts(sent)}


@every_builder
def test_the_look_comes_from_the_theme(builder: Callable) -> None:
    config = made(builder)["config"]
    assert config["font"] == theme.FONT
    assert config["axis"]["labelFont"] == config["axis"]["titleFont"] == config["text"]["font"] == theme.FONT
    fonts = {value for part in parts(made(builder)) for key, value in part.items() if key.lower().endswith("font")}
    assert fonts == {theme.FONT}
    assert config["background"] == theme.GROUND
    assert made(builder)["width"] == "container"


@every_builder
def test_the_height_is_the_one_asked_for(builder: Callable) -> None:
    names = list(inspect.signature(builder).parameters)
    given = dict(zip(names, BUILDERS[builder], strict=False))
    shape = {**{name: inspect.signature(builder).parameters[name].default for name in names}, **given, "height": 123}
    assert spec(builder, *shape.values())["height"] == 123


def test_the_axis_of_a_ranking_says_what_it_shows() -> None:
    bars = spec(charts.ranking_bars, "总分", 222)
    assert bars["height"] == 222
    assert bars["layer"][0]["encoding"]["x"]["title"] == "总分"
    assert [each["title"] for each in bars["layer"][0]["encoding"]["tooltip"]] == ["地区", "总分", "方阵"]


@pytest.mark.parametrize("builder", [charts.ranking_bars, charts.spine, charts.dumbbell], ids=lambda b: b.__name__)
def test_scores_are_drawn_from_0_to_100(builder: Callable) -> None:
    domains = [channel["scale"]["domain"] for name, channel in channels(builder) if name == "x" and "scale" in channel]
    assert domains
    assert all(domain == [0, 100] for domain in domains)


def test_every_status_and_every_tier_has_a_colour() -> None:
    assert set(theme.STATUS_COLOURS) == {status.value for status in Status}
    assert list(theme.TIER_COLOURS) == list(text.TIERS.values())
    colour = spec(charts.status_bars, 200)["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(colour["domain"], colour["range"], strict=True)) == theme.STATUS_COLOURS


def test_red_is_only_for_what_is_late() -> None:
    assert {status for status, colour in theme.STATUS_COLOURS.items() if colour == theme.RED} == {"逾期未达标", "滞后"}


def test_what_is_behind_and_what_is_ahead_differ_in_colour_and_shape() -> None:
    ours = spec(charts.spine, 300)["layer"][4]["encoding"]
    tests = ["datum.side > 0", "datum.side < 0"]
    assert (
        [each["test"] for each in ours["color"]["condition"]]
        == [each["test"] for each in ours["shape"]["condition"]]
        == tests
    )
    assert [each["value"] for each in ours["color"]["condition"]] == [theme.AHEAD, theme.BEHIND]
    assert [each["value"] for each in ours["shape"]["condition"]] == ["triangle-up", "triangle-down"]
    assert ours["shape"]["value"] == "circle"


def test_a_row_of_the_spine_is_clicked_on_for_its_indicator_and_a_point_of_the_history_for_its_source() -> None:
    for made_of, field in ((spec(charts.spine, 300), "code"), (spec(charts.standing_over_time, 240), "address")):
        picks = [each["select"]["fields"] for each in made_of["params"] if each["name"] == "pick"]
        assert picks == [[field]]


def test_a_history_of_places_has_the_first_place_on_top() -> None:
    by_place, by_score = (
        spec(charts.standing_over_time, 240, each)["layer"][0]["encoding"]["y"] for each in (True, False)
    )
    assert (by_place["field"], by_place["scale"]["reverse"]) == ("rank", True)
    assert (by_score["field"], by_score["scale"]["reverse"]) == ("score", False)


def test_the_focus_county_is_drawn_over_the_others() -> None:
    line, points, *ours = spec(charts.standing_over_time, 240)["layer"]
    assert line["transform"] == points["transform"] == [{"filter": "datum.focus == 0"}]
    assert all(layer["transform"] == [{"filter": "datum.focus == 1"}] for layer in ours)
