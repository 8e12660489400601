"""申报表: the form's cells and back, and what the campaign's plan does not let pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from math import isfinite

import pandas as pd

from lib.core.campaign import impossible
from lib.core.cityfacts import unclear_about
from lib.core.compare import in_unit
from lib.model import Direction, Issue, Measure, Region, Severity, convert
from lib.model.campaign import Campaign
from lib.model.declaration import DAYS, FIRST_YEAR, HEAD, LAST_YEAR, ROWS, WORDS, Baseline, Declaration, Goal, listed

# The plan's own sentences (campaign-2019), said with every refusal.
SEEK_VERTICAL = "纵向在全国范围内选定并明确至少一个本行业或本系统的先进单位"
SEEK_HORIZONTAL = "横向在全市范围内选定并明确至少一个晋位次争上游走前列先进单位"
HIGHER_THAN_NOW = "各部门制定的标准必须高于现有标准水平"
IN_NUMBERS = "目标应尽可能量化、细化"
ABOUT_A_YEAR = "力争用一年左右的时间达到学习对象的水平"
CLEAR_STEPS = "举措应具体明确，具有可操作性"
FILL_IN = "各部门要认真填写《营商环境“寻标、对标、创标”活动申报表》"
AHEAD = "创标就是赶超先进、争当先进"
AHEAD_OF_US = "寻标就是寻找先进、瞄准先进"
HIGHLIGHT = "要着重突出特色、突出亮点，做到人无我有、人有我新"
_LINE = re.compile(r"(?P<name>.+?)(?P<op>[≤≥])\s*(?P<value>-?[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>\D*)")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_UNITS = "(?:个工作日|工作日|小时|万户|[%‰天日个项户件次元分])"
_WITH_UNIT = rf"(?<![0-9a-zA-Z.])(?P<value>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>{_UNITS})"
_AT_MOST, _AT_LEAST = ("≤", "不超过", "不高于", "不多于"), ("≥", "不少于", "不低于")
_SPOKEN = dict(zip("一二三四五六七八九十两", [*range(1, 11), 2], strict=True))
_DAY = re.compile(r"\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_OURSELVES, _NOBODY = ("本单位", "我单位", "本局", "我局"), ("没有", "暂无", "未定", "待定")
# Words for the city itself.
_HERE = ("本市", "我市")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－", "0123456789.-")


@dataclass(frozen=True)
class Present:
    """What is known when a declaration is checked: today's values by measure, why others have none, and the benchmarks' values."""

    values: Mapping[str, Baseline] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    vertical: Mapping[str, float] = field(default_factory=dict)
    horizontal: Mapping[str, float] = field(default_factory=dict)


def present(
    ours: pd.DataFrame,
    vertical: pd.DataFrame,
    horizontal: pd.DataFrame,
    codes: Iterable[str],
    measures: Mapping[str, Measure],
    *,
    made_up: bool,
) -> Present:
    """What is known of some measures: from the `compare.STATED` frame of the place that declares (a row without a source is what
    the unit states itself) and the `compare.compare` frames of its benchmarks; `made_up`: the place's values are."""
    rows, values, missing = {row["code"]: row for row in ours.to_dict("records")}, {}, {}
    for code in codes:
        at = rows.get(code)
        value, reason = in_unit(at, measures[code]) if at else (float("nan"), "")
        if at and value == value:
            own = not at["source"]
            when = at["basis"] if own else at["period"]
            values[code] = Baseline(code, value, when, at["source"], made_up and not own)
        else:
            missing[code] = f"的现值{reason}" if reason else _why_missing(code, rows, measures)
    return Present(values, missing, _best(vertical, measures), _best(horizontal, measures))


def _best(table: pd.DataFrame, measures: Mapping[str, Measure]) -> dict[str, float]:
    """By measure the best value that a benchmark states, in the measure's unit; refused ones are left out."""
    found: dict[str, float] = {}
    for row in table[table["comparable"]].itertuples():
        better = max if measures[row.code].direction is Direction.HIGHER else min
        found[row.code] = better(row.theirs_value, found.get(row.code, row.theirs_value))
    return found


