"""寻标: the rows of its chart, everyone beside the county looked at, and what the nation's places state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lib.model import Measure, Period, source
from lib.view import labels, text
from lib.view.charts import seek as chart
from lib.view.subject import Subject
from lib.view.table import Number, Table
from lib.view.tables import cells

# How far the words at the ends of two lines are apart, as a share of the height of the plot.
_GAP = 0.075


def course_rows(
    values: pd.DataFrame,
    periods: Mapping[str, str],
    names: cells.Names,
    focus: str,
    picked: Mapping[str, str],
    starts: Mapping[str, Sequence[str]],
    subject: Subject,
) -> pd.DataFrame:
    """Chart data for `charts.courses`.

    In: `core.distribution.history`; `periods` maps those on the axis to their labels, in time order; `picked` the regions worth
    learning from to what for; `starts` by region the periods whose value is marked as a start.
    """
    roles = {focus: chart.FOCUS, **dict(zip(picked, chart.PICKS, strict=False))}
    order = {period: i for i, period in enumerate(periods)}
    rows = values.assign(order=values["period"].map(order), picked=values["region"].isin(roles))
    # Points that nearly meet: a line with a name lies above a grey one, and takes the click.
    rows = rows.sort_values(["order", "picked"], kind="stable", ignore_index=True)
    table = pd.DataFrame(
        {
            "role": rows["region"].map(roles).fillna(chart.OTHER),
            "period": rows["period"].map(periods),
            "value": rows["value"],
            "at": float("nan"),
            "region": rows["region"],
            "label": rows["region"].map(names),
            "end": "",
            "shown": [subject.say(value) for value in rows["value"]],
            "start": [int(row.period in starts.get(row.region, ())) for row in rows.itertuples()],
            "order": rows["order"],
        }
    )
    ends = table[table["role"] != chart.OTHER].groupby("region", sort=False).tail(1)
    span = (rows["value"].max() - rows["value"].min()) or 1.0
    table.loc[ends.index, "at"] = labels.apart(ends["value"].tolist(), _GAP * span)
    table.loc[ends.index, "end"] = [
        f"{row.label} {text.number(row.value, subject.decimals)}"
        + (f"（{said}）" if (said := picked.get(row.region)) else "")
        for row in ends.itertuples()
    ]
    return table


def contender_table(rows: pd.DataFrame, names: cells.Names, region: str, period: str, subject: Subject) -> Table:
    """名次, 地区, the value, how far ahead, the change a period, the start, from `core.recommend.contenders`; a click on a number opens its source."""
    ours = names[region]
    ahead, begun, at = f"领先{ours}", "起点", "起点评价期"
    values = pd.DataFrame(
        {
            "名次": rows["place"],
            "地区": [f"● {names[each]}" if each == region else names[each] for each in rows["region"]],
            subject.quantity: rows["value"],
            ahead: rows["lead"].mask(rows["region"] == region),
            "每期变化": rows["slope"],
            begun: rows["start"],
            f"同期{ours}": rows["start_ours"],
            at: [Period.parse(each).label if each else text.MISSING for each in rows["start_period"]],
        }
    )
    numbers = {
        "名次": Number(0),
        subject.quantity: Number(subject.decimals),
        ahead: Number(subject.decimals, signed=True),
        "每期变化": Number(max(subject.decimals, 2), signed=True),
        begun: Number(subject.decimals),
        f"同期{ours}": Number(subject.decimals),
    }
    address = source.value if subject.measure else source.score
    now = [address(each, subject.code, period) for each in rows["region"]]
    sources = {
        "名次": now,
        subject.quantity: now,
        begun: [
            address(row.region, subject.code, row.start_period) if row.start_period else "" for row in rows.itertuples()
        ],
        f"同期{ours}": [address(region, subject.code, each) if each else "" for each in rows["start_period"]],
    }
    return Table(values, numbers, pd.DataFrame(sources))


def national_table(
    rows: pd.DataFrame,
    city: pd.DataFrame,
    county: pd.DataFrame,
    measures: Mapping[str, Measure],
    names: cells.Names,
    documents: cells.Names,
    county_name: str,
    when: str,
    chosen: str = "",
) -> Table:
    """What the nation's places state, with the city's and the county's values beside it; numbers open their quote.

    In: the benchmarks' rows with `added` (whether a person added it), and `core.compare.compare` of the same with the city's statements and with the county's
    values; `when` is the period of these, and whether they are made up. What can be compared is first, then what can at least be looked
    at beside a value; the `chosen` place comes before the others and is marked.
    """
    about = rows.assign(source=rows["id"].map(source.fact)).set_index("source")
    city, county = city.set_index("source"), county.set_index("source")
    rank = pd.DataFrame(
        {
            "other": city["region"] != chosen,
            "apart": ~city["comparable"],
            "alone": city["ours_source"] == "",
            "without": ~county["comparable"].reindex(city.index).astype(bool),
        }
    )
    order = rank.sort_values(list(rank.columns), kind="stable").index
    found, city, county = about.loc[order], city.loc[order], county.loc[order]
    here, there = "平顶山市（文件）", f"{county_name}（{when}）"
    values = pd.DataFrame(
        {
            "测度": [measures[code].name for code in found["code"]],
            "标杆地区": [
                f"{'● ' if row.region == chosen else ''}{names[row.region]}{'（补充）' if row.added else ''}"
                for row in found.itertuples()
            ],
            "标杆值": [
                cells.dated(_before_and_now(row), row["period"], row["period_basis"])
                for row in found.to_dict("records")
            ],
            here: [_ours(row) for row in city.itertuples()],
            "与平顶山市比": [_verdict(row, measures[row.code]) for row in city.itertuples()],
            there: [_ours(row, dated=False) for row in county.itertuples()],
            f"与{county_name}比": [_verdict(row, measures[row.code]) for row in county.itertuples()],
            "原文": found["quote"].to_numpy(),
            "出处": found["document"].map(documents).to_numpy(),
            "备注": found["note"].to_numpy(),
        }
    )
    sources = {"标杆值": order, here: city["ours_source"].to_numpy(), there: county["ours_source"].to_numpy()}
    return Table(values.reset_index(drop=True), sources=pd.DataFrame(sources))


def _before_and_now(row: Mapping[str, object]) -> str:
    now = cells.stated(row["op"], row["value"], row["text"], row["unit"])
    if pd.isna(row["before"]) and not row["before_text"]:
        return now
    return f"{cells.stated('=', row['before'], row['before_text'], row['unit'])} → {now}"


def _ours(row: object, dated: bool = True) -> str:
    if not row.ours_source:  # type: ignore[attr-defined]
        return text.MISSING
    said = cells.stated(row.ours_op, row.ours, row.ours_text, row.ours_unit)  # type: ignore[attr-defined]
    return cells.dated(said, row.ours_period, row.ours_basis) if dated else said  # type: ignore[attr-defined]


def _verdict(row: object, measure: Measure) -> str:
    """＝ 持平, ▼ 落后 4 个（200%）, ▲ 领先 …, or why the two are not compared."""
    if not row.comparable:  # type: ignore[attr-defined]
        return row.rule  # type: ignore[attr-defined]
    gap, percent = row.gap, row.gap_percent  # type: ignore[attr-defined]
    if gap == 0:
        words = f"{text.SAME} 持平"
    else:
        words = f"{text.DOWN + ' 落后' if gap > 0 else text.UP + ' 领先'} {text.quantity(abs(gap), measure.unit)}"
        words += "" if pd.isna(percent) else f"（{text.number(abs(percent))}%）"
    return words + (f"；{row.rule}" if row.rule else "")  # type: ignore[attr-defined]
