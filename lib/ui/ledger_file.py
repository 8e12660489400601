"""A table of problems on its way to the 整改台账: what was read, what is wrong, what would be added; all or none."""

from __future__ import annotations

from functools import partial

import streamlit as st

from lib import office
from lib.core import ledger as core
from lib.export.ledger import ledger_template
from lib.ingest.ledger import LABELS, Found, Known, names_of, read_ledger
from lib.model import Issue, UserError
from lib.model.access import Action
from lib.model.ledger import Origin
from lib.store import default_path
from lib.store import ledger as store
from lib.ui import access, facts, loaders, publishing, rectifying, show
from lib.ui.context import Context
from lib.view import intake as issues
from lib.view import tables

LISTED = 200


def from_file(context: Context) -> None:
    """A table of problems: what was read, what is wrong, what would be added; all or none."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    file = left.file_uploader(
        "整改清单（XLSX、XLS、CSV；表头有“问题”“责任单位”“整改期限”等列）", key=f"ledger-file-{rectifying.turn()}"
    )
    options = {
        LABELS["origin"]: [each.value for each in Origin],
        LABELS["region"]: [context.names[code] for code in (facts.CITY, *context.cohort.members)],
    }
    with right:
        access.download(
            "下载模板（XLSX）",
            partial(ledger_template, list(LABELS.values()), options),
            file_name="整改清单模板.xlsx",
            mime=publishing.XLSX,
            icon=":material/download:",
            on_click="ignore",
        )
    if file is None:
        st.caption("列名有别的写法也认得；读出来先给您看，点了才列入。")
        return
    found = _read(context, file.name, file.getvalue())
    if isinstance(found, list) or found.issues:
        _refused(
            found if isinstance(found, list) else list(found.issues), 0 if isinstance(found, list) else len(found.rows)
        )
        return
    tasks = [row.task for row in found.rows]
    on = core.already(tasks, store.items(default_path()))
    fresh = [task for task, known in zip(tasks, on, strict=True) if not known]
    known_rows = [task for task, known in zip(tasks, on, strict=True) if known]
    st.markdown(
        f"读到 {len(tasks)} 项：**将列入 {len(fresh)} 项**，同一问题已在台账（没有销号）或重复的 {len(known_rows)} 项不再列。"
    )
    subjects = context.named
    if fresh:
        shown = tables.new_items_table(fresh, context.names, subjects)
        show.table(shown, title=f"将列入 {len(fresh)} 项", long=len(fresh) > show.LONG_ROWS)
    if known_rows:
        with st.expander(f"已在台账或重复 {len(known_rows)} 项"):
            shown = tables.new_items_table(known_rows, context.names, subjects)
            show.table(shown, title="不再列入的", long=len(known_rows) > show.LONG_ROWS)
    st.button(
        f"把 {len(fresh)} 项列入台账",
        type="primary",
        icon=":material/playlist_add:",
        disabled=not access.name(Action.EDIT) or not fresh,
        on_click=rectifying.open_all,
        args=(context, fresh),
    )
    if not access.name(Action.EDIT):
        st.caption(access.unnamed(Action.EDIT))


def _refused(found: list[Issue], count: int) -> None:
    read = f"读到 {count} 项，" if count else ""
    st.error(f"{read}有 {len(found)} 处错误，改正后再导入；现在什么都没有列入。", icon=":material/error:")
    show.table(
        issues.issue_table(found[:LISTED]).drop(columns="文件", errors="ignore"),
        title="错误",
        long=len(found) > show.LONG_ROWS,
    )


def _read(context: Context, name: str, data: bytes) -> Found | list[Issue]:
    """What a file says; why it cannot be opened."""
    return _read_once(context.version, office.digest(data), name, data, context)


@st.cache_resource(max_entries=8, show_spinner=False)
def _read_once(version: str, sha256: str, name: str, _data: bytes, _context: Context) -> Found | list[Issue]:
    try:
        return read_ledger(_data, name, _known(_context), region=facts.CITY)
    except UserError as error:
        return error.issues


def _known(context: Context) -> Known:
    """What names stand for: places, measures and indicators, departments with and without 市 before them."""
    book = context.book
    places = {code: book.regions[code] for code in (facts.CITY, *context.cohort.members)}
    bodies = loaders.load_bodies(context.version).values()
    measures = {code: (code, each.name, *each.aliases) for code, each in book.measures.items()}
    return Known(
        names_of({code: (code, each.name, each.short_name, *each.aliases) for code, each in places.items()}),
        {**names_of(measures), **names_of({code: (code, name) for code, name in book.indicators.items()})},
        names_of({name: (name, name.removeprefix("市") if len(name) > 3 else name) for name in bodies}),
    )
