"""An item of the 整改台账 while it is dealt with: what is looked at, what a click does; nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from lib import papers
from lib.core import ledger as core
from lib.ingest.evidence import checked
from lib.ingest.ledger import as_actions
from lib.model import UserError
from lib.model.access import Action
from lib.model.ledger import STEPS, Item, Reading, State, Task
from lib.store import default_path, files
from lib.store import ledger as store
from lib.store.events import today
from lib.ui import access, go
from lib.ui.context import Context
from lib.view import ledger as words

PAGE = "act/ledger.py"
ITEM, VIEW, ENTER, WHOSE = "item", "ledger", "enter", "ledger_whose"
VIEWS = BOARD, TABLE, CHASE, NEW = "看板", "台账", "催办", "新列入"
ENTRIES = BY_HAND, WEAK, FROM_FILE = "手工填写", "从短板列入", "从表格导入"
_BEGUN, _SAID, _TURN = "_ledger_begun", "_ledger_said", "_ledger_turn"
_SEEN, _REFUSED = "_ledger_seen", "_ledger_refused"
STATES = {state.value: state.label for state in State}
MOST_DIGITS = 9


def begin(task: Task) -> None:
    """Opens the form for a new item with what another page has found; called before a run, nothing is kept yet."""
    st.session_state[_BEGUN] = task
    st.session_state[_TURN] = turn() + 1
    enter(BY_HAND)


def begin_weak() -> None:
    """Opens the list of the weaknesses of the county looked at; called before a run."""
    st.session_state.pop(WHOSE, None)
    enter(WEAK)


def enter(entry: str) -> None:
    """Opens a way to put items on the ledger; called before a run."""
    close_item()
    st.session_state[VIEW], st.session_state[ENTER] = NEW, entry
    go.page(PAGE, **{VIEW: NEW, ENTER: entry})


def begun() -> Task:
    """What a new item begins with: what another page has found, else nothing."""
    return st.session_state.get(_BEGUN, Task(""))


def turn() -> int:
    """Changes with every item that is put on the ledger, so that the form is empty for the next one."""
    return int(st.session_state.get(_TURN, 0))


def open_item(number: int) -> None:
    """Opens an item, its form as it is kept now; called before a run."""
    forget(number)
    st.query_params[ITEM] = str(number)


def close_item() -> None:
    """Goes back to the ledger, from a new item to the board; called before a run."""
    st.query_params.pop(ITEM, None)
    if st.session_state.get(VIEW) == NEW:
        st.session_state[VIEW] = BOARD


def opened() -> Item | None:
    """The item that the address names, as it is now; None where it names none that there is."""
    asked = st.query_params.get(ITEM, "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= MOST_DIGITS):
        say(f"地址里的“{asked}”不是台账的号。", wrong=True)
        return None
    try:
        return store.item(default_path(), int(asked))
    except UserError as error:
        say(f"{error}。", wrong=True)
        return None


def standing(day: date) -> tuple[Item, ...]:
    """Every item as it stood at the end of a day."""
    items = store.items(default_path())
    if day.isoformat() >= today():
        return tuple(items)
    return core.standing(items, store.history(default_path()), day)


def listing(context: Context, items: Sequence[Item], day: date) -> pd.DataFrame:
    """Items as `core.ledger.listing`."""
    now = {each.id: look(context, *each.task.about) for each in items}
    return core.listing(items, now, context.book.measures, day)


def row_of(context: Context, item: Item) -> pd.Series:
    """How an item stands today, as a row of the listing."""
    return listing(context, [item], date.fromisoformat(today())).iloc[0]


def look(context: Context, subject: str, region: str) -> Reading:
    """What an indicator of a place is now, as `papers.look`."""
    return _look(context.version, context.framework_code, subject, region, context)


@st.cache_resource(max_entries=4096, show_spinner=False)
def _look(version: str, framework: str, subject: str, region: str, _context: Context) -> Reading:
    return papers.look(_context, subject, region)


def say(words: str, *, wrong: bool = False) -> None:
    """Something for the next run to say; `wrong`: what was asked for was not done."""
    st.session_state[_SAID] = words, wrong


def said() -> tuple[str, bool]:
    """What the last action has to say, once, and whether it failed."""
    return st.session_state.pop(_SAID, ("", False))


def _try(action: Callable[[], object], done: str) -> bool:
    """Does it and says so, or says why it could not be done."""
    try:
        action()
    except UserError as error:
        say(f"{error}。", wrong=True)
        return False
    say(done)
    return True


def typed(prefix: str, before: Task) -> Task:
    """What a form's fields say; steps that were there before keep the day on which they were done."""
    state = st.session_state
    actions = as_actions(str(state.get(f"{prefix}-actions") or ""))
    deadline = state.get(f"{prefix}-deadline")
    names = ("problem", "origin", "basis", "subject", "region", "owner", "leader", "measures")
    fields = {name: str(state.get(f"{prefix}-{name}") or "").strip() for name in names}
    return Task(
        **fields,
        helpers="、".join(state.get(f"{prefix}-helpers") or []),
        deadline=deadline.isoformat() if deadline else "",
        actions=core.carried(before.actions, actions),
    )


def add(context: Context, prefix: str) -> None:
    """Puts the item that a form describes on the ledger and opens it; called before a run."""
    task = typed(prefix, Task(""))
    missing = [*task.lacking, *([] if access.name(Action.EDIT) else ["要写经办人"])]
    if missing:
        say(f"没有列入：{'；'.join(missing)}。", wrong=True)
        return
    if numbers := open_all(context, [task]):
        st.session_state.pop(_BEGUN, None)
        open_item(numbers[0])


