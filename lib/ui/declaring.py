"""A declaration while it is filled in: every change is kept at once, and nobody's words are lost when two write in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from lib.core import declaration as rules
from lib.ingest.declaration import read_form
from lib.model import Issue, Period, Severity, UserError
from lib.model.access import Action
from lib.model.campaign import Campaign
from lib.model.declaration import Baseline, Declaration, Goal
from lib.store import declarations as store
from lib.store import default_path
from lib.store.declarations import Filed
from lib.ui import access, go
from lib.ui.basis import Basis
from lib.ui.context import Context
from lib.ui.facts import CITY
from lib.view import text
from lib.view.declaration import Public

FORM, _BEGUN, _SEEN, _SAID = "form", "_begun", "_form_seen", "_form_said"
_AFRESH, _NOW_AFRESH = "_form_to_show", "_form_shown"
# No database has a longer number than that.
MOST_DIGITS = 9


def begin(content: Declaration) -> None:
    """Opens the page of declarations with what has been chosen so far; called before a run, nothing is kept yet."""
    st.session_state[_BEGUN] = content
    go.page("benchmark/declaration.py")


def begun() -> Declaration | None:
    """What another page has chosen for a new declaration."""
    return st.session_state.get(_BEGUN)


def dismiss() -> None:
    """Forgets what another page has chosen."""
    st.session_state.pop(_BEGUN, None)


def filed() -> list[Filed]:
    """Every declaration, the one changed last first."""
    return store.declarations(default_path())


def open_form(number: int) -> None:
    """Opens a declaration; called before a run."""
    st.query_params[FORM] = str(number)


def close_form() -> None:
    """Goes back to the list; called before a run."""
    st.query_params.pop(FORM, None)


def opened() -> Filed | None:
    """The declaration that the address names, None where it names none that there is; what another wrote meanwhile is shown afresh."""
    asked = st.query_params.get(FORM, "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= MOST_DIGITS):
        if asked:
            say(f"地址里的申报表“{asked}”没有。", wrong=True)
        return None
    try:
        found = store.declaration(default_path(), int(asked))
    except UserError as error:
        say(str(error), wrong=True)
        return None
    seen = st.session_state.setdefault(_SEEN, {})
    if seen.get(found.id, found.content) != found.content:
        _refresh(found.id)
        say("别人刚改过这份申报表，下面是最新内容。")
    st.session_state[_NOW_AFRESH] = st.session_state.pop(_AFRESH, None)
    seen[found.id] = found.content
    return found


def _refresh(number: int) -> None:
    """Lets the form's fields show what is kept in the next run, whatever the browser has in them."""
    st.session_state[_AFRESH] = number


def afresh(number: int) -> bool:
    """Whether the form's fields are to show what is kept."""
    return st.session_state.get(_NOW_AFRESH) == number


def change(number: int, **changes: object) -> bool:
    """Keeps changed fields; whether that could be done."""
    seen = st.session_state.setdefault(_SEEN, {}).get(number)
    if seen is None:
        # A session that begins with an edit, as after a restart of the server, has seen nothing but what is kept now.
        seen = store.declaration(default_path(), number).content
    try:
        store.save(default_path(), number, changes, seen, user=access.name(Action.DECLARE))
    except UserError as error:
        say(str(error), wrong=True)
        return False
    # Not what is stored now: where another has changed more, the next run sees the difference and shows it.
    st.session_state[_SEEN][number] = replace(seen, **changes)
    return True


def say(words: str, *, wrong: bool = False) -> None:
    """Something for the next run to say; `wrong`: what was asked for was not done."""
    st.session_state[_SAID] = words, wrong


def said() -> tuple[str, bool]:
    """What the last action has to say, once, and whether it failed."""
    return st.session_state.pop(_SAID, ("", False))


def check(basis: Basis, campaign: Campaign) -> list[Issue]:
    """Everything that the plan does not let pass or asks to think about."""
    book = basis.context.book
    places = partial(rules.places_named, regions=book.regions, city=CITY, departments=book.departments.values())
    return rules.problems(basis.content, basis.present, campaign, book.measures, places)


def refused(issues: Iterable[Issue]) -> list[Issue]:
    """Those that stop a submission."""
    return [issue for issue in issues if issue.severity is Severity.ERROR]


def create(context: Context, campaign: str, content: Declaration) -> None:
    """A new draft with what the data can fill in, opened; called before a run."""
    if content.subject == context.root:
        # A declaration is about one indicator.
        content = content.with_field("subject", "")
    if own := access.own_unit():
        content = content.with_field("unit", own)
    number = store.create(
        default_path(), campaign, Basis(context, content).prefilled(), user=access.name(Action.DECLARE)
    )
    dismiss()
    open_form(number)


