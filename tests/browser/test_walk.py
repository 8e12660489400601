"""A walk from the overview down to a sentence of a document, each step by a click on what is looked at."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import openpyxl
import pytest

from tests.browser.conftest import settled

PANEL = "[data-testid=stDialog]"
# Two of a measure's neighbours: a click on a county must land inside its area, not in the middle of its box.
INSIDE = """(name) => {
    const area = [...document.querySelectorAll("[data-testid=stVegaLiteChart] .mark-shape path")]
        .find((path) => (path.getAttribute("aria-label") || "").includes(name));
    area.scrollIntoView({block: "center"});
    const box = area.getBoundingClientRect();
    for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) {
        const x = box.left + box.width * i / 20, y = box.top + box.height * j / 20;
        if (document.elementFromPoint(x, y) === area) return [x, y];
    }
    return null;
}"""


def said(tab, beginning: str) -> str:
    """Waits for the page whose conclusion begins so; returns it."""
    tab.wait_for_function(
        "(words) => document.querySelector('[data-testid=stMain] h2')?.innerText.startsWith(words)", arg=beginning
    )
    return settled(tab)


def drawn(tab) -> tuple[str, list[str]]:
    """The conclusion and the titles of the charts, once they are there."""
    conclusion = settled(tab)
    tab.locator("[data-testid=stVegaLiteChart] svg").first.wait_for()
    settled(tab)
    charts = tab.locator("[data-testid=stVegaLiteChart] [role=graphics-document]").all()
    return conclusion, [each.get_attribute("aria-label") for each in charts]


def test_from_the_overview_to_a_quote(address, new_page):
    tab = new_page(1366, 900)
    tab.goto(f"{address}/?compare={quote('全国标杆')}")
    settled(tab)
    # The weakest indicators: a click on the row of one.
    weakest = tab.locator("[data-testid=stVegaLiteChart]").nth(1)
    weakest.locator("svg").wait_for()
    words = weakest.locator(".mark-text text").first
    name = words.text_content().strip()
    box = words.bounding_box()
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.wait_for_url("**/indicator?**")
    said(tab, name)
    assert parse_qs(urlsplit(tab.url).query)["subject"][0].strip() == name
    # Its map: a click on a county.
    tab.wait_for_selector("[data-testid=stVegaLiteChart] .mark-shape path")
    tab.wait_for_timeout(500)
    tab.mouse.click(*tab.evaluate(INSIDE, "鲁山县"))
    tab.wait_for_url("**/county?**")
    profile = said(tab, "鲁山县")
    # Its profile: a click on a number that a document states.
    table = tab.get_by_role("table").filter(has_text="办电环节").first
    row = table.get_by_role("row").filter(has_text="办电环节")
    row.locator("a[href*='source=fact']").first.click()
    tab.locator(f"{PANEL} table").get_by_text("发文").wait_for()
    panel = tab.locator(PANEL).inner_text()
    assert "办电环节：6 个 → 2 个" in panel
    assert tab.locator(f"{PANEL} blockquote").inner_text().strip()
    assert "平顶山市营商环境“寻标、对标、创标”活动工作方案" in panel
    # The address, pasted into another browser.
    other = new_page(1366, 900)
    other.goto(tab.url)
    assert settled(other) == profile
    other.locator(f"{PANEL} table").get_by_text("发文").wait_for()
    assert other.locator(PANEL).inner_text() == panel
    # Closing the panel leaves the page as it was.
    tab.keyboard.press("Escape")
    tab.wait_for_selector(PANEL, state="detached")
    tab.wait_for_url(lambda url: "source=" not in url)
    assert settled(tab) == profile


def test_a_number_is_followed_down_to_its_file(address, new_page):
    tab = new_page()
    tab.goto(f"{address}/county?region={quote('宝丰县')}")
    settled(tab)
    tab.locator("a[href*='source=value']").first.click()
    tab.wait_for_selector(PANEL)
    assert "演示数据：程序生成，不是真实情况" in tab.locator(PANEL).inner_text()
    assert "批次" in tab.locator(PANEL).inner_text()
    # Up again, to the score that it became and to the indicator that this is part of.
    tab.get_by_role("button", name="看它怎么变成得分").click()
    tab.get_by_text("100 ×（最差").wait_for()
    tab.get_by_role("button", name="里占多少").click()
    tab.locator(f"{PANEL} a[href*='source=score']").first.wait_for()
    assert "贡献" in tab.locator(PANEL).inner_text()


@pytest.mark.parametrize(
    "path",
    ["ranking?view=名次变化&subject=纳税", "heatmap?by=评价期&show=名次", "indicator?subject=办电环节&look=走势"],
)
def test_an_address_reopens_the_same_view(address, new_page, path):
    first, second = new_page(), new_page()
    first.goto(f"{address}/{path}&region=叶县&period=2020年三季度")
    shown = drawn(first)
    second.goto(first.url)
    assert drawn(second) == shown
    assert parse_qs(urlsplit(first.url).query) == parse_qs(urlsplit(second.url).query)


def test_what_a_page_shows_can_be_taken_away(address, new_page, tmp_path):
    tab = new_page()
    tab.goto(f"{address}/ranking")
    settled(tab)
    tab.get_by_role("button", name="导出本页").click()
    for kind, beginning in (("PNG", b"\x89PNG"), ("SVG", b"<svg"), ("XLSX", b"PK"), ("CSV", b"\xef\xbb\xbf")):
        with tab.expect_download() as download:
            tab.get_by_role("button", name=kind, exact=True).first.click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        assert file.suffix == f".{kind.lower()}"
        assert file.read_bytes().startswith(beginning)
        if kind == "XLSX":
            rows = list(openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True))
            assert rows[0][:3] == ("名次", "地区", "得分")
            assert [row[0] for row in rows[1:]] == list(range(1, 13))
            assert all(isinstance(row[2], float) for row in rows[1:])


def test_a_cell_of_the_heat_map_opens_its_indicator_in_its_county(address, new_page):
    tab = new_page()
    tab.goto(f"{address}/heatmap?region={quote('石龙区')}")
    settled(tab)
    cell = tab.locator("[data-testid=stVegaLiteChart] .mark-rect path").nth(40)
    cell.wait_for()
    tab.wait_for_timeout(500)
    box = cell.bounding_box()
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.wait_for_url(lambda url: "/indicator?" in url and "subject=" in url)
    chosen = parse_qs(urlsplit(tab.url).query)
    said(tab, chosen["subject"][0].strip())
    assert chosen["region"] != ["石龙区"]
