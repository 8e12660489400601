"""账号: making, changing, disabling accounts, and ending their log-ins; every deed is called before a run."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import pandas as pd
import streamlit as st

from lib.model import UserError
from lib.model.access import Action, Role
from lib.store import accounts as store
from lib.store import default_path, logins, tokens
from lib.ui import access, loaders, show, switch
from lib.view import access as words

_SAID = "_accounts_said"
ROLES = list(Role)


def rows() -> pd.DataFrame:
    """Every account, as `store.accounts.accounts`."""
    return store.accounts(default_path())


def listed(found: pd.DataFrame) -> None:
    """The accounts as a table."""
    locked = {name: logins.locked_until(default_path(), name) for name in found["name"]}
    show.table(words.account_table(found, _departments(), locked), title="全部账号", long=len(found) > show.LONG_ROWS)


def tell() -> None:
    """What came of the last deed."""
    if _SAID in st.session_state:
        said, wrong = st.session_state.pop(_SAID)
        (st.error if wrong else st.success)(show.plain(said), icon=":material/error:" if wrong else ":material/check:")


def new(first: bool) -> None:
    """The form of a new account; the first of all is an administrator's."""
    turn = st.session_state.get("_accounts_turn", 0)
    st.markdown("### 新建账号")
    one, two = st.columns(2)
    one.text_input("账号", key=f"new-name-{turn}", placeholder="登录用，如 wangfang")
    two.text_input("姓名", key=f"new-person-{turn}", placeholder="记入台账和操作记录，如 王芳")
    roles = [Role.ADMIN] if first else ROLES
    role = one.selectbox("角色", roles, format_func=lambda each: each.label, key=f"new-role-{turn}-{first}")
    department = ""
    if role is Role.DEPARTMENT:
        known = _departments()
        department = two.selectbox("单位", list(known), format_func=known.get, key=f"new-department-{turn}")
    st.caption(_means(role))
    st.button(
        "新建，并给出初始密码",
        type="primary",
        icon=":material/person_add:",
        on_click=_create,
        args=(turn, role, department),
    )


def one(found: pd.DataFrame) -> None:
    """What can be done with one account."""
    st.markdown("### 管理账号")
    name = switch.pick("账号", list(found["name"]), "account", str)
    row = found.set_index("name").loc[name]
    key = f"{name}-{row['changed_at']}"
    left, right = st.columns(2)
    left.text_input("姓名", row["person"], key=f"person-{key}")
    role = right.selectbox(
        "角色", ROLES, ROLES.index(Role(row["role"])), format_func=lambda each: each.label, key=f"role-{key}"
    )
    department = ""
    if role is Role.DEPARTMENT:
        known = _departments()
        at = list(known).index(row["department"]) if row["department"] in known else 0
        department = left.selectbox("单位", list(known), at, format_func=known.get, key=f"department-{key}")
    st.caption(_means(role))
    path = default_path()
    with st.container(horizontal=True):
        st.button("保存修改", type="primary", on_click=_change, args=(name, key, role, department))
        st.button("重置密码", icon=":material/key:", on_click=_reset, args=(name,))
        _button("退出全部登录", lambda: logins.close_all(path, name, by=_by()), f"{name} 的登录都已退出。")
        _button("解锁", lambda: store.unlock(path, name, by=_by()), f"{name} 可以再试密码了。")
        if row["disabled"]:
            _button("启用", lambda: store.enable(path, name, by=_by()), f"{name} 已启用。")
        else:
            _button("停用", lambda: store.disable(path, name, by=_by()), f"{name} 已停用，正在用的登录已退出。")


def keys() -> None:
    """The keys with which other programs read the interface: those that hold, a new one, revoking one."""
    turn, path = st.session_state.get("_keys_turn", 0), default_path()
    issued = tokens.tokens(path)
    with st.expander(
        f"给别的系统取数的密钥（有效 {int((issued['state'] == '有效').sum())} 把）", icon=":material/vpn_key:"
    ):
        st.caption("只能读，地址是 /api/v1；密钥只显示一次，按名称作废，立即生效。")
        if len(issued):
            show.table(words.key_table(issued), title="发放过的密钥")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input("给谁用", key=f"key-name-{turn}", placeholder="如 市统计局取数", width=260)
            st.number_input("有效天数", 1, tokens.LONGEST_DAYS, tokens.LONGEST_DAYS, key=f"key-days-{turn}", width=140)
            st.button("发放", icon=":material/add:", on_click=_issue, args=(turn,))
        held = list(issued.loc[issued["state"] == "有效", "name"])
        if held:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                name = st.selectbox("作废哪一把", held, key="key-held", width=260)
                _button("作废", lambda: tokens.revoke(path, name, user=_by()), f"“{name}”的密钥已作废。")


def _issue(turn: int) -> None:
    state = st.session_state
    name, days = str(state[f"key-name-{turn}"]), int(state[f"key-days-{turn}"])
    try:
        key = tokens.issue(default_path(), name, days, user=_by())
    except UserError as error:
        state[_SAID] = f"没有办成：{error}。", True
        return
    state["_keys_turn"] = turn + 1
    state[_SAID] = f"“{name.strip()}”的密钥：{key}（只显示这一次，请现在抄下）。", False


def _button(label: str, deed: Callable[[], object], done: str) -> None:
    st.button(label, on_click=_try, args=(deed, done))


def _departments() -> dict[str, str]:
    return loaders.load_bodies(loaders.version())


def _means(role: Role) -> str:
    """What a role may do beyond the one before it."""
    at = ROLES.index(role)
    more = [str(each) for each in Action if role.allows(each) and not (at and ROLES[at - 1].allows(each))]
    return f"{role.label}：{'、'.join(more)}" + (f"；以及{ROLES[at - 1].label}能做的。" if at else "。")


def _by() -> str:
    return access.name(Action.ACCOUNTS) or "本机"


def _create(turn: int, role: Role, department: str) -> None:
    state, password = st.session_state, secrets.token_urlsafe(9)
    name, person = str(state[f"new-name-{turn}"]), str(state[f"new-person-{turn}"])

    def make() -> None:
        store.create(default_path(), name, person, role, password=password, department=department, by=_by())
        state["_accounts_turn"] = turn + 1

    _try(make, f"账号 {name.strip()} 已建。初始密码：{password}（只显示这一次，请转交本人；首次登录要改）。")


def _change(name: str, key: str, role: Role, department: str) -> None:
    person = str(st.session_state[f"person-{key}"])
    change = {"person": person, "role": role, "department": department, "by": _by()}
    _try(lambda: store.change(default_path(), name, **change), f"{name} 已修改。")


def _reset(name: str) -> None:
    password = secrets.token_urlsafe(9)
    said = f"{name} 的新密码：{password}（只显示这一次，请转交本人；首次登录要改）。"
    _try(lambda: store.reset(default_path(), name, password, by=_by()), said)


def _try(deed: Callable[[], object], done: str) -> None:
    try:
        deed()
    except UserError as error:
        st.session_state[_SAID] = f"没有办成：{error}。", True
    else:
        st.session_state[_SAID] = done, False
