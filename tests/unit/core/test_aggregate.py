"""Weighted means up the tree, beside the same means in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan, prod

import numpy as np
import pytest

from lib.core.aggregate import aggregate, weighted_mean
from lib.core.normalise import scale
from lib.model import Aggregate, Framework, Node
from tests.unit.core.build import NAN, leaf, tree

A, G, H = Aggregate.ARITHMETIC, Aggregate.GEOMETRIC, Aggregate.HARMONIC
MEANS = [A, G, H]


def plain(mean: Aggregate, parts: Sequence[float], weights: Sequence[float]) -> float:
    """The mean over what is present, as in a textbook."""
    present = [(part, weight) for part, weight in zip(parts, weights, strict=True) if not isnan(part) and weight]
    total = sum(weight for _, weight in present)
    if not present:
        return NAN
    if mean is A:
        return sum(part * weight for part, weight in present) / total
    if mean is G:
        return prod(part ** (weight / total) for part, weight in present)
    return 0.0 if any(part == 0 for part, _ in present) else total / sum(weight / part for part, weight in present)


def mean_of(mean: Aggregate, parts: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    value, coverage = weighted_mean([np.array([part]) for part in parts], weights, mean)
    return float(value[0]), float(coverage[0])


@pytest.mark.parametrize(
    ("mean", "expected"),
    [
        (A, 45.0),  # (1·90 + 3·30) / 4
        (G, (90 * 30**3) ** 0.25),  # 39.482…
        (H, 36.0),  # 4 / (1/90 + 3/30)
    ],
)
def test_the_three_means_by_hand(mean: Aggregate, expected: float) -> None:
    assert mean_of(mean, [90, 30], [1, 3]) == (pytest.approx(expected, abs=1e-9), 1.0)


@pytest.mark.parametrize("mean", MEANS)
@pytest.mark.parametrize(
    ("parts", "weights"),
    [
        ([80.5, 13.25, 99.875, 47.0], [0.17, 2.3, 11.0, 0.004]),
        ([80.5, NAN, 99.875, 47.0], [0.17, 2.3, 11.0, 0.004]),
        ([1e-3, 100.0], [1e-4, 1e4]),
        ([55.5, 55.5, 55.5], [0.1, 0.2, 0.7]),
        ([NAN, NAN, 12.5], [5, 6, 7]),
        ([100.0, 0.0, 50.0], [3, 0.2, 1]),
        ([100 / 3, 200 / 3, 100 / 7], [1 / 3, 1 / 7, 1 / 11]),
    ],
)
def test_means_agree_with_plain_python(mean: Aggregate, parts: list[float], weights: list[float]) -> None:
    assert mean_of(mean, parts, weights)[0] == pytest.approx(plain(mean, parts, weights), abs=1e-9)


@pytest.mark.parametrize("mean", MEANS)
def test_missing_children_leave_their_weight_to_the_others(mean: Aggregate) -> None:
    value, coverage = mean_of(mean, [90, NAN, 30], [1, 4, 3])
    assert value == pytest.approx(plain(mean, [90, 30], [1, 3]), abs=1e-12)
    assert coverage == 0.5  # (1 + 3) / (1 + 4 + 3)


@pytest.mark.parametrize("mean", MEANS)
def test_all_missing_gives_missing_never_zero(mean: Aggregate) -> None:
    value, coverage = mean_of(mean, [NAN, NAN], [1, 3])
    assert isnan(value)
    assert coverage == 0.0


@pytest.mark.parametrize("mean", MEANS)
@pytest.mark.parametrize("ignored", [0.0, 77.0, NAN])
def test_a_zero_weight_is_ignored_whatever_its_score(mean: Aggregate, ignored: float) -> None:
    assert mean_of(mean, [90, ignored, 30], [1, 0, 3]) == mean_of(mean, [90, 30], [1, 3])


@pytest.mark.parametrize("mean", MEANS)
def test_only_weightless_children_present_is_missing(mean: Aggregate) -> None:
    value, coverage = mean_of(mean, [NAN, 77.0], [1, 0])
    assert isnan(value)
    assert coverage == 0.0


@pytest.mark.parametrize("mean", [G, H])
@pytest.mark.parametrize("parts", [[0.0, 100.0], [0.0, NAN], [0.0, 0.0], [50.0, 0.0]])
def test_a_zero_makes_geometric_and_harmonic_zero(mean: Aggregate, parts: list[float]) -> None:
    assert mean_of(mean, parts, [0.01, 100])[0] == 0.0


THREE_LEVELS = tree(
    Node("a", parent="t", weight=2),
    leaf("a1", parent="a", weight=0.1),
    leaf("a2", parent="a", weight=0.2),
    leaf("a3", parent="a", weight=0.7),
    Node("b", parent="t", weight=1),
    leaf("b1", parent="b", weight=5),
)


def nodes_of(
    leaves: list[float], mean: Aggregate = A, minimum: float = 0.0, framework: Framework = THREE_LEVELS
) -> dict[str, tuple[float, float]]:
    """Score and coverage of each node from one region's leaf scores."""
    scores, coverage = aggregate(np.array(leaves), framework, mean, minimum)
    return {node.code: (float(scores[i]), float(coverage[i])) for i, node in enumerate(framework.nodes)}


