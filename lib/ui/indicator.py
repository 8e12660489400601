"""What the page of one indicator shows beside its values: how they are said, its facts card, documents, practices."""

from __future__ import annotations

from collections.abc import Hashable

import pandas as pd
import streamlit as st

from lib.core import reference
from lib.core.distribution import (
    Summary,
    course,
    distribution,
    family,
    higher_is_better,
    history,
    members,
    summary,
)
from lib.model import Framework, Node, Period
from lib.ui import facts, ledger_entry, rectifying, show
from lib.ui import subject as choice
from lib.ui.context import Context, kept
from lib.view import maps, sentences, tables, text
from lib.view import source as words
from lib.view.charts import indicator as chart
from lib.view.subject import Subject
from lib.view.table import Table

# Of the map beside the distribution, in pixels.
MAP_HEIGHT = 400
LOOKS = DISTRIBUTION, TREND, OTHER = "分布和地图", "走势", "与另一指标"


def subject(context: Context, code: str) -> Subject:
    """How a node's values are said."""
    higher, name = higher_is_better(context.scores, code), choice.name(context, code)
    if code in context.framework.children:
        return Subject(code, name, "分", 1, higher, False)
    measure = context.book.measures[code]
    return Subject(code, name, measure.unit, measure.decimals, higher, True)


@kept
def rows(context: Context, code: str) -> pd.DataFrame:
    """Every member on a node, best first, as `core.distribution`."""
    return distribution(context.scores, code, context.period, context.before)


@kept
def conclusion(context: Context, code: str) -> str:
    """The sentence that opens the page."""
    found, about = rows(context, code), subject(context, code)
    return sentences.indicator(summary(found), found, context.names, context.period_label, about, context.region)


@kept
def bars(context: Context, code: str) -> pd.DataFrame:
    """Chart data for `charts.distribution`."""
    found = rows(context, code)
    drawn = lines(context, code, summary(found), references(context, code))
    return tables.distribution_rows(found, drawn, context.names, context.region, subject(context, code))


@kept
def areas(context: Context, code: str) -> tuple[pd.DataFrame, tuple[Hashable, ...], tuple[str, ...]]:
    """Chart data for `charts.county_map` by score, its shape, and what is to be said of it."""
    found, outlines = rows(context, code), maps.for_members(context.cohort.members)
    classes = maps.classes(maps.SCORE, found)
    drawn = tables.map_rows(found, maps.SCORE, classes, outlines, context.names, context.region)
    return drawn, (outlines, classes, MAP_HEIGHT), (classes.method, *maps.remarks(outlines))


@kept
def parts(context: Context, code: str) -> tuple[pd.DataFrame, Table]:
    """A node's parts, or a measure and those beside it, side by side: chart data for `charts.parts_dots`, and the table."""
    under = family(context.scores, code)
    found = members(context.scores, under, context.region, context.period, context.before)
    dots = tables.part_rows(found, context.labels, context.names[context.region], code)
    return dots, tables.part_table(found, context.labels, context.names, context.region, context.period)


@kept
def standing(context: Context, code: str) -> Table:
    """Every county's value or score with what is to be said of it."""
    said = remarks(context, code, record(context, code))
    return tables.standing_table(rows(context, code), said, context.names, context.period, subject(context, code))


@kept
def references(context: Context, code: str) -> pd.DataFrame:
    """What documents say beside a measure; nothing for an indicator."""
    if code in context.framework.children:
        return pd.DataFrame(columns=list(reference.COLUMNS))
    book = context.book
    found = reference.references(book.measures[code], book.benchmarks, book.targets, book.facts, facts.CITY)
    return reference.within(found, context.period)


def lines(context: Context, code: str, found: Summary | None, about: pd.DataFrame) -> list[tuple[str, str, float]]:
    """The lines across a distribution: the middle, the mean, the frontier, the national benchmarks: (role, words, value).

    An end of the frontier that is farther off than the values are from each other would press them together: it is
    left to the facts card.
    """
    node, low, high = context.framework[code], min(found.best, found.worst), max(found.best, found.worst)
    drawn = [(chart.MEDIAN, "中位", found.median), (chart.MEAN, "平均", found.mean)]
    drawn += [
        (chart.FRONTIER, word, end)
        for word, end in (("最优前沿", node.best), ("最差前沿", node.worst))
        if end is not None and 2 * low - high <= end <= 2 * high - low
    ]
    national = about[(about["kind"] == reference.BENCHMARK) & about["value"].notna()]
    return drawn + [(chart.BENCHMARK, reference.BENCHMARK, value) for value in national["value"]]


