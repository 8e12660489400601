"""What words above and beside a table say: units, periods, and whether anything is left that nobody understands.

A header counts as understood only when nothing below the measure's name is left over: 企业开办时间 over 目标值 is no value
of 企业开办时间.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lib.ingest.vocabulary import VALUE_HEADERS, Match, Vocabulary, as_cumulative, as_period, plain
from lib.model import UNITS, Period

SEQUENCE_HEADERS = frozenset({"序号", "编号", "序", "no", "no.", "行号"})
# Headers of figures that stand beside the period's own and are never asked about.
OTHER_FIGURES = frozenset(
    {
        "上期数",
        "上期值",
        "上期",
        "上年同期",
        "上年同期数",
        "去年同期",
        "同期数",
        "排名",
        "名次",
        "位次",
        "全市排名",
        "同比",
        "环比",
    }
    | {
        "同比增长",
        "同比增减",
        "增减",
        "增长率",
        "增幅",
        "较上期",
        "较上年",
        "目标",
        "目标值",
        "计划数",
        "年度目标",
        "得分",
    }
)
# Words that make another thing of a number: a target, last year's, a change, a rank, somebody else's.
QUALIFIER = re.compile(
    "目标|计划|任务|上年|去年|上期|同期|往年|同比|环比|增长|增幅|增速|增减|较|变化|压缩|排名|名次|位次|位数|得分|分值|"
    "满分|标准|全省|全国|省均|平均|电话|预计"
)
# Lines about the form, not a level of its header and no source of a period.
FORM_LINE = re.compile(
    r"(计量)?单位[:：]|(填报|制表|报送|编制|上报|责任|牵头|审核)[^:：]{0,6}[:：]|表号|(日期|时间)[:：]|^\d{4}年\d{1,2}月\d{1,2}日$"
)
# Who filled in the form and when: the date there is no period.
SIGNED_LINE = re.compile(r"(填报|制表|报送|编制|上报|审核)[^:：]{0,6}[:：]")
_STATED = re.compile(r"(?:计量|数值|金额)?单位[:：]?(?P<units>[^\s].*)$")
_BRACKETED = re.compile(r"^[(\[](?P<unit>[^()\[\]]+)[)\]]$")
_GROUPS = ({"工作日", "小时", "日", "天"}, {"元", "万元", "亿元"}, {"%", "‰", "小数"})


@dataclass(frozen=True)
class Meaning:
    """What a column's header says of its values; `value` is true where it only says that they are values."""

    region: str = ""
    measure: str = ""
    period: str = ""
    unit: str = ""
    cumulative: bool = False
    value: bool = False


def meaning(parts: Sequence[str], name: str, words: Vocabulary) -> Meaning | None:
    """What the levels of a header mean together, topmost first; None where something is not understood."""
    whole = words.match(name)
    if whole is not None:
        return Meaning(measure=whole.measure.code, unit=whole.unit)
    said = Meaning()
    rest: list[tuple[int, str]] = []
    lowest = -1
    for i, part in enumerate(parts):
        found = _part(part, said, words)
        if found is None:
            rest.append((i, part))
        else:
            said, lowest = found, i
    match, left = _measure(rest, words)
    if match is not None:
        unit = match.unit or said.unit
        lowest = max(lowest, max(i for i, _ in rest if (i, _) not in left))
        said = Meaning(said.region, match.measure.code, said.period, unit, said.cumulative, said.value)
    below = any(i > lowest for i, _ in left)
    if below or lowest < 0 or any(QUALIFIER.search(part) for _, part in left):
        return None
    return said


def _part(part: str, said: Meaning, words: Vocabulary) -> Meaning | None:
    """The meaning with what one level adds; None where it is neither place, period, unit nor a word for values."""
    keep = said.__dict__
    place = words.region(part)
    if place is not None:
        return Meaning(**{**keep, "region": place.code})
    period, since = as_period(part), as_cumulative(part)
    if period or since:
        return Meaning(**{**keep, "period": period or since or "", "cumulative": period is None})
    unit = unit_alone(part)
    if unit:
        return Meaning(**{**keep, "unit": unit})
    bare, unit = without_unit(part)
    if bare in VALUE_WORDS:
        return Meaning(**{**keep, "value": True, "unit": unit or said.unit})
    return None


VALUE_WORDS = frozenset(plain(word) for word in VALUE_HEADERS)


def _measure(rest: list[tuple[int, str]], words: Vocabulary) -> tuple[Match | None, list[tuple[int, str]]]:
    """The measure that the remaining levels name: all together, else the lowest that names one; and what is left over."""
    texts = [part for _, part in rest]
    for joined in ("_".join(texts), "".join(texts)):
        found = words.match(joined) if texts else None
        if found is not None:
            return found, []
    for at, part in reversed(rest):
        found = words.match(part)
        if found is not None:
            return found, [each for each in rest if each[0] != at]
    return None, rest


def unit_alone(text: str) -> str:
    """The unit that a cell states and nothing else: 万元, （小时）, 单位：%; "" for anything else."""
    flat = plain(text).removeprefix("计量单位:").removeprefix("单位:")
    bracket = _BRACKETED.match(flat)
    unit = (bracket["unit"] if bracket else flat).removeprefix("单位:").removeprefix("人民币")
    return unit if unit in UNITS else ""


def without_unit(text: str) -> tuple[str, str]:
    """A header without the unit in brackets behind it, and that unit: 数值（万元）."""
    flat = plain(text)
    match = re.fullmatch(r"(.+?)[(\[]([^()\[\]]+)[)\]]", flat)
    unit = unit_alone(match[2]) if match else ""
    return (match[1], unit) if match and unit else (flat, "")


