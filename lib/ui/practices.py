"""典型做法: which cases are looked at, why each is suggested, one of them in full, and the form that adds one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from lib.context import kept
from lib.core import practices as core
from lib.core.trace import leaves
from lib.model import Measure, UserError
from lib.model.access import Action
from lib.model.declaration import Declaration
from lib.model.source import is_added
from lib.snapshot import Snapshot
from lib.store import default_path
from lib.store import practices as store
from lib.store.search import plain, words
from lib.ui import access, declaring, facts, go, profiles, show, switch
from lib.ui.context import Context, node_label
from lib.ui.tiles import Pick, press
from lib.view import sentences, tables, text

ALL = "全部"
BASES = OURS, CITYS, ORDER = "所选地区的短板", "平顶山市的短板", "文件的顺序"
OWN = "本市经验"
QUERY, GROUP, ABOUT, BASIS, CASE = "word", "group", "about", "basis", "case"
# As many cases stand below each other in full; more of them scroll.
LIST_HEIGHT, FITTING = 640, 6
# Reasons and figures that are named in the list; the others are in the case.
FEW = 2
# Points below which one decimal says too little.
LITTLE = 0.1
_DONE, _REFUSED, _TURN = "_practice_done", "_practice_refused", "_practice_turn"


@dataclass(frozen=True)
class Choice:
    """Which cases are asked for, and by whose weaknesses they are put in order."""

    context: Context
    asked: str
    group: str
    about: str
    basis: str

    @cached_property
    def ranked(self) -> pd.DataFrame:
        """Every case, as `core.ranked`: by what it bears on, or in the order of the document. Not to be changed."""
        return _ranked(self.context, self.basis)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Those of them that are asked for."""
        rows = self.ranked
        if self.group != ALL:
            rows = rows[rows["group"] == self.group]
        if self.about != ALL:
            measures = self.context.book.measures
            rows = _only(rows, [self.about in _indicators(measures, row) for row in rows.itertuples()])
        if wanted := words(self.asked):
            texts = [_searched(self.context, row) for row in rows.itertuples()]
            rows = _only(rows, [all(word in found for word in wanted) for found in texts])
        return rows.reset_index(drop=True)

    @property
    def against(self) -> str:
        """Whose weaknesses; "" in the order of the document."""
        if self.basis == OURS:
            return f"{self.context.names[self.context.region]}失分的测度"
        weak = facts.weak_indicators(self.context)
        return f"{facts.cited(self.context, weak)}点名的 {len(weak)} 个短板指标" if self.basis == CITYS else ""

    def why(self, row: object, few: int = FEW) -> str:
        """What a case bears on, the weightiest first; "" when it bears on nothing weak."""
        return _why(self.context, self.basis, row, few)

    @property
    def conclusion(self) -> str:
        """The sentence that opens the page."""
        best = next((self.why(row) for row in self.ranked.itertuples() if row.weight > 0), "")
        return sentences.practices(self.ranked, self.against, best)


@kept
def _weights(context: Context, basis: str) -> dict[str, float]:
    """How much each measure matters: points that the county loses on it, or one for each weak indicator of the city."""
    if basis == OURS:
        return {code: lost for code, lost in _lost(context).items() if lost > 0}
    if basis == CITYS:
        return core.even_weights(facts.weak_indicators(context)["code"], context.book.measures)
    return {}


@kept
def _ranked(context: Context, basis: str) -> pd.DataFrame:
    return core.ranked(context.book.practices, _weights(context, basis), context.book.measures)


def _why(context: Context, basis: str, row: object, few: int) -> str:
    measures, weights = context.book.measures, _weights(context, basis)
    if basis == CITYS:
        found = dict.fromkeys(measures[code].indicator for code in (*row.named, *row.near))  # type: ignore[attr-defined]
        return text.listed(context.book.indicators[code] for code in found)

    def lost(code: str) -> str:
        points = text.number(weights[code], 1 if weights[code] >= LITTLE else 2)
        return f"{measures[code].name}（失 {points} 分）"

    named = text.listed(lost(code) for code in row.named[:few])  # type: ignore[attr-defined]
    return named or text.listed(f"同一指标的{lost(code)}" for code in row.near[:1])  # type: ignore[attr-defined]


def _only(rows: pd.DataFrame, keep: list[bool]) -> pd.DataFrame:
    return rows[pd.Series(keep, index=rows.index, dtype=bool)]


