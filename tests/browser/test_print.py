"""Every page on A4: nothing cut, no controls, what was chosen at the head; 县区画像 on one sheet."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.browser.pages import DRAWN, PATHS
from tests.browser.test_pages import CUT_OFF

# Marks that stand outside the box of their chart, and charts without a box.
CUT = """() => [...document.querySelectorAll(".st-key-sheet svg.marks")].filter((svg) => {
    const box = svg.getBoundingClientRect(), column = svg.closest("[data-testid=stColumn]")?.getBoundingClientRect();
    return box.width && (box.height < 100 || box.right > column.right + 1 || box.left < column.left - 1);
}).length"""
SHEET = ["stSidebar", "stHeader", "stButtonGroup", "stPageLink", "stDataFrame"]

# What is pressed, chosen, typed into or scrolled; words that lead on are words on paper.
CONTROLS = """() => [...document.querySelectorAll(
    "[data-testid=stSidebar], [data-testid=stHeader], [data-testid=stDataFrame], input, textarea, select, [role=combobox], " +
    "[role=slider], [role=tab], [data-testid=stPageLink], [data-testid=stPopover], [data-testid=stFileUploader], " +
    "[data-testid=stButtonGroup], [data-testid=stElementToolbar], [data-testid=stBaseButton-secondary], " +
    "[data-testid=stBaseButton-primary], details:not([open]) summary")]
    .filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 120))"""
# Figures and tables wider than the sheet, and figures higher than it.
BEYOND = """() => [...document.querySelectorAll("svg.marks, [data-testid=stTable] table, .paper-grid table, .paper-head")]
    .filter((each) => each.checkVisibility())
    .map((each) => [each.getBoundingClientRect(), each])
    .filter(([box, each]) => box.left < -1 || box.right > innerWidth + 1 || (each.matches("svg") && box.height > 735))
    .map(([box, each]) => `${box.left} ${box.right} ${box.height} ${each.textContent.slice(0, 40)}`)"""
# The most sheets that a page takes; one where nothing else is said.
SHEETS = {
    "": 2,
    "ranking": 2,
    "map": 2,
    "heatmap": 2,
    "indicator": 4,
    "seek": 2,
    "gap": 5,
    "practices": 3,
    "targets": 5,
    "whatif": 2,
    "progress": 2,
    "counters": 2,
    "bulletin": 7,
    "completeness": 5,
    "batches": 8,
    "method": 8,
    "glossary": 8,
    "guide": 3,
    "decks": 3,
}


def sheets(tab) -> int:
    """How many pages the paper has."""
    paper = tab.pdf(format="A4", print_background=True, prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", paper))


@pytest.mark.parametrize("path", PATHS)
def test_every_page_goes_on_paper(address, new_page, path):
    tab = new_page()
    tab.goto(f"{address}/{path}")
    settled(tab)
    tab.wait_for_function(DRAWN)
    # A page that is still coming to rest is longer.
    for _ in range(5):
        if sheets(tab) <= SHEETS.get(path, 1):
            break
        tab.wait_for_timeout(1500)
    assert sheets(tab) <= SHEETS.get(path, 1)
    tab.set_viewport_size({"width": 1047, "height": 768})
    # Making the PDF may set the medium back to the screen a moment after it is done.
    for _ in range(10):
        tab.emulate_media(media="print")
        if not tab.evaluate(CONTROLS) and not tab.evaluate(BEYOND):
            break
        tab.wait_for_timeout(300)
    assert tab.evaluate(CONTROLS) == []
    assert tab.evaluate(BEYOND) == []
    assert tab.locator(".paper-head").count() == 1


def test_the_head_says_what_was_chosen_and_a_grid_is_printed_whole(address, new_page):
    tab = new_page()
    tab.goto(f"{address}/ranking?region={quote('鲁山县')}&period=2020-Q3")
    settled(tab)
    assert not tab.locator(".paper-head").is_visible()
    assert not tab.locator(".paper-grid").first.is_visible()
    tab.emulate_media(media="print")
    line, name = tab.locator(".paper-head").bounding_box(), tab.locator("[data-testid=stMain] h5").first.bounding_box()
    assert line["y"] + line["height"] <= name["y"]
    head = tab.locator(".paper-head").inner_text()
    assert re.search(r"，2020年三季度，关注 鲁山县，对标 各项最优；打印于 \d{4}-\d\d-\d\d$", head)
    grid = tab.locator(".paper-grid").first
    assert grid.is_visible()
    assert grid.locator("tbody tr").count() == 12
    assert "鲁山县" in grid.inner_text()


def test_dark_ground_is_printed_light(address, new_page):
    tab = new_page()
    tab.goto(f"{address}/health")
    tab.evaluate("localStorage.setItem('stActiveTheme-/-v2', JSON.stringify('Dark'))")
    tab.goto(address)
    settled(tab)
    tab.locator("[data-testid=stMain] td").first.wait_for()
    colours = """() => [".stApp", "h2", "p", "td", "h5"].map((each) => {
        const style = getComputedStyle(document.querySelector(each === ".stApp" ? each : `[data-testid=stMain] ${each}`));
        return each === ".stApp" ? style.backgroundColor : style.color;
    })"""
    assert tab.evaluate(colours)[0] == "rgb(18, 24, 31)"
    tab.emulate_media(media="print")
    tab.wait_for_timeout(300)
    ink, quiet = "rgb(31, 41, 51)", "rgb(91, 103, 115)"
    assert tab.evaluate(colours) == ["rgb(255, 255, 255)", ink, ink, ink, quiet]


def drawn(tab, address: str, query: str) -> None:
    """Opens the page and waits for its charts: at the level of measures the sheet's own spine stands by."""
    tab.goto(f"{address}/county?{query}")
    settled(tab)
    expect(tab.locator(".st-key-sheet svg.marks")).to_have_count(3 if "level=测度" in query else 2)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1024, 768)])
