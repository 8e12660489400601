"""Targets: chart data and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from lib.model import Measure, Period, source
from lib.view import text
from lib.view.charts.targets import COMING, END, HEAD, MEETS, SHORT, TARGET
from lib.view.table import Number, Table
from lib.view.tables import cells

# A status beside its colour: a sign and two characters that a wall has room for.
SIGNS = {
    "逾期未达标": "◆ 逾期",
    "滞后": "▼ 滞后",
    "有风险": "▲ 风险",
    "正常推进": "→ 推进",
    "已达标": "● 达标",
    "口径不一致": "◇ 口径",
    "有目标无现值": "○ 无数",
}
_MARKS = {
    "已到位": ("已达标", "● 到位"),
    "未到位": ("滞后", "▼ 未到"),
    "未到期": (COMING, "· 待到"),
    "无现值": ("有目标无现值", "○ 无数"),
}
_COUNTS = {"overdue": "逾期", "behind": "滞后", "soon": "两周内到期", "missing": "无现值"}
Owners = Callable[[str], str]


def named(row: object, names: cells.Names) -> str:
    """What a target is about: 一般登记办理时间（市本级）; a county's begins with the county (`place`, where the row has one)."""
    place = getattr(row, "place", "")
    return f"{place} {names[row.code]}".strip() + (f"（{row.scope}）" if row.scope else "")  # type: ignore[attr-defined]


def goal(row: object) -> str:
    """What a target asks for: ≤ 1 日."""
    return cells.stated(row.op, row.value, row.text, row.unit)  # type: ignore[attr-defined]


def target_table(rows: pd.DataFrame, names: cells.Names, owners: Owners, documents: cells.Names) -> Table:
    """状态, 目标事项, 基线, 目标, 现值, 期限, 责任单位, 说明, 原文, 出处; numbers open their quote."""
    # Once for all columns: a pass over a frame of texts costs more than what is made of it.
    each = list(rows.itertuples())
    values = pd.DataFrame(
        {
            "状态": rows["status"],
            "目标事项": [named(row, names) for row in each],
            "基线": [cells.stated("=", row.baseline, row.baseline_basis or "未写明", row.unit) for row in each],
            "目标": [goal(row) for row in each],
            "现值": [now(row) for row in each],
            "期限": [row.deadline.replace("-", ".") or "未写明" for row in each],
            "责任单位": [owners(row.owner) for row in each],
            "说明": [_why(row) for row in each],
            "原文": rows["quote"],
            "出处": rows["document"].map(documents),
        }
    )
    stated = rows["id"].map(source.fact)
    sources = {
        "基线": stated.where(rows["baseline"].notna(), ""),
        "目标": stated,
        "现值": rows["source"],
        "期限": stated,
    }
    return Table(values, sources=pd.DataFrame(sources))


def now(row: object) -> str:
    """A target's present value with the month it was stated: 7 小时（2021年12月）; a made-up one says so."""
    if not row.source:  # type: ignore[attr-defined]
        return text.MISSING
    stated = cells.stated(row.now_op, row.now_value, row.now_text, row.now_unit)  # type: ignore[attr-defined]
    made_up = f"，{text.DEMO}" if row.made_up else ""  # type: ignore[attr-defined]
    return f"{stated}（{Period.parse(row.now_period).label}{made_up}）"  # type: ignore[attr-defined]


def _next(row: object) -> str:
    if not row.next_due:  # type: ignore[attr-defined]
        return ""
    value = cells.stated(row.op, row.next_value, "", row.unit)  # type: ignore[attr-defined]
    return f"下一里程碑 {row.next_due.replace('-', '.')} {value}"  # type: ignore[attr-defined]


def _why(row: object) -> str:
    """The reason, how the goal was reckoned, the next milestone, and what the pace leads to where that is a day."""
    ahead = row.attain_words if row.attain else ""  # type: ignore[attr-defined]
    return "；".join(part for part in (row.reason, row.formula, _next(row), ahead) if part)  # type: ignore[attr-defined]


def made_up_among(assessed: pd.DataFrame) -> str:
    """How many of the targets rest on a made-up value; "" for none."""
    count = int(assessed["made_up"].sum())
    return f"其中 {count} 项的数是{text.DEMO}。" if count else ""


