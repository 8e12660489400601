"""What is looked at: a framework, period, region and comparison, with the data that belongs to them; screens and papers alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, TypeVar

import pandas as pd

from lib.core.cityfacts import benchmark_values, best_benchmarks
from lib.core.gap import best_of_cohort, holders, median_of_cohort, values_of
from lib.core.movement import movement
from lib.core.score import METHOD_VERSION, Scores
from lib.model import Cohort, Framework, Period, source
from lib.snapshot import Catalog, Snapshot
from lib.view import text

More = ParamSpec("More")
Found = TypeVar("Found")
TOTAL = "总分"
BEST, MEDIAN, NATION = "各项最优", "全市中位", "全国标杆"


@dataclass(frozen=True)
class Context:
    """One view's framework, period, region and comparison; all pages read it, none changes it."""

    snapshot: Snapshot
    framework_code: str
    period: str
    region: str
    compare: str
    scores: Scores
    span: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The data version: what caches are keyed on."""
        return self.snapshot.version

    @property
    def book(self) -> Catalog:
        """The catalogue."""
        return self.snapshot.catalog

    @property
    def framework(self) -> Framework:
        """The tree in force."""
        return self.scores.framework

    @cached_property
    def cohort(self) -> Cohort:
        """The regions ranked together."""
        return self.book.cohort(self.framework_code)

    @property
    def root(self) -> str:
        """Code of the total."""
        return self.framework.root.code

    @property
    def before(self) -> str | None:
        """The period of the same kind just before, if it has values of the same kind: real is never compared with made up."""
        earlier = str(Period.parse(self.period).shift(-1))
        if earlier not in self.scores.panel.periods or self._made_up(earlier) != self._made_up(self.period):
            return None
        return earlier

    def _made_up(self, period: str) -> bool:
        return any(kind == "demo" for _, kind, _ in self.snapshot.sources(self.framework_code, period))

    def moved(self, code: str) -> pd.DataFrame:
        """Standing of every member on a node, with what has changed since the period before, as `core.movement`."""
        return self.snapshot.seen(movement, self.scores, code, self.period, self.before).copy(deep=False)

    @property
    def period_label(self) -> str:
        """2020年四季度."""
        return Period.parse(self.period).label

    @property
    def series(self) -> dict[str, str]:
        """Periods of the same kind that have values, in time order, with their short labels; made-up ones and real ones are
        never in one series."""
        kind, made_up = Period.parse(self.period).kind, self._made_up(self.period)
        return {
            each: Period.parse(each).short
            for each in self.scores.panel.periods
            if Period.parse(each).kind == kind and self._made_up(each) == made_up
        }

    @property
    def spelled(self) -> dict[str, str]:
        """The same periods as sentences and tables spell them, which have more room than an axis."""
        return {each: Period.parse(each).label for each in self.series}

    @property
    def names(self) -> dict[str, str]:
        """Short names of all places."""
        return self.book.short_names

    @cached_property
    def labels(self) -> dict[str, str]:
        """Names of the framework's indicators and measures."""
        return {node.code: node.name for node in self.framework.nodes}

    @property
    def named(self) -> dict[str, str]:
        """Names of every measure and indicator of the catalogue."""
        return self.book.named

    def departments(self, codes: str) -> str:
        """市市场监管局、市税务局 for market_regulation;tax."""
        return text.listed(self.book.departments.get(code, code) for code in codes.split(";") if code)

    @property
    def cited(self) -> dict[str, str]:
        """Each document as it is cited."""
        return self.book.cited

    @cached_property
    def benchmark(self) -> dict[str, float]:
        """The compared values by measure: the cohort's best or median, or another member's."""
        if self.compare == BEST:
            return best_of_cohort(self.scores, self.period)
        if self.compare == NATION:
            return benchmark_values(self.book.benchmarks, self.book.measures)
        if self.compare == MEDIAN:
            return median_of_cohort(self.scores, self.period)
        return values_of(self.scores, self.compare_code, self.period)

    def source_of_value(self, code: str) -> str:
        """Address of the region's value of a measure in the period."""
        return source.value(self.region, code, self.period)

    @cached_property
    def benchmark_sources(self) -> dict[str, str]:
        """Address of each compared value: a document's statement, a member's value; a median comes from no single one."""
        if self.compare == NATION:
            return best_benchmarks(self.book.benchmarks, self.book.measures)["id"].map(source.fact).to_dict()
        if self.compare == MEDIAN:
            return {}
        if self.compare == BEST:
            return {
                code: source.value(members[0], code, self.period)
                for code, members in holders(self.scores, self.period, self.benchmark).items()
            }
        return {code: source.value(self.compare_code, code, self.period) for code in self.benchmark}

    @property
    def compare_code(self) -> str:
        """Code of the compared member; "" for a composite benchmark."""
        return next((code for code in self.cohort.members if self.names[code] == self.compare), "")

    @property
    def sources(self) -> tuple[tuple[int, str, str], ...]:
        """Batches behind the values of the periods on screen: (id, kind, file)."""
        periods = self.span or tuple(period for period in (self.period, self.before) if period)
        found = {each for period in periods for each in self.snapshot.sources(self.framework_code, period)}
        return tuple(sorted(found))

    def over(self, periods: Iterable[str]) -> Context:
        """The same view with other periods on screen, as in a trend."""
        return replace(self, span=tuple(periods))

    @property
    def partial(self) -> str:
        """That measures of the framework have no value of anybody in the period, so that scores and places are of the rest alone."""
        panel = self.scores.panel
        return text.partial(panel.filled(self.period), len(panel.measures)) if self.period in panel.periods else ""

    @property
    def demo(self) -> bool:
        """Whether a value of the periods on screen is made up."""
        return any(kind == "demo" for _, kind, _ in self.sources)

    def owner(self, code: str) -> str:
        """Lead departments of the indicator that a node belongs to, the nearest one that names any."""
        return "、".join(self.book.departments.get(each, each) for each in self.owner_codes(code)) or "—"

    def owner_codes(self, code: str) -> tuple[str, ...]:
        """The same as codes; none where no indicator above names any."""
        path = reversed(self.framework.path(code))
        return next((self.framework[step].lead for step in path if self.framework[step].lead), ())

    @property
    def background(self) -> bool:
        """Whether the framework describes conditions, not performance; such a framework's code begins with context-."""
        return describes_conditions(self.framework_code)

    @property
    def weights_basis(self) -> str:
        """What the weights rest on."""
        return str(self.book.about.at[self.framework_code, "weights_basis"])

    def fact(self, identifier: str) -> dict | None:
        """A statement of a document by its number: a fact, a target or a benchmark; None when there is none."""
        for rows in (self.book.facts, self.book.targets, self.book.benchmarks):
            found = rows[rows["id"] == identifier]
            if len(found):
                return found.iloc[0].to_dict()
        return None

    def values_of(self, region: str, period: str) -> dict[str, float]:
        """The values of a place in a period that stand, derived ones included, by measure."""
        rows = self.snapshot.observations
        rows = rows[(rows["region"] == region) & (rows["period"] == period)]
        return dict(zip(rows["measure"], rows["value"], strict=True))

    def standing(self, region: str, measure: str, period: str) -> pd.Series | None:
        """The value that stands, with its batch and, of a derived one, `other_batch`; None when there is none."""
        rows = self.snapshot.observations
        found = rows[(rows["measure"] == measure) & (rows["region"] == region) & (rows["period"] == period)]
        return None if found.empty else found.iloc[0]

    @property
    def _span_label(self) -> str:
        """The periods on screen: the chosen one, or from the first to the last of a trend."""
        ends = sorted(map(Period.parse, self.span))
        return self.period_label if len(ends) < 2 else f"{ends[0].label}至{ends[-1].label}"

    @property
    def source_line(self) -> str:
        """Where the numbers of the period come from, for under a chart or table."""
        made = self.snapshot.batches["created_at"]
        files = "、".join(
            f"{text.straight(file)}（批次 {batch}，{text.day(made[batch])}发布）" for batch, _, file in self.sources
        )
        if not files:
            return f"数据：{self._span_label}，{self.framework.root.name}还没有县（市、区）的数值"
        rest = f"；{self.period_label} {self.partial}" if self.partial else ""
        return f"数据：{self._span_label}，{files}{rest}；计分方法第 {METHOD_VERSION} 版"


