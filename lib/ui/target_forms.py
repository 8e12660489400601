"""What people add to the targets: a target, quarterly milestones, a present value, each with who did it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from lib.context import kept
from lib.core.milestones import proposed, standing, typed
from lib.model import UserError
from lib.model.access import Action
from lib.model.source import is_added
from lib.store import default_path
from lib.store import targets as store
from lib.store.benchmarks import units_for
from lib.store.targets import Goal, Paper, Present
from lib.ui import access, facts, intake, loaders, show
from lib.ui.context import Context
from lib.ui.targets import Board, Sieve, sieved
from lib.view.tables.targets import goal, named

TARGET_OPS = {"<=": "≤ 不超过", ">=": "≥ 不低于", "=": "= 达到", "cut": "比基期下降 x%", "": "一次性（没有数字）"}
_TURN, _DONE = "_target_turn", "_target_done"


def forms(board: Board) -> None:
    """All forms, under one name of who does it."""
    st.markdown("### 补充和设置")
    if _DONE in st.session_state:
        st.success(show.plain(st.session_state.pop(_DONE)), icon=":material/check_circle:")
    narrow, _ = st.columns([1, 3])
    with narrow:
        user = access.who(Action.EDIT)
    if not user:
        st.caption("填写经办人后，可以新增目标、设里程碑、补报现值。")
    with st.expander("新增目标", icon=":material/add:"):
        _target(board.context, user)
    with st.expander("设季度里程碑", icon=":material/flag:"):
        _milestones(board, user)
    with st.expander("补报现值", icon=":material/edit_note:"):
        _present(board, user)
    _added(board, user)


def _target(context: Context, user: str) -> None:
    book, turn = context.book, st.session_state.setdefault(_TURN, 0)
    bodies = loaders.load_bodies(context.version)
    first, second, third, fourth = st.columns([3, 2, 2, 2])
    names = {code: measure.name for code, measure in book.measures.items()}
    code = first.selectbox("测度", list(names), format_func=names.get, key=f"goal_measure-{turn}")
    region = second.selectbox(
        "地方", [facts.CITY, *context.cohort.members], format_func=context.names.get, key=f"goal_region-{turn}"
    )
    op = third.selectbox("怎么定", list(TARGET_OPS), format_func=TARGET_OPS.get, key=f"goal_op-{turn}")
    level = fourth.selectbox("要求", list(store.LEVELS), format_func=store.LEVELS.get, key=f"goal_level-{turn}")
    with st.form(f"goal-{turn}", border=False):
        first, second, third, fourth, fifth = st.columns([2, 2, 2, 2, 2])
        value, words, unit = None, "", book.measures[code].unit
        if op:
            value = first.number_input(
                "下降多少（%）" if op == "cut" else "目标值", value=None, format="%f", key=f"goal_value-{turn}"
            )
            unit = second.selectbox("单位", units_for(unit), key=f"goal_unit-{turn}-{code}")
            baseline = third.number_input("基线（基期的值）", value=None, format="%f", key=f"goal_baseline-{turn}")
            base = fourth.text_input("基线是什么时间的", key=f"goal_base-{turn}", placeholder="如 2019年")
        else:
            words = first.text_input("做成什么", key=f"goal_words-{turn}", placeholder="如 海关开关运营")
            baseline, base = None, ""
        scope = fifth.text_input("范围", key=f"goal_scope-{turn}", placeholder="空着是全部，如 市本级")
        first, second = st.columns([2, 8])
        deadline = first.date_input("期限", value=None, key=f"goal_deadline-{turn}", help="没有写期限就不填")
        owners = second.multiselect(
            "责任单位", list(bodies), format_func=bodies.get, key=f"goal_owners-{turn}", placeholder="可以选几个"
        )
        paper = _paper("goal", turn)
        pressed = st.form_submit_button("新增目标", disabled=not user, icon=":material/add:")
    if pressed:
        due = deadline.isoformat() if deadline else ""
        period = intake.asked_period(base) or base.strip()
        goal = Goal(code, region, scope, level, op, value, words, unit, baseline, period, due, tuple(owners), paper)
        _do(lambda: f"已新增目标 {store.add_target(default_path(), goal, user=user)}。")


def _paper(what: str, turn: int) -> Paper:
    """The document's fields."""
    first, second, third, fourth = st.columns([4, 3, 2, 3])
    title = first.text_input("出处（文件标题）", key=f"{what}_title-{turn}", placeholder="文件、报道或网页的标题")
    issuer = second.text_input("发布单位", key=f"{what}_issuer-{turn}")
    day = third.text_input("发布日期", key=f"{what}_day-{turn}", placeholder="2020-12-04")
    origin = fourth.text_input("在哪里找到", key=f"{what}_origin-{turn}", placeholder="网址、文件夹或联系人")
    quote = st.text_area("原文", key=f"{what}_quote-{turn}", placeholder="抄下写着这件事的那句话", height=80)
    return Paper(title, issuer, day.strip(), origin, quote)


