"""What 对标差距 shows of a county beside a benchmark: what it does better, where we are behind, how to catch up and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
import streamlit as st

from lib.context import kept
from lib.core import explain, projection
from lib.core.gap import gaps
from lib.core.practices import bearing_on
from lib.core.profile import benchmark_scores
from lib.model import Period, source
from lib.model.declaration import Declaration
from lib.model.ledger import Task
from lib.ui import declaring, facts, go, rectifying, show, switch
from lib.ui import indicator as said
from lib.ui import subject as choice
from lib.ui.context import NATION, Context
from lib.view import charts, sentences, tables, text
from lib.view.subject import Subject
from lib.view.table import Table

THE_CITY = "平顶山市（市级，据文件）"
PARTS, DOTS = "差距分解", "得分对照"
# How many measures stand in each list, and how many periods a line goes on that meets nothing.
STRONGEST, LARGEST, CASES, FIGURES, ONWARD = 8, 10, 4, 4, 8
_KEEP = {"max_entries": 64, "show_spinner": False}


@dataclass(frozen=True)
class Comparison:
    """A county beside a benchmark on one node: scores and places on shared measures and as published (ours, theirs), what
    explains the gap, the gaps in units, what the benchmark does better, and where the courses lead, by node."""

    code: str
    explained: explain.Explanation
    published: tuple[float, float]
    places: tuple[float, float]
    gaps: pd.DataFrame
    better: pd.DataFrame
    outlooks: dict[str, projection.Projection]
    courses: dict[str, pd.DataFrame]

    @property
    def parts(self) -> pd.DataFrame:
        """What explains the gap, the largest part first."""
        return self.explained.parts

    @cached_property
    def lagging(self) -> list[str]:
        """Measures on which we are behind, the one that explains most first."""
        return list(self.parts.loc[self.parts["part"] > 0, "code"])

    @property
    def worst(self) -> str:
        """The measure that explains most; the node itself when we are behind on none."""
        return next(iter(self.lagging), self.code)

    @property
    def weights(self) -> dict[str, float]:
        """How much of the gap each measure explains on which we are behind."""
        return dict(zip(self.parts["code"], self.parts["part"].clip(lower=0), strict=True))


def comparison(context: Context, code: str) -> Comparison:
    """The county and the benchmark on a node."""
    chosen = (context.framework_code, context.period, context.region, context.compare)
    return _comparison(context.version, *chosen, code, context)


@st.cache_resource(**_KEEP)
def _comparison(
    version: str, framework: str, period: str, region: str, compared: str, code: str, _context: Context
) -> Comparison:
    scores, tree = _context.scores, _context.framework
    ours = scores.score[scores.panel.periods.index(period), scores.panel.regions.index(region)]
    theirs = _marks(_context)
    places = explain.places_of(scores, period, theirs)
    found = explain.explain(tree, code, ours, theirs, scores.options.aggregate)
    table = gaps(scores, region, period, _context.benchmark)
    table = table[table["code"].isin(tree.below(code))].reset_index(drop=True)
    better = explain.better_at(table, tree, ours, theirs)
    # In the order of what explains the gap below, so that the first is the first there too.
    order = {each: i for i, each in enumerate(found.parts["code"])}
    better = better.sort_values("code", key=lambda codes: codes.map(order).fillna(len(order)), kind="stable")
    better = better.reset_index(drop=True)
    better = better.assign(place=[places[tree.index[each]] for each in better["code"]])
    at, (_, rank, _) = tree.index[code], scores.of(region, code, period)
    lagging = found.parts.loc[found.parts["part"] > 0, "code"]
    outlooks, courses = _outlooks(_context, list(dict.fromkeys([code, *lagging])))
    return Comparison(
        code, found, (float(ours[at]), float(theirs[at])), (rank, float(places[at])), table, better, outlooks, courses
    )


def _marks(context: Context) -> np.ndarray:
    """The benchmark's scores in a period, a node each."""
    return benchmark_scores(context.scores, context.period, context.benchmark, context.compare_code)


