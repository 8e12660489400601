"""整改台账 as an office goes it: an item from a weak indicator, proof, closed, told that nothing has moved, opened again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from lib.model.ledger import Reading, State, Task
from lib.store import batches, ledger
from lib.store.events import today
from tests.browser.conftest import settled
from tests.browser.server import serving

COUNTY, MEASURE = "410421", "start_business.time"


@pytest.fixture
def own(seeded: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The application on a database that may be written to."""
    path = tmp_path / "duibiao.db"
    shutil.copy(seeded, path)
    with serving(path) as started:
        yield started, path


def rest(tab: Page) -> None:
    tab.wait_for_timeout(300)
    settled(tab)


def press(tab: Page, name: str) -> None:
    tab.get_by_role("button", name=name, exact=True).click()
    rest(tab)


def sign(tab: Page, name: str) -> None:
    tab.get_by_label("经办人").fill(name)
    tab.keyboard.press("Enter")
    rest(tab)


def choose(tab: Page, label: str, words: str) -> None:
    box = tab.get_by_role("combobox", name=label).first
    box.click()
    box.fill(words)
    tab.get_by_role("option").first.wait_for()
    tab.keyboard.press("Enter")


def day(tab: Page, label: str, when: date) -> None:
    tab.get_by_label(f"year, {label}").click()
    tab.keyboard.type(when.strftime("%Y%m%d"))
    tab.keyboard.press("Escape")


def publish(path: Path, value: float, period: str) -> None:
    rows = pd.DataFrame([(COUNTY, MEASURE, period, value)], columns=["region", "measure", "period", "value"])
    batches.publish(path, rows, file=f"{period}.csv", sha256=period, user="张三")


def prove_and_close(tab: Page) -> None:
    """From 待整改 to 已销号: start, proof, handed in, passed."""
    press(tab, "开始整改")
    tab.locator("input[type=file]").set_input_files(
        {"name": "办结截图.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4".ljust(100)}
    )
    expect(tab.get_by_text("办结截图.pdf").first).to_be_visible()
    press(tab, "上传佐证")
    expect(tab.locator("[data-testid=stAlert]").first).to_contain_text("已存入佐证材料《办结截图.pdf》")
    tab.get_by_label("说明", exact=True).fill("表单合并，一趟办结")
    press(tab, "报请复评")
    tab.get_by_label("说明", exact=True).fill("现场看过，属实")
    press(tab, "复评通过，销号")


def test_an_item_is_opened_proved_closed_told_that_nothing_moved_and_reopened(own, new_page) -> None:
    address, database = own
    tab = new_page(1366, 900)
    tab.goto(f"{address}/indicator?region=宝丰县&subject=企业开办时间")
    settled(tab)
    press(tab, "把宝丰县的这一项列入整改台账")
    expect(tab.get_by_label("问题 *")).to_have_value(re.compile("宝丰县企业开办时间.*全市中位.*演示数据"))
    sign(tab, "李四")
    choose(tab, "责任单位 *", "市市场监管局")
    due = date.fromisoformat(today()) + timedelta(days=30)
    day(tab, "整改期限 *", due)
    tab.get_by_label("整改步骤").fill("合并表单\n试运行")
    press(tab, "列入台账")
    assert "市市场监管局负责，待整改，还有 30 天。" in settled(tab)
    number = int(tab.url.rpartition("item=")[2].partition("&")[0])
    assert ledger.item(database, number).opened.period == "2020-Q4"

    tab.locator("[data-testid=stCheckbox]").filter(has_text="合并表单").locator("label").click()
    rest(tab)
    assert ledger.item(database, number).task.actions[0].done == today()

    prove_and_close(tab)
    found = ledger.item(database, number)
    assert (found.state, found.closed) == (State.CLOSED, found.opened)
    told = tab.get_by_text("已整改但指标未动：之后没有新一期的数")
    expect(told).to_be_visible()
    expect(tab.get_by_text("销号时", exact=True)).to_be_visible()

    tab.get_by_label("说明", exact=True).fill("指标没有动，接着改")
    press(tab, "再开一轮")
    found = ledger.item(database, number)
    assert (found.state, found.round) == (State.OPEN, 2)
    assert "第 2 轮，待整改" in settled(tab)
    history = tab.locator("[data-testid=stTable]").last
    for words in ("列入台账", "开始整改", "上传佐证", "报请复评", "复评通过，销号", "再开一轮", "指标没有动，接着改"):
        expect(history).to_contain_text(words)

    # On the board it stands among those to begin, and a click opens it.
    press(tab, "回到台账")
    card = tab.locator(f".st-key-card-{number}")
    expect(tab.locator(".st-key-board-open")).to_contain_text("第 2 轮")
    card.get_by_role("button").click()
    rest(tab)
    assert f"item={number}" in tab.url


def test_a_newer_value_that_has_moved_takes_the_flag_off(own, new_page) -> None:
    address, database = own
    publish(database, 5.0, "2020-Q4")
    opened = Reading(5.0, "工作日", "2020-Q4", f"value:{MEASURE}:{COUNTY}:2020-Q4")
    task = Task("开办慢", subject=MEASURE, region=COUNTY, owner="市市场监管局", deadline=today())
    (number,) = ledger.open_items(database, [(task, opened)], user="张三")
    tab = new_page(1366, 900)
    tab.goto(f"{address}/ledger?item={number}")
    settled(tab)
    sign(tab, "李四")
    prove_and_close(tab)
    expect(tab.get_by_text("已整改但指标未动：之后没有新一期的数")).to_be_visible()
    publish(database, 3.0, "2021-Q1")
    tab.goto(f"{address}/ledger?item={number}")
    settled(tab)
    expect(tab.get_by_text("指标已好转：5 工作日 → 3 工作日（2021年一季度）")).to_be_visible()
    expect(tab.get_by_text("已整改但指标未动")).to_have_count(0)
    tab.goto(f"{address}/ledger")
    assert settled(tab).endswith("已销号 1 项，其中指标未动 0 项。")
    expect(tab.locator(f".st-key-card-{number}")).not_to_contain_text("⚑")
