"""What every paper that goes out is made from: a view of the data, the targets, the ledger and the counts at the end of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from lib.context import BEST, Context, describes_conditions, of_performance
from lib.core import ledger as core
from lib.core.campaign import day_of
from lib.core.cityfacts import known
from lib.core.tally import with_issued
from lib.model import UserError
from lib.model.bulletin import Paperwork
from lib.model.ledger import Item, Reading
from lib.snapshot import Snapshot, sort_periods
from lib.store import bulletins, data_version, tallies
from lib.store import ledger as store


@dataclass(frozen=True)
class Records:
    """What is written beside the data, as it is at a moment: the ledger's items and history, the counts by month, the papers that went out.
    Two are the same where all their words are: what is made of them can be kept by them."""

    words: tuple[tuple[object, ...], ...]
    items: tuple[Item, ...]
    history: pd.DataFrame = field(compare=False)
    counts: pd.DataFrame = field(compare=False)
    issued: pd.DataFrame = field(compare=False)


def read(path: Path) -> Records:
    """What is written in a database now."""
    frames = store.history(path), tallies.tallies(path), bulletins.issued(path)
    words = tuple(tuple(rows.itertuples(index=False, name=None)) for rows in frames)
    return Records(words, tuple(store.items(path)), *frames)


def at(context: Context, day: date) -> Material:
    """What stands at the end of a day, as seen by a context."""
    return Material(context, day, read(context.snapshot.path))


@dataclass(frozen=True)
class Material:
    """What stands at the end of a day, as seen by a context."""

    context: Context
    day: date
    records: Records

    @cached_property
    def anywhere(self) -> Material:
        """The same, whichever region is looked at and beside whom: for what is about all of them."""
        first = self.context.cohort.members[0]
        return replace(self, context=replace(self.context, region=first, compare=BEST, span=()))

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Every target with its status, the most urgent first."""
        return self.context.snapshot.targets(self.day)

    @cached_property
    def facts(self) -> pd.DataFrame:
        """What documents dated by the day state: facts' columns."""
        book = self.context.book
        return known(book.facts, book.documents, self.day)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The ledger's items that were opened by the day, as they stood at its end."""
        return core.standing(self.records.items, self.history, self.day)

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """The same as `core.ledger.listing`. Not to be changed."""
        return self.context.snapshot.seen(_listing, self.anywhere)

    @cached_property
    def history(self) -> pd.DataFrame:
        """What happened on the ledger up to the day, latest first, as `store.ledger.history`."""
        rows = self.records.history
        return rows[rows["at"].map(lambda stamp: day_of(stamp) <= self.day).astype(bool)].reset_index(drop=True)

    @cached_property
    def tallies(self) -> pd.DataFrame:
        """The counts by month that stand, bulletins issued here among them, as `core.tally.with_issued`."""
        issued = self.records.issued
        return with_issued(self.records.counts, issued.loc[issued["kind"] == Paperwork.WORK.value, "day"])


def _listing(material: Material) -> pd.DataFrame:
    context, items = material.context, material.items
    return core.listing(items, look_at(context, items), context.book.measures, material.day)


def look_at(context: Context, items: tuple[Item, ...]) -> Mapping[int, Reading]:
    """By item, what its indicator is now."""
    return {each.id: look(context, each.task.subject, each.task.region) for each in items}


def look(context: Context, subject: str, region: str) -> Reading:
    """What a measure or indicator of a place is now, whatever period the context shows."""
    book = context.book
    return core.look(subject, region, book.facts, context.snapshot.observations, context.scores, book.measures)


def gather(path: Path, day: date, *, framework: str = "", period: str = "", region: str = "") -> Material:
    """The material of a database at the end of a day: the first framework of performance that has values, its latest period, and the
    member that stands last in it, unless others are named. UserError for one that there is none of."""
    snapshot = Snapshot(path, data_version(path))
    codes = [code for code in snapshot.framework_codes if not describes_conditions(code)] or list(
        snapshot.framework_codes
    )
    code = _one_of(framework or (codes[0] if codes else ""), snapshot.framework_codes, "有数值的指标体系")
    scores = snapshot.scores(code)
    assert scores is not None
    periods = sort_periods(list(scores.panel.periods))
    when = _one_of(period or periods[0], tuple(periods), "有数值的评价期")
    last = (
        scores.at(when).standing(scores.framework.root.code).sort_values("rank", na_position="first")["region"].iloc[-1]
    )
    where = _one_of(region or str(last), scores.panel.regions, "参评地区")
    return at(of_performance(Context(snapshot, code, when, where, BEST, scores)), day)


def _one_of(wanted: str, known: tuple[str, ...], what: str) -> str:
    if wanted not in known:
        raise UserError(f'"{wanted}" 不是{what}（期望：{"、".join(known) or "先导入数据"}）')
    return wanted
