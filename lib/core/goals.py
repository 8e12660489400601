"""What a target asks for: a number as it is written, or one to be worked out from the base year (比基期降 x%)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lib.model.goal import CUT, after_cut

_ALL = ""


def resolved(targets: pd.DataFrame) -> pd.DataFrame:
    """Targets with every goal "cut by x % of the baseline" (op `cut`) as the value to be reached, and how it was reckoned (formula,
    "" for any other): baseline × (1 − x/100), in the target's unit. Without the base year's value the goal stays a text without a number.
    """
    rows = [_reckoned(row) if row["op"] == CUT else {**row, "formula": ""} for row in targets.to_dict("records")]
    return pd.DataFrame(rows, columns=[*targets.columns, "formula"]).astype({"value": "float64", "baseline": "float64"})


def _reckoned(row: Mapping[str, Any]) -> dict[str, Any]:
    words = f"比{row['baseline_basis'] or '基期'}下降 {row['value']:g}%"
    if pd.isna(row["baseline"]):
        return {**row, "text": words, "value": None, "formula": ""}
    goal = after_cut(float(row["baseline"]), float(row["value"]))
    formula = f"{words}：{row['baseline']:g} ×（1 − {row['value']:g}%）= {goal:g} {row['unit']}"
    return {**row, "op": "<=", "text": words, "value": goal, "formula": formula}


def applies(scope: str, name: str) -> bool:
    """Whether a target of the city with a scope is one for a county of that name: the whole city's is, 县（市）'s only for 县 and 市,
    the city level's own (市本级) for none."""
    if scope == _ALL:
        return True
    return "县" in scope and name[-1:] in "县市" and name[-1:] in scope
