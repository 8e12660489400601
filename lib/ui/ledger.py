"""What 整改台账 shows: the board, the table, who is to be reminded, and one item with all that can be done to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

import pandas as pd
import streamlit as st

from lib.core import ledger as core
from lib.export.guard import table_xlsx
from lib.model.ledger import Item, Origin, State
from lib.ui import access, publishing, rectifying, show, switch, tiles
from lib.ui.context import Context
from lib.view import charts, tables, text
from lib.view import ledger as words

ALL = "全部"
REAL = "整改台账"
# So many cards stand in a column, owners in the chart, rows in the list of what is urgent.
CARDS, OWNERS, URGENT = 12, 15, 12
_FILTERS = {"item_owner": "责任单位", "item_state": "状态", "item_origin": "来源", "item_region": "地区"}


@dataclass(frozen=True)
class Ledger:
    """The ledger at the end of a day, whole and as it is filtered."""

    context: Context
    day: date
    items: tuple[Item, ...]
    whole: pd.DataFrame

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The listing of the items that are looked at."""
        chosen = {key: st.session_state.get(key, ALL) for key in _FILTERS}
        columns = {"item_owner": "owner", "item_state": "label", "item_origin": "origin", "item_region": "region"}
        keep = pd.Series(True, index=self.whole.index)
        for key, column in columns.items():
            if chosen[key] != ALL:
                keep &= self.whole[column] == chosen[key]
        return self.whole[keep].reset_index(drop=True)

    @property
    def subjects(self) -> dict[str, str]:
        """Names of all measures and indicators."""
        return self.context.named

    @property
    def made_up(self) -> bool:
        """Whether an item that is looked at starts from, or has now, a value that is made up."""
        return any(each.made_up for name in ("opened", "now") for each in self.rows[name])

    @property
    def conclusion(self) -> str:
        """The sentence that opens the page."""
        return words.conclusion(self.day, vars(core.summary(self.whole)))


def choose(context: Context) -> Ledger:
    """The day that is looked at, with all items as they stood at its end."""
    day = switch.day()
    items = rectifying.standing(day)
    return Ledger(context, day, items, rectifying.listing(context, items, day))


def choose_filters(now: Ledger) -> None:
    """责任单位, 状态, 来源, 地区."""
    rows, names = now.whole, now.context.names
    found = {
        "item_owner": list(rows["owner"].value_counts().index),
        "item_state": [state.label for state in State if state.label in set(rows["label"])],
        "item_origin": [each.value for each in Origin if each.value in set(rows["origin"])],
        "item_region": [code for code in names if code in set(rows["region"])],
    }
    for key, label in _FILTERS.items():
        with st.container(width=136):
            switch.pick(label, [ALL, *found[key]], key, lambda each: names.get(each, each) or "未写")


def nothing() -> None:
    """What to do while the ledger is empty."""
    st.info("台账上还没有整改事项。可以手工填写、从短板批量列入，或导入现有的整改清单。")
    with st.container(horizontal=True):
        for entry in rectifying.ENTRIES:
            st.button(entry, key=f"start-{entry}", icon=":material/add:", on_click=rectifying.enter, args=(entry,))


def tell() -> None:
    """What came of the last click, in a place of its own."""
    with st.container():
        done, wrong = rectifying.said()
        if wrong:
            st.error(show.plain(done), icon=":material/error:")
        elif done:
            st.success(show.plain(done), icon=":material/check_circle:")


def mark(now: Ledger) -> None:
    """That some of the values, also those that a problem's words repeat, are made up."""
    if now.made_up:
        st.badge(f"有的指标数是{text.MADE_UP}", icon=":material/warning:", color="orange")


def board(now: Ledger) -> None:
    """A column a state, a card an item, the most urgent first."""
    for state, column in zip(State, st.columns(len(State), gap="small"), strict=True):
        rows = now.rows[now.rows["state"] == state.value].sort_values("flag", ascending=False, kind="stable")
        with column.container(key=f"board-{state.value}"):
            st.markdown(f"**{words.STATE_MARKS[state]} {state.label}**　{len(rows)}")
            for row in rows.head(CARDS).itertuples():
                _card(now, row)
            if len(rows) > CARDS:
                st.caption(f"另有 {len(rows) - CARDS} 项，见“台账”。")


