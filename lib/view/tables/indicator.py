"""One indicator or measure: chart data and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lib.model import source
from lib.view import labels, text
from lib.view.charts import indicator as chart
from lib.view.subject import Subject
from lib.view.table import Number, Table
from lib.view.tables import cells

# The room that a chart has on a laptop, in pixels: words are kept apart in it; with more room they stand freer.
_BARS, _SCATTER, _TREND_GAP = 330.0, (760.0, 380.0), 0.09
_SIDES = {"right": ("left", 10, 0), "left": ("right", -10, 0), "above": ("center", 0, -15), "below": ("center", 0, 16)}


def distribution_rows(
    rows: pd.DataFrame, lines: Sequence[tuple[str, str, float]], names: cells.Names, focus: str, subject: Subject
) -> pd.DataFrame:
    """Chart data for `charts.distribution` from `core.distribution`; `lines` are (role, words, value) across the plot."""
    known = rows["value"].dropna()
    places = pd.DataFrame(
        {
            "role": [chart.FOCUS if region == focus else chart.OTHER for region in rows["region"]],
            "label": rows["region"].map(names),
            "value": rows["value"],
            "middle": known.median(),
            "shown": [_standing(row, subject) for row in rows.itertuples()],
            "region": rows["region"],
            "lift": 0,
            "side": "",
        }
    )
    if known.empty or not lines:
        return places
    ends = [*known, *(value for _, _, value in lines)] if subject.measure else [0.0, 100.0]
    low, span = min(ends), (max(ends) - min(ends)) or 1.0
    at = [(value - low) / span * _BARS for _, _, value in lines]
    said = [f"{words} {_of_line(role, value, subject)}" for role, words, value in lines]
    wide = [labels.width(words, 12) + 8 for words in said]
    right = [x > _BARS * 0.55 for x in at]
    spans = [(x - w, x) if turned else (x, x + w) for x, w, turned in zip(at, wide, right, strict=True)]
    across = pd.DataFrame(
        {
            "role": [role for role, _, _ in lines],
            "label": None,
            "value": [value for _, _, value in lines],
            "shown": said,
            "lift": labels.lifts(spans),
            "side": ["right" if turned else "left" for turned in right],
        }
    )
    return pd.concat([places, across], ignore_index=True)


def _of_line(role: str, value: float, subject: Subject) -> str:
    return subject.say_middle(value) if role in (chart.MEDIAN, chart.MEAN) else subject.say(value)


def _standing(row: object, subject: Subject) -> str:
    if pd.isna(row.value):  # type: ignore[attr-defined]
        return "缺数"
    place = "" if pd.isna(row.rank) else f"，{text.place(row.rank)}"  # type: ignore[attr-defined]
    return subject.say(row.value) + place  # type: ignore[attr-defined]


def history_rows(
    values: pd.DataFrame,
    course: pd.DataFrame,
    references: pd.DataFrame,
    periods: Mapping[str, str],
    kinds: Mapping[str, str],
    names: cells.Names,
    focus: str,
    subject: Subject,
) -> pd.DataFrame:
    """Chart data for `charts.history`.

    In: `core.distribution.history` and `course`, `core.reference.references` that have a value; `periods` maps every period on the
    axis to its label, in time order; `kinds` says of the periods with values whether they are made up: a line is not
    drawn from one kind to the other.
    """
    parts = [pd.DataFrame({"role": chart.SLOT, "period": list(periods)})]
    others = values[values["region"] != focus]
    parts.append(_line(chart.OTHER, others, others["region"].map(names), subject))
    for role, rows, label in (
        (chart.BEST, course[["period", "best"]].rename(columns={"best": "value"}), "全市最优"),
        (chart.MEDIAN, course[["period", "median"]].rename(columns={"median": "value"}), "全市中位"),
        (chart.FOCUS, values[values["region"] == focus], names[focus]),
    ):
        parts.append(_line(role, rows, pd.Series(label, index=rows.index), subject))
    parts.append(_reference_rows(references, names))
    table = pd.concat([part for part in parts if len(part)], ignore_index=True)
    order = {period: i for i, period in enumerate(periods)}
    table["order"] = table["period"].map(order)
    table["series"] = table["label"] + table["period"].map(kinds).fillna("")
    table = table.sort_values("order", kind="stable", na_position="first", ignore_index=True)
    table["at"] = _where_words_stand(table)
    table["period"] = table["period"].map(periods)
    columns = ["role", "period", "value", "at", "series", "label", "shown", "order"]
    return table[columns]


def _line(role: str, rows: pd.DataFrame, label: pd.Series, subject: Subject) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "role": role,
            "period": rows["period"],
            "value": rows["value"],
            "label": label,
            "shown": [subject.say(value) for value in rows["value"]],
        }
    )


_REFERENCE_ROLES = {"全国标杆": chart.BENCHMARK, "市级目标": chart.TARGET, "平顶山市（文件）": chart.FACT}


def _reference_rows(references: pd.DataFrame, names: cells.Names) -> pd.DataFrame:
    """Benchmarks and goals, one row a line: what several documents set alike shares its words; and the city's values."""
    lines: dict[tuple[str, float], list[str]] = {}
    rows: list[dict[str, object]] = []
    for row in references.itertuples():
        role = _REFERENCE_ROLES[row.kind]
        said = cells.stated(row.op, row.stated, row.text, row.unit)
        if role == chart.FACT:
            label = f"{row.kind} {said}"
            rows.append({"role": role, "period": row.slot, "value": row.value, "label": label, "shown": said})
        elif role == chart.BENCHMARK:
            lines.setdefault((role, row.value), []).append(f"{said}（{names.get(row.region, row.region)}）")
        else:
            until = f"，{row.period[:7].replace('-', '.')} 前" if row.period else ""
            lines.setdefault((role, row.value), []).append(f"{said}（{row.scope or '全市'}{until}）")
    kinds = {role: kind for kind, role in _REFERENCE_ROLES.items()}
    rows += [
        {"role": role, "value": value, "label": f"{kinds[role]} {'；'.join(said)}", "shown": said[0]}
        for (role, value), said in lines.items()
    ]
    return pd.DataFrame(rows)


