"""What the address of a wall asks for: which screens, how long each, when it is dimmed; what is wrong in it is said, not fatal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from lib.model.errors import UserError
from lib.model.screen import Screen, read_screens

EVERY, SHORTEST, LONGEST = 20.0, 5.0, 3600.0
GROUNDS = {"light": "light", "浅色": "light", "dark": "dark", "深色": "dark"}
KNOWN = ("deck", "screens", "every", "dim", "theme", "framework", "period", "region", "compare")
_HOURS = re.compile(r"(\d{1,2})-(\d{1,2})")
Read = TypeVar("Read")


@dataclass(frozen=True)
class Wall:
    """A wall as its address asks for it; what it leaves out is None or "".

    `every` in seconds; `dim` the hours of China's time from and to which it is dimmed; `problems` what the address says that
    cannot be, each with what was expected.
    """

    every: float = EVERY
    deck: str = ""
    screens: tuple[Screen, ...] = ()
    dim: tuple[int, int] | None = None
    ground: str = ""
    problems: tuple[str, ...] = ()


def read_wall(query: Mapping[str, str], shortest: float = SHORTEST) -> Wall:
    """The wall of an address's query; no screen is shown for less than `shortest` seconds."""
    problems = [f"“{key}”不认识，可以写：{'、'.join(KNOWN)}" for key in query if key not in KNOWN]

    def read(key: str, reader: Callable[[str], Read], default: Read) -> Read:
        try:
            return reader(query[key].strip()) if query.get(key, "").strip() else default
        except UserError as error:
            problems.append(str(error))
            return default

    screens: list[Screen] = []
    for part in query.get("screens", "").replace("，", ",").split(","):
        try:
            screens.extend(read_screens(part))
        except UserError as error:
            problems.append(str(error))
    if query.get("deck") and query.get("screens"):
        problems.append("deck 和 screens 只写一个，现在按 screens 显示")
    every = read("every", lambda said: _seconds(said, shortest), EVERY)
    deck = "" if screens else query.get("deck", "").strip()
    dim = read("dim", _hours, None)
    return Wall(every, deck, tuple(screens), dim, read("theme", _ground, ""), tuple(problems))


def _seconds(said: str, shortest: float) -> float:
    wrong = f"每屏秒数 every={said} 不行，要写 {shortest:g} 到 {LONGEST:g} 的数，现在按 {EVERY:g} 秒"
    try:
        seconds = float(said)
    except ValueError as error:
        raise UserError(wrong) from error
    if not shortest <= seconds <= LONGEST:
        raise UserError(wrong)
    return seconds


def _hours(said: str) -> tuple[int, int] | None:
    found = _HOURS.fullmatch(said)
    hours = (int(found[1]), int(found[2])) if found else (0, 0)
    if hours[0] == hours[1] or max(hours) > 24:
        raise UserError(f"调暗的时间 dim={said} 不行，要写“几点-几点”，如 22-7，现在不调暗")
    return hours


def _ground(said: str) -> str:
    if said not in GROUNDS:
        raise UserError(f"底色 theme={said} 不行，要写 light（浅色）或 dark（深色），现在按浏览器的设置")
    return GROUNDS[said]