def _outlooks(
    context: Context, codes: Sequence[str]
) -> tuple[dict[str, projection.Projection], dict[str, pd.DataFrame]]:
    """Where each node leads, and both courses up to the period on screen."""
    periods = [each for each in context.series if Period.parse(each) <= Period.parse(context.period)]
    then = [replace(context, period=each) for each in periods]
    marks = [_marks(each) for each in then]
    inner, index = context.framework.children, context.framework.index
    theirs: dict[str, list[float]] = {
        code: [float(mark[index[code]]) for mark in marks]
        if code in inner
        else [each.benchmark.get(code, float("nan")) for each in then]
        for code in codes
    }
    still = {code: values[-1] for code, values in theirs.items() if context.compare == NATION and code not in inner}
    found = projection.outlooks(context.scores, context.region, periods, {**theirs, **still}, context.book.measures)
    ours = {code: projection.course_of(context.scores, context.region, code, periods) for code in codes}
    courses = {code: pd.DataFrame({"period": periods, "ours": ours[code], "theirs": theirs[code]}) for code in codes}
    return found, courses


def whose(context: Context) -> bool:
    """Who is compared: the county looked at, or (True) the city by its documents."""
    return switch.one("谁来对标", [context.names[context.region], THE_CITY], "whose") == THE_CITY


def conclusion(context: Context, found: Comparison) -> str:
    """The gap in points and places, what explains most of it, and when it is closed."""
    who = (context.names[context.region], context.compare)
    scores = (found.explained.ours, found.explained.theirs)
    subject = said.subject(context, found.code).scored
    when = _when_first(context, found) if found.explained.gap > 0 else ""
    of = len(context.framework.below(found.code))
    return sentences.benchmarked(
        subject, who, scores, found.places, found.parts, context.labels, context.period_label, when, of
    )


def _subjects(context: Context, codes: Iterable[str]) -> dict[str, Subject]:
    return {code: said.subject(context, code) for code in codes}


def _when_first(context: Context, found: Comparison) -> str:
    """When the whole gap is closed; where that is not known, when the measure is that explains most of it."""
    whole, worst = found.outlooks[found.code], found.outlooks[found.worst]
    if whole.outlook is not projection.Outlook.TOO_FEW or worst.outlook is projection.Outlook.TOO_FEW:
        return _when(whole)
    return f"这一项{_when(worst)}"


def _when(found: projection.Projection) -> str:
    if found.period is not None:
        return f"按现有速度{found.period.label}赶上（{tables.reach(found)}）"
    return {
        projection.Outlook.TOO_FEW: "何时赶上数据不足",
        projection.Outlook.IMPOSSIBLE: "何时赶上算不出（推算值超出可能范围）",
    }.get(found.outlook, str(found.outlook))


def question(asked: str, answer: str) -> None:
    """The head of a section: what is asked, and the answer in a sentence (Markdown)."""
    st.markdown(f"### :primary[{asked}]　{answer}")


def draw_better(context: Context, found: Comparison) -> None:
    """好在哪."""
    said, shown = _better(context, found.code)
    question("好在哪", show.plain(said))
    if len(shown):
        title = f"{context.compare}最突出的 {len(shown)} 项（对差距作用最大的在前）"
        show.table(shown, title=title, context=context)


@kept
def _better(context: Context, code: str) -> tuple[str, Table]:
    better = comparison(context, code).better
    rows = better.head(STRONGEST)
    subjects = _subjects(context, rows["code"])
    addresses = (context.source_of_value, context.benchmark_sources)
    shown = tables.better_table(rows, subjects, context.names[context.region], context.compare, addresses)
    return sentences.better(better, subjects, context.compare), shown