def seek(basis: Basis, number: int, name: str, chosen: list[str]) -> None:
    """Other benchmarks: the gap's words follow as long as nobody has changed them."""
    gap, listed = f"{name}_gap", "、".join(chosen)
    changes: dict[str, object] = {name: listed}
    if getattr(basis.content, gap) in ("", basis.gap_words(getattr(basis, name))):
        later = Basis(basis.context, basis.content.with_field(name, listed))
        changes[gap] = later.gap_words(getattr(later, name))
    change(number, **changes)


def set_goal(number: int, field: str, measure: str, value: float | None) -> bool:
    """Sets, changes or takes away the goal on one measure; whether that could be done."""
    seen = st.session_state.get(_SEEN, {}).get(number) or store.declaration(default_path(), number).content
    goals = {goal.measure: goal.value for goal in getattr(seen, field)}
    if value is None:
        goals.pop(measure, None)
    else:
        goals[measure] = float(value)
    return change(number, **{field: tuple(Goal(*each) for each in goals.items())})


def submit(basis: Basis, filed: Filed, campaign: Campaign) -> None:
    """Hands in what the plan lets pass; called before a run."""
    wrong = refused(check(basis, campaign))
    if wrong:
        say(f"没有报送：有 {len(wrong)} 处不符合方案，逐条列在右边。", wrong=True)
        return
    wanted = {goal.measure for goal in filed.content.goals}
    baseline = [value for code, value in basis.present.values.items() if code in wanted]
    _try(
        partial(store.submit, default_path(), filed.id, baseline, seen=filed.content, user=access.name(Action.DECLARE)),
        "已报送，等待审核公示。",
    )


def act(action: str, number: int, comment: str = "") -> None:
    """Returns, publishes or drops a declaration; called before a run."""
    path = default_path()
    if action == "退回":
        _try(
            lambda: store.send_back(path, number, comment, user=access.name(Action.JUDGE)),
            "已退回，填报单位可以修改后重新报送。",
        )
    elif action == "公示":
        _try(lambda: store.publish(path, number, user=access.name(Action.JUDGE)), "已公示。")
    else:
        _try(
            lambda: store.drop(path, number, user=access.name(Action.DECLARE)),
            "已作废，仍可从“版本和经过”恢复。",
        )


def restore(number: int, version: int) -> None:
    """Brings back an earlier version; called before a run."""

    def bring_back() -> None:
        restored = store.restore(default_path(), number, version, user=access.name(Action.DECLARE))
        st.session_state[_SEEN][number] = restored.content
        _refresh(number)

    _try(bring_back, f"已恢复版本 {version}。")


def versions(number: int) -> pd.DataFrame:
    """What happened to a declaration, latest first."""
    return store.versions(default_path(), number)


def read(context: Context, data: bytes, name: str, before: Declaration) -> Declaration:
    """What a form filled in with Word says; UserError when it is no such form."""
    content = rules.declared(read_form(data, name), context.book.measures, before)
    if content.subject or not content.goals:
        return content
    indicator = context.book.measures[content.goals[0].measure].indicator
    return replace(content, subject=indicator if indicator in context.framework.index else "")


def cells(content: Declaration, context: Context) -> Mapping[str, str]:
    """The text of the form's cells."""
    return rules.cells(content, context.book.measures)


def period_words(baseline: Baseline) -> str:
    """When a value was so, or where a unit has it from: 2021年12月; 市税务局统计，2019年10月."""
    return Period.parse(baseline.period).label if Period.is_code(baseline.period) else baseline.period


def _try(action: Callable[[], object], done: str) -> None:
    """Does it and says so, or says why it could not be done."""
    try:
        action()
    except UserError as error:
        say(str(error), wrong=True)
    else:
        say(done)


def replace_all(number: int, content: Declaration) -> None:
    """Takes over everything that a Word file says; what stood before is kept as a version; called before a run."""
    seen = st.session_state[_SEEN][number]
    try:
        store.keep_version(default_path(), number, "读入 Word 前的内容", user=access.name(Action.DECLARE))
    except UserError as error:
        say(str(error), wrong=True)
        return
    changes = {name: value for name, value in vars(content).items() if value != getattr(seen, name)}
    if change(number, **changes):
        _refresh(number)
        say("已换成文件里的内容。" if changes else "文件里的内容和现在的一样。")


def subject_name(context: Context, code: str) -> str:
    """The name of a declaration's indicator, whatever framework is in force; "" for none."""
    return context.named.get(code, code) if code else ""


def public(context: Context, rows: Iterable[Filed]) -> list[Public]:
    """Published declarations as the list shows them."""
    return [
        Public(
            each.content,
            subject_name(context, each.content.subject),
            cells(each.content, context),
            text.day(each.published_at),
            any(baseline.made_up for baseline in each.baseline),
        )
        for each in rows
    ]
