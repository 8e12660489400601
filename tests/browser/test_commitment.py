"""From a gap to a commitment as a department goes it: benchmarks, the form, three refusals, the public list, a quarterly report."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from lib.core.declaration import cells
from lib.ingest.declaration import read_form
from lib.model.campaign import Campaign, Phase, Stage
from lib.model.declaration import ROWS, Declaration, Goal, State
from lib.store import catalog, declarations
from lib.store.campaigns import add_campaign
from lib.store.events import today
from tests.browser.conftest import settled
from tests.browser.server import serving

# Longer than the pause after which a field hands over what has been typed.
PAUSE = 2_000


@pytest.fixture(scope="module")
def own(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The application on a database that may be written to."""
    path = tmp_path_factory.mktemp("commitment") / "duibiao.db"
    shutil.copy(seeded, path)
    with serving(path) as started:
        yield started, path


def rest(tab: Page, *, refused: bool = False) -> None:
    """Waits until the run that a change began has ended; an error message is one only where nothing was to be refused."""
    tab.wait_for_timeout(300)
    if refused:
        tab.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        assert tab.locator("[data-testid=stException]").count() == 0
    else:
        settled(tab)


def choose(tab: Page, label: str, words: str) -> None:
    """Chooses from a list by typing the first words."""
    box = tab.get_by_role("combobox", name=label).first
    box.click()
    box.fill(words)
    tab.get_by_role("option").first.wait_for()
    tab.keyboard.press("Enter")
    rest(tab)


def day(tab: Page, label: str, digits: str) -> None:
    tab.get_by_label(f"year, {label}").click()
    tab.keyboard.type(digits)
    tab.keyboard.press("Escape")
    rest(tab)


def fill(tab: Page, label: str, words: str) -> None:
    tab.get_by_label(label, exact=True).fill(words)
    tab.keyboard.press("Tab")
    rest(tab)


def step(tab: Page, name: str) -> None:
    tab.get_by_role("button", name=f"下一步：{name}").click()
    rest(tab)


def sign(tab: Page, name: str) -> None:
    tab.get_by_label("经办人").fill(name)
    tab.keyboard.press("Enter")
    rest(tab)


class Line:
    """The connection between a tab and the server, that can be cut and mended."""

    def __init__(self, tab: Page) -> None:
        self.down, self.open = False, []
        tab.route_web_socket("**/_stcore/stream", self._route)

    def _route(self, socket: WebSocketRoute) -> None:
        if self.down:
            socket.close()
        else:
            socket.connect_to_server()
            self.open.append(socket)

    def cut(self) -> None:
        self.down = True
        for socket in self.open:
            socket.close()
        self.open = []

    def mend(self) -> None:
        self.down = False


def test_what_is_typed_survives_a_reload_and_a_dropped_connection(own, new_page) -> None:
    address, database = own
    tab = new_page()
    line = Line(tab)
    tab.goto(f"{address}/declaration")
    settled(tab)
    sign(tab, "张三")
    tab.get_by_role("button", name="开始填报").click()
    rest(tab)
    number = int(tab.url.rpartition("form=")[2])
    tab.get_by_label("联系人").press_sequentially("李四")  # the field is not left
    tab.wait_for_timeout(PAUSE)
    rest(tab)
    tab.reload()
    settled(tab)
    expect(tab.get_by_label("联系人")).to_have_value("李四")
    state = tab.locator("[data-testid=stApp]")
    phone = tab.get_by_label("联系电话")
    phone.press_sequentially("0375-1234567")
    line.cut()  # before the field has handed over what was typed
    expect(phone).to_be_disabled()
    tab.wait_for_timeout(PAUSE)
    assert declarations.declaration(database, number).content.phone == ""
    line.mend()
    expect(state).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=30_000)
    expect(phone).to_be_enabled()
    tab.wait_for_timeout(PAUSE)
    rest(tab)
    expect(phone).to_have_value("0375-1234567")
    kept = declarations.declaration(database, number).content
    assert (kept.contact, kept.phone) == ("李四", "0375-1234567")