def status_rows(assessed: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """Chart data for `charts.status_bars`: status, count; every status in the given order."""
    counts = assessed["status"].value_counts()
    return pd.DataFrame({"status": order, "count": [int(counts.get(status, 0)) for status in order]})


def grouped(rows: pd.DataFrame, departments: cells.Names) -> list[tuple[str, pd.DataFrame]]:
    """Targets by the department that leads them, departments in the catalogue's order; without an owner last."""
    order = {code: i for i, code in enumerate(departments)}
    lead = rows["owner"].str.split(";").str[0]
    groups = sorted(rows.groupby(lead, sort=False), key=lambda group: order.get(str(group[0]), len(order)))
    return [(departments.get(str(code), "未写责任单位"), part) for code, part in groups]


def bullet_rows(
    groups: Sequence[tuple[str, pd.DataFrame]], names: cells.Names, shares: Mapping[str, tuple[float, float]]
) -> pd.DataFrame:
    """Chart data for `charts.bullets`; `shares` has by target how far the present value and the next milestone are (1: the goal)."""
    columns = ["label", "role", "value", "second", "status", "shown", "detail"]
    out: list[tuple] = []
    for department, rows in groups:
        out.append((_head(department), HEAD, None, None, "", "", ""))
        for row in rows.itertuples():
            at, mark = (None if pd.isna(share) else min(max(100 * share, 0), END) for share in shares[str(row.id)])
            start = "" if pd.isna(row.baseline) else f"{text.quantity(row.baseline, row.unit)} → "  # type: ignore[arg-type]
            said, name = f"{SIGNS[str(row.status)]}　{start}{now(row)}", _label(row, names)
            out.append((name, TARGET, at, mark, row.status, said, f"{row.status}；{start}{now(row)}；{_why(row)}"))
    return pd.DataFrame(_unique(out), columns=columns)


def wall_rows(
    groups: Sequence[tuple[str, pd.DataFrame]], calendar: pd.DataFrame, quarters: Sequence[str], names: cells.Names
) -> pd.DataFrame:
    """Chart data for `charts.wall`: every target in every quarter; where a goal and milestones fall in one, the goal's state."""
    due: dict[tuple[str, str], list] = {}
    for each in calendar.itertuples():
        due.setdefault((str(each.id), str(each.quarter)), []).append(each)
    lines: list[tuple] = []
    for department, rows in groups:
        lines.append((_head(department), None))
        lines += [(_label(row, names), row) for row in rows.itertuples()]
    out = [
        (said, Period.parse(quarter).short, *_cell(row, [] if row is None else due.get((str(row.id), quarter), [])))
        for said, row in _unique(lines)
        for quarter in quarters
    ]
    return pd.DataFrame(out, columns=["label", "period", "state", "words", "role", "detail"])


def _cell(row: object, found: Sequence) -> tuple[str, str, str, str]:
    """State, words, role and detail of what falls in a quarter."""
    if not found:
        return "", "", "", ""
    said = [
        f"{each.due} {'目标' if each.kind == 'goal' else '里程碑'} {cells.stated(row.op, each.value, row.text, row.unit)} {each.state}"
        for each in found
    ]  # type: ignore[attr-defined]
    chief = next((each for each in found if each.kind == "goal"), found[-1])
    state, words = (chief.state, SIGNS[chief.state]) if chief.kind == "goal" else _MARKS[chief.state]
    return state, words, chief.kind, "；".join(said)


def _label(row: object, names: cells.Names) -> str:
    """A target in a chart, with what it asks for: several may be about one measure."""
    return f"{named(row, names)}　{goal(row)}"


def _head(department: str) -> str:
    return f"■ {department}"


def _unique(rows: list[tuple]) -> list[tuple]:
    """Rows whose first column is a label that no other row has: two of a name would share a place."""
    seen: dict[str, int] = {}
    out = []
    for first, *rest in rows:
        seen[first] = seen.get(first, 0) + 1
        out.append((first if seen[first] == 1 else f"{first}（{seen[first]}）", *rest))
    return out


def county_goal_rows(
    found: pd.DataFrame,
    targets: pd.DataFrame,
    places: Mapping[str, str],
    names: cells.Names,
    measures: Mapping[str, Measure],
) -> pd.DataFrame:
    """Chart data for `charts.county_goals`: each target that a county has a value for, by every member (`places`, in order).

    In: as `core.county_goals.by_county`, and the targets themselves, in order.
    """
    by = {(row.id, row.region): row for row in found.itertuples()}
    out = []
    for target in targets[targets["id"].isin(found["id"])].itertuples():
        said = _label(target, names)
        for region, place in places.items():
            out.append((said, place, *_met(by.get((target.id, region)), target, measures)))
    return pd.DataFrame(
        _unique_by_target(out, len(places)), columns=["label", "place", "state", "words", "cell", "detail"]
    )


def _unique_by_target(rows: list[tuple], wide: int) -> list[tuple]:
    """The same for blocks of rows that belong to one target."""
    firsts = _unique([(row[0],) for row in rows[::wide]])
    return [(firsts[i // wide][0], *row[1:]) for i, row in enumerate(rows)]


def _met(row: object, target: object, measures: Mapping[str, Measure]) -> tuple[str, str, str, str]:
    if row is None:
        return "", text.MISSING, "", "没有数，或这一级不适用"
    said = text.trimmed(row.value, max(measures[target.code].decimals, 1))  # type: ignore[attr-defined]
    made_up = f"，{text.DEMO}" if row.made_up else ""  # type: ignore[attr-defined]
    state = MEETS if row.met else SHORT  # type: ignore[attr-defined]
    detail = f"{state}：{text.quantity(row.value, target.unit)}（{Period.parse(row.period).label}{made_up}）"  # type: ignore[attr-defined]
    address = source.value(row.region, target.code, row.period)  # type: ignore[attr-defined]
    return state, f"{'●' if row.met else '▲'} {said}", address, detail  # type: ignore[attr-defined]


def county_goal_table(found: pd.DataFrame, targets: pd.DataFrame, places: cells.Names, names: cells.Names) -> Table:
    """目标事项, 目标, 期限, 达到（地）, 未达到（地）, 未达到的 (county names), the target that fewest meet first."""
    rows = targets[targets["id"].isin(found["id"])]
    count = found.groupby("id")["met"].agg(["sum", "count"]).reindex(rows["id"])
    short = [
        text.listed(
            places[row.region] for row in found[(found["id"] == each) & ~found["met"].astype(bool)].itertuples()
        )
        for each in rows["id"]
    ]
    values = pd.DataFrame(
        {
            "目标事项": [named(row, names) for row in rows.itertuples()],
            "要求": ["鼓励" if each == "encouraged" else "必须" for each in rows["level"]],
            "目标": [goal(row) for row in rows.itertuples()],
            "期限": [row.deadline.replace("-", ".") or "未写明" for row in rows.itertuples()],
            "达到（地）": count["sum"].astype(float).to_numpy(),
            "未达到（地）": (count["count"] - count["sum"]).astype(float).to_numpy(),
            "未达到的": [each or "都达到了" for each in short],
        }
    )
    stated = rows["id"].map(source.fact).to_numpy()
    order = values["未达到（地）"].sort_values(ascending=False, kind="stable").index
    sources = pd.DataFrame({"目标": stated, "期限": stated}).loc[order].reset_index(drop=True)
    return Table(
        values.loc[order].reset_index(drop=True), {"达到（地）": Number(0), "未达到（地）": Number(0)}, sources
    )


def call_table(
    calls: pd.DataFrame,
    assessed: pd.DataFrame,
    names: cells.Names,
    departments: cells.Names,
    contacts: Mapping[str, tuple[str, str]],
) -> Table:
    """责任单位, 逾期, 滞后, 两周内到期, 无现值, 最急的一项, 联系人, 电话; the item opens its quote.

    `contacts` has by department name the contact and phone of its latest declaration.
    """
    by = {row.id: row for row in assessed.itertuples()}
    said = [departments.get(code, "未写责任单位") for code in calls["owner"]]
    values = pd.DataFrame(
        {
            "责任单位": said,
            **{title: [str(count or text.MISSING) for count in calls[name]] for name, title in _COUNTS.items()},
            "最急的一项": [_urgent(by[row.urgent], row.days, names) for row in calls.itertuples()],
            "联系人": [contacts.get(name, ("", ""))[0] or "没有登记" for name in said],
            "电话": [contacts.get(name, ("", ""))[1] or text.MISSING for name in said],
        }
    )
    sources = pd.DataFrame({"最急的一项": calls["urgent"].map(source.fact)})
    return Table(values, sources=sources)


def _urgent(row: object, days: float, names: cells.Names) -> str:
    time = (
        ""
        if pd.isna(days)
        else f"，已过 {int(days)} 天"
        if days > 0
        else "，今天到期"
        if days == 0
        else f"，还有 {int(-days)} 天"
    )
    return f"{named(row, names)} {goal(row)}（{row.status}{time}）"  # type: ignore[attr-defined]


def elsewhere_table(rows: pd.DataFrame, names: cells.Names, places: cells.Names, documents: cells.Names) -> Table:
    """地方, 目标事项, 目标, 期限, 原文, 出处 of targets that other places have set themselves."""
    values = pd.DataFrame(
        {
            "地方": rows["region"].map(places),
            "目标事项": [named(row, names) for row in rows.itertuples()],
            "目标": [goal(row) for row in rows.itertuples()],
            "期限": [row.deadline.replace("-", ".") or "未写明" for row in rows.itertuples()],
            "原文": rows["quote"],
            "出处": rows["document"].map(documents),
        }
    )
    return Table(values, sources=pd.DataFrame({"目标": rows["id"].map(source.fact)}))
