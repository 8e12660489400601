"""数据齐备: county × measure of a period: there, provisional, demonstration or missing, and who is late."""

import streamlit as st

from lib.ui import completeness, show
from lib.ui.context import context
from lib.view import charts
from lib.view import intake as tables

ctx = context()
found = completeness.complete(ctx)
show.opening("数据齐备", tables.completeness(found.cells, ctx.period_label), ctx)

only = st.toggle("只看没报齐的测度", key="only_gaps", bind="query-params")
shown = found.ordered[found.ordered["gaps"] > 0] if only else found.ordered
if shown.empty:
    st.info("这一期的数据都齐了。")
else:
    count = shown["measure"].nunique()
    chart = tables.completeness_rows(shown, ctx.names, ctx.labels)
    title = f"{count} 项测度 × {len(ctx.cohort.members)} 地（缺得多的在前）"
    show.chart(charts.completeness, chart, count * charts.DENSE_ROW, title=title, context=ctx)

title = "各牵头单位报送情况（缺得多的在前）"
show.table(tables.late_table(found.late, ctx.book.departments, ctx.labels), title=title, context=ctx)
st.caption("演示数据不算已报。一项测度有几个牵头单位的，各算一次。")
