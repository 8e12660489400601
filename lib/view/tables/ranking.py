"""Places: chart data and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from lib.model import Measure, source
from lib.view import text
from lib.view.table import Number, Table
from lib.view.tables import cells

# Small multiples: panels a row, and how far apart they stand, a panel itself being 1 by 1.
PANELS, PANEL_WIDTH, PANEL_HEIGHT = 4, 1.36, 1.62


def ranking_rows(movement: pd.DataFrame, names: cells.Names, focus: str) -> pd.DataFrame:
    """Chart data for `charts.ranking_bars` from a movement frame; regions without a place are left out."""
    ranked = movement[movement["rank"].notna()]
    return pd.DataFrame(
        {
            "label": [f"{int(row.rank)}  {names[row.region]}" for row in ranked.itertuples()],
            "score": ranked["score"].astype(float),
            "tier": [text.tier(value) for value in ranked["tier"]],
            "shown": [
                f"{text.number(row.score)}  {text.arrow(cells.optional(row.rank_change))}".rstrip()
                for row in ranked.itertuples()
            ],
            "focus": (ranked["region"] == focus).astype(int),
        }
    )


def ranking_table(
    movement: pd.DataFrame,
    names: cells.Names,
    filled: Mapping[str, tuple[int, int]],
    provisional: Mapping[str, int],
    parts: pd.DataFrame,
    labels: cells.Names,
    code: str,
    period: str,
) -> Table:
    """名次, 地区, 得分, 方阵, 名次变化, 得分变化, 有数测度, 应有测度, ◐ 暂定 (provisional values), then the score on each part of the node.

    `filled` and `provisional` count values by region; `parts` has region, code, score (no row for a measure).
    """
    regions = movement["region"]
    by_part = {labels[part]: part for part in dict.fromkeys(parts["code"])}
    scores = parts.pivot(index="region", columns="code", values="score").reindex(regions)
    values = pd.DataFrame(
        {
            "名次": movement["rank"],
            "地区": regions.map(names),
            "得分": movement["score"],
            "方阵": [text.tier(cells.optional(value)) for value in movement["tier"]],
            "名次变化": movement["rank_change"],
            "得分变化": movement["score_change"],
            "有数测度": [filled[region][0] for region in regions],
            "应有测度": [filled[region][1] for region in regions],
            "◐ 暂定": [provisional.get(region, 0) for region in regions],
            **{name: scores[part].to_numpy() for name, part in by_part.items()},
        }
    )
    numbers = {
        **dict.fromkeys(("名次", "有数测度", "应有测度", "◐ 暂定"), Number()),
        "得分": Number(2),
        "名次变化": Number(signed=True),
        "得分变化": Number(2, signed=True),
        **dict.fromkeys(by_part, Number(1)),
    }
    columns = {**dict.fromkeys(("名次", "得分", "名次变化", "得分变化", "有数测度"), code), **by_part}
    sources = pd.DataFrame(
        {name: [source.score(region, of, period) for region in regions] for name, of in columns.items()}
    )
    return Table(values, numbers, sources)


def composition_rows(
    parts: pd.DataFrame,
    movement: pd.DataFrame,
    names: cells.Names,
    labels: cells.Names,
    picked: Sequence[str],
    rest: str,
    focus: str,
) -> pd.DataFrame:
    """Chart data for `charts.composition`: the picked parts first, in their order, then all others as parts of the rest.

    `parts` as `movement.all_contributions`. A part without a score gives nothing and is not drawn; regions without a
    place are left out.
    """
    order = {code: i for i, code in enumerate([*picked, *(code for code in parts["code"] if code not in picked)])}
    ranked = movement[movement["rank"].notna()].set_index("region")
    rows = parts[parts["points"].notna() & parts["region"].isin(ranked.index)]
    place = {region: i for i, region in enumerate(ranked.index)}
    rows = rows.iloc[np.lexsort((rows["code"].map(order), rows["region"].map(place)))]
    ends = rows.groupby("region")["points"].cumsum()
    label = {at.Index: _placed(at.Index, at.rank, names, focus) for at in ranked.itertuples()}
    shown = rows["region"].map({at.Index: _scored(at) for at in ranked.itertuples()})
    return pd.DataFrame(
        {
            "label": rows["region"].map(label),
            "part": rows["code"].map({code: labels[code] if code in picked else rest for code in order}),
            "start": ends - rows["points"],
            "end": ends,
            "shown": shown.where(~rows["region"].duplicated(keep="last"), ""),
            "total": rows["region"].map(ranked["score"]),
            "focus": (rows["region"] == focus).astype(int),
            "region": rows["region"],
            "detail": [
                f"{names[region]} {labels[code]} {text.number(score)} 分，给出 {text.number(points, 2)} 分"
                for region, code, score, points in zip(
                    rows["region"], rows["code"], rows["score"], rows["points"], strict=True
                )
            ],
        }
    )


def difference_rows(parts: pd.DataFrame, region: str, labels: cells.Names) -> pd.DataFrame:
    """Chart data for `charts.differences`: a region's parts from furthest above the median to furthest below."""
    rows = parts[(parts["region"] == region) & parts["over"].notna()]
    rows = rows.sort_values("over", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "label": rows["code"].map(labels),
            "over": rows["over"],
            "shown": [text.signed(value, 2) for value in rows["over"]],
            "code": rows["code"],
        }
    )


