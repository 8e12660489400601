"""The look in one place: design tokens, their twins on dark ground, and the Altair configuration every chart carries.

A chart is specified in the colours of light ground, as it stands on paper. On a screen each colour is a CSS variable that
`style` defines: the browser puts in the twin on dark ground where that is what the reader chose, and the light one in print.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

GROUND, INK, QUIET, LINE = "#FFFFFF", "#1F2933", "#5B6773", "#D9DEE4"
BLUE, RED, AMBER, GREEN = "#1D4F91", "#C0362C", "#C98A1B", "#2E7D4F"
TIER_COLOURS = {"第一方阵": "#1D4F91", "第二方阵": "#7C9FCB", "第三方阵": "#B4BCC6"}
BEHIND, AHEAD = "#C98A1B", "#1D4F91"
STATUS_COLOURS = {
    "逾期未达标": RED,
    "滞后": RED,
    "有风险": AMBER,
    "正常推进": BLUE,
    "已达标": GREEN,
    "口径不一致": "#8592A0",
    "有目标无现值": "#B4BCC6",
}
# Parts of a whole: three above the median, three below, the rest; dark to light, apart also in grey.
ABOVE_COLOURS = ("#1D4F91", "#5A8AC6", "#9DBFE8")
BELOW_COLOURS = ("#A8640A", "#DFA545", "#F3D48F")
REST = "#E0E4E9"
# Bands of a heat map, each far enough from ink, or from white (LIGHT_BANDS), for its words to be read.
NO_VALUE = {"score": "▨ 缺数", "rank": "▨ 缺数", "change": "▨ 缺数或没有上期"}
SCORE_BANDS = {"0–20": "#F1F5FA", "20–40": "#D0DFF0", "40–60": "#A3C1E3", "60–80": "#3F6FAE", "80–100": "#143C73"}
PLACE_BANDS = {"第一方阵": "#1D4F91", "第二方阵": "#A3C1E3", "第三方阵": "#EEF1F4"}
CHANGE_BANDS = {
    "下降 10 分以上": "#8A5200",
    "下降 5–10": "#DFA545",
    "下降 1–5": "#F6E3C0",
    "升降不到 1": "#EEF1F4",
    "上升 1–5": "#D0DFF0",
    "上升 5–10": "#8FB3DD",
    "上升 10 分以上": "#1D4F91",
}
LIGHT_BANDS = frozenset({"60–80", "80–100", "第一方阵", "下降 10 分以上", "上升 10 分以上"})
PRESENCE_COLOURS = {"● 有": BLUE, "◐ 暂定": AMBER, "◇ 演示": "#B4BCC6", "○ 缺": RED}
# How what is due on a day stands; the words of lib.core.campaign.
REPORT_COLOURS = {"按时": BLUE, "迟报": AMBER, "逾期未报": RED, "未到期": "#B4BCC6", "公示前": REST, "未公示": REST}
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
        "gridColor": "#EBEEF2",
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
    "#7C9FCB": "#4C7DB5",
    "#B4BCC6": "#5E6B78",
    "#8592A0": "#8592A0",
    "#5A8AC6": "#5C92D2",
    "#9DBFE8": "#35597F",
    "#A8640A": "#F2B866",
    "#DFA545": "#B98128",
    "#F3D48F": "#6F5320",
    "#E0E4E9": "#2C3742",
    "#F1F5FA": "#1B2530",
    "#D0DFF0": "#20384F",
    "#A3C1E3": "#2B557F",
    "#3F6FAE": "#76A9E0",
    "#143C73": "#B9D7F7",
    "#EEF1F4": "#1F2932",
    "#8A5200": "#F2B866",
    "#F6E3C0": "#4A3A1C",
    "#8FB3DD": "#33618F",
    "#EBEEF2": "#232D37",
    "#E7C78A": "#8A6A2A",
    "#7FA6D6": "#4C7DB5",
    "#9DB7D9": "#416690",
    "#E3E8EE": "#26313B",
    "#B9C4D0": "#465462",
    "#CDD4DC": "#3D4A57",
    "#F7F8F9": "#171F27",
    "#AEB7C1": "#56636F",
    "#4E8FD0": "#5FA3E6",
    "#DDE4EC": "#2E3944",
    "#8FA9CB": "#5578A3",
    "#B9C9DF": "#37506E",
    "#B9C2CC": "#56636F",
    "#E9F0F9": "#1D2C3D",
    "#0F7C86": "#4FC3CD",
    "#8A5A9E": "#C08FD6",
    "#7A6A2F": "#CDBB6A",
    "#D5DBE1": "#364350",
    "#E6EEF8": "#1A2735",
    "#F1F4F8": "#18212A",
    "#FAFAFA": "#151C23",
    "#F7F8FA": "#1A222B",
    "#E0A94A": "#B98128",
    "#F4F5F6": "#1B232B",
    "#9AA5B1": "#74818E",
    "#4A7DBB": "#6A9BD4",
    "#7FA8D6": "#4C7DB5",
    "#AFCAE8": "#335D88",
    "#D6E4F3": "#22384E",
    "#8FB3DC": "#335D88",
    "#DDE2E8": "#2C3742",
    "#EBC98A": "#6F5320",
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
}
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def variable(colour: str) -> str:
    """The CSS variable that stands for a token's colour; a colour without a twin stays what it is."""
    return f"var(--c-{colour[1:].lower()})" if colour.upper() in DARK else colour


def on_screen(part: Any) -> Any:
    """A specification, or a part of one, with CSS variables in place of the tokens' colours."""
    if isinstance(part, str):
        return _COLOUR.sub(lambda found: variable(found[0]), part)
    if isinstance(part, list):
        return [on_screen(each) for each in part]
    return {key: on_screen(value) for key, value in part.items()} if isinstance(part, dict) else part


@cache
def style(dark: bool) -> str:
    """The CSS variables of all tokens: by their colour on light ground, and the main ones by name. Paper is always light."""
    light = _variables({colour: colour for colour in DARK})
    return f":root {{ {light} }}" + (f" @media screen {{ :root {{ {_variables(DARK)} }} }}" if dark else "")


def _variables(twins: dict[str, str]) -> str:
    named = [f"--{name}: {twins[colour]};" for name, colour in _NAMED.items()]
    return " ".join([*named, *(f"--c-{colour[1:].lower()}: {twin};" for colour, twin in twins.items())])
