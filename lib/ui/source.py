"""溯源: the panel that says where a number comes from, opened by a click on it and kept in the address."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib.core import trace
from lib.core.score import METHOD_VERSION
from lib.model import Period
from lib.model.source import Origin, Source, score, value
from lib.store import batches as store
from lib.store import default_path
from lib.ui import access, entry, go, loaders, show
from lib.ui.batches import file_name
from lib.ui.context import Context
from lib.ui.facts import stated
from lib.view import source as words
from lib.view import text
from lib.view.table import Table


def panel(context: Context) -> None:
    """Opens the panel while the address names a number."""
    go.listen()
    if go.SOURCE in st.query_params:
        _panel(context)


def _close() -> None:
    st.query_params.pop(go.SOURCE, None)


@st.dialog("这个数从哪里来", width="medium", icon=":material/account_tree:", on_dismiss=_close)
def _panel(context: Context) -> None:
    found = Source.parse(st.query_params.get(go.SOURCE, ""))
    if found is None:
        st.info("这个地址没有指明是哪个数。请关上这个窗口，点一下表里的数。")
    elif found.origin is Origin.FACT:
        _fact(context, found)
    elif not _on_screen(context, found):
        st.info(
            "现在没有这个数：它的指标、地区或评价期不在左边所选指标体系的数据里。可以换一个指标体系；也可能那一期的数据已经撤回。"
        )
    elif found.origin is Origin.SCORE:
        _score(context, found)
    else:
        _value(context, found)


def _on_screen(context: Context, found: Source) -> bool:
    scores = context.scores
    known = found.code in scores.framework.index or found.code in context.book.measures
    return known and found.region in scores.panel.regions and found.period in scores.panel.periods


def _fact(context: Context, found: Source) -> None:
    row = context.fact(found.code)
    if row is None:
        st.info("没有这条原文记录。")
        return
    document = context.book.documents.loc[row["document"]]
    st.markdown(f"#### {show.plain(context.named.get(row['code'], row['code']))}：{show.plain(stated(row))}")
    st.markdown(f"> {show.plain(row['quote'])}")
    _table(words.fact(row, document, stated(row), context.names.get(row["region"], row["region"])))
    st.caption(f"原文记录编号 {found.code}。引号内是文件原文，未作改动。")


def _score(context: Context, found: Source) -> None:
    framework, scores = context.framework, context.scores
    if found.code not in framework.index:
        st.info("现在选的指标体系里没有这个指标。")
        return
    total, place, tier = scores.of(found.region, found.code, found.period)
    name = "总分" if found.code == context.root else context.labels[found.code]
    of = trace.ranked(scores, found.code, found.period)
    st.markdown(
        f"#### {context.names[found.region]} {Period.parse(found.period).label} {show.plain(name)}："
        f"{text.number(total, 2)} 分，{text.place(place)}（{of} 地有得分，{text.tier(tier)}）"
    )
    if found.code in framework.children:
        st.markdown(
            "得分 = 各下级得分按占比相加（缺数的下级不计，占比在有数的下级之间重新分配）。点下级的数，看它怎么来。"
        )
        rows = trace.parts(scores, found.region, found.code, found.period)
        _table(words.parts(rows, context.labels, found.region, found.period))
        st.caption(f"权重：{context.weights_basis}；计分方法第 {METHOD_VERSION} 版。")
    else:
        measure = context.book.measures[found.code]
        st.markdown(words.scaling(trace.scaling(scores, found.region, found.code, found.period), measure))
        _step("看现值出自哪个文件", value(found.region, found.code, found.period))
    if found.code != context.root:
        parent = framework[found.code].parent
        _step(f"看它在“{context.labels[parent]}”里占多少", score(found.region, parent, found.period))


def _value(context: Context, found: Source) -> None:
    measure = context.book.measures.get(found.code)
    if measure is None:
        st.info("没有这个测度。")
        return
    head = f"#### {context.names[found.region]} {Period.parse(found.period).label} {show.plain(measure.name)}"
    rows = store.history(default_path(), found.code, found.period, found.region)
    now = context.standing(found.region, found.code, found.period)
    if now is None:
        st.markdown(head)
        st.info("没有报送这个数。缺数就是缺数，不按 0 计。")
    elif not pd.isna(now["other_batch"]):
        _derived(context, found, head)
    else:
        st.markdown(f"{head}：{text.quantity(now['value'], measure.unit, 10)}")
        row = next(rows[rows["batch"] == now["batch"]].itertuples())
        _table(words.value(row, measure))
        _original(context, int(row.batch))
    _proofs(context, found)
    if len(rows) > 1 or (now is None and len(rows)):
        st.markdown("**这个数的历次发布**（现值在最前）" if now is not None else "**这个数的历次发布**（都已不作数）")
        _table(words.history(rows, measure.decimals))
    if found.code in context.framework.index:
        _step("看它怎么变成得分", score(found.region, found.code, found.period))


def _derived(context: Context, found: Source, head: str) -> None:
    measure = context.book.measures[found.code]
    rows = context.values_of(found.region, found.period)
    st.markdown(f"{head}：{text.quantity(rows.get(found.code), measure.unit, 10)}")
    parts = {code: context.book.measures[code] for code in (measure.numerator, measure.denominator)}
    st.markdown(
        f"计算得出：{' ÷ '.join(part.name for part in parts.values())} × {measure.per:g} = "
        + " ÷ ".join(text.quantity(rows.get(code), part.unit, 10) for code, part in parts.items())
        + f" × {measure.per:g}"
    )
    for code, part in parts.items():
        _step(f"看“{part.name}”出自哪个文件", value(found.region, code, found.period))


def _original(context: Context, batch: int) -> None:
    about = loaders.load_batches(context.version).loc[batch]
    if about["kept"]:
        name = file_name(about["file"])
        access.download(
            "下载报送的原文件",
            lambda: entry.content(about["sha256"]),
            file_name=name,
            mime="application/octet-stream",
            icon=":material/download:",
            key="source-original",
            on_click="ignore",
        )


def _proofs(context: Context, found: Source) -> None:
    rows = entry.proofs(context.version)
    of_value = (rows["measure"] == found.code) & (rows["period"] == found.period) & (rows["region"] == found.region)
    for row in rows[of_value].itertuples():
        access.download(
            show.plain(f"佐证材料：{row.name}"),
            lambda sha256=row.sha256: entry.content(sha256),
            file_name=file_name(row.name),
            mime="application/octet-stream",
            icon=":material/attach_file:",
            key=f"source-proof-{row.id}",
            on_click="ignore",
        )


def _step(label: str, address: str) -> None:
    st.button(
        label,
        icon=":material/arrow_forward:",
        type="tertiary",
        key=f"step:{address}",
        on_click=go.source,
        args=(address,),
    )


def _table(table: Table) -> None:
    """A small table of the panel; it is not among what the page has drawn."""
    show.listing(table, "来源")
