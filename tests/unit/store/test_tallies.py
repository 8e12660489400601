"""Counts by month are only added; the last of a month and kind stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.model import UserError
from lib.model.tally import Kind
from lib.store import data_version, tallies
from lib.store.events import events

MAY, JUNE = "2020-05", "2020-06"


def standing(path: Path) -> dict[tuple[str, str], int]:
    return {(row.month, row.kind): int(row.value) for row in tallies.tallies(path).itertuples()}


def test_the_last_entry_stands_and_the_earlier_ones_stay(path: Path) -> None:
    assert tallies.enter(path, {(MAY, Kind.COMPLAINTS): 3, (JUNE, Kind.MEETINGS): 0}, user="张三") == 2
    assert tallies.enter(path, {(MAY, Kind.COMPLAINTS): 5}, user="李四", note="更正") == 1
    assert standing(path) == {(MAY, "complaints"): 5, (JUNE, "meetings"): 0}
    history = tallies.entries(path)
    assert history[["value", "user", "note"]].to_numpy().tolist() == [
        [5, "李四", "更正"],
        [0, "张三", ""],
        [3, "张三", ""],
    ]


def test_what_is_the_same_is_not_entered_again(path: Path) -> None:
    tallies.enter(path, {(MAY, Kind.COMPLAINTS): 3}, user="张三")
    assert tallies.enter(path, {(MAY, Kind.COMPLAINTS): 3}, user="张三") == 0
    assert len(tallies.entries(path)) == 1


def test_a_count_can_be_taken_back_and_entered_again(path: Path) -> None:
    tallies.enter(path, {(MAY, Kind.COMPLAINTS): 3}, user="张三")
    assert tallies.enter(path, {(MAY, Kind.COMPLAINTS): None}, user="张三") == 1
    assert standing(path) == {}
    assert tallies.enter(path, {(MAY, Kind.COMPLAINTS): None}, user="张三") == 0
    tallies.enter(path, {(MAY, Kind.COMPLAINTS): 4}, user="张三")
    assert standing(path) == {(MAY, "complaints"): 4}


@pytest.mark.parametrize(
    ("counts", "user", "refusal"),
    [
        ({(MAY, Kind.COMPLAINTS): 1}, " ", "要写明经办人"),
        ({("2020-Q2", Kind.COMPLAINTS): 1}, "张三", "“2020-Q2”不是月份（期望：如 2020-12）"),
        ({("五月", Kind.COMPLAINTS): 1}, "张三", "“五月”不是月份（期望：如 2020-12）"),
        (
            {(MAY, Kind.MEETINGS): 2, (JUNE, Kind.COMPLAINTS): -1},
            "张三",
            "2020年6月收到投诉填的是 -1（期望：0 到 1,000,000 的整数，没有数就留空）",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(path: Path, counts: dict, user: str, refusal: str) -> None:
    with pytest.raises(UserError) as caught:
        tallies.enter(path, counts, user=user)
    assert str(caught.value) == refusal
    assert tallies.entries(path).empty


def test_counts_leave_a_trail_and_the_data_version_alone(path: Path) -> None:
    before = data_version(path)
    tallies.enter(path, {(MAY, Kind.COMPLAINTS): 3, (MAY, Kind.MEETINGS): 1}, user="张三")
    assert data_version(path) == before
    tallies.enter(path, {(MAY, Kind.COMPLAINTS): 4, (MAY, Kind.MEETINGS): None}, user="李四", note="重数过")
    assert events(path)[["user", "action", "subject", "detail", "before", "after"]].to_numpy().tolist() == [
        [
            "李四",
            "填报月度数",
            "2020-05",
            "重数过",
            "2020年5月收到投诉：3；2020年5月联席会议：1",
            "2020年5月收到投诉：4；2020年5月联席会议：没有",
        ],
        ["张三", "填报月度数", "2020-05", "", "", "2020年5月收到投诉：3；2020年5月联席会议：1"],
    ]


@pytest.mark.parametrize("value", [0.5, 1e30, float("inf")])
def test_what_no_office_counts_is_refused(path: Path, value: float) -> None:
    with pytest.raises(UserError, match="期望：0 到 1,000,000 的整数"):
        tallies.enter(path, {(MAY, Kind.COMPLAINTS): value}, user="张三")


def test_what_another_entered_meanwhile_is_told_and_not_overwritten(path: Path) -> None:
    tallies.enter(path, {(MAY, Kind.COMPLAINTS): 9}, user="李四")
    with pytest.raises(UserError) as caught:
        tallies.enter(path, {(MAY, Kind.COMPLAINTS): 5}, user="张三", seen={(MAY, Kind.COMPLAINTS): None})
    assert str(caught.value) == "没有保存：别人刚把2020年5月收到投诉填成 9。请看过再决定填多少"
    assert standing(path) == {(MAY, "complaints"): 9}
    # Once it has been seen it may be overwritten; and who means the same has nothing to settle.
    assert tallies.enter(path, {(MAY, Kind.COMPLAINTS): 5}, user="张三", seen={(MAY, Kind.COMPLAINTS): 9}) == 1
    assert tallies.enter(path, {(MAY, Kind.COMPLAINTS): 5}, user="李四", seen={(MAY, Kind.COMPLAINTS): None}) == 0
