"""通报材料: a paper while it is written: what the data says, what a person has written over it, who has issued it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from zlib import crc32

import streamlit as st

from lib import papers
from lib.core import brief
from lib.export.bulletin import render
from lib.export.official import DOCX
from lib.model import UserError
from lib.model.access import Action
from lib.model.bulletin import HEAD, MOST, Content, Edit, Paper, Paperwork, Paragraph, worded
from lib.papers import Material
from lib.store import bulletins as store
from lib.store import default_path, files
from lib.store.bulletins import Draft
from lib.ui import access, saving, show, switch
from lib.ui.context import Context
from lib.view import tables, text
from lib.view.bulletin import taken
from lib.view.bulletin.sheet import sheet

PAPERS = {kind.label: kind for kind in Paperwork}
SLIDES, WORKBOOK, ISSUED = "汇报PPT", "数据工作簿", "已印发"
VIEWS = [*PAPERS, SLIDES, WORKBOOK, ISSUED]
VIEW, DRAFT, WHICH = "paper", "draft", "issued"
_SAID, _LOST = "_bulletin_said", "_bulletin_lost"
NEW = 0
LINE, SHORTEST = 26, 70


@dataclass(frozen=True)
class Desk:
    """A paper on the desk: its draft (None: not begun), what it is made from, and the day's material."""

    material: Material
    kind: Paperwork
    draft: Draft | None
    content: Content

    @property
    def id(self) -> int:
        """The draft's id; NEW for one that is not begun."""
        return self.draft.id if self.draft else NEW

    @cached_property
    def made(self) -> Paper:
        """The paper as the data has it."""
        content = self.content
        return papers.bulletin(
            self.material,
            self.kind,
            number=content.number,
            weak=self.named,
            appendix=content.appendix,
            tried=saving.one(self.material.context, content.scenario),
        )

    @cached_property
    def paper(self) -> Paper:
        """The paper with what a person has written."""
        return worded(self.made, self.content.edits)

    @cached_property
    def taken(self) -> date | None:
        """The day of the paper that has this number already; None where there is none."""
        return papers.taken(self.material, self.paper)

    @property
    def called(self) -> str:
        """工作通报第63期."""
        return f"{self.kind.label}{self.kind.numbered(self.paper.number)}"

    @cached_property
    def stray(self) -> dict[str, list[str]]:
        """By paragraph or head field that somebody has written, the numbers and dates in it that are not the data's."""
        made = self.made
        spoken, draft = [figure.text for figure in made.figures], made.draft
        found = {key: brief.stray(edit.text, spoken, made.names, draft) for key, edit in self.edited.items()}
        return {key: numbers for key, numbers in found.items() if numbers}

    @property
    def edited(self) -> dict[str, Edit]:
        """What a person has written in place of the data's words, by paragraph or head field of the paper."""
        return {key: edit for key, edit in self.content.edits.items() if key in {*HEAD, *self.keys}}

    @property
    def weak(self) -> tuple[str, ...]:
        """The indicators that the paper is about; a short form is about none."""
        if self.kind is not Paperwork.WORK:
            return ()
        return self.named or papers.weakest_indicators(self.material.context)

    @property
    def named(self) -> tuple[str, ...]:
        """The indicators that a person has chosen and the framework still has."""
        return tuple(code for code in self.content.weak if code in self.material.context.framework.index)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the paper's paragraphs."""
        return tuple(each.key for each in self.made.paragraphs)


def choose(context: Context, kind: Paperwork) -> Desk:
    """The draft and the day that are worked on, with what the data says."""
    found = {each.id: each for each in store.drafts(default_path()) if each.kind is kind}
    number = switch.pick("稿子", [NEW, *found], DRAFT, lambda each: f"稿子 {each}" if each else "新稿")
    draft = found.get(number)
    start = draft.content if draft else Content("", framework=context.framework_code, period=context.period)
    seen = _looked(context, start)
    day = _day(kind, draft)
    content = replace(start, day=day.isoformat())
    return Desk(material(seen, day), kind, draft, content)


def material(context: Context, day: date) -> Material:
    """What stands at the end of a day."""
    return papers.at(context, day)


