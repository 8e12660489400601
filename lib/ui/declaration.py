"""Declarations on screen: the list, the form with what the plan says to it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib.export.declaration import form
from lib.export.official import DOCX
from lib.model import Issue, Severity, UserError
from lib.model.access import Action
from lib.model.campaign import Campaign
from lib.model.declaration import NOTE, TITLE, Declaration, State
from lib.store.declarations import Filed
from lib.ui import access, declaring, show, steps, switch
from lib.ui.basis import Basis
from lib.ui.batches import file_name
from lib.ui.context import Context
from lib.ui.facts import CITY
from lib.view import declaration as words
from lib.view import text

STEPS = ("1 填报单位", "2 寻标", "3 对标", "4 创标", "5 核对报送")
# Which fields of the form a step fills in, by the names that issues give them.
FIELDS = {
    STEPS[0]: ("填报单位", "填报时间", "联系人", "联系电话"),
    STEPS[1]: ("纵向标杆单位", "横向标杆单位"),
    STEPS[2]: (
        "对标目标（纵向）",
        "对标目标（横向）",
        "差距（纵向）",
        "差距（横向）",
        "自报现值",
        "对标举措",
        "对标时限",
    ),
    STEPS[3]: ("创标目标", "创标亮点", "创标举措", "创标时限"),
}
STATE_COLOURS = {"draft": "gray", "submitted": "blue", "returned": "orange", "published": "green", "dropped": "gray"}


def tell(said: str, *, wrong: bool) -> None:
    """What the last action did, or why it did not."""
    if wrong:
        st.error(show.plain(said), icon=":material/error:")
    elif said:
        st.success(show.plain(said), icon=":material/check_circle:")


def marks(basis: Basis) -> None:
    """Says so where made-up values stand in a declaration."""
    if basis.uses_made_up:
        st.badge(f"县（市、区）的数值是{text.MADE_UP}", icon=":material/warning:", color="orange")


def returned(filed: Filed) -> None:
    """What the reviewer wants mended."""
    if filed.state is State.RETURNED:
        st.warning(show.plain(f"退回意见：{filed.comment}"), icon=":material/undo:")


def fill_in(basis: Basis, filed: Filed, campaign: Campaign) -> None:
    """The steps of an open declaration, and beside them what is still to be done."""
    steps.keep_typing()
    step = switch.one("步骤", STEPS, "step")
    left, right = st.columns([5, 2], gap="large")
    issues = declaring.check(basis, campaign)
    with left:
        {
            STEPS[0]: steps.who_declares,
            STEPS[1]: steps.benchmarks,
            STEPS[2]: steps.catching_up,
            STEPS[3]: steps.creating,
            STEPS[4]: form_on_screen,
        }[step](basis, filed)
    with right:
        who = access.who(Action.DECLARE)
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


def form_on_screen(basis: Basis, filed: Filed) -> None:
    """The form as it will be printed, and its Word file."""
    found = declaring.cells(filed.content, basis.context)
    marks(basis)
    st.markdown(f"**{TITLE}**")
    st.markdown(show.plain(words.head_line(found)))
    with st.container(key="annex"):
        show.table(words.form_table(found), title="附件2　申报表")
    st.caption(NOTE)
    download(basis, filed)


def download(basis: Basis, filed: Filed) -> None:
    """The form as a Word file in the annex's layout."""
    access.download(
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
        content = _uploaded(basis.context, "申报表（.docx）", f"back-{filed.id}", filed.content)
        if content is not None:
            args = (filed.id, content)
            st.button("换成文件里的内容", type="primary", on_click=declaring.replace_all, args=args)


def decide(basis: Basis, filed: Filed) -> None:
    """What a reviewer can do with a declaration that is not open."""
    who = access.who(Action.JUDGE)
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
                disabled=not access.name(Action.DECLARE),
                on_click=declaring.restore,
                args=(filed.id, int(chosen)),
            )


def front(context: Context, chosen: dict[str, Campaign], rows: Sequence[Filed]) -> None:
    """The page without a declaration: those in hand, where a new one begins, and the public list."""
    public = [each for each in rows if each.state is State.PUBLISHED]
    in_hand = [each for each in rows if each.state not in (State.PUBLISHED, State.DROPPED)]
    left, right = st.columns([3, 2], gap="large")
    with right:
        start(context, chosen)
    with left:
        listed(context, in_hand)
        if not rows:
            st.info("还没有申报表。填经办人，点“开始填报”；也可以从“寻标”“对标差距”“典型做法”页带着所选内容开始。")
        elif not in_hand:
            st.info("没有在办的申报表。可以开始填一份新的；已公示的在下面。")
    if public:
        shown = words.public_table(declaring.public(context, public))
        show.table(shown, title=f"公示：{len(public)} 份申报表")
    openers([*public, *(each for each in rows if each.state is State.DROPPED)])


def sheet(basis: Basis, filed: Filed) -> None:
    """A declaration that is not open to this visit: the form, and what a reviewer can do."""
    left, right = st.columns([5, 2], gap="large")
    with left:
        form_on_screen(basis, filed)
    with right:
        if not filed.state.open:
            decide(basis, filed)


def start(context: Context, chosen: dict[str, Campaign]) -> None:
    """Beginning a declaration: from what another page has chosen, from nothing, or from a Word file."""
    content = declaring.begun() or Declaration()
    campaign = switch.pick("活动", list(chosen), "campaign", lambda code: chosen[code].name)
    who = access.who(Action.DECLARE)
    label = "开始填报"
    if declaring.begun():
        told = [
            content.unit,
            declaring.subject_name(context, content.subject),
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
        read = _uploaded(context, "填好的申报表（.docx）", "form_file", Declaration(region=CITY))
        if read is not None:
            args = (context, campaign, read)
            st.button("读入为草稿", type="primary", disabled=not who, on_click=declaring.create, args=args)


def _uploaded(context: Context, label: str, key: str, before: Declaration) -> Declaration | None:
    """What an uploaded form says; None where there is none, or none that can be read, and then why."""
    file = st.file_uploader(label, key=key)
    if file is None:
        return None
    try:
        return declaring.read(context, file.getvalue(), file.name, before)
    except UserError as error:
        st.error(show.plain(str(error)))
        return None


def listed(context: Context, rows: Sequence[Filed]) -> None:
    """Declarations that are not public, each with a button that opens it."""
    for filed in rows:
        with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            about = declaring.subject_name(context, filed.content.subject) or "未选指标"
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
