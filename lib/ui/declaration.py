"""The declaration form on screen: its five steps, what the plan says to it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from lib.export.declaration import DOCX, form
from lib.model import Issue, Severity, UserError
from lib.model.campaign import Campaign
from lib.model.declaration import HORIZONTAL, NOTE, TITLE, VERTICAL, Declaration, State
from lib.store.declarations import Filed
from lib.ui import declaring, loaders, publishing, show, switch
from lib.ui.batches import file_name
from lib.ui.context import Context, node_label
from lib.ui.declaring import Basis
from lib.ui.facts import CITY
from lib.view import declaration as words
from lib.view import text
from lib.view.tables import cells

STEPS = ("1 填报单位", "2 寻标", "3 对标", "4 创标", "5 核对报送")
# Which fields of the form a step fills in, by the names that issues give them.
FIELDS = {
    STEPS[0]: ("填报单位", "填报时间", "联系人", "联系电话"),
    STEPS[1]: ("纵向标杆单位", "横向标杆单位"),
    STEPS[2]: ("对标目标（纵向）", "对标目标（横向）", "差距（纵向）", "差距（横向）", "对标举措", "对标时限"),
    STEPS[3]: ("创标目标", "创标亮点", "创标举措", "创标时限"),
}
SECTIONS = "集合"
STATE_COLOURS = {"draft": "gray", "submitted": "blue", "returned": "orange", "published": "green", "dropped": "gray"}

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


def tell(said: str, *, wrong: bool) -> None:
    """What the last action did, or why it did not."""
    if wrong:
        st.error(show.plain(said), icon=":material/error:")
    elif said:
        st.success(show.plain(said), icon=":material/check_circle:")


def returned(filed: Filed) -> None:
    """What the reviewer wants mended."""
    if filed.state is State.RETURNED:
        st.warning(show.plain(f"退回意见：{filed.comment}"), icon=":material/undo:")


def fill_in(basis: Basis, filed: Filed, campaign: Campaign) -> None:
    """The steps of an open declaration, and beside them what is still to be done."""
    _KEEPER(key="keep_typing", height=0)
    step = switch.one("步骤", STEPS, "step")
    left, right = st.columns([5, 2], gap="large")
    issues = declaring.check(basis, campaign)
    with left:
        {
            STEPS[0]: _who_declares,
            STEPS[1]: _benchmarks,
            STEPS[2]: _catching_up,
            STEPS[3]: _creating,
            STEPS[4]: form_on_screen,
        }[step](basis, filed)
    with right:
        who = publishing.who()
        if step == STEPS[-1]:
            _hand_in(basis, filed, campaign, who)
        else:
            following = STEPS[STEPS.index(step) + 1]
            st.button(f"下一步：{following[2:]}", icon=":material/arrow_forward:", on_click=_go_on, args=(following,))
        _issues(issues, step)
        st.caption("边填边存：每一处改动停笔一秒就存入草稿，刷新、断线、换电脑都不丢。")


def _go_on(step: str) -> None:
    st.session_state["step"] = step


def _issues(issues: Sequence[Issue], step: str) -> None:
    """What the plan does not let pass in this step (all of it in the last one), each with its sentence."""
    fields = FIELDS.get(step)
    here = [issue for issue in issues if fields is None or issue.column in fields]
    errors, total = len(declaring.refused(here)), len(declaring.refused(issues))
    st.markdown(
        f"**还差 {total} 处**" + (f"（本步 {errors} 处）" if fields else "") if total else "**符合方案要求，可以报送**"
    )
    st.markdown("\n\n".join(map(_issue, here)))


def _issue(issue: Issue) -> str:
    """A refusal or remark, and below it, small, the sentence of the plan that it rests on."""
    colour = "red" if issue.severity is Severity.ERROR else "orange"
    rule = f"  \n:small[:gray[{show.plain(issue.expected)}]]" if issue.expected else ""
    return f":{colour}[{show.plain(words.issue_line(issue))}]{rule}"


def _key(filed: Filed, name: str) -> str:
    return f"form-{filed.id}-{name}"


def _kept(number: int, name: str, key: str) -> None:
    value = st.session_state[key]
    declaring.change(number, **{name: value.isoformat() if isinstance(value, date) else (value or "").strip()})


def _line(filed: Filed, name: str, label: str, **options: object) -> None:
    key = _key(filed, name)
    st.session_state.setdefault(key, getattr(filed.content, name))
    st.text_input(label, key=key, on_change=_kept, args=(filed.id, name, key), **options)


def _area(filed: Filed, name: str, label: str, height: int = 110, **options: object) -> None:
    key = _key(filed, name)
    st.session_state.setdefault(key, getattr(filed.content, name))
    st.text_area(label, key=key, height=height, on_change=_kept, args=(filed.id, name, key), **options)


def _day(filed: Filed, name: str, label: str, **options: object) -> None:
    key, kept = _key(filed, name), getattr(filed.content, name)
    st.session_state.setdefault(key, date.fromisoformat(kept) if kept else None)
    options = {"format": "YYYY-MM-DD", "max_value": date(2100, 12, 31), "min_value": date(2000, 1, 1), **options}
    st.date_input(label, key=key, on_change=_kept, args=(filed.id, name, key), **options)


def _pick(
    filed: Filed, name: str, label: str, options: Sequence[str], say: Callable[[str], str], **more: object
) -> None:
    """One of some options, or, where new ones are accepted, any words."""
    key, kept = _key(filed, name), getattr(filed.content, name)
    st.session_state.setdefault(key, kept or None)
    known = list(options) if not kept or kept in options else [kept, *options]
    st.selectbox(
        label, known, index=None, key=key, format_func=say, on_change=_kept, args=(filed.id, name, key), **more
    )


def _who_declares(basis: Basis, filed: Filed) -> None:
    book, context = basis.context.book, basis.context
    kinds = loaders.load_department_kinds(context.version)
    members = context.cohort.members
    units = [name for code, name in book.departments.items() if kinds[code] != SECTIONS]
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
    st.session_state.setdefault(key, [each for each in filed.content.practices if each in names])
    st.multiselect(
        "学习哪些典型做法（可不选）",
        list(names),
        format_func=names.get,
        key=key,
        select_all=False,
        placeholder="按名称找",
        on_change=_kept_practices,
        args=(basis, filed.id, key),
    )


def _kept_practices(basis: Basis, number: int, key: str) -> None:
    """Keeps the chosen practices; the measures follow as long as nobody has changed their words."""
    chosen = tuple(st.session_state[key])
    changes: dict[str, object] = {"practices": chosen}
    if basis.content.steps in ("", basis.practice_words(basis.content.practices)):
        changes["steps"] = basis.practice_words(chosen)
    declaring.change(number, **changes)


def _benchmarks(basis: Basis, filed: Filed) -> None:
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
    key, kept = _key(filed, name), words.split(getattr(filed.content, name))
    st.session_state.setdefault(key, kept)
    st.multiselect(
        label,
        [*options, *(each for each in st.session_state[key] if each not in options)],
        key=key,
        accept_new_options=True,
        select_all=False,
        placeholder="至少选一个",
        on_change=_sought,
        args=(basis, filed.id, name, key),
    )


def _sought(basis: Basis, number: int, name: str, key: str) -> None:
    declaring.seek(basis, number, name, st.session_state[key])


def _compared(basis: Basis, name: str) -> None:
    """What the chosen benchmarks state beside us."""
    table = getattr(basis, name)
    if table.empty:
        if getattr(basis.content, name):
            st.caption("所选标杆没有这个指标的数值，差距请用文字写明。")
        return
    shown = words.compared(table, basis.context.book.measures, basis.context.names, basis.demo_of())
    show.table(shown, title=f"{'纵向' if name == 'vertical' else '横向'}：现值和标杆")


def _catching_up(basis: Basis, filed: Filed) -> None:
    st.markdown("**目标：达到标杆水平**")
    _goal_grid(basis, filed, {"vertical_goals": "纵向目标", "horizontal_goals": "横向目标"})
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


def _creating(basis: Basis, filed: Filed) -> None:
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
    st.caption(f"留空就是不定目标；越低越好的填“不高于”，越高越好的填“不低于”{demo}。")


def _goal_row(basis: Basis, filed: Filed, code: str, columns: dict[str, str], widths: list[int]) -> None:
    measure, present = basis.context.book.measures[code], basis.present
    cell = st.columns(widths, vertical_alignment="center")
    better = "↓" if measure.direction.value == "lower" else "↑"
    cell[0].markdown(f"{show.plain(measure.name)} {better}　:gray[{measure.unit}]")
    now = present.values.get(code)
    if now is None:
        cell[1].caption(show.plain(present.missing.get(code, "没有现值").removeprefix("的")))
    else:
        mark = "　:orange[演]" if now.made_up else ""
        when = "" if now.made_up or basis.content.region != CITY else f"（{declaring.period_words(now)}）"
        cell[1].markdown(f"{text.trimmed(now.value)}{when}{mark}")
    cell[2].markdown(_theirs(basis, "vertical", code))
    cell[3].markdown(_theirs(basis, "horizontal", code))
    for at, (name, label) in enumerate(columns.items(), 4):
        key = _key(filed, f"{name}-{code}")
        goals = {goal.measure: goal.value for goal in getattr(filed.content, name)}
        st.session_state.setdefault(key, goals.get(code))
        cell[at].number_input(
            f"{label}：{measure.name}（{measure.unit}）",
            value=None,
            key=key,
            label_visibility="collapsed",
            placeholder="≤" if measure.direction.value == "lower" else "≥",
            step=10.0**-measure.decimals,
            format=f"%.{measure.decimals}f",
            on_change=_goal_set,
            args=(filed.id, name, code, key),
        )


def _theirs(basis: Basis, name: str, code: str) -> str:
    """What a benchmark states of a measure: a comparable number, or that it is not compared."""
    best = getattr(basis.present, name).get(code)
    if best is not None:
        demo = "　:orange[演]" if name == "horizontal" and basis.made_up else ""
        return f"{text.trimmed(best)}{demo}"
    table = getattr(basis, name)
    rows = table[table["code"] == code]
    if rows.empty:
        return text.MISSING
    row = rows.iloc[0]
    said = show.plain(cells.stated(row["op"], row["value"], row["text"], row["unit"]))
    return f"{said}　:gray[不作比较]"


def _goal_set(number: int, name: str, code: str, key: str) -> None:
    declaring.set_goal(number, name, code, st.session_state[key])


def form_on_screen(basis: Basis, filed: Filed) -> None:
    """The form as it will be printed, and its Word file."""
    found = declaring.cells(filed.content, basis.context)
    st.markdown(f"**{TITLE}**")
    st.markdown(show.plain(words.head_line(found)))
    with st.container(key="annex"):
        show.table(words.form_table(found), title=f"申报表 {filed.id}")
    st.caption(NOTE)
    download(basis, filed)


def download(basis: Basis, filed: Filed) -> None:
    """The form as a Word file in the annex's layout."""
    st.download_button(
        "下载申报表（Word）",
        lambda: form(declaring.cells(filed.content, basis.context), made_up=basis.uses_made_up),
        file_name=f"申报表-{file_name(filed.content.unit or str(filed.id))}.docx",
        mime=DOCX,
        icon=":material/download:",
        key=f"docx-{filed.id}",
        on_click="ignore",
    )


