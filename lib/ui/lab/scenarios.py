"""方案: keep what is tried, open it again, set several side by side, and make targets or items of the ledger of one."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from lib import scenarios
from lib.core.whatif import Outcome
from lib.model import Period, UserError
from lib.model.access import Action
from lib.model.scenario import Others
from lib.scenarios import Result
from lib.store.events import today
from lib.store.scenarios import LONGEST_NAME, LONGEST_NOTE, Saved
from lib.ui import access, saving, show, trial
from lib.ui.context import Context
from lib.view import charts, tables, text
from lib.view import scenario as words

MOST, DAYS, LEAST = 4, 180, 0.005
ISSUER = "市优化营商环境工作领导小组办公室"


def draw(context: Context) -> None:
    """The list, or the scenario that the address opens."""
    found = saving.opened()
    if found is None:
        _all(context)
    else:
        _one(context, found)


def _all(context: Context) -> None:
    kept, tried = saving.kept(), trial.current(context)
    same = next((each for each in kept if each.scenario == tried), None)
    now = scenarios.result(context, tried, "正在试的")
    said = f"{_changed(now)}，{words.came_of(now.outcome.before, now.outcome.after)}" if tried.changed else ""
    show.opening("假设推演", show.plain(words.summary(len(kept), said)), context)
    _told()
    if same is not None:
        st.markdown(f"正在试的就是方案 {same.id}“{show.plain(same.name)}”。")
    elif tried.changed:
        _keep(context, now)
    if kept:
        st.markdown("### 已保存的方案")
        found = {each.id: result for each in kept for result in saving.results(context, [each])}
        for each in kept:
            _row(context, each, found.get(each.id))
        _versus(context, {saving.TRIED: now, **found} if tried.changed else found)
    _told()


def _told() -> None:
    for said, wrong in saving.told():
        (st.error if wrong else st.success)(show.plain(said))


def _keep(context: Context, now: Result) -> None:
    """What is being tried, and the form that keeps it."""
    st.markdown("### 正在试的")
    _changes(now)
    prefix = f"scenario-{saving.turn()}"
    name, note, who, button = st.columns([3, 4, 2, 2], vertical_alignment="bottom")
    name.text_input("方案名字", key=f"{prefix}-name", max_chars=LONGEST_NAME, placeholder="如 鲁山县进第一方阵")
    note.text_input("说明", key=f"{prefix}-note", max_chars=LONGEST_NOTE, placeholder="可不填")
    with who:
        user = access.who(Action.KEEP)
    args = (context, prefix)
    button.button(
        "保存方案",
        key=f"{prefix}-save",
        type="primary",
        icon=":material/save:",
        on_click=saving.save,
        args=args,
        disabled=not user,
        width="stretch",
    )
    st.caption("保存后内容不再变，链接发给谁打开都一样；要改就打开它接着试，另存一个。" if user else "先填写经办人。")


def _changes(result: Result, title: str = "改了什么（点现值看来历）") -> None:
    """The changed values and weights of a scenario."""
    context = result.context
    if result.scenario.moves:
        shown = tables.move_table(
            result.changes, context.names, context.labels, context.book.measures, context.owner, context.period
        )
        show.table(shown, title=title, context=context)
    if result.scenario.weights:
        weights = [(code, context.framework[code].weight, weight) for code, weight in result.scenario.weights]
        show.table(tables.weight_change_table(weights, context.labels), title="改了的权重", context=context)


def _changed(result: Result) -> str:
    """鲁山县 3 项测度、2 个权重."""
    scenario = result.scenario
    moves = {result.context.names[region]: len(scenario.of(region)) for region in scenario.regions}
    return words.changed(moves, len(scenario.weights))


def _row(context: Context, found: Saved, result: Result | None) -> None:
    with st.container(border=True):
        line, first, second = st.columns([8, 1, 1], vertical_alignment="center")
        said = "现在不能推演" if result is None else words.came_of(result.outcome.before, result.outcome.after)
        about = "" if result is None else f"{result.context.period_label}，{_changed(result)}，"
        assumed = "" if found.scenario.others is Others.HOLD else f"其他地区{found.scenario.others.label}，"
        line.markdown(
            f"**{found.id}　{show.plain(found.name)}**　{show.plain(about + assumed + said)}　"
            f":gray[{show.plain(found.created_by)} {text.day(found.created_at)}]"
        )
        first.button("打开", key=f"open-{found.id}", on_click=saving.open_scenario, args=(found.id,), width="stretch")
        again = {"on_click": saving.again, "args": (context, found), "disabled": result is None}
        second.button("接着试", key=f"again-{found.id}", width="stretch", help="放进推演台，改过以后可以另存", **again)


def _versus(context: Context, found: dict[int, Result]) -> None:
    """Two to four scenarios side by side."""
    if len(found) < 2:
        return
    st.markdown("### 并排比较")
    names = {number: f"{number} {result.name}" if number else result.name for number, result in found.items()}
    saving.drop_gone(saving.VERSUS, names)
    chosen = st.multiselect(
        "比哪几个（最多 4 个）",
        list(names),
        default=None if saving.VERSUS in st.session_state else list(names)[:MOST],
        format_func=names.get,
        max_selections=MOST,
        key=saving.VERSUS,
        bind="query-params",
        persist_state="session",
    )
    if len(chosen) < 2:
        st.caption("至少选两个。")
        return
    results = [found[number] for number in chosen]
    before, after = [each.outcome.before for each in results], [each.outcome.after for each in results]
    labels = [names[number] for number in chosen]
    rows = tables.scenario_totals(list(zip(labels, before, after, strict=True)))
    made_up = next((each.context for each in results if each.context.demo), context)
    height, title = len(rows) * charts.TALL_ROW + 60, "各方案的总分：● 现在　◆ 推演后"
    show.chart(charts.dumbbell, rows, height, title=title, context=made_up)
    heads = [
        (
            label,
            each.place,
            each.context.period_label,
            each.scenario.others.label,
            each.outcome.before,
            each.outcome.after,
        )
        for label, each in zip(labels, results, strict=True)
    ]
    pairs = [
        {(row.region, row.code): (row.value, row.value_if) for row in each.changes.itertuples()} for each in results
    ]
    subjects = {code: name for each in results for code, name in each.context.labels.items()}
    weights = [dict(each.scenario.weights) for each in results]
    shown = tables.scenario_comparison(heads, pairs, weights, context.names, subjects, context.book.measures)
    show.table(shown, title="各方案并排", context=made_up)


def _one(context: Context, found: Saved) -> None:
    """One scenario on the data of now, and what can be made of it."""
    try:
        result = scenarios.result(context, found.scenario, found.name)
    except UserError as error:
        show.heading("假设推演", f"方案“{found.name}”现在不能推演：{error}。")
        st.button("回到方案列表", on_click=saving.close, icon=":material/arrow_back:")
        return
    outcome, there = result.outcome, result.context
    came = words.came_of(outcome.before, outcome.after)
    show.opening("假设推演", show.plain(f"方案“{found.name}”：{result.place}{came}。"), there)
    _told()
    user = _bar(context, found)
    still = "" if found.scenario.others is Others.HOLD else words.standing_still(outcome.otherwise)
    st.markdown(
        f":material/info: **假定**：{scenarios.assumption(found.scenario)}。{still}评价期：{there.period_label}。"
    )
    if found.note:
        st.markdown(show.plain(found.note))
    if drift := words.drifted(found.standing, outcome.before, outcome.after):
        st.warning(show.plain(drift), icon=":material/update:")
    if found.scenario.moves:
        _hand_over(result, user)
    _changes(result)
    _ranking(result, outcome)
    st.caption(
        f"{show.plain(found.created_by)} {text.moment(found.created_at)} 保存。放进汇报 PPT 和通报：到“通报材料”页选这个方案。"
    )
    st.page_link("act/bulletin.py", label="去通报材料", icon=":material/campaign:")


def _ranking(result: Result, outcome: Outcome) -> None:
    context = result.context
    rows = tables.ranking_rows(outcome.movement, context.names, context.region)
    show.chart(charts.ranking_bars, rows, "总分", title="推演后的排名（右侧：得分和名次变化）", context=context)


def _bar(context: Context, found: Saved) -> str:
    """What can be done with the scenario itself; gives who does it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=220):
            user = access.who(Action.KEEP)
        st.button("回到方案列表", on_click=saving.close, icon=":material/arrow_back:")
        st.button("接着试", on_click=saving.again, args=(context, found), icon=":material/tune:", type="primary")
        with st.popover("链接", icon=":material/link:"):
            st.caption("发给别人，打开就是这个方案。")
            st.code(saving.link(context, found), language=None, wrap_lines=True)
        with st.popover("改名、删除", icon=":material/edit:"):
            prefix = f"scenario-{found.id}-{saving.turn()}"
            st.text_input("方案名字", found.name, key=f"{prefix}-name", max_chars=LONGEST_NAME)
            st.text_input("说明", found.note, key=f"{prefix}-note", max_chars=LONGEST_NOTE)
            st.button("保存名字和说明", on_click=saving.rename, args=(found, prefix), disabled=not user)
            st.button(
                "删除这个方案", on_click=saving.remove, args=(found,), disabled=not user, icon=":material/delete:"
            )
            if not user:
                st.caption("先填写经办人。")
    return user


