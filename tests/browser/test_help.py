"""The help as a browser has it: the invitation that is remembered, and the button that takes no line of the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from lib.ui import tour
from tests.browser.conftest import settled

LINE = "第一次来？"


def cookies(tab) -> set[str]:
    return {each["name"] for each in tab.context.cookies()}


def test_declining_is_remembered_by_the_browser(address, new_page):
    tab = new_page()
    tab.goto(address)
    settled(tab)
    line = tab.get_by_text(LINE)
    line.wait_for()
    assert line.bounding_box()["height"] < 40
    tab.get_by_role("button", name="不用了").click()
    line.wait_for(state="detached")
    settled(tab)
    tab.wait_for_function("document.cookie.includes('duibiao_tour=1')")
    tab.reload()
    settled(tab)
    assert tab.get_by_text(LINE).count() == 0


def test_the_tour_is_opened_from_the_line_and_leads_on(address, new_page):
    tab = new_page()
    tab.goto(address)
    settled(tab)
    tab.get_by_role("button", name="开始导览").click()
    tab.wait_for_url("**/guide")
    settled(tab)
    assert tour.COOKIE in cookies(tab)
    assert tab.locator(".st-key-tour img").count() == len(tour.stops()["领导"])
    assert tab.evaluate("[...document.querySelectorAll('.st-key-tour img')].every((img) => img.naturalWidth === 800)")
    tab.get_by_role("button", name="带我去").nth(2).click()
    tab.wait_for_url("**/county**")
    assert settled(tab).startswith("鲁山县")


@pytest.mark.parametrize("path", ["ranking", "ledger", "upload", "county"])
def test_how_to_read_a_page_is_beside_its_name(address, new_page, path):
    tab = new_page()
    tab.goto(f"{address}/{path}")
    settled(tab)
    button, name, said = (
        tab.get_by_role("button", name="怎么看", exact=False).first,
        tab.locator("[data-testid=stMain] h5").first,
        tab.locator("[data-testid=stMain] h2").first,
    )
    boxes = [each.bounding_box() for each in (button, name, said)]
    assert boxes[0]["x"] > boxes[1]["x"]
    assert abs(boxes[0]["y"] + boxes[0]["height"] / 2 - boxes[1]["y"] - boxes[1]["height"] / 2) < 12
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[2]["y"] + 4
    header = tab.locator("[data-testid=stHeader]").bounding_box()
    assert boxes[1]["y"] + 4 >= header["y"] + header["height"] - 4
    tab.locator(".st-key-how button").click()
    tab.get_by_text("回答：").wait_for()


def test_paper_has_neither_the_button_nor_the_invitation(address, new_page):
    tab = new_page()
    tab.goto(address)
    settled(tab)
    tab.emulate_media(media="print")
    expect(tab.locator(".st-key-how").first).to_be_hidden()
    assert not tab.locator(".st-key-invitation").is_visible()
