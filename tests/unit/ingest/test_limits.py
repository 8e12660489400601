"""Limits come from the environment, and hold for text as for workbooks."""

from __future__ import annotations

from dataclasses import fields

import pytest

from lib.ingest.grid import VARIABLE, Limits
from lib.ingest.table import read_grids
from lib.model import UserError


def refused(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UserError) as caught:
        read_grids(data, "表.csv", limits=limits)
    (issue,) = caught.value.issues
    return issue.code


def test_without_variables_the_defaults_hold() -> None:
    assert Limits.from_environment() == Limits()


@pytest.mark.parametrize("name", [field.name for field in fields(Limits)])
def test_each_limit_has_its_variable(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE + name.upper(), " 7 ")
    assert Limits.from_environment() == Limits(**{name: 7})


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIBIAO_LIMIT_ROWS", "")
    assert Limits.from_environment() == Limits()


@pytest.mark.parametrize("text", ["many", "0", "-1", "1.5", "2e6", "二百", "²", "9" * 30])
def test_a_wrong_value_is_named(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIBIAO_LIMIT_ROWS", text)
    with pytest.raises(UserError) as caught:
        Limits.from_environment()
    assert str(caught.value) == f'"{text}" 环境变量 DUIBIAO_LIMIT_ROWS 的值不对（期望：正整数，如 2000000）'


def test_every_wrong_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIBIAO_LIMIT_ROWS", "x")
    monkeypatch.setenv("DUIBIAO_LIMIT_SECONDS", "y")
    with pytest.raises(UserError) as caught:
        Limits.from_environment()
    assert len(caught.value.issues) == 2


def test_reading_uses_the_environment_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIBIAO_LIMIT_ROWS", "2")
    assert refused(b"a\nb\nc\n") == "rows-many"
    assert len(read_grids(b"a\nb\nc\n", "表.csv", limits=Limits())[0].cells) == 3


@pytest.mark.parametrize("data", [b"a,b\n1,2\n3,4\n", b'"a",b\n1,2\n3,4\n', b"a,b\r1,2\r3,4\r"])
def test_rows_columns_and_cells_of_a_text(data: bytes) -> None:
    assert len(read_grids(data, "表.csv", limits=Limits(rows=3, columns=2, cells=6))[0].cells) == 3
    assert refused(data, Limits(rows=2)) == "rows-many"
    assert refused(data, Limits(columns=1)) == "columns-many"
    assert refused(data, Limits(cells=5)) == "cells-many"
