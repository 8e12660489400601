"""Debian's Chromium on the real application."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.server import serving

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = 30_000
# The run has ended, and for half a second nothing on the page was added, taken away or moved: on a page that is still
# coming to rest a click or a measure meets what is about to be replaced.
AT_REST = """() => {
    const main = document.querySelector("[data-testid=stMain]"), app = document.querySelector("[data-testid=stApp]");
    const tops = [...main.querySelectorAll("h2, h5, button, td a, svg.marks")].map((each) => each.getBoundingClientRect().top);
    const now = [app.dataset.testScriptState, main.scrollHeight, main.querySelectorAll("*").length, tops].join();
    if (window.restingAs !== now) Object.assign(window, {restingAs: now, restingSince: performance.now()});
    const waits = [...main.querySelectorAll("[data-testid=stSkeleton]")].some((each) => each.checkVisibility());
    return app.dataset.testScriptState === "notRunning" && !waits && performance.now() - window.restingSince > 500;
}"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


def chromium() -> str:
    """The installed browser; an error, never a skip, when there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise RuntimeError("no Chromium: run sh tests/browser/install_chromium.sh")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def address(seeded: Path) -> Iterator[str]:
    """The application on the seeded database."""
    with serving(seeded) as started:
        yield started


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[[int, int], Page]]:
    """Opens a tab of a given size that notes every request; fails the test if one left this machine."""
    contexts = []
    requested: list[str] = []

    def open_tab(width: int = 1366, height: int = 768) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(READY)
        tab.on("request", lambda request: requested.append(request.url))
        tab.on("websocket", lambda socket: requested.append(socket.url))
        return tab

    yield open_tab
    for context in contexts:
        context.close()
    local = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    assert [url for url in requested if not url.startswith(local)] == []


def settled(tab: Page) -> str:
    """Waits until the page has its conclusion and has come to rest; returns the conclusion."""
    tab.wait_for_selector("[data-testid=stMain] h2:visible")
    tab.wait_for_function(AT_REST)
    assert tab.locator("[data-testid=stException]").count() == 0
    assert tab.locator("[data-testid=stAlertContentError]").count() == 0
    return tab.locator("[data-testid=stMain] h2").first.inner_text()