def _hand_over(result: Result, user: str) -> None:
    """The form that makes items of the ledger or targets of a scenario's changes."""
    with st.expander("转为整改台账或目标", icon=":material/checklist:"):
        context, rows = result.context, result.changes
        base = pd.DataFrame(
            {
                # What adds nothing that can be seen is no task.
                "选": [bool(row.total >= LEAST) for row in rows.itertuples()],
                "地区": rows["region"].map(context.names),
                "测度": rows["code"].map(context.labels),
                "责任单位": [context.owner(code) for code in rows["code"]],
            }
        )
        key = f"hand-{saving.turn()}-{result.name}"
        edited = st.data_editor(
            base, key=key, hide_index=True, width="stretch", disabled=["地区", "测度"], alt="方案的改动"
        )
        chosen = [at for at, ticked in enumerate(edited["选"]) if ticked]
        owners = [str(edited["责任单位"].iloc[at] or "").strip(text.MISSING).strip() for at in chosen]
        first, second = st.columns([2, 3])
        deadline = first.date_input("期限（各项相同）", value=_later(result), key=f"{key}-deadline")
        issuer = second.text_input("定目标的单位", ISSUER, key=f"{key}-issuer")
        day = deadline.isoformat() if deadline else ""
        with st.container(horizontal=True):
            options = {"disabled": not user or not chosen}
            args = (result, chosen, owners, day)
            st.button("列入整改台账", on_click=saving.to_ledger, args=args, icon=":material/playlist_add:", **options)
            args = (result, chosen, issuer, day)
            st.button("定为目标", on_click=saving.to_targets, args=args, icon=":material/flag:", **options)
            st.page_link("act/ledger.py", label="看整改台账", icon=":material/checklist:")
            st.page_link("benchmark/targets.py", label="看目标进度", icon=":material/flag:")
        if not user:
            st.caption(access.unnamed(Action.KEEP))
        if result.scenario.weights:
            st.caption("改了的权重不能成为目标或整改事项，只转测度。")
        if context.demo:
            st.caption(f"现值是{text.DEMO}，台账和目标里会写明。")


def _later(result: Result) -> date:
    """The day by which a scenario is to be carried out: the end of the period that it looks ahead to, where that is still to come."""
    day = date.fromisoformat(today())
    ends = Period.parse(result.scenario.until).end if result.scenario.until else day
    return ends if ends > day else day + timedelta(days=DAYS)
