"""数据导入: files come in, are understood, shown, compared, and published."""

import streamlit as st

from lib.ui import access, forms, intake, loaders, publishing, show
from lib.view import intake as tables

version = loaders.version()
departments = {"": "不指定", **loaders.load_catalog(version).departments}
done = st.session_state.pop("published", None)
turn = st.session_state.setdefault("upload_turn", 0)
if done:
    # What was said of one file is not said of the next.
    st.session_state["asked_period"] = ""
head = st.container()
if done:
    st.success("\n\n".join(done), icon=":material/check_circle:")
    st.page_link("manage/batches.py", label="到“批次”页查看或撤回", icon=":material/history:")

files = st.file_uploader(
    "选择文件（可多选）。CSV、TXT、XLSX、XLS，编码和版式自动识别；每个不超过 20 MB",
    accept_multiple_files=True,
    key=f"files-{turn}",
)
left, right = st.columns(2)
department = left.selectbox(
    "报送单位", list(departments), format_func=departments.get, key="department", persist_state="session"
)
stated = right.text_input(
    "评价期（填了就以这里为准，表里有评价期列的除外）", key="asked_period", placeholder="如 2020年三季度、2020-09"
)
period = intake.asked_period(stated) if stated.strip() else ""
if not files:
    with head:
        show.heading("数据导入", "把各单位发来的表格原样放进来：先看识别结果和问题，确认后再发布，发布后可以撤回。")
    forms.template(version)
    forms.remembered(version)
    st.stop()
if period is None:
    st.error(f"“{stated}”不是评价期。可以写 2020年、2020年上半年、2020年三季度、2020-09。")
    st.stop()

bar = st.progress(0.0)
opened = intake.opened_files(files, bar.progress)
bar.empty()
if len(opened) < len(files):
    st.caption("内容相同的文件只读一次。")
key = "-".join(file.sha256[:8] for file in opened) + f"-{turn}"
sheets = {file.sha256: forms.sheets(file) for file in opened}
first = [intake.draft(version, file, department, period, sheets[file.sha256], {}) for file in opened]
said = publishing.questions(version, first, department, turn)
drafts = [intake.draft(version, file, department, period, sheets[file.sha256], said) for file in opened]
crossed = intake.between_files(drafts)
rows = intake.together(drafts)
likely = intake.department_in(version, drafts)
if likely and not department:
    st.info(f"文件里写着“{departments[likely]}”：选为报送单位，就会用上为它记住的列名。", icon=":material/lightbulb:")
errors = sum(len(each.reading.errors) for each in drafts) + len(crossed)
with head:
    show.heading("数据导入", tables.reading(len(drafts), rows.drop_duplicates(intake.KEY), errors))

st.markdown("### 读到什么，有什么问题")
tabs = st.tabs([forms.tab(each, crossed) for each in drafts])
for tab, each in zip(tabs, drafts, strict=True):
    with tab:
        publishing.problems(each, [issue for issue in crossed if issue.file == each.opened.name])
        publishing.what_was_read(version, each)
if rows.empty or errors:
    st.info("改好文件重新上传，或在上面填“评价期”、回答“待确认”。没有发布之前，什么都不会存进数据库。")
    st.stop()

ready = intake.uploads(drafts, department, "")
# A period may be read from a file's name: the same content under another name is another file.
named = tuple(file.name for file in opened)
chosen = (key, named, department, period, tuple(sheets.items()), tuple(sorted(said.items(), key=str)))
found = intake.change(version, chosen, ready)
st.markdown("### 与现有数据对照")
leaps = publishing.difference(version, found)
st.markdown("### 发布后的名次")
publishing.effects(version, found)
st.markdown("### 发布")
if said and department:
    st.caption(f"确认过的 {len(said)} 处对应关系会为“{departments[department]}”记住，下次自动识别。")
elif said:
    st.caption("选了报送单位，确认过的对应关系才会记住。")
user = access.who(access.Action.PUBLISH)
agreed = publishing.confirm(found, len(leaps), user, key)
if agreed:
    note, due = agreed
    receipts = intake.publish(drafts, department, said, user=user, note=note, due=due)
    st.session_state["published"] = [tables.receipt(file, receipt, due) for file, receipt in receipts]
    st.session_state["upload_turn"] = turn + 1
    st.rerun()
