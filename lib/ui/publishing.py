"""The steps of the way in, as they stand on screen: what was read, what is wrong, what would change, publish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from zlib import crc32

import pandas as pd
import streamlit as st

from lib.core.difference import jumps
from lib.export.guard import table_xlsx
from lib.export.markup import marked_up
from lib.model import Issue, Period, Severity
from lib.store.events import today
from lib.ui import access, intake, loaders, show
from lib.ui.intake import Change, Draft
from lib.view import intake as tables

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200


def questions(version: str, drafts: Sequence[Draft], department: str, turn: int) -> dict:
    """The words that are not understood, with an answer to choose for each; returns what was said.

    Answers are kept while files are added and taken away.
    """
    asked = intake.questions(version, drafts, department)
    if asked.empty:
        return {}
    given = st.session_state.setdefault(f"given-{turn}", {})
    listed = crc32("|".join(asked["kind"] + asked["text"]).encode())
    if st.session_state.get("asked") != (turn, listed):
        st.session_state["asked"] = (turn, listed)
        st.session_state["asked_from"] = dict(given)
    start = st.session_state["asked_from"]
    keys = list(zip(asked["kind"], asked["text"], strict=True))
    asked = asked.assign(
        识别为=[start.get(k, ("", ""))[0] for k in keys], 单位=[start.get(k, ("", ""))[1] for k in keys]
    )
    title = st.container()
    st.caption(
        "“建议”按名称相近给出，不会自动采用：双击“识别为”选择，不选的列不导入。单位以文件里写的为准；文件没写，或要改，才在“单位”里选。"
    )
    regions = loaders.load_catalog(version).cohorts[intake.COHORT].members
    names = [loaders.load_catalog(version).regions[code].name for code in regions]
    shown = asked.assign(类别=asked["kind"].map(intake.KINDS)).rename(columns={"text": "文件里的写法"})
    choices = [intake.IGNORE, *names, *intake.measure_labels(version).values()]
    edited = st.data_editor(
        shown[["类别", "文件里的写法", "建议", "识别为", "单位"]],
        column_config={
            "识别为": st.column_config.SelectboxColumn(options=choices, width="large"),
            "单位": st.column_config.SelectboxColumn(options=intake.UNIT_CHOICES),
        },
        disabled=["类别", "文件里的写法", "建议"],
        hide_index=True,
        key=f"answers-{turn}-{listed}",
        placeholder="",
        alt="待确认的列名、指标和地区",
    )
    answered = asked.assign(识别为=edited["识别为"].fillna(""), 单位=edited["单位"].fillna(""))
    left = int((answered["识别为"] == "").sum())
    title.markdown(f"### 待确认：{left} 处" if left else "### 待确认：都已回答")
    given.update(zip(keys, zip(answered["识别为"], answered["单位"], strict=True), strict=True))
    return intake.answers(version, answered)


def what_was_read(version: str, draft: Draft) -> None:
    """The first rows of a file's tables under what each column was taken for."""
    for sheet, rows in intake.head(draft.opened, draft.reading, version):
        st.caption(f"工作表「{sheet}」" if sheet else "表头和前几行（每列上方是识别结果）")
        st.dataframe(rows, width="stretch", alt=f"{draft.opened.name} 的前几行")
    if not draft.reading.sheets:
        for grid in draft.opened.grids[:3]:
            st.caption(f"没有识别出表格，原文前几行{f'（工作表「{grid.sheet}」）' if grid.sheet else ''}：")
            st.dataframe(intake.first_rows(grid), width="stretch", alt=f"{draft.opened.name} 的前几行")


def problems(draft: Draft, more: Sequence[Issue] = ()) -> None:
    """Errors, then warnings, then remarks of one file, and the file with its problems marked."""
    issues = [*draft.reading.issues, *more]
    counts = tables.counted(issues)
    for level, label in tables.LEVELS.items():
        found = [issue for issue in issues if issue.severity is level]
        if not found:
            continue
        if level is Severity.ERROR:
            st.error(f"{counts[label]} 处错误，改正后才能发布。", icon=":material/error:")
            show.table(_issues(found), title="错误", long=len(found) > show.LONG_ROWS)
        else:
            with st.expander(f"{label} {counts[label]} 条", expanded=level is Severity.WARNING):
                show.table(_issues(found), title=label, long=len(found) > show.LONG_ROWS)
    if counts["错误"] or counts["提醒"]:
        access.download(
            "下载标注好的文件（XLSX）",
            lambda: marked_up(intake.sheets_to_mark(draft.opened), issues),
            file_name=f"{draft.opened.name.rsplit('.', 1)[0]}-标注.xlsx",
            mime=XLSX,
            key=f"marked-{draft.opened.sha256}",
            icon=":material/download:",
        )


