"""排名: what the page of places shows, reckoned once for everybody who looks at the same."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd

from lib.core.movement import all_contributions, shares_in, standouts
from lib.core.remarks import provisional_counts, with_values
from lib.core.spread import filled
from lib.ui import subject
from lib.ui.context import Context, kept
from lib.view import sentences, tables
from lib.view.table import Table

FURTHEST = "离中位最远的几项"


@dataclass(frozen=True, eq=False)
class Composition:
    """What the totals are made of: chart data and the shape of `charts.composition` without its height."""

    bars: pd.DataFrame
    shape: tuple[Hashable, ...]


@kept
def conclusion(context: Context, code: str) -> str:
    """The sentence that opens the page."""
    name = subject.name(context, code)
    quoted = name if code == context.root else f"“{name}”"
    return sentences.ranking(context.moved(code), context.names, context.period_label, quoted, context.region)


@kept
def rows(context: Context, code: str) -> pd.DataFrame:
    """The standing of every member on a node, of a measure with its values."""
    moved = context.moved(code)
    if code not in context.framework.leaves:
        return moved
    return with_values(moved, context.scores, code, context.period, context.snapshot.observations)


@kept
def parts(context: Context, code: str) -> pd.DataFrame:
    """What each part of a node gives and costs every member, as `core.all_contributions`."""
    return all_contributions(context.scores.frame, shares_in(context.framework, code), context.period)


def others(context: Context, code: str) -> list[str]:
    """What can be brought out in the composition: what lies furthest from the median, or one part."""
    return [FURTHEST, *dict.fromkeys(parts(context, code)["code"])]


@kept
def composition(context: Context, code: str, chosen: str) -> Composition:
    """Every member's score by its parts, the chosen ones first."""
    found, name = parts(context, code), subject.name(context, code)
    above, below = standouts(found, context.region) if chosen == FURTHEST else ([chosen], [])
    rest = f"其余 {len(others(context, code)) - 1 - len(above) - len(below)} 项"
    picked = [*above, *below]
    bars = tables.composition_rows(
        found, rows(context, code), context.names, context.labels, picked, rest, context.region
    )
    labels = [tuple(context.labels[part] for part in which) for which in (above, below)]
    return Composition(bars, (*labels, rest, name))


@kept
def differences(context: Context, code: str) -> pd.DataFrame:
    """The region's parts from furthest above the median to furthest below."""
    return tables.difference_rows(parts(context, code), context.region, context.labels)


@kept
def remarks(context: Context, code: str) -> str:
    """Who has no place and why, and whose change leaves measures out."""
    found = rows(context, code)
    there = filled(context.scores, code, context.period)
    return sentences.unranked(found, context.names, there) + sentences.shared(found, context.names)


@kept
def table(context: Context, code: str) -> Table:
    """Places, scores and changes with the score on every part."""
    observations = context.snapshot.observations
    doubtful = provisional_counts(observations, context.framework.below(code), context.period)
    there = filled(context.scores, code, context.period)
    found = rows(context, code), context.names, there, doubtful, parts(context, code), context.labels
    return tables.ranking_table(*found, code, context.period)


@kept
def values(context: Context, code: str) -> Table:
    """A measure's raw values."""
    return tables.value_table(rows(context, code), context.names, context.book.measures[code], context.period)
