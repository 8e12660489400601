"""会议和大屏: which screens, in which order; begun as a meeting, printed, or put on a wall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import streamlit as st

from lib.model import UserError
from lib.model.access import Action
from lib.model.screen import MOST_SCREENS, READY, TIES, Deck, Kind, Screen, say_screens
from lib.store import decks as store
from lib.store import default_path
from lib.ui import access, go, show
from lib.ui.context import Context, context, node_label
from lib.ui.room import deck, meeting
from lib.ui.room.compose import composed
from lib.view import text

# What came of the last click; the deck as it was when a change of it was begun; the deck that was chosen last.
_SAID, _SEEN, _CHOSEN = "_deck_said", "_deck_seen", "_deck_chosen"
NEAREST, EVERY = "跟着关注的地区", {10: "10 秒", 20: "20 秒", 30: "30 秒", 60: "1 分钟"}
WEAKEST = "平均分最低的指标"
NIGHTS = {"": "不调暗", "22-7": "22 时到次日 7 时", "20-8": "20 时到次日 8 时"}
GROUNDS = {"": "随浏览器", "light": "浅色", "dark": "深色"}


def run() -> None:
    """The page."""
    ctx = context()
    head = st.container()
    known = deck.known()
    number, missing = _chosen()
    chosen = known[number]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        key = f"deck_chosen:{number}"
        st.selectbox(
            "屏单",
            list(known),
            index=list(known).index(number),
            format_func=lambda each: known[each].name,
            key=key,
            width=300,
            on_change=lambda: _choose(st.session_state[key]),
        )
        screens, wrong = _draft(st.query_params.get(deck.SCREENS, ""), chosen)
        changed = screens != chosen.screens
        # The selection goes along by itself.
        choices = {deck.SCREENS: say_screens(screens)} if changed else {deck.DECK: number}
        st.button(
            "开始会议",
            type="primary",
            icon=":material/play_arrow:",
            on_click=_begin,
            args=(choices,),
        )
        st.button("打印稿", icon=":material/print:", on_click=lambda: go.page("screen/handout.py", **choices))
    with head:
        tail = "（有改动，还没有保存）" if changed else ""
        show.heading(
            "会议和大屏", f"“{chosen.name}”{len(screens)} 屏{tail}：一屏一个结论，会上用按键翻，墙上自己轮播。"
        )
    for fault in (missing, wrong):
        if fault:
            st.warning(show.plain(fault), icon=":material/link_off:")
    _tell()
    left, right = st.columns([13, 7], gap="large")
    with left:
        _list(ctx, screens)
        _add(ctx, screens)
    with right:
        _keep(number, screens, changed=changed)
        _wall(choices)


def _begin(choices: dict[str, str]) -> None:
    meeting.begin()
    go.page("screen/meeting.py", **choices)


def _chosen() -> tuple[str, str]:
    """The deck that the address asks for, else the one chosen last, and what is wrong with that."""
    first = next(iter(READY))
    asked, wrong = st.query_params.get(deck.DECK) or st.session_state.get(_CHOSEN, first), ""
    try:
        number = deck.code(asked)
    except UserError as error:
        number, wrong = first, f"{error}。显示的是“{READY[first].name}”。"
    _choose(number)
    return number, wrong


def _choose(number: str) -> None:
    st.session_state[_CHOSEN] = number
    go.state(deck.DECK, "" if number == next(iter(READY)) else number)


def _draft(words: str, chosen: Deck) -> tuple[tuple[Screen, ...], str]:
    """The screens of the address, which are not kept yet, else the deck's; and what is wrong with those of the address."""
    if not words:
        return chosen.screens, ""
    try:
        return deck.listed(words), ""
    except UserError as error:
        return chosen.screens, f"地址里的屏单读不了：{error}。显示的是“{chosen.name}”。"


def _list(ctx: Context, screens: Sequence[Screen]) -> None:
    """Every screen with what it says now, and where it stands."""
    for i, screen in enumerate(screens):
        with st.container(key=f"deck-row-{i}", horizontal=True, vertical_alignment="center", gap="small", border=True):
            st.markdown(f"**{i + 1}**", width=36)
            with st.container(gap=None):
                tied = deck.tie_words(screen, {**ctx.names, **ctx.labels})
                shown = composed(ctx, screen)
                mark = f"　:orange-badge[{text.DEMO}]" if shown.made_up else ""
                st.markdown(f"**{show.plain(screen.kind.label + (f'：{tied}' if tied else ''))}**{mark}")
                st.caption(show.plain(shown.conclusion))
            moved = {"上移": (i - 1, "arrow_upward", i == 0), "下移": (i + 1, "arrow_downward", i == len(screens) - 1)}
            for word, (to, icon, fixed) in moved.items():
                swapped = _moved(screens, i, to)
                st.button(
                    "",
                    key=f"{icon}-{i}",
                    icon=f":material/{icon}:",
                    help=f"第 {i + 1} 屏{word}",
                    disabled=fixed,
                    on_click=_put,
                    args=(swapped,),
                )
            rest = [*screens[:i], *screens[i + 1 :]]
            st.button(
                "",
                key=f"drop-{i}",
                icon=":material/close:",
                help=f"去掉第 {i + 1} 屏",
                disabled=len(screens) == 1,
                on_click=_put,
                args=(rest,),
            )


def _moved(screens: Sequence[Screen], i: int, to: int) -> list[Screen]:
    rest = [*screens[:i], *screens[i + 1 :]]
    return [*rest[: max(to, 0)], screens[i], *rest[max(to, 0) :]]


