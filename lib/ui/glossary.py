"""名词: what the words of the pages mean here, from data/help/glossary.csv, a file that anybody may edit."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import streamlit as st

from lib.ui import how, tour

FILTER = "term"


@dataclass(frozen=True)
class Term:
    """A word, its group, what it means, and the script of the page where it is seen."""

    group: str
    word: str
    meaning: str
    page: str


@cache
def terms() -> tuple[Term, ...]:
    """All words in the file's order. Columns: 组, 词, 意思, 在哪里看 (a page's path in the address)."""
    with (how.FOLDER / "glossary.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            Term(row["组"], row["词"], row["意思"], tour.pages()[row["在哪里看"]]) for row in csv.DictReader(file)
        )


def asked() -> str:
    """The box that narrows the list, kept in the address."""
    return st.text_input(
        "找一个词",
        key=FILTER,
        placeholder="例如：方阵",
        max_chars=20,
        bind="query-params",
        persist_state="session",
        width=320,
    ).strip()


def matching(words: str) -> list[Term]:
    """The terms whose word or meaning has what was asked for, those whose word has it first; all for nothing."""
    wanted = _folded(words)
    found = [term for term in terms() if wanted in _folded(term.word + "\n" + term.meaning)]
    return sorted(found, key=lambda term: wanted not in _folded(term.word)) if wanted else found


def conclusion(found: Sequence[Term], words: str) -> str:
    """How many words there are."""
    return f"和“{words}”有关的词 {len(found)} 个。" if words else f"页面上要用到的 {len(found)} 个词，每个一句话。"


def show(found: Sequence[Term]) -> None:
    """The words by group, each with the way to its page."""
    groups: Mapping[str, list[Term]] = {
        group: list(each) for group, each in groupby(sorted(found, key=_place), lambda term: term.group)
    }
    for group, each in groups.items():
        st.markdown(f"### {group}")
        with st.container(key=f"terms-{group}", gap=None):
            for term in each:
                _term(term)


def _term(term: Term) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"term-{term.word}"):
        st.markdown(f"**{term.word}**", width=150)
        st.markdown(term.meaning)
        st.page_link(term.page)


def _place(term: Term) -> int:
    """Where a term's group stands in the file."""
    return list(dict.fromkeys(each.group for each in terms())).index(term.group)


def _folded(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold()
