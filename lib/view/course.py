"""何时到 in words: what is aimed at, when it is reached and when it is lost again, and how far such a reckoning may be trusted."""

from __future__ import annotations

from collections.abc import Sequence

from lib.view import text

ON_TREND, AT_BEST = "照现在的走势", "每项都按见过的最快速度"

# Points of a score that can be seen in the picture.
_SEEN = 0.5


def goal(place: int | None, score: float | None, cuts: Sequence[int]) -> str:
    """What is aimed at, behind 要 or 已经: 进入第一方阵, 脱离第三方阵, 进入前 5 位, 达到 60 分."""
    if place is None:
        return f"达到 {text.trimmed(score, 2)} 分"
    if place == cuts[0]:
        return "进入第一方阵"
    if place == cuts[-1]:
        return f"脱离{text.tier(len(cuts) + 1)}"
    return "列第 1" if place == 1 else f"进入前 {place} 位"


def ends(place: int | None, score: float, rank: float) -> str:
    """Where something ends, in the terms of the aim: 列第 7, 56.20 分."""
    if place is None:
        return f"{text.number(score, 2)} 分"
    return text.place(rank) if rank != rank else f"列{text.place(rank)}"


def reached(at: str, lost: str, held: str, last: str, end: str) -> str:
    """One way in words: the period in which the aim is met, "" within none up to `last`, where it ends instead; when it is lost
    again, and from when on it stays."""
    if not at:
        return f"到{last}还做不到（那时{end}）"
    if not lost:
        return f"最早{at}做到"
    return f"最早{at}做到，{lost}又掉出来，{f'{held}起才站稳' if held else f'到{last}也站不稳'}"


def kept(lost: str, held: str, last: str) -> str:
    """The same where the aim is met already: how long it lasts."""
    if not lost:
        return f"到{last}一直保持"
    return f"到{lost}就保不住" + (f"，{held}起再站稳" if held else "")


def by_when(name: str, subject: str, aimed: str, there: bool, on_trend: str, at_best: str) -> str:
    """The sentence that opens the view, from both ways in words; `subject` is "" for the total."""
    about = f"在“{subject}”上" if subject else ""
    said = f"{name}{about}{'已经' if there else '要'}{aimed}：{ON_TREND}，{on_trend}；{AT_BEST}，"
    return f"{said}{'也一样' if at_best == on_trend else at_best}。"


def two_bars(apart: float) -> str:
    """Why what is aimed at is not one line, where it lies so many points apart on the two ways; "" where that is not seen."""
    if not apart >= _SEEN:
        return ""
    return "灰实线是照走势时的门槛，灰点线是按最快时的：本地变了，计分的两端跟着变，别人的得分也变"


def drift(name: str, what: str, now: float, then: float) -> str:
    """What happens next to a region that stands still while others move; "" where nothing does."""
    if text.number(now, 2) == text.number(then, 2) or then != then:
        return ""
    return f"{name}如果原地不动，下一期的{what}从 {text.number(now, 2)} 分变成 {text.number(then, 2)} 分。"


def helping(names: Sequence[str], points: Sequence[float], most: int = 3) -> str:
    """Which measures' trends add most to the next period's score, and which take from it, from the best to the worst."""
    pairs = list(zip(names, points, strict=True))
    best = [f"{name}（{text.signed(gain, 2)} 分）" for name, gain in pairs[:most] if gain > 0]
    worst = [f"{name}（{text.signed(gain, 2)} 分）" for name, gain in reversed(pairs[-most:]) if gain < 0]
    first = f"照走势，下一期最帮忙的是{text.listed(best)}" if best else "照走势，下一期没有一项能加分"
    return f"{first}；{f'最拖后腿的是{text.listed(worst)}' if worst else '没有哪项在拖后腿'}。"


def tried_back(name: str, origin: str, last: str, off: float, expected: float, actual: float) -> str:
    """How the method would have done on what is known by now."""
    return (
        f"回头验一次：用{origin}以前的数推到{last}，各地名次平均差 {text.number(off, 1)} 位；"
        f"{name}推为{text.place(expected)}，实际{text.place(actual)}。"
    )


def unmoved(count: int, least: int) -> str:
    """How many measures have no trend; "" for none."""
    return f"有 {count} 项不足 {least} 期，没有走势，照走势时按现值不动。" if count else ""


def too_few(count: int, least: int, period: str) -> str:
    """Why there is nothing to reckon with."""
    return f"数据不足：到{period}只有 {count} 期同类数据，至少要 {least} 期才能推算走势。请换一个评价期或指标体系，或先看“改数值”“升档反推”。"
