"""一分钟导览: a few stops for each role, from data/help/tour.csv; and the line that invites a browser that has not been here."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

import streamlit as st

from lib.ui import go, how

PICTURES = how.FOLDER / "images"
COOKIE, PATH, PAGE = "duibiao_tour", "guide", "help/guide.py"
_SEEN = "_tour_seen"
# A year: whoever has seen the tour or declined it is not asked again.
_REMEMBER = """export default function ({ data }) {
  document.cookie = `${data.name}=1; max-age=31536000; path=/; SameSite=Lax`;
}"""
_component = st.components.v2.component("tour_seen", js=_REMEMBER)


@dataclass(frozen=True)
class Stop:
    """One stop: its title, what there is to see, the script of its page, that page's choices, its picture."""

    title: str
    words: str
    page: str
    choices: Mapping[str, str]
    picture: Path


@cache
def pages() -> dict[str, str]:
    """The script of every page, as Streamlit names it, by the page's path in the address."""
    root = Path(__file__).parents[2] / "pages"
    return {file.stem: file.relative_to(root).as_posix() for file in root.glob("*/*.py")}


@cache
def stops() -> dict[str, tuple[Stop, ...]]:
    """The stops of every role, in the file's order. Columns: 角色, 标题, 说明, 页面, 选择 (as in an address), 图."""
    found: dict[str, list[Stop]] = {}
    with (how.FOLDER / "tour.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            stop = Stop(
                row["标题"], row["说明"], pages()[row["页面"]], dict(parse_qsl(row["选择"])), PICTURES / row["图"]
            )
            found.setdefault(row["角色"], []).append(stop)
    return {role: tuple(each) for role, each in found.items()}


def show(role: str) -> None:
    """The stops of a role, each with its picture and the way to its page."""
    with st.container(horizontal=True, gap="medium", key="tour"):
        for at, stop in enumerate(stops()[role], 1):
            with st.container(border=True, key=f"stop-{at}", gap="small"):
                st.markdown(f"### {at}　{stop.title}")
                st.image(stop.picture, width="stretch", alt=f"{stop.title}的页面截图")
                st.markdown(stop.words)
                st.button(
                    "带我去",
                    key=f"tour-go-{role}-{at}",
                    icon=":material/arrow_forward:",
                    on_click=go.page,
                    args=(stop.page,),
                    kwargs=stop.choices,
                )


def invite(path: str) -> None:
    """Above the first page, for a browser that has not seen the tour: one line that can be closed. Once it is closed or the tour
    is opened the browser is told to remember."""
    if _remembered():
        return
    if path == PATH or st.session_state.get(_SEEN):
        st.session_state[_SEEN] = True
        with st.sidebar:
            _component(key="tour-seen", data={"name": COOKIE}, height=0)
    elif not path:
        _line()


def _remembered() -> bool:
    return COOKIE in st.context.cookies


def _line() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="invitation"):
        st.markdown("第一次来？一分钟看懂怎么用。", width="content")
        st.button("开始导览", type="tertiary", icon=":material/tour:", key="tour-open", on_click=go.page, args=(PAGE,))
        st.button("不用了", type="tertiary", icon=":material/close:", key="tour-decline", on_click=_decline)


def _decline() -> None:
    st.session_state[_SEEN] = True
