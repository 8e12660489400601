"""Every page in Chromium, ours beside a stock page with nothing on it and a stock page that draws the same by plain calls: coming back
to it, and changing one choice until everything that follows is there."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from bench import parts
from bench.served import ours, stock
from tests.browser.conftest import FLAGS, chromium
from tests.browser.pages import PATHS

ROUNDS, SIZE = 3, {"width": 1366, "height": 768}
# Keeps the moment of the last change of what is on the page: texts and elements, not the marks that Streamlit puts on elements while
# it runs.
WATCH = """
    window.last = 0;
    new MutationObserver((changes) => {
        if (changes.some((each) => each.type !== "attributes" && each.target.parentElement?.closest("[data-testid=stMain]")))
            requestAnimationFrame(() => { window.last = performance.now(); });
    }).observe(document, {childList: true, subtree: true, characterData: true});
    document.addEventListener("keydown", (event) => { if (event.key === "Enter") window.pressed = performance.now(); }, true);
"""
# The run has ended, every chart has its picture, and for half a second nothing has changed.
RESTS = """(from) => {
    const app = document.querySelector("[data-testid=stApp]");
    return app?.dataset.testScriptState === "notRunning" && performance.now() - Math.max(window.last, from ?? 0) > 500
        && ![...document.querySelectorAll("[data-testid=stMain] [data-testid=stSkeleton]")].some((each) => each.checkVisibility())
        && [...document.querySelectorAll("[data-testid=stVegaLiteChart]")].every((each) => each.querySelector("svg, canvas"));
}"""


def run(paths: Sequence[str] = PATHS, rounds: int = ROUNDS) -> Iterator[tuple]:
    """Rows of (page, load ms, ratio to an empty page, to the same by plain calls, change ms, ratio to one box, to the same)."""
    with TemporaryDirectory() as folder, ours() as (address, database):
        kept = Path(folder) / "parts.pickle"
        parts.keep(database, kept, paths)
        with (
            stock("empty.py") as empty,
            stock("box.py") as box,
            stock("parts.py", {"STOCK_PARTS": str(kept)}) as same,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            tabs = [browser.new_page(viewport=SIZE) for _ in range(4)]
            for tab in tabs:
                tab.add_init_script(WATCH)
            for path in paths:
                addresses = (empty, box, f"{same}/?page={path}", f"{address}/{path}")
                yield (f"/{path}", *_row(_page(tabs, addresses, rounds)))
            browser.close()


def _page(tabs: Sequence[Page], addresses: Sequence[str], rounds: int) -> list[tuple[list[float], list[float | None]]]:
    """Milliseconds of loads and of changes at each address, in turn; the first round is to warm up."""
    taken: list[tuple[list[float], list[float | None]]] = [([], []) for _ in tabs]
    for turn in range(rounds + 1):
        for tab, address, (loads, changes) in zip(tabs, addresses, taken, strict=True):
            load, change = _load(tab, address), _change(tab, turn)
            if turn:
                loads.append(load)
                changes.append(change)
    return taken


def _row(taken: Sequence[tuple[list[float], list[float | None]]]) -> tuple[float | None, ...]:
    (empty, _), (_, box), (same_load, same_change), (load, change) = (
        tuple(_median(each) for each in page) for page in taken
    )
    return (
        load,
        _ratio(load, empty),
        _ratio(load, same_load),
        change,
        _ratio(change, box),
        _ratio(change, same_change),
    )


def _median(samples: Sequence[float | None]) -> float | None:
    """The middle; None where a sample is missing: nothing changes there."""
    there = [each for each in samples if each is not None]
    return statistics.median(there) if there and len(there) == len(samples) else None


def _ratio(value: float | None, floor: float | None) -> float | None:
    return None if value is None or floor is None else value / floor


def _load(tab: Page, address: str) -> float:
    """Milliseconds from navigation until the page rests."""
    tab.bring_to_front()
    tab.goto(address)
    tab.wait_for_function(RESTS)
    return float(tab.evaluate("window.last"))


def _change(tab: Page, turn: int) -> float | None:
    """Chooses another option of the box that the page follows, or else of the first on it; milliseconds until all that changes
    is there, None where nothing does or there is no box."""
    followed = tab.get_by_role("combobox", name=parts.BOX)
    boxes = followed if followed.count() else tab.locator("[data-testid=stSelectbox] input")
    if not boxes.count() or not boxes.first.is_visible():
        return None
    boxes.first.click()
    tab.wait_for_selector("[role=option]")
    tab.keyboard.press("ArrowDown")
    tab.wait_for_timeout(100)
    tab.evaluate("window.last = 0")
    tab.keyboard.press("Enter")
    tab.wait_for_function("window.pressed !== undefined")
    tab.wait_for_function(RESTS, arg=tab.evaluate("window.pressed"))
    pressed, last = tab.evaluate("[window.pressed, window.last]")
    return float(last - pressed) if last > pressed else None
