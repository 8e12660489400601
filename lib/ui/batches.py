"""Batches for the page that lists them: their values, their files, taking them back."""

from __future__ import annotations

from pathlib import PurePath

import pandas as pd
import streamlit as st

from lib.store import batches as store
from lib.store import default_path
from lib.store.events import events as trail
from lib.store.files import content
from lib.ui import loaders
from lib.view import intake as tables

SHOWN = 2_000


@st.cache_resource(max_entries=8, show_spinner=False)
def values(version: str, batch: int) -> pd.DataFrame:
    """A batch's values with their addresses."""
    return store.values(default_path(), batch)


@st.cache_resource(max_entries=8, show_spinner=False)
def value_table(version: str, batch: int) -> pd.DataFrame:
    """The same for reading. Not to be changed."""
    book = loaders.load_catalog(version)
    return tables.value_table(values(version, batch), book.short_names, book.measures)


@st.cache_resource(max_entries=8, show_spinner=False)
def changes_if_withdrawn(version: str, batch: int) -> pd.DataFrame:
    """What withdrawing it would change."""
    return store.changes_if_withdrawn(default_path(), batch)


@st.cache_resource(max_entries=8, show_spinner=False)
def withdrawal_table(version: str, batch: int) -> pd.DataFrame:
    """The first of the same for reading. Not to be changed."""
    book = loaders.load_catalog(version)
    found = changes_if_withdrawn(version, batch).head(SHOWN)
    return tables.withdrawal_table(found, book.short_names, book.measures)


@st.cache_resource(max_entries=8, show_spinner=False)
def changes_if_republished(version: str, batch: int) -> pd.DataFrame:
    """What publishing it again would change."""
    return store.changes_if_republished(default_path(), batch)


@st.cache_resource(max_entries=32, show_spinner=False)
def events(version: str, batch: int) -> pd.DataFrame:
    """What happened to it, latest first."""
    return trail(default_path(), f"批次 {batch}")


def original(sha256: str) -> bytes:
    """The file as it came."""
    return content(default_path(), sha256)


def file_name(name: str) -> str:
    """A name that is safe to offer for download."""
    return PurePath(name.replace("\\", "/")).name or "原文件"


def withdraw(batch: int, user: str) -> None:
    """Takes a batch back and says what that did on the next run."""
    done = store.withdraw(default_path(), batch, user=user)
    _said(
        f"已撤回批次 {batch}：{done.restored} 个恢复为此前的数值，{done.gone} 个不再有数值"
        + (f"，{done.back} 个演示数据重新显示。" if done.back else "。")
    )


def republish(batch: int, user: str) -> None:
    """Publishes a batch again and says so on the next run."""
    store.republish(default_path(), batch, user=user)
    _said(f"已重新发布批次 {batch}。")


def _said(text: str) -> None:
    st.session_state["batch_done"] = text
    st.rerun()
