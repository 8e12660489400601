"""The steps in which a declaration is filled in: every field is kept as it is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.model import Direction, Measure
from lib.model.declaration import FIRST_YEAR, HORIZONTAL, LAST_YEAR, VERTICAL, listed
from lib.store.declarations import Filed
from lib.ui import declaring, loaders, show
from lib.ui.basis import Basis
from lib.ui.context import node_label
from lib.ui.facts import CITY
from lib.view import declaration as words
from lib.view import text
from lib.view.tables import cells

# A text is kept while it is typed, not only when the field is left: after a pause the field is told to hand over what it has.
# While the connection is down fields are closed; what was typed before is handed over when they open again.
_KEEPER = st.components.v2.component(
    "keep_typing",
    js="""export default function () {
        const wait = 900, fields = new Map();
        const kinds = ["textarea", "input[type=text]", "input[type=number]"];
        const wanted = kinds.map((kind) => `[class*=st-key-form-] ${kind}:not([role=combobox])`).join(",");
        const hand = (field) => {
            clearTimeout(fields.get(field));
            if (!field.isConnected) return fields.delete(field);
            if (field.disabled) return fields.set(field, setTimeout(() => hand(field), wait));
            fields.delete(field);
            field.dispatchEvent(new KeyboardEvent("keydown", {
                key: "Enter", code: "Enter", ctrlKey: field.tagName === "TEXTAREA", bubbles: true, cancelable: true
            }));
        };
        const typed = (event) => {
            const field = event.target;
            if (!field.matches || !field.matches(wanted)) return;
            clearTimeout(fields.get(field));
            // A Chinese word that is still being put together is not handed over; its end comes as an event of its own.
            if (!event.isComposing) fields.set(field, setTimeout(() => hand(field), wait));
        };
        const events = ["input", "compositionend"];
        for (const name of events) document.addEventListener(name, typed, true);
        // What waits to be handed over is handed over all the same.
        return () => { for (const name of events) document.removeEventListener(name, typed, true); };
    }""",
)


def keep_typing() -> None:
    """Lets the fields of a form hand over what is typed while it is typed."""
    _KEEPER(key="keep_typing", height=0)


def _key(filed: Filed, name: str) -> str:
    return f"form-{filed.id}-{name}"


def _begin(filed: Filed, key: str, kept: object, default: str = "value") -> dict[str, object]:
    """How a field begins. What another has changed is pushed; else what is kept is only the default, so that what a browser
    still holds, as after a restart of the server, goes before it and is kept by `_end`."""
    if declaring.afresh(filed.id):
        st.session_state[key] = kept
    return {} if key in st.session_state else {default: kept}


def _end(filed: Filed, name: str, value: object) -> None:
    """Keeps what a field holds that has not been kept yet."""
    if value != getattr(filed.content, name) and declaring.change(filed.id, **{name: value}):
        st.rerun()


def _said(value: object) -> str:
    """A field's text or day as it is kept."""
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()


def _kept(number: int, name: str, key: str) -> None:
    declaring.change(number, **{name: _said(st.session_state[key])})


def _line(filed: Filed, name: str, label: str, **options: object) -> None:
    key = _key(filed, name)
    options |= _begin(filed, key, getattr(filed.content, name))
    _end(filed, name, _said(st.text_input(label, key=key, on_change=_kept, args=(filed.id, name, key), **options)))


def _area(filed: Filed, name: str, label: str, height: int = 110, **options: object) -> None:
    key = _key(filed, name)
    options |= _begin(filed, key, getattr(filed.content, name))
    said = st.text_area(label, key=key, height=height, on_change=_kept, args=(filed.id, name, key), **options)
    _end(filed, name, _said(said))


def _day(filed: Filed, name: str, label: str, **options: object) -> None:
    key, kept = _key(filed, name), getattr(filed.content, name)
    options |= {"format": "YYYY-MM-DD", "min_value": date(FIRST_YEAR, 1, 1), "max_value": date(LAST_YEAR, 12, 31)}
    # Where there is no default Streamlit means today.
    options |= {"value": None} | _begin(filed, key, date.fromisoformat(kept) if kept else None)
    _end(filed, name, _said(st.date_input(label, key=key, on_change=_kept, args=(filed.id, name, key), **options)))


