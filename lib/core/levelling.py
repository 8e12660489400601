"""升档反推 where nothing else does: drawing level with all others on a measure, which then tells nobody apart and drops out of the score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lib.core.aim import Aim
from lib.core.goalseek import ALTERNATIVES, SECONDS, Answer, seek
from lib.core.plan import Limits, Plan
from lib.core.score import Scores, score_panel
from lib.core.stretch import POINTS
from lib.core.whatif import ends


def seek_or_level(
    base: Scores,
    region: str,
    aim: Aim,
    limits: Limits,
    decimals: Mapping[str, int],
    most: int = 1 + ALTERNATIVES,
    seconds: float = SECONDS,
) -> Answer:
    """As `goalseek.seek`; where that finds no plan, with the measures of `levels` drawn level first: those plans reach the aim but are
    not proven to take the least effort (`Plan.levelled` names the measures). With a limit on indicators nothing is levelled."""
    found = seek(base, region, aim, limits, decimals, most, seconds)
    level = {} if found.reached or found.plans or limits.indicators is not None else levels(base, region, aim, limits)
    room = None if limits.measures is None else limits.measures - len(level)
    if not level or (room is not None and room < 0):
        return found
    eased = _with(base, region, level)
    if np.isnan(eased.of(region, aim.code, base.panel.periods[0])[0]):
        return found
    then = seek(eased, region, aim, replace(limits, measures=room), decimals, most, seconds)
    if then.reached:
        return replace(found, plans=(_needed(base, region, aim, limits, level),), best=None, lifts=())
    plans = tuple(_whole(base, limits, level, plan) for plan in then.plans)
    if plans:
        return replace(found, plans=plans, best=None, lifts=(), late=False)
    if then.best is not None and (found.best is None or _order(then.best) < _order(found.best)):
        return replace(found, best=_whole(base, limits, level, then.best))
    return found


def levels(base: Scores, region: str, aim: Aim, limits: Limits) -> dict[str, float]:
    """The measures of the aim's node on which all others are level and only the region is behind, with their value, where the limits let
    it go there and the measure then drops out of the score."""
    panel, found = base.panel, {}
    others = np.delete(panel.values[0], panel.regions.index(region), axis=0)
    within = set(base.framework.below(aim.code))
    for lever in ends(base, region, panel.periods[0]):
        column = others[:, panel.measures.index(lever.code)]
        column = column[~np.isnan(column)]
        level = len(column) and (column == lever.best).all() and not lever.fixed
        if lever.code in within and level and limits.furthest(lever) == lever.best != lever.value:
            found[lever.code] = lever.best
    # One with a stated end of its scale still has a scale when all are level.
    eased = _with(base, region, found) if found else base
    return {code: value for code, value in found.items() if np.isnan(eased.of(region, code, panel.periods[0])[0])}


def _with(base: Scores, region: str, values: Mapping[str, float]) -> Scores:
    panel = base.panel.with_values({(region, code): value for code, value in values.items()})
    return score_panel(panel, base.framework, base.options)


def _needed(base: Scores, region: str, aim: Aim, limits: Limits, level: Mapping[str, float]) -> Plan:
    """The plan that only draws level, without what the aim does not need."""
    kept = dict(level)
    for code in level:
        fewer = {each: value for each, value in kept.items() if each != code}
        if fewer and aim.reached(_with(base, region, fewer), region):
            kept = fewer
    nothing = Plan(region, aim, base, _with(base, region, kept), {}, 0.0, 0.0, False, {})
    return _whole(base, limits, kept, nothing)


def _whole(base: Scores, limits: Limits, level: Mapping[str, float], plan: Plan) -> Plan:
    """A plan found after drawing level, as one from where things stand."""
    factors = dict(limits.factors)
    # Alone behind all others a region is at 0, they are at 100.
    efforts = {code: 100.0 / POINTS * factors.get(code, 1.0) for code in level}
    effort = plan.effort + sum(efforts.values())
    return replace(
        plan,
        base=base,
        values={**level, **plan.values},
        efforts={**efforts, **plan.efforts},
        effort=effort,
        spare=effort,
        proven=False,
        levelled=tuple(level),
    )


def _order(plan: Plan) -> tuple[float, float]:
    """The better place first, then the better score."""
    return plan.after[1], -plan.after[0]
