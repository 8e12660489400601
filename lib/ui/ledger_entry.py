"""New items of the 整改台账: by hand, from a county's or the city's weaknesses, from a table; and the form of an item's fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from lib.context import kept
from lib.core import ledger as core
from lib.model import Period
from lib.model.access import Action
from lib.model.ledger import Item, Origin, State, Task
from lib.store import default_path
from lib.store import ledger as store
from lib.store.events import today
from lib.ui import access, facts, loaders, profiles, rectifying, show, switch
from lib.ui.context import Context, node_label
from lib.view import ledger as words
from lib.view import tables, text

CITY = "平顶山市（通报点名的弱项）"
WEAKEST, DAYS = 10, 90
_NO_SUBJECT = "没有对应的指标"


def fields(context: Context, prefix: str, task: Task) -> None:
    """The fields of an item, begun with what it says."""
    _begin(prefix, task)
    _text(prefix, "problem", "问题 *", height=80, placeholder="哪里不行，一句话，最好有数")
    names = {**{node.code: node_label(context.framework, node.code) for node in context.framework.nodes}}
    names.pop(context.root, None)
    others = {code: name for code, name in context.named.items() if code not in names}
    subjects = ["", *names, *others]
    regions = [facts.CITY, *context.cohort.members]
    bodies = list(loaders.load_bodies(context.version).values())
    first = st.columns([1, 1, 2])
    _pick(first[0], prefix, "origin", "来源", [each.value for each in Origin], {})
    _pick(first[1], prefix, "region", "地区", regions, context.names)
    _pick(first[2], prefix, "subject", "指标", subjects, {"": _NO_SUBJECT, **others, **names})
    second = st.columns([2, 2, 1, 1])
    with second[0]:
        _typed_pick(prefix, "owner", "责任单位 *", bodies)
    with second[1]:
        known = list(dict.fromkeys([*st.session_state[f"{prefix}-helpers"], *bodies]))
        options = {"key": f"{prefix}-helpers", "accept_new_options": True, "placeholder": "可不填"}
        st.multiselect("配合单位", known, persist_state="session", **options)
    second[2].text_input("责任领导", key=f"{prefix}-leader", persist_state="session")
    second[3].date_input("整改期限 *", key=f"{prefix}-deadline", persist_state="session")
    third = st.columns(3)
    with third[0]:
        _text(prefix, "basis", "依据", placeholder="文件、通报、督查或投诉的原话")
    with third[1]:
        _text(prefix, "measures", "整改措施")
    with third[2]:
        _text(prefix, "actions", "整改步骤", placeholder="一行一步，期限写在后面：\n合并表单 2021-03-31")


def _begin(prefix: str, task: Task) -> None:
    state = st.session_state
    for name in ("problem", "origin", "basis", "subject", "region", "leader", "measures"):
        state.setdefault(f"{prefix}-{name}", getattr(task, name))
    state.setdefault(f"{prefix}-owner", task.owner or None)
    state.setdefault(f"{prefix}-helpers", [each for each in task.helpers.split("、") if each])
    state.setdefault(f"{prefix}-deadline", date.fromisoformat(task.deadline) if task.deadline else None)
    state.setdefault(f"{prefix}-actions", words.step_lines(task.actions))


def _text(prefix: str, name: str, label: str, height: int = 110, **options: object) -> None:
    st.text_area(label, key=f"{prefix}-{name}", height=height, persist_state="session", **options)


def _pick(column: object, prefix: str, name: str, label: str, options: Sequence[str], said: dict[str, str]) -> None:
    key = f"{prefix}-{name}"
    known = list(dict.fromkeys([*options, st.session_state[key]]))
    column.selectbox(label, known, format_func=lambda each: said.get(each, each), key=key, persist_state="session")  # type: ignore[attr-defined]


def _typed_pick(prefix: str, name: str, label: str, options: Sequence[str]) -> None:
    """One of the options, or any words."""
    key = f"{prefix}-{name}"
    known = list(dict.fromkeys([*([st.session_state[key]] if st.session_state[key] else []), *options]))
    more = {"accept_new_options": True, "placeholder": "选或直接写"}
    st.selectbox(label, known, key=key, persist_state="session", **more)


def by_hand(context: Context) -> None:
    """The form for one item."""
    task, prefix = rectifying.begun(), f"new-{rectifying.turn()}"
    if task.problem:
        st.info("已带来问题、指标和现在的数；请补责任单位、期限和措施。", icon=":material/input:")
    # No form: every field is kept as it is left, also when another view is looked at in between.
    with st.container(border=True):
        fields(context, prefix, task)
        who = access.name(Action.EDIT)
        st.button(
            "列入台账",
            key=f"{prefix}-add",
            type="primary",
            icon=":material/add:",
            disabled=not who,
            on_click=rectifying.add,
            args=(context, prefix),
        )
        st.caption("带 * 的必填。列入时记下指标现在的数，销号时对照。" if who else access.unnamed(Action.EDIT))


def change(context: Context, found: Item) -> None:
    """The form that changes what an item says; where another has changed it meanwhile both versions stand side by side."""
    if found.state is State.CLOSED:
        return
    prefix = rectifying.form_of(found.id)
    clash = rectifying.refused(found)
    with st.expander("修改这一项", icon=":material/edit:", expanded=clash):
        if clash:
            mine = rectifying.typed(prefix, found.task)
            shown = tables.conflict_table(mine, found.task, context.names, context.named)
            show.table(shown, title="别人改过：您写的和台账上的")
            with st.container(horizontal=True):
                st.button("看过了，以我写的为准", on_click=rectifying.insist, args=(found,))
                st.button("改用台账上的", on_click=rectifying.forget, args=(found.id,))
        with st.form(prefix):
            rectifying.seen(found)
            fields(context, prefix, found.task)
            blocked = not access.name(Action.EDIT)
            st.form_submit_button("保存修改", disabled=blocked, on_click=rectifying.edit, args=(context, found))
            st.caption("先填写经办人。" if blocked else "改前的内容留在经过里。")


def from_weak(context: Context) -> None:
    """The weaknesses of a county or of the city, to be ticked and put on the ledger together."""
    name = context.names[context.region]
    city = switch.one("谁的短板", [name, CITY], rectifying.WHOSE) == CITY
    tasks = _city(context) if city else _county(context)
    if not tasks:
        st.info(f"{CITY if city else name}没有可列入的短板。请换一个地区、评价期或指标体系。")
        return
    on = core.already(tasks, store.items(default_path()))
    fresh = [task for task, known in zip(tasks, on, strict=True) if not known]
    if len(fresh) < len(tasks):
        st.caption(f"另有 {len(tasks) - len(fresh)} 项已在台账上，没有销号，不再列。")
    if not fresh:
        st.success("这些短板都已在台账上。", icon=":material/check_circle:")
        return
    base = pd.DataFrame(
        {
            "列入": [i < 3 for i in range(len(fresh))],
            "问题": [each.problem for each in fresh],
            "责任单位": [each.owner for each in fresh],
        }
    )
    key = f"weak-{rectifying.turn()}-{context.framework_code}-{context.period}-{'' if city else context.region}"
    order = "按通报的次序" if city else "最弱的在前"
    st.markdown(
        f"**勾选要列入的短板**（{order}，责任单位可以改）"
        + ("" if city or not context.demo else f"　:orange-badge[{text.DEMO}]")
    )
    st.data_editor(
        base,
        key=key,
        hide_index=True,
        width="stretch",
        disabled=["问题"],
        column_config={
            "列入": st.column_config.CheckboxColumn(width="small"),
            "问题": st.column_config.TextColumn(width="large"),
        },
        alt="短板",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        later = date.fromisoformat(today()) + timedelta(days=DAYS)
        st.date_input("整改期限（勾选各项相同）", value=later, key="weak_deadline", width=240)
        st.button(
            "把勾选的列入台账",
            type="primary",
            icon=":material/playlist_add:",
            disabled=not access.name(Action.EDIT),
            on_click=_add_weak,
            args=(context, fresh, base, key),
        )
    if not access.name(Action.EDIT):
        st.caption(access.unnamed(Action.EDIT))


def _add_weak(context: Context, tasks: Sequence[Task], base: pd.DataFrame, key: str) -> None:
    """Puts the ticked weaknesses on the ledger; called before a run."""
    state = st.session_state
    table = base.copy()
    for at, changes in state[key]["edited_rows"].items():
        for column, value in changes.items():
            table.loc[int(at), column] = value
    day = state.get("weak_deadline")
    chosen = [
        task.with_field("owner", str(owner or "").strip()).with_field("deadline", day.isoformat() if day else "")
        for task, ticked, owner in zip(tasks, table["列入"], table["责任单位"], strict=True)
        if ticked
    ]
    missing = list(dict.fromkeys(said for task in chosen for said in task.lacking)) if chosen else ["还没有勾选"]
    if missing:
        rectifying.say(f"没有列入：{'；'.join(missing)}。", wrong=True)
        return
    rectifying.open_all(context, chosen)


def _county(context: Context) -> list[Task]:
    """The measures on which the county scores lowest, each below the median."""
    rows = profiles.measures(context)
    spine = profiles.spine(context)
    weak = rows[rows["code"].map(spine["score"]) < rows["code"].map(spine["median"])]
    return [county_task(context, code) for code in weak["code"].head(WEAKEST)]


@kept
def county_task(context: Context, code: str) -> Task:
    """What a new item says of a county's indicator or measure in the period on screen."""
    spine = profiles.spine(context).loc[code]
    if code in context.framework.children:
        found, middle = (text.quantity(spine[each], "分", 1) for each in ("score", "median"))
    else:
        measure = context.book.measures[code]
        median = profiles.measures(context).set_index("code")["median"]
        value = context.values_of(context.region, context.period).get(code)
        found, middle = (text.quantity(each, measure.unit, measure.decimals) for each in (value, median[code]))
    period = context.period_label + (f"，{text.DEMO}" if context.demo else "")
    name = "总分" if code == context.root else context.labels[code]
    place = context.names[context.region]
    problem = words.weakness(place, name, found, middle, spine["rank"], int(spine["of"]), period)
    return Task(problem, Origin.WEAK.value, subject=code, region=context.region, owner=_lead(context, code))


def city_task(context: Context, code: str) -> Task:
    """What a new item says of the city's indicator or measure, by what documents state of it."""
    reading = rectifying.look(context, code, facts.CITY)
    name = context.named.get(code, code)
    problem = words.behind(context.names[facts.CITY], name, reading)
    return Task(problem, Origin.WEAK.value, subject=code, region=facts.CITY, owner=_lead(context, code))


def _lead(context: Context, code: str) -> str:
    """The departments that lead what a node is in; "" when none does, or when it is not in the framework."""
    return context.owner(code) if code in context.framework.index and context.owner_codes(code) else ""


def _city(context: Context) -> list[Task]:
    """The indicators that the province's bulletin names as the city's weak ones."""
    titles, names = context.cited, context.named
    return [
        Task(
            words.below(
                names.get(row["code"], row["code"]), f"{titles[row['document']]}，{Period.parse(row['period']).label}"
            ),
            Origin.REPORT.value,
            basis=f"{titles[row['document']]}：{row['quote']}",
            subject=row["code"],
            region=facts.CITY,
            owner=_lead(context, row["code"]),
        )
        for row in facts.weak_indicators(context).to_dict("records")
    ]
