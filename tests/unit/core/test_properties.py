"""What must hold for any tree and any values, tried on many small ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.core.score import Scores, score
from lib.core.whatif import what_if
from lib.model import OBSERVATION_COLUMNS, Aggregate, Direction, Framework, Node, Normalise, ScoreOptions

LEAVES = ("m1", "m2", "m3", "m4")
PERIODS = ("2019", "2020")
MANY = settings(max_examples=120, deadline=None)

# Halves never meet the whole-numbered bounds: a value lies beyond a bound or inside, and both ends are reached by clipping.
values = st.integers(-30, 130).map(lambda number: number + 0.5)
weights = st.floats(0.01, 50)
means = st.sampled_from(list(Aggregate))
methods = st.sampled_from([Normalise.FRONTIER, Normalise.MINMAX, Normalise.RANK])


@dataclass(frozen=True)
class Case:
    """A framework of two indicators over four measures, a cohort and some of its values."""

    framework: Framework
    regions: tuple[str, ...]
    frame: pd.DataFrame

    def scored(self, options: ScoreOptions) -> Scores:
        return score(self.frame, self.framework, options, self.regions)


@st.composite
def measures(draw: st.DrawFn, code: str, parent: str, bounded: bool) -> Node:
    direction = draw(st.sampled_from([Direction.HIGHER, Direction.LOWER]))
    node = Node(code, parent=parent, direction=direction, weight=draw(weights))
    if not bounded and draw(st.booleans()):
        return node
    low = draw(st.integers(0, 60))
    high = low + draw(st.integers(1, 60))
    best, worst = (high, low) if direction is Direction.HIGHER else (low, high)
    return replace(node, best=best, worst=worst, power=draw(st.sampled_from([0.5, 1.0, 1.0, 2.0])))


@st.composite
def cases(draw: st.DrawFn, bounded: bool = False) -> Case:
    nodes = [Node("t"), Node("i", parent="t", weight=draw(weights)), Node("j", parent="t", weight=draw(weights))]
    nodes += [draw(measures(code, "i" if n < 2 else "j", bounded)) for n, code in enumerate(LEAVES)]
    regions = tuple("ABCDEF"[: draw(st.integers(2, 6))])
    table = [
        (region, code, period, draw(values))
        for period in PERIODS
        for code in LEAVES
        for region in regions
        if draw(st.integers(0, 6))
    ]
    # One value that is always there keeps each period on the books.
    table += [("A", "m1", period, 10.5) for period in PERIODS if ("A", "m1", period) not in {row[:3] for row in table}]
    return Case(Framework(tuple(nodes)), regions, pd.DataFrame(table, columns=list(OBSERVATION_COLUMNS)))


def same(ours: np.ndarray, theirs: np.ndarray) -> bool:
    return np.array_equal(ours, theirs, equal_nan=True)


def exactly(ours: Scores, theirs: Scores) -> bool:
    """Scores, coverage, ranks and tiers alike to the last bit."""
    return all(same(getattr(ours, name), getattr(theirs, name)) for name in ("score", "coverage", "rank", "tier"))


@MANY
@given(cases(), methods, means, st.floats(0.001, 1000))
def test_scaling_all_weights_changes_nothing(case: Case, method: Normalise, mean: Aggregate, factor: float) -> None:
    options = ScoreOptions(method, mean)
    scaled = Framework(tuple(replace(node, weight=node.weight * factor) for node in case.framework.nodes))
    ours, theirs = case.scored(options), replace(case, framework=scaled).scored(options)
    np.testing.assert_allclose(ours.score, theirs.score, rtol=0, atol=1e-9)
    np.testing.assert_allclose(ours.coverage, theirs.coverage, rtol=0, atol=1e-9)


@MANY
@given(cases(bounded=True), means, st.data())
def test_improving_a_value_never_lowers_a_score(case: Case, mean: Aggregate, data: st.DataObject) -> None:
    options = ScoreOptions(aggregate=mean)
    at = data.draw(st.sampled_from(list(case.frame.index)))
    region, code, period, value = case.frame.loc[at, list(OBSERVATION_COLUMNS)]
    step = data.draw(st.integers(1, 60)) * (1 if case.framework[code].direction is Direction.HIGHER else -1)
    before = case.scored(options)
    after = replace(
        case, frame=case.frame.assign(value=case.frame["value"].where(case.frame.index != at, value + step))
    )
    after_scores = after.scored(options)
    for node in case.framework.path(code):
        assert after_scores.of(region, node, period)[0] >= before.of(region, node, period)[0] - 1e-9
        assert after_scores.of(region, node, period)[1] <= before.of(region, node, period)[1]


@MANY
@given(cases(), methods, means, st.data())
def test_the_order_of_regions_does_not_matter(
    case: Case, method: Normalise, mean: Aggregate, data: st.DataObject
) -> None:
    options = ScoreOptions(method, mean)
    order = data.draw(st.permutations(range(len(case.regions))))
    shuffled = replace(
        case,
        regions=tuple(case.regions[i] for i in order),
        frame=case.frame.sample(frac=1, random_state=data.draw(st.integers(0, 99))),
    )
    ours, theirs = case.scored(options), shuffled.scored(options)
    for name in ("score", "coverage", "rank", "tier"):
        assert same(getattr(ours, name)[:, order], getattr(theirs, name))


@MANY
@given(cases(), st.data())
def test_renaming_regions_by_permutation_moves_standard_scores_with_them(case: Case, data: st.DataObject) -> None:
    # The mean and the deviation are sums over the cohort: equal but for the last bits.
    order = data.draw(st.permutations(range(len(case.regions))))
    options = ScoreOptions(Normalise.ZSCORE)
    ours = case.scored(options)
    theirs = replace(case, regions=tuple(case.regions[i] for i in order)).scored(options)
    np.testing.assert_allclose(ours.score[:, order], theirs.score, rtol=0, atol=1e-9)


@MANY
@given(cases(), st.sampled_from(list(Normalise)), st.data())
def test_an_unchanged_what_if_changes_nothing(case: Case, method: Normalise, data: st.DataObject) -> None:
    scores = case.scored(ScoreOptions(method))
    region, code, period, value = data.draw(st.sampled_from(list(case.frame.itertuples(index=False, name=None))))
    for changes in ({}, {code: value}):
        outcome = what_if(scores, region, period, changes)
        assert exactly(outcome.now, outcome.then)
        assert exactly(outcome.now, scores.at(period))
        assert same(np.array(outcome.before), np.array(outcome.after))


@MANY
@given(cases(), methods, means, st.dictionaries(st.sampled_from(LEAVES), values, min_size=1), st.data())
def test_a_what_if_is_the_changed_frame_scored_from_scratch(
    case: Case, method: Normalise, mean: Aggregate, changes: dict[str, float], data: st.DataObject
) -> None:
    options = ScoreOptions(method, mean)
    region, period = data.draw(st.sampled_from(case.regions)), data.draw(st.sampled_from(PERIODS))
    frame = case.frame
    there = (frame["region"] == region) & (frame["period"] == period) & frame["measure"].isin(list(changes))
    added = pd.DataFrame(
        [(region, code, period, value) for code, value in changes.items()], columns=list(OBSERVATION_COLUMNS)
    )
    changed = replace(case, frame=pd.concat([frame[~there], added], ignore_index=True)).scored(options)
    outcome = what_if(case.scored(options), region, period, changes)
    assert exactly(outcome.then, changed.at(period))
    assert same(np.array(outcome.after), np.array(changed.of(region, "t", period)))


@MANY
@given(cases(bounded=True))
def test_the_means_stand_in_their_order_and_within_the_scale(case: Case) -> None:
    harmonic, geometric, arithmetic = (
        case.scored(ScoreOptions(aggregate=mean)).score
        for mean in (Aggregate.HARMONIC, Aggregate.GEOMETRIC, Aggregate.ARITHMETIC)
    )
    present = ~np.isnan(arithmetic)
    assert same(present, ~np.isnan(geometric))
    assert (geometric[present] <= arithmetic[present] + 1e-9).all()
    assert same(present, ~np.isnan(harmonic))
    assert (harmonic[present] <= geometric[present] + 1e-9).all()
    assert (arithmetic[present] >= 0).all()
    assert (arithmetic[present] <= 100 + 1e-9).all()


@MANY
@given(cases(), methods, means)
def test_places_count_who_is_clearly_better(case: Case, method: Normalise, mean: Aggregate) -> None:
    scores = case.scored(ScoreOptions(method, mean))
    for p, n in np.ndindex(scores.score.shape[0], scores.score.shape[2]):
        column, places = scores.score[p, :, n], scores.rank[p, :, n]
        for score_, place in zip(column, places, strict=True):
            better = int((column > score_ + 1e-7).sum())
            near = int((np.abs(column - score_) <= 1e-7).sum())
            assert np.isnan(score_) == np.isnan(place)
            assert np.isnan(place) or better + 1 <= place <= better + near
