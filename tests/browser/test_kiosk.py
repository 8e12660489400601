"""The wall in a browser: it turns by itself, can be read from the back of a hall, and mends itself."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from itertools import pairwise
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from bench.memory import serving_process
from bench.wall import FAST
from lib.model.screen import Kind
from tests.browser.conftest import READY
from tests.browser.server import ROOT, _free_port, serving

TWO = "screens=overview,weakest"
# One sample a frame of what can be seen: the conclusion, whether its picture is there, how many places are visible.
WATCH = """() => {
    window.seen = [];
    const look = () => {
        const places = [...document.querySelectorAll(".st-key-wall-0, .st-key-wall-1")]
            .filter((each) => getComputedStyle(each).visibility === "visible");
        const marks = places.length ? places[0].querySelector("svg.marks") : null;
        window.seen.push([places.length, places[0]?.querySelector("h2")?.innerText ?? "",
            (marks?.getBoundingClientRect().height ?? 0) > 200,
            places.length ? getComputedStyle(places[0].querySelector(".stElementContainer")).opacity : "0"]);
        requestAnimationFrame(look);
    };
    look();
}"""
# Visible words by the height of their letters: a Chinese character is 0.92 of the size of its type.
LETTERS = """() => {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const words = walk.currentNode.textContent.trim(), parent = walk.currentNode.parentElement;
        if (!words || parent.closest("style, script, noscript, [aria-hidden=true] title")) continue;
        if (!parent.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
        const range = document.createRange();
        range.selectNodeContents(walk.currentNode);
        const box = range.getBoundingClientRect();
        if (box.width < 2 || box.height < 2 || box.bottom < 0 || box.top > innerHeight) continue;
        const scale = parent.ownerSVGElement ? parent.getScreenCTM().a : 1;
        found.push([words.slice(0, 20), 0.92 * scale * parseFloat(getComputedStyle(parent).fontSize), box.right, box.bottom]);
    }
    return found;
}"""
# 8 m over 400 are 20 mm, on a wall of 65 inches (1.44 m wide) 27 of 1920 pixels.
LOWEST_LETTER = 27 / 1920


def hung(tab: Page, address: str, query: str = "") -> None:
    """Opens the wall and waits until a screen stands."""
    tab.goto(f"{address}/kiosk?{query}")
    expect(visible(tab).locator("h2")).to_have_count(1, timeout=READY)
    expect(visible(tab).locator("svg.marks, table").first).to_be_visible(timeout=READY)


def visible(tab: Page):
    return tab.locator(".st-key-wall-0:visible, .st-key-wall-1:visible")


def next_screen(tab: Page) -> None:
    """Waits until another screen is on."""
    before = visible(tab).locator("h2").inner_text()
    expect(visible(tab).locator("h2")).not_to_have_text(before, timeout=READY)


@pytest.fixture(scope="module")
def fast(seeded):
    """A server on which a screen may be shown for less than five seconds."""
    with serving(seeded, environment=FAST) as started:
        yield started


def test_it_turns_without_a_blank_a_flash_or_a_half_drawn_screen(fast, new_page):
    tab = new_page(1920, 1080)
    hung(tab, fast, f"{TWO}&every=3")
    next_screen(tab)
    next_screen(tab)
    tab.evaluate(WATCH)
    tab.wait_for_timeout(12_000)
    seen = tab.evaluate("window.seen")
    assert len(seen) > 60
    assert {each[0] for each in seen} == {1}
    assert all(drawn for _, _, drawn, _ in seen)
    assert {opacity for *_, opacity in seen} == {"1"}
    said = [each[1] for each in seen]
    changes = sum(a != b for a, b in pairwise(said))
    assert len(set(said)) == 2
    assert 3 <= changes <= 5


def test_two_walls_turn_together(fast, new_page):
    walls = [new_page(1366, 768) for _ in range(2)]
    for tab in walls:
        hung(tab, fast, f"{TWO}&every=4")
    next_screen(walls[0])
    walls[1].wait_for_timeout(1500)
    assert len({visible(tab).locator("h2").inner_text() for tab in walls}) == 1


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160)])
# Nothing is on the ledger of a new database, and its campaign is over: these screens are passed over.
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.LEDGER, Kind.CAMPAIGN)])
def test_every_screen_can_be_read_from_eight_metres_and_is_whole(fast, new_page, kind, size):
    tab = new_page(*size)
    hung(tab, fast, f"screens={kind}&region={quote('鲁山县')}")
    tab.wait_for_timeout(1000)
    letters = tab.evaluate(LETTERS)
    assert len(letters) > 10
    assert [each for each in letters if each[1] < LOWEST_LETTER * size[0]] == []
    assert [each for each in letters if each[2] > size[0] + 1 or each[3] > size[1] + 1] == []


def test_nothing_to_press_no_pointer_and_the_whole_screen_on_a_click(fast, new_page):
    tab = new_page(1920, 1080)
    hung(tab, fast, TWO)
    assert "F 键" in tab.locator(".wall-hint").inner_text()
    for _ in range(4):
        tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.tagName") == "BODY"
    expect(tab.locator("html.wall-idle")).to_have_count(1)
    tab.mouse.move(500, 500)
    tab.mouse.move(520, 500)
    expect(tab.locator("html.wall-idle")).to_have_count(0)
    tab.mouse.click(600, 500)
    tab.wait_for_function("document.fullscreenElement !== null")
    expect(tab.locator(".wall-hint")).to_be_hidden()


def test_at_night_it_is_dark_and_a_click_brightens_it_for_a_minute(fast, new_page):
    tab = new_page(1920, 1080)
    # 13:59 UTC is 21:59 in China.
    tab.clock.install(time="2026-01-01T13:59:30Z")
    hung(tab, fast, f"{TWO}&dim=22-7")
    veil = tab.locator(".wall-veil")
    expect(tab.locator(".wall-clock")).to_have_text("21:59")
    expect(veil).to_have_css("opacity", "0")
    tab.clock.fast_forward(60_000)
    expect(tab.locator(".wall-clock")).to_have_text("22:00")
    expect(veil).to_have_css("opacity", "0.75")
    tab.mouse.click(600, 500)
    expect(veil).to_have_css("opacity", "0")
    tab.clock.fast_forward(61_000)
    expect(veil).to_have_css("opacity", "0.75")
    # Eight hours and 59 minutes on: seven in the morning.
    tab.clock.fast_forward("08:59:00")
    expect(veil).to_have_css("opacity", "0")


def test_after_a_day_the_page_is_loaded_afresh(fast, new_page):
    tab = new_page(1366, 768)
    tab.clock.install(time="2026-01-01T02:00:00Z")
    hung(tab, fast, f"{TWO}&every=1")
    tab.evaluate("window.old = true")
    tab.clock.fast_forward("23:59:00")
    next_screen(tab)
    tab.wait_for_timeout(4000)
    assert tab.evaluate("window.old")
    tab.clock.fast_forward("02:00")
    tab.wait_for_function("window.old === undefined")
    next_screen(tab)


def test_the_server_goes_and_comes_back_without_a_touch(seeded, new_page):
    port, tab = _free_port(), new_page(1920, 1080)
    query = f"{TWO}&every=1"
    with serving(seeded, environment=FAST, port=port) as address:
        hung(tab, address, query)
        next_screen(tab)
    tab.evaluate("window.old = true")
    lost = tab.locator(".wall-lost")
    expect(lost).to_be_visible(timeout=20_000)
    assert lost.inner_text().startswith("连接中断，正在重连；画面停在 ")
    # Streamlit's own dialog comes after some tries.
    for _ in range(20):
        tab.wait_for_timeout(500)
        expect(visible(tab).locator("h2")).to_be_visible()
        expect(visible(tab).locator("svg.marks")).to_be_visible()
        assert not any(found.is_visible() for found in tab.locator("[role=dialog]").all())
    with serving(seeded, environment=FAST, port=port):
        expect(lost).to_be_hidden(timeout=60_000)
        next_screen(tab)
        next_screen(tab)


def test_a_server_that_hangs_and_a_network_that_is_cut(seeded, new_page):
    tab = new_page(1920, 1080)
    with serving(seeded, environment=FAST) as address:
        hung(tab, address, f"{TWO}&every=1")
        process = serving_process(address)
        os.kill(process, signal.SIGSTOP)
        try:
            expect(tab.locator(".wall-lost")).to_be_visible(timeout=20_000)
            expect(visible(tab).locator("svg.marks")).to_be_visible()
        finally:
            os.kill(process, signal.SIGCONT)
        expect(tab.locator(".wall-lost")).to_be_hidden(timeout=60_000)
        next_screen(tab)
        tab.context.set_offline(True)
        tab.wait_for_timeout(3000)
        expect(visible(tab).locator("svg.marks")).to_be_visible()
        tab.context.set_offline(False)
        next_screen(tab)
        next_screen(tab)


def test_new_data_appear_and_a_broken_database_only_holds_the_picture(seeded, new_page, tmp_path):
    path = tmp_path / "duibiao.db"
    shutil.copy(seeded, path)
    tab = new_page(1920, 1080)
    with serving(path, environment=FAST) as address:
        hung(tab, address, "screens=overview&every=2")
        expect(visible(tab).locator("h2")).to_contain_text("2020年四季度")
        withdraw = "from lib.store import batches, default_path as path; batches.withdraw(path(), 2, user='张三')"
        whole = path.read_bytes()
        path.write_bytes(b"torn" * 4096)
        wrong = tab.locator(".st-key-wall-wrong")
        expect(wrong).to_contain_text("画面停在", timeout=30_000)
        expect(visible(tab).locator("h2")).to_contain_text("2020年四季度")
        path.write_bytes(whole)
        expect(wrong).to_have_count(0, timeout=30_000)
        subprocess.run(
            [sys.executable, "-c", withdraw], cwd=ROOT, env={**os.environ, "DUIBIAO_DB": str(path)}, check=True
        )
        expect(visible(tab).locator("h2")).not_to_contain_text("2020年四季度", timeout=30_000)
