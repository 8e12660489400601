"""From opening the first page in a browser that has never seen it to its conclusion and all its charts, beside a stock page with
the same charts and tables; and how far what is on it jumps meanwhile."""

from __future__ import annotations

import os
import pickle
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright
from streamlit.testing.v1 import AppTest

from bench.served import ours, stock
from tests.browser.conftest import FLAGS, chromium
from tests.browser.server import ROOT

ROUNDS, WARM_UP, SIZE, SETTLED = 11, 2, {"width": 1366, "height": 768}, 2000
PAGES = ("", "ranking", "map", "county")
# Notes when the conclusion and so many charts are there, and adds up the jumps of the layout.
WATCH = """
    window.jumps = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.jumps += entry.value;
    }).observe({type: "layout-shift", buffered: true});
    const drawn = () => document.querySelector("[data-testid=stMain] h2")
        && document.querySelectorAll("[data-testid=stVegaLiteChart] svg.marks").length >= %d;
    const look = () => {
        if (drawn()) requestAnimationFrame(() => { window.took = performance.now(); });
        else requestAnimationFrame(look);
    };
    look();
"""


def run() -> list[tuple[str, float, float, float]]:
    """Rows of (what, median in ms, ratio to the stock page, jumps of the layout)."""
    with _pages() as (floor, address, charts), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        samples: list[list[tuple[float, float]]] = [[], []]
        for i in range(ROUNDS + WARM_UP):
            for taken, each in zip(samples, (floor, address), strict=True):
                found = open_page(browser, each, charts)
                if i >= WARM_UP:
                    taken.append(found)
        others = [open_page(browser, f"{address}/{page}", 1) for page in PAGES[1:]]
        browser.close()
    medians = [[statistics.median(each) for each in zip(*taken, strict=True)] for taken in samples]
    rows = [*medians, *others]
    names = ("stock page, the same charts and tables", "/: conclusion and charts", *(f"/{each}" for each in PAGES[1:]))
    return [(name, took, took / rows[0][0], jumps) for name, (took, jumps) in zip(names, rows, strict=True)]


def open_page(browser: Browser, address: str, charts: int) -> tuple[float, float]:
    """Milliseconds from navigation to everything drawn, and the jumps of the layout (CLS), in a fresh context."""
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    page.add_init_script(WATCH % charts)
    page.goto(address)
    page.wait_for_function("window.took !== undefined")
    page.wait_for_timeout(SETTLED)
    found = page.evaluate("[window.took, window.jumps]")
    context.close()
    return float(found[0]), float(found[1])


@contextmanager
def _pages() -> Iterator[tuple[str, str, int]]:
    """Addresses of the stock page and ours, and how many charts are on them; both have been opened before."""
    with TemporaryDirectory() as folder, ours() as (address, database):
        kept = Path(folder) / "charts.pickle"
        charts = _keep(database, kept)
        with stock("charts.py", {"STOCK_CHARTS": str(kept)}) as floor:
            yield floor, address, charts


def _keep(database: Path, kept: Path) -> int:
    """Keeps what the first page shows for the stock page; how many charts it has."""
    os.environ["DUIBIAO_DB"] = str(database)
    at = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=60).run()
    outputs = at.session_state["_outputs"]
    charts = [specification for specification, _ in outputs.charts.values()]
    sentence = next(part.value for part in at.markdown if part.value.startswith("## "))
    kept.write_bytes(pickle.dumps((sentence[3:], charts, [table.shown for table, _ in outputs.tables.values()])))
    return len(charts)
