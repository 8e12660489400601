"""A scenario as a context sees it: what the others are taken to do, and what comes of it; screens and papers alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from lib.context import Context
from lib.core import ahead
from lib.core.ahead import Values
from lib.core.whatif import Outcome, play
from lib.model import Period, UserError
from lib.model.scenario import Move, Others, Scenario

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


def possible(context: Context, moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """The moves whose values can be: a count or time is not below 0, a share that is scored from 0 to 100 lies there."""
    codes = [move.measure for move in moves]
    low, high = ahead.possible([context.framework[code] for code in codes], context.book.measures)
    return tuple(move for move, least, most in zip(moves, low, high, strict=True) if least <= move.value <= most)


@dataclass(frozen=True)
class Result:
    """A scenario with its name ("" for one that is not kept), the context that it was tried in, and what comes of it."""

    name: str
    scenario: Scenario
    context: Context
    outcome: Outcome

    @property
    def place(self) -> str:
        """Short name of the region that it is looked at from."""
        return self.context.names[self.scenario.region]

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Every changed value: region, code, value, value_if, score, score_if, total (points that this one alone adds to the region's
        total today)."""
        found = [
            replace(self.outcome, region=region).moved(list(self.scenario.of(region))).assign(region=region)
            for region in self.scenario.regions
        ]
        columns = ["region", "code", "value", "value_if", "score", "score_if", "total"]
        return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)

    @property
    def standing(self) -> dict[str, list[float | None]]:
        """The region's total, place and tier before and after, as they are kept with it."""
        pair = {"before": self.outcome.before, "after": self.outcome.after}
        return {when: [None if value != value else value for value in values] for when, values in pair.items()}


def result(context: Context, scenario: Scenario, name: str = "") -> Result:
    """What comes of a scenario on the data of now, whatever the context looks at; UserError where something that it names is not there
    any more."""
    known = scenario.framework in context.snapshot.framework_codes
    scores = context.snapshot.scores(scenario.framework) if known else None
    if scores is None:
        raise UserError("方案用的指标体系现在没有数值")
    tree, panel = scores.framework, scores.panel
    if scenario.period not in panel.periods:
        raise UserError(f"方案用的评价期“{Period.parse(scenario.period).label}”现在没有数值")
    gone = [each for each in (scenario.region, *scenario.regions) if each not in panel.regions]
    gone += [move.measure for move in scenario.moves if move.measure not in tree.leaves]
    gone += [code for code, _ in scenario.weights if code not in tree.index]
    if gone:
        raise UserError(f"方案里的“{gone[0]}”现在的指标体系里没有")
    own = {"framework_code": scenario.framework, "period": scenario.period, "region": scenario.region}
    there = replace(context, **own, scores=scores, span=())
    return Result(name, scenario, there, played(there, scenario))


def assumption(scenario: Scenario) -> str:
    """What the others are taken to do, in words."""
    return scenario.others.sentence(Period.parse(scenario.until).label if scenario.until else "")