def _pick(
    filed: Filed, name: str, label: str, options: Sequence[str], say: Callable[[str], str], **more: object
) -> None:
    """One of some options, or, where new ones are accepted, any words."""
    key, kept = _key(filed, name), getattr(filed.content, name)
    known = list(options) if not kept or kept in options else [kept, *options]
    begun = _begin(filed, key, kept or None)
    more |= {"index": known.index(kept) if begun.get("value") else None}
    args = (filed.id, name, key)
    _end(filed, name, _said(st.selectbox(label, known, key=key, format_func=say, on_change=_kept, args=args, **more)))


def who_declares(basis: Basis, filed: Filed) -> None:
    """Who declares, from whose values, on which indicator."""
    book, context = basis.context.book, basis.context
    members = context.cohort.members
    units = list(loaders.load_bodies(context.version).values())
    units += [book.regions[code].name for code in members]
    one, two = st.columns(2)
    with one:
        hint = "选单位，也可以直接写"
        _pick(filed, "unit", "填报单位", units, str, accept_new_options=True, placeholder=hint)
        _line(filed, "contact", "联系人")
        regions = [CITY, *members]
        _pick(
            filed,
            "region",
            "从谁的现值出发",
            regions,
            lambda code: "平顶山市（市级部门，按文件）" if code == CITY else context.names.get(code, code),
            placeholder="请选择",
        )
    with two:
        _day(filed, "filled", "填报时间")
        _line(filed, "phone", "联系电话")
        tree = basis.framework
        subjects = [node.code for node in tree.nodes if node.code in tree.children and node.parent]
        _pick(filed, "subject", "对标哪个指标", subjects, lambda code: node_label(tree, code), placeholder="请选择")
    names = {row.id: f"{row.title}" for row in book.practices.itertuples()}
    key = _key(filed, "practices")
    chosen = st.multiselect(
        "学习哪些典型做法（可不选）",
        list(names),
        format_func=names.get,
        key=key,
        select_all=False,
        placeholder="按名称找",
        on_change=_kept_practices,
        args=(basis, filed.id, key),
        **_begin(filed, key, [each for each in filed.content.practices if each in names], "default"),
    )
    if tuple(chosen) != tuple(each for each in filed.content.practices if each in names):
        _end(filed, "practices", tuple(chosen))


def _kept_practices(basis: Basis, number: int, key: str) -> None:
    """Keeps the chosen practices; the measures follow as long as nobody has changed their words."""
    chosen = tuple(st.session_state[key])
    changes: dict[str, object] = {"practices": chosen}
    if basis.content.steps in ("", basis.practice_words(basis.content.practices)):
        changes["steps"] = basis.practice_words(chosen)
    declaring.change(number, **changes)


def benchmarks(basis: Basis, filed: Filed) -> None:
    """Whom to learn from, in the nation and in the city."""
    context, book = basis.context, basis.context.book
    if not basis.content.subject or not basis.content.region:
        st.info("先在第 1 步选“对标哪个指标”和“从谁的现值出发”，这里才有数据可比。")
    stated = book.benchmarks[book.benchmarks["code"].isin(basis.family)]
    places = [context.names[code] for code in dict.fromkeys(stated["region"])]
    st.markdown("**纵向：全国范围内的先进单位**")
    _choose(basis, filed, "vertical", f"{VERTICAL}（文件里有数值的排在前面，也可以直接写）", places)
    _compared(basis, "vertical")
    st.markdown("**横向：全市范围内的先进单位**")
    ranked = _ranked(basis)
    _choose(basis, filed, "horizontal", f"{HORIZONTAL}（按该指标得分从高到低，也可以直接写）", ranked)
    _compared(basis, "horizontal")
    st.page_link("benchmark/seek.py", label="不知道选谁：到“寻标”页看推荐", icon=":material/travel_explore:")


