"""Who owes what by when."""

from __future__ import annotations

from datetime import date

import pandas as pd

from lib.core.duties import by_owner, duties

DAY = date(2020, 12, 31)


def ledger(*rows: tuple[int, str, str, float | None]) -> pd.DataFrame:
    """Number, owner, deadline, days late."""
    frame = pd.DataFrame(rows, columns=["id", "owner", "deadline", "late"]).astype({"late": float})
    return frame.assign(problem=[f"问题{number}" for number in frame["id"]], label="整改中")


def targets(*rows: tuple[str, tuple[str, ...], str, str]) -> pd.DataFrame:
    """Number, owners, deadline, status."""
    frame = pd.DataFrame(rows, columns=["id", "owner", "deadline", "status"])
    return frame.assign(title=[f"目标{number}" for number in frame["id"]])


def test_late_and_soon_due_are_listed_the_latest_first() -> None:
    items = ledger(
        (1, "甲局", "2020-12-21", 10),
        (2, "乙局", "2021-01-14", -14),
        (3, "丙局", "2021-01-15", -15),
        (4, "丁局", "", None),
    )
    goals = targets(("F1", ("甲局", "戊局"), "2020-11-30", "有目标无现值"), ("F2", ("甲局",), "2020-11-30", "已达标"))
    found = duties(items, goals, DAY)
    assert found[["owner", "kind", "id", "late"]].to_numpy().tolist() == [
        ["甲局", "目标", "F1", 31.0],
        ["戊局", "目标", "F1", 31.0],
        ["甲局", "整改", "1", 10.0],
        ["乙局", "整改", "2", -14.0],
    ]


def test_targets_without_a_deadline_or_on_track_are_not_owed() -> None:
    goals = targets(
        ("F1", ("甲局",), "", "有目标无现值"),
        ("F2", ("甲局",), "2020-12-31", "正常推进"),
        ("F3", ("甲局",), "2021-02-01", "滞后"),
    )
    assert duties(ledger(), goals, DAY).empty


def test_by_owner_an_item_comes_before_a_target_and_late_items_come_first() -> None:
    items = ledger((1, "甲局", "2021-01-05", -5), (2, "乙局", "2020-12-30", 1), (3, "甲局", "2021-01-01", -1))
    goals = targets(
        ("F1", ("甲局", "丙局"), "2020-06-30", "逾期未达标"), ("F2", ("丙局",), "2020-06-30", "有目标无现值")
    )
    found = by_owner(duties(items, goals, DAY))
    assert found[["owner", "items", "targets", "blank"]].to_numpy().tolist() == [
        ["乙局", 1, 0, 0],
        ["甲局", 2, 1, 0],
        ["丙局", 0, 2, 1],
    ]
    assert found[["kind", "what", "late"]].to_numpy().tolist() == [
        ["整改", "问题2", 1.0],
        ["整改", "问题3", -1.0],
        ["目标", "目标F1", 184.0],
    ]
