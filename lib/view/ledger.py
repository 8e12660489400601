"""整改台账 in words: the conclusion, how late, an indicator's value with its period, whether it has moved, what a weakness says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from lib.model import Period
from lib.model.ledger import FIELDS, Action, Item, Reading, State, Task
from lib.view import text

FLAG, STALE_FLAG = "⚑ 已整改但指标未动", "⚑ 指标未动，没有新数"
STALE = "没有新的数"
STATE_MARKS = {State.OPEN: "○", State.DOING: "◐", State.REVIEW: "◇", State.CLOSED: "●", State.RETURNED: "↩"}
_SHORT = 34
# So many of a list are named.
_NAMED = 10


def conclusion(day: date, counts: Mapping[str, int]) -> str:
    """The sentence that opens the page. In: active, overdue, soon, review, closed, still, stale."""
    if not counts["active"] + counts["closed"]:
        return f"截至{text.date_words(day)}，台账上还没有整改事项。"
    going = f"在办 {counts['active']} 项，逾期 {counts['overdue']} 项，14 天内到期 {counts['soon']} 项，待复评 {counts['review']} 项"
    waiting = "都" if counts["stale"] == counts["still"] else f"{counts['stale']} 项"
    stale = f"（{waiting}还没有新数）" if counts["stale"] else ""
    still = f"，其中指标未动 {counts['still']} 项{stale}" if counts["closed"] else ""
    return f"截至{text.date_words(day)}，{going}；已销号 {counts['closed']} 项{still}。"


def of_item(item: Item, late: float | None) -> str:
    """The sentence that opens an item: its problem, state and how late it is."""
    due = urgency(late)
    turn = [f"第 {item.round} 轮"] if item.round > 1 else []
    parts = [f"{item.task.owner or '未写责任单位'}负责", *turn, item.state.label, *([due[2:]] if due else [])]
    return f"{item.task.problem.rstrip('。；;')}：{'，'.join(parts)}。"


def urgency(late: float | None) -> str:
    """▲ 逾期 12 天, ○ 今天到期, ○ 还有 5 天; "" where nothing is due. In: days past the deadline, negative: left."""
    if late is None or late != late:
        return ""
    return f"▲ 逾期 {int(late)} 天" if late > 0 else "○ 今天到期" if late == 0 else f"○ 还有 {int(-late)} 天"


def flag(moved: str) -> str:
    """What a flagged item says in a few words: that nothing has moved, or that there is no newer value yet."""
    return STALE_FLAG if moved == STALE else FLAG


def short(words: str, most: int = _SHORT) -> str:
    """A text for a card."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def value(reading: Reading | None) -> str:
    """The value with its unit; why there is none."""
    if reading is None:
        return text.MISSING
    if reading.value is None:
        return reading.words or text.MISSING
    return text.quantity(reading.value, reading.unit, 1 if reading.unit == "分" else 4)


def when(reading: Reading | None) -> str:
    """The period that a value is of, its scope, and that it is made up."""
    if reading is None or not reading.period:
        return ""
    period = Period.parse(reading.period).label if Period.is_code(reading.period) else reading.period
    scope = reading.words if reading.value is not None else ""
    return "，".join(part for part in (period, scope, text.DEMO if reading.made_up else "") if part)


def dated(reading: Reading | None) -> str:
    """A value with its period: 3 个（2020年四季度）."""
    time = when(reading)
    return f"{value(reading)}（{time}）" if time else value(reading)


def movement(before: Reading, after: Reading, moved: str, state: State) -> str:
    """Whether the indicator has moved since the round was opened; `moved` is a word of `core.ledger.moved`."""
    settled = state in (State.REVIEW, State.CLOSED)
    done = f"{FLAG}：" if settled else ""
    if moved == "已好转":
        return f"▲ 指标已好转：{value(before)} → {value(after)}（{when(after)}）。"
    if moved in ("未变", "变差"):
        return f"{done or '▼ '}指标{moved}：{value(before)} → {value(after)}（{when(after)}）。"
    if moved == STALE:
        wait = f"，还看不出整改对指标的作用，现有的还是{when(before)}的 {value(before)}"
        return f"{done or '○ '}之后没有新一期的数{wait}。"
    return f"○ 指标有没有动，比不出来：{_why(before, after)}。"


def _why(before: Reading, after: Reading) -> str:
    """Why two readings are not compared."""
    if before.value is None or after.value is None:
        lacking = "开账时" if before.value is None else "现在"
        words = (before if before.value is None else after).words
        return f"{lacking}{words or '没有数'}"
    if before.made_up != after.made_up:
        return f"一个是{text.DEMO}，一个是真实数据"
    if before.unit != after.unit or before.words != after.words:
        return "两个数口径不同"
    return "两个数的评价期长短不同"


def weakness(place: str, name: str, found: str, middle: str, rank: float, of: int, period: str) -> str:
    """The problem that a county's weak measure is."""
    return f"{place}{name} {found}，{text.place(rank)}（共 {of} 个），全市中位 {middle}（{period}）"


def behind(place: str, name: str, reading: Reading) -> str:
    """The problem that a place's indicator is which is behind others by what documents state."""
    found = f" {dated(reading)}" if reading.period else ""
    return f"{place}{name}{found}，与标杆有差距"


def below(name: str, document: str) -> str:
    """The problem that an indicator is which the province's bulletin names as weak."""
    return f"{name}被列为平顶山市的弱项指标（{document}）"


def listed(numbers: Sequence[int], known: Sequence[str]) -> str:
    """What came of putting items on the ledger: the new ones' numbers, and the problems of those that are on it already."""
    done = f"已列入台账 {len(numbers)} 项：第 {'、'.join(map(str, numbers[:_NAMED]))} {_more(numbers, '号')}。"
    problems = "、".join(f"“{short(each)}”" for each in known[:_NAMED])
    left = f"{len(known)} 项没有列入：同一问题、同一责任单位已在台账上，还没有销号：{problems}{_more(known)}。"
    return (done if numbers else "") + (left if known else "")


def _more(listed: Sequence[object], unit: str = "") -> str:
    return f"{unit}等" if len(listed) > _NAMED else unit


def step_lines(actions: Sequence[Action]) -> str:
    """Steps as they are typed: one a line, the day behind it."""
    return "\n".join(f"{each.what} {each.due}".strip() for each in actions)


def step(action: Action) -> str:
    """A step with the day it is due, or since when it is done."""
    if action.done:
        return f"{action.what}（{action.done} 完成）"
    return f"{action.what}（{action.due} 前）" if action.due else action.what


def field(task: Task, name: str, regions: Mapping[str, str], subjects: Mapping[str, str]) -> str:
    """What an item says in one field, in words."""
    said_now = getattr(task, name)
    if name == "actions":
        return "；".join(map(step, said_now)) or text.MISSING
    if name in ("region", "subject"):
        return (regions if name == "region" else subjects).get(said_now, said_now) or text.MISSING
    return said_now or text.MISSING


def differences(mine: Task, theirs: Task) -> list[str]:
    """The fields in which two versions of an item differ."""
    return [name for name in FIELDS if getattr(mine, name) != getattr(theirs, name)]
