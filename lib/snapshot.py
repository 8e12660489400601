"""What one data version says, read once and kept: catalogue, values that stand, scores. Pages and command line share it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from threading import RLock
from typing import TypeVar

import numpy as np
import pandas as pd

from lib.core import ahead
from lib.core.ahead import Values
from lib.core.cityfacts import CITY, OVERALL, known, unclear_about
from lib.core.derive import with_derived
from lib.core.goals import resolved
from lib.core.panel import Panel
from lib.core.progress import assess, of_files
from lib.core.score import Scores, score, score_panel
from lib.model import Cohort, Framework, Measure, Normalise, Period, Region, ScoreOptions, UserError
from lib.model.campaign import Campaign
from lib.store import batches, campaigns, catalog, targets

Found = TypeVar("Found")
# So many views of one data version are kept, those asked for last.
VIEWS = 1024


class _Reckoning:
    """What a function gives for some arguments: reckoned by the first who asks, while the others wait for it."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self._make, self._lock = lambda: function(*arguments), RLock()

    def found(self) -> object:
        """The result; an error is not kept, the next who asks reckons again."""
        with self._lock:
            if not hasattr(self, "_found"):
                self._found = self._make()
            return self._found


@dataclass(frozen=True)
class Catalog:
    """The catalogue as objects and frames; read-only for everyone."""

    frameworks: pd.DataFrame
    trees: dict[str, Framework]
    measures: dict[str, Measure]
    regions: dict[str, Region]
    cohorts: dict[str, Cohort]
    departments: dict[str, str]
    indicators: dict[str, str]
    documents: pd.DataFrame
    facts: pd.DataFrame
    targets: pd.DataFrame
    benchmarks: pd.DataFrame
    practices: pd.DataFrame

    @cached_property
    def titles(self) -> dict[str, str]:
        """Short names of all frameworks, in catalogue order."""
        return dict(zip(self.frameworks["code"], self.frameworks["short_name"], strict=True))

    @cached_property
    def about(self) -> pd.DataFrame:
        """The frameworks by their code."""
        return self.frameworks.set_index("code")

    @cached_property
    def short_names(self) -> dict[str, str]:
        """Short names of all places."""
        return {code: region.short_name for code, region in self.regions.items()}

    @cached_property
    def named(self) -> dict[str, str]:
        """Names of every measure and indicator."""
        measures = {code: measure.name for code, measure in self.measures.items()}
        return {**self.indicators, **measures, OVERALL: "全省营商环境评价"}

    @cached_property
    def cited(self) -> dict[str, str]:
        """Each document as it is cited: its number where it has one, else its title with its date."""
        rows = self.documents
        return {
            code: row.doc_no or f"《{row.title}》（{row.date}）"
            for code, row in zip(rows.index, rows.itertuples(), strict=True)
        }

    def cohort(self, framework: str) -> Cohort:
        """The regions that a framework ranks together."""
        return self.cohorts[str(self.about.at[framework, "cohort"])]


@dataclass(frozen=True)
class Basis:
    """What the scores of a period rest on: "demo" when any value behind them is made up, whether any is provisional, their batches."""

    kind: str
    provisional: bool
    batches: tuple[int, ...]


