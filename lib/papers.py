"""What every paper that goes out is made from: a view of the data, the targets, the ledger and the counts at the end of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from lib.context import BEST, Context, describes_conditions
from lib.core import brief as figures
from lib.core import ledger as core
from lib.core.campaign import day_of
from lib.core.cityfacts import CITY, province_places, weak_indicators
from lib.core.movers import mean_changes
from lib.core.spread import weakest
from lib.model import UserError
from lib.model.bulletin import Brief, Paper, Paperwork, Weak
from lib.model.ledger import Item, Reading
from lib.snapshot import Snapshot, sort_periods
from lib.store import bulletins, data_version, tallies
from lib.store import ledger as store
from lib.view.bulletin import Names, cited, write


@dataclass(frozen=True)
class Material:
    """What stands at the end of a day, as seen by a context."""

    context: Context
    day: date

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Every target with its status, the most urgent first."""
        return self.context.snapshot.targets(self.day)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The ledger's items that were opened by the day, as they are now."""
        return tuple(each for each in store.items(self.context.snapshot.path) if day_of(each.opened_at) <= self.day)

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """The same as `core.ledger.listing`."""
        return core.listing(self.items, look_at(self.context, self.items), self.context.book.measures, self.day)

    @cached_property
    def history(self) -> pd.DataFrame:
        """What happened on the ledger up to the day, latest first, as `store.ledger.history`."""
        rows = store.history(self.context.snapshot.path)
        return rows[rows["at"].map(lambda stamp: day_of(stamp) <= self.day).astype(bool)].reset_index(drop=True)

    @cached_property
    def tallies(self) -> pd.DataFrame:
        """The counts by month that stand, as `store.tallies.tallies`."""
        return tallies.tallies(self.context.snapshot.path)


def look_at(context: Context, items: tuple[Item, ...]) -> Mapping[int, Reading]:
    """By item, what its indicator is now."""
    return {each.id: look(context, each.task.subject, each.task.region) for each in items}


def look(context: Context, subject: str, region: str) -> Reading:
    """What a measure or indicator of a place is now, whatever period the context shows."""
    book = context.book
    return core.look(subject, region, book.facts, context.snapshot.observations, context.scores, book.measures)


def gather(path: Path, day: date, *, framework: str = "", period: str = "", region: str = "") -> Material:
    """The material of a database at the end of a day: the first framework of performance that has values, its latest period, and its
    first member, unless others are named. UserError for one that there is none of."""
    snapshot = Snapshot(path, data_version(path))
    codes = [code for code in snapshot.framework_codes if not describes_conditions(code)] or list(
        snapshot.framework_codes
    )
    code = _one_of(framework or (codes[0] if codes else ""), snapshot.framework_codes, "有数值的指标体系")
    scores = snapshot.scores(code)
    assert scores is not None
    periods = sort_periods(list(scores.panel.periods))
    when = _one_of(period or periods[0], tuple(periods), "有数值的评价期")
    where = _one_of(region or scores.panel.regions[0], scores.panel.regions, "参评地区")
    return Material(Context(snapshot, code, when, where, BEST, scores), day)


def bulletin(
    material: Material,
    kind: Paperwork = Paperwork.WORK,
    *,
    number: int | None = None,
    weak: tuple[str, ...] = (),
    appendix: bool = True,
) -> Paper:
    """The draft of a bulletin, a week's or a day's paper that the material makes, `number` the next one unless given, about the
    weakest indicators of the period unless others are named."""
    context, book = material.context, material.context.book
    known = figures.known(book.facts, book.documents, material.day)
    found = figures.issues(book.documents, book.facts, bulletins.issued(context.snapshot.path))
    names = Names(
        regions=book.regions,
        subjects={**context.labels, **book.indicators, **{code: each.name for code, each in book.measures.items()}},
        measures=book.measures,
        departments=book.departments,
        documents={code: cited(row) for code, row in book.documents.to_dict("index").items()},
        city=CITY,
    )
    written = figures.next_number(kind, material.day, found) if number is None else number
    issuer = figures.issuer(book.documents, CITY, material.day)
    brief = _brief(material, kind, known, figures.since(kind, material.day, found), weak, names)
    return write(brief, names, number=written, issuer=issuer, appendix=appendix)


def _brief(
    material: Material, kind: Paperwork, known: pd.DataFrame, since: date | None, weak: tuple[str, ...], names: Names
) -> Brief:
    context, book, day = material.context, material.context.book, material.day
    rows = context.moved(context.root)
    risen, fallen = figures.most_moved(rows)
    targets = figures.known(material.targets, book.documents, day)
    codes = (weak or weakest_indicators(context)) if kind is Paperwork.WORK else ()
    changes = mean_changes(context.scores, [context.root, *codes], context.period, context.before)
    return Brief(
        kind=kind,
        day=day,
        since=since,
        period=context.period,
        before=context.before,
        made_up=context.demo,
        places=province_places(known, CITY),
        named=weak_indicators(known, CITY),
        total=figures.standing(context.scores, context.root, context.period, changes[context.root]),
        risen=risen,
        fallen=fallen,
        targets=targets,
        ledger=material.ledger,
        done=figures.done(material.items, material.history, since, day),
        counts=figures.counts(material.tallies, since, day),
        totals=figures.totals(known, CITY),
        weak=tuple(_weak(material, code, changes[code], known, targets, names) for code in codes),
        chosen=bool(weak),
    )


def weakest_indicators(context: Context) -> tuple[str, ...]:
    """The framework's indicators on which the members score lowest on average, lowest first."""
    codes = [node.code for node in context.framework.indicators]
    return tuple(weakest(context.scores.frame, codes, context.period)["code"])


def _weak(
    material: Material, code: str, change: float, known: pd.DataFrame, targets: pd.DataFrame, names: Names
) -> Weak:
    context, book = material.context, material.context.book
    inside = figures.within(context.framework, code, book.measures)
    own = targets[targets["code"].isin(inside)].reset_index(drop=True)
    benchmarks = figures.known(book.benchmarks, book.documents, material.day)
    stated, compared = figures.values_stated(
        known, benchmarks, list(own["code"]), CITY, context.framework, code, book.measures
    )
    listed = weak_indicators(known, CITY)
    naming = listed.loc[listed["code"] == code, "document"]
    return Weak(
        code=code,
        owner=context.owner(code),
        standing=figures.standing(context.scores, code, context.period, change),
        named=names.documents[naming.iloc[0]] if len(naming) else "",
        stated=stated,
        compared=compared,
        targets=own,
        items=material.ledger[material.ledger["subject"].isin(inside)].reset_index(drop=True),
    )


def _one_of(wanted: str, known: tuple[str, ...], what: str) -> str:
    if wanted not in known:
        raise UserError(f'没有{what}"{wanted}"（期望：{"、".join(known) or "先导入数据"}）')
    return wanted
