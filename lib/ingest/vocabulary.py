"""What an intake may recognise: places, measures and the header words that offices use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from lib.model import UNITS, Measure, Period, Region

REGION_CODE_HEADERS = ("区划代码", "行政区划代码", "地区代码", "region", "adcode")
REGION_NAME_HEADERS = ("区县", "县区", "县市区", "县(市、区)", "地区", "地区名称", "单位", "单位名称", "区域", "行政区")
MEASURE_HEADERS = ("measure", "指标", "指标名称", "测度", "三级指标", "指标代码")
PERIOD_HEADERS = ("period", "评价期", "时期", "年度", "年份", "期别", "年")
SUBPERIOD_HEADERS = ("季度", "月份", "月", "半年")
VALUE_HEADERS = (
    "value",
    "数值",
    "值",
    "指标值",
    "现值",
    "本期值",
    "本期数",
    "本期",
    "完成值",
    "完成数",
    "完成情况",
    "填报值",
    "填报数",
)
VALUE_HEADERS += ("实际值", "实际数", "实际", "数据", "结果")
UNIT_HEADERS = ("计量单位", "数值单位", "指标单位", "单位", "unit")
NOTE_HEADERS = ("备注", "说明", "note", "注")
PROVISIONAL_HEADERS = ("暂定", "是否暂定", "provisional")
SIMILAR = 0.6
TOTAL_NAMES = frozenset({"合计", "总计", "全市", "全市合计", "小计", "平均"})


def plain(text: str) -> str:
    """A name for comparing: full-width made half-width, all white space gone, lower case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text))).lower()


# What a title may say besides a measure's name, a place and a period.
_AROUND = sorted(
    [
        *(
            "优化营商环境",
            "营商环境",
            "核心指标",
            "指标",
            "评价",
            "监测",
            "填报",
            "上报",
            "报送",
            "完成",
            "进展",
            "关于",
            "情况",
        ),
        *(
            "统计表",
            "统计",
            "一览表",
            "汇总表",
            "汇总",
            "明细表",
            "明细",
            "报表",
            "表",
            "数据",
            "各县(市、区)",
            "各县市区",
        ),
        *(
            "各县区",
            "各县",
            "县(市、区)",
            "县市区",
            "县区",
            "市区",
            "全市",
            "附件",
            "附",
            "的",
            "我市",
            "分地区",
            "分县",
        ),
        *("季度", "年度", "月度", "上半年", "下半年", "全年"),
    ],
    key=len,
    reverse=True,
)
_WHEN = re.compile(
    r"\d{4}年?度?(?:第?[一二三四1-4]季度?|[上下]半年|\d{1,2}[-—–~至到]\d{1,2}月份?|\d{1,2}月份?|前[二三]季度|-?[qh]\d)?"
)


@dataclass(frozen=True)
class Word:
    """What somebody said a word of a file means: a code ("" leaves it out) and, for a measure, the unit it is in."""

    code: str
    unit: str = ""


