"""Targets and present values that people add, each with the document that it stands in, and milestones, which are only added."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import sqlite_utils

from lib.model import Direction, Issue, Period, UserError
from lib.model.access import Action
from lib.model.goal import CUT, Way
from lib.store.benchmarks import units_for
from lib.store.database import bump, connect, frame, writing
from lib.store.documents import STATED, about, add_document, iso_day, next_number, worded
from lib.store.events import differing, now, record, today

# How a target is written; `cut` is so many percent less than in the base year.
OPERATORS = {"<=": "不超过", ">=": "不低于", "=": "达到", CUT: "比基期下降 x%"}
LEVELS = {"binding": "必须完成", "encouraged": "鼓励"}


@dataclass(frozen=True)
class Paper:
    """A document: title, issuer, day (2020, 2020-12 or 2020-12-04), where it was found, and the words that it has."""

    title: str
    issuer: str
    day: str
    origin: str
    quote: str


@dataclass(frozen=True)
class Goal:
    """A target: `value` in `unit` about a measure (`code`) of a place and scope, or, with `op` cut, percent off the baseline; a one-off
    goal has no number but `text`. Baseline in the same unit, with its period; deadline ISO or ""; owners are departments' codes."""

    code: str
    region: str
    scope: str
    level: str
    op: str
    value: float | None
    text: str
    unit: str
    baseline: float | None
    baseline_period: str
    deadline: str
    owners: tuple[str, ...]
    paper: Paper


@dataclass(frozen=True)
class Present:
    """What a target's measure is now, as a document states it: a number, or the words of a one-off goal that is done."""

    target: str
    op: str
    value: float | None
    text: str
    unit: str
    period: str
    paper: Paper


def add_target(path: Path, goal: Goal, *, user: str) -> str:
    """Adds a target with its document; returns its number (U1, U2 …), never used twice. UserError with everything that is wrong."""
    return add_targets(path, [goal], user=user)[0]


def add_targets(path: Path, goals: Iterable[Goal], *, user: str) -> list[str]:
    """Adds targets as `add_target`, all of them or, where one is wrong, none; returns their numbers."""
    with writing(path, Action.EDIT) as db:
        numbers = [_add(db, goal, user) for goal in goals]
        bump(db)
    return numbers


def _add(db: sqlite_utils.Database, goal: Goal, user: str) -> str:
    document = _documented(db, goal.paper, goal.region, user, _goal_problems(db, goal))
    number = next_number(db)
    columns = {
        "id": number,
        "code": goal.code,
        "region": goal.region,
        "scope": goal.scope.strip(),
        "op": goal.op if goal.value is not None else "",
        "value": goal.value,
        "text": goal.text.strip(),
        "unit": goal.unit if goal.value is not None else "",
        "baseline": goal.baseline,
        "baseline_basis": goal.baseline_period,
        "deadline": goal.deadline,
        "deadline_basis": "原文" if goal.deadline else "",
        "level": goal.level,
        "owner": ";".join(goal.owners),
        "document": document,
        "quote": goal.paper.quote.strip(),
        "note": f"{user.strip()}补充",
    }
    db["target"].insert(columns)
    record(db, user.strip(), "新增目标", number, about(db, columns), after=worded(db, columns))
    return number


def remove_target(path: Path, number: str, *, user: str) -> None:
    """Takes out a target that a person added, with its milestones; the trail keeps its words. UserError for any other."""
    with writing(path, Action.EDIT) as db:
        _take_out(db, "target", number, "新增的目标", user)


def add_present(path: Path, present: Present, *, user: str) -> str:
    """Adds a present value of a target's measure, place and scope with its document; returns its number. UserError with everything
    that is wrong."""
    with writing(path, Action.EDIT) as db:
        sql = "SELECT t.code, t.region, t.scope, t.value, m.unit FROM target t LEFT JOIN measure m ON m.code = t.code WHERE t.id = ?"
        found = frame(db, sql, (present.target,))
        if found.empty:
            raise UserError(f"没有目标 {present.target}：可能别人刚删过，请刷新看看")
        target = found.to_dict("records")[0]
        in_words = pd.isna(target["value"])
        problems = _present_problems(present, "" if in_words else str(target["unit"] or ""), in_words=in_words)
        document = _documented(db, present.paper, target["region"], user, problems)
        number = next_number(db)
        columns = {
            "id": number,
            "kind": "text" if in_words else "observation",
            **{name: target[name] for name in ("code", "region", "scope")},
            "period": present.period,
            "period_basis": "补报",
            "op": "" if in_words else present.op,
            "value": None if in_words else present.value,
            "text": present.text.strip() if in_words else "",
            "unit": "" if in_words else present.unit,
            "before": None,
            **dict.fromkeys(("before_text", "owner"), ""),
            "document": document,
            "quote": present.paper.quote.strip(),
            "note": f"{user.strip()}补报",
        }
        db["fact"].insert(columns)
        record(db, user.strip(), "补报现值", number, about(db, columns), after=worded(db, columns))
        bump(db)
    return number


