"""From a county's place through a least-effort plan to a saved scenario, and its link in another browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.store import scenarios
from tests.browser.conftest import FLAGS, READY, chromium, settled
from tests.browser.server import serving


@pytest.fixture
def own(seeded: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The application on a database that may be written to."""
    path = tmp_path / "duibiao.db"
    shutil.copy(seeded, path)
    with serving(path) as started:
        yield started, path


@pytest.fixture
def other(browser: Browser) -> Iterator[Page]:
    """A tab of a second Chromium that has nothing in common with the first."""
    launched = browser.browser_type.launch(executable_path=chromium(), args=FLAGS)
    tab = launched.new_page(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    tab.set_default_timeout(READY)
    yield tab
    launched.close()


def rest(tab: Page) -> str:
    tab.wait_for_timeout(400)
    return settled(tab)


def view(tab: Page, name: str) -> str:
    tab.get_by_role("radio", name=name, exact=True).click()
    return rest(tab)


def table(tab: Page, title: str) -> list[list[str]]:
    """The cells of the table under a title, row by row."""
    rows = tab.get_by_role("table", name=title).locator("tbody tr")
    rows.first.wait_for()
    return [row.locator("td").all_inner_texts() for row in rows.all()]


def test_from_a_place_through_a_plan_to_a_link_that_another_browser_opens(own, new_page, other) -> None:
    address, path = own
    tab = new_page()
    tab.goto(f"{address}/whatif?region={quote('汝州市')}")
    now = re.match(r"汝州市现在 ([\d.]+) 分，列第 9（第三方阵）", settled(tab))
    assert now
    answer = view(tab, "升档反推")
    found = re.match(r"汝州市脱离第三方阵，要改 (\d+) 项.*总分 ([\d.]+) → ([\d.]+)，列第 8", answer)
    assert found and found[2] == now[1], answer
    gain = f"{found[2]} → {found[3]}"
    tab.get_by_role("button", name="这样试试").click()
    tab.wait_for_function("document.querySelector('[data-testid=stMain] h2').innerText.includes('改动')")
    tried = rest(tab)
    assert gain in tried and "第 9 → 第 8" in tried
    view(tab, "方案")
    tab.get_by_label("方案名字").fill("汝州市脱离第三方阵")
    tab.get_by_label("经办人").fill("张三")
    tab.keyboard.press("Enter")
    rest(tab)
    tab.get_by_role("button", name="保存方案").click()
    tab.get_by_text("已保存“汝州市脱离第三方阵”。").wait_for()
    mine = rest(tab)
    assert gain in mine and "第 9 → 第 8" in mine
    moves = table(tab, "改了什么（点现值看来历）")
    assert len(moves) == int(found[1])
    (kept,) = scenarios.scenarios(path)
    assert len(kept.scenario.moves) == len(moves)
    tab.get_by_role("button", name="链接", exact=True).click()
    link = tab.get_by_test_id("stCode").last.inner_text().strip()
    assert link.startswith(f"{address}/whatif?") and "moves" not in link
    other.goto(link)
    assert rest(other) == mine
    assert table(other, "改了什么（点现值看来历）") == moves
    other.get_by_role("button", name="接着试").click()
    other.wait_for_function("document.querySelector('[data-testid=stMain] h2').innerText.includes('改动')")
    assert rest(other) == tried
    expect(other.get_by_role("button", name="撤销")).to_be_enabled()
