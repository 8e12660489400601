"""Whose visit this is and what it may do: asked of the store on every run and before every change, never of the browser."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib.model import UserError
from lib.model.access import GUEST, LOCAL, Action, Person, Role, least
from lib.store import catalog, default_path
from lib.store.accounts import any_account
from lib.store.database import permit_by
from lib.store.events import come_from, exported
from lib.store.logins import person_of
from lib.web.visits import ADDRESS, GUEST_LOGIN, LOCAL_LOGIN, LOGIN, LOGOUT, PASSWORD

NAME, _WHOSE, _VISITOR = "user", "_login", "_visitor"
# What the gate of lib/web says of a visit; nobody else can, it takes away what comes from outside.
_LOGIN, _ADDRESS = "X-Duibiao-Login", "X-Duibiao-Address"

# What stands between the names of units, and what is added to one: 市税务局（牵头）.
_BETWEEN_UNITS = re.compile(r"[、，,；;/\s]+")
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")


class Ended(UserError):
    """The log-in that a visit came by is good no more."""


def attend() -> None:
    """From now on every change is asked about here, and the trail says who did it and from where; called once, at the start of the
    server."""
    permit_by(require, require_own)
    come_from(origin)


def person() -> Person:
    """Whose this run is, asked once in it; UserError where the log-in has ended. While the database cannot be read it is whose the
    run before was: what is on a wall stays."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return _asked()
    # Each run has cursors of its own: those of an earlier one are another object.
    run, login, visitor = st.session_state.get(_VISITOR, (None, "", None))
    if run is context.cursors and visitor is not None:
        return visitor
    try:
        visitor = _asked()
    except Ended:
        raise
    except UserError:
        if visitor is None or login != _login():
            raise
    st.session_state[_VISITOR] = context.cursors, _login(), visitor
    return visitor


def _asked() -> Person:
    """Whose this visit is now."""
    login = _login()
    if login == GUEST_LOGIN:
        return GUEST
    if login == LOCAL_LOGIN or not (login or any_account(default_path())):
        return LOCAL
    found = person_of(default_path(), login) if login else None
    if found is None:
        raise Ended("登录已经结束：请刷新页面，重新登录")
    return found


def _login() -> str:
    """The log-in that the gate says this visit comes by; "" where there is no gate, as in a test."""
    return st.context.headers.get(_LOGIN, "")


def begin() -> None:
    """At the start of a run: a new log-in that takes over the session of an old one finds nothing of it."""
    login = _login()
    if st.session_state.get(_WHOSE, login) != login:
        st.session_state.clear()
    st.session_state[_WHOSE] = login


def may(action: Action) -> bool:
    """Whether this visit may do it."""
    return person().may(action)


def require(action: Action) -> None:
    """UserError where this visit may not do it; what the server does by itself may always."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return
    visitor = _asked()
    if not visitor.may(action):
        raise UserError(_refusal(visitor, action))


def require_own(units: str) -> None:
    """UserError where whoever works for one department would change what is another's. In: the names of those it belongs to."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return
    visitor = _asked()
    names = [name.strip() for name in _BETWEEN_UNITS.split(units) if name.strip()]
    if visitor.role is Role.DEPARTMENT and not _is_own(visitor.department, names):
        whose = "、".join(names) or "没有写明单位"
        raise UserError(f"这是“{whose}”的，你的账号是“{_named(visitor.department)}”：只能办本单位的事")


def withheld(action: Action, units: str) -> str:
    """Why this visit may not do what belongs to some units, as `require` and `require_own` say it; "" where it may."""
    try:
        require(action)
        require_own(units)
    except Ended:
        raise
    except UserError as error:
        return str(error)
    return ""


def own_unit() -> str:
    """The name of the department that this visit is bound to; "" for none."""
    visitor = person()
    return _named(visitor.department) if visitor.role is Role.DEPARTMENT else ""


