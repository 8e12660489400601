"""The day of a document that a person adds: kept in one written form, whatever the keyboard."""

from __future__ import annotations

import pytest

from lib.model import UserError
from lib.store.documents import iso_day


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2020", "2020"),
        ("2020-12", "2020-12"),
        ("2020-12-04", "2020-12-04"),
        ("２０２０-０９-０４", "2020-09-04"),
        ("２０２０－９－４", "2020-09-04"),
        (" 2020-9 ", "2020-09"),
        ("2030-01-01", "2030-01-01"),
    ],
)
def test_a_day_is_kept_in_one_written_form(typed: str, kept: str) -> None:
    assert iso_day(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["去年", "2020-13", "2020-02-30", "20200904", "2020-", "2020-09-04-01", "2020-009", "٢٠٢٠", "0000", "2020/9/4"],
)
def test_what_is_no_day_is_refused_and_says_what_was_expected(typed: str) -> None:
    with pytest.raises(UserError, match="不是日期（期望：2020、2020-12 或 2020-12-04）"):
        iso_day(typed)


def test_a_document_without_a_day_is_refused() -> None:
    with pytest.raises(UserError, match="要写出处的发布日期"):
        iso_day("　")
