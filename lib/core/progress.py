"""Target progress: baseline → now → target by a date, and the status that follows by stated rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Any

import pandas as pd

from lib.core.attainment import attainment
from lib.core.cityfacts import CITY, STATEMENTS
from lib.core.milestones import Milestone, around, baseline_day, standing
from lib.model import Conversion, Measure, Period, convert, source


class Status(StrEnum):
    """Where a target stands (docs/method.md, section 6)."""

    REACHED = "已达标"
    ON_TRACK = "正常推进"
    AT_RISK = "有风险"
    BEHIND = "滞后"
    OVERDUE = "逾期未达标"
    NO_VALUE = "有目标无现值"
    NOT_COMPARABLE = "口径不一致"


# The order in which a leader wants to read them.
STATUS_ORDER = (
    Status.OVERDUE,
    Status.BEHIND,
    Status.AT_RISK,
    Status.ON_TRACK,
    Status.REACHED,
    Status.NOT_COMPARABLE,
    Status.NO_VALUE,
)
# Pace: the share of the way behind us over the share of the time gone. From this up it is a risk, below it lags.
RISK_SHARE = 0.8
MADE_UP = "现值是演示数据，不是真实情况"
_STATED = ["id", "kind", "code", "region", "scope", "period", "op", "value", "text", "unit", "quote"]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Verdict:
    """The status of one target, the value it rests on in the target's unit, the statement that it is from, why, and how much of the
    way from the baseline is behind (1 when reached)."""

    status: Status
    now: float | None = None
    stated: Row | None = None
    reason: str = ""
    share: float | None = None


def of_files(values: pd.DataFrame, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """Values that stand as statements: facts' columns, with source (an address) and made_up.

    In: region, measure, period, value, kind.
    """
    return pd.DataFrame(
        {
            "id": "",
            "kind": "observation",
            "code": values["measure"],
            "region": values["region"],
            "scope": "",
            "period": values["period"],
            "op": "=",
            "value": values["value"],
            "text": "",
            "unit": [measures[code].unit for code in values["measure"]],
            "quote": "",
            "source": [source.value(row.region, row.measure, row.period) for row in values.itertuples()],
            "made_up": values["kind"] == "demo",
        }
    )


def is_known(period: str, day: date) -> bool:
    """Whether a value is known at the end of a day: a month's, which documents give as of their own day, from the month's first
    day on, that of a longer period when it has ended."""
    found = Period.parse(period)
    return (found.start if found.kind == "month" else found.end) <= day


def assess(
    targets: pd.DataFrame,
    facts: pd.DataFrame,
    ambiguous: Mapping[str, tuple[str, ...]],
    *,
    day: date,
    milestones: pd.DataFrame | None = None,
    values: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every target with its latest value known at the end of a day, its status and when it would be reached.

    In: targets with `direction`; facts; `ambiguous` maps a measure to the measures it may or may not be about; milestones (id,
    target, due, value), as entered; `values` of the files as `of_files`.
    Out: the most urgent first, the targets' columns plus order, now (in the target's unit), now_text, now_op, now_unit, now_value,
    now_period, fact (id, "" for a file's value), source (address), made_up, status, reason, share, past (days since the deadline,
    negative: left; missing without one), last_due, last_value, last_met (of the milestone last due), next_due, next_value,
    attain (the day on which it would be reached, ISO), attain_late (days after the deadline) and attain_words.
    """
    known = _known(
        facts, values, set(zip(targets["region"], targets["code"], strict=True)) | _unclear(targets, ambiguous), day
    )
    marks = standing(milestones)
    rows = [_row(target, known, ambiguous, marks.get(target["id"], ()), day) for target in targets.to_dict("records")]
    table = pd.DataFrame(rows, columns=[*targets.columns, *_FOUND])
    table = table.assign(order=table["status"].map({status.value: i for i, status in enumerate(STATUS_ORDER)}))
    return table.sort_values(["order", "deadline", "id"]).reset_index(drop=True)


