"""A scenario as a context sees it: what the others are taken to do, and what comes of it; screens and papers alike."""

from __future__ import annotations

from dataclasses import replace

from lib.context import Context
from lib.core.ahead import Values
from lib.core.whatif import Outcome, play
from lib.model import Period, UserError
from lib.model.scenario import Others, Scenario

# How far ahead trends are followed.
HORIZON = 8


def history(context: Context) -> tuple[str, ...]:
    """The periods up to the one looked at that make one series with it, in order."""
    latest = Period.parse(context.period)
    return tuple(sorted((each for each in context.series if Period.parse(each) <= latest), key=Period.parse))


def periods_ahead(context: Context) -> list[str]:
    """The periods that a trend can be followed to, the next one first."""
    now = Period.parse(context.period)
    return [str(now.shift(step)) for step in range(1, HORIZON + 1)]


def others_values(context: Context, others: Others, until: str) -> Values:
    """The values of all other regions that are not what they are now, under what they are taken to do."""
    if others is Others.HOLD:
        return {}
    snapshot, framework = context.snapshot, context.framework_code
    if others is Others.TREND:
        found = snapshot.on_trend(framework, history(context), until)
    else:
        found = snapshot.at_targets(framework, context.period)
    return {key: value for key, value in found.items() if key[0] != context.region}


def played(context: Context, scenario: Scenario) -> Outcome:
    """What comes of a scenario of the context's framework and period, seen from the context's region."""
    others = others_values(context, scenario.others, scenario.until)
    values, weights = scenario.values, dict(scenario.weights)
    return play(context.scores, context.region, context.period, values, weights, others)


def viewed(context: Context, scenario: Scenario) -> Context:
    """The context that a scenario was tried in; UserError where the framework, period or region is not there any more."""
    scores = context.snapshot.scores(scenario.framework)
    if scores is None:
        raise UserError("方案用的指标体系现在没有数值")
    if scenario.period not in scores.panel.periods or scenario.region not in scores.panel.regions:
        raise UserError("方案用的评价期或地区现在没有数值")
    return replace(
        context, framework_code=scenario.framework, period=scenario.period, region=scenario.region, scores=scores
    )


def assumption(scenario: Scenario) -> str:
    """What the others are taken to do, in words."""
    return scenario.others.sentence(Period.parse(scenario.until).label if scenario.until else "")
