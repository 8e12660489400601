"""会议模式: a deck's screens one at a time, driven by the keys of a keyboard or a presenter's remote; all of it in the address."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lib.model import Period, UserError
from lib.model.screen import Deck
from lib.ui import go
from lib.ui.context import Context, node_label
from lib.ui.room import deck, selection
from lib.ui.room.compose import composed
from lib.ui.room.shown import Shown, draw

SCREEN, BACK = "screen", "_meeting"
# Where the meeting is: the address of a run may be older than the last key. How often it was moved by a click.
_NOW, _CLICKS = "_meeting_now", "_meeting_clicks"
# What the address of the meeting asks for, and the deck that it was.
_DECK = "_meeting_deck"
_KEYS, _HELP = (
    "meeting-keys",
    (
        "→ 空格 PgDn 下一屏　← PgUp 上一屏　Home End 首尾　数字加回车 跳到第几屏　↑ ↓ 换关注的地区　回车 打开这一页　B 黑屏　F 全屏"
    ),
)
_KEYBOARD = st.components.v2.component(
    "meeting_keys", js=Path(__file__).with_name("meeting.js").read_text(encoding="utf-8")
)


def run() -> None:
    """The page."""
    for key, value in st.session_state.get(_NOW, {}).items():
        st.query_params[key] = value
    try:
        context, (chosen, gone) = selection.stated(), _deck()
        at = _at(len(chosen.screens))
        shown = composed(context, chosen.screens[at - 1])
    except UserError as error:
        st.error(str(error))
        st.page_link("screen/decks.py", label="去选屏单", icon=":material/present_to_all:")
        return
    draw(
        shown,
        "meeting",
        click=lambda region: _click(go.REGION, context.names[region]),
        foot=f"{at} / {len(chosen.screens)}{gone}",
    )
    ranked = list(context.moved(context.root)["region"])
    _bar(context, chosen, at, shown, ranked)
    data = {
        "at": at,
        "count": len(chosen.screens),
        "places": [context.names[each] for each in ranked],
        "focus": context.names[context.region],
        "clicks": st.session_state.get(_CLICKS, 0),
    }
    _KEYBOARD(
        key=_KEYS,
        data=data,
        height=0,
        on_screen_change=lambda: _move(SCREEN, st.session_state[_KEYS].screen["to"]),
        on_focus_change=lambda: _move(go.REGION, st.session_state[_KEYS].focus["to"]),
        on_open_change=lambda: _open(context, shown),
    )


def way_back() -> None:
    """On a page that was opened from a meeting: the way back to its screen, also by Esc."""
    if BACK not in st.session_state:
        return
    _, own = st.session_state[BACK]
    st.button(
        f"回到第 {own.get(SCREEN, '1')} 屏",
        key="back-to-meeting",
        icon=":material/undo:",
        type="primary",
        width="stretch",
        shortcut="Esc",
        on_click=_return,
    )


def _deck() -> tuple[Deck, str]:
    """The deck that the address asks for, and "". While a meeting runs on one that is taken away it keeps its screens, and says so."""
    asked = st.query_params.to_dict().get(deck.DECK, "")
    try:
        chosen = deck.asked("meeting")
    except UserError:
        begun, chosen = st.session_state.get(_DECK, ("", None))
        if chosen is None or begun != asked or deck.SCREENS in st.query_params:
            raise
        return chosen, "　屏单已删除，照原来的屏开完"
    st.session_state[_DECK] = asked, chosen
    return chosen, ""


def _at(count: int) -> int:
    """The screen that the address asks for, from 1; the nearest there is."""
    asked = st.query_params.get(SCREEN, "1")
    return min(max(int(asked), 1), count) if asked.isdecimal() else 1


def begin() -> None:
    """A new meeting: it is where its address says."""
    st.session_state.pop(_NOW, None)


def _move(key: str, value: object) -> None:
    """To another screen, or to another region by its name."""
    st.session_state[_NOW] = {**st.session_state.get(_NOW, {}), key: str(value)}


def _click(key: str, value: object) -> None:
    st.session_state[_CLICKS] = st.session_state.get(_CLICKS, 0) + 1
    _move(key, value)


def _open(context: Context, shown: Shown) -> None:
    """Opens the page that a screen is taken from, on what the meeting looks at, and remembers the way back."""
    looked_at = {
        selection.FRAMEWORK: context.framework_code,
        go.PERIOD: context.period,
        go.REGION: context.region,
        selection.COMPARE: context.compare,
    }
    own = {key: value for key, value in st.query_params.to_dict().items() if key not in looked_at}
    st.session_state[BACK] = looked_at, own
    choices = {
        selection.FRAMEWORK: context.book.titles[context.framework_code],
        go.PERIOD: Period.parse(context.period).label,
        go.REGION: context.names[context.region],
        selection.COMPARE: context.names.get(context.compare, context.compare),
        **shown.choices,
    }
    if go.SUBJECT in shown.choices:
        choices[go.SUBJECT] = node_label(context.framework, shown.choices[go.SUBJECT])
    go.page(shown.page, **choices)


def _return() -> None:
    looked_at, own = st.session_state.pop(BACK)
    # The boxes of the page that is left are bound to these: they go along by the session.
    st.session_state.update(looked_at)
    st.session_state[_NOW] = {SCREEN: own.get(SCREEN, "1")}
    go.page("screen/meeting.py", **own)


def _end() -> None:
    """Back to the list of what was shown."""
    asked = {key: st.query_params[key] for key in (deck.DECK, deck.SCREENS) if key in st.query_params}
    go.page("screen/decks.py", **asked)


def _bar(context: Context, chosen: Deck, at: int, shown: Shown, ranked: list[str]) -> None:
    """The line at the foot: where one is, the list of screens, whom to point at, where to read on."""
    count = len(chosen.screens)
    with st.container(key="meeting-bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "上一屏",
            key="meeting-back",
            icon=":material/chevron_left:",
            disabled=at == 1,
            on_click=_click,
            args=(SCREEN, at - 1),
        )
        # A new key, so that it is closed after a choice: while it is open the keys are its own.
        with st.popover(f"{at} / {count}", icon=":material/list:", key=f"meeting-list-{at}"):
            for number, screen in enumerate(chosen.screens, 1):
                tied = deck.tie_words(screen, {**context.names, **context.labels})
                label = f"{number}　{screen.kind.label}{f'（{tied}）' if tied else ''}"
                st.button(
                    label,
                    key=f"jump-{number}",
                    type="tertiary",
                    disabled=number == at,
                    on_click=_click,
                    args=(SCREEN, number),
                )
        st.button(
            "下一屏",
            key="meeting-on",
            icon=":material/chevron_right:",
            disabled=at == count,
            on_click=_click,
            args=(SCREEN, at + 1),
        )
        with st.popover(
            f"关注：{context.names[context.region]}",
            icon=":material/my_location:",
            key=f"meeting-focus-{context.region}",
        ):
            for region in ranked:
                st.button(
                    context.names[region],
                    key=f"focus-{region}",
                    type="tertiary",
                    on_click=_click,
                    args=(go.REGION, context.names[region]),
                )
        st.button(
            "打开这一页", icon=":material/open_in_new:", key="meeting-open", on_click=_open, args=(context, shown)
        )
        with st.popover("按键", icon=":material/keyboard:"):
            st.markdown(_HELP.replace("　", "  \n"))
        st.button("结束", key="meeting-end", icon=":material/close:", on_click=_end)