def describes_conditions(framework: str) -> bool:
    """Whether a framework describes conditions, not performance."""
    return framework.startswith("context-")


def of_performance(chosen: Context) -> Context:
    """The same, or where there are values of conditions only, as before any county has reported, the catalogue's first framework
    of performance without a value: what documents state can be seen, and nobody is ranked by conditions."""
    if not chosen.background or not all(map(describes_conditions, chosen.snapshot.framework_codes)):
        return chosen
    code = next(each for each in chosen.book.trees if not describes_conditions(each))
    return replace(chosen, framework_code=code, scores=chosen.snapshot.without_values(code, chosen.period))


def node_label(framework: Framework, code: str) -> str:
    """An indicator or measure in a list of all of them, set in by its level; 总分 for the root."""
    depth = framework.depth(code)
    return "　" * (depth - 1) + framework[code].name if depth else TOTAL


def kept(function: Callable[Concatenate[Context, More], Found]) -> Callable[Concatenate[Context, More], Found]:
    """Reckons a function of a context once for the same view and arguments of a data version; for what rests on nothing else: not
    on the ledger, drafts, accounts, the address or the day. What it gives is everybody's and not to be changed."""

    @wraps(function)
    def once(context: Context, *more: More.args, **named: More.kwargs) -> Found:
        if named:
            raise TypeError(f"{function.__name__}: arguments by position, by which its result is kept")
        return context.snapshot.seen(function, context, *more)

    return once