def test_what_is_typed_after_the_server_was_restarted_is_kept(seeded, tmp_path, new_page) -> None:
    database = tmp_path / "duibiao.db"
    shutil.copy(seeded, database)
    number = declarations.create(database, "xdc-2019", Declaration(unit="市税务局", steps="起"), user="张三")
    tab = new_page()
    with serving(database) as address:
        tab.goto(f"{address}/declaration?form={number}&step=3 对标")
        settled(tab)
        expect(tab.get_by_label("举措", exact=True)).to_have_value("起")
    steps = tab.get_by_label("举措", exact=True)
    expect(steps).to_be_disabled()
    with serving(database, port=int(address.rpartition(":")[2])):
        expect(steps).to_be_enabled(timeout=30_000)
        steps.press("End")
        steps.press_sequentially("甲")
        tab.wait_for_timeout(PAUSE)
        rest(tab)
        expect(steps).to_have_value("起甲")
        assert declarations.declaration(database, number).content.steps == "起甲"


def near(day: date, months: int) -> date:
    """The first of a month that many months on."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


@pytest.fixture(scope="module")
def campaign(own) -> str:
    """A campaign that is being prepared today and has quarter-ends ahead."""
    now = date.fromisoformat(today())
    ready = now + timedelta(days=10)
    end = near(now, 12)
    phases = (
        Phase(Stage.PREPARE, "准备阶段", now - timedelta(days=20), ready),
        Phase(Stage.ACT, "实施阶段", ready + timedelta(days=1), end),
        Phase(Stage.SUM_UP, "总结阶段", end + timedelta(days=1), end + timedelta(days=30)),
    )
    add_campaign(own[1], Campaign("walk", "本年度创标活动", phases), user="市发改委")
    return "walk"


def hand_in(tab: Page) -> Locator:
    """Presses 报送 and gives back what was said to it."""
    tab.get_by_role("button", name="报送", exact=True).click()
    rest(tab, refused=True)
    return tab.locator("[data-testid=stAlert]").first


def go_to(tab: Page, name: str) -> None:
    tab.get_by_role("radio", name=name).click()
    rest(tab, refused=True)


def test_a_department_goes_from_benchmarks_to_a_public_declaration_and_a_report(
    own, campaign, new_page, tmp_path
) -> None:
    address, database = own
    tab = new_page(1366, 900)

    # 寻标: whom to learn from, in the nation and in the city.
    tab.goto(f"{address}/seek?region=鲁山县&subject=获得电力&unit=平顶山供电公司")
    assert "获得电力" in settled(tab)
    choose(tab, "纵向标杆", "北京")
    national = tab.locator("[data-testid=stTable]").first
    expect(national).to_contain_text("6 个 → 2 个")
    expect(national).to_contain_text("＝ 持平")
    expect(national).to_contain_text("本地现值 1.4 天未写明口径，不作比较")
    tab.locator(".st-key-choose-410425 button").click()
    rest(tab)
    tab.get_by_role("button", name="以此开始申报").click()
    rest(tab)

    # The form begins with what was chosen.
    expect(tab.get_by_text("已带来")).to_contain_text("平顶山供电公司、获得电力、向北京学习、向郏县学习")
    sign(tab, "张三")
    choose(tab, "活动", "本年度")
    tab.get_by_role("button", name="开始填报").click()
    rest(tab)
    number = int(tab.url.rpartition("form=")[2].partition("&")[0])
    fill(tab, "联系人", "李四")
    fill(tab, "联系电话", "0375-1234567")
    step(tab, "寻标")
    step(tab, "对标")
    expect(tab.get_by_label("差距（纵向）")).to_have_value(
        re.compile("办电环节：平顶山市 2 个（2021年12月），北京 2 个")
    )
    fill(tab, "举措", "一、合并申请和验收\n二、外线审批并联办")

    # Three goals are refused, each by the plan's own sentence.
    plan = tab.locator("[data-testid=stColumn]").last
    fill(tab, "纵向目标的文字补充（可不填）", "办电更方便")
    expect(plan).to_contain_text("目标“办电更方便”没有数字")
    expect(plan).to_contain_text("目标应尽可能量化、细化")
    fill(tab, "纵向目标的文字补充（可不填）", "")
    fill(tab, "纵向目标：办电环节（个）", "2")
    expect(plan).to_contain_text("办电环节 ≤ 2 个：现值已是 2 个，目标要比它低")
    expect(plan).to_contain_text("各部门制定的标准必须高于现有标准水平")
    expect(plan).to_contain_text("目标没有完成日期")
    go_to(tab, "5 核对报送")
    expect(hand_in(tab)).to_contain_text("没有报送")
    assert declarations.declaration(database, number).state is State.DRAFT

    # Mended: a goal better than today's, with a day; one too far away is only remarked.
    go_to(tab, "3 对标")
    fill(tab, "纵向目标：办电环节（个）", "1")
    fill(tab, "横向目标：办电环节（个）", "1")
    now = date.fromisoformat(today())
    day(tab, "时限", (now + timedelta(days=500)).strftime("%Y%m%d"))
    expect(plan).to_contain_text("超过填报后一年")
    day(tab, "时限", (now + timedelta(days=300)).strftime("%Y%m%d"))
    expect(plan).not_to_contain_text("超过填报后一年")
    go_to(tab, "4 创标")
    fill(tab, "创标目标：办电环节（个）", "1")
    fill(tab, "亮点", "一个环节办电")
    fill(tab, "举措", "刷脸办电")
    day(tab, "时限", (now + timedelta(days=330)).strftime("%Y%m%d"))
    go_to(tab, "5 核对报送")

    # The Word file is the form, cell by cell.
    with tab.expect_download() as download:
        tab.get_by_role("button", name="下载申报表（Word）").click()
    path = tmp_path / "form.docx"
    download.value.save_as(path)
    content = declarations.declaration(database, number).content
    said = cells(content, catalog.measures(database))
    table = docx.Document(str(path)).tables[0]
    assert [row.cells[3].text for row in table.rows] == [said[row.field] for row in ROWS]
    assert said["vertical_goals"] == "办电环节 ≤ 1 个"
    assert read_form(path.read_bytes(), "form.docx") == said

    expect(hand_in(tab)).to_contain_text("已报送")
    sign(tab, "市发改委")
    tab.get_by_role("button", name="公示", exact=True).click()
    rest(tab)
    filed = declarations.declaration(database, number)
    assert filed.state is State.PUBLISHED
    assert filed.content.vertical_goals == (Goal("electricity.procedures", 1.0),)
    assert [(each.value, each.period) for each in filed.baseline] == [(2.0, "2021-12")]
    tab.get_by_role("button", name="回到申报表列表").click()
    rest(tab)
    expect(tab.locator("[data-testid=stTable]").first).to_contain_text("办电环节 ≤ 1 个")

    # The quarterly report: half of nothing is done yet, then the goal is reached.
    tab.goto(f"{address}/progress?campaign=本年度创标活动&progress=填季度进展")
    settled(tab)
    sign(tab, "张三")
    fill(tab, "办电环节，现在（个）", "1")
    fill(tab, "做了什么", "环节合并，6月起试行")
    tab.get_by_role("button", name="报送", exact=True).click()
    rest(tab)
    reports = declarations.reports(database)
    assert reports["content"].iloc[-1]["values"] == {"electricity.procedures": 1.0}
    go_to(tab, "比学赶超")
    expect(tab.locator("[data-testid=stMain] h2")).to_contain_text("平顶山供电公司（目标完成 100%）")