def _indicators(measures: Mapping[str, Measure], row: object) -> set[str]:
    """The indicators that a case names, and those of the measures it names."""
    named = {measures[code].indicator for code in row.measures.split(";") if code in measures}  # type: ignore[attr-defined]
    return named | set(row.indicators.split(";")) - {""}  # type: ignore[attr-defined]


def _searched(context: Context, row: object) -> str:
    """All that is looked through for a word, folded as the search folds."""
    names = context.named
    codes = [*row.indicators.split(";"), *row.measures.split(";")]  # type: ignore[attr-defined]
    parts = [
        row.title,
        row.group,
        row.summary,
        row.quote,
        places(context, row),
        *(names.get(code, "") for code in codes),
    ]  # type: ignore[attr-defined]
    return plain("\n".join(parts))


def places(context: Context, row: object) -> str:
    """Where a case is from; a place that the catalogue does not have stands as it was written."""
    return _places(context.names, row)


def _places(names: Mapping[str, str], row: object) -> str:
    return text.listed(names.get(code, code) for code in row.places.split(";"))  # type: ignore[attr-defined]


@kept
def _named(context: Context) -> list[str]:
    """The indicators that a case is about, in the catalogue's order."""
    book = context.book
    named = {code for row in book.practices.itertuples() for code in _indicators(book.measures, row)}
    return [code for code in book.indicators if code in named]


def label(row: object) -> str:
    """22　获得电力便利化改革."""
    number = row.id[1:].lstrip("0")  # type: ignore[attr-defined]
    return f"{'补' if is_added(row.id) else ''}{number}　{show.plain(row.title)}"  # type: ignore[attr-defined]


def open_case(context: Context, code: str) -> None:
    """Opens a case on the page of practices, all others in the list around it; called before a run."""
    rows = context.book.practices
    chosen = label(next(rows[rows["id"] == code].itertuples()))
    st.session_state.update({QUERY: "", GROUP: ALL, ABOUT: ALL, CASE: chosen})
    go.page("benchmark/practices.py", **{CASE: chosen})


def choose(context: Context) -> Choice:
    """The controls: words, group, indicator, whose weaknesses."""
    rows = context.book.practices
    columns = st.columns([3, 3, 3, 3])
    asked = columns[0].text_input(
        "找做法", key=QUERY, placeholder="例如：电力、一网通办", bind="query-params", persist_state="session"
    )
    with columns[1]:
        group = switch.pick("类别", [ALL, *dict.fromkeys([*rows["group"], OWN])], GROUP, str)
    with columns[2]:
        about = switch.pick(
            "有关指标", [ALL, *_named(context)], ABOUT, lambda code: context.book.indicators.get(code, code)
        )
    with columns[3]:
        basis = switch.pick("对着谁的短板排", BASES, BASIS, str)
    return Choice(context, asked, group, about, basis)


def pick(choice: Choice) -> object:
    """The list of cases with what each has reached and why it is suggested; returns the chosen one's row."""
    rows = {label(row): row for row in choice.rows.itertuples()}
    captions = _captions(choice.context, choice.basis)
    if CASE in st.session_state and st.session_state[CASE] not in rows:
        st.session_state[CASE] = next(iter(rows))
    with st.container(height=LIST_HEIGHT if len(rows) > FITTING else "content", border=True, key="cases"):
        chosen = st.radio(
            f"{len(rows)} 项做法",
            list(rows),
            captions=[captions[row.id] for row in rows.values()],  # type: ignore[attr-defined]
            key=CASE,
            bind="query-params",
            persist_state="session",
        )
    return rows[str(chosen)]


@kept
def _captions(context: Context, basis: str) -> dict[str, str]:
    """Places and figures of every case, and what it bears on, by its id."""
    told = context.snapshot.seen(_told, context.snapshot)
    found = {}
    for row in _ranked(context, basis).itertuples():
        why = _why(context, basis, row, FEW)
        found[row.id] = "  \n".join([told[row.id], *([f":blue[对着：{show.plain(why)}]"] if why else [])])
    return found


def _told(snapshot: Snapshot) -> dict[str, str]:
    """Places and figures of every case by its id: those of a measure that it names first, then those that say what was before."""
    book = snapshot.catalog
    stated, found = book.benchmarks.to_dict("records"), {}
    for row in book.practices.itertuples():
        facts_of, codes = set(row.facts.split(";")), row.measures.split(";")  # type: ignore[union-attr]
        own = [each for each in stated if each["id"] in facts_of]
        own.sort(key=lambda each: (each["code"] not in codes, bool(pd.isna(each["before"]))))
        said = [f"{book.measures[each['code']].name} {facts.stated(each)}" for each in own[:FEW]]
        found[row.id] = show.plain("　".join(filter(None, (_places(book.short_names, row), "；".join(said)))))
    return found


