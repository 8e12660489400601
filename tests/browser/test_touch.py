"""On a tablet and on a phone: nothing sticks out, nothing has to be hit with a needle, a tap does what a click does."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import READY, settled
from tests.browser.pages import PATHS

SIZES = {"tablet": {"width": 1024, "height": 768}, "phone": {"width": 390, "height": 844}}
# What is drawn beyond the window and does not scroll in a box of its own.
STICKING_OUT = """() => {
    const scrolls = (element) => {
        for (let box = element.parentElement; box && box.dataset.testid !== "stMain"; box = box.parentElement)
            if (getComputedStyle(box).overflowX !== "visible" && box.getBoundingClientRect().right <= innerWidth + 1)
                return true;
        return false;
    };
    return [...document.querySelectorAll("[data-testid=stMain] *")].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 1 && box.height > 1 && (box.right > innerWidth + 1 || box.left < -1) &&
            getComputedStyle(element).visibility !== "hidden" && !element.closest("svg, .st-key-paper-only") &&
            !element.querySelector(".st-key-paper-only") && !scrolls(element);
    }).map((element) => `${element.dataset.testid || element.tagName} ${element.className}`);
}"""
SMALL = """() => [...document.querySelectorAll(
    "[data-testid=stMain] :is([data-testid^=stBaseButton], [data-testid=stPageLink-NavLink], summary)" +
    ", [data-testid=stExpandSidebarButton]")]
    .filter((element) => element.checkVisibility({visibilityProperty: true}) && !element.closest("[data-testid=stDataFrame]"))
    .map((element) => [element.getBoundingClientRect().height, element.innerText])
    .filter(([height, words]) => height > 0 && height < 39.5)"""


@pytest.fixture
def tab(browser, request):
    """A tab of a device with a touch screen."""
    phone = request.param == "phone"
    context = browser.new_context(viewport=SIZES[request.param], has_touch=True, is_mobile=phone, locale="zh-CN")
    opened = context.new_page()
    opened.set_default_timeout(READY)
    yield opened
    context.close()


@pytest.mark.parametrize("tab", SIZES, indirect=True)
@pytest.mark.parametrize("path", PATHS)
def test_nothing_sticks_out_and_buttons_are_as_large_as_a_finger(address, tab, path):
    tab.goto(f"{address}/{path}")
    settled(tab)
    # Widths settle a moment after the run has ended.
    for _ in range(12):
        if not tab.evaluate(STICKING_OUT) and not tab.evaluate(SMALL):
            break
        tab.wait_for_timeout(250)
    assert tab.evaluate(STICKING_OUT) == []
    assert tab.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert tab.evaluate(SMALL) == []


@pytest.mark.parametrize("tab", SIZES, indirect=True)
def test_a_tap_on_a_bar_opens_the_county(address, tab):
    tab.goto(address)
    settled(tab)
    chart = tab.locator("[data-testid=stVegaLiteChart]").first
    bar = chart.locator(".mark-rect.role-mark path").nth(1)
    # What stands beside the second bar, as 2 郏县.
    rank, county = chart.locator(".role-axis-label text", has_text=re.compile(r"^2 ")).text_content().split()
    bar.scroll_into_view_if_needed()
    tab.wait_for_timeout(500)
    box = bar.bounding_box()
    tab.touchscreen.tap(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    tab.wait_for_url("**/county**")
    expect(tab.locator("[data-testid=stMain] h2").first).to_contain_text(f"{county} 2020年四季度列第 {rank}")


@pytest.mark.parametrize("tab", ["phone"], indirect=True)
def test_on_a_phone_the_sidebar_waits_and_a_wide_chart_scrolls_in_its_box(address, tab):
    tab.goto(f"{address}/heatmap")
    settled(tab)
    expect(tab.get_by_role("combobox", name="指标体系")).not_to_be_in_viewport()
    chart = tab.locator("[data-testid=stVegaLiteChart]").first
    chart.locator("svg").wait_for()
    tab.wait_for_function("document.querySelector('svg.marks').getBoundingClientRect().width > 900")
    scrolled = chart.evaluate("""(chart) => {
        const box = chart.closest("[data-testid=stElementContainer]");
        box.scrollLeft = 200;
        return box.scrollLeft;
    }""")
    assert scrolled == 200
    tab.get_by_test_id("stExpandSidebarButton").tap()
    expect(tab.get_by_role("combobox", name="指标体系")).to_be_in_viewport()
