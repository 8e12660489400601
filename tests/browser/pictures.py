"""Takes the pictures of the tour again: `python -m tests.browser.pictures http://127.0.0.1:8501`, on a running server with the
demonstration data. Each is a crop of the page that its stop leads to, marked as made up."""

from __future__ import annotations

import sys
from io import BytesIO
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from lib.ui import tour
from tests.browser.conftest import FLAGS, READY, chromium, settled

VIEW = {"width": 1180, "height": 720}
CROP = {"x": 250, "y": 50, "width": 930, "height": 523}
SIZE = (800, 450)
MARK = """() => {
    const mark = document.createElement("div");
    const made = document.querySelector("[data-testid=stMain]").innerText.includes("演示数据");
    mark.textContent = made ? "演示数据截图" : "截图";
    mark.style = "position:fixed;top:56px;right:12px;z-index:999999;padding:2px 10px;font-size:15px;border-radius:4px;"
        + "background:#FFF4DF;color:#8A5200";
    document.body.append(mark);
}"""
# One file, as an office would send it: what a publication would change stands on the page once it is read.
UPLOADED = {
    "difference.webp": (
        "企业开办.csv",
        "地区,企业开办时间（工作日）\n鲁山县,1.5\n宝丰县,1.0\n石龙区,1.5\n",
        "2020年四季度",
    )
}


def take(tab: Page, address: str, stop: tour.Stop) -> bytes:
    """The picture of one stop, WebP."""
    path = next(path for path, script in tour.pages().items() if script == stop.page)
    tab.goto(f"{address}/{path if path != 'overview' else ''}?{urlencode(stop.choices)}")
    settled(tab)
    if stop.picture.name in UPLOADED:
        name, content, period = UPLOADED[stop.picture.name]
        stated = tab.get_by_label("评价期（填了就以这里为准")
        stated.fill(period)
        stated.press("Enter")
        settled(tab)
        tab.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
        )
        tab.get_by_role("heading", name="与现有数据对照").wait_for()
        settled(tab)
    # Pictures are drawn a moment after the run has ended.
    tab.wait_for_timeout(2000)
    tab.evaluate(MARK)
    shot = Image.open(BytesIO(tab.screenshot(clip=CROP)))
    out = BytesIO()
    shot.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS).save(out, "WEBP", quality=72, method=6)
    return out.getvalue()


def main(address: str) -> None:
    """Every picture that the tour shows."""
    tour.PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        context = browser.new_context(viewport=VIEW, locale="zh-CN")
        context.add_cookies([{"name": tour.COOKIE, "value": "1", "url": address}])
        for stop in (stop for stops in tour.stops().values() for stop in stops):
            tab = context.new_page()
            tab.set_default_timeout(READY)
            stop.picture.write_bytes(take(tab, address, stop))
            tab.close()


if __name__ == "__main__":
    main(sys.argv[1])
