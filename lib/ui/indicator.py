"""What the page of one indicator shows beside its values: how they are said, its facts card, documents, practices."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib.core import reference
from lib.core.distribution import Summary, higher_is_better
from lib.model import Framework, Node, Period
from lib.ui import facts, loaders
from lib.ui import subject as choice
from lib.ui.context import Context
from lib.view import intake, text
from lib.view import source as words
from lib.view.charts import indicator as chart
from lib.view.subject import Subject
from lib.view.table import Table

LOOKS = ("分布和地图", "走势", "与另一指标")


def subject(context: Context, code: str) -> Subject:
    """How a node's values are said."""
    higher, name = higher_is_better(context.scores, code), choice.name(context, code)
    if code in context.framework.children:
        return Subject(code, name, "分", 1, higher, False)
    measure = context.book.measures[code]
    return Subject(code, name, measure.unit, measure.decimals, higher, True)


@st.cache_resource(max_entries=256, show_spinner=False)
def _references(version: str, code: str) -> pd.DataFrame:
    book = loaders.load_catalog(version)
    return reference.references(book.measures[code], book.benchmarks, book.targets, book.facts, facts.CITY)


def references(context: Context, code: str) -> pd.DataFrame:
    """What documents say beside a measure; nothing for an indicator."""
    if code in context.framework.children:
        return pd.DataFrame(columns=list(reference.COLUMNS))
    return _references(context.version, code)


def lines(context: Context, code: str, found: Summary | None, about: pd.DataFrame) -> list[tuple[str, str, float]]:
    """The lines across a distribution: the middle, the mean, the frontier, the national benchmarks: (role, words, value)."""
    if found is None:
        return []
    node = context.framework[code]
    drawn = [(chart.MEDIAN, "中位", found.median), (chart.MEAN, "平均", found.mean)]
    drawn += [
        (chart.FRONTIER, word, end)
        for word, end in (("最优前沿", node.best), ("最差前沿", node.worst))
        if end is not None
    ]
    national = about[(about["kind"] == reference.BENCHMARK) & about["value"].notna()]
    return drawn + [(chart.BENCHMARK, reference.BENCHMARK, value) for value in national["value"]]


def axis(context: Context, about: pd.DataFrame) -> dict[str, str]:
    """Every period of a trend's axis with its label: from the first with values to the last with values or facts."""
    known = [Period.parse(period) for period in context.series]
    kind = known[0].kind
    dated = [_slot(period, kind) for period in about.loc[about["kind"] == reference.FACT, "period"]]
    last = max([*known, *(each for each in dated if each > known[0])])
    periods = [known[0]]
    while periods[-1] < last:
        periods.append(periods[-1].shift(1))
    return {str(period): period.short for period in periods}


def comparable(context: Context, about: pd.DataFrame) -> pd.DataFrame:
    """References that may be drawn on the trend, with the period (`slot`) of its kind in which each fact falls."""
    kind = Period.parse(context.period).kind
    drawn = about[about["value"].notna()]
    slots = [str(_slot(row.period, kind)) if row.kind == reference.FACT else "" for row in drawn.itertuples()]
    return drawn.assign(slot=slots)


def _slot(period: str, kind: str) -> Period:
    """The period of a kind in which another one ends."""
    end = Period.parse(period).end
    per_year = {"year": 1, "half": 2, "quarter": 4, "month": 12}[kind]
    return Period(end.year, kind, (end.month - 1) * per_year // 12 + 1)


def kinds(context: Context) -> dict[str, str]:
    """Whether the values of each period of the series are made up."""
    found = {}
    for period in context.series:
        sources = loaders.load_sources(context.version, context.framework_code, period)
        found[period] = "demo" if any(kind == "demo" for _, kind, _ in sources) else "real"
    return found


def record(context: Context, code: str) -> pd.DataFrame:
    """The values behind a node in the period: rows of `load_observations`, for members of the cohort."""
    rows = loaders.load_observations(context.version)
    under = rows["measure"].isin(context.framework.below(code)) & (rows["period"] == context.period)
    return rows[under & rows["region"].isin(context.cohort.members)]


def remarks(context: Context, code: str, rows: pd.DataFrame) -> pd.DataFrame:
    """By place, what is to be said of the values behind a node: note (暂定, 演示, the file's own words), file."""
    files = loaders.load_batches(context.version)["file"]
    found = {}
    for region, own in rows.groupby("region", sort=False):
        marks = [
            f"暂定{f' {count} 项' if len(own) > 1 else ''}" if (count := int(own["provisional"].sum())) else "",
            "演示数据" if (own["kind"] == "demo").any() else "",
            *(own["note"].unique() if code not in context.framework.children else ()),
        ]
        batches = [f"{files.at[batch]}（批次 {batch}）" for batch in own["batch"].unique()]
        found[region] = {"note": "；".join(mark for mark in marks if mark), "file": text.listed(batches)}
    return pd.DataFrame.from_dict(found, orient="index", columns=["note", "file"])


def card(context: Context, code: str, rows: pd.DataFrame) -> Table:
    """指标档案: definition, unit, direction, owners, frontier, data as of, document. `rows` as from `record`."""
    lines = _of_measure(context, code) if code in context.framework.leaves else _of_indicator(context, code)
    batches = loaders.load_batches(context.version)
    used = [int(batch) for batch in dict.fromkeys(rows["batch"])]
    lines["数据时点"] = (
        f"{context.period_label}；"
        + text.listed(
            f"{batches.at[batch, 'file']}（批次 {batch}，{intake.moment(batches.at[batch, 'created_at'])} 发布）"
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
        "依据文件": _cited(
            context, str(context.book.frameworks.set_index("code").at[context.framework_code, "document"])
        ),
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


def practices(context: Context, code: str) -> pd.DataFrame:
    """Practices of the catalogue that bear on a node: those naming the measure, else those naming its indicators."""
    rows, framework = context.book.practices, context.framework
    measures = _naming(rows["measures"], set(framework.below(code)))
    if code not in framework.children and measures.any():
        return rows[measures]
    return rows[measures | _naming(rows["indicators"], _indicators(framework, code))]


def _indicators(framework: Framework, code: str) -> set[str]:
    """The indicators that a node is or lies in, without the total."""
    return set(framework.path(code)[1:])


def _naming(column: pd.Series, codes: set[str]) -> pd.Series:
    return column.map(lambda named: bool(codes & set(named.split(";"))))