def figures(context: Context, row: object) -> pd.DataFrame:
    """What the document states that a case has reached: rows of benchmarks."""
    rows = context.book.benchmarks
    return rows[rows["id"].isin(row.facts.split(";"))].reset_index(drop=True)  # type: ignore[attr-defined]


def detail(choice: Choice, row: object) -> None:
    """One case in full: figures, why, summary, quote, the county on what it bears on, and what to do with it."""
    context = choice.context
    st.markdown(f"### {show.plain(row.title)}")  # type: ignore[attr-defined]
    why = choice.why(row, 3)
    st.markdown(f"{show.plain(places(context, row))}　:gray[{show.plain(row.group)}]")  # type: ignore[attr-defined]
    if why:
        whose = f"{context.names[context.region]}失分的" if choice.basis == OURS else "通报点名的短板"
        st.markdown(f":blue[对着{show.plain(whose)}：{show.plain(why)}]")
    subject = _subject(context, row)
    _actions(choice, row, subject)
    found = figures(context, row)
    if len(found):
        shown = tables.figure_table(found, context.book.measures, context.names)
        show.table(shown, title="做到了什么", context=context, real=facts.cited(context, found))
    st.markdown(show.plain(row.summary))  # type: ignore[attr-defined]
    st.markdown(f"> “{show.plain(row.quote)}”")  # type: ignore[attr-defined]
    st.caption(show.plain(_cited(context, row)))
    _ours(choice, row)


def _cited(context: Context, row: object) -> str:
    about = context.book.documents.loc[row.document]  # type: ignore[attr-defined]
    number = f"（{about['doc_no']}）" if about["doc_no"] else ""
    return f"原文出自《{about['title']}》{number}，{text.listed((about['issuer'], about['date'], about['origin'] if is_added(row.id) else ''))}"  # type: ignore[attr-defined]


@kept
def _lost(context: Context) -> dict[str, float]:
    """By measure, the points of the total that the county loses on it."""
    rows = leaves(context.scores, context.region, context.period)
    return dict(zip(rows["code"], rows["lost"], strict=True))


def _ours(choice: Choice, row: object) -> None:
    """Where the county stands on the measures that a case bears on (not asked when it is about the city), and the way to their pages."""
    context = choice.context
    codes = row.measures.split(";")  # type: ignore[attr-defined]
    rows = profiles.measures(context)
    rows = rows.assign(lost=rows["code"].map(_lost(context)))[rows["code"].isin(codes)].reset_index(drop=True)
    if rows.empty:
        return
    name = context.names[context.region]
    if choice.basis != CITYS:
        shown = tables.standing_on_table(rows, context.book.measures, context.region, context.period)
        show.table(shown, title=f"{name}在这些测度上（{context.period_label}）", context=context)
    with st.container(horizontal=True, gap="small", key="more-measures"):
        st.caption("看指标页：", width="content")
        for code in rows["code"]:
            press(Pick(show.plain(context.book.measures[code].name), go.indicator, (code,)), f"more-{code}")


def _subject(context: Context, row: object) -> str:
    """The first indicator that a case names and the framework in force has; "" for none."""
    return next((code for code in row.indicators.split(";") if code in context.framework.index), "")  # type: ignore[attr-defined]


def _actions(choice: Choice, row: object, subject: str) -> None:
    context = choice.context
    with st.container(horizontal=True):
        content = begun(choice, row, subject)
        st.button(
            "以此开始申报",
            type="primary",
            icon=":material/assignment:",
            on_click=declaring.begin,
            args=(content,),
            key="begin",
        )
        if subject:
            args = (context, subject)
            st.button("看这项差距", icon=":material/compare_arrows:", on_click=_open_gap, args=args, key="open-gap")


def begun(choice: Choice, row: object, subject: str) -> Declaration:
    """The declaration that a case begins: its lead department, its place as the vertical benchmark, the case itself."""
    context = choice.context
    first = row.places.split(";")[0]  # type: ignore[attr-defined]
    known = context.book.regions.get(first)
    lead = context.owner_codes(subject)[:1] if subject else ()
    return Declaration(
        unit=text.listed(context.book.departments.get(code, code) for code in lead),
        region=facts.CITY if choice.basis == CITYS else context.region,
        subject=subject,
        vertical=known.name if known else first,
        practices=(row.id,),  # type: ignore[attr-defined]
    )