def _hand_in(basis: Basis, filed: Filed, campaign: Campaign, who: str) -> None:
    st.button(
        "报送",
        type="primary",
        icon=":material/send:",
        disabled=not who,
        on_click=declaring.submit,
        args=(basis, filed, campaign),
    )
    if not who:
        st.caption("填写经办人后可以报送。")
    _upload(basis, filed)
    st.button("作废这份草稿", type="tertiary", disabled=not who, on_click=declaring.act, args=("作废", filed.id))


def _upload(basis: Basis, filed: Filed) -> None:
    with st.popover("读回在 Word 里改过的表", icon=":material/upload_file:"):
        st.caption("用下载的申报表改好后放进来，表里的内容会换成文件里的；原来的内容留在“版本和经过”里。")
        file = st.file_uploader("申报表（.docx）", key=f"back-{filed.id}")
        if file is None:
            return
        try:
            content = declaring.read(basis.context, file.getvalue(), file.name, filed.content)
        except UserError as error:
            st.error(show.plain(str(error)))
            return
        st.button("换成文件里的内容", type="primary", on_click=declaring.replace_all, args=(filed.id, content))


def decide(basis: Basis, filed: Filed) -> None:
    """What a reviewer can do with a declaration that is not open."""
    who = publishing.who()
    if filed.state is State.SUBMITTED:
        st.button(
            "公示",
            type="primary",
            icon=":material/campaign:",
            disabled=not who,
            on_click=declaring.act,
            args=("公示", filed.id),
        )
    if filed.state in (State.SUBMITTED, State.PUBLISHED):
        key = f"comment-{filed.id}"
        st.text_area("退回意见", key=key, height=90, placeholder="写明要改什么")
        st.button("退回", icon=":material/undo:", disabled=not who, on_click=_send_back, args=(filed.id, key))
    if not who:
        st.caption("填写经办人后可以办理。")
    if filed.state is State.PUBLISHED:
        st.page_link("act/progress.py", label="报季度进展", icon=":material/trending_up:")


