"""Whose visit it is decides what the pages show and what may be changed; accounts and the trail."""

from __future__ import annotations

import re
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest
from streamlit.testing.v1 import AppTest

from lib.model import UserError
from lib.model import ledger as ledger_words
from lib.model.access import GUEST, LOCAL, Action, Role
from lib.model.declaration import Declaration
from lib.store import accounts, database, declarations, events, ledger, logins, tokens
from lib.ui import access
from lib.web.visits import ADDRESS
from tests.pages.conftest import ROOT, conclusion, drawn_tables, text_of

PASSWORD = "Qinglan-7-shan"
PEOPLE = {
    "leader": ("周岩", Role.VIEWER, ""),
    "wang": ("王芳", Role.DEPARTMENT, "market_regulation"),
    "li": ("李明", Role.ANALYST, ""),
    "admin": ("赵敏", Role.ADMIN, ""),
}
ONLY = {"manage/upload.py": Role.ANALYST, "manage/entry.py": Role.ANALYST} | dict.fromkeys(
    ("manage/accounts.py", "manage/trail.py"), Role.ADMIN
)


@pytest.fixture(scope="module")
def peopled(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeded database with an account of each role: made once, since passwords are made to take long."""
    path = tmp_path_factory.mktemp("peopled") / "duibiao.db"
    copy(seeded, path)
    for name, (person, role, department) in PEOPLE.items():
        accounts.create(path, name, person, role, password=PASSWORD, department=department, by="本机")
        accounts.set_password(path, name, f"{PASSWORD}-{name}x", keep="")
    return path


@pytest.fixture
def enter(house: Path, peopled: Path, monkeypatch: pytest.MonkeyPatch):
    """A house with an account of each role; lets the visits that follow come by one of them ("" for a guest)."""
    copy(peopled, house)
    monkeypatch.setattr(database, "_permit", access.require)
    monkeypatch.setattr(database, "_own", access.require_own)
    monkeypatch.setattr(events, "_origin", access.origin)

    def come(name: str) -> str:
        key = logins.log_in(house, name, f"{PASSWORD}-{name}x", address="10.0.0.7") if name else ""
        login = logins.kept(key) if key else "guest"
        monkeypatch.setattr(access, "_login", lambda: login)
        return login

    return come


@pytest.mark.parametrize("name", ["", *PEOPLE])
@pytest.mark.parametrize("page", ONLY)
def test_a_page_for_some_says_so_to_the_others(enter, visit, name, page):
    enter(name)
    at = visit(page)
    role = PEOPLE[name][1] if name else Role.VIEWER
    ladder = list(Role)
    if ladder.index(role) >= ladder.index(ONLY[page]):
        assert conclusion(at) != "## 这一页不对你开放"
    else:
        assert conclusion(at) == "## 这一页不对你开放"
        assert f"你现在是“{role.label}”" in at.info[0].value
        assert not at.get("file_uploader") and not at.selectbox and not at.dataframe


def test_nobody_logs_in_on_one_pc(house, visit, monkeypatch):
    assert access.person() == LOCAL
    at = visit("benchmark/targets.py")
    assert at.text_input(key=access.NAME).label == "经办人"
    monkeypatch.setattr(access, "_login", lambda: "local")
    assert access.person() == LOCAL


def test_a_visit_without_a_gate_is_nobodys_once_there_are_accounts(enter, monkeypatch):
    monkeypatch.setattr(access, "_login", lambda: "")
    with pytest.raises(UserError, match="登录已经结束"):
        access.person()
    monkeypatch.setattr(access, "_login", lambda: "guest")
    assert access.person() == GUEST


def test_a_log_in_that_has_ended_shows_nothing(enter, house, visit):
    login = enter("li")
    logins.close(house, login)
    at = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=60).run()
    assert not at.markdown and not at.button


def test_another_log_in_finds_nothing_of_the_one_before(enter, visit):
    enter("admin")
    at = visit()
    at.session_state["typed"] = "of the administrator"
    at.run()
    assert "typed" in at.session_state
    enter("leader")
    at.run()
    assert not at.exception
    assert "typed" not in at.session_state


@pytest.mark.parametrize(
    ("name", "page", "role"),
    [
        ("leader", "benchmark/targets.py", "分析员"),
        ("wang", "manage/batches.py", "分析员"),
        ("", "screen/decks.py", "责任单位"),
    ],
)
def test_what_may_not_be_done_is_said_and_cannot_be_pressed(enter, visit, name, page, role):
    enter(name)
    at = visit(page)
    assert f"要由{role}来做" in text_of(at)
    assert not [box for box in at.text_input if box.label == "经办人"]


def test_a_department_is_not_asked_for_a_name_where_it_lacks_the_right(enter, visit):
    """On the form of a new item of the ledger."""
    for name, words in {
        "wang": "没有这项权限，见上面的说明。",
        "li": "带 * 的必填。列入时记下指标现在的数，销号时对照。",
    }.items():
        enter(name)
        at = visit("act/ledger.py", ledger="新列入")
        captions = [each.value for each in at.caption]
        assert words in captions, captions
        assert "先在上面填写经办人。" not in captions


def test_a_department_declares_under_its_own_name_and_no_others(enter, house, visit):
    enter("wang")
    at = visit("benchmark/declaration.py")
    assert "经办人：**王芳**" in text_of(at)
    next(button for button in at.button if button.label == "开始填报").click().run()
    assert not at.exception
    (filed,) = declarations.declarations(house)
    assert filed.content.unit == "市市场监管局"
    line = events.events(house, f"申报表 {filed.id}").iloc[0]
    assert line["user"] == "王芳"


@pytest.fixture
def in_a_run(enter, monkeypatch: pytest.MonkeyPatch):
    """Lets what follows be asked about as what a page does for the visit of an account."""

    def begin(name: str) -> None:
        enter(name)
        monkeypatch.setattr(access, "get_script_run_ctx", lambda suppress_warning: object())

    return begin


OTHERS = "这是“{}”的，你的账号是“市市场监管局”：只能办本单位的事"


@pytest.mark.parametrize(
    ("units", "own"),
    [
        ("市市场监管局", True),
        ("市税务局、平顶山市市场监督管理局", True),
        ("市税务局 市场监管局（牵头）", True),
        ("市税务局", False),
        ("郏县市场监管局", False),
        ("市市场监管局宝丰分局", False),
        ("", False),
    ],
)
def test_a_unit_is_ones_own_by_its_whole_name(in_a_run, units, own):
    in_a_run("wang")
    if own:
        assert access.require_own(units) is None
    else:
        with pytest.raises(UserError, match=OTHERS.format(units or "没有写明单位")):
            access.require_own(units)


def test_who_works_for_all_is_bound_to_no_unit(in_a_run):
    in_a_run("li")
    assert access.require_own("市税务局") is None


def declared(house: Path, unit: str, until: str) -> int:
    """A declaration of a unit that has come so far."""
    number = declarations.create(house, "xdc-2019", Declaration(unit=unit), user="李明")
    if until in ("submitted", "published"):
        seen = declarations.declaration(house, number).content
        declarations.submit(house, number, [], seen=seen, user="李明")
    if until == "published":
        declarations.publish(house, number, user="李明")
    return number


DECLARING = {
    "create": ("draft", lambda path, number, was: declarations.create(path, "xdc-2019", was, user="王芳")),
    "save": ("draft", lambda path, number, was: declarations.save(path, number, {"phone": "1"}, was, user="王芳")),
    "keep_version": ("draft", lambda path, number, was: declarations.keep_version(path, number, "留", user="王芳")),
    "submit": ("draft", lambda path, number, was: declarations.submit(path, number, [], seen=was, user="王芳")),
    "drop": ("draft", lambda path, number, was: declarations.drop(path, number, user="王芳")),
    "restore": (
        "draft",
        lambda path, number, was: declarations.restore(
            path, number, int(declarations.versions(path, number)["id"].min()), user="王芳"
        ),
    ),
    "add_report": (
        "published",
        lambda path, number, was: declarations.add_report(path, number, "2019-12-31", {"done": "做了"}, user="王芳"),
    ),
}


@pytest.mark.parametrize("change", DECLARING)
def test_a_department_changes_its_own_declarations_only(house, in_a_run, change):
    state, do = DECLARING[change]
    theirs, own = (declared(house, unit, state) for unit in ("市税务局", "市市场监管局"))
    in_a_run("wang")
    before = events.extent(house)
    with pytest.raises(UserError, match=OTHERS.format("市税务局")):
        do(house, theirs, declarations.declaration(house, theirs).content)
    assert events.extent(house) == before
    do(house, own, declarations.declaration(house, own).content)
    assert events.events(house).at[0, "user"] == "王芳"


def test_a_department_neither_takes_over_nor_gives_away_a_declaration(house, in_a_run):
    own, nobodys = (declared(house, unit, "draft") for unit in ("市市场监管局", ""))
    in_a_run("wang")
    for number in (own, nobodys):
        seen = declarations.declaration(house, number).content
        with pytest.raises(UserError, match=OTHERS.format("市税务局")):
            declarations.save(house, number, {"unit": "市税务局"}, seen, user="王芳")
    found = declarations.save(house, nobodys, {"unit": "市市场监管局"}, Declaration(), user="王芳")
    assert found.content.unit == "市市场监管局"
    with pytest.raises(UserError, match="没有写明单位"):
        declarations.create(house, "xdc-2019", Declaration(), user="王芳")


LEDGER = {
    "tick": lambda path, item: ledger.edit(
        path,
        item.id,
        replace(item.task, actions=(ledger_words.Action("合并表单", "2021-02-01", "2021-01-15"),)),
        seen=item.task,
        user="王芳",
    ),
    "move": lambda path, item: ledger.move(path, item.id, "start", "", ledger_words.Reading(), seen=item, user="王芳"),
    "attach": lambda path, item: ledger.attach(path, item.id, b"%PDF-1", "纪要.pdf", "", user="王芳"),
}


@pytest.mark.parametrize("change", LEDGER)
def test_a_department_puts_right_what_it_answers_for_or_helps_with(house, in_a_run, change):
    task = ledger_words.Task(
        "要跑三趟", deadline="2021-03-31", actions=(ledger_words.Action("合并表单", "2021-02-01"),)
    )
    units = (("市税务局", "市公安局"), ("市市场监管局", ""), ("市税务局", "市公安局、市市场监管局"))
    tasks = [
        (replace(task, problem=f"要跑 {i} 趟", owner=owner, helpers=helpers), ledger_words.Reading())
        for i, (owner, helpers) in enumerate(units)
    ]
    theirs, *own = ledger.open_items(house, tasks, user="李明")
    in_a_run("wang")
    before = events.extent(house)
    with pytest.raises(UserError, match=OTHERS.format("市税务局、市公安局")):
        LEDGER[change](house, ledger.item(house, theirs))
    assert events.extent(house) == before
    for number in own:
        LEDGER[change](house, ledger.item(house, number))
        assert events.events(house, f"台账 {number}").at[0, "user"] == "王芳"


@pytest.mark.parametrize("action", sorted(set(Action) - {Action.SEE, Action.EXPORT}))
def test_every_change_is_refused_to_whoever_may_not(enter, house, monkeypatch, action):
    enter("leader")
    before = events.extent(house)
    monkeypatch.setattr(access, "get_script_run_ctx", lambda suppress_warning: object())
    with pytest.raises(UserError, match=f"{action}要由.+来做；你现在是“查看”"), database.writing(house, action) as db:
        events.record(db, "周岩", "试试", "x")
    assert events.extent(house) == before


def test_what_the_server_does_by_itself_is_allowed(enter, house):
    enter("leader")
    with database.writing(house, Action.PUBLISH) as db:
        events.record(db, "系统", "到期发布", "批次 9")
    line = events.events(house, "批次 9").iloc[0]
    assert (line["user"], line["address"]) == ("系统", "本机")


def test_the_first_account_is_an_administrators(house, visit):
    at = visit("manage/accounts.py")
    assert conclusion(at).startswith("## 还没有账号：只有这台电脑能打开")
    at.text_input(key="new-name-0").input("zhaomin")
    at.text_input(key="new-person-0").input("赵敏")
    assert at.selectbox(key="new-role-0-True").options == ["管理员"]
    next(button for button in at.button if button.label.startswith("新建")).click()
    at.run()
    row = accounts.accounts(house).iloc[0]
    assert (row["name"], row["person"], row["role"], row["must_change"]) == ("zhaomin", "赵敏", "admin", 1)


def test_accounts_are_made_changed_and_disabled(enter, house, visit):
    enter("admin")
    at = visit("manage/accounts.py")
    assert conclusion(
        at
    ) == "## 4 个账号：管理员 1 个、分析员 1 个、责任单位 1 个和查看 1 个。" or "4 个账号" in conclusion(at)
    table = drawn_tables(at)["全部账号"].set_index("账号")
    assert tuple(table.loc["wang", ["姓名", "角色", "单位", "状态"]]) == ("王芳", "责任单位", "市市场监管局", "正常")
    at.selectbox(key="account").select("wang").run()
    next(button for button in at.button if button.label == "重置密码").click().run()
    said = at.success[0].value
    password = re.search(r"新密码：(\S+?)（", said.replace("\\", "")).group(1)
    assert logins.log_in(house, "wang", password, address="10.0.0.8")
    next(button for button in at.button if button.label == "停用").click().run()
    assert accounts.accounts(house).set_index("name").at["wang", "disabled"] == 1
    at.selectbox(key="account").select("admin").run()
    next(button for button in at.button if button.label == "停用").click().run()
    assert "没有办成" in at.error[0].value
    line = events.events(house, "wang").iloc[0]
    assert (line["user"], line["action"]) == ("赵敏", "停用账号")


def test_a_key_is_issued_shown_once_and_revoked(enter, house, visit):
    enter("admin")
    at = visit("manage/accounts.py")
    at.text_input(key="key-name-0").input("市统计局取数").run()
    next(button for button in at.button if button.label == "发放").click().run()
    key = re.search(r"密钥：(\S+?)（", at.success[0].value.replace("\\", "")).group(1)
    assert tokens.known(house, key).name == "市统计局取数"
    assert key not in text_of(at)
    next(button for button in at.button if button.label == "作废").click().run()
    assert tokens.known(house, key) is None
    assert drawn_tables(at)["发放过的密钥"].at[0, "状态"] == "作废"


def test_the_trail_is_narrowed_by_days_and_words(enter, house, visit):
    enter("li")
    enter("admin")
    at = visit("manage/trail.py", words="登录 李明")
    table = next(iter(drawn_tables(at).values()))
    assert set(table["谁"]) == {"李明"}
    assert set(table["做了什么"]) == {"登录"}
    count, _ = events.extent(house)
    assert re.search(rf"以来 {count} 条操作记录，只增不改；符合条件的 1 条。", conclusion(at))
    at = visit("manage/trail.py", until="2019-01-01")
    assert at.info[0].value.startswith("没有符合条件的记录")


def test_what_is_taken_away_is_in_the_trail(enter, house):
    enter("leader")
    make = access._noted("排名.csv", lambda: b"x")
    assert events.events(house, "排名.csv").empty
    assert make() == b"x"
    line = events.events(house, "排名.csv").iloc[0]
    assert (line["user"], line["action"]) == ("周岩", "导出")


def test_a_request_says_its_address_and_the_server_none(caplog):
    assert access.origin() == ("", "")
    there = copy_context()
    there.run(ADDRESS.set, "10.0.0.3")
    assert there.run(access.origin) == ("10.0.0.3", "")
    assert caplog.text == ""


def test_a_run_of_a_page_says_what_the_gate_told_it(enter, monkeypatch):
    class Context:
        headers = {"X-Duibiao-Address": "10.0.0.8"}  # noqa: RUF012

    def script():
        import streamlit as st

        from lib.ui import access

        st.text("，".join(access.origin()))

    enter("wang")
    monkeypatch.setattr(access.st, "context", Context())
    assert AppTest.from_function(script).run().text[0].value == "10.0.0.8，王芳"