@pytest.mark.parametrize("mean", MEANS)
def test_three_levels(mean: Aggregate) -> None:
    found = nodes_of([80, 60, 40, 90], mean)
    inner = plain(mean, [80, 60, 40], [0.1, 0.2, 0.7])
    assert found["a"] == (pytest.approx(inner, abs=1e-9), 1.0)
    assert found["t"] == (pytest.approx(plain(mean, [inner, 90], [2, 1]), abs=1e-9), 1.0)
    assert found["a2"] == (60.0, 1.0)


def test_three_levels_by_hand() -> None:
    # a = 0.1·80 + 0.2·60 + 0.7·40 = 48; t = (2·48 + 1·90) / 3 = 62
    found = nodes_of([80, 60, 40, 90])
    assert (found["a"][0], found["t"][0]) == (pytest.approx(48, abs=1e-12), pytest.approx(62, abs=1e-12))


def test_missing_leaves_are_renormalised_level_by_level() -> None:
    # a = (0.1·80 + 0.2·60) / 0.3 = 66.67 and counts whole in the total: (2·66.67 + 90) / 3 = 74.44
    found = nodes_of([80, 60, NAN, 90])
    assert found["a"] == (pytest.approx(200 / 3, abs=1e-9), pytest.approx(0.3, abs=1e-12))
    assert found["t"] == (pytest.approx((400 / 3 + 90) / 3, abs=1e-9), 1.0)
    assert np.isnan(found["a3"][0])
    assert found["a3"][1] == 0.0


def test_an_empty_branch_leaves_the_total_to_the_other() -> None:
    found = nodes_of([NAN, NAN, NAN, 90])
    assert np.isnan(found["a"][0])
    assert found["t"] == (90.0, pytest.approx(1 / 3))


@pytest.mark.parametrize(
    ("weights", "present", "minimum", "kept"),
    [
        # 0.1 + 0.2 is 0.30000000000000004, and 0.3 / (0.1 + 0.2 + 0.3) is 0.49999999999999994: the floor still holds
        ((0.1, 0.2, 0.7), (True, True, False), 0.3, True),
        ((0.7, 0.2, 0.1), (False, True, True), 0.3, True),
        ((0.1, 0.2, 0.3), (False, False, True), 0.5, True),
        ((0.1, 0.2, 0.3), (True, True, False), 0.5, True),
        ((0.1, 0.2, 0.3), (True, True, True), 1.0, True),
        ((0.1, 0.2, 0.7), (True, True, False), 0.3 + 1e-9, False),
        ((0.1, 0.2, 0.7), (True, False, False), 0.3, False),
        ((0.1, 0.2, 0.3), (False, False, True), 0.5 + 1e-9, False),
        ((1, 1, 0), (True, True, False), 1.0, True),  # what weighs nothing need not be there
        ((1, 1, 1), (True, False, False), 0.0, True),
    ],
)
def test_min_coverage(weights: tuple[float, ...], present: tuple[bool, ...], minimum: float, kept: bool) -> None:
    framework = tree(*(leaf(f"m{i}", weight=weight) for i, weight in enumerate(weights)))
    score, coverage = nodes_of([50.0 if here else NAN for here in present], minimum=minimum, framework=framework)["t"]
    assert coverage == pytest.approx(sum(w for w, here in zip(weights, present, strict=True) if here) / sum(weights))
    assert score == pytest.approx(50.0) if kept else np.isnan(score)


def test_a_node_below_the_floor_is_missing_for_its_parent_too() -> None:
    # a covers 0.3 of its weight, under 0.5: the total rests on b alone, 1/3 of the weight, and is missing as well.
    found = nodes_of([80, 60, NAN, 90], minimum=0.5)
    assert np.isnan([found["a"][0], found["t"][0]]).all()
    assert found["t"][1] == pytest.approx(1 / 3)
    assert nodes_of([80, 60, NAN, 90], minimum=0.3)["t"][1] == 1.0


def test_every_cell_is_scored_by_itself() -> None:
    leaves = np.array([[[80.0, 60, 40, 90], [NAN, NAN, NAN, NAN]], [[1, 2, 3, 4], [80, 60, NAN, 90]]])
    scores, coverage = aggregate(leaves, THREE_LEVELS, A)
    assert scores.shape == coverage.shape == (2, 2, 7)
    for p, r in np.ndindex(2, 2):
        alone, alone_coverage = aggregate(leaves[p, r], THREE_LEVELS, A)
        np.testing.assert_array_equal(scores[p, r], alone)
        np.testing.assert_array_equal(coverage[p, r], alone_coverage)


def test_worst_on_a_rising_and_on_a_falling_measure_is_zero_in_a_harmonic_mean() -> None:
    # The worst value of a falling scale is (10 − 10) / (10 − 0) = 0; of a rising one (0 − 0) / (0 − 10) = −0.0.
    leaves = scale(np.array([[10.0, 0.0]]), np.array([0.0, 10.0]), np.array([10.0, 0.0]))
    assert not np.signbit(leaves).any()
    mean, _ = weighted_mean([leaves[:, 0], leaves[:, 1]], [1.0, 1.0], Aggregate.HARMONIC)
    assert mean.tolist() == [0.0]
