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
PRESENCE_COLOURS = {"● 有": BLUE, "◐ 暂定": AMBER, "◇ 演示": "#B4BCC6", "○ 缺": RED}
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