def _where_words_stand(table: pd.DataFrame) -> pd.Series:
    """The height of a line's words: at its last point, kept apart; NaN for rows that carry no words there."""
    at = pd.Series(float("nan"), index=table.index)
    known = table["value"].dropna()
    gap = ((known.max() - known.min()) or 1.0) * _TREND_GAP
    lines = table[table["role"].isin([chart.FOCUS, chart.MEDIAN, chart.BEST]) & table["value"].notna()]
    for rows in (lines.groupby("role").tail(1), table[table["role"].isin([chart.BENCHMARK, chart.TARGET])]):
        at[rows.index] = labels.apart(rows["value"].tolist(), gap)
    return at


def scatter_rows(rows: pd.DataFrame, names: cells.Names, focus: str, x: Subject, y: Subject) -> pd.DataFrame:
    """Chart data for `charts.scatter` from `core.association.pairs`; places without both values are left out."""
    both = rows.dropna(subset=["x", "y"])
    points = _in_pixels(both, x, y)
    words = [names[region] for region in both["region"]]
    placed = [_SIDES[side] for side in labels.beside(points, words, _SCATTER)]
    table = pd.DataFrame(
        {
            "role": [chart.FOCUS if region == focus else chart.OTHER for region in both["region"]],
            "label": words,
            "value": both["x"],
            "second": both["y"],
            "region": both["region"],
            "shown": [f"{x.say(row.x)}，{y.say(row.y)}" for row in both.itertuples()],
            "side": [side for side, _, _ in placed],
            "across": [across for _, across, _ in placed],
            "down": [down for _, _, down in placed],
        }
    )
    if both.empty:
        return table
    middle = {"role": chart.MEDIAN, "value": both["x"].median(), "second": both["y"].median(), "shown": "中位"}
    return pd.concat([table, pd.DataFrame([middle])], ignore_index=True)


def _in_pixels(both: pd.DataFrame, x: Subject, y: Subject) -> list[tuple[float, float]]:
    placed = {}
    for axis, subject, room in (("x", x, _SCATTER[0]), ("y", y, _SCATTER[1])):
        low, high = (both[axis].min(), both[axis].max()) if subject.measure else (0.0, 100.0)
        placed[axis] = (both[axis] - low) / ((high - low) or 1.0) * room
    return list(zip(placed["x"], _SCATTER[1] - placed["y"], strict=True))


def part_rows(rows: pd.DataFrame, labels_of: cells.Names, region: str, mark: str = "") -> pd.DataFrame:
    """Chart data for `charts.parts_dots` from `core.distribution.members`; nodes without a score are left out.

    `mark` is the node that the page is about, where it is one of them.
    """
    known = rows[rows["mean"].notna()]
    return pd.DataFrame(
        {
            "label": [("▸ " if code == mark else "") + labels_of[code] for code in known["code"]],
            "value": known["score"],
            "middle": known["median"],
            "low": known["low"],
            "high": known["high"],
            "shown": [
                f"{text.number(row.score)} 分，{text.place(row.rank)}" if pd.notna(row.score) else "缺数"
                for row in known.itertuples()
            ],
            "region": region,
            "code": known["code"],
        }
    )