@dataclass(frozen=True)
class Stated:
    """The units that lines around a table state for all of it; `unknown` are words there that are no unit of ours."""

    units: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    def of(self, own: str) -> str:
        """The one stated unit that speaks of a measure in its own unit; "" where none does."""
        kin = [unit for unit in self.units if akin(unit, own)]
        return "" if own in self.units or len(kin) != 1 else kin[0]


def stated_units(cells: Iterable[str]) -> Stated:
    """What cells such as 单位：万元, （单位：家、万元） or （万元） state."""
    units: list[str] = []
    unknown: list[str] = []
    for cell in cells:
        flat = plain(cell)
        alone = unit_alone(cell) if _BRACKETED.match(flat) else ""
        match = _STATED.search(flat.strip("()[]")) if "单位" in flat else None
        if not alone and (match is None or not _opens_with_unit(flat)):
            continue
        for word in [alone] if alone else re.split(r"[、,，/;；]|和|或", match["units"] if match else ""):
            unit = word.strip("()[]").removeprefix("人民币")
            if unit and not unit.startswith(("见", "如", "同")):
                (units if unit in UNITS else unknown).append(unit)
    return Stated(tuple(dict.fromkeys(units)), tuple(dict.fromkeys(unknown)))


def _opens_with_unit(flat: str) -> bool:
    """Whether a cell speaks of the unit of measurement (单位：万元), not of a body (填报单位：市税务局)."""
    return re.search(r"(?:^|[(\[、,，]|计量|金额|数值)单位", flat) is not None and "填报单位" not in flat


def akin(unit: str, own: str) -> bool:
    """Whether two units speak of the same kind of thing, so that the one may stand for the other or contradict it."""
    if unit == own:
        return False
    grouped = any(unit in group and own in group for group in _GROUPS)
    return grouped or unit.lstrip("百千万亿") == own.lstrip("百千万亿")


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_PAPER = re.compile(r"[〔\[(【]\d{4}[〕\])】]\s*第?\d+号")
_BEHIND = r"年?度?[-_.(]?"
_RANGE = re.compile(_BEHIND + r"(\d{1,2})月?份?[-—–~至到]+(\d{1,2})月")
_FIRST = re.compile(_BEHIND + r"(?:前([二三23])|[一1][-—–~至到]([二三23]))个?季度")
_QUARTER = re.compile(_BEHIND + r"(?:第?([一二三四1-4])季度?|q([1-4])(?!\d))")
_HALF = re.compile(_BEHIND + r"(?:(上|下)半年|h([12])(?!\d))")
_DAY = re.compile(r"(?:年(1[0-2]|0?[1-9])月|[-_.](1[0-2]|0?[1-9])[-_.])(?:[0-3]?\d)(?!\d)日?")
_MONTH = re.compile(r"(?:年度?[(]?(1[0-2]|0?[1-9])月|[-_.](0[1-9]|1[0-2])(?!\d)|[-_.](1[0-2]|[1-9])月)")
_MORE = re.compile(r"^.{0,4}(?:月|季|半年|q\d|h\d)")


@dataclass(frozen=True)
class Mention:
    """A period that a title or name mentions: since January or not; a full date is only a weak sign."""

    period: str
    cumulative: bool = False
    weak: bool = False


def mention(text: str) -> Mention | None:
    """The one period that a text mentions; None for none, for two, and for one that is not understood (2020年9月-12月)."""
    flat = _PAPER.sub("", plain(text))
    found = {_mentioned(match[0], flat[match.end() :]) for match in _YEAR.finditer(flat)}
    return found.pop() if len(found) == 1 else None


def _mentioned(year: str, rest: str) -> Mention | None:
    span, first = _RANGE.match(rest), _FIRST.match(rest)
    if span or first:
        return _spanned(f"{year}年{int(span[1])}-{int(span[2])}月" if span else f"{year}年前{first[1] or first[2]}季度")
    for pattern, written in _SHAPES:
        match = pattern.match(rest)
        if match:
            return Mention(f"{year}-{written(match)}", weak=pattern is _DAY)
    return None if _MORE.match(rest) else Mention(year)


def _number(*groups: str | None) -> str:
    """The one group that was found, a Chinese numeral as a digit."""
    mark = next(group for group in groups if group)
    return str("一二三四".find(mark) + 1 or mark)


_SHAPES = (
    (_QUARTER, lambda m: f"Q{_number(m[1], m[2])}"),
    (_HALF, lambda m: f"H{1 if m[1] == '上' else 2 if m[1] else m[2]}"),
    (_DAY, lambda m: f"{int(_number(m[1], m[2])):02d}"),
    (_MONTH, lambda m: f"{int(_number(m[1], m[2], m[3])):02d}"),
)


def _spanned(text: str) -> Mention | None:
    period, since = as_period(text), as_cumulative(text)
    return Mention(period) if period else Mention(since, cumulative=True) if since else None


def agreed(mentions: Iterable[Mention]) -> list[Mention]:
    """The periods that are left when full dates give way to others and a year to its quarter: one, none, or a contradiction."""
    distinct = list(dict.fromkeys(mentions))
    strong = [each for each in distinct if not each.weak] or distinct
    return [
        each
        for each in strong
        if not any(other.period != each.period and contains(each.period, other.period) for other in strong)
    ]


def contains(outer: str, inner: str) -> bool:
    """Whether one period lies within another."""
    wide, narrow = Period.parse(outer), Period.parse(inner)
    return wide.start <= narrow.start and narrow.end <= wide.end
