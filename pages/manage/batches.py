"""批次: who published what and when; withdraw, publish again, get the original file."""

import streamlit as st

from lib.export.guard import table_csv
from lib.ui import access, batches, loaders, show, switch
from lib.view import intake as tables

version = loaders.version()
book = loaders.load_catalog(version)
rows = loaders.load_batches(version).reset_index()
done = st.session_state.pop("batch_done", None)
show.heading("批次", tables.batches(rows))
if done:
    st.success(done, icon=":material/check_circle:")
if rows.empty:
    st.info("还没有批次。到“数据导入”页发布第一个文件。")
    st.stop()
show.table(tables.batch_table(rows, book.departments), title="全部批次（最近的在前）", long=True)

# The newest again at every visit: not kept from one to the next.
chosen = st.selectbox("看哪个批次", list(rows["id"]), format_func="批次 {}".format, key="batch", bind="query-params")
switch.tell("batch", f"批次 {chosen}")
batch = rows.set_index("id").loc[chosen]
st.markdown(show.plain(tables.batch_title(batch)))
left, right = st.columns([3, 2], gap="large")
with left:
    table = batches.value_table(version, int(chosen))
    title = f"批次 {chosen} 的数值（{len(table)} 个）"
    show.table(table.head(batches.SHOWN), title=title, real=f"《{batch['file']}》", long=True)
    access.download(
        "下载数值（CSV）",
        lambda: table_csv(table),
        file_name=f"批次{chosen}.csv",
        mime="text/csv",
        icon=":material/download:",
    )
    if batch["kept"]:
        access.download(
            "下载原文件",
            lambda: batches.original(str(batch["sha256"])),
            file_name=batches.file_name(str(batch["file"])),
            mime="application/octet-stream",
            icon=":material/draft:",
        )
    else:
        st.caption("这个批次由程序生成或由旧版本导入，没有保存原文件。")
with right:
    may = access.may(access.Action.PUBLISH)
    if batch["status"] == "withdrawn":
        found = batches.changes_if_republished(version, int(chosen))
        st.markdown(tables.republication(found))
        user = access.who(access.Action.PUBLISH)
        demo = tables.retiring(found)
        sure = not demo or (may and st.checkbox(f"已核对：{demo} 个演示数据将退出", key=f"again-{chosen}"))
        if may and st.button("重新发布", disabled=not (user and sure), icon=":material/publish:"):
            batches.republish(int(chosen), user)
    else:
        found = batches.changes_if_withdrawn(version, int(chosen))
        st.markdown(tables.withdrawal(found) if batch["status"] == "published" else f"将在 {batch['due']} 自动发布。")
        if len(found):
            shown = batches.withdrawal_table(version, int(chosen))
            with st.expander("撤回会改变哪些数值"):
                show.table(shown, title="现值 → 撤回后", long=len(shown) > show.LONG_ROWS)
        user = access.who(access.Action.PUBLISH)
        label = "取消发布" if batch["status"] == "scheduled" else "撤回"
        if may and st.button(label, disabled=not user, icon=":material/undo:"):
            batches.withdraw(int(chosen), user)
    if may and not user:
        st.caption("填写经办人后可以操作。")
    trail = batches.events(version, int(chosen))
    if len(trail):
        show.table(tables.event_table(trail), title="经过")
