"""地图: one indicator over all places of the evaluation, or the province where documents say something."""

import streamlit as st

from lib.ui import appearance, card, facts, go, show, subject, switch, webgl
from lib.ui.context import context
from lib.view import charts, maps, sentences, tables
from lib.view.deck import county_deck

MEMBERS, PROVINCE = "参评各地", "全省各市"
AUTOMATIC, PLAIN = "自动", "平面"

ctx = context()
window = webgl.window()
width, height = webgl.room(window)
head = st.container()


def members() -> None:
    """The places that are ranked together, by what is chosen."""
    with bar:
        code = subject.choose(ctx, "看哪个指标")
        way = switch.one("按什么着色", maps.WAYS, "map_by")
        style = switch.one("地图样式", [AUTOMATIC, PLAIN], "map_style")
    outlines = maps.for_members(ctx.cohort.members)
    moved = ctx.moved(code)
    classes = maps.classes(way, moved)
    rows = tables.map_rows(moved, way, classes, outlines, ctx.names, ctx.region)
    name = subject.name(ctx, code)
    with head:
        show.opening("地图", sentences.mapped(rows, classes.words, name, ctx.period_label), ctx)
    reason = ctx.scores.reasons.get((ctx.period, code))
    if reason:
        st.info(f"{name}在{ctx.period_label}不计分：{reason}。请换一个指标或评价期。")
        return
    left, right = webgl.columns(window)
    with left:
        title = f"{ctx.period_label}{name}（{way}；点一个地方就关注它）"
        if way == maps.CHANGE and ctx.before is None:
            st.info(f"{ctx.period_label}没有可以相比的上一期，各地的名次变化都是缺数。")
        about = {"title": title, "context": ctx, "click": go.region, "remarks": maps.remarks(outlines)}
        plain = (charts.county_map, rows, outlines, classes, height)
        if style == AUTOMATIC and window.webgl:
            size, dark = window.pixels(width, height), appearance.dark()
            show.deck(lambda turn: county_deck(rows, outlines, size, turn, dark), *plain, height=size[1], **about)
        else:
            show.chart(*plain, **about)
    with right:
        card.standing(ctx, name, moved)
        counts = tables.class_rows(rows, classes)
        show.chart(
            charts.class_bars,
            counts,
            classes,
            len(counts) * charts.ROW,
            title="各档几地",
            context=ctx,
            remarks=(classes.method,),
        )


def province() -> None:
    """What documents say of cities of the province; nothing else is known of them."""
    places = facts.places_of_cities(ctx, maps.places(maps.PROVINCE)["region"])
    cited = facts.cited(ctx, places)
    with head:
        show.opening("地图", sentences.city_places(places, ctx.names), ctx, real=True)
    left, right = webgl.columns(window)
    with left:
        show.chart(
            charts.county_map,
            tables.province_rows(places, ctx.names),
            maps.PROVINCE,
            maps.STATED,
            height,
            title="河南省各市在全省营商环境评价中的最近的名次（点有名次的市看原文）",
            context=ctx,
            real=cited,
            click=lambda region: go.source(tables.province_sources(places).get(region, "")),
            remarks=maps.remarks(maps.PROVINCE),
        )
    with right:
        listed = tables.province_table(places, ctx.names)
        show.table(listed, title="文件中的名次", context=ctx, real=cited)
        st.caption(f"{maps.STATED.method}；其他市没有数据，不作推测。")


bar = st.container(horizontal=True)
with bar:
    area = switch.one("范围", [MEMBERS, PROVINCE], "map_area")
members() if area == MEMBERS else province()
