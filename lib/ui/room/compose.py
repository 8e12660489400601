"""What each kind of screen says: the conclusion and the picture of the page that it is taken from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd

from lib.context import kept
from lib.core import grid
from lib.core.aim import Aim
from lib.core.movement import ranks_in
from lib.core.movers import mean_changes
from lib.core.plan import Limits
from lib.core.remarks import with_values
from lib.core.spread import weakest
from lib.model import Period, UserError
from lib.model.scenario import Scenario
from lib.model.screen import Kind, Screen
from lib.ui import changes, facts, gap, profiles, stability, subject
from lib.ui.context import BEST, Context, of_performance
from lib.ui.lab import plan as lab
from lib.ui.room import doing
from lib.ui.room.shown import Picture, Shown
from lib.view import charts, maps, room, sentences, tables, text
from lib.view import stability as firm

Compose = Callable[[Context], Shown]
# Screens that show a region beside what it is compared with.
COMPARING = {Kind.COUNTY, Kind.GAP}
# Screens that are the same whichever region is looked at.
OF_ALL = {Kind.CITY, Kind.WEAKEST, Kind.TARGETS}
# How many rows, columns and bars a slide has room for.
SOME = 12
COLUMNS, ABOVE, BELOW, PARTS, MOVES = 8, 4, 6, 8, 7
# Of a picture with two lines of remarks below it.
LOW = 256


def compose(context: Context, screen: Screen) -> Shown:
    """One screen as a context sees it; UserError where it is tied to what there is not."""
    ties = tied(context, screen).ties
    if "region" in ties:
        context = replace(context, region=ties["region"])
    alone = context.compare == context.names[context.region]
    if alone:
        context = replace(context, compare=BEST)
    if screen.kind in OF_ALL:
        context = replace(context, region=context.cohort.members[0], compare=BEST)
    indicator = screen.kind is Kind.INDICATOR
    shown = _indicator(context, ties.get("subject", "")) if indicator else _KINDS[screen.kind](context)
    if alone and screen.kind in COMPARING:
        shown = replace(shown, remarks=(*shown.remarks, f"{context.names[context.region]}不跟自己比，改比{BEST}"))
    # Read on where the screen is, not where the meeting looks.
    return (
        replace(shown, choices={**shown.choices, "region": context.names[context.region]})
        if "region" in ties
        else shown
    )


def composed(context: Context, screen: Screen) -> Shown:
    """The same; a screen that cannot be shown says why, and the others go on."""
    try:
        return compose(context, screen)
    except UserError as error:
        return Shown(screen.kind.label, f"这一屏现在显示不了：{error}", "", "", page="screen/decks.py", empty=True)


def tied(context: Context, screen: Screen) -> Screen:
    """The screen tied to codes where it has names; UserError where there is no such place or indicator."""
    known = {"region": {each: context.names[each] for each in context.cohort.members}, "subject": context.labels}
    return replace(screen, ties={key: _code(screen.kind, said, known[key]) for key, said in screen.ties.items()})


def _code(kind: Kind, said: str, known: Mapping[str, str]) -> str:
    """The code of what is named by its code or its name."""
    for code, name in known.items():
        if said in (code, name):
            return code
    raise UserError(
        f"“{kind}:{said}”没有，可选：{text.listed(list(known.values())[:SOME])}{'等' if len(known) > SOME else ''}"
    )


def _scored(
    context: Context, kind: Kind, conclusion: str, title: str, picture: Picture, page: str, **more: object
) -> Shown:
    """A screen about scores of the context's period."""
    shown = Shown(kind.label, conclusion, title, context.source_line, made_up=context.demo, picture=picture, page=page)
    return replace(shown, background=context.background, partial=context.partial, **more)


def _pointed(bars: pd.DataFrame) -> pd.DataFrame:
    """The bars with a mark at the region that is pointed at: an edge alone is not seen from the back of a room."""
    marked = [
        f"▶ {label.removeprefix('▶ ')}" if focus else label
        for label, focus in zip(bars["label"], bars["focus"], strict=True)
    ]
    return bars.assign(label=marked)


@kept
def _overview(context: Context) -> Shown:
    rows = context.moved(context.root)
    bars = _pointed(tables.standing_rows(rows, context.names, context.region))
    title = f"{context.period_label}总分排名（右侧：得分和名次变化）"
    picture = Picture(charts.standings, bars, (charts.DENSE_ROW,), picks=True)
    said = sentences.overview(rows, context.names, context.period_label)
    if bars.empty:
        # Not passed over: that there is nothing is what a wall has to say after a withdrawal.
        return replace(_nothing(context, Kind.OVERVIEW, said, "", "manage/completeness.py"), empty=False)
    return _scored(context, Kind.OVERVIEW, said, title, picture, "see/ranking.py")


