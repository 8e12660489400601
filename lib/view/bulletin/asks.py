"""要求: what is asked of whom, from what is late, in doubt or missing."""

from __future__ import annotations

import math

import pandas as pd

from lib.model import Period
from lib.model.bulletin import Paperwork
from lib.model.source import value as value_address
from lib.view import text
from lib.view.bulletin.writer import ITEMS, LATE_TARGETS, MISSING_TARGET, TARGETS, Part, Writer
from lib.view.ledger import STALE


def asks(writer: Writer) -> list[Part]:
    """What is asked of whom, from what is late, in doubt or missing."""
    rows, part = writer.brief.ledger, writer.part
    found = [
        part("ask-late", "逾期事项", "逾期事项抓紧办结。", lambda: _ask_late(writer, rows[rows["late"] > 0])),
        part(
            "ask-flag",
            "指标未动的事项",
            "整改要见实效。",
            lambda: _ask_flagged(writer, rows[rows["flag"].astype(bool) & (rows["moved"] != STALE)]),
        ),
        part("ask-targets", "逾期的目标", "逾期目标说明原因。", lambda: _ask_targets(writer)),
    ]
    if writer.brief.kind is Paperwork.WORK:
        found += [
            part("ask-scenario", "推演方案", "按推演方案推进。", lambda: _ask_scenario(writer)),
            part("ask-open", "没有列入台账的短板", "短板指标列入台账。", lambda: _ask_open(writer)),
            part("ask-values", "没有现值的目标", "目标现值及时报送。", lambda: _ask_values(writer)),
        ]
    found = [each for each in found if each[3]]
    return found or [("ask-none", "要求", "", "没有逾期事项和逾期目标，各责任单位按台账期限办理。")]


def _ask_late(writer: Writer, rows: pd.DataFrame) -> str:
    parts = []
    for owner, own in rows.groupby("owner", sort=False):
        count = writer.counted(len(own), "项", f"{writer.departments(str(owner)) or '未写责任单位'}逾期事项")
        parts.append(f"{writer.departments(str(owner)) or '未写责任单位的'}{count}")
    return f"{text.listed(parts)}已经逾期，要说明原因，定下办结日期，抓紧整改。" if parts else ""


def _ask_flagged(writer: Writer, rows: pd.DataFrame) -> str:
    parts = [
        f"台账第{row['id']}号（{writer.departments(row['owner']) or '未写责任单位'}）"
        for row in rows.head(ITEMS).to_dict("records")
    ]
    more = "等" if len(rows) > ITEMS else ""
    return f"{text.listed(parts)}{more}已报整改完成，指标还没有好转，要重新查找原因，补充措施。" if parts else ""


def _ask_targets(writer: Writer) -> str:
    rows = writer.brief.targets
    parts = _by_owner(writer, rows[rows["status"].isin(LATE_TARGETS)], "逾期或滞后的目标")
    return f"{parts}逾期或滞后，要报告原因和下一步措施。" if parts else ""


def _ask_open(writer: Writer) -> str:
    missing = [each for each in writer.brief.weak if each.items.empty]
    if not missing:
        return ""
    parts = [f"{writer.name(each.code)}{f'（{each.owner}）' if each.owner != text.MISSING else ''}" for each in missing]
    return f"{'，'.join(parts)}还没有列入整改台账，牵头单位要列出问题、措施、责任人和期限。"


def _ask_values(writer: Writer) -> str:
    rows = writer.brief.targets
    parts = _by_owner(writer, rows[rows["status"] == MISSING_TARGET], "没有现值的目标")
    return f"{parts}有目标无现值，要报送现值和出处。" if parts else ""


def _ask_scenario(writer: Writer) -> str:
    """What a scenario changes, and what it would bring: a reckoning, and said to be one."""
    found = writer.brief.proposal
    if found is None:
        return ""
    when, origin = Period.parse(found.period).label, f"推演方案“{found.name}”"

    def put(value: float, unit: str, what: str, address: str = "", words: str = "") -> str:
        return writer.put(value, unit, what, when, origin, address, words=words, made_up=found.made_up)

    def move(region: str, code: str, value: float, value_if: float) -> str:
        place, unit = writer.names.regions[region].short_name, writer.names.measures[code].unit
        now = put(value, unit, f"{place}{writer.name(code)}", value_address(region, code, found.period))
        return f"{place}{writer.name(code)}由{now}改到{put(value_if, unit, f'{place}{writer.name(code)}推演值')}"

    moves = "，".join(move(*each) for each in found.moves[:ITEMS])
    if len(found.moves) > ITEMS:
        moves += f"，等{put(len(found.moves), '项', '方案改动的测度')}"
    if found.weights:
        moves += f"{'，' if moves else ''}另设{put(found.weights, '个', '方案改动的权重')}指标的权重"
    said = f"{writer.typed(origin, origin, '方案名')}以{when}数据测算，{found.assumed}：{moves}"
    if any(math.isnan(value) for value in (*found.before, *found.after)):
        return f"{said}。这是推演，不是实绩。"
    place = writer.names.regions[found.region].short_name
    points = [
        put(score, "分", f"{place}总分", "", f"{text.number(score, 2)}分") for score, _ in (found.before, found.after)
    ]
    ranks = [put(rank, "位", f"{place}名次", "", f"第{int(rank)}") for _, rank in (found.before, found.after)]
    ends = f"{place}总分可由{points[0]}到{points[1]}，名次由{ranks[0]}到{ranks[1]}"
    return f"{said}，{ends}。这是推演，不是实绩。"


def _by_owner(writer: Writer, rows: pd.DataFrame, what: str) -> str:
    """市税务局8项、市中级人民法院2项, those with most first; a target of several units counts for each."""
    each = rows["owner"].str.split(";").explode()
    counts = each[each != ""].value_counts(sort=True)
    parts = [
        f"{writer.departments(str(code))}{writer.counted(int(count), '项', f'{writer.departments(str(code))}{what}', TARGETS)}"
        for code, count in counts.items()
    ]
    return text.listed(parts)
