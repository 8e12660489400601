"""大屏: screens that follow each other on a wall, set up by the address.

Which screen is on is read off the clock: nothing is remembered, a restart changes nothing, several walls turn together. Two
places are drawn, the screen that is on and the one that comes next; kiosk.js changes between them when the moment has come.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from pathlib import Path

import streamlit as st

from lib.model import UserError
from lib.model.screen import WALL, Screen
from lib.model.wall import SHORTEST, Wall, read_wall
from lib.store.events import today
from lib.ui import appearance, show
from lib.ui.context import Context
from lib.ui.room import deck, selection
from lib.ui.room.compose import compose, tied
from lib.ui.room.shown import Shown, draw
from lib.view import wall as words

# Screens that are drawn at a time; faults of the address that there is room for.
PLACES, MOST = 2, 2
_LAST, _BROKEN = "_wall", "_broken_screens"
_LOG = logging.getLogger("duibiao")
_watch = st.components.v2.component("wall", js=Path(__file__).with_name("kiosk.js").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Face:
    """A screen ready to be drawn: which it is of which data, its number among how many, and what is said of its data's age."""

    shown: Shown
    what: str = ""
    number: int = 0
    total: int = 0
    said: str = ""


@dataclass(frozen=True)
class Round:
    """The faces of two turns of the clock, by turn; what to say below them; the moment they were read."""

    faces: dict[int, Face]
    wrong: tuple[str, ...] = ()
    at: float = 0.0


def run() -> None:
    """The page."""
    wall = read_wall(st.query_params.to_dict(), float(os.environ.get("DUIBIAO_KIOSK_SHORTEST", SHORTEST)))
    appearance.put(wall.ground, ["kiosk"])
    _watch(key="wall", data={"every": wall.every, "dim": wall.dim}, height=0)
    # Twice a turn: whenever in a turn the first run falls, the next screen is there before it is due.
    st.fragment(_beat, run_every=wall.every / 2)(wall)


def _beat(wall: Wall) -> None:
    """Draws the screen that is on and the next one."""
    now = time.time()
    turn = int(now // wall.every)
    try:
        read = _read(wall, turn, now)
    except Exception as error:
        read = _without(error, wall, turn)
    for turn, face in sorted(read.faces.items(), key=lambda item: item[0] % PLACES):
        with st.container(key=f"wall-{turn % PLACES}", gap=None):
            st.html(_marker(turn, face, now))
            _draw(face, f"wall-{turn % PLACES}")
    if read.wrong:
        with st.container(key="wall-wrong", gap=None):
            for line in read.wrong:
                st.markdown(show.plain(line))
    if read.at == now:
        st.session_state[_LAST] = read


def _draw(face: Face, key: str) -> None:
    """Draws a screen; one that cannot be drawn is left out until the data change, and the page is drawn again."""
    try:
        draw(face.shown, key)
    except Exception as error:
        if not face.what:
            raise
        _once(face.what, repr(error))
        st.session_state.setdefault(_BROKEN, set()).add(face.what)
        st.rerun()


def _read(wall: Wall, turn: int, now: float) -> Round:
    """What the address asks for, from the data as they are now."""
    context, problems = selection.nearest()
    screens = _screens(wall, context, problems)
    faces = {each: _face(context, screens, each) for each in range(turn, turn + PLACES)}
    return Round(faces, _listed((*wall.problems, *problems)), now)


def _without(error: Exception, wall: Wall, turn: int) -> Round:
    """What stands while nothing can be read: what stood before, or that there is nothing."""
    reason = str(error) if isinstance(error, UserError) else "数据现在读不出来"
    _once(reason, repr(error))
    again = f"每 {wall.every:g} 秒再试一次"
    last = st.session_state.get(_LAST)
    if last is not None:
        return replace(last, wrong=(f"{words.held(datetime.fromtimestamp(last.at, UTC))}，{again}：{reason}",))
    nothing = Face(Shown("大屏", "现在没有可以显示的内容", reason, again))
    return Round(dict.fromkeys(range(turn, turn + PLACES), nothing), _listed(wall.problems))


def _listed(problems: Sequence[str]) -> tuple[str, ...]:
    said = [f"地址有误：{problem}。" for problem in problems[:MOST]]
    if len(problems) > MOST:
        said[-1] += f"（另有 {len(problems) - MOST} 处）"
    return tuple(said)


def _screens(wall: Wall, context: Context, problems: list[str]) -> Sequence[Screen]:
    """The screens asked for that there can be, else the deck of a wall; what cannot be is added to the problems."""
    screens: Sequence[Screen] = wall.screens
    if wall.deck:
        try:
            screens = deck.kept(wall.deck).screens
        except UserError as error:
            problems.append(f"{error}，现在按默认的屏显示")
    found = []
    for each in screens:
        try:
            found.append(tied(context, each))
        except UserError as error:
            problems.append(str(error))
    return found or WALL.screens


def _face(context: Context, screens: Sequence[Screen], turn: int) -> Face:
    """The screen of a turn; one that cannot be shown gives its turn to the next that can."""
    broken = st.session_state.get(_BROKEN, set())
    for at in range(turn, turn + len(screens)):
        number = at % len(screens)
        what = f"{screens[number]} of {context.version}"
        if what in broken:
            continue
        try:
            shown = compose(context, screens[number])
        except Exception as error:
            _once(what, repr(error))
            continue
        if shown.empty:
            continue
        return Face(shown, what, number + 1, len(screens), "" if shown.real else _age(context))
    raise UserError("要显示的各屏都没有数据，或者都出错了")


def _age(context: Context) -> str:
    made = [str(context.snapshot.batches.at[batch, "created_at"]) for batch, _, _ in context.sources]
    return words.age(context.period_label, max(made, default=""), today())


@lru_cache(maxsize=256)
def _once(what: str, error: str) -> None:
    """What is being handled goes into the log once, not once a turn."""
    _LOG.warning("wall: %s: %s", what, error, exc_info=True)


def _marker(turn: int, face: Face, now: float) -> str:
    """What kiosk.js reads: whose turn this place is for, and that the page is alive."""
    count = f"{face.number} / {face.total}" if face.total else ""
    told = {"turn": turn, "at": round(now * 1000), "count": count, "said": face.said}
    return (
        "<i class='wall-turn' "
        + " ".join(f'data-{key}="{escape(str(value))}"' for key, value in told.items())
        + "></i>"
    )
