"""短板指标: a paragraph each: who leads it, how counties and city stand, what is asked, what was done, what is late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lib.model import Direction, Measure
from lib.model.bulletin import Weak
from lib.model.ledger import State
from lib.view import text
from lib.view.bulletin.general import ranked
from lib.view.bulletin.rectify import moves, one_item, one_target
from lib.view.bulletin.writer import MISSING_TARGET, NAMED, TARGETS, Writer, amount


def weak_indicator(writer: Writer, weak: Weak) -> str:
    """One weak indicator: who leads it, how the counties and the city stand, what is asked, what was done, what is late."""
    parts = [
        f"牵头单位：{weak.owner}。" if weak.owner != text.MISSING else "",
        _weak_counties(writer, weak),
        f"该指标是{weak.named}点名的短板指标。" if weak.named else "",
        _stated(writer, weak),
        _compared(writer, weak),
        _weak_targets(writer, weak),
        _weak_items(writer, weak),
    ]
    return "".join(parts)


def _weak_counties(writer: Writer, weak: Weak) -> str:
    if weak.standing is None:
        return f"{writer.period}各县（市、区）没有这项得分。"
    return f"{writer.period}，{ranked(writer, weak.standing, writer.name(weak.code))}。"


def _stated(writer: Writer, weak: Weak) -> str:
    parts = [_value(writer, row) for row in weak.stated.to_dict("records")]
    return f"全市现值：{'；'.join(parts)}。" if parts else ""


def _value(writer: Writer, row: Mapping[str, Any]) -> str:
    name, when = writer.name(row["code"]), writer.when(row)
    words = str(row["text"]) if pd.isna(row["value"]) else amount(row["op"], row["value"], row["unit"])
    value = None if pd.isna(row["value"]) else float(row["value"])
    if value is not None or any(character.isdigit() for character in words):
        cited = writer.names.documents.get(row["document"], "")
        writer.put(value, row["unit"], f"全市{name}", when, cited, row["source"], words=words)
    before = row.get("before")
    if before is not None and not pd.isna(before):
        earlier = writer.put(
            float(before),
            row["unit"],
            f"全市{name}（原来）",
            when,
            writer.names.documents.get(row["document"], ""),
            row["source"],
        )
        words = f"由{earlier}变为{words}"
    scope = f"（{row['scope']}）" if row["scope"] else ""
    return f"{name}{scope}{'：' if value is None else ''}{words}（{when}）"


def _compared(writer: Writer, weak: Weak) -> str:
    parts = []
    for row in weak.compared.to_dict("records"):
        measure, place = writer.names.measures[row["code"]], writer.names.regions[row["region"]].name
        when = writer.when(row)
        theirs = writer.put(
            row["value"],
            row["unit"],
            f"{place}{measure.name}",
            when,
            writer.names.documents.get(row["document"], ""),
            row["source"],
            words=amount(row["op"], row["value"], row["unit"]),
        )
        rule = f"，{writer.typed(row['rule'], '对标计算', '换算规则')}" if row["rule"] else ""
        parts.append(f"{writer.name(row['code'])}，{place}{theirs}（{when}），{_gap(writer, row, measure)}{rule}")
    return f"与全国标杆比：{'；'.join(parts)}。" if parts else ""


def _gap(writer: Writer, row: Mapping[str, Any], measure: Measure) -> str:
    if row["gap"] == 0:
        return "我市与其持平"
    unit = "百分点" if measure.unit == "%" else measure.unit
    by = writer.put(abs(row["gap"]), unit, f"与标杆的差距：{measure.name}", writer.when(row), "对标计算")
    more = (row["gap"] > 0) == (measure.direction is Direction.LOWER)
    return f"我市{'多' if more else '少'}{by}"


def _weak_targets(writer: Writer, weak: Weak) -> str:
    rows = weak.targets
    spoken = rows[rows["status"] != MISSING_TARGET]
    parts = [f"{one_target(writer, row, weak.owner)}{row['status']}" for row in spoken.head(NAMED).to_dict("records")]
    rest = len(spoken) - NAMED
    if rest > 0:
        parts.append(f"其余{writer.counted(rest, '项', '其余目标', TARGETS)}见目标清单")
    if len(rows) > len(spoken):
        parts.append(f"{writer.counted(len(rows) - len(spoken), '项', '有目标无现值', TARGETS)}有目标无现值")
    return f"目标：{'；'.join(parts)}。" if parts else ""


def _weak_items(writer: Writer, weak: Weak) -> str:
    ids = set(weak.items["id"])
    finished = [each for each in writer.brief.done if each.item in ids and each.what != "opened"]
    moved = moves(writer, finished)
    late = weak.items[weak.items["late"] > 0]
    overdue = [one_item(writer, row) for row in late.to_dict("records")]
    undone = weak.items[weak.items["state"].isin([State.OPEN.value, State.DOING.value, State.RETURNED.value])]
    going = undone[~(undone["late"] > 0)]
    parts = [f"整改进展：{moved}。" if moved else "", f"逾期：{'；'.join(overdue)}。" if overdue else ""]
    if len(going):
        parts.insert(
            1, f"正在办理：{'；'.join(one_item(writer, row) for row in going.head(NAMED).to_dict('records'))}。"
        )
    return "".join(parts)
