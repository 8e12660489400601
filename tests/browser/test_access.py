"""Everybody can use it: axe-core on every page, on light and dark ground; the keyboard alone; charts in words."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.browser.pages import DRAWN, PATHS

GRAVE = {"serious", "critical"}
# A layer of a chart whose marks say nothing of their own, or that has none in this data: Vega gives the group a role and no
# name. The chart around it has one.
WORDLESS_LAYER = re.compile(r'<g class="mark-\w+ role-mark [^>]*aria-roledescription="\w+ mark container"')
DARK = "(path) => localStorage.setItem(`stActiveTheme-/${path}-v2`, JSON.stringify('Dark'))"


def violations(tab) -> list[tuple[str, list[str]]]:
    """Rules broken gravely, each with what breaks it."""
    found = []
    for each in Axe().run(tab).response["violations"]:
        nodes = [node["html"] for node in each["nodes"]]
        if each["id"] == "svg-img-alt":
            nodes = [html for html in nodes if not WORDLESS_LAYER.match(html)]
        if each["impact"] in GRAVE and nodes:
            found.append((each["id"], nodes))
    return found


@pytest.mark.parametrize("ground", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_grave(address, new_page, path, ground):
    tab = new_page()
    if ground == "dark":
        tab.goto(f"{address}/health")
        tab.evaluate(DARK, path)
    tab.goto(f"{address}/{path}")
    settled(tab)
    tab.wait_for_function(DRAWN)
    assert tab.locator(".stApp").evaluate("app => getComputedStyle(app).colorScheme") == ground
    # What is still fading in is pale.
    for _ in range(15):
        if not violations(tab):
            break
        tab.wait_for_timeout(1000)
    assert violations(tab) == []


def test_a_chart_says_what_stands_along_its_axes(address, new_page):
    tab = new_page()
    tab.goto(address)
    settled(tab)
    said = tab.locator("[role=graphics-document]").first.get_attribute("aria-label")
    title, down, across = said.split("。")
    assert title == "2020年四季度总分排名"
    assert down.startswith("从上到下：1 新华区、") and down.endswith("12 石龙区")
    assert across == "横轴：总分"


def test_a_source_is_opened_and_closed_by_the_keyboard(address, new_page):
    tab = new_page()
    tab.goto(address)
    settled(tab)
    number = tab.locator("[data-testid=stTable] a").first
    number.focus()
    tab.keyboard.press("Enter")
    tab.get_by_role("dialog").wait_for()
    tab.keyboard.press("Escape")
    tab.get_by_role("dialog").wait_for(state="detached")
    assert len(tab.context.pages) == 1


def test_the_first_stop_skips_the_navigation_and_focus_is_seen(address, new_page):
    tab = new_page()
    tab.goto(address)
    settled(tab)
    tab.locator("[data-testid=stMain] svg.marks").first.wait_for()
    tab.keyboard.press("Tab")
    first = tab.get_by_test_id("stSkipToContent")
    expect(first).to_be_focused()
    assert first.evaluate("e => getComputedStyle(e, '::after').content") == '"跳到正文"'
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    inside = tab.locator(":focus")
    assert inside.evaluate("e => Boolean(e.closest('[data-testid=stMain]'))")
    assert inside.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
