"""What a page has drawn, to be taken away: each chart as PNG and SVG, each table as XLSX and CSV."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from lib.export import picture
from lib.export.guard import table_csv, table_xlsx
from lib.ui import access
from lib.view.table import Table

_KEY = "_outputs"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HINT = re.compile(r"（[指点][^（）]*）|[；，][指点][^；（）]*(?=[）；])")
_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass
class Outputs:
    """The charts and tables of one run, by title, with the lines that say where their numbers come from."""

    charts: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = field(default_factory=dict)
    tables: dict[str, tuple[Table, tuple[str, ...]]] = field(default_factory=dict)


def begin() -> None:
    """A new run: nothing drawn yet."""
    st.session_state[_KEY] = Outputs()


def drawn() -> Outputs:
    """What has been drawn so far."""
    return st.session_state.setdefault(_KEY, Outputs())


def menu() -> None:
    """The button that lists everything on the page to be taken away; files are made when they are asked for."""
    outputs = drawn()
    if not outputs.charts and not outputs.tables:
        return
    with st.popover(
        "导出本页", icon=":material/download:", key="outputs", on_change="rerun", width="stretch"
    ) as opened:
        if not opened.open:
            return
        # Looked up by title when pressed: a slider may have redrawn the chart in between.
        for title in outputs.charts:
            _row(
                title,
                {
                    "PNG": ("image/png", lambda title=title: picture.chart_png(*_chart(outputs, title))),
                    "SVG": ("image/svg+xml", lambda title=title: picture.chart_svg(*_chart(outputs, title))),
                },
            )
        for title in outputs.tables:
            _row(
                title,
                {
                    "XLSX": (XLSX, lambda title=title: _xlsx(outputs, [title])),
                    "CSV": ("text/csv", lambda title=title: _csv(outputs, title)),
                },
            )
        if len(outputs.tables) > 1:
            _row("本页全部表格", {"XLSX": (XLSX, lambda: _xlsx(outputs, list(outputs.tables)))})


def _row(title: str, formats: dict[str, tuple[str, Callable[[], bytes]]]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(without_hint(title).replace("*", ""), width=300)
        for name, (mime, make) in formats.items():
            file = f"{_UNFIT.sub('_', without_hint(title))[:60]}.{name.lower()}"
            access.download(
                name, make, file_name=file, mime=mime, key=f"out:{title}:{name}", on_click="ignore", type="secondary"
            )


def _chart(outputs: Outputs, title: str) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    specification, notes = outputs.charts[title]
    return specification, without_hint(title), notes


def without_hint(title: str) -> str:
    """A title without what it says about clicking: that is of no use on paper."""
    return _HINT.sub("", title)


def _xlsx(outputs: Outputs, titles: list[str]) -> bytes:
    frames = {without_hint(title): outputs.tables[title][0].values for title in titles}
    notes = [line for title in titles for line in (without_hint(title), *outputs.tables[title][1])]
    return table_xlsx(frames, notes)


def _csv(outputs: Outputs, title: str) -> bytes:
    table, notes = outputs.tables[title]
    return table_csv(table.values, (without_hint(title), *notes))
