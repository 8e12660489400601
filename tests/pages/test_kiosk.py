"""The wall without a browser: which screens are drawn at a moment, and what is said when something is wrong."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from lib.model.screen import Deck, Kind, Screen
from lib.store.decks import save
from lib.ui.room import compose, kiosk
from lib.ui.room.shown import Shown
from tests.pages.conftest import ROOT, text_of

PAGE = "screen/kiosk.py"
TWO = "overview,weakest"


@pytest.fixture
def clock(monkeypatch):
    """The wall's clock, to be set."""

    class Clock:
        now = 1_000_000.0

        def time(self):
            return self.now

    fixed = Clock()
    monkeypatch.setattr(kiosk, "time", fixed)
    kiosk._once.cache_clear()
    return fixed


@pytest.fixture
def hang(house, clock):
    """Opens the wall by its address, as a wall does: no other page before it."""

    def open_wall(**query: str) -> AppTest:
        at = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=60)
        for key, value in query.items():
            at.query_params[key] = value
        at.switch_page(PAGE).run()
        assert not at.exception, at.exception
        return at

    return open_wall


def turns(at) -> dict[int, str]:
    """What the two places are for: the number of the screen by turn."""
    marks = [part.proto.body for part in at.get("html") if part.proto.body.startswith("<i class='wall-turn'")]
    found = [re.search(r'data-turn="(\d+)".*data-count="([^"]*)"', mark) for mark in marks]
    return {int(each[1]): each[2] for each in found}


def conclusions(at) -> list[str]:
    return [part.value for part in at.markdown if part.value.startswith("## ")]


def below(at) -> list[str]:
    return [part.value.replace("\\:", ":") for part in at.markdown if part.value.startswith(("地址有误", "画面停在"))]


def test_the_screen_is_read_off_the_clock_and_the_next_one_is_ready(hang, clock):
    # 1,000,000 / 20 = 50,000: an even turn, the first of two screens.
    at = hang(screens=TWO)
    assert turns(at) == {50_000: "1 / 2", 50_001: "2 / 2"}
    clock.now += 19.9
    assert turns(at.run()) == {50_000: "1 / 2", 50_001: "2 / 2"}
    clock.now += 0.1
    assert turns(at.run()) == {50_001: "2 / 2", 50_002: "1 / 2"}
    clock.now += 3600
    assert turns(at.run()) == {50_181: "2 / 2", 50_182: "1 / 2"}


def test_an_interval_of_its_own(hang, clock):
    assert turns(hang(screens=TWO, every="8")) == {125_000: "1 / 2", 125_001: "2 / 2"}


def test_the_page_says_how_old_its_data_are_and_that_they_are_made_up(hang, clock):
    at = hang(screens="overview")
    said = [part.proto.body for part in at.get("html") if part.proto.body.startswith("<i class='wall-turn'")]
    assert re.search(r"2020年四季度数据，\d{4}-\d\d-\d\d 发布，今天", said[0])
    assert "新华区总分列第 1" in conclusions(at)[0]
    assert "演示数据" in text_of(at)


def test_a_period_and_a_region_of_the_address(hang, clock):
    at = hang(screens="overview", period="2020-Q3", region="410423")
    assert conclusions(at)[0].startswith("## 2020年三季度")
    assert below(at) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"every": "3"}, "要写 5 到 3600 的数"),
        ({"screens": "overview,mpa"}, "没有“mpa”这种屏"),
        ({"screens": "county:郑州"}, "“county:郑州”没有，可选："),
        ({"period": "1999"}, "评价期“1999”现在没有（可选：2020年四季度"),
        ({"deck": "77"}, "没有屏单“77”"),
        ({"dim": "22"}, "如 22-7"),
        ({"theme": "blue"}, "light"),
    ],
)
def test_what_is_wrong_in_the_address_is_said_and_the_rest_goes_on(hang, clock, query, said):
    at = hang(**query)
    assert len(below(at)) == 1
    assert said in below(at)[0]
    assert len(conclusions(at)) == 2
    assert "没有可以显示的内容" not in text_of(at)


def test_more_faults_than_there_is_room_for_are_counted(hang, clock):
    at = hang(screens="overview,a,b,c")
    assert len(below(at)) == 2
    assert below(at)[1].endswith("（另有 1 处）")


def test_a_kept_deck(hang, clock, house):
    number = save(house, Deck("大厅", (Screen(Kind.WEAKEST), Screen(Kind.OVERVIEW))), user="张三")
    at = hang(deck=str(number))
    assert turns(at) == {50_000: "1 / 2", 50_001: "2 / 2"}
    assert "总分列第 1" in conclusions(at)[1]


def test_the_deck_of_a_meeting_on_a_wall(hang, clock):
    at = hang(deck="meeting")
    assert below(at) == []
    # 50,000 = 13 · 3,846 + 2: the third screen of thirteen is on.
    assert turns(at) == {50_000: "3 / 13", 50_001: "4 / 13"}


def test_a_screen_that_fails_gives_its_turn_to_the_next(hang, clock, monkeypatch, caplog):
    def fail(context):
        raise ValueError("broken")

    monkeypatch.setitem(compose._KINDS, Kind.WEAKEST, fail)
    at = hang(screens=TWO)
    assert turns(at) == {50_000: "1 / 2", 50_001: "1 / 2"}
    at.run()
    assert sum("broken" in line.getMessage() for line in caplog.records) == 1


def test_a_screen_that_cannot_be_drawn_is_left_out(hang, clock, monkeypatch):
    monkeypatch.setitem(compose._KINDS, Kind.WEAKEST, lambda context: Shown("坏", "坏", "坏", "", table="no table"))
    at = hang(screens=TWO)
    assert turns(at) == {50_000: "1 / 2", 50_001: "1 / 2"}
    assert all("总分列第 1" in each for each in conclusions(at))


def test_when_nothing_can_be_shown_it_says_so_and_comes_back(hang, clock, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setitem(compose._KINDS, Kind.OVERVIEW, lambda context: 1 / 0)
        at = hang(screens="overview")
        assert conclusions(at) == ["## 现在没有可以显示的内容"] * 2
        assert "每 20 秒再试一次" in text_of(at)
    assert "总分列第 1" in conclusions(at.run())[0]


def test_the_last_picture_stays_while_the_database_cannot_be_read(hang, clock, house):
    at = hang(screens=TWO)
    whole, before = house.read_bytes(), conclusions(at)
    house.write_bytes(b"not a database" * 100)
    clock.now += 3600
    at.run()
    assert conclusions(at) == before
    # 1,000,000 s after the epoch: 12 January 1970, 21:46 in China.
    assert below(at)[0].startswith("画面停在 21:46，每 20 秒再试一次")
    house.write_bytes(whole)
    assert below(at.run()) == []
    assert list(turns(at)) == [50_180, 50_181]
