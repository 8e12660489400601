"""Gaps and targets: chart data and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from lib.model import Measure, Period, source
from lib.view import text
from lib.view.charts import benchmark as chart
from lib.view.subject import Subject
from lib.view.table import Number, Table
from lib.view.tables import cells


def gap_rows(table: pd.DataFrame, names: cells.Names) -> pd.DataFrame:
    """Chart data for `charts.dumbbell` from a gap frame; measures without a score are left out."""
    rows = table[table["score"].notna() & table["score_if"].notna()]
    return pd.DataFrame(
        {
            "label": rows["code"].map(names),
            "score": rows["score"],
            "score_if": rows["score_if"],
            "shown": [text.signed(value) if value else "持平" for value in rows["points"]],
            "behind": (rows["gap"] > 0).astype(int),
        }
    )


def gap_table(
    table: pd.DataFrame,
    names: cells.Names,
    measures: Mapping[str, Measure],
    theirs: str,
    ours_from: Callable[[str], str],
    theirs_from: cells.Names,
) -> Table:
    """测度, 单位, 本地, 标杆, 差距 in the unit, in percent, in points of the measure and of the total, and in places.

    `ours_from` and `theirs_from` give the addresses of the two values' sources by measure.
    """

    def gap(code: str, value: float) -> str:
        if pd.isna(value):
            return text.MISSING
        return "持平" if value == 0 else f"{'落后' if value > 0 else '领先'} {cells.value(measures, code, abs(value))}"

    values = pd.DataFrame(
        {
            "测度": table["code"].map(names),
            "单位": [measures[code].unit for code in table["code"]],
            "本地": [cells.value(measures, row.code, row.ours) for row in table.itertuples()],
            theirs: [cells.value(measures, row.code, row.theirs) for row in table.itertuples()],
            "差距": [gap(row.code, row.gap) for row in table.itertuples()],
            "差距（%）": table["gap_percent"],
            "测度得分差": table["points"],
            "可加总分": table["total"],
            "该项名次可进": table["places"],
        }
    )
    numbers = {
        "差距（%）": Number(1, signed=True),
        "测度得分差": Number(1, signed=True),
        "可加总分": Number(2, signed=True),
        "该项名次可进": Number(0, signed=True),
    }
    sources = pd.DataFrame(
        {
            "本地": [ours_from(code) for code in table["code"]],
            theirs: [theirs_from.get(code, "") for code in table["code"]],
        }
    )
    return Table(values, numbers, sources)


def waterfall_rows(
    parts: pd.DataFrame, scores: tuple[float, float], names: cells.Names, places: tuple[str, str], most: int
) -> pd.DataFrame:
    """Chart data for `charts.waterfall` from the parts of `core.explain`: our score, the `most` largest parts, the rest in
    one, what we lead by, the benchmark's score. `places` names both."""
    behind, ahead = parts[parts["part"] > 0], parts[parts["part"] < 0]
    shown, rest = behind.head(most), behind.iloc[most:]
    steps = [
        (chart.BEHIND_BY, row.code, names[row.code], row.part, f"{text.signed(row.part, 2)}　占 {_percent(row.share)}")
        for row in shown.itertuples()
    ]
    for role, rows, word in ((chart.REST, rest, "落后"), (chart.AHEAD_BY, ahead, "领先")):
        if len(rows):
            amount = rows["part"].sum()
            share = f"　占 {_percent(rows['share'].sum())}" if role == chart.REST else ""
            label = f"{'其余 ' if role == chart.REST else ''}{len(rows)} 项{word}"
            steps.append((role, "", label, amount, f"{text.signed(amount, 2)}{share}"))
    out, at = [(places[0], chart.OURS, scores[0], scores[0], text.number(scores[0], 2), "")], scores[0]
    for role, code, label, amount, words in steps:
        out.append((label, role, at, at + amount, words, code))
        at += amount
    out.append((places[1], chart.THEIRS, scores[1], scores[1], text.number(scores[1], 2), ""))
    return pd.DataFrame(out, columns=["label", "role", "left", "right", "shown", "code"])


def _percent(share: float) -> str:
    return f"{text.number(100 * share, 0 if share >= 0.1 else 1)}%"


