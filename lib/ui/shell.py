"""The frame around every page: look, navigation, the controls that live in the URL, and what to say when data is missing."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from copy import copy
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.model import Period, UserError
from lib.model.errors import shorten
from lib.snapshot import Catalog, sort_periods
from lib.store.events import today
from lib.ui import access, appearance, condition, go, loaders, outputs, search, show, source, switch
from lib.ui.context import BEST, MEDIAN, NATION, Context, node_label
from lib.ui.room import meeting
from lib.view import paper, phone
from lib.view.theme import style

STYLE = Path(__file__).with_name("style.css")
ICON, LOGO = (str(Path(__file__).with_name(name)) for name in ("icon.png", "logo.svg"))
NAME, SIDEBAR_WIDTH = "对标台", 232


def entry(path: str, *, title: str, icon: str = "", default: bool = False, visible: bool = True) -> st.Page:
    """A page of the navigation; its file is looked for once, not in every run."""
    return copy(_entry(path, title, icon, default, visible))


@cache
def _entry(path: str, title: str, icon: str, default: bool, visible: bool) -> st.Page:
    shown = "visible" if visible else "hidden"
    return st.Page(path, title=title, icon=icon or None, default=default, visibility=shown)


def frame() -> None:
    """Page settings and the colours of the chosen ground; called once, first."""
    st.set_page_config(page_title=NAME, page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
    st.logo(LOGO, size="large")
    st.html(f"<style>{style(appearance.dark())}</style>")
    outputs.begin()
    switch.begin()
    condition.banner()


def sheet() -> str:
    """The one style sheet, part of every page from its first moment; on light ground until a page says that it is dark."""
    tokens = style(dark=False).replace(":root", ":where(:root)")
    return f"{tokens}\n{STYLE.read_text(encoding='utf-8')}\n{phone.kept_free()}"


def bare() -> None:
    """Gives the whole window to the page: style.css hides everything around it."""
    st.html('<span class="bare"></span>')


def search_box() -> None:
    """The way back to a meeting, if one is on, and the box to look for anything with, above everything else in the sidebar."""
    with st.sidebar:
        meeting.way_back()
        search.box()


def controls(page: st.Page) -> None:
    """Framework, period, region and comparison in the sidebar, each bound to the URL; leaves the context for the page."""
    version = loaders.version()
    codes = loaders.load_framework_codes(version)
    if not codes:
        st.title("还没有数据")
        st.info(
            "数据库里没有可以计分的数值。请到“数据导入”页上传，"
            "或请管理员运行 `python -m lib seed` 或 `python -m lib import 文件`。"
        )
        st.page_link("manage/upload.py", label="去导入数据", icon=":material/upload_file:")
        st.stop()
    book = loaders.load_catalog(version)
    _named(page, book, codes[0])
    before: Context | None = st.session_state.get("_context")
    asked = "" if before is not None else st.query_params.get("compare")
    with st.sidebar:
        framework = _choice("指标体系", list(codes), "framework", book.titles)
        scores = loaders.load_scores(version, framework)
        assert scores is not None
        periods = sort_periods(list(scores.panel.periods))
        period = _choice("评价期", periods, "period", {code: Period.parse(code).label for code in periods})
        names = {code: book.short_names[code] for code in scores.panel.regions}
        region = _choice("关注地区", list(names), "region", names)
        others = [name for code, name in names.items() if code != region]
        alone = names[region] in (st.session_state.get("compare"), asked)
        compare = _choice("对标对象", [BEST, MEDIAN, NATION, *others], "compare", {})
        about = book.about.loc[framework]
        with st.expander("计分的假定"):
            basis = book.cohorts[str(about["cohort"])].basis
            st.caption(f"权重：{about['weights_basis']}。方阵：{basis}。没有前沿值的测度，按本期各地最优、最差值计分。")
            st.caption(str(about["note"]))
    if alone:
        switch.understood("compare")
        st.info(f"{names[region]}不跟自己比，对标对象改为“{compare}”。", icon=":material/compare_arrows:")
    if withdrawn := _withdrawn(before, book, codes, framework, periods):
        now = f"“{book.titles[framework]}”的{Period.parse(period).label}"
        st.warning(f"{withdrawn}现在没有数值，可能刚刚撤回了；下面是{now}。", icon=":material/undo:")
    context = Context(loaders.snapshot(version), framework, period, region, compare, scores)
    st.session_state["_context"] = context
    head = [book.titles[framework], context.period_label, f"关注 {context.names[region]}", f"对标 {compare}"]
    paper_head(head)
    source.panel(context)


def _withdrawn(
    before: Context | None, book: Catalog, codes: Sequence[str], framework: str, periods: Sequence[str]
) -> str:
    """What was looked at a moment ago and has no values any more; "" where nothing is lost."""
    if before is None:
        return ""
    if before.framework_code not in codes:
        return f"“{book.titles[before.framework_code]}”"
    if before.framework_code == framework and before.period not in periods:
        return f"“{book.titles[framework]}”的{before.period_label}"
    return ""


def paper_head(chosen: Sequence[str]) -> None:
    """The line at the top of a printed page: what was chosen, and the day."""
    st.container(key="paper-head").html(paper.head(chosen, today()))


def arrived() -> DeltaGenerator:
    """The place above the page for what `missed` says once the page has been drawn."""
    return st.empty()


def missed(place: DeltaGenerator) -> None:
    """What the visit's first address asks and the page does not have."""
    if gone := switch.missing():
        asked = "、".join(f"“{show.plain(shorten(each, 40))}”" for each in gone)
        place.warning(f"地址里的{asked}现在没有，显示的是页上所选的内容。", icon=":material/link_off:")


