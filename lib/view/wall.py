"""Sentences of a wall: how old its data are, and since when it stands still."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from lib.view import text


def age(period: str, published: str, today: str) -> str:
    """2020年四季度数据，2021年1月20日发布，3 天前; `published` a moment in UTC or "", `today` an ISO date in China."""
    if not published:
        return f"{period}还没有数据"
    day = text.day(published)
    days = (date.fromisoformat(today) - date.fromisoformat(day)).days
    return f"{period}数据，{day} 发布，{f'{days} 天前' if days > 0 else '今天'}"


def held(moment: datetime) -> str:
    """画面停在 09:30: a moment in UTC as China's clocks show it."""
    return f"画面停在 {moment + timedelta(hours=8):%H:%M}"
