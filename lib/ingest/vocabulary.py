"""What an intake may recognise: places, measures and the header words that offices use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lib.model import Measure, Period, Region

REGION_CODE_HEADERS = ("区划代码", "行政区划代码", "地区代码", "region", "adcode")
REGION_NAME_HEADERS = ("区县", "县区", "县市区", "县(市、区)", "地区", "地区名称", "单位", "单位名称", "区域", "行政区")
MEASURE_HEADERS = ("measure", "指标", "指标名称", "测度", "三级指标", "指标代码")
PERIOD_HEADERS = ("period", "评价期", "时期", "年度", "年份", "期别")
VALUE_HEADERS = ("value", "数值", "值", "指标值", "现值")
TOTAL_NAMES = frozenset({"合计", "总计", "全市", "全市合计", "小计", "平均"})


def plain(text: str) -> str:
    """A name for comparing: full-width made half-width, all white space gone, lower case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text))).lower()


@dataclass(frozen=True)
class Vocabulary:
    """The cohort's regions (and the wider places that name a total) and the measures of the catalogue."""

    members: tuple[Region, ...]
    wider: tuple[Region, ...]
    measures: tuple[Measure, ...]

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
        """The member that a code or name stands for."""
        return self._regions.get(_trim_code(plain(text)))

    def total(self, text: str) -> bool:
        """Whether a row so named is a total over the cohort (or a wider place), not a member."""
        return plain(text) in TOTAL_NAMES or _trim_code(plain(text)) in self._wider

    def measure(self, text: str) -> Measure | None:
        """The measure that a code, name or alias stands for."""
        return self._measures.get(plain(text))


def header_index(header: Iterable[str], words: Iterable[str]) -> int | None:
    """Position of the first header cell that is one of the words."""
    wanted = {plain(word) for word in words}
    return next((i for i, cell in enumerate(header) if plain(cell) in wanted), None)


def period_in(text: str) -> str | None:
    """The one period that a file name or title mentions (2020年三季度, 2020Q3, 2020-09, 2020), else None."""
    flat = plain(text)
    found = set()
    for match in re.finditer(r"(?<!\d)(?:19|20)\d{2}(?!\d)", flat):
        rest = flat[match.end() :]
        quarter = re.match(r"年?(?:第?([一二三四1-4])季度?|-?q([1-4]))", rest)
        month = re.match(r"(?:年(1[0-2]|0?[1-9])月|-(0[1-9]|1[0-2])(?!\d))", rest)
        half = re.match(r"年?(上|下)半年|-?h([12])", rest)
        if quarter:
            number = (
                "一二三四".find(quarter[1]) + 1 if quarter[1] in tuple("一二三四") else int(quarter[1] or quarter[2])
            )
            found.add(f"{match[0]}-Q{number}")
        elif half:
            found.add(f"{match[0]}-H{1 if half[1] == chr(0x4E0A) else 2 if half[1] else half[2]}")
        elif month:
            found.add(f"{match[0]}-{int(month[1] or month[2]):02d}")
        else:
            found.add(match[0])
    return found.pop() if len(found) == 1 else None


def as_period(text: str) -> str | None:
    """A cell's period in the written form, or None."""
    try:
        return str(Period.parse(text.strip()))
    except ValueError:
        return period_in(text) if re.search(r"\d{4}", text) and len(plain(text)) <= 12 else None


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