@kept
def _course(context: Context) -> Shown:
    frame, series = context.scores.frame, context.series
    if len(series) < 2:
        said = f"只有{context.period_label}一期数据，还没有变化可看。"
        return _nothing(context, Kind.COURSE, said, "请在有几期数据的指标体系里看。", "see/ranking.py")
    places = tables.bump_rows(frame, context.root, series, context.names, context.region)
    first, *_, last = series
    both = ranks_in(frame, context.root, first, last)
    said = room.course(both, context.names, (Period.parse(first).label, Period.parse(last).label))
    title = f"总分名次的变化（蓝线：{context.names[context.region]}；各期按当期全部有数的测度）"
    picture = Picture(charts.bump, places, (charts.ROW, context.cohort.cuts), picks=True)
    seen = context.over(series)
    return _scored(seen, Kind.COURSE, said, title, picture, "see/ranking.py", choices={"view": "名次变化"})


@kept
def _weakest(context: Context) -> Shown:
    codes = [node.code for node in context.framework.indicators]
    changed = mean_changes(context.scores, codes, context.period, context.before)
    low = weakest(context.scores, codes, context.period)
    dots = tables.weakest_rows(low, changed, context.labels, context.owner)
    named = text.listed(context.labels[code] for code in low["code"])
    said = f"{context.period_label}，{tables.weakest_title(low, codes)}：{named}。"
    title = "各指标的平均得分和牵头单位（◆ 各地平均，色条：最低到最高）"
    picture = Picture(charts.weakest_dots, dots, (charts.TALL_ROW,))
    return _scored(context, Kind.WEAKEST, said, title, picture, "see/heatmap.py")


@kept
def _city(context: Context) -> Shown:
    places, weak = facts.places(context), facts.weak_indicators(context)
    values = facts.bulletin_values(context, "bulletin-37")
    listed = tables.weak_indicator_table(weak, context.book.indicators, values)
    return Shown(
        Kind.CITY.label,
        sentences.city(places, weak),
        "通报点名的短板指标（原文没有给出各项名次）",
        f"数据：{facts.cited(context, weak)}",
        real=True,
        table=tables.weak_indicators_in_short(listed),
        page="see/overview.py",
    )


@kept
def _heatmap(context: Context) -> Shown:
    codes = [node.code for node in context.framework.indicators]
    low = list(weakest(context.scores, codes, context.period, COLUMNS)["code"])
    cells = grid.by_node(
        context.scores, [context.root, *codes], context.period, changes.of_period(context, context.period)
    )
    heads = {each: subject.name(context, each) for each in (context.root, *codes)}
    regions = list(context.scores.at(context.period).standing(context.root).sort_values(["rank", "region"])["region"])
    data = tables.heatmap_rows(cells, "score", context.names, heads, regions, [context.root, *low], context.region)
    # What is said is of all indicators, as on the page; the slide has room for the weakest.
    every = cells[cells["column"] != context.root]
    said = sentences.heat(every, heads, context.names, context.period_label, subject.name(context, context.root))
    title = f"各地得分：总分，和平均最低的 {len(low)} 项（0–100；自上而下按总分名次）"
    picture = Picture(charts.heatmap, data, (charts.ROW, "score", tables.head_lines(data)))
    return _scored(context, Kind.HEATMAP, said, title, picture, "see/heatmap.py")


@kept
def _map(context: Context) -> Shown:
    outlines = maps.for_members(context.cohort.members)
    moved = context.moved(context.root)
    classes = maps.classes(maps.TIER, moved)
    rows = tables.map_rows(moved, maps.TIER, classes, outlines, context.names, context.region)
    # The canvas has no room for a second line inside an area; the place is in the colour and in the list of the page.
    rows = rows.assign(words=[each.split("\n")[0] for each in rows["words"]])
    said = sentences.mapped(rows, classes.words, subject.name(context, context.root), context.period_label)
    picture = Picture(charts.county_map, rows, (outlines, classes, charts.ROW), picks=True, height=LOW)
    title = f"{context.period_label}总分，按方阵着色"
    return _scored(context, Kind.MAP, said, title, picture, "see/map.py", remarks=maps.remarks(outlines))


@kept
def _indicator(context: Context, code: str) -> Shown:
    codes = [node.code for node in context.framework.indicators]
    code = code or weakest(context.scores, codes, context.period, 1)["code"].iloc[0]
    name, rows = subject.name(context, code), context.moved(code)
    said = sentences.ranking(rows, context.names, context.period_label, f"“{name}”", context.region)
    if code in context.framework.leaves:
        measure = context.book.measures[code]
        values = with_values(rows, context.scores, code, context.period, context.snapshot.observations)
        unit = f"{measure.unit}，{measure.direction.label}" if measure.unit else measure.direction.label
        bars, shape = tables.value_rows(values, context.names, measure, context.region), (charts.ROW, unit, False)
    else:
        bars, unit = tables.standing_rows(rows, context.names, context.region), "得分"
        bars = bars.rename(columns={"score": "amount"})
        shape = (charts.ROW, unit)
    bars = _pointed(bars)
    title = f"{name}（{unit}；牵头：{context.owner(code)}）"
    picture = Picture(charts.focus_bars, bars, shape, picks=True)
    return _scored(context, Kind.INDICATOR, said, title, picture, "see/indicator.py", choices={"subject": code})


