"""The map in a browser with WebGL and in one without: a click on a place looks at it, and nothing comes from outside."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import FLAGS, READY, chromium, settled

DECK = "[data-testid=stDeckGlJsonChart]"
PLAIN = "[data-testid=stVegaLiteChart]"
DWELL = 700


def region(tab: Page) -> str:
    return tab.get_by_role("combobox", name="关注地区").input_value()


def wait_for_region(tab: Page, name: str, timeout: int = READY) -> None:
    tab.wait_for_function(
        "name => document.querySelector('[data-testid=stMain] h4')?.innerText === name", arg=name, timeout=timeout
    )
    assert region(tab) == name


def press(tab: Page, x: float, y: float, name: str) -> None:
    """Rests the pointer on a place and presses, again where a map drawn by software was too slow to take it."""
    for _ in range(8):
        tab.mouse.move(x, y)
        tab.wait_for_timeout(DWELL)
        tab.mouse.down()
        tab.wait_for_timeout(100)
        tab.mouse.up()
        for _ in range(16):
            if tab.locator("[data-testid=stMain] h4").first.inner_text() == name:
                assert region(tab) == name
                return
            tab.wait_for_timeout(500)
    pytest.fail(f"{name} was never looked at")


def test_a_click_on_an_area_of_the_deck_looks_at_the_county(address, new_page):
    tab = new_page()
    tab.goto(f"{address}/map")
    settled(tab)
    tab.locator(f"{DECK} canvas").first.wait_for()
    tab.wait_for_timeout(2_000)
    assert region(tab) == "新华区"
    box = tab.locator(DECK).bounding_box()
    # 鲁山县 lies left of the middle, 叶县 right and below, whatever the height.
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    press(tab, middle[0] - box["height"] * 0.2, middle[1] + box["height"] * 0.05, "鲁山县")
    press(tab, middle[0] + box["height"] * 0.2, middle[1] + box["height"] * 0.18, "叶县")


@pytest.fixture
def plain_tab(browser: Browser) -> Iterator[Page]:
    """A tab of a browser that has no WebGL at all; fails the test if a request left this machine."""
    launched = browser.browser_type.launch(executable_path=chromium(), args=[*FLAGS, "--disable-3d-apis"])
    tab = launched.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    tab.set_default_timeout(READY)
    requested: list[str] = []
    tab.on("request", lambda request: requested.append(request.url))
    yield tab
    launched.close()
    assert [url for url in requested if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))] == []


def test_without_webgl_the_plain_map_is_drawn_and_can_be_clicked_on(address, plain_tab):
    tab = plain_tab
    tab.goto(f"{address}/map")
    settled(tab)
    assert not tab.evaluate("!!document.createElement('canvas').getContext('webgl2')")
    chart = tab.locator(PLAIN).first
    chart.locator("svg").wait_for()
    tab.wait_for_timeout(2_000)
    assert tab.locator(DECK).count() == 0
    assert chart.locator(".mark-shape[class*=view_] path").count() == 10
    words = chart.locator(".layer_5_marks text")
    assert sum("（示意）" in text for text in words.all_text_contents()) == 2
    chart.locator("text", has_text="鲁山县").first.click()
    wait_for_region(tab, "鲁山县")


def test_names_on_the_plain_map_never_cover_each_other(address, plain_tab):
    for width, height in ((1366, 768), (1024, 768), (1920, 1080), (390, 844)):
        plain_tab.set_viewport_size({"width": width, "height": height})
        plain_tab.goto(f"{address}/map")
        settled(plain_tab)
        words = plain_tab.locator(PLAIN).first.locator(".layer_5_marks text")
        words.first.wait_for()
        plain_tab.wait_for_timeout(1_500)
        boxes = [each.bounding_box() for each in words.all()]
        assert len(boxes) == 12
        for i, one in enumerate(boxes):
            for other in boxes[i + 1 :]:
                across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
                down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
                assert across <= 0 or down <= 0


def test_a_city_with_a_place_opens_its_source(address, new_page):
    tab = new_page()
    tab.goto(f"{address}/map?map_area={quote('全省各市')}")
    settled(tab)
    tab.locator(PLAIN).first.locator("text", has_text="平顶山市").first.click()
    panel = tab.locator("[data-testid=stDialog]")
    panel.locator("blockquote").wait_for()
    assert "全省营商环境评价" in panel.inner_text()
    assert "分别排名第9和第10" in panel.locator("blockquote").inner_text().replace(" ", "")