def _open_gap(context: Context, subject: str) -> None:
    go.subject(subject)
    go.page("benchmark/gap.py", **{go.SUBJECT: node_label(context.framework, subject)})


def _removal(context: Context, user: str) -> None:
    """Takes out a case that somebody added; nothing where there is none."""
    added = {row.id: label(row) for row in context.book.practices.itertuples() if is_added(row.id)}
    if added:
        st.divider()
        narrow, right = st.columns([3, 1], vertical_alignment="bottom")
        chosen = narrow.selectbox("补充过的做法", list(added), format_func=added.get, key="practice_added")
        right.button(
            "移除", disabled=not user, key="remove-case", icon=":material/delete:", on_click=_remove, args=(chosen,)
        )


def _remove(identifier: str) -> None:
    try:
        store.remove_practice(default_path(), identifier, user=access.name(Action.EDIT))
    except UserError as error:
        st.session_state[_REFUSED] = f"没有移除：{error}。"
        return
    st.session_state[_DONE] = "已移除。"


def said() -> None:
    """What came of the last click, in a place of its own: boxes below lose what is being typed when they move."""
    with st.container():
        if done := st.session_state.pop(_DONE, ""):
            st.success(show.plain(done), icon=":material/check_circle:")
        if refused := st.session_state.pop(_REFUSED, ""):
            st.error(show.plain(refused), icon=":material/error:")


def form(context: Context) -> None:
    """Adds a case with its source; what is typed stays until it has been added."""
    book, turn = context.book, st.session_state.get(_TURN, 0)
    regions = {region.name: code for code, region in book.regions.items()}
    keep = {"persist_state": "session"}
    # Enter takes one, never all that look alike; the words of "all" are English besides.
    several = {"filter_mode": "contains", "select_all": False, **keep}

    def key(name: str) -> str:
        return f"practice_{name}-{turn}"

    left, right = st.columns(2)
    left.text_input("做法名称", key=key("title"), **keep)
    right.selectbox("类别", list(dict.fromkeys([*book.practices["group"], OWN])), key=key("group"), **keep)
    left.multiselect(
        "地区（可以写新的）", list(regions), key=key("places"), accept_new_options=True, placeholder="选或写", **several
    )
    names = book.indicators
    right.multiselect(
        "有关指标", list(names), format_func=names.get, key=key("indicators"), placeholder="选", **several
    )
    labels = {code: f"{each.name}（{each.unit}）" for code, each in book.measures.items()}
    right.multiselect(
        "说到的测度", list(labels), format_func=labels.get, key=key("measures"), placeholder="选", **several
    )
    left.text_input("出处标题", key=key("source"), placeholder="文件、报道或网页的标题", **keep)
    left.text_input("发布单位", key=key("issuer"), **keep)
    right.text_input("日期", key=key("day"), placeholder="2020、2020-12 或 2020-12-04", **keep)
    right.text_input("在哪里找到的", key=key("origin"), placeholder="网址，或谁提供的", **keep)
    st.text_area("内容提要", key=key("summary"), height=80, **keep)
    st.text_area("原文（必填，一字不改）", key=key("quote"), height=80, **keep)
    narrow, _ = st.columns([1, 3])
    with narrow:
        user = access.who(Action.EDIT)
    st.button(
        "补充这个做法", type="primary", icon=":material/add:", on_click=_add, args=(regions, turn), key="add-case"
    )
    _removal(context, user)


def _add(regions: dict[str, str], turn: int) -> None:
    """Adds the case that the form describes; called before a run."""
    state = st.session_state

    def typed(name: str) -> str:
        return str(state.get(f"practice_{name}-{turn}") or "")

    def chosen(name: str) -> Sequence[str]:
        return tuple(state.get(f"practice_{name}-{turn}") or ())

    case = store.Found(
        group=typed("group"),
        title=typed("title"),
        places=tuple(regions.get(name, name) for name in chosen("places")),
        summary=typed("summary"),
        indicators=tuple(chosen("indicators")),
        measures=tuple(chosen("measures")),
        source=typed("source"),
        issuer=typed("issuer"),
        day=typed("day").strip(),
        origin=typed("origin"),
        quote=typed("quote"),
    )
    try:
        store.add_practice(default_path(), case, user=access.name(Action.EDIT))
    except UserError as error:
        state[_REFUSED] = f"没有补充：{error}。"
        return
    state[_DONE], state[_TURN] = f"已补充“{case.title.strip()}”。", turn + 1