def _send_back(number: int, key: str) -> None:
    declaring.act("退回", number, str(st.session_state[key]))


def history(context: Context, filed: Filed) -> None:
    """Every version, what each says, and bringing one back."""
    rows = declaring.versions(filed.id)
    with st.expander(f"版本和经过（{len(rows)} 条）", icon=":material/history:"):
        show.table(words.version_table(rows), title=f"申报表 {filed.id} 的经过（最近的在前）")
        chosen = st.selectbox("看哪个版本", list(rows["id"]), format_func="版本 {}".format, key=f"version-{filed.id}")
        content: Declaration = rows.set_index("id").at[chosen, "content"]
        found = declaring.cells(content, context)
        st.markdown(show.plain(words.head_line(found)))
        with st.container(key="annex-version"):
            show.table(words.form_table(found), title=f"版本 {chosen} 的内容")
        if filed.state.open or filed.state is State.DROPPED:
            st.button(
                "恢复这个版本",
                icon=":material/restore:",
                disabled=not declaring.user(),
                on_click=declaring.restore,
                args=(filed.id, int(chosen)),
            )


def front(context: Context, chosen: dict[str, Campaign], rows: Sequence[Filed]) -> None:
    """The page without a declaration: those in hand, the public list, and where a new one begins."""
    left, right = st.columns([3, 2], gap="large")
    with right:
        start(context, chosen)
    with left:
        listed(context, [each for each in rows if each.state not in (State.PUBLISHED, State.DROPPED)])
        public = [each for each in rows if each.state is State.PUBLISHED]
        if public:
            shown = words.public_table(declaring.public(context, public), context.labels)
            show.table(shown, title=f"公示：{len(public)} 份申报表")
            openers([*public, *(each for each in rows if each.state is State.DROPPED)])
        elif not rows:
            st.info("还没有申报表。右边填经办人，点“开始填报”；也可以从“寻标”“对标差距”“典型做法”页带着所选内容开始。")