def _ranked(basis: Basis) -> list[str]:
    """Other members of the cohort, the best on the subject first."""
    if basis.scores is None:
        return []
    code = basis.content.subject or basis.framework.root.code
    order = sorted(
        (region for region in basis.scores.panel.regions if region != basis.content.region),
        key=lambda region: _last_if_missing(basis.scores.of(region, code, basis.period)[0]),
    )
    return [basis.context.names[region] for region in order]


def _last_if_missing(score: float) -> float:
    return float("inf") if score != score else -score


def _choose(basis: Basis, filed: Filed, name: str, label: str, options: list[str]) -> None:
    key, kept = _key(filed, name), listed(getattr(filed.content, name))
    begun = _begin(filed, key, kept, "default")
    held = [*kept, *st.session_state.get(key, [])]
    chosen = st.multiselect(
        label,
        list(dict.fromkeys([*options, *held])),
        key=key,
        accept_new_options=True,
        select_all=False,
        placeholder="至少选一个",
        on_change=_sought,
        args=(basis, filed.id, name, key),
        **begun,
    )
    if chosen != kept:
        _end(filed, name, "、".join(chosen))


def _sought(basis: Basis, number: int, name: str, key: str) -> None:
    declaring.seek(basis, number, name, st.session_state[key])


def _compared(basis: Basis, name: str) -> None:
    """What the chosen benchmarks state beside us."""
    table = getattr(basis, name)
    table = table[table["code"].isin(basis.codes)]
    if table.empty:
        if getattr(basis.content, name):
            st.caption("所选标杆没有这个指标的数值，差距请用文字写明。")
        return
    shown = words.compared(table, basis.context.book.measures, basis.context.names, basis.demo_of())
    show.table(shown, title=f"{'纵向' if name == 'vertical' else '横向'}：现值和标杆")


def catching_up(basis: Basis, filed: Filed) -> None:
    """The goals of catching up, the gaps, the measures, the day."""
    st.markdown("**目标：达到标杆水平**")
    _goal_grid(basis, filed, {"vertical_goals": "纵向目标", "horizontal_goals": "横向目标"})
    if filed.content.own:
        _line(filed, "own_source", "自报现值的出处和时间", placeholder="如：市税务局统计，2019年10月")
    one, two = st.columns(2)
    with one:
        _area(filed, "vertical_words", "纵向目标的文字补充（可不填）", 80)
        _area(filed, "vertical_gap", "差距（纵向）", 150)
    with two:
        _area(filed, "horizontal_words", "横向目标的文字补充（可不填）", 80)
        _area(filed, "horizontal_gap", "差距（横向）", 150)
    _area(filed, "steps", "举措", 180, placeholder="一、…\n二、…（谁来做、做什么、什么时候）")
    narrow, _ = st.columns([1, 2])
    with narrow:
        _day(filed, "due", "时限：哪天前完成")


def creating(basis: Basis, filed: Filed) -> None:
    """The goals of going past, what is new, the measures, the day."""
    st.markdown("**目标：超过标杆**")
    _goal_grid(basis, filed, {"create_goals": "创标目标"})
    _area(filed, "create_words", "创标目标的文字补充（可不填）", 80)
    _area(filed, "highlight", "亮点", 110, placeholder="人无我有、人有我新的是什么")
    _area(filed, "create_steps", "举措", 150)
    narrow, _ = st.columns([1, 2])
    with narrow:
        _day(filed, "create_due", "时限：哪天前完成")


