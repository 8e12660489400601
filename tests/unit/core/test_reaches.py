"""Does a value meet a goal: every way to write the goal with every way to write the value."""

from __future__ import annotations

import pytest

from lib.core.progress import reaches

AT_MOST, BELOW, AT_LEAST, ABOVE = (True, True, False), (True, False, False), (False, True, True), (False, False, True)
NEVER = (False, False, False)
# How the value is stated, and whether 9, 10 and 11 so stated surely meet the goal of 10.
TABLE = {
    # 不超过 10: "under 10" and "at most 10" are surely within, "over 9" may be anything.
    "<=": {"=": AT_MOST, "≈": AT_MOST, "<": AT_MOST, "<=": AT_MOST, ">": NEVER, ">=": NEVER},
    # 低于 10: only "under 10" is surely below when the figure itself is 10.
    "<": {"=": BELOW, "≈": BELOW, "<": AT_MOST, "<=": BELOW, ">": NEVER, ">=": NEVER},
    ">=": {"=": AT_LEAST, "≈": AT_LEAST, ">": AT_LEAST, ">=": AT_LEAST, "<": NEVER, "<=": NEVER},
    ">": {"=": ABOVE, "≈": ABOVE, ">": AT_LEAST, ">=": ABOVE, "<": NEVER, "<=": NEVER},
}
CASES = [
    (op, qualifier, now, expected)
    for op, row in TABLE.items()
    for qualifier, outcomes in row.items()
    for now, expected in zip((9.0, 10.0, 11.0), outcomes, strict=True)
]


@pytest.mark.parametrize(("op", "qualifier", "now", "expected"), CASES)
@pytest.mark.parametrize("lower", [True, False])
def test_a_goal_with_a_sign_of_its_own(op: str, qualifier: str, now: float, expected: bool, lower: bool) -> None:
    assert reaches(now, op, 10.0, qualifier, lower=lower) is expected


@pytest.mark.parametrize("op", ["=", "≈"])
@pytest.mark.parametrize("lower", [True, False])
@pytest.mark.parametrize("qualifier", ["=", "≈", "<", "<=", ">", ">="])
@pytest.mark.parametrize(("now", "i"), [(9.0, 0), (10.0, 1), (11.0, 2)])
def test_a_plain_goal_is_met_by_what_is_at_least_as_good(
    op: str, lower: bool, qualifier: str, now: float, i: int
) -> None:
    assert reaches(now, op, 10.0, qualifier, lower=lower) is TABLE["<=" if lower else ">="][qualifier][i]


def test_nothing_is_rounded() -> None:
    assert not reaches(72.0000001, "<=", 72.0)
    assert not reaches(99.99, ">=", 100.0)
    assert not reaches(10.0, "<", 10.0)
