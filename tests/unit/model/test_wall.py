"""What the address of a wall may say."""

from __future__ import annotations

import pytest

from lib.model import UserError
from lib.model.screen import Kind, Screen, read_screens
from lib.model.wall import Wall, read_wall


def test_screens_are_kinds_with_what_they_are_tied_to():
    assert read_screens("overview, map,county:410423,indicator:tax.time:410425") == (
        Screen(Kind.OVERVIEW),
        Screen(Kind.MAP),
        Screen(Kind.COUNTY, {"region": "410423"}),
        Screen(Kind.INDICATOR, {"subject": "tax.time", "region": "410425"}),
    )
    assert read_screens("县区画像：鲁山县") == (Screen(Kind.COUNTY, {"region": "鲁山县"}),)
    assert read_screens("indicator::410425") == (Screen(Kind.INDICATOR, {"region": "410425"}),)
    assert read_screens(" , ") == ()


@pytest.mark.parametrize("written", ["mpa", "overview:410423", "county:410423:410425"])
def test_a_screen_that_there_is_none_of_is_refused_with_what_there_is(written):
    with pytest.raises(UserError) as refused:
        read_screens(written)
    assert "overview" in str(refused.value) or "冒号" in str(refused.value)


def test_nothing_asked_is_the_default():
    assert read_wall({}) == Wall(every=20, deck="", screens=(), dim=None, ground="", problems=())
    assert read_wall({"every": " ", "dim": ""}) == Wall()


def test_what_is_asked_for():
    asked = {"screens": "overview，city", "every": "7.5", "dim": "22-7", "theme": "深色", "region": "鲁山县"}
    assert read_wall(asked) == Wall(7.5, "", (Screen(Kind.OVERVIEW), Screen(Kind.CITY)), (22, 7), "dark")
    assert read_wall({"deck": "3"}).deck == "3"


@pytest.mark.parametrize("said", ["4.9", "3601", "nan", "inf", "abc", "-20", "0"])
def test_a_wrong_interval_is_said_and_the_default_stays(said):
    wall = read_wall({"every": said})
    assert wall.every == 20
    assert wall.problems == (f"每屏秒数 every={said} 不行，要写 5 到 3600 的数，现在按 20 秒",)


def test_the_shortest_interval_can_be_lowered():
    assert read_wall({"every": "0.5"}, 0.5).every == 0.5


@pytest.mark.parametrize("said", ["22", "22-22", "25-7", "22-7-8", "晚上", "-1-7"])
def test_wrong_hours_are_said(said):
    wall = read_wall({"dim": said})
    assert wall.dim is None
    assert f"dim={said}" in wall.problems[0]


def test_one_wrong_screen_does_not_take_the_others_away():
    wall = read_wall({"screens": "overview,mpa,city"})
    assert wall.screens == (Screen(Kind.OVERVIEW), Screen(Kind.CITY))
    assert len(wall.problems) == 1
    assert "“mpa”" in wall.problems[0]


def test_each_fault_is_said_once():
    wall = read_wall({"deck": "x", "theme": "blue", "sceens": "map", "every": "1"})
    assert len(wall.problems) == 3
    assert wall.problems[0].startswith("“sceens”不认识，可以写：deck、screens")
    both = read_wall({"deck": "3", "screens": "map"})
    assert both.deck == ""
    assert both.problems == ("deck 和 screens 只写一个，现在按 screens 显示",)
