"""What 县区画像 shows of one county, worked out once per data version and selection."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from lib.context import kept
from lib.core import next_place, peers, profile
from lib.core.gap import best_of_cohort, holders
from lib.core.movement import contributions
from lib.core.neighbours import neighbours
from lib.core.score import Scores
from lib.core.spread import measures_of
from lib.core.whatif import levers
from lib.model import source
from lib.ui import facts, loaders, rectifying, show
from lib.ui.context import Context
from lib.view import maps, sentences, tables, text
from lib.view.table import Table

# The background conditions that peers are found by, and the year that they are of.
BACKGROUND, CENSUS = "context-census", "2020"
NEAREST, WEAKEST, PRACTICES, EACH, STEPS = 4, 5, 6, 2, 5
_KEEP = {"max_entries": 128, "show_spinner": False}


def spine(context: Context) -> pd.DataFrame:
    """The county on every node beside its cohort and the compared place, as `profile.spine`."""
    return _spine(context.version, context.framework_code, context.period, context.region, context.compare, context)


@st.cache_resource(**_KEEP)
def _spine(version: str, framework: str, period: str, region: str, compare: str, _context: Context) -> pd.DataFrame:
    marks = profile.benchmark_scores(_context.scores, period, _context.benchmark, _context.compare_code)
    return profile.spine(_context.scores, region, period, marks)


@kept
def spine_rows(context: Context, deep: bool) -> pd.DataFrame:
    """The county among all, at the level of the indicators or (`deep`) of the measures, as `charts.spine` draws it."""
    values = context.values_of(context.region, context.period)
    return tables.spine_rows(spine(context), context.framework, context.book.measures, values, deep)


@kept
def over_time(context: Context, by_place: bool) -> pd.DataFrame:
    """The total of all counties over the periods, by its place or score, as `charts.standing_over_time` draws it."""
    return tables.standing_over_time_rows(
        context.scores.frame, context.root, context.series, context.names, context.region, by_place
    )


@kept
def standouts(context: Context) -> tuple[list[str], list[str]]:
    """Strengths and weaknesses among the measures, in words with numbers and the department that leads."""
    rows = spine(context).loc[list(context.framework.leaves)]
    values, median = context.values_of(context.region, context.period), measures(context).set_index("code")["median"]
    strong, weak = (
        [
            sentences.standout(
                row, context.book.measures[row.Index], values, median[row.Index], context.owner(row.Index)
            )
            for row in found.itertuples()
        ]
        for found in profile.standouts(rows)
    )
    return strong, weak


def losses(context: Context) -> pd.DataFrame:
    """What each indicator costs the county's total, largest loss first."""
    return _losses(context.version, context.framework_code, context.period, context.region, context.scores)


@st.cache_resource(**_KEEP)
def _losses(version: str, framework: str, period: str, region: str, _scores: Scores) -> pd.DataFrame:
    shares = {node.code: _scores.framework.share(node.code) for node in _scores.framework.indicators}
    return contributions(_scores.frame, shares, region, period)


def steps(context: Context) -> pd.DataFrame:
    """The single measures that would bring a better place, as `next_place.single_steps`."""
    return _steps(context.version, context.framework_code, context.period, context.region, context)


@st.cache_resource(**_KEEP)
def _steps(version: str, framework: str, period: str, region: str, _context: Context) -> pd.DataFrame:
    decimals = {code: measure.decimals for code, measure in _context.book.measures.items()}
    return next_place.single_steps(_context.scores, region, period, decimals)


def headroom(context: Context) -> pd.DataFrame:
    """What each measure alone could add to the total at most, most first: code, value, best, headroom."""
    return _headroom(context.version, context.framework_code, context.period, context.region, context.scores)


@st.cache_resource(**_KEEP)
def _headroom(version: str, framework: str, period: str, region: str, _scores: Scores) -> pd.DataFrame:
    found = levers(_scores, region, period)
    rows = [(lever.code, lever.value, lever.best, lever.headroom) for lever in found if lever.headroom > 0]
    return pd.DataFrame(rows, columns=["code", "value", "best", "headroom"])


def next_conclusion(context: Context) -> str:
    """How far the next better place is and what alone would do, in one sentence."""
    ahead, gap = next_place.next_better(context.scores, context.region, context.period)
    rank = context.scores.of(context.region, context.root, context.period)[1]
    names = [context.names[code] for code in ahead]
    return sentences.next_place(context.names[context.region], rank, names, gap, len(steps(context)))