@kept
def _county(context: Context) -> Shown:
    name, rows, losses = context.names[context.region], profiles.spine(context), profiles.losses(context)
    standing = context.moved(context.root).set_index("region").loc[context.region]
    said = sentences.county(standing, losses, context.labels, name, context.period_label)
    values = context.values_of(context.region, context.period)
    marks = tables.spine_rows(rows, context.framework, context.book.measures, values, False)
    at = {code: i for i, code in zip(marks.index, marks["code"], strict=True)}
    if context.root not in at:
        return _nothing(context, Kind.COUNTY, said, "请到“数据齐备”页看缺哪些数。", "manage/completeness.py")
    worst = [code for code in losses.loc[losses["lost"] > 0, "code"] if code in at][:BELOW]
    apart = (marks["score"] - marks["median"]).where(~marks["code"].isin([context.root, *worst]))
    some = [at[context.root], *(at[code] for code in worst), *apart[apart > 0].nlargest(ABOVE).index]
    title = f"{name}失分最多的几项、比中位高最多的几项（▲ 高于、▼ 低于中位 ┃　◇ {context.compare}　粗条：中间一半）"
    picture = Picture(charts.spine, marks.loc[some].reset_index(drop=True), (charts.ROW, 150, 110))
    return _scored(context, Kind.COUNTY, said, title, picture, "see/county.py")


@kept
def _gap(context: Context) -> Shown:
    context = of_performance(context)
    found = gap.comparison(context, context.root)
    name = context.names[context.region]
    said = gap.conclusion(context, found)
    if found.gaps.empty:
        return _nothing(context, Kind.GAP, said, f"{context.compare}没有同口径的数值。", "benchmark/gap.py")
    scores = (found.explained.ours, found.explained.theirs)
    bars = tables.waterfall_rows(found.parts, scores, context.labels, (name, context.compare), PARTS)
    title = f"从{name}到{context.compare}，差距由哪几项组成（单位：总分的分）"
    return _scored(context, Kind.GAP, said, title, Picture(charts.waterfall, bars, (charts.ROW,)), "benchmark/gap.py")


@kept
def _climb(context: Context) -> Shown:
    base = context.scores.at(context.period)
    rank, cuts = base.of(context.region, context.root, context.period)[1], context.cohort.cuts
    if rank != rank:
        said = f"{context.names[context.region]}{context.period_label}没有总分，无法反推。"
        return _nothing(context, Kind.CLIMB, said, "请到“数据齐备”页看缺哪些数。", "manage/completeness.py")
    place = max([cut for cut in cuts if cut < rank], default=max(1, int(rank) - 1))
    limits, tried = Limits(), Scenario(context.framework_code, context.period, context.region)
    answer = lab.seek(context, base, tried, Aim(context.root, place=place), limits)
    plan = next(iter(answer.plans), answer.best)
    said = lab.conclusion(context, answer, plan, limits)
    choices = {"lab": "升档反推"}
    if plan is None:
        # There already: how far ahead is to be seen.
        return replace(
            _overview(context), name=Kind.CLIMB.label, conclusion=said, page="benchmark/whatif.py", choices=choices
        )
    rows = lab.way_up(context, plan, "现在", MOVES)
    return _scored(
        context,
        Kind.CLIMB,
        said,
        "分从哪里来（其他地区数值不变）",
        Picture(charts.way_up, rows, (charts.ROW,)),
        "benchmark/whatif.py",
        choices=choices,
        remarks=tuple(filter(None, [lab.drag(context, plan).removesuffix("。")])),
    )


@kept
def _stability(context: Context) -> Shown:
    found = stability.places(context)
    said = firm.conclusion(found.frame, found.pairs, context.names, context.region, stability.SWING, "现在")
    last = len(found.frame)
    bounds = tables.tier_bounds(context.cohort.cuts, last)
    rows = tables.place_range_rows(found.frame, found.pairs, context.names, context.region)
    title = "各地名次会在哪里变（● 现在；粗条：90% 的情形；细线：全部；≈ 与上一位接近）"
    picture = Picture(charts.place_ranges, rows, (charts.ROW, last, bounds), picks=True)
    choices = {"lab": stability.VIEW}
    return _scored(context, Kind.STABILITY, said, title, picture, "benchmark/whatif.py", choices=choices)


def _nothing(context: Context, kind: Kind, conclusion: str, title: str, page: str) -> Shown:
    """A screen that has nothing to draw, and says so."""
    return Shown(kind.label, conclusion, title, context.source_line, made_up=context.demo, page=page, empty=True)


_KINDS: dict[Kind, Compose] = {
    Kind.OVERVIEW: _overview,
    Kind.CITY: _city,
    Kind.COURSE: _course,
    Kind.WEAKEST: _weakest,
    Kind.HEATMAP: _heatmap,
    Kind.MAP: _map,
    Kind.COUNTY: _county,
    Kind.GAP: _gap,
    Kind.CLIMB: _climb,
    Kind.STABILITY: _stability,
    Kind.TARGETS: doing.targets,
    Kind.LEDGER: doing.ledger,
    Kind.CAMPAIGN: doing.campaign,
}