def _issues(found: Sequence[Issue]) -> pd.DataFrame:
    """Issues of one file, whose name stands above them."""
    return tables.issue_table(found[:SHOWN]).drop(columns="文件", errors="ignore")


def difference(version: str, found: Change) -> pd.DataFrame:
    """New, changed, unchanged, jumping and missing values; returns the jumps."""
    book = loaders.load_catalog(version)
    narrow, _ = st.columns([1, 3])
    threshold = narrow.number_input(
        "变化超过多少提醒核对（%）",
        min_value=1,
        max_value=1000,
        value=50,
        step=10,
        key="threshold",
        persist_state="session",
    )
    leaps = jumps(found.compared, threshold / 100)
    st.markdown(tables.difference(found.counts, len(leaps), len(found.gone), len(found.kept)))
    rows = {
        "变化大，请核对": leaps,
        "变更（现值 → 新值）": found.compared[found.compared["state"] == "changed"],
        "新增": found.compared[found.compared["state"] == "new"],
    }
    for title, part in rows.items():
        if len(part):
            table = tables.change_table(part.head(SHOWN), book.short_names, book.measures)
            if title == "新增":
                with st.expander(f"新增 {len(part)} 个" + (f"（显示前 {SHOWN} 个）" if len(part) > SHOWN else "")):
                    show.table(table.drop(columns="现值"), title=title, long=True)
            else:
                many = f"（{len(part)} 个，显示前 {SHOWN} 个）" if len(part) > SHOWN else f"（{len(part)} 个）"
                show.table(table, title=title + many, long=len(part) > show.LONG_ROWS)
    if len(found.gone):
        with st.expander(f"上期有、这次没有 {len(found.gone)} 个"):
            table = tables.gone_table(found.gone.head(SHOWN), book.short_names, book.measures)
            show.table(table, title="可能漏报", long=True)
    if len(found.kept):
        with st.expander(f"这次没有报、继续使用的现值 {len(found.kept)} 个"):
            rest = found.kept.head(SHOWN).rename(columns={"value": "last"})
            table = tables.gone_table(rest, book.short_names, book.measures).rename(columns={"上期数值": "现值"})
            show.table(table, title="要停用这些值，请撤回原来的批次", long=True)
    whole = tables.change_table(found.compared, book.short_names, book.measures)
    notes = [tables.difference(found.counts, len(leaps), len(found.gone), len(found.kept))]
    access.download(
        "下载全部对照（XLSX）", lambda: table_xlsx({"对照": whole}, notes), file_name="数据对照.xlsx", mime=XLSX
    )
    return leaps


def effects(version: str, found: Change) -> None:
    """Who would gain or lose places if this were published."""
    book = loaders.load_catalog(version)
    if not found.effects:
        st.markdown("不影响任何指标体系的得分和名次。")
        return
    labels = [f"{book.titles[each.framework]}　{Period.parse(each.period).label}" for each in found.effects]
    chosen = st.selectbox("看哪个排名", labels, key="effect") if len(labels) > 1 else labels[0]
    effect = found.effects[labels.index(chosen)]
    if effect.made_up:
        st.warning(
            "这一期现在显示的是演示数据，发布后全部退出；演示名次不是真实名次，不作比较。", icon=":material/warning:"
        )
    if effect.partial:
        st.warning(f"发布后，这一期 {effect.partial}，得分和名次只反映这几项。", icon=":material/warning:")
    st.markdown(f"**{chosen}**：{tables.effect(effect.rows, book.short_names)}")
    show.table(tables.effect_table(effect.rows, book.short_names), title="发布前 → 发布后")


def confirm(found: Change, leaps: int, user: str, key: str) -> tuple[str, str] | None:
    """With what note, on which day to publish; None until the button is pressed with everything in order."""
    middle, right = st.columns(2)
    note = middle.text_input("备注", key=f"note-{key}", placeholder="可不填")
    tomorrow = date.fromisoformat(today()) + timedelta(days=1)
    due = right.date_input("定时发布", value=None, min_value=tomorrow, key=f"due-{key}", help="不选则立即发布")
    changed = found.counts.get("changed", 0)
    sure = True
    if changed or leaps or found.retired:
        words = [f"{changed} 个现有数值将被替换"] * bool(changed) + [f"{leaps} 个变化较大"] * bool(leaps)
        words += [f"{found.retired} 个演示数据将退出"] * bool(found.retired)
        sure = st.checkbox(f"已核对：{'，'.join(words)}", key=f"sure-{key}")
    blocked = not user or not sure
    label = f"定于 {due} 发布" if due else "发布"
    pressed = st.button(label, type="primary", disabled=blocked, key=f"publish-{key}", icon=":material/publish:")
    if not user:
        st.caption("填写经办人后可以发布。")
    elif not sure:
        st.caption("勾选“已核对”后可以发布。")
    return (note.strip(), due.isoformat() if due else "") if pressed else None
