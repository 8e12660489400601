"""填报和佐证: a few values typed in by hand through the same checks as a file, and the proofs of single values."""

import streamlit as st

from lib.ui import access, entry, evidence, intake, loaders, publishing, show
from lib.view import intake as tables

version = loaders.version()
book = loaders.load_catalog(version)
done = st.session_state.pop("entered", None)
turn = st.session_state.setdefault("entry_turn", 0)
show.heading("填报和佐证", "零星数值直接填：检查、发布和撤回与导入文件相同，佐证跟着数值存。")
# A place of its own, filled or not: the tabs below keep their state when it empties.
with st.container():
    if done:
        st.success("\n\n".join(done), icon=":material/check_circle:")
        st.page_link("manage/batches.py", label="到“批次”页查看或撤回", icon=":material/history:")

left, middle, right, last = st.columns(4)
indicators = {code: name for code, name in book.indicators.items() if entry.measures(version, code)}
indicator = left.selectbox("指标", list(indicators), format_func=indicators.get, key="indicator", bind="query-params")
codes = entry.measures(version, indicator)
labels = intake.measure_labels(version)
chosen = middle.selectbox("测度", ["", *codes], format_func=lambda code: labels.get(code, "全部"), key="entry_measure")
stated = right.text_input("评价期", key="entry_period", placeholder="如 2020年三季度、2020-09", persist_state="session")
period = intake.asked_period(stated)
with last:
    user = access.who(access.Action.PUBLISH)
if period is None and stated.strip():
    st.error(f"“{stated}”不是评价期。可以写 2020年、2020年上半年、2020年三季度、2020-09。")
    st.stop()
if period is None:
    st.info("先写评价期，再填数值。可以写 2020年、2020年上半年、2020年三季度、2020-09。")
    st.stop()

typing, proving = st.tabs(["填数值", "佐证材料"])
with proving:
    evidence.panel(version, [chosen] if chosen else codes, period, user)
with typing:
    blank = entry.grid(version, [chosen] if chosen else codes, period)
    st.caption("只填“新值”一列：可以从 Excel 里复制一列粘贴；缺失请留空，不要填 0；写“3小时”“94.59%”“1.2万”也能识别。")
    key = f"{indicator}-{chosen}-{period}-{turn}"
    filled = st.data_editor(
        blank.reset_index(drop=True),
        column_config={
            "新值": st.column_config.TextColumn(width="medium"),
            "暂定": st.column_config.CheckboxColumn(width="small"),
            "备注": st.column_config.TextColumn(width="large"),
        },
        disabled=["地区", "测度", "单位", "现值"],
        hide_index=True,
        height=show.ROW_HEIGHT * min(len(blank) + 1, show.LONG_ROWS) + 3,
        row_height=show.ROW_HEIGHT,
        key=f"grid-{key}",
        alt="手工填报表",
    ).set_index(blank.index)
    if not filled["新值"].fillna("").str.strip().any():
        st.stop()
    draft = intake.draft(version, entry.as_file(filled, period, indicators[indicator]), "", "", (), {})
    errors = len(draft.reading.errors)
    st.markdown(f"### {tables.reading(1, draft.reading.rows, errors)}")
    publishing.problems(draft)
    if errors or draft.reading.rows.empty:
        st.caption("“行”从表头算起：第 2 行是表中第一行。")
        st.stop()
    found = intake.change(version, (draft.opened.sha256,), intake.uploads([draft], "", ""))
    leaps = publishing.difference(version, found)
    publishing.effects(version, found)
    agreed = publishing.confirm(found, len(leaps), user, f"{key}-{draft.opened.sha256[:8]}")
    if agreed:
        note, due = agreed
        receipts = intake.publish([draft], "", {}, user=user, note=note, due=due)
        st.session_state["entered"] = [tables.receipt(file, receipt, due) for file, receipt in receipts]
        st.session_state["entry_turn"] = turn + 1
        st.rerun()