def measures(context: Context) -> pd.DataFrame:
    """Every measure of the county, weakest first, as `spread.measures_of`."""
    return _measures(context.version, context.framework_code, context.period, context.region, context.scores)


@st.cache_resource(**_KEEP)
def _measures(version: str, framework: str, period: str, region: str, _scores: Scores) -> pd.DataFrame:
    return measures_of(_scores, region, period)


@kept
def measure_table(context: Context) -> Table:
    """Every measure with the source of each number, and the marks that values carry."""
    period, best = context.period, best_of_cohort(context.scores, context.period)
    held = holders(context.scores, period, best)
    best_at = {code: source.value(regions[0], code, period) for code, regions in held.items()}
    benchmark = context.benchmark
    at = context.benchmark_sources
    return tables.measure_table(
        measures(context),
        context.framework,
        context.book.measures,
        marks(context),
        best_at,
        benchmark,
        at,
        context.compare,
        context.region,
        period,
    )


def marks(context: Context) -> dict[str, str]:
    """By measure, that the county's value is provisional, the note that came with it, and why a value has no score."""
    rows = loaders.load_observations(context.version)
    rows = rows[(rows["region"] == context.region) & (rows["period"] == context.period)]
    words = (
        "；".join([*(["暂定"] if row.provisional else []), *([row.note] if row.note else [])])
        for row in rows.itertuples()
    )
    said = dict(zip(rows["measure"], words, strict=True))
    for (period, code), reason in context.scores.reasons.items():
        if period == context.period and code in said:
            said[code] = text.listed((said[code], f"不计分：{reason}"))
    return {code: words for code, words in said.items() if words}


def nearest(context: Context) -> pd.DataFrame:
    """The counties with the most similar background: region, distance, score, rank; none where the census has no values."""
    return _standing(context, _nearest(context.version, context.region, context.scores.panel.regions)).head(NEAREST)


@st.cache_resource(**_KEEP)
def _nearest(version: str, region: str, regions: tuple[str, ...]) -> pd.DataFrame:
    rows = loaders.load_observations(version)
    tree = loaders.load_catalog(version).trees[BACKGROUND]
    return peers.nearest(rows[rows["period"] == CENSUS], region, regions, tree.leaves)


def background(context: Context) -> str:
    """The measures that the background is measured by."""
    tree = context.book.trees[BACKGROUND]
    return "、".join(tree[code].name for code in tree.leaves)


def adjoining(context: Context) -> pd.DataFrame | None:
    """The counties with a common border: region, score, rank; None when the county has no boundary."""
    found = _neighbours(maps.for_members(context.cohort.members)).get(context.region)
    if found is None:
        return None
    within = [code for code in found if code in context.scores.panel.regions]
    return _standing(context, pd.DataFrame({"region": within}, dtype=object))


@st.cache_resource(max_entries=2, show_spinner=False)
def _neighbours(outlines: str) -> dict[str, tuple[str, ...]]:
    return neighbours(maps.outlines(outlines))


def _standing(context: Context, regions: pd.DataFrame) -> pd.DataFrame:
    found = [context.scores.of(code, context.root, context.period) for code in regions["region"]]
    return regions.assign(score=[total for total, _, _ in found], rank=[rank for _, rank, _ in found])


def beside_table(context: Context, places: pd.DataFrame) -> Table:
    """Other counties' standing, and on which indicators they are ahead."""
    codes = [node.code for node in context.framework.indicators]
    better = {
        other: profile.ahead_on(context.scores, context.region, other, context.period, codes)
        for other in places["region"]
    }
    return tables.beside_table(places, context.names, context.labels, better, context.root, context.period)


def weakest(context: Context) -> list[str]:
    """The indicators that cost most, the largest loss first."""
    rows = losses(context)
    return list(rows.loc[rows["lost"] > 0, "code"].head(WEAKEST))


def practices(context: Context, weak: list[str]) -> pd.DataFrame:
    """The practices that name one of the indicators or a measure under it, in the order of the indicators, two each."""
    rows = context.book.practices
    under = {code: {code, *context.framework.below(code)} for code in weak}
    about = [{*row.indicators.split(";"), *row.measures.split(";")} for row in rows.itertuples()]
    first = [next((i for i, code in enumerate(weak) if under[code] & named), None) for named in about]
    matched = rows.assign(at=first).dropna(subset="at").sort_values("at", kind="stable")
    return matched.groupby("at").head(EACH).head(PRACTICES)