class Snapshot:
    """One data version of a database; every part is read or reckoned when it is first asked for, by one thread, and never changed.

    After a publication everybody asks for the same at once: one thread reckons, the others wait.
    """

    def __init__(self, path: Path, version: str) -> None:
        self.path, self.version = path, version
        self._kept: dict[tuple[str, ...], object] = {}
        self._lock = RLock()
        self._views = lru_cache(maxsize=VIEWS)(_Reckoning)

    def _once(self, key: tuple[str, ...], make: Callable[[], Found]) -> Found:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
            return self._kept[key]  # type: ignore[return-value]

    def seen(self, function: Callable[..., Found], *arguments: object) -> Found:
        """What a function gives for these arguments, by position and hashable, kept with the data version it rests on."""
        return self._views(function, *arguments).found()  # type: ignore[return-value]

    @property
    def catalog(self) -> Catalog:
        """The whole catalogue."""
        return self._once(("catalog",), lambda: read_catalog(self.path))

    @property
    def campaigns(self) -> dict[str, Campaign]:
        """Every campaign by its code, the latest first."""
        return self._once(("campaigns",), lambda: campaigns.campaigns(self.path))

    @property
    def bodies(self) -> dict[str, str]:
        """The departments that are one body, by code; 各县（市、区） and the like stand for several."""
        return self._once(("bodies",), self._bodies)

    def _bodies(self) -> dict[str, str]:
        rows = catalog.table(self.path, "department")
        rows = rows[rows["kind"] != "集合"]
        return dict(zip(rows["code"], rows["name"], strict=True))

    @property
    def observations(self) -> pd.DataFrame:
        """The values that stand, derived ones included."""
        return self._once(
            ("observations",), lambda: with_derived(batches.current(self.path), self.catalog.measures.values())
        )

    @property
    def order(self) -> np.ndarray:
        """Positions of the values that stand by measure, period and region."""
        return self._once(("order",), self._order)

    def _order(self) -> np.ndarray:
        rows = self.observations[["measure", "period", "region"]].reset_index(drop=True)
        return rows.sort_values([*rows.columns], kind="stable").index.to_numpy()

    @property
    def batches(self) -> pd.DataFrame:
        """Every batch by its id."""
        return self._once(("batches",), lambda: batches.batches(self.path).set_index("id"))

    def scores(self, framework: str, normalise: str = Normalise.FRONTIER.value) -> Scores | None:
        """Scores of a framework's cohort in every period that has values; None when there are none."""
        return self._once(
            ("scores", framework, normalise),
            lambda: score_rows(self.catalog, self.observations, framework, normalise),
        )

    def without_values(self, framework: str, period: str) -> Scores:
        """A framework's cohort in a period for which nobody has reported anything: no value, no score, no place."""
        return self._once(("blank", framework, period), lambda: _blank(self.catalog, framework, period))

    @cached_property
    def framework_codes(self) -> tuple[str, ...]:
        """Frameworks that have values to show, in catalogue order."""
        return tuple(code for code in self.catalog.frameworks["code"] if self.scores(code) is not None)

    def on_trend(self, framework: str, periods: tuple[str, ...], until: str) -> Values:
        """Where every value of a framework's cohort is heading, as `core.ahead.on_trend`. Not to be changed."""
        key = ("trend", framework, "|".join(periods), until)
        return self._once(key, lambda: ahead.on_trend(self._scored(framework), periods, until, self.catalog.measures))

    def at_targets(self, framework: str, period: str) -> Values:
        """The values of a period as they would be if every county had reached its targets, as `core.ahead.at_targets`. Not to be changed."""
        book = self.catalog
        return self._once(
            ("at_targets", framework, period),
            lambda: ahead.at_targets(
                self._scored(framework), period, self.goals, book.measures, book.short_names, CITY
            ),
        )

    def _scored(self, framework: str) -> Scores:
        scores = self.scores(framework)
        if scores is None:
            raise UserError(f"“{framework}”还没有数值")
        return scores

    @property
    def milestones(self) -> pd.DataFrame:
        """Every milestone as it was entered: id, target, due, value, user, at."""
        return self._once(("milestones",), lambda: targets.milestones(self.path))

    @property
    def goals(self) -> pd.DataFrame:
        """Every target of the city and its counties, with the measure's direction and the county's short name (place, "" for the
        city)."""
        return self._once(("goals",), self._goals)

    def _goals(self) -> pd.DataFrame:
        book = self.catalog
        ours = {code for code, place in book.regions.items() if CITY in (code, place.parent)}
        rows = book.targets[book.targets["region"].isin(ours)]
        directions = {code: measure.direction.value for code, measure in book.measures.items()}
        places = {code: "" if code == CITY else book.short_names[code] for code in ours}
        named = rows.assign(direction=rows["code"].map(directions).fillna("none"), place=rows["region"].map(places))
        return named.reset_index(drop=True)

    def targets(self, day: date) -> pd.DataFrame:
        """Every target of the city and its counties that documents dated by a day set, with its status at the end of it, the most urgent first, as
        `core.progress.assess`."""
        return self._once(("targets", day.isoformat()), lambda: self._targets(day))

    def _targets(self, day: date) -> pd.DataFrame:
        book, rows = self.catalog, self.observations
        goals = known(self.goals, book.documents, day)
        values = of_files(
            rows[rows["measure"].isin(goals["code"]) & rows["region"].isin(goals["region"])], book.measures
        )
        return assess(
            goals,
            known(book.facts, book.documents, day),
            unclear_about(book.measures),
            day=day,
            milestones=self.milestones,
            values=values,
        )

    def sources(self, framework: str, period: str) -> tuple[tuple[int, str, str], ...]:
        """The batches behind a framework's values in a period: (id, kind, file)."""
        return self._once(("sources", framework, period), lambda: self._sources(framework, period))

    def _sources(self, framework: str, period: str) -> tuple[tuple[int, str, str], ...]:
        rows, known = self.observations, self.batches
        used = rows[rows["measure"].isin(self.catalog.trees[framework].leaves) & (rows["period"] == period)]
        ids = sorted({*used["batch"], *used["other_batch"].dropna()})
        return tuple((int(batch), str(known.at[batch, "kind"]), str(known.at[batch, "file"])) for batch in ids)

    def basis(self, framework: str, period: str) -> Basis:
        """What every score of a framework in a period rests on, a place being one among all."""
        return self._once(("basis", framework, period), lambda: self._basis(framework, period))

    def _basis(self, framework: str, period: str) -> Basis:
        rows, sources = self.observations, self.sources(framework, period)
        used = rows["measure"].isin(self.catalog.trees[framework].leaves) & (rows["period"] == period)
        made_up = any(kind == "demo" for _, kind, _ in sources)
        provisional = bool(rows.loc[used, "provisional"].any())
        return Basis("demo" if made_up else "real", provisional, tuple(batch for batch, _, _ in sources))


