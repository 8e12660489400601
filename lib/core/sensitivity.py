"""What moves a total most: a tenth of each value, one change after another, one weight beside the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from lib.core.ahead import Values, at_targets
from lib.core.gap import is_higher
from lib.core.normalise import NO_VALUES
from lib.core.score import Scores, score_panel, totals_if
from lib.core.whatif import Outcome, levers
from lib.model import Framework, Measure
from lib.model.scenario import Others, Scenario

TENTH = 0.1
# What a part of the way from one total to another is.
ASSUMED, ELSEWHERE, MOVED, WEIGHTED = "assumed", "elsewhere", "moved", "weighted"


def swings(scores: Scores, region: str, period: str, share: float = TENTH) -> pd.DataFrame:
    """What a better and a worse value of each measure alone brings and costs a region's total, the greatest gain first.

    Each of the region's values is moved by `share` of itself, within the ends of its scale (`whatif.levers`). A value of 0 has no share
    and is left out, like what cannot be moved. Out: code, value, better, worse (in the measure's unit), gain (points, not
    below 0 between the ends), loss (points, not above 0).
    """
    rows = [_swing(scores, each, share) for each in levers(scores, region, period) if each.value != 0]
    table = pd.DataFrame(rows, columns=["code", "value", "better", "worse"])
    for name, column in (("gain", "better"), ("loss", "worse")):
        changes = dict(zip(table["code"], table[column], strict=True))
        table[name] = table["code"].map(totals_if(scores, region, period, changes) if changes else {}).astype(float)
    return table.sort_values("gain", ascending=False, kind="stable", ignore_index=True)


def _swing(scores: Scores, lever: object, share: float) -> tuple[str, float, float, float]:
    code, value = lever.code, lever.value  # type: ignore[attr-defined]
    step = share * abs(value) * (1.0 if is_higher(scores.framework, code) else -1.0)
    low, high = sorted((lever.worst, lever.best))  # type: ignore[attr-defined]
    return code, value, min(max(value + step, low), high), min(max(value - step, low), high)


def unmoved(scores: Scores, region: str, period: str) -> dict[str, str]:
    """Why a region's measures cannot be moved, by measure: no value, or no scale in the period."""
    movable = {lever.code for lever in levers(scores, region, period)}
    return {
        code: NO_VALUES
        if np.isnan(scores.panel.value(region, code, period))
        else scores.reasons.get((period, code), "")
        for code in scores.panel.measures
        if code not in movable
    }


def goals_of(
    scores: Scores,
    period: str,
    targets: pd.DataFrame,
    measures: Mapping[str, Measure],
    names: Mapping[str, str],
    city: str,
) -> Values:
    """The most demanding target of each region's measures, reached or not, in the measure's unit, by region and measure; as
    `ahead.at_targets`, of which it is the answer for regions that have reached nothing."""
    panel = scores.panel.at(period)
    nothing = np.array([-np.inf if is_higher(scores.framework, code) else np.inf for code in panel.measures])
    bare = replace(scores, panel=replace(panel, values=np.broadcast_to(nothing, panel.values.shape)))
    return at_targets(bare, period, targets, measures, names, city)


def course(outcome: Outcome, scenario: Scenario) -> pd.DataFrame:
    """The way of the region's total from today to what is tried, one thing after another: what the others are taken to do, the
    values of other regions together, the region's own in the order in which they were changed, the weights.

    Each row begins where the one before ends, so that the parts add up to the whole exactly; another order would part it
    otherwise. Out: kind (ASSUMED, ELSEWHERE, MOVED, WEIGHTED), code (of a MOVED one), left, right (points of the total).
    """
    own = scenario.of(outcome.region)
    elsewhere = {key: value for key, value in scenario.values.items() if key[0] != outcome.region}
    groups = [(ELSEWHERE, "", elsewhere)] if elsewhere else []
    groups += [(MOVED, code, {(outcome.region, code): value}) for code, value in own.items()]
    ends = _cumulative(outcome, [changes for _, _, changes in groups])
    steps = [(ASSUMED, "", outcome.otherwise[0])] if scenario.others is not Others.HOLD else []
    steps += [(kind, code, end) for (kind, code, _), end in zip(groups, ends, strict=True)]
    steps += [(WEIGHTED, "", outcome.after[0])] if scenario.weights else []
    table = pd.DataFrame(steps, columns=["kind", "code", "right"])
    table.insert(2, "left", [outcome.before[0], *table["right"][:-1]][: len(table)])
    return table


def _cumulative(outcome: Outcome, groups: list[Values]) -> list[float]:
    """The region's total after each group of values on top of those before, with the framework's own weights."""
    if not groups:
        return []
    panel, base = outcome.base.panel, outcome.base
    values = np.repeat(panel.values, len(groups), axis=0)
    for i, changes in enumerate(groups):
        for (region, measure), value in changes.items():
            values[i:, panel.regions.index(region), panel.measures.index(measure)] = value
    steps = tuple(map(str, range(len(groups))))
    many = replace(panel, periods=steps, values=values, member=np.repeat(panel.member, len(groups), axis=0))
    scored = score_panel(many, base.framework, base.options)
    return scored.score[:, panel.regions.index(outcome.region), base.framework.index[base.framework.root.code]].tolist()


def unit_weights(framework: Framework, parent: str) -> dict[str, float]:
    """What one time its weight is for each child of a node: its own in the framework, the mean of all where that is 0."""
    own, even = own_weights(framework, parent), even_weights(framework, parent)
    return {code: weight or even[code] for code, weight in own.items()}


def even_weights(framework: Framework, parent: str) -> dict[str, float]:
    """The same weight for every child of a node: the mean of the framework's."""
    own = own_weights(framework, parent)
    return dict.fromkeys(own, sum(own.values()) / len(own))


def own_weights(framework: Framework, parent: str) -> dict[str, float]:
    """The framework's weights of the children of a node."""
    return {framework.nodes[i].code: framework.nodes[i].weight for i in framework.children[parent]}


def other_weights(framework: Framework, tried: Mapping[str, float], changes: Mapping[str, float]) -> dict[str, float]:
    """Weights that are tried with some changed, only those that differ from the framework's."""
    return {code: weight for code, weight in {**tried, **changes}.items() if weight != framework[code].weight}