def origin() -> tuple[str, str]:
    """From which address this run or request comes, and under whose name its deeds go ("" for the name that was typed in)."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ADDRESS.get(), ""
    visitor = _asked()
    return st.context.headers.get(_ADDRESS, ""), visitor.name if visitor.account else ""


def who(action: Action) -> str:
    """Under whose name a deed of this kind goes: asked for once a session where nobody logs in, else the account's; "", with the
    reason on the page, where it is not allowed."""
    visitor = person()
    if not visitor.may(action):
        st.caption(f":material/lock: {_refusal(visitor, action)}")
        return ""
    if visitor.account:
        st.markdown(f"经办人：**{visitor.name}**")
        return visitor.name
    return st.text_input("经办人", key=NAME, persist_state="session", placeholder="姓名，记入批次和台账").strip()


def name(action: Action) -> str:
    """The name that `who` gives, without asking for it; to be used before a run."""
    visitor = person()
    if not visitor.may(action):
        return ""
    return visitor.name if visitor.account else str(st.session_state.get(NAME) or "").strip()


def unnamed(action: Action) -> str:
    """Why `name` gives none: nobody has said it yet, or the visit may not, for the reason that `who` has given."""
    return "先在上面填写经办人。" if person().may(action) else "没有这项权限，见上面的说明。"


def page(needs: Action) -> bool:
    """Whether this visit may see a page that only some may; where it may not, the page says so instead."""
    visitor = person()
    if not visitor.may(needs):
        st.markdown("## 这一页不对你开放")
        st.info(f"{_refusal(visitor, needs)}。要用请联系管理员开通。", icon=":material/lock:")
    return visitor.may(needs)


def download(label: str, make: Callable[[], bytes], *, file_name: str, **options: Any) -> None:
    """A button that takes a file away, made when it is pressed, and writes that down; `options` as st.download_button has them."""
    st.download_button(label, _noted(file_name, make), file_name=file_name, **options)


def _noted(what: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same making, with a line in the trail: who takes it away is known now, not when it is made."""
    visitor, (address, _), user = person(), origin(), name(Action.EXPORT)

    def made() -> bytes:
        if not visitor.may(Action.EXPORT):
            raise UserError(_refusal(visitor, Action.EXPORT))
        data = make()
        from_there = ADDRESS.set(address)
        try:
            exported(default_path(), user or visitor.name, what)
        except UserError as error:
            # What is on the page can be taken away from a house that cannot be written to.
            logging.getLogger("duibiao").warning("an export is not in the trail: %s", error)
        finally:
            ADDRESS.reset(from_there)
        return data

    return made


def badge() -> None:
    """Who this is, at the foot of the sidebar, with the way in or out."""
    visitor = person()
    if visitor.account:
        st.html(_line(f"{visitor.name}（{visitor.role.label}）", {PASSWORD: "改密码", LOGOUT: "退出"}))
    elif visitor == GUEST:
        st.html(_line("访客，只能查看", {LOGIN: "登录"}))
    else:
        st.html(_line("没有设账号：只有这台电脑能打开，谁都能办", {}))


def _line(words: str, ways: Mapping[str, str]) -> str:
    links = "　".join(f'<a href="{path}" target="_self">{label}</a>' for path, label in ways.items())
    return f'<div class="whose">{escape(words)}<br>{links}</div>'


def _refusal(visitor: Person, action: Action) -> str:
    return f"{action}要由{least(action).label}来做；你现在是“{visitor.role.label}”"


def _named(department: str) -> str:
    rows = catalog.table(default_path(), "department").set_index("code")["name"]
    return str(rows.get(department, department))


def _is_own(department: str, names: Sequence[str]) -> bool:
    """Whether a department is one of those that are named, by its name or one of its other names, whatever follows in brackets. A
    county's office has the city's name in its own: names are compared as a whole."""
    rows = catalog.table(default_path(), "department").set_index("code")
    if department not in rows.index:
        return False
    row = rows.loc[department]
    known = {row["name"], *str(row["aliases"]).split(";")}
    return any(not known.isdisjoint((name, _IN_BRACKETS.sub("", name))) for name in names)
