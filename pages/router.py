"""Every page by section; the shell draws what all of them share."""

import streamlit as st

from lib.ui import access, go, how, shell, tour
from lib.ui.shell import entry

# Pages that only some may see; whoever has their address and may not is told so.
NEEDS = {
    "upload": access.Action.PUBLISH,
    "entry": access.Action.PUBLISH,
    "accounts": access.Action.ACCOUNTS,
    "trail": access.Action.AUDIT,
}
access.begin()
visitor = access.person()


def may_see(path: str) -> bool:
    """Whether the way to a page is shown to this visitor."""
    return visitor.may(NEEDS[path])


SECTIONS = {
    "看": [
        entry("see/overview.py", title="总览", icon=":material/dashboard:", default=True),
        entry("see/ranking.py", title="排名", icon=":material/leaderboard:"),
        entry("see/map.py", title="地图", icon=":material/map:"),
        entry("see/heatmap.py", title="热力图", icon=":material/grid_on:"),
        entry("see/county.py", title="县区画像", icon=":material/location_city:"),
        # Reached by the box in the sidebar.
        entry("see/search.py", title="搜索", icon=":material/search:", visible=False),
        entry("see/indicator.py", title="指标", icon=":material/query_stats:"),
    ],
    "标": [
        entry("benchmark/seek.py", title="寻标", icon=":material/travel_explore:"),
        entry("benchmark/gap.py", title="对标差距", icon=":material/compare_arrows:"),
        entry("benchmark/practices.py", title="典型做法", icon=":material/lightbulb:"),
        entry("benchmark/declaration.py", title="申报表", icon=":material/assignment:"),
        entry("benchmark/targets.py", title="目标进度", icon=":material/flag:"),
        entry("benchmark/whatif.py", title="假设推演", icon=":material/tune:"),
    ],
    "办": [
        entry("act/ledger.py", title="整改台账", icon=":material/checklist:"),
        entry("act/progress.py", title="创标进展", icon=":material/trending_up:"),
        entry("act/counters.py", title="月度计数", icon=":material/pin:"),
        entry("act/bulletin.py", title="通报材料", icon=":material/campaign:"),
    ],
    "管": [
        entry("manage/upload.py", title="数据导入", icon=":material/upload_file:", visible=may_see("upload")),
        entry("manage/entry.py", title="填报和佐证", icon=":material/edit_note:", visible=may_see("entry")),
        entry("manage/completeness.py", title="数据齐备", icon=":material/fact_check:"),
        entry("manage/batches.py", title="批次", icon=":material/history:"),
        entry("manage/accounts.py", title="账号", icon=":material/group:", visible=may_see("accounts")),
        entry("manage/trail.py", title="操作记录", icon=":material/receipt_long:", visible=may_see("trail")),
    ],
    "屏": [
        entry("screen/decks.py", title="会议和大屏", icon=":material/present_to_all:"),
        # Without navigation of their own; opened from the page above, or by their address.
        entry("screen/meeting.py", title="会议模式", visible=False),
        entry("screen/handout.py", title="会议打印稿", visible=False),
        entry("screen/kiosk.py", title="大屏", visible=False),
    ],
    "帮助": [
        entry("help/guide.py", title="一分钟导览", icon=":material/tour:"),
        entry("help/method.py", title="怎么算的", icon=":material/functions:"),
        entry("help/glossary.py", title="名词", icon=":material/menu_book:"),
    ],
}
# Pages that bring data in do not look at a framework's period: they work on an empty database too.
WITHOUT_CONTROLS = {"upload", "entry", "batches", "accounts", "trail", "guide", "glossary"}
# The room and the wall: the whole window is theirs.
BARE = {"meeting", "handout", "kiosk"}

shell.frame()
page = st.navigation(SECTIONS, position="top")
go.follow(page.url_path)
if page.url_path in BARE:
    shell.bare()
    page.run()
else:
    arrived = shell.arrived()
    shell.search_box()
    if page.url_path in WITHOUT_CONTROLS:
        shell.paper_head([page.title])
    else:
        shell.controls(page)
    # Before the page, which may stop early.
    place = shell.ground([each.url_path for pages in SECTIONS.values() for each in pages])
    how.opened(page.url_path)
    tour.invite(page.url_path)
    if page.url_path not in NEEDS or access.page(NEEDS[page.url_path]):
        page.run()
    shell.missed(arrived)
    shell.tools(place)
