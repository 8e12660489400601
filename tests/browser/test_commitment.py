"""From a gap to a commitment as a department goes it: benchmarks, the form, three refusals, the public list, a quarterly report."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from lib.store import declarations
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


def rest(tab: Page) -> None:
    """Waits until the run that a change began has ended."""
    tab.wait_for_timeout(300)
    settled(tab)


def choose(tab: Page, label: str, words: str) -> None:
    """Chooses from a list by typing the first words."""
    box = tab.get_by_label(label).last
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
