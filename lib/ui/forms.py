"""Small forms of the manage pages: the template, the choice of sheets."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib import office
from lib.model import Issue, Period
from lib.model.access import Action
from lib.office import OfficeFile
from lib.snapshot import sort_periods
from lib.store import default_path, words
from lib.ui import access, intake, loaders, show
from lib.ui.intake import Draft
from lib.ui.publishing import XLSX
from lib.view import intake as tables


def template(version: str) -> None:
    """The form that departments fill in: framework, period, whose measures, with or without the present values."""
    book = loaders.load_catalog(version)
    st.markdown("### 填报模板")
    st.caption("按指标体系和评价期生成，地区、测度已填好，下拉选择；填好后从上面传回。")
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    code = left.selectbox("指标体系", list(book.titles), format_func=book.titles.get, key="template_framework")
    text = middle.text_input(
        "评价期", key="template_period", value=_next_period(version, code), placeholder="如 2021年一季度"
    )
    prefilled = right.checkbox("预填已有的真实数值", key="template_present", value=True)
    period = intake.asked_period(text)
    if period is None:
        st.error(f"“{text}”不是评价期。可以写 2020年、2020年上半年、2020年三季度、2020-09。")
        return
    name = f"填报表-{book.titles[code]}-{period}.xlsx"
    access.download(
        "下载填报模板（XLSX）",
        lambda: office.form(default_path(), code, period, prefilled=prefilled),
        file_name=name,
        mime=XLSX,
        icon=":material/download:",
        key="template_download",
    )


def _next_period(version: str, framework: str) -> str:
    """The period after the latest that has values."""
    scores = loaders.load_scores(version, framework)
    if scores is None:
        return ""
    return Period.parse(sort_periods(list(scores.panel.periods))[0]).shift(1).label


def remembered(version: str) -> None:
    """What departments' words were said to mean, and forgetting one."""
    known = words.words(default_path())
    if known.empty:
        return
    book = loaders.load_catalog(version)
    meanings = {**intake.measure_labels(version), **{code: region.name for code, region in book.regions.items()}}
    with st.expander(f"记住的列名和地名 {len(known)} 个"):
        show.table(tables.word_table(known, book.departments, meanings), title="下次遇到就这样读", long=True)
        keys = [(row.department, row.kind, row.text) for row in known.itertuples()]
        chosen = st.selectbox(
            "忘记哪一个", keys, format_func=lambda key: f"{key[2]}（{book.departments.get(key[0], '全部单位')}）"
        )
        user = access.who(Action.PUBLISH)
        if st.button("忘记", disabled=not user, icon=":material/delete:"):
            words.forget(default_path(), *chosen, user=user)
            st.rerun()


def sheets(opened: OfficeFile) -> tuple[str, ...]:
    """Which sheets of a workbook to read; none chosen means all."""
    names = [grid.sheet for grid in opened.grids]
    if len(names) < 2:
        return ()
    chosen = st.pills(
        f"《{opened.name}》读哪些工作表（不选则全部）",
        names,
        selection_mode="multi",
        key=f"sheets-{opened.sha256}",
        wrap=True,
    )
    return tuple(chosen)


def tab(draft: Draft, crossed: Sequence[Issue]) -> str:
    """A file's name with how it stands."""
    errors = len(draft.reading.errors) + sum(issue.file == draft.opened.name for issue in crossed)
    state = f"{errors} 处错误" if errors else f"{len(draft.reading.rows)} 个数值"
    return f"{draft.opened.name}（{state}）"
