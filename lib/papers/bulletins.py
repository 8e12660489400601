"""The numbered bulletin, the week's and the day's paper, from the material."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from lib.context import Context
from lib.core import brief as figures
from lib.core.cityfacts import CITY, known, province_places, weak_indicators
from lib.core.movers import mean_changes
from lib.core.spread import weakest
from lib.core.tally import stated
from lib.model.bulletin import Brief, Paper, Paperwork, Proposal, Weak
from lib.papers.material import Material
from lib.scenarios import Result, assumption
from lib.view import bulletin as wording
from lib.view.bulletin import Names, cited, write


def bulletin(
    material: Material,
    kind: Paperwork = Paperwork.WORK,
    *,
    number: int | None = None,
    weak: tuple[str, ...] = (),
    appendix: bool = True,
    tried: Result | None = None,
) -> Paper:
    """The draft of a bulletin, a week's or a day's paper that the material makes, `number` the next one unless given
    (None where it is not known), about the weakest indicators of the period unless others are named; a bulletin asks for the
    scenario `tried` to be followed."""
    proposal = _proposal(tried) if tried is not None else None
    # Nothing in it is about the region looked at: one paper is everybody's.
    return material.context.snapshot.seen(_bulletin, material.anywhere, kind, number, weak, appendix, proposal)


def _bulletin(
    material: Material,
    kind: Paperwork,
    number: int | None,
    weak: tuple[str, ...],
    appendix: bool,
    proposal: Proposal | None,
) -> Paper:
    context, book = material.context, material.context.book
    found = issues(material)
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
    brief = _brief(material, kind, figures.since(kind, material.day, found), weak, names)
    return write(replace(brief, proposal=proposal), names, number=written, issuer=issuer, appendix=appendix)


def issues(material: Material) -> list[tuple[date, int]]:
    """Every bulletin whose number is known, with its day, earliest first."""
    book = material.context.book
    return figures.issues(book.documents, book.facts, material.records.issued)


def taken(material: Material, paper: Paper) -> date | None:
    """The day of the paper of this kind that has this number already; None where there is none."""
    if paper.kind is Paperwork.WORK:
        known = issues(material)
    else:
        rows = material.records.issued
        rows = rows[rows["kind"] == paper.kind.value]
        known = [(date.fromisoformat(row.day), row.number) for row in rows.itertuples()]  # type: ignore[arg-type]
    return next((day for day, number in known if number == paper.number), None)


def no_number(material: Material) -> str:
    """Why a bulletin has no number: only later ones are known."""
    return wording.no_number(issues(material)[0])


def doubts(material: Material, paper: Paper) -> list[str]:
    """What is to be looked at before a paper goes out: a number that is taken, a period that has not ended."""
    day = taken(material, paper)
    return [*([wording.taken(paper, day)] if day else []), *([wording.early(paper)] if paper.early else [])]


def _brief(material: Material, kind: Paperwork, since: date | None, weak: tuple[str, ...], names: Names) -> Brief:
    context, day = material.context, material.day
    rows = context.moved(context.root)
    risen, fallen = figures.most_moved(rows)
    codes = (weak or weakest_indicators(context)) if kind is Paperwork.WORK else ()
    changes = mean_changes(context.scores, [context.root, *codes], context.period, context.before)
    return Brief(
        kind=kind,
        day=day,
        since=since,
        period=context.period,
        before=context.before,
        made_up=context.demo,
        places=province_places(material.facts, CITY),
        named=weak_indicators(material.facts, CITY),
        total=figures.standing(context.scores, context.root, context.period, changes[context.root]),
        risen=risen,
        fallen=fallen,
        targets=material.targets,
        ledger=material.ledger,
        done=figures.done(material.items, material.history, since, day),
        counts=figures.counts(material.tallies, since, day),
        totals=pd.DataFrame(list(stated(material.facts).values()), columns=material.facts.columns),
        weak=tuple(_weak(material, code, changes[code], names) for code in codes),
        chosen=bool(weak),
        partial=context.partial,
    )


def _proposal(tried: Result) -> Proposal:
    context, scenario, outcome = tried.context, tried.scenario, tried.outcome
    moves = zip(*(tried.changes[name] for name in ("region", "code", "value", "value_if")), strict=True)
    return Proposal(
        tried.name,
        context.period,
        assumption(scenario),
        context.demo,
        scenario.region,
        outcome.before[:2],
        outcome.after[:2],
        tuple(moves),
        len(scenario.weights),
    )


def weakest_indicators(context: Context) -> tuple[str, ...]:
    """The framework's indicators on which the members score lowest on average, lowest first."""
    codes = tuple(node.code for node in context.framework.indicators)
    return tuple(context.snapshot.seen(weakest, context.scores, codes, context.period)["code"])


def _weak(material: Material, code: str, change: float, names: Names) -> Weak:
    context, book = material.context, material.context.book
    inside = figures.within(context.framework, code, book.measures)
    facts, targets = material.facts, material.targets
    own = targets[targets["code"].isin(inside)].reset_index(drop=True)
    benchmarks = known(book.benchmarks, book.documents, material.day)
    stated, compared = figures.values_stated(
        facts, benchmarks, list(own["code"]), CITY, context.framework, code, book.measures
    )
    listed = weak_indicators(facts, CITY)
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
