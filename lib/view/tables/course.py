"""何时到: the rows of its chart, period by period, and what goes how fast."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.model import Measure, Period, source
from lib.view import labels, text
from lib.view.charts import course as chart
from lib.view.table import Number, Table
from lib.view.tables import cells

# How far the words at the ends of lines are apart, as a share of the height of the plot.
_GAP = 0.1
_ON_TREND, _AT_BEST = "照走势", "按最快"


def way_rows(
    past: pd.DataFrame, trend: pd.DataFrame, best: pd.DataFrame, trend_met: str, best_met: str, bar: str
) -> pd.DataFrame:
    """Chart data for `charts.ways`.

    In: `core.course.along` of the past, the last period being today's, and of the two ways; the periods in which each gets there, "" for
    never; `bar` is what the threshold is called.
    """
    today = past.iloc[-1:]
    first, second = (pd.concat([today, way], ignore_index=True) for way in (trend, best))
    whole = pd.concat([past, trend], ignore_index=True)
    slots = pd.DataFrame({"role": chart.SLOT, "code": whole["period"]})
    bars = pd.DataFrame(
        {
            "role": chart.BAR,
            "code": whole["period"],
            "value": whole["threshold"],
            "second": [*past["threshold"], *best["threshold"]],
        }
    )
    marks = [_met(trend, trend_met, _ON_TREND, 1), _met(best, best_met, _AT_BEST, 0)]
    if trend_met == best_met:
        marks = [marks[0].iloc[:0], marks[1].assign(label=f"{_when(best_met)}做到" if best_met else "")]
    lines = [_line(chart.PAST, past), _line(chart.TREND, first), _line(chart.BEST, second)]
    now = pd.DataFrame({"role": [chart.TODAY], "code": [past["period"].iloc[-1]], "label": ["现在"]})
    table = pd.concat([slots, bars, now, *lines, *marks], ignore_index=True)
    order = {period: i for i, period in enumerate(whole["period"])}
    table = table.assign(
        order=table["code"].map(order), period=[Period.parse(code).short for code in table["code"]], at=float("nan")
    )
    names = {
        chart.TREND: f"{_ON_TREND} {text.place(first['rank'].iloc[-1])}",
        chart.BEST: f"{_AT_BEST} {text.place(second['rank'].iloc[-1])}",
        chart.BAR: bar,
    }
    return _named(table, names).fillna({"label": "", "shown": "", "lift": 0}).drop(columns="code")


def _line(role: str, way: pd.DataFrame) -> pd.DataFrame:
    said = [f"{text.number(row.score, 2)} 分，{text.place(row.rank)}" for row in way.itertuples()]
    return pd.DataFrame({"role": role, "code": way["period"], "value": way["score"], "shown": said})


def _met(way: pd.DataFrame, period: str, name: str, lift: int) -> pd.DataFrame:
    there = way[way["period"] == period]
    return _line(chart.MET, there).assign(label=f"{name} {_when(period)}", lift=lift)


def _when(period: str) -> str:
    return Period.parse(period).label if period else ""


def _named(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The words at the right ends of the lines that have a value there, none on another."""
    last = table[(table["order"] == table["order"].max()) & table["role"].isin(names) & table["value"].notna()]
    span = (table["value"].max() - table["value"].min()) or 1.0
    table.loc[last.index, "at"] = labels.apart(last["value"].tolist(), _GAP * span)
    table.loc[last.index, "label"] = last["role"].map(names)
    return table


def way_table(
    today: pd.DataFrame, trend: pd.DataFrame, best: pd.DataFrame, names: cells.Names, region: str, code: str
) -> Table:
    """Period by period, now first, both ways: score, place and what is aimed at; a click on a number of today opens its source.

    In: `core.course.along` of today and of the two ways.
    """
    first, second = (pd.concat([today, way], ignore_index=True) for way in (trend, best))
    values = pd.DataFrame(
        {
            "评价期": ["现在", *(Period.parse(period).label for period in trend["period"])],
            "照走势得分": first["score"],
            "照走势名次": first["rank"],
            "照走势门槛": first["threshold"],
            "门槛是谁的": [names.get(holder, text.MISSING) for holder in first["holder"]],
            "最快得分": second["score"],
            "最快名次": second["rank"],
            "最快门槛": second["threshold"],
        }
    )
    numbers = {
        name: Number(0 if name.endswith("名次") else 2) for name in values.columns if name[:2] in ("照走", "最快")
    }
    now = today.iloc[0]
    ours = source.score(region, code, now["period"])
    theirs = source.score(now["holder"], code, now["period"]) if now["holder"] else ""
    rest = [""] * len(trend)
    sources = pd.DataFrame({name: [theirs if name.endswith("门槛") else ours, *rest] for name in numbers})
    return Table(values, numbers, sources)


def pace_table(
    rows: pd.DataFrame,
    labels_: cells.Names,
    names: cells.Names,
    measures: Mapping[str, Measure],
    region: str,
    period: str,
) -> Table:
    """Measures with their own pace and the best one seen, and the points that each alone adds in the next period; from
    `core.course.effects`."""
    decimals = tuple(measures[code].decimals for code in rows["code"])
    finer = tuple(max(each, 2) for each in decimals)
    values = pd.DataFrame(
        {
            "测度": [_with_unit(labels_[code], measures[code].unit) for code in rows["code"]],
            "现值": rows["value"],
            "走势（每期）": rows["pace"],
            "见过的最快（每期）": rows["fastest"],
            "谁最快": [names.get(leader, text.MISSING) for leader in rows["leader"]],
            "照走势加分": rows["trend"],
            "按最快加分": rows["best"],
        }
    )
    numbers = {
        "现值": Number(each=decimals),
        "走势（每期）": Number(signed=True, each=finer),
        "见过的最快（每期）": Number(signed=True, each=finer),
        "照走势加分": Number(2, signed=True),
        "按最快加分": Number(2, signed=True),
    }
    sources = pd.DataFrame({"现值": [source.value(region, code, period) for code in rows["code"]]})
    return Table(values.reset_index(drop=True), numbers, sources)


def _with_unit(name: str, unit: str) -> str:
    return f"{name}（{unit}）" if unit else name
