"""The look in one place: design tokens and the Altair configuration every chart carries."""

from __future__ import annotations

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
