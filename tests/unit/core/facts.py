"""Catalogue rows with everything filled in that a test does not care about."""

from __future__ import annotations

import pandas as pd

from tests.unit.core.build import NAN

CITY = "410400"


def fact(**given: object) -> dict[str, object]:
    """An observation of start_business.time in the city: 7 小时 in 2020-12."""
    usual = {
        "id": "F1",
        "kind": "observation",
        "code": "start_business.time",
        "region": CITY,
        "scope": "",
        "period": "2020-12",
        "period_basis": "",
        "op": "=",
        "value": 7.0,
        "text": "",
        "unit": "小时",
        "document": "bulletin-37",
        "quote": "原文",
    }
    return {**usual, **given}


def target(**given: object) -> dict[str, object]:
    """A target for start_business.time in the city: ≤ 1 日 by 2020-12-31, no baseline."""
    usual = {
        "id": "T1",
        "code": "start_business.time",
        "region": CITY,
        "scope": "",
        "op": "<=",
        "value": 1.0,
        "text": "",
        "unit": "日",
        "baseline": NAN,
        "baseline_basis": "",
        "deadline": "2020-12-31",
        "direction": "lower",
        "owner": "",
        "document": "plan-2020",
        "quote": "原文",
    }
    return {**usual, **given}


def benchmark(**given: object) -> dict[str, object]:
    """A national benchmark: Beijing's 办电环节, 2 个."""
    usual = {
        "id": "B1",
        "code": "electricity.procedures",
        "region": "110000",
        "op": "=",
        "value": 2.0,
        "text": "",
        "unit": "个",
        "before": 6.0,
        "before_text": "",
        "period": "2019-10",
        "period_basis": "",
        "axis": "vertical",
        "document": "campaign-2019",
        "quote": "原文",
    }
    return {**usual, **given}


def frame(*records: dict[str, object]) -> pd.DataFrame:
    """Rows as the catalogue keeps them."""
    return pd.DataFrame(list(records))
