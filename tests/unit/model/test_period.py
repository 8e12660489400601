"""评价期: written forms, Chinese labels, order, neighbours and ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.model import Period

PER_YEAR = {"year": 1, "half": 2, "quarter": 4, "month": 12}


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any period of the years 1900–2199."""
    kind = draw(st.sampled_from(sorted(PER_YEAR)))
    return Period(draw(st.integers(1900, 2199)), kind, draw(st.integers(1, PER_YEAR[kind])))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2020", Period(2020, "year", 1)),
        ("2020-H1", Period(2020, "half", 1)),
        ("2020-H2", Period(2020, "half", 2)),
        ("2020-Q1", Period(2020, "quarter", 1)),
        ("2020-Q4", Period(2020, "quarter", 4)),
        ("2020-01", Period(2020, "month", 1)),
        ("2020-12", Period(2020, "month", 12)),
    ],
)
def test_the_written_form_is_read_and_written_back(text: str, period: Period) -> None:
    assert Period.parse(text) == period
    assert str(period) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "20", "202", "20200", "0000", "2020-", "-2020", " 2020", "2020\n", "2020年", "上季度"),
        *("2020-H3", "2020-H0", "2020-Q5", "2020-Q0", "2020-00", "2020-13", "2020-9", "2020-q3", "2020Q3"),
        *("2020-Q3 ", "2020-09-30"),
    ],
)
def test_anything_else_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        Period.parse(text)
    assert str(caught.value) == f'"{text}" 不是评价期（期望：2020、2020-H1、2020-Q3 或 2020-09）'


@pytest.mark.parametrize(
    ("text", "label", "short"),
    [
        ("2020", "2020年", "2020"),
        ("2020-H1", "2020年上半年", "2020H1"),
        ("2020-H2", "2020年下半年", "2020H2"),
        ("2020-Q1", "2020年一季度", "2020Q1"),
        ("2020-Q3", "2020年三季度", "2020Q3"),
        ("2020-Q4", "2020年四季度", "2020Q4"),
        ("2020-09", "2020年9月", "2020.09"),
        ("2020-12", "2020年12月", "2020.12"),
    ],
)
def test_labels_for_papers_and_axes(text: str, label: str, short: str) -> None:
    period = Period.parse(text)
    assert period.label == label
    assert period.short == short


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-H1", date(2020, 1, 1), date(2020, 6, 30)),
        ("2020-H2", date(2020, 7, 1), date(2020, 12, 31)),
        ("2020-Q1", date(2020, 1, 1), date(2020, 3, 31)),
        ("2020-Q4", date(2020, 10, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2020-12", date(2020, 12, 1), date(2020, 12, 31)),
    ],
)
def test_first_and_last_day(text: str, start: date, end: date) -> None:
    period = Period.parse(text)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "steps", "shifted"),
    [
        ("2020", 1, "2021"),
        ("2020", -3, "2017"),
        ("2020-H2", 1, "2021-H1"),
        ("2020-H1", -1, "2019-H2"),
        ("2020-Q4", 1, "2021-Q1"),
        ("2020-Q1", -1, "2019-Q4"),
        ("2020-Q3", -4, "2019-Q3"),
        ("2020-12", 1, "2021-01"),
        ("2020-01", -13, "2018-12"),
        ("2020-Q3", 0, "2020-Q3"),
    ],
)
def test_shift_keeps_the_kind(text: str, steps: int, shifted: str) -> None:
    assert str(Period.parse(text).shift(steps)) == shifted


def test_order_is_by_end_and_then_a_year_comes_after_its_last_quarter() -> None:
    wanted = ["2019", "2020-01", "2020-03", "2020-Q1", "2020-06", "2020-Q2", "2020-H1", "2020-Q3"]
    wanted += ["2020-12", "2020-Q4", "2020-H2", "2020", "2021-01", "2021"]
    assert [str(p) for p in sorted(map(Period.parse, reversed(wanted)))] == wanted


def test_comparison_operators_agree() -> None:
    earlier, later = Period.parse("2020-Q3"), Period.parse("2020-Q4")
    assert earlier < later
    assert earlier <= later
    assert later > earlier
    assert later >= later
    assert max(later, earlier) is later


@given(periods())
def test_writing_and_reading_is_a_round_trip(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(periods(), st.integers(-400, 400))
def test_shifting_there_and_back_is_a_round_trip(period: Period, steps: int) -> None:
    assert period.shift(steps).shift(-steps) == period


@given(periods())
def test_periods_of_a_kind_follow_each_other_without_a_gap(period: Period) -> None:
    assert period.shift(1).start == period.end + timedelta(days=1)
    assert period.start <= period.end


@given(periods(), periods())
def test_order_is_total_and_follows_the_end(one: Period, other: Period) -> None:
    assert (one < other) + (other < one) + (one == other) == 1
    if one.end < other.end:
        assert one < other


@pytest.mark.parametrize(
    ("text", "code"), [("2020-Q4", True), ("2020", True), ("2020年四季度", False), ("2020-Q5", False)]
)
def test_a_code_is_told_from_a_label(text: str, code: bool) -> None:
    assert Period.is_code(text) is code