def sheet(basis: Basis, filed: Filed) -> None:
    """A declaration that is not open: the form, and what a reviewer can do."""
    left, right = st.columns([5, 2], gap="large")
    with left:
        form_on_screen(basis, filed)
    with right:
        decide(basis, filed)


def start(context: Context, chosen: dict[str, Campaign]) -> None:
    """Beginning a declaration: from what another page has chosen, from nothing, or from a Word file."""
    content = declaring.begun() or Declaration()
    campaign = st.selectbox(
        "活动", list(chosen), format_func=lambda code: chosen[code].name, key="campaign", bind="query-params"
    )
    who = publishing.who()
    label = "开始填报"
    if declaring.begun():
        told = [
            content.unit,
            context.labels.get(content.subject, ""),
            *(f"向{name}学习" for name in (content.vertical, content.horizontal) if name),
        ]
        st.info(
            f"已带来：{show.plain(text.listed(told)) or '所选做法'}。填经办人后点“{label}”。", icon=":material/input:"
        )
    st.button(
        label,
        type="primary",
        icon=":material/edit_document:",
        disabled=not who,
        on_click=declaring.create,
        args=(context, campaign, content),
    )
    if not who:
        st.caption("先填经办人：草稿和以后的每一步都记着是谁办的。")
    with st.popover("从 Word 文件读入", icon=":material/upload_file:"):
        file = st.file_uploader("填好的申报表（.docx）", key="form_file")
        if file is not None:
            try:
                read = declaring.read(context, file.getvalue(), file.name, Declaration(region=CITY))
            except UserError as error:
                st.error(show.plain(str(error)))
            else:
                st.button(
                    "读入为草稿",
                    type="primary",
                    disabled=not who,
                    on_click=declaring.create,
                    args=(context, campaign, read),
                )


def listed(context: Context, rows: Sequence[Filed]) -> None:
    """Declarations that are not public, each with a button that opens it."""
    for filed in rows:
        with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            about = context.labels.get(filed.content.subject, "未选指标")
            with st.container(gap=None, width="stretch"):
                st.markdown(
                    f"**{show.plain(filed.content.unit or '未填单位')}**　{about}　:{STATE_COLOURS[filed.state.value]}-badge[{filed.state.label}]"
                )
                said = f"；退回意见：{filed.comment}" if filed.state is State.RETURNED else ""
                st.caption(
                    show.plain(f"第 {filed.id} 号，{filed.created_by}建，{text.moment(filed.changed_at)} 改{said}")
                )
            st.button("打开", key=f"open-{filed.id}", on_click=declaring.open_form, args=(filed.id,), width="content")


def openers(rows: Sequence[Filed]) -> None:
    """A button a declaration that is public, or out of use."""
    with st.container(horizontal=True, gap="small"):
        for filed in rows:
            label = f"看{filed.content.unit or f'第 {filed.id} 号'}的申报表"
            label += "（已作废）" if filed.state is State.DROPPED else ""
            st.button(label, key=f"open-{filed.id}", type="tertiary", on_click=declaring.open_form, args=(filed.id,))
