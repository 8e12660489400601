"""The words of single cells."""

from __future__ import annotations

import pytest

from lib.view.tables import cells


@pytest.mark.parametrize(
    ("day", "said"), [("2020-12", "2020年12月"), ("2020-Q4", "2020年四季度"), ("2020-12-31", "2020.12.31 前"), ("", "")]
)
def test_a_period_or_a_deadline(day: str, said: str) -> None:
    assert cells.when_or_due(day) == said


def test_a_period_is_spelled_out_and_an_indicator_keeps_its_head() -> None:
    heads = {"2020-Q4": "2020Q4", "tax": "纳税"}
    assert [cells.spelled(code, heads) for code in heads] == ["2020年四季度", "纳税"]
