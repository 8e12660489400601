"""怎么算的: from a number to a score to a place, on one number of the data; what is assumed and what is not known."""

import streamlit as st

from lib.core import trace
from lib.ui import facts, go, show, switch
from lib.ui.context import context
from lib.ui.tiles import Pick, Tile, row
from lib.view import method as words
from lib.view import source as formula

ctx = context()
scores, name, period = ctx.scores, ctx.names[ctx.region], ctx.period
show.opening("怎么算的", words.CONCLUSION, ctx)
leaves = trace.leaves(scores, ctx.region, period)
choices = words.options(trace.between(leaves), ctx.labels)
if choices:
    code = switch.pick(
        f"拿{name}的一个数走一遍（两端之间的，失分多的在前）",
        list(choices),
        "example",
        lambda each: choices.get(each, each),
        420,
    )
    measure, found = ctx.book.measures[code], trace.scaling(scores, ctx.region, code, period)
    rows, tier = trace.climb(scores, ctx.region, code, period), scores.of(ctx.region, ctx.root, period)[2]
    with st.container(horizontal=True, gap="small", key="steps"):
        for at, step in enumerate(words.steps(found, rows, measure, tier)):
            with st.container(border=True, key=f"step-{at}", gap="small"):
                st.markdown(f"**{at + 1}　{step.name}**：{step.rule}")
                st.markdown(f"### {show.plain(step.number)}")
                st.caption(show.plain(step.words))
    st.markdown(f"**第 2 步的算式**　{formula.scaling(found, measure)}")
    title = f"第 3 步：{measure.name}怎么一级一级进{name}的总分（点数看来历）"
    show.table(words.climb(rows, ctx.labels, ctx.region, period), title=title, context=ctx)
    st.caption(words.adds_up(leaves))
else:
    st.info(f"{name}{ctx.period_label}没有失分的测度可以举例。请在左边换一个地区或评价期。")

left, right = st.columns(2, gap="large")
with left:
    st.markdown("### 哪些是假定")
    own = (f"权重：{ctx.weights_basis}。", f"方阵：{ctx.cohort.basis}。")
    st.markdown("\n".join(f"- {show.plain(each)}" for each in (*own, *words.ASSUMED)))
    st.page_link("benchmark/whatif.py", label="换一套权重试试", icon=":material/tune:", query_params={"lab": "改权重"})
with right:
    st.markdown("### 哪些还不知道")
    counts = facts.group_counts(facts.assessed_targets(ctx))
    asked = [
        Tile(group, [Pick(f"{counts[group]} 项", facts.open_targets, (group,))], said)
        for group, said in words.UNKNOWN.items()
    ]
    missing, free = scores.panel.missing(period), scores.normalised.free
    row(asked)
    row(
        [
            Tile("没有给全前沿值的测度", [Pick(f"{free} 项", go.page, ("see/indicator.py",))], "用各地的最好、最差值"),
            Tile("本期缺数", [Pick(f"{missing} 个", go.page, ("manage/completeness.py",))], "不计分，也不当 0"),
        ]
    )
    st.caption(words.level(ctx.scores.reasons, period, ctx.labels))
    st.markdown("### 哪些是真的，哪些是演示的")
    stated = sum(len(each) for each in (ctx.book.facts, ctx.book.targets, ctx.book.benchmarks))
    st.markdown(words.kinds(ctx.demo, ctx.period_label, stated))