def _put(screens: Sequence[Screen]) -> None:
    go.state(deck.SCREENS, say_screens(tuple(screens)))


def _add(ctx: Context, screens: Sequence[Screen]) -> None:
    """One more screen, tied to a place or an indicator where it can be."""
    if len(screens) >= MOST_SCREENS:
        st.caption(f"最多 {MOST_SCREENS} 屏。")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="deck-add"):
        kind = st.selectbox("再加一屏", list(Kind), format_func=lambda each: each.label, key="deck_kind")
        ties = {}
        if "subject" in TIES.get(kind, ()):
            options = ["", *(node.code for node in ctx.framework.nodes if node.code != ctx.root)]
            say = lambda code: node_label(ctx.framework, code) if code else WEAKEST  # noqa: E731
            ties["subject"] = st.selectbox("哪项指标", options, format_func=say, key="deck_subject")
        if "region" in TIES.get(kind, ()):
            say = lambda code: ctx.names[code] if code else NEAREST  # noqa: E731
            ties["region"] = st.selectbox("哪个地区", ["", *ctx.cohort.members], format_func=say, key="deck_region")
        added = Screen(kind, {key: value for key, value in ties.items() if value})
        st.button("加到最后", icon=":material/add:", on_click=_put, args=([*screens, added],))


def _keep(number: str, screens: Sequence[Screen], *, changed: bool) -> None:
    """Keeps what the list says."""
    st.markdown("### 保存")
    seen = None if number in READY else _seen(int(number), changed)
    name = st.text_input(
        "名称",
        value=seen.deck.name if seen else "",
        key=_name_key(seen) if seen else f"deck_name:{number}",
        max_chars=store.LONGEST_NAME,
    )
    user = access.who(Action.KEEP)
    with st.container(horizontal=True, gap="small"):
        if seen:
            st.button("保存改动", icon=":material/save:", on_click=_save, args=(name, screens, user, seen))
        st.button("另存为新屏单", icon=":material/save_as:", on_click=_save, args=(name, screens, user, None))
        if changed or (seen and seen != store.deck(default_path(), seen.id)):
            st.button("放弃改动", icon=":material/undo:", on_click=_reopen)
        if seen:
            st.button("删除", icon=":material/delete:", on_click=_remove, args=(seen.id, user))
    if not seen:
        st.caption("“例会”“大屏”是自带的，改了要另存；保存后大屏会在下一轮用上新的屏单。")


def _seen(number: int, changed: bool) -> store.Kept:
    """The deck as it was when the change of it was begun: nobody's change after that is written over unseen."""
    seen = st.session_state.get(_SEEN)
    if seen is None or seen.id != number or not (changed or _renamed(seen)):
        seen = st.session_state[_SEEN] = store.deck(default_path(), number)
    return seen


def _renamed(seen: store.Kept) -> bool:
    return st.session_state.get(_name_key(seen), seen.deck.name) != seen.deck.name


def _name_key(seen: store.Kept) -> str:
    """Another box for the deck as another has saved it, also within the same second."""
    return f"deck_name:{seen.id}:{seen.changed_at}:{seen.deck.name}"


def _reopen() -> None:
    """The deck as it is kept now."""
    st.session_state.pop(_SEEN, None)
    go.state(deck.SCREENS, "")


def _save(name: str, screens: Sequence[Screen], user: str, seen: store.Kept | None) -> None:
    try:
        kept = store.save(default_path(), Deck(name, tuple(screens)), user=user, seen=seen)
    except UserError as error:
        st.session_state[_SAID] = (False, str(error))
        return
    st.session_state[_SAID] = (True, f"已保存“{name.strip()}”，{len(screens)} 屏。")
    _reopen()
    _choose(str(kept))


def _remove(number: int, user: str) -> None:
    try:
        store.remove(default_path(), number, user=user)
    except UserError as error:
        st.session_state[_SAID] = (False, str(error))
        return
    st.session_state[_SAID] = (True, "已删除。")
    _reopen()
    _choose(next(iter(READY)))


def _tell() -> None:
    """What came of the last click."""
    done, said = st.session_state.pop(_SAID, (True, ""))
    if said:
        (st.success if done else st.error)(show.plain(said))


def _wall(choices: Mapping[str, str]) -> None:
    """The address that a wall is set up by."""
    st.markdown("### 上大屏")
    with st.container(horizontal=True, gap="small"):
        every = st.selectbox("多久换一屏", list(EVERY), index=1, format_func=EVERY.get, key="wall_every")
        dim = st.selectbox("夜间调暗", list(NIGHTS), format_func=NIGHTS.get, key="wall_dim")
        theme = st.selectbox("底色", list(GROUNDS), format_func=GROUNDS.get, key="wall_theme")
    query = {**choices, "every": every, "dim": dim, "theme": theme}
    url = go.beside("kiosk", {key: str(value) for key, value in query.items() if value})
    st.code(url, language=None, wrap_lines=True)
    if urlsplit(url).hostname in ("127.0.0.1", "localhost"):
        st.caption("▲ 这是本机的地址，别的电脑打不开：另用一台电脑放大屏，先请管理员按部署说明开放。")
    st.caption("在大屏的电脑上打开这个地址；评价期不写，就一直显示最新一期。按 F 或点一下全屏。")
    st.link_button("在新窗口打开大屏", url, icon=":material/tv:")