def draw_gap(context: Context, found: Comparison) -> None:
    """差在哪: what explains the gap, or the two scores measure by measure; all numbers below."""
    question("差在哪", sentences.explained(found.parts))
    name, table = context.names[context.region], found.gaps
    if switch.one("怎么看差距", [PARTS, DOTS], "gaps") == PARTS:
        bars = _bars(context, found.code)
        title = f"从{name}到{context.compare}，差距由哪几项组成（单位：{choice.name(context, found.code)}的分；点一项看指标）"
        show.chart(
            charts.waterfall, bars, len(bars) * charts.ROW + 50, title=title, context=context, click=_open_indicator
        )
        st.caption(_basis(context, found))
    else:
        dots = tables.gap_rows(table.head(15), context.labels)
        title = f"补齐后最能加分的 {len(dots)} 项（● {name}　◆ {context.compare}　右侧：补齐后该项得分增加）"
        show.chart(charts.dumbbell, dots, len(dots) * charts.ROW + 50, title=title, context=context)
    ahead = table[table["gap"] < 0].sort_values("points", kind="stable")
    if len(ahead):
        st.markdown(f"**我们领先的 {len(ahead)} 项**：{show.plain(_leads(context, ahead))}。")
    shown = _gap_table(context, found.code)
    with st.expander(f"全部 {len(table)} 项差距：单位、%、得分、名次", icon=":material/table_rows:"):
        show.table(shown, title=f"全部 {len(table)} 项差距（按可加总分从多到少）", context=context, long=True)
        st.caption(
            "可加总分：只把这一项提到标杆值、其他各项和其他县（市、区）都不变时总分的变化；该项名次可进：这一项自己的名次，不是总名次。与排名页同一套计分。"
        )


@kept
def _bars(context: Context, code: str) -> pd.DataFrame:
    found = comparison(context, code)
    scores, places = (found.explained.ours, found.explained.theirs), (context.names[context.region], context.compare)
    return tables.waterfall_rows(found.parts, scores, context.labels, places, LARGEST)


@kept
def _gap_table(context: Context, code: str) -> Table:
    addresses = (context.source_of_value, context.benchmark_sources)
    table = comparison(context, code).gaps
    return tables.gap_table(table, context.labels, context.book.measures, context.compare, *addresses)


def _open_indicator(code: str) -> None:
    if code:
        go.indicator(code)


def _leads(context: Context, ahead: pd.DataFrame) -> str:
    subjects = _subjects(context, ahead["code"].head(STRONGEST))
    gaps = dict(zip(ahead["code"], ahead["gap"], strict=True))
    words = [f"{about.name}（领先 {about.say_gap(-gaps[code])}）" for code, about in subjects.items()]
    return text.listed(words) + ("等" if len(ahead) > len(words) else "")


def _basis(context: Context, found: Comparison) -> str:
    """How the parts are reckoned, and where the scores differ from those that are published."""
    words = (
        f"在双方都有得分的 {len(found.parts)} 项上比；缺的不算，其余各项的权重按比例补足。每项的分 = 有效权重 ×（标杆得分 − 本地得分），"
        "加起来正好是总差距；“占”指占全部落后分的比例（0–100%）。"
    )
    pairs = zip(
        (context.names[context.region], context.compare),
        (found.explained.ours, found.explained.theirs),
        found.published,
        strict=True,
    )
    apart = [
        f"{who}是 {text.number(shared, 2)} 分，"
        + (f"公布得分 {text.number(known, 2)} 分" if known == known else "因缺数没有完整得分")
        for who, shared, known in pairs
        if not abs(shared - known) < 0.005
    ]
    return words + (f"因为缺数，这里的得分与公布的不同：{'；'.join(apart)}。" if apart else "")


def draw_practices(
    context: Context,
    weights: dict[str, float],
    begun: Callable[[str, str], Declaration],
    place: str = "",
    what: str = "这些差距",
) -> None:
    """如何赶上: the cases that bear on what we are behind on, those of a `place` first, with their figures.

    `begun` is what a declaration says that begins from a case and the measure that it bears on most.
    """
    count, cases, cited = _cases(context, tuple(weights.items()), place)
    question("如何赶上", f"有 {count} 个典型做法对得上{what}" if count else "收录的典型做法里没有对得上的")
    for case in cases:
        with st.container(border=True):
            words, act = st.columns([6, 1], vertical_alignment="center")
            with words:
                _draw(case)
            act.button(
                "以此开始申报", key=f"begin-{case.id}", on_click=declaring.begin, args=(begun(case.id, case.measure),)
            )
    if count:
        st.caption(show.plain(f"做法和数字出自{cited}；点数字看原文。"))
    st.page_link("benchmark/practices.py", label="全部典型做法", icon=":material/lightbulb:")


@dataclass(frozen=True)
class Case:
    """A case as it is told: the measure that it bears on most, its head and what was done, what it bears on, and its figures, each with
    the address of its quote."""

    id: str
    measure: str
    head: str
    done: str
    bears: str
    figures: tuple[tuple[str, str], ...]


