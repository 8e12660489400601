"""Pictures of every page, in every size and on both grounds, to be looked at: `python -m tests.browser.screenshots [FOLDER] [WORD…]`.

With words, only pages whose name has one of them. Besides single pictures, a sheet for each size and ground with all pages on it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from lib.seed import seed
from tests.browser.conftest import FLAGS, chromium, settled
from tests.browser.house import cookie, house
from tests.browser.pages import DRAWN
from tests.browser.server import ROOT, serving

COUNTY = f"region={quote('鲁山县')}"
PAGES = {
    "overview": "",
    "ranking": f"ranking?{COUNTY}",
    "map": f"map?{COUNTY}",
    "heatmap": "heatmap",
    "county": f"county?{COUNTY}",
    "indicator": f"indicator?{COUNTY}&subject=start_business",
    "search": f"search?q={quote('用电')}",
    "seek": f"seek?{COUNTY}",
    "gap": f"gap?{COUNTY}",
    "practices": "practices",
    "declaration": "declaration",
    "targets": "targets",
    "whatif": f"whatif?{COUNTY}",
    "whatif-plan": f"whatif?{COUNTY}&lab={quote('升档反推')}",
    "ledger": "ledger",
    "progress": "progress",
    "counters": "counters",
    "bulletin": "bulletin",
    "upload": "upload",
    "entry": "entry",
    "completeness": "completeness",
    "batches": "batches",
    "decks": "decks",
    "guide": "guide",
    "method": "method",
    "glossary": "glossary",
    "meeting": f"meeting?{COUNTY}",
    "meeting-climb": f"meeting?{COUNTY}&screen=9",
    "kiosk": "kiosk?every=3600",
}
# On a house with accounts: the way in, then as its administrator.
OUTSIDE = {"login": "login"}
INSIDE = {"accounts": "accounts", "trail": "trail", "password": "password"}
# Width, height, pixels a CSS pixel: a phone, a tablet, a laptop, a projector, a wall.
SIZES = {
    "390x844": (390, 844, 2),
    "1024x768": (1024, 768, 1),
    "1366x768": (1366, 768, 1),
    "1920x1080": (1920, 1080, 1),
    "3840x2160": (3840, 2160, 1),
}
GROUNDS = ("light", "dark")
README = ("overview", "whatif-plan", "heatmap", "meeting")
COLUMNS, THUMB = 4, 680


def take(page: Page, address: str, path: Path) -> None:
    """One picture of a page that has come to rest; the pages of the way in have no script to wait for."""
    page.goto(address)
    if page.locator("#root").count():
        settled(page)
        page.wait_for_function(DRAWN)
    # Colours and opacity fade in.
    page.wait_for_timeout(500)
    page.screenshot(path=path)


def shoot(browser: Browser, open_house: str, house: str, visit: str, folder: Path, words: list[str]) -> Iterator[Path]:
    """Every page in every size on both grounds: of a house that is open to this machine, and of one with accounts, where the
    cookie shows who comes."""
    name, value = visit.split("=", 1)
    for size, (width, height, scale) in SIZES.items():
        for ground in GROUNDS:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                device_scale_factor=scale,
                locale="zh-CN",
                color_scheme=ground,
                has_touch=width < 1100,
                is_mobile=width < 500,
            )
            page = context.new_page()
            there = folder / f"{size}-{ground}"
            there.mkdir(parents=True, exist_ok=True)
            yield from _each(page, open_house, PAGES, there, words)
            yield from _each(page, house, OUTSIDE, there, words)
            context.add_cookies([{"name": name, "value": value, "url": house}])
            yield from _each(page, house, INSIDE, there, words)
            context.close()
            sheet(there)


def _each(page: Page, address: str, pages: dict[str, str], there: Path, words: list[str]) -> Iterator[Path]:
    for name, query in pages.items():
        if not words or any(word in name for word in words):
            take(page, f"{address}/{query}", there / f"{name}.png")
            yield there / f"{name}.png"


def sheet(folder: Path) -> None:
    """All pictures of a folder on one, as contact-….png beside it."""
    pictures = [Image.open(path) for path in sorted(folder.glob("*.png"))]
    small = [each.resize((THUMB, round(each.height * THUMB / each.width))) for each in pictures]
    high = max(each.height for each in small)
    rows = -(-len(small) // COLUMNS)
    whole = Image.new("RGB", (COLUMNS * (THUMB + 12), rows * (high + 12)), "#888888")
    for i, each in enumerate(small):
        whole.paste(each, (i % COLUMNS * (THUMB + 12), i // COLUMNS * (high + 12)))
    whole.save(folder.parent / f"contact-{folder.name}.png")


def main() -> None:
    """Seeds a database, serves it, and takes the pictures; those of the README go to docs/images."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "var" / "screenshots")
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        database = Path(made) / "open.db"
        seed(database)
        with_accounts = house(database, Path(made))
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        with serving(database) as open_house, serving(with_accounts) as closed:
            for path in shoot(browser, open_house, closed, cookie(with_accounts), folder, sys.argv[2:]):
                sys.stdout.write(f"{path.relative_to(folder)}\n")
        browser.close()
    for name in README:
        taken = folder / "1366x768-light" / f"{name}.png"
        if taken.exists():
            shutil.copy(taken, ROOT / "docs" / "images" / taken.name)


if __name__ == "__main__":
    main()