@dataclass(frozen=True)
class Match:
    """A measure that a header or label names, and the unit that is stated with it where it is not the measure's own."""

    measure: Measure
    unit: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """The cohort's regions, the wider places that name a total, the measures of the catalogue.

    `words` is what has been said of single words, by (kind, plain text), kind being "measure" or "region".
    """

    members: tuple[Region, ...]
    wider: tuple[Region, ...]
    measures: tuple[Measure, ...]
    words: Mapping[tuple[str, str], Word] = field(default_factory=dict)

    @cached_property
    def by_code(self) -> dict[str, Measure]:
        """The measures by their codes."""
        return {measure.code: measure for measure in self.measures}

    @cached_property
    def _members_by_code(self) -> dict[str, Region]:
        return {region.code: region for region in self.members}

    def word(self, kind: str, text: str) -> Word | None:
        """What has been said of a word, if anything."""
        return self.words.get((kind, plain(text))) if self.words else None

    @cached_property
    def _regions(self) -> dict[str, Region]:
        return _by_name(
            (region, (region.code, region.name, region.short_name, *region.aliases)) for region in self.members
        )

    @cached_property
    def _wider(self) -> dict[str, Region]:
        return _by_name(
            (region, (region.code, region.name, region.short_name, *region.aliases)) for region in self.wider
        )

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        return _by_name((measure, (measure.code, measure.name, *measure.aliases)) for measure in self.measures)

    def region(self, text: str) -> Region | None:
        """The member that a code or name stands for, with or without its province and city before it."""
        said = self.word("region", text)
        if said is not None:
            return self._members_by_code.get(said.code)
        return next((found for name in self._spellings(text) if (found := self._regions.get(name)) is not None), None)

    def total(self, text: str) -> bool:
        """Whether a row so named is a total over the cohort (or a wider place), not a member."""
        return plain(text) in TOTAL_NAMES or _trim_code(plain(text)) in self._wider

    def _spellings(self, text: str) -> Iterator[str]:
        """What a cell may mean, likeliest first: as it stands, without the wider places, in and before brackets."""
        name = _trim_code(plain(text))
        yield name
        for place in self.wider:
            name = name.removeprefix(place.name)
        yield name
        brackets = re.fullmatch(r"(.+)\((.+)\)", name)
        # 宝丰县（410421）, 示范区（新城区）: both name the same place. 宝丰县（目标） is something else.
        if brackets and len({self._known(part) for part in brackets.groups()}) == 1:
            yield brackets[1]

    def _known(self, name: str) -> str:
        """The code of the member, or of a wider place, that a part of a cell names; the part itself for anything else."""
        found = self._regions.get(_trim_code(name.removeprefix("原")))
        return found.code if found is not None else name

    def measure(self, text: str) -> Measure | None:
        """The measure that a code, name or alias stands for, with or without its own unit behind it."""
        found = self.match(text)
        return found.measure if found is not None and not found.unit else None

    def match(self, text: str) -> Match | None:
        """The measure that a header or label names, with the unit that it states: 企业开办时间（小时）."""
        said = self.word("measure", text)
        name = plain(text)
        behind = _UNIT_BEHIND.fullmatch(name)
        unit = _bare_unit(behind["unit"]) if behind else ""
        if said is not None:
            # What the header itself states holds unless the unit is said too.
            stated = unit if unit in UNITS else ""
            return self._matched(self.by_code.get(said.code), said.unit or stated)
        found = self._measures.get(name)
        if found is not None:
            return Match(found)
        bare = self._measures.get(behind["name"]) if behind else None
        fits = bare is not None and (unit == plain(bare.unit) or unit in UNITS)
        return self._matched(bare, unit) if fits else None

    def _matched(self, measure: Measure | None, unit: str) -> Match | None:
        if measure is None:
            return None
        return Match(measure, "" if unit == plain(measure.unit) else unit)

    def measure_in(self, text: str) -> Measure | None:
        """The one measure that a title is about; none where the title says anything else that nobody understands."""
        title = re.sub(r"[(\[](?:单位:)?[^()\[\]]*[)\]]", "", plain(text))
        names = [name for name in self._measures if len(name) > 2 and name in title]
        best = [name for name in names if not any(name in other != name for other in names)]
        codes = {self._measures[name].code for name in best}
        return self.by_code[codes.pop()] if len(codes) == 1 and not self._left_over(title, best) else None

    def _left_over(self, title: str, names: Iterable[str]) -> str:
        """What of a title is neither one of the names nor a place, a period or a word that any title has."""
        places = [name for region in (*self.members, *self.wider) for name in (region.name, region.short_name)]
        rest = _WHEN.sub("", title)
        for name in sorted({*names, *map(plain, places)}, key=len, reverse=True):
            rest = rest.replace(name, "")
        for word in _AROUND:
            rest = rest.replace(word, "")
        return re.sub(r"[\W\d_]+", "", rest)

    def region_in(self, text: str) -> Region | None:
        """The one member whose name or short name a title contains."""
        title = plain(text)
        found = {
            region.code for region in self.members if any(plain(n) in title for n in (region.name, region.short_name))
        }
        return self._members_by_code[found.pop()] if len(found) == 1 else None

    def similar_measures(self, text: str, most: int = 3) -> list[Measure]:
        """Measures with a name like the text, the likest first: suggestions, never taken by themselves."""
        names = get_close_matches(_bare(text), self._measures, n=most * 2, cutoff=SIMILAR)
        return list(dict.fromkeys(self._measures[name] for name in names))[:most]

    def similar_region(self, text: str) -> Region | None:
        """A member with a name like the text: a suggestion, never taken by itself."""
        if re.search(r"[省市州盟].+", plain(text)):
            # 石家庄市新华区 is another city's, not a misspelling of ours.
            return None
        names = get_close_matches(plain(text), self._regions, n=1, cutoff=SIMILAR)
        return self._regions[names[0]] if names else None


_UNIT_BEHIND = re.compile(r"(?P<name>.+)[(\[](?P<unit>[^()\[\]]+)[)\]]")


def _bare_unit(text: str) -> str:
    """A unit without the words that offices put before it: 单位：个工作日."""
    unit = text.removeprefix("单位:").removeprefix("单位")
    return unit.removeprefix("个") if len(unit) > 1 else unit