def part_table(rows: pd.DataFrame, labels_of: cells.Names, names: cells.Names, region: str, period: str) -> Table:
    """指标, 平均, 比上期, 最好, 得分, 最差, 得分, the region's score and place; a click opens the score's source."""
    columns = {
        "指标": [labels_of[code] for code in rows["code"]],
        "全市平均": rows["mean"],
        "比上期": rows["change"],
        "最好": [names.get(code, text.MISSING) for code in rows["leader"]],
        "最好得分": rows["high"],
        "最差": [names.get(code, text.MISSING) for code in rows["last"]],
        "最差得分": rows["low"],
        f"{names[region]}得分": rows["score"],
        f"{names[region]}名次": rows["rank"],
    }

    def addresses(places: pd.Series) -> list[str]:
        return [
            source.score(place, code, period) if place else "" for place, code in zip(places, rows["code"], strict=True)
        ]

    ours = addresses(pd.Series(region, index=rows.index))
    sources = pd.DataFrame(
        {
            "最好得分": addresses(rows["leader"]),
            "最差得分": addresses(rows["last"]),
            f"{names[region]}得分": ours,
            f"{names[region]}名次": ours,
        }
    )
    numbers = {name: Number(1) for name in ("全市平均", "最好得分", "最差得分", f"{names[region]}得分")}
    numbers |= {"比上期": Number(1, signed=True), f"{names[region]}名次": Number(0)}
    return Table(pd.DataFrame(columns), numbers, sources)


def standing_table(
    rows: pd.DataFrame, remarks: pd.DataFrame, names: cells.Names, period: str, subject: Subject
) -> Table:
    """名次, 地区, the value, 得分 and what changed, 备注, 出处; a click on a number opens its source.

    In: `core.distribution`; `remarks` by region: note, file (words).
    """
    values: dict[str, object] = {"名次": rows["rank"], "地区": rows["region"].map(names)}
    numbers = {"名次": Number(0), "得分": Number(2), "名次变化": Number(0, True), "得分变化": Number(2, True)}
    scores = [source.score(region, subject.code, period) for region in rows["region"]]
    addresses = {"名次": scores, "得分": scores}
    if subject.measure:
        values |= {subject.quantity: rows["value"], "数值变化": rows["value_change"]}
        numbers |= {subject.quantity: Number(subject.decimals), "数值变化": Number(subject.decimals, True)}
        addresses[subject.quantity] = [source.value(region, subject.code, period) for region in rows["region"]]
    values |= {"得分": rows["score"], "名次变化": rows["rank_change"], "得分变化": rows["score_change"]}
    values |= {"备注": rows["region"].map(remarks["note"]), "出处": rows["region"].map(remarks["file"])}
    return Table(pd.DataFrame(values), numbers, pd.DataFrame(addresses))


def reference_table(references: pd.DataFrame, names: cells.Names, documents: cells.Names, subject: Subject) -> Table:
    """类别, 地区, 文件写的数, the value in the measure's unit, 时间, 说明, 出处, from `core.reference.references`; a click opens the quote."""
    converted = f"折合（{subject.unit}）" if subject.unit else "折合"
    values = pd.DataFrame(
        {
            "类别": references["kind"],
            "地区": [
                names.get(row.region, row.region) + (f"（{row.scope}）" if row.scope else "")
                for row in references.itertuples()
            ],
            "文件写的数": [cells.stated(row.op, row.stated, row.text, row.unit) for row in references.itertuples()],
            converted: references["value"],
            "时间": [cells.when_or_due(row.period) or "未写明" for row in references.itertuples()],
            "说明": references["rule"],
            "出处": references["document"].map(documents),
        }
    )
    addresses = [source.fact(identifier) for identifier in references["id"]]
    sources = pd.DataFrame({"文件写的数": addresses, converted: addresses})
    exact = all(value == round(value, subject.decimals) for value in references["value"].dropna())
    return Table(values, {converted: Number(subject.decimals if exact else 3)}, sources)


def practice_table(rows: pd.DataFrame, names: cells.Names) -> pd.DataFrame:
    """做法, 地方 from the catalogue's practices."""
    return pd.DataFrame(
        {
            "做法": rows["title"],
            "地方": [
                text.listed(names.get(code, code) for code in codes.split(";") if code) for codes in rows["places"]
            ],
        }
    )
