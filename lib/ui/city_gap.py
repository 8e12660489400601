"""What 对标差距 shows of the city itself: what documents state of it beside a place of the nation, and beside a county."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.core import compare, projection
from lib.model import Direction, Node, Period, source
from lib.model.declaration import Declaration
from lib.ui import facts, gap, ledger_entry, loaders, show
from lib.ui import subject as choice
from lib.ui.context import Context
from lib.view import sentences, tables, text
from lib.view.subject import Subject


@st.cache_resource(max_entries=8, show_spinner=False)
def _stated(version: str) -> pd.DataFrame:
    book = loaders.load_catalog(version)
    places = book.benchmarks.loc[book.benchmarks["axis"] == "vertical", "region"].unique()
    each = [compare.of_benchmarks(book.benchmarks, place, book.measures) for place in places]
    theirs = pd.concat(each) if each else compare.of_benchmarks(book.benchmarks, "", book.measures)
    ours = compare.of_documents(book.facts, facts.CITY, book.measures)
    words = book.benchmarks.assign(source=book.benchmarks["id"].map(source.fact)).set_index("source")
    found = compare.compare(ours, theirs, book.measures)
    return found.join(words[["before", "before_text", "quote", "document"]], on="source")


def statements(context: Context, code: str, place: str = "") -> pd.DataFrame:
    """What documents state of a benchmark place of the nation ("": of all, where the city has a value) beside the city's own,
    on the measures about a node; comparable ones first. Columns: as `core.compare`, before, before_text, quote, document."""
    rows = _stated(context.version)
    rows = rows[rows["code"].isin(compare.about(context.framework, code, context.book.measures))]
    rows = rows[rows["ours_source"] != ""] if not place else rows[rows["region"] == place]
    return rows.reset_index(drop=True)


def beside_county(context: Context, code: str) -> pd.DataFrame:
    """The city's statements beside the values of the county that is compared, with the columns of `statements`."""
    book = context.book
    wanted = compare.about(context.framework, code, book.measures)
    theirs = compare.of_values(context.scores, context.compare_code, context.period, book.measures)
    ours = compare.of_documents(book.facts, facts.CITY, book.measures)
    rows = compare.compare(ours, theirs[theirs["code"].isin(wanted)], book.measures)
    rows = rows[rows["ours_source"] != ""].reset_index(drop=True)
    return rows.assign(before=float("nan"), before_text="", quote="", document="")


def draw(context: Context, code: str, chosen: str, head: DeltaGenerator) -> None:
    """The city beside the chosen place of the nation, or all of them, and beside the county that is compared."""
    rows, county = statements(context, code, chosen), beside_county(context, code) if context.compare_code else None
    theirs = context.names[chosen] if chosen else "全国标杆"
    with head:
        words = sentences.compared(rows, "平顶山市（市级）", theirs)
        when = f"；何时赶上：{_when(context, rows)}" if (rows["gap"] > 0).any() else ""
        show.opening("对标差距", f"{choice.name(context, code)}：{words}{when}。", context, real=True)
    if not chosen:
        st.caption("选一个纵向标杆，就只看它；没有选时，列出文件收录的、平顶山市有现值可以对照的全部全国做法。")
    _draw_nation(context, rows, theirs)
    _draw_county(context, county)
    worse = rows[rows["comparable"] & (rows["gap"] > 0)]
    # Where nothing is known to be behind, what bears on the indicator at all is worth a look.
    known = worse["code"] if len(worse) else compare.about(context.framework, code, context.book.measures)
    weights = dict.fromkeys(known, 1.0)
    begun = _begun(context, code, chosen)
    gap.draw_practices(context, weights, begun, chosen, "这些差距" if len(worse) else "这个指标")
    _draw_when(context, rows, theirs)
    worst = next(iter(weights), code)
    gap.onward(begun("", worst), ledger_entry.city_task(context, worst))


def _draw_nation(context: Context, rows: pd.DataFrame, theirs: str) -> None:
    """好在哪 and 差在哪 by what documents state."""
    better, level = rows[rows["gap"] > 0], rows[rows["gap"] <= 0]
    compared = rows[rows["comparable"]]
    gap.question("好在哪", _better(context, better, theirs) if len(compared) else "没有能比的数值，说不出好在哪")
    if len(level):
        words = text.listed(
            f"{context.book.measures[row.code].name}（{context.names[row.region]}）" for row in level.itertuples()
        )
        st.markdown(f"**已经不差的 {len(level)} 项**：{show.plain(words)}。")
    refused = len(rows) - len(compared)
    words = f"；另有 {refused} 个数值没有本地现值、口径不同或没有写明，不作比较" if refused else ""
    behind = f"能比的 {len(compared)} 项里 {len(better)} 项落后" if len(compared) else "没有能比的数值，说不出差在哪"
    gap.question("差在哪", f"{behind}{words}")
    if rows.empty:
        st.info("这项指标下，文件没有收录可以对照的数值。请换一个指标或标杆，或到“寻标”页补充。")
        return
    shown = tables.compared_table(rows, context.book.measures, context.names, context.cited)
    real = _documents(context, rows)
    title = f"{theirs}与平顶山市现值（市级事实，不是县级数值）"
    show.table(
        shown.only(["测度", "标杆地区", "标杆值", "平顶山市现值", "比较"]), title=title, context=context, real=real
    )
    with st.expander("标杆的原文和出处"):
        show.table(shown.values[["测度", "标杆地区", "原文", "出处"]], title="逐项原文", context=context, real=real)