@kept
def _cases(context: Context, weights: tuple[tuple[str, float], ...], place: str) -> tuple[int, list[Case], str]:
    """How many cases bear on some measures, the first of them, those of a place before the others, and where these are from."""
    found = bearing_on(context.book.practices, dict(weights), context.book.measures)
    there = found["places"].map(lambda codes: place in codes.split(";")).astype(bool)
    found = pd.concat([found[there], found[~there]])
    first = found.head(CASES)
    return len(found), [_case(context, row) for row in first.itertuples()], facts.cited(context, first)


def _case(context: Context, row: object) -> Case:
    places = text.listed(context.names.get(code, code) for code in row.places.split(";"))  # type: ignore[attr-defined]
    bears = ""
    if row.named:  # type: ignore[attr-defined]
        bears = f"直接对应：{_named(context, row.named)}"  # type: ignore[attr-defined]
    elif row.near:  # type: ignore[attr-defined]
        bears = f"同一指标：{_named(context, row.near)}"  # type: ignore[attr-defined]
    return Case(
        row.id,  # type: ignore[attr-defined]
        (*row.named, *row.near)[0],  # type: ignore[attr-defined]
        f"**{show.plain(row.title)}**　{show.plain(places)}",  # type: ignore[attr-defined]
        show.plain(row.summary),  # type: ignore[attr-defined]
        bears,
        _figures(context, row),
    )


def _draw(case: Case) -> None:
    st.markdown(case.head)
    st.markdown(case.done)
    link = go.links()
    figures = "；".join(link(words, address) for words, address in case.figures)
    st.markdown("　　".join(line for line in (case.bears, f"数字：{figures}" if figures else "") if line))


def _named(context: Context, codes: Sequence[str]) -> str:
    measures = context.book.measures
    words = text.listed(measures[code].name for code in codes[:3])
    return show.plain(words + (f"等 {len(codes)} 项" if len(codes) > 3 else ""))


def _figures(context: Context, row: object) -> tuple[tuple[str, str], ...]:
    """What a case states in numbers, those on the measures in question first, each with the address of its quote."""
    known = context.book.benchmarks
    rows = known[known["id"].isin(row.facts.split(";"))]  # type: ignore[attr-defined]
    rows = rows.assign(last=~rows["code"].isin(row.named)).sort_values("last", kind="stable")  # type: ignore[attr-defined]
    return tuple(
        (show.plain(f"{context.named.get(fact['code'], fact['code'])} {facts.stated(fact)}"), source.fact(fact["id"]))
        for fact in rows.head(FIGURES).to_dict("records")
    )


def draw_when(context: Context, found: Comparison) -> None:
    """何时赶上: one course drawn, all of them listed."""
    question("何时赶上", sentences.outlooks([found.outlooks[code].outlook for code in found.lagging]))
    codes = list(dict.fromkeys([*found.lagging, found.code]))
    with st.container(width=340):
        chosen = switch.pick("看哪一项", codes, "when", lambda code: said.subject(context, code).scored)
    about, ahead, courses = said.subject(context, chosen), found.outlooks[chosen], found.courses[chosen]
    name = context.names[context.region]
    span = context.over(courses["period"])
    if len(courses) < 2:
        st.info(
            f"只有 {len(courses)} 期数据，至少要 {projection.MIN_POINTS} 期才能推算。请换一个指标体系，或以后再看。"
        )
        return
    if ahead.start is None:
        st.info(f"{about.scored}没有双方都有数的评价期，画不出走势。请换一项，或在左边换一个对标对象。")
    else:
        axis = _axis(list(courses["period"]), ahead)
        rows = tables.catching_up_rows(courses, ahead, (name, context.compare), axis, about.say)
        title = f"{about.scored}：{name}与{context.compare}（实线：已有数值　虚线：按趋势推算　◆ 赶上　黄条：可能范围）"
        show.chart(charts.catching_up, rows, 320, about.axis, about.whole, title=title, context=span)
        st.markdown(f"{show.plain(about.scored)}：**{_when(ahead)}**。")
    shown = _outlook_table(context, found.code)
    title = f"{len(shown)} 项各自何时赶上（最快赶上的在前）"
    show.table(shown, title=title, context=span, long=len(shown) > STRONGEST)
    st.caption(_assumptions(context))


