"""The look in one place: design tokens, their twins on dark ground, and the Altair configuration every chart carries.

A chart is specified in the colours of light ground, as it stands on paper. On a screen each colour is a CSS variable that
`style` defines: the browser puts in the twin on dark ground where that is what the reader chose, and the light one in print.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# Ground, words, lines; and the five colours that mean something: ours and well, late, at risk, reached.
GROUND, INK, QUIET, LINE = "#FFFFFF", "#1F2933", "#5B6773", "#D9DEE4"
BLUE, RED, AMBER, GREEN = "#1D4F91", "#C0362C", "#C2841A", "#2E7D4F"
# Blues, strong to faint, in steps that stay steps in grey.
DEEP, STRONG, SKY, SOFT, LIGHT, ICE = "#143C73", "#4373B2", "#6A96CC", "#A3C1E3", "#D0DFF0", "#F1F5FA"
# Below, behind, fallen: strong to faint.
BROWN, GOLD, SAND = "#A8640A", "#DFA545", "#E3BB6E"
# Greys: a mark that says nothing loud, the lines of others, the rest of a whole, an empty track, a place without a value.
MUTED, PALE, REST, TRACK, FAINT = "#8A96A3", "#B9C4D0", "#CDD5DD", "#EBEEF2", "#F4F6F8"
# Lines beside each other, told apart by dashes too.
TEAL, VIOLET, OLIVE = "#0F7C86", "#8A5A9E", "#7A6A2F"
# Each colour that a screen shows, and its twin on dark ground: what is light there is dark here, so that words keep their
# contrast and more stays stronger.
DARK: dict[str, str] = {
    GROUND: "#12181F",
    INK: "#E6EBF0",
    QUIET: "#A3AFBB",
    LINE: "#33404C",
    BLUE: "#7FB2EC",
    RED: "#F0857B",
    AMBER: "#E3AC49",
    GREEN: "#6CC08F",
    DEEP: "#B9D7F7",
    STRONG: "#5B8CC8",
    SKY: "#3F6CA0",
    SOFT: "#2B5279",
    LIGHT: "#20384F",
    ICE: "#1B2530",
    BROWN: "#F2B866",
    GOLD: "#8A6223",
    SAND: "#70552A",
    MUTED: "#5F6A77",
    PALE: "#465462",
    REST: "#3D4A57",
    TRACK: "#232D37",
    FAINT: "#1B232B",
    TEAL: "#4FC3CD",
    VIOLET: "#C08FD6",
    OLIVE: "#CDBB6A",
}
TIER_COLOURS = {"第一方阵": BLUE, "第二方阵": STRONG, "第三方阵": MUTED}
BEHIND, AHEAD = AMBER, BLUE
STATUS_COLOURS = {
    "逾期未达标": RED,
    "滞后": RED,
    "有风险": AMBER,
    "正常推进": BLUE,
    "已达标": GREEN,
    "口径不一致": QUIET,
    "有目标无现值": MUTED,
}
# Parts of a whole: three above the median, three below; REST for the others.
ABOVE_COLOURS, BELOW_COLOURS = (BLUE, STRONG, SKY), (BROWN, GOLD, SAND)
# Bands of a heat map, each far enough from ink, or from white (LIGHT_BANDS), for its words to be read.
NO_VALUE = {"score": "▨ 缺数", "rank": "▨ 缺数", "change": "▨ 缺数或没有上期"}
SCORE_BANDS = {"0–20": ICE, "20–40": LIGHT, "40–60": SOFT, "60–80": STRONG, "80–100": DEEP}
PLACE_BANDS = {"第一方阵": BLUE, "第二方阵": SOFT, "第三方阵": TRACK}
CHANGE_BANDS = {
    "下降 10 分以上": BROWN,
    "下降 5–10": GOLD,
    "下降 1–5": SAND,
    "升降不到 1": TRACK,
    "上升 1–5": LIGHT,
    "上升 5–10": SOFT,
    "上升 10 分以上": BLUE,
}
LIGHT_BANDS = frozenset({"60–80", "80–100", "第一方阵", "下降 10 分以上", "上升 10 分以上"})
PRESENCE_COLOURS = {"● 有": BLUE, "◐ 暂定": AMBER, "◇ 演示": MUTED, "○ 缺": RED}
# How what is due on a day stands; the words of lib.core.campaign.
REPORT_COLOURS = {"按时": BLUE, "迟报": AMBER, "逾期未报": RED, "未到期": MUTED, "公示前": REST, "未公示": REST}
FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'

CONFIG: dict[str, object] = {
    "background": GROUND,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 14,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": QUIET,
        "gridColor": TRACK,
        "domainColor": LINE,
        "tickColor": LINE,
        "labelLimit": 260,
    },
    "axisY": {"domain": False, "ticks": False, "labelPadding": 8},
    "header": {"labelFontSize": 14, "titleFontSize": 13},
    "legend": {"labelFontSize": 13, "titleFontSize": 13, "labelColor": INK, "titleColor": QUIET, "orient": "top"},
    "title": {
        "anchor": "start",
        "fontSize": 16,
        "fontWeight": 600,
        "color": INK,
        "subtitleColor": QUIET,
        "subtitleFontSize": 13,
        "offset": 12,
    },
    "text": {"font": FONT, "fontSize": 13, "color": INK},
    "bar": {"color": BLUE},
    "line": {"strokeWidth": 2.5, "color": BLUE},
}

_NAMED = {
    "ground": GROUND,
    "ink": INK,
    "quiet": QUIET,
    "line": LINE,
    "blue": BLUE,
    "red": RED,
    "amber": AMBER,
    "green": GREEN,
    "muted": MUTED,
    "pale": PALE,
    "faint": FAINT,
}
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def variable(colour: str) -> str:
    """The CSS variable that stands for a token's colour; a colour without a twin stays what it is."""
    return f"var(--c-{colour[1:].lower()})" if colour.upper() in DARK else colour


def twin(colour: str, dark: bool) -> str:
    """A token's colour as it is on dark ground, or on light."""
    return DARK[colour] if dark else colour


def on_screen(part: Any) -> Any:
    """A specification, or a part of one, with CSS variables in place of the tokens' colours."""
    if isinstance(part, str):
        return _COLOUR.sub(lambda found: variable(found[0]), part)
    if isinstance(part, list):
        return [on_screen(each) for each in part]
    return {key: on_screen(value) for key, value in part.items()} if isinstance(part, dict) else part


@cache
def style(dark: bool) -> str:
    """The CSS variables of all tokens: by their colour on light ground, and the main ones by name. Paper is always light.

    Pictures of light pages are shown less bright on dark ground."""
    light = _variables({colour: colour for colour in DARK})
    return f":root {{ {light} }}" + (
        f" @media screen {{ :root {{ {_variables(DARK)} --pictures: 0.86; }} }}" if dark else ""
    )


def _variables(twins: dict[str, str]) -> str:
    named = [f"--{name}: {twins[colour]};" for name, colour in _NAMED.items()]
    return " ".join([*named, *(f"--c-{colour[1:].lower()}: {twin};" for colour, twin in twins.items())])
