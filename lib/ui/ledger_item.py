"""One item of the 整改台账 on its page: its value then and now, what it says, what can be done, proofs, history."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from zlib import crc32

import pandas as pd
import streamlit as st

from lib.core import ledger as core
from lib.ingest.evidence import KINDS
from lib.model.access import Action
from lib.model.ledger import STEPS, Item, Reading, State
from lib.store.events import today
from lib.ui import access, go, rectifying, show, tiles
from lib.ui.batches import file_name
from lib.ui.context import Context
from lib.view import ledger as words
from lib.view import tables, text

REAL = "整改台账"


def conclusion(found: Item, row: pd.Series) -> str:
    """The sentence that opens an item."""
    return words.of_item(found, row["late"])


def draw(context: Context, found: Item, row: pd.Series) -> None:
    """What an item says and whether it has helped; on the right what can be done. `row` is its row of the listing."""
    left, right = st.columns([5, 3], gap="large")
    with left:
        _values(row, found)
        _onward(context, found)
        _says(context, found)
        _steps(found)
    with right:
        access.who(Action.RECTIFY)
        _actions(context, found)
        _proofs(found)


def _values(row: pd.Series, found: Item) -> None:
    """The indicator's value at the round's opening, now, and at its closing, and whether it has moved."""
    if not found.task.subject:
        st.info("这一项没有对应的指标：整改有没有用，凭佐证材料复评。要对照指标，在下面“修改”里选一个。")
        return
    readings = {"开账时": found.opened, "现在": row["now"], "销号时": found.closed}
    tiles.row([_tile(label, each) for label, each in readings.items() if each is not None])
    said = show.plain(words.movement(found.opened, row["now"], row["moved"], found.state))
    if row["flag"] and row["moved"] == core.STALE:
        st.warning(f"**{said}**")
    elif row["flag"]:
        st.error(f"**{said}**")
    elif row["moved"] == core.BETTER:
        st.success(said)
    else:
        st.info(said)


def _onward(context: Context, found: Item) -> None:
    """The way to the item's indicator, where the framework in force has it."""
    if found.task.subject in context.framework.index:
        st.button(
            "看这个指标的分布和走势",
            icon=":material/query_stats:",
            type="tertiary",
            on_click=_to_indicator,
            args=(context, found),
        )


def _to_indicator(context: Context, found: Item) -> None:
    if found.task.region in context.cohort.members:
        go.region(found.task.region)
    go.indicator(found.task.subject)


def _tile(label: str, reading: Reading) -> tiles.Tile:
    pick = tiles.Pick(show.plain(words.value(reading)), go.source, (reading.source,))
    return tiles.Tile(label, (pick,), show.plain(words.when(reading) or "没有评价期"))


def _says(context: Context, found: Item) -> None:
    names = [name for name in words.FIELDS if name not in ("problem", "actions")]
    known = {words.FIELDS[name]: words.field(found.task, name, context.names, context.named) for name in names}
    rows = pd.DataFrame({"项目": list(known), "内容": list(known.values())})
    rows = rows[rows["内容"] != text.MISSING]
    show.table(rows, title=f"第 {found.id} 号，第 {found.round} 轮", context=context, real=REAL)


def _steps(found: Item) -> None:
    if not found.task.actions:
        return
    done = sum(bool(each.done) for each in found.task.actions)
    st.markdown(f"**整改步骤**　完成 {done}/{len(found.task.actions)}")
    fixed = found.state is State.CLOSED or not access.name(Action.RECTIFY)
    version = crc32(repr(found.task).encode())
    for at, each in enumerate(found.task.actions):
        key = f"tick-{found.id}-{version}-{at}"
        label = show.plain(words.step(each))
        late = not each.done and each.due and each.due < today() and found.state.owed
        label += "　:red[▲ 过了期限]" if late else ""
        args = (found, at, key)
        st.checkbox(label, value=bool(each.done), key=key, disabled=fixed, on_change=rectifying.tick, args=args)


def _actions(context: Context, found: Item) -> None:
    """The steps that the state allows, with what each asks for."""
    steps, prefix = rectifying.allowed(found), f"do-{found.id}-{found.round}-{found.state.value}"
    rows = rectifying.proofs(found.id)
    proved = int((rows["round"] == found.round).sum())
    who = access.name(Action.RECTIFY)
    with st.form(prefix, border=True):
        st.markdown(f"**现在：{words.STATE_MARKS[found.state]} {found.state.label}**")
        if any(STEPS[step].needs_comment for step in steps):
            st.text_area(
                "说明", key=f"{prefix}-comment", height=90, placeholder="做了什么、凭什么", persist_state="session"
            )
        if "reopen" in steps:
            later = date.fromisoformat(today()) + timedelta(days=90)
            st.date_input("新的整改期限", value=later, key=f"{prefix}-deadline")
        elif "send_back" in steps:
            st.date_input("退回后的整改期限（不填则不变）", value=None, key=f"{prefix}-deadline")
        for step in steps:
            st.form_submit_button(
                STEPS[step].action,
                key=f"{prefix}-{step}",
                type="secondary" if step == "send_back" else "primary",
                disabled=not who,
                width="stretch",
                on_click=rectifying.take,
                args=(context, found, step, prefix),
            )
        st.caption(_asked(steps, proved, who))


def _asked(steps: list[str], proved: int, who: str) -> str:
    """What is asked for before a step may be taken."""
    parts = [] if who else ["先填经办人"]
    if any(STEPS[step].needs_comment for step in steps):
        parts.append("要写说明")
    if any(STEPS[step].needs_proof for step in steps):
        parts.append(f"要有这一轮的佐证材料（现有 {proved} 份）")
    return f"{'；'.join(parts)}。" if parts else "办理的人和时间都记入经过，不能改。"


def _proofs(found: Item) -> None:
    """The proofs by round, and the form to add one."""
    rows = rectifying.proofs(found.id)
    st.markdown(f"**佐证材料**　{len(rows)} 份")
    for row in rows.sort_values(["round", "id"], ascending=[False, True], kind="stable").itertuples():
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            note = f"　{row.note}" if row.note else ""
            said = f"第 {row.round} 轮　{row.name}{note}　{row.user}，{text.moment(row.at)}"
            st.markdown(show.plain(said))
            access.download(
                "下载",
                partial(rectifying.content, row.sha256),
                file_name=file_name(row.name),
                mime="application/octet-stream",
                key=f"item-proof-{row.id}",
                on_click="ignore",
            )
    if found.state is State.CLOSED:
        return
    prefix = f"proof-{found.id}-{len(rows)}"
    with st.form(prefix, clear_on_submit=False):
        st.file_uploader(f"上传佐证（{'、'.join(KINDS.values())}，不超过 10 MB）", key=f"{prefix}-file")
        st.text_input("佐证说明", key=f"{prefix}-note", placeholder="可不填，如：系统截图、会议纪要")
        args = (found, prefix)
        st.form_submit_button(
            "上传佐证", disabled=not access.name(Action.RECTIFY), on_click=rectifying.attach, args=args
        )


def history(context: Context, found: Item) -> None:
    """Everything that happened to an item; nobody can change it."""
    rows = rectifying.history(found.id)
    shown = tables.item_history_table(rows, rectifying.STATES)
    show.table(
        shown, title=f"第 {found.id} 号的经过（{len(rows)} 条，最近的在前，不能修改）", context=context, real=REAL
    )
