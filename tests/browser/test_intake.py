"""The way in as an analyst goes it: an office's GBK file, its error, the mended file, publication, the ranking, and back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.server import serving

# A quarter that has no value at all: publishing it makes a ranking, withdrawing it takes that away again.
TABLE = """平顶山市营商环境监测表（2021年二季度）,,
,,单位：见表头
区县,企业开办时间（小时）,企业开办环节
{places}
合计,,
"""
PLACES = [
    "新华区",
    "卫东区",
    "石龙区",
    "湛河区",
    "宝丰县",
    "叶　县",
    "鲁山县",
    "郏县",
    "舞钢市",
    "汝州市",
    "高新区",
    "示范区",
]


def table(tenth: str) -> bytes:
    """Twelve counties, the tenth with the given time; the others take 8, 9, 10 … hours."""
    rows = [f"{place},{tenth if i == 9 else 8 + i},{2 if i < 6 else 3}" for i, place in enumerate(PLACES)]
    return TABLE.format(places="\n".join(rows)).encode("gbk")


@pytest.fixture(scope="module")
def own(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application on a database that may be written to."""
    path = tmp_path_factory.mktemp("own") / "duibiao.db"
    shutil.copy(seeded, path)
    with serving(path) as started:
        yield started


def bring(tab: Page, data: bytes, name: str = "营商环境监测.csv") -> None:
    chooser = tab.locator("input[type=file]")
    chooser.set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})


def ranking(tab: Page, address: str) -> tuple[str, list[str]]:
    tab.goto(f"{address}/ranking")
    said = settled(tab)
    tab.locator("[data-testid=stVegaLiteChart] svg").first.wait_for()
    words = tab.locator("[data-testid=stVegaLiteChart]").first.locator(".role-axis-label text")
    return said, [" ".join(each.text_content().split()) for each in words.all()]


def test_a_file_with_an_error_is_mended_published_and_withdrawn(own: str, new_page) -> None:
    tab = new_page()
    before = ranking(tab, own)
    tab.goto(f"{own}/upload")
    settled(tab)
    bring(tab, table("三天"))
    head = tab.locator("[data-testid=stMain] h2")
    expect(head).to_contain_text("有 1 处错误，改正后才能发布")
    error = tab.locator("[data-testid=stTable]").first
    expect(error).to_contain_text("13")
    expect(error).to_contain_text("三天")
    expect(error).to_contain_text("数字（工作日），缺失请留空")
    assert tab.get_by_role("button", name="发布").count() == 0

    tab.get_by_role("button", name="Remove 营商环境监测.csv").click()
    expect(head).to_contain_text("把各单位发来的表格原样放进来")
    bring(tab, table("4"))
    expect(head).to_contain_text("读到 24 个数值：12 个县（市、区）、2 项测度，2021年二季度；可以发布")
    expect(tab.get_by_text("新增 24、变更 0、不变 0")).to_be_visible()
    tab.get_by_role("textbox", name="经办人").fill("张三")
    tab.keyboard.press("Enter")
    button = tab.get_by_role("button", name="发布", exact=False).last
    expect(button).to_be_enabled()
    button.click()
    expect(tab.get_by_text("《营商环境监测.csv》：已发布为批次 3（新增 24、变更 0、不变 0）。")).to_be_visible()

    said, places = ranking(tab, own)
    assert "2021年二季度" in said
    # Nobody is quicker than four hours, though six counties need a step fewer.
    assert any(place.endswith("汝州市") for place in places)
    assert (said, places) != before

    tab.goto(f"{own}/batches?batch=批次 3")
    settled(tab)
    expect(tab.get_by_text("撤回会改变 24 处")).to_be_visible()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="下载原文件").click()
    assert Path(download.value.path()).read_bytes() == table("4")
    tab.get_by_role("textbox", name="经办人").fill("李四")
    tab.keyboard.press("Enter")
    undo = tab.get_by_role("button", name="撤回")
    expect(undo).to_be_enabled()
    undo.click()
    expect(tab.get_by_text("已撤回批次 3：0 个恢复为此前的数值，24 个不再有数值。")).to_be_visible()
    assert ranking(tab, own) == before


def test_the_grid_of_questions_is_drawn(own: str, new_page) -> None:
    """What an answer does is driven without a browser."""
    tab = new_page()
    tab.goto(f"{own}/upload")
    settled(tab)
    bring(tab, "区县,开办企业时长,企业开办环节\n宝丰县,1,2\n".encode("gbk"), "2021年三季度.csv")
    expect(tab.get_by_text("待确认：1 处")).to_be_visible()
    tab.locator("[data-testid=stDataFrame] canvas").first.wait_for()
