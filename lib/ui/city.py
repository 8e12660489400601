"""What the documents say of the city itself, on one card: its place, its targets, its weak indicators; every number leads on."""

from __future__ import annotations

from datetime import date

import streamlit as st

from lib.core.ledger import summary
from lib.model import source
from lib.store.events import today
from lib.ui import facts, go, rectifying, show
from lib.ui.context import Context
from lib.ui.tiles import Pick, Tile, press, row
from lib.view import tables, text

THREE = 3


def card(context: Context) -> None:
    """The whole card; county scores are never on it."""
    with st.container(border=True, key="city", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{context.names[facts.CITY]}**")
            st.badge("文件原文数据", color="green")
        _places(context)
        _targets(context)
        _weak(context)
        _ledger(context)


def _places(context: Context) -> None:
    rows = facts.places(context)
    picks = [
        Pick(f"{each.period} 年第 {int(each.value)}", go.source, (source.fact(each.id),), "看原文")
        for each in rows.itertuples()
    ]
    with st.container(key="place"):
        row([Tile("全省营商环境评价名次", picks, tables.province_moved(rows))])


def _targets(context: Context) -> None:
    assessed = facts.assessed_targets(context)
    st.caption(f"{len(assessed)} 项目标（点数字看是哪些）。{tables.made_up_among(assessed)}".removesuffix("。"))
    counts = facts.group_counts(assessed)
    tiles = [Tile(group, [Pick(str(count), facts.open_targets, (group,))]) for group, count in counts.items()]
    # Three beside each other: on a laptop the card has no room for six.
    for at in range(0, len(tiles), THREE):
        row(tiles[at : at + THREE])


def _ledger(context: Context) -> None:
    """How the rectification ledger stands today; nothing before anything is on it."""
    day = date.fromisoformat(today())
    items = rectifying.standing(day)
    if not items:
        return
    found = summary(rectifying.listing(context, items, day))
    if not found.active + found.closed:
        return
    st.caption("整改台账（经办人登记，点数字看是哪些）")
    counts = {"在办": found.active, "逾期": found.overdue, "14 天内到期": found.soon, "指标未动": found.still}
    row([Tile(name, [Pick(str(count), go.page, ("act/ledger.py",))]) for name, count in counts.items()])


def _weak(context: Context) -> None:
    rows = facts.weak_indicators(context)
    document = text.listed(context.cited[code] for code in rows["document"].unique())
    st.caption(f"{document}点名的 {len(rows)} 个短板指标（点序号看原文；与左边的县级得分无关）")
    halves = [column.container(gap="xxsmall") for column in st.columns(2, gap="small")]
    half = -(-len(rows) // 2)
    for i, fact in enumerate(rows.itertuples()):
        with halves[i // half].container(horizontal=True, gap="xsmall", vertical_alignment="center", key=f"weak-{i}"):
            press(Pick(str(i + 1), go.source, (source.fact(fact.id),), "看原文"), f"weak-source-{i}")
            name = context.book.indicators[fact.code]
            if fact.code in context.framework.index:
                press(Pick(name, go.indicator, (fact.code,)), f"weak-name-{i}")
            else:
                st.caption(show.plain(name))
