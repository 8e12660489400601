"""What is tried: chart data and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from lib.model import Measure, source
from lib.view import text
from lib.view.charts import trial as chart
from lib.view.table import Number, Table
from lib.view.tables import cells

# As many changes have a bar of their own; those after them share one.
MOST_STEPS = 8


def step_rows(
    course: pd.DataFrame, ends: tuple[float, float], labels: cells.Names, said: Mapping[str, str]
) -> pd.DataFrame:
    """Chart data for `charts.steps` from `core.sensitivity.course`: today's total, each change, the total tried.

    `ends` are the two totals, `said` names what is no measure's change, by kind; from the ninth change of the region's own on they
    share a bar.
    """
    rows = _shared(course)
    out = [("现在", chart.BEFORE, ends[0], ends[0], text.number(ends[0], 2))]
    for row in rows.itertuples():
        points = row.right - row.left
        role = chart.GAIN if points > 0 else chart.LOSS if points < 0 else chart.NONE
        label = labels.get(row.code) or said.get(row.kind) or f"其余 {row.count} 项"
        out.append((label, role, row.left, row.right, text.signed(points, 2)))
    out.append(("推演后", chart.AFTER, ends[1], ends[1], text.number(ends[1], 2)))
    return pd.DataFrame(out, columns=["label", "role", "left", "right", "shown"])


def _shared(course: pd.DataFrame) -> pd.DataFrame:
    """The same rows, the region's own changes after the first few in one, and how many each stands for (count)."""
    rows = course.assign(count=1)
    own = rows.index[rows["code"] != ""]
    if len(own) <= MOST_STEPS:
        return rows
    late = own[MOST_STEPS - 1 :]
    rows.loc[late[0], ["kind", "code", "right", "count"]] = ["", "", rows.at[late[-1], "right"], len(late)]
    return rows.drop(late[1:])


def swing_rows(swings: pd.DataFrame, labels: cells.Names, measures: Mapping[str, Measure], most: int) -> pd.DataFrame:
    """Chart data for `charts.swings` from `core.sensitivity.swings`: the `most` measures of which a better value brings most."""
    rows = swings[swings["gain"] > 0].head(most)
    return pd.DataFrame(
        {
            "label": rows["code"].map(labels),
            "gain": rows["gain"],
            "loss": rows["loss"].clip(upper=0),
            "shown": [
                f"{text.signed(row.gain, 2)}（{_way(measures[row.code], row.value, row.better)}）"
                for row in rows.itertuples()
            ],
            "lost": [text.signed(row.loss, 2) if row.loss < 0 else "已是最差" for row in rows.itertuples()],
            "code": rows["code"],
        }
    ).reset_index(drop=True)


def _way(measure: Measure, before: float, after: float) -> str:
    """20.1 → 22.1%, 33.0 → 29.7 项; a tenth of a whole number is none."""
    decimals = measure.decimals or int(not after.is_integer())
    unit = measure.unit if measure.unit == "%" else f" {measure.unit}"
    return f"{text.number(before, decimals)} → {text.number(after, decimals)}{unit}"


def move_table(
    moves: pd.DataFrame,
    names: cells.Names,
    labels: cells.Names,
    measures: Mapping[str, Measure],
    owner: Callable[[str], str],
    period: str,
) -> Table:
    """Every changed value: 地区, 测度, 单位, 现值, 改到, 测度得分 before and after, what it alone adds to that region's total, 牵头单位;
    present values open their source.

    In: region and the columns of `Outcome.moved`.
    """
    values = pd.DataFrame(
        {
            "地区": moves["region"].map(names),
            "测度": moves["code"].map(labels),
            "单位": [measures[code].unit for code in moves["code"]],
            "现值": moves["value"],
            "改到": moves["value_if"],
            "测度得分": [f"{text.number(row.score)} → {text.number(row.score_if)}" for row in moves.itertuples()],
            "单改这项，该地总分": moves["total"],
            "牵头单位": [owner(code) for code in moves["code"]],
        }
    ).reset_index(drop=True)
    each = tuple(measures[code].decimals for code in moves["code"])
    numbers = {"现值": Number(each=each), "改到": Number(each=each), "单改这项，该地总分": Number(2, signed=True)}
    sources = [source.value(row.region, row.code, period) for row in moves.itertuples()]
    return Table(values, numbers, pd.DataFrame({"现值": sources}))


def counties_table(
    movement: pd.DataFrame, regions: Sequence[str], names: cells.Names, counts: Mapping[str, int]
) -> Table:
    """Changed regions: 地区, 改动 (how many values), 总分 and 名次 before and after, 方阵 after; from `Outcome.movement`."""
    rows = movement.set_index("region").loc[list(regions)]
    values = pd.DataFrame(
        {
            "地区": [names[region] for region in regions],
            "改动": [f"{counts[region]} 项" for region in regions],
            "现总分": rows["score_before"].to_numpy(),
            "推演总分": rows["score"].to_numpy(),
            "增减": rows["score_change"].to_numpy(),
            "名次": [_places(row.rank_before, row.rank) for row in rows.itertuples()],
            "方阵": [text.tier(cells.optional(tier)) for tier in rows["tier"]],
        }
    )
    return Table(values, {"现总分": Number(2), "推演总分": Number(2), "增减": Number(2, signed=True)})


def _places(before: float, after: float) -> str:
    moved = text.arrow(cells.optional(before - after))
    return f"{cells.rank(before)} → {cells.rank(after)}{f'（{moved}）' if moved and before != after else ''}"


def place_labels(movement: pd.DataFrame, names: cells.Names, focus: str) -> dict[str, str]:
    """How each region stands on an axis of places that move: 9→7  鲁山县; by region."""
    return {
        row.region: f"{'▶ ' if row.region == focus else ''}{_moved_place(row.rank_before, row.rank)}  {names[row.region]}"
        for row in movement.itertuples()
    }


def _moved_place(before: float, after: float) -> str:
    if pd.isna(before) or pd.isna(after) or before == after:
        return cells.rank(after)
    return f"{int(before)}→{int(after)}"


def weight_table(parts: pd.DataFrame, labels: cells.Names, period: str, region: str, name: str) -> Table:
    """Weights of a node's parts: 指标, 原定占比 and 推演占比 (%), 增减 (percentage points), the region's score, 比全市中位 (points of that score).

    In: code, share, share_if (0–1), score, published (the score without what is tried: only that has a source), median; the most
    changed first.
    """
    rows = parts.assign(moved=parts["share_if"] - parts["share"])
    rows = rows.iloc[(-rows["moved"].abs()).argsort(kind="stable")]
    values = pd.DataFrame(
        {
            "指标": rows["code"].map(labels),
            "原定占比（%）": 100.0 * rows["share"],
            "推演占比（%）": 100.0 * rows["share_if"],
            "增减（百分点）": 100.0 * rows["moved"],
            f"{name}得分": rows["score"],
            "比全市中位": rows["score"] - rows["median"],
        }
    ).reset_index(drop=True)
    numbers = {
        "原定占比（%）": Number(1),
        "推演占比（%）": Number(1),
        "增减（百分点）": Number(1, signed=True),
        f"{name}得分": Number(1),
        "比全市中位": Number(1, signed=True),
    }
    sources = [
        source.score(region, row.code, period) if row.score == row.published else "" for row in rows.itertuples()
    ]
    return Table(values, numbers, pd.DataFrame({f"{name}得分": sources}))
