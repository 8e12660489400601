"""Sentences of a wall."""

from __future__ import annotations

from datetime import UTC, datetime

from lib.view import wall


def test_the_age_of_data_is_counted_in_days_of_china():
    # 20:30 UTC is already the next day in China.
    assert wall.age("2020年四季度", "2021-01-19T20:30:00Z", "2021-01-23") == "2020年四季度数据，2021-01-20 发布，3 天前"
    assert wall.age("2020年四季度", "2021-01-20T01:00:00Z", "2021-01-20") == "2020年四季度数据，2021-01-20 发布，今天"
    assert wall.age("2020年四季度", "", "2021-01-20") == "2020年四季度还没有数据"


def test_the_moment_that_a_picture_is_of():
    assert wall.held(datetime(2026, 1, 1, 16, 5, tzinfo=UTC)) == "画面停在 00:05"
