"""What only a browser shows: cold deep links, nothing from outside, Chinese glyphs, a slider that moves a county."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest

from tests.browser.conftest import settled
from tests.browser.server import serving

PATHS = ["", "ranking", "heatmap", "map", "county", "indicator", "seek", "gap", "targets", "whatif"]
MANAGE = ["upload", "entry", "completeness", "batches"]
# A character drawn as the box of a missing glyph looks the same as one that no font has.
GLYPHS = """() => {
    const draw = (text) => {
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = 40;
        const pen = canvas.getContext("2d");
        pen.font = "32px " + getComputedStyle(document.body).fontFamily;
        pen.fillText(text, 2, 34);
        return canvas.toDataURL();
    };
    const missing = draw("\\uFFFE");
    return [..."平顶山郏汝州舞钢湛河"].every((c) => draw(c) !== missing) && draw("郏") !== draw("汝");
}"""

# Tables wider than the room they have: their last columns cannot be seen.
CUT_OFF = """() => [...document.querySelectorAll("[data-testid=stTable]")]
    .filter((table) => table.offsetParent && table.querySelector("table").scrollWidth > table.clientWidth + 1)
    .map((table) => table.innerText.slice(0, 40))"""


@pytest.mark.parametrize("path", PATHS)
def test_first_request_of_a_cold_server_may_be_any_page(seeded, new_page, path):
    with serving(seeded) as cold:
        tab = new_page()
        tab.goto(f"{cold}/{path}?region={quote('舞钢市')}")
        assert settled(tab)
        assert tab.locator("[data-testid=stDialog]").count() == 0
        assert tab.get_by_role("combobox", name="关注地区").input_value() == "舞钢市"


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("path", [*PATHS, *MANAGE])
def test_every_page_is_drawn_whole(address, new_page, path, size):
    tab = new_page(*size)
    tab.goto(f"{address}/{path}")
    settled(tab)
    if path == "map":
        # The plain map stands until the browser has said that it has WebGL.
        tab.locator("[data-testid=stDeckGlJsonChart]").wait_for()
        settled(tab)
    for chart in tab.locator("[data-testid=stVegaLiteChart]").all():
        chart.locator("svg, canvas").first.wait_for()
        assert "undefined" not in chart.inner_text()
        box = chart.bounding_box()
        assert box["width"] > 200
        assert box["height"] > 60
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    # Widths settle a moment after the run has ended, later on a busy machine.
    for _ in range(20):
        if not tab.evaluate(CUT_OFF):
            break
        tab.wait_for_timeout(250)
    assert tab.evaluate(CUT_OFF) == []
    assert tab.evaluate(GLYPHS)


def test_charts_have_a_mark_for_every_row(address, new_page):
    tab = new_page()
    tab.goto(f"{address}/ranking")
    settled(tab)
    chart = tab.locator("[data-testid=stVegaLiteChart]").first
    chart.locator("svg").wait_for()
    # A bar of sixteen indicators for each of twelve places.
    assert chart.locator(".mark-rect.role-mark path").count() == 12 * 16
    assert len(re.findall(r"^[▶\s]*\d+\s+\S+[区县市]$", chart.inner_text(), re.MULTILINE)) == 12


def test_the_address_keeps_the_selection_and_a_copied_link_reopens_it(address, new_page):
    tab = new_page()
    tab.goto(f"{address}/county")
    settled(tab)
    tab.get_by_role("combobox", name="关注地区").click()
    tab.get_by_role("option", name="宝丰县").click()
    tab.wait_for_function("document.querySelector('[data-testid=stMain] h2').innerText.startsWith('宝丰县')")
    said = settled(tab)
    assert parse_qs(urlsplit(tab.url).query)["region"] == ["宝丰县"]
    tab.get_by_role("button", name="标", exact=True).click()
    tab.get_by_role("menuitem", name="对标差距").click()
    tab.wait_for_url("**/gap**")
    settled(tab)
    assert "region=宝丰县" in unquote(tab.url)
    other = new_page()
    other.goto(tab.url.replace("/gap", "/county"))
    assert settled(other) == said


def place(sentence: str) -> int:
    return int(re.findall(r"第 (\d+)", sentence)[-1])


def test_a_slider_moves_the_county_in_the_ranking(address, new_page):
    tab = new_page()
    tab.goto(f"{address}/whatif?region={quote('鲁山县')}")
    before = settled(tab)
    for i in range(6):
        thumb = tab.get_by_role("slider").nth(i)
        thumb.focus()
        label = tab.locator("[data-testid=stSlider]").nth(i).inner_text()
        end = "End" if "越高越好" in label else "Home"
        thumb.press(end)
        tab.wait_for_function(
            "(n) => document.querySelector('[data-testid=stMain] h2').innerText.includes(`改动 ${n} 项`)", arg=i + 1
        )
    after = settled(tab)
    assert place(after) < place(before)
    assert labels_from_the_top(tab)[place(after) - 1] == f"{place(after)} 鲁山县"
    tab.get_by_role("button", name="全部恢复").click()
    tab.wait_for_function("document.querySelector('[data-testid=stMain] h2').innerText.includes('离前一名')")
    assert settled(tab) == before


def labels_from_the_top(tab) -> list[str]:
    """The first chart's row labels in the order on screen."""
    words = tab.locator("[data-testid=stVegaLiteChart]").first.locator(".role-axis-label text")
    found = [(each.bounding_box()["y"], " ".join(each.text_content().split())) for each in words.all()]
    return [text for _, text in sorted(found) if not text.isdigit()]


def test_the_health_route_answers_and_a_foreign_host_is_refused(address, new_page):
    tab = new_page()
    answer = tab.request.get(f"{address}/health")
    assert (answer.status, answer.json()["status"]) == (200, "ok")
    for route in ("/", "/ranking", "/_stcore/stream"):
        assert tab.request.get(f"{address}{route}", headers={"Host": "evil.example"}).status >= 400
