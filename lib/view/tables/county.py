"""One county: chart data and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from lib.model import Framework, Measure, source
from lib.view import text
from lib.view.charts.county import INDENT
from lib.view.table import Number, Table
from lib.view.tables import cells


def spine_rows(
    rows: pd.DataFrame, framework: Framework, measures: Mapping[str, Measure], values: Mapping[str, float], deep: bool
) -> pd.DataFrame:
    """Chart data for `charts.spine` from a spine: the total and its indicators, `deep` with the measures under each.

    `values` are the county's own, by measure. Nodes on which nobody has a score are left out.
    """
    codes = [framework.root.code]
    for node in framework.indicators:
        codes += [node.code, *(framework.below(node.code) if deep and node.code in framework.children else ())]
    shown = rows.loc[codes].dropna(subset="high").reset_index()
    headings = {framework.root.code: "总分"}
    if deep:
        headings = {node.code: node.name for node in framework.indicators if node.code in framework.children} | headings
    labels = [headings.get(code) or INDENT + framework[code].name for code in shown["code"]]
    twice = pd.Series(labels).duplicated(keep=False)
    return pd.DataFrame(
        {
            # A row is known by its label: one that stands twice says whose it is.
            "label": [
                f"{label}（{framework[framework[code].parent].name}）" if again else label
                for label, code, again in zip(labels, shown["code"], twice, strict=True)
            ],
            "code": shown["code"],
            **{name: shown[name] for name in ("score", "low", "q1", "median", "q3", "high", "benchmark")},
            "side": np.sign(shown["score"] - shown["median"]).fillna(0).astype(int),
            "shown": [_beside(row, measures, values) for row in shown.itertuples()],
            "ours": [text.number(value) for value in shown["score"]],
            "theirs": [text.number(value) for value in shown["benchmark"]],
        }
    )


def _beside(row: object, measures: Mapping[str, Measure], values: Mapping[str, float]) -> str:
    """The raw value with its unit, or the score of an indicator, and the place."""
    if np.isnan(row.score):  # type: ignore[attr-defined]
        return "缺数"
    code, place = row.code, text.place(row.rank)  # type: ignore[attr-defined]
    if code in values and code in measures:
        return f"{text.quantity(values[code], measures[code].unit, measures[code].decimals)}，{place}"
    return f"{text.number(row.score)} 分，{place}"  # type: ignore[attr-defined]


def standing_over_time_rows(
    scores: pd.DataFrame, code: str, labels: cells.Names, names: cells.Names, focus: str, by_place: bool
) -> pd.DataFrame:
    """Chart data for `charts.standing_over_time`: one node's scores and places over periods in time order."""
    order = {period: i for i, period in enumerate(labels)}
    rows = scores[(scores["code"] == code) & scores["period"].isin(order) & scores["score"].notna()]
    rows = rows.assign(at=rows["period"].map(order)).sort_values("at", kind="stable")
    ours = rows["region"] == focus
    return pd.DataFrame(
        {
            "period": rows["period"].map(labels),
            "region": rows["region"].map(names),
            "score": rows["score"],
            "rank": rows["rank"].astype(float),
            "focus": ours.astype(int),
            "shown": np.where(
                ours,
                [
                    str(int(rank)) if by_place else text.number(score)
                    for rank, score in zip(rows["rank"], rows["score"], strict=True)
                ],
                "",
            ),
            "address": [source.score(row.region, code, row.period) for row in rows.itertuples()],
        }
    )


def profile_table(
    losses: pd.DataFrame, rows: pd.DataFrame, names: cells.Names, owner: Callable[[str], str], region: str, period: str
) -> Table:
    """指标, 得分, 名次, 全市最高, 全市中位, 全市最低, 失分, 牵头单位, from contributions and a spine."""
    codes = losses["code"]
    beside = rows.reindex(codes)
    values = pd.DataFrame(
        {
            "指标": codes.map(names),
            "得分": losses["score"],
            "名次": losses["rank"].astype(float),
            "全市最高": beside["high"].to_numpy(),
            "全市中位": beside["median"].to_numpy(),
            "全市最低": beside["low"].to_numpy(),
            "失分（总分中）": losses["lost"],
            "牵头单位": [owner(code) for code in codes],
        }
    )
    numbers = {name: Number(1) for name in ("得分", "全市最高", "全市中位", "全市最低")}
    at = pd.Series([source.score(region, code, period) for code in codes], index=losses.index)
    sources = pd.DataFrame({"得分": at, "名次": at, "失分（总分中）": at})
    return Table(values, {**numbers, "名次": Number(0), "失分（总分中）": Number(2)}, sources)


