"""搜索: what the catalogue has about some words, each result with the page that it leads to."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib.model import source
from lib.store import default_path
from lib.store import search as store
from lib.ui import facts, go, loaders, practices, show
from lib.ui.context import Context
from lib.ui.tiles import Pick, press
from lib.view import text
from lib.view.tables import cells

QUERY, KIND = "q", "kind"
# What each kind of result is called, in the order of the results.
NAMES = {
    "indicator": "指标",
    "measure": "测度",
    "region": "地区",
    "department": "部门",
    "practice": "先进做法",
    "document": "文件",
    "target": "目标",
    "fact": "原文记录",
    "benchmark": "标杆值",
}
EXAMPLES = ("用电", "宝丰", "税务局", "一网通办", "第37期", "企业开办 小时")
# Results of one kind beside other kinds, and alone.
FEW, MANY = 5, 100


@st.cache_resource(max_entries=64, show_spinner=False)
def _search(version: str, words: tuple[str, ...]) -> pd.DataFrame:
    return store.search(default_path(), " ".join(words))


def find(context: Context, query: str) -> pd.DataFrame:
    """All results, as `store.search`. Not to be changed."""
    return _search(context.version, store.words(query))


def box() -> None:
    """The text box of the sidebar: Enter opens the results."""
    st.text_input(
        "搜索",
        key="_search",
        placeholder="搜索",
        icon=":material/search:",
        label_visibility="collapsed",
        max_chars=store.MOST_CHARACTERS,
        on_change=_asked,
    )


def _asked() -> None:
    asked = st.session_state["_search"].strip()
    st.session_state["_search"] = ""
    if asked:
        look_for(asked)


def look_for(words: str) -> None:
    """Opens the results for some words, of every kind; called before a run."""
    st.session_state[QUERY], st.session_state[KIND] = words, None
    go.page("see/search.py", **{QUERY: words})


def only(kind: str) -> None:
    """Shows the results of one kind; called before a run."""
    st.session_state[KIND] = kind


def cut(query: str) -> str:
    """The part of what was written that is looked for."""
    return query[: store.MOST_CHARACTERS]


def query() -> str:
    """The box at the top of the results; what is in it is in the address."""
    return st.text_input(
        "搜什么",
        key=QUERY,
        placeholder=f"例如：{text.listed(EXAMPLES)}",
        bind="query-params",
        persist_state="session",
    )


def kinds(found: pd.DataFrame) -> str | None:
    """Which kind to look at alone; None for all."""
    there = [kind for kind in NAMES if kind in set(found["kind"])]
    if st.session_state.get(KIND) not in there:
        st.session_state[KIND] = None
    return st.pills(
        "只看一类", there, format_func=NAMES.__getitem__, key=KIND, bind="query-params", persist_state="session"
    )


def shorter(context: Context, query: str) -> list[str]:
    """Beginnings and ends, two characters long, of the words looked for, that do find something."""
    parts = [part for word in store.words(query) if len(word) > 2 for part in (word[:2], word[-2:])]
    return [part for part in dict.fromkeys(parts) if len(find(context, part))]


def group(context: Context, rows: pd.DataFrame, limit: int) -> None:
    """The results of one kind, as many as the limit, and how many more there are."""
    kind = rows["kind"].iloc[0]
    st.markdown(f"### {NAMES[kind]}　{len(rows)} 条")
    for i, row in enumerate(rows.head(limit).itertuples()):
        with st.container(key=f"found-{kind}-{i}", gap=None):
            _result(context, row)
    if len(rows) > limit and limit == FEW:
        press(Pick(f"还有 {len(rows) - limit} 条", only, (kind,)), f"more-{kind}")
    elif len(rows) > limit:
        st.caption(f"还有 {len(rows) - limit} 条没有列出，请多写几个字。")


def _result(context: Context, row: object) -> None:
    pick = _leads_to(context, row.kind, row.code)  # type: ignore[attr-defined]
    title = show.plain(row.title)  # type: ignore[attr-defined]
    if pick is None:
        st.markdown(title)
    else:
        click, *arguments = pick
        press(Pick(title, click, tuple(arguments)), f"open-{row.kind}-{row.code}")  # type: ignore[attr-defined]
    about = show.plain(_about(context, row.kind, row.code))  # type: ignore[attr-defined]
    st.caption("　".join(part for part in (_marked(row), about) if part))


def _marked(row: object) -> str:
    """The excerpt with the word found set off, and the column where it was found unless that is the title."""
    start, end = row.start, row.start + row.length  # type: ignore[attr-defined]
    before, word, after = (
        show.plain(part) for part in (row.excerpt[:start], row.excerpt[start:end], row.excerpt[end:])
    )  # type: ignore[attr-defined]
    where = f"{row.where}：" if row.length else ""  # type: ignore[attr-defined]
    return f"{where}{before}:blue-background[{word}]{after}" if word else before + after


def _leads_to(context: Context, kind: str, code: str) -> tuple | None:
    """What a click calls, and with what; None where there is nothing to open."""
    if kind in ("indicator", "measure"):
        framework = _framework_of(context, code)
        if framework:
            return _open_indicator, framework, code
    if kind == "region":
        if code in context.cohort.members:
            return go.county, code
        return (go.page, "see/overview.py") if code == facts.CITY else None
    if kind == "department":
        name = context.book.departments[code]
        return (facts.open_targets, "", name) if _targets_of(context, name) else None
    if kind == "practice":
        return practices.open_case, context, code
    stated = _statements(context, kind, code)
    return (go.source, source.fact(stated[0])) if stated else None


def _framework_of(context: Context, code: str) -> str:
    """The framework in force where it has the indicator or measure, else the first that has it and has values; "" for none."""
    codes = (context.framework_code, *loaders.load_framework_codes(context.version))
    return next((each for each in codes if code in context.book.trees[each].index), "")


def _open_indicator(framework: str, code: str) -> None:
    st.session_state["framework"] = framework
    go.indicator(code)


def _targets_of(context: Context, owner: str) -> int:
    return len(facts.filter_targets(context, facts.assessed_targets(context), (), owner))


def _statements(context: Context, kind: str, code: str) -> list[str]:
    """Numbers of the facts, targets and benchmarks that a measure, practice or document has; of one of these, its own."""
    book = context.book
    if kind == "practice":
        listed = book.practices.set_index("id").at[code, "facts"]
        return [each for each in listed.split(";") if each]
    if kind not in ("indicator", "measure", "document"):
        return [code]
    column = "document" if kind == "document" else "code"
    return [
        each for rows in (book.facts, book.targets, book.benchmarks) for each in rows.loc[rows[column] == code, "id"]
    ]


def _about(context: Context, kind: str, code: str) -> str:
    """What else there is to know at a glance."""
    book = context.book
    if kind in ("indicator", "measure"):
        framework = _framework_of(context, code)
        return (
            ""
            if framework == context.framework_code
            else f"在“{book.titles[framework]}”里"
            if framework
            else "没有收入指标体系，不计分"
        )
    if kind == "region":
        return "" if code in context.cohort.members else f"不参加{context.cohort.name}的排名"
    if kind == "department":
        return f"{_targets_of(context, book.departments[code])} 项目标"
    if kind == "practice":
        return f"原文：“{book.practices.set_index('id').at[code, 'quote']}”"
    if kind == "document":
        about = book.documents.loc[code]
        count = len(_statements(context, kind, code))
        return text.listed((about["doc_no"], about["issuer"], about["date"], f"{count} 条原文记录"))
    row = context.fact(code)
    assert row is not None
    when = cells.when_or_due(row.get("period") or row.get("deadline") or "")
    return f"{context.names.get(row['region'], row['region'])}{f'，{when}' if when else ''}：{facts.stated(row)}"