def _better(context: Context, better: pd.DataFrame, theirs: str) -> str:
    if better.empty:
        return f"能比的数值里，{theirs}没有一项更好"
    words = text.listed(
        f"{context.book.measures[row.code].name}（{context.names[row.region]}好 "
        f"{text.quantity(row.gap, context.book.measures[row.code].unit)}）"
        for row in better.itertuples()
    )
    return f"{theirs}有 {len(better)} 项更好：{show.plain(words)}"


def _draw_county(context: Context, rows: pd.DataFrame | None) -> None:
    """The city's statements beside the horizontal benchmark's values."""
    if rows is None:
        st.caption(
            f"横向：左边的对标对象是“{context.compare}”，不是一个县（市、区）；选一个县（市、区），就和它的数值对照。"
        )
        return
    gap.question("横向", show.plain(sentences.compared(rows, "平顶山市（市级）", context.compare)))
    if rows.empty:
        st.info(f"这项指标下，文件没有平顶山市的数值可以和{context.compare}对照。")
        return
    theirs = f"{context.compare}（{context.period_label}）"
    shown = tables.compared_table(rows, context.book.measures, context.names, context.cited, theirs)
    title = f"{theirs}与平顶山市现值（市级事实，据文件）"
    show.table(shown.only(["测度", theirs, "平顶山市现值", "比较"]), title=title, context=context)


def _courses(context: Context, rows: pd.DataFrame) -> list[tuple[Subject, projection.Projection]]:
    """Where the city's stated numbers lead beside each comparable benchmark, which stands still."""
    return [_course(context, row) for row in rows[rows["comparable"]].itertuples()]


def _course(context: Context, row: object) -> tuple[Subject, projection.Projection]:
    measure = context.book.measures[row.code]  # type: ignore[attr-defined]
    points = compare.course(context.book.facts, facts.CITY, measure)
    # What is stated only as a bound, or of one period, is no course: it can only be level or ahead.
    points = points or {Period.parse(row.ours_period): row.ours_value}  # type: ignore[attr-defined]
    node = context.framework[measure.code] if measure.code in context.framework.index else Node(measure.code)
    ends, goal = projection.limits(node, measure), row.theirs_value  # type: ignore[attr-defined]
    higher = measure.direction is Direction.HIGHER
    about = Subject(measure.code, measure.name, measure.unit, measure.decimals, higher, True)
    return about, projection.catch_up(list(points), list(points.values()), goal, measure.direction, *ends)


def _when(context: Context, rows: pd.DataFrame) -> str:
    """How many of those on which the city is behind have which outlook."""
    if not rows["comparable"].any():
        return "数据不足"
    settled = (projection.Outlook.AHEAD, projection.Outlook.MET)
    return sentences.outlooks([each.outlook for _, each in _courses(context, rows) if each.outlook not in settled])


def _draw_when(context: Context, rows: pd.DataFrame, theirs: str) -> None:
    """何时赶上, by the numbers that documents state over time."""
    gap.question("何时赶上", _when(context, rows))
    measures = (context.book.measures[code] for code in rows["code"].unique())
    most = max((len(compare.course(context.book.facts, facts.CITY, measure)) for measure in measures), default=0)
    st.markdown(
        f"推算至少要 {projection.MIN_POINTS} 期同口径的数值；这些测度，文件最多给出平顶山市 {most} 期"
        + ("，数据不足。以后各期通报收录进来，就能推算。" if most < projection.MIN_POINTS else "。")
    )
    known = rows[rows["comparable"]]
    if len(known):
        addresses = list(zip(known["ours_source"], known["source"], strict=True))
        shown = tables.outlook_table(_courses(context, rows), "平顶山市", theirs, addresses)
        title = f"平顶山市与{theirs}能比的 {len(shown)} 项何时赶上"
        show.table(shown, title=title, context=context, real=_documents(context, rows))


def _documents(context: Context, rows: pd.DataFrame) -> str:
    return f"{facts.cited(context, rows)}；平顶山市现值出自各期通报和报告"


def _begun(context: Context, code: str, chosen: str) -> Callable[[str, str], Declaration]:
    return lambda case, measure: Declaration(
        unit=gap.lead(context, measure),
        region=facts.CITY,
        subject=gap.subject_of(context, code, measure),
        vertical=context.names[chosen] if chosen else "",
        horizontal=context.compare if context.compare_code else "",
        practices=(case,) if case else (),
    )