def open_all(context: Context, tasks: Sequence[Task]) -> list[int]:
    """Puts items on the ledger that are not on it yet, each with its indicator's value now; none when refused. What came of it is said."""
    pairs = [(task, look(context, *task.about)) for task in tasks]
    try:
        found = store.open_items(default_path(), pairs, user=access.name(Action.EDIT))
    except UserError as error:
        say(f"没有列入：{error}。", wrong=True)
        return []
    numbers = [number for number in found if number is not None]
    known = [task.problem for task, number in zip(tasks, found, strict=True) if number is None]
    if numbers:
        st.session_state[_TURN] = turn() + 1
    say(words.listed(numbers, known), wrong=not numbers)
    return numbers


def take(context: Context, item: Item, step: str, prefix: str) -> None:
    """Takes an item one step on with what was typed; what was typed stays where it is refused; called before a run."""
    comment = str(st.session_state.get(f"{prefix}-comment") or "")
    day = st.session_state.get(f"{prefix}-deadline") if STEPS[step].next_round else None
    if (day is None and step == "reopen") or (day is not None and day.isoformat() < today()):
        say("没有办理：新一轮的整改期限不早于今天，再开一轮必填。", wrong=True)
        return
    reading = look(context, *item.task.about)
    deadline = day.isoformat() if day else ""
    act = partial(
        store.move,
        default_path(),
        item.id,
        step,
        comment,
        reading,
        seen=item,
        user=access.name(Action.RECTIFY),
    )
    if _try(partial(act, deadline=deadline), f"已办理：{STEPS[step].action}。"):
        st.session_state.pop(f"{prefix}-comment", None)
        if deadline:
            forget(item.id)


def attach(item: Item, prefix: str) -> None:
    """Keeps the uploaded file as the proof of the item's round; called before a run."""
    file = st.session_state.get(f"{prefix}-file")
    if file is None:
        say("还没有选择文件。", wrong=True)
        return

    def keep() -> None:
        data = file.getvalue()
        checked(data, file.name)
        note = str(st.session_state.get(f"{prefix}-note") or "").strip()
        store.attach(default_path(), item.id, data, file.name, note, user=access.name(Action.RECTIFY))

    _try(keep, f"已存入佐证材料《{file.name}》。")


def tick(item: Item, at: int, key: str) -> None:
    """Notes that a step is done today, or that it is not; called before a run."""
    done = today() if st.session_state[key] else ""
    actions = tuple(replace(each, done=done) if i == at else each for i, each in enumerate(item.task.actions))
    task = replace(item.task, actions=actions)
    words = "已勾选" if done else "已取消勾选"
    unchanged = seen(item) == item.task
    keep = partial(store.edit, default_path(), item.id, task, seen=item.task, user=access.name(Action.RECTIFY))
    # For what is being typed in the form below one's own tick is no change of another's.
    if _try(keep, f"{words}：{actions[at].what}。") and unchanged:
        st.session_state[_SEEN][item.id] = task


def seen(item: Item) -> Task:
    """What an item said when its form was opened: what is typed is a change of that."""
    return st.session_state.setdefault(_SEEN, {}).setdefault(item.id, item.task)


def edit(context: Context, item: Item) -> None:
    """Keeps what the form says; where another has changed the item meanwhile both versions are shown; called before a run."""
    task = typed(form_of(item.id), item.task)
    try:
        opened = look(context, *task.about)
        store.edit(default_path(), item.id, task, opened, seen=seen(item), user=access.name(Action.EDIT))
    except UserError as error:
        say(
            f"{error}。" if not str(error).startswith("没有保存") else f"{error}。您写的都还在下面的“修改”里。",
            wrong=True,
        )
        st.session_state[_REFUSED] = item.id
        return
    forget(item.id)
    anew = "指标或地区换了，开账时的数换成现在的数。" if task.about != item.task.about else ""
    say(f"已保存。{anew}")


def refused(item: Item) -> bool:
    """Whether an edit was refused and has not been decided on yet."""
    return st.session_state.get(_REFUSED) == item.id and seen(item) != item.task


def insist(item: Item) -> None:
    """Takes what is kept now for seen, so that what was typed may be kept over it; called before a run."""
    st.session_state[_SEEN][item.id] = item.task
    st.session_state.pop(_REFUSED, None)
    say("已看过台账上的内容：再点“保存修改”，就以您写的为准。")


def forget(number: int) -> None:
    """Lets an item's form begin again from what is kept; called before a run."""
    st.session_state.get(_SEEN, {}).pop(number, None)
    st.session_state.pop(_REFUSED, None)
    for key in [key for key in st.session_state if str(key).startswith(f"{form_of(number)}-")]:
        del st.session_state[key]


def form_of(number: int) -> str:
    """What the keys of the form begin with that changes an item."""
    return f"edit-{number}"


def allowed(item: Item) -> list[str]:
    """The steps that an item's state allows, and whoever looks at it may take."""
    judges = access.may(Action.JUDGE)
    return [name for name, step in STEPS.items() if item.state in step.allowed and (judges or not step.verdict)]


def proofs(number: int) -> pd.DataFrame:
    """The proofs of an item, as `store.ledger.proofs`."""
    rows = store.proofs(default_path())
    return rows[rows["item"] == number].reset_index(drop=True)


def content(sha256: str) -> bytes:
    """A proof's content."""
    return files.content(default_path(), sha256)


def history(number: int) -> pd.DataFrame:
    """What happened to an item, latest first."""
    return store.history(default_path(), number)
