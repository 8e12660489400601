"""Who owes what: one line an owner, from the same counts as the call list and the ledger's."""

from __future__ import annotations

from datetime import date

import pandas as pd

from lib.core.duties import COLUMNS, duties
from lib.model.ledger import State

DAY = date(2020, 12, 31)
NAMES = {"a": "甲局", "b": "乙局", "c": "丙局"}


def ledger(*rows: tuple[int, str, str, float | None]) -> pd.DataFrame:
    """Number, owner, deadline, days late."""
    frame = pd.DataFrame(rows, columns=["id", "owner", "deadline", "late"]).astype({"late": float})
    frame = frame.assign(problem=[f"问题{number}" for number in frame["id"]], state=State.DOING.value)
    return frame.assign(soon=frame["late"].between(-14, 0)).sort_values("late", ascending=False, na_position="last")


def targets(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Number, owners' codes, deadline, status."""
    return pd.DataFrame(rows, columns=["id", "owner", "deadline", "status"]).assign(next_due="")


def found(goals: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    return duties(goals, items, DAY, lambda code: NAMES[code], lambda row: f"目标{row.id}")


def test_a_shared_target_counts_for_each_owner_and_an_item_comes_first() -> None:
    goals = targets(("F1", "a;c", "2020-06-30", "逾期未达标"), ("F2", "c", "2020-06-30", "有目标无现值"))
    items = ledger((1, "甲局", "2021-01-05", -5), (2, "乙局", "2020-12-30", 1), (3, "甲局", "2021-01-01", -1))
    table = found(goals, items)
    assert table[COLUMNS[:6]].to_numpy().tolist() == [
        ["乙局", 1, 0, 0, 0, 0],
        ["甲局", 0, 2, 1, 0, 0],
        ["丙局", 0, 0, 1, 0, 1],
    ]
    assert table[["kind", "what", "late"]].to_numpy().tolist() == [
        ["整改", "问题2", 1.0],
        ["整改", "问题3", -1.0],
        ["目标", "目标F1", 184.0],
    ]


def test_an_overdue_target_comes_before_many_without_a_value() -> None:
    goals = targets(
        *((f"M{at}", "a", "2020-06-30", "有目标无现值") for at in range(7)), ("F1", "b", "2020-12-01", "逾期未达标")
    )
    assert found(goals, ledger())["owner"].tolist() == ["乙局", "甲局"]


def test_what_is_reached_or_far_off_is_not_owed() -> None:
    goals = targets(("F1", "a", "2020-06-30", "已达标"), ("F2", "b", "2021-06-30", "正常推进"))
    assert found(goals, ledger((1, "丙局", "2021-03-01", -60), (2, "丙局", "", None))).empty


def test_a_target_without_a_deadline_is_missing_all_the_same() -> None:
    table = found(targets(("F1", "a", "", "有目标无现值")), ledger())
    assert table["missing"].tolist() == [1]
    assert table["late"].isna().all()