def excerpt_rows(rows: pd.DataFrame, names: cells.Names, focus: str) -> pd.DataFrame:
    """Chart data for `charts.focus_bars` from `core.excerpt`: a row says where places are skipped."""
    shown = []
    for at in rows.itertuples():
        if at.skipped:
            shown.append(
                {"label": f"⋯ 中间还有 {at.skipped} 地", "amount": None, "shown": "", "focus": 0, "region": ""}
            )
        beside = "" if at.region == focus or pd.isna(at.over) else f"（{text.signed(at.over)}）"
        shown.append(
            {
                "label": _placed(at.region, at.rank, names, focus),
                "amount": at.score,
                "shown": f"{_scored(at)}{beside}",
                "focus": int(at.region == focus),
                "region": at.region,
            }
        )
    return pd.DataFrame(shown, columns=["label", "amount", "shown", "focus", "region"])


def value_rows(rows: pd.DataFrame, names: cells.Names, measure: Measure, focus: str) -> pd.DataFrame:
    """Chart data for `charts.focus_bars`: a measure's values from `remarks.with_values`; missing ones are left out."""
    rows = rows[rows["value"].notna()]
    return pd.DataFrame(
        {
            "label": [_placed(at.region, at.rank, names, focus) for at in rows.itertuples()],
            "amount": rows["value"],
            "shown": [
                f"{text.number(at.value, measure.decimals)}{'  ◐ 暂定' if at.provisional else ''}  "
                f"{text.arrow(cells.optional(at.rank_change))}".rstrip()
                for at in rows.itertuples()
            ],
            "focus": (rows["region"] == focus).astype(int),
            "region": rows["region"],
        }
    )


def _placed(region: str, rank: float, names: cells.Names, focus: str) -> str:
    """3  示范区, with a mark before the focus region."""
    return f"{'▶ ' if region == focus else ''}{cells.rank(rank)}  {names[region]}"


def _scored(at: Any) -> str:
    return f"{text.number(at.score)}  {text.arrow(cells.optional(at.rank_change))}".rstrip()


def bump_rows(scores: pd.DataFrame, code: str, labels: cells.Names, names: cells.Names, focus: str) -> pd.DataFrame:
    """Chart data for `charts.bump`: one node's places over periods in time order; a period without a place breaks the line."""
    rows = _over(scores, code, labels)
    place = rows["rank"].to_numpy(dtype=float, na_value=np.nan)
    final = rows["order"] == len(labels) - 1
    ends: dict[str, str] = {}
    named: set[str] = set()
    for at, tied in rows[final & rows["rank"].notna()].groupby("rank", sort=True)["region"]:
        ends[tied.iloc[0]] = f"{at}  {text.listed(tied.map(names))}"
        named |= {tied.iloc[0]} if focus in set(tied) else set()
    return pd.DataFrame(
        {
            "order": rows["order"],
            "period": rows["period"].map(labels),
            "rank": place,
            "region": rows["region"],
            "focus": (rows["region"] == focus).astype(int),
            "end": rows["region"].map(ends).where(final).fillna(""),
            "named": (rows["region"].isin(named) & final).astype(int),
            "detail": [f"{names[at.region]} {cells.when(at.period)}：{_standing(at)}" for at in rows.itertuples()],
        }
    )


