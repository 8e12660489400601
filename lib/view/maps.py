"""What maps are made of: the outlines and places of data/geo, and the classes that colour them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from lib.view import text
from lib.view.theme import BLUE, BROWN, FAINT, GROUND, INK, LIGHT, MUTED, REST, SAND, SKY, SOFT, STRONG, TIER_COLOURS

GEO = Path(__file__).resolve().parents[2] / "data" / "geo"
CITY, PROVINCE = "pingdingshan", "henan"
SCORE, RANK, CHANGE, TIER = "得分", "名次", "名次变化", "方阵"
WAYS = (SCORE, RANK, CHANGE, TIER)
ABSENT, ABSENT_COLOUR, ABSENT_EDGE = "缺数", FAINT, MUTED
RAMP = (BLUE, STRONG, SKY, SOFT, LIGHT)
MOST = len(RAMP)
STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
REMARK = "底图边界仅供内部分析示意，未取得审图号，不得公开发布"
ZONES_REMARK = "高新区、示范区没有法定边界，点只表示示意位置"

Ring = list[list[float]]


def for_members(members: Iterable[str]) -> str:
    """The boundary file for a cohort: the province's for its cities, else the city's."""
    return PROVINCE if set(members) <= {each["region"] for each in outlines(PROVINCE)} else CITY


@cache
def outlines(name: str) -> tuple[dict[str, Any], ...]:
    """The areas of a boundary file of data/geo as GeoJSON features, each with its code as `region`.

    Rings are wound for Vega: the outer clockwise, holes the other way. Shared: not to be changed.
    """
    return tuple(
        {
            "type": "Feature",
            "region": feature["properties"]["adcode"],
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    [_wound(ring, clockwise=i == 0) for i, ring in enumerate(polygon)]
                    for polygon in feature["geometry"]["coordinates"]
                ],
            },
        }
        for feature in _file(name)["features"]
    )


@cache
def places(name: str) -> pd.DataFrame:
    """Where the names of a map's areas, and of the zones in them, stand. Shared: not to be changed.

    Out, a row a place, south last: region, name, lon, lat (a point inside), zone (0/1: has no outline of its own),
    label_lon, label_lat, align (the text's side there), away (0/1: the label stands outside, a line leads to it).
    """
    properties = [feature["properties"] for feature in _file(name)["features"]]
    rows = pd.DataFrame(
        [
            {
                "region": each["adcode"],
                "name": each["name"],
                "lon": each["label_point"][0],
                "lat": each["label_point"][1],
            }
            for each in properties
        ]
    ).assign(zone=0)
    zones = _csv("zones").rename(columns={"code": "region"}).assign(zone=1)
    inside = zones["region"].str[:4].isin({each["adcode"][:4] for each in properties if each["level"] == "district"})
    rows = pd.concat([rows, zones.loc[inside, ["region", "lon", "lat", "zone"]]], ignore_index=True)
    labels = _csv("labels").set_index("code").reindex(rows["region"]).reset_index()
    placed = labels["lon"].notna()
    return rows.assign(
        label_lon=labels["lon"].where(placed, rows["lon"]),
        label_lat=labels["lat"].where(placed, rows["lat"]),
        align=labels["align"].where(placed, "center"),
        away=(placed & (labels["align"] != "center")).astype(int),
    ).sort_values("lat", ascending=False, ignore_index=True)


@dataclass(frozen=True)
class Classes:
    """Classes in words with their colours, the best first.

    Class i holds the values from `bounds[i + 1]` up to below `bounds[i]` (bounds fall); the first one its upper end too.
    """

    words: tuple[str, ...]
    colours: tuple[str, ...]
    bounds: tuple[float, ...]
    method: str
    absent: str = ABSENT

    def of(self, value: float | None) -> str:
        """The class of a value in words; the class `absent` for a missing one. ValueError: the value lies in none."""
        if value is None or math.isnan(value):
            return self.absent
        if value > self.bounds[0]:
            raise ValueError(f"{value} is above {self.bounds[0]}")
        for word, low in zip(self.words, self.bounds[1:], strict=True):
            if value >= low:
                return word
        raise ValueError(f"{value} is below {self.bounds[-1]}")

    @property
    def legend(self) -> dict[str, str]:
        """Colour by class, the missing one last."""
        return {**dict(zip(self.words, self.colours, strict=True)), self.absent: ABSENT_COLOUR}


def classes(way: str, rows: pd.DataFrame) -> Classes:
    """The classes of one of WAYS for a movement frame (score, rank; a row a place)."""
    if way == SCORE:
        return score_classes(rows["score"])
    if way == RANK:
        return rank_classes(len(rows))
    return CHANGES if way == CHANGE else TIERS


def score_classes(values: Iterable[float]) -> Classes:
    """Equal steps with round bounds: the smallest of STEPS with which at most five classes hold all values."""
    known = [value for value in values if not math.isnan(value)] or [0.0]
    for step in STEPS:
        low, high = math.floor(min(known) / step), math.ceil(max(known) / step)
        high = max(high, low + 1)
        if high - low <= MOST:
            break
    decimals = 0 if step >= 1 else 1
    bounds = tuple(round(i * step, 1) for i in range(high, low - 1, -1))
    words = tuple(
        f"{text.number(below, decimals)}–{text.number(above, decimals)} 分" for above, below in pairwise(bounds)
    )
    method = f"得分等距分段，每段 {text.trimmed(step)} 分，含下限，最高一段也含上限"
    # Where the steps are those of every map of scores, a colour means the same score on each.
    same = step == STEPS[-1] and low >= 0 and high <= MOST
    return Classes(words, RAMP[MOST - high : MOST - low] if same else _ramp(len(words)), bounds, method)


def rank_classes(count: int) -> Classes:
    """Places in four groups as equal as can be, the last one smaller: 1–3, 4–6, 7–9, 10–12 of twelve."""
    size = math.ceil(max(count, 1) / 4)
    firsts = list(range(1, count + 1, size)) or [1]
    lasts = [min(first + size - 1, max(count, 1)) for first in firsts]
    words = tuple(f"第 {a}–{b} 名" if a < b else f"第 {a} 名" for a, b in zip(firsts, lasts, strict=True))
    bounds = tuple(float(-place) for place in [1, *lasts])
    # The best place is the highest value of its opposite: a place is turned round before it is looked up.
    return Classes(words, _ramp(len(words)), bounds, f"名次每 {size} 名一段")


TIERS = Classes(tuple(TIER_COLOURS), tuple(TIER_COLOURS.values()), (-1.0, -1.5, -2.5, -math.inf), "方阵按名次划分")
STATED = Classes(
    ("文件中有名次",),
    (TIER_COLOURS["第二方阵"],),
    (1.0, 1.0),
    "颜色只表示文件原文有没有这个市的名次",
    "没有数据",
)
CHANGES = Classes(
    ("上升 3 位以上", "上升 1–2 位", "持平", "下降 1–2 位", "下降 3 位以上"),
    (BLUE, SOFT, REST, SAND, BROWN),
    (math.inf, 3.0, 1.0, 0.0, -2.0, -math.inf),
    "与上期相比，“以上”含本数",
)


# A picture narrower than this, in pixels, has room for brief words only, and they are smaller.
NARROW, BRIEF_SIZE = 500, 12


def font_size(height: int) -> int:
    """Pixels of the words on a map so high: 14 on a desk, up to 26 on a wall."""
    return min(max(14, round(height / 38)), 26)


def remarks(outlines: str) -> tuple[str, ...]:
    """What has to stand next to a map."""
    return (ZONES_REMARK, REMARK) if places(outlines)["zone"].any() else (REMARK,)


def paper(colour: str) -> str:
    """The colour, white or ink, in which words on a colour are read best (WCAG 2.1 contrast)."""
    ground = _luminance(colour)
    return GROUND if 1.05 / (ground + 0.05) > (ground + 0.05) / (_luminance(INK) + 0.05) else INK


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ramp(count: int) -> tuple[str, ...]:
    """So many colours of RAMP, dark to light, spread over it."""
    return tuple(RAMP[round(i * (MOST - 1) / max(count - 1, 1))] for i in range(count))


def _wound(ring: Ring, *, clockwise: bool) -> Ring:
    """The ring in one direction, by the sign of its area (shoelace)."""
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    return ring if (area < 0) == clockwise else ring[::-1]


@cache
def _file(name: str) -> dict[str, Any]:
    return json.loads((GEO / f"{name}.geojson").read_text(encoding="utf-8"))


def _csv(name: str) -> pd.DataFrame:
    return pd.read_csv(GEO / f"{name}.csv", dtype={"code": str})
