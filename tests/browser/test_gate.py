"""Who comes in, on the real application: nothing without a log-in, and with one everything works under the strict headers."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect as connect_socket

from lib.model.access import Action, Role
from lib.store import accounts, logins, migrate
from lib.store.database import writing
from lib.store.events import events
from lib.web import visits
from tests.browser.conftest import settled
from tests.browser.house import GOOD, cookie
from tests.browser.house import house as accounted
from tests.browser.pages import PATHS
from tests.browser.server import ROOT, serving
from tests.browser.test_intake import bring, table

NEXT = "别的-Wuyuntu-28"
BARE = ("meeting", "handout", "kiosk")
ANSWERED = {"/login", "/health", "/_stcore/health"}
ROUTES = """
import json, app
from starlette.routing import Mount, WebSocketRoute
made = app.app._build_starlette_app()
print(json.dumps([[type(each).__name__, each.path, sorted(getattr(each, "methods", None) or ["GET"])] for each in made.routes]))
"""


@pytest.fixture(scope="module")
def house(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeded database with accounts."""
    return accounted(seeded, tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def door(house: Path) -> Iterator[str]:
    """The application on that database."""
    with serving(house) as started:
        yield started


def ask(
    door: str, path: str, method: str = "GET", cookie: str = "", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """One request as it stands: nothing is put right and nothing followed."""
    connection = http.client.HTTPConnection(urlsplit(door).netloc, timeout=20)
    try:
        named = {"Cookie": cookie} if cookie else {}
        connection.request(method, path, headers={**named, **headers})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def bad(house: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Cookies that let nobody in, by what is wrong with them."""
    good = cookie(house).partition("=")[2]
    gone, old = cookie(house).partition("=")[2], cookie(house).partition("=")[2]
    logins.close(house, logins.kept(gone.rpartition(".")[0]))
    with writing(house, Action.MAINTAIN) as db:
        sql = "UPDATE login SET expires_at = '2020-01-01T00:00:00Z' WHERE key = ?"
        db.conn.execute(sql, (logins.kept(old.rpartition(".")[0]),))
    other = tmp_path_factory.mktemp("other") / "duibiao.db"
    migrate(other)
    accounts.create(other, "admin", "王", Role.ADMIN, password=GOOD, by="甲")
    values = {
        "absent": "",
        "forged": "x" * 43 + "." + "y" * 43,
        "truncated": good[:-5],
        "unsigned": good.rpartition(".")[0],
        "expired": old,
        "logged out": gone,
        "of another database": cookie(other).partition("=")[2],
    }
    return {what: f"{visits.COOKIE}={value}" if value else "" for what, value in values.items()}


@pytest.fixture(scope="module")
def served(house: Path) -> list[tuple[str, str, list[str]]]:
    """Every route of the application: kind, path with its placeholders filled, methods."""
    variables = {**os.environ, "DUIBIAO_DB": str(house)}
    done = subprocess.run(
        [sys.executable, "-c", ROUTES], cwd=ROOT, env=variables, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return [(kind, re.sub(r"\{.*?\}", "x", path), methods) for kind, path, methods in found]


def test_there_are_routes_to_try(served) -> None:
    paths = {path for _, path, _ in served}
    assert {"/login", "/health", "/_stcore/stream", "/_stcore/agent/interact", "/media/x"} <= paths
    assert ("Mount", "") in {(kind, path) for kind, path, _ in served}


def test_nothing_is_let_through(door, bad, served) -> None:
    pages = [f"/{path}" for path in (*PATHS, *BARE, "none", "static/x/../../ranking")]
    asked = [(path, method) for kind, path, methods in served if kind == "Route" for method in methods]
    asked += [(path, method) for path in pages for method in ("GET", "HEAD", "POST", "PUT", "OPTIONS")]
    asked += [
        (path, "GET")
        for path in (
            "/index.html",
            "/favicon.png",
            "/static/js/index.js",
            "//ranking",
            "/%2e%2e/ranking",
            "/ranking%00",
        )
    ]
    for what, value in bad.items():
        for path, method in asked:
            status, headers, body = ask(door, path, method, value, Accept="text/html")
            told = f"{what}: {method} {path} -> {status}"
            assert b'id="root"' not in body, told
            assert "content-security-policy" in headers, told
            if path in ("/login/single", "/password", "/logout"):
                assert status in (303, 405), told
                assert headers.get("location", "/login") == "/login", told
            elif path.startswith("/api/"):
                assert status in (401, 403, 404, 405), told
            elif path not in ANSWERED:
                assert status in (303, 400, 401, 404), told
                assert headers.get("location", "/login?next=").startswith("/login?next="), told


def test_no_socket_is_let_in(door, bad, served) -> None:
    sockets = [path for kind, path, _ in served if kind == "WebSocketRoute"]
    assert sockets == ["/_stcore/stream"]
    for what, value in bad.items():
        for path in (*sockets, "/", "/ranking/_stcore/stream", "/health", "/login", "/api/v1/x"):
            headers = {"Cookie": value, "X-Duibiao-Login": "local"} if value else {"X-Duibiao-Login": "guest"}
            with pytest.raises(InvalidStatus) as caught:
                connect_socket(
                    door.replace("http", "ws") + path, subprotocols=["streamlit"], additional_headers=headers
                )
            assert caught.value.response.status_code == 403, what


def test_a_log_in_gets_in(door, house) -> None:
    inside = cookie(house)
    assert b'id="root"' in ask(door, "/ranking", cookie=inside, Accept="text/html")[2]
    assert ask(door, "/_stcore/agent/openapi.json", cookie=inside)[0] == 404
    with connect_socket(
        door.replace("http", "ws") + "/_stcore/stream",
        subprotocols=["streamlit"],
        additional_headers={"Cookie": inside},
    ) as socket:
        assert socket.subprotocol == "streamlit"


def log_in(tab: Page, door: str, path: str, name: str, password: str = GOOD) -> None:
    """Opens a page, is led to the log-in page, and logs in there."""
    tab.goto(f"{door}/{path}")
    assert urlsplit(tab.url).path == "/login"
    fill(tab, name, password)


def fill(tab: Page, name: str, password: str) -> None:
    tab.get_by_label("账号").fill(name)
    tab.get_by_label("密码").fill(password)
    tab.get_by_role("button", name="登录", exact=True).click()


def test_logging_in_leads_to_the_page_that_was_asked_for(door, new_page) -> None:
    tab = new_page()
    log_in(tab, door, "heatmap?period=2020-Q3", "analyst")
    settled(tab)
    assert urlsplit(tab.url).path == "/heatmap"
    assert "2020年三季度" in tab.get_by_test_id("stMain").inner_text()


def test_the_first_password_is_changed_first(door, new_page) -> None:
    tab = new_page(390, 844)
    log_in(tab, door, "ranking", "viewer")
    assert urlsplit(tab.url).path == "/password"
    tab.goto(f"{door}/ranking")
    assert urlsplit(tab.url).path == "/password"
    tab.get_by_label("新密码", exact=True).fill(NEXT)
    tab.get_by_label("再输入一次新密码").fill(NEXT)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.get_by_role("button", name="修改密码").click()
    settled(tab)


def test_logging_out_everywhere_closes_the_other_computers_page(door, new_page) -> None:
    here, there = new_page(), new_page()
    closed = []
    there.on("websocket", lambda socket: socket.on("close", lambda _: closed.append(socket.url)))
    for tab in (here, there):
        log_in(tab, door, "ranking", "analyst")
        settled(tab)
    here.goto(f"{door}/logout")
    here.get_by_role("button", name="在所有电脑上退出").click()
    assert "已经退出" in here.locator("main").inner_text()
    there.wait_for_url("**/login?ended=1&next=*")
    assert closed
    assert "登录已经结束，请重新登录" in there.locator("main").inner_text()
    here.goto(door)
    assert urlsplit(here.url).path == "/login"
    fill(there, "analyst", GOOD)
    settled(there)
    assert urlsplit(there.url).path == "/ranking"


def test_files_go_in_and_out_and_the_trail_says_from_where(door, house, new_page) -> None:
    tab = new_page()
    log_in(tab, door, "upload", "admin")
    settled(tab)
    data = table("4")
    bring(tab, data)
    expect(tab.locator("[data-testid=stMain] h2")).to_contain_text("可以发布")
    # Whoever has logged in is not asked for a name.
    expect(tab.get_by_text("经办人：管理员")).to_be_visible()
    publish = tab.get_by_role("button", name="发布", exact=False).last
    expect(publish).to_be_enabled()
    publish.click()
    expect(tab.get_by_text("已发布为批次 3")).to_be_visible()
    line = events(house).query("action == '发布'").iloc[0]
    assert (line["user"], line["address"]) == ("管理员", "127.0.0.1")
    tab.goto(f"{door}/batches?batch=批次 3")
    settled(tab)
    with tab.expect_download() as download:
        tab.get_by_role("button", name="下载原文件").click()
    assert Path(download.value.path()).read_bytes() == data
    line = events(house).query("action == '导出'").iloc[0]
    assert (line["user"], line["subject"], line["address"]) == (
        "管理员",
        download.value.suggested_filename,
        "127.0.0.1",
    )


def test_ten_wrong_passwords_are_slowed_down_and_nothing_is_told(door, new_page) -> None:
    tab = new_page()
    tab.goto(f"{door}/login")
    said = []
    for number in range(10):
        fill(tab, "stranger", f"wrong-{number}")
        said.append(tab.get_by_role("alert").inner_text())
    assert said[:3] == ["▲ 账号或密码不对，或者账号已停用"] * 3
    assert any(re.search(r"请 \d+ 秒后再试", each) for each in said[3:])


def test_pages_work_under_the_headers(door, house, new_page) -> None:
    tab = new_page()
    name, value = cookie(house).split("=", 1)
    tab.context.add_cookies([{"name": name, "value": value, "url": door}])
    wrong: list[str] = []
    tab.on("console", lambda message: wrong.append(f"{tab.url}: {message.text}"))
    tab.on("pageerror", lambda error: wrong.append(f"{tab.url}: {error}"))
    tab.add_init_script(
        "document.addEventListener('securitypolicyviolation', (e) => console.error('policy', e.violatedDirective, e.blockedURI))"
    )
    for path in (*PATHS, *BARE):
        tab.goto(f"{door}/{path}")
        tab.wait_for_selector("[data-testid=stMain]")
        tab.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")
        tab.wait_for_timeout(1500)
    said = [each for each in wrong if re.search("policy|refused to|violates|BidiComponent", each, re.IGNORECASE)]
    assert said == []