def remove_present(path: Path, number: str, *, user: str) -> None:
    """Takes out a present value that a person added; the trail keeps its words. UserError for any other."""
    with writing(path, Action.EDIT) as db:
        _take_out(db, "fact", number, "补报的现值", user)


def set_milestones(path: Path, target: str, wanted: Mapping[str, float | None], *, user: str) -> int:
    """Enters values by due day (ISO), None takes one back; returns how many are new. UserError with everything that is wrong."""
    with writing(path, Action.EDIT) as db:
        sql = "SELECT due, value FROM milestone m WHERE target = ? AND id = (SELECT MAX(id) FROM milestone n WHERE n.target = m.target AND n.due = m.due)"
        known = dict(db.conn.execute(sql, (target,)).fetchall())
        new = {due: value for due, value in wanted.items() if known.get(due) != value}
        if issues := list(_milestone_problems(db, target, new, user)):
            raise UserError(issues)
        stamp = now()
        db["milestone"].insert_all(
            {"target": target, "due": due, "value": value, "user": user.strip(), "at": stamp}
            for due, value in new.items()
        )
        if new:
            before, after = (
                {due: "" if (value := values.get(due)) is None else f"{value:.15g}" for due in sorted(new)}
                for values in (known, wanted)
            )
            record(db, user.strip(), "设里程碑", target, **differing(before, after))
            bump(db)
    return len(new)


def milestones(path: Path) -> pd.DataFrame:
    """Every milestone as it was entered, in that order: id, target, due, value (missing: taken back), user, at."""
    with connect(path) as db:
        return frame(db, "SELECT * FROM milestone ORDER BY id").astype({"value": "float64"})


def _documented(db: sqlite_utils.Database, paper: Paper, region: str, user: str, problems: Iterator[Issue]) -> str:
    """The code of the document; UserError with all problems, its own among them."""
    issues = [*_user_problems(user), *problems]
    if not paper.quote.strip():
        issues.append(Issue("quote-missing", "要抄下原文：写着这件事的那句话"))
    document = ""
    try:
        document = add_document(db, paper.title, paper.issuer, paper.day, paper.origin, region, user=user.strip())
    except UserError as error:
        issues += error.issues
    if issues:
        raise UserError(issues)
    return document


def _user_problems(user: str) -> Iterator[Issue]:
    if not user.strip():
        yield Issue("user-missing", "要写明经办人")


def _goal_problems(db: sqlite_utils.Database, goal: Goal) -> Iterator[Issue]:
    if db.conn.execute("SELECT 1 FROM region WHERE code = ?", (goal.region,)).fetchone() is None:
        yield Issue("region-unknown", "不是目录里的地方", value=goal.region)
    if goal.level not in LEVELS:
        yield Issue("level-unknown", "不是可用的要求程度", value=goal.level, expected="、".join(LEVELS))
    if not goal.owners:
        yield Issue("owner-missing", "要选责任单位")
    for owner in goal.owners:
        if db.conn.execute("SELECT 1 FROM department WHERE code = ? AND kind <> '集合'", (owner,)).fetchone() is None:
            yield Issue("owner-unknown", "不是目录里的单位", value=owner)
    found = db.conn.execute("SELECT unit, direction FROM measure WHERE code = ?", (goal.code,)).fetchone()
    if found is None:
        yield Issue("measure-unknown", "不是目录里的测度", value=goal.code)
    else:
        yield from _number_problems(goal, *found)
    yield from _deadline_problems(goal)


def _way(goal: Goal, direction: str = "") -> Way:
    value = float("nan") if goal.value is None else goal.value
    return Way(goal.op, value, goal.baseline, goal.baseline_period, goal.deadline, direction)


def _deadline_problems(goal: Goal) -> Iterator[Issue]:
    if not goal.deadline:
        return
    if not _is_iso(goal.deadline):
        yield Issue("deadline-unknown", "期限不是日期", value=goal.deadline, expected="2026-12-31")
        return
    try:
        document = iso_day(goal.paper.day)
    except UserError:  # told with the document
        document = ""
    yield from _way(goal).deadline_problems(document)