_FOUND = (
    *("now", "now_text", "now_op", "now_unit", "now_value", "now_period", "fact", "source", "made_up"),
    *("status", "reason", "share", "past", "last_due", "last_value", "last_met", "next_due", "next_value"),
    *("attain", "attain_late", "attain_words"),
)


def _unclear(targets: pd.DataFrame, ambiguous: Mapping[str, tuple[str, ...]]) -> set[tuple[str, str]]:
    return {(region, code) for region in targets["region"].unique() for code in ambiguous}


def _known(
    facts: pd.DataFrame, values: pd.DataFrame | None, wanted: set[tuple[str, str]], day: date
) -> dict[tuple[str, str], list[dict]]:
    """The statements known at the end of the day by place and measure, the earliest first."""
    said = facts.loc[facts["kind"].isin(STATEMENTS), _STATED]
    said = said.assign(source=said["id"].map(source.fact), made_up=False)
    parts = [
        each[[pair in wanted for pair in zip(each["region"], each["code"], strict=True)]]
        for each in (said, values)
        if each is not None
    ]
    found: dict[tuple[str, str], list[dict]] = {}
    for row in chain.from_iterable(part.to_dict("records") for part in parts):
        if is_known(row["period"], day):
            found.setdefault((row["region"], row["code"]), []).append(row)
    return {pair: sorted(rows, key=lambda row: Period.parse(row["period"])) for pair, rows in found.items()}


def _row(
    target: Row,
    known: Mapping[tuple[str, str], list[dict]],
    ambiguous: Mapping[str, tuple[str, ...]],
    marks: Sequence[Milestone],
    day: date,
) -> dict[str, Any]:
    """A target's columns with what was found."""
    same = known.get((target["region"], target["code"]), [])
    fitting = _of_one_kind([row for row in same if row["scope"] == target["scope"]])
    last, following = around(marks, day)
    unclear = [
        row
        for code, about in ambiguous.items()
        if target["code"] in about
        for row in known.get((target["region"], code), [])
    ]
    verdict = _in_time(target, fitting, day, last) if fitting else _without(target, same, unclear, day)
    stated = verdict.stated or {}
    ahead = attainment(target, fitting, day, reached=verdict.status is Status.REACHED)
    met = last is not None and verdict.now is not None and meets(verdict.now, target, last.value, stated["op"])
    return {
        **target,
        "now": verdict.now,
        "now_text": stated.get("text", ""),
        "now_op": stated.get("op", ""),
        "now_unit": stated.get("unit", ""),
        "now_value": stated.get("value"),
        "now_period": stated.get("period", ""),
        "fact": stated.get("id", ""),
        "source": stated.get("source", ""),
        "made_up": bool(stated.get("made_up", False)),
        "status": verdict.status.value,
        "reason": verdict.reason,
        "share": verdict.share,
        "past": (day - date.fromisoformat(target["deadline"])).days if target["deadline"] else None,
        "last_due": "" if last is None else last.due,
        "last_value": None if last is None else last.value,
        "last_met": met,
        "next_due": "" if following is None else following.due,
        "next_value": None if following is None else following.value,
        "attain": "" if ahead.day is None else ahead.day.isoformat(),
        "attain_late": ahead.late,
        "attain_words": ahead.words,
    }


def _of_one_kind(facts: Sequence[Row]) -> list[Row]:
    """The statements that are real, or made up, as the latest one is: the two are never joined."""
    return [fact for fact in facts if fact["made_up"] == facts[-1]["made_up"]]