def own_targets(context: Context) -> pd.DataFrame:
    """The assessed targets of this county: the city's for counties like it, by their scope, and those set for it by name."""
    rows = facts.assessed_targets(context)
    kind = context.names[context.region][-1]
    meant = (rows["region"] == facts.CITY) & rows["scope"].map(lambda scope: "县" in scope and kind in scope)
    return rows[meant | (rows["region"] == context.region)]


def city_targets(context: Context, weak: Iterable[str]) -> pd.DataFrame:
    """The city's assessed targets on some indicators, or on a measure under them."""
    rows = facts.assessed_targets(context)
    about = {code for indicator in weak for code in (indicator, *context.framework.below(indicator))}
    named = [code in about or _indicator(context, code) in about for code in rows["code"]]
    return rows[pd.Series(named, index=rows.index) & (rows["region"] == facts.CITY) & ~rows["scope"].str.contains("县")]


def _indicator(context: Context, code: str) -> str:
    measure = context.book.measures.get(code)
    return measure.indicator if measure else ""


def listed(title: str, rows: list[str], nothing: str) -> None:
    """A list under a heading; what to say when there is nothing."""
    st.markdown(f"**{title}**")
    st.markdown("  \n".join(rows) if rows else nothing)


def to_ledger(context: Context) -> None:
    """The way from the county's weaknesses to the 整改台账; background conditions are nothing to put right."""
    if not context.background:
        label = f"把{context.names[context.region]}的短板列入整改台账"
        st.button(label, icon=":material/checklist:", on_click=rectifying.begin_weak, key="to-ledger", type="tertiary")


def targets_and_practices(context: Context) -> None:
    """The county's own targets, the city's on its weakest indicators, and what others have done about these."""
    name, weak = context.names[context.region], weakest(context)
    columns = ["目标事项", "目标", "期限", "状态", "责任单位", "原文"]
    own, city = own_targets(context), city_targets(context, weak)
    if own.empty:
        st.info(f"各文件没有给{name}单独定目标。")
    else:
        by_name = own["region"] == context.region
        kinds = ((by_name, f"专给{name}定的"), (~by_name, f"写明适用于{name[-1]}一级的"))
        title = f"各文件{'和'.join(words for rows, words in kinds if rows.any())}目标"
        show.table(
            facts.target_table(context, own).only(columns), title=title, context=context, real=facts.cited(context, own)
        )
    if len(city):
        title = f"市级目标（全市的目标，不是{name}的）：与失分最多的 {len(weak)} 个指标有关"
        show.table(
            facts.target_table(context, city).only(columns),
            title=title,
            context=context,
            real=facts.cited(context, city),
        )
    found = practices(context, weak)
    if found.empty:
        st.info("收录的做法里没有与失分最多的指标对得上的。")
    else:
        shown = tables.matched_practice_table(found, context.labels, context.names, weak)
        title = f"可学的做法：与失分最多的 {len(weak)} 个指标对应"
        show.table(shown, title=title, context=context, real=facts.cited(context, found))


def next_steps(context: Context) -> None:
    """How far the next better place is, and the single measures that would do, or else those that would add most."""
    said, title, shown = _next_steps(context)
    st.markdown(f"**再进一位要什么**　{said}")
    if shown is not None:
        show.table(shown, title=title, context=context)
    st.caption("假定其他各项、其他县（市、区）的数值都不变，用同一套计分重算；数值在该测度的最差与最优之间。")


@kept
def _next_steps(context: Context) -> tuple[str, str, Table | None]:
    """The conclusion, and the table under its title; None for the first in place."""
    said, ways = next_conclusion(context), steps(context)
    names, measures, owner = context.labels, context.book.measures, context.owner
    if len(ways):
        shown = tables.next_table(ways.head(STEPS), names, measures, owner)
        return said, f"只改一项就够的，路最短的 {len(shown)} 项", Table(shown)
    if next_place.next_better(context.scores, context.region, context.period)[0]:
        shown = tables.headroom_table(headroom(context).head(STEPS), names, measures, owner)
        return said, f"单独一项，加分最多的 {len(shown)} 项", Table(shown)
    return said, "", None
