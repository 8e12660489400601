"""Screens of a meeting room or a wall: one conclusion each, in an order that somebody has chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lib.model.errors import UserError

MOST_SCREENS = 40


class Kind(StrEnum):
    """What a screen says."""

    OVERVIEW = "overview"
    CITY = "city"
    COURSE = "course"
    WEAKEST = "weakest"
    HEATMAP = "heatmap"
    MAP = "map"
    INDICATOR = "indicator"
    COUNTY = "county"
    GAP = "gap"
    CLIMB = "climb"
    STABILITY = "stability"
    TARGETS = "targets"
    LEDGER = "ledger"
    CAMPAIGN = "campaign"

    @property
    def label(self) -> str:
        """What it is called in a list of screens."""
        return LABELS[self]


LABELS = {
    Kind.OVERVIEW: "总分排名",
    Kind.CITY: "全省名次和短板指标",
    Kind.COURSE: "名次变化",
    Kind.WEAKEST: "最弱的指标",
    Kind.HEATMAP: "热力图",
    Kind.MAP: "地图",
    Kind.INDICATOR: "一项指标的排名",
    Kind.COUNTY: "县区画像",
    Kind.GAP: "对标差距",
    Kind.CLIMB: "升档要做什么",
    Kind.STABILITY: "名次稳不稳",
    Kind.TARGETS: "目标进度",
    Kind.LEDGER: "整改台账",
    Kind.CAMPAIGN: "创标进展",
}
# What a screen may be tied to; left out, it follows the county looked at, or the weakest indicator.
TIES: dict[Kind, tuple[str, ...]] = {
    Kind.INDICATOR: ("subject", "region"),
    Kind.COUNTY: ("region",),
    Kind.GAP: ("region",),
    Kind.CLIMB: ("region",),
}
IN_A_MEETING = (
    Kind.OVERVIEW,
    Kind.CITY,
    Kind.COURSE,
    Kind.WEAKEST,
    Kind.HEATMAP,
    Kind.MAP,
    Kind.COUNTY,
    Kind.GAP,
    Kind.CLIMB,
    Kind.STABILITY,
    Kind.TARGETS,
    Kind.LEDGER,
    Kind.CAMPAIGN,
)
ON_A_WALL = (
    Kind.OVERVIEW,
    Kind.CITY,
    Kind.COURSE,
    Kind.WEAKEST,
    Kind.MAP,
    Kind.HEATMAP,
    Kind.TARGETS,
    Kind.LEDGER,
    Kind.CAMPAIGN,
)


@dataclass(frozen=True)
class Screen:
    """One screen: its kind and the codes that it is tied to, by name (TIES)."""

    kind: Kind
    ties: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, str]:
        """As text, for keeping."""
        return {"kind": str(self.kind), **self.ties}


@dataclass(frozen=True)
class Deck:
    """Screens in their order, under a name."""

    name: str
    screens: tuple[Screen, ...]


def deck_of(name: str, kinds: tuple[Kind, ...]) -> Deck:
    """A deck of screens that are tied to nothing."""
    return Deck(name, tuple(Screen(kind) for kind in kinds))


MEETING, WALL = deck_of("例会", IN_A_MEETING), deck_of("大屏", ON_A_WALL)
# The decks that come with the house, by what an address calls them.
READY = {"meeting": MEETING, "wall": WALL}


def say_screens(screens: tuple[Screen, ...]) -> str:
    """Screens in short, as an address has them: overview,county:410423."""
    return ",".join(
        ":".join([screen.kind, *(screen.ties.get(tie, "") for tie in TIES.get(screen.kind, ()))]).rstrip(":")
        for screen in screens
    )


def read_screen(plain: Mapping[str, str]) -> Screen:
    """A screen as `Screen.plain` wrote it; UserError for a kind that there is none of."""
    kind = plain.get("kind", "")
    if kind not in set(Kind):
        raise UserError(f'没有"{kind}"这种屏（期望：{"、".join(Kind)}）')
    known = Kind(kind)
    return Screen(known, {key: value for key, value in plain.items() if key in TIES.get(known, ()) and value})


def read_screens(words: str) -> tuple[Screen, ...]:
    """Screens as `say_screens` says them, a kind also by its name, a tie by its code or its name; UserError for what is none,
    or for too many."""
    found = tuple(_tied(each.strip()) for each in words.replace("，", ",").split(",") if each.strip())
    if len(found) > MOST_SCREENS:
        raise UserError(f"最多 {MOST_SCREENS} 屏，现在是 {len(found)} 屏")
    return found


def _tied(part: str) -> Screen:
    kind, *values = (piece.strip() for piece in part.replace("：", ":").split(":"))
    named = next((known for known in Kind if kind in (known, known.label)), None)
    if named is None:
        raise UserError(f"没有“{kind}”这种屏，可以写：{'、'.join(Kind)}")
    ties = TIES.get(named, ())
    if len(values) > len(ties):
        after = f"冒号后面最多写 {len(ties)} 项" if ties else "后面不写冒号"
        raise UserError(f"“{part}”写多了：{named}（{named.label}）{after}")
    return Screen(named, {key: value for key, value in zip(ties, values, strict=False) if value})