def _card(now: Ledger, row: object) -> None:
    with st.container(border=True, key=f"card-{row.id}", gap="xsmall"):  # type: ignore[attr-defined]
        label = show.plain(words.short(row.problem))  # type: ignore[attr-defined]
        pick = tiles.Pick(label, rectifying.open_item, (row.id,))  # type: ignore[attr-defined]
        tiles.press(pick, f"open-{row.id}")  # type: ignore[attr-defined]
        place = now.context.names.get(row.region, row.region)  # type: ignore[attr-defined]
        turn = f"　第 {row.round} 轮" if row.round > 1 else ""  # type: ignore[attr-defined]
        st.caption(show.plain(f"{row.owner or '未写责任单位'}　{place}{turn}"))  # type: ignore[attr-defined]
        due = words.urgency(row.late)  # type: ignore[attr-defined]
        if row.flag:  # type: ignore[attr-defined]
            said = words.flag(row.moved)  # type: ignore[attr-defined]
            st.markdown(f":orange[{said}]" if said == words.STALE_FLAG else f":red[**{said}**]")
        elif due:
            st.markdown(f":red[**{due}**]" if due[0] == "▲" else f":orange[{due}]" if row.soon else f":gray[{due}]")  # type: ignore[attr-defined]


def table(now: Ledger) -> None:
    """Every item in a row, and the whole ledger to take away."""
    shown = tables.ledger_table(now.rows, now.context.names)
    title = f"整改台账 {len(shown)} 项（最急的在前；点开账时、现在的数看来历）"
    show.table(shown, title=title, context=now.context, real=REAL, long=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        numbers = [int(each) for each in now.rows["id"]]
        said = dict(zip(numbers, now.rows["problem"], strict=True))
        with st.container(width=480):
            say = lambda each: f"第 {each} 号　{words.short(said[each])}"  # noqa: E731
            number = st.selectbox("打开哪一项", numbers, format_func=say, key="ledger_pick")
        st.button("打开", on_click=rectifying.open_item, args=(number,), icon=":material/open_in_new:")
        whole = partial(tables.whole_ledger, now.items, now.rows, now.context.names, now.subjects)
        access.download(
            "下载整本台账（XLSX）",
            lambda: table_xlsx(
                {"整改台账": whole()}, [now.conclusion, f"标“{text.DEMO}”的数是程序生成的，不是真实情况。"]
            ),
            file_name=f"整改台账-{now.day}.xlsx",
            mime=publishing.XLSX,
            icon=":material/download:",
            on_click="ignore",
        )


def chase(now: Ledger) -> None:
    """Who is to be reminded: a chart by owner, then the most urgent items."""
    owners = core.chasing(now.rows)
    if owners.empty:
        st.success("没有逾期的，没有 14 天内到期的，也没有等复评的。", icon=":material/check_circle:")
        return
    bars = tables.chase_rows(owners, OWNERS)
    title = f"该催办的 {len(owners)} 个单位（单位：项；最急的在前；点一条只看这个单位）"
    height = bars["label"].nunique() * 34 + 50
    show.chart(charts.chase_bars, bars, height, title=title, context=now.context, real=REAL, click=_only)
    rows = now.rows
    rows = rows[(rows["late"] > 0) | rows["soon"] | (rows["state"] == State.REVIEW.value)].head(URGENT)
    show.table(tables.urgent_table(rows), title=f"最急的 {len(rows)} 项", context=now.context, real=REAL)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown("打开：", width="content")
        for number in rows["id"]:
            st.button(
                f"第 {number} 号",
                key=f"urgent-{number}",
                type="tertiary",
                on_click=rectifying.open_item,
                args=(number,),
            )


def _only(owner: str) -> None:
    st.session_state["item_owner"] = owner