def _why_missing(code: str, rows: Mapping[str, Mapping], measures: Mapping[str, Measure]) -> str:
    """Why there is no value of a measure: a statement that may or may not be about it, or none at all."""
    for other, about in unclear_about(measures).items():
        if code in about and other in rows:
            return f"的现值 {rows[other]['value']:g} {rows[other]['unit']}未写明口径"
    return "没有现值"


@dataclass(frozen=True)
class Places:
    """What a benchmark's name names: something of the city itself, a place outside it; neither where nobody knows."""

    inside: bool = False
    outside: bool = False


def places_named(name: str, regions: Mapping[str, Region], city: str, departments: Iterable[str]) -> Places:
    """What a benchmark's name names: `city` is the city's code, `departments` are the names of its own."""
    plain = "".join(name.split())
    above = _above(city, regions)
    others = [region for code, region in regions.items() if not _inside(code, city) and code not in above]
    outside = any(each in plain for region in others for each in (region.name, region.short_name))
    words = (regions[city].name.removesuffix("市"), *_HERE)
    inside = any(word in plain for word in words) or any(
        _names_it(region, plain) for code, region in regions.items() if _inside(code, city)
    )
    # 市税务局 by itself is the city's; another city's has that city before it.
    return Places(inside or plain.startswith(tuple(departments)), outside)


def _inside(code: str, city: str) -> bool:
    return code.startswith(city[:4])


def _above(city: str, regions: Mapping[str, Region]) -> set[str]:
    """The places that the city lies in: to name them is not to name a place outside it."""
    found, at = set(), regions[city].parent
    while at in regions and at not in found:
        found.add(at)
        at = regions[at].parent
    return found


def _names_it(region: Region, plain: str) -> bool:
    """Whether a name begins with a place of the city, or has it inside; other cities have districts of the same names."""
    begins = any(plain.startswith(each) for each in (region.name, *region.aliases) if len(each) > 1)
    return begins or (region.name in plain and not region.name.endswith("区"))


def cells(content: Declaration, measures: Mapping[str, Measure]) -> dict[str, str]:
    """The text of every field of the form, by the field's name in HEAD and ROWS."""
    found = {name: getattr(content, name) for name in HEAD}
    found["filled"] = _day_text(content.filled)
    for row in ROWS:
        value = getattr(content, row.field)
        if row.field in WORDS:
            value = "\n".join([*(goal_text(goal, measures) for goal in value), getattr(content, WORDS[row.field])])
        found[row.field] = due_text(value) if row.field in DAYS else value.strip("\n")
    return found


def declared(found: Mapping[str, str], measures: Mapping[str, Measure], before: Declaration) -> Declaration:
    """A declaration with what the form's cells say; what the form has no cell for stays as it was before."""
    changed: dict[str, object] = {name: found[name].strip() for name in HEAD}
    changed["filled"] = _day(found["filled"])
    for row in ROWS:
        said = found[row.field].strip()
        if row.field in WORDS:
            changed[row.field], changed[WORDS[row.field]] = read_goals(said, measures)
        else:
            changed[row.field] = _day(said) if row.field in DAYS else said
    return replace(before, **changed)


def goal_text(goal: Goal, measures: Mapping[str, Measure]) -> str:
    """A goal as one line of the form: 办电环节 ≤ 1 个; a measure that is not in the catalogue any more by its code."""
    measure = measures.get(goal.measure)
    if measure is None:
        return f"{goal.measure}：{exact(goal.value)}（目录里已没有这个测度）"
    sign = "≥" if measure.direction is Direction.HIGHER else "≤"
    unit = measure.unit if measure.unit in ("", "%") else f" {measure.unit}"
    return f"{measure.name} {sign} {exact(goal.value)}{unit}"


def exact(value: float) -> str:
    """A number with every digit that it was given, without an exponent or trailing zeros."""
    said = format(Decimal(repr(value + 0.0)), "f")
    return said.rstrip("0").rstrip(".") if "." in said else said


