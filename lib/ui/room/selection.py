"""The selection of a page without a sidebar: what its address says, in names or codes, else what was chosen in the sidebar of
another page, else the first there is."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from lib.model import Period, UserError
from lib.snapshot import sort_periods
from lib.ui import go, loaders
from lib.ui.context import BEST, MEDIAN, NATION, Context

FRAMEWORK, COMPARE = "framework", "compare"


def stated() -> Context:
    """The context that the address asks for; UserError where there are no values, or it names what is not there."""
    context, problems = nearest()
    if problems:
        raise UserError(f"地址里的{problems[0]}。")
    return context


def nearest() -> tuple[Context, list[str]]:
    """The context that the address asks for, with the first there is for what is not there, and what that is; UserError
    where there are no values."""
    version, problems = loaders.version(), []
    codes = loaders.load_framework_codes(version)
    if not codes:
        raise UserError("数据库里还没有可以计分的数值，请先到“数据导入”页上传。")
    book = loaders.load_catalog(version)
    framework = _one(FRAMEWORK, {code: book.titles[code] for code in codes}, "指标体系", problems)
    scores = loaders.load_scores(version, framework)
    assert scores is not None
    periods = sort_periods(list(scores.panel.periods))
    period = _one(go.PERIOD, {code: Period.parse(code).label for code in periods}, "评价期", problems)
    names = {code: book.short_names[code] for code in scores.panel.regions}
    region = _one(go.REGION, names, "关注地区", problems)
    compare = _one(COMPARE, {each: each for each in (BEST, MEDIAN, NATION)} | names, "对标对象", problems)
    compare = names.get(compare, compare)
    snapshot = loaders.snapshot(version)
    return Context(snapshot, framework, period, region, compare, scores), problems


def _one(key: str, known: Mapping[str, str], what: str, problems: list[str]) -> str:
    """The code that the address gives under a key, by code or name; what the session has where it gives none, which then
    stands in the address, so that it can be passed on. Of what is not there the first stands in, and it is a problem."""
    asked, first = st.query_params.get(key, ""), next(iter(known))
    if not asked:
        kept = st.session_state.get(key)
        if kept in known and kept != first:
            st.query_params[key] = known[kept]
        return kept if kept in known else first
    for code, name in known.items():
        if asked in (code, name):
            return code
    problems.append(f"{what}“{asked}”现在没有（可选：{'、'.join(known.values())}）")
    return first