def measure_table(
    rows: pd.DataFrame,
    framework: Framework,
    measures: Mapping[str, Measure],
    marks: Mapping[str, str],
    best_at: Mapping[str, str],
    benchmark: Mapping[str, float],
    benchmark_at: Mapping[str, str],
    theirs: str,
    region: str,
    period: str,
) -> Table:
    """A county's measures beside the cohort. In: code, value, score, rank, best, median, of `spread.measures_of`.

    Out: 指标, 测度, 单位, 现值, 得分, 名次, 全市最优, 全市中位, the benchmark `theirs`, and 备注 where a value carries a mark. `best_at`
    and `benchmark_at` are the addresses of those values by measure.
    """
    codes = rows["code"]
    values = pd.DataFrame(
        {
            "指标": [framework.indicator_of(code).name for code in codes],
            "测度": [framework[code].name for code in codes],
            "单位": [measures[code].unit for code in codes],
            "现值": rows["value"],
            "得分": rows["score"],
            "名次": rows["rank"],
            "全市最优": rows["best"],
            "全市中位": rows["median"],
            f"对标：{theirs}": [benchmark.get(code, np.nan) for code in codes],
        }
    )
    if marks:
        values["备注"] = [marks.get(code, "") for code in codes]
    own = tuple(measures[code].decimals for code in codes)
    finest = Number(max(own, default=0), each=own)
    numbers = dict.fromkeys(("现值", "全市最优", "全市中位", f"对标：{theirs}"), finest)
    at = pd.Series([source.score(region, code, period) for code in codes], index=rows.index)
    sources = pd.DataFrame(
        {
            "现值": [source.value(region, code, period) for code in codes],
            "得分": at,
            "名次": at,
            "全市最优": [best_at.get(code, "") for code in codes],
            f"对标：{theirs}": [benchmark_at.get(code, "") for code in codes],
        }
    )
    return Table(values, {**numbers, "得分": Number(1), "名次": Number(0)}, sources)


def next_table(
    steps: pd.DataFrame, names: cells.Names, measures: Mapping[str, Measure], owner: Callable[[str], str]
) -> pd.DataFrame:
    """只改这一项, 现值 → 要达到, 占到最优值的路, 牵头单位, from `next_place.single_steps`; in words, so that it prints whole."""
    return pd.DataFrame(
        {
            "只改这一项": steps["code"].map(names),
            "现值 → 要达到": [_way(measures[row.code], row.value, row.reach) for row in steps.itertuples()],
            "占到最优值的路": [f"{text.number(100 * share, 0)}%" for share in steps["share"]],
            "牵头单位": [owner(code) for code in steps["code"]],
        }
    )


def headroom_table(
    levers: pd.DataFrame, names: cells.Names, measures: Mapping[str, Measure], owner: Callable[[str], str]
) -> pd.DataFrame:
    """只改这一项, 现值 → 最优值, 最多可加总分, 牵头单位. In: code, value, best, headroom of `whatif.levers`."""
    return pd.DataFrame(
        {
            "只改这一项": levers["code"].map(names),
            "现值 → 最优值": [_way(measures[row.code], row.value, row.best) for row in levers.itertuples()],
            "最多可加总分": [text.signed(points, 2) for points in levers["headroom"]],
            "牵头单位": [owner(code) for code in levers["code"]],
        }
    )


def _way(measure: Measure, value: float, to: float) -> str:
    """20.1 → 23.9%, never broken over two lines."""
    now, then = text.trimmed(value, measure.decimals), text.quantity(to, measure.unit, measure.decimals)
    return f"{now} → {then}".replace(" ", "\N{NO-BREAK SPACE}")


def beside_table(
    places: pd.DataFrame,
    names: cells.Names,
    labels: cells.Names,
    better: Mapping[str, pd.DataFrame],
    root: str,
    period: str,
) -> Table:
    """Other counties beside one: 地区, (差异), 总分, 名次, 比本地好的指标.

    In: region, score, rank and perhaps distance; `better` maps a region to what `profile.ahead_on` finds.
    """
    regions = places["region"]
    columns: dict[str, object] = {"地区": regions.map(names)}
    numbers = {"总分": Number(2), "名次": Number(0)}
    if "distance" in places:
        columns["背景差异"] = places["distance"]
        numbers["背景差异"] = Number(2)
    columns |= {
        "总分": places["score"],
        "名次": places["rank"],
        "比本地好的指标（领先分）": [_best_three(better.get(region), labels) for region in regions],
    }
    at = pd.Series([source.score(region, root, period) for region in regions], index=places.index, dtype=object)
    return Table(pd.DataFrame(columns), numbers, pd.DataFrame({"总分": at, "名次": at}))


def _best_three(rows: pd.DataFrame | None, labels: cells.Names) -> str:
    if rows is None or rows.empty:
        return "本期没有"
    words = text.listed(f"{labels[row.code]} +{text.number(row.lead)}" for row in rows.head(3).itertuples())
    return words + (f"，共 {len(rows)} 项" if len(rows) > 3 else "")


def matched_practice_table(
    rows: pd.DataFrame, names: cells.Names, places: cells.Names, weak: Sequence[str]
) -> pd.DataFrame:
    """Practices matched to weak indicators: 短板指标, 做法, 地区, 摘要, 原文. In: the catalogue's practices."""
    return pd.DataFrame(
        {
            "短板指标": [
                text.listed(names[code] for code in row.indicators.split(";") if code in weak)
                for row in rows.itertuples()
            ],
            "做法": rows["title"],
            "地区": [
                text.listed(places.get(code, code) for code in row.places.split(";")) for row in rows.itertuples()
            ],
            "摘要": rows["summary"],
            "原文": rows["quote"],
        }
    )
