"""县区画像 on paper: one sheet of A4, with charts that are whole."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.browser.test_pages import CUT_OFF

# Marks that stand outside the box of their chart, and charts without a box.
CUT = """() => [...document.querySelectorAll(".st-key-sheet svg.marks")].filter((svg) => {
    const box = svg.getBoundingClientRect(), column = svg.closest("[data-testid=stColumn]")?.getBoundingClientRect();
    return box.width && (box.height < 100 || box.right > column.right + 1 || box.left < column.left - 1);
}).length"""
SHEET = ["stSidebar", "stHeader", "stButtonGroup", "stPageLink", "stDataFrame"]


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
