"""Single targets and items in words: what was done, what is late, what is due soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd

from lib.model import Period
from lib.model.bulletin import Done
from lib.model.source import fact as fact_address
from lib.view import text
from lib.view.bulletin.writer import ITEMS, LATE_TARGETS, LEDGER, TARGETS, Writer, amount, stated_fact


def late_targets(writer: Writer) -> str:
    rows = writer.brief.targets
    rows = rows[rows["status"].isin(LATE_TARGETS)]
    if rows.empty:
        return ""
    named = [one_target(writer, row) for row in rows.head(ITEMS).to_dict("records")]
    rest = (
        f"；另有{writer.counted(len(rows) - ITEMS, '项', '其余逾期、滞后的目标', TARGETS)}" if len(rows) > ITEMS else ""
    )
    return f"逾期未达标或滞后的：{'；'.join(named)}{rest}。"


def one_target(writer: Writer, row: Mapping[str, Any], owner: str = "") -> str:
    """纳税时间不超过20小时（期限2020年12月31日，逾期12天，市税务局）; without the unit where it is the `owner`."""
    notes = []
    if row["deadline"]:
        due = date.fromisoformat(row["deadline"])
        notes.append(f"期限{text.date_words(due)}")
        if due < writer.brief.day and row["status"] in LATE_TARGETS:
            what = f"{writer.name(row['code'])}目标逾期"
            notes.append(f"逾期{writer.counted((writer.brief.day - due).days, '天', what, TARGETS)}")
    if row["status"] in LATE_TARGETS and row["now_period"]:
        notes.append(_present(writer, row))
    who = writer.departments(row["owner"])
    notes += [who] if who not in ("", owner) else []
    inside = f"（{'，'.join(notes)}）" if notes else ""
    place = "" if row["region"] == writer.city else writer.names.regions[row["region"]].short_name
    return f"{place}{_goal(writer, row)}{inside}"


def _present(writer: Writer, row: Mapping[str, Any]) -> str:
    """现值30小时（2021年12月）."""
    when = Period.parse(row["now_period"]).label
    words = (
        str(row["now_text"]) if pd.isna(row["now_value"]) else amount(row["now_op"], row["now_value"], row["now_unit"])
    )
    address = str(row.get("source") or fact_address(str(row["fact"])))
    value = None if pd.isna(row["now_value"]) else float(row["now_value"])
    made_up = bool(row.get("made_up", False))
    what = f"{writer.name(row['code'])}现值"
    shown = writer.put(value, row["now_unit"], what, when, TARGETS, address, words=words, made_up=made_up)
    return f"现值{shown}（{when}）"


def _goal(writer: Writer, row: Mapping[str, Any]) -> str:
    name = writer.name(row["code"])
    words = str(row["text"]) if pd.isna(row["value"]) else amount(row["op"], row["value"], row["unit"])
    due = f"期限{text.date_words(date.fromisoformat(row['deadline']))}" if row["deadline"] else "未写期限"
    goal = stated_fact(writer, row, f"{name}的目标", words, when=due)
    scope = f"（{row['scope']}）" if row["scope"] else ""
    return f"{name}{scope}{goal}"


def moves(writer: Writer, found: Sequence[Done]) -> str:
    """2026年11月20日完成台账第3号“开设专窗”；2026年11月23日，台账第4号、第5号销号."""
    parts = []
    for (what, day), own in groupby(sorted(found, key=_in_order), key=lambda each: (each.what, each.day)):
        numbers = list(own)
        if what == "step":
            parts += [f"{text.date_words(day)}完成台账第{each.item}号“{_step(writer, each)}”" for each in numbers]
        else:
            listed = text.listed(f"第{each.item}号" for each in numbers)
            parts.append(f"{text.date_words(day)}，台账{listed}{'销号' if what == 'closed' else '列入'}")
    rest = len(parts) - ITEMS * 2
    more = [f"另有{writer.counted(rest, '件', '其余办理记录')}"] if rest > 0 else []
    return "；".join([*parts[: ITEMS * 2], *more])


def _in_order(each: Done) -> tuple[date, int, int]:
    return each.day, ("opened", "step", "closed").index(each.what), each.item


def _step(writer: Writer, each: Done) -> str:
    assert each.action is not None
    return writer.typed(each.action.what, f"{LEDGER}第{each.item}号")


def one_item(writer: Writer, row: Mapping[str, Any]) -> str:
    """台账第3号“办照慢”（市市场监管局，期限2026年11月1日，逾期12天）."""
    origin = f"{LEDGER}第{row['id']}号"
    notes = [writer.departments(row["owner"])] if row["owner"] else []
    if row["deadline"]:
        notes.append(f"期限{text.date_words(date.fromisoformat(row['deadline']))}")
    if row["late"] == row["late"]:
        days = int(row["late"])
        what = f"台账第{row['id']}号{'逾期' if days > 0 else '距到期'}"
        if days > 0:
            notes.append(f"逾期{writer.put(days, '天', what, writer.today, origin)}")
        elif row["soon"]:
            notes.append(f"还有{writer.put(-days, '天', what, writer.today, origin)}到期" if days else "今日到期")
    inside = f"（{'，'.join(notes)}）" if notes else ""
    return f"台账第{row['id']}号“{writer.typed(row['problem'], origin)}”{inside}"


def happened(writer: Writer, when: str) -> str:
    """What was done in the week or on the day."""
    if not writer.brief.done:
        return f"{when}整改台账没有新的办理记录。"
    return f"{moves(writer, writer.brief.done)}。"


def late_items(writer: Writer) -> str:
    rows = writer.brief.ledger
    if rows.empty:
        return ""
    sentences = []
    for kind, found in (("逾期", rows[rows["late"] > 0]), ("两周内到期", rows[rows["soon"].astype(bool)])):
        if len(found):
            count = writer.counted(len(found), "项", f"台账：{kind}")
            listed = [one_item(writer, row) for row in found.head(ITEMS * 2).to_dict("records")]
            rest = "等" if len(found) > ITEMS * 2 else ""
            sentences.append(f"{kind}的{count}：{'；'.join(listed)}{rest}。")
    return "".join(sentences)