def _goal_grid(basis: Basis, filed: Filed, columns: dict[str, str]) -> None:
    """A row a measure: today's value, the benchmarks', and a box for each goal."""
    if not basis.codes:
        st.info("先在第 1 步选“对标哪个指标”，这里才列出它的测度。")
        return
    widths = [3, 2, 2, 2, *([2] * len(columns))]
    for column, head in zip(
        st.columns(widths), ["测度", "现值", "纵向标杆", "横向标杆", *columns.values()], strict=True
    ):
        column.caption(head)
    for code in basis.codes:
        _goal_row(basis, filed, code, columns, widths)
    demo = "；带“演”字的是演示数据" if basis.uses_made_up else ""
    st.caption(
        f"留空就是不定目标；越低越好的填“不高于”，越高越好的填“不低于”。没有现值的，知道就自报并写明出处{demo}。"
    )


def _goal_row(basis: Basis, filed: Filed, code: str, columns: dict[str, str], widths: list[int]) -> None:
    measure = basis.context.book.measures[code]
    cell = st.columns(widths, vertical_alignment="center")
    better = "越低越好" if measure.direction is Direction.LOWER else "越高越好"
    about = "，".join(filter(None, (measure.unit, better)))
    cell[0].markdown(f"{show.plain(measure.name)}  \n:small[:gray[{show.plain(about)}]]")
    _today(basis, filed, code, cell[1], editable=len(columns) > 1)
    cell[2].markdown(_theirs(basis, "vertical", code))
    cell[3].markdown(_theirs(basis, "horizontal", code))
    for at, (name, label) in enumerate(columns.items(), 4):
        _number(filed, name, measure, f"{label}：{measure.name}（{measure.unit}）", cell[at], _sign(measure))


def _sign(measure: Measure) -> str:
    return "≤" if measure.direction is Direction.LOWER else "≥"


def _today(basis: Basis, filed: Filed, code: str, place: DeltaGenerator, *, editable: bool) -> None:
    """Today's value of a measure; where no document and no file has one, a box for what the unit states itself."""
    measure, present = basis.context.book.measures[code], basis.present
    now = present.values.get(code)
    if editable and (now is None or not now.source):
        reason = present.missing.get(code, "").removeprefix("的")
        with place.container(gap=None):
            _number(filed, "own", measure, f"自报现值：{measure.name}（{measure.unit}）", st, "自报")
            if reason:
                st.caption(show.plain(reason))
    elif now is None:
        place.caption(show.plain(present.missing.get(code, "没有现值").removeprefix("的")))
    else:
        mark = "　:orange[演]" if now.made_up else ""
        when = "" if now.made_up or basis.content.region != CITY else f"（{show.plain(declaring.period_words(now))}）"
        place.markdown(f"{text.trimmed(now.value)}{when}{mark}")


def _number(filed: Filed, name: str, measure: Measure, label: str, place: DeltaGenerator, hint: str) -> None:
    """A box for the number of one measure in a field that has one for each."""
    key = _key(filed, f"{name}-{measure.code}")
    kept = {goal.measure: goal.value for goal in getattr(filed.content, name)}.get(measure.code)
    value = place.number_input(
        label,
        key=key,
        label_visibility="collapsed",
        placeholder=hint,
        step=10.0**-measure.decimals,
        format=f"%.{measure.decimals}f",
        on_change=_number_set,
        args=(filed.id, name, measure.code, key),
        **({"value": None} | _begin(filed, key, kept)),
    )
    if value != kept and declaring.set_goal(filed.id, name, measure.code, value):
        st.rerun()


def _theirs(basis: Basis, name: str, code: str) -> str:
    """What a benchmark states of a measure: a comparable number, or that it is not compared."""
    best = getattr(basis.present, name).get(code)
    demo = "　:orange[演]" if name == "horizontal" and basis.made_up else ""
    if best is not None:
        return f"{text.trimmed(best)}{demo}"
    table = getattr(basis, name)
    rows = table[table["code"] == code]
    if rows.empty:
        return text.MISSING
    row = rows.iloc[0]
    said = show.plain(cells.stated(row["op"], row["value"], row["text"], row["unit"]).replace(" ", "\u00a0"))
    return f"{said}{demo}  \n:small[:gray[不作比较]]"


def _number_set(number: int, name: str, code: str, key: str) -> None:
    declaring.set_goal(number, name, code, st.session_state[key])