def read_goals(text: str, measures: Mapping[str, Measure]) -> tuple[tuple[Goal, ...], str]:
    """The goals in numbers of a cell, and the lines that are none, as words."""
    named = {measure.name: measure for measure in measures.values()}
    goals, words = [], []
    for line in text.splitlines():
        goal = _goal(line, named)
        if goal is not None and goal.measure not in {each.measure for each in goals}:
            goals.append(goal)
        else:
            words.append(line)
    return tuple(goals), "\n".join(words).strip("\n")


def _goal(line: str, named: Mapping[str, Measure]) -> Goal | None:
    found = _LINE.fullmatch(line.strip().translate(_FULL_WIDTH))
    measure = named.get(found["name"].strip()) if found else None
    if found is None or measure is None or found["unit"].strip() != measure.unit:
        return None
    sign = "≥" if measure.direction is Direction.HIGHER else "≤"
    value = float(found["value"])
    return Goal(measure.code, value) if found["op"] == sign and isfinite(value) else None


def stated_goals(words: str, measures: Mapping[str, Measure], codes: tuple[str, ...]) -> tuple[Goal, ...]:
    """What words say of measures in numbers, a clause at a time, behind a measure's name: the number that follows 到, 至, 为, 达 or a
    sign, or that stands before 以内 and the like, or the only one; it needs a unit that can be converted.

    办电环节由2个减到1个 is a goal of 1 个. Where several numbers stand without such a word, or the words go the wrong way, there is no goal.
    """
    goals = []
    for clause in re.split(r"[，。；,;\n]", _half_width(words)):
        for code in codes:
            measure = measures[code]
            name = next((each for each in (measure.name, *measure.aliases) if each in clause), None)
            value = _stated(clause[clause.index(name) + len(name) :], measure) if name else None
            if value is not None:
                goals.append(Goal(code, value))
    return tuple(goals)


def _stated(text: str, measure: Measure) -> float | None:
    """The number that a clause sets as a goal; None where there is none, or it cannot be told."""
    lower = measure.direction is Direction.LOWER
    if any(word in text for word in (_AT_LEAST if lower else _AT_MOST)):
        return None
    marked = re.search(rf"(?:到|至|为|达|{'|'.join(_AT_MOST + _AT_LEAST)})\s*{_WITH_UNIT}", text)
    marked = marked or re.search(rf"{_WITH_UNIT}\s*(?:以内|之内|以下|以上)", text)
    every = list(re.finditer(_WITH_UNIT, text))
    found = marked or (every[0] if len(every) == 1 else None)
    if found is None:
        return None
    return convert(float(found["value"]), found["unit"].removeprefix("个") or "个", measure.unit).value


def _half_width(text: str) -> str:
    """Digits as digits, also those that are words before a unit: 两个 is 2个."""
    spoken = re.compile(rf"([一二两三四五六七八九十])(?=\s*{_UNITS})")
    return spoken.sub(lambda found: str(_SPOKEN[found[1]]), text.translate(_FULL_WIDTH))


def due_text(day: str) -> str:
    """The annex's words for a deadline; blank places where there is none."""
    return f"{_day_text(day)}前完成。" if day else "年  月  日前完成。"


def _day_text(day: str) -> str:
    if not day:
        return ""
    year, month, number = day.split("-")
    return f"{year}年{int(month)}月{int(number)}日"


def _day(text: str) -> str:
    """The day that a text begins with, ISO; "" where there is none between FIRST_YEAR and LAST_YEAR."""
    found = _DAY.match(text.translate(_FULL_WIDTH))
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return ""
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return ""


def problems(
    content: Declaration,
    present: Present,
    campaign: Campaign,
    measures: Mapping[str, Measure],
    places: Callable[[str], Places],
) -> list[Issue]:
    """Everything that the plan does not let pass (errors) or asks to think about (warnings), in the form's order.

    `places` tells of a benchmark's name what it names. Each issue names the field in `column` and the plan's sentence in
    `expected`.
    """
    return [
        *_head(content, campaign),
        *_benchmarks(content, places),
        *_goals(content, present, measures),
        *_times(content, campaign),
        *_texts(content),
    ]


def _error(code: str, where: str, message: str, rule: str) -> Issue:
    return Issue(code, message, column=where, expected=f"方案：“{rule}”")


