"""What a declaration stands on: whose values it starts from, and what its benchmarks state on the same measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from lib.core import declaration as rules
from lib.core.compare import STATED, about, compare, of_benchmarks, of_documents, of_values
from lib.core.score import Scores
from lib.model import Framework
from lib.model.declaration import Declaration, listed
from lib.snapshot import sort_periods
from lib.store.events import today
from lib.ui.context import Context, describes_conditions
from lib.ui.facts import CITY
from lib.view import declaration as words

MOST_PLACES = 4
# How a value is known that a unit states itself.
OWN = "自报"


@dataclass(frozen=True)
class Basis:
    """What a declaration stands on: its framework and period, its own values and its benchmarks' on the subject's measures."""

    context: Context
    content: Declaration

    @cached_property
    def framework_code(self) -> str:
        """The framework in force, or the first that has the subject; one of conditions last, for they are no goals."""
        trees = self.context.book.trees
        order = sorted([self.context.framework_code, *trees], key=describes_conditions)
        return next((code for code in order if self.content.subject in trees[code].index), order[0])

    @property
    def framework(self) -> Framework:
        """Its tree."""
        return self.context.book.trees[self.framework_code]

    @cached_property
    def scores(self) -> Scores | None:
        """Its scores; None where it has no values."""
        return self.context.snapshot.scores(self.framework_code)

    @cached_property
    def period(self) -> str:
        """The period in force, or the framework's latest; "" without values."""
        if self.scores is None:
            return ""
        periods = self.scores.panel.periods
        return self.context.period if self.context.period in periods else sort_periods(list(periods))[0]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The measures of the subject, then others of it that the vertical benchmark states or that a goal is set on."""
        known = self.content.subject in self.framework.index
        below = self.framework.below(self.content.subject) if known else ()
        stated = [code for code in self.vertical["code"] if code in self.family]
        return tuple(dict.fromkeys([*below, *stated, *self.aimed]))

    @cached_property
    def own(self) -> dict[str, float]:
        """Present values that the unit states itself, by measure: they count where no document and no file has one."""
        return {goal.measure: goal.value for goal in self.content.own}

    @property
    def aimed(self) -> tuple[str, ...]:
        """Measures that a goal is set on, of whatever indicator."""
        measures = self.context.book.measures
        return tuple(goal.measure for goal in self.content.goals if goal.measure in measures)

    @cached_property
    def family(self) -> tuple[str, ...]:
        """Every measure of the subject that has a direction, also those that the framework does not score."""
        if self.content.subject not in self.framework.index:
            return ()
        return tuple(about(self.framework, self.content.subject, self.context.book.measures))

    @cached_property
    def ours(self) -> pd.DataFrame:
        """What the place that declares states: the city by the documents, a county by its values, and where those have none what
        the unit states itself."""
        known, measures = self._stated(self.content.region), self.context.book.measures
        rows = [
            (code, self.content.region, "", "", self._own_basis, "=", value, "", measures[code].unit, "")
            for code, value in self.own.items()
            if code in measures and code not in set(known["code"])
        ]
        return pd.concat([known, pd.DataFrame(rows, columns=list(STATED))]) if rows else known

    @property
    def _own_basis(self) -> str:
        return "：".join(filter(None, (OWN, self.content.own_source)))

    @cached_property
    def vertical(self) -> pd.DataFrame:
        """The national benchmarks beside it, as `core.compare`."""
        places = places_in(self.content.vertical, self.context)
        book = self.context.book
        return self._beside([of_benchmarks(book.benchmarks, place, book.measures) for place in places])

    @cached_property
    def horizontal(self) -> pd.DataFrame:
        """The city's own benchmarks beside it, as `core.compare`."""
        places = [code for code in places_in(self.content.horizontal, self.context) if self._member(code)]
        return self._beside([self._stated(place) for place in places], alike=self.content.region != CITY)

    @cached_property
    def present(self) -> rules.Present:
        """What the rules are checked against."""
        codes, measures = dict.fromkeys((*self.family, *self.aimed)), self.context.book.measures
        made_up = self.made_up and self.content.region != CITY
        return rules.present(self.ours, self.vertical, self.horizontal, codes, measures, made_up=made_up)

    @property
    def made_up(self) -> bool:
        """Whether the counties' values of the period are made up."""
        return any(kind == "demo" for _, kind, _ in self.context.snapshot.sources(self.framework_code, self.period))

    @property
    def uses_made_up(self) -> bool:
        """Whether a made-up value stands in the declaration: a county declares, or is the benchmark."""
        return self.made_up and (self.content.region != CITY or not self.horizontal.empty)

    def prefilled(self) -> Declaration:
        """The content with today's date, the gaps by the data, and what the chosen practices did."""
        content = self.content
        return replace(
            content,
            filled=content.filled or today(),
            vertical_gap=content.vertical_gap or self.gap_words(self.vertical),
            horizontal_gap=content.horizontal_gap or self.gap_words(self.horizontal),
            steps=content.steps or self.practice_words(content.practices),
        )

    def gap_words(self, table: pd.DataFrame) -> str:
        """The gap to a benchmark measure by measure, in the words of a paper."""
        names, own = self.context.names, self.context.names.get(self.content.region, "本地")
        return words.gaps(table, self.context.book.measures, own, names, self.demo_of())

    def practice_words(self, numbers: Iterable[str]) -> str:
        """What the practices did, a paragraph each."""
        rows = self.context.book.practices.set_index("id")
        chosen = [rows.loc[number] for number in numbers if number in rows.index]
        return "\n".join(f"参照“{row['title']}”：{row['summary']}" for row in chosen)

    def demo_of(self) -> frozenset[str]:
        """Places whose values are made up."""
        return frozenset(self.scores.panel.regions) if self.made_up and self.scores is not None else frozenset()

    def _stated(self, region: str) -> pd.DataFrame:
        book = self.context.book
        if self.scores is not None and self._member(region):
            return of_values(self.scores, region, self.period, book.measures)
        return of_documents(book.facts, region, book.measures)

    def _member(self, region: str) -> bool:
        return self.scores is not None and region in self.scores.panel.regions

    def _beside(self, theirs: list[pd.DataFrame], *, alike: bool = False) -> pd.DataFrame:
        measures = self.context.book.measures
        wanted = {*self.family, *self.aimed}
        parts = [rows[rows["code"].isin(wanted)] for rows in theirs]
        return compare(self.ours, pd.concat(parts) if parts else self.ours.head(0), measures, alike=alike)


def places_in(names: str, context: Context) -> list[str]:
    """The codes of the places that are named in a list of names: 北京市、国网上海电力."""
    found = [code for name in listed(names) if (code := _place(name, context))]
    return list(dict.fromkeys(found))[:MOST_PLACES]


def _place(name: str, context: Context) -> str | None:
    """The place whose longest name is in a name; None when none is."""
    fitting = [
        (len(each), code)
        for code, region in context.book.regions.items()
        for each in (region.name, region.short_name)
        if each in name
    ]
    return max(fitting)[1] if fitting else None