def ground(paths: Sequence[str]) -> DeltaGenerator:
    """The switch between light and dark ground, for all pages of these paths; gives the place for `tools`, above it."""
    with st.sidebar:
        place = st.container()
        appearance.button(paths)
        access.badge()
    return place


def tools(place: DeltaGenerator) -> None:
    """What can be done with the page that has been drawn: take it away, pass its address on."""
    with place:
        outputs.menu()
        with st.popover("本页链接", icon=":material/link:", width="stretch"):
            st.caption("复制后发给别人，打开就是这一页、这个选择；页上各项都写在里面，以后出了新一期也不会变。")
            st.code(_fixed_link(), language=None, wrap_lines=True)


def _fixed_link() -> str:
    """The page's address with every choice spelled out, also those that stand at their first option."""
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    return go.address(query | {key: [words] for key, words in switch.said().items()})


def _named(page: st.Page, book: Catalog, framework: str) -> None:
    """Goes on to the address with names where it has codes: 2020-Q4, 410421 or tax.time, as a program or a person writes
    them, are not what a bound box reads, and neither is a measure's bare name."""
    asked = {key: st.query_params.get_all(key) for key in st.query_params}
    wanted = next(iter(asked.get("framework", [])), framework)
    tree = book.trees[next((code for code, title in book.titles.items() if wanted in (code, title)), framework)]
    nodes: dict[str, str] = {}
    # A page may fall back to another framework where the one in force has no values: its names count too, after the others.
    for each in (tree, *book.trees.values()):
        for node in each.nodes:
            for key in (node.name, node.code):
                nodes.setdefault(key, node_label(each, node.code))
    names = {"framework": book.titles, "region": book.short_names, "compare": book.short_names, go.SUBJECT: nodes}
    named = {key: [names.get(key, {}).get(value, value) for value in values] for key, values in asked.items()}
    if "period" in asked:
        named["period"] = [Period.parse(each).label if Period.is_code(each) else each for each in asked["period"]]
    if named != asked:
        switch.again()
        st.switch_page(page, query_params=named)


def _choice(label: str, options: list[str], key: str, titles: dict[str, str]) -> str:
    """A box of the sidebar, its codes in words."""
    return switch.pick(label, options, key, lambda code: titles.get(code, code))


def on_script_error(error: Exception) -> bool:
    """A page failed: the log gets the whole story, the user a plain sentence, and the reason where it is theirs."""
    if isinstance(error, UserError):
        st.error(str(error))
        return True
    logging.getLogger("duibiao").exception("page failed", exc_info=error)
    st.error("这一页出错了，其他页面不受影响。请刷新重试；如果还不行，请把出错时间告诉管理员，日志里有详细原因。")
    return True
