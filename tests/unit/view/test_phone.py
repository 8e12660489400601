"""The room that a chart asks for, and the height that is kept free for it."""

from __future__ import annotations

import re

from lib.view import charts, maps
from lib.view.charts.parts import legend_columns
from lib.view.phone import STEP, STEPS, kept_free, tall, tall_of, tight
from lib.view.spec import screen_spec


def test_a_height_is_told_in_steps_to_the_nearest():
    assert tall_of(240) == "tall-12"
    assert tall_of(249) == "tall-12"
    assert tall_of(251) == "tall-13"
    assert tall_of(99_999) == f"tall-{STEPS}"


def test_a_chart_is_as_tall_as_its_plot_and_an_axis():
    # 384 pixels of bars and 16 of an axis are twenty steps.
    assert tall(screen_spec(charts.status_bars, 384)) == "tall-20"


def test_a_map_has_less_room_beside_it_where_its_box_is_narrow():
    drawn = screen_spec(charts.county_map, maps.CITY, maps.TIERS, 340)
    assert drawn["padding"] == {"left": 4, "top": 4, "bottom": 4, "right": 98}
    assert tight(charts.county_map, drawn)["padding"] == {
        "expr": "{left: 4, top: 4, bottom: 4, right: containerSize()[0] < 500 ? 40 : 98}"
    }
    bars = screen_spec(charts.status_bars, 384)
    assert tight(charts.status_bars, bars) is bars


def test_a_legend_has_as_many_columns_as_its_plot_has_room_for():
    # Entries of 13 pixels a character and 30 besides: 82 and 56; a plot has 24 more to its right.
    words = ["第一方阵", "其余"]
    assert legend_columns(words).expr == "width < 114 ? max(1, floor((width + 24) / 82)) : 0"
    assert legend_columns(words, 3).expr == "width < 222 ? max(1, floor((width + 24) / 82)) : 3"


def test_there_is_a_rule_for_every_step_and_none_catches_another():
    rules = re.findall(r'\[class\*="-(tall-\d+)-"\].*min-height: ([\d.]+)rem', kept_free())
    assert [name for name, _ in rules] == [tall_of(step * STEP) for step in range(1, STEPS + 1)]
    assert [float(high) * 16 for _, high in rules] == [step * STEP for step in range(1, STEPS + 1)]
