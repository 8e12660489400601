"""A wall left alone: what the browser and the server keep of screens long gone, at a turn a second."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from bench.memory import resident, serving_process
from lib.seed import seed
from tests.browser.conftest import FLAGS, chromium
from tests.browser.server import serving

EVERY, TURNS, SAMPLE, WARM_UP = 1.0, 200, 10, 40
SIZE = {"width": 1920, "height": 1080}
# An interval that no address may ask for elsewhere.
FAST = {"DUIBIAO_KIOSK_SHORTEST": "0.5"}


@dataclass(frozen=True)
class Kept:
    """What is kept after so many turns: the JavaScript heap and the server's memory in MiB, nodes, listeners."""

    turns: int
    heap: float
    nodes: float
    listeners: float
    server: float


def run(query: str = "", turns: int = TURNS) -> list[Kept]:
    """A sample every SAMPLE turns of a wall, after WARM_UP of them."""
    with _wall() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport=SIZE)
        page.goto(f"{address}/kiosk?every={EVERY}{query}")
        page.locator(".wall-turn").first.wait_for(state="attached")
        page.wait_for_timeout(WARM_UP * EVERY * 1000)
        found = list(_samples(page, serving_process(address), turns))
        browser.close()
    return found


def growth(kept: Sequence[Kept], what: str) -> float:
    """The median of the last quarter of the samples over that of the first."""
    quarter = max(len(kept) // 4, 1)
    first, last = (
        statistics.median(getattr(each, what) for each in part) for part in (kept[:quarter], kept[-quarter:])
    )
    return last / first


def _samples(page: Page, process: int, turns: int) -> Iterator[Kept]:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    for turn in range(SAMPLE, turns + 1, SAMPLE):
        page.wait_for_timeout(SAMPLE * EVERY * 1000)
        session.send("HeapProfiler.collectGarbage")
        told = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
        heap = told["JSHeapUsedSize"] / 2**20
        yield Kept(turn, heap, told["Nodes"], told["JSEventListeners"], resident(process))


@contextmanager
def _wall() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "duibiao.db"
        seed(path)
        with serving(path, environment=FAST) as address:
            yield address