def _day(kind: Paperwork, draft: Draft | None) -> date:
    if draft is None:
        return switch.day()
    key = f"bulletin-{draft.id}-{draft.content.day}"
    kept = date.fromisoformat(draft.content.day)
    st.date_input("截至", value=kept, key=key, width=160, on_change=_new_day, args=(kind, draft, key))
    return kept


def _new_day(kind: Paperwork, draft: Draft, key: str) -> None:
    _change(kind, draft.id, draft.content, {"day": st.session_state[key].isoformat()})


def _looked(context: Context, content: Content) -> Context:
    """The context with the framework and period that a draft is about, where they still have values."""
    scores = (
        context.snapshot.scores(content.framework) if content.framework in context.snapshot.framework_codes else None
    )
    if scores is None or content.period not in scores.panel.periods:
        return context
    return replace(context, framework_code=content.framework, period=content.period, scores=scores)


def conclusion(desk: Desk) -> str:
    """The sentence that opens the page."""
    items, changed = desk.material.ledger, len(desk.edited)
    late = int((items["late"] > 0).sum())
    doubtful = sum(len(numbers) for numbers in desk.stray.values())
    parts = [
        f"短板指标 {len(desk.weak)} 个" if desk.weak else "",
        "台账上没有整改事项" if items.empty else f"整改逾期 {late} 项" if late else "没有逾期的整改事项",
        f"取自数据的 {len(desk.made.figures)} 个数都有出处" if desk.made.figures and not changed else "",
        _by_hand(changed),
        f"另有 {doubtful} 个数或日期不是取自数据" if doubtful else "",
    ]
    return f"{desk.called}：{'，'.join(filter(None, parts))}。"


def _by_hand(changed: int) -> str:
    return f"改过 {changed} 处，改过的文字请人工核对" if changed else ""


def told() -> None:
    """What came of the last click, and the words that could not be kept."""
    with st.container():
        if words := st.session_state.pop(_SAID, None):
            done, wrong = words
            (st.error if wrong else st.success)(show.plain(done))
        if lost := st.session_state.pop(_LOST, ""):
            st.caption("您刚才写的在这里，可以复制：")
            st.code(lost, language=None, wrap_lines=True)


def editor(desk: Desk) -> None:
    """Number, head and paragraphs, each to be written over and brought back."""
    _numbering(desk)
    with st.expander("标题、发文单位、报送、抄送"):
        for name, label in HEAD.items():
            _field(desk, name, label, getattr(desk.made, name))
    for section in desk.paper.sections:
        st.markdown(f"**{section.title}**")
        for paragraph in section.paragraphs:
            _field(desk, paragraph.key, _label(paragraph), paragraph.draft)
    _left_over(desk)
    if desk.content.edits:
        args = (desk, {f"edit:{key}": None for key in desk.content.edits})
        st.button("全部恢复为数据生成的文字", icon=":material/restart_alt:", on_click=_apply, args=args)


def _label(paragraph: Paragraph) -> str:
    return paragraph.lead.removesuffix("。") or paragraph.label


def _numbering(desk: Desk) -> None:
    """The number, the weak indicators and the appendix."""
    paper, content = desk.paper, desk.content
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if desk.kind is Paperwork.WORK:
            key = f"bulletin-{desk.id}-number-{paper.number}"
            st.number_input(
                "期号", 1, MOST, value=paper.number, key=key, on_change=_read, args=(desk, "number", key), width=160
            )
        key = f"bulletin-{desk.id}-{desk.kind}-appendix-{content.appendix}"
        st.checkbox("附“数据出处”表", content.appendix, key=key, on_change=_read, args=(desk, "appendix", key))
    if desk.weak:
        names = {node.code: node.name for node in desk.material.context.framework.indicators}
        key = f"bulletin-{desk.id}-weak-{'-'.join(desk.weak)}"
        st.multiselect(
            "短板指标（默认取平均得分最低的，可以换）",
            list(names),
            default=list(desk.weak),
            format_func=names.get,
            key=key,
            on_change=_read,
            args=(desk, "weak", key),
        )
    if desk.kind is Paperwork.WORK:
        _scenario(desk)
    if paper.number is None:
        st.warning(f"{papers.no_number(desk.material)}。没有期号不能印发。")
    if desk.taken:
        st.warning(f"{taken(paper, desk.taken)}，印发时会被退回。")
    if paper.early:
        st.caption(f"注意：{desk.material.context.period_label}在截至日之后才结束。")


