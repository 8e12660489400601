"""A meeting driven by keys only, from the back of the room, and its print."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from lib.model.screen import MEETING, Kind, say_screens
from tests.browser.conftest import READY, settled

SMALLEST = 22
# Words of the slide, in HTML and in its picture, with the height of their letters on the screen.
LETTERS = """() => {
  const slide = document.querySelector("[class*=st-key-slide-]"), found = [];
  const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement, words = node.textContent.trim();
    if (!words || !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(parent);
    if (/Material/.test(style.fontFamily)) continue;
    const svg = parent.closest("svg.marks");
    const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    found.push([words.slice(0, 20), parseFloat(style.fontSize) * scale]);
  }
  return found;
}"""
STICKS_OUT = """() => {
  const slide = document.querySelector("[class*=st-key-slide-]"), box = slide.getBoundingClientRect();
  const parts = [...slide.querySelectorAll("h2, p, td, svg.marks, svg.marks text")];
  return parts.filter((part) => {
    const at = part.getBoundingClientRect();
    return at.width && (at.right > innerWidth + 1 || at.left < -1 || at.bottom > innerHeight + 1);
  }).map((part) => part.textContent.slice(0, 30));
}"""


def meeting(tab: Page, address: str, **query: str) -> str:
    """Opens the meeting and waits for its screen."""
    tab.goto(f"{address}/meeting?{'&'.join(f'{key}={quote(value)}' for key, value in query.items())}")
    return settled(tab)


def says(tab: Page, words: str) -> None:
    """Waits for the conclusion."""
    expect(tab.locator("[data-testid=stMain] h2").first).to_contain_text(words, timeout=READY)


def test_a_meeting_by_keys_only(address, new_page):
    tab = new_page(1920, 1080)
    tab.goto(f"{address}/decks?region={quote('鲁山县')}")
    settled(tab)
    begin = tab.get_by_role("button", name="开始会议")
    begin.focus()
    tab.keyboard.press("Enter")
    says(tab, "新华区总分列第 1")
    settled(tab)
    expect(tab.locator("[data-testid=stSidebar], [data-testid=stHeader]").locator("visible=true")).to_have_count(0)
    tab.keyboard.press("ArrowRight")
    says(tab, "平顶山市在全省营商环境评价中")
    for _ in range(3):
        tab.keyboard.press("PageDown")
    says(tab, "总分下的 16 项里")
    tab.keyboard.press("Space")
    says(tab, "第一方阵 4 地")
    tab.keyboard.press("PageUp")
    tab.keyboard.press("ArrowLeft")
    says(tab, "最弱的 5 个指标")
    tab.keyboard.type("7")
    tab.keyboard.press("Enter")
    says(tab, "鲁山县 2020年四季度列第 8")
    tab.keyboard.press("ArrowDown")
    says(tab, "汝州市 2020年四季度列第 9")
    tab.keyboard.press("ArrowUp")
    says(tab, "鲁山县 2020年四季度列第 8")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/county?**")
    settled(tab)
    expect(tab.get_by_role("button", name="回到第 7 屏")).to_be_visible()
    tab.keyboard.press("Escape")
    tab.wait_for_url("**/meeting?**")
    says(tab, "鲁山县 2020年四季度列第 8")
    settled(tab)
    assert "screen=7" in tab.url
    tab.keyboard.press("b")
    expect(tab.locator(".meeting-dark")).to_be_visible()
    tab.keyboard.press("b")
    expect(tab.locator(".meeting-dark")).to_have_count(0)
    tab.keyboard.press("End")
    says(tab, "还没有单位填申报表")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Home")
    says(tab, "新华区总分列第 1")
    # To the end and out, as Tab goes.
    tab.get_by_role("button", name="结束").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/decks**")


def test_keys_that_are_faster_than_the_server_are_not_lost(address, new_page):
    tab = new_page(1366, 768)
    meeting(tab, address, region="鲁山县")
    for _ in range(9):
        tab.keyboard.press("ArrowRight")
    says(tab, "鲁山县现在列第 8")
    assert "screen=10" in tab.url


def test_a_key_goes_on_from_where_a_click_has_led(address, new_page):
    tab = new_page(1366, 768)
    meeting(tab, address)
    tab.keyboard.press("ArrowRight")
    says(tab, "平顶山市在全省营商环境评价中")
    tab.mouse.move(600, 700)
    tab.get_by_role("button", name="下一屏").click()
    tab.wait_for_url("**screen=3**")
    settled(tab)
    tab.keyboard.press("ArrowRight")
    tab.wait_for_url("**screen=4**")
    assert "screen=4" in tab.url


def test_a_bar_that_is_clicked_on_is_pointed_at(address, new_page):
    tab = new_page(1366, 768)
    meeting(tab, address)
    tab.locator("svg.marks .mark-rect path").nth(11).click()
    tab.wait_for_url(f"**region={quote('石龙区')}**")
    expect(tab.locator("svg.marks")).to_contain_text("▶ 12 石龙区")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (3840, 2160)])
def test_every_screen_is_whole_and_large(address, new_page, size):
    tab = new_page(*size)
    kinds = [*(screen.kind for screen in MEETING.screens), Kind.INDICATOR]
    meeting(tab, address, screens=",".join(kinds), region="鲁山县")
    for number, kind in enumerate(kinds, 1):
        expect(tab.locator("[class*=st-key-slide-]").get_by_text(f"{number} / {len(kinds)}")).to_be_visible()
        settled(tab)
        tab.wait_for_timeout(400)
        small = [(words, height) for words, height in tab.evaluate(LETTERS) if height < SMALLEST * size[0] / 1366 - 0.5]
        assert small == [], kind
        assert tab.evaluate(STICKS_OUT) == [], kind
        assert tab.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") <= size[1] + 1, kind
        tab.keyboard.press("ArrowRight")


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_the_print_is_a_sheet_a_screen(address, new_page, ground):
    tab = new_page(1366, 768)
    tab.emulate_media(color_scheme=ground)
    tab.goto(f"{address}/handout?region={quote('鲁山县')}")
    settled(tab)
    expect(tab.locator("svg.marks")).to_have_count(11)
    tab.wait_for_timeout(1000)
    paper = tab.pdf(format="A4", print_background=True, prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == len(MEETING.screens)
    width, height = map(float, re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper).groups())
    assert (round(width), round(height)) == (842, 595)
    tab.emulate_media(media="print", color_scheme=ground)
    assert tab.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()") == "#1F2933"
    assert not tab.get_by_role("button", name="打印").locator("visible=true").count()
    assert say_screens(MEETING.screens).count(",") == tab.locator("[class*=st-key-slide-sheet]").count() - 1
