"""Target progress: baseline → now → target by a date, and the status that follows by stated rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import pandas as pd

from lib.model import Conversion, Period, convert


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


@dataclass(frozen=True)
class Verdict:
    """The status of one target, the value it rests on, and the sentence that says why."""

    status: Status
    now: float | None = None
    fact: str = ""
    reason: str = ""
    share: float | None = None


def assess(targets: pd.DataFrame, facts: pd.DataFrame, ambiguous: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """Every target with its latest value and its status.

    In: catalogue targets and facts; `ambiguous` maps a measure to the measures it may or may not be about.
    Out: the most urgent first, the targets' columns plus order, now, now_text, now_unit, now_period, fact, status, reason, share.
    """
    actual = facts[facts["kind"].isin(["observation", "before_after", "text"])]
    rows = []
    for target in targets.to_dict("records"):
        verdict = _assess_one(target, actual, ambiguous)
        fact = actual.loc[actual["id"] == verdict.fact]
        found = fact.iloc[0] if len(fact) else None
        rows.append(
            {
                **target,
                "now": verdict.now,
                "now_text": "" if found is None else found["text"],
                "now_op": "" if found is None else found["op"],
                "now_unit": "" if found is None else found["unit"],
                "now_value": None if found is None else found["value"],
                "now_period": "" if found is None else found["period"],
                "fact": verdict.fact,
                "status": verdict.status.value,
                "reason": verdict.reason,
                "share": verdict.share,
            }
        )
    table = pd.DataFrame(rows)
    order = {status.value: i for i, status in enumerate(STATUS_ORDER)}
    table = table.assign(order=table["status"].map(order))
    return table.sort_values(["order", "deadline", "id"]).reset_index(drop=True)


def _assess_one(target: dict, actual: pd.DataFrame, ambiguous: dict[str, tuple[str, ...]]) -> Verdict:
    here = actual[actual["region"] == target["region"]]
    same = here[here["code"] == target["code"]]
    fitting = same[same["scope"] == target["scope"]]
    if len(fitting):
        return _in_time(target, sorted(fitting.to_dict("records"), key=lambda fact: Period.parse(fact["period"])))
    if len(same):
        fact = same.iloc[-1]
        ours, theirs = target["scope"] or "全市", fact["scope"] or "全市"
        return Verdict(Status.NOT_COMPARABLE, fact=fact["id"], reason=f"目标是“{ours}”，现值是“{theirs}”，口径不同")
    for code, about in ambiguous.items():
        unclear = here[here["code"] == code]
        if target["code"] in about and len(unclear):
            fact = unclear.iloc[-1]
            stated = fact["text"] if pd.isna(fact["value"]) else f"{fact['value']:g} {fact['unit']}"
            reason = f"现值“{stated}”未写明是否同一口径，不作比较"
            return Verdict(Status.NOT_COMPARABLE, fact=fact["id"], reason=reason)
    return Verdict(Status.NO_VALUE, reason="各文件中没有这项指标的现值")


def _in_time(target: dict, facts: list[dict]) -> Verdict:
    """The verdict on the latest value; where it is reached, a word when the first value to reach it came late."""
    verdict = judge(target, facts[-1])
    if verdict.status is not Status.REACHED or not target["deadline"]:
        return verdict
    first = next(fact for fact in facts if judge(target, fact).status is Status.REACHED)
    seen = Period.parse(first["period"])
    if seen.start <= date.fromisoformat(target["deadline"]):
        return verdict
    late = f"达标数据晚于期限（首见于{seen.label}）"
    return replace(verdict, reason="；".join(part for part in (verdict.reason, late) if part))


def judge(target: dict, fact: dict) -> Verdict:
    """The status of one target against one value of the same measure, place and scope."""
    if pd.isna(target["value"]):
        return _judge_text(target, fact)
    if pd.isna(fact["value"]):
        return Verdict(Status.NOT_COMPARABLE, fact=fact["id"], reason=f"现值是文字“{fact['text']}”，不作比较")
    now = convert(float(fact["value"]), fact["unit"], target["unit"])
    if now.value is None:
        return Verdict(Status.NOT_COMPARABLE, fact=fact["id"], reason=now.rule)
    if reaches(now.value, target["op"], float(target["value"]), fact["op"], lower=target["direction"] == "lower"):
        return Verdict(Status.REACHED, now.value, fact["id"], now.rule, 1.0)
    return _judge_short(target, fact, now)


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


def _judge_text(target: dict, fact: dict) -> Verdict:
    """A milestone is reached when the document states as done what the target names."""
    if fact["text"] and fact["text"] in target["text"]:
        return Verdict(Status.REACHED, fact=fact["id"], reason=f"文件写明“{fact['quote']}”", share=1.0)
    return Verdict(Status.NOT_COMPARABLE, fact=fact["id"], reason="目标没有数字，不能自动判断")


def _judge_short(target: dict, fact: dict, now: Conversion) -> Verdict:
    """Not reached: overdue after the deadline, else by how much of the way from the baseline is behind us."""
    words = [now.rule] if now.rule else []
    if target["deadline"] and Period.parse(fact["period"]).end >= date.fromisoformat(target["deadline"]):
        return Verdict(Status.OVERDUE, now.value, fact["id"], "；".join([*words, "期限已到，仍未达到"]))
    baseline = target["baseline"]
    if pd.isna(baseline) or float(baseline) == float(target["value"]):
        return Verdict(Status.AT_RISK, now.value, fact["id"], "；".join([*words, "尚未达到，没有基线，无法判断进度"]))
    share = (now.value - float(baseline)) / (float(target["value"]) - float(baseline)) + 0.0
    expected = _expected_share(target, fact)
    words.append(f"从基线到目标已走 {share:.0%}" + ("" if expected is None else f"，按时间应走 {expected:.0%}"))
    pace = share if expected is None else share / expected if expected > 0 else 1.0
    status = Status.ON_TRACK if pace >= 1.0 else Status.AT_RISK if pace >= RISK_SHARE else Status.BEHIND
    return Verdict(status, now.value, fact["id"], "；".join(words), share)


def _expected_share(target: dict, fact: dict) -> float | None:
    """How much of the time from the baseline to the deadline has passed; None when the baseline has no period."""
    if not target["deadline"] or not target["baseline_basis"]:
        return None
    try:
        start = Period.parse(target["baseline_basis"].removesuffix("年")).end
    except ValueError:
        return None
    whole = (date.fromisoformat(target["deadline"]) - start).days
    return (Period.parse(fact["period"]).end - start).days / whole if whole > 0 else None