def _scenario(desk: Desk) -> None:
    """The scenario that the bulletin asks to be followed."""
    names = {0: "不写", **{each.id: f"{each.id} {each.name}" for each in saving.kept()}}
    chosen = desk.content.scenario
    if chosen not in names:
        st.warning(f"这份稿子要写的第 {chosen} 号推演方案已经删除，现在不写。")
        chosen = 0
    if len(names) > 1:
        key = f"bulletin-{desk.id}-scenario-{chosen}"
        options = {"on_change": _read, "args": (desk, "scenario", key)}
        at = list(names).index(chosen)
        st.selectbox("推演方案（写进“要求”）", list(names), at, format_func=names.get, key=key, **options)


def _read(desk: Desk, name: str, key: str) -> None:
    value = st.session_state[key]
    _apply(desk, {name: tuple(value) if isinstance(value, list) else value})


def _field(desk: Desk, key: str, label: str, made: str) -> None:
    """One text to be written over; says when the data has changed since, and which numbers and dates are not the data's."""
    edit = desk.content.edits.get(key)
    words = edit.text if edit else made
    # A box is made anew when what is kept changes, by whomever.
    box = f"bulletin-{desk.id}-{desk.kind}-{key}-{crc32(words.encode())}"
    height = max(SHORTEST, 26 * (len(words) // LINE + words.count("\n") + 1) + 20)
    st.text_area(label, words, height=height, key=box, on_change=_typed, args=(desk, key, made, box))
    if edit is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(":gray-badge[改过，请人工核对]")
        if numbers := desk.stray.get(key):
            st.markdown(f":orange-badge[这些数或日期不是取自数据：{'、'.join(numbers)}]")
        st.button(
            "恢复为数据生成的文字",
            key=f"{box}-back",
            type="tertiary",
            on_click=_apply,
            args=(desk, {f"edit:{key}": None}),
        )
    if edit.basis != made:
        st.caption(show.plain(f"▲ 写这一段以后数据变了，现在数据给出的是：{made or '（没有这一段）'}"))


def _typed(desk: Desk, key: str, made: str, box: str) -> None:
    words = str(st.session_state[box])
    _apply(desk, {f"edit:{key}": None if words == made else Edit(words, made)}, words)


def _left_over(desk: Desk) -> None:
    """What somebody wrote in paragraphs that the paper does not have any more: nothing is lost."""
    gone = {key: edit for key, edit in desk.content.edits.items() if key not in {*desk.keys, *HEAD}}
    if gone:
        with st.expander(f"写过、现在稿子里没有的 {len(gone)} 段"):
            for edit in gone.values():
                st.code(edit.text, language=None, wrap_lines=True)


def _apply(desk: Desk, changes: dict[str, object], words: str = "") -> None:
    """Keeps changes to the draft, which they begin where there is none; called before a run."""
    _change(desk.kind, desk.id, desk.content, changes, words)


def _change(kind: Paperwork, number: int, seen: Content, changes: dict[str, object], words: str = "") -> None:
    try:
        if number == NEW:
            st.session_state[DRAFT] = store.create(
                default_path(), kind, seen.with_fields(changes), user=access.name(Action.BULLETIN)
            )
        else:
            store.save(default_path(), number, changes, seen, user=access.name(Action.BULLETIN))
    except UserError as error:
        st.session_state[_SAID], st.session_state[_LOST] = (f"{error}。", True), words


def preview(desk: Desk) -> None:
    """The paper as it looks."""
    st.html(sheet(desk.paper))


def actions(desk: Desk) -> None:
    """Take it away, issue it, drop it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        access.download(
            "下载 Word",
            lambda: render(desk.paper),
            file_name=f"{desk.kind.masthead}{desk.kind.numbered(desk.paper.number)}.docx",
            mime=DOCX,
            icon=":material/download:",
            on_click="ignore",
            type="primary",
        )
        with st.popover("印发", icon=":material/send:"):
            _confirm(desk)
        if desk.draft:
            st.button("作废这份稿子", icon=":material/delete:", on_click=_try, args=(_drop(desk), "稿子已作废。"))


def _confirm(desk: Desk) -> None:
    """What is about to be issued, and the button."""
    access.who(Action.BULLETIN)
    paper = desk.paper
    st.markdown(show.plain(f"{desk.called}《{paper.title}》，{paper.day}。印发后不能再改。"))
    if desk.edited:
        st.markdown(f"▲ {_by_hand(len(desk.edited))}。")
    for key, numbers in desk.stray.items():
        st.markdown(show.plain(f"▲ {_named(desk, key)}里有不是取自数据的数或日期：{'、'.join(numbers)}"))
    if paper.made_up:
        st.markdown(show.plain(f"▲ 文中有{text.DEMO}，不能当作真实情况印发。"))
    st.button("确认印发", type="primary", on_click=_try, args=(_issue(desk), "已印发，原件已存。", True))


def _named(desk: Desk, key: str) -> str:
    known = {each.key: _label(each) for each in desk.paper.paragraphs}
    return {**HEAD, **known}[key]


def _issue(desk: Desk) -> Callable[[], object]:
    def issue() -> None:
        if desk.paper.number is None:
            raise UserError(f"没有印发：{papers.no_number(desk.material)}期号")
        if desk.taken:
            raise UserError(f"没有印发：{taken(desk.paper, desk.taken)}，请换一个期号")
        if not access.name(Action.BULLETIN):
            raise UserError("没有印发：要写明经办人")
        number = desk.id or store.create(default_path(), desk.kind, desk.content, user=access.name(Action.BULLETIN))
        store.issue(
            default_path(), number, desk.paper, render(desk.paper), seen=desk.content, user=access.name(Action.BULLETIN)
        )
        st.session_state[WHICH] = number

    return issue


def _drop(desk: Desk) -> Callable[[], object]:
    return lambda: store.drop(default_path(), desk.id, user=access.name(Action.BULLETIN))


def _try(action: Callable[[], object], done: str, leads: bool = False) -> None:
    """Does it and says so, or says why it could not be done; `leads`: on to what has been issued; called before a run."""
    try:
        action()
    except UserError as error:
        st.session_state[_SAID] = f"{error}。", True
        return
    st.session_state[_SAID] = done, False
    st.session_state[DRAFT] = NEW
    if leads:
        st.session_state[VIEW] = ISSUED


def figures(desk: Desk) -> None:
    """Every figure of the paper, to be clicked on."""
    shown, title = tables.paper_figure_table(desk.paper.standing), "文中每个数的出处（点“数”看来源）"
    if not len(shown):
        st.caption("这份稿子没有用到数。")
    elif desk.made.made_up:
        show.table(shown, title=title, context=desk.material.context, long=True)
    else:
        show.table(shown, title=title, real="整改台账、各方案和各文件", long=True)


def issued() -> int:
    """How many papers went out."""
    return len(store.issued(default_path()))


def archive() -> None:
    """The papers that went out: the list, one of them as it looks, and its file."""
    rows = store.issued(default_path())
    if rows.empty:
        st.info("还没有印发过。到“工作通报”写好以后点“印发”，这里就有原件。")
        return
    show.table(tables.issued_table(rows), title="已印发的材料", real="本系统印发的原件")
    known = {int(row.id): row for row in rows.itertuples()}
    number = switch.pick("看哪一份", list(known), WHICH, lambda each: f"原件 {each}")
    paper = store.issued_paper(default_path(), number)
    access.download(
        "下载原件",
        lambda: files.content(default_path(), str(known[number].sha256)),
        file_name=f"{paper.kind.masthead}{paper.kind.numbered(paper.number)}.docx",
        mime=DOCX,
        icon=":material/download:",
        on_click="ignore",
    )
    with st.container(width=720):
        st.html(sheet(paper))