def _warning(code: str, where: str, message: str, rule: str) -> Issue:
    return replace(_error(code, where, message, rule), severity=Severity.WARNING)


def _head(content: Declaration, campaign: Campaign) -> Iterator[Issue]:
    for name, label in HEAD.items():
        if not getattr(content, name).strip():
            yield _error("head-empty", label, "没有填写", FILL_IN)
    if content.filled and date.fromisoformat(content.filled) > campaign.filing_due:
        due = _day_text(campaign.filing_due.isoformat())
        message = f"晚于本次活动的报送期限{due}，会记为迟报"
        yield Issue("filed-late", message, column="填报时间", severity=Severity.WARNING)


def _benchmarks(content: Declaration, places: Callable[[str], Places]) -> Iterator[Issue]:
    vertical, horizontal = (_names(each) for each in (content.vertical, content.horizontal))
    if not vertical:
        yield _error("vertical-missing", "纵向标杆单位", "没有选纵向标杆", SEEK_VERTICAL)
    own = [name for name in vertical if places(name).inside]
    if own:
        yield _error("vertical-own", "纵向标杆单位", f"{'、'.join(own)}在本市，不是全国范围内的标杆", SEEK_VERTICAL)
    if not horizontal:
        yield _error("horizontal-missing", "横向标杆单位", "没有选横向标杆", SEEK_HORIZONTAL)
    outside = [name for name in horizontal if places(name).outside]
    if outside:
        message = f"{'、'.join(outside)}不在本市，不是全市范围内的标杆"
        yield _error("horizontal-outside", "横向标杆单位", message, SEEK_HORIZONTAL)
    itself = [name for name in horizontal if places(name).inside and content.unit and name.endswith(content.unit)]
    if itself or any(name in _OURSELVES for name in (*vertical, *horizontal)):
        yield _error("benchmark-self", "横向标杆单位", "不能以自己为标杆", SEEK_HORIZONTAL)


def _names(text: str) -> list[str]:
    """The names of a list of benchmarks; what says that there is none is none."""
    return [name for name in listed(text) if sum(map(str.isalpha, name)) > 1 and name not in _NOBODY]


def _goals(content: Declaration, present: Present, measures: Mapping[str, Measure]) -> Iterator[Issue]:
    sections = (
        ("对标目标（纵向）", content.vertical_goals, content.vertical_words),
        ("对标目标（横向）", content.horizontal_goals, content.horizontal_words),
        ("创标目标", content.create_goals, content.create_words),
    )
    for where, goals, words in sections:
        known = tuple(code for code in (*present.values, *present.missing) if code in measures)
        said = stated_goals(words, measures, known)
        digits = _NUMBER.search(words.translate(_FULL_WIDTH))
        if not (goals or said or digits):
            message = f"目标“{words.strip()}”没有数字" if words.strip() else "没有写目标"
            yield _error("goal-without-number", where, message, IN_NUMBERS)
        for goal in dict.fromkeys((*goals, *said)):
            yield from _goal_problems(where, goal, present, measures)
        if digits and not said:
            yield _warning("goal-unchecked", where, "文字目标没有对应测度，无法核对是否高于现有水平", HIGHER_THAN_NOW)
    yield from _against_benchmarks(content, present, measures)
    for where, theirs in (("纵向标杆单位", present.vertical), ("横向标杆单位", present.horizontal)):
        known = [code for code in theirs if code in present.values]
        if known and not any(_better(theirs[code], present.values[code].value, measures[code]) for code in known):
            message = f"在能比较的 {len(known)} 项测度上没有一项比本地好"
            yield _warning("benchmark-behind", where, message, AHEAD_OF_US)