def _number_problems(goal: Goal, unit: str, direction: str) -> Iterator[Issue]:
    if goal.value is None:
        if not goal.text.strip():
            yield Issue("value-missing", "要填目标值；没有数字的一次性目标，写明做成什么")
        return
    if goal.op not in OPERATORS:
        yield Issue("op-unknown", "不是可用的比较符", value=goal.op, expected="、".join(OPERATORS))
    fit = 0 < goal.value < 100 if goal.op == CUT else math.isfinite(goal.value) and goal.value >= 0
    if not fit:
        message = "下降的幅度不对" if goal.op == CUT else "目标值要是不小于 0 的数"
        expected = "大于 0、小于 100（%）" if goal.op == CUT else ""
        yield Issue("value-unfit", message, value=f"{goal.value:g}", expected=expected)
    elif goal.op in OPERATORS and (goal.baseline is None or goal.baseline >= 0):
        yield from _way(goal, direction).goal_problems()
    yield from _unit_problems(goal.unit, unit)
    if goal.baseline is not None:
        if not math.isfinite(goal.baseline) or goal.baseline < 0:
            yield Issue("baseline-unfit", "基线要是不小于 0 的数", value=f"{goal.baseline:g}")
        if not Period.is_code(goal.baseline_period):
            yield Issue(
                "period-unknown", "要写基线是什么时间的", value=goal.baseline_period, expected="2019年、2020年三季度"
            )
    if goal.op == CUT:
        if goal.baseline is None:
            yield Issue("baseline-missing", "按基期下降的目标，要填基期的值，不然算不出目标值")
        if direction != Direction.LOWER.value:
            yield Issue("direction-unfit", "这个测度不是越低越好，不能定“下降”的目标")


def _present_problems(present: Present, unit: str, *, in_words: bool) -> Iterator[Issue]:
    if in_words:
        if not present.text.strip():
            yield Issue("text-missing", "要写明做成了什么")
    else:
        if present.op not in STATED:
            yield Issue("op-unknown", "不是可用的比较符", value=present.op, expected="、".join(STATED))
        if present.value is None or not math.isfinite(present.value) or present.value < 0:
            yield Issue("value-missing", "要填一个不小于 0 的数")
        yield from _unit_problems(present.unit, unit)
    if not Period.is_code(present.period):
        yield Issue("period-unknown", "不是时间", value=present.period, expected="2020年、2020年三季度、2020-09")
    elif Period.parse(present.period).start > date.fromisoformat(today()):
        yield Issue("period-ahead", "这个时间还没有到", value=present.period)


def _unit_problems(unit: str, of_measure: str) -> Iterator[Issue]:
    if unit not in (fitting := units_for(of_measure)):
        expected = f"可以用：{'、'.join(fitting) or '无单位'}"
        yield Issue("unit-unfit", "单位不能换算成这个测度的单位", value=unit, expected=expected)


def _milestone_problems(
    db: sqlite_utils.Database, target: str, wanted: Mapping[str, float | None], user: str
) -> Iterator[Issue]:
    yield from _user_problems(user)
    sql = (
        "SELECT t.op, t.value, t.baseline, t.baseline_basis, t.deadline, COALESCE(m.direction, '') "
        "FROM target t LEFT JOIN measure m ON m.code = t.code WHERE t.id = ?"
    )
    found = db.conn.execute(sql, (target,)).fetchone()
    if found is None:
        yield Issue("target-unknown", "没有这个目标：可能别人刚删过，请刷新看看", value=target)
        return
    if found[1] is None:
        yield Issue("target-worded", "这个目标没有数字，不能设里程碑")
        return
    for due, value in wanted.items():
        if not _is_iso(due):
            yield Issue("due-unknown", "不是日期", value=due, expected="2026-09-30")
        elif value is not None:
            yield from Way(*found).milestone_problems(due, value)


def _is_iso(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _take_out(db: sqlite_utils.Database, table: str, number: str, what: str, user: str) -> None:
    if not user.strip():
        raise UserError("要写明经办人")
    row = next(db[table].rows_where("id = ? AND id LIKE 'U%'", (number,)), None)
    if row is None:
        raise UserError(f"没有{what} {number}：可能别人刚删过，请刷新看看；文件里原有的不能删")
    if table == "target":
        db.conn.execute("DELETE FROM milestone WHERE target = ?", (number,))
    db.conn.execute(f"DELETE FROM {table} WHERE id = ?", (number,))
    record(db, user.strip(), f"删除{what}", number, about(db, row), before=worded(db, row))
    bump(db)