def better_table(
    rows: pd.DataFrame,
    subjects: Mapping[str, Subject],
    ours: str,
    theirs: str,
    addresses: tuple[Callable[[str], str], cells.Names],
) -> Table:
    """What a benchmark does better: 测度, both values with the unit, 好多少 in the unit and in %, and both places.

    In: code, ours, theirs, gap, gap_percent, rank, place (the benchmark's). `addresses`: of our value and of theirs.
    """
    say = [subjects[code] for code in rows["code"]]
    values = pd.DataFrame(
        {
            "测度": [about.name for about in say],
            theirs: [about.say(value) for value, about in zip(rows["theirs"], say, strict=True)],
            ours: [about.say(value) for value, about in zip(rows["ours"], say, strict=True)],
            "好多少": [about.say_gap(value) for value, about in zip(rows["gap"], say, strict=True)],
            "占标杆值（%）": rows["gap_percent"],
            "名次（标杆／本地）": [f"{text.place(row.place)}／{text.place(row.rank)}" for row in rows.itertuples()],
        }
    ).reset_index(drop=True)
    own, other = addresses
    sources = {theirs: [other.get(code, "") for code in rows["code"]], ours: [own(code) for code in rows["code"]]}
    return Table(values, {"占标杆值（%）": Number(1)}, pd.DataFrame(sources))


def catching_up_rows(
    courses: pd.DataFrame, found: object, names: tuple[str, str], axis: Mapping[str, str], say: Callable[[float], str]
) -> pd.DataFrame:
    """Chart data for `charts.catching_up`: both courses, the lines that go on from them, where they meet and the range.

    In: courses (period, ours, theirs), a `core.projection.Projection`, the two names, the periods of the axis with their labels.
    """
    columns = ["role", "part", "period", "second", "value", "label", "shown", "down", "side"]
    rows: list[tuple] = [(chart.SLOT, "", label, "", None, "", "", 0, "left") for label in axis.values()]
    start = str(found.start or "")  # type: ignore[attr-defined]
    upper = found.ours >= found.theirs  # type: ignore[attr-defined]
    for role, name, above in ((chart.OURS, names[0], upper), (chart.THEIRS, names[1], not upper)):
        # Where the line neither comes from nor goes to.
        side = "right" if above == (getattr(found, f"{role}_slope") > 0) else "left"
        for period, value in zip(courses["period"], courses[role], strict=True):
            if not pd.isna(value):
                words = f"{name} {say(value)}"
                label = words if period == start else ""
                rows.append((role, "past", axis[period], "", value, label, words, -14 if above else 18, side))
        rows += [
            (role, "ahead", axis[period], "", value, "", f"{name} {say(value)}（推算）", 0, side)
            for period, value in _onward(found, role, axis)
        ]
    return pd.DataFrame([*rows, *_meeting(found, axis, say)], columns=columns)


def _onward(found: object, role: str, axis: Mapping[str, str]) -> list[tuple[str, float]]:
    """A line from its latest common value to the meeting, or, where there is none, to the end of the axis."""
    slope, value = getattr(found, f"{role}_slope"), getattr(found, role)
    later = [period for period in axis if Period.parse(period) >= found.start] if found.start else []  # type: ignore[attr-defined]
    if pd.isna(slope) or len(later) < 2:
        return []
    end = str(found.period) if found.period else later[-1]  # type: ignore[attr-defined]
    return [(period, value + slope * step) for step, period in enumerate(later[: later.index(end) + 1])]


def _meeting(found: object, axis: Mapping[str, str], say: Callable[[float], str]) -> list[tuple]:
    period, earliest, latest = found.period, found.earliest, found.latest  # type: ignore[attr-defined]
    if period is None:
        return []
    value, last = found.value, list(axis.values())[-1]  # type: ignore[attr-defined]
    end = axis.get(str(latest), last)
    words = f"{period.label}赶上（{reach(found)}）"
    return [
        (chart.RANGE, "", axis[str(earliest)], end, value, "", reach(found), 0, "left"),
        (
            chart.MEETING,
            "",
            axis[str(period)],
            "",
            value,
            f"{period.label}赶上",
            f"{words}，约 {say(value)}",
            0,
            "left",
        ),
    ]


def reach(found: object) -> str:
    """The range of a meeting in words: 最早 2021年二季度，最晚 2023年一季度."""
    if found.period is None:  # type: ignore[attr-defined]
        return text.MISSING
    latest = f"最晚 {found.latest.label}" if found.latest else "也可能赶不上"  # type: ignore[attr-defined]
    return f"最早 {found.earliest.label}，{latest}"  # type: ignore[attr-defined]


def outlook_table(
    rows: list[tuple[Subject, object]], ours: str, theirs: str, addresses: list[tuple[str, str]]
) -> Table:
    """Where each course leads: 指标, 何时赶上, 可能范围, both values and the period that they are of, both changes a period.

    In: how a node's values are said with a `core.projection.Projection`, row by row, and the addresses of both values.
    """
    values = [
        (
            about.scored,
            f"{found.period.label}赶上" if found.period else str(found.outlook),  # type: ignore[attr-defined]
            reach(found),
            about.say(found.ours),  # type: ignore[attr-defined]
            about.say(found.theirs),  # type: ignore[attr-defined]
            found.start.label if found.start else text.MISSING,  # type: ignore[attr-defined]
            _pace(about, found.ours_slope),  # type: ignore[attr-defined]
            _pace(about, found.theirs_slope),  # type: ignore[attr-defined]
        )
        for about, found in rows
    ]
    columns = ["指标", "何时赶上", "可能范围（95%）", ours, theirs, "起点", f"{ours}每期", f"{theirs}每期"]
    return Table(pd.DataFrame(values, columns=columns), sources=pd.DataFrame(addresses, columns=[ours, theirs]))


