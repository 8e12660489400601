"""Sentences that only a screen of the meeting room or the wall says."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.view import text


def course(places: pd.DataFrame, names: Mapping[str, str], ends: tuple[str, str]) -> str:
    """Who has gained and who has lost most places between two periods (their labels), each by what it had then: columns region,
    before, after."""
    both = places.dropna(subset=["before", "after"])
    moved = both.assign(gain=both["before"] - both["after"])
    parts = [f"从{ends[0]}到{ends[1]}"]
    for word, sign in (("上升", 1), ("下降", -1)):
        most = int((moved["gain"] * sign).max()) if len(moved) else 0
        if most > 0:
            who = text.first(text.listed(names[each] for each in moved.loc[moved["gain"] * sign == most, "region"]))
            parts.append(f"{who}{word}最多（{most} 位）")
    return "，".join(parts if len(parts) > 1 else [*parts, "各地名次都没有变"]) + "。"