def small_multiple_rows(
    scores: pd.DataFrame, movement: pd.DataFrame, code: str, labels: cells.Names, names: cells.Names, focus: str
) -> pd.DataFrame:
    """Chart data for `charts.small_multiples`: four panels a row, by place now; all on one scale.

    A panel is 1 wide and 1 high, from the cohort's lowest to its highest score in the periods.
    """
    rows = _over(scores, code, labels).reset_index(drop=True)
    low, high = rows["score"].min(), rows["score"].max()
    height = (high - low) or 1.0
    panel = rows["region"].map({region: i for i, region in enumerate(movement["region"])})
    rows, panel = rows[panel.notna()], panel[panel.notna()].astype(int)
    left, floor = (panel % PANELS) * PANEL_WIDTH, -(panel // PANELS) * PANEL_HEIGHT
    steps = max(len(labels) - 1, 1)
    of_period = rows.groupby("period")["score"]
    place = movement.set_index("region")["rank"]
    first, last = rows["order"] == 0, rows["order"] == len(labels) - 1
    deepest = panel + PANELS > panel.max()
    return pd.DataFrame(
        {
            "at": left + rows["order"] / steps,
            "level": floor + (rows["score"] - low) / height,
            "low": floor + (of_period.transform("min") - low) / height,
            "high": floor + (of_period.transform("max") - low) / height,
            "middle": floor + (of_period.transform("median") - low) / height,
            "floor": floor - 0.05,
            "top": floor + PANEL_HEIGHT - 0.32,
            "left": left - 0.06,
            "right": left + PANEL_WIDTH - 0.08,
            "region": rows["region"],
            "label": [f"{cells.rank(place[region])}  {names[region]}" for region in rows["region"]],
            "shown": [text.number(score) for score in rows["score"]],
            "foot": rows["period"].map(labels).where((first | last) & deepest).fillna(""),
            "focus": (rows["region"] == focus).astype(int),
            "first": first.astype(int),
            "last": last.astype(int),
            "detail": [f"{names[at.region]} {cells.when(at.period)}：{_standing(at)}" for at in rows.itertuples()],
        }
    )


def _over(scores: pd.DataFrame, code: str, labels: cells.Names) -> pd.DataFrame:
    """A node's rows in some periods, in time order, numbered by period in `order`."""
    rows = scores[(scores["code"] == code) & scores["period"].isin(list(labels))]
    rows = rows.assign(order=rows["period"].map({period: i for i, period in enumerate(labels)}))
    return rows.sort_values("order", kind="stable")


def _standing(at: Any) -> str:
    return f"{text.place(cells.optional(at.rank))}，{text.number(at.score)} 分"


def value_table(rows: pd.DataFrame, names: cells.Names, measure: Measure, period: str) -> Table:
    """One measure's raw values from `remarks.with_values`: 名次, 地区, 数值 (with the unit), 得分, 暂定, 备注."""
    value = f"数值（{measure.unit}）" if measure.unit else "数值"
    values = pd.DataFrame(
        {
            "名次": rows["rank"],
            "地区": rows["region"].map(names),
            value: rows["value"],
            "得分": rows["score"],
            "暂定": ["◐ 暂定" if provisional else "" for provisional in rows["provisional"]],
            "备注": ["计算得出" if measure.derived and note else note for note in rows["note"]],
        }
    )
    scores = [source.score(region, measure.code, period) for region in rows["region"]]
    reported = [source.value(region, measure.code, period) for region in rows["region"]]
    sources = pd.DataFrame({"名次": scores, value: reported, "得分": scores})
    return Table(values, {"名次": Number(), value: Number(measure.decimals), "得分": Number(2)}, sources)