def _pace(about: Subject, slope: float) -> str:
    return "不变" if slope == 0 else about.say_change(slope)


def compared_table(
    rows: pd.DataFrame,
    measures: Mapping[str, Measure],
    places: cells.Names,
    documents: cells.Names,
    theirs: str = "标杆值",
) -> Table:
    """Statements of benchmarks beside the city's, from `core.compare`; both numbers open where they come from.

    In: also before, before_text, quote and document where the benchmark is a document's. Out: 测度, 标杆地区, the benchmark's
    value, 平顶山市现值, 比较, 原文, 出处.
    """
    values = pd.DataFrame(
        {
            "测度": [measures[code].name for code in rows["code"]],
            "标杆地区": [places.get(row.region, row.region) + _mark(row.source) for row in rows.itertuples()],
            theirs: [
                cells.dated(
                    _before(row) + cells.stated(row.op, row.value, row.text, row.unit),
                    "" if row.source.startswith(str(source.Origin.VALUE)) else row.period,
                    row.basis,
                )
                for row in rows.itertuples()
            ],
            "平顶山市现值": [
                text.MISSING
                if not row.ours_source
                else cells.dated(
                    cells.stated(row.ours_op, row.ours, row.ours_text, row.ours_unit), row.ours_period, row.ours_basis
                )
                for row in rows.itertuples()
            ],
            "比较": [_verdict(row, measures[row.code]) for row in rows.itertuples()],
            "原文": rows["quote"],
            "出处": rows["document"].map(documents),
        }
    )
    return Table(values, sources=pd.DataFrame({theirs: rows["source"], "平顶山市现值": rows["ours_source"]}))


def _mark(address: str) -> str:
    """Says of a statement that a person has added it."""
    found = source.Source.parse(address)
    stated = found is not None and found.origin is source.Origin.FACT
    return "（补充）" if stated and source.is_added(found.code) else ""


def _before(row: object) -> str:
    if pd.isna(row.before) and not row.before_text:  # type: ignore[attr-defined]
        return ""
    return f"{cells.stated('=', row.before, row.before_text, row.unit)} → "  # type: ignore[attr-defined]


def _verdict(row: object, measure: Measure) -> str:
    """持平, 落后 0.375 工作日（75.0%）with the rule of the conversion, or the reason why there is no comparison."""
    if not row.comparable:  # type: ignore[attr-defined]
        return row.rule  # type: ignore[attr-defined]
    gap, words = row.gap, "持平"  # type: ignore[attr-defined]
    if gap:
        amount = f"{text.trimmed(abs(gap))} 个百分点" if measure.unit == "%" else text.quantity(abs(gap), measure.unit)
        words = f"{'落后' if gap > 0 else '领先'} {amount}"
        words += f"（{text.number(abs(row.gap_percent))}%）" if not pd.isna(row.gap_percent) else ""  # type: ignore[attr-defined]
    return words + (f"；{row.rule}" if row.rule else "")  # type: ignore[attr-defined]


NOT_GIVEN = "通报没有给出数值"


def weak_indicator_table(rows: pd.DataFrame, indicators: cells.Names, actuals: Mapping[str, str]) -> pd.DataFrame:
    """The bulletin's weak indicators with the values that it gives: 序号, 短板指标, 通报所列现值."""
    return pd.DataFrame(
        {
            "序号": [str(i) for i in range(1, len(rows) + 1)],
            "短板指标": rows["code"].map(indicators),
            "通报所列现值": [actuals.get(code, "") or NOT_GIVEN for code in rows["code"]],
        }
    )


def weak_indicators_in_short(table: pd.DataFrame) -> pd.DataFrame:
    """The same in few rows, for a screen: those with values, then the others together."""
    given = table[table["通报所列现值"] != NOT_GIVEN]
    rest = table[table["通报所列现值"] == NOT_GIVEN]
    if rest.empty:
        return given
    names = text.listed(f"{row.短板指标}（{row.序号}）" for row in rest.itertuples())
    together = {"序号": "", "短板指标": f"其余 {len(rest)} 项", "通报所列现值": f"{NOT_GIVEN}：{names}"}
    return pd.concat([given, pd.DataFrame([together])], ignore_index=True)
