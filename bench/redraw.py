"""From the key that moves a slider to what it changes on screen, in Chromium, ours beside a stock page."""

from __future__ import annotations

import statistics

from playwright.sync_api import Page, sync_playwright

from bench.served import ours, stock
from tests.browser.conftest import FLAGS, chromium

ROUNDS, WARM_UP, SIZE = 40, 8, {"width": 1366, "height": 768}
# Resolves with the milliseconds from the next key press to the first change under each selector.
WATCH = """(selectors) => {
    window.timing = Promise.race([
        new Promise((resolve) => setTimeout(() => resolve(null), 10000)),
        new Promise((resolve) => document.addEventListener("keydown", () => {
            const start = performance.now();
            Promise.all(selectors.map((selector) => new Promise((done) => {
                const watcher = new MutationObserver(() => {
                    watcher.disconnect();
                    requestAnimationFrame(() => done(performance.now() - start));
                });
                const options = {childList: true, subtree: true, characterData: true, attributes: true};
                watcher.observe(document.querySelector(selector), options);
            }))).then(resolve);
        }, {once: true, capture: true})),
    ]);
}"""
SENTENCE = "[data-testid=stMain] h2"
CHART = "[data-testid=stVegaLiteChart] svg"


def run() -> list[tuple[str, float, float]]:
    """Rows of (what, median in ms, ratio to the stock page's text)."""
    with stock("page.py") as still, ours() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        floor, page = (browser.new_page(viewport=SIZE) for _ in range(2))
        floor.goto(still)
        page.goto(f"{address}/whatif")
        plan = ((floor, (SENTENCE,)), (page, (SENTENCE,)), (page, (SENTENCE, CHART)))
        for each, _ in plan:
            each.get_by_role("slider").first.wait_for()
        samples: list[list[float]] = [[] for _ in plan]
        for i in range(ROUNDS + WARM_UP):
            for taken, (each, selectors) in zip(samples, plan, strict=True):
                took = _step(each, selectors, "ArrowRight" if i % 2 else "ArrowLeft")
                if i >= WARM_UP:
                    taken.append(took)
        browser.close()
    medians = [statistics.median(taken) for taken in samples]
    names = ("stock page, one slider: text changed", "/whatif: sentence changed", "/whatif: sentence and chart redrawn")
    return [(name, median, median / medians[0]) for name, median in zip(names, medians, strict=True)]


def _step(page: Page, selectors: tuple[str, ...], key: str) -> float:
    """Moves the first slider by one step; milliseconds until everything selected has changed."""
    page.bring_to_front()
    page.evaluate(WATCH, list(selectors))
    page.get_by_role("slider").first.press(key)
    took = page.evaluate("window.timing")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_timeout(150)
    if took is None:
        raise TimeoutError(f"nothing changed under {selectors} within 10 s")
    return max(took)