def _without(target: Row, same: Sequence[Row], unclear: Sequence[Row], day: date) -> Verdict:
    """The verdict where no value of the target's own scope is there."""
    if same:
        ours, theirs = target["scope"] or "全市", same[-1]["scope"] or "全市"
        return Verdict(Status.NOT_COMPARABLE, stated=same[-1], reason=f"目标是“{ours}”，现值是“{theirs}”，口径不同")
    if unclear:
        fact = unclear[-1]
        said = fact["text"] if pd.isna(fact["value"]) else f"{fact['value']:g} {fact['unit']}"
        return Verdict(Status.NOT_COMPARABLE, stated=fact, reason=f"现值“{said}”未写明是否同一口径，不作比较")
    nowhere = "各文件中没有这项指标的现值" if target["region"] == CITY else "没有报过这项指标的现值"
    return Verdict(Status.NO_VALUE, reason=_listed(nowhere, _past(target, day)))


def _in_time(target: Row, facts: Sequence[Row], day: date, last: Milestone | None) -> Verdict:
    """The verdict on the latest value; where it is reached, a word when the first value to reach it came late."""
    verdict = judge(target, facts[-1], day, last)
    if facts[-1].get("made_up"):
        verdict = replace(verdict, reason=_listed(verdict.reason, MADE_UP))
    if verdict.status is not Status.REACHED or not target["deadline"]:
        return verdict
    first = next(fact for fact in facts if judge(target, fact, day).status is Status.REACHED)
    seen = Period.parse(first["period"])
    if seen.start <= date.fromisoformat(target["deadline"]):
        return verdict
    return replace(verdict, reason=_listed(verdict.reason, f"达标数据晚于期限（首见于{seen.label}）"))


def judge(target: Row, fact: Row, day: date, last: Milestone | None = None) -> Verdict:
    """The status of one target against one value of the same measure, place and scope; `last` is the milestone last due."""
    if pd.isna(target["value"]):
        return _judge_text(target, fact)
    if pd.isna(fact["value"]):
        return Verdict(Status.NOT_COMPARABLE, stated=fact, reason=f"现值是文字“{fact['text']}”，不作比较")
    now = convert(float(fact["value"]), fact["unit"], target["unit"])
    if now.value is None:
        return Verdict(Status.NOT_COMPARABLE, stated=fact, reason=now.rule)
    if meets(now.value, target, float(target["value"]), fact["op"]):
        return Verdict(Status.REACHED, now.value, fact, now.rule, 1.0)
    return _judge_short(target, fact, now, day, last)


def meets(now: float, target: Row, goal: float, qualifier: str = "=") -> bool:
    """Whether a value in the target's unit meets a goal of it: its own, or a milestone's."""
    if target["direction"] == "none" and target["op"] in ("=", "≈"):
        return qualifier in ("=", "≈") and now == goal
    return reaches(now, target["op"], goal, qualifier, lower=target["direction"] == "lower")


def reaches(now: float, op: str, goal: float, qualifier: str = "=", *, lower: bool = False) -> bool:
    """Whether a value meets a goal; nothing is rounded. `qualifier` is how the value itself is stated (≈, >, <=).

    A goal written `=` or `≈` counts as met when the value is at least as good, by the measure's direction. A value
    that is only bounded (<= 72) meets a goal when every value within the bound does.
    """
    if op in ("<=", "<") or (op in ("=", "≈") and lower):
        bounded = qualifier not in (">", ">=")
        return bounded and (now < goal if op == "<" and qualifier not in ("<",) else now <= goal)
    bounded = qualifier not in ("<", "<=")
    return bounded and (now > goal or (op != ">" and now == goal) or (op == ">" and now == goal and qualifier == ">"))


def _judge_text(target: Row, fact: Row) -> Verdict:
    """A one-off goal is reached when the document states as done what the target names."""
    if target.get("op") == "cut":
        return Verdict(Status.NOT_COMPARABLE, stated=fact, reason=f"目标是{target['text']}，没有基期的值，算不出目标值")
    if fact["text"] and fact["text"] in target["text"]:
        return Verdict(Status.REACHED, stated=fact, reason=f"文件写明“{fact['quote']}”", share=1.0)
    return Verdict(Status.NOT_COMPARABLE, stated=fact, reason="目标没有数字，不能自动判断")