def trend(context: Context, about: Subject, stated: pd.DataFrame) -> pd.DataFrame:
    """Chart data for `charts.history`: the node's values over the series, and of what documents state all that may stand beside."""
    values = history(context.scores, about.code, list(context.series))
    drawn = stated[stated["value"].notna()]
    kind = Period.parse(context.period).kind
    slots = [_slot(row.period, kind) if row.kind == reference.FACT else None for row in drawn.itertuples()]
    return tables.history_rows(
        values,
        course(values, about.higher),
        drawn.assign(slot=[str(slot or "") for slot in slots]),
        _axis(context, [slot for slot in slots if slot]),
        _kinds(context),
        context.names,
        context.region,
        about,
    )


def _slot(period: str, kind: str) -> Period:
    """The period of a kind in which another one ends."""
    end = Period.parse(period).end
    per_year = {"year": 1, "half": 2, "quarter": 4, "month": 12}[kind]
    return Period(end.year, kind, (end.month - 1) * per_year // 12 + 1)


def _axis(context: Context, dated: list[Period]) -> dict[str, str]:
    """Every period of a trend's axis with its label: from the first to the last that has values or a fact."""
    known = [*map(Period.parse, context.series), *dated]
    periods = [min(known)]
    while periods[-1] < max(known):
        periods.append(periods[-1].shift(1))
    return {str(period): period.short for period in periods}


def _kinds(context: Context) -> dict[str, str]:
    """Whether the values of each period of the series are made up."""
    found = {}
    for period in context.series:
        sources = context.snapshot.sources(context.framework_code, period)
        found[period] = "demo" if any(kind == "demo" for _, kind, _ in sources) else "real"
    return found


def sources(context: Context, stated: pd.DataFrame) -> str:
    """Where the references that a trend draws are from, and the rules by which they became values in the measure's unit."""
    drawn = stated[stated["value"].notna()]
    if drawn.empty:
        return ""
    rules = "；".join(dict.fromkeys(rule for rule in drawn["rule"] if rule))
    return f"标杆、目标和全市数值出自{facts.cited(context, drawn)}。" + (f"换算：{rules}。" if rules else "")


@kept
def record(context: Context, code: str) -> pd.DataFrame:
    """The values behind a node in the period: rows of `Snapshot.observations`, for members of the cohort."""
    rows = context.snapshot.observations
    under = rows["measure"].isin(context.framework.below(code)) & (rows["period"] == context.period)
    return rows[under & rows["region"].isin(context.cohort.members)]


def remarks(context: Context, code: str, rows: pd.DataFrame) -> pd.DataFrame:
    """By place, what is to be said of the values behind a node: note (暂定, the file's own words), file."""
    files = context.snapshot.batches["file"]
    found = {}
    for region, own in rows.groupby("region", sort=False):
        marks = [
            f"暂定{f' {count} 项' if len(own) > 1 else ''}" if (count := int(own["provisional"].sum())) else "",
            *(own["note"].unique() if code not in context.framework.children else ()),
        ]
        batches = [f"{files.at[batch]}（批次 {batch}）" for batch in own["batch"].unique()]
        found[region] = {"note": "；".join(mark for mark in marks if mark), "file": text.listed(batches)}
    return pd.DataFrame.from_dict(found, orient="index", columns=["note", "file"])


def brief(context: Context, code: str) -> str:
    """What a node is, in a line."""
    if code in context.framework.children:
        lines = _of_indicator(context, code)
        return f"{lines['构成'].partition('：')[0]}；{lines['单位和方向']}。"
    measure = context.book.measures[code]
    scope = f"口径：{measure.scope}。" if measure.scope else ""
    return f"{measure.definition.rstrip('。')}。{scope}单位：{measure.unit or '无'}，{measure.direction.label}。"


@kept
def card(context: Context, code: str) -> Table:
    """指标档案: definition, unit, direction, owners, frontier, data as of, document."""
    rows = record(context, code)
    lines = _of_measure(context, code) if code in context.framework.leaves else _of_indicator(context, code)
    batches = context.snapshot.batches
    used = [int(batch) for batch in dict.fromkeys(rows["batch"])]
    lines["数据时点"] = (
        f"{context.period_label}；"
        + text.listed(
            f"{batches.at[batch, 'file']}（批次 {batch}，{text.moment(batches.at[batch, 'created_at'])} 发布）"
            for batch in used
        )
        if used
        else f"{context.period_label}没有数值"
    )
    return words.listed(lines)


def _of_measure(context: Context, code: str) -> dict[str, str]:
    measure, node = context.book.measures[code], context.framework[code]
    names = {code: each.name for code, each in context.book.measures.items()}
    made = f"{names[measure.numerator]} ÷ {names[measure.denominator]} × {measure.per:g}" if measure.derived else ""
    return {
        "定义": measure.definition,
        "计算": made,
        "口径": measure.scope,
        "单位和方向": f"{measure.unit or '无单位'}，{measure.direction.label}",
        "统计频率": measure.frequency or "文件没有写明",
        "所属指标": _path(context, code),
        **_owners(context, code),
        "前沿值": _frontier(node, measure.unit),
        "依据文件": _cited(context, measure.document),
        "备注": measure.note,
    }


def _of_indicator(context: Context, code: str) -> dict[str, str]:
    framework = context.framework
    children = [framework.nodes[i] for i in framework.children[code]]
    total = sum(child.weight for child in children)
    equal = len({child.weight for child in children}) == 1
    made = text.listed(child.name + ("" if equal else f" {100 * child.weight / total:.3g}%") for child in children)
    return {
        "构成": f"{len(children)} 项{'等权' if equal else '加权'}平均：{made}",
        "单位和方向": "分（0–100），越高越好",
        "权重依据": context.weights_basis,
        "所属指标": _path(context, code),
        **_owners(context, code),
        "依据文件": _cited(context, str(context.book.about.at[context.framework_code, "document"])),
    }


def _path(context: Context, code: str) -> str:
    return " › ".join(context.labels[each] for each in context.framework.path(code)[:-1])


def _owners(context: Context, code: str) -> dict[str, str]:
    framework, named = context.framework, context.book.departments
    path = reversed(framework.path(code))
    helpers: tuple[str, ...] = next((framework[step].helpers for step in path if framework[step].lead), ())
    return {
        "牵头单位": context.owner(code) if context.owner_codes(code) else "",
        "配合单位": text.listed(named.get(each, each) for each in helpers),
    }


def _frontier(node: Node, unit: str) -> str:
    ends = [
        f"{word} {text.quantity(end, unit)}"
        for word, end in (("最优", node.best), ("最差", node.worst))
        if end is not None
    ]
    if not ends:
        return "没有前沿值，按本期各地最优、最差值计分"
    return "，".join(ends) + (f"（{node.bounds_basis}）" if node.bounds_basis else "")


def _cited(context: Context, code: str) -> str:
    if code not in context.book.documents.index:
        return ""
    row = context.book.documents.loc[code]
    return f"《{row['title']}》" + (f"（{row['doc_no']}）" if row["doc_no"] else f"（{row['date']}）")


@kept
def practices(context: Context, code: str) -> pd.DataFrame:
    """Practices of the catalogue that bear on a node: those naming the measure, else those naming its indicators.

    On the total all of them would: none are named.
    """
    rows, framework = context.book.practices, context.framework
    if code == context.root:
        return rows.iloc[:0]
    measures = _naming(rows["measures"], set(framework.below(code)))
    if code not in framework.children and measures.any():
        return rows[measures]
    return rows[measures | _naming(rows["indicators"], _indicators(framework, code))]


def _indicators(framework: Framework, code: str) -> set[str]:
    """The indicators that a node is or lies in, without the total."""
    return set(framework.path(code)[1:])


def _naming(column: pd.Series, codes: set[str]) -> pd.Series:
    return column.map(lambda named: bool(codes & set(named.split(";"))))


def background(context: Context, about: Subject) -> None:
    """What stands behind the numbers, and where to go on: documents' values, facts card, links, practices."""
    stated = references(context, about.code)
    if len(stated):
        shown = tables.reference_table(stated, context.names, context.cited, about)
        title = "文件里的标杆、目标和全市数值（不是县级数值）"
        show.table(shown, title=title, context=context, real=facts.cited(context, stated))
    beside = st.container(horizontal=True, gap="large", key="beside-facts")
    with beside.container():
        shown, title = card(context, about.code), f"{about.name}：指标档案"
        show.table(shown, title=title, context=context, real="指标体系和测度目录")
    with beside.container():
        st.markdown("**接下来**")
        st.page_link("see/ranking.py", label="看排名", icon=":material/leaderboard:")
        gap = f"看{context.names[context.region]}的对标差距"
        st.page_link("benchmark/gap.py", label=gap, icon=":material/compare_arrows:")
        if not context.background:
            st.button(
                f"把{context.names[context.region]}的这一项列入整改台账",
                icon=":material/checklist:",
                key="to-ledger",
                type="tertiary",
                on_click=rectifying.begin,
                args=(ledger_entry.county_task(context, about.code),),
            )
        found = practices(context, about.code)
        if len(found):
            shown = Table(tables.practice_table(found, context.names))
            show.table(shown, title="可以借鉴的做法", context=context, real=facts.cited(context, found))