def _milestones(board: Board, user: str) -> None:
    """A target's milestones in a table; the straight line is proposed where nothing was set yet."""
    rows, said = _to_mark(board.anywhere, board.sieve)
    if rows.empty:
        st.info("筛选范围内没有还没到期、又有数字的目标：里程碑要早于期限。可以先新增目标，或放宽上面的筛选。")
        return
    turn = st.session_state.setdefault(_TURN, 0)
    target = rows.loc[_pick(said, "mark_target")]
    kept = standing(board.context.snapshot.milestones).get(target["id"], ())
    marks = kept or tuple(proposed(target, board.day))
    st.caption(
        "已设的里程碑。清空一格就是取消。"
        if kept
        else "按直线推算（从基线或现值到目标，按季度），可以改；保存后才生效。"
        if marks
        else "没有写明时间的基线，也没有还没达标的现值，推算不出直线。请直接填。"
    )
    table = pd.DataFrame(
        {
            "截至": pd.to_datetime([each.due for each in marks]),
            f"应到（{target['unit']}）": [each.value for each in marks],
        }
    ).astype({f"应到（{target['unit']}）": "float64"})
    edited = st.data_editor(
        table,
        num_rows="dynamic",
        hide_index=True,
        column_config={"截至": st.column_config.DateColumn(format="YYYY-MM-DD")},
        key=f"marks-{target['id']}-{turn}",
        alt="里程碑",
    )
    if st.button("保存里程碑", key="save_marks", disabled=not user, icon=":material/flag:"):
        rows = edited.set_axis(["due", "value"], axis=1)
        _do(lambda: _kept(target["id"], typed(rows, marks, kept), user))


def _kept(target: str, wanted: dict[str, float | None], user: str) -> str:
    return f"{store.set_milestones(default_path(), target, wanted, user=user)} 个里程碑有变化，已保存。"


def _present(board: Board, user: str) -> None:
    """A value of the city that a document states."""
    rows, said = _to_state(board.anywhere, board.sieve)
    if rows.empty:
        st.info("筛选范围内没有市级目标。县（市、区）的数值在“填报和佐证”页填。")
        return
    turn = st.session_state.setdefault(_TURN, 0)
    target = rows.loc[_pick(said, "present_target")]
    measure, worded = board.context.book.measures.get(target["code"]), pd.isna(target["value"])
    with st.form(f"present-{turn}", border=False):
        first, second, third, fourth = st.columns(4)
        op, value, words, unit = "", None, "", ""
        if worded:
            words = first.text_input("做成了什么", value=target["text"], key=f"present_words-{turn}-{target['id']}")
        else:
            op = first.selectbox(
                "比较符",
                list(store.STATED),
                format_func=lambda each: f"{each} {store.STATED[each]}",
                key=f"present_op-{turn}",
            )
            value = second.number_input("现值", value=None, format="%f", key=f"present_value-{turn}")
            unit = third.selectbox(
                "单位", units_for(measure.unit if measure else ""), key=f"present_unit-{turn}-{target['code']}"
            )
        when = fourth.text_input("时间", key=f"present_period-{turn}", placeholder="如 2026年三季度、2026-09")
        paper = _paper("present", turn)
        pressed = st.form_submit_button("补报现值", disabled=not user, icon=":material/add:")
    if pressed:
        period = intake.asked_period(when) or when.strip()
        present = Present(target["id"], op, value, words, unit, period, paper)
        _do(lambda: f"已补报现值 {store.add_present(default_path(), present, user=user)}。")


def _pick(said: dict[str, str], key: str) -> str:
    """One of some targets."""
    return st.selectbox("目标", list(said), format_func=said.get, key=key)


@kept
def _to_mark(context: Context, sieve: Sieve) -> tuple[pd.DataFrame, dict[str, str]]:
    """The targets that can have milestones, by id, and what they are called."""
    rows = sieved(context, sieve)
    return _offered(context, rows[rows["value"].notna() & rows["deadline"].ge(sieve.day.isoformat())])


@kept
def _to_state(context: Context, sieve: Sieve) -> tuple[pd.DataFrame, dict[str, str]]:
    """The targets that a present value can be given for, by id, and what they are called."""
    rows = sieved(context, sieve)
    return _offered(context, rows[rows["region"] == facts.CITY])


def _offered(context: Context, rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    said = {row.id: f"{named(row, context.named)}　{goal(row)}" for row in rows.itertuples()}
    return rows.set_index("id", drop=False), said


def _added(board: Board, user: str) -> None:
    """What people have added, each to be taken out again."""
    ours, (goals, values) = board.context.names, _own(board.anywhere)
    kinds: list[tuple[str, list[dict], Callable]] = [
        ("目标", goals, store.remove_target),
        ("现值", values, store.remove_present),
    ]
    for kind, own, remove in kinds:
        if not own:
            continue
        with st.expander(f"经办人补充的{kind} {len(own)} 条"):
            for row in own:
                with st.container(border=True, horizontal=True, vertical_alignment="center"):
                    name = f"{ours.get(row['region'], row['region'])}　{board.context.named[row['code']]} {facts.stated(row)}"
                    st.markdown(show.plain(f"{row['id']}　{name}（{row['note']}）：{row['quote']}"))
                    st.button(
                        "删除",
                        key=f"remove-{row['id']}",
                        disabled=not user,
                        on_click=_remove,
                        args=(remove, row["id"], user),
                    )


@kept
def _own(context: Context) -> tuple[list[dict], list[dict]]:
    """The targets and the present values that people have added."""
    goals, values = (
        rows[rows["id"].map(is_added).astype(bool)].to_dict("records")
        for rows in (context.book.targets, context.book.facts)
    )
    return goals, values


def _remove(remove: Callable, number: str, user: str) -> None:
    try:
        remove(default_path(), number, user=user)
    except UserError as error:
        st.toast(show.plain(error), icon=":material/error:")


def _do(deed: Callable[[], str]) -> None:
    """Does it and begins anew with empty forms, or says everything that is wrong."""
    try:
        done = deed()
    except UserError as error:
        st.error("\n\n".join(show.plain(issue) for issue in error.issues))
    else:
        st.session_state[_DONE], st.session_state[_TURN] = done, st.session_state[_TURN] + 1
        st.rerun()
