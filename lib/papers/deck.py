"""The meeting's slides: one conclusion each, from the material."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lib.context import Context
from lib.core.aim import Aim
from lib.core.cityfacts import CITY, province_places
from lib.core.duties import duties
from lib.core.levelling import seek_or_level
from lib.core.movers import mean_changes
from lib.core.plan import Limits
from lib.core.progress import STATUS_ORDER, Status
from lib.core.spread import spread, weakest
from lib.core.whatif import levers
from lib.export import slides as export
from lib.model.ledger import State
from lib.model.scenario import Others, Scenario
from lib.model.slides import Deck, Slide
from lib.papers.material import Material
from lib.scenarios import Result, assumption, result
from lib.view import sentences, text
from lib.view import slides as view


def presentation(material: Material, tried: Sequence[Result] = ()) -> bytes:
    """The meeting's slides as PPTX, as `slides`."""
    return export.presentation(slides(material, tried))


def slides(material: Material, tried: Sequence[Result] = ()) -> Deck:
    """The meeting's slides; one for each scenario that was tried, or where there is none for the least that would bring
    the region a place."""
    context, day = material.context, material.day
    found = [
        *_of_counties(material),
        _of_targets(material),
        *(_of_what_if(each) for each in tried or _suggested(context) if each.scenario.changed),
        *_of_ledger(material),
        *_of_duties(material),
    ]
    city = context.book.regions[CITY].name
    subtitle = f"数据：{context.period_label}　截至：{text.date_words(day)}"
    return Deck(f"{city}营商环境工作情况", subtitle, tuple(found))


def _of_counties(material: Material) -> list[Slide]:
    context = material.context
    source, made_up = context.source_line, context.demo
    codes = [node.code for node in context.framework.indicators]
    rows, changes = context.moved(context.root), mean_changes(context.scores, codes, context.period, context.before)
    low = weakest(context.scores, codes, context.period)
    means = spread(context.scores, context.period)["mean"].reindex(codes)
    places = province_places(material.facts, CITY)
    title = view.headline(context.book.regions[CITY].name, places, rows, context.period_label)
    documents = text.listed(dict.fromkeys(context.cited[code] for code in places["document"]))
    whole = view.overview(
        _numbers(material, rows), means, context.labels, title, f"{source}；全省名次：{documents}", made_up
    )
    if low.empty or rows["rank"].isna().all():
        return [whole]
    return [
        whole,
        view.ranking(rows, context.names, context.period_label, source, made_up),
        view.weakest(low, changes, context.labels, context.names, context.owner, source, made_up),
    ]


def _numbers(material: Material, rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """What is known of the whole city in numbers: what, how much, of when and by whom."""
    context = material.context
    places = province_places(material.facts, CITY)
    found = [
        ("全省营商环境评价", f"第 {int(row.value)}", f"{row.period}年，{context.cited[row.document]}")
        for row in places.itertuples()
    ]
    kind = text.DEMO if context.demo else "各地报数"
    scored = rows["score"].dropna()
    if len(scored):
        found.append(("县（市、区）平均总分", f"{text.number(scored.mean())} 分", f"{context.period_label}，{kind}"))
    counts, until = material.targets["status"].value_counts(), f"截至{text.date_words(material.day)}"
    for status in (Status.REACHED, Status.NO_VALUE):
        found.append((f"目标{status}", f"{int(counts.get(status, 0))} / {len(material.targets)} 项", until))
    if len(material.ledger):
        late = int((material.ledger["late"] > 0).sum())
        found.append(("整改台账", f"{len(material.ledger)} 项，逾期 {late} 项", until))
    return found


def _of_targets(material: Material) -> Slide:
    context = material.context
    documents = text.listed(dict.fromkeys(context.cited[code] for code in material.targets["document"]))
    order = [str(status) for status in STATUS_ORDER]
    return view.targets(material.targets, order, context.named, f"目标：{documents}", context.departments)


def _of_what_if(result: Result) -> Slide:
    context, scenario, outcome = result.context, result.scenario, result.outcome
    moved, place = len(scenario.moves) + len(scenario.weights), context.names[scenario.region]
    title = sentences.what_if(outcome.before, outcome.after, place, moved)
    if scenario.others is not Others.HOLD:
        title = f"其他地区{scenario.others.label}时，{title}"
    named = f"推演方案“{result.name}”。" if result.name else ""
    weights = [(code, context.framework[code].weight, weight) for code, weight in scenario.weights]
    return view.what_if(
        title,
        result.changes,
        weights,
        outcome.movement,
        scenario.region,
        context.names,
        context.labels,
        context.book.measures,
        f"{named}假定：{assumption(scenario)}，计分方法与排名页相同。",
        context.source_line,
        context.demo,
    )


def _suggested(context: Context) -> list[Result]:
    """The least effort that brings the region a better place, or as far as its measures go; in the first place already, the three
    measures that would add most."""
    now = context.scores.at(context.period)
    rank = now.of(context.region, context.root, context.period)[1]
    if rank > 1:
        decimals = {code: context.book.measures[code].decimals for code in context.framework.leaves}
        answer = seek_or_level(now, context.region, Aim(context.root, place=int(rank) - 1), Limits(), decimals, most=1)
        plan = next(iter(answer.plans), answer.best)
        changes = {} if plan is None else dict(plan.values)
    else:
        room = [lever for lever in levers(now, context.region, context.period) if lever.headroom > 0]
        changes = {lever.code: lever.best for lever in room[:3]}
    scenario = Scenario(context.framework_code, context.period, context.region).with_values(context.region, changes)
    return [result(context, scenario)] if changes else []


def _of_ledger(material: Material) -> list[Slide]:
    if material.ledger.empty:
        return []
    return [
        view.ledger(material.ledger, [state.label for state in State], _LEDGER.format(text.date_words(material.day)))
    ]


def _of_duties(material: Material) -> list[Slide]:
    context = material.context
    rows = duties(
        material.targets, material.ledger, material.day, context.departments, lambda row: _title(context, row)
    )
    return [view.duties(rows, _LEDGER.format(text.date_words(material.day)))] if len(rows) else []


_LEDGER = "整改台账和目标进度，截至{}"


def _title(context: Context, target: object) -> str:
    scope = f"（{target.scope}）" if target.scope else ""  # type: ignore[attr-defined]
    return f"{context.named.get(target.code, target.code)}{scope}"  # type: ignore[attr-defined]