@pytest.mark.parametrize("query", ["", "level=测度&more=目标和做法", f"region={quote('高新区')}&trend=名次"])
def test_a_profile_is_one_sheet(address, new_page, size, query):
    tab = new_page(*size)
    drawn(tab, address, query)
    paper = tab.pdf(format="A4", print_background=True, prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    width, height = map(float, re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper).groups())
    assert (round(width), round(height)) == (842, 595)


def test_what_is_on_the_sheet_and_what_is_not(address, new_page):
    tab = new_page()
    drawn(tab, address, f"region={quote('鲁山县')}&level=测度")
    tab.emulate_media(media="print")
    for part in SHEET:
        assert not any(found.is_visible() for found in tab.locator(f"[data-testid={part}]").all()), part
    charts = tab.locator("[data-testid=stVegaLiteChart]")
    shown = [chart for chart in charts.all() if chart.is_visible()]
    assert len(shown) == 2
    # The total and the sixteen indicators, not the measures.
    assert len(re.findall("第 \\d+", shown[0].inner_text())) == 17
    assert tab.evaluate(CUT) == 0
    sheet = tab.locator(".st-key-sheet").inner_text()
    for words in ("鲁山县 2020年四季度列第 8", "演示数据", "优势", "短板", "再进一位要什么", "只改一项就够的"):
        assert words in sheet
    tab.locator(".st-key-sheet [data-testid=stTable]").wait_for()


def test_a_row_and_a_point_can_be_clicked_on(address, new_page):
    tab = new_page()
    drawn(tab, address, "")
    spine, history = tab.locator(".st-key-sheet [data-testid=stVegaLiteChart]").all()
    assert spine.locator(".mark-rect.role-mark path[aria-label]").count() >= 17
    history.locator("svg.marks .mark-symbol.role-mark").last.locator("path").last.click()
    tab.get_by_role("dialog").wait_for()
    assert "总分" in tab.get_by_role("dialog").inner_text()
    assert "source=score" in tab.url


@pytest.mark.parametrize("more", ["同类和邻县", "目标和做法"])
def test_no_table_is_cut_off_on_a_laptop(address, new_page, more):
    tab = new_page()
    drawn(tab, address, f"region={quote('石龙区')}&more={more}")
    for _ in range(20):
        if not tab.evaluate(CUT_OFF):
            break
        tab.wait_for_timeout(250)
    assert tab.evaluate(CUT_OFF) == []