def _judge_short(target: Row, fact: Row, now: Conversion, day: date, last: Milestone | None) -> Verdict:
    """Not reached: overdue after the deadline, else by the milestone last due, else by the way from the baseline behind us."""
    assert now.value is not None
    overdue = _overdue(target, fact, day)
    share, gone = _share(target, now.value), _expected_share(target, fact)
    if overdue:
        return Verdict(Status.OVERDUE, now.value, fact, _listed(now.rule, overdue), share)
    if last is not None:
        met = meets(now.value, target, last.value, fact["op"])
        words = f"里程碑 {last.due} 应到 {last.value:g}{'' if target['unit'] == '%' else ' '}{target['unit']}，{'已到' if met else '没有到'}"
        return Verdict(Status.ON_TRACK if met else Status.BEHIND, now.value, fact, _listed(now.rule, words), share)
    if pd.isna(target["baseline"]):
        return Verdict(Status.AT_RISK, now.value, fact, _listed(now.rule, "尚未达到，没有基线，无法判断进度"))
    if share is None:
        return Verdict(Status.BEHIND, now.value, fact, _listed(now.rule, "基线已经达到目标，现在反而没有达到"))
    words = f"从基线到目标已走 {share:.0%}" + ("" if gone is None else f"，按时间应走 {gone:.0%}")
    if share < 0:
        return Verdict(Status.BEHIND, now.value, fact, _listed(now.rule, f"比基线还差：{words}"), share)
    pace = share if gone is None else share / gone if gone > 0 else 1.0
    status = Status.ON_TRACK if pace >= 1.0 else Status.AT_RISK if pace >= RISK_SHARE else Status.BEHIND
    return Verdict(status, now.value, fact, _listed(now.rule, words), share)


def _overdue(target: Row, fact: Row, day: date) -> str:
    """Why a target that is not reached is overdue; "" before its deadline."""
    if not target["deadline"] or day < (deadline := date.fromisoformat(target["deadline"])):
        return ""
    period = Period.parse(fact["period"])
    if period.end >= deadline:
        return "期限已到，仍未达到"
    return _listed(_past(target, day), f"最近的数是{period.label}的") if day > deadline else ""


def _past(target: Row, day: date) -> str:
    late = (day - date.fromisoformat(target["deadline"])).days if target["deadline"] else 0
    return f"期限已过 {late} 天" if late > 0 else ""


def _share(target: Row, now: float) -> float | None:
    """The share of the way from the baseline to the goal; None without a way: no baseline, or one that is the goal itself."""
    start, goal = target["baseline"], float(target["value"])
    return None if pd.isna(start) or float(start) == goal else (now - float(start)) / (goal - float(start)) + 0.0


def _expected_share(target: Row, fact: Row) -> float | None:
    """How much of the time from the baseline to the deadline has passed; None when the baseline has no period."""
    start = baseline_day(target)
    if start is None or not target["deadline"]:
        return None
    whole = (date.fromisoformat(target["deadline"]) - start).days
    return (Period.parse(fact["period"]).end - start).days / whole if whole > 0 else None


def _listed(*parts: str) -> str:
    return "；".join(part for part in parts if part)


def progress_of(assessed: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """By target, how far the present value and the next milestone are: 0 the baseline, 1 the goal; NaN for none. Without a baseline
    the share is the present value over the goal, or, where lower is better, the goal over it."""
    found = {}
    for target in assessed.to_dict("records"):
        now = 1.0 if target["share"] == 1 and pd.isna(target["now"]) else _way(target, target["now"])
        found[target["id"]] = (now, _way(target, target["next_value"]))
    return found


def _way(target: Row, value: float | None) -> float:
    if pd.isna(value) or pd.isna(target["value"]):
        return float("nan")
    share, goal = _share(target, float(value)), float(target["value"])  # type: ignore[arg-type]
    if share is not None:
        return share
    better, whole = (goal, value) if target["direction"] == "lower" else (value, goal)
    return float(better) / float(whole) if whole else 1.0  # type: ignore[arg-type]