@kept
def _outlook_table(context: Context, code: str) -> Table:
    found = comparison(context, code)
    listed = list(dict.fromkeys([code, *sorted(found.lagging, key=lambda each: _soon(found.outlooks[each]))]))
    rows = [(about, found.outlooks[each]) for each, about in _subjects(context, listed).items()]
    starts = {each: str(found.outlooks[each].start or "") for each in listed}
    then = {start: replace(context, period=start) for start in set(starts.values())}
    addresses = [_addresses(then[start], each) if start else ("", "") for each, start in starts.items()]
    return tables.outlook_table(rows, context.names[context.region], context.compare, addresses)


def _soon(found: projection.Projection) -> tuple[bool, str, str]:
    """What comes first in a list: what is caught up with soonest, then the other outlooks together."""
    return found.period is None, str(found.period or ""), "" if found.period else str(found.outlook)


def _addresses(context: Context, code: str) -> tuple[str, str]:
    """Where our value and the benchmark's come from; "" where it is no single one's."""
    if code not in context.framework.children:
        return context.source_of_value(code), context.benchmark_sources.get(code, "")
    member = context.compare_code
    return (
        source.score(context.region, code, context.period),
        source.score(member, code, context.period) if member else "",
    )


def _axis(periods: list[str], found: projection.Projection) -> dict[str, str]:
    """Every period from the first value to the meeting and the end of its range, with its label."""
    first, last = Period.parse(periods[0]), Period.parse(periods[-1])
    if found.period is not None:
        last = max(last, found.latest or found.period.shift(ONWARD), found.period)
    elif found.outlook is projection.Outlook.NEVER:
        last = last.shift(ONWARD)
    axis = [first]
    while axis[-1] < last:
        axis.append(axis[-1].shift(1))
    return {str(period): period.short for period in axis}


def _assumptions(context: Context) -> str:
    words = (
        "推算：各期数值的泰尔–森（Theil–Sen）直线，至少 4 期，从双方都有数的最近一期起；可能范围是两条直线斜率差的 95% 区间（MOVER 法）。"
        f"{projection.HORIZON} 期以内赶不上的算赶不上。只是按以往速度推算，不是承诺。得分按当期各地的标尺计算，是相对的：别人变快，得分也会变。"
    )
    return words + ("全国标杆只有一个时点的数值，按不再变化推算。" if context.compare == NATION else "")


def begun(context: Context, found: Comparison) -> Callable[[str, str], Declaration]:
    """What a declaration says that a county begins from a case and the measure that the case bears on most."""
    return lambda case, measure: Declaration(
        unit=lead(context, measure),
        region=context.region,
        subject=subject_of(context, found.code, measure),
        horizontal=context.compare if context.compare_code else "",
        practices=(case,) if case else (),
    )


def subject_of(context: Context, code: str, measure: str) -> str:
    """The subject of a declaration: the node looked at, but of the total the indicator that a measure is in."""
    known = measure in context.framework.index
    return context.framework[measure].parent if code == context.root and known else code


def lead(context: Context, code: str) -> str:
    """The first department that leads what a node is in; "" when none does, or when it is not in the framework."""
    codes = context.owner_codes(code) if code in context.framework.index else ()
    return context.book.departments.get(codes[0], "") if codes else ""


def onward(content: Declaration | None, task: Task | None) -> None:
    """What to do next: a declaration, an item to put right; background conditions (None) are nothing to declare or put right."""
    st.markdown("### 接下来")
    with st.container(horizontal=True, vertical_alignment="center"):
        if content is not None:
            st.button(
                "以此开始申报",
                type="primary",
                icon=":material/assignment:",
                key="begin",
                on_click=declaring.begin,
                args=(content,),
            )
        if task is not None:
            st.button(
                "列入整改台账",
                icon=":material/checklist:",
                key="to-ledger",
                on_click=rectifying.begin,
                args=(task,),
            )
        st.page_link("benchmark/seek.py", label="换一个标杆（寻标）", icon=":material/travel_explore:")
        st.page_link("benchmark/practices.py", label="典型做法", icon=":material/lightbulb:")
        st.page_link("benchmark/whatif.py", label="假设推演", icon=":material/tune:")
