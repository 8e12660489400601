"""Addresses of numbers: written, read back, and refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.model import source
from lib.model.source import Origin, Source

CODES = st.text(st.characters(codec="utf-8", exclude_characters=":"), min_size=1)


def test_addresses() -> None:
    assert source.fact("F230") == "fact:F230"
    assert source.fact("") == ""
    assert source.value("410421", "tax.time", "2020-Q4") == "value:tax.time:410421:2020-Q4"
    assert source.score("410421", "tax", "2020-Q4") == "score:tax:410421:2020-Q4"


@given(CODES, CODES, CODES)
def test_what_is_written_is_read_back(code: str, region: str, period: str) -> None:
    assert Source.parse(source.fact(code)) == Source(Origin.FACT, code)
    assert Source.parse(source.value(region, code, period)) == Source(Origin.VALUE, code, region, period)
    assert Source.parse(source.score(region, code, period)) == Source(Origin.SCORE, code, region, period)


@pytest.mark.parametrize(
    "text", ["", "fact", "fact:", "fact:F1:x", "value:a:b", "value:a::2020", "other:F1", "FACT:F1"]
)
def test_what_names_no_number(text: str) -> None:
    assert Source.parse(text) is None
