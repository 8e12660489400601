"""What each kind of screen says: the conclusion and the picture of the page that it is taken from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lib.core.movers import mean_changes
from lib.core.spread import weakest
from lib.model.screen import Kind, Screen
from lib.ui import facts
from lib.ui.context import Context
from lib.ui.room.shown import Picture, Shown
from lib.view import charts, sentences, tables

Compose = Callable[[Context, Mapping[str, str]], Shown]


def compose(context: Context, screen: Screen) -> Shown:
    """One screen as a context sees it."""
    return _KINDS[screen.kind](context, screen.ties)


def _overview(context: Context, ties: Mapping[str, str]) -> Shown:
    rows = context.moved(context.root)
    bars = tables.standing_rows(rows, context.names, context.region)
    return _scored(
        context,
        Kind.OVERVIEW,
        sentences.overview(rows, context.names, context.period_label),
        f"{context.period_label}总分排名",
        Picture(charts.standings, bars, (charts.DENSE_ROW,), picks=True),
        page="see/ranking.py",
    )


def _weakest(context: Context, ties: Mapping[str, str]) -> Shown:
    codes = [node.code for node in context.framework.indicators]
    changes = mean_changes(context.scores, codes, context.period, context.before)
    low = weakest(context.scores.frame, codes, context.period)
    dots = tables.weakest_rows(low, changes, context.labels, context.owner)
    return _scored(
        context,
        Kind.WEAKEST,
        tables.weakest_title(low, codes),
        "◆ 各地平均，浅条：最低到最高",
        Picture(charts.weakest_dots, dots, (charts.TALL_ROW,)),
        page="see/heatmap.py",
    )


def _city(context: Context, ties: Mapping[str, str]) -> Shown:
    places, weak = facts.places(context), facts.weak_indicators(context)
    listed = tables.weak_indicator_table(weak, context.book.indicators, facts.bulletin_values(context, "bulletin-37"))
    return Shown(
        Kind.CITY.label,
        sentences.city(places, weak),
        "通报点名的短板指标（原文没有给出各项名次）",
        f"数据：{facts.cited(context, weak)}",
        real=True,
        table=listed,
        page="see/overview.py",
    )


def _scored(context: Context, kind: Kind, conclusion: str, title: str, picture: Picture, *, page: str) -> Shown:
    """A screen about scores of the context's period."""
    return Shown(kind.label, conclusion, title, context.source_line, made_up=context.demo, picture=picture, page=page)


_KINDS: dict[Kind, Compose] = {Kind.OVERVIEW: _overview, Kind.CITY: _city, Kind.WEAKEST: _weakest}