def _goal_problems(where: str, goal: Goal, present: Present, measures: Mapping[str, Measure]) -> Iterator[Issue]:
    if goal.measure not in measures:
        message = f"{goal_text(goal, measures)}，请删去这个目标"
        yield _error("goal-unknown", where, message, IN_NUMBERS)
        return
    measure, now = measures[goal.measure], present.values.get(goal.measure)
    wrong = impossible(goal.value, measure)
    if wrong:
        yield _error("goal-impossible", where, f"{goal_text(goal, measures)}：{wrong}", IN_NUMBERS)
    elif now is None:
        reason = present.missing.get(goal.measure, "没有现值")
        message = f"{measure.name}{reason}，无法核对目标是否高于现有水平"
        yield _warning("goal-unchecked", where, message, HIGHER_THAN_NOW)
    elif not _better(goal.value, now.value, measure):
        today = f"{exact(now.value)} {measure.unit}"
        way = "高" if measure.direction is Direction.HIGHER else "低"
        message = f"{goal_text(goal, measures)}：现值已是 {today}，目标要比它{way}"
        yield _error("goal-not-better", where, message, HIGHER_THAN_NOW)


def _against_benchmarks(content: Declaration, present: Present, measures: Mapping[str, Measure]) -> Iterator[Issue]:
    """Goals that stop short of the benchmark that they learn from, and a creation that does not go past it."""
    for where, goals, theirs in (
        ("对标目标（纵向）", content.vertical_goals, present.vertical),
        ("对标目标（横向）", content.horizontal_goals, present.horizontal),
    ):
        for goal in goals:
            if (
                goal.measure in measures
                and goal.measure in theirs
                and _better(theirs[goal.measure], goal.value, measures[goal.measure])
            ):
                reach = f"{exact(theirs[goal.measure])} {measures[goal.measure].unit}"
                message = f"{goal_text(goal, measures)}：还没有达到标杆的 {reach}"
                yield _warning("goal-short", where, message, ABOUT_A_YEAR)
    for goal in (each for each in content.create_goals if each.measure in measures):
        best = [each[goal.measure] for each in (present.vertical, present.horizontal) if goal.measure in each]
        if any(not _better(goal.value, value, measures[goal.measure]) for value in best):
            message = f"{goal_text(goal, measures)}：没有超过标杆"
            yield _warning("create-not-ahead", "创标目标", message, AHEAD)


def _better(value: float, other: float, measure: Measure) -> bool:
    return value > other if measure.direction is Direction.HIGHER else value < other


def _times(content: Declaration, campaign: Campaign) -> Iterator[Issue]:
    for where, day in (("对标时限", content.due), ("创标时限", content.create_due)):
        if not day:
            yield _error("goal-without-date", where, "目标没有完成日期", ABOUT_A_YEAR)
        elif content.filled and day <= content.filled:
            yield _error("date-past", where, f"{_day_text(day)}不晚于填报时间", ABOUT_A_YEAR)
    if content.due and content.filled and content.due > a_year_after(content.filled):
        message = f"{_day_text(content.due)}超过填报后一年（{_day_text(a_year_after(content.filled))}）"
        yield _warning("beyond-a-year", "对标时限", message, ABOUT_A_YEAR)
    if content.create_due and date.fromisoformat(content.create_due) > campaign.end:
        message = f"{_day_text(content.create_due)}晚于活动结束（{_day_text(campaign.end.isoformat())}）"
        yield Issue("beyond-campaign", message, column="创标时限", severity=Severity.WARNING)


def a_year_after(day: str) -> str:
    """The same day a year later, ISO; of 29 February the 28th."""
    start = date.fromisoformat(day)
    leap = (start.month, start.day) == (2, 29)
    return start.replace(year=start.year + 1, day=28 if leap else start.day).isoformat()


def _texts(content: Declaration) -> Iterator[Issue]:
    if content.own and not content.own_source.strip():
        yield Issue(
            "own-without-source", "没有写出处和时间", column="自报现值", expected="如：市税务局统计，2019年10月"
        )
    for where, said in (("对标举措", content.steps), ("创标举措", content.create_steps)):
        if not said.strip():
            yield _error("steps-missing", where, "没有写举措", CLEAR_STEPS)
    for where, said in (("差距（纵向）", content.vertical_gap), ("差距（横向）", content.horizontal_gap)):
        if not said.strip():
            yield _error(
                "gap-missing", where, "没有写差距", "明确标杆单位好在哪、本单位差在哪、如何赶上、何时赶上等关键问题"
            )
    if not content.highlight.strip():
        yield _error("highlight-missing", "创标亮点", "没有写亮点", HIGHLIGHT)
