"""大屏: screens that follow each other on a wall, set up by the address."""

from __future__ import annotations

from lib.model.screen import WALL
from lib.ui.room import selection
from lib.ui.room.compose import compose
from lib.ui.room.shown import draw


def run() -> None:
    """The page."""
    draw(compose(selection.stated(), WALL.screens[0]), "kiosk")