def read_catalog(path: Path) -> Catalog:
    """The catalogue of a database as it is now."""
    frameworks = catalog.table(path, "framework")
    departments = catalog.table(path, "department")
    indicators = catalog.table(path, "indicator")
    return Catalog(
        frameworks=frameworks,
        trees={code: catalog.framework(path, code) for code in frameworks["code"]},
        measures=catalog.measures(path),
        regions=catalog.regions(path),
        cohorts=catalog.cohorts(path),
        departments=dict(zip(departments["code"], departments["name"], strict=True)),
        indicators=dict(zip(indicators["code"], indicators["name"], strict=True)),
        documents=catalog.table(path, "document").set_index("code"),
        facts=catalog.table(path, "fact"),
        targets=resolved(catalog.table(path, "target")),
        benchmarks=catalog.table(path, "benchmark"),
        practices=catalog.table(path, "practice"),
    )


def score_rows(
    book: Catalog, rows: pd.DataFrame, framework: str, normalise: str = Normalise.FRONTIER.value
) -> Scores | None:
    """Scores of values that stand, or would stand, in a framework's cohort; None when there are none."""
    tree, cohort = book.trees[framework], book.cohort(framework)
    rows = rows[rows["measure"].isin(tree.leaves) & rows["region"].isin(cohort.members)]
    if rows.empty:
        return None
    options = ScoreOptions(normalise=Normalise(normalise), cuts=cohort.cuts)
    return score(rows, tree, options, cohort.members)


def _blank(book: Catalog, framework: str, period: str) -> Scores:
    tree, cohort = book.trees[framework], book.cohort(framework)
    shape = (1, len(cohort.members), len(tree.leaves))
    panel = Panel((period,), cohort.members, tree.leaves, np.full(shape, np.nan), np.ones(shape[:2], dtype=bool))
    return score_panel(panel, tree, ScoreOptions(cuts=cohort.cuts))


def sort_periods(periods: list[str]) -> list[str]:
    """Latest first."""
    return sorted(periods, key=Period.parse, reverse=True)
