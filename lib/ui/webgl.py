"""What the browser's window is like: asked once a session, by a component that draws nothing."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

# Of the page around a picture, in pixels, as style.css and the shell have it.
SIDEBAR, MARGINS, WIDEST, GAP, ABOVE = 232, 80, 1600, 64, 300
# From this width on all of a page is so many times as large.
WALL, LARGER = 2500, 1.75
NARROW, LOWEST, STEP, SHARE, SHAPE = 1200, 420, 20, 0.7, 0.9
# Up to this width there is no sidebar, less margin, and a page that scrolls anyway: a picture is as wide as there is room, and as high.
PHONE, PHONE_MARGINS = 640, 32
_KEPT, _KEY = "_window", "window-probe"
# A context made by software counts: it draws the same map.
_ASK = """export default function ({ parentElement, setStateValue }) {
  if (parentElement.asked) return;
  parentElement.asked = true;
  const canvas = document.createElement("canvas");
  setStateValue("seen", { webgl: Boolean(canvas.getContext("webgl2")), width: innerWidth, height: innerHeight });
}"""
_probe = st.components.v2.component("window_probe", js=_ASK)


@dataclass(frozen=True)
class Window:
    """A browser window: whether it can draw with WebGL 2, and its size in CSS pixels; unknown until it has answered."""

    webgl: bool = False
    width: int = 1366
    height: int = 768

    @property
    def scale(self) -> float:
        """How many times as large everything is drawn as on a desk."""
        return LARGER if self.width >= WALL else 1.0

    def pixels(self, width: int, height: int) -> tuple[int, int]:
        """The size on the screen of what is so large on a desk."""
        return round(width * self.scale), round(height * self.scale)


def window() -> Window:
    """The window as it was when the session first asked; without WebGL until the answer is there."""
    if _KEPT not in st.session_state:
        with st.sidebar:
            seen = _probe(key=_KEY, on_seen_change=lambda: None).seen
        if not seen:
            return Window()
        st.session_state[_KEPT] = Window(bool(seen["webgl"]), int(seen["width"]), int(seen["height"]))
    return st.session_state[_KEPT]


def columns(window: Window) -> tuple[DeltaGenerator, DeltaGenerator]:
    """A wide place for a picture and a narrow one beside it; below it where the window is narrow."""
    if window.width < NARROW:
        return st.container(), st.container()
    left, right = st.columns([SHARE, 1 - SHARE], gap="large")
    return left, right


def room(window: Window) -> tuple[int, int]:
    """Width and height of a picture in the wide place that is to be seen whole, in pixels that `scale` makes larger."""
    if window.width <= PHONE:
        width = window.width - PHONE_MARGINS
        return width, width // STEP * STEP
    across, upright = window.width / window.scale, window.height / window.scale
    page = min(across - SIDEBAR - MARGINS, across if window.scale > 1 else WIDEST)
    width = round(page) if window.width < NARROW else round((page - GAP) * SHARE)
    height = min(round(upright) - ABOVE, round(width * SHAPE))
    return max(width, LOWEST), max(height, LOWEST) // STEP * STEP
