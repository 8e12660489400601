"""推演方案 in words: what is assumed, what is changed, what comes of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from lib.view import text

Standing = tuple[float, float, float]


def came_of(before: Standing, after: Standing) -> str:
    """总分 50.52 → 62.40（+11.88），第 8 → 第 4（▲4），第二方阵 → 第一方阵."""
    if after[0] != after[0]:
        return "没有得分"
    points = f"总分 {text.number(before[0], 2)} → {text.number(after[0], 2)}（{text.signed(after[0] - before[0], 2)}）"
    if before[1] == after[1]:
        return f"{points}，名次不变，{text.place(after[1])}（{text.tier(after[2])}）"
    moved = f"{text.place(before[1])} → {text.place(after[1])}（{text.arrow(before[1] - after[1])}）"
    tiers = f"{text.tier(before[2])} → {text.tier(after[2])}" if before[2] != after[2] else f"仍在{text.tier(after[2])}"
    return f"{points}，{moved}，{tiers}"


def changed(moves: Mapping[str, int], weights: int) -> str:
    """What is changed: measures by the county's short name, and how many weights."""
    parts = [f"{place} {count} 项测度" for place, count in moves.items()]
    return text.listed([*parts, f"{weights} 个权重" if weights else ""]) or "没有改动"


def summary(count: int, tried: str) -> str:
    """How many are kept and what is being tried now ("" for nothing)."""
    kept = f"已保存 {count} 个推演方案" if count else "还没有保存过推演方案"
    return f"{kept}；正在试的：{tried}。" if tried else f"{kept}。先在“改数值”“改权重”或“升档反推”里试，再到这里保存。"


def standing_still(otherwise: Standing) -> str:
    """自己不动就是 19.78 分、第 11."""
    return f"自己不动就是 {text.number(otherwise[0], 2)} 分、{text.place(otherwise[1])}。"


def drifted(then: Mapping[str, Sequence[float | None]], before: Standing, after: Standing) -> str:
    """That a kept scenario starts from or comes to something else on the data of now; "" where it does not. `then` is what it was
    kept with: before, after."""
    kept = {when: tuple(math.nan if each is None else each for each in values) for when, values in then.items()}
    now = {"before": before, "after": after}
    if all(_same(a, b) for when in now for a, b in zip(kept[when], now[when], strict=True)):
        return ""
    said = [
        f"{text.number(first[0], 2)} → {text.number(last[0], 2)} 分、{text.place(first[1])} → {text.place(last[1])}"
        for first, last in ((kept["before"], kept["after"]), (before, after))
    ]
    return f"数据或计分口径在保存后变了：保存时是 {said[0]}，按现在的数据是 {said[1]}。"


def _same(one: float, other: float) -> bool:
    """Whether two numbers of a standing look the same."""
    return (one != one and other != other) or abs(one - other) < 5e-3


def as_task(place: str, measure: str, value: str, reach: str, name: str) -> str:
    """The problem that a move of a scenario puts on the ledger."""
    return f"{place}{measure}现为 {value}，按推演方案“{name}”要改到 {reach}"


def as_quote(place: str, measure: str, value: str, reach: str, when: str, deadline: str) -> str:
    """The words that a target from a scenario rests on."""
    return f"{place}{measure}由 {value}（{when}）改到 {reach}{f'，期限 {deadline}' if deadline else ''}"