def _bare(text: str) -> str:
    """A header without what stands in brackets."""
    return re.sub(r"[(\[].*?[)\]]", "", plain(text)) or plain(text)


def header_index(header: Iterable[str], words: Iterable[str]) -> int | None:
    """Position of the first header cell that is one of the words."""
    wanted = {plain(word) for word in words}
    return next((i for i, cell in enumerate(header) if plain(cell) in wanted), None)


_CELL_PERIODS = (
    (re.compile(r"(\d{4})(?:年?(?:度|全年)?|\.0)"), lambda m: m[1]),
    (re.compile(r"(\d{4})年?第?([一二三四1-4])季度?"), lambda m: f"{m[1]}-Q{_digit(m[2])}"),
    (re.compile(r"(\d{4})年?-?q([1-4])"), lambda m: f"{m[1]}-Q{m[2]}"),
    (re.compile(r"(\d{4})年?(上|下)半年"), lambda m: f"{m[1]}-H{'上下'.index(m[2]) + 1}"),
    (re.compile(r"(\d{4})-?h([12])"), lambda m: f"{m[1]}-H{m[2]}"),
    # Not 2020.1: a workbook writes the number 2020.10 so.
    (re.compile(r"(\d{4})(?!\.1$)[年./-](\d{1,2})月?(?:份|底|末)?"), lambda m: f"{m[1]}-{int(m[2]):02d}"),
    # A date cell of a workbook: its month.
    (re.compile(r"(\d{4})-(\d{2})-\d{2}(?:00:00:00)?"), lambda m: f"{m[1]}-{m[2]}"),
    (re.compile(r"(\d{4})年(\d{1,2})月\d{1,2}日"), lambda m: f"{m[1]}-{int(m[2]):02d}"),
)
_MONTHS = re.compile(r"(\d{4})年?(\d{1,2})月?[-—–~～至到]+(\d{1,2})月(?:份|底|末|累计)?")
_FIRST_QUARTERS = re.compile(r"(\d{4})年?(?:前|一至|1[-—–至])([二三23])个?季度")
_SPANS = {(1, 12): "", (1, 6): "-H1", (7, 12): "-H2", (1, 3): "-Q1", (4, 6): "-Q2", (7, 9): "-Q3", (10, 12): "-Q4"}


def as_period(text: str) -> str | None:
    """The period that a cell states, whole, in the written form; None for anything else (三季度, 2020-13)."""
    flat = plain(text)
    for pattern, written in _CELL_PERIODS:
        match = pattern.fullmatch(flat)
        if match is not None:
            return _checked(written(match))
    months = _MONTHS.fullmatch(flat)
    first, last = (int(months[2]), int(months[3])) if months else (0, 0)
    return _checked(months[1] + _SPANS[first, last]) if months and (first, last) in _SPANS else None


def as_cumulative(text: str) -> str | None:
    """The period in which a figure since January ends: 2020年1—9月 and 2020年前三季度 give 2020-Q3, 1—8月 the month."""
    flat = plain(text)
    months, quarters = _MONTHS.fullmatch(flat), _FIRST_QUARTERS.fullmatch(flat)
    if quarters:
        return _checked(f"{quarters[1]}-Q{'一二三四'.find(quarters[2]) + 1 or quarters[2]}")
    if not months or int(months[2]) != 1 or not 2 <= int(months[3]) <= 12 or as_period(text) is not None:
        return None
    last = int(months[3])
    return _checked(f"{months[1]}-Q3" if last == 9 else f"{months[1]}-{last:02d}")


def _checked(text: str) -> str | None:
    try:
        return str(Period.parse(text))
    except ValueError:
        return None


def _digit(mark: str) -> int:
    return "一二三四".index(mark) + 1 if mark in tuple("一二三四") else int(mark)


def is_code(text: str) -> bool:
    """Whether a cell is an administrative code: six or twelve digits."""
    return re.fullmatch(r"\d{6}(?:\d{6}|\.0)?", plain(text)) is not None


def _trim_code(text: str) -> str:
    """A 12-digit statistical code down to its 6 digits; a code read as a float loses its .0."""
    text = text.removesuffix(".0") if re.fullmatch(r"\d{6}\.0", text) else text
    return text[:6] if re.fullmatch(r"\d{6}0{6}", text) else text


def _by_name(entries: Iterable[tuple[object, tuple[str, ...]]]) -> dict:
    """Names to things; a name that stands for two different things stands for neither."""
    found: dict[str, object] = {}
    double: set[str] = set()
    for thing, names in entries:
        for name in {plain(name) for name in names if name}:
            if name in found and found[name] is not thing:
                double.add(name)
            found[name] = thing
    return {name: thing for name, thing in found.items() if name not in double}
